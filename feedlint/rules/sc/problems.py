"""What the schema says is wrong with a record, asked once for all SC rules: one problem a cause, at its node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedlint.likeness import closest
from feedlint.record import Record
from feedlint.schema import ROLE, Schema
from feedlint.source import Document, Node
from feedlint.source.nodes import DataPath
from feedlint.typed import Any, NamedTuple

PAIRED = "dependentRequired"
MISSING = ("required", PAIRED)
UNKNOWN = "additionalProperties"
TYPE = "type"
NOTHING = "false"
# Jekyll puts the fields of another mapping here, so what seems to be missing may be there.
MERGE = "<<"
# The node it is about, the keyword, and the field's name.
_Cause = tuple[int, str, str]


class Problem(NamedTuple):
    """One thing that is wrong: *keyword* of JSON Schema does not hold for *value*, which is at *path*.

    *node* is what to point at: the value as it is written, or the alias that brings it there, or an unknown field.
    *place* is the part of the schema that asks for it, *role* the role of the field. *name* is the name of a field
    that is missing from the value or unknown in it; *meant* is the known field that an unknown one resembles, *free*
    whether the place of that one is empty.
    """

    keyword: str
    path: DataPath
    node: Node
    value: Any
    place: dict[str, Any]
    role: str | None
    name: str = ""
    meant: str = ""
    free: bool = False

    @property
    def text(self) -> str:
        """The scalar as it is written."""
        return str(self.value) if self.node.tag == "alias" else self.node.value


def problems(record: Record) -> Sequence[Problem]:
    """Return the problems of the document that *record* is the root of.

    None for a record inside of another, which its root speaks for, or where no schema covers the document.
    """
    return record.once(problems, _problems)


def _problems(record: Record) -> Sequence[Problem]:
    document, schema = record.document, record.schema
    if schema is None or not record.is_root:
        return ()
    if document.root is None or record.brief.is_valid:
        return ()
    found: list[tuple[bool, _Cause, Problem]] = []
    for error in schema.errors(document.data):
        path = tuple(error.absolute_path)
        written, node = _locate(document.root, path)
        for problem, target in _expand(error, schema, path, written, node):
            keyword = "required" if problem.keyword in MISSING else problem.keyword
            found.append((written is not node, (target.index, keyword, problem.name), problem))
    # What an alias repeats is said where it is written.
    unique: dict[_Cause, Problem] = {}
    for _, cause, problem in sorted(found, key=lambda item: item[0]):
        unique.setdefault(cause, problem)
    return list(_causes(unique))


def _causes(unique: dict[_Cause, Problem]) -> Iterator[Problem]:
    """Yield the problems of *unique* but those that follow from another one."""
    misspelt = {(id(problem.value), problem.meant) for problem in unique.values() if problem.free}
    for (index, keyword, name), problem in unique.items():
        if keyword == "required" and (id(problem.value), name) in misspelt:
            continue
        if keyword == TYPE or (index, TYPE, "") not in unique:
            yield problem


def is_required(document: Document, schema: Schema, path: DataPath) -> bool:
    """Tell whether the field at *path* is missed where it is left out."""
    place, data, name = schema.source, document.data, path[-1]
    for step in path[:-1]:
        data = data[step]
        place = schema.field(place, step) if isinstance(step, str) else schema.field({"properties": place}, "items")
    if not isinstance(data, dict):
        return False
    rest = {key: value for key, value in data.items() if key != name}
    conditions = {keyword: place[keyword] for keyword in (*MISSING, "if", "then") if keyword in place}
    errors = schema.errors(rest, conditions)
    return any(name in _missing(error.validator_value, rest) for error in errors if error.validator in MISSING)


def _locate(root: Node, path: DataPath) -> tuple[Node, Node]:
    """Return the node at *path*: as it is written there (or the alias on the way to it), and as it is."""
    written = node = root
    for step in path:
        found = node.children[step] if isinstance(step, int) else node.get(step)
        assert found is not None  # the data was made from these nodes
        written = found if written is node else written
        node = found.target if isinstance(found.target, Node) else found
    return written, node


def _expand(error: Any, schema: Schema, path: DataPath, written: Node, node: Node) -> Iterator[tuple[Problem, Node]]:
    """Yield the problems that *error* stands for, each with the node it is about, aliases followed."""
    keyword, value, place = error.validator or NOTHING, error.instance, error.schema
    if place is False:
        place = {NOTHING: False}
    if keyword in MISSING:
        for name in _missing(error.validator_value, value):
            role = schema.field(place, name).get(ROLE)
            yield Problem(keyword, path, written, value, place, role, name), node
    elif keyword == UNKNOWN:
        known = place.get("properties", {})
        patterns = [re.compile(pattern) for pattern in place.get("patternProperties", ())]
        fields = {child.key: child for child in node.children}
        taken = set(value)
        for name in value:
            if name in known or any(pattern.search(name) for pattern in patterns):
                continue
            meant = closest(name, known)
            free = bool(meant) and meant not in taken
            taken.add(meant)
            here = fields[name] if written is node else written
            yield Problem(keyword, path, here, value, place, None, name, meant, free), fields[name]
    else:
        yield Problem(keyword, path, written, value, place, place.get(ROLE)), node


def _missing(wanted: Any, value: dict[str, Any]) -> list[str]:
    """Return which fields *value* lacks of those *wanted*: a list, or a list for each field that wants others."""
    if MERGE in value:
        return []
    if isinstance(wanted, dict):
        wanted = [other for name, others in wanted.items() if name in value for other in others]
    return [name for name in dict.fromkeys(wanted) if name not in value]
