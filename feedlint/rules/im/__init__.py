"""IM, images: are they there, in the size they say?"""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.im import image_size, local_image

RULES: tuple[Rule, ...] = (image_size.check, local_image.check)
