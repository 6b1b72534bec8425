"""A text as it will be, so that what a rule finds does not change when another damage of the text is repaired."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.rules.tx import entities, escapes, tags
from feedlint.rules.tx.damage import examine
from feedlint.source import BOM
from feedlint.typed import Final

_DAMAGE_SIGN = regex("[&<\\\\%=]|[^\x00-\x7f]")
_UNSEEN: Final = str.maketrans(dict.fromkeys(f"\xad\u200b\u2060{BOM}"))
_MAX_ROUNDS: Final = 3
_MAX_LENGTH: Final = 2_000


def repaired(text: str) -> str:
    """Return *text* without damage of any kind, on one line; a very long one as it is."""
    if len(text) <= _MAX_LENGTH and _DAMAGE_SIGN.search(text):
        for _ in range(_MAX_ROUNDS):
            before = text
            for fragments in (_tags, _entities, _escapes, _damage):
                text = apply_fragments(text, fragments(text))
            if text == before:
                break
        text = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    return " ".join(text.split())


def masked(text: str) -> str:
    """Return *text*, as long as it is, with what is written instead of a letter as that letter, and tags as space."""
    if not _DAMAGE_SIGN.search(text):
        return text
    for fragments in (_tags, _entities, _escapes):
        text = tags.covered(text, fragments(text))
    return text


def _tags(text: str) -> Iterable[Fragment]:
    return [Fragment(*tag) for tag in tags.find(text)]


def _entities(text: str) -> Iterable[Fragment]:
    found = entities.find(text) if "&" in text else []
    return [Fragment(entity.start, entity.end, entity.text) for entity in found if entity.text]


def _escapes(text: str) -> Iterable[Fragment]:
    known = [Fragment(escape.start, escape.end, escape.text) for escape in escapes.find(text) if escape.text]
    return sorted(known)


def _damage(text: str) -> Iterable[Fragment]:
    damage = examine(text)
    return damage.fragments if damage is not None else ()
