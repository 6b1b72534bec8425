"""UR, URLs: can readers open them, and do they lead to this story?"""

from __future__ import annotations

from feedlint.diagnostic import INFO, WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.ur.boring import boring
from feedlint.rules.ur.clear import is_at_its_provider, plays_its_video

RULES: tuple[Rule, ...] = (
    rule("UR001", "invalid-url", sees="field", clear=boring),
    rule("UR002", "unescaped-url", severity=WARNING, sees="field", clear=boring),
    rule("UR003", "insecure-url", severity=INFO, sees="field", clear=boring),
    rule("UR004", "tracking-parameter", severity=WARNING, sees="field", clear=boring),
    rule("UR005", "cdn-amp-mismatch", clear=boring),
    rule("UR006", "amp-pair-incomplete", clear=boring),
    rule("UR007", "amp-foreign-site", severity=WARNING, clear=boring),
    rule("UR008", "cache-url-as-source", sees="field", clear=boring),
    rule("UR009", "provider-domain-mismatch", severity=WARNING, clear=is_at_its_provider),
    rule("UR010", "video-mismatch", severity=WARNING, clear=plays_its_video),
)
