"""SC, schema: is it the record the apps expect?"""

from __future__ import annotations

from feedlint.diagnostic import WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.sc.clear import is_valid, scores_agree

RULES: tuple[Rule, ...] = (
    rule("SC001", "missing-field", clear=is_valid),
    rule("SC002", "unknown-field", clear=is_valid),
    rule("SC003", "wrong-type", clear=is_valid),
    rule("SC004", "invalid-value", clear=is_valid),
    rule("SC005", "scores-disagree", severity=WARNING, clear=scores_agree),
    rule("SC006", "malformed-secured", clear=is_valid),
)
