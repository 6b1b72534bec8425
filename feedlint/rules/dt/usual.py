"""Dates that are in order at a glance, as nearly all are: what the rules about dates ask before they read any."""

from __future__ import annotations

from functools import lru_cache

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.places import DATES
from feedlint.quick import datetime, timezone
from feedlint.source.plain import DAY, TIME

_USUAL = regex(f"{DAY}T{TIME}Z")
"""The form all records use."""


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
