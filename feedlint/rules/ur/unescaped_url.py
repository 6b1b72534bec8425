"""UR002."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from feedlint import urls
from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix, Label
from feedlint.edits import fragment_span, replace_fragments
from feedlint.fragments import Fragment
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur.amp import page_host
from feedlint.rules.ur.fields import addresses
from feedlint.source import Document, Node, scalars
from feedlint.typed import Final

_IMAGE = 'images:\n  - url: "{}"\n    width: 1200\n    height: 630'


EXAMPLES: Final = [
    Example(
        bad='webUrl: "https://www.example.com/?id=7&amp;page=2&#038;lang=en"',
        fixed='webUrl: "https://www.example.com/?id=7&page=2&lang=en"',
    ),
    Example(bad='webUrl: "https://www.example.com/a b"', fixed='webUrl: "https://www.example.com/a%20b"'),
    Example(bad='webUrl: "https://www.example.com/für"', fixed='webUrl: "https://www.example.com/f%C3%BCr"'),
    Example(
        bad=_IMAGE.format("https://bücher.example/tram.jpg"),
        fixed=_IMAGE.format("https://xn--bcher-kva.example/tram.jpg"),
    ),
    Example(
        bad='cdnAmpWebUrl: "https://xn--bcher-example-wob.cdn.ampproject.org/c/s/bücher.example/"\n'
        'ampWebUrl: "https://xn--bcher-kva.example/"\nwebUrl: "https://xn--bcher-kva.example/ferry"',
        fixed='cdnAmpWebUrl: "https://xn--bcher-example-wob.cdn.ampproject.org/c/s/xn--bcher-kva.example/"\n'
        'ampWebUrl: "https://xn--bcher-kva.example/"\nwebUrl: "https://xn--bcher-kva.example/ferry"',
    ),
    Example(
        bad="webUrl: https://www.example.com/news\\ferry?a\\b",
        fixed="webUrl: https://www.example.com/news/ferry?a%5Cb",
    ),
    Example(
        bad='webUrl: "https://www.example.com/fer\\u200Bry"',
        fixed='webUrl: "https://www.example.com/ferry"',
        safety=UNSAFE,
    ),
    Example(good='webUrl: "https://www.example.com/?a=1&copy=2&amp=1;b=3|4&lang={en}"'),
    Example(good=_IMAGE.format("https://xn--bcher-kva.example/f%C3%BCr?q=AT%26T")),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A URL is written in the characters a URL is made of: no HTML entity, space, backslash or letter beyond ASCII.

    What else browsers escape by themselves (`|`, `{`, `"`) is left alone: it occurs, and readers cope with it.

    ## Why

    An entity is HTML's way to write `&`: to an app, `&amp;page=2` is a parameter named `amp;page`, and the reader
    gets the wrong page, or a picture in the wrong size. Spaces, backslashes and raw letters are put right by
    browsers, but strict readers (`java.net.URI`, `NSURL` before iOS 17) find no URL at all, and show no link.

    ## Fix safety

    Safe: the address after the fix is the one that every browser makes of it. A backslash becomes a slash before
    `?` and `#` and `%5C` after it, letters become their UTF-8 escapes, a host its ASCII form (also the
    page's host in the path of an AMP cache URL). An entity needs its semicolon and a name that HTML knows; `&copy=2`
    is a parameter. Unsafe is to delete an invisible character, or a line break in the file, which YAML reads as a
    space: nobody meant them, but they are part of the address.

    ## Sources

    WHATWG URL sections 1.3 (percent-encoded bytes) and 4.4; RFC 3986 section 2; RFC 5891 (A-labels); HTML 13.5.
    """
    for node, rooted in addresses(record):
        if urls.is_clean(node.value):
            continue
        sound = urls.repaired(node.value, rooted=rooted)
        flaws = _flaws(sound[0]) if sound else []
        if not flaws or not sound:
            continue  # or UR001 has said what is wrong
        folds = _folds(record.document, node)
        first, *others = flaws = [_in_place(flaw, sound[1], folds) for flaw in flaws]
        yield at(
            node,
            f"{show(node.path)} {first.problem}" + (f", and {len(others)} more" if others else ""),
            span=fragment_span(record.document, node, first.start, first.end),
            labels=tuple(
                Label(fragment_span(record.document, node, flaw.start, flaw.end), flaw.problem) for flaw in others[:9]
            ),
            fix=_fix(record, node, flaws) if urls.clean(node.value, rooted=rooted) else None,
        )


def _flaws(url: str) -> list[urls.Flaw]:
    """Return what strict readers refuse in *url*; the host that is in the path of an AMP cache URL is one flaw."""
    flaws = list(urls.escapes(url))
    start, end = page_host(url) or (0, 0)
    inside = [flaw for flaw in flaws if start <= flaw.start < end]
    if not inside:
        return flaws
    import can_ada

    written = urls.show(url[start:end])
    try:
        host = can_ada.parse(f"https://{url[start:end]}").host
        problem = f"has the host {written} in its path, which most programs know as {urls.show(host)}"
    except ValueError:
        host, problem = url[start:end], f"has the host {written} in its path, which no browser accepts"
    safety = UNSAFE if any(flaw.safety is UNSAFE for flaw in inside) else SAFE
    whole = urls.Flaw(start, end, problem, (Fragment(start, end, host),), safety)
    return sorted([whole, *(flaw for flaw in flaws if flaw not in inside)], key=lambda flaw: flaw.start)


def _fix(record: Record, node: Node, flaws: Sequence[urls.Flaw]) -> Fix | None:
    fragments = [fragment for flaw in flaws for fragment in flaw.repair]
    if any(node.value[start:end] == text for start, end, text in fragments):
        return None  # a host that has no other form
    written = [fragment.text for fragment in fragments]
    title = "Escape them" if written[1:] else f"Write {urls.show(written[0])}" if written[0] else "Delete it"
    safety = UNSAFE if any(flaw.safety is UNSAFE for flaw in flaws) else SAFE
    return replace_fragments(record.document, node, fragments, title, safety)


def _in_place(flaw: urls.Flaw, steps: Sequence[Sequence[Fragment]], folds: frozenset[int]) -> urls.Flaw:
    """Return *flaw* of an address that was repaired in *steps* as one of the address as it was."""
    (fragment,) = flaw.repair
    start, end = urls.origin(flaw.start, flaw.end, steps)
    repair = Fragment(*urls.origin(fragment.start, fragment.end, steps), fragment.text)
    if start not in folds:
        return flaw._replace(start=start, end=end, repair=(repair,))
    return urls.Flaw(start, end, "has a line break in it", (repair._replace(text=""),), UNSAFE)


def _folds(document: Document, node: Node) -> frozenset[int]:
    """Return which spaces of the value of *node* are line breaks in the file."""
    raw = document.slice(node.span)
    if not any(ending in raw for ending in "\n\r\x85"):  # U+0085 is one in YAML 1.1
        return frozenset()
    marks = scalars.boundaries(raw, node.style, node.value)
    if marks is None:
        return frozenset(range(len(node.value)))
    places = enumerate(pairwise(marks))
    return frozenset(i for i, (at, to) in places if node.value[i] == " " and not raw[at:to].isprintable())
