"""XR: what holds between records, and between a record and the site around it."""

from __future__ import annotations

from feedlint.rules.xr import (
    duplicate_title,
    duplicate_url,
    provider_name_conflict,
    related_duplicate,
    slug_mismatch,
    unknown_topic,
)

RULES = (
    duplicate_url.check,
    related_duplicate.check,
    unknown_topic.check,
    slug_mismatch.check,
    provider_name_conflict.check,
    duplicate_title.check,
)
