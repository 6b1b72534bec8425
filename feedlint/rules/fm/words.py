"""What the delimiter rules share: the words for a damaged delimiter, and how sure its repair is."""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.diagnostic import SAFE, UNSAFE, Edit, Fix
from feedlint.repository import Repository
from feedlint.source import Document, Span
from feedlint.source import delimiters as kinds

_KIND_WORDS = {
    kinds.LOOKALIKE: "is no `---`",
    kinds.ESCAPED: "has escaped dashes",
    kinds.FENCE: "is a code fence",
    kinds.DOTS: "ends a YAML document, not front matter",
}
_DASH_NAMES = {
    "‐": "hyphen",
    "‑": "non-breaking hyphen",
    "‒": "figure dash",
    "–": "en dash",
    "—": "em dash",
    "―": "horizontal bar",
    "−": "minus sign",
    "⸺": "two-em dash",
    "⸻": "three-em dash",
}


def describe(kind: str, text: str) -> str:
    """Return what is wrong with the delimiter *text* of *kind*, as the end of a sentence."""
    stripped = text.strip()
    names = [_DASH_NAMES[char] for char in dict.fromkeys(stripped) if char in _DASH_NAMES]
    if kind == kinds.INDENTED:
        return "has an invisible character before it" if text.partition("-")[0].strip() else "is indented"
    if kind == kinds.LOOKALIKE and names:
        return f"is not three hyphens but has {' and '.join(f'an {n}' if n[0] == 'e' else f'a {n}' for n in names)}"
    if kind == kinds.LOOKALIKE and set(stripped) <= {"-", " ", "\t"}:
        return f"has {stripped.count('-')} hyphens, not three in a row"
    return _KIND_WORDS.get(kind, "is no `---`")


def quote(text: str, limit: int = 40) -> str:
    """Return the beginning of *text* in backticks."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    return f"`{first[:limit]}…`" if len(first) > limit else f"`{first}`"


def who_reads(document: Document) -> str:
    """Return whether Jekyll finds the record of *document* all the same, as a sentence."""
    if document.jekyll_front is None:
        return "Jekyll finds no record here, and no other reader can be trusted to"
    return "Jekyll reads on, but stricter readers find no record here"


def line_span(document: Document, offset: int) -> Span:
    """Return the span of the line at *offset*, without its ending."""
    return Span(document.lines.start(offset), document.lines.end(offset))


def repair(
    document: Document, repository: Repository, title: str, edits: Sequence[Edit], *, sure: bool = True
) -> Fix | None:
    """Return the fix of a delimiter by *edits*, or None where what lies between the delimiters is no record.

    Safe where it is *sure* and each of the record's fields is one that its schema knows: then nothing that belongs
    to the text around it was taken in.
    """
    root = document.root
    if root is None or not root.children:
        return None
    known = repository.fields_of(document)
    safe = sure and all(child.key in known for child in root.children)
    return Fix(title, tuple(edits), SAFE if safe else UNSAFE)
