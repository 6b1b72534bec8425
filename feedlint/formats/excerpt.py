"""Lines of a file as a terminal shows them: carets under the right characters, long lines cut around them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate

from feedlint.source import Lines, Span
from feedlint.typed import Final, NamedTuple
from feedlint.words import cells, visible

WIDTH: Final = 100
"""Columns of a line that are shown; of a longer one, those around the place that matters."""
_TAB: Final = "    "
# Of a span over more lines than this, the first ones and the last are shown.
_MOST_LINES: Final = 4


class Mark(NamedTuple):
    """What to point at, with which character, and what to say of it."""

    span: Span
    sign: str
    text: str = ""


class Row(NamedTuple):
    """A row of an excerpt: line *number* of the file, or (0) one that points at the line above with *sign*.

    A row with neither number nor sign stands for lines left out.
    """

    number: int
    text: str
    sign: str = ""


class _Part(NamedTuple):
    """What is on one line of a mark: its characters *start* to *end*."""

    start: int
    end: int
    sign: str
    text: str


def excerpt(lines: Lines, marks: Sequence[Mark]) -> Iterator[Row]:
    """Yield the lines that *marks* are on, in the order of the file, each with the rows that point at it."""
    parts: dict[int, list[_Part]] = {}
    for mark in marks:
        for number, part in _parts(lines, mark):
            parts.setdefault(number, []).append(part)
    numbers = sorted(parts)
    for before, number in zip([numbers[0], *numbers], numbers, strict=False):
        if number > before + 1:
            yield Row(0, "")
        text = lines.text(number)
        for group in _groups(sorted(parts[number])):
            yield from _draw(number, text, group)


def cut(text: str, start: int, end: int) -> str:
    """Return the line *text* as it is shown, cut around characters *start* to *end* if it is long."""
    return _Cut(text, start, end).shown


def columns(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    joins = unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff"  # accents, vowels of Hangul
    return 0 if joins else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _parts(lines: Lines, mark: Mark) -> Iterator[tuple[int, _Part]]:
    """Yield the lines of *mark* that are shown, each with what is on it."""
    first, start = lines.position(mark.span.start)
    last, end = lines.position(max(mark.span))
    whole = last > first and end == 1  # it ends with a line break, not on the line after
    last -= whole
    numbers = [*range(first, min(last, first + _MOST_LINES - 1)), last]
    for number in numbers:
        text = lines.text(number)
        begin = start - 1 if number == first else len(text) - len(text.lstrip())
        stop = end - 1 if number == last and not whole else len(text)
        begin = min(begin, len(text))
        stop = max(begin, min(stop, len(text)))
        yield number, _Part(begin, stop, mark.sign, mark.text if number == last else "")


def _groups(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Yield *parts* of one line in groups that can be shown in one piece of it."""
    group: list[_Part] = []
    for part in parts:
        if group and part.end - group[0].start > WIDTH // 2:
            yield group
            group = []
        group.append(part)
    yield group


def _draw(number: int, text: str, group: Sequence[_Part]) -> Iterator[Row]:
    """Yield the line, and below it a row for each sign and text, pointing at all that share them."""
    line = _Cut(text, group[0].start, max(part.end for part in group))
    yield Row(number, line.shown)
    rows: dict[tuple[str, str], str] = {}
    for part in sorted(group, key=lambda part: part.sign != "^"):
        start, end = line.column(part.start), line.column(part.end)
        above = rows.get((part.sign, part.text), "")
        rows[part.sign, part.text] = above[:start].ljust(start) + part.sign * max(1, end - start)
    for (sign, label), row in rows.items():
        yield Row(0, f"{row} {label}".rstrip(), sign)


class _Cut:
    """A line as it is shown: what is not seen as escapes, tabs as spaces, and a long one cut around a place in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        # No more than this can be shown, however long the line is.
        base, limit = max(0, start - WIDTH), min(len(text), start + WIDTH)
        near = text[base:limit]
        is_plain = near.isascii() and near.isprintable() and visible(near) == near
        if is_plain:
            shown, widths = list(near), [1] * len(near)
        else:
            shown = [_TAB if char == "\t" else cell for char, cell in zip(near, cells(near), strict=True)]
            widths = [columns(cell) for cell in shown]
        room = widths if is_plain else [max(1, width) for width in widths]
        first, last = _window(room, start - base, min(end, limit) - base)
        self._start = base + first
        begin = 1 if self._start else 0
        self._columns: Sequence[int] = (
            range(begin, begin + last - first + 1) if is_plain else list(accumulate(widths[first:last], initial=begin))
        )
        before, after = "…" if self._start else "", "…" if base + last < len(text) else ""
        self.shown = before + "".join(shown[first:last]) + after

    def column(self, offset: int) -> int:
        """Return the column of the character at *offset* of the line, or of the nearest one that is shown."""
        return self._columns[max(0, min(offset - self._start, len(self._columns) - 1))]


def _window(widths: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return which characters to show, so that they take about :data:`WIDTH` columns: those around start to end."""
    if sum(widths) <= WIDTH:
        return 0, len(widths)
    room = WIDTH
    first = last = start
    while last < end and room > WIDTH // 4:
        room -= widths[last]
        last += 1
    half = room // 2
    while first > 0 and room > half:
        first -= 1
        room -= widths[first]
    while last < len(widths) and room > 0:
        room -= widths[last]
        last += 1
    return first, last
