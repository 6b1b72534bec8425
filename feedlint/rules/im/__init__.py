"""IM, images: are they there, in the size they say?"""

from __future__ import annotations

from feedlint.diagnostic import WARNING
from feedlint.rule import Rule, rule
from feedlint.rules.im.usual import usual

RULES: tuple[Rule, ...] = (
    rule("IM001", "image-size", around=True, clear=usual),
    rule("IM002", "image-size-hint", severity=WARNING, around=True, clear=usual),
    rule("IM003", "local-image", around=True, clear=usual),
    rule("IM004", "provider-image", severity=WARNING, around=True, clear=usual),
)
