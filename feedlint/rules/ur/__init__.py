"""UR, URLs: can readers open them?"""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.ur import amp_pair_incomplete, cdn_amp_mismatch, invalid_url, unescaped_url

RULES: tuple[Rule, ...] = (
    invalid_url.check,
    unescaped_url.check,
    cdn_amp_mismatch.check,
    amp_pair_incomplete.check,
)
