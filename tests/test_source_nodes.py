"""YAML nodes: what is written where, and the data, by libyaml and by the parser in Python."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from ruamel.yaml.error import YAMLError

from feedlint.source import Document, events, parse
from tests.strategies import damaged_files, feed_files, hostile_texts

pytestmark = pytest.mark.usefixtures("yaml_parser")


def read(yaml: str) -> Document:
    document = parse(f"---\n{yaml}---\n")
    assert document.faults == ()
    return document


def written(document: Document) -> list[tuple[Any, ...]]:
    """Return path, tag, value and the text under the span of each scalar and alias of *document*."""
    return [
        (*node.path, node.tag, node.value, document.slice(node.span)) for node in document.nodes if not node.children
    ]


# --- where each value is -----------------------------------------------------------------------------------

STYLES = [
    ("a: x\n", ("a", "str", "x", "x")),
    ("a:   x y  \n", ("a", "str", "x y", "x y")),
    ("a: x # c\n", ("a", "str", "x", "x")),
    ("a: x#y\n", ("a", "str", "x#y", "x#y")),
    ("a:\n  x\n", ("a", "str", "x", "x")),
    ("a: x\n  y\n\n  z\n", ("a", "str", "x y\nz", "x\n  y\n\n  z")),
    ("a: 'it''s'\n", ("a", "str", "it's", "'it''s'")),
    ("a: 'x\n  y'  # c\n", ("a", "str", "x y", "'x\n  y'")),
    ('a: "x\\ty\\u00e9"\n', ("a", "str", "x\tyé", '"x\\ty\\u00e9"')),
    ('a: "x\\\n   y"\n', ("a", "str", "xy", '"x\\\n   y"')),
    ('a: ""\n', ("a", "str", "", '""')),
    ("a: é😀 z # c\n", ("a", "str", "é😀 z", "é😀 z")),
    ('é😀: "👩‍🚀"\n', ("é😀", "str", "👩‍🚀", '"👩‍🚀"')),
    ("a: 12\n", ("a", "int", "12", "12")),
    ("a: -1.50\n", ("a", "float", "-1.50", "-1.50")),
    ("a: true\n", ("a", "bool", "true", "true")),
    ("a: ~\n", ("a", "null", "~", "~")),
    ("a: '12'\n", ("a", "str", "12", "'12'")),
    ("a: 2020-12-08T21:40:00Z\n", ("a", "str", "2020-12-08T21:40:00Z", "2020-12-08T21:40:00Z")),
    # Block scalars: from the header to the end of the text.
    ("a: |\n  x\n   y\n", ("a", "str", "x\n y\n", "|\n  x\n   y")),
    ("a: |\n  x\n\n\n", ("a", "str", "x\n", "|\n  x")),
    ("a: |-\n  x\n\n\n", ("a", "str", "x", "|-\n  x")),
    ("a: |+\n  x\n\n\n", ("a", "str", "x\n\n\n", "|+\n  x\n\n")),
    ("a: |+\n  x\n", ("a", "str", "x\n", "|+\n  x")),
    ("a: |+\n\n", ("a", "str", "\n", "|+\n")),
    ("a: | # c + c\n  x\n\n", ("a", "str", "x\n", "| # c + c\n  x")),
    ("a: |2\n    x\n", ("a", "str", "  x\n", "|2\n    x")),
    ("a: |2-\n    x\n\n", ("a", "str", "  x", "|2-\n    x")),
    ("a: |+1\n  x\n\n", ("a", "str", " x\n\n", "|+1\n  x\n")),
    ("a: |\n\n\n  x\n", ("a", "str", "\n\nx\n", "|\n\n\n  x")),
    ("a: |\n  x  \n", ("a", "str", "x  \n", "|\n  x  ")),
    ("a: |\n", ("a", "str", "", "|")),
    ("a: |\n  x + y\n\n", ("a", "str", "x + y\n", "|\n  x + y")),  # this plus is not the header's
    ("a: >\n  x\n  y\n\n  z\n", ("a", "str", "x y\nz\n", ">\n  x\n  y\n\n  z")),
    ("a: >-\n  x\n  y\n\n", ("a", "str", "x y", ">-\n  x\n  y")),
    ("a: >+\n  x\n  y\n\n", ("a", "str", "x y\n\n", ">+\n  x\n  y\n")),
    ("a: >1-\n   x\n   y\n", ("a", "str", "  x\n  y", ">1-\n   x\n   y")),
    # Nothing written: right after the colon.
    ("a:\n", ("a", "null", "", "")),
    ("a: # c\n", ("a", "null", "", "")),
    # Without anchor and tag, and what is between them and the value.
    ("a: &x y\n", ("a", "str", "y", "y")),
    ("a: !!str  12\n", ("a", "str", "12", "12")),
    ("a: ! 12\n", ("a", "str", "12", "12")),
    ("a: !t &x 'y'\n", ("a", "!t", "y", "'y'")),
    ("a: &x !<t:a,[b]> |-\n  y\n", ("a", "t:a,[b]", "y", "|-\n  y")),
    ("a: &x # c\n  # d\n\n  y\n", ("a", "str", "y", "y")),
    ("a: !!int '12'\n", ("a", "int", "12", "'12'")),
    ("a: !!map x\n", ("a", "!!map", "x", "x")),  # not a map
    ("a: !!alias x\n", ("a", "!!alias", "x", "x")),  # not an alias
]  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(("yaml", "expected"), STYLES)
def test_the_span_of_a_value(yaml: str, expected: tuple[str, ...], ending: str) -> None:
    *head, source = expected
    document = parse(f"---\nb: 1\n{yaml}c: 2\n---\n".replace("\n", ending))
    assert written(document)[1] == (*head, source.replace("\n", ending))
    # The same at the end of the record.
    document = parse(f"---\n{yaml}---\n".replace("\n", ending))
    assert written(document) == [(*head, source.replace("\n", ending))]


@pytest.mark.parametrize(
    ("yaml", "start"),
    [
        ("a:\nb: 1\n", 6),
        ("a: # c\n", 6),
        ("a : \n", 7),
        ('"a":\n', 8),
        ("a: &x # c\n", 9),
        ("a: !!str\n", 12),
        ("? a\n: # c\n", 9),
        ("a:b :\n", 9),
        ("? a\n", 7),
        ("? a # b: c\n:\n", 16),
    ],
)
def test_the_place_of_a_value_that_is_not_written(yaml: str, start: int) -> None:
    node = read(yaml).nodes[1]
    assert node.span == (start, start)


def test_positions_are_characters_of_the_whole_file() -> None:
    document = parse("\ufeff---\r\né😀: '👩‍🚀 ü' # 항구\r\nb: [ã, \"õ\"]\r\n---\r\n")
    assert [(node.span, node.key_span) for node in document.nodes] == [
        ((6, 35), None),
        ((10, 17), (6, 8)),
        ((27, 35), (24, 25)),
        ((28, 29), None),
        ((31, 34), None),
    ]


# --- collections -------------------------------------------------------------------------------------------


def test_block_collections() -> None:
    document = read("a:\n  b: 1\n  # c\n\n  d:\n  - x\n  -\n  - e: &n\n      f: 2 # g\n\nh: 3\n")
    nodes = document.nodes
    assert [(node.path, node.tag, node.style, node.depth, node.end, document.slice(node.span)) for node in nodes] == [
        ((), "map", "block", 0, 10, document.text[4:-5]),
        (("a",), "map", "block", 1, 9, "b: 1\n  # c\n\n  d:\n  - x\n  -\n  - e: &n\n      f: 2"),
        (("a", "b"), "int", "plain", 2, 3, "1"),
        (("a", "d"), "seq", "block", 2, 9, "- x\n  -\n  - e: &n\n      f: 2"),
        (("a", "d", 0), "str", "plain", 3, 5, "x"),
        (("a", "d", 1), "null", "plain", 3, 6, ""),
        (("a", "d", 2), "map", "block", 3, 9, "e: &n\n      f: 2"),
        (("a", "d", 2, "e"), "map", "block", 4, 9, "f: 2"),
        (("a", "d", 2, "e", "f"), "int", "plain", 5, 9, "2"),
        (("h",), "int", "plain", 1, 10, "3"),
    ]  # fmt: skip
    assert document.slice(document.nodes[5].span._replace(start=document.nodes[5].span.start - 1)) == "-"


def test_values_not_written_in_brackets() -> None:
    document = read("a: {b , ? c , d: }\n")
    assert [node.span.start for node in document.nodes[2:]] == [9, 15, 20]


def test_flow_collections_over_several_lines() -> None:
    document = read("a: {b: 1, c: , 'd':[x, # c\n  \"y\",\n], ? e : f, g}\nh: [i: j, {k: }, []]\n")
    assert [(node.path, node.tag, node.flow, document.slice(node.span)) for node in document.nodes[1:]] == [
        (("a",), "map", False, "{b: 1, c: , 'd':[x, # c\n  \"y\",\n], ? e : f, g}"),
        (("a", "b"), "int", True, "1"),
        (("a", "c"), "null", True, ""),
        (("a", "d"), "seq", True, '[x, # c\n  "y",\n]'),
        (("a", "d", 0), "str", True, "x"),
        (("a", "d", 1), "str", True, '"y"'),
        (("a", "e"), "str", True, "f"),
        (("a", "g"), "null", True, ""),
        (("h",), "seq", False, "[i: j, {k: }, []]"),
        (("h", 0), "map", True, "i: j"),
        (("h", 0, "i"), "str", True, "j"),
        (("h", 1), "map", True, "{k: }"),
        (("h", 1, "k"), "null", True, ""),
        (("h", 2), "seq", True, "[]"),
    ]
    assert document.data == {
        "a": {"b": 1, "c": None, "d": ["x", "y"], "e": "f", "g": None},
        "h": [{"i": "j"}, {"k": None}, []],
    }


def test_keys_of_every_kind() -> None:
    keys = [
        "a",
        "'b'",
        '"c" ',
        "&k !!str d",
        "? e\n",
        "? |\n  f\n",
        "? [g, h]\n",
        "? {i: {j: [k]}}\n",
        "? - l\n  - m\n",
        "*k ",
    ]
    document = read("".join(f"{key}: {number}\n" for number, key in enumerate(keys)))
    spans = [(node.key, document.slice(node.key_span)) for node in document.nodes[1:] if node.key_span]
    assert spans == [
        ("a", "a"), ("b", "'b'"), ("c", '"c"'), ("d", "d"), ("e", "e"), ("f\n", "|\n  f"), ("[g, h]", "[g, h]"),
        ("{i: {j: [k]}}", "{i: {j: [k]}}"), ("- l\n  - m", "- l\n  - m"), ("*k", "*k"),
    ]  # fmt: skip
    assert [node.value for node in document.nodes[1:]] == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]


def test_anchors_in_keys() -> None:
    assert read("&x a: *x\n").data == {"a": "a"}
    assert read("a: &x 1\n*x : b\nc: *x\n").data == {"a": 1, "*x": "b", "c": 1}
    assert read("? [&x 1]\n: *x\n").data == {"[&x 1]": ""}  # what stands in such a key is not kept


def test_related_items() -> None:
    document = read('related:\n  - title: "x"\n    webUrl: y\n  -   title: z\n')
    assert written(document) == [
        ("related", 0, "title", "str", "x", '"x"'),
        ("related", 0, "webUrl", "str", "y", "y"),
        ("related", 1, "title", "str", "z", "z"),
    ]
    root = document.root
    assert root is not None
    related = root.get("related")
    assert related is not None
    assert [document.slice(item.span) for item in related.children] == ['title: "x"\n    webUrl: y', "title: z"]


def test_a_tab_after_a_tag(yaml_parser: str) -> None:
    """The parser in Python wants a space there."""
    document = parse("---\na: !!str\t12\n---\n")
    if yaml_parser == "libyaml":
        assert written(document) == [("a", "str", "12", "12")]
    else:
        assert [fault.problem for fault in document.faults] == ["expected ' ', but found '\\t'"]


def test_a_node_shows_itself() -> None:
    document = read("a: [x]\n")
    assert [repr(node) for node in document.nodes] == ["<Node (root) map ''>", "<Node a seq ''>", "<Node a.0 str 'x'>"]
    assert [node.flow for node in document.nodes] == [False, False, True]


def test_duplicate_keys_are_all_there_and_the_last_wins() -> None:
    document = read("a: 1\nb: 2\na: 3\n")
    assert written(document) == [("a", "int", "1", "1"), ("b", "int", "2", "2"), ("a", "int", "3", "3")]
    assert document.data == {"a": 3, "b": 2}
    assert document.root is not None
    last = document.root.get("a")
    assert last is not None
    assert last.value == "3"
    assert document.root.get("c") is None


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("[https://www.example.com/?a=b, c]", ["https://www.example.com/?a=b", "c"]),
        ("{b: 12:30, c: d?}", {"b": "12:30", "c": "d?"}),
        ("[why ?, b]", ["why ?", "b"]),
        ("{b: c?d}", {"b": "c?d"}),
        ('{b:c, "d":e}', {"b:c": None, "d": "e"}),
    ],
)
def test_colons_and_question_marks_in_brackets(yaml: str, value: Any) -> None:
    """As libyaml 0.2 and YAML 1.2 have it; the libyaml of ruamel.yaml is older."""
    document = read(f"a: {yaml}\nf: é\n")
    assert document.data == {"a": value, "f": "é"}
    assert document.slice(document.nodes[1].span) == yaml


@pytest.mark.parametrize("yaml", ["[b:, c]", "[b", "[b]]", "{b: [c}", "['b' c]"])
def test_what_no_reader_takes_in_brackets(yaml: str, yaml_parser: str) -> None:
    if yaml == "[b:, c]" and yaml_parser == "pure":
        return  # the one thing that it alone takes
    assert [fault.kind for fault in parse(f"---\na: {yaml}\nd: e\n---\n").faults] == ["yaml"]


# --- anchors and aliases -----------------------------------------------------------------------------------


def test_aliases_stand_for_what_they_name() -> None:
    document = read("a: &x {b: 1}\nc: *x\n<<: *x\nd: &x [1]\ne: *x\n&k f: *k\n")
    assert document.data == {
        "a": {"b": 1}, "c": {"b": 1}, "<<": {"b": 1}, "d": [1], "e": [1], "f": "f"
    }  # fmt: skip
    assert [document.slice(node.span) for node in document.nodes if node.tag == "alias"] == ["*x", "*x", "*x", "*k"]


def test_a_change_below_an_anchor_shows_at_every_alias() -> None:
    old, new = read("a: &x\n  b: &y 1\nc: *x\nd: *y\ne: 2\n"), read("a: &x\n  b: &y 3\nc: *x\nd: *y\ne: 2\n")
    assert [before == after for before, after in zip(old.entries, new.entries, strict=True)] == [
        True, True, False, False, False, True,
    ]  # fmt: skip


def test_an_alias_tells_its_data_not_its_place() -> None:
    old, new = read("a: &x\n  b: 1\nc: *x\n"), read("r: {k: &z {b: 1}}\nc: *z\n")
    assert old.entries[-1] == new.entries[-1]
    assert read("a: &x 1\nc: *x\n").entries[-1] != read("a: &x '1'\nc: *x\n").entries[-1]
    assert read("a: &x {b: {c: 1}}\nd: *x\n").entries[-1] != read("a: &x {b: , c: 1}\nd: *x\n").entries[-1]


@pytest.mark.parametrize(
    ("yaml", "problem", "at"),
    [
        ("a: *x\n", "the alias *x names no anchor before it", 7),
        ("a: *x\nb: &x 1\n", "the alias *x names no anchor before it", 7),
        ("a: &x [1, *x]\n", "the alias *x stands inside of what it names", 14),
        ("a: &x\n  b: *x\n", "the alias *x stands inside of what it names", 15),
    ],
)
def test_an_alias_of_nothing(yaml: str, problem: str, at: int) -> None:
    document = parse(f"---\n{yaml}---\n")
    assert [(fault.kind, fault.problem, fault.span.start) for fault in document.faults] == [("yaml", problem, at)]
    assert (document.nodes, document.data, document.root) == ((), None, None)


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)]
    began = time.process_time()
    document = parse(f"---\na0: &a0 [1]\n{''.join(lines)}---\n")
    assert [fault.problem for fault in document.faults] == ["more than 100,000 nodes once its aliases are followed"]
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("yaml", "nodes"),
    [
        ("a: &x [1, 2]\nb: *x\nc: *x\n", 10),
        ("&k a: &x [1, 2]\nb: *x\nc: *k\n", 8),
        ("a: &x {b: 1}\nc:\n- *x\n", 6),
    ],
)
def test_a_record_may_have_so_many_nodes_once_its_aliases_are_followed(
    monkeypatch: pytest.MonkeyPatch, yaml: str, nodes: int
) -> None:
    monkeypatch.setattr("feedlint.source.data.MAX_EXPANDED", nodes)
    assert parse(yaml, "a.yaml").faults == ()
    monkeypatch.setattr("feedlint.source.data.MAX_EXPANDED", nodes - 1)
    assert [fault.kind for fault in parse(yaml, "a.yaml").faults] == ["yaml"]


@pytest.mark.parametrize("brackets", ["[" * 2000, "{" * 2000, "[{" * 1000, "[]" + "{" * 2000])
def test_brackets_may_not_be_nested_too_deeply(brackets: str) -> None:
    [fault] = parse("a: " + brackets, "a.yaml").faults
    assert (fault.problem, fault.span.start) == ("brackets nested too deeply", len(brackets) + 2)
    [fault] = parse("a: " + brackets[:-1], "a.yaml").faults
    assert fault.problem != "brackets nested too deeply"


def test_a_key_without_a_name_may_have_one_for_aliases() -> None:
    document = parse("&x : 1\nb: *x\n", "a.yaml")
    assert document.data == {"": 1, "b": ""}


# --- entries: the data as a flat list ----------------------------------------------------------------------


def test_entries() -> None:
    document = read("a: 'x'\nb:\n- 1\n- {c: true}\n-\na: |\n  y\nd: !t z\n")
    assert document.entries == [
        (0, None, "map", ""),
        (1, "a", "str", "x"),
        (1, "b", "seq", ""),
        (2, None, "int", "1"),
        (2, None, "map", ""),
        (3, "c", "bool", "true"),
        (2, None, "null", ""),
        (1, "a", "str", "y\n"),
        (1, "d", "!t", "z"),
    ]
    assert document.data == {"a": "y\n", "b": [1, {"c": True}, None], "d": "z"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a: 1\n", "a: '1'\n"),
        ("a: x\nb: y\n", "b: y\na: x\n"),
        ("a: {b: c}\n", "a: {b: }\nc:\n"),
        ("a: x\na: x\n", "a: x\n"),
        ("a: [[b], c]\n", "a: [[b, c]]\n"),
        ("a: |\n  x\n", "a: x\n"),
        ("a:\n", "a: ''\n"),
        ("a: ~\n", "a:\n"),  # null both, but not the same text
    ],
)
def test_entries_tell_data_apart(one: str, other: str) -> None:
    assert read(one).entries != read(other).entries


@pytest.mark.parametrize("other", ["{k: 2}", "{j: 1}", "{k: '1'}", "{k: 1, j: 1}", "[1]", "{k: {}}"])
def test_an_alias_tells_keys_types_and_values(other: str) -> None:
    one = read("a: &x {k: 1}\nb: *x\n").entries[-1]
    assert one != read(f"a: &x {other}\nb: *x\n").entries[-1]


@pytest.mark.parametrize(
    "yaml",
    [
        "a: x  # c\nb: [1, 2]\n",
        "a: 'x'\n\n'b':\n  - 1\n  - 2\n",
        'a: "\\x78"\nb:\n- 1\n-    2\n',
        "? a\n: x\nb: [1,\n2]\n",
    ],
)
def test_entries_do_not_tell_styles_apart(yaml: str) -> None:
    assert read(yaml).entries == [
        (0, None, "map", ""), (1, "a", "str", "x"), (1, "b", "seq", ""), (2, None, "int", "1"), (2, None, "int", "2"),
    ]  # fmt: skip


# --- byte order marks and line ends that only YAML 1.1 knows -----------------------------------------------


def test_a_byte_order_mark_before_the_first_key() -> None:
    document = parse("\ufeff---\n\ufeff\ufeffa: é\nb: [1]\n---\n")
    assert written(document) == [("a", "str", "é", "é"), ("b", 0, "int", "1", "1")]
    assert document.nodes[0].span.start == 7


def test_a_byte_order_mark_inside_of_a_value() -> None:
    document = read('a: x\ufeffy\nb: \ufeff\nc: "\ufeffz"\n')
    assert written(document) == [
        ("a", "str", "x\ufeffy", "x\ufeffy"), ("b", "str", "\ufeff", "\ufeff"), ("c", "str", "\ufeffz", '"\ufeffz"'),
    ]  # fmt: skip


def test_a_byte_order_mark_before_a_key(yaml_parser: str) -> None:
    """Libyaml takes the mark for indentation, as Jekyll then does; the parser in Python for a letter of the key."""
    document = parse("---\na: 1\n\ufeffb: 2\nc: 3\n---\n")
    if yaml_parser == "libyaml":
        assert [fault.problem for fault in document.faults] == ["did not find expected key"]
    else:
        assert document.data == {"a": 1, "\ufeffb": 2, "c": 3}


def test_line_ends_of_yaml_1_1(yaml_parser: str) -> None:
    """NEL, LS and PS end a line for libyaml (YAML 1.1), and are letters for the parser in Python (YAML 1.2)."""
    document = parse("---\na: x\x85b: y\u2028c: z\u2029d: w\n---\n")
    if yaml_parser == "libyaml":
        assert written(document) == [(key, "str", value, value) for key, value in zip("abcd", "xyzw", strict=True)]
    else:
        assert [fault.problem for fault in document.faults] == ["mapping values are not allowed here"]
    document = read('a: "x\x85y\u2028z"\nb: 1\n')
    assert document.slice(document.nodes[1].span) == '"x\x85y\u2028z"'
    assert document.slice(document.nodes[2].span) == "1"


# --- faults ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("---\n---\n", "empty", (4, 4)),
        ("---\n\n# c\n---\n", "empty", (4, 9)),
        ("---", "empty", (3, 3)),
        ("---\n~\n---\n", "empty", (4, 6)),
        ("---\n- a\n- b\n---\n", "not-a-mapping", (4, 11)),
        ("---\ntext\n---\n", "not-a-mapping", (4, 8)),
        ("---\n!!map text\n---\n", "not-a-mapping", (10, 14)),
        ("---\na: 1\n--- # c\nb: 2\n---\n", "documents", (9, 12)),
        ("---\na: \udce9\n---\n", "not-utf8", (7, 8)),
        ("---\na: 1\n---\nbody \udcff\n", "not-utf8", (18, 19)),
        ("---\na: \0\n---\n", "yaml", (7, 8)),
        ("---\né: 😀\x7f\n---\n", "yaml", (8, 9)),
        ("---\na: x\nb: \ufffe\n---\n", "yaml", (12, 13)),
        ("---\na: x\n  b: y\n---\n", "yaml", (12, 13)),
        ("\ufeff---\na: x\n  b: y\n---\n", "yaml", (13, 14)),
        ("---\n\ufeffa: x\n  b: y\n---\n", "yaml", (13, 14)),
    ],
)  # fmt: skip
def test_faults(text: str, kind: str, span: tuple[int, int]) -> None:
    document = parse(text)
    assert [(fault.kind, fault.span) for fault in document.faults] == [(kind, span)]
    assert document.root is None
    assert document.text == text


def test_a_document_has_the_path_that_it_was_given() -> None:
    assert parse("---\na: 1\n---\n").path == ""
    # Also where the record ends before the line that was taken for its closer.
    document = parse("---\na: 1\n\nThe ferry.\n\n---\n", "_news/a.md")
    assert (document.path, document.data) == ("_news/a.md", {"a": 1})


class Failing:
    """A reader of YAML that raises *error*."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, text: str) -> Iterator[Any]:
        raise self.error
        yield


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (YAMLError("first line\nsecond line"), "first line"),
        (RecursionError(), "the YAML parser gave up (RecursionError)"),
        (ValueError("year 0 is out of range"), "the YAML parser gave up (ValueError)"),
        (NotImplementedError(), "the YAML parser gave up (NotImplementedError)"),
    ],
)
def test_whatever_a_parser_raises_is_a_fault(monkeypatch: pytest.MonkeyPatch, error: Exception, problem: str) -> None:
    monkeypatch.setattr(events, "reader", Failing(error))
    [fault] = parse("---\na: 1\n---\n").faults
    assert fault == ("yaml", (4, 5), problem, "", None)


