"""The schema: it is sound, describes every field, takes what is real and refuses what is not, in both validators."""

from __future__ import annotations

import base64
import binascii
import copy
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from feedlint import schema
from feedlint.schema import ROLE, Schema, collection_of, load, name_for
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
    assert "article" in schema.names()
    assert schema.text("article") == (schema.folder() / "article.schema.json").read_text(encoding="utf-8")
    assert load("article") is load("article")
    assert load("article").name == "article"


@pytest.mark.parametrize("name", ["novel", "", "../article", "article.schema.json"])
def test_a_schema_that_is_not_there(name: str) -> None:
    with pytest.raises(KeyError):
        schema.text(name)
    with pytest.raises(KeyError):
        load(name)


def test_the_schemas_of_an_installed_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feedlint" / "schemas").mkdir(parents=True)
    (tmp_path / "feedlint" / "schemas" / "recipe.schema.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(schema, "__file__", str(tmp_path / "feedlint" / "schema.py"))
    assert schema.names() == ["recipe"]
    (tmp_path / "feedlint" / "schemas").rename(tmp_path / "schemas")
    assert schema.names() == ["recipe"]


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


def all_places() -> list[tuple[str, dict[str, Any]]]:
    found = list(places(ARTICLE_SCHEMA.source))
    for name, place in ARTICLE_SCHEMA.source["$defs"].items():
        found += places(place, name)
    return found


@pytest.mark.parametrize(("name", "place"), [pytest.param(*p, id=p[0] or "record") for p in all_places()])
def test_every_place_is_described_with_examples_that_are_valid(name: str, place: dict[str, Any]) -> None:
    assert place["description"].endswith(".")
    assert "type" in place or name == ".highlight"
    if name:
        assert place["examples"]
    for value in place.get("examples", ()):
        assert not list(ARTICLE_SCHEMA.errors(value, place))
    assert (place.get("type") == "object") == ("additionalProperties" in place)


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
    }
    found = dict(roles(ARTICLE_SCHEMA.source))
    assert found.pop("") == "record"
    assert found.pop("category") == "category"
    assert found.pop("secured") == "secured"
    assert found.pop("related[]") == "record"
    assert {path: role for path, role in found.items() if not path.startswith("related[]")} == own
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
        ("feed/_news/2020/a.md", "_news"),
        ("_data/_people/a.md", "_people"),
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
        ("_learning/a.md", "title: A", None),
        ("_learning/a.md", "category: [news]", None),
        ("drafts/a.md", "title: A", "article"),
        ("_learning/a.md", "- news", None),
    ],
)
def test_name_for(path: str, front: str, name: str | None) -> None:
    assert name_for(parse(f"---\n{front}\n---\n", path)) == name


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


def test_a_text_that_the_gate_cannot_take_goes_the_long_way() -> None:
    assert not ARTICLE_SCHEMA.is_valid(article(title="A \ud800"))
    assert wrong(article(title="A \ud800")) == []


def test_without_the_gate_the_verdict_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    slow = Schema("article")
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
