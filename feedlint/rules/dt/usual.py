"""Dates that are in order at a glance, as nearly all are: what the rules about dates ask before they read any."""

from __future__ import annotations

from functools import lru_cache

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.places import DATES
from feedlint.quick import datetime, timezone

# In the form all records use, from the year 1000 on, and in the calendar; 29 February takes a closer look.
_USUAL = regex(
    "[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
)


def usual(record: Brief) -> bool:
    """Tell whether each date of *record* is in the usual form, exists, and is not still to come.

    Dates of this form compare as texts.
    """
    return record.once(_usual)


def _usual(record: Brief) -> bool:
    now = _text(record.repository.today)
    return all([date <= now and _USUAL.fullmatch(date) for date in record.all(DATES)])


@lru_cache(maxsize=1)  # a run has one
def _text(today: datetime) -> str:
    return today.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