def test_a_character_that_no_parser_takes_is_a_fault_where_it_is() -> None:
    [fault] = parse("---\na: \x07\n---\n").faults
    assert fault == ("yaml", (7, 8), "a character that YAML does not allow", "", None)


def test_the_nodes_before_another_document() -> None:
    document = parse("---\na: 1\n--- # c\nb: 2\n--- # d\nc: 3\n---\n")
    assert written(document) == [("a", "int", "1", "1")]
    assert document.faults[0].span == (9, 12)


@pytest.mark.parametrize("escape", ['"\\ud83d\\ude00"', '"\\udc80"'])
def test_half_a_character_is_refused(escape: str) -> None:
    document = parse(f"---\na: {escape}\n---\n")
    assert [fault.problem for fault in document.faults] == ["found invalid Unicode character escape code"]


def test_an_unterminated_quote_tells_where_it_began() -> None:
    fault = parse('---\nb: é\na: "x\nc: y\n---\n').faults[0]
    assert (fault.kind, fault.began) == ("yaml", 12)


def test_the_faults_of_a_file_without_a_front_matter() -> None:
    assert parse("").faults == parse("Text\n").faults == ()
    assert parse("").root is None


def test_the_entry_of_an_alias_tells_what_it_names_and_nothing_behind_it() -> None:
    assert parse("---\n&k a: 1\nb: *k\n---\n").entries[-1] == (1, "b", "alias", "a")
    one, other = (parse(f"---\na: &x [1]\nb: {value}\nc: *x\n---\n").entries for value in "12")
    assert one[-1] == other[-1]
    assert one != other


