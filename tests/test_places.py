"""What a schema makes of a file is told by the kinds of its values, as if it had been asked of each file."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.catalogue import load
from feedlint.glance import Glance
from feedlint.places import root_of
from feedlint.repository import Repository
from feedlint.schema import Schema
from feedlint.source import parse
from feedlint.source.front import trail_of
from fuzz import feeds
from tests.support import ARTICLE
from tests.test_trail import VALUES

REPOSITORY = Repository(None, today=datetime(2021, 6, 1, tzinfo=timezone.utc))
PATH = "_news/2020-12-08-4711.md"


def verdict(glance: Glance, text: str) -> bool | None:
    """Return what *glance* tells of the file with *text*; None where it is not plain."""
    trail = trail_of(glance._reader, text.encode("utf-8", "surrogateescape"), text, PATH)
    if trail is None:
        return None
    return glance._briefs(trail, PATH, has_cr=False)[0].is_valid


def edited(text: str, random: Random) -> str:
    """Return *text* with lines exchanged, left out, repeated, or with other values."""
    lines = text.split("\n")
    for _ in range(random.randint(0, 4) if len(lines) > 4 else 0):
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        key, colon, _ = lines[at].partition(": ")
        deed = random.random()
        if deed < 0.5 and colon:
            lines[at] = key + colon + random.choice(VALUES)
        elif deed < 0.7:
            del lines[at]
        elif deed < 0.85:
            lines.insert(at, lines[other])
        else:
            lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


SHIPPED = Glance([], REPOSITORY, load("article"))


@given(st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_shipped_schema(random: Random) -> None:
    path, content = feeds.split(feeds.feed(random))
    base = content.decode("utf-8", "surrogateescape") if path.endswith(".md") else ARTICLE
    for text in (base, edited(base, random), edited(ARTICLE, random)):
        found = verdict(SHIPPED, text)
        if found is not None:
            assert found == (not [*load("article").errors(parse(text, PATH).data)]), text


ITEM: dict[str, Any] = {
    "type": "object",
    "properties": {"k": {"enum": ["a", "v", 1]}, "c": {"type": "integer", "maximum": 5}, "m": {"pattern": "^x"}},
    "required": ["k"],
    "if": {"properties": {"k": {"const": "a"}}},
    "then": {"required": ["c"]},
    "else": {"properties": {"c": {"minimum": 3}}},
}
SCHEMAS: list[dict[str, Any]] = [
    {"properties": {"a": {"type": "array", "items": ITEM}}},
    {"properties": {"a": {"type": "array", "items": ITEM, "maxItems": 2}}},
    {"properties": {"a": {"type": "array", "items": ITEM, "minItems": 3}}},
    {"properties": {"a": {"type": "array", "items": ITEM, "uniqueItems": True}}},
    {"properties": {"a": {"items": {"anyOf": [ITEM, {"properties": {"m": {"const": "q"}}, "required": ["m"]}]}}}},
    {"properties": {"a": {"contains": ITEM, "maxContains": 1}}},
    {"properties": {"a": {"not": {"items": ITEM}}}},
    {"properties": {"a": {"items": {"$ref": "#/$defs/item"}}}, "$defs": {"item": ITEM}},
    {"additionalProperties": {"items": {"additionalProperties": {"type": ["string", "integer"], "minLength": 1}}}},
    {"properties": {"a": {"enum": ["x", [{"k": "a", "c": 1}]]}}},
    {"allOf": [{"properties": {"a": {"items": {"propertyNames": {"enum": ["k", "c"]}}}}}]},
    {"properties": {"a": {"items": {"properties": {"c": {"multipleOf": 2}}}}}},
    {"properties": {"b": {"uniqueItems": True, "items": {"type": ["string", "integer", "number"]}}}},
    {"properties": {"b": {"not": {"uniqueItems": True}}}},
    {"properties": {"a": True, "b": True}, "additionalProperties": False},
    {"required": ["a"]},
]


def listed(random: Random) -> str:
    """Return a record with a list of mappings, some of which are alike, and a list of values."""
    lines = [random.choice(["a:", "a:", "z:"])]
    kinds = [_item(random) for _ in range(2)]
    for _ in range(random.randint(1, 4)):
        lines += random.choice(kinds)
    lines += ["b:", *(f"  - {random.choice(['a', 'b', '1', '1.0', 'true'])}" for _ in range(random.randint(1, 3)))]
    return "\n".join(["---", *lines, "---", ""])


def _item(random: Random) -> list[str]:
    keys = random.sample("kcm", random.randint(1, 2))
    values = {"k": ["a", "v", "1", "z"], "c": ["1", "4", "9", "4.0"], "m": ["x", "q", "xq"]}
    lines = [f"{key}: {random.choice(values[key])}" for key in keys]
    return [f"  {'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


@pytest.mark.parametrize("source", SCHEMAS, ids=json.dumps)
def test_other_schemas(source: dict[str, Any]) -> None:
    schema = Schema("own", source)
    glance = Glance([], REPOSITORY, schema)
    random = Random(3)
    told: set[bool] = set()
    for _ in range(600):
        text = listed(random)
        found = verdict(glance, text)
        assert found is not None
        sound = not [*schema.errors(parse(text, PATH).data)]
        if found:  # what is not sure is left to the full look
            assert sound, text
        told.add(found)
        is_sure = "uniqueItems" not in json.dumps(source) and "4.0" not in text
        assert found == sound or not is_sure, text
    assert told


@pytest.mark.parametrize(
    ("alike", "unlike"),
    [
        ("b:\n  - k: x\n  - k: x", "b:\n  - k: x\n  - k: z"),
        ("b:\n  - 1.5\n  - 1.50", "b:\n  - 1.5\n  - 1.6"),
    ],
)
def test_where_some_items_have_to_be_alike_a_file_is_not_judged_by_another(alike: str, unlike: str) -> None:
    glance = Glance([], REPOSITORY, Schema("own", {"properties": {"b": {"not": {"uniqueItems": True}}}}))
    verdict(glance, f"---\n{alike}\n---\n")
    assert verdict(glance, f"---\n{unlike}\n---\n") is False


def test_few_files_are_shown_to_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    real = Schema.is_valid

    def ask(schema: Schema, data: Any) -> bool:
        asked.append(data)
        return real(schema, data)

    monkeypatch.setattr(Schema, "is_valid", ask)
    glance = Glance([], REPOSITORY, load("article"))
    for number in range(100):
        topics = "".join(f"  - Topic {each}\n" for each in range(number % 7 + 1))
        text = ARTICLE.replace("Harbour", f"Harbour {number}").replace("topics:\n", f"topics:\n{topics}")
        assert verdict(glance, text)
    assert len(asked) == 7
    assert not verdict(glance, ARTICLE.replace("topics:\n", "topics:\n  - Trams\n  - Trams\n"))
    assert not verdict(glance, ARTICLE.replace("type: article", "type: radio"))
    assert len(asked) == 8


def test_what_is_known_of_a_schema_is_told_apart_no_further_than_it_asks() -> None:
    place = root_of(load("article"))
    title = place.below("title")
    assert title.kind("str", "plain", "A") == title.kind("str", "double", "B") == "str"
    assert title.kind("int", "plain", "1") is None
    assert title.kind("str", "double", " ") == ("str", 0)
    assert place.below("quality").kind("int", "plain", "10001") != place.below("quality").kind("int", "plain", "1")
    assert place.below("publishedDateTime").kind("str", "double", "2020-12-08T21:40:00Z") is None
    assert place.below("publishedDateTime").kind("date", "plain", "2020-12-08T21:40:00Z") == "str"
    assert title.kind("date", "plain", "2020-12-08T21:40:00Z") is None
