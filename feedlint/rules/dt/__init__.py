"""DT, dates."""

from __future__ import annotations

from feedlint.diagnostic import WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.dt.clear import is_addressed_by_its_month, is_named_after_its_day
from feedlint.rules.dt.usual import usual

RULES: tuple[Rule, ...] = (
    rule("DT001", "date-format", sees="field", clear=usual),
    rule("DT002", "impossible-date", sees="field", clear=usual),
    rule("DT003", "file-name-date", severity=WARNING, clear=is_named_after_its_day),
    rule("DT004", "url-date", severity=WARNING, clear=is_addressed_by_its_month),
    rule("DT005", "future-date", severity=WARNING, sees="field", clear=usual),
)