@pytest.mark.parametrize("path", ["_data/news.yml", "_data/News.YAML"])
def test_all_of_a_data_file_is_the_record(path: str) -> None:
    document = parse(b"a: 1\n# ---\nb: \xc3\xa9\n", path)
    assert (document.is_data, document.data, document.faults) == (True, {"a": 1, "b": "é"}, ())
    assert (document.delimiters.front, document.delimiters.body) == ((0, 16), 16)
    assert document.bytes == b"a: 1\n# ---\nb: \xc3\xa9\n"


def test_another_file_is_no_data_file() -> None:
    document = parse("---\na: 1\n---\nb: 2\n", ".yml.md")
    assert (document.is_data, document.data) == (False, {"a": 1})


def test_a_delimiter_that_is_a_line_of_a_quoted_text_is_not_the_closer() -> None:
    text = '---\na: "b\n---\nc"\nd: 1\n---\ntext\n'
    document = parse(text)
    assert document.delimiters.closer.span == (text.rindex("---"), text.rindex("---") + 3)
    assert [fault.kind for fault in document.faults] == ["yaml"]


@pytest.mark.parametrize("rest", ['c"\n', 'c\nd: "e"\n'])
def test_a_delimiter_below_a_quote_that_no_other_line_closes_is_the_closer(rest: str) -> None:
    document = parse(f'---\na: "b\n---\n{rest}---\n')
    assert document.delimiters.closer.span == (10, 13)


