"""Scalars: the type all readers give a plain one, how a value is written, and which characters wrote it."""

from __future__ import annotations

import math
import re
from io import StringIO
from random import Random
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from feedlint.source import parse, scalars
from feedlint.source.scalars import UNMAPPED, boundaries, convert, is_plain, is_plain_safe, render, resolve
from tests import strategies

STYLES = ["plain", "single", "double", "literal", "folded"]
U = UNMAPPED

# --- types -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        *[(text, "null") for text in ["", "~", "null", "Null", "NULL"]],
        *[(text, "bool") for text in ["true", "True", "TRUE", "false", "False", "FALSE"]],
        *[(text, "int") for text in ["0", "-0", "7", "-12", "1200", "9" * 300]],
        *[(text, "float") for text in ["0.0", "-0.5", "12.50", "1.0e+3", "1.5E-3"]],
        *[(text, "str") for text in ["x", "nULL", "tRue", "nil", "none", "yes", "No", "on", "OFF", "y", "n"]],
        # Numbers to some readers only, or not the same number to all.
        *[(text, "str") for text in ["012", "0o14", "0x1F", "0b11", "+1", "1_000", "1,000", "16:9", "3,50", "1:20:30"]],
        *[
            (text, "str")
            for text in ["1e3", "1.5e3", "1.", ".5", "+.5", "-.5", "1.e+1", ".inf", "-.Inf", ".nan", "00.5"]
        ],
        *[(text, "str") for text in ["2020-12-08", "2020-12-08T21:40:00Z", "<<", "=", "9" * 301, "٣", "1\n", "1 "]],
    ],
)
def test_the_type_all_readers_give(text: str, tag: str) -> None:
    assert resolve(text) == tag


_PYYAML_TAGS = {f"tag:yaml.org,2002:{name}": name for name in ("null", "bool", "int", "float")}


def _pyyaml_value(text: str) -> Any:
    try:
        return pyyaml.safe_load(text)
    except (ValueError, pyyaml.YAMLError):  # a date that is none
        return text


def _ruamel_value(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


_NUMBER_LIKE = st.text(alphabet="0123456789.-+eE_:xobaf,", max_size=8)


@given(
    st.sampled_from(strategies._RETYPED) | _NUMBER_LIKE | st.from_regex(r"\A(?i:true|false|null|yes|no|on|off|y|n|~)\Z")
)
def test_a_type_is_what_yaml_1_1_and_1_2_agree_on(text: str) -> None:
    if resolve(text) == "str" or not text:
        return
    value = convert(text, resolve(text))
    for other in (_pyyaml_value(text), _ruamel_value(text)):
        assert type(other) is type(value)
        assert other == value


@pytest.mark.parametrize(
    "text", ["0", "-0", "630", "-1", "12.5", "-0.25", "1.0e+20", "1.5E-3", "true", "False", "null", "~"]
)
def test_what_both_agree_on_keeps_its_type(text: str) -> None:
    value = convert(text, resolve(text))
    assert not isinstance(value, str)
    assert (value, type(value)) == (_pyyaml_value(text), type(_pyyaml_value(text)))
    assert (value, type(value)) == (_ruamel_value(text), type(_ruamel_value(text)))


@pytest.mark.parametrize(
    ("text", "tag", "value"),
    [
        ("12", "int", 12),
        ("12", "str", "12"),
        ("1.5", "float", 1.5),
        ("TRUE", "bool", True),
        ("false", "bool", False),
        ("~", "null", None),
        ("x", "int", "x"),  # "!!int x": a tag that does not fit
        ("1", "bool", "1"),
        ("x", "!t", "x"),
        ("9" * 5000, "int", "9" * 5000),
    ],
)
def test_values(text: str, tag: str, value: Any) -> None:
    assert convert(text, tag) == value
    assert type(convert(text, tag)) is type(value)


# --- writing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "style", "flow", "written"),
    [
        ("Tram", "plain", False, "Tram"),
        ("Tram", "single", False, "'Tram'"),
        ("Tram", "double", False, '"Tram"'),
        ("Tram", "literal", False, '"Tram"'),
        ("it's 5°", "plain", False, "it's 5°"),
        ("it's", "single", False, "'it''s'"),
        ('a "b" \\ c', "double", False, '"a \\"b\\" \\\\ c"'),
        ("é😀", "double", False, '"é😀"'),
        ("a\nb\r\t\0", "double", False, '"a\\nb\\r\\t\\0"'),
        ("\x07\x85\u2028\ufeff\U0001ffff", "double", False, '"\\x07\\x85\\u2028\\ufeff\\U0001ffff"'),
        ("a\nb", "single", False, '"a\\nb"'),
        ("a: b", "plain", False, '"a: b"'),
        ("a:b", "plain", False, "a:b"),
        ("a #b", "plain", False, '"a #b"'),
        ("a#b", "plain", False, "a#b"),
        ("a:", "plain", False, '"a:"'),
        ("- a", "plain", False, '"- a"'),
        ("a, b [c]", "plain", False, "a, b [c]"),
        ("a, b", "plain", True, '"a, b"'),
        ("a]", "plain", True, '"a]"'),
        ("a:b", "plain", True, '"a:b"'),
        ("a?", "plain", True, '"a?"'),
        ("", "plain", False, '""'),
        (" a", "plain", False, '" a"'),
        ("a\xa0", "plain", False, '"a\xa0"'),
        ("---", "plain", False, '"---"'),
        ("...", "plain", False, '"..."'),
        ("... and a tram", "plain", False, '"... and a tram"'),
        ("And a tram ...", "plain", False, "And a tram ..."),
        *[
            (text, "plain", False, f'"{text}"')
            for text in ["yes", "No", "ON", "y", "null", "~", "true", "12", "012", "0x1F"]
        ],
        *[
            (text, "plain", False, f'"{text}"')
            for text in ["1e3", "16:9", "1,000", "1_0", ".inf", "2020-12-08", "=", "<<"]
        ],
        (None, "double", False, "null"),
        (True, "single", False, "true"),
        (False, "plain", True, "false"),
        (630, "double", False, "630"),
        (-0.25, "plain", False, "-0.25"),
        (1e20, "plain", False, "1.0e+20"),
        (1.5e-7, "plain", False, "1.5e-07"),
    ],
)
def test_how_a_value_is_written(value: Any, style: str, flow: bool, written: str) -> None:
    assert render(value, style, flow=flow) == written


