"""What is read of a front matter that does not parse: fields told apart by their lines, and scalars read from one."""

from __future__ import annotations

import pytest

from feedlint.source import events
from feedlint.source.fields import fields, flow_end
from feedlint.source.salvage import Salvaged, salvage, tree
from tests.support import ARTICLE, read


@pytest.fixture(params=["c_events", "pure_events"], autouse=True)
def _reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "reader", getattr(events, request.param))


def kept(text: str) -> list[tuple[str | None, str, str]]:
    """Return key, value and the written value of each line that is salvaged."""
    return [(line.key, line.value, text[line.span.start : line.span.end]) for line in salvage(text, 0, len(text))]


def test_every_style_on_one_line() -> None:
    text = 'a: plain text # comment\nb: "dou\\"ble é" # comment\nc: \'sin\'\'gle\'\n"d": 5\n'
    assert kept(text) == [
        ("a", "plain text", "plain text"),
        ("b", 'dou"ble é', '"dou\\"ble é"'),
        ("c", "sin'gle", "'sin''gle'"),
        ("d", "5", "5"),
    ]


def test_items_and_what_is_below_them() -> None:
    text = 'topics:\n  - Trams\nimages:\n  - url: "x"\n    width: 3\n'
    assert kept(text) == [(None, "Trams", "Trams"), ("url", "x", '"x"'), ("width", "3", "3")]


def test_a_salvaged_line_is_what_its_node_would_be() -> None:
    document = read(ARTICLE)
    nodes = [node for node in document.nodes if not node.children]
    assert salvage(document.text, *document.delimiters.front) == [
        Salvaged(node.path, node.key, node.tag, node.value, node.span, node.key_span, node.style) for node in nodes
    ]


def test_the_lines_around_a_fault_are_read() -> None:
    text = 'a: "open\nb: "x"\nc: d: e\nf: "g "h" i"\nj: k\n'
    assert kept(text) == [("b", "x", '"x"'), ("j", "k", "k")]


@pytest.mark.parametrize(
    "lines",
    [
        "text: |\n  a: b\n  # c: d\n\n   e: f",
        "text: >-\n\n  a: b",
        '"text": "a\n  b: c"',
        "text: 'a\n  b: c'",
        "text: a\n  b\n\n  c",
        "text: [a,\n  b: c]",
        "text: {b: c}",
        "text: []",
        "text: |",
        "text: a\u2028more: b",
        "text: *alias",
        "text:\n  on its own line",
        "text:",
        "- - - [a]",
        "# text: a",
        "text",
        "text: @a",
    ],
)
def test_what_a_line_alone_does_not_tell(lines: str) -> None:
    text = f"before: 1\n{lines}\nafter: 2\n"
    assert kept(text) == [("before", "1", "1"), ("after", "2", "2")]


def test_the_second_quote_of_a_text_over_lines_closes_it() -> None:
    assert kept('a: "one\n  two"\nb: "x"\n') == [("b", "x", '"x"')]


def test_spans_are_characters_of_the_whole_text() -> None:
    text = "---\r\né🚋: ü\r\nb: 'x'\r\n---\r\n"
    assert [text[s.span.start : s.span.end] for s in salvage(text, 5, len(text) - 5)] == ["ü", "'x'"]


def test_a_property_is_not_part_of_the_value() -> None:
    assert kept("a: &name !!str 5\n") == [("a", "5", "5")]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("a: 1\nb:\n  c: 2\n  d:\n    - e: 3\n      f: 4\n    - g\nh: 5\n",
         [("a",), ("b",), ("b", "c"), ("b", "d"), ("b", "d", 0, "e"), ("b", "d", 0, "f"), ("b", "d", 1), ("h",)]),
        ("a:\n- b\n- c: 1\n  d: 2\ne: 3\n", [("a",), ("a", 0), ("a", 1, "c"), ("a", 1, "d"), ("e",)]),
        ("'a': 1\n\"b\":\n\tc: 2\n", [("a",), ("b",), ("b", "c")]),
        ("- - a\n  - b\n- c\n", [(0, 0), (0, 1), (1,)]),
    ],
)  # fmt: skip
def test_where_a_field_is_in_the_record(text: str, paths: list[tuple[str | int, ...]]) -> None:
    assert [field.path for field in fields(text, 0, len(text))] == paths


def test_a_tab_is_as_wide_as_asked() -> None:
    text = "a:\n\t- b: 1\n"
    assert [field.line.column for field in fields(text, 0, len(text), tab=2)] == [0, 4]
    assert [field.line.column for field in fields(text, 0, len(text), tab=8)] == [0, 10]
    assert fields(text, 0, len(text), tab=4)[1].line.dashes == (4,)
    assert fields("\ta: 1", 0, 5)[0].line.column == 8


def test_a_value_goes_on_over_lines() -> None:
    text = 'a: |\n  x\n\n  y\n\nb: "c\n  d"\ne: f\n  g\nh: "i\nj: k\n'
    assert [text[field.line.value : field.end] for field in fields(text, 0, len(text))] == [
        "|\n  x\n\n  y", '"c\n  d"', "f\n  g", '"i', "k",
    ]  # fmt: skip


def test_what_a_bracket_waits_for() -> None:
    assert flow_end("[a, {b: ']'}] c", 0, 15) == (13, [])
    assert flow_end("[a, {b: c", 0, 9) == (None, [(0, "]"), (4, "}")])
    assert flow_end("[a, {b: c]", 0, 10) == (None, [(0, "]"), (4, "}")])
    assert flow_end("[it's, b]", 0, 9) == (9, [])
    assert flow_end("[a, 'b]", 0, 7) == (None, [])
    assert flow_end("[a, 'b']", 0, 6) == (None, [])
    assert flow_end("[a # ]\n]", 0, 8) == (8, [])


