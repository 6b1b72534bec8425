"""``feedlint clean``: delete the cache."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from feedlint.cache.folder import clean
from feedlint.cli import kept
from feedlint.cli.parser import Parser
from feedlint.cli.usage import OK, UsageError
from feedlint.words import counted, visible


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = Parser(prog="feedlint clean", description="Delete what is kept of files from earlier runs.")
    kept.add_folder(parser.add_argument)
    return parser


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    where = kept.place(parser().parse_args(argv))
    if where is None:
        raise UsageError("there is no folder for a cache: name one with --cache-dir")
    try:
        found = clean(where)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        found = None
    except OSError as error:
        raise UsageError(f"{where}: {error.strerror or error}") from None
    if not found or not found.files:
        print(f"Nothing to delete in {visible(where)}.")
    else:
        size = f"{found.size:,} {'byte' if found.size == 1 else 'bytes'}"
        print(f"Deleted {counted(found.files, 'file')} with {size} from {visible(where)}.")
    return OK
