"""UR, URLs: can readers open them, and do they lead to this story?"""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.ur import (
    amp_foreign_site,
    amp_pair_incomplete,
    cache_url_as_source,
    cdn_amp_mismatch,
    insecure_url,
    invalid_url,
    provider_domain_mismatch,
    tracking_parameter,
    unescaped_url,
    video_mismatch,
)

RULES: tuple[Rule, ...] = (
    invalid_url.check,
    unescaped_url.check,
    insecure_url.check,
    tracking_parameter.check,
    cdn_amp_mismatch.check,
    amp_pair_incomplete.check,
    amp_foreign_site.check,
    cache_url_as_source.check,
    provider_domain_mismatch.check,
    video_mismatch.check,
)
