"""XR: what holds between records, and between a record and the site around it."""

from __future__ import annotations

from feedlint.diagnostic import INFO, WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.xr import (
    duplicate_title,
    duplicate_url,
    provider_name_conflict,
    related_duplicate,
    slug_mismatch,
    unknown_topic,
)

RULES: tuple[Rule, ...] = (
    rule("XR001", "duplicate-url", severity=WARNING, sees="feed", mentions=duplicate_url.mentions),
    rule("XR002", "related-duplicate", severity=WARNING, clear=related_duplicate.is_alone),
    rule("XR003", "unknown-topic", severity=WARNING, around=True, clear=unknown_topic.are_known),
    rule("XR004", "slug-mismatch", severity=WARNING, clear=slug_mismatch.is_named),
    rule(
        "XR005",
        "provider-name-conflict",
        severity=INFO,
        sees="feed",
        mentions=provider_name_conflict.mentions,
        differ="value",
    ),
    rule("XR006", "duplicate-title", severity=INFO, sees="feed", mentions=duplicate_title.mentions),
)
