"""IM001."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint import urls
from feedlint.diagnostic import ERROR, WARNING, Diagnostic, Fix, Label
from feedlint.lazy import regex
from feedlint.likeness import closest
from feedlint.record import Image, Record, show
from feedlint.rule import Example, at
from feedlint.rules.im.hints import MAX_SIDE, hint
from feedlint.rules.im.sizes import (
    MAX_ASPECT,
    Size,
    address,
    is_too_long,
    local_picture,
    number,
    original,
    set_size,
)
from feedlint.source import Node, Span
from feedlint.typed import Final

_SPELT = regex(r"([0-9]{1,5})(?: ?px|\.0{1,3})")

_URL = 'images:\n  - url: "https://img.example.com/%s"\n'
_TRAM = _URL % "tram.jpg"
_SIZED = _URL % "tram-1200x630.jpg"
_SIZE = "    width: 1200\n    height: 630\n"


EXAMPLES: Final = [
    Example(bad=_SIZED, fixed=_SIZED + _SIZE),
    Example(bad=_SIZED + "    height: 630\n", fixed=_SIZED + _SIZE),
    Example(bad=_SIZED + "    width: 0\n    height: 630\n", fixed=_SIZED + _SIZE),
    Example(bad=_SIZED + "    width: 1200\n    height: 63\n", fixed=_SIZED + _SIZE),
    Example(bad=_TRAM + "    width: 1200px\n    height: 630\n", fixed=_TRAM + _SIZE),
    Example(
        bad="images:\n  - url: /assets/tram.png\n",
        fixed="images:\n  - url: /assets/tram.png\n    width: 60\n    height: 40\n",
        pictures={"assets/tram.png": (60, 40)},
    ),
    Example(bad=_TRAM + "    width: 1200\n"),
    Example(bad=_TRAM + "    width: wide\n    height: -630\n"),
    Example(bad=_TRAM + "    width: 120000\n    height: 63000\n"),
    Example(bad=_TRAM + "    width: 1200\n    height: 63\n"),
    Example(good=_TRAM + _SIZE),
    Example(good=_URL % "banner-1200x90.jpg" + "    width: 1200\n    height: 90\n"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """An image has a width and a height in pixels that a picture can have.

    Whole numbers from 1 to 20,000. A picture more than 15 times as long as wide is a warning (a digit may be lost),
    unless its URL tells the same size. A size that the picture in the repository has is never wrong.

    ## Why

    Apps lay a story out before its picture is there. Without a size, or with an impossible one, the text jumps when
    the picture comes, or the picture is left out, squeezed to a line, or divides by zero.

    ## Fix safety

    Safe: the size is that of the picture in the repository, or the one its URL states exactly (`-1200x630.jpg`,
    `?resize=1200%2C630`; 79 of 79 real ones were right), or the number that is there with `px` or `.0` after it.
    There is no fix where the other number of the image, if sound, says something else.
    """
    for image in record.images:
        nodes, declared = (image.width, image.height), (number(image.width), number(image.height))
        local = local_picture(record, image)
        pixels = local[1] if local and isinstance(local[1], tuple) else None
        problems = [_problem(*each, image, pixels) for each in zip(("width", "height"), nodes, declared, strict=True)]
        problems = [
            "" if node is None and _is_misspelt(record, image, role) else problem
            for role, node, problem in zip(("image-width", "image-height"), nodes, problems, strict=True)
        ]
        wrong, severity = [bool(problem) for problem in problems], ERROR
        if not any(wrong):
            if pixels is not None or not is_too_long(*declared):
                continue
            wrong, severity = [True, True], WARNING
            problems = [f"has the size {declared[0]} × {declared[1]}, more than {MAX_ASPECT} times as long as wide"]
        told = hint(address(image) or "")
        certain: Size = pixels or (told[:2] if told.exact else (None, None))
        if declared == certain and None not in declared:
            continue  # its URL tells the same
        first, *others = [_span(image, node) for node, is_wrong in zip(nodes, wrong, strict=True) if is_wrong]
        fix = _fix(record, image, declared, wrong, certain)
        yield at(
            image.node,
            f"{show(image.node.path)} {', and '.join(filter(None, problems))}",
            span=first,
            severity=severity,
            labels=tuple(Label(span, "and here") for span in others if span != first),
            fix=fix,
            help="" if fix else "write the width and the height of the picture in pixels",
        )


def _problem(name: str, node: Node | None, value: int | None, image: Image, pixels: tuple[int, int] | None) -> str:
    """Return what is wrong with *value*, the *name* of *image*, "" where nothing is."""
    if node is None:
        return f"has no {name}" if image.url is not None else ""  # SC001 speaks of an image without a URL
    if value is None:
        written = original(node)
        if written is None or not written.value:
            return f"has a {name} without a number"
        return f"has the {name} {urls.show(written.value)}, which is not a whole number"
    if value <= 0:
        return f"has the {name} {value}, which no picture has"
    if value > MAX_SIDE and pixels is None:
        return f"has the {name} {value}, more than the {MAX_SIDE:,} pixels that a picture can have"
    return ""


def _is_misspelt(record: Record, image: Image, role: str) -> bool:
    """Tell whether the field with *role*, which *image* lacks, is there by another name, of which SC002 speaks."""
    name = record.key_of(role) if record.schema is not None else None
    return name is not None and any(closest(child.key or "", [name]) for child in image.node.children)


def _span(image: Image, node: Node | None) -> Span:
    if node is not None and node.span.start < node.span.end:
        return node.span
    beside = node or image.url
    return (beside and beside.key_span) or image.node.span


def _fix(record: Record, image: Image, declared: Size, wrong: Sequence[bool], certain: Size) -> Fix | None:
    """Return the fix that sets the *wrong* sides to those that are *certain*, None where one is not."""
    size: list[int | None] = []
    for node, value, is_wrong, side in zip((image.width, image.height), declared, wrong, certain, strict=True):
        spelt = _SPELT.fullmatch(node.value) if node is not None else None
        size.append(side or (int(spelt[1]) if spelt else None) if is_wrong else None)
        if (is_wrong and not size[-1]) or (not is_wrong and side not in (None, value)):
            return None
    return set_size(record, image, (size[0], size[1]), "Write the size of the picture")