def test_a_date_may_be_written_plain_where_it_is_meant() -> None:
    assert render("2020-12-08T21:40:00Z", "plain", retyped=True) == "2020-12-08T21:40:00Z"
    assert render("a: b", "plain", retyped=True) == '"a: b"'
    assert (is_plain("12"), is_plain_safe("12")) == (True, False)


def _titles() -> st.SearchStrategy[str]:
    return st.randoms(use_true_random=False).map(strategies.text) | st.text(
        alphabet=st.characters(exclude_categories=["Cs"])
        | st.sampled_from(":#-?,[]{}&*!|>'\"%@`\\ \n\t\r\x85\xa0\u2028\ufeff=~"),
        max_size=12,
    )


@given(_titles(), st.sampled_from(STYLES), st.booleans())
def test_what_is_written_is_read_back(value: str, style: str, flow: bool) -> None:
    written = render(value, style, flow=flow)
    text = f"a: [{written}, x]\n" if flow else f"a: {written}\n"
    wanted = {"a": [value, "x"] if flow else value}
    assert pyyaml.safe_load(text) == wanted
    assert pyyaml.load(text, pyyaml.CSafeLoader) == wanted
    assert YAML(typ="safe", pure=True).load(text) == wanted
    assert parse(f"---\n{text}---\n").data == wanted


@given(st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none())
def test_numbers_are_read_back(value: Any) -> None:
    text = f"a: {render(value, 'double')}\n"
    for data in (pyyaml.safe_load(text), YAML(typ="safe", pure=True).load(text), parse(f"---\n{text}---\n").data):
        assert type(data["a"]) is type(value)
        assert data["a"] == value
        assert not isinstance(value, float) or math.copysign(1, data["a"]) == math.copysign(1, value)


