"""IM002."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import UNSAFE, Diagnostic, Fix, Label
from feedlint.record import Image, Record, show
from feedlint.rule import Example, at
from feedlint.rules.im.hints import MAX_SIDE, Hint, fits, hint, side_fits
from feedlint.rules.im.sizes import address, is_too_long, local_picture, number, set_size
from feedlint.typed import Final
from feedlint.values import replace

_PIXELS = tuple[int, int]

_TRAM = 'images:\n  - url: "https://img.example.com/%s"\n    width: %d\n    height: %d\n'


EXAMPLES: Final = [
    Example(bad=_TRAM % ("tram-1200x630.jpg", 120, 63), fixed=_TRAM % ("tram-1200x630.jpg", 1200, 630), safety=UNSAFE),
    Example(
        bad=_TRAM % ("tram-630x1200.jpg", 1200, 630), fixed=_TRAM % ("tram-630x1200.jpg", 630, 1200), safety=UNSAFE
    ),
    Example(bad=_TRAM % ("tram.jpg?w=600", 1200, 630), fixed=_TRAM % ("tram.jpg?w=600", 600, 315), safety=UNSAFE),
    Example(bad=_TRAM % ("640x360/tram.jpg", 360, 640), fixed=_TRAM % ("640x360/tram.jpg", 640, 360), safety=UNSAFE),
    Example(bad=_TRAM % ("1200x0/tram.jpg", 600, 315)),
    Example(good=_TRAM % ("tram-1200x630.jpg", 1200, 630)),
    Example(good=_TRAM % ("tram-1200x630.jpg", 1200, 631)),
    Example(good=_TRAM % ("tram.jpg?w=600", 300, 400)),
    Example(good=_TRAM % ("tram_615.jpg", 1200, 630)),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The size of an image does not contradict the one that its URL tells.

    A URL tells the size exactly (`-1200x630.jpg`, `?resize=1200%2C630`), or only the most that it can be (`?w=600`,
    `/640x360/`); of numbers elsewhere in it nothing follows. One pixel more or less is rounding. Pictures of the
    repository itself are measured (IM003), and drawings that scale (`.svg`) have any size.

    ## Why

    Apps make room for a picture from its declared size. With that of the original, where the URL asks for a smaller
    one, or with width and height swapped, the picture is blurred, stretched, or cut.

    ## Fix safety

    Unsafe: the URL may be as wrong as the size, and only the picture itself can tell. Written is the size that the URL
    tells exactly; the declared one turned, where that fits; else the declared one made smaller in its own shape until
    it fits, as a server does with the original.

    ## Sources

    Of 1,166 pictures of real feeds none is larger than its URL allows, and 79 of 79 have the size their URL tells
    exactly.
    """
    for image in record.images:
        url, size = address(image), _declared(image)
        if url is None or size is None or local_picture(record, image) is not None or _is_drawing(url):
            continue
        told = hint(url)
        if fits(size, told) or image.url is None or image.width is None or image.height is None:
            continue
        limit = f"{told.width} × {told.height}" if told.height is not None else f"{told.width} pixels wide"
        turned = ", width and height swapped" if told.height is not None and fits(size[::-1], told) else ""
        wrong = [
            node
            for node, side, other in zip((image.width, image.height), size, told[:2], strict=True)
            if other is not None and not side_fits(side, other, exact=told.exact)
        ]
        yield at(
            image.node,
            f"{show(image.node.path)} has the size {size[0]} × {size[1]}, but its URL says "
            f"{'' if told.exact else 'at most '}{limit}{turned}",
            span=wrong[0].span,
            labels=(*(Label(node.span, "and here") for node in wrong[1:]), Label(image.url.span, "this picture")),
            fix=_fix(record, image, size, told),
            help="write the size of the picture, or the URL of the one that has this size",
        )


def _declared(image: Image) -> _PIXELS | None:
    """Return the size that *image* declares, or None where IM001 speaks of it."""
    width, height = number(image.width), number(image.height)
    if width is None or height is None or not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return None
    return None if is_too_long(width, height) else (width, height)


def _is_drawing(url: str) -> bool:
    return url.partition("?")[0].partition("#")[0].lower().endswith((".svg", ".svgz"))


def _fix(record: Record, image: Image, size: _PIXELS, told: Hint) -> Fix | None:
    wanted = size[1], size[0]
    if told.exact and told.width is not None and told.height is not None:
        wanted = told.width, told.height
    elif told.height is None or not fits(wanted, told):
        wanted = _smaller(size, told)
    if not fits(wanted, told) or is_too_long(*wanted):
        return None
    fix = set_size(record, image, wanted, f"Write {wanted[0]} × {wanted[1]}")
    return replace(fix, safety=UNSAFE) if fix is not None else None


def _smaller(size: _PIXELS, told: Hint) -> _PIXELS:
    """Return *size* scaled down to what *told* allows; *size* itself where no side is larger."""
    for index, most in ((0, told.width), (1, told.height)):
        if most is not None and size[index] > most:
            scaled = [max(1, (side * most + size[index] // 2) // size[index]) for side in size]
            size = scaled[0], scaled[1]
    return size
