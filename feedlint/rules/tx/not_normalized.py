"""TX009."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from feedlint.diagnostic import INFO, UNSAFE, Diagnostic
from feedlint.fragments import Fragment
from feedlint.lazy import regex
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx.damage import near_damage
from feedlint.rules.tx.texts import common_prefix, finding, mend, shown, texts
from feedlint.typed import Final

# Nothing changes across the beginning of an ASCII character, but the character itself may take accents.
_PIECE = regex(r"[\x00-\x7f]?[^\x00-\x7f]+")


EXAMPLES: Final = [
    Example(bad='title: "The cafe\u0301 by the quay"', fixed='title: "The café by the quay"', safety=UNSAFE),
    Example(bad='title: "30 \u212b by tram"', fixed='title: "30 Å by tram"', safety=UNSAFE),
    Example(good='title: "The café, ½ ﬁne ™"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A text is in normal form C of Unicode: `é` is one character, not `e` and an accent.

    Off by default: select it where texts are compared or searched.

    ## Why

    The two look the same, but a search for one does not find the other, two titles that differ in it are no
    duplicates, and some fonts show the accent beside the letter.

    ## Fix safety

    Unsafe: the same text for readers, but some names and signs are written as they are on purpose (a compatibility
    ideograph of a name becomes the common one). Only what differs is replaced. Form KC is never used; it would make
    `2` of `²`.

    ## Sources

    Unicode Standard Annex 15.
    """
    for node, text in texts(record):
        if text.isascii() or unicodedata.is_normalized("NFC", text):
            continue
        damaged = near_damage(text)
        fragments = [part for part in _differences(text) if damaged.isdisjoint(range(part.start, part.end))]
        if not fragments:
            continue
        start, end, meant = fragments[0]
        codes = " ".join(f"U+{ord(char):04X}" for char in text[start : min(end, start + 4)])
        yield finding(
            record,
            node,
            [(start, end) for start, end, _ in fragments],
            f"{show(node.path)} is not in normal form C: {codes} should be {shown(meant)}",
            severity=INFO,
            fix=mend(record, node, text, fragments, "Write it in normal form C", UNSAFE),
        )


def _differences(text: str) -> list[Fragment]:
    found = []
    for match in _PIECE.finditer(text):
        old, new = match[0], unicodedata.normalize("NFC", match[0])
        if old != new:
            head = common_prefix(old, new)
            tail = min(common_prefix(old[::-1], new[::-1]), len(old) - head, len(new) - head)
            found.append(Fragment(match.start() + head, match.end() - tail, new[head : len(new) - tail]))
    return found
