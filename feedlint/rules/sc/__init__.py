"""SC, schema: is it the record the apps expect?"""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.sc import (
    invalid_value,
    malformed_secured,
    missing_field,
    scores_disagree,
    unknown_field,
    wrong_type,
)

RULES: tuple[Rule, ...] = (
    missing_field.check,
    unknown_field.check,
    wrong_type.check,
    invalid_value.check,
    scores_disagree.check,
    malformed_secured.check,
)