# --- hostile input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "yaml",
    [
        f"title: {'x y ' * 250_000}\n",
        f'title: "{"x" * 1_000_000}"\n',
        f'title: "{" " * 300_000}x"\n',
        f"title: |\n{'  x y' * 5}\n" * 20_000,
        f"title: {'[' * 100_000}\n",
        f"title: {'{' * 100_000}\n",
        f"title: {'{a: ' * 100_000}\n",
        f"title: [{'[],' * 50_000}]\n",
        f"title:\n  {'- ' * 50_000}\n",
        f"{'? ' * 50_000}\n",
        f"title: {'!a ' * 100_000}\n",
        f"title: {'&a ' * 100_000}\n",
        f"title: {chr(10) * 100_000}x\n",
        "title:\n" + "  -\n" * 20_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
        "".join(f"a{number}: &a{number} x\nb{number}: *a{number}\n" for number in range(5_000)),
    ],
    ids=lambda yaml: yaml[:14],
)
def test_hostile_sizes_take_little_time(yaml: str) -> None:
    began = time.process_time()
    document = parse(f"---\n{yaml}---\n")
    assert len(document.entries) == len(document.nodes)
    assert time.process_time() - began < 6


def test_the_depth_that_can_be_read() -> None:
    def nested(depth: int) -> str:
        return "---\na: " + "[" * depth + "]" * depth + "\n---\n"

    assert parse(nested(100)).root is not None
    assert [fault.problem for fault in parse(nested(101)).faults] == ["nested more than 100 deep"]
    assert [fault.problem for fault in parse(nested(1_999)).faults] == ["nested more than 100 deep"]
    assert [(fault.problem, fault.span.start) for fault in parse(nested(2_000)).faults] == [
        ("brackets nested too deeply", 2_006)
    ]
    assert parse(f'---\na: "{"[x] {y} " * 2_000}"\n---\n').root is not None


