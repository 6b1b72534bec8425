"""``feedlint init``: set a feed repository up, so that what is new is checked and what was there before is known."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final, NamedTuple

from feedlint import __version__, git, lint_paths
from feedlint.cli import check, templates
from feedlint.cli.baseline import NAME as _BASELINE
from feedlint.cli.usage import OK, UsageError
from feedlint.config.configuration import FILE as _CONFIGURATION
from feedlint.config.configuration import PYPROJECT
from feedlint.diagnostic import SAFE
from feedlint.files import head_of, looks_like_record
from feedlint.formats.text import counted, visible
from feedlint.report import Report
from feedlint.repository import MARKDOWN, is_readme, root_of

_TABLE = re.compile(r"(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*feedlint[ \t]*[\].]")
_WHERE_FROM: Final = "say where it is to get feedlint from, as pip takes it: feedlint init --from git+https://…@v1"


class File(NamedTuple):
    """A file to write, and what is to be added to it by hand where it is there already."""

    path: Path
    text: str
    addition: str = ""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = argparse.ArgumentParser(
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
    for name in (_CONFIGURATION, _BASELINE):
        _check(site / name, top)
    report = lint_paths([str(site)])
    collections = _collections(report, site)
    configured = _configured(site)
    baseline = _BASELINE if report.findings or collections else ""
    source = options.source or _source()
    services = sorted(_services(top)) if options.ci is None else [options.ci]

    wanted = [] if configured else [File(site / _CONFIGURATION, templates.configuration(collections, baseline))]
    if source is not None:
        wanted += _jobs(top, site, source, services)
    for file in wanted:
        _check(file.path, top)

    if configured:
        print(f"{configured}: there already")
    for file in wanted:
        _put(file, top, dry_run=options.dry_run)
    if baseline and not configured:
        report = _put_baseline(site, top, report, more=bool(collections), dry_run=options.dry_run)
    if source is None:
        print(f"no hook and no CI job: {_WHERE_FROM}")
    elif options.ci == "none":
        print("no CI job: none is asked for")
    elif not services:
        print("no CI job: no service is seen here: feedlint init --ci github, or gitlab")
    if not options.dry_run:
        print(*_next(report, baselined=not configured), sep="\n")
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
    site = root_of(str(here)) or top
    return top, site if site.is_relative_to(top) else top


def _collections(report: Report, site: Path) -> list[str]:
    """Return the folders below *site* with records that no schema names: those, too, that are damaged are records."""
    found: dict[str, list[str]] = {}
    for file in report.files:
        path = Path(file.path).relative_to(site)
        in_collection = any(part.startswith("_") for part in path.parts[:-1])
        unnamed = file.schema is None or not in_collection
        if len(path.parts) > 1 and unnamed and looks_like_record(head_of(file.path)):
            found.setdefault(path.parts[0], []).append(path.parent.as_posix())
    folders = {os.path.commonpath(parents).replace(os.sep, "/"): len(parents) for parents in found.values()}
    return [folder for folder, count in folders.items() if 2 * count > _markdown_in(site / folder)]


def _markdown_in(folder: Path) -> int:
    names = (name for _, _, files in os.walk(folder) for name in files)
    return sum(name.lower().endswith(MARKDOWN) and not is_readme(name) for name in names)


def _configured(site: Path) -> str:
    """Return the name of the configuration that *site* has, or ""."""
    if os.path.lexists(site / _CONFIGURATION):
        return _CONFIGURATION
    try:
        text = (site / PYPROJECT).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return PYPROJECT if _TABLE.search(text) else ""


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
    entry = templates.hook(source, folder)
    yield File(top / ".pre-commit-config.yaml", templates.hooks(source, folder), entry)
    if "github" in services:
        yield File(top / ".github" / "workflows" / "feedlint.yml", templates.github(source, folder))
    if "gitlab" in services:
        job = templates.gitlab(source, folder)
        yield File(top / ".gitlab-ci.yml", job, job)


def _check(path: Path, top: Path) -> None:
    """Raise UsageError where writing to *path* would follow a link, which may lead out of the repository at *top*."""
    for each in (path, *path.parents):
        if each == top:
            return
        if each.is_symlink():
            raise UsageError(f"{_shown(each, top)} is a symbolic link: nothing was written")
    raise UsageError(f"{path} is not in the repository: nothing was written")


def _put(file: File, top: Path, *, dry_run: bool) -> None:
    name = _shown(file.path, top)
    if file.path.exists():
        print(f"{name}: there already")
        if file.addition and not _mentions(file.path):
            print("  feedlint is not in it; to be added:", *file.addition.splitlines(), sep="\n    ")
    elif dry_run:
        print(f"{name}: would be written", *file.text.splitlines(), sep="\n    ")
    else:
        try:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            with file.path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(file.text)
        except OSError as error:
            raise UsageError(f"cannot write {name}: {error.strerror}") from None
        print(f"{name}: written")


def _mentions(path: Path) -> bool:
    try:
        return "feedlint" in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _put_baseline(site: Path, top: Path, report: Report, *, more: bool, dry_run: bool) -> Report:
    """Write the baseline of *site*; return the report on what is in it.

    That is *report*, but for *more*: where the configuration has given a schema to records that had none.
    """
    path = site / _BASELINE
    name = _shown(path, top)
    if path.exists():
        print(f"{name}: there already")
        return report
    if not dry_run:
        with redirect_stdout(io.StringIO()) as said:
            report = lint_paths([str(site)]) if more else report
            status = check.main(["--baseline", str(path), "--write-baseline", "--quiet", str(site)])
        if status != OK or not path.exists():
            print(said.getvalue(), end="")
            raise UsageError(f"{name} was not written, but {_CONFIGURATION} names it: feedlint --write-baseline")
    files = Counter(finding.path for finding in report.findings)
    verb = "would be written" if dry_run else "written"
    print(f"{name}: {verb}, with {counted(len(report.findings), 'finding')} in {counted(len(files), 'file')}")
    return report


def _next(report: Report, *, baselined: bool) -> Iterator[str]:
    """Yield what is to be done now."""
    safe = sum(finding.fix is not None and finding.fix.safety is SAFE for finding in report.findings)
    yield ""
    if not baselined:
        yield "Next: nothing, what holds here is shown by `feedlint config`."
        return
    if safe:
        yield f"Next: `feedlint --fix --no-baseline` repairs {safe} of the {counted(len(report.findings), 'finding')},"
        yield "and `feedlint --prune-baseline` then takes them out of the baseline. Commit the files above."
    else:
        yield "Next: commit the files above."


def _shown(path: Path, top: Path) -> str:
    return visible(path.relative_to(top).as_posix())
