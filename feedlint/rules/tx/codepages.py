"""What a text was if it is UTF-8 that was read in another encoding: every reading there is, in every code page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache

from feedlint.lazy import package, regex
from feedlint.rules.tx.leads import leads
from feedlint.rules.tx.plausible import HOPELESS, oddities
from feedlint.typed import Final, NamedTuple

package("ftfy")  # of which the code pages are enough

SINGLE: Final = {
    "latin-1": "Latin-1",
    "sloppy-windows-1252": "windows-1252",
    "macroman": "Mac Roman",
    "cp437": "DOS code page 437",
    "cp850": "DOS code page 850",
    "sloppy-windows-1250": "windows-1250",
    "sloppy-windows-1251": "windows-1251",
    "sloppy-windows-1253": "windows-1253",
    "sloppy-windows-1254": "windows-1254",
    "sloppy-windows-1255": "windows-1255",
    "sloppy-windows-1256": "windows-1256",
    "sloppy-windows-1257": "windows-1257",
    "sloppy-windows-1258": "windows-1258",
    "iso-8859-2": "ISO 8859-2",
    "iso-8859-5": "ISO 8859-5",
    "sloppy-iso-8859-7": "ISO 8859-7",
    "iso-8859-9": "ISO 8859-9",
    "iso-8859-15": "ISO 8859-15",
    "mac-cyrillic": "Mac Cyrillic",
    "mac-latin2": "Mac Central European",
    "cp852": "DOS code page 852",
    "cp866": "DOS code page 866",
    "koi8-r": "KOI8-R",
}
_PAIRS: Final = {"gbk": "GBK", "big5": "Big5", "cp932": "Shift JIS", "cp949": "Korean code page 949"}
NAMES: Final = {**SINGLE, **_PAIRS}
"""The encodings, with their names in words; those that UTF-8 is most often read in come first."""
# Too rare to be looked for, but a repair is not proved where one of them gives another text.
_RIVALS: Final = (
    *("cp737", "cp775", "cp855", "cp857", "cp860", "cp861", "cp862", "cp863", "cp865", "cp869", "cp1125"),
    *("sloppy-iso-8859-3", "iso-8859-4", "sloppy-iso-8859-6", "sloppy-iso-8859-8", "iso-8859-10", "iso-8859-13"),
    *("iso-8859-14", "iso-8859-16", "koi8-u", "mac-croatian", "mac-greek", "mac-iceland", "mac-romanian"),
    *("mac-turkish", "hp-roman8", "ptcp154"),
)
_MOST_STAGES = 4
_MOST_TEXTS = 40
# In a page of single bytes a letter of UTF-8 becomes two characters or more: one that stands alone is not damaged.
_BEYOND_ASCII = regex("[^\x00-\x7f]")
_ALONE = regex("(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
_MANY: Final = 3
_MANY_PAIRS: Final = 8
_NOT_LATIN = regex("[Ͱ-\u1dffἀ-῾\u2e80-\ud7ff]")
_FIRST_IDEOGRAPH: Final = "\u2e80"
_IDEOGRAPH = regex("[\u2e80-\ud7a3\uff61-\uff9f]")
_RUN = regex("[^\x00-\x7f]+")


class Origin(NamedTuple):
    """What a text may have been: ``text``, damaged by ``pages`` (the one that is to be undone first comes first).

    ``odd`` is how implausible it is.
    """

    text: str
    pages: tuple[str, ...]
    odd: int


def origins(text: str) -> list[Origin]:
    """Return what *text* may have been, the most plausible first; empty where it is no damaged UTF-8 as a whole.

    What is itself damaged is not among them, but what it was.
    """
    found: dict[str, Origin] = {}
    _collect(text, (), found, {text})
    # Of two as plausible as each other comes first what took fewer stages, in the encodings that are more usual.
    return sorted(found.values(), key=lambda origin: (origin.odd, len(origin.pages)))


def _collect(text: str, pages: tuple[str, ...], found: dict[str, Origin], seen: set[str]) -> None:
    """Add to *found* what *text* may have been, which comes of damage by *pages*."""
    for page, reading in _readings(text):
        if reading in seen or len(seen) >= _MOST_TEXTS:
            continue
        seen.add(reading)
        stages = (*pages, page)
        deeper: dict[str, Origin] = {}
        if len(stages) < _MOST_STAGES:
            _collect(reading, stages, deeper, seen)
        odd = oddities(reading)
        best = min(deeper.values(), key=lambda origin: origin.odd, default=None)
        if best is not None and is_better(reading, odd, best):
            found.update(deeper)
        elif odd < HOPELESS:
            found[reading] = Origin(reading, stages, odd)


def is_better(text: str, odd: int, origin: Origin) -> bool:
    """Tell whether *origin*, which *text* may have been, is rather meant than *text* with its *odd* oddities."""
    from ftfy.badness import is_bad

    number = sum(1 for char in text if char > "\x7f")
    if 3 * origin.odd < odd or (4 * origin.odd <= number and is_bad(text)):
        return True
    if origin.odd:
        return False
    # The text looks sound, and may be so: a word of another script. But chance does not make UTF-8 of many letters.
    if origin.pages[0] in _PAIRS:
        return number >= _MANY_PAIRS
    if sum(1 for char in origin.text if char > "\x7f") >= _MANY:
        return True
    return not _NOT_LATIN.search(text + origin.text)  # "l’ús" is a sign of Armenian, read in Mac Roman


def has_rival(text: str, origin: Origin) -> bool:
    """Tell whether in a page that is seldom used *text* is another text than *origin*, as plausible."""
    stages = {text}
    stage = text
    for page in origin.pages:
        stage = stage.encode(page).decode("utf-8")
        stages.add(stage)
    return any(
        reading not in stages and oddities(reading) <= origin.odd for _, reading in _read(text, _pages(text, _RIVALS))
    )


def may_be_of_pairs(text: str) -> bool:
    """Tell whether *text*, which is not all ASCII, may be UTF-8 read in a page of pairs: of most, the ends tell."""
    pages = frozenset(_PAIRS)
    for run in _RUN.finditer(text):
        pages = pages & _at_ends(run[0][0])[0] & _at_ends(run[0][-1])[1]
        if not pages:
            return False
    return any(True for _ in _read(text, pages))


@lru_cache(maxsize=8192)
def _at_ends(char: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the pages of pairs in which UTF-8 can begin with the bytes of *char*, and those in which it can end so."""
    begins, ends = set(), set()
    for page in _PAIRS:
        with suppress(UnicodeError):
            data = char.encode(page)
            first, last = data[0], data[-1]
            if 0xC2 <= first <= 0xF4 and (len(data) == 1 or 0x80 <= last <= 0xBF):
                begins.add(page)
            if 0x80 <= last <= 0xBF or (last < 0x80 and first <= 0xBF):  # the second byte may be ASCII
                ends.add(page)
    return frozenset(begins), frozenset(ends)


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the encodings in which all of *text* is UTF-8, and what that says."""
    if text.isascii():
        return
    pages = _pages(text, SINGLE)
    if max(text) >= _FIRST_IDEOGRAPH and _IDEOGRAPH.search(text):  # which takes milliseconds to compile
        pages += _PAIRS
    yield from _read(text, pages)


def _pages(text: str, asked: Iterable[str]) -> list[str]:
    """Return those of the pages of single bytes that are *asked* for in which *text* may be UTF-8, by what is first."""
    first = _BEYOND_ASCII.search(text)
    possible = leads().get(first[0], ()) if first is not None and not _ALONE.search(text) else ()
    return [page for page in asked if page in possible]


def _read(text: str, pages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for page in pages:
        if page.startswith("sloppy-"):
            import ftfy.bad_codecs  # noqa: F401  # has the windows pages as browsers do, with their holes filled
        try:
            data = text.encode(page)
            reading = data.decode("utf-8")
            # A page may write two characters as the same byte: then this is not how it came about.
            if data.decode(page) == text:
                yield page, reading
        except UnicodeError:
            continue
