"""YA002 duplicate-key."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import edits
from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix, Label, Safety
from feedlint.record import show
from feedlint.repository import Repository
from feedlint.rule import Example, at
from feedlint.rules.ya.culprit import brief
from feedlint.source import Document, Node
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad="type: article\ntype: article", fixed="type: article"),
    Example(
        bad="provider:\n  name: Example Time\n  name: Example Times\n  domain: example.com",
        fixed="provider:\n  name: Example Times\n  domain: example.com",
        safety=UNSAFE,
    ),
    Example(bad="provider: {name: Example Times, domain: example.com, domain: example.com}"),
    Example(good="provider:\n  name: Example Times\n  domain: example.com"),
]


def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    """A mapping has each of its keys once.

    Two keys are the same if they are the same text once read: `title`, `"title"` and `'title'`.

    ## Why

    Jekyll, Hugo and PyYAML keep the last one without a word, so the first text is lost to the readers of the
    app. Every JavaScript reader (gray-matter, Eleventy, front-matter, vfile-matter) refuses the whole file.

    ## Fix safety

    It is safe where both values are equal: the later one is deleted. Where they differ it is unsafe: the earlier
    one, which Jekyll does not read, is deleted, and that may be the better text. A later one without a value is
    deleted in its place.

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
    loses = not equal and _is_empty(node) and not _is_empty(previous)
    if equal:
        message = f"{name} is given a second time, with the same value: delete it"
    elif loses:
        message = f"{name} is given a second time, without a value, and Jekyll reads the last: delete it"
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
        fix=_fix(document, node, "later", SAFE if equal else UNSAFE)
        if equal or loses
        else _fix(document, previous, "earlier", UNSAFE),
    )


def _same(document: Document, node: Node, other: Node) -> bool:
    return document.entries[node.index : node.end] == document.entries[other.index : other.end]


def _is_empty(node: Node) -> bool:
    return node.tag == "null" or not (node.value or node.children)


def _fix(document: Document, node: Node, which: str, safety: Safety) -> Fix | None:
    if node.key == "<<" or any(part.anchor for part in document.nodes[node.index : node.end]):
        return None  # both are merged; what an alias elsewhere stands for must stay
    return edits.delete_entry(document, node, f"Delete the {which} {show(node.path)}", safety)
