"""What makes a run on one file start soon: what is made, or loaded, when it is first asked for, is the same then."""

from __future__ import annotations

import copy
import dataclasses
import io
import itertools
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import imagesize
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import feedlint
from feedlint import catalogue, pictures
from feedlint.diagnostic import Diagnostic
from feedlint.glimpse import Unsure, faults
from feedlint.lazy import Regex, regex
from feedlint.pictures import picture_size
from feedlint.report import FileReport
from feedlint.rules import RULES
from feedlint.rules.tx import boring
from feedlint.source import Span, parse
from feedlint.values import dataclass, field, replace
from tests.support import ARTICLE
from tests.test_linear import growth, units

# --- regular expressions -----------------------------------------------------------------------------------


def test_a_lazy_expression_is_as_a_compiled_one() -> None:
    lazy = regex(r"(?P<word>[a-z]+)\b", re.IGNORECASE)
    assert isinstance(lazy, Regex)
    assert lazy.pattern == r"(?P<word>[a-z]+)\b"
    assert "match" not in vars(lazy)
    found = lazy.match("Tram 4")
    assert found is not None
    assert found["word"] == "Tram"
    assert lazy.sub("x", "Tram 4 Quay") == "x 4 x"
    assert lazy.findall("a b") == ["a", "b"]
    assert lazy.split("1 a 2", 1) == ["1 ", "a", " 2"]
    assert (lazy.flags, lazy.groups) == (re.compile("a", re.IGNORECASE).flags, 1)
    assert regex(rb"\d").findall(b"a1") == [b"1"]
    assert not hasattr(lazy, "groupindices")


def test_a_wrong_expression_says_so() -> None:
    with pytest.raises(re.error):
        regex("(").match("a")


def test_signs_of_ascii_texts_are_those_of_all_texts() -> None:
    around = [*map(chr, range(128))]
    special = "?&%=!\"') \n<\\aA0g"
    texts = [
        *("".join(pair) for pair in itertools.product(around, around)),
        *("".join(three) for three in itertools.product(special, special, special)),
    ]
    for text in texts:
        assert boring._SIGN_ASCII.findall(f"x{text}\n") == boring._SIGN.findall(f"x{text}\n"), text


# --- values ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tram:
    line: int
    stops: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass
class Depot:
    trams: int = 0


def test_values() -> None:
    tram = Tram(4, notes=["late"])
    assert tram == Tram(4, (), ["late"])
    assert tram != Tram(5)
    assert tram != object()
    assert repr(tram) == "Tram(line=4, stops=(), notes=['late'])"
    assert Tram(4).notes is not Tram(4).notes
    assert replace(tram, line=5) == Tram(5, notes=["late"])
    assert hash(Diagnostic(Span(0, 1), "a")) == hash(Diagnostic(Span(0, 1), "a"))
    assert pickle.loads(pickle.dumps(tram)) == copy.deepcopy(tram) == tram
    match tram:
        case Tram(line, stops):
            assert (line, stops) == (4, ())


