"""Words for people: hostile text made harmless, and things counted."""

from __future__ import annotations

import re
from typing import Final

# What CI systems take for a command anywhere in a line of a log: ##[…] is GitHub's old form (in actions/runner
# ActionCommand.TryParse), ##vso[…] that of Azure, ##teamcity[…] of TeamCity.
_COMMAND: Final = re.compile(r"#(?=#[A-Za-z]*\[)")
# Control characters, and those that break or turn around a line; and what is not a character.
_STEERING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Return *text* with all that is not seen, or steers a terminal or a CI system, written as an escape."""
    return text if text.isprintable() and "##" not in text else "".join(cells(text))


def cells(text: str) -> list[str]:
    """Return what :func:`visible` shows for each character of *text*."""
    shown = [char if char.isprintable() else ascii(char)[1:-1] for char in text]
    for match in _COMMAND.finditer(text):
        shown[match.start()] = r"\x23"
    return shown


def harmless(text: str) -> str:
    """Return *text* with only that as an escape which steers a terminal or a CI system, or no stream can take."""
    text = _STEERING.sub(lambda match: ascii(match[0])[1:-1], text)
    return _COMMAND.sub(r"\\x23", text)


def at_line_start(text: str) -> str:
    """Return *text*, a path that may begin a line, so that it does not begin a GitHub command (``::error``)."""
    shown = visible(text)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return *number* with its noun, as ``1 finding``, ``2 findings``; *plural* where that is not *singular* and s."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
