"""FM, front matter: can every reader find the record?"""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.fm import (
    byte_order_mark,
    content_after_record,
    control_character,
    false_delimiter,
    file_size,
    line_endings,
    malformed_delimiter,
    missing_closing_delimiter,
    missing_opening_delimiter,
    not_utf8,
)

RULES: tuple[Rule, ...] = (
    missing_opening_delimiter.check,
    missing_closing_delimiter.check,
    malformed_delimiter.check,
    false_delimiter.check,
    content_after_record.check,
    not_utf8.check,
    byte_order_mark.check,
    control_character.check,
    line_endings.check,
    file_size.check,
)
