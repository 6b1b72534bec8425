"""Keys that are no plain text to every reader: numbers, booleans, merge keys, collections, what is invisible."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic, Edit, Fix
from feedlint.likeness import closest, is_indented
from feedlint.record import show
from feedlint.repository import Repository
from feedlint.rule import at
from feedlint.rules.ya.culprit import cite
from feedlint.rules.ya.places import place_at, quoted
from feedlint.schema import Schema
from feedlint.source import Document, Node
from feedlint.source.readings import TEXT, is_odd_key, readings

# Names that most keys have, and that no reader takes for anything else.
_COMMON = frozenset(["url", "type", "name", "title", "width", "height", "heat", "domain", "images"])
_HIDDEN = frozenset(["Cf", "Zs", "Zl", "Zp", "Cc"])


def judge(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """Yield what is wrong with the keys of *document*."""
    schema = repository.schema_of(document)
    for node in document.nodes:
        if node.key_span is None or node.key is None or node.key in _COMMON:
            continue
        raw = document.slice(node.key_span)
        if raw.isascii() and raw.isalpha() and len(raw) > 5:
            continue
        if is_odd_key(raw):
            yield _odd(schema, node, raw)
        elif not _is_of_others(schema, node):
            yield from _invisible(node)


def _odd(schema: Schema | None, node: Node, raw: str) -> Diagnostic:
    if raw[:1] in ("[", "{", "*"):
        what = "an alias" if raw[0] == "*" else "a list" if raw[0] == "[" else "a mapping"
        return at(
            node,
            f"{show(node.path)} has {what} for a key, which some readers refuse: write a text",
            span=node.key_span,
        )
    if raw == "<<":
        message = '"<<" merges another mapping for some readers and is a field for others: write out the fields'
        return at(node, message, span=node.key_span)
    return _plain(schema, node, raw)


def _is_of_others(schema: Schema | None, node: Node) -> bool:
    """Tell whether SC002 speaks of the key as a text: it is unknown where the schema names all that there may be.

    It does not where spaces that are none to YAML have brought a field of a part of the record to its top.
    """
    if node.parent is None or (is_indented(node.key or "") and not _meant(schema, node)):
        return False
    place = place_at(schema, node.parent.path) or {}
    return place.get("additionalProperties") is False and node.key not in place.get("properties", ())


def _meant(schema: Schema | None, node: Node) -> str:
    place = place_at(schema, node.parent.path) if node.parent is not None else None
    return closest(node.key or "", place.get("properties", ())) if place else ""


def _plain(schema: Schema | None, node: Node, raw: str) -> Diagnostic:
    kinds = sorted({reading.kind for reading in readings(raw).values() if reading.kind != TEXT}) or ["null"]
    what = f"the key {cite(raw)}" if raw else "an empty key"
    message = f"{what} is no text but {' or '.join(_article(kind) for kind in kinds)} to some reader"
    if _is_of_others(schema, node):  # so in quotes it would still be no field
        return at(node, f"{message}, and no field that a reader knows: delete it", span=node.key_span)
    assert node.key_span is not None
    fix = Fix(f"Put {raw} in double quotes", (Edit(node.key_span, quoted(raw)),)) if raw and raw == node.key else None
    return at(node, f"{message}: put it in double quotes", span=node.key_span, fix=fix)


def _article(kind: str) -> str:
    return {"null": "nothing", "error": "an error"}.get(kind, f"a {kind}")


def _invisible(node: Node) -> Iterator[Diagnostic]:
    key = node.key or ""
    bad = "" if key.isascii() else next((c for c in key if unicodedata.category(c) in _HIDDEN and c != " "), "")
    if bad:
        if is_indented(key):
            message = f"{key.strip()} is indented by U+{ord(key[0]):04X}, which is part of its name to YAML: use spaces"
            yield at(node, message, span=node.key_span)
            return
        message = f"the key {cite(key)} has the invisible character U+{ord(bad):04X}: delete it"
        yield at(node, message, span=node.key_span)
