"""FL: the comments that are written for feedlint."""

from __future__ import annotations

from feedlint.diagnostic import WARNING
from feedlint.rule import Rule, rule

RULES: tuple[Rule, ...] = (rule("FL001", "unused-suppression", severity=WARNING, sees="comments"),)
