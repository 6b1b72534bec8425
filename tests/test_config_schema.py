"""The schema of the configuration and the code agree: what one takes the other takes, and both refuse the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from feedlint import catalogue
from feedlint.config import ConfigError
from feedlint.config.configuration import Configuration, load

SCHEMA = catalogue.load("config").source
VALIDATOR = Draft202012Validator(SCHEMA)
KEYS = sorted(SCHEMA["properties"])

# Names that there are, so that only the shape decides.
RULES = st.sampled_from(["TX", "tx001", "mojibake", "ALL"])
TEXTS = st.sampled_from(["", ".", "a", "a/b", "a/../b", "/a", "*.md", "https://feed.example/x", "https://a?b", "a\n"])
VALUES = st.one_of(
    RULES,
    TEXTS,
    st.sampled_from(["error", "info", "grave", "article", "topic"]),
    st.sampled_from([True, 0, -1, 1.5]),
)
NAMES = st.one_of(RULES, TEXTS)
ANY = st.recursive(
    VALUES,
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(NAMES, below, max_size=2)),
    max_leaves=4,
)
LIKELY = st.one_of(
    st.lists(RULES, max_size=3),
    st.lists(TEXTS, max_size=3),
    st.dictionaries(NAMES, st.lists(RULES, max_size=2), max_size=2),
    st.dictionaries(NAMES, VALUES, max_size=2),
    ANY,
)
CONFIGURATIONS = st.dictionaries(st.sampled_from([*KEYS, "selct", "Select", "tool"]), LIKELY, max_size=2)


@pytest.fixture(autouse=True)
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def toml(value: Any) -> str:
    """Return *value* as TOML has it; a text as JSON does, which is the same."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def loaded(values: dict[str, Any]) -> Configuration | str:
    """Return the configuration that says *values*, or why it cannot be used."""
    file = Path("feedlint.toml").absolute()
    file.write_text("".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in values.items()), encoding="utf-8")
    try:
        found = load(str(file))
    except ConfigError as error:
        return str(error)
    assert found is not None
    return found


OF_NAMES = (
    "no rule ",
    "no schema ",
    "there is no file ",
    "leads out of the repository",
    "is no pattern",
    "names no file",
)
"""What only the code can know: the shape is right, and what is named is not there."""


@given(CONFIGURATIONS)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_schema_and_the_code_agree(values: dict[str, Any]) -> None:
    found = loaded(values)
    if VALIDATOR.is_valid(values):
        if isinstance(found, Configuration):
            assert found.values == values
        else:
            assert any(words in found for words in OF_NAMES), found
    else:
        assert isinstance(found, str)
        assert found.startswith("feedlint.toml:")
        assert not any(words in found for words in OF_NAMES)


@pytest.mark.parametrize("key", KEYS)
def test_the_examples_of_the_schema_can_be_used(key: str) -> None:
    """In an editor they are what is offered."""
    story = {"x-feedlint-role": "record", "x-feedlint-collections": ["_stories"]}
    Path("schemas").mkdir()
    Path("schemas/story.schema.json").write_text(json.dumps(story), encoding="utf-8")
    for example in SCHEMA["properties"][key]["examples"]:
        more = {"schemas": ["schemas/story.schema.json"]} if key == "collections" else {}
        assert isinstance(loaded({key: example, **more}), Configuration)
