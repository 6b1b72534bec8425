"""SC001."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedlint.diagnostic import Diagnostic, Fix
from feedlint.edits import insert_before
from feedlint.identity import digest_of
from feedlint.record import Record
from feedlint.roots import place
from feedlint.rule import CLOSED, Example, at
from feedlint.rules.sc.problems import MISSING, PAIRED, Problem, problems
from feedlint.rules.sc.words import listing, subject
from feedlint.source import Document, Node, Span, scalars
from feedlint.typed import Any, Final

_REST = CLOSED.removeprefix("category: news\n")
# Who speaks of these: IM001 of an image's size, UR006 of an AMP page without its pair.
_OF_OTHERS = frozenset(["image-width", "image-height"])
_PAIRS_OF_OTHERS = frozenset(["amp-url", "cdn-amp-url"])


EXAMPLES: Final = [
    Example(bad=f"---\n{_REST}", fixed=f"---\ncategory: news\n{_REST}", whole=True),
    Example(bad="provider:\n  name: Example Times"),
    Example(
        bad="""\
related:
  - title: "What the tram line will cost"
    publishedDateTime: 2020-12-08T18:05:00Z
    provider:
      name: Example Post
      domain: example.net
"""
    ),
    Example(bad=f"---\ncategory: news\nquality: 61\n{_REST}", whole=True),
    Example(good=f"---\ncategory: news\n{_REST}", whole=True),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A record, a related story, a provider and an image have all the fields their readers count on.

    The scores `quality`, `heat` and `published` go together: all three or none. `originalUrl`, the AMP pages, the
    scores, images and related stories may be missing, as they are in older records; a video needs no `webUrl`.

    ## Why

    The site writes every record into one JSON answer. An app that decodes it into fixed types drops the story, or
    the whole answer, where a field is missing; without `category` no list shows the story.

    ## Fix safety

    Safe, and only where one value is possible and nothing else is missing: `category: news` in a news collection.
    """
    missing: dict[tuple[int, str], list[Problem]] = {}
    for problem in problems(record):
        if problem.keyword in MISSING and not _is_of_others(problem) and not _is_below(record, problem):
            missing.setdefault((problem.node.index, problem.keyword), []).append(problem)
    for group in missing.values():
        first, node = group[0], group[0].node
        assert record.schema is not None  # it has found the problem
        field = record.schema.field(first.place, first.name) if len(group) == 1 else {}
        yield at(
            node,
            f"{subject(first.path)} lacks {listing([p.name for p in group], 'and')}{_reason(group)}",
            span=_span(record.document, node),
            fix=_fix(record, first, field) if len(missing) == 1 else None,
            help=f"{first.name}: {field['description']}" if "description" in field else "",
            digest=digest_of(*(problem.name for problem in group)),
        )


def _is_of_others(problem: Problem) -> bool:
    return problem.role in _OF_OTHERS or (problem.keyword == PAIRED and problem.role in _PAIRS_OF_OTHERS)


def _is_below(record: Record, problem: Problem) -> bool:
    """Tell whether the field stands below the record, which a `---` in its midst cuts off: FM005 speaks of that."""
    document = record.document
    body = document.text[document.delimiters.body :].lstrip()
    if problem.path or record.schema is None or not body:
        return False
    first = body.partition(":")[0].rstrip(" \t")
    if record.schema.has_body is not False and first not in record.schema.shape.properties:
        return False  # it is a text, and may say anything
    return re.search(rf"^{re.escape(problem.name)}[ \t]*:(?=[ \t\r\n]|\Z)", body, re.MULTILINE) is not None


def _reason(group: Sequence[Problem]) -> str:
    if group[0].keyword != PAIRED:
        return ""
    pairs = group[0].place[PAIRED]
    there = [name for name in group[0].value if any(p.name in pairs.get(name, ()) for p in group)]
    return f", which {'goes' if len(group) == 1 else 'go'} with {listing(there, 'and')}"


def _span(document: Document, node: Node) -> Span:
    """Return a short span for the mapping *node*: its key, or where it begins."""
    if node.parent is None and document.delimiters.opener.span.start < document.delimiters.opener.span.end:
        return document.delimiters.opener.span
    if node.key_span is not None:
        return node.key_span
    return next((child.key_span for child in node.children if child.key_span), node.span)


def _fix(record: Record, problem: Problem, field: dict[str, Any]) -> Fix | None:
    """Return the fix where the *field* can have one value, and the folder says that this is its schema."""
    values = field.get("enum", ())
    document, schemas = record.document, record.repository.schemas
    if len(values) != 1 or schemas.collection_of(place(document.path)) is None:
        return None
    order = list(problem.place.get("properties", {}))
    if problem.name not in order:  # a condition asks for it
        return None
    later = order[order.index(problem.name) + 1 :]
    sibling = next((child for child in problem.node.children if child.key in later), None)
    if sibling is None:
        return None
    title = f"Insert {problem.name}: {values[0]}"
    return insert_before(document, sibling, problem.name, values[0], title, style=scalars.PLAIN)
