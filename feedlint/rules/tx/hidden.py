"""Characters in a text that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.rules.tx.damage import near_damage
from feedlint.rules.tx.gaps import EDGES, gaps, is_meant
from feedlint.source import BOM
from feedlint.typed import Final, NamedTuple

# Thai, Lao, Tibetan, Myanmar, Khmer, Tai Tham, Balinese, Javanese: a zero width space is where a word ends.
_UNSPACED = "\u0e00-\u109f\u1780-\u17ff\u1950-\u1aaf\u1b00-\u1b7f\ua980-\ua9df\uaa60-\uaa7f"
_TAGS = "\U000e0001-\U000e007f"
# Invisible operators, deprecated format characters, Hangul fillers, annotation marks.
_OTHERS = "\u2061-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb"
_KINDS: Final = {
    "byte order mark": regex(f"{BOM}+"),
    "zero width space": regex(f"(?<![{_UNSPACED}\u200b])\u200b+(?![{_UNSPACED}\u200b])"),
    "soft hyphen": regex("\xad+"),
    "word joiner": regex("\u2060+"),
    # Tags are hidden text, unless they say which flag a black flag is (England, Scotland, Wales).
    "invisible character": regex(f"[{_OTHERS}]+|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+"),
}
_NO_BREAK: Final = regex("\xa0+")
_ANY: Final = regex(f"[\xa0\xad\u200b\u2060{BOM}{_OTHERS}{_TAGS}]")
_AT_EDGES = "".join(map(chr, (0xAD, 0x200B, *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0x3164, 0xFFA0, 0xFEFF)))


class Hidden(NamedTuple):
    """The characters of one kind: where they are (start and end), what belongs there, and if that is certain."""

    name: str
    places: list[tuple[int, int]]
    fill: str
    sure: bool


def find(text: str) -> Iterator[Hidden]:
    """Yield what is hidden in *text*: one for each kind, and for its edges and its inside where that matters.

    White space at the edges is not (it is trimmed anyway), nor is what may be left of a damaged letter.
    """
    if text.isascii() or not _ANY.search(text):
        return
    damaged = near_damage(text)
    breaks = [
        match.span()
        for gap in gaps(text)
        if gap.kind == "no-break" and damaged.isdisjoint(range(gap.start, gap.end))
        for match in _NO_BREAK.finditer(text, gap.start, gap.end)
    ]
    if breaks:
        yield Hidden("no-break space", breaks, " ", True)
    first = len(text) - len(text.lstrip(EDGES + _AT_EDGES))
    last = len(text.rstrip(EDGES + _AT_EDGES))
    for name, pattern in _KINDS.items():
        places = [match.span() for match in pattern.finditer(text)]
        if name == "soft hyphen":
            places = [place for place in places if damaged.isdisjoint(range(*place))]
        for sure in (True, False):
            same = [
                (start, end) for start, end in places if sure == (end <= first or start >= last or text[start] == BOM)
            ]
            if same:
                yield Hidden(name, same, "", sure)


def settle(text: str, fragments: Sequence[Fragment]) -> list[tuple[str, bool]]:
    """Return what to write for each of *fragments*, which decode something in *text*, and if that is certain.

    What is invisible in what they bring stays or goes as it would if it were there already (TX006).
    """
    raw = apply_fragments(text, fragments)
    verdicts = {at: (found.fill, found.sure) for found in find(raw) for place in found.places for at in range(*place)}
    settled = []
    shift = 0
    for start, end, meant in fragments:
        written = [
            (" ", True) if char == "\xa0" and not is_meant(raw, at) else verdicts.get(at, (char, True))
            for at, char in enumerate(meant, start + shift)
        ]
        shift += len(meant) - (end - start)
        settled.append(("".join(fill for fill, _ in written), all(sure for _, sure in written)))
    return settled
