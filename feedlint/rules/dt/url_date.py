"""DT004: the address of a story tells another date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from feedlint.diagnostic import Diagnostic, Label
from feedlint.edits import fragment_span
from feedlint.lazy import regex
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.dt.clear import MONTH
from feedlint.rules.dt.date_format import named
from feedlint.rules.dt.file_name_date import misfit
from feedlint.rules.dt.instants import instant, is_future
from feedlint.rules.dt.patterns import MONTHS
from feedlint.source import Node
from feedlint.typed import Final, NamedTuple

_TOLERANCE: Final = 31
"""Days."""
_FIRST_YEAR: Final = 1995
"""Before this there was no news on the web: a year in an address is what the story is about."""
_SHORT: Final = [month[:3].lower() for month in MONTHS]
# A month alone has two digits: /2020/9/ is as often the ninth of something.
_DATE = regex(
    r"[/\\](?P<date>(?P<year>(?:19|20)[0-9]{2})(?:"
    rf"[/\\](?P<month>[0-9]{{1,2}}|{MONTH})[/\\](?P<day>[0-9]{{1,2}})(?=[/\\]|\Z)"
    rf"|[/\\](?P<only>[0-9]{{2}}|{MONTH})(?=[/\\]|\Z)"
    r"|-(?P<mm>[0-9]{2})-(?P<dd>[0-9]{2})(?![0-9])))",
    re.IGNORECASE | re.ASCII,
)
_HOST = regex(r"(?:[A-Za-z]{1,8}:[/\\]*|[/\\]{2})[^/\\]*")

_TRAM = 'originalUrl: "https://www.example.com%s/tram"\npublishedDateTime: 2020-12-08T21:40:00Z'


EXAMPLES: Final = [
    Example(bad=_TRAM % "/2019/12/08"),
    Example(bad=_TRAM % "/news/2020-10-30"),
    Example(bad=_TRAM % "/2020/oct/30"),
    Example(bad=_TRAM % "/2020/10"),
    Example(good=_TRAM % "/2020/12/07"),
    Example(good=_TRAM % "/2020/11"),
    Example(good=_TRAM % "/2020/13/45"),
    Example(good=_TRAM % "/1945/05/08"),
    Example(good=_TRAM % "/20190101"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The date in the path of a story's address is not more than 31 days off its own.

    Dates are `/2020/12/08/`, `/2020/dec/08/`, `/2020-12-08` at the start of a name, and `/2020/12/`, which stands for
    the whole month. Eight digits (`/20201208/`) are not: as often they number something. Nor is a date before 1995 or
    one still to come, which is what the story is about. One date that fits is enough.

    ## Why

    A publisher puts into the address when a story appeared. Where the record says otherwise an old story is shown as
    news, or a new one is buried. Mostly it is the day on which a program found the story, or a year that was
    not changed in January.

    ## Sources

    The date in an address was within a day, or within its month, for all but 4 records of real feeds; those 4 were
    wrong.
    """
    node = record.field("date")
    moment = instant(node)
    if node is None or moment is None or is_future(record, moment):
        return
    told = [list(_dates(record, record.field(role))) for role in ("original-url", "web-url")]
    off = [_days_off(found, moment.date()) for dates in told for found in dates]
    # What the file's name contradicts is DT003's to tell.
    if not off or min(map(abs, off)) <= _TOLERANCE or misfit(record) is not None:
        return
    first, *other = [dates[0] for dates in told if dates]  # one of each address, which may repeat a date endlessly
    yield at(
        node,
        f"{named(node)} is {abs(off[0])} days {'after' if off[0] > 0 else 'before'} {first.text}, "
        f"the date in {show(first.node.path)}",
        labels=tuple(
            Label(fragment_span(record.document, found.node, *found.span), "another date") for found in (first, *other)
        ),
        help="write when the story appeared, or the address of the right story",
    )


class _Date(NamedTuple):
    """A date, or a month, in the address *node*, there written as *text*."""

    node: Node
    span: tuple[int, int]
    text: str
    first: date
    last: date


def _dates(record: Record, node: Node | None) -> Iterator[_Date]:
    """Yield the dates in the path of the address *node* that may be those of a publication."""
    if node is None or node.tag != "str":
        return
    path = re.split("[?#]", node.value, maxsplit=1)[0]
    host = _HOST.match(path)
    for match in _DATE.finditer(path, host.end() if host else 0):
        name = (match["month"] or match["only"] or match["mm"]).lower()
        month = int(name) if name.isdigit() else _SHORT.index(name[:3]) + 1
        try:
            first = date(int(match["year"]), month, int(match["day"] or match["dd"] or 1))
        except ValueError:  # numbers of something else
            continue
        if first.year >= _FIRST_YEAR and not is_future(record, datetime(first.year, first.month, first.day)):
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if match["only"] else first
            yield _Date(node, match.span("date"), match["date"], first, last)


def _days_off(found: _Date, day: date) -> int:
    """Return how many days *day* is after *found*, or before it (less than 0)."""
    return max((day - found.last).days, 0) + min((day - found.first).days, 0)
