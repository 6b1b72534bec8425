"""Where the findings go, and how: to standard output, to files, or both."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from io import StringIO

from feedlint.cli.usage import UsageError
from feedlint.files import head_of, looks_like_record
from feedlint.formats import FORMATS, Write
from feedlint.likeness import closest
from feedlint.report import Report
from feedlint.typed import TYPE_CHECKING, Final, NamedTuple, TextIO

if TYPE_CHECKING:
    from argparse import Namespace

_DEFAULT: Final = next(iter(FORMATS))
_STANDARD_OUTPUT: Final = ("-", "/dev/stdout")


class Output(NamedTuple):
    """One way to show a report: *name* is what was asked for, *file* is None for standard output."""

    name: str
    write: Write
    file: str | None


def outputs(options: Namespace) -> list[Output]:
    """Return what *options* ask for: at most one for standard output. Raises UsageError for what cannot be meant."""
    asked = [_asked(text) for text in options.output_format]
    own = [output for output in asked if output.file is None]
    if len(own) > 1:
        raise UsageError(
            f"{own[0].name} and {own[1].name} cannot both go to standard output: "
            f"give one a file, as in --output-format {own[1].name}=FILE"
        )
    rest = [output for output in asked if output.file is not None]
    if options.diff or options.statistics:
        own = [_instead(options, own)]
    elif not asked:
        own = [Output(_DEFAULT, FORMATS[_DEFAULT], None)]
    if not own and options.output_file is not None:
        raise UsageError("--output-file is for a format without a file of its own: there is none")
    return [*(output._replace(file=_file(options.output_file)) for output in own), *rest]


def refuse_bad_files(options: Namespace, checked: Iterable[str]) -> None:
    """Raise UsageError if what *options* ask for cannot be written, or would take the place of a record.

    That is a file in *checked*, or any other: of ``--output-file _news/*.md`` a shell makes the first name the output.
    """
    files = [output.file for output in outputs(options) if output.file is not None]
    records = {_identity(path) for path in checked} if files else set()
    seen = set()
    for file in files:
        if _identity(file) in records:
            raise UsageError(f"{file} is one of the files to check: write the findings elsewhere")
        if looks_like_record(head_of(os.path.realpath(file))):  # wherever links lead: that is where it is written
            raise UsageError(f"{file} is a record of a feed: write the findings elsewhere")
        if _identity(file) in seen:
            raise UsageError(f"{file} is given for two formats: each needs a file of its own")
        seen.add(_identity(file))
        if os.path.isdir(file):
            raise UsageError(f"cannot write {file}: it is a folder")
        if not os.path.exists(file) and not os.path.isdir(os.path.dirname(os.path.realpath(file))):
            raise UsageError(f"cannot write {file}: No such file or directory")


def show(report: Report, options: Namespace, stream: TextIO | None = None) -> None:
    """Write *report* as *options* ask: to their files, and to *stream* (default: standard output).

    Where what goes there does not end with the summary, standard error gets it. Raises UsageError for files that
    cannot be written, after all the rest is; and OSError where the stream cannot be.
    """
    stream = stream or sys.stdout
    problems = []
    main = None
    for output in outputs(options):
        if output.file is None:
            main = output
            continue
        from feedlint.fixing import NotWritten

        fill = partial(output.write, report, color=options.color == "always", quiet=options.quiet)
        try:
            _replace(output.file, fill)
        except OSError as error:
            problems.append(f"cannot write {output.file}: {error.strerror}")
        except NotWritten as error:
            problems.append(f"cannot write {output.file}: {error}")
    if main is not None:
        main.write(report, stream, color=wants_color(options.color, stream), quiet=options.quiet)
        stream.flush()
    if not options.quiet and (main is None or main.name not in FORMATS):
        _sum_up(report, options)
    if problems:
        raise UsageError("; ".join(problems))


def wants_color(choice: str, stream: TextIO) -> bool:
    """Tell whether to use colour: --color, then NO_COLOR (no-color.org), then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


# --- what is asked for -------------------------------------------------------------------------------------


def _asked(text: str) -> Output:
    """Return what ``--output-format text`` asks for."""
    name, equals, file = text.partition("=")
    if name not in FORMATS:
        meant = closest(name, FORMATS)
        hint = f", did you mean {meant!r}?" if meant else f": there are {', '.join(FORMATS)}"
        raise UsageError(f"no output format {name!r}{hint}")
    if equals and not file:
        raise UsageError(f"--output-format {text}: the name of the file is missing")
    return Output(name, FORMATS[name], _file(file) if equals else None)


def _file(name: str | None) -> str | None:
    """Return *name*, or None where it stands for standard output, which is written to and never replaced."""
    return None if name in _STANDARD_OUTPUT else name


def _instead(options: Namespace, own: list[Output]) -> Output:
    """Return what --diff or --statistics puts on standard output; *own* is the format that was asked for, if any."""
    from feedlint.formats import diff, statistics

    if options.statistics and own and own[0].name == "json":
        return Output("--statistics", statistics.write_json, None)
    option, write = ("--statistics", statistics.write) if options.statistics else ("--diff", diff.write)
    if own:
        raise UsageError(
            f"{option} needs standard output: give {own[0].name} a file, as in --output-format {own[0].name}=FILE"
        )
    return Output(option, write, None)


# --- writing -----------------------------------------------------------------------------------------------


def _sum_up(report: Report, options: Namespace) -> None:
    """Say on standard error what came of the run; under --diff also what could not be done in each file."""
    from feedlint.formats import diff, summary

    if options.diff:
        diff.write_notes(report, sys.stderr, color=wants_color(options.color, sys.stderr))
    else:
        sys.stderr.writelines(f"{line}\n" for line in summary.summary(report, table=not options.statistics))


def _replace(name: str, write: Callable[[TextIO], None]) -> None:
    """Let *write* fill the file *name*: all of it, or, where that fails, nothing. Raises OSError and NotWritten."""
    # A device, a pipe, an open file by its number: nothing to be replaced, and what is in it is somebody's.
    if (os.path.exists(name) and not os.path.isfile(name)) or os.path.abspath(name).startswith(("/dev/", "/proc/")):
        with open(name, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            write(file)
        return
    from feedlint.fixing import overwrite

    text = StringIO()
    write(text)
    overwrite(name, text.getvalue().encode("utf-8", "backslashreplace"))


def _identity(path: str) -> tuple[int, int] | str:
    """Return what two names of one file have in common, a link or another case."""
    try:
        state = os.stat(path)
    except OSError:
        return os.path.realpath(path)
    return state.st_dev, state.st_ino
