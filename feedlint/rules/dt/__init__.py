"""DT, dates."""

from __future__ import annotations

from feedlint.rule import Rule

RULES: tuple[Rule, ...] = ()
