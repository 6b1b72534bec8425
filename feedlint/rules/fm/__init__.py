"""FM, front matter: can every reader find the record?"""

from __future__ import annotations

from feedlint.rule import Rule, rule
from feedlint.rules.fm.clear import ends_its_lines_as_others

RULES: tuple[Rule, ...] = (
    rule("FM001", "missing-opening-delimiter", sees="document"),
    rule("FM002", "missing-closing-delimiter", sees="document"),
    rule("FM003", "malformed-delimiter", sees="document"),
    rule("FM004", "false-delimiter", sees="document"),
    rule("FM005", "content-after-record", sees="document"),
    rule("FM006", "not-utf8", sees="document"),
    rule("FM007", "byte-order-mark", sees="document"),
    rule("FM008", "control-character", sees="document"),
    rule("FM009", "line-endings", sees="document", clear=ends_its_lines_as_others),
    rule("FM010", "file-size", sees="size"),
)
