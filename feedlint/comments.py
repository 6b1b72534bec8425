"""The YAML comments that speak to feedlint, and which findings each of them speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from feedlint.lazy import regex
from feedlint.source import BOM, Document, Node, Span, scalars
from feedlint.source.nodes import DataPath
from feedlint.typed import Final, NamedTuple

_BLANK: Final = " \t"
_COLLECTIONS: Final = ("map", "seq")
# libyaml ends a comment at each line break of YAML 1.1. Another one for feedlint on the same line is one by itself.
_ADDRESSED = regex(r"#[ \t]*feedlint\b((?:(?![ \t]#[ \t]*feedlint\b)[^\r\n\x85\u2028\u2029])*)", re.IGNORECASE)
_WELL_FORMED = regex(r"[ \t]*:[ \t]*(ignore|ignore-file)[ \t]*\[([^\[\]]*)\](.*)", re.IGNORECASE | re.DOTALL)
# What other tools have their users write, besides a colon: not what a person writes who only speaks of feedlint.
_MEANT = regex(
    r"[ \t]*(?:[:=]|[-_]?(?:ignore|disable|enable|noqa|nolint|off|skip|suppress|allow|mute)\b)", re.IGNORECASE
)
_NAME = regex(r"[^,]+")
_HEADER_END = regex("[\r\n\x85\u2028\u2029]")  # a line break of YAML 1.1
_GAP = regex(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_INK = regex(r"(?:\A|\r\n|\r|\n)[ \t]*(?=[^ \t\r\n#])")


class Selector(NamedTuple):
    """One name in the brackets of a comment: a code, the beginning of one, or the name of a rule."""

    name: str
    span: Span


class Reach(NamedTuple):
    """Findings that start in *span*; where *path* is given, only those about that very place in the data."""

    span: Span
    path: DataPath | None = None


class Comment(NamedTuple):
    """A comment that speaks to feedlint, or tries to: *problem* says why it is not understood, "" where it is.

    ``span`` goes from its ``#`` to its end, ``removal`` is what goes when it is deleted. ``whole_file`` is whether it
    is for the file; else ``target`` is the offset at which the line starts that it is for, and ``reach`` what is
    found there (nothing, where no line follows). ``place`` is the first thing in the data on that line.
    """

    text: str
    span: Span
    removal: Span
    selectors: tuple[Selector, ...] = ()
    reason: str = ""
    problem: str = ""
    whole_file: bool = False
    target: int = -1
    reach: tuple[Reach, ...] = ()
    place: DataPath = ()


class Verdict(NamedTuple):
    """What is wrong with *comment*: it is not understood, or *selectors* of it have no effect.

    They are of rules that found nothing there, or *unknown*: of no rule, where *meant* is the one that may have been
    meant ("" if none comes near). ``certain`` is whether they may be deleted.
    """

    comment: Comment
    selectors: tuple[Selector, ...] = ()
    unknown: bool = False
    meant: str = ""
    certain: bool = True


def comments(document: Document) -> list[Comment]:
    """Return the comments in *document* that speak to feedlint, in order; none where it has no readable record."""
    if document.root is None:
        return []
    found = [
        match for match in _ADDRESSED.finditer(document.text, *document.delimiters.front) if _MEANT.match(match[1])
    ]
    if not found:
        return []
    layout = _Layout(document)
    return [_comment(document, layout, match) for match in found if not layout.is_data(match.start())]


def _comment(document: Document, layout: _Layout, match: re.Match[str]) -> Comment:
    written = match[0].rstrip(_BLANK)
    span = Span(match.start(), match.start() + len(written))
    start, end = document.lines.start(span.start), document.lines.end(span.start)
    start += document.text.startswith(BOM, start)
    before, after = document.text[start : span.start], document.text[span.end : end]
    first, last = not before.strip(_BLANK), not after.strip(_BLANK)
    own_line = before.lstrip(_BLANK).startswith("#") or first
    if first:
        removal = (
            Span(start, document.lines.next(span.start)) if last else Span(span.start, end - len(after.lstrip(_BLANK)))
        )
    else:
        removal = Span(start + len(before.rstrip(_BLANK)), end if last else span.end)
    comment = Comment(written, span, removal)
    parsed = _WELL_FORMED.match(match[1])
    if parsed is None:
        return comment._replace(problem="it is not of the form `feedlint: ignore[CODE]`")
    offset = match.start(1) + parsed.start(2)
    names = [(name[0].strip(), name) for name in _NAME.finditer(parsed[2])]
    selectors = tuple(_selector(text, offset + name.start() + name[0].index(text)) for text, name in names if text)
    whole_file = parsed[1].lower() == "ignore-file"
    if not selectors:
        return comment._replace(problem="it names no rule in its brackets")
    if any(selector.name.upper() == "ALL" for selector in selectors):
        return comment._replace(problem="`ALL` is no rule: the rules that are meant have to be named")
    if whole_file and not own_line:
        return comment._replace(problem="what is for the whole file stands on a line of its own")
    comment = comment._replace(selectors=selectors, reason=parsed[3].strip(" \t:-\u2013\u2014"), whole_file=whole_file)
    if whole_file:
        return comment
    target = layout.line_below(span.end) if own_line else document.lines.start(span.start)
    return (
        comment
        if target is None
        else comment._replace(target=target, reach=layout.reach(target), place=layout.place(target))
    )


def _selector(name: str, start: int) -> Selector:
    return Selector(name, Span(start, start + len(name)))


class _Layout:
    """Where the values of a document stand, by line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._data = [span for node in document.nodes for span in _written(document, node)]
        self._ink = [match.end() for match in _INK.finditer(document.text)]
        self._nodes: dict[int, list[tuple[Node, Span]]] = {}
        self._reach: dict[int, tuple[Reach, ...]] = {}
        for node in document.nodes[1:]:
            extent = Span(_begin(document, node), node.span.end)
            lines = [extent.start]
            if node.style != "block":  # a comment behind its last line is about all of it
                lines += node.span
            for line in {document.lines.start(offset) for offset in lines}:
                self._nodes.setdefault(line, []).append((node, extent))

    def is_data(self, offset: int) -> bool:
        """Tell whether *offset* lies in a key or a value."""
        at = bisect_right(self._data, (offset, len(self.document.text))) - 1
        return at >= 0 and offset < self._data[at].end

    def line_below(self, offset: int) -> int | None:
        """Return where the first line below *offset* starts that is neither blank nor a comment, or None."""
        at = bisect_left(self._ink, offset)
        return self.document.lines.start(self._ink[at]) if at < len(self._ink) else None

    def place(self, line: int) -> DataPath:
        """Return the path of the first node of the line that starts at *line*; () where there is none."""
        nodes = self._nodes.get(line)
        return nodes[0][0].path if nodes else ()

    def reach(self, line: int) -> tuple[Reach, ...]:
        """Return what a comment on the line that starts at *line* is about.

        That is the line, all lines of a text that begins or ends there, and a mapping or a list that begins there (or
        ends, in brackets), but not what is in it.
        """
        if line not in self._reach:
            lines = self.document.lines
            start, end = line, lines.end(line)
            own = []
            for node, extent in self._nodes.get(line, ()):
                if node.tag not in _COLLECTIONS:
                    start, end = min(start, lines.start(extent.start)), max(end, lines.end(extent.end))
                elif extent.end > end or extent.start < start:
                    own.append(Reach(extent, node.path))
            self._reach[line] = (Reach(Span(start, end)), *own)
        return self._reach[line]


