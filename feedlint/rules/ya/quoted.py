"""What can be wrong with a value in quotes: a quote inside it, none at its end, a bad escape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedlint.diagnostic import SAFE, UNSAFE, Edit
from feedlint.lazy import regex
from feedlint.rules.ya.culprit import NEXT_KEY, Culprit, Front, brief, cite, insert, name
from feedlint.source import Span
from feedlint.source.fields import NOTHING, QUOTED, Field
from feedlint.typed import NamedTuple

# YAML 1.1 section 5.6, as libyaml has it; the slash is of YAML 1.2.
_ESCAPE = regex(r"\\(?:[0abt\tnvfre \"/\\N_LP\r\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
_BACKSLASH = regex(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[xuU][0-9a-fA-F]{0,8}|.)", re.DOTALL)
# The quotes inside a quoted text that would end it (group 1), past those that are written as they should be.
_BARE = {'"': regex(r'\\.|(")', re.DOTALL), "'": regex("''|(')")}
_ODD_END = regex(r"(?<!\\)(?:\\\\)*\\\Z")
_WRITTEN = {'"': '\\"', "'": "''"}


def judge(front: Front, field: Field) -> Iterator[Culprit]:
    """Yield what is wrong with the value of *field*, which begins with a quote."""
    text, start, end = front.text, field.line.value, front.value_end(field)
    closed = QUOTED.match(text, start, end)
    if closed is None or not NOTHING.fullmatch(text, closed.end(), end):
        beside = front.beside(field, closed.end()) if closed else None
        yield beside or _ill_quoted(text, field, end, sure=closed is not None)
        end = closed.end() if closed and beside else end
    if text[start] == '"':
        yield from _escapes(text, field, start + 1, end)


def _ill_quoted(text: str, field: Field, end: int, *, sure: bool) -> Culprit:
    start = field.line.value
    quote = text[start]
    bare = _bare_quotes(text, start, end)
    if len(bare) > 1 and bare[-1] == end - 1:
        if _is_two_parts(text, bare):
            return _partly_quoted(text, field, Span(start, end), bare)
        return _bare_quote(text, field, Span(start, end), bare[:-1], sure=sure)
    if len(bare) % 2:
        return _partly_quoted(text, field, Span(start, end), bare)
    escapes = [match[0] for match in _BACKSLASH.finditer(text, start, end)] if quote == '"' else []
    if not bare and escapes and text.endswith('\\"', start, end) and escapes.count('\\"') % 2:
        return _escaped_end(field, Span(start, end))
    # A backslash at the very end would escape the quote that is written after it.
    backslash = "\\" if quote == '"' and _ODD_END.search(text, start, end) else ""
    return Culprit(
        Span(start, start + 1),
        f"the {quote} that opens {name(field.path)} is never closed: write {quote} at the end of the text",
        f"close the quotes of {name(field.path)}",
        (*_escaped(quote, bare), insert(end, backslash + quote)),
        UNSAFE,
    )


def _is_two_parts(text: str, bare: list[int]) -> bool:
    """Tell whether the text can be quoted parts with others between them, as in ``"A" or "B"``."""
    ends = re.compile(r"(?<=\S).(?!\w)").match(text, bare[0])
    return len(bare) > 2 and ends is not None and re.compile(r"(?<!\w).(?=\S)").match(text, bare[-2]) is not None


def _bare_quotes(text: str, start: int, end: int) -> list[int]:
    """Return where the text that is quoted from *start* on has quotes that are not escaped."""
    quote = text[start]
    # A single quote at the very end closes: it is no half of an escaped one.
    closing = [end - 1] if quote == "'" and end - 1 > start and text[end - 1] == quote else []
    marks = _BARE[quote].finditer(text, start + 1, end - len(closing))
    return [mark.start() for mark in marks if mark[1]] + closing


def _escaped(quote: str, marks: list[int]) -> tuple[Edit, ...]:
    return tuple(insert(mark, _WRITTEN[quote][0]) for mark in marks)


def _bare_quote(text: str, field: Field, span: Span, inner: list[int], *, sure: bool) -> Culprit:
    quote = text[span.start]
    # Two texts with a comma between them, doubled quotes as in CSV, a second field: it may be meant otherwise.
    inside = text[span.start + 1 : span.end - 1]
    odd = re.search(rf"{quote}[ \t]*,[ \t]*{quote}|{quote}{quote}|{quote}{NEXT_KEY.pattern}", inside)
    return Culprit(
        Span(inner[0], inner[0] + 1),
        f"{name(field.path)} has a bare {quote} inside its quotes, where the text would end: "
        f"write it as {_WRITTEN[quote]}",
        f"escape the quotes inside {name(field.path)}",
        _escaped(quote, inner),
        UNSAFE if odd or not sure else SAFE,
    )


def _partly_quoted(text: str, field: Field, span: Span, bare: list[int]) -> Culprit:
    quote = text[span.start]
    rest = cite(text[bare[0] + 1 : span.end])
    return Culprit(
        Span(bare[0], bare[0] + 1),
        f"{name(field.path)} goes on after its closing {quote}, with {rest}: put all of the text in quotes",
        f"put all of {name(field.path)} in quotes",
        (insert(span.start, quote + _WRITTEN[quote][0]), *_escaped(quote, bare), insert(span.end, quote)),
        UNSAFE,
    )


def _escaped_end(field: Field, span: Span) -> Culprit:
    return Culprit(
        Span(span.end - 2, span.end - 1),
        f'{name(field.path)} ends in \\", which does not close it: write \\\\ for a backslash at the end of the text',
        f"double the backslash at the end of {name(field.path)}",
        (insert(span.end - 2, "\\"),),
        UNSAFE,
    )


class _Backslash(NamedTuple):
    """A backslash that begins no escape, why, and what makes it readable; *known* is whether that is what was meant."""

    span: Span
    reason: str
    edit: Edit
    known: bool = True


def _escapes(text: str, field: Field, start: int, end: int) -> Iterator[Culprit]:
    bad = list(_backslashes(text, start, end))
    if bad:
        first = bad[0]
        # Where some backslashes are meant as such, so may be those that begin an escape, as in C:\\Users\\new.
        literal = any(each.edit.span.start == each.edit.span.end for each in bad)
        chance = _by_chance(text, start, end, {each.span.start for each in bad}) if literal else []
        yield Culprit(
            first.span,
            f"{name(field.path)} has {brief(text[first.span.start : first.span.end])}, {first.reason}",
            f"put the backslashes of {name(field.path)} right",
            (*(each.edit for each in bad), *chance),
            None if not all(each.known for each in bad) else UNSAFE if chance else SAFE,
        )


def _by_chance(text: str, start: int, end: int, told: set[int]) -> list[Edit]:
    """Return the edits that double the backslashes of escapes, but not those *told*, of quotes, of line breaks."""
    marks = [match.start() for match in _BACKSLASH.finditer(text, start, end) if match.start() not in told]
    escapes = [match for match in (_ESCAPE.match(text, mark, end) for mark in marks) if match]
    return [insert(match.start(), "\\") for match in escapes if match[0][1] not in '"\\\r\n']


def _backslashes(text: str, start: int, end: int) -> Iterator[_Backslash]:
    for match in _BACKSLASH.finditer(text, start, end):
        escape = _ESCAPE.match(text, match.start(), end)
        span = Span(*(escape or match).span())
        number = int(escape[0][2:], 16) if escape and escape[0][1] in "xuU" else 0
        if match[0].count("\\u") == 2:
            span, whole = Span(*match.span()), _joined(match[0])
            yield _Backslash(span, f"two halves of a character, as JSON writes it: write {whole}", Edit(span, whole))
        elif match[0] == "\\'":
            yield _Backslash(span, "which is no escape in YAML: write ' alone", Edit(span, "'"))
        elif escape is None:
            doubled = insert(span.start, "\\")
            yield _Backslash(span, "which is no escape in YAML: write \\\\ for a backslash", doubled)
        elif number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            doubled = insert(span.start, "\\")
            yield _Backslash(span, "which is no character: write the one that was meant", doubled, known=False)


def _joined(pair: str) -> str:
    r"""Return the character that *pair*, such as ``\ud83d\ude00``, stands for."""
    high, low = int(pair[2:6], 16), int(pair[8:], 16)
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)
