"""YA, YAML: does every reader read the same data?"""

from __future__ import annotations

from feedlint.rule import Rule

RULES: tuple[Rule, ...] = ()
