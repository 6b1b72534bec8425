"""DT001: a date that is not written as all others are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix
from feedlint.edits import fragment_span, set_value
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.dt.patterns import is_canonical
from feedlint.rules.dt.reading import FORM, Reading, is_sound, read
from feedlint.source import Document, Node
from feedlint.typed import Final

# What a reader takes for a date or a number; null, lists and mappings are the schema's to judge.
SCALARS = ("str", "int", "float", "bool")


EXAMPLES: Final = [
    Example(bad="publishedDateTime: 2020-12-08T22:40:00+01:00", fixed="publishedDateTime: 2020-12-08T21:40:00Z"),
    Example(bad="publishedDateTime: 2020-12-08T21:40:00.000Z", fixed="publishedDateTime: 2020-12-08T21:40:00Z"),
    Example(
        bad='publishedDateTime: "Tue, 08 Dec 2020 16:40:00 EST"',
        fixed='publishedDateTime: "2020-12-08T21:40:00Z"',
    ),
    Example(bad="publishedDateTime: 1607463600", fixed="publishedDateTime: 2020-12-08T21:40:00Z"),
    Example(
        bad="publishedDateTime: 2020-12-08 21:40",
        fixed="publishedDateTime: 2020-12-08T21:40:00Z",
        safety=UNSAFE,
    ),
    Example(
        bad="publishedDateTime: 25/12/2020",
        fixed="publishedDateTime: 2020-12-25T00:00:00Z",
        safety=UNSAFE,
        path="_news/2020-12-25-example.md",
    ),
    Example(bad="publishedDateTime: 03/04/2021"),
    Example(bad="publishedDateTime: yesterday"),
    Example(
        bad='publishedDateTime: 2020-12-08T21:40:00Z\nupdatedDateTime: "2020-12-09T08:00:00Z"',
        fixed="publishedDateTime: 2020-12-08T21:40:00Z\nupdatedDateTime: 2020-12-09T08:00:00Z",
    ),
    Example(good="publishedDateTime: 2020-12-08T21:40:00Z"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A date is written YYYY-MM-DDTHH:MM:SSZ, in UTC.

    ## Why

    Apps sort stories by the text of their dates: one with an offset, or with a space for the T, lands among the
    stories of another hour or day. JavaScript promises to read no other form than this one and its kin, and reads
    a time without a zone as that of the reader's own place; whether 03/04/2021 is in March or in April nobody can
    tell. To Jekyll a plain date is a time and a quoted one is text, and its templates print the two differently.

    ## Fix safety

    Safe where the text names one instant and no other: an offset is converted, a fraction of zeros left out, a
    number of seconds since 1970 counted. An American zone (`EST`) is one offset only in the dates of e-mail and
    RSS, which define it. Unsafe where something must be assumed: UTC for a time without a zone, midnight for a day
    without a time, the day first in 08.12.2020, or that a fraction of a second can go. There is no fix for a date
    that may be two (03/04/2021), or whose weekday is another day's.

    The date is written plain where it is plain or another date of the file is, else in the style it has; inside
    of `{}` and `[]` it is quoted.

    ## Sources

    RFC 3339, section 5.6; RFC 5322, section 3.3 and 4.3; ECMA-262, Date Time String Format.
    """
    for node in record.fields("date", "updated-date"):
        if node.tag not in SCALARS:
            continue
        if is_sound(node.value):
            if node.style != "plain" and _plain_fits(record.document, node):
                yield _quoted(record.document, node)
            continue
        reading = read(node.value)
        if reading is None:
            said = f"{named(node)} cannot be read as a date" if node.value else f"{show(node.path)} is empty"
            yield at(node, f"{said}: write {FORM}, in UTC")
        elif not reading.impossible:
            yield _misformed(record.document, node, reading)


def named(node: Node) -> str:
    """Return the field and the value of *node* as a message names them."""
    value = node.value if len(node.value) <= 60 else node.value[:60] + "…"
    return f'{show(node.path)} "{value}"'


def _plain_fits(document: Document, node: Node) -> bool:
    """Tell whether a date at *node* is written plain: not in a flow collection, where older libyaml refuses a ":"."""
    return not node.flow and (node.style == "plain" or _writes_plain(document))


@lru_cache(maxsize=1)
def _writes_plain(document: Document) -> bool:
    return any(node.style == "plain" and is_canonical(node.value) for node in document.nodes)


def _quoted(document: Document, node: Node) -> Diagnostic:
    fix = set_value(document, node, node.value, "Write it plain", style="plain")
    return at(node, f"{named(node)} is not written plain, as another date of the file is: write both alike", fix=fix)


def _misformed(document: Document, node: Node, reading: Reading) -> Diagnostic:
    found = _and(list(dict.fromkeys(place.words for place in reading.odd)))
    start, end = min(place.start for place in reading.odd), max(place.end for place in reading.odd)
    advice = f"write {reading.canonical}" if reading.instant else f"{reading.unclear}; write {FORM}, in UTC"
    assumed = f", assuming {_and(reading.assumed)}" if reading.assumed and reading.instant else ""
    return at(
        node,
        f"{named(node)} has {found}: {advice}{assumed}",
        span=fragment_span(document, node, start, end),
        fix=_fix(document, node, reading, assumed),
    )


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 2 else words)


def _fix(document: Document, node: Node, reading: Reading, assumed: str) -> Fix | None:
    if reading.instant is None:
        return None
    plain = "plain" if _plain_fits(document, node) else None
    safety = UNSAFE if reading.assumed else SAFE
    title = f"Write {reading.canonical}{assumed}"
    return set_value(document, node, reading.canonical, title, safety, style=plain)
