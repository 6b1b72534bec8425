"""What the URL of a picture tells of its size.

Measured on 1,166 pictures of real feeds: exact hints agreed with the declared size in 79 of 79; ``w=N`` and ``/WxH/``
only bound it; numbers elsewhere in a name (``_615.jpg``, ``=w400-h224``) say nothing. A style of Drupal's that is named
after keeping the picture's shape (``max_WxH``) bounds it too.
"""

from __future__ import annotations

import re

from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

MAX_SIDE: Final = 20_000
"""Pixels; no picture of a story has more on a side."""
# Smaller numbers are an aspect ratio ("hero-16x9.jpg") or a count ("2x3"), in a name inches too ("poster-36x48.jpg").
_MIN_SIDE: Final = 32
_MIN_IN_NAME: Final = 50
# What rounding makes of a side that is scaled; nobody sees it.
_ROUNDING: Final = 1

# Without a query, or a number before an "x", an address tells nothing.
_MAY_TELL = regex(r"x(?<=[0-9]x)")
_SIDE = "([0-9]{2,5})"
_NAME = regex(rf"[-_]{_SIDE}x{_SIDE}\.[A-Za-z]{{3,4}}\Z")
_LONGEST_NAME: Final = 17
"""Characters of what ``_NAME`` fits, at most."""
_FOLDER = regex(rf"/(?:resize/{_SIDE}x{_SIDE}!|thumbnail/{_SIDE}x{_SIDE}|styles/[^/]{{0,60}}?{_SIDE}x{_SIDE})/")
_WIDTH = regex(rf"/{_SIDE}x0/")
_BOX = regex(rf"/{_SIDE}x{_SIDE}/")
_PAIR = regex(rf"{_SIDE}(?:,|%2[Cc]){_SIDE}")
_NUMBER = regex(r"[0-9]{2,5}")
# A style of Drupal that keeps the shape of the picture.
_KEPT_SHAPE = regex(r"/styles/[^/]*(?:max|scale|fit)")
# A folder that asks a server for a size: "/w_300,h_200/", "/tr:w-300/", "/max/300/", "/s1600/", "/0x200/".
_ASKED = regex(
    r"[/,:](?:w|h|s|width|height|max|resize|fit|fill|limit|crop|scale|size|tr)[-_=:/](?:[a-z]{1,6}[-_=:])?"
    r"[0-9]{2,5}[/,:x]|/s[0-9]{2,5}/|/0x[0-9]{2,5}/"
)
# What does not change a picture's size.
_NEUTRAL: Final = frozenset([
    "v", "ver", "version", "rev", "r", "t", "ts", "time", "timestamp", "d", "date", "cb", "_", "q", "quality", "strip",
    "ssl", "itok", "auto", "fm",
])  # fmt: skip


class Hint(NamedTuple):
    """*width* and *height* in pixels as far as they are told: *exact*, or else the most they can be."""

    width: int | None = None
    height: int | None = None
    exact: bool = True


def hint(url: str) -> Hint:
    """Return what *url* tells of its picture's size.

    A size asked for in the query is that of the answer, one in a folder's name that of a proxy's answer, whatever
    the name of the original says; so where either asks for something that is not known the name says nothing.
    """
    if "?" not in url:
        told = _MAY_TELL.findall(url)
        if not told:
            return Hint()
        if len(told) == 1 and "#" not in url and (match := _NAME.search(url, max(0, len(url) - _LONGEST_NAME))):
            return _within(_hint(match), _MIN_IN_NAME) if not _ASKED.search(url) else Hint()
    path, _, query = url.partition("#")[0].partition("?")
    found, least = _in_query(query) or _in_folder(path), _MIN_SIDE
    if found is None and (match := _NAME.search(path)) and not _is_changed(path, query):
        found = _hint(match)
        least = _MIN_IN_NAME
    return _within(found, least) if found is not None else Hint()


def _within(found: Hint, least: int) -> Hint:
    """Return what was *found*, if all sides have from *least* to :data:`MAX_SIDE` pixels; else nothing."""
    return found if all(side is None or least <= side <= MAX_SIDE for side in found[:2]) else Hint()


def fits(size: tuple[int, int], told: Hint) -> bool:
    """Tell whether a picture of *size* may be at a URL that tells *told*."""
    width, height, exact = told
    return (width is None or side_fits(size[0], width, exact=exact)) and (
        height is None or side_fits(size[1], height, exact=exact)
    )


def side_fits(side: int, other: int, *, exact: bool) -> bool:
    """Tell whether a picture may have *side* where its URL tells *other*."""
    return side <= other + _ROUNDING and (not exact or side >= other - _ROUNDING)


def _in_query(query: str) -> Hint | None:
    given: dict[str, str] = {}
    for parameter in query.split("&"):
        name, _, value = parameter.partition("=")
        given.setdefault(name.lower(), value)
    for name in ("resize", "fit", "thumbnail"):
        if match := _PAIR.fullmatch(given.get(name, "")):
            return Hint() if "zoom" in given else _hint(match)
    sides = {
        name: int(given[name]) for name in ("w", "h", "px", "width", "height") if _NUMBER.fullmatch(given.get(name, ""))
    }
    if not sides:
        return None
    if {"w", "h"} <= set(sides):
        return Hint(sides["w"], sides["h"], exact=given.get("fit", "crop") == "crop") if "dpr" not in given else Hint()
    width = sides.get("w", sides.get("px", sides.get("width")))
    scale = {"": 1, "1": 1, "2": 2, "3": 3}.get(given.get("dpr", ""))
    return Hint(width * scale, exact=False) if width and scale else Hint()


def _in_folder(path: str) -> Hint | None:
    if match := _FOLDER.search(path) or _WIDTH.search(path):
        return _hint(match)._replace(exact=not _KEPT_SHAPE.match(match[0]))
    box = _BOX.search(path)
    return _hint(box)._replace(exact=False) if box else None


def _is_changed(path: str, query: str) -> bool:
    """Tell whether an address may ask for the picture in another size than that of the original in its name."""
    parameters = (parameter.partition("=") for parameter in query.split("&"))
    return any(sign and name.lower() not in _NEUTRAL for name, sign, _ in parameters) or bool(_ASKED.search(path))


def _hint(match: re.Match[str]) -> Hint:
    sides = [int(side) for side in match.groups() if side is not None]
    return Hint(sides[0], sides[1] if sides[1:] else None)
