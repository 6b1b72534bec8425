"""UR009."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Label
from feedlint.edits import fragment_span, set_value
from feedlint.lazy import regex
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur.clear import is_video
from feedlint.rules.ur.sites import are_editions, host_of, host_span, owns, source
from feedlint.source import Node
from feedlint.typed import Final, NamedTuple

_PROVIDER = "provider:\n  name: Example Times\n  domain: {}"
_RELATED = """\
related:
  - title: "What the ferry will cost"
    publishedDateTime: 2020-12-08T18:05:00Z
    webUrl: "https://www.example.net/ferry"
    provider:
      name: Example Post
      domain: """

_WRITTEN = regex(
    r"(?:[a-z]{3,5}:(?=[/\\]))?[/\\]*(?P<host>[^/?#\\:@]+)(?::[0-9]*)?(?P<rest>(?:[/?#\\].*)?)",
    re.IGNORECASE | re.DOTALL,
)
_NAME = regex(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}")

EXAMPLES: Final = [
    Example(bad=_PROVIDER.format("www.example.com"), fixed=_PROVIDER.format("example.com")),
    Example(bad=_PROVIDER.format("https://Example.com/"), fixed=_PROVIDER.format("example.com")),
    Example(bad=_PROVIDER.format("example.com/news"), fixed=_PROVIDER.format("example.com"), safety=UNSAFE),
    Example(bad=_RELATED + "www.example.net", fixed=_RELATED + "example.net"),
    Example(bad=_RELATED + "example.org"),
    Example(bad=_PROVIDER.format("ample.com")),
    Example(bad=_PROVIDER.format("Example Times")),
    Example(good=_RELATED + "example.net"),
    Example(
        good='originalUrl: "https://youtube.com/watch?v=a1b2c3d4e5F"\ntype: video\n' + _PROVIDER.format("example.com")
    ),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A provider's `domain` is a bare host name that the story's `originalUrl` (or else its `webUrl`) is at or below.

    The same name in another country (`bbc.com`, `bbc.co.uk`) is the same publisher.
    A video is shown at YouTube or Vimeo, whoever made it: its address is not compared.

    ## Why

    Apps show the domain as the source, and find the publisher's picture and other stories by it. With another
    domain, or the same with `www.` or `https://` before it, the story is another publisher's, or nobody's.

    ## Fix safety

    Safe: writing the host name alone, in lower case, without `www.`, scheme or port, where the story is at that very
    host or below. Unsafe: dropping a path, or `www.` where the story's address says nothing of it. There is no fix
    for another domain: which of the two is wrong is not in the file.

    ## Sources

    It holds without exception in 7,933 news records measured, videos apart, and in the courses, samples and
    communities of one feed (194 records).
    """
    url = _publisher_address(record)
    address = source(url.value) if url is not None else None
    for node in record.texts("provider-domain"):
        if not node.value.strip():
            continue  # SC004 has said it
        name = _read(node.value)
        if name is None:
            problem = f"{show(node.path)} is {urls.show(node.value)}, which is no host name, as in `example.com`"
            yield at(node, problem, help="write the publisher's domain")
        elif url is not None and address is not None and not _is_of(host_of(address), _ascii(name.host)):
            yield _mismatch(record, node, url, name.host, host_of(address))
        elif name.host != node.value:
            safety = SAFE if name.is_all and (address is not None or not name.had_www) else UNSAFE
            yield at(
                node,
                f"{show(node.path)} is {urls.show(node.value)}, not the bare host name {urls.show(name.host)}",
                fix=set_value(record.document, node, name.host, f"Write {urls.show(name.host)}", safety),
            )


def _publisher_address(record: Record) -> Node | None:
    """Return where the address stands that tells the publisher of *record*: not that of a video."""
    kind = record.field("type")
    if kind is not None and is_video(kind.value):
        return None
    url = record.field("original-url") or record.field("web-url")
    return url if url is not None and url.tag == "str" else None


class _Name(NamedTuple):
    host: str
    had_www: bool
    is_all: bool


def _read(text: str) -> _Name | None:
    """Return the host name that *text* holds, or None where it holds none."""
    match = _WRITTEN.fullmatch(text.strip())
    host = match["host"].lower().rstrip(".") if match is not None else ""
    if match is None or len(host) > _LONGEST or not _NAME.fullmatch(host):
        return None
    bare = host.removeprefix("www.")
    bare = bare if "." in bare else host
    return _Name(bare, bare != host, match["rest"] in ("", "/"))


_LONGEST = 253


def _is_of(host: str, domain: str) -> bool:
    return owns(domain, host) or are_editions(domain, host)


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    return host_of(urls.clean(f"https://{host}/") or "")


def _mismatch(record: Record, node: Node, url: Node, domain: str, host: str) -> Diagnostic:
    return at(
        node,
        f"{show(node.path)} is {urls.show(domain)}, and {url.key} is at {urls.show(host)}",
        labels=(Label(fragment_span(record.document, url, *host_span(url.value)), show(url.path)),),
        help="write the domain of the publisher of this story, or the address at that publisher",
    )
