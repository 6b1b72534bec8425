"""Which host an address is at, and which hosts belong to one site."""

from __future__ import annotations

from functools import lru_cache

from feedlint import urls
from feedlint.lazy import regex
from feedlint.typed import Any, Final

_HOST = regex(r"(?i:https?)://(\[[^]]*\]|[^/?#:]*)")
_COUNTRY: Final = 2
"""Letters of the last part of a domain that a country gives away."""
_PREFIX = regex(r"\A(?:www[0-9]?|m|mobile|amp)\.(?=[^.]+\.)")


def source(url: str) -> str | None:
    """Return the sound form of *url*, or the page's where it is an AMP cache or viewer URL; None if it has none."""
    from feedlint.rules.ur.amp import publisher_url

    clean = urls.clean(url)
    return urls.clean(publisher_url(clean) or clean) if clean is not None else None


@lru_cache(maxsize=1024)  # several rules ask it of the addresses of files that are looked at together
def host_of(url: str) -> str:
    """Return the host of the sound address *url*, in lower case, without port or final dot."""
    match = _HOST.match(url)
    return match[1].lower().rstrip(".") if match is not None else ""


def host_span(url: str) -> tuple[int, int]:
    """Return where the host stands in *url*, or all of *url* where it is not plain to see."""
    match = _HOST.match(url)
    return match.span(1) if match is not None and match[1] else (0, len(url))


def owns(domain: str, host: str) -> bool:
    """Tell whether *host* is *domain* or a name below it."""
    return host == domain or host.endswith(f".{domain}")


def are_related(host: str, other: str) -> bool:
    """Tell whether the names alone show that *host* and *other* are one site: but for ``www.``, one is of the other."""
    if host == other:
        return True
    host, other = (_PREFIX.sub("", name) for name in (host, other))
    return owns(host, other) or owns(other, host)


def is_one_site(host: str, other: str) -> bool:
    """Tell whether *host* and *other* belong to one owner: they share the domain that is registered, or its name.

    The list of public suffixes is asked only where the names alone do not tell.
    """
    if are_related(host, other):
        return True
    host, other = (_PREFIX.sub("", name) for name in (host, other))
    registered = _registered(host)
    return registered is not None and (registered == _registered(other) or are_editions(host, other))


def are_editions(host: str, other: str) -> bool:
    """Tell whether *host* and *other* are one publisher's in two countries, as ``bbc.com`` and ``bbc.co.uk`` are.

    The registered domains have one name, and one of them is a country's: ``.com`` and ``.org`` have two owners.
    """
    one, two = _registered(host), _registered(other)
    if one is None or two is None or one.partition(".")[0] != two.partition(".")[0]:
        return False
    tops = (name.rpartition(".")[2] for name in (one, two))
    return any(len(top) == _COUNTRY and top.isalpha() for top in tops)


def _registered(host: str) -> str | None:
    """Return the domain that *host* is in, as somebody has registered it; None where it is nobody's."""
    found: str | None = _suffixes(host.rpartition(".")[2]).privatesuffix(host)
    return found


@lru_cache(maxsize=64)
def _suffixes(top: str) -> Any:
    """Return the public suffixes that end in *top*, and maybe others: all take ten times as long.

    With the private ones: two sites at github.io have two owners.
    """
    from publicsuffixlist import PSLFILE, PublicSuffixList

    if not top.isascii() or top.startswith("xn--"):  # which the list writes in their own letters
        return PublicSuffixList()
    with open(PSLFILE, "rb") as file:
        lines = file.read().lower().splitlines()
    asked = top.encode()
    return PublicSuffixList([line for line in lines if asked in line])
