"""IM, images: are they there, in the size they say?"""

from __future__ import annotations

from feedlint.rule import Rule
from feedlint.rules.im import image_size, image_size_hint, local_image, provider_image

RULES: tuple[Rule, ...] = (image_size.check, image_size_hint.check, local_image.check, provider_image.check)
