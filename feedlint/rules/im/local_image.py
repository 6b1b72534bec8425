"""IM003."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import Diagnostic, Label
from feedlint.pictures import Picture
from feedlint.record import Image, Record, show
from feedlint.rule import Example, at
from feedlint.rules.im.sizes import local_picture, number, set_size
from feedlint.typed import Final

_TRAM = "images:\n  - url: /assets/tram.png\n    width: %d\n    height: %d\n"
_THERE = {"assets/tram.png": (60, 40)}


EXAMPLES: Final = [
    Example(bad=_TRAM % (50, 50), fixed=_TRAM % (60, 40), pictures=_THERE),
    Example(bad=_TRAM % (60, 400), fixed=_TRAM % (60, 40), pictures=_THERE),
    Example(bad=_TRAM % (60, 40), pictures={"assets/ferry.png": (60, 40)}),
    Example(bad=_TRAM % (60, 40), pictures={"assets/Tram.png": (60, 40)}),
    Example(
        bad="images:\n  - url: https://feed.example/news/assets/tram.png\n    width: 50\n    height: 50",
        fixed="images:\n  - url: https://feed.example/news/assets/tram.png\n    width: 60\n    height: 40",
        pictures=_THERE,
    ),
    Example(good=_TRAM % (60, 40), pictures=_THERE),
    Example(good=_TRAM % (60, 40)),
    Example(
        good="images:\n  - url: /assets/logo.svg\n    width: 60\n    height: 40",
        pictures={"assets/logo.svg": (1, 1)},
    ),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A picture that the repository holds is there, can be read, and has the size that is declared.

    These are pictures named by a path from the root of the site (`/assets/tram.png`), or by an address under the
    site's own (`url` and `baseurl` of `_config.yml`). A name must be right in upper and lower case. A drawing that
    scales (SVG) may have any size. Nothing is said where the pictures are not part of the checkout: the folder is
    not there, the site's root is unknown, or Git LFS has left only a pointer.

    ## Why

    A missing picture is a grey box in every story that uses it; a wrong size is a picture that is stretched, or
    blurred. The repository itself is what the site is built from, so nobody need ask a server.

    ## Fix safety

    Safe: the size is read from the picture's own header, turned as the picture is shown. What file was meant by a
    name that is not there is not guessed.
    """
    for image in record.images:
        local = local_picture(record, image)
        if image.url is None or local is None:
            continue
        path, size = local
        if isinstance(size, tuple):
            yield from _compare(record, image, size)
        elif size is Picture.MISSING:
            other = record.repository.spelling(path)
            yield at(
                image.url,
                f"{show(image.url.path)} names {urls.show(path)}, which is not in the repository",
                help=f"there is {urls.show(other or path)}"
                if other not in (None, path)
                else "add the picture, or name one that is there",
            )
        elif size is Picture.UNREADABLE:
            message = f"{show(image.url.path)} names {urls.show(path)}, which is not a picture that can be read"
            yield at(image.url, message, help="put a sound picture in its place")


def _compare(record: Record, image: Image, size: tuple[int, int]) -> Iterator[Diagnostic]:
    declared = number(image.width), number(image.height)
    # What no picture has is IM001's to tell.
    sides = [side if value is not None and value > 0 else None for side, value in zip(size, declared, strict=True)]
    wrong = [
        (node, f"{name} {value}")
        for name, node, value, side in zip(
            ("width", "height"), (image.width, image.height), declared, sides, strict=True
        )
        if node is not None and side is not None and side != value
    ]
    if not wrong or image.url is None:
        return
    (node, _), *others = wrong
    yield at(
        image.node,
        f"{show(image.node.path)} has the {' and the '.join(words for _, words in wrong)}, "
        f"but its picture is {size[0]} × {size[1]} pixels",
        span=node.span,
        labels=(*(Label(other.span, "and here") for other, _ in others), Label(image.url.span, "this picture")),
        fix=set_size(record, image, (sides[0], sides[1]), f"Write {size[0]} × {size[1]}"),
    )
