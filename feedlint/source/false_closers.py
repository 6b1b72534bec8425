"""Lines inside a front matter that some reader takes for its end, and how each would be put right."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from feedlint.lazy import regex
from feedlint.source.continuation import QUOTED, margin
from feedlint.source.delimiters import DOTS, LOOKALIKE, NONE, TRAILING, classify
from feedlint.source.document import Document
from feedlint.source.nodes import Node
from feedlint.source.parser import parse
from feedlint.source.text import Span
from feedlint.typed import Final, NamedTuple

# At column 1 only: an indented "---" ends a record for nobody.
_LINE = regex(r"(?<=[\r\n])[^\w\s#\"'][^\r\n]*")
_INDENT: Final = "  "
_MOST: Final = 8
"""Lines of an unreadable front matter up to which it is tried what puts them right; a real file has one."""


class FalseCloser(NamedTuple):
    """A line of the record that looks like its end, and is not.

    *edit* is a span and the text that puts it right, None where nothing done to the line alone does; *sure* says
    that nothing else can have been meant.
    """

    span: Span
    edit: tuple[Span, str] | None = None
    sure: bool = True


@lru_cache(maxsize=8)
def find(document: Document) -> tuple[FalseCloser, ...]:
    """Return the lines of *document*, between its delimiters, that some reader takes for the closer.

    Where the record cannot be read these are also lines that only look like one: they are why it cannot.
    """
    if document.delimiters.opener.kind == NONE or document.is_data:
        return ()
    lines = [Span(*match.span()) for match in _LINE.finditer(document.text, *document.delimiters.front)]
    found = [span for span in lines if _is_false(document, document.slice(span))]
    if not found:
        return ()
    if document.root is not None:
        keys = {node.key_span.start for node in document.nodes if node.key_span is not None and not node.flow}
        # In a value over several lines indentation means nothing; a key must not have any.
        return tuple(
            FalseCloser(span, None if span.start in keys else _continue(document, span, span.start)) for span in found
        )
    return tuple(_in_ruins(document, span) if len(found) <= _MOST else FalseCloser(span) for span in found)


def _is_false(document: Document, line: str) -> bool:
    kind = classify(line)
    return line.startswith("---") or kind == DOTS or (kind == LOOKALIKE and document.root is None)


def _in_ruins(document: Document, span: Span) -> FalseCloser:
    """Where nothing parses, the line goes, or it is the middle of a text and is indented: whichever can be read."""
    indented, deleted = _read(document, _indent(span)), None
    deletion = _deletion(document, span)
    if deletion is not None:
        deleted = _read(document, deletion)
    around = _value_at(indented, span.start) if indented is not None else None
    if indented is not None and around is not None and around.style in QUOTED:
        return FalseCloser(span, _continue(indented, span, span.start + len(_INDENT)))
    if deleted is not None:
        # Below a word, a number or a date it is not the second line of a text.
        above = document.text[around.span.start : span.start] if around is not None else ""
        return FalseCloser(span, deletion, sure=" " not in above.strip())
    return FalseCloser(span, _indent(span) if indented is not None else None, sure=False)


def _indent(span: Span) -> tuple[Span, str]:
    return Span(span.start, span.start), _INDENT


def _continue(document: Document, span: Span, at: int) -> tuple[Span, str]:
    """Return the edit that makes the line at *span* one that every reader takes for part of the value it is in.

    In *document* what is on the line is *at* that place.
    """
    around = _value_at(document, at)
    indent = " " * max(margin(document, around) + 1 if around is not None else 0, len(_INDENT))
    line = document.text[at : document.lines.end(at)]
    if around is None or around.style not in QUOTED or line[-1] not in " \t" or "\\" in line:
        return Span(span.start, span.start), indent
    return span, indent + line.rstrip(" \t")  # some readers keep white space at the end of a line


def _deletion(document: Document, span: Span) -> tuple[Span, str] | None:
    """Return the edit that deletes the line at *span*, but for a comment; None where it holds anything else."""
    line = document.slice(span)
    kind = classify(line)
    if kind == TRAILING and "#" in line:
        return Span(span.start, span.start + line.index("#")), ""
    return (Span(span.start, document.lines.next(span.start)), "") if kind in (TRAILING, DOTS, LOOKALIKE) else None


def _read(document: Document, edit: tuple[Span, str]) -> Document | None:
    (start, end), text = edit
    other = parse(document.text[:start] + text + document.text[end:], document.path)
    return other if other.root is not None and other.delimiters.damage <= document.delimiters.damage else None


def _value_at(document: Document, offset: int) -> Node | None:
    """Return the innermost value of *document* that goes on at *offset*."""
    number = bisect_left(document.nodes, offset, key=lambda node: node.span.start) - 1
    node = document.nodes[number] if number >= 0 else None
    while node is not None and (node.style == "block" or node.span.end <= offset):
        node = node.parent
    return node
