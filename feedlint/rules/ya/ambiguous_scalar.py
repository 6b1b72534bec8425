"""YA004 ambiguous-scalar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedlint.diagnostic import ERROR, SAFE, WARNING, Diagnostic
from feedlint.edits import set_value
from feedlint.record import show
from feedlint.repository import Repository
from feedlint.rule import Example, at
from feedlint.rules.ya.brackets import fails_in_brackets
from feedlint.rules.ya.culprit import brief
from feedlint.rules.ya.lost_text import lost, lost_after
from feedlint.rules.ya.places import is_refused, place_at, properties, role_of, wants_text
from feedlint.schema import Schema
from feedlint.source import Document, Node, scalars
from feedlint.source import readings as reading
from feedlint.source.readings import Reading, differ, may_differ, readings
from feedlint.typed import Any, Final

# Who speaks of whatever is no date, or no address: the DT and the UR rules.
_OF_OTHERS = frozenset(["date", "updated-date", "web-url", "original-url", "amp-url", "cdn-amp-url"])
# Digits that a double keeps.
_EXACT = 15


EXAMPLES: Final = [
    Example(bad="title: No", fixed='title: "No"'),
    Example(bad="title: 16:9", fixed='title: "16:9"'),
    Example(bad="topics:\n  - 3,50", fixed='topics:\n  - "3,50"'),
    Example(bad="title: .5", fixed='title: ".5"'),
    Example(bad="title: 2020-12-08", fixed='title: "2020-12-08"'),
    Example(bad="title: :-) the tram is here", fixed='title: ":-) the tram is here"'),
    Example(bad="highlight: yes"),
    Example(good='title: "No"\nhighlight: true\nlast_modified_at: 2020-12-09'),
    Example(good="title: No tram today\nquality: 61"),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """A value without quotes means the same to every reader.

    Readers have different rules for which bare words are numbers, booleans or dates: `no`, `on` and `y`, leading
    zeros (`012`), two numbers with a colon (`16:9`), `_` and `,` in numbers, exponents (`12e4567`), whole numbers
    too large for JavaScript, what begins with a colon, dates that no calendar has. Where a text is expected a value
    that all readers take for a number, such as `+44` or `.5`, is found too.

    Not found are a date in a field that is no text for people, and what rules of the field itself tell: a value of
    another type than the field wants, a date field, an address.

    ## Why

    A story with the title `No` has the title `false` in Jekyll's answer, and an app that expects a text drops it.
    `16:9` is 58140 to Jekyll, 969 to PyYAML and a text to others; `3,50` is 350; `:-)` stops Jekyll with an error.

    ## Fix safety

    Safe: where the schema wants a text it is put in quotes, and every reader reads the text that is seen in the
    file. Where the schema does not say what is wanted there is no fix.

    ## Sources

    YAML 1.1 (yaml.org/type), YAML 1.2.2 section 10.3.2; Psych 4.0 `ScalarScanner`, go-yaml 2.4 `resolve`,
    js-yaml 3.15 and 4.3 `type`, yaml 2.9 `schema/core`, PyYAML 6.0 `resolver`, compared on 8,555 scalars.
    """
    if document.root is None:
        return
    schema = repository.schema_of(document)
    others: frozenset[int] | None = None
    for node in document.nodes:
        if node.style != scalars.PLAIN or _is_common(node) or not may_differ(node.value):
            continue
        if others is None:
            others = _told_by_others(document, schema)
        if node.index in others or fails_in_brackets(node):  # YA006 speaks of the latter
            continue
        if (diagnostic := _judge(document, schema, node)) is not None:
            yield diagnostic


def _told_by_others(document: Document, schema: Schema | None) -> frozenset[int]:
    """Return the positions of the values that are not what they look like: with a tag, or without their first word."""
    tags = {prop.node.index for prop in properties(document) if not prop.of_key and prop.text[0] == "!"}
    return frozenset(tags | {prop.node.index for prop in lost(document, schema)})


def _is_common(node: Node) -> bool:
    """Tell whether *node* is no scalar of YAML's own types, or one that is plainly the same to all readers."""
    if node.tag in ("int", "float"):
        return len(node.value) <= _EXACT and "e" not in node.value.lower()
    return node.tag != "str"


def _judge(document: Document, schema: Schema | None, node: Node) -> Diagnostic | None:
    place = place_at(schema, node.path)
    role = role_of(place)
    if role in _OF_OTHERS or role.endswith("-url"):
        return None
    found = readings(node.value)
    if not found or is_refused(schema, place, node.data):
        return None
    dates = set(found.values()) <= {Reading(reading.DATE), Reading(reading.TEXT)}
    if lost_after(document, schema, node):
        return None
    text = wants_text(place) and bool(role or not dates)
    if not (text and node.tag == "str") and (dates or not differ(dict(found))):
        return None
    message = f"{show(node.path)} is {brief(node.value)}, {_explain(found)}"
    if not text:
        advice = f"write true, false or a plain number, or put it in double quotes if it is a text: {_quote(node)}"
        return at(node, message, help=advice)
    fix = set_value(document, node, node.value, f"Write {_quote(node)}", SAFE, style=scalars.DOUBLE)
    return at(node, f"{message}: put it in double quotes", severity=WARNING if dates else ERROR, fix=fix)


def _quote(node: Node) -> str:
    return f'"{brief(scalars.escape(node.value))}"'


def _explain(found: Mapping[str, Reading]) -> str:
    """Return which readers take the value for what, Jekyll first and of the others the one farthest from it."""
    if len({meant.kind for meant in found.values()}) == 1 and not differ(dict(found)):
        return f"{_words(next(iter(found.values())))} to every reader"
    groups: dict[Reading, list[str]] = {}
    for reader, meant in found.items():
        groups.setdefault(meant, []).append(reader)
    return ", ".join(f"{_words(meant)} to {_listing(readers)}" for meant, readers in groups.items())


def _listing(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _words(meant: Reading) -> str:
    value: Any = meant.value
    if meant.kind == reading.NUMBER:
        if value is None:
            return "a number"
        if value == "nan" or value in (float("inf"), -float("inf")):
            return "not a number" if value == "nan" else "infinity"
        text = str(int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value)
        return f"the number {brief(text)}"
    if meant.kind == reading.BOOLEAN:
        return "true" if value else "false"
    return {
        reading.TEXT: "a text",
        reading.NULL: "nothing",
        reading.DATE: f"{meant.value} date" if meant.value else "a date",
        reading.ERROR: "an error",
    }[meant.kind]
