"""DT005: a date that is still to come."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic
from feedlint.record import Record
from feedlint.rule import Example, at
from feedlint.rules.dt.date_format import SCALARS, named
from feedlint.rules.dt.instants import instant, is_future
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad="publishedDateTime: 2999-12-08T21:40:00Z"),
    Example(bad="updatedDateTime: 2999-12-08T21:40:00Z"),
    Example(
        bad="related:\n  - title: The Cost of the Tram Line\n    publishedDateTime: 2999-12-08T18:05:00Z\n"
        "    webUrl: https://www.example.net/tram-costs\n    provider:\n      name: Example Post\n"
        "      domain: example.net"
    ),
    Example(good="publishedDateTime: 2020-12-08T21:40:00Z\nupdatedDateTime: 2020-12-09T08:15:00Z"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A date is not later than now, by more than a day.

    What is now can be given (`--today`), so that a run can be repeated.

    ## Why

    Jekyll leaves a story out of the site until its day has come, and an app that sorts by date shows it above all
    others until then. Mostly a year is mistyped, or day and month have changed places. A day is let pass, for clocks
    and zones that differ.

    ## Sources

    Jekyll, the options `future` and `--future`: posts and documents with a date in the future are not built.
    """
    for node in record.fields("date", "updated-date"):
        moment = instant(node) if node.tag in SCALARS else None
        if moment is not None and is_future(record, moment):
            message = f"{named(node)} is in the future"
            yield at(node, message, help="write when the story appeared, or was changed, in UTC")
