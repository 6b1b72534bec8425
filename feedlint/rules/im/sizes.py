"""What the image rules share: the numbers an image declares, the picture's own, and the fix that sets them."""

from __future__ import annotations

from feedlint import urls
from feedlint.source import scalars
from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from feedlint.diagnostic import Fix
    from feedlint.pictures import Picture
    from feedlint.record import Image, Record
    from feedlint.source import Node

MAX_ASPECT: Final = 15
"""How many times longer than wide a picture may be: a 16:9 one that lost a digit is 18, the longest real one 13."""
FOLDER: Final = "/organizations/"
"""Where the pictures of providers are, named after their domains."""
SMALL: Final = "50x50"
"""The pixels of such a picture."""
Size = tuple[int | None, int | None]


def original(node: Node | None) -> Node | None:
    """Return what *node* stands for, if it is an alias, or *node*."""
    return node.target if node is not None and node.target and not isinstance(node.target, str) else node


def number(node: Node | None) -> int | None:
    """Return the whole number that *node* holds (in quotes, too: SC003 speaks of these), or None."""
    node = original(node)
    return int(node.value) if node is not None and scalars.resolve(node.value) == "int" else None


def address(image: Image) -> str | None:
    """Return the URL of *image* once it is repaired, or None where there is none (UR001 speaks of it)."""
    url = original(image.url)
    return urls.clean(url.value, rooted=True) if url is not None and url.tag == "str" else None


def local_picture(record: Record, image: Image) -> tuple[str, tuple[int, int] | Picture] | None:
    """Return where in the repository the picture of *image* is, and its size or why there is none.

    None where the picture is not this repository's.
    """
    url = address(image)
    path = record.repository.local_path(url) if url is not None else None
    return (path, record.repository.picture(path)) if path is not None else None


def is_too_long(width: int | None, height: int | None) -> bool:
    """Tell whether a picture of that size is more than :data:`MAX_ASPECT` times as long as wide, or as wide as long."""
    return width is not None and height is not None and max(width, height) > MAX_ASPECT * min(width, height)


def set_size(record: Record, image: Image, size: Size, title: str) -> Fix | None:
    """Return the fix that makes *image* declare *size*, writing what is missing at its place after the URL.

    A side that is None is left alone. Returns None where one of them cannot be written.
    """
    from feedlint.edits import combined, insert_after, set_value

    fixes: list[Fix | None] = []
    after = image.url
    for role, node, side in zip(("image-width", "image-height"), (image.width, image.height), size, strict=True):
        if node is not None:
            after = node
        if side is None or (node is not None and node.data == side and node.tag == "int"):
            continue
        if node is not None:
            fixes.append(set_value(record.document, node, side, title))
        elif after is not None and (key := record.key_of(role)):
            fixes.append(insert_after(record.document, after, key, side, title, style=scalars.PLAIN))
        else:
            return None
    made = [fix for fix in fixes if fix is not None]
    if not made or len(made) < len(fixes):
        return None
    return combined(made, title)
