"""Where a line starts."""

from __future__ import annotations

from bisect import bisect_right

from feedlint.source.text import NEWLINE


class Lines:
    """Where each line of a text starts, for lines ended by LF, CRLF or CR.

    YAML's own idea of a line is wider (NEL, LS, PS) and an editor's is not, so positions come from here.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in NEWLINE.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of *offset*, both counted from 1, the column in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, offset: int) -> int:
        """Return the offset at which the line of *offset* starts."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def end(self, offset: int) -> int:
        """Return the offset at which the line of *offset* ends, before its line ending."""
        match = NEWLINE.search(self._text, offset)
        if match is None:
            return len(self._text)
        # An offset between the CR and the LF of one ending is still on that line.
        if self._text[match.start() - 1 : match.end()] == "\r\n":
            return match.start() - 1
        return match.start()

    def next(self, offset: int) -> int:
        """Return the offset at which the line after that of *offset* starts, or the end of the text."""
        line = bisect_right(self._starts, offset)
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def text(self, line: int) -> str:
        """Return line number *line* (counted from 1) without its ending, or "" past the last one."""
        if not 1 <= line <= len(self._starts):
            return ""
        start = self._starts[line - 1]
        return self._text[start : self.end(start)]
