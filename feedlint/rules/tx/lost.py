"""Characters that were lost from a text on its way: replaced by U+FFFD or ``?``, or dropped."""

from __future__ import annotations

import re

from feedlint.lazy import regex
from feedlint.record import Record
from feedlint.rules.tx.damage import near_damage
from feedlint.rules.tx.views import masked
from feedlint.slug import slug
from feedlint.source import Node
from feedlint.typed import Final

REPLACEMENT: Final = "\ufffd"
_REPLACED = regex(f"{REPLACEMENT}+")
_WORD = regex(r"\S{3,}")
_MARKS: Final = "\"'“”‘’«»()[],.;:!…–—-"
# What follows the apostrophe of English words; the second is what stands before one in names and in French.
_CONTRACTION = regex(
    r"[A-Za-z][a-z]*n\?t|(?:[Yy]ou|[Ww]e|[Tt]hey)\?(?:re|ve|ll|d)|(?:[Ii]t|[Ss]?[Hh]e)\?(?:s|ll|d)|I\?(?:m|ve|ll|d)"
    r"|[^\W\d_]{2,}\?s|[A-Z]+N\?T|[A-Z]{2,}\?S"
)
_NAME = regex(r"(?:O|[DLdl]|[Qq]u)\?[A-ZÀ-Þ][a-zà-ÿ]{2,}|(?:[dljcnsm]|qu)\?[aeiouyhà-ÿ][a-zà-ÿ]+")
# In "bug?yes" a space is missing, not a letter.
_LETTER = regex(
    r"[a-zà-ÿ]{2,}\?(?!(?:a|an|and|but|he|how|i|is|it|maybe|no|not|or|so|the|they|this|we|what|who|why|yes|you)$)[a-zà-ÿ]{2,}"
    r"|[A-Z]\?[a-z]{2,}"
)
_QUOTED = regex(r"(?<![^\s(])\?([^\W_]+(?: [^\W_]+){0,6})\?(?=[\s),.;:!]|$)")
_ABOUT_PATTERNS = regex(
    r"\b(?:regex|regular expression|patterns?\b|wildcard|glob\b|grep|ternary|operator|syntax|nullable|kotlin|swift"
    r"|rust\b|typescript|javascript|query|parameter|url)",
    re.IGNORECASE,
)


def replaced(text: str) -> list[tuple[int, int]]:
    """Return where U+FFFD stands in *text* for what could not be read, and is no part of mojibake (TX001)."""
    if REPLACEMENT not in text:
        return []
    damaged = near_damage(text)
    return [match.span() for match in _REPLACED.finditer(text) if damaged.isdisjoint(range(*match.span()))]


def question_marks(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Return where ``?`` stands in *text* for another character, and whether these are apostrophes all."""
    if "?" not in text or _ABOUT_PATTERNS.search(text):
        return [], False
    text = masked(text)
    apostrophes: list[int] = []
    others: list[int] = []
    for word in _WORD.finditer(text):
        bare = word[0].strip(_MARKS)
        if bare.endswith("?"):
            bare = bare.rstrip("?!" + _MARKS)
        if bare.count("?") != 1:
            continue
        at = word.start() + word[0].index("?")
        if _CONTRACTION.fullmatch(bare) or _NAME.fullmatch(bare):
            apostrophes.append(at)
        elif _LETTER.fullmatch(bare):
            others.append(at)
    for quoted in _QUOTED.finditer(text):
        others += quoted.start(), quoted.end() - 1
    return [(at, at + 1) for at in sorted({*apostrophes, *others})], not others


def confirms_apostrophes(record: Record, node: Node, text: str, places: list[tuple[int, int]]) -> bool:
    """Tell whether *text*, the title of *record*, has the slug of its address once an apostrophe is at all *places*.

    A slug has no apostrophes, but it has each letter, and a hyphen for a dash.
    """
    if node is not record.field("title"):
        return False
    if any(end - start > 1 or not _is_inside(text, start) for start, end in places):
        return False
    wanted = slug(text)
    return bool(wanted) and any(wanted == _address_slug(url.value) for url in record.texts("web-url", "original-url"))


def _is_inside(text: str, at: int) -> bool:
    """Tell whether what is at offset *at* of *text* is where an apostrophe may be: in a word, or after its last s."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return before.isalpha() and (after.isalpha() or before in "sS")


def _address_slug(url: str) -> str:
    path = re.split("[?#]", url, maxsplit=1)[0].rstrip("/")
    name = path.rpartition("/")[2]
    return slug(re.sub(r"\.[a-z]{3,5}$", "", name))