# --- properties --------------------------------------------------------------------------------------------


@given(feed_files())
def test_the_data_that_was_written_is_read(file: tuple[str, dict[str, Any]]) -> None:
    text, data = file
    document = parse(text.encode())
    assert (document.faults, document.delimiters.sound) == ((), True)
    assert document.data == data


@given(hostile_texts().map(lambda text: f"---\n{text}\n---\n") | hostile_texts() | damaged_files())
def test_nothing_raises_and_every_span_is_in_its_parent(text: str) -> None:
    document = parse(text.encode("utf-8", "surrogateescape"))
    assert document.text == text
    assert len(document.entries) == len(document.nodes)
    for fault in document.faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
        assert fault.began is None or 0 <= fault.began <= len(text)
    front = document.delimiters.front
    for node in document.nodes:
        outer = front if node.parent is None else node.parent.span
        assert outer.start <= node.span.start <= node.span.end <= outer.end
        assert node.key_span is None or outer.start <= node.key_span.start <= node.key_span.end <= node.span.start


def test_no_tag_makes_anything(yaml_parser: str, tmp_path: Path) -> None:
    target = tmp_path / "made"
    text = (
        "---js\n"
        f"a: !!python/object/apply:pathlib.Path.touch [{target.as_posix()!r}]\n"
        f"b: !!python/name:os.system\n"
        "c: !ruby/object:Gem::Installer {i: x}\n"
        "---\n"
    )
    document = parse(text)
    assert document.data == {"a": [target.as_posix()], "b": "", "c": {"i": "x"}}
    assert not target.exists()


