"""TX, text: what readers see as garbage in titles, excerpts and names."""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.tx import (
    escape_sequence,
    html_entity,
    html_tag,
    invisible_character,
    lost_characters,
    mojibake,
    not_normalized,
    placeholder_text,
    whitespace,
)

RULES: tuple[Rule, ...] = (
    mojibake.check,
    lost_characters.check,
    html_entity.check,
    html_tag.check,
    escape_sequence.check,
    invisible_character.check,
    whitespace.check,
    placeholder_text.check,
    not_normalized.check,
)
