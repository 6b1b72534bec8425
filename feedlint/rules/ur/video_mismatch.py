"""UR010."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import Diagnostic, Label
from feedlint.edits import fragment_span
from feedlint.lazy import regex
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.typed import Final, NamedTuple

_VIDEO = """\
originalUrl: "{}"
type: video
featuredContent: "<iframe src=\\"{}\\" allowfullscreen></iframe>\""""
_ID = "a1b2c3d4e5F"

_PLAYER = regex(
    r"(?://|\bwww\.)(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/(?!videoseries\b|live_stream\b)(?P<youtube>[\w-]+)"
    r"|player\.vimeo\.com/video/(?P<vimeo>[0-9]+))",
    re.IGNORECASE | re.ASCII,
)
_PAGE = regex(
    r"https?://(?:(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com/(?:watch/?\?(?:[^#]*&)?v=|(?:shorts|live|embed|v)/)"
    r"|youtu\.be/)(?P<youtube>[\w-]+)"
    r"|https?://(?:www\.)?vimeo\.com/(?:channels/[\w-]+/|groups/[\w-]+/videos/)?(?P<vimeo>[0-9]+)(?![^/?#])"
    r"|https?://player\.vimeo\.com/video/(?P<player>[0-9]+)",
    re.IGNORECASE | re.ASCII,
)

EXAMPLES: Final = [
    Example(
        bad=_VIDEO.format("https://youtube.com/watch?v=Z9y8x7w6v5U", f"https://www.youtube.com/embed/{_ID}"),
    ),
    Example(bad=_VIDEO.format("https://vimeo.com/4711", "https://player.vimeo.com/video/4712")),
    Example(good=_VIDEO.format(f"https://youtu.be/{_ID}?t=7", f"https://www.youtube-nocookie.com/embed/{_ID}")),
    Example(good=_VIDEO.format("https://vimeo.com/4711", "https://player.vimeo.com/video/4711?h=0")),
    Example(
        good=f'featuredContent: "<iframe src=\\"https://www.youtube.com/embed/{_ID}\\"></iframe>"',
    ),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The video that is played in place, in `featuredContent`, is the one that `originalUrl` leads to.

    Known are the players and addresses of YouTube and Vimeo. A story that is no video itself may show any.

    ## Why

    The reader taps one video and sees another.

    ## Sources

    In all 8,815 videos measured the two are the same. YouTube IFrame Player parameters; Vimeo oEmbed.
    """
    url = record.field("original-url") or record.field("web-url")
    page = _PAGE.match(url.value.strip()) if url is not None and url.tag == "str" else None
    if url is None or page is None:
        return
    wanted = _video(page)
    for node in record.texts("featured-content"):
        players = list(_PLAYER.finditer(node.value))
        if not players or any(_video(player) == wanted for player in players):
            continue
        player = players[0]
        played = _video(player)
        offset = url.value.index(page[0])
        start, end = (offset + place for place in page.span(page.lastgroup or 0))
        site = f"the {wanted.site} video " if wanted.site != played.site else ""
        yield at(
            node,
            f"{show(node.path)} plays the {played.site} video {urls.show(played.id)}, "
            f"and {url.key} leads to {site}{urls.show(wanted.id)}",
            span=fragment_span(record.document, node, *player.span(player.lastgroup or 0)),
            labels=(Label(fragment_span(record.document, url, start, end), f"the video of {show(url.path)}"),),
            help="write the player of the same video",
        )


class _Video(NamedTuple):
    site: str
    id: str


def _video(match: re.Match[str]) -> _Video:
    group = match.lastgroup or ""
    return _Video("YouTube" if group == "youtube" else "Vimeo", match[group])
