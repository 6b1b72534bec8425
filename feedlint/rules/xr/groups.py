"""What the rules about the whole feed share: facts that are about the same thing, and addresses of the same page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedlint.lazy import regex
from feedlint.rule import Fact

# A fragment that begins with "!" or "/" chooses the page, where a script shows the pages of a site.
_ADDRESS = regex(r"(?i:https?)://([^/?#]*)/?([^#]*(?:#[!/].*)?)")


def groups(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yield those of *facts* that have the same key, where they are of more than one file; each file's first only."""
    by_key: dict[str, dict[str, Fact]] = {}
    for fact in facts:
        by_key.setdefault(fact.key, {}).setdefault(fact.path, fact)
    for found in by_key.values():
        if len(found) > 1:
            yield list(found.values())


@lru_cache(maxsize=1024)  # several rules ask it of the addresses of files that are looked at together
def page(url: str) -> str:
    """Return what two addresses of the same page have in common: *url* without scheme, fragment and final "/".

    The host is the same in upper and lower case. "" where it is no address.
    """
    match = _ADDRESS.match(url.strip())
    return f"{match[1].lower()}/{match[2].removesuffix('/')}" if match and match[1] else ""
