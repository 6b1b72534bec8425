"""SC005."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic, Label
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.sc.clear import EACH, HOT, MERGED, ROLES, contradictions
from feedlint.rules.sc.wrong_type import BOOLEANS, whole_number
from feedlint.source import Node, Span
from feedlint.typed import Final

_SCALARS: Final = ("str", "int", "float", "bool")

EXAMPLES: Final = [
    Example(bad="quality: 11\nheat: 69\npublished: true"),
    Example(bad="quality: 11\nheat: 70\npublished: false"),
    Example(bad="quality: 11\nheat: -1\npublished: true"),
    Example(bad="quality: 95\nheat: 71\npublished: true"),
    Example(
        bad="quality: 65\nheat: 74\npublished: true\n"
        "related:\n  - title: The Cost of the Tram Line\n    publishedDateTime: 2020-12-08T18:05:00Z\n"
        "    webUrl: https://www.example.net/tram-costs\n    provider:\n      name: Example Post\n"
        "      domain: example.net"
    ),
    Example(good="quality: 95\nheat: -1\npublished: false"),
    Example(good="quality: 11\nheat: 70\npublished: true"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The scores of a story go together: its quality, its heat, and whether it is published.

    `published` is true where heat is 70 or more, and false elsewhere. Heat is -1 (the story was merged into another
    one) or at least the quality and 10 for each related story. Records that have not all three are not looked at.

    ## Why

    Apps rank by heat and leave out what is not published. Where one was changed by hand and the others were not, a
    story is ranked as one thing and shown as another: a hot one is hidden, or a cold one is pushed to readers.

    ## Sources

    Both hold without exception in 7,933 versions of real news records.
    """
    quality_node, heat_node, published_node = (record.field(role) for role in ROLES)
    if quality_node is None or heat_node is None or published_node is None:
        return
    quality, heat, published = _score(quality_node), _score(heat_node), _published(published_node)
    if quality is None or heat is None or published is None or quality < 0 or heat < MERGED:
        return  # SC001, SC003 and SC004 speak of these
    problems: list[str] = []
    labels: list[Label] = []
    stories = len(record.related)
    hidden, cold = contradictions(quality, heat, published, stories)
    if hidden:
        problems.append(f"{show(published_node.path)} is {'true' if published else 'false'}")
        labels.append(Label(published_node.span, f"true from heat {HOT} on, and only then"))
    if cold:
        whose = "the related story" if stories == 1 else f"each of {stories} related stories"
        more = f", which with {EACH} for {whose} is {quality + EACH * stories}" if stories else ""
        problems.append(f"{show(quality_node.path)} is {quality}{more}")
        labels.append(Label(quality_node.span, "heat is never less"))
        labels += (Label(span, f"each adds {EACH}") for span in _related(record))
    if problems:
        message = f"{show(heat_node.path)} is {heat}, but {', and '.join(problems)}"
        yield at(heat_node, message, labels=tuple(labels), help="correct the score that is wrong")


def _score(node: Node) -> int | None:
    """Return the whole number at *node*, also where SC003 will make it one: its repair brings no new finding."""
    data = _written(node).data if _written(node).tag in _SCALARS else None
    return data if isinstance(data, int) and not isinstance(data, bool) else whole_number(data)


def _published(node: Node) -> bool | None:
    node = _written(node)
    return BOOLEANS.get(node.value.lower()) if node.tag in _SCALARS else None


def _written(node: Node) -> Node:
    return node.target if isinstance(node.target, Node) else node


def _related(record: Record) -> Iterator[Span]:
    """Yield the key of the list of related stories, if there is one."""
    parent = record.related[0].node.parent if record.related else None
    if parent is not None and parent.key_span is not None:
        yield parent.key_span
