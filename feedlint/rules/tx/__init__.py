"""TX, text: what readers see as garbage in titles, excerpts and names."""

from __future__ import annotations

from feedlint.diagnostic import ERROR, INFO, WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.tx.boring import WIDE, free_of, has_no_signs
from feedlint.rules.tx.clear import has_lost_nothing, has_no_placeholder

RULES: tuple[Rule, ...] = (
    rule("TX001", "mojibake", severity=ERROR, sees="field", clear=free_of(WIDE), gate=has_no_signs),
    rule("TX002", "lost-characters", severity=WARNING, sees="field", clear=has_lost_nothing, gate=has_no_signs),
    rule("TX003", "html-entity", severity=WARNING, sees="field", clear=free_of("&"), gate=has_no_signs),
    rule("TX004", "html-tag", severity=WARNING, sees="field", clear=free_of("<&\\"), gate=has_no_signs),
    rule("TX005", "escape-sequence", severity=WARNING, sees="field", clear=free_of("\\%=<&"), gate=has_no_signs),
    rule(
        "TX006", "invisible-character", severity=WARNING, sees="field", clear=free_of(f"\xa0{WIDE}"), gate=has_no_signs
    ),
    rule("TX007", "whitespace", severity=WARNING, sees="field", clear=free_of(f" \n\r\t\xa0{WIDE}"), gate=has_no_signs),
    rule("TX008", "placeholder-text", severity=WARNING, sees="field", clear=has_no_placeholder),
    rule("TX009", "not-normalized", severity=INFO, default=False, sees="field", clear=free_of(WIDE), gate=has_no_signs),
)
