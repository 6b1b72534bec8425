"""Dates in names and addresses that are those of the record, as nearly all are, told without reading them."""

from __future__ import annotations

import re

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.rules.dt.patterns import MONTHS
from feedlint.rules.dt.usual import usual
from feedlint.typed import Final

DATE: Final = regex(r"((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
"""The date that the name of a file begins with."""
MONTH: Final = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
"""The names of the months, short and long, as a part of a regular expression."""
# What a date in an address begins with, wherever it is there.
_BEGUN: Final = "|".join(month[:3] for month in MONTHS)
_TOLD = regex(rf"[/\\]((?:19|20)[0-9]{{2}}[-/\\](?:[0-9]{{1,2}}|(?i:{_BEGUN})))", re.ASCII)


def is_named_after_its_day(record: Brief) -> bool:
    """Tell at a glance whether the file of *record* has a name without a date, or with that of its story.

    From 17:00 on that may be the next day's all year, as ``file_name_date`` knows; the last days of a month take a
    closer look.
    """
    date = record.own("date")
    if date is None or not record.is_root:
        return True
    name = name_of(record.path)
    if usual(record):
        if name.startswith(date[:10]):
            return True
        month, day, hour = date[:8], date[8:10], date[11:13]
        if hour >= "17" and day < "28" and name.startswith(f"{month}{int(day) + 1:02}"):
            return True
    return DATE.match(name) is None


def name_of(path: str) -> str:
    """Return the name of the file at *path*."""
    return path.replace("\\", "/").rpartition("/")[2]


def is_addressed_by_its_month(record: Brief) -> bool:
    """Tell whether the addresses have no date, or of the month of the story alone, which is never too far off."""
    date, original, web = record.own("date"), record.own("original-url"), record.own("web-url")
    told = _TOLD.findall((original or "") if original == web else f"{original}\n{web}")
    if not told:
        return True
    return date is None or (usual(record) and {date[:7], date[:7].replace("-", "/")}.issuperset(told))
