"""What the rules about the whole feed keep of each record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from feedlint.likeness import letters
from feedlint.record import Record
from feedlint.rule import Mention
from feedlint.rules.xr.groups import page


def addresses(record: Record) -> Iterator[Mention]:
    """Keep the addresses of the story itself; that it is related to several others is no mistake."""
    if record.schema is None or not record.is_root:
        return
    for role in ("web-url", "original-url"):
        node = record.field(role)
        if node is not None and node.tag == "str" and page(node.value):
            yield Mention(node, f"{record.schema.name} {role} {page(node.value)}", str(node.key))


def titles(record: Record) -> Iterator[Mention]:
    """Keep the title of the story."""
    node = record.field("title")
    if record.schema is None or not record.is_root or node is None or node.tag != "str" or not node.value.strip():
        return
    url = record.field("web-url") or record.field("original-url")
    words = " ".join(node.value.casefold().split())
    yield Mention(node, f"{record.schema.name} {words}", page(url.value) if url is not None else "")


def providers(record: Record) -> Iterator[Mention]:
    """Keep the names of providers, by their domains."""
    for name in record.texts("provider-name"):
        parent = name.parent
        domain = next((node for node in record.texts("provider-domain") if node.parent is parent), None)
        if domain is not None and (key := _provider(domain.value, name.value)):
            yield Mention(name, key, name.value)


@lru_cache(maxsize=1024)  # a feed has the stories of a few publishers
def _provider(domain: str, name: str) -> str:
    return f"{domain.casefold()} {letters(name)}" if letters(name) else ""
