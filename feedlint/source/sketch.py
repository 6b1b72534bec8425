"""Reading a file by the layout of another one: values first, and no more of the rest than is asked for.

The files of a feed are written by programs, or as those write them: thousands have the same lines, but for what stands
behind the colons. Such a file needs no YAML parser. Its *layout* is how each line begins, up to the value: indentation,
dashes, key and colon. Where the lines of two files begin alike, and each value is a scalar that ends with its line, in
the style that it has in the other file and of the same type, both are the same tree, which is made once. What is not
as plain as that is no sketch, and is read by :func:`~feedlint.source.parser.parse`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feedlint.lazy import regex
from feedlint.source.document import DATA_SUFFIXES, Document
from feedlint.source.nodes import Node
from feedlint.typed import Any, Final, NamedTuple

_OPENER: Final = "---\n"
_CLOSER: Final = "\n---"
# What every reader takes for a text below a record: no delimiter, and no field.
_BODY = regex(r"\n*(?:<|[^\s:-][^\n:]*(?:\n|\Z))")
# How a line begins, and what it says. A key without a value keeps its line. It fits whatever is left of a text, so that
# none is tried twice.
_ROW = regex(r"(?!\Z)([ -]*(?:[A-Za-z_][A-Za-z0-9_-]*:(?: |(?=\n)))?)(.*)\n?")
_ASCII: Final = bytes([*b"\n\r", *range(0x20, 0x7F)])
# What is not ASCII, and may be a line break, be hidden, turn the direction of a text, or be refused, by some reader.
# (Plane 14 has tags.)
_ODD = regex(
    "[\x7f-\xa0\xad\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U0001fffe-\U0010ffff]"
)


Value = str | int | float | bool | None
Read = Callable[[str], "str | None"]
"""Returns the text that a value written so stands for; None where it is not written as the others are."""


class Rows(NamedTuple):
    """The lines of a record: how each *begins*, and what it *says*."""

    begins: tuple[str, ...]
    says: Sequence[str]


def rows(data: bytes, text: str, path: str, *, has_body: bool = False) -> Rows | None:
    """Return the lines of the record in *text*, decoded from *data*, the content of the file at *path*.

    None where a file may not be read by its layout: its delimiters, line endings or characters are not plain, or text
    follows the record where records have none: *has_body* says that they may.
    """
    if not _is_plain(data.translate(None, _ASCII)):
        return None
    if "\r" in text:
        lines = text.replace("\r", "")
        count = text.count("\r\n")
        if count != len(text) - len(lines) or count != lines.count("\n"):
            return None
        text = lines
    front = text if path.lower().endswith(DATA_SUFFIXES) else _front(text, has_body=has_body)
    parts = _ROW.split(front)
    return Rows(tuple(parts[1::3]), parts[2::3]) if front else None


def _is_plain(left: bytes) -> bool:
    """Tell whether what is *left* of a file without its plain ASCII are characters that nobody finds anything in."""
    if not left:
        return True
    try:
        return min(left) >= 0x80 and _ODD.search(left.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False


def _front(text: str, *, has_body: bool) -> str:
    """Return what is between the delimiters of *text*; "" where they are not plain, or it may be more than that."""
    end = text.find(f"{_CLOSER}\n", 3)
    if end < 0 and text.endswith(_CLOSER):
        end = len(text) - len(_CLOSER)
    if end < 0 or not text.startswith(_OPENER):
        return ""
    below = end + len(_CLOSER) + 1
    if text[below:].strip("\n") and not (has_body and _BODY.match(text, below)):
        return ""
    return text[len(_OPENER) : end + 1]


class Leaf(NamedTuple):
    """A value: its row, what reads it, its node, and where its data is kept."""

    row: int
    read: Read
    convert: Callable[[str], Value] | None
    node: Node
    holder: Any
    key: Any


class Layout:
    """The tree of all files whose lines begin alike. One file is read by it at a time: its nodes are used again."""

    def __init__(self, nodes: Sequence[Node], data: Any, leaves: Sequence[Leaf], silent: Sequence[int]) -> None:
        self._nodes = nodes
        self._data = data
        self._leaves = leaves
        self._silent = silent  # rows that say nothing
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
        return Sketch(text, path, self._nodes, self._data)


class Sketch(Document):
    """A sound document, read by its layout: its nodes have values, and no spans.

    It has no ``delimiters``, either: what depends on places is to be asked of a document that was parsed.
    """

    def __init__(self, text: str, path: str, nodes: Sequence[Node], data: Any) -> None:
        self.__dict__.update(path=path, text=text, nodes=nodes, data=data, faults=())

    def __repr__(self) -> str:
        return f"<Sketch {self.path}>"
