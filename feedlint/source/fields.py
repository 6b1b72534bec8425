"""The fields of a front matter as its lines show them, without a YAML parser: for text that does not parse.

A record is written one ``key: value`` a line, so most of a broken one can still be told apart: where each line's
dashes, key and value are, how deep it stands, and how many lines its value takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from feedlint.lazy import regex
from feedlint.source.nodes import DataPath, PathItem
from feedlint.source.text import NEWLINE
from feedlint.typed import NamedTuple

QUOTED = regex(r"""\"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*(?:''[^']*)*'""", re.DOTALL)
"""A quoted scalar from its opening quote to its closing one."""
NOTHING = regex(r"[ \t\r\n]*(?:#[^\r\n]*)?")
"""What may stand after a value: white space and a comment."""
HEADER = regex(r"[|>](?:[-+]?[1-9]?|[1-9][-+])(?:[ \t]+#.*)?[ \t]*")
"""The first line of a block scalar."""

_LEAD = regex(r"[ \t]*(?:-(?:[ \t]+|\Z))*")
_QUOTED_KEY = regex(rf"(?:{QUOTED.pattern})[ \t]*:(?=[ \t]|\Z)", re.DOTALL)
_KEY_END = regex(r":(?=[ \t]|\Z)|[ \t]#")
_NO_PLAIN_KEY = frozenset("[]{},#&*!|>@`%")
_PROPERTIES = regex(r"[ \t]*(?:(?:&[0-9A-Za-z_-]+|!(?:<[^>\s]*>|[^\s,\[\]{}]*))(?:[ \t]+|\Z))*")
_FLOW_TOKEN = regex(r"[\[\]{}]|(?<=[\s,\[{:])[\"']|(?<=\s)#[^\r\n]*")
# Lines over which a quoted text or a flow collection is followed; real ones take one.
_MAX_LINES = 50
_CLOSERS = {"[": "]", "{": "}"}


class Line(NamedTuple):
    """One line. Offsets are into the text, *column* and *indent* count characters, a tab as it is expanded.

    *indent* is the column of the first dash or of the content, *column* that of the content (a key or a text);
    *dashes* are the columns of the dashes. *colon* is where the one after the key is, None without a key.
    *value* is after key, anchor and tag; it is *end* where there is no value.
    """

    start: int
    end: int
    content: int
    colon: int | None
    value: int
    dashes: tuple[int, ...]
    column: int

    @property
    def indent(self) -> int:
        """The column of the first character that is not white space."""
        return self.dashes[0] if self.dashes else self.column

    @property
    def opens(self) -> bool:
        """Whether the line begins a field or a list item."""
        return self.colon is not None or bool(self.dashes)


class Block(NamedTuple):
    """A mapping or a list that a line may go on with: its column, and the key or the position it has come to."""

    column: int
    item: PathItem

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.item, int)

    def is_list_at(self, column: int) -> bool:
        """Tell whether it is a list whose dashes stand at *column*."""
        return self.is_list and self.column == column


class Field(NamedTuple):
    """A line that is a field, a list item or a text, with all of its value: *end* may be lines further down.

    *path* is where it seems to be in the record; *blocks* are those open before it, the innermost last.
    """

    line: Line
    path: DataPath
    end: int
    blocks: tuple[Block, ...]

    @property
    def parent(self) -> int:
        """The column that its value, if it is on the lines below, is indented beyond."""
        line = self.line
        return line.dashes[-1] if line.dashes and line.colon is None else line.column

    @property
    def is_open(self) -> bool:
        """Whether its value is still to come, on the lines below."""
        return self.line.opens and self.line.value == self.line.end


def fields(text: str, start: int, end: int, tab: int = 8) -> list[Field]:
    """Return the fields of ``text[start:end]``, a tab in the indentation counted as up to the next *tab* columns."""
    lines = _lines(text, start, end, tab)
    found: list[Field] = []
    blocks: list[Block] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if not (_is_empty(line) or _is_comment(text, line)):
            number = _last_line(text, lines, number, _parent(line, found[-1] if found else None))
            before = tuple(blocks)
            _place(text, line, blocks)
            found.append(Field(line, tuple(block.item for block in blocks), lines[number].end, before))
        number += 1
    return found


def flow_end(text: str, at: int, end: int) -> tuple[int | None, list[tuple[int, str]]]:
    """Follow the flow collection that starts at *at*.

    Returns where it ends, or None and the brackets that are still open, each with its offset and what would close
    it. Both are empty where a quote inside it is not closed.
    """
    waiting: list[tuple[int, str]] = []
    while (token := _FLOW_TOKEN.search(text, at, end)) is not None:
        at, mark = token.end(), token[0]
        if mark in _CLOSERS:
            waiting.append((token.start(), _CLOSERS[mark]))
        elif mark in ("]", "}"):
            if waiting[-1][1] != mark:
                return None, waiting
            waiting.pop()
            if not waiting:
                return at, []
        elif mark in "\"'":
            quoted = QUOTED.match(text, token.start(), end)
            if quoted is None:
                return None, []
            at = quoted.end()
    return None, waiting


