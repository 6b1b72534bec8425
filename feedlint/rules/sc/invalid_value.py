"""SC004."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Label
from feedlint.edits import delete_item, fragment_span, set_value
from feedlint.likeness import closest, letters
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.sc.problems import MISSING, NOTHING, TYPE, UNKNOWN, Problem, problems
from feedlint.rules.sc.words import listing, quoted, subject, written
from feedlint.source import Document, Node, Span
from feedlint.typed import Final

# Who speaks of these: IM001 of an image's size, SC006 of what is encrypted.
_OF_OTHERS = frozenset(["image-width", "image-height", "secured"])
# Characters of a condition that a message shows.
_LONGEST = 80
_WORDS = {
    "minimum": "is {value}, expected {limit} or more",
    "maximum": "is {value}, expected {limit} or less",
    "maxLength": "has {size} {characters}, expected {limit} or less",
    "minItems": "has {size} {items}, expected {limit} or more",
    # What schemas that repositories bring may ask for besides.
    "exclusiveMinimum": "is {value}, expected more than {limit}",
    "exclusiveMaximum": "is {value}, expected less than {limit}",
    "multipleOf": "is {value}, expected a multiple of {limit}",
    "minLength": "has {size} {characters}, expected {limit} or more",
    "maxItems": "has {size} {items}, expected {limit} or less",
    "minProperties": "has {size} {fields}, expected {limit} or more",
    "maxProperties": "has {size} {fields}, expected {limit} or less",
    "pattern": "is {value}, which its schema does not allow: {limit}",
    NOTHING: "has a value, and its schema allows none",
}


EXAMPLES: Final = [
    Example(bad="type: Article", fixed="type: article"),
    Example(bad="type: vidoe", fixed="type: video", safety=UNSAFE),
    Example(bad="quality: -5"),
    Example(bad="heat: 1607463600"),
    Example(bad="topics: []"),
    Example(
        bad="topics:\n  - Harbour\n  - Public Transport\n  - Harbour",
        fixed="topics:\n  - Harbour\n  - Public Transport",
    ),
    Example(bad='title: ""'),
    Example(good="type: video\nheat: -1\npublished: false\ntopics: [Harbour, Public Transport]"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A value is one that its field can have: a known word, a number in range, a text that is not empty or endless.

    A list of topics has one topic at least, and none twice.

    ## Why

    An app that finds a `type` it does not know cannot show the story; a score out of range, often a time or an id
    in the wrong field, puts one story before all others; an empty title is an empty line in every list; a topic
    given twice shows the story twice.

    ## Fix safety

    Safe for a known word in another case, and for deleting the second of two equal topics: what is said stays the
    same. Unsafe for a word that only resembles a known one.
    """
    for problem in problems(record):
        if problem.keyword in (*MISSING, UNKNOWN, TYPE) or problem.role in _OF_OTHERS:
            continue
        if problem.keyword == "uniqueItems":
            yield from _duplicates(record.document, problem.node)
        elif problem.keyword != "enum":
            span = _span(record.document, problem)
            assert record.schema is not None  # it has found the problem
            examples = record.schema.deref(problem.place).get("examples", ())
            yield at(problem.node, f"{subject(problem.path)} {_words(problem, examples)}", span=span)
        else:
            yield _unknown_word(record.document, problem)


def _unknown_word(document: Document, problem: Problem) -> Diagnostic:
    node, value, known = problem.node, problem.value, problem.place["enum"]
    words = [word for word in known if isinstance(word, str)]
    meant = closest(value, words) if isinstance(value, str) else ""
    hint = f"; did you mean {meant}?" if meant else ""
    safety = SAFE if meant and letters(value) == letters(meant) else UNSAFE
    fix = set_value(document, node, meant, f"Write {meant}", safety) if meant else None
    there = quoted(value) if isinstance(value, str) else written(value, problem.text)
    expected = listing([word if isinstance(word, str) else json.dumps(word) for word in known], "or")
    return at(node, f"{subject(problem.path)} is {there}, expected {expected}{hint}", fix=fix)


def _words(problem: Problem, examples: Sequence[object]) -> str:
    value, limit = problem.value, problem.place[problem.keyword]
    if isinstance(value, str) and not value.strip() and problem.keyword in ("pattern", "minLength"):
        return "has nothing but white space" if value else "is empty"
    if isinstance(value, str) and examples and problem.keyword in ("pattern", "const"):
        return f"is {quoted(value)}, expected a text like {quoted(str(examples[0]))}"
    if problem.keyword in _WORDS:
        size = len(value) if isinstance(value, (str, list, dict)) else 0
        text = quoted(value) if isinstance(value, str) else problem.text[:40]
        nouns = {f"{noun}s": noun if size == 1 else f"{noun}s" for noun in ("character", "item", "field")}
        return _WORDS[problem.keyword].format(value=text, limit=limit, size=size or "no", **nouns)
    shown = json.dumps(limit)
    return f"is not what its schema asks for: {problem.keyword} {shown if len(shown) <= _LONGEST else '…'}"


def _span(document: Document, problem: Problem) -> Span:
    """Return where the value is wrong: the part that is too long, or all of it."""
    if problem.keyword != "maxLength" or problem.node.tag != "str":
        return problem.node.span
    limit = int(problem.place[problem.keyword])  # JSON Schema takes 5.0 for an integer
    return fragment_span(document, problem.node, limit, len(problem.value))


def _duplicates(document: Document, node: Node) -> Iterator[Diagnostic]:
    first: dict[str, Node] = {}
    for item in node.target.children if isinstance(node.target, Node) else node.children:
        text = item.target if isinstance(item.target, Node) else item
        if text.tag != "str" or first.setdefault(text.value, item) is item:
            continue
        yield at(
            item,
            f"{show(item.path)} is {quoted(text.value)} again",
            labels=(Label(first[text.value].span, "first here"),),
            fix=delete_item(document, item, "Delete it"),
        )
