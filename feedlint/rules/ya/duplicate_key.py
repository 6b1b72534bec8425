"""YA002 duplicate-key."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import edits
from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix, Label
from feedlint.record import show
from feedlint.repository import Repository
from feedlint.rule import Example, at, rule
from feedlint.rules.ya.culprit import brief
from feedlint.source import Document, Node


@rule(
    "YA002",
    "duplicate-key",
    sees="document",
    examples=[
        Example(bad="type: article\ntype: article", fixed="type: article"),
        Example(
            bad="provider:\n  name: Example Time\n  name: Example Times\n  domain: example.com",
            fixed="provider:\n  name: Example Times\n  domain: example.com",
            safety=UNSAFE,
        ),
        Example(bad="provider: {name: Example Times, domain: example.com, domain: example.com}"),
        Example(good="provider:\n  name: Example Times\n  domain: example.com"),
    ],
)
def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    """A mapping has each of its keys once.

    Two keys are the same if they are the same text once read: `title`, `"title"` and `'title'`.

    ## Why

    Jekyll, Hugo and PyYAML keep the last one without a word, so the first text is lost to the readers of the
    app. Every JavaScript reader (gray-matter, Eleventy, front-matter, vfile-matter) refuses the whole file.

    ## Fix safety

    The fix leaves the data that Jekyll reads as it is. It is safe where both values are equal: the later one is
    deleted. Where they differ it is unsafe: the earlier one is deleted, and that may be the better text.

    ## Sources

    YAML 1.2.2 section 3.2.1.1: the keys of a mapping are unique.
    """
    if document.root is None:
        return
    for node in document.nodes:
        seen: dict[str, tuple[Node, Node]] = {}
        for child in node.children:
            if child.key is None:  # an item of a list
                break
            if child.key in seen:
                yield _finding(document, child, *seen[child.key])
            seen[child.key] = seen.get(child.key, (child, child))[0], child


def _finding(document: Document, node: Node, first: Node, previous: Node) -> Diagnostic:
    """Return the finding that the key of *node* is that of *first*, and of *previous*, the last before it."""
    name, equal = show(node.path), _same(document, node, previous)
    if equal:
        message = f"{name} is given a second time, with the same value: delete it"
    elif node.children or previous.children:
        message = f"{name} is given a second time, with another value, and Jekyll reads the last: delete the wrong one"
    else:
        values = f'"{brief(node.value)}" after "{brief(previous.value)}"'
        message = f"{name} is given a second time, {values}, and Jekyll reads the last: delete the wrong one"
    return at(
        node,
        message,
        span=node.key_span,
        labels=(Label(first.key_span or first.span, "first given here"),),
        fix=_fix(document, node if equal else previous, equal=equal),
    )


def _same(document: Document, node: Node, other: Node) -> bool:
    return document.entries[node.index : node.end] == document.entries[other.index : other.end]


def _fix(document: Document, node: Node, *, equal: bool) -> Fix | None:
    if node.key == "<<" or any(part.anchor for part in document.nodes[node.index : node.end]):
        return None  # both are merged; what an alias elsewhere stands for must stay
    which = "later" if equal else "earlier"
    return edits.delete_entry(document, node, f"Delete the {which} {show(node.path)}", SAFE if equal else UNSAFE)
