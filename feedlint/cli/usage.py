"""What the commands share: exit statuses, and how to say that something on the command line cannot be done."""

from __future__ import annotations

import sys
from collections.abc import Callable

from feedlint.typed import Final
from feedlint.words import visible

OK: Final = 0
FAILED: Final = 2
INTERRUPTED: Final = 130
"""As a shell has it: 128 and the number of SIGINT."""


class UsageError(Exception):
    """Something on the command line, or in a configuration, that cannot be carried out."""


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
    from feedlint.likeness import closest
    from feedlint.rules import NAMES

    close = closest(name, [*NAMES, *NAMES.values()])
    return f", did you mean {close!r}?" if close else ""
