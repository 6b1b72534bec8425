"""The schema: it is sound, describes every field, takes what is real and refuses what is not, in both validators."""

from __future__ import annotations

import base64
import binascii
import copy
import json
import pickle
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from feedlint import catalogue
from feedlint.catalogue import Catalogue, collection_of, load
from feedlint.record import Record
from feedlint.repository import Repository
from feedlint.roots import NoFile
from feedlint.rules.sc.clear import is_valid
from feedlint.schema import ROLE, Schema, SchemaError
from feedlint.source import parse
from tests.support import ARTICLE, read

ARTICLE_SCHEMA = load("article")
RELATED = {
    "title": "What the tram line will cost",
    "excerpt": "The council has published its first estimate.",
    "publishedDateTime": "2020-12-08T18:05:00Z",
    "webUrl": "https://www.example.net/tram-costs",
    "type": "article",
    "provider": {"name": "Example Post", "domain": "example.net"},
    "quality": 41,
    "images": [{"url": "/assets/tram.jpg", "width": 40, "height": 30}],
}


def article(**changes: Any) -> dict[str, Any]:
    """Return a valid record with *changes*; a value of ... removes the field."""
    data: dict[str, Any] = {**read(ARTICLE).data, "related": [copy.deepcopy(RELATED)], **changes}
    return {name: value for name, value in data.items() if value is not ...}


def wrong(data: Any) -> list[tuple[str, list[Any]]]:
    return sorted((error.validator, list(error.absolute_path)) for error in ARTICLE_SCHEMA.errors(data))


# --- the file --------------------------------------------------------------------------------------------------


def test_names_text_and_load() -> None:
    assert "article" in catalogue.names()
    assert catalogue.text("article") == (Path(catalogue.folder()) / "article.schema.json").read_text(encoding="utf-8")
    assert load("article") is load("article")
    assert load("article").name == "article"


@pytest.mark.parametrize("name", ["novel", "", "../article", "article.schema.json"])
def test_a_schema_that_is_not_there(name: str) -> None:
    with pytest.raises(KeyError):
        catalogue.text(name)
    with pytest.raises(KeyError):
        load(name)


