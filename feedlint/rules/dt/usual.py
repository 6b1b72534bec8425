"""Dates that are in order at a glance, as nearly all are: what the rules about dates ask before they read any."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache

from feedlint.lazy import regex
from feedlint.record import Record

# In the form all records use, from the year 1000 on, and in the calendar; 29 February takes a closer look.
_USUAL = regex(
    "[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
)


def usual(record: Record) -> bool:
    """Tell whether each date of *record* is in the usual form, exists, and is not still to come.

    Dates of this form compare as texts.
    """
    return record.once(usual, _usual)


def plain(record: Record) -> bool:
    """Tell whether each date of *record* is usual, and written without quotes."""
    return usual(record) and all(node.style == "plain" for node in record.fields("date", "updated-date"))


def _usual(record: Record) -> bool:
    now = _text(record.repository.today)
    return all(
        node.tag == "str" and node.value <= now and _USUAL.fullmatch(node.value)
        for node in record.fields("date", "updated-date")
    )


@lru_cache(maxsize=1)  # a run has one
def _text(today: datetime) -> str:
    return today.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
