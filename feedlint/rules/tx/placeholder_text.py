"""TX008."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import INFO, WARNING, Diagnostic, Label
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.tx.clear import MARKS, ONE_WORD, is_again
from feedlint.rules.tx.fillers import Kind, kind_of
from feedlint.rules.tx.texts import shown
from feedlint.rules.tx.views import repaired
from feedlint.source import Node
from feedlint.typed import Final

_WORDS: Final[dict[Kind, str]] = {
    "filler": "which stands for a text that was never written",
    "template": "which a template should have replaced",
    "address": "which is an address and no text",
    "error": "which is the title of an error page, not of the story",
    "wall": "which is what the site tells readers who are not let in, not what the story says",
}
EXAMPLES: Final = [
    Example(bad='excerpt: "Placeholder."'),
    Example(bad="title: N/A"),
    Example(bad='excerpt: "https://www.example.com/tram"'),
    Example(bad='title: "Just a moment..."'),
    Example(bad='title: "403 Forbidden | Example Times"'),
    Example(bad='excerpt: "Become an FT subscriber to read: The tram that nobody wanted"'),
    Example(bad='title: "The new tram line"\nexcerpt: "The new tram line."'),
    Example(bad='excerpt: "Trams."'),
    Example(good='title: "Access denied: why the null island has no tram"\nexcerpt: "See https://www.example.com/."'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A title and an excerpt say something about the story.

    They are no filler (`Placeholder.`, `N/A`, `null`, `Lorem ipsum`, `[object Object]`), no address, not the title of
    an error page (`403 Forbidden`, `Just a moment...`), not the sentence of a pay wall or a cookie banner, and the
    excerpt is not the title again, nor one word.

    ## Why

    A reader chooses a story by its title and its excerpt. Where a site kept the reader of the feed out, all of its
    stories get the same title, and they are found and sorted by it.

    ## Sources

    Texts seen in feeds, and the titles of the error pages of common servers (RFC 9110, 15).
    """
    title, excerpt, site = _parts(record)
    for node in (title, excerpt):
        if node is None:
            continue
        kind = kind_of(repaired(node.value), site)
        if kind is not None:
            message = f"{show(node.path)} is {shown(node.value.strip())}, {_WORDS[kind]}"
            yield at(node, message, severity=WARNING, help="write what the story has")
        elif node is excerpt:
            yield from _idle(node, title)


def _parts(record: Record) -> tuple[Node | None, Node | None, str]:
    """Return the title and the excerpt of *record* and the name of its site."""
    provider = next(iter(record.texts("provider-name")), None)
    site = provider.value.strip() if provider is not None else ""
    return _text(record.field("title")), _text(record.field("excerpt")), site


def _text(node: Node | None) -> Node | None:
    return node if node is not None and node.tag == "str" else None


def _idle(excerpt: Node, title: Node | None) -> Iterator[Diagnostic]:
    """Yield the finding about an *excerpt* that says nothing, or nothing that the *title* does not say."""
    name = show(excerpt.path)
    text = repaired(excerpt.value)
    other = repaired(title.value) if title is not None else ""
    if title is not None and is_again(text, other):
        same = text.strip(MARKS) == other.strip(MARKS)
        yield at(
            excerpt,
            f"{name} is the title again{'' if same else ', but for capitals'}",
            severity=WARNING if same else INFO,
            labels=(Label(title.span, "the title"),),
            help="write what the story says",
        )
    elif ONE_WORD.fullmatch(text):
        message = f"{name} is one word: {shown(excerpt.value.strip())}"
        yield at(excerpt, message, severity=INFO, help="write a sentence about the story")
