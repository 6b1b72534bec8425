"""What can be wrong with a value that is not in quotes: how it begins, a colon in it, a bracket left open."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, UNSAFE, Safety
from feedlint.lazy import regex
from feedlint.rules.ya.culprit import NEXT_KEY, SPACE, Culprit, Front, cite, insert, name, shape_at
from feedlint.source import Span
from feedlint.source.fields import HEADER, NOTHING, Field, flow_end

_ALIAS = regex(r"\*([0-9A-Za-z_-]+)(?:[ \t]+(?:#.*)?)?")
_COMMENT = regex(r"[ \t]#")
_COLON = regex(r":(?=[ \t\r\n]|\Z)")
# An anchor, with its name, or a tag that is not one of YAML's own.
_PROPERTY = regex(r"(?<!\S)(?:&(\S+)|!(?!!)\S*)")
_MEANS = {
    "*": "takes for an alias",
    "&": "takes for an anchor",
    "!": "takes for a tag",
    "|": "takes for a block of text",
    ">": "takes for a block of text",
    "-": "takes for a list item",
    "?": "takes for a key",
    "[": "takes for a list",
    "{": "takes for a mapping",
}
_RESERVED = "@`%,]}"  # what no value can begin with


def judge(front: Front, field: Field) -> Iterator[Culprit]:
    """Yield what is wrong with the value of *field*, which does not begin with a quote."""
    text, start = front.text, field.line.value
    first, second = text[start], text[start + 1 : start + 2]
    alias = _ALIAS.fullmatch(text, start, field.end)
    if (alias and alias[1] in front.anchors) or HEADER.fullmatch(text, start, field.line.end):
        return
    if first in "[{":
        yield from _flow(front, field)
    elif first in _RESERVED or (first in "-?" and not second.strip()) or first in "*&|>":
        yield _first_character(front, field)
    else:
        yield from _colon(front, field)


def _first_character(front: Front, field: Field) -> Culprit:
    start = field.line.value
    first = front.text[start]
    return _to_quote(
        front, field, Span(start, start + 1), _begins_with(field, first), SAFE if first in "@`%" else UNSAFE
    )


def _begins_with(field: Field, first: str) -> str:
    return f'{name(field.path)} begins with "{first}", which YAML {_MEANS.get(first, "reserves")}'


def _text_start(front: Front, field: Field) -> int:
    """Return where the value of *field* begins if it is a text: at what looks like an anchor or a tag, but is none."""
    line = field.line
    words = _PROPERTY.finditer(front.text, line.content if line.colon is None else line.colon + 1, line.value)
    made_up = (word.start() for word in words if not word[1] or f"*{word[1]}" not in front.text)
    return next(made_up, line.value)


def _colon(front: Front, field: Field) -> Iterator[Culprit]:
    text, start = front.text, field.line.value
    comment = _COMMENT.search(text, start, field.line.end)
    end = comment.start() if comment else field.end
    colon = _COLON.search(text, start, end)
    if colon is None:
        return
    for following in NEXT_KEY.finditer(text, start, end):
        if front.is_missing(following[1], field):
            yield front.split(field, following)
            return
    before = cite(text[start : colon.start()])
    message = f"{name(field.path)} has a colon after {before}, which YAML takes for the end of a key"
    yield _to_quote(front, field, Span(*colon.span()), message, UNSAFE if comment else SAFE)


def _to_quote(front: Front, field: Field, span: Span, message: str, safety: Safety) -> Culprit:
    """Return the culprit at *span*, to be repaired by putting the whole value in double quotes."""
    text, start = front.text, field.line.value
    shape = shape_at(field.path)
    if shape and (shape.properties or shape.items):
        return _parts(front, field, span)
    begun = _text_start(front, field)
    if begun < start:
        start, span, safety = begun, Span(begun, begun + 1), UNSAFE
        message = _begins_with(field, text[begun])
    comment = _COMMENT.search(text, start, field.line.end)
    end = start + len(text[start : comment.start() if comment else field.end].rstrip(SPACE))
    if text[end - 1] == '"' and text.count('"', start, end) == 1:
        return Culprit(
            Span(end - 1, end),
            f'the " that closes {name(field.path)} was never opened: write " at the beginning of the text',
            f"open the quotes of {name(field.path)}",
            (insert(start, '"'),),
            UNSAFE,
        )
    opening = '"\\' if text[start] in '"\\' else '"'
    escapes = (insert(at, "\\") for at in range(start + 1, end) if text[at] in '"\\')
    return Culprit(
        span,
        f"{message}: put the text in double quotes",
        f"put {name(field.path)} in double quotes",
        (insert(start, opening), *escapes, insert(end, '"')),
        safety,
    )


def _parts(front: Front, field: Field, span: Span) -> Culprit:
    """Return what is wrong where *field* is a mapping or a list whose first part stands on its own line."""
    line, below = field.line, front.below(field)
    indent = below.line.indent if below and below.line.indent > line.column else line.column + 2
    gap = Span(line.start + len(front.text[line.start : line.value].rstrip(SPACE)), line.value)
    first = span if span.start == line.value else Span(line.value, span.start)
    return front.break_line(field, gap, first, " " * indent)


def _flow(front: Front, field: Field) -> Iterator[Culprit]:
    text, start = front.text, field.line.value
    closed, waiting = flow_end(text, start, field.end)
    if closed is not None:
        if not NOTHING.fullmatch(text, closed, field.end):
            yield front.beside(field, closed) or _first_character(front, field)
        return
    shape = shape_at(field.path)
    if waiting and shape and not (shape.properties or shape.items):
        yield _first_character(front, field)
    elif waiting:
        at, closer = waiting[-1]
        yield Culprit(
            Span(at, at + 1),
            f"the {text[at]} in {name(field.path)} is never closed: write {closer} at the end of it",
            f"close the brackets of {name(field.path)}",
            (insert(front.value_end(field), "".join(closer for _, closer in reversed(waiting))),),
            UNSAFE,
        )
