"""FM, front matter: can every reader find the record?"""

from __future__ import annotations

from feedlint.rule import Rule

RULES: tuple[Rule, ...] = ()
