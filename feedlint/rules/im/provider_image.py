"""IM004."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import Diagnostic, Label
from feedlint.edits import fragment_span
from feedlint.lazy import regex
from feedlint.pictures import Picture
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.im.sizes import FOLDER, SMALL, address, local_picture
from feedlint.source import Node, Span
from feedlint.typed import Final

# A picture that is named after a domain, in the folder for them, with its size or without.
_NAMED = regex(rf"{FOLDER}(?P<name>[^/?#]*?)(?:-(?P<size>[0-9]{{1,5}}x[0-9]{{1,5}}))?\.[A-Za-z]{{3,4}}(?=[?#]|\Z)")
_DOMAIN = regex(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")

_LOGO = (
    "provider:\n  name: Example Times\n  domain: example.com\n  images:\n"
    '    - url: "https://feed.example.org/assets/images/organizations/%s.jpg"\n      width: %d\n      height: %d\n'
)


EXAMPLES: Final = [
    Example(bad=_LOGO % ("example.net-50x50", 50, 50)),
    Example(bad=_LOGO % ("example.com-600x600", 600, 600)),
    Example(good=_LOGO % ("example.com-50x50", 50, 50)),
    Example(
        good="provider:\n  name: Example Times\n  domain: example.com\n  images:\n"
        '    - url: "https://img.example.net/logo.png"\n      width: 120\n      height: 80\n'
    ),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The picture of a provider is the provider's own, and the small one.

    Looked at are pictures that are named after a domain in a folder `organizations`
    (`/assets/images/organizations/example.com-50x50.jpg`): the domain is that of the provider, or above or below it,
    and the picture has 50 × 50 pixels. What a feed names in another way is its own affair.

    ## Why

    Beside the story readers see whose it is: with the picture of another publisher it is taken for theirs. There is
    room for a picture of 50 × 50 pixels.

    ## Sources

    Of 12,525 providers of real feeds all have the picture of their own domain, of 50 × 50 pixels.
    """
    providers = {node: node.children for node in record.fields("provider")}
    domains = {node.parent: node for node in record.texts("provider-domain")}
    for image in record.images:
        provider = _above(image.node, providers)
        url = address(image)
        match = _NAMED.search(url) if url is not None and provider is not None else None
        if match is None or image.url is None or not _DOMAIN.fullmatch(match["name"].lower()):
            continue
        local = local_picture(record, image)
        if local is not None and local[1] is Picture.MISSING:
            continue  # IM003 speaks of it
        domain = domains.get(provider)
        if domain is not None and not _is_kin(match["name"], domain.value):
            yield at(
                image.url,
                f"{show(image.url.path)} is the picture of {urls.show(match['name'])}, "
                f"but {show(domain.path)} is {urls.show(domain.value)}",
                span=_find(record, image.url, match["name"]),
                labels=(Label(domain.span, "the provider"),),
                help="name the provider's own picture, or the right provider",
            )
        elif match["size"] not in (None, SMALL):
            yield at(
                image.url,
                f"{show(image.url.path)} is the picture of {match['size']} pixels: a provider has the one of {SMALL}",
                span=_find(record, image.url, match["size"]),
                help="name the small picture of the provider",
            )


def _above(node: Node, providers: dict[Node, list[Node]]) -> Node | None:
    """Return the provider that *node* is a part of."""
    parent = node.parent
    while parent is not None and parent not in providers:
        parent = parent.parent
    return parent


def _is_kin(name: str, domain: str) -> bool:
    """Tell whether one domain is the other, or a part of it; UR009 speaks of what is no domain."""
    name, domain = name.lower().removeprefix("www."), domain.strip().lower().removeprefix("www.")
    return f".{name}".endswith(f".{domain}") or f".{domain}".endswith(f".{name}") or not _DOMAIN.fullmatch(domain)


def _find(record: Record, node: Node, text: str) -> Span:
    start = node.value.rfind(text)
    return fragment_span(record.document, node, start, start + len(text)) if start >= 0 else node.span