def test_a_frozen_value_does_not_change() -> None:
    tram = Tram(4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        tram.line = 5  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del tram.line
    depot = Depot()
    depot.trams += 1
    assert depot == Depot(1)
    with pytest.raises(TypeError):
        hash(depot)


@pytest.mark.parametrize(("given_", "named"), [((), {}), ((1, (), [], 2), {}), ((1,), {"line": 1}), ((1,), {"x": 1})])
def test_a_value_is_given_each_field_once(given_: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Tram has line, stops, notes, and each is given once"):
        Tram(*given_, **named)


def test_values_are_dataclasses_to_those_who_ask() -> None:
    assert dataclasses.is_dataclass(Tram)
    assert [each.name for each in dataclasses.fields(Tram)] == ["line", "stops", "notes"]
    assert dataclasses.replace(Tram(4), line=5) == Tram(5)
    assert dataclasses.asdict(Tram(4, ("Quay",))) == {"line": 4, "stops": ("Quay",), "notes": []}
    assert dataclasses.asdict(FileReport("a.md"))["path"] == "a.md"


# --- names and rules ---------------------------------------------------------------------------------------


def test_all_names_of_the_package_are_there() -> None:
    for name in feedlint.__all__:
        assert getattr(feedlint, name) is not None
    assert set(feedlint.__all__) <= set(dir(feedlint))
    with pytest.raises(AttributeError, match="module 'feedlint' has no attribute 'tram'"):
        feedlint.tram  # noqa: B018


def test_each_rule_is_in_the_module_that_has_its_name() -> None:
    folder = Path(feedlint.__file__).parent / "rules"
    for rule in RULES:
        module = folder / rule.family.lower() / f"{rule.name.replace('-', '_')}.py"
        assert module.read_text(encoding="utf-8").startswith(f'"""{rule.code}'), rule.code
        assert rule.check.__module__ == f"feedlint.rules.{rule.family.lower()}.{module.stem}"
        assert rule.examples
        assert rule.doc


def loaded(program: str) -> list[str]:
    """Return the modules that *program* loads beyond those of a bare Python."""
    around = (
        f"import sys; bare = set(sys.modules)\n{program}\nimport json; print(json.dumps([*set(sys.modules) - bare]))"
    )
    done = subprocess.run([sys.executable, "-c", around], capture_output=True, text=True, check=True)
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return names


def test_the_package_loads_nothing_before_it_is_asked() -> None:
    assert sorted(name for name in loaded("import feedlint") if name.startswith("feedlint")) == [
        "feedlint",
        "feedlint.lazy",
        "feedlint.typed",
    ]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_is_said_about_the_program_needs_little_of_it(option: str) -> None:
    program = f"from feedlint.cli import main\ntry: main([{option!r}])\nexcept SystemExit as end: assert end.code == 0"
    own = {name for name in loaded(program) if name.startswith("feedlint")}
    assert "feedlint.cli.options" in own
    assert not own & {"feedlint.source", "feedlint.rules", "feedlint.engine", "feedlint.schema"}
    assert len(own) <= 16


# --- schemas -----------------------------------------------------------------------------------------------

_TEXTS = ["", " ", "é", "x\n", "\u2028", "a" * 3000, "artcle", "video", "news", "2020-01-01T00:00:00Z"]
_URLS = ["https://a.example/b c", "https://a.example/b"]
_NUMBERS = [0, 1, -5, 71, 89.0, 2**60]
_VALUES = st.sampled_from([None, True, False, *_TEXTS, *_URLS, *_NUMBERS, [], ["a", "a"], [1, "a"], {}, {"name": "x"}])
_SCHEMAS = [catalogue.load(name) for name in catalogue.names()]


def _places(data: Any) -> list[tuple[Any, Any]]:
    parts = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [(data, key) for key, _ in parts] + [place for _, below in parts for place in _places(below)]


@st.composite
def records(draw: st.DrawFn) -> Any:
    data = copy.deepcopy(parse(ARTICLE).data)
    data["images"] = [{"url": "https://a.example/b.png", "width": 10, "height": 10}]
    data["related"] = [copy.deepcopy(data)]
    for _ in range(draw(st.integers(0, 4))):
        holder, key = draw(st.sampled_from(_places(data)))
        if draw(st.booleans()):
            holder[key] = draw(_VALUES)
        elif isinstance(holder, dict):
            holder[draw(st.sampled_from(["related", "topics", "heat", "tram"]))] = holder.pop(key)
        if not _places(data):
            break
    return data


@given(records(), st.sampled_from(_SCHEMAS))
def test_what_is_wrong_by_a_schema_is_what_the_libraries_say(data: Any, schema: Any) -> None:
    try:
        mine = faults(schema.source, data, schema.target)
    except Unsure:
        return
    theirs = list(schema._validator().iter_errors(data))
    assert [
        (each.absolute_path, each.validator, each.validator_value, repr(each.instance), each.schema) for each in mine
    ] == [
        (tuple(each.absolute_path), each.validator, each.validator_value, repr(each.instance), each.schema)
        for each in theirs
    ]
    if schema._gate() is not None:
        assert schema._gate().is_valid(data) == (not mine)


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ({"type": "integer"}, 89.0),
        ({"type": "integer"}, 2**60),
        ({"minimum": 1}, 1.5),
        ({"prefixItems": [True]}, []),
        ({"pattern": r"^\S$"}, "é"),
        ({"pattern": r"^\S$"}, "\x1c"),
        ({"pattern": "a"}, "\ud800"),
        ({"const": {}}, {}),
        ({"uniqueItems": True}, [1, 1]),
        ({"properties": {}}, {None: 1}),
        ({"propertyNames": False}, {"a": 1}),
    ],
)
def test_what_is_not_plain_is_left_to_the_libraries(source: dict[str, Any], data: Any) -> None:
    with pytest.raises(Unsure):
        faults(source, data, lambda _: {})


