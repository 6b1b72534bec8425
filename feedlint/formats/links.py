"""Links in a terminal, from the code of a rule to the page that explains it."""

from __future__ import annotations

import os
from collections.abc import Callable

from feedlint.typed import Final, TextIO

_PAGES: Final = os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, "docs", "rules")
"""The pages of a checkout; an installed package has none, and then there are no links."""

Link = Callable[[str, str], str]
"""Given the code of a rule and a text, returns the text as a link to the page of that rule."""


def linker(stream: TextIO, *, color: bool) -> Link:
    """Return what makes links on *stream*; where there is no page, or nobody to follow them, it leaves a text alone.

    As with colour, a person is asked for: *stream* is a terminal, or FORCE_HYPERLINK says that what reads it knows
    links ("0": that it knows none).
    """
    forced = os.environ.get("FORCE_HYPERLINK", "")
    if not color or forced == "0" or not (forced or stream.isatty()):
        return lambda _, text: text

    def link(code: str, text: str) -> str:
        page = os.path.join(_PAGES, f"{code}.md")
        # OSC 8 (gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda), ended by ST.
        return f"\x1b]8;;{_address(page)}\x1b\\{text}\x1b]8;;\x1b\\" if os.path.isfile(page) else text

    return link


def _address(page: str) -> str:
    """Return the URL of *page*, with the machine's name: to a terminal elsewhere it is no file of its own."""
    from pathlib import Path
    from urllib.parse import quote

    address = Path(os.path.abspath(page)).as_uri()
    return address.replace("file://", f"file://{quote(os.uname().nodename)}", 1) if hasattr(os, "uname") else address
