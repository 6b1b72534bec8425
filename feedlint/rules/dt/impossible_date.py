"""DT002: a date that no calendar or clock has."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic
from feedlint.edits import fragment_span
from feedlint.record import Record
from feedlint.rule import Example, at
from feedlint.rules.dt.date_format import SCALARS, named
from feedlint.rules.dt.reading import is_sound, read
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad="publishedDateTime: 2021-02-30T08:00:00Z"),
    Example(bad="publishedDateTime: 2021-02-12T25:00:00Z"),
    Example(bad="publishedDateTime: 0000-12-08T21:40:00Z"),
    Example(bad="publishedDateTime: 2016-12-31T23:59:60Z"),
    Example(bad="publishedDateTime: 31/11/2020"),
    Example(good="publishedDateTime: 2020-02-29T23:59:59Z", path="_news/2020-02-29-example.md"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A date exists: its day in the calendar, its time on the clock.

    ## Why

    Of 30 February one reader makes 2 March, another a piece of text, and a third refuses the whole record: PyYAML stops
    at it, and js-yaml carries it over into March. A leap second (23:59:60) few clocks can show. A year before 1000
    has lost a digit, or is the zero that a program writes for a date it does not have. What was meant is not in the
    file, so there is no fix.

    ## Sources

    RFC 3339, section 5.7 and appendix D.
    """
    for node in record.fields("date", "updated-date"):
        if node.tag not in SCALARS or is_sound(node.value):
            continue
        reading = read(node.value)
        if reading is not None and reading.impossible is not None:
            words, start, end = reading.impossible
            span = fragment_span(record.document, node, start, end)
            yield at(node, f"{named(node)} is not possible: {words}", span=span)
