"""DT, dates."""

from __future__ import annotations

from feedlint.diagnostic import WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.dt import file_name_date, url_date
from feedlint.rules.dt.usual import plain, usual

RULES: tuple[Rule, ...] = (
    rule("DT001", "date-format", sees="field", clear=plain),
    rule("DT002", "impossible-date", sees="field", clear=usual),
    rule("DT003", "file-name-date", severity=WARNING, clear=file_name_date.fits),
    rule("DT004", "url-date", severity=WARNING, clear=url_date.fits),
    rule("DT005", "future-date", severity=WARNING, sees="field", clear=usual),
)
