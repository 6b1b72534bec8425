"""UR, URLs: can readers open them, and do they lead to this story?"""

from __future__ import annotations

from feedlint.diagnostic import INFO, WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.ur import provider_domain_mismatch, video_mismatch
from feedlint.rules.ur.boring import boring

RULES: tuple[Rule, ...] = (
    rule("UR001", "invalid-url", sees="field", clear=boring),
    rule("UR002", "unescaped-url", severity=WARNING, sees="field", clear=boring),
    rule("UR003", "insecure-url", severity=INFO, sees="field", clear=boring),
    rule("UR004", "tracking-parameter", severity=WARNING, sees="field", clear=boring),
    rule("UR005", "cdn-amp-mismatch", clear=boring),
    rule("UR006", "amp-pair-incomplete", clear=boring),
    rule("UR007", "amp-foreign-site", severity=WARNING, clear=boring),
    rule("UR008", "cache-url-as-source", sees="field", clear=boring),
    rule("UR009", "provider-domain-mismatch", severity=WARNING, clear=provider_domain_mismatch.is_clear),
    rule("UR010", "video-mismatch", severity=WARNING, clear=video_mismatch.is_clear),
)