def test_the_schemas_of_an_installed_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feedlint" / "schemas").mkdir(parents=True)
    (tmp_path / "feedlint" / "schemas" / "recipe.schema.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(catalogue, "__file__", str(tmp_path / "feedlint" / "catalogue.py"))
    assert catalogue.names() == ["recipe"]
    (tmp_path / "feedlint" / "schemas").rename(tmp_path / "schemas")
    assert catalogue.names() == ["recipe"]


def test_it_is_valid_against_its_meta_schema() -> None:
    Draft202012Validator.check_schema(ARTICLE_SCHEMA.source)
    jsonschema_rs.meta.validate(ARTICLE_SCHEMA.source)
    assert ARTICLE_SCHEMA.source["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def places(place: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every place of the schema a value can have, once, with its name."""
    yield name, place
    for key, below in place.get("properties", {}).items():
        if "$ref" not in below:
            yield from places(below, f"{name}.{key}")
    if "items" in place and "$ref" not in place["items"]:
        yield from places(place["items"], f"{name}[]")


RECORDS = [load(name) for name in catalogue.names() if load(name).source.get(ROLE) == "record"]


def all_places() -> list[Any]:
    found = [(each, *place) for each in RECORDS for place in places(each.source, each.name)]
    found += [(ARTICLE_SCHEMA, *p) for key, d in ARTICLE_SCHEMA.source["$defs"].items() for p in places(d, f"${key}")]
    return [pytest.param(*place, id=place[1]) for place in found]


@pytest.mark.parametrize(("owner", "name", "place"), all_places())
def test_every_place_is_described_with_examples_that_are_valid(owner: Schema, name: str, place: dict[str, Any]) -> None:
    if "$ref" in place:
        assert owner.resolve(place["$ref"])
        return
    assert place["description"].endswith(".")
    assert "type" in place or name.endswith("highlight")
    if name != owner.name:
        assert place["examples"]
    for value in place.get("examples", ()):
        assert not list(owner.errors(value, place))
    assert (place.get("type") == "object") == ("additionalProperties" in place)


def test_the_schemas_of_records() -> None:
    assert [each.name for each in RECORDS] == [
        "article", "community", "learning", "organization", "person", "sample", "topic"
    ]  # fmt: skip
    for each in RECORDS:
        Draft202012Validator.check_schema(each.source)
        jsonschema_rs.meta.validate(each.source)
        assert each.source["$id"] == f"{each.name}.schema.json"
        assert each.collections


@pytest.mark.parametrize("owner", RECORDS, ids=lambda owner: owner.name)
def test_a_record_of_the_examples_is_valid_in_both_validators(owner: Schema) -> None:
    data = {}
    for key, place in owner.source["properties"].items():
        found = owner.deref(place)
        data[key] = found["examples"][0]
    data.pop("deleted", None)
    assert list(owner.errors(data)) == []
    assert owner.is_valid(data)
    for key in owner.source["required"]:
        without = {name: value for name, value in data.items() if name != key}
        assert [error.validator for error in owner.errors(without)] == ["required"]
        assert not owner.is_valid(without)


def test_it_has_no_alternatives_whose_errors_nobody_understands() -> None:
    text = json.dumps(ARTICLE_SCHEMA.source)
    assert not [word for word in ("anyOf", "oneOf", "allOf", "not") if f'"{word}"' in text]


def roles(place: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    if "$ref" in place:
        place = ARTICLE_SCHEMA.resolve(place["$ref"])
    if ROLE in place:
        yield path, place[ROLE]
    for key, below in place.get("properties", {}).items():
        yield from roles(below, f"{path}.{key}".lstrip("."))
    if "items" in place:
        yield from roles(place["items"], f"{path}[]")


def test_the_roles_that_rules_ask_for() -> None:
    own = {
        "title": "title",
        "excerpt": "excerpt",
        "publishedDateTime": "date",
        "updatedDateTime": "updated-date",
        "originalUrl": "original-url",
        "webUrl": "web-url",
        "ampWebUrl": "amp-url",
        "cdnAmpWebUrl": "cdn-amp-url",
        "type": "type",
        "quality": "quality",
        "heat": "heat",
        "published": "published",
        "featuredContent": "featured-content",
        "topics": "topics",
        "topics[]": "topic",
        "provider": "provider",
        "provider.name": "provider-name",
        "provider.domain": "provider-domain",
        **{f"{images}[]": "image" for images in ("images", "provider.images")},
        **{f"{images}[].url": "image-url" for images in ("images", "provider.images")},
        **{f"{images}[].width": "image-width" for images in ("images", "provider.images")},
        **{f"{images}[].height": "image-height" for images in ("images", "provider.images")},
        **{f"{images}[].title": "image-title" for images in ("images", "provider.images")},
        **{f"{images}[].attribution": "text" for images in ("images", "provider.images")},
        "provider.authors[].name": "text",
    }
    root_only = {
        "sourceUrl": "link",
        "canonical_url": "link",
        "attribution": "text",
        "actions[].url": "link",
        "actions[].title": "text",
        "actions[].attribution": "text",
    }
    found = dict(roles(ARTICLE_SCHEMA.source))
    assert found.pop("") == "record"
    assert found.pop("category") == "category"
    assert found.pop("secured") == "secured"
    assert found.pop("related[]") == "record"
    assert {path: role for path, role in found.items() if not path.startswith("related[]")} == {
        **own,
        **root_only,
    }
    assert {path[10:]: role for path, role in found.items() if path.startswith("related[]")} == own


def test_a_field_is_found_through_its_reference() -> None:
    source = ARTICLE_SCHEMA.source
    assert ARTICLE_SCHEMA.field(source, "title")["maxLength"] == 500
    assert ARTICLE_SCHEMA.field(source, "category")["enum"] == ["news"]
    assert ARTICLE_SCHEMA.field(source["then"], "webUrl")[ROLE] == "web-url"
    assert ARTICLE_SCHEMA.field(source["$defs"]["image"], "heat") == {}


# --- which schema covers a file --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "collection"),
    [
        ("_news/a.md", "_news"),
        ("feed/_news/2020/a.md", "_news/2020"),
        ("_data/_people/a.md", "_people"),
        ("_learning/videos/a.md", "_learning/videos"),
        ("_data/topics/a.yaml", "_data/topics"),
        ("news/a.md", None),
        ("_/a.md", None),
        ("_a.md", None),
        ("", None),
    ],
)
def test_collection_of(path: str, collection: str | None) -> None:
    assert collection_of(path) == collection


@pytest.mark.parametrize(
    ("path", "front", "name"),
    [
        ("_news/a.md", "title: A", "article"),
        ("_news/a.md", "category: customer", "article"),
        ("_stories/a.md", "category: news", "article"),
        ("_learning/a.md", "category: news", "learning"),
        ("_learning/videos/a.md", "title: A", "learning"),
        ("apps/_samples/a.md", "title: A", "sample"),
        ("_people/a.md", "name: A", "person"),
        ("_communities/a.md", "name: A", "community"),
        ("_data/organizations/a.md", "name: A", "organization"),
        ("_data/a.md", "name: A", None),
        ("_recipes/a.md", "title: A", None),
        ("_recipes/a.md", "category: [news]", None),
        ("drafts/a.md", "title: A", "article"),
        ("_recipes/a.md", "- news", None),
    ],
)
def test_schema_of(path: str, front: str, name: str | None) -> None:
    schema = Repository(None).schema_of(parse(f"---\n{front}\n---\n", path))
    assert (schema.name if schema else None) == name


def test_a_text_without_a_place_is_the_same_wherever_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_learning").mkdir()
    (tmp_path / "_config.yml").touch()
    monkeypatch.chdir(tmp_path / "_learning")
    assert Repository(None).schema_of(parse(b"---\ntitle: A\n---\n", NoFile("<text>"))) is ARTICLE_SCHEMA


def test_a_data_file_is_yaml_from_end_to_end() -> None:
    document = parse("taxonomy: topic\n_id: a\nname: A\n", "_data/topics/a.yaml")
    schema = Repository(None).schema_of(document)
    assert schema is not None
    assert schema.name == "topic"
    assert document.is_data
    assert document.data == {"taxonomy": "topic", "_id": "a", "name": "A"}
    assert schema.is_valid(document.data)


# --- what is valid ---------------------------------------------------------------------------------------------

OLDER = {"quality": ..., "heat": ..., "published": ...}


@pytest.mark.parametrize(
    "data",
    [
        article(),
        article(related=...),
        article(originalUrl=...),
        article(ampWebUrl=..., cdnAmpWebUrl=...),
        article(**OLDER),
        article(images=...),
        article(images=[]),
        article(images=[{"url": "/a.png", "width": 1, "height": 20_000, "title": "A tram", "attribution": "B"}]),
        article(type="video", webUrl=..., featuredContent="<iframe></iframe>"),
        article(type="video"),
        article(heat=-1, published=False),
        article(quality=0),
        article(title="!"),
        article(provider={"name": "A", "domain": "a.example", "images": [], "authors": [{"name": "Ada"}]}),
        article(related=[{name: RELATED[name] for name in ("title", "publishedDateTime", "webUrl", "provider")}]),
        article(related=[{**RELATED, "heat": 7, "topics": ["A"], "originalUrl": "https://a.example/"}]),
        article(updatedDateTime="2020-12-09T08:15:00Z", tags=["a", "a"], locale="en-us", categories="a b"),
        article(highlight=True, length="PT4M", actions=[{"url": "/a.zip"}], attribution="A", sourceUrl="https://a"),
        article(layout=None, permalink="/a/", date="2020-12-08", slug="a", tag="a", lang="en", ref="a"),
        article(redirect_from=["/b/"], redirect_to="/c/", sitemap=False, last_modified_at="2020-12-09"),
        article(excerpt_separator="<!--more-->", render_with_liquid=False, draft=True, deleted=False, tags=None),
        # Formats are described, not asserted: other rules speak of dates and URLs.
        article(publishedDateTime="soon", webUrl="htp:/x"),
    ],
)
def test_what_is_real_is_valid(data: dict[str, Any]) -> None:
    assert ARTICLE_SCHEMA.is_valid(data)
    assert wrong(data) == []


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        *[
            (article(**{name: ...}), [("required", [])])
            for name in ("category", "title", "excerpt", "publishedDateTime", "provider", "topics", "secured", "webUrl")
        ],
        (article(type=...), [("required", [])]),
        (article(type=..., webUrl=...), [("required", []), ("required", [])]),
        (article(type="vidoe", webUrl=...), [("enum", ["type"])]),
        (article(heat=...), [("dependentRequired", []), ("dependentRequired", [])]),
        (article(ampWebUrl=...), [("dependentRequired", [])]),
        (article(cdnAmpWebUrl=...), [("dependentRequired", [])]),
        (article(titel="A"), [("additionalProperties", [])]),
        (article(category="people"), [("enum", ["category"])]),
        (article(type="Article"), [("enum", ["type"])]),
        (article(quality=-1), [("minimum", ["quality"])]),
        (article(quality=10_001), [("maximum", ["quality"])]),
        (article(quality="61"), [("type", ["quality"])]),
        (article(quality=True), [("type", ["quality"])]),
        (article(heat=-2), [("minimum", ["heat"])]),
        (article(heat=10_001), [("maximum", ["heat"])]),
        (article(published="true"), [("type", ["published"])]),
        (article(title=""), [("pattern", ["title"])]),
        (article(title=" \t\r\n"), [("pattern", ["title"])]),
        (article(title="A" * 501), [("maxLength", ["title"])]),
        (article(title=None), [("type", ["title"])]),
        (article(excerpt=""), [("pattern", ["excerpt"])]),
        (article(excerpt="A" * 5_001), [("maxLength", ["excerpt"])]),
        (article(topics=[]), [("minItems", ["topics"])]),
        (article(topics=["A", "B", "A"]), [("uniqueItems", ["topics"])]),
        (article(topics=["A", ""]), [("pattern", ["topics", 1])]),
        (article(topics="A"), [("type", ["topics"])]),
        (article(secured="abc"), [("pattern", ["secured"])]),
        (article(images=[{"url": "/a.png"}]), [("required", ["images", 0]), ("required", ["images", 0])]),
        (article(images=[{"url": "/a.png", "width": 0, "height": 20_001}]), [
            ("maximum", ["images", 0, "height"]),
            ("minimum", ["images", 0, "width"]),
        ]),
        (article(images={"url": "/a.png"}), [("type", ["images"])]),
        (article(provider={"name": "A", "domain": "a", "url": "b"}), [("additionalProperties", ["provider"])]),
        (article(provider={"name": " ", "domain": ""}), [
            ("pattern", ["provider", "domain"]),
            ("pattern", ["provider", "name"]),
        ]),
        (article(related=[{**RELATED, "secured": "A"}]), [("additionalProperties", ["related", 0])]),
        (article(related=[{**RELATED, "ampWebUrl": "https://a"}]), [("dependentRequired", ["related", 0])]),
        (article(actions=[{"title": "A"}]), [("required", ["actions", 0])]),
        ([], [("type", [])]),
    ],
)  # fmt: skip
def test_what_is_not_valid(data: Any, errors: list[tuple[str, list[Any]]]) -> None:
    assert not ARTICLE_SCHEMA.is_valid(data)
    assert wrong(data) == errors