def _written(document: Document, node: Node) -> Iterator[Span]:
    """Yield where no comment can stand: the key of *node*, and its value if that is a scalar."""
    if node.key_span is not None:
        yield node.key_span
    if node.style in scalars.BLOCKS:  # with a comment in its header, perhaps
        header = _HEADER_END.search(document.text, node.span.start, node.span.end)
        yield Span(header.start() if header else node.span.end, node.span.end)
    elif node.tag not in _COLLECTIONS:
        yield node.span


def _begin(document: Document, node: Node) -> int:
    """Return where the key of *node* starts, or its dash."""
    if node.key_span is not None:
        return node.key_span.start
    if node.parent is None or node.flow:
        return node.span.start
    if not node.position:
        return node.parent.span.start
    gap = _GAP.match(document.text, node.parent.children[node.position - 1].span.end)
    assert gap is not None  # it may be empty
    return gap.end()


def without(comment: Comment, selectors: Sequence[Selector]) -> list[Span]:
    """Return what to delete so that *comment* is without *selectors*: all of it where none is left."""
    gone = set(selectors)
    if gone.issuperset(comment.selectors):
        return [comment.removal]
    spans = []
    last = max(number for number, selector in enumerate(comment.selectors) if selector not in gone)
    for number, selector in enumerate(comment.selectors):
        if selector in gone and number < last:
            spans.append(Span(selector.span.start, comment.selectors[number + 1].span.start))
        elif selector in gone:
            spans.append(Span(comment.selectors[number - 1].span.end, selector.span.end))
    return spans