# --- which characters wrote it -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "style", "value", "marks"),
    [
        ("ab", "plain", "ab", [0, 1, 2]),
        ("", "plain", "", [0]),
        ("é😀", "plain", "é😀", [0, 1, 2]),
        ("a  b", "plain", "a  b", [0, 1, 2, 3, 4]),
        ("a \n  b", "plain", "a b", [0, 1, 5, 6]),
        ("a\r\n\r\n  b", "plain", "a\nb", [0, 1, 7, 8]),
        ("a\n\n\nb", "plain", "a\n\nb", [0, 1, U, 4, 5]),
        ("a\t \n\t b\tc", "plain", "a b\tc", [0, 1, 6, 7, 8, 9]),
        ("'a''b'", "single", "a'b", [1, 2, 4, 5]),
        ("'a\t\n\tb\tc'", "single", "a b\tc", [1, 2, 5, 6, 7, 8]),
        ("''", "single", "", [1]),
        ("'a\r b'", "single", "a b", [1, 2, 4, 5]),
        ('"ab"', "double", "ab", [1, 2, 3]),
        (r'"a\tb"', "double", "a\tb", [1, 2, 4, 5]),
        (r'"\x41\u00e9\U0001F600\\"', "double", "Aé😀\\", [1, 5, 11, 21, 23]),
        (r'"\"\/\N\_\L\P\e\0"', "double", '"/\x85\xa0\u2028\u2029\x1b\0', [1, 3, 5, 7, 9, 11, 13, 15, 17]),
        (r'"\x0a\x99\r\v\f\a\b\ "', "double", "\n\x99\r\v\f\a\b ", [1, 5, 9, 11, 13, 15, 17, 19, 21]),
        (r'"\U0010FFFF"', "double", "\U0010ffff", [1, 11]),
        ('"a\\\tb"', "double", "a\tb", [1, 2, 4, 5]),
        ('"a\t\n\tb\tc"', "double", "a b\tc", [1, 2, 5, 6, 7, 8]),
        ('"a\\\n   b"', "double", "ab", [1, 7, 8]),
        ('"a\\\n \tb"', "double", "ab", [1, 6, 7]),
        ('"a \\\r\n b"', "double", "a b", [1, 2, 7, 8]),
        ('"a\\ \n b"', "double", "a  b", [1, 2, 4, 6, 7]),
        ("|\n  ab\n  c", "literal", "ab\nc\n", [4, 5, 6, 9, 10, U]),
        ("|\r\n  ab\r\n  c", "literal", "ab\nc\n", [5, 6, 7, 11, 12, U]),
        ("|-\n  ab", "literal", "ab", [5, 6, 7]),
        ("|+\n  a\n", "literal", "a\n\n", [5, 6, U, U]),
        ("|-\n  a\tb\t", "literal", "a\tb\t", [5, 6, 7, 8, 9]),
        ("|1-\n \t a", "literal", "\t a", [U, U, 7, 8]),
        ("|-\r\n  a \r\n\r\n  b", "literal", "a \n\nb", [6, 7, 8, U, 14, 15]),
        ("|2 # c\n    a", "literal", "  a", [U, U, 11, 12]),
        ("|\n  a  b \n\n   c", "literal", "a  b \n\n c", [4, 5, 6, 7, 8, 9, U, U, 14, 15]),
        (">\n  a\n  b\n\n  c", "folded", "a b\nc\n", [4, 5, 8, 9, 13, 14, U]),
        (">-\n  a\n   b", "folded", "a\n b", [5, 6, U, 10, 11]),
        ("|+\n  a  \n", "literal", "a  \n\n", [5, 6, 7, 8, U, U]),
        ("|-\n  a  ", "literal", "a  ", [5, 6, 7, 8]),
        ("|", "literal", "", [U]),
        ("|\n  aX", "literal", "aX\n", [4, 5, 6, U]),
        ("|\n  a\xa0", "literal", "a\n", None),
        ("|\n  a X", "literal", "a\n", None),
        ("|+\n\n", "literal", "\n\n", [U, U, U]),
        # Not certain: what is read is not the value.
        ("ab", "plain", "ac", None),
        (r'"\q"', "double", "q", None),
        (r'"\U00110000"', "double", "x", None),
        ("'a\x85b'", "single", "a b", None),
        ("|\n  a\x85  b", "literal", "a\nb\n", None),
        ("|\n  a", "literal", "a b\n", None),
        ("|\n  a b", "literal", "a\n", None),
        ("|\n  a b", "literal", "a  b\n", None),
        ("|-\n  a", "literal", "a\n ", None),  # a last line of white space alone
        ("|-\n  a\n   ", "literal", "a\n ", None),
        ("|\n  a\u2028  b", "literal", "a\u2028  b\n", None),
    ],
)
def test_boundaries(raw: str, style: str, value: str, marks: list[int] | None) -> None:
    assert boundaries(raw, style, value) == marks


