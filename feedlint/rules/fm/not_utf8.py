"""FM006."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedlint.diagnostic import UNSAFE, Diagnostic, Edit, Fix
from feedlint.identity import digest_of
from feedlint.lazy import regex
from feedlint.repository import Repository
from feedlint.rule import SOUND, Example
from feedlint.source import BOM, Document, Span, encode
from feedlint.typed import Final

_RAW = regex("[\udc80-\udcff]+")
# A hyphen or a letter, with a zero before or after it: UTF-16 or UTF-32 without a mark.
_WIDE = regex("[-\\w]\0|\0{1,3}[-\\w]")
# The marks of UTF-32 first: that of UTF-16 is the beginning of one of them.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"-\0\0\0", "utf-32-le"),
    (b"\0\0\0-", "utf-32-be"),
    (b"-\0", "utf-16-le"),
    (b"\0-", "utf-16-be"),
)
_LATIN = SOUND.replace("Ferry", "Fähre")


EXAMPLES: Final = [
    Example(bad=_LATIN.replace("ä", "\udce4"), fixed=_LATIN, whole=True, safety=UNSAFE),
    Example(bad=_LATIN.replace("ä", "\udc81"), whole=True),
    Example(good=_LATIN, whole=True),
]


def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    """A record is written in UTF-8.

    ## Why

    Jekyll and the Python readers fail on such a file; the JavaScript readers put U+FFFD in place of each byte that
    is not UTF-8, and readers of the story see `�`.

    ## Fix safety

    Unsafe: bytes do not say in which encoding they were meant; windows-1252, UTF-16 or CESU-8 are guessed from
    their pattern.

    ## Sources

    RFC 3629; the Encoding Standard for windows-1252 standing in for Latin-1; Unicode Technical Report 26 (CESU-8).
    """
    first = _RAW.search(document.text) or _WIDE.match(document.text)
    if first is None:
        return
    data = document.bytes
    name, text = _meant(data, document.text)
    offset = len(encode(document.text[: first.start()]))
    bad = encode(first[0])[:4].hex(" ").upper()
    fix = None
    if text is not None:
        edits = _edits(document.text, text)
        fix = Fix(f"Read the file as {name}, write it as UTF-8", edits, UNSAFE)
    likely = f"; it looks like {name}" if name else ""
    yield Diagnostic(
        Span(*first.span()),
        f"byte {offset} is not UTF-8 ({bad}){likely}",
        fix=fix,
        help="save the file as UTF-8",
        digest=_digest(document, first.start()),
    )


def _digest(document: Document, first: int) -> str:
    """Return the digest of all lines with such bytes, from offset *first* on: more of them is another finding."""
    places = (first, *(run.start() for run in _RAW.finditer(document.text, first)))
    lines = sorted({document.lines.position(place)[0] for place in places})
    return digest_of(*(document.lines.text(line).strip() for line in lines))


def is_wide(document: Document) -> bool:
    """Tell whether the zeros of *document* are halves of characters in UTF-16 or UTF-32."""
    return _WIDE.match(document.text) is not None or _wide(encode(document.text[:4])) is not None


def _meant(data: bytes, text: str) -> tuple[str, str | None]:
    """Return the encoding that *data* is likely to be in, and its text in that encoding, if any."""
    wide = _wide(data)
    if wide is not None:
        try:
            return wide[:6].upper(), data.decode(wide).removeprefix(BOM)
        except UnicodeDecodeError:
            return wide[:6].upper(), None
    if re.search(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]", data):
        try:
            halves = data.decode("utf-8", "surrogatepass")
            return "CESU-8", halves.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            return "CESU-8", None
    try:
        return "windows-1252", _RAW.sub(lambda run: encode(run[0]).decode("windows-1252"), text)
    except UnicodeDecodeError:
        return "", None


def _wide(data: bytes) -> str | None:
    """Return the name of the encoding of *data* in which a character takes 2 or 4 bytes, by its mark or its zeros."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return None


def _edits(old: str, new: str) -> tuple[Edit, ...]:
    """Return the edits that make *new* of *old*: one for each run of raw bytes, or one for all."""
    if len(old) == len(new):
        return tuple(Edit(Span(*run.span()), new[run.start() : run.end()]) for run in _RAW.finditer(old))
    return (Edit(Span(0, len(old)), new),)
