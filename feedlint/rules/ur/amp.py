"""AMP cache URLs: the one of a page, the page of one, and where two that should agree do not.

After "AMP Cache URL Format" (amp.dev) and ``GetCacheURL`` of ampproject/amppackager. The URLs are absolute and
sound (:func:`feedlint.urls.clean`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedlint.lazy import regex
from feedlint.quick import sha256
from feedlint.typed import Final, NamedTuple

SUFFIX: Final = ".cdn.ampproject.org"
_MAX_LABEL: Final = 63  # RFC 1035 section 2.3.4
_MAX_HOST: Final = 253
_DEEPEST: Final = 4

_URL = regex(
    r"(?P<scheme>https?)://(?:[^/?#]*@)?(?P<host>\[[^]/?#]*\]|[^/?#:]*)(?::[0-9]*)?"
    r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_CACHE = regex(
    r"(?P<scheme>https?)://(?P<label>[^./?#]+)\.cdn\.ampproject\.org(?::443)?(?![^/?#])"
    r"(?P<type>(?:/[^/?#]*)?)(?P<secure>/s(?![^/?#]))?/?(?P<host>[^/?#]*)"
    r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_CACHED = regex(
    r"https?://(?:"
    r"(?:[^./?#]+\.)?cdn\.ampproject\.org/(?:c|v|a|ad|wp)"  # Google's cache, until 2017 without a label
    r"|(?:(?:[^./?#]+\.)?www\.|[^./?#]+\.)?bing-amp\.com/c"
    r"|(?:[^./?#]+\.)?amp\.cloudflare\.com/[cv]"
    r"|(?P<viewer>(?:www\.)?(?:google(?:\.com?)?\.[a-z]{2,3}|bing\.com)/amp)"
    r")/(?P<secure>s/)?(?P<host>[^/?#]+\.[^/?#]+)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_OF_VIEWER = regex(r"(?:amp_js[^=]*|amp_gsa|amp_r|amp_kit|usqp|amp_latest_update_time)(?:=.*)?", re.DOTALL)


class Difference(NamedTuple):
    """A *part* of a cache URL that is not what the page's URL makes of it.

    The part stands (or is missing) at *start* to *end* of the cache URL; it comes from *of_page* of the page's URL.
    """

    part: str
    start: int
    end: int
    found: str
    expected: str
    of_page: tuple[int, int]


def labels(host: str) -> tuple[str, ...]:
    """Return what may stand before :data:`SUFFIX` for pages of *host*, what the cache uses today first.

    That is the host as one readable label, or else a hash of it. A label with "--" in places 3 and 4 stands
    between "0-" and "-0"; before April 2020 it was given up for the hash. Returns () where nothing can be computed.
    """
    from unicodedata import bidirectional

    name = _u_labels(host.lower())
    if name is None:
        return ()
    ascii_host = _a_labels(host.lower())
    hashes = tuple(dict.fromkeys((_hash(ascii_host), _hash(name))))
    directions = {bidirectional(character) for character in name}
    mixed = "L" in directions and not directions.isdisjoint(("R", "AL"))
    if _is_reserved(ascii_host) or "." not in name or len(name) > _MAX_LABEL or mixed:
        return hashes
    label = _a_labels(name.replace("-", "--").replace(".", "-")).lower()
    if _is_reserved(label):
        label = f"0-{label}-0"
        return (label, *hashes) if len(label) <= _MAX_LABEL else hashes
    return (label,) if len(label) <= _MAX_LABEL else hashes


def _is_reserved(label: str) -> bool:
    """Tell whether "--" in places 3 and 4 of *label* would be taken for a prefix like "xn--" (RFC 5890)."""
    return label[2:4] == "--" and not label.startswith("xn")


def _a_labels(host: str) -> str:
    labels = host.split(".")
    return ".".join(each if each.isascii() else "xn--" + each.encode("punycode").decode("ascii") for each in labels)


def _u_labels(host: str) -> str | None:
    """Return *host* in Unicode, or None where it is no host or has a label that stands for none.

    Python's "idna" codec refuses what the cache takes: emoji, hyphens in places 3 and 4, long names.
    """
    labels = host.split(".")
    # A delimiter has a letter before it (RFC 3492 section 3.1), which Python's codec does not mind.
    if len(host) > _MAX_HOST or any(each[:5] == "xn---" and each.rfind("-") == 4 for each in labels):
        return None
    try:
        name = ".".join(each[4:].encode().decode("punycode") if each[:4] == "xn--" else each for each in labels)
        name.encode("utf-8")  # no lone surrogates
    except (UnicodeError, ValueError, OverflowError):
        return None
    return name


def _hash(host: str) -> str:
    from base64 import b32encode

    return b32encode(sha256(host.encode("utf-8")).digest()).decode("ascii").rstrip("=").lower()


def cache_url(url: str) -> str | None:
    """Return the AMP cache URL of the page at *url*, or None where it cannot be computed.

    Where *url* is a cache or viewer URL itself, its page's is meant.
    """
    page = _URL.fullmatch(publisher_url(url) or url)
    if page is None or not (found := labels(page["host"])):
        return None
    secure = "s/" if page["scheme"].lower() == "https" else ""
    rest = page["path"] + (page["query"] or "") + (page["fragment"] or "")
    return f"https://{found[0]}{SUFFIX}/c/{secure}{page['host'].lower()}{rest}"


def publisher_url(url: str) -> str | None:
    """Return the URL of the page that the AMP cache or viewer URL *url* shows, or None where it is not one.

    A viewer may show what a cache has.
    """
    page = _unwrapped(url)
    for _ in range(_DEEPEST):
        inner = _unwrapped(page) if page is not None else None
        if inner is None:
            return page
        page = inner
    return None


def _unwrapped(url: str) -> str | None:
    shown = _CACHED.fullmatch(url)
    if shown is None:
        return None
    path, query, fragment = shown["path"], shown["query"] or "", shown["fragment"] or ""
    if shown["viewer"]:  # the page's "?" may arrive escaped, the viewer's own after it
        path, _, escaped = re.sub("%3F", "?", path, count=1, flags=re.IGNORECASE).partition("?")
        query = "&".join(filter(None, (escaped and f"?{escaped}", query[1:] if escaped else query)))
    parameters = query[1:].split("&")
    kept = [each for each in parameters if not _OF_VIEWER.fullmatch(each)]
    if len(kept) < len(parameters):
        query = "?" + "&".join(kept) if kept else ""
    if "amp_tf=" in fragment or "ampshare=" in fragment:
        fragment = ""
    return f"{'https' if shown['secure'] else 'http'}://{shown['host']}{path}{query}{fragment}"


def page_host(url: str) -> tuple[int, int] | None:
    """Return where the page's host stands in *url*, or None where that is no AMP cache or viewer URL."""
    shown = _CACHED.fullmatch(url)
    return shown.span("host") if shown is not None else None