def test_a_whole_number_with_a_fraction_is_no_integer_to_a_typed_client() -> None:
    assert ARTICLE_SCHEMA.is_valid(article(quality=61.0))  # as JSON Schema has it
    assert wrong(article(quality=61.0)) == [("type", ["quality"])]


def test_only_of_such_a_number_is_the_full_account_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def errors(_: Schema, data: Any) -> list[Any]:
        asked.append(data["average"])
        return []

    monkeypatch.setattr(Schema, "errors", errors)
    schema = Schema("a", {"properties": {"average": {"type": "number"}}})
    for average in ("4.65", "4.0"):
        document = parse(f"---\naverage: {average}\n---\n")
        assert document.root is not None
        assert is_valid(Record(document, document.root, schema.shape, schema, Repository(None)).brief)
    assert asked == [4.0]


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        (r"^a$(?!\n)", "a", True),
        (r"^a$(?!\n)", "a\n", False),
        (r"^a$(?!\n)|^b$(?!\n)", "a\n", False),
        (r"^a\$(?!\n)", "a$b", True),
        (r"^a\$(?!\n)", "a$\n", False),
    ],
)
def test_the_end_of_a_text_is_its_end(pattern: str, text: str, fits: bool) -> None:
    for place in ({"pattern": pattern}, {"anyOf": [{"pattern": pattern}, {"const": 1}]}):
        assert Schema("a", place).is_valid(text) == fits
        assert (list(Schema("a", place).errors(text)) == []) == fits
    assert Schema("a", {"const": {"pattern": pattern}}).is_valid({"pattern": pattern})


