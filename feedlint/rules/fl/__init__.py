"""FL: the comments that are written for feedlint."""

from __future__ import annotations

from feedlint.rules.fl import unused_suppression

RULES = (unused_suppression.check,)
