"""Reading a file by the layout of another one: values first, and no more of the rest than is asked for.

The files of a feed are written by programs, or as those write them: thousands have the same lines, but for what stands
behind the colons. Such a file needs no YAML parser once one with its *layout* has been read. The layout is how each
line begins, up to the value: indentation, dashes, key and colon. Where the lines of two files begin alike, and each
value is a scalar that ends with its line, in the style that it has in the other file and of the same type, both are the
same tree. What is not of that kind is no sketch, and is read by :func:`~feedlint.source.document.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, NamedTuple

from feedlint.source import scalars
from feedlint.source.data import to_data
from feedlint.source.document import DATA_SUFFIXES, Document
from feedlint.source.nodes import Node
from feedlint.source.readings import may_differ
from feedlint.source.text import Span

_OPENER: Final = "---\n"
_CLOSER: Final = "\n---\n"
# How a line begins, and what it says. A key without a value keeps its line.
_ROW = re.compile(r"([ -]*(?:[A-Za-z_][A-Za-z0-9_-]*:(?: |(?=\n)))?)(.*)\n")
_ASCII: Final = bytes([*b"\n\r", *range(0x20, 0x7F)])
# What is not ASCII, and may be a line break, be hidden, or be refused, by some reader. (Plane 14 has tags.)
_ODD = re.compile("[\x7f-\xa0\xad\u2028\u2029\ud800-\udfff\ufeff\ufff0-\uffff\U0001fffe-\U0010ffff]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
# A plain text begins like a word, a number or a path, with no indicator of YAML.
_WORD = re.compile("[0-9A-Za-z/\x80-\U0010ffff]")
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,13})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,5})\.[0-9]{1,6}")
_ESCAPED = re.compile(r'[^"\\]*(?:\\["\\][^"\\]*)*')
_ESCAPE = re.compile(r"\\(.)")


class Rows(NamedTuple):
    """The lines of a record: how each *begins*, and what it *says*."""

    begins: tuple[str, ...]
    says: Sequence[str]


def rows(data: bytes, text: str, path: str) -> Rows | None:
    """Return the lines of the record in *text*, decoded from *data*, the content of the file at *path*.

    None where a file may not be read by its layout: its delimiters, line endings or characters are not plain, or text
    follows the record.
    """
    left = data.translate(None, _ASCII)
    if left and (min(left) < 0x80 or _ODD.search(text)):  # ASCII
        return None
    if "\r" in text:
        count = text.count("\r\n")
        if count != text.count("\n") or count != text.count("\r"):
            return None
        text = text.replace("\r\n", "\n")
    if path.lower().endswith(DATA_SUFFIXES):
        front = text
    else:
        end = text.find(_CLOSER, 3)
        if end < 0 or not text.startswith(_OPENER) or text[end + len(_CLOSER) :].strip("\n"):
            return None
        front = text[len(_OPENER) : end + 1]
    parts = _ROW.split(front)
    return None if parts[-1] else Rows(tuple(parts[1::3]), parts[2::3])


# --- values ------------------------------------------------------------------------------------------------

Value = str | int | float | bool | None


def _double(said: str) -> str | None:
    inner = said[1:-1]
    if said[:1] != '"' or said[-1:] != '"' or len(said) < 2:  # both of its quotes
        return None
    if '"' not in inner and "\\" not in inner:
        return inner
    return _ESCAPE.sub(r"\1", inner) if _ESCAPED.fullmatch(inner) else None


def _single(said: str) -> str | None:
    inner = said[1:-1]
    if said[:1] != "'" or said[-1:] != "'" or len(said) < 2 or "'" in inner:  # both of its quotes
        return None
    return inner


def _text(said: str) -> str | None:
    if not _WORD.match(said) or ": " in said or " #" in said or said[-1] in ": " or may_differ(said):
        return None
    return said


def _date(said: str) -> str | None:
    return said if _DATE.fullmatch(said) else None


def _int(said: str) -> str | None:
    return said if _INT.fullmatch(said) else None


def _float(said: str) -> str | None:
    return said if _FLOAT.fullmatch(said) else None


def _bool(said: str) -> str | None:
    return said if said in ("true", "false") else None


_Read = Callable[[str], "str | None"]
_CONVERT: Final[dict[_Read, Callable[[str], Value]]] = {_int: int, _float: float, _bool: lambda said: said == "true"}


def _reader_of(node: Node, said: str) -> _Read | None:
    """Return what reads the values of *node* in other files, which here is written as *said*; None if nothing does."""
    if node.style == scalars.DOUBLE:
        readers: tuple[_Read, ...] = (_double,)
    elif node.style == scalars.SINGLE:
        readers = (_single,)
    else:
        readers = {"str": (_date, _text), "int": (_int,), "float": (_float,), "bool": (_bool,)}.get(node.tag, ())
    return next((read for read in readers if read(said) == node.value), None)


# --- layouts -----------------------------------------------------------------------------------------------


class _Leaf(NamedTuple):
    """A value: its row, what reads it, its node, and where its data is kept."""

    row: int
    read: _Read
    convert: Callable[[str], Value] | None
    node: Node
    holder: Any
    key: Any


class Layout:
    """The tree of all files whose lines begin alike. One file is read by it at a time: its nodes are used again."""

    def __init__(self, nodes: Sequence[Node], data: Any, leaves: Sequence[_Leaf], silent: Sequence[int]) -> None:
        self._nodes = nodes
        self._data = data
        self._leaves = leaves
        self._silent = silent  # rows that say nothing
        self._row_of = {leaf.node: leaf.row for leaf in leaves}
        for node in nodes:  # the places of another file are not to be asked for
            del node.span, node.key_span

    def read(self, text: str, path: str, found: Rows) -> Sketch | None:
        """Return the file at *path*, of which the *text* has the lines *found*, or None where one is not plain.

        It is good until the next file is read.
        """
        says = found.says
        for row in self._silent:
            if says[row]:
                return None
        for row, read, convert, node, holder, key in self._leaves:
            value = read(says[row])
            if value is None:
                return None
            node.value = value
            holder[key] = value if convert is None else convert(value)
        return Sketch(text, path, self._nodes, self._data, self._row_of, found)


def learn(document: Document, found: Rows) -> Layout | None:
    """Return the layout of *document*, whose lines are *found*; None where they do not tell all of it.

    The nodes of *document* are its own from now on.
    """
    if document.root is None or not (document.is_data or document.delimiters.sound):
        return None
    shift = 0 if document.is_data else 1
    used: dict[int, bool] = {}
    leaves: list[_Leaf] = []
    data = to_data(list(document.nodes))
    holders: dict[Node, Any] = {document.nodes[0]: data}
    for node in document.nodes[1:]:
        if node.anchor is not None or node.flow or node.parent is None:
            return None
        holder = holders[node.parent]
        key = node.position if node.key is None else node.key
        row = document.lines.position((node.key_span or node.span).start)[0] - 1 - shift
        written = document.slice(node.span)
        if node.tag in ("map", "seq") and node.style == "block":
            holders[node] = holder[key]
            if node.key is not None:
                used.setdefault(row, False)
            continue
        read = _reader_of(node, written) if node.tag not in ("map", "seq", "alias") else None
        if read is None or row in used or row >= len(found.says) or found.says[row] != written:
            return None
        used[row] = True
        leaves.append(_Leaf(row, read, _CONVERT.get(read), node, holder, key))
    silent = [row for row in range(len(found.says)) if not used.get(row, False)]
    if any(found.says[row] or (found.begins[row].strip() and row not in used) for row in silent):
        return None
    return Layout(document.nodes, data, leaves, silent)


class Sketch(Document):
    """A sound document, read by its layout: its nodes have values, and no spans; :meth:`where` one is can be asked.

    It has no ``delimiters``: what depends on these is to be asked of a document that was parsed.
    """

    _row_of: dict[Node, int]
    _found: Rows

    def __init__(
        self, text: str, path: str, nodes: Sequence[Node], data: Any, row_of: dict[Node, int], found: Rows
    ) -> None:
        self.__dict__.update(path=path, text=text, nodes=nodes, data=data, faults=(), _row_of=row_of, _found=found)

    def __repr__(self) -> str:
        return f"<Sketch {self.path}>"

    @cached_property
    def _starts(self) -> list[int]:
        """The offset at which each row starts."""
        newline = 2 if "\r" in self.text else 1
        first = 0 if self.is_data else len(_OPENER) - 1 + newline
        before, says = (accumulate(map(len, part), initial=0) for part in self._found)
        return [first + one + other + row * newline for row, (one, other) in enumerate(zip(before, says, strict=True))]

    def where(self, node: Node) -> tuple[Span, int, int]:
        """Return the span of *node*, a scalar, and the line and the column of its start, counted from 1."""
        row = self._row_of[node]
        before = len(self._found.begins[row])
        start = self._starts[row] + before
        return Span(start, start + len(self._found.says[row])), row + 1 + (not self.is_data), before + 1