def test_a_text_that_the_gate_cannot_take_goes_the_long_way() -> None:
    assert not ARTICLE_SCHEMA.is_valid(article(title="A \ud800"))
    assert wrong(article(title="A \ud800")) == []


def test_without_the_gate_the_verdict_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    slow = Schema("article", load("article").source)
    assert slow.is_valid(article())
    assert not slow.is_valid(article(titel="A"))
    assert slow._gate() is None


def test_many_items_are_compared_in_a_moment() -> None:
    topics = [f"topic {number}" if number % 2 else number for number in range(50_000)]
    keywords = {keyword for keyword, _ in wrong(article(topics=topics))}
    assert keywords == {"type"}


# --- two validators --------------------------------------------------------------------------------------------

NAMES = st.sampled_from([*ARTICLE_SCHEMA.source["properties"], "url", "width", "name", "domain", "titel", "x", ""])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 25_000),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
    st.sampled_from(["", " ", "\n", "article", "video", "news", "true", "61", "\u00a0", "\x1c", "A" * 501, "A" * 500]),
    st.text(max_size=8),
    st.lists(st.one_of(st.text(max_size=2), st.integers(0, 3), st.none(), st.just({})), max_size=4),
    st.dictionaries(NAMES, st.text(max_size=3), max_size=4),
    st.just(RELATED),
    st.just([RELATED, RELATED]),
)


