"""UR004."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint import urls
from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix, Label, Safety
from feedlint.edits import fragment_span, replace_fragments
from feedlint.fragments import apply_fragments
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur import tracking
from feedlint.rules.ur.amp import differences
from feedlint.rules.ur.fields import AMP, CDN, from_other
from feedlint.source import Node, Span
from feedlint.typed import Final

_URL = "https://www.example.com/news/ferry"
_PAIR = (
    'ampWebUrl: "https://www.example.com/ferry?amp=1{0}"\n'
    'cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp=1{0}"'
)


EXAMPLES: Final = [
    Example(bad=f'webUrl: "{_URL}?utm_source=rss&utm_medium=rss"', fixed=f'webUrl: "{_URL}"'),
    Example(bad=f'webUrl: "{_URL}?fbclid=IwAR0&b=2&A=%c3%a9#top"', fixed=f'webUrl: "{_URL}?b=2&A=%c3%a9#top"'),
    Example(bad=f'webUrl: "{_URL}?b=2&UTM%5Fsource=rss&a"', fixed=f'webUrl: "{_URL}?b=2&a"'),
    Example(bad=f'webUrl: "{_URL}#utm_source=rss"', fixed=f'webUrl: "{_URL}"'),
    Example(bad=_PAIR.format("&gclid=7"), fixed=_PAIR.format("")),
    Example(bad=f'webUrl: "{_URL}?pk_campaign=x"', fixed=f'webUrl: "{_URL}"', safety=UNSAFE),
    Example(good=f'webUrl: "{_URL}?ref=7&source=a&amp=1&outputType=amp&list=PL1&cid=3"'),
    Example(good=f'webUrl: "{_URL}#/search?utm_source=rss"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A story's URL has no parameter that only tracks its readers, such as `utm_source` or `fbclid`.

    Names that may choose the page (`ref`, `source`, `cid`, `amp`) are left alone. So are pictures: their
    addresses are often signed as a whole, and no reader is led to one.

    ## Why

    Each reader of the feed is counted as a visitor from the newsletter or the advertisement that the link was copied
    from. The same story under two addresses is shown twice, and a click number (`gclid`, `fbclid`) tells who
    it was that copied it.

    ## Fix safety

    Safe for names that at least two of four public lists have: servers do not look at these, scripts in the page do.
    The parameters left keep their order and spelling. Of an AMP page and its cache URL both are changed, or
    neither. Unsafe are names that one list has, and a parameter with a `;` in it, which may hide another one.

    ## Sources

    The lists of ClearURLs, Brave, Firefox (query stripping) and AdGuard (TrackParamFilter).
    """
    cached = record.field(CDN)
    for node in record.texts("original-url", "web-url", AMP, CDN):
        if node is cached and from_other(record, CDN):
            continue  # it follows its page, which has them too; or UR005 speaks
        parameters = tracking.found(node.value)
        if not parameters:
            continue
        first, *others = parameters
        twin = _twin(record, node)
        more = f", and {len(others)} more" if others else ""
        yield at(
            node,
            f"{show(node.path)} has the tracking parameter {urls.show(first.name)}{more}",
            span=fragment_span(record.document, node, first.start, first.end),
            labels=tuple(Label(_span(record, each), f"so has {show(each.path)}") for each in twin),
            fix=_fix(record, [node, *twin], parameters),
        )


def _twin(record: Record, node: Node) -> list[Node]:
    """Return the cache URL of the page at *node*, if that has the same parameters."""
    cached = record.field(CDN)
    if node is not record.field(AMP) or cached is None or cached.tag != "str" or not tracking.found(cached.value):
        return []
    return [cached] if _agree(node.value, cached.value) else []


def _agree(page: str, cached: str) -> bool:
    url, cache_url = urls.clean(page), urls.clean(cached)
    return url is not None and cache_url is not None and not any(differences(url, cache_url))


def _span(record: Record, node: Node) -> Span:
    first = tracking.found(node.value)[0]
    return fragment_span(record.document, node, first.start, first.end)


def _fix(record: Record, nodes: Sequence[Node], parameters: Sequence[tracking.Parameter]) -> Fix | None:
    if any(urls.flaw(node.value) is not None for node in nodes):
        return None  # UR001's comes first
    safety = SAFE if any(each.sure for each in parameters) else UNSAFE
    gone = [each for each in parameters if each.sure or safety is UNSAFE]
    title = f"Delete {urls.show(gone[0].name)}" + (f" and {len(gone) - 1} more" if gone[1:] else "")
    drops = [tracking.removal(node.value, sure=safety is SAFE) for node in nodes]
    if len(nodes) > 1:
        page, cached = (apply_fragments(node.value, drop) for node, drop in zip(nodes, drops, strict=True))
        if not _agree(page, cached):
            return None
    fixes = [
        replace_fragments(record.document, node, drop, title, safety) for node, drop in zip(nodes, drops, strict=True)
    ]
    return _joined([fix for fix in fixes if fix is not None], title, safety) if all(fixes) else None


def _joined(fixes: Sequence[Fix], title: str, safety: Safety) -> Fix:
    edits = tuple(edit for fix in fixes for edit in fix.edits)
    return Fix(title, edits, safety, tuple(change for fix in fixes for change in fix.changes))