def _lines(text: str, start: int, end: int, tab: int) -> list[Line]:
    lines: list[Line] = []
    while start < end:
        ending = NEWLINE.search(text, start, end)
        lines.append(_line(text, start, ending.start() if ending else end, tab))
        start = ending.end() if ending else end
    return lines


def _line(text: str, start: int, end: int, tab: int) -> Line:
    lead = _LEAD.match(text, start, end)
    assert lead is not None  # every part of the pattern may be empty
    content = lead.end()
    colon = _colon(text, content, end)
    gap = _PROPERTIES.match(text, content if colon is None else colon + 1, end)
    assert gap is not None
    value = gap.end()
    if value < end and text[value] == "#" and text[value - 1] in " \t":
        value = end
    expanded = text[start:content].expandtabs(tab)
    dashes = tuple(at for at, mark in enumerate(expanded) if mark == "-")
    return Line(start, end, content, colon, value, dashes, len(expanded))


def _colon(text: str, content: int, end: int) -> int | None:
    """Return where the colon is that ends the key at *content*, None where there is no key."""
    first = text[content : min(content + 1, end)]
    if first in ('"', "'"):
        key = _QUOTED_KEY.match(text, content, end)
        return key.end() - 1 if key else None
    if not first or first in _NO_PLAIN_KEY:
        return None
    found = _KEY_END.search(text, content, end)
    return found.start() if found and found[0] == ":" and found.start() > content else None


def _parent(line: Line, above: Field | None) -> int:
    """Return the column that the lines of the value of *line* must be indented beyond."""
    if not line.opens and above is not None and above.is_open:
        return above.parent
    return line.dashes[-1] if line.dashes and line.colon is None else line.column


def _is_empty(line: Line) -> bool:
    return line.content == line.end and not line.dashes


def _is_comment(text: str, line: Line) -> bool:
    return line.content < line.end and text[line.content] == "#" and not line.dashes


def _has_one_word_key(text: str, line: Line) -> bool:
    return line.colon is not None and not re.search("[ \t]", text[line.content : line.colon])


def _last_line(text: str, lines: list[Line], number: int, parent: int) -> int:
    """Return the number of the last line of the value that line *number* begins, its parent at column *parent*."""
    line = lines[number]
    first = text[line.value] if line.value < line.end else ""
    if first in ("|", ">") and HEADER.fullmatch(text, line.value, line.end):
        return _run(lines, number, lambda below: below.indent > parent)
    if first in ("[", "{", '"', "'"):
        return _enclosed(text, lines, number, parent)
    if first:
        return _run(
            lines,
            number,
            lambda below: below.indent > parent and not (_is_comment(text, below) or _has_one_word_key(text, below)),
        )
    return number


def _run(lines: list[Line], number: int, belongs: Callable[[Line], bool], limit: int | None = None) -> int:
    """Return the number of the last line after *number*, empty ones aside, up to which all lines belong."""
    last = number
    for at in range(number + 1, len(lines) if limit is None else min(len(lines), number + limit)):
        if not _is_empty(lines[at]):
            if not belongs(lines[at]):
                break
            last = at
    return last


def _enclosed(text: str, lines: list[Line], number: int, parent: int) -> int:
    """As :func:`_last_line`, for a value that begins with a quote or a bracket."""
    line = lines[number]
    if _enclosed_end(text, line.value, line.end) is not None:
        return number
    last = _run(lines, number, lambda below: not (below.opens and below.indent <= parent), _MAX_LINES)
    end = _enclosed_end(text, line.value, lines[last].end)
    if end is None:  # never closed: what follows is not a field is part of it
        return _run(lines, number, lambda below: not below.opens)
    closing = next(at for at in range(number, last + 1) if lines[at].end >= end)
    # Junk after the closing mark says that it is another value's opening one.
    return closing if NOTHING.fullmatch(text, end, lines[closing].end) else number


def _enclosed_end(text: str, at: int, end: int) -> int | None:
    if text[at] in "[{":
        return flow_end(text, at, end)[0]
    quoted = QUOTED.match(text, at, end)
    return quoted.end() if quoted else None


def _place(text: str, line: Line, blocks: list[Block]) -> None:
    """Change *blocks*, those open before *line*, to those open after it."""
    for column in line.dashes:
        while blocks and blocks[-1].column > column:
            blocks.pop()
        last = blocks.pop().item if blocks and blocks[-1].is_list_at(column) else None
        blocks.append(Block(column, last + 1 if isinstance(last, int) else 0))
    if line.colon is not None:
        key = text[line.content : line.colon].rstrip(" \t")
        key = key[1:-1] if key[0] in "\"'" else key
        while blocks and (blocks[-1].column > line.column or blocks[-1].is_list_at(line.column)):
            blocks.pop()
        if blocks and blocks[-1].column == line.column:
            blocks.pop()
        blocks.append(Block(line.column, key))
