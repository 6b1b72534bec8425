"""The ways in which people and programs write a date, and the parts of one that is written so."""

from __future__ import annotations

import re
from functools import cache

from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CANONICAL = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
# White space of every kind, and what is not seen at all.
_AROUND: Final = "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\xad\u200b\u200e\u200f\u2028\u2029\u202f\u2060\ufeff"
# The longest form in use is that of JavaScript's Date, its zone in words: some 70 characters. What is longer is no
# date, and what is not can be tried against every pattern in no time.
_LONGEST: Final = 100

_GAP = r"[ \t\xa0\u202f]"
_MARK = r"[-, \t\xa0\u202f]"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(day[:3] for day in WEEKDAYS)})[a-z]*\.?,?{_GAP}*)?"
_NAME = rf"(?P<name>{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in MONTHS)}|sept)(?![a-z])\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_COMPACT_DAY = r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_COMPACT_CLOCK = r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?"
_CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:[.,](?P<fraction>[0-9]+))?)?"
    rf"(?:{_GAP}*(?P<half>[AP])\.?M\.?)?"
)
_OFFSET = r"(?P<sign>[-+\u2212])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?"
_ZONE = (
    rf"(?:(?P<before_zone>{_GAP}*)(?P<zone>(?:(?:UTC?|GMT){_GAP}?)?{_OFFSET}(?:{_GAP}(?:UTC|GMT))?|[A-Z]{{1,5}})(?![A-Z0-9])"
    rf"(?:{_GAP}*\([^()]*\))?)?"
)
_AND_CLOCK = rf"(?:(?P<gap>{_GAP}*T{_GAP}*|,?{_GAP}+(?:at{_GAP}+)?){_CLOCK}{_ZONE})?"
# Seconds since 1970 have ten digits from 2001 to 2286. Ten that may also be a day and an hour (2020120821) are neither.
_EPOCH = (
    r"(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])(?![0-9]))"
    r"(?P<epoch>[1-9][0-9]{9})(?P<milliseconds>[0-9]{3})?(?:\.(?P<fraction>[0-9]+))?"
)
_FORMS = (
    rf"{_WEEKDAY}(?P<year>[0-9]{{4}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}}){_AND_CLOCK}",
    rf"{_COMPACT_DAY}{_AND_CLOCK}",
    rf"{_COMPACT_DAY}(?P<gap>T?){_COMPACT_CLOCK}{_ZONE}",
    rf"{_WEEKDAY}(?P<first>[0-9]{{1,2}})(?P<mark>[-/.])(?P<other>[0-9]{{1,2}})(?P=mark){_YEAR}{_AND_CLOCK}",
    rf"{_WEEKDAY}{_DAY}(?:-|{_GAP}*(?:of{_GAP})?){_NAME}{_MARK}*{_YEAR}{_AND_CLOCK}",
    rf"{_WEEKDAY}{_NAME}{_GAP}*{_DAY}{_MARK}+{_YEAR}{_AND_CLOCK}",
    rf"{_WEEKDAY}(?P<year>[0-9]{{4}}){_MARK}+{_NAME}{_MARK}+{_DAY}{_AND_CLOCK}",
    rf"{_WEEKDAY}{_NAME}{_GAP}+{_DAY}{_GAP}+{_CLOCK}{_ZONE}{_GAP}+{_YEAR}",  # asctime() in C, date(1)
    _EPOCH,
)


@cache
def _patterns() -> list[re.Pattern[str]]:
    """Return the forms, each to be compiled when a date is read that none before it fits; a sound feed has none."""
    return [regex(form, re.IGNORECASE | re.ASCII) for form in _FORMS]


class Number(NamedTuple):
    """A number, and the characters of the text that write it."""

    value: int
    start: int
    end: int


class Parts:
    """The parts of a date as they are written, by name; those that its pattern does not know are absent."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match
        self._texts = {name: text for name, text in match.groupdict().items() if text is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def __getitem__(self, name: str) -> str:
        """Return the text of the part *name*, "" where there is none."""
        return self._texts.get(name, "")

    def span(self, name: str = "") -> tuple[int, int]:
        """Return where the part *name* stands, or the whole date where there is no such part."""
        return self._match.span(name if name in self else 0)

    def number(self, name: str) -> Number:
        """Return the part *name* as a number, 0 where there is none."""
        return Number(int(self[name] or 0), *self.span(name))


def is_canonical(text: str) -> bool:
    """Tell whether *text* has the form all records use, be the date possible or not."""
    return _CANONICAL.fullmatch(text) is not None


def split(text: str) -> Parts | None:
    """Return the parts of the date *text*, white space around it left out; None where it is not a date."""
    start, end = len(text) - len(text.lstrip(_AROUND)), len(text.rstrip(_AROUND))
    if end - start <= _LONGEST:
        for pattern in _patterns():
            match = pattern.fullmatch(text, start, end)
            if match is not None:
                return Parts(match)
    return None
