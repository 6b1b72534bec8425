"""YA, YAML: does every reader read the same data?"""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.ya import ambiguous_scalar, duplicate_key, exotic_yaml, lost_text, not_a_record, yaml_syntax

RULES: tuple[Rule, ...] = (
    yaml_syntax.check,
    duplicate_key.check,
    not_a_record.check,
    ambiguous_scalar.check,
    lost_text.check,
    exotic_yaml.check,
)
