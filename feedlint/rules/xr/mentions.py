"""What the rules about the whole feed keep of each record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from feedlint.brief import Brief
from feedlint.likeness import letters
from feedlint.rule import Mention
from feedlint.rules.xr.groups import page


def addresses(record: Brief) -> Iterator[Mention]:
    """Keep the addresses of the story itself; that it is related to several others is no mistake."""
    if record.schema is None or not record.is_root:
        return
    for role in ("web-url", "original-url"):
        url = record.own(role)
        if url is not None and (found := page(url)):
            yield record.outline.own[role], f"{record.schema.name} {role} {found}", None


def titles(record: Brief) -> Iterator[Mention]:
    """Keep the title of the story."""
    title = record.own("title")
    if record.schema is None or not record.is_root or title is None or not title.strip():
        return
    url = record.own("web-url") or record.own("original-url")
    words = " ".join(title.casefold().split())
    yield record.outline.own["title"], f"{record.schema.name} {words}", page(url) if url is not None else ""


def providers(record: Brief) -> Iterator[Mention]:
    """Keep the names of providers, by their domains."""
    for at, domain in record.outline.names:
        name = record.says[at]
        if key := _provider(record.says[domain], name):
            yield at, key, name


@lru_cache(maxsize=1024)  # a feed has the stories of a few publishers
def _provider(domain: str, name: str) -> str:
    return f"{domain.casefold()} {letters(name)}" if letters(name) else ""
