"""What browsers make of an address, what is wrong with one, and how it can be put right.

Parsing is WHATWG's (https://url.spec.whatwg.org/), by ``can_ada``, loaded only for what is not plainly sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedlint.diagnostic import SAFE, UNSAFE, Safety
from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple
from feedlint.words import by_number


class Flaw(NamedTuple):
    """What is wrong with characters *start* to *end* of an address, in words that follow the field's name.

    *repair* is empty where nothing can be done without knowing more.
    """

    start: int
    end: int
    problem: str
    repair: tuple[Fragment, ...] = ()
    safety: Safety = SAFE


_MAX_HOST: Final = 253
"""Characters of the longest host name (RFC 1035 section 2.3.4: 255 octets with the lengths of its labels)."""
PRIVATE: Final = frozenset(
    ["localhost", "local", "test", "invalid", "internal", "intranet", "private", "corp", "home", "lan"]
)
"""Top-level names that mean something on one machine or in one house only (RFC 6761; RFC 6762 appendix G)."""

# Sound beyond doubt: a host of ASCII names, the last of which is no number, then nothing but visible ASCII.
# (To an expression that ignores case and knows more than ASCII, "ſ" and "K", the Kelvin sign, are in [a-z].)
_PLAIN = regex(r"(?i:https?://((?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,62}))(?:[/?#][!-~]*)?", re.ASCII)
_HOST = regex(r"(?:[a-z0-9_-]{1,63}\.)+[a-z0-9_-]{1,63}\.?")
_START = regex(r"https?:[/\\]{2}(?![/\\])", re.IGNORECASE | re.ASCII)
_AUTHORITY = regex(r"[^/\\?#]*")
_ROOTED = regex(r"[/\\](?![/\\])")
_SPACES = regex(r"[\t\r\n ]+")
_SECOND = regex(r"(?<![\t\r\n ])[\t\r\n ]+https?://[^\t\r\n ]+", re.IGNORECASE | re.ASCII)
_CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# White space, and what cannot be seen at the edge of a text: soft hyphen, zero width, direction marks, BOM.
_EDGE: Final = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\xad\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, (*range(0x2000, 0x2010), *range(0x202A, 0x202F)))
)
_NAME_AND_MARK = regex(r"([A-Za-z]{3,8})([ :;.,/\\]{1,8})")
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:(?![0-9])")
_BARE = regex(r"www\.[A-Za-z0-9-]+\.|[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}[:/]")


def is_plain(url: str) -> bool:
    """Tell whether *url* is sound at a glance; where it is not, only :func:`flaw` knows."""
    match = _PLAIN.fullmatch(url)
    if match is None:
        return False
    host = match[1].lower()
    return len(host) <= _MAX_HOST and "xn--" not in host and _is_public(host)


def is_clean(url: str) -> bool:
    """Tell whether *url* is sound and escaped at a glance, as nearly all are."""
    return is_plain(url) and "\\" not in url and not ("&" in url and ";" in url)


def flaw(url: str, *, rooted: bool = False) -> Flaw | None:
    """Return the first reason why *url* is not an absolute http(s) address that all browsers can open, or None.

    *rooted* says that it may also be a path from the root of the site (``/assets/tram.jpg``).
    """
    if is_plain(url):
        return None
    inner = url.strip(_EDGE)
    if not inner:
        return Flaw(0, len(url), "is empty")
    if inner != url:
        start = len(url) - len(url.lstrip(_EDGE))
        edges = (Fragment(0, start, ""), Fragment(start + len(inner), len(url), ""))
        repair = tuple(edge for edge in edges if edge.start < edge.end)
        return Flaw(repair[0].start, repair[0].end, "has white space around the address", repair)
    if second := _SECOND.search(url):
        return Flaw(*second.span(), "holds two addresses")
    if breaks := [match for match in _SPACES.finditer(url) if match[0].strip(" ")]:
        kind = "a tab" if set(breaks[0][0]) == {"\t"} else "a line break"
        # Browsers drop tabs and line breaks, but take the spaces beside them for part of the address.
        safety = UNSAFE if any(" " in match[0] for match in breaks) else SAFE
        drop = tuple(Fragment(*match.span(), "") for match in breaks)
        return Flaw(*breaks[0].span(), f"has {kind} inside the address", drop, safety)
    if control := _CONTROL.search(url):
        return Flaw(*control.span(), f"has the control character U+{ord(control[0]):04X} inside the address")
    if rooted and _ROOTED.match(url):
        return None
    return _scheme_flaw(url) or _host_flaw(url)


def _scheme_flaw(url: str) -> Flaw | None:
    right = _START.match(url)
    scheme, end = _scheme_meant(url)
    if scheme and (right is None or end > right.end()) and _opens(f"{scheme}://{url[end:]}"):
        # A dot or a comma may be what is left of the host's first name.
        safety = UNSAFE if url[end - 1] in ".," else SAFE
        return _replace(0, end, f"begins with {show(url[:end])}, not with `{scheme}://`", f"{scheme}://", safety)
    if right is not None:
        return None
    if url[:2].replace("\\", "/") == "//" and _opens(f"https://{url[2:]}"):
        return _replace(0, 2, "begins with `//`, not with `https://`", "https://")
    if _BARE.match(url) and _opens(f"https://{url}"):
        return Flaw(0, len(url), f"is {show(url)}, without `https://`", (Fragment(0, 0, "https://"),), UNSAFE)
    if other := _SCHEME.match(url):
        return Flaw(0, other.end(), f"begins with {show(other[0])}, not with `https://` or `http://`")
    if "://" in url:
        return Flaw(0, len(url), f"is {show(url)}, which does not begin with `https://`")
    return Flaw(0, len(url), f"is {show(url)}, which is no address: it has no `https://` and no host")


def _scheme_meant(url: str) -> tuple[str, int]:
    """Return the scheme that the beginning of *url* stands for, however it is spelt, and where that ends.

    A scheme is told by its letters, those of "https" in any order and number; what follows must have some part of
    "://". Of two schemes in a row the second is meant. Returns ("", 0) where there is none.
    """
    scheme, end = "", 0
    while (match := _NAME_AND_MARK.match(url, end)) and set(match[2]) & {":", "/", "\\"}:
        name = match[1].lower()
        if not {"t", "p"} <= set(name) <= set("https") or (scheme and name not in ("http", "https")):
            break
        scheme, end = "https" if "s" in name else "http", match.end()
    return scheme, end


def _opens(url: str) -> bool:
    return _START.match(url) is not None and _host_flaw(url) is None


def _host_flaw(url: str) -> Flaw | None:
    import can_ada

    start, end = _authority(url)
    authority = url[start:end]
    user = authority.rfind("@") + 1
    if user:
        problem = "has a user name or a password in it, which all who read the feed can see"
        return _replace(start, start + user, problem, "", UNSAFE)
    if not authority:
        return Flaw(0, start, "has no host")
    try:
        host = can_ada.parse(url).hostname
    except ValueError:
        name, _, port = authority.rpartition(":")
        if _HOST.fullmatch(name.lower()) and can_ada.can_parse(f"https://{name}"):
            return Flaw(start + len(name) + 1, end, f"has the port {show(port)}, which is no number up to 65535")
        return Flaw(start, end, f"has the host {show(authority)}, which no browser accepts")
    problem = _host_problem(host)
    return Flaw(start, end, f"has the host {show(authority)}, {problem}") if problem else None


def _host_problem(host: str) -> str:
    """Return what is wrong with *host*, as the parser gives it, or "" where nothing is."""
    if host.startswith("[") or host.rpartition(".")[2].isdigit():
        from ipaddress import IPv6Address, ip_address

        address = ip_address(host.strip("[]"))
        if isinstance(address, IPv6Address):
            address = address.ipv4_mapped or address
        return "" if address.is_global and not address.is_multicast else "which is no public address"
    if "." not in host.rstrip("."):
        return "which has no dot: such names exist in private networks only"
    if not _HOST.fullmatch(host) or len(host.rstrip(".")) > _MAX_HOST:
        return "which is no name that can be looked up"
    return "" if _is_public(host) else "which exists in a private network only"


def _is_public(host: str) -> bool:
    name = host.lower().rstrip(".")
    return name.rpartition(".")[2] not in PRIVATE and not name.endswith(".home.arpa")  # RFC 8375


def _authority(url: str) -> tuple[int, int]:
    """Return where host and port of the absolute address *url* stand."""
    match = _START.match(url)
    assert match is not None  # callers know the address to begin well
    end = _AUTHORITY.match(url, match.end())
    assert end is not None  # it may be empty
    return end.span()


def _replace(start: int, end: int, problem: str, text: str, safety: Safety = SAFE) -> Flaw:
    return Flaw(start, end, problem, (Fragment(start, end, text),), safety)


def show(text: str, limit: int = 60) -> str:
    """Return *text* in backticks, its end cut off where it is long, what cannot be seen as its code point."""
    seen = by_number(text[:limit])
    return f"`{seen}…`" if len(text) > limit else f"`{seen}`"


# --- what browsers accept and strict readers do not -----------------------------------------------------------

_ENTITY = regex(r"&(?:amp;)*(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)")
_TOKEN = regex(rf"(?P<entity>{_ENTITY.pattern})|(?P<mark>[?#])|(?P<slash>\\+)|(?P<space> +)|(?P<raw>[^ -~]+)")
_UNSAFE = regex(r'[^!-~]|["<>\\^`{|}]')
# Joiners (U+200C, U+200D) are not among them: Persian and Indic words and emoji are spelt with them.
_INVISIBLE = regex("[\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


def escapes(url: str) -> Iterator[Flaw]:
    """Yield what strict readers refuse in the sound address *url*, each with one fragment that escapes it."""
    at = 0
    if _START.match(url):
        yield from _authority_escapes(url)
        at = _authority(url)[1]
    in_path = True
    for match in _TOKEN.finditer(url, at):
        text = match[0]
        if match["mark"]:
            in_path = False
        elif match["entity"]:
            from html import unescape

            decoded = unescape("&" + match[2])
            if decoded.endswith(";") or "\ufffd" in decoded:
                continue  # no entity by that name, or of no character
            written = _UNSAFE.sub(lambda unsafe: _percent(unsafe[0]), decoded.strip("\t\r\n"))
            yield _replace(*match.span(), f"has the HTML entity {show(text)} in it", written)
        elif match["slash"]:
            # Browsers read a backslash as a slash, but not after "?" or "#".
            yield _replace(*match.span(), "has a backslash in it", "/" * len(text) if in_path else _percent(text))
        elif match["space"]:
            yield _replace(*match.span(), "has a space in it", _percent(text))
        elif invisible := _INVISIBLE.search(text):
            problem = f"has the invisible character U+{ord(invisible[0][0]):04X} in it"
            yield _replace(*match.span(), problem, _percent(_INVISIBLE.sub("", text)), UNSAFE)
        else:
            yield _replace(*match.span(), f"has {show(text)} in it, which is not ASCII", _percent(text))


def _authority_escapes(url: str) -> Iterator[Flaw]:
    start, end = _authority(url)
    if "\\" in url[:start]:
        yield _replace(start - 2, start, "has a backslash in it", "//")
    if not url[start:end].isascii():
        import can_ada

        host = can_ada.parse(url).host
        yield _replace(
            start, end, f"has the host {show(url[start:end])}, which most programs know as {show(host)}", host
        )


def _percent(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="/")


def repaired(url: str, *, rooted: bool = False) -> tuple[str, list[tuple[Fragment, ...]]] | None:
    """Return *url* made sound by safe repairs, and these, each of what the one before left; None if they do not."""
    steps: list[tuple[Fragment, ...]] = []
    while found := flaw(url, rooted=rooted):
        if not found.repair or found.safety is UNSAFE:
            return None
        steps.append(found.repair)
        url = apply_fragments(url, found.repair)
    return url, steps


def clean(url: str, *, rooted: bool = False) -> str | None:
    """Return *url* as it is once it is repaired and escaped, or None where there is no safe way to that."""
    return url if is_clean(url) else _cleaned(url, rooted)


@lru_cache(maxsize=32)  # several rules ask it of the same few
def _cleaned(url: str, rooted: bool) -> str | None:
    sound = repaired(url, rooted=rooted)
    if sound is None:
        return None
    escaped = apply_fragments(sound[0], [fragment for each in escapes(sound[0]) for fragment in each.repair])
    return escaped if flaw(escaped, rooted=rooted) is None else None


def origin(start: int, end: int, steps: Sequence[Sequence[Fragment]]) -> tuple[int, int]:
    """Return where characters *start* to *end* (at least one) of a repaired address were before its repairs *steps*."""
    last = end - 1
    for step in reversed(steps):
        for at, to, text in step:
            start += (to - at - len(text)) * (start >= at + len(text))
            last += (to - at - len(text)) * (last >= at + len(text))
    return start, last + 1