def test_nothing_of_any_text_raises() -> None:
    assert kept("") == []
    assert kept("\x00: \ud83d\n: x\n- \n---\n...\n\xa0: y\n") == [("\xa0", "y", "y")]


@pytest.mark.parametrize(("line", "column"), [("a: b", 0), ("  a: b", 2), ("- a", 0), ("- a: b", 2), ("  - - a", 4)])
def test_a_value_goes_on_beyond_the_column_of_its_key_or_its_dash(line: str, column: int) -> None:
    assert [field.parent for field in fields(line, 0, len(line))] == [column]


def test_salvaged_lines_are_nodes_of_a_record() -> None:
    text = 'x: [\na: 1\nb:\n  - c: "2"\n    d: 3\n  - e\nf: 4\n'
    nodes = tree(salvage(text, 0, len(text)))
    assert [(n.index, n.end, n.depth, n.path, n.tag, n.value, n.style) for n in nodes] == [
        (0, 8, 0, (), "map", "", "block"),
        (1, 2, 1, ("a",), "int", "1", "plain"),
        (2, 7, 1, ("b",), "seq", "", "block"),
        (3, 6, 2, ("b", 0), "map", "", "block"),
        (4, 5, 3, ("b", 0, "c"), "str", "2", "double"),
        (5, 6, 3, ("b", 0, "d"), "int", "3", "plain"),
        (6, 7, 2, ("b", 1), "str", "e", "plain"),
        (7, 8, 1, ("f",), "int", "4", "plain"),
    ]
    assert [text[n.span.start : n.span.end] for n in nodes] == ["", "1", "", "", '"2"', "3", "e", "4"]
    assert [text[s.start : s.end] if s else None for s in (n.key_span for n in nodes)] == [
        None, "a", None, None, "c", "d", None, "f",
    ]  # fmt: skip
    assert [(n.parent and n.parent.path) for n in nodes[1:]] == [(), (), ("b",), ("b", 0), ("b", 0), ("b",), ()]


def test_an_item_below_one_that_cannot_be_read_keeps_its_position() -> None:
    text = "a:\n  - [x]\n  - y\n"
    node = tree(salvage(text, 0, len(text)))[-1]
    assert (node.path, node.key, node.value) == (("a", 1), None, "y")


def test_nothing_salvaged_is_no_record() -> None:
    assert tree([]) == []


@pytest.mark.parametrize("text", ["a: 1\na:\n  b: 2\n", "a:\n  b: 1\na:\n  - 2\n"])
def test_a_line_that_does_not_fit_in_is_left_out(text: str) -> None:
    lines = salvage(text, 0, len(text))
    assert [line.value for line in lines] == ["1", "2"]
    assert [node.value for node in tree(lines) if not node.children] == ["1"]


@pytest.mark.parametrize(
    ("line", "value", "is_open"),
    [
        ("a: b # c", 3, False),
        ("a: # c", 6, True),
        ("a:  # c", 7, True),
        ("a:\t# c", 6, True),
        ("a: #c", 5, True),
        ("a: !x # c", 9, True),
        ("- # c", 5, True),
        ("-", 1, True),
        ("'a': b", 5, False),
        ('"a: c" : b', 9, False),
        ("'a: c': b", 8, False),
        ("a:#c", 0, False),
    ],
)
def test_where_a_value_begins(line: str, value: int, is_open: bool) -> None:
    [field] = fields(line, 0, len(line))
    assert (field.line.value, field.is_open) == (value, is_open)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The lines of a value are further in than its key, or the dash it is behind, wherever it begins.
        ("a:\n  b\n c\n", [("a", ""), ("a", "b\n c")]),
        ("- b\n c\n", [(0, "b\n c")]),
        ("- a: b\n c\n", [("a", "b"), ("a", "c")]),
        ("-\na: b\n", [(0, ""), ("a", "b")]),
        ("a: !x\n  b\n", [("a", ""), ("a", "b")]),
        # A comment or another key ends a text; in quotes and brackets only what closes them does.
        ("# a\nb: c\n", [("b", "c")]),
        ("a: b\n  # c\n  d\n", [("a", "b"), ("a", "d")]),
        ("a: b\n  c: d\n", [("a", "b"), ("c", "d")]),
        ("a: |x\n  b: c\n", [("a", "|x"), ("b", "c")]),
        ("a: {b,\nc}\nd: e\n", [("a", "{b,\nc}"), ("d", "e")]),
        ('a: "b\nc\nd: e\n', [("a", '"b\nc'), ("d", "e")]),
        ('a: "b\n c" d\ne: f\n', [("a", '"b'), ("a", 'c" d'), ("e", "f")]),
        ("a : b\n", [("a", "b")]),
        ("X: b\n", [("X", "b")]),
        ("Xab: c\n", [("Xab", "c")]),
        ("a: 1\n{b: c}\n", [("a", "1"), ("a", "{b: c}")]),
    ],
)
def test_where_a_value_ends(text: str, found: list[tuple[str | int, str]]) -> None:
    assert [(field.path[-1], text[field.line.value : field.end]) for field in fields(text, 0, len(text))] == found


def test_a_line_ends_where_the_text_to_be_read_does() -> None:
    assert [field.end for field in fields("a: bcd\n", 0, 4)] == [4]


def test_a_quoted_text_is_followed_over_fifty_lines() -> None:
    def ends(lines: int) -> int:
        text = 'a: "b\n' + "  - c\n" * lines + '"\nd: e\n'
        first = fields(text, 0, len(text))[0]
        return text.count("\n", 0, first.end)

    assert [ends(lines) for lines in (0, 1, 48, 49, 50, 60)] == [1, 2, 49, 0, 0, 0]
