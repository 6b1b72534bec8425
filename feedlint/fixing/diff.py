"""What a repair changes, for those who look before they let it be made."""

from __future__ import annotations

import re


def diff(old: str, new: str, path: str) -> str:
    """Return the unified diff of *old* and *new*, "" where they are equal."""
    if old == new:
        return ""
    from difflib import unified_diff

    lines = unified_diff(_lines(old), _lines(new), path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of *text* with their endings; only LF ends a line, as in the output of ``diff``."""
    return [line for line in re.split(r"(?<=\n)", text) if line]