@pytest.mark.parametrize("style", ["plain", "single", "double", "literal", "folded"])
@pytest.mark.parametrize("run", [" ", "\n", " \n", "'", "\\", "x", "\t"])
def test_boundaries_take_one_pass(style: str, run: str) -> None:
    raw = f'"{run * 100_000}"'
    assert boundaries(raw, style, "x") is None


def _own(random: Random) -> str:
    """Return a value in some style, as our writer of tests writes it."""
    writer = strategies.Writer(random, 0.5)
    value = strategies.text(random)
    written = writer.block_scalar(value, 0) if random.random() < 0.5 else None
    return f"a: {written or writer.scalar(value, 0, 'name')}\n"


def _dumped(random: Random) -> str:
    """Return a value in some style, as PyYAML or ruamel.yaml writes it, with lines of some length."""
    value, width = strategies.text(random), random.choice([10, 20, 80])
    style = random.choice([None, "'", '"', "|", ">"])
    if random.random() < 0.5:
        return pyyaml.dump({"a": value}, default_style=style, width=width, allow_unicode=random.random() < 0.5)
    out = StringIO()
    dumper = YAML()
    dumper.width = width
    dumper.dump({"a": _STYLED[style](value)}, out)
    return out.getvalue()


def _styled() -> dict[str | None, Any]:
    from ruamel.yaml import scalarstring as ruamel

    return {
        None: str,
        "'": ruamel.SingleQuotedScalarString,
        '"': ruamel.DoubleQuotedScalarString,
        "|": ruamel.LiteralScalarString,
        ">": ruamel.FoldedScalarString,
    }


_STYLED = _styled()


@pytest.mark.usefixtures("yaml_parser")
@given(st.randoms(use_true_random=False), st.sampled_from([_own, _dumped]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_replacing_what_is_mapped_replaces_that_fragment(random: Random, write: Any, ending: str) -> None:
    text = f"---\n{write(random)}---\n".replace("\n", ending)
    document = parse(text)
    if document.root is None or not document.delimiters.sound:
        return  # a BOM at the start of a line, or what a dumper got wrong
    node = document.nodes[1]
    marks = boundaries(document.slice(node.span), node.style, node.value)
    if marks is None:  # line ends that only YAML 1.1 knows, or a last line of white space
        assert re.search("[\x85\u2028\u2029]", text) or re.search(r"\n[ \t]+\n*\Z", node.value)
        return
    assert len(marks) == len(node.value) + 1
    places = [place for place, mark in enumerate(marks) if mark != UNMAPPED]
    assert [marks[place] for place in places] == sorted(marks[place] for place in places)
    if not places or (node.style == "folded" and re.search(r"(^|\n)[ \t]", node.value)):
        return  # how a line is folded depends on whether it and the next begin with white space
    start, end = sorted((random.choice(places), random.choice(places)))
    at = node.span.start
    changed = text[: at + marks[start]] + "W" + text[at + marks[end] :]
    again = parse(changed)
    if node.style == "plain" and again.data is None:
        return  # such as "x: W": a plain scalar cannot hold every text
    assert again.nodes[1].value == node.value[:start] + "W" + node.value[end:]
    assert len(again.nodes) == 2


def test_what_stands_behind_a_block_that_is_not_of_it_makes_its_places_uncertain() -> None:
    assert boundaries("|\n  a \n", scalars.LITERAL, "a") == [4, 5]
    assert boundaries("|\n  a \xa0", scalars.LITERAL, "a") is None


def test_brackets_mean_nothing_outside_of_brackets() -> None:
    assert scalars.is_plain("a[b")
    assert scalars.is_plain_safe("a[b")
    assert not scalars.is_plain("a[b", flow=True)
    assert not scalars.is_plain_safe("a[b", flow=True)


def test_constants() -> None:
    assert {scalars.PLAIN, scalars.SINGLE, scalars.DOUBLE, scalars.LITERAL, scalars.FOLDED} == set(STYLES)
