"""SC, schema: is it the record the apps expect?"""

from __future__ import annotations

from feedlint.rule import Rule

RULES: tuple[Rule, ...] = ()
