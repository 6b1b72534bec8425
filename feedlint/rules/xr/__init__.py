"""XR: what holds between records, and between a record and the site around it."""

from __future__ import annotations

from feedlint.diagnostic import INFO, WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.xr import mentions
from feedlint.rules.xr.clear import has_known_topics, is_named_after_its_story, is_related_to_others

RULES: tuple[Rule, ...] = (
    rule("XR001", "duplicate-url", severity=WARNING, sees="feed", mentions=mentions.addresses),
    rule("XR002", "related-duplicate", severity=WARNING, clear=is_related_to_others),
    rule("XR003", "unknown-topic", severity=WARNING, around=True, clear=has_known_topics),
    rule("XR004", "slug-mismatch", severity=WARNING, clear=is_named_after_its_story),
    rule(
        "XR005",
        "provider-name-conflict",
        severity=INFO,
        sees="feed",
        mentions=mentions.providers,
        differ="value",
    ),
    rule("XR006", "duplicate-title", severity=INFO, sees="feed", mentions=mentions.titles),
)