def test_a_value_that_is_not_there_is_not_before_its_key(yaml_parser: str) -> None:
    document = parse("---\n? |+\n\n---\n")
    assert document.root is not None
    child = document.root.children[0]
    assert (child.key, child.key_span, child.span) == ("\n", (6, 9), (9, 9))


def test_a_list_as_a_key_ends_where_its_text_does(yaml_parser: str) -> None:
    document = parse("---\n? - \n---\n")
    assert document.root is not None
    child = document.root.children[0]
    assert (child.key, child.key_span, child.tag) == ("-", (6, 7), "null")
    assert 7 <= child.span.start == child.span.end <= 9


def test_an_empty_key_is_inside_of_its_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "reader", events.pure_events)  # libyaml reads no key without a "?"
    document = parse("---\n\n: \n---\n")
    assert document.root is not None
    assert document.root.children[0].key_span == (5, 5)


def test_what_was_not_written_is_none() -> None:
    root, anchored, alias = parse("a: &x 1\nb: *x\n", "a.yaml").nodes
    assert [(node.anchor, node.position, node.style) for node in (root, anchored, alias)] == [
        (None, 0, "block"),
        ("x", 0, "plain"),
        (None, 1, ""),
    ]
    assert [(node.tag, node.span, node.key) for node in parse("--- \n", "a.yaml").nodes] == [("null", (3, 3), None)]
    items = [node.span for node in parse("-   \n-\n-  # c\n- a\n", "a.yaml").nodes]
    assert items == [(0, 17), (1, 1), (6, 6), (8, 8), (16, 17)]
    assert parse("a: |\n  x", "a.yaml").nodes[1].span == (3, 8)
    assert parse(b"---\na: \xff\n---\n").data is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("---\na: " + "[" * 101 + "\n---\n", ("yaml", (107, 108), "nested more than 100 deep", "", None)),
        ("---\na: b: c\n---\n", ("yaml", (8, 9), "mapping values are not allowed", "", None)),
        (
            "---\n# c\n\nText here: a: b\n---\n",
            ("yaml", (21, 22), "mapping values are not allowed", "", None),
        ),
    ],
)
def test_a_fault_is_where_it_is_in_the_file(text: str, fault: tuple[object, ...]) -> None:
    [found] = parse(text).faults
    problem = re.sub(" in this context| here", "", found.problem)  # the two parsers say it in their own words
    assert found._replace(problem=problem) == fault


def test_a_document_read_with_a_later_closer_has_its_path() -> None:
    assert parse('---\na: "x\n---\ny"\nb: 1\n---\n', "a.md").path == "a.md"
    assert str(events.Unreadable("what is wrong", 3)) == "what is wrong"
