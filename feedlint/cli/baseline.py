"""The options about baselines: which one holds, what is said of it, and when it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from feedlint.baseline import BaselineError, Baselines
from feedlint.cli.usage import UsageError
from feedlint.config import Configurations
from feedlint.engine import Engine
from feedlint.report import FileReport, Files
from feedlint.roots import is_all_in
from feedlint.typed import TYPE_CHECKING, Final
from feedlint.values import replace
from feedlint.words import counted, visible

if TYPE_CHECKING:
    from argparse import Namespace

    from feedlint.baseline.baseline import Baseline, Ran
    from feedlint.baseline.text import Entry

NAME: Final = "feedlint-baseline.txt"
"""The baseline that ``--write-baseline`` makes where none is named, in the current folder."""
_MOST_NAMED: Final = 10


def opened(options: Namespace, paths: Sequence[str], configs: Configurations) -> Baselines:
    """Return the baselines that *options* ask for, or else *configs*, those for the files at *paths* read.

    Raises :class:`~feedlint.cli.usage.UsageError`.
    """
    writes = options.write_baseline or options.prune_baseline
    which = "--write-baseline" if options.write_baseline else "--prune-baseline"
    for wrong, why in (
        (options.write_baseline and options.prune_baseline, "--write-baseline takes out what is gone, too"),
        (writes and options.no_baseline, f"{which} needs the baseline that --no-baseline leaves out"),
        (writes and options.diff, f"--diff writes nothing, and {which} does: choose one"),
        (writes and "-" in options.paths, f"{which} needs the files themselves, not standard input"),
    ):
        if wrong:
            raise UsageError(why)

    baselines = Baselines(partial(_file_of, options, configs), may_miss=options.write_baseline)
    try:
        baselines.load(paths)
    except BaselineError as error:
        raise UsageError(str(error)) from None
    if options.prune_baseline and paths and not baselines:
        raise UsageError("--prune-baseline needs a baseline: name it with --baseline")
    return baselines


def _file_of(options: Namespace, configs: Configurations, path: str) -> str | None:
    """Return the name of the baseline that holds for the file at *path*, or None."""
    if options.no_baseline:
        return None
    if options.baseline is not None:
        return str(options.baseline)
    return configs.settings_of(path).baseline or (NAME if options.write_baseline else None)


def settled(
    baselines: Baselines,
    engine: Engine,
    files: Files,
    folders: Sequence[str],
    options: Namespace,
) -> list[str]:
    """Return what there is to say of *baselines*, written if that is asked; then *files* say what they know.

    Those are the files of a whole run of *engine*, which has seen all that is in *folders*.
    Raises :class:`~feedlint.cli.usage.UsageError` where one cannot be written.
    """
    if options.diff:  # the findings are those that would be left
        return []
    if not baselines and not options.write_baseline:
        return []
    from feedlint.fixing import NotWritten
    from feedlint.identity import mark

    ran = _ran(engine, folders)
    notes: list[str] = []
    try:
        for baseline in baselines:
            seen = baselines.seen_by(baseline, files)
            notes += (_rewrite if options.write_baseline else _judge)(baseline, seen, ran, options)
    except NotWritten as error:
        raise UsageError(f"{baseline.name} was not written: {error}") from None
    if options.write_baseline:
        for at, report in list(files.said.items()):
            found = mark(report.diagnostics, baselines.of(report.path), baselines.mute)
            files.put(at, replace(report, diagnostics=found))
    return notes


def _rewrite(baseline: Baseline, reports: Sequence[FileReport], ran: Ran, _: Namespace) -> Iterator[str]:
    findings, files, kept = baseline.rewrite(reports, ran)
    more = f", and kept {kept} that this run did not look for" if kept else ""
    yield f"Wrote {counted(findings, 'finding')} in {counted(files, 'file')} to {visible(baseline.name)}{more}."


def _judge(baseline: Baseline, reports: Sequence[FileReport], ran: Ran, options: Namespace) -> Iterator[str]:
    name = visible(baseline.name)
    stale = baseline.stale(reports, ran)
    if options.prune_baseline:
        baseline.prune(stale)
    if baseline.doubt:
        why = visible(baseline.doubt)
        yield f"{name} knows files that are gone, and whether they were renamed cannot be told: {why}."
    if stale:
        entries = counted(len(stale), "entry", "entries")
        if options.prune_baseline:
            yield f"Took {entries} out of {name}: {_names(stale)}."
        else:
            verb, them = ("is", "it") if len(stale) == 1 else ("are", "them")
            yield f"{entries} of {name} {verb} not found any more, --prune-baseline takes {them} out: {_names(stale)}."


def _names(entries: Sequence[Entry]) -> str:
    from feedlint.baseline.text import escaped

    named = [visible(f"{escaped(path)} {key.code} {key.place}".rstrip()) for path, key in entries[:_MOST_NAMED]]
    more = len(entries) - len(named)
    return ", ".join([*named, f"and {more} more"] if more else named)


def _ran(engine: Engine, folders: Sequence[str]) -> Ran:
    """Return what tells whether a rule has looked at all of a file; for one about the whole feed, at all of that.

    In a file without a readable record none has: what was known of it may be there still, behind the damage.
    """

    def ran(report: FileReport, code: str) -> bool:
        rule = engine.settings_of(report.path).rule(code)
        if rule is None or not (report.checked and report.readable):
            return False
        return rule.sees != "feed" or is_all_in(report.path, folders)

    return ran
