"""``feedlint [PATHS]``: check, and repair."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from feedlint.cli import changes, kept, workers
from feedlint.cli.baseline import opened, settled
from feedlint.cli.choice import configurations, tell_excluded
from feedlint.cli.output import outputs, refuse_bad_files, show
from feedlint.cli.plain import options_of
from feedlint.cli.progress import collect
from feedlint.cli.usage import OK, UsageError, warner
from feedlint.config import Configurations, Settings
from feedlint.disk import Warn, names_in
from feedlint.engine import Engine, Read, Write, to_disk
from feedlint.files import NotThere, Selection, head_of, in_scope, looks_like_record
from feedlint.quick import datetime, timezone
from feedlint.remote import is_address, read
from feedlint.report import FileReport, Report
from feedlint.repository import is_readme
from feedlint.roots import NoFile
from feedlint.tree import Disk, Tree
from feedlint.typed import TYPE_CHECKING
from feedlint.whole import ALONE, conclude
from feedlint.words import at_line_start, visible

if TYPE_CHECKING:
    from argparse import Namespace

    from feedlint.cache import Ground
    from feedlint.changes import Changes
    from feedlint.cli.again import Memory


def main(argv: Sequence[str], memory: Memory | None = None) -> int:
    """Run the command with *argv*; return the exit status. What is said is kept by *memory*, if it will last."""
    options = options_of(argv)
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes needs --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--fix writes and --diff does not: choose one")
    if options.executor is not None and (options.since is not None or options.staged or "-" in options.paths):
        raise UsageError("--executor is for whole feeds: what has changed, and standard input, is looked at here")
    remote = next(filter(is_address, options.paths), None)
    if remote is not None and (options.fix or options.since is not None or options.staged):
        raise UsageError(f"{remote} is an address: it can be checked, and neither be written nor asked for changes")
    outputs(options)  # before anything is read
    changed = changes.chosen(options)
    settings = Settings(
        fix=options.fix or options.diff,
        unsafe_fixes=options.unsafe_fixes,
        write=options.fix,
        today=options.today or datetime.now(timezone.utc),
    )
    configs = configurations(options, settings)
    if "-" in options.paths:
        return _check_stdin(options, configs)
    if options.stdin_filename:
        raise UsageError('--stdin-filename goes with "-"')
    named = options.paths or ["."]
    ground = memory.stand_on(named, options) if memory is not None else None
    folders = list(filter(os.path.isdir, named))
    warn = _noted(warner(), ground) if ground is not None else warner()
    part, notes = _part(named, folders, changed, configs, warn, ground)
    paths = list(part.paths)
    if options.show_files:
        print(*map(at_line_start, paths), sep="\n", end="\n" if paths else "")
        return OK
    refuse_bad_files(options, paths)
    baselines = opened(options, [*paths, *part.others], configs)
    cache = kept.opened(options, len(paths), ground) if changed is None and options.executor is None else None
    state: tuple[Read, Write, Callable[[str], Tree]] = read, to_disk, Disk
    if changed is not None:
        state = changed.read, changed.store, changed.tree
    elif cache is not None:
        from feedlint.cache import Recording
        from feedlint.recall import Reader

        state = Reader(), to_disk, Recording
    engine = Engine(configs.settings_of, [baselines], *state, warn=warn)
    others = changes.others(changed, part, engine, folders, new_only=options.new_only) if changed else ALONE
    try:
        with workers.Cluster(options) as executor:
            jobs = 1 if changed else workers.jobs(options, len(paths))
            if jobs == 1 and executor is None and cache is None:
                found = engine.outcomes(paths)
            else:
                from feedlint.workers import outcomes

                found = outcomes(engine, paths, jobs=jobs, executor=executor, cache=cache)
            files = collect(found, paths, quiet=options.quiet, color=options.color, wrote=options.fix)
    finally:  # also where it is interrupted: what is repaired is on disk, and staged
        engine.finish()
        if changed:
            changes.finish(changed)
    conclude(engine, files, others, folders=folders)
    more = settled(baselines, engine, files, folders, options)
    report = Report(
        files,
        unsafe_fixes=options.unsafe_fixes,
        wrote=options.fix,
        notes=[*notes, *more],
        compared=options.new_only or bool(baselines),
    )
    if memory is None or cache is None or baselines:
        show(report, options)
        return report.exit_status
    from feedlint.cli.again import echo
    from feedlint.recall import asked

    stream, said = echo()
    show(report, options, stream)
    for each in asked(engine):  # since the last file was checked
        cache.rests_on(*each)
    memory.keep(report, cache, configs, said)
    return report.exit_status


def _noted(warn: Warn, ground: Ground) -> Warn:
    """Return what does as *warn*, and has it that *ground* is not firm: what there is to warn of is said each time."""

    def noted(message: str) -> None:
        ground.firm = False
        warn(message)

    return noted


def _part(
    named: Sequence[str],
    folders: Sequence[str],
    changed: Changes | None,
    configs: Configurations,
    warn: Warn,
    ground: Ground | None,
) -> tuple[Selection, list[str]]:
    """Return the files to check, all or what has *changed*, and what there is to say about that.

    They are those *named*, and those in the *folders* among them; *ground* lists those.
    """
    staged = changed.not_on_disk(named) if changed else []
    try:
        there = [path for path in named if path not in staged]
        names = ground.names if ground is not None and ground.firm else names_in
        paths = in_scope(there, configs, changed.tree if changed else Disk, warn, names)
    except NotThere as error:
        raise UsageError(str(error)) from None
    if tell_excluded(named, configs) and ground is not None:
        ground.firm = False
    asked = {os.path.normpath(path).replace(os.sep, "/") for path in named}
    paths = [path for path in paths if path not in asked or not _passed_over(path)]
    if changed:
        return changes.part(changed, [*paths, *staged], folders, configs)
    if not paths:
        warn("no feed files found")
    return Selection(paths), []


def _passed_over(path: str) -> bool:
    """Tell whether *path* is a README that is no record; say so, since it was named."""
    if not is_readme(path) or looks_like_record(head_of(path)):
        return False
    print(f"feedlint: note: {visible(path)} is a README, passed over", file=sys.stderr)
    return True


def _check_stdin(options: Namespace, configs: Configurations) -> int:
    if len(options.paths) > 1:
        raise UsageError('"-" goes alone')
    name = options.stdin_filename or NoFile("<stdin>")
    is_excluded = tell_excluded([name], configs)
    if options.show_files:
        print(*() if is_excluded else (at_line_start(name),), sep="\n", end="" if is_excluded else "\n")
        return OK
    refuse_bad_files(options, [name])
    baselines = opened(options, [name], configs)
    engine = Engine(configs.settings_of, [baselines], warn=warner())
    limit = configs.settings_of(name).max_file_size
    data = sys.stdin.buffer.read(limit + 1)
    if options.fix and len(data) > limit:  # what comes out takes the place of what went in, so it must be all of it
        raise UsageError(f"standard input has more than {limit:,} bytes, too many for a record: nothing is repaired")
    report, result = (FileReport(name), data) if is_excluded else engine.data(data, name)
    if options.fix:  # the repaired file takes standard output, the findings make way
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()
    whole = Report([report], unsafe_fixes=options.unsafe_fixes, wrote=options.fix, compared=bool(baselines))
    show(whole, options, sys.stderr if options.fix else sys.stdout)
    return whole.exit_status
