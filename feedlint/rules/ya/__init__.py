"""YA, YAML: does every reader read the same data?"""

from __future__ import annotations

from feedlint.rule import Rule, rule

RULES: tuple[Rule, ...] = (
    rule("YA001", "yaml-syntax", sees="document"),
    rule("YA002", "duplicate-key", sees="document"),
    rule("YA003", "not-a-record", sees="document"),
    rule("YA004", "ambiguous-scalar", sees="document"),
    rule("YA005", "lost-text", sees="document"),
    rule("YA006", "exotic-yaml", sees="document"),
)