def containers(data: Any) -> Iterator[Any]:
    if isinstance(data, (dict, list)):
        yield data
        for value in data.values() if isinstance(data, dict) else data:
            yield from containers(value)


@st.composite
def mutants(draw: st.DrawFn) -> Any:
    """Draw a valid record with one to four places changed, added, renamed, doubled or removed."""
    data = copy.deepcopy(article(type=draw(st.sampled_from(["article", "video"]))))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(list(containers(data))))
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        action = draw(st.sampled_from(["set", "add", "remove", "rename", "double"]))
        if action == "add" or not keys:
            if isinstance(place, dict):
                place[draw(NAMES)] = copy.deepcopy(draw(VALUES))
            else:
                place.append(copy.deepcopy(draw(VALUES)))
            continue
        key = draw(st.sampled_from(keys))
        if action == "set":
            place[key] = copy.deepcopy(draw(VALUES))
        elif action == "remove":
            del place[key]
        elif isinstance(place, dict):
            value = place.pop(key) if action == "rename" else copy.deepcopy(place[key])
            place[draw(NAMES)] = value
        else:
            place.append(copy.deepcopy(place[key]))
    return data


@given(mutants())
@example(article())
def test_both_validators_give_the_same_verdict(data: Any) -> None:
    plain = Draft202012Validator(ARTICLE_SCHEMA.source).is_valid(data)
    assert jsonschema_rs.Draft202012Validator(ARTICLE_SCHEMA.source).is_valid(data) == plain
    assert ARTICLE_SCHEMA.is_valid(data) == plain
    assert (wrong(data) == []) == plain