def differences(url: str, cached: str) -> Iterator[Difference]:
    """Yield the parts of *cached* in which it is not the cache URL of the page at *url*.

    Spellings of one address are equal: the case of escapes, escaped letters, a host in Unicode or ASCII, "" and "/"
    for a path. A final slash, "+" for "%20", the case of letters and the order of parameters make a difference.
    """
    original = publisher_url(url)
    page, cache = _URL.fullmatch(original or url), _CACHE.fullmatch(cached)
    if page is None or not (accepted := labels(page["host"])):
        return
    whole = (0, len(url))
    if cache is None:
        other = _URL.fullmatch(cached)
        start, end = other.span("host") if other is not None else (0, len(cached))
        yield Difference("host", start, end, cached[start:end], accepted[0] + SUFFIX, whole)
        return
    parts = {
        "scheme": ("https", "scheme"),
        "label": (accepted[0], "host"),
        "type": ("/c", "host"),
        "secure": ("/s" if page["scheme"].lower() == "https" else "", "scheme"),
        "host": (page["host"].lower(), "host"),
        **{part: (page[part] or "", part) for part in ("path", "query", "fragment")},
    }
    at = 0
    for part, (expected, source) in parts.items():
        found = cache[part] or ""
        start = cache.start(part) if found else at
        at = start + len(found)
        if _form(part, found) != _form(part, expected) and not (part == "label" and found.lower() in accepted):
            of_page = page.span(source) if original is None and page[source] else whole
            yield Difference(part, start, at, found, expected, of_page)


def _form(part: str, text: str) -> str:
    """Return the form that all spellings of a *part* of an address share."""
    if part == "host":
        from urllib.parse import unquote

        name = unquote(text).lower()
        return _u_labels(name) or name
    if part in ("path", "query", "fragment"):
        return "" if text == "#" else _same(text) or ("/" if part == "path" else "")
    return text.lower()


def _same(text: str) -> str:
    """Return the form that all spellings of a path, query or fragment share (RFC 3986 section 6.2.2)."""
    return re.sub(r"%[0-9a-fA-F]{2}|[^!-~]", _canonical, text)


def _canonical(match: re.Match[str]) -> str:
    if not match[0].startswith("%"):
        return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
    character = chr(int(match[0][1:], 16))
    unreserved = character.isascii() and (character.isalnum() or character in "-._~")
    return character if unreserved else match[0].upper()
