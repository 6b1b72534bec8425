"""SC003."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix, Safety
from feedlint.edits import Value, delete_item, make_list, set_value
from feedlint.record import Record
from feedlint.rule import Example, at
from feedlint.rules.sc.problems import TYPE, Problem, is_required, problems
from feedlint.rules.sc.words import expected, subject, written
from feedlint.schema import TEXTS, Schema
from feedlint.source import Document, Node, scalars
from feedlint.source.lost import glued_items, hash_value
from feedlint.typed import Final

BOOLEANS = {"true": True, "yes": True, "on": True, "y": True, "1": True}
BOOLEANS |= {"false": False, "no": False, "off": False, "n": False, "0": False}
# What YAML 1.1, and so Jekyll, reads as a boolean where it stands without quotes.
_BOOLEANS_OF_YAML_1_1 = frozenset(["yes", "no", "on", "off"])
# What people read: a number there is a text that lacks its quotes.
_TEXTS = frozenset([*TEXTS, "topic"])


EXAMPLES: Final = [
    Example(bad='quality: "61"', fixed="quality: 61"),
    Example(bad="heat: 71.0", fixed="heat: 71"),
    Example(bad='heat: 61\npublished: "false"', fixed="heat: 61\npublished: false"),
    Example(bad="heat: 61\npublished: no", fixed="heat: 61\npublished: false"),
    Example(bad='heat: 61\npublished: "no"', fixed="heat: 61\npublished: false", safety=UNSAFE),
    Example(bad="topics: Public Transport", fixed="topics:\n  - Public Transport"),
    Example(bad="title: 2020", fixed='title: "2020"'),
    Example(bad="quality: high"),
    Example(bad="provider: Example Times"),
    Example(good="layout: null\nlast_modified_at: 2020-12-09"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A value has the type its readers decode it into: text, a whole number, true or false, a list, a mapping.

    ## Why

    The site copies the value as it is into JSON, where an app that expects a number finds `"61"` or `61.0` and
    drops the story. In a template every text is true: `published: "false"` publishes. A loop over a topic that is
    no list shows nothing.

    ## Fix safety

    Safe where nothing is lost: a number or a boolean without its quotes, `yes` and `no` as the boolean that Jekyll
    takes them for, a whole number without `.0`, quotes around a number that is a title, one topic as a list of one.
    Unsafe for other words that may mean true or false, and for deleting an item that has no value.

    ## Sources

    YAML 1.1 (yaml.org/type/bool.html), YAML 1.2.2 section 10.3.2, RFC 8259 section 3.
    """
    for problem in problems(record):
        assert record.schema is not None  # it has found the problem
        if problem.keyword != TYPE or _is_of_others(record.document, record.schema, problem):
            continue
        yield at(
            problem.node,
            f"{subject(problem.path)} {_actual(problem)}, expected {expected(problem.place)}",
            fix=_fix(record.document, record.schema, problem),
            help=_help(record.document, record.schema, problem) if problem.value is None else "",
        )


def _help(document: Document, schema: Schema, problem: Problem) -> str:
    return "give it a value" + ("" if is_required(document, schema, problem.path) else ", or leave it out")


def _actual(problem: Problem) -> str:
    node, value = problem.node, problem.value
    if value is None:
        return "has no value"
    if isinstance(value, str) and _is_boolean_of_yaml_1_1(node):
        return f"is {value}, a boolean to some readers and a text to others"
    return f"is {written(value, problem.text)}"


def _is_boolean_of_yaml_1_1(node: Node) -> bool:
    return node.style == scalars.PLAIN and node.value.lower() in _BOOLEANS_OF_YAML_1_1


def _is_of_others(document: Document, schema: Schema, problem: Problem) -> bool:
    """Tell whether another rule speaks of it: DT001 of a date that is a number, IM001 of what is no size.

    And YA005 of a value that is lost, or is no list, for the sake of one character.
    """
    kinds = problem.place["type"]
    if hash_value(document, problem.node) and "string" in kinds:
        return True
    if glued_items(document, problem.node) and "array" in kinds:
        return True
    if problem.role in ("date", "updated-date"):
        return isinstance(problem.value, (int, float))
    if problem.role in ("image-width", "image-height"):
        number = whole_number(problem.value) if isinstance(problem.value, str) else None
        return number is None or any(schema.errors(number, problem.place))
    return False


def whole_number(value: object) -> int | None:
    """Return the whole number that *value*, a text or a float, is; None where it is none."""
    if isinstance(value, str) and scalars.resolve(value) == "int":
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else None


def _fix(document: Document, schema: Schema, problem: Problem) -> Fix | None:
    node, value, kind = problem.node, problem.value, problem.place["type"]
    if node.tag == "alias" or isinstance(value, (dict, list)):
        return None
    if value is None:
        return delete_item(document, node, "Delete it", UNSAFE)
    if kind == "array":
        single = (
            isinstance(value, str)
            and not any(schema.errors([value], problem.place))
            and "," not in value
            and value[0] != "-"
        )
        return make_list(document, node, "Make it a list of one") if single else None
    wanted, safety = _converted(problem)
    if wanted is None or any(schema.errors(wanted, problem.place)):
        return None
    return set_value(document, node, wanted, f"Write {scalars.render(wanted, scalars.DOUBLE)}", safety)


def _converted(problem: Problem) -> tuple[Value, Safety]:
    """Return the value as the type that is wanted (None where it is none), and how sure that is."""
    node, value, kind = problem.node, problem.value, problem.place["type"]
    if kind == "integer":
        return whole_number(value), SAFE
    if kind == "string" and problem.role in _TEXTS:
        return node.value, SAFE
    word = node.value.lower()
    if kind == "boolean" and word in BOOLEANS:
        sure = word in ("true", "false") or _is_boolean_of_yaml_1_1(node)
        return BOOLEANS[word], SAFE if sure else UNSAFE
    return None, UNSAFE