def decodes(text: str) -> bytes | None:
    try:
        # Before 3.11 too much padding is taken.
        return base64.b64decode(text.encode("ascii"), validate=True) if len(text) % 4 == 0 else None
    except (binascii.Error, UnicodeEncodeError):
        return None


@given(
    st.one_of(st.binary(max_size=100), st.sampled_from([0, 16, 32, 48, 64, 80, 96, 112]).map(bytes)),
    st.one_of(st.just(bytes(16)), st.binary(max_size=33)),
    st.one_of(st.just(""), st.sampled_from(["\n", " ", "=", ";", "A", "-", "é"])),
    st.integers(0, 180),
)
def test_the_pattern_of_secured_is_what_decodes(ciphertext: bytes, vector: bytes, stray: str, at: int) -> None:
    text = f"{base64.b64encode(ciphertext).decode()};{base64.b64encode(vector).decode()}"
    text = text[:at] + stray + text[at:]
    parts = [decodes(part) for part in text.split(";")]
    sound = len(parts) == 2 and bool(parts[0]) and len(parts[0] or b"") % 16 == 0 and len(parts[1] or b"") == 16
    assert ARTICLE_SCHEMA.is_valid(article(secured=text)) == sound
    assert (wrong(article(secured=text)) == []) == sound


# --- a schema that a repository brings -------------------------------------------------------------------------

STORY: dict[str, Any] = {
    "x-feedlint-role": "record",
    "x-feedlint-collections": ["_stories"],
    "type": "object",
    "properties": {
        "headline": {"$ref": "article.schema.json#/$defs/title"},
        "when": {"type": "string", "x-feedlint-role": "date"},
        "more": {"type": "array", "items": {"$ref": "#/$defs/more"}},
    },
    "required": ["headline"],
    "additionalProperties": False,
    "$defs": {"more": {"type": "object", "properties": {"link": {"type": "string", "x-feedlint-role": "web-url"}},
                       "x-feedlint-role": "record"}},
}  # fmt: skip


def own(tmp_path: Path, source: Any) -> Schema:
    file = tmp_path / "story.schema.json"
    file.write_text(source if isinstance(source, str) else json.dumps(source), encoding="utf-8")
    return catalogue.read(file)


def test_a_schema_of_ones_own(tmp_path: Path) -> None:
    story = own(tmp_path, STORY)
    assert story.name == "story"
    assert story.keys == {"title": "headline", "date": "when", "web-url": "link"}
    assert story.is_valid({"headline": "A", "more": [{"link": "x"}]})
    assert not story.is_valid({"headline": " "})
    assert not story.is_valid({"titel": "A"})
    repository = Repository(None, schemas=Catalogue([story]))
    found = {
        path: repository.schema_of(parse("---\ntitle: A\n---\n", path)) for path in ("_stories/a.md", "_news/a.md")
    }
    assert {path: each.name if each else None for path, each in found.items()} == {
        "_stories/a.md": "story",
        "_news/a.md": "article",
    }


