"""DT003: a file named after another day than its record's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from feedlint.diagnostic import Diagnostic
from feedlint.edits import fragment_span
from feedlint.identity import digest_of
from feedlint.record import Record
from feedlint.rule import Example, at
from feedlint.rules.dt.clear import DATE, name_of
from feedlint.rules.dt.date_format import named
from feedlint.rules.dt.instants import instant, is_future
from feedlint.rules.dt.reading import is_sound
from feedlint.typed import Final

_DAY = timedelta(days=1)


EXAMPLES: Final = [
    Example(bad="publishedDateTime: 2020-12-18T21:40:00Z", path="_news/2020-12-08-example.md"),
    Example(bad="publishedDateTime: 2020-12-08T15:59:59Z", path="_news/2020-12-09-example.md"),
    Example(bad="publishedDateTime: 2020-11-30T21:40:00Z", path="_news/2020-11-31-example.md"),
    Example(good="publishedDateTime: 2020-12-08T16:00:00Z", path="_news/2020-12-08-example.md"),
    Example(good="publishedDateTime: 2020-12-08T16:00:00Z", path="_news/2020-12-09-example.md"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The date that a file's name begins with is that of its story.

    It is the day of `publishedDateTime` in UTC, or the day that comes of taking this time for one on the clocks of
    the American Pacific coast and converting it to UTC (8 hours are added in winter and 7 in summer, so it is the
    next day from 16:00, or 17:00, on): the programs that name the files do either. Files whose name does not
    begin with a date are not looked at.

    ## Why

    Jekyll takes the date of a page from its file's name: the story's address, and its place in the list, are those
    of another day than the one shown. One of the two is wrong. A name with a day that no calendar has stops the
    build.

    ## Sources

    One of the two days holds for 7,961 of 7,961 files of real feeds; the one in UTC alone fails 5 to 20 in 100.
    Summer time in the United States since 2007: Energy Policy Act of 2005, section 110. Before 2007 it was shorter;
    8 hours are allowed then all year, which is an hour more than 7.
    """
    if not record.is_root:
        return
    node = record.field("date")
    found = misfit(record)
    if found is None or node is None:
        return
    name, moment = found
    span = fragment_span(record.document, node, 0, len("YYYY-MM-DD")) if is_sound(node.value) else None
    is_day = _day(name) is not None
    days = " or ".join(f"{day}-…" for day in _days(moment))
    yield at(
        node,
        f"{named(node)} is another day than {name}, the date in the file's name"
        if is_day
        else f"the file's name begins with {name}, which is no day",
        span=span,
        digest=digest_of(node.value, name),
        help=f"write the right date, or name the file {days}" if is_day else f"name the file {days}",
    )


def misfit(record: Record) -> tuple[str, datetime] | None:
    """Return the date in the name of the file of *record* and that of its story, or None where they go together.

    What is in the future is DT005's to tell.
    """
    match = DATE.match(name_of(record.document.path))
    moment = instant(record.field("date")) if match is not None and record.is_root else None
    if match is None or moment is None or is_future(record, moment):
        return None
    day = _day(match[0])
    return None if day is not None and day in _days(moment) else (match[0], moment)


def _day(text: str) -> date | None:
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        return None


def _days(moment: datetime) -> list[date]:
    """Return the one or two days that the file of a story of *moment* may be named after."""
    day = moment.date()
    late = moment.hour + (7 if _is_summer(day) else 8) >= 24  # the clocks change at 2, hours from where it matters
    return [day, day + _DAY] if late and day < date.max else [day]


def _is_summer(day: date) -> bool:
    return day.year >= 2007 and _sunday(day.year, 3, 8) <= day < _sunday(day.year, 11, 1)


def _sunday(year: int, month: int, first: int) -> date:
    """Return the first Sunday of a *month* from its day *first* on."""
    day = date(year, month, first)
    return day + (6 - day.weekday()) * _DAY
