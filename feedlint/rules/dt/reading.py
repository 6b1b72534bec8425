"""What a text says as a date: which instant it names, what is odd in how it does so, and what is impossible in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from feedlint.rules.dt.patterns import MONTHS, WEEKDAYS, Number, Parts, is_canonical, split
from feedlint.typed import Final, NamedTuple
from feedlint.values import dataclass, field

FORM: Final = "YYYY-MM-DDTHH:MM:SSZ"
# A year before this has lost digits, or is the zero of a program (0001-01-01 in Go and .NET).
_FIRST_YEAR: Final = 1000
_UTC: Final = ("", "Z", "UT", "UTC", "GMT")
# The hours that RFC 5322, section 4.3, gives these names.
_AMERICAN: Final = {"EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8}
# No place on Earth is farther from UTC (Kiritimati, +14:00).
_FARTHEST: Final = 14
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Place(NamedTuple):
    """What there is to say of characters *start* to *end* of the text."""

    words: str
    start: int
    end: int


@dataclass
class Reading:
    """What a text says as a date.

    ``instant`` is the moment in UTC; there is none where the text may mean several (``unclear`` says which) or
    none at all (``impossible`` says why, and where). ``odd`` is what differs from the form all records use,
    ``assumed`` what was taken for granted on the way to the instant.
    """

    odd: list[Place]
    instant: datetime | None = None
    assumed: list[str] = field(default_factory=list)
    unclear: str = ""
    impossible: Place | None = None

    @property
    def canonical(self) -> str:
        """The instant in the form all records use, or that form itself where there is no instant."""
        return self.instant.isoformat(timespec="seconds") + "Z" if self.instant else FORM


def is_sound(text: str) -> bool:
    """Tell whether *text* is a date in the form all records use, and one that exists. Quick, for most dates are."""
    try:
        return is_canonical(text) and datetime.fromisoformat(text[:-1]).isoformat() + "Z" == text and text[0] != "0"
    except ValueError:
        return False


def read(text: str) -> Reading | None:
    """Return what *text* says as a date, or None where it is not one."""
    parts = split(text)
    if parts is None:
        return None
    reading = Reading(list(_oddities(parts)))
    start, end = parts.span()
    if end - start < len(text):
        reading.odd.append(Place("white space around it", 0, len(text)))
    if not reading.odd and not is_canonical(text):
        reading.odd.append(Place("something after it", start, end))
    if (parts["milliseconds"] + parts["fraction"]).strip("0"):
        reading.assumed.append("the fraction can go")
    if "epoch" in parts:
        reading.instant = datetime(1970, 1, 1) + timedelta(seconds=int(parts["epoch"]))
    else:
        _understand(parts, reading)
    return reading


# --- how it is written -------------------------------------------------------------------------------------


def _oddities(parts: Parts) -> Iterator[Place]:
    """Yield what differs from the form all records use; what is missing is missing from the whole."""
    if "epoch" in parts:
        unit = "milliseconds" if "milliseconds" in parts else "seconds"
        yield Place(f"{unit} since 1970 in place of a date", *parts.span())
        return
    yield from _odd_day(parts)
    if "hour" not in parts:
        yield Place("no time", *parts.span())
        return
    if "name" not in parts and parts["gap"] != "T":
        words = "a lower-case t" if parts["gap"] == "t" else "no T between date and time"
        yield Place(words, *parts.span("gap"))
    yield from _odd_clock(parts)
    yield from _odd_zone(parts)


def _odd_day(parts: Parts) -> Iterator[Place]:
    if "name" in parts:
        yield Place("the month as a word", *parts.span())
        return
    if "weekday" in parts:
        yield Place("a weekday", *parts.span("weekday"))
    if parts["mark"] != "-":
        yield Place({"": "no dashes", "/": "slashes", ".": "dots"}[parts["mark"]], *parts.span())
    elif "first" in parts:
        yield Place("the year at the end", *parts.span())
    yield from _unpadded(parts, "month", "day")


def _odd_clock(parts: Parts) -> Iterator[Place]:
    if "half" in parts:
        yield Place("a 12-hour clock", *parts.span())
    else:
        yield from _unpadded(parts, "hour", "minute", "second")
    if parts["hour"] == "24":
        yield Place("hour 24", *parts.span("hour"))
    if "second" not in parts:
        yield Place("no seconds", *parts.span())
    if "fraction" in parts:
        start, end = parts.span("fraction")
        yield Place("a fraction of a second", start - 1, end)


def _odd_zone(parts: Parts) -> Iterator[Place]:
    if "zone" not in parts:
        yield Place("no zone", *parts.span())
    elif "sign" in parts:
        yield Place("an offset", *parts.span("zone"))
    elif parts["zone"] == "z":
        yield Place("a lower-case z", *parts.span("zone"))
    elif parts["zone"] != "Z":
        yield Place("a zone by name", *parts.span("zone"))
    elif parts["before_zone"]:
        yield Place("a space before the Z", *parts.span("before_zone"))


def _unpadded(parts: Parts, *names: str) -> Iterator[Place]:
    for name in names:
        if len(parts[name]) == 1:
            yield Place("no zero padding", *parts.span(name))


# --- what it means -----------------------------------------------------------------------------------------

_Day = tuple[Number, Number, Number]  # year, month, day


def _understand(parts: Parts, reading: Reading) -> None:
    """Find the instant that *parts* name, or why there is none."""
    year, month, day = _day(parts, reading)
    shift = _shift(parts, reading)
    if reading.unclear:
        return
    reading.impossible = _impossible_day(year, month, day) or _impossible_clock(parts)
    if reading.impossible:
        return
    midnight = datetime(year.value, month.value, day.value)
    weekday = WEEKDAYS[midnight.weekday()]
    if "weekday" in parts and not weekday.startswith(parts["weekday"].capitalize()):
        reading.unclear = f"{day.value} {MONTHS[month.value - 1]} {year.value} was a {weekday}"
        return
    hour, minute, second = (parts.number(name).value for name in ("hour", "minute", "second"))
    if "half" in parts:
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    try:
        reading.instant = midnight + timedelta(hours=hour, minutes=minute, seconds=second) - shift
    except OverflowError:
        reading.unclear = "in UTC that is after the year 9999"


def _day(parts: Parts, reading: Reading) -> _Day:
    """Return year, month and day; where they may stand in two orders, note which was taken or that neither can be."""
    year = parts.number("year")
    if len(parts["year"]) == 2:
        reading.unclear = "its year has two digits"
    if "name" in parts:
        month = [name[:3] for name in MONTHS].index(parts["name"][:3].capitalize()) + 1
        return year, Number(month, *parts.span("name")), parts.number("day")
    if "first" not in parts:
        return year, parts.number("month"), parts.number("day")
    first, other = parts.number("first"), parts.number("other")
    day_first, month_first = (year, other, first), (year, first, other)
    if other.value > 12 >= first.value:
        return month_first
    if first.value != other.value and not (_impossible_day(*day_first) or _impossible_day(*month_first)):
        if parts["mark"] == ".":  # wherever dates are written with dots, the day comes first
            reading.assumed.append("day before month")
        else:
            either = (f"{first.value} {MONTHS[other.value - 1]}", f"{other.value} {MONTHS[first.value - 1]}")
            reading.unclear = reading.unclear or "it may mean {} or {}".format(*either)
    return day_first


def _shift(parts: Parts, reading: Reading) -> timedelta:
    """Return how far the clock is ahead of UTC, noting what that takes for granted."""
    if "hour" not in parts:
        reading.assumed.append("midnight")
    if "zone" not in parts:
        reading.assumed.append("UTC")
    if "sign" in parts:
        ahead = timedelta(hours=int(parts["hours"]), minutes=int(parts["minutes"] or 0))
        return ahead if parts["sign"] == "+" else -ahead
    zone = parts["zone"].upper()
    if zone in _AMERICAN:
        hours = _AMERICAN[zone]
        if not _is_rfc5322(parts):
            reading.assumed.append(f"{zone} for -{-hours:02}:00")
        return timedelta(hours=hours)
    if zone not in _UTC:
        reading.unclear = reading.unclear or f'its zone, "{zone}", is no offset from UTC'
    return timedelta()


def _is_rfc5322(parts: Parts) -> bool:
    """Tell whether the date is one of an e-mail or a RSS feed, where the American zones mean what RFC 5322 says."""
    order = [parts.span(name) for name in ("day", "name", "year", "hour", "zone")]
    return "name" in parts and order == sorted(order) and "half" not in parts


def _impossible_day(year: Number, month: Number, day: Number) -> Place | None:
    if year.value < _FIRST_YEAR:
        return Place(f"there was no news in the year {year.value:04}", year.start, year.end)
    if not 1 <= month.value <= 12:
        return Place(f"there is no month {month.value}", month.start, month.end)
    if not day.value:
        return Place("no month has a day 0", day.start, day.end)
    last = _days(year.value, month.value)
    if day.value > last:
        return Place(f"{MONTHS[month.value - 1]} {year.value} has {last} days", day.start, day.end)
    return None


def _days(year: int, month: int) -> int:
    """Return how many days *month* has, as :mod:`calendar` does, which loads the languages of the world."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _DAYS[month - 1]


def _impossible_clock(parts: Parts) -> Place | None:
    hour, minute, second = (parts.number(name) for name in ("hour", "minute", "second"))
    if "half" in parts and not 1 <= hour.value <= 12:
        return Place(f"a 12-hour clock has no hour {hour.value}", hour.start, hour.end)
    if hour.value > 24 or (hour.value == 24 and minute.value + second.value > 0):
        return Place("the last hour is 23", hour.start, hour.end)
    if minute.value > 59:
        return Place("the last minute is 59", minute.start, minute.end)
    if second.value == 60:
        return Place("second 60 is a leap second, which few readers know", second.start, second.end)
    if second.value > 60:
        return Place("the last second is 59", second.start, second.end)
    if parts.number("hours").value > _FARTHEST or parts.number("minutes").value > 59:
        return Place("no zone is so far from UTC", *parts.span("zone"))
    return None
