"""The command line: ``main(argv)`` parses, runs and prints, and returns the exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from feedlint.lazy import make_room, module
from feedlint.typed import Final, NoReturn, TextIO

COMMANDS: Final = ("rule", "schema", "config", "init", "clean", "completion")
"""The commands beside the main one, each a module ``feedlint.cli.NAME`` with a function ``main(argv)``."""
ABOUT: Final = ("--version", "--help", "-h")
"""Options of the main command that need nothing of it."""


def run() -> NoReturn:
    """Run as a program: exit with the status of :func:`main`, quietly when nobody reads on."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started us (>&-): nobody hears, but the status counts
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115  # open to the end
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        from feedlint.cli.usage import INTERRUPTED

        print(f"feedlint: interrupted{f': {interrupt}' if interrupt.args else ''}", file=sys.stderr)
        status = INTERRUPTED
    except OSError as error:
        # The reader (head, less) has gone, or the disk is full.
        from feedlint.cli.usage import FAILED

        _abandon(sys.stdout)
        try:
            if not isinstance(error, BrokenPipeError):
                print(f"feedlint: error: cannot write to standard output: {error.strerror}", file=sys.stderr)
            sys.stderr.flush()
        except OSError:
            _abandon(sys.stderr)
        status = FAILED
    _leave(status)


def _leave(status: int) -> NoReturn:
    """Exit with *status*. Nothing is left to be written but what streams hold, so no memory need be cleared up."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _abandon(stream)
    os._exit(status)


def _abandon(stream: TextIO) -> None:
    """Give what is left in *stream* a way out, or Python would complain at exit when it flushes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main(argv: Sequence[str]) -> int:
    """Run ``feedlint`` with the arguments *argv*; return the exit status.

    Raises nothing but SystemExit (``--help``, ``--version``, wrong usage), KeyboardInterrupt, whose
    argument says how far the run came, and OSError where standard output cannot be written.
    """
    make_room()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what a terminal cannot show must not stop the report
            stream.reconfigure(errors="backslashreplace")
    if argv and argv[0] in ABOUT:
        from feedlint.cli.options import parser

        parser().parse_args(argv)  # which tells, and exits
    try:
        if argv and argv[0] in COMMANDS:
            command: Callable[[Sequence[str]], int] = module(f"feedlint.cli.{argv[0]}").main
            return command(argv[1:])
        return _checked(argv)
    except _expected() as error:
        from feedlint.cli.usage import FAILED
        from feedlint.words import visible

        print(f"feedlint: error: {visible(str(error))}", file=sys.stderr)
        return FAILED


def _checked(argv: Sequence[str]) -> int:
    """Run the main command with *argv*, or say what it has said when all was as it is; return the exit status."""
    memory = None
    if not any(map(os.path.isfile, argv)):  # what is said of single files is not kept
        from feedlint.cli.again import Memory

        memory = Memory(argv)
        said = memory.said()
        if said is not None:
            sys.stdout.write(said.text)
            sys.stdout.flush()
            return said.status
    from feedlint.cli.check import main

    return main(argv, memory)


def _expected() -> tuple[type[Exception], ...]:
    """Return what commands raise for what cannot be carried out: asked for when one has raised something."""
    from feedlint.cli.usage import UsageError
    from feedlint.config import ConfigError

    return UsageError, ConfigError
