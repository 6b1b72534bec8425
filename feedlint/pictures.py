"""How large a picture is, from the head of its file."""

from __future__ import annotations

from enum import Enum
from io import BytesIO

from feedlint.typed import BinaryIO

_PNG = b"\x89PNG\r\n\x1a\n"
_GIF = (b"GIF87a", b"GIF89a")
_JPEG = b"\xff\xd8"
# ITU-T T.81, table B.1: frames of all kinds (C8 and CC are none, C4 is a table), the start of the pixels, and APP1,
# where Exif is.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = 0xC4
_PIXELS = 0xDA
_EXIF = 0xE1
_SEGMENTS = 0xDB
# Bytes in which PNG and GIF tell their size, and the pixels of a side that only a library is believed.
_START = 26
_MOST = 0x8000
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
    try:
        head = file.read(_START)
        size = _of_start(head)
        if size is None:
            head += file.read(_HEAD - len(head))
            size = _of_jpeg(head) if head.startswith(_JPEG) else None
        file.seek(0)
    except OSError:
        return None
    return size or _asked(file, head)


def _of_start(head: bytes) -> tuple[int, int] | None:
    """Return the size that a PNG or a GIF tells in its first bytes; None where others are to be asked."""
    if head.startswith(_PNG) and head[12:16] == b"IHDR" and len(head) == _START:
        width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    elif head.startswith(_GIF) and len(head) == _START:
        width, height = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    else:
        return None
    return (width, height) if 0 < width < _MOST and 0 < height < _MOST else None


def _of_jpeg(head: bytes) -> tuple[int, int] | None:
    """Return the size of a JPEG whose segments can be followed up to its pixels, and that is not turned."""
    size = None
    at = len(_JPEG)
    while at + 4 <= len(head) and head[at] == 0xFF:
        kind, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if kind == _PIXELS:
            return size
        if kind == _EXIF or not (kind == _TABLES or kind in _FRAMES or _SEGMENTS <= kind < 0xFF) or length < 2:
            return None
        if kind in _FRAMES:
            if size is not None or length < 8:
                return None
            height, width = int.from_bytes(head[at + 5 : at + 7], "big"), int.from_bytes(head[at + 7 : at + 9], "big")
            size = (width, height) if width and height else None
        at += 2 + length
    return None


def _asked(file: BinaryIO, head: bytes) -> tuple[int, int] | None:
    """Return what the libraries say of the picture in *file*, which begins with *head*."""
    import imagesize

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