def test_it_comes_before_the_one_that_is_shipped(tmp_path: Path) -> None:
    story = own(tmp_path, {**STORY, "x-feedlint-collections": ["_news"]})
    found = Catalogue([story])
    assert found.covering("_news/a.md", {}) is story
    assert found.covering("_people/a.md", {}) is load("person")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{", "it is not JSON"),
        ("[]", "it is no JSON Schema"),
        ({"type": "objekt"}, "it is no JSON Schema"),
        ({}, 'it does not say "x-feedlint-role": "record" at its top'),
        ({**STORY, "x-feedlint-collections": []}, "it does not say which folders it covers"),
        ({**STORY, "x-feedlint-collections": ["news"]}, "it covers 'news', but"),
        ({**STORY, "x-feedlint-body": "no"}, '"x-feedlint-body" is true or false'),
        ({**STORY, "x-feedlint-file-name": "title"}, '"x-feedlint-file-name" is a list of roles'),
        ({**STORY, "properties": {"a": {"$ref": "#/$defs/gone"}}}, "nothing is at '#/$defs/gone'"),
        ({**STORY, "properties": {"a": {"$ref": "#gone"}}}, "by another way than its path"),
        ({**STORY, "properties": {"a": {"$dynamicRef": "https://a.example/b"}}}, "by another way than its path"),
        ({**STORY, "properties": {"a": {"$ref": "https://a.example/b"}}}, "refers to 'https://a.example/b'"),
        ({**STORY, "properties": {"a": {"$ref": "../b.schema.json"}}}, "refers to '../b.schema.json'"),
        ({**STORY, "properties": {"default": {"$ref": "gone.json"}}}, "refers to 'gone.json'"),
        ({**STORY, "$defs": {"a": {"$ref": "#/$defs/a"}}, "properties": {"a": {"$ref": "#/$defs/a"}}}, "without end"),
        ("[" * 100_000, "it is nested too deeply"),
        (
            {**STORY, "properties": {"a": {"x-feedlint-role": ["title"]}}},
            "\"x-feedlint-role\" is ['title'], which is no role",
        ),
        ({**STORY, "properties": {"a": {"x-feedlint-role": "titel"}}}, "no role, did you mean 'title'?"),
        ({**STORY, "x-feedlint-file-name": ["date", "titel"]}, "no role, did you mean 'title'?"),
        ({**STORY, "maximum": float("inf")}, "it cannot be used: "),
        ({**STORY, "title": "\ud800"}, "it cannot be used: "),
        ({**STORY, "properties": {"a": {"pattern": r"\Z"}}}, "it cannot be used: "),
    ],
)
def test_a_schema_that_cannot_be_used(tmp_path: Path, source: Any, reason: str) -> None:
    with pytest.raises(SchemaError, match=re.escape(reason)) as error:
        own(tmp_path, source)
    assert str(error.value).startswith(f"{tmp_path / 'story.schema.json'}: ")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^(a+)+$", "a" * 50 + "!"),
        (r"^(a+)+\1$", "a" * 50 + "!"),
        ("^[a-z]+$", "abc\n"),
        (r"^\d$", "٣"),
        ("^x", "\ud800"),
    ],
)
def test_a_pattern_means_the_same_to_both_validators_and_costs_little(tmp_path: Path, pattern: str, text: str) -> None:
    schema = own(tmp_path, {**STORY, "properties": {"headline": {"type": "string", "pattern": pattern}}})
    assert not schema.is_valid({"headline": text})
    assert [error.validator for error in schema.errors({"headline": text})] == ["pattern"]


def test_a_schema_that_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"gone\.json: No such file"):
        catalogue.read(tmp_path / "gone.json")


def test_of_two_schemas_for_a_folder_the_first_counts(tmp_path: Path) -> None:
    first, second = own(tmp_path, STORY), own(tmp_path, {**STORY, "required": []})
    assert Catalogue([first, second]).covering("_stories/a.md", {}) is first


def test_a_schema_that_is_shipped_is_known_as_one_in_another_process() -> None:
    for schema in (catalogue.load("article"), Schema("mine", {})):
        other = pickle.loads(pickle.dumps(schema))  # our own
        assert (other.name, other.source, other.is_shipped) == (schema.name, schema.source, schema.is_shipped)
