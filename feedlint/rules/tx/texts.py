"""What the text rules share: the fields they look at, the finding they report, and clean edges for a repair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from feedlint.diagnostic import SAFE, WARNING, Diagnostic, Fix, Label, Safety, Severity
from feedlint.edits import fragment_span, replace_fragments
from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.record import Record
from feedlint.rule import at
from feedlint.rules.tx.gaps import CONTEXT, WHITE, is_meant
from feedlint.schema import TEXTS
from feedlint.source import Node, scalars
from feedlint.typed import Final
from feedlint.words import by_number

MAX_PLACES: Final = 9
"""Places that a finding labels, however many there are."""
_ABOUT_ENCODINGS = regex(
    r"\b(?:utf-?\d|unicode|ascii|latin-?1|iso-?8859|windows-?125\d|x?html|mojibake|garbled|charset"
    r"|ampersand|character set|code ?page|encod|decod)",
    re.IGNORECASE,
)
_WHITE_RUN = regex(f"[{WHITE}]+")


def texts(record: Record) -> Iterator[tuple[Node, str]]:
    """Yield the fields of *record* that people read, each with its text.

    The text is the value without the line break that a block scalar ends in: the style adds that one.
    """
    for node in record.texts(*TEXTS):
        block = node.style in scalars.BLOCKS
        yield node, node.value.removesuffix("\n") if block else node.value


def finding(
    record: Record,
    node: Node,
    places: Sequence[tuple[int, int]],
    message: str,
    *,
    severity: Severity = WARNING,
    fix: Fix | None = None,
    help: str = "",  # noqa: A002  # the diagnostic's own word
) -> Diagnostic:
    """Return a finding about *places* (start and end in the value of *node*): at the first, the others labelled."""
    first, *others = (fragment_span(record.document, node, *place) for place in places[:MAX_PLACES])
    labels = tuple(Label(span, "and here") for span in others if span != first)
    return at(node, message, span=first, labels=labels, severity=severity, fix=fix, help=help)


def mend(
    record: Record, node: Node, text: str, fragments: Sequence[Fragment], title: str, safety: Safety = SAFE
) -> Fix | None:
    """Return the fix that replaces *fragments* of *text* in *node*; None where no text would be left."""
    if not apply_fragments(text, fragments).strip():
        return None
    return replace_fragments(record.document, node, fragments, title, safety)


def shown(text: str) -> str:
    """Return *text* between quotes for a message, with what cannot be seen written as its code point."""
    quote = "'" if '"' in text else '"'
    return f"{quote}{by_number(text[:40])}{'…' if len(text) > 40 else ''}{quote}"


def counted(number: int, noun: str) -> str:
    """Return the *noun* with its article, or the *number* and the plural."""
    if number > 1:
        return f"{number} {noun}s"
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def is_about_encodings(text: str) -> bool:
    """Tell whether *text* speaks of encodings, so that what looks damaged may be its subject."""
    return _ABOUT_ENCODINGS.search(text) is not None


def tidy(value: str, fragments: Iterable[Fragment]) -> list[Fragment]:
    """Return *fragments* (in order) so that they leave no white space behind that would have to be trimmed.

    A fragment that brings a space, or brings nothing, takes in the white space around it, which then is one space,
    or none at the edges of *value*.
    """
    wider: list[tuple[int, int, list[str]]] = []
    for start, end, text in fragments:
        left, right = start, end
        while left and value[left - 1] in WHITE and text[:1] in WHITE:
            left -= 1
        while right < len(value) and value[right] in WHITE and text[-1:] in WHITE:
            right += 1
        parts = [value[left:start], text, value[end:right]]
        if wider and left <= wider[-1][1]:
            left, _, before = wider.pop()
            before += parts
            parts = before
        wider.append((left, right, parts))
    return [_minimal(value, start, end, _spaced(value, start, end, "".join(parts))) for start, end, parts in wider]


def _spaced(value: str, start: int, end: int, text: str) -> str:
    """Return *text*, which is to stand at *start* to *end* of *value*, with each run of white space as one space."""
    before = value[max(0, start - CONTEXT) : start]
    around = before + text + value[end : end + 1]
    at = len(before)
    text = _WHITE_RUN.sub(lambda run: run[0] if run[0] == "\xa0" and is_meant(around, at + run.start()) else " ", text)
    text = text if start else text.lstrip(WHITE)
    return text if end < len(value) else text.rstrip(WHITE)


def _minimal(value: str, start: int, end: int, text: str) -> Fragment:
    """Return the fragment that puts *text* at *start* to *end* of *value*, without what stays the same at its ends."""
    head = common_prefix(value[start:end], text)
    start, text = start + head, text[head:]
    tail = common_prefix(value[start:end][::-1], text[::-1])
    return Fragment(start, end - tail, text[: len(text) - tail])


def common_prefix(one: str, other: str) -> int:
    """Return how many characters the beginnings of *one* and *other* have in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))
