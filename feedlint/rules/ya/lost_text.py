"""YA005 lost-text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Change, Diagnostic, Edit, Fix, Safety
from feedlint.lazy import regex
from feedlint.record import show
from feedlint.repository import Repository
from feedlint.rule import Example, at
from feedlint.rules.ya.culprit import cite
from feedlint.rules.ya.places import (
    TEXTS,
    Property,
    is_refused,
    place_at,
    properties,
    quoted,
    role_of,
    types_of,
)
from feedlint.schema import Schema
from feedlint.source import Document, Entry, Node, Span, scalars
from feedlint.source.lost import glued_items, hash_value
from feedlint.typed import Any, Final

# A number sign right before what it belongs to ("#1", "#trams"), or before a number.
_HASH = regex(r"[ \t]+(#(?:[^\s#]|[ \t]+[0-9])[^\r\n]*)")
_JUDGED = frozenset(["str", "int", "float", "bool", "null"])
_NUMBERED = regex(r" #[0-9]")
# What is meant to be a key and its value, between brackets.
_GLUED_KEY = regex(r"([A-Za-z_]\w*):([^\s:/][^\s:]*)")
# The types that YAML has itself: a tag of this name is one.
_KNOWN_TAG = regex(
    r"!!(?:str|int|float|bool|null|map|seq|timestamp|binary|set|omap|pairs|merge|value|yaml|python/.*)|!<.*|!ruby/.*"
)


EXAMPLES: Final = [
    Example(bad="title: The harbour is #1 again", fixed='title: "The harbour is #1 again"'),
    Example(bad="title: The tram is coming #harbour", fixed='title: "The tram is coming #harbour"', safety=UNSAFE),
    Example(bad="topics:\n  - #Harbour\n  - Public Transport", fixed='topics:\n  - "#Harbour"\n  - Public Transport'),
    Example(bad="title: &Co opens at the harbour", fixed='title: "&Co opens at the harbour"'),
    Example(bad="title: !important news of the tram", fixed='title: "!important news of the tram"'),
    Example(
        bad="topics:\n  -Harbour\n  -Public Transport",
        fixed="topics:\n  - Harbour\n  - Public Transport",
    ),
    Example(bad="topics:\n  -@Harbour\n  -Public Transport"),
    Example(good="title: C# and F# at school\nquality: 61 #61 of 189"),
    Example(good='title: "The harbour is #1 again" #1\nexcerpt: The vote ends years of debate. # by hand'),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """A text without quotes is read as it is written.

    YAML takes part of it for something else, and no reader says so: from ` #` on it is a comment, a first word
    with `&` is an anchor, one with `!` a tag; list items whose dash has no space after it are one text, and `{a:1}`
    is a key without a value.

    A comment is left alone where it can be one: after a value in quotes, a number or an address, and after a text
    where there is a space between `#` and a word. No program that writes a title without quotes writes comments.

    ## Why

    `title: The harbour is #1 again` is the title `The harbour is` to every reader of the story.

    ## Fix safety

    Safe where there is no other way to mean it: one space and `#` before a number, in a text that people read; an
    anchor that no alias refers to and a tag that YAML does not have, before a text on the same line; `#` and a
    word where the only value should be; dashes without a space where a list is expected. The text is put in quotes
    as it stands. Unsafe for `#` before a word that follows a text, which may be a comment, and for `{a:1}`.

    ## Sources

    YAML 1.2.2 sections 6.6 (comments), 6.9 (node properties), 7.3.3 (plain style).
    """
    if document.root is None:
        return
    schema = repository.schema_of(document)
    told = set()
    for prop in lost(document, schema):
        told.add(prop.node.index)
        yield _of_property(document, prop)
    for node in document.nodes:
        if node.flow and node.tag == "null" and (diagnostic := _glued_key(document, schema, node)) is not None:
            yield diagnostic
        if node.index in told or node.style != scalars.PLAIN or node.tag not in _JUDGED or node.flow:
            continue
        judge = _hash_alone if node.tag == "null" else _glued if node.value[:1] == "-" else _hash
        if (diagnostic := judge(document, schema, node)) is not None:
            yield diagnostic


def lost(document: Document, schema: Schema | None) -> Sequence[Property]:
    """Return the anchors and tags of *document* that are the first word of a text: of none where a date is due."""
    found = properties(document)
    if not found:
        return ()
    used = {node.value for node in document.nodes if node.tag == "alias"}
    several = {prop.node.index for prop in found if sum(other.node is prop.node for other in found[:50]) > 1}
    return [
        prop
        for prop in found[:50]
        if prop.node.index not in several
        and not prop.of_key
        and prop.node.style == scalars.PLAIN
        and not prop.node.flow
        and not (prop.text[1:] in used if prop.text[0] == "&" else _KNOWN_TAG.fullmatch(prop.text))
        and document.text[prop.span.end : prop.node.span.start].strip(" \t") == ""
        and _is_text(place_at(schema, prop.node.path))
    ]


def _is_text(place: dict[str, Any] | None) -> bool:
    """Tell whether a text in words can stand at *place*: no number, no date, no address, no word from a list."""
    return place is None or ("string" in types_of(place) and not {"format", "enum"} & place.keys())


def _of_property(document: Document, prop: Property) -> Diagnostic:
    node = prop.node
    what = "an anchor" if prop.text[0] == "&" else "a tag"
    text = document.text[prop.span.start : node.span.start] + node.value
    return at(
        node,
        f"{_name(node)} begins with {cite(prop.text)}, which YAML takes for {what}, so that readers lose it: "
        "put the text in double quotes",
        span=prop.span,
        fix=_rewrite(node, Span(prop.span.start, node.span.end), text.rstrip()),
    )


def _name(node: Node) -> str:
    return show(node.path) or "this line"


def _rewrite(node: Node, span: Span, text: str, safety: Safety = SAFE) -> Fix:
    """Return the fix that makes *text* in quotes of *span*, which is *node* and what belongs to it."""
    title = f"Put {_name(node)} in double quotes"
    change = Change(node.index, 1, (Entry(node.depth, node.key, "str", text),))
    return Fix(title, (Edit(span, quoted(text)),), safety, (change,))


def lost_after(document: Document, schema: Schema | None, node: Node) -> Span | None:
    """Return where a comment is that follows the text *node* and is none."""
    match = _HASH.match(document.text, node.span.end) if node.value else None
    if match is None or role_of(place_at(schema, node.path)) not in TEXTS:
        return None
    return Span(match.start(1), match.start(1) + len(match[1].rstrip()))


def _hash(document: Document, schema: Schema | None, node: Node) -> Diagnostic | None:
    span = lost_after(document, schema, node)
    if span is None:
        return None
    text = document.slice(span)
    whole = node.value + document.text[node.span.end : span.end]
    safety = SAFE if _NUMBERED.match(document.text, node.span.end) else UNSAFE
    return at(
        node,
        f"{_name(node)} loses {cite(text)}, which YAML takes for a comment: put the text in double quotes",
        span=span,
        fix=_rewrite(node, Span(node.span.start, span.end), whole, safety),
    )


def _hash_alone(document: Document, schema: Schema | None, node: Node) -> Diagnostic | None:
    """Return what is wrong where a word with ``#`` stands where the value of *node* should."""
    span = hash_value(document, node)
    place = place_at(schema, node.path)
    known = "string" in types_of(place) and is_refused(schema, place, None)
    if span is None or not (place is None or known):
        return None
    text = document.slice(span)
    return at(
        node,
        f"{_name(node)} has no value, since YAML takes {cite(text)} for a comment: put it in double quotes",
        span=span,
        severity=ERROR if known else WARNING,
        fix=_rewrite(node, span, text, SAFE if role_of(place) in TEXTS else UNSAFE),
    )


