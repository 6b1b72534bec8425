"""TX, text: what readers see as garbage in titles, excerpts and names."""

from __future__ import annotations

from feedlint.rule import Rule

RULES: tuple[Rule, ...] = ()
