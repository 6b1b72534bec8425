"""DT, dates."""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.dt import date_format, file_name_date, future_date, impossible_date, url_date

RULES: tuple[Rule, ...] = (
    date_format.check,
    impossible_date.check,
    file_name_date.check,
    url_date.check,
    future_date.check,
)