def _glued_key(document: Document, schema: Schema | None, node: Node) -> Diagnostic | None:
    """Return what is wrong where *node* is nothing, since its key in brackets is a key, a colon and a value in one."""
    match = _GLUED_KEY.fullmatch(node.key or "")
    above = place_at(schema, node.parent.path) if node.parent is not None else None
    if match is None or node.key_span is None or above is not None or document.slice(node.key_span) != node.key:
        return None  # what the schema knows is told by its rules
    colon = node.key_span.start + match.end(1)
    change = Change(node.index, 1, (Entry(node.depth, match[1], scalars.resolve(match[2]), match[2]),))
    return at(
        node,
        f"{cite(node.key)} is one key without a value, since there is no space after its colon: put one there",
        span=Span(colon, colon + 1),
        fix=Fix(f"Put a space after {match[1]}:", (Edit(Span(colon + 1, colon + 1), " "),), UNSAFE, (change,)),
    )


def _glued(document: Document, schema: Schema | None, node: Node) -> Diagnostic | None:
    """Return what is wrong where *node* is a list whose dashes have no space after them."""
    kinds = types_of(place_at(schema, node.path))
    dashes = glued_items(document, node) if "array" in kinds and "string" not in kinds else []
    if not dashes:
        return None
    texts = [line.strip(" \t")[1:] for line in document.slice(node.span).splitlines()]
    items = tuple(Entry(node.depth + 1, None, "str", text) for text in texts)
    change = Change(node.index, 1, (Entry(node.depth, node.key, "seq", ""), *items))
    edits = tuple(Edit(Span(dash, dash), " ") for dash in dashes)
    plain = all(scalars.is_plain_safe(text) for text in texts)
    return at(
        node,
        f"{_name(node)} is one text and no list, since there is no space after its dashes: put one there",
        span=Span(node.span.start, node.span.start + 1),
        fix=Fix("Put a space after each dash", edits, SAFE, (change,)) if plain else None,
    )
