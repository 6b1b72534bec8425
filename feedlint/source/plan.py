"""The tree that plain lines stand for, made without a YAML parser: mappings and lists in block style, and scalars.

Of what is written in flow style it knows the lists of plain texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from feedlint.lazy import regex
from feedlint.source import scalars
from feedlint.source.nodes import Node
from feedlint.source.readings import may_differ
from feedlint.source.sketch import Layout, Leaf, Read, Rows, Value, rows
from feedlint.source.text import Span, decode
from feedlint.typed import Any, Final, NamedTuple

_SHORT: Final = 40
"""Characters up to which a plain text is a name, a kind or a topic, which thousands of records have."""
_DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
# A plain text begins like a word, a number or a path, with no indicator of YAML: of ASCII, that is what these are not.
_WORD = regex(r"[^\x00-.:-@\[-`{-\x7f]")
_INT = regex(r"-?(?:0|[1-9][0-9]{0,13})")
_FLOAT = regex(r"-?(?:0|[1-9][0-9]{0,5})\.[0-9]{1,9}")
# A list of words between brackets, where nearly each other sign stops some reader.
_LIST = regex(r"\[[\w \x80-\U0010ffff-]+(?:, [\w \x80-\U0010ffff-]+)*\]")
_ESCAPED = regex(r'[^"\\]*(?:\\["\\][^"\\]*)*')
_ESCAPE = regex(r"\\(.)")
_BEGIN = regex(r"( *)((?:- )*)(?:([A-Za-z_][A-Za-z0-9_-]*): ?)?")


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
    return _short_text(said) if len(said) <= _SHORT else _any_text(said)


def _any_text(said: str) -> str | None:
    said = said.rstrip(" ")
    if not _WORD.match(said) or ": " in said or " #" in said or said[-1] == ":" or may_differ(said):
        return None
    return said


_short_text = lru_cache(maxsize=4096)(_any_text)


def _texts(said: str) -> Sequence[str]:
    """Return the items of a list in brackets; none where they are not plain texts."""
    items = said[1:-1].split(", ") if _LIST.fullmatch(said) else []
    return items if all(_text(item) == item for item in items) else ()


def _item(position: int, count: int) -> Read:
    """Return what reads the item at *position* of a list in brackets that has so many."""

    def read(said: str) -> str | None:
        items = _texts(said)
        return items[position] if len(items) == count else None

    return read


def _date(said: str) -> str | None:
    return said if _DATE.fullmatch(said) else None


def _int(said: str) -> str | None:
    return said if _INT.fullmatch(said) else None


def _float(said: str) -> str | None:
    return said if _FLOAT.fullmatch(said) else None


def _bool(said: str) -> str | None:
    return said if said in ("true", "false") else None


_CONVERT: Final[dict[Read, Callable[[str], Value]]] = {_int: int, _float: float, _bool: lambda said: said == "true"}


_QUOTED: Final[dict[str, Sequence[tuple[Read, str, str]]]] = {
    '"': [(_double, "str", scalars.DOUBLE)],
    "'": [(_single, "str", scalars.SINGLE)],
}
_PLAIN: Final[Sequence[tuple[Read, str, str]]] = [
    (read, tag, scalars.PLAIN)
    for read, tag in ((_date, "str"), (_bool, "bool"), (_int, "int"), (_float, "float"), (_text, "str"))
]


class _Open(NamedTuple):
    """A collection that more may come to: the column that its keys or dashes are in, its node and its data."""

    column: int
    node: Node
    data: Any


def plan(found: Rows) -> Layout | None:
    """Return the layout of a file with the lines *found*; None where not all of them are plain.

    Plain are mappings and lists in block style whose keys are words, each there once, and whose values are of the kinds
    above, or lists of such texts in brackets. What is inside of another is indented by two, a list perhaps by none.
    Nothing has no value.
    """
    planner = _Planner()
    silent = []
    for row, (begin, said) in enumerate(zip(*found, strict=True)):
        if not said:
            silent.append(row)
        parts = _begun(begin)
        if (begin or said) and (parts is None or not planner.take(row, *parts, said)):
            return None
    return planner.layout(silent)


@lru_cache(maxsize=1024)  # lines begin in some hundred ways
def _begun(begin: str) -> tuple[int, int, str | None] | None:
    """Return the column in which a line that begins with *begin* does, its dashes, and its key, which may be None.

    None where it is not plain.
    """
    parts = _BEGIN.fullmatch(begin)
    if parts is None or (parts[3] is not None and may_differ(parts[3])):
        return None
    return len(parts[1]), len(parts[2]) // 2, parts[3]


def glimpsed(content: bytes, path: str) -> dict[str, Any] | None:
    """Return the data of the file at *path* with this *content*, where it is plain; None where it is to be parsed."""
    if not content.endswith(b"\n"):
        return None
    text = decode(content)
    found = rows(content, text, path)
    layout = plan(found) if found is not None else None
    sketch = layout.read(text, path, found) if layout is not None and found is not None else None
    return sketch.data if sketch is not None else None


class _Planner:
    """Makes the tree that lines stand for, one by one."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.leaves: list[Leaf] = []
        self._open: list[_Open] = []
        self._key: str | None = None
        # Whether a value has to come: of the key, or behind a dash.
        self._due = True

    def take(self, row: int, column: int, dashes: int, key: str | None, said: str) -> bool:
        """Take the line that begins in *column*, with *dashes* and a *key*, and that says *said*.

        Tell whether it is plain, and has its place.
        """
        for at in range(column, column + 2 * dashes, 2):
            if not self._go_to(at, "seq"):
                return False
            self._key, self._due = None, True
        if key is not None:
            if not self._go_to(column + 2 * dashes, "map") or key in self._open[-1].data:
                return False
            self._key, self._due = key, True
            return not said or self._say(row, said)
        return bool(dashes and said) and self._say(row, said)

    def layout(self, silent: Sequence[int]) -> Layout | None:
        """Return the layout of the lines taken, of which some are *silent*; None where a value is missing."""
        if self._due:
            return None
        for node in reversed(self.nodes):
            if node.children:
                node.end = node.children[-1].end
        return Layout(self.nodes, self._open[0].data, self.leaves, silent)

    def _go_to(self, column: int, tag: str) -> bool:
        """Go to the collection of kind *tag* whose parts are in *column*, which is begun where a value is due."""
        if self._due:
            indents = (2, 0) if tag == "seq" and self._key is not None else (2,)
            places = [self._open[-1].column + indent for indent in indents] if self._open else [0]
            if column not in places or not (self._open or tag == "map"):
                return False
            data: Any = {} if tag == "map" else []
            self._open.append(_Open(column, self._add(tag, "", "block", data), data))
            return True
        while self._open[-1].column > column or (self._open[-1].column == column and self._open[-1].node.tag != tag):
            self._open.pop()
            if not self._open:
                return False
        return self._open[-1].column == column

    def _say(self, row: int, said: str) -> bool:
        """Put what is *said*, a scalar or a list in brackets, where a value is due."""
        items = _texts(said) if said[0] == "[" else ()
        if items:
            data: list[Value] = []
            self._open.append(_Open(0, self._add("seq", "", "flow", data), data))
            for position, item in enumerate(items):
                node = self._add("str", item, scalars.PLAIN, item)
                self.leaves.append(Leaf(row, _item(position, len(items)), None, node, data, position))
            self._open.pop()
            return True
        for read, tag, style in _QUOTED.get(said[0], _PLAIN):
            value = read(said)
            if value is not None:
                convert = _CONVERT.get(read)
                key, holder = self._key, self._open[-1].data
                node = self._add(tag, value, style, value if convert is None else convert(value))
                self.leaves.append(Leaf(row, read, convert, node, holder, node.position if key is None else key))
                return True
        return False

    def _add(self, tag: str, value: str, style: str, data: Any) -> Node:
        """Return a node, put where a value is due, with its *data*."""
        parent = self._open[-1].node if self._open else None
        holder: Any = self._open[-1].data if self._open else None
        node = Node(len(self.nodes), parent, tag, value, style, Span(0, 0))
        node.key = self._key
        node.flow = parent is not None and parent.style == "flow"
        self.nodes.append(node)
        if parent is not None:
            parent.children.append(node)
        if self._key is not None:
            holder[self._key] = data
        elif holder is not None:
            holder.append(data)
        self._key, self._due = None, False
        return node
