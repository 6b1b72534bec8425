"""How large a picture is, from the head of its file."""

from __future__ import annotations

from enum import Enum
from io import BytesIO
from typing import BinaryIO

_JPEG = b"\xff\xd8"
_HEAD = 1_000_000
_ORIENTATION = 0x0112  # Exif 2.32, section 4.6.4; 5 to 8 are a quarter turn
_FIRST_ON_ITS_SIDE = 5


class Picture(Enum):
    """Why a picture has no size."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    """It cannot be told from here: a drawing that scales, a file kept by Git LFS, pictures kept elsewhere."""


def picture_size(file: BinaryIO) -> tuple[int, int] | None:
    """Return width and height in pixels of the picture in *file*, open at its start, as it is shown.

    (A photo may be stored on its side.) None where it is not a picture that can be read.
    """
    import imagesize

    try:
        head = file.read(_HEAD)
        file.seek(0)
    except OSError:
        return None
    # A JPEG's size is behind any number of other segments, each of which takes time; elsewhere it has its place.
    if head.startswith(_JPEG):
        file = BytesIO(head)
    try:
        width, height = imagesize.get(file)
    except Exception:  # noqa: BLE001  # a damaged header makes it fail in many ways; Pillow has the last word
        width = height = -1
    if width > 0 and height > 0:
        return int(width), int(height)
    from warnings import catch_warnings, simplefilter

    from PIL import Image

    try:
        with catch_warnings():
            file.seek(0)
            simplefilter("ignore")  # a picture too large to be decoded is not decoded here
            with Image.open(file) as image:
                width, height = image.size
                on_its_side = image.getexif().get(_ORIENTATION, 1) >= _FIRST_ON_ITS_SIDE
                return (height, width) if on_its_side else (width, height)
    except Exception:  # noqa: BLE001  # any file may be named as a picture
        return None