@pytest.mark.parametrize(
    ("source", "data", "wrong"),
    [
        ({"type": "number"}, 3, []),
        ({"type": ["string", "number"]}, 3, []),
        ({"type": "integer"}, "3", ["type"]),
        ({"$ref": "#/$defs/word"}, "Trams", []),
        ({"$ref": "#/$defs/word", "maxLength": 3}, "Trams", ["maxLength"]),
        ({"$ref": "#/$defs/word", "maxLength": 3}, 3, ["type"]),
        ({"$ref": "#/$defs/again"}, 3, ["type"]),
        ({"$ref": "#/$defs/never"}, 3, [None]),
    ],
)
def test_a_place_may_refer_to_another_one(source: dict[str, Any], data: Any, wrong: list[str | None]) -> None:
    places = {"#/$defs/word": {"type": "string"}, "#/$defs/again": {"$ref": "#/$defs/word"}, "#/$defs/never": False}
    for _ in range(2):  # the second time it is known
        assert [each.validator for each in faults(source, data, places.__getitem__)] == wrong


def test_a_sound_record_and_a_wrong_one_are_plain() -> None:
    schema = catalogue.load("article")
    data = parse(ARTICLE).data
    assert faults(schema.source, data, schema.target) == []
    found = faults(schema.source, {**data, "type": "artcle", "heat": "hot"}, schema.target)
    assert [(each.absolute_path, each.validator) for each in found] == [(("type",), "enum"), (("heat",), "type")]


def _patterns() -> list[str]:
    found: dict[str, None] = {}
    for schema in _SCHEMAS:
        waiting: list[Any] = [schema.source]
        for each in waiting:
            if isinstance(each, dict):
                found.update({each["pattern"]: None} if isinstance(each.get("pattern"), str) else {})
            waiting += each.values() if isinstance(each, dict) else each if isinstance(each, list) else []
    return list(found)


@pytest.mark.parametrize("pattern", _patterns())
def test_the_patterns_of_the_schemas_take_linear_time(pattern: str) -> None:
    made = re.compile(pattern)
    for unit in units(made):
        ratios = (growth(made, unit, "\0!", 2000, frozenset(["search"]))[1] for _ in range(3))
        assert not all(ratio > 9 for ratio in ratios), unit


# --- pictures ----------------------------------------------------------------------------------------------


def picture(kind: str, size: tuple[int, int], **more: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (1, 2, 3)).save(file, kind, **more)
    return file.getvalue()


def turned() -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = 6
    return made


_PICTURES = [
    picture("PNG", (3, 2000)),
    picture("GIF", (640, 480)),
    picture("JPEG", (640, 480)),
    picture("JPEG", (32, 20), progressive=True, optimize=True),
    picture("JPEG", (32, 20), exif=turned()),
    picture("BMP", (5, 7)),
]


@pytest.mark.parametrize("data", _PICTURES)
def test_the_size_of_a_picture_is_what_the_library_says(data: bytes) -> None:
    assert picture_size(io.BytesIO(data)) == imagesize.get(io.BytesIO(data))
    assert picture_size(io.BytesIO(data)) in ((3, 2000), (640, 480), (32, 20), (20, 32), (5, 7))


@given(st.sampled_from(_PICTURES), st.data())
def test_the_size_of_a_damaged_picture_is_what_the_libraries_say(data: bytes, more: st.DataObject) -> None:
    damaged = bytearray(data[: more.draw(st.integers(0, len(data)))])
    for _ in range(more.draw(st.integers(0, 2)) if damaged else 0):
        damaged[more.draw(st.integers(0, min(len(damaged), 700) - 1))] = more.draw(st.integers(0, 255))
    data = bytes(damaged)
    theirs = imagesize.get(io.BytesIO(data))
    assert (pictures._of_start(data[: pictures._START]) or theirs) == theirs
    assert not data.startswith(b"\xff\xd8") or (pictures._of_jpeg(data) or theirs) == theirs


def test_usual_pictures_need_no_library() -> None:
    program = "import io; from feedlint.pictures import picture_size\n" + "".join(
        f"assert picture_size(io.BytesIO({data!r}))\n" for data in (*_PICTURES[:2], picture("JPEG", (4, 4)))
    )
    assert not {"imagesize", "PIL"} & set(loaded(program))
