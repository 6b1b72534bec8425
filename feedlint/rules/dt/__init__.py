"""DT, dates."""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.dt import date_format, impossible_date

RULES: tuple[Rule, ...] = (date_format.check, impossible_date.check)
