"""What the commands share: exit statuses, and how to say that something on the command line cannot be done."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable

from feedlint.likeness import closest
from feedlint.typed import Final, NoReturn
from feedlint.words import visible

OK: Final = 0
FAILED: Final = 2
INTERRUPTED: Final = 130
"""As a shell has it: 128 and the number of SIGINT."""


class UsageError(Exception):
    """Something on the command line, or in a configuration, that cannot be carried out."""


class Parser(ArgumentParser):
    """Parses arguments; what it says of wrong ones is harmless. They may be names of files, which a shell put in."""

    def error(self, message: str) -> NoReturn:
        """Say on standard error what is wrong, and exit."""
        super().error(visible(message))


def warner() -> Callable[[str], None]:
    """Return what says a warning on standard error, each once."""
    said = set()

    def warn(message: str) -> None:
        if message not in said:
            print(f"feedlint: warning: {visible(message)}", file=sys.stderr)
        said.add(message)

    return warn


def meant(name: str) -> str:
    """Return ", did you mean …?" for the *name* of a rule that there is not, or ""."""
    from feedlint.rules import NAMES

    close = closest(name, [*NAMES, *NAMES.values()])
    return f", did you mean {close!r}?" if close else ""
