"""``feedlint init``: set a feed repository up, so that what is new is checked and what was there before is known."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from feedlint import __version__, git
from feedlint.baseline.baseline import Baseline
from feedlint.catalogue import Catalogue
from feedlint.cli import templates
from feedlint.cli.baseline import NAME as _BASELINE
from feedlint.cli.parser import Parser
from feedlint.cli.usage import OK, UsageError, warner
from feedlint.config import Configurations, Settings
from feedlint.config.configuration import FILE as _CONFIGURATION
from feedlint.diagnostic import SAFE
from feedlint.engine import Engine
from feedlint.files import NotThere, head_of, in_scope, looks_like_record
from feedlint.fixing import NotWritten, write
from feedlint.report import Report
from feedlint.repository import MARKDOWN, is_readme
from feedlint.roots import place, root_of, shown
from feedlint.typed import Final, NamedTuple
from feedlint.whole import conclude
from feedlint.words import at_line_start, counted, harmless, visible

_WHERE_FROM: Final = "say where it is to get feedlint from, as pip takes it: feedlint init --from git+https://…@v1"


class File(NamedTuple):
    """A file to write, and what is to be added to it by hand where it is there already.

    Nothing is, where it speaks of feedlint and of *folder*: "." is spoken of in any case.
    """

    path: Path
    text: str
    addition: str = ""
    folder: str = "."


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = Parser(
        prog="feedlint init",
        description="Set a feed repository up: a configuration, a baseline of what is there, a hook and a CI job."
        " A file that is there already is left as it is.",
    )
    add = parser.add_argument
    add("folder", nargs="?", default=".", metavar="FOLDER", help="a folder of the feed (default: the current one)")
    add("--dry-run", action="store_true", help="show what would be written, and write nothing")
    add(
        "--ci", choices=("github", "gitlab", "none"), help="which CI to write a job for (default: the one that is used)"
    )
    add("--from", dest="source", metavar="SPEC", help="what the hook and CI install (default: what was installed here)")
    return parser


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    options = parser().parse_args(argv)
    top, site = _places(options.folder)
    configuration, baseline = site / _CONFIGURATION, site / _BASELINE
    for path in (configuration, baseline):
        _check(path, top)
    source = options.source or _source()
    services = sorted(_services(top)) if options.ci is None else [options.ci]
    jobs = list(_jobs(top, site, source, services)) if source is not None else []
    for file in jobs:
        _check(file.path, top)

    # All that is to be written is known before anything is; and the baseline is there before it is named.
    configured = Configurations().within(str(site)).name
    report = Report([])
    if not configured:
        collections, report = _linted(site)
        known = _BASELINE if report.findings or baseline.exists() else ""
        jobs.insert(0, File(configuration, templates.configuration(collections, known)))
        if known:
            _put_baseline(baseline, top, report, dry_run=options.dry_run)
    else:
        print(f"{at_line_start(configured)}: there already")
    written = [_put(file, top, dry_run=options.dry_run) for file in jobs]
    if source is None:
        print(f"no hook and no CI job: {_WHERE_FROM}")
    elif options.ci == "none":
        print("no CI job: none is asked for")
    elif not services:
        print("no CI job: no service is seen here: feedlint init --ci github, or gitlab")
    if not options.dry_run:
        print("", *_next(report, site, has_written=any(written)), sep="\n")
    return OK


def _places(folder: str) -> tuple[Path, Path]:
    """Return the root of the git repository that *folder* is in, and that of the site in it."""
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder")
    here = Path(folder).resolve()
    try:
        top = Path(git.toplevel(str(here))).resolve()
    except git.GitError as error:
        raise UsageError(f"{folder}: {error}") from None
    site = Path(root_of(str(here)) or top)
    return top, site if site.is_relative_to(top) else top


def _linted(site: Path) -> tuple[list[str], Report]:
    """Return the folders of records that no schema names, and the report on *site* with a configuration that does."""
    warn = warner()
    try:
        collections = _collections(in_scope([str(site)], Configurations(), warn=warn), site)
        configs = Configurations(Settings(schemas=Catalogue(placed=dict.fromkeys(collections, "article"))))
        paths = in_scope([str(site)], configs, warn=warn)
    except NotThere as error:
        raise UsageError(str(error)) from None
    engine = Engine(configs.settings_of, warn=warn)
    return collections, Report(conclude(engine, engine.files(paths), folders=[str(site)]))


def _collections(paths: Sequence[str], site: Path) -> list[str]:
    """Return the folders below *site* with records that no schema names: those, too, that are damaged are records."""
    configs = Configurations()
    engine = Engine(configs.settings_of)

    def is_unnamed(path: str) -> bool:
        catalogue, where = configs.catalogue_of(path), place(path)
        if catalogue.of_folder(where) is not None:
            return False
        return catalogue.collection_of(where) is None or engine.file(path).schema is None

    found: dict[str, list[str]] = {}
    for name in paths:
        path = Path(name).relative_to(site)
        if len(path.parts) > 1 and is_unnamed(name) and looks_like_record(head_of(name)):
            found.setdefault(path.parts[0], []).append(path.parent.as_posix())
    folders = {os.path.commonpath(parents).replace(os.sep, "/"): len(parents) for parents in found.values()}
    return [folder for folder, count in folders.items() if 2 * count > _markdown_in(site / folder)]


def _markdown_in(folder: Path) -> int:
    names = (name for _, _, files in os.walk(folder) for name in files)
    return sum(name.lower().endswith(MARKDOWN) and not is_readme(name) for name in names)


def _source() -> str | None:
    """Return what pip takes to install what is installed here, or None where that is a folder of this machine.

    https://packaging.python.org/en/latest/specifications/direct-url/
    """
    try:
        text = distribution("feedlint").read_text("direct_url.json")
        if text is None:
            return f"feedlint=={__version__}"  # it came from an index
        data = json.loads(text)
        return f"{data['vcs_info']['vcs']}+{data['url']}@{data['vcs_info']['commit_id']}"
    except (PackageNotFoundError, ValueError, KeyError, TypeError):
        return None


def _services(top: Path) -> Iterator[str]:
    """Yield the CI services that the repository at *top* seems to use: by what is there, or by where it is kept."""
    try:
        remotes = git.run(str(top), "config", "--get-regexp", r"^remote\..*\.url$").decode("utf-8", "replace").lower()
    except git.GitError:  # there is none
        remotes = ""
    if (top / ".github").is_dir() or "github.com" in remotes:
        yield "github"
    if (top / ".gitlab-ci.yml").exists() or "gitlab" in remotes:
        yield "gitlab"


def _jobs(top: Path, site: Path, source: str, services: Sequence[str]) -> Iterator[File]:
    folder = site.relative_to(top).as_posix()
    try:
        f"{source}{folder}".encode()
    except UnicodeEncodeError:
        raise UsageError(f"{folder} is not UTF-8: no hook and no CI job can name it") from None
    entry = templates.hook(source, folder)
    yield File(top / ".pre-commit-config.yaml", templates.hooks(source, folder), entry, folder)
    if "github" in services:
        path = top / ".github" / "workflows" / "feedlint.yml"
        yield File(path, templates.github(source, folder), templates.github_step(source, folder), folder)
    if "gitlab" in services:
        job = templates.gitlab(source, folder)
        yield File(top / ".gitlab-ci.yml", job, job, folder)


def _check(path: Path, top: Path) -> None:
    """Raise UsageError where writing to *path* would follow a link, which may lead out of the repository at *top*."""
    for each in (path, *path.parents):
        if each == top:
            return
        if each.is_symlink():
            raise UsageError(f"{_shown(each, top)} is a symbolic link: nothing was written")
    raise UsageError(f"{path} is not in the repository: nothing was written")


def _put(file: File, top: Path, *, dry_run: bool) -> bool:
    """Write *file*, or say why not; tell whether it was written."""
    name = _shown(file.path, top)
    if file.path.exists():
        print(f"{name}: there already")
        if file.addition and not _mentions(file):
            missing = "feedlint" if file.folder == "." else f"feedlint for {visible(file.folder)}"
            print(f"  {missing} is not in it; to be added:", *map(harmless, file.addition.splitlines()), sep="\n    ")
        return False
    if dry_run:
        print(f"{name}: would be written", *map(harmless, file.text.splitlines()), sep="\n    ")
        return False
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        write(str(file.path), None, file.text.encode(), top)
    except OSError as error:
        raise UsageError(f"cannot write {name}: {error.strerror}") from None
    except NotWritten as error:
        raise UsageError(f"cannot write {name}: {error}") from None
    print(f"{name}: written")
    return True


def _mentions(file: File) -> bool:
    """Tell whether what is in the place of *file* speaks of feedlint and its folder, in other words than a comment."""
    try:
        lines = file.path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    text = "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in lines)
    folder = rf"(?<![\w./-]){re.escape(file.folder)}(?![\w./-])"
    return "feedlint" in text and (file.folder == "." or re.search(folder, text) is not None)


def _put_baseline(path: Path, top: Path, report: Report, *, dry_run: bool) -> None:
    """Write what is in *report* to the baseline at *path*, or say why not."""
    name = _shown(path, top)
    if path.exists():
        print(f"{name}: there already")
        return
    if not dry_run:
        try:
            Baseline(str(path), None).rewrite(report.files, lambda *_: True)
        except NotWritten as error:
            raise UsageError(f"cannot write {name}: {error}") from None
    files = len({finding.path for finding in report.findings})
    verb = "would be written" if dry_run else "written"
    print(f"{name}: {verb}, with {counted(len(report.findings), 'finding')} in {counted(files, 'file')}")


def _next(report: Report, site: Path, *, has_written: bool) -> Iterator[str]:
    """Yield what is to be done now, with the findings in *report*, those of a baseline."""
    safe = sum(finding.fix is not None and finding.fix.safety is SAFE for finding in report.findings)
    if safe:
        here = "" if site == Path.cwd() else f" {visible(shlex.quote(shown(str(site))))}"
        found = counted(len(report.findings), "finding")
        yield f"Next: `feedlint{here} --fix --no-baseline` repairs {safe} of the {found},"
        yield f"and `feedlint{here} --prune-baseline` then takes them out of the baseline. Commit the files above."
    elif has_written:
        yield "Next: commit the files above."
    else:
        yield "Next: nothing, what holds here is shown by `feedlint config`."


def _shown(path: Path, top: Path) -> str:
    return at_line_start(path.relative_to(top).as_posix())
