"""Edits, before and after: in every style, with every line ending, in brackets, in related items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feedlint import edits
from feedlint.diagnostic import UNSAFE, Change, Edit, EditConflict, Fix, apply_changes, apply_edits
from feedlint.fragments import Fragment, apply_fragments
from feedlint.source import Document, Entry, Node, Span
from tests.support import fixed, read

pytestmark = pytest.mark.usefixtures("yaml_parser")

Make = Callable[[Document, Node], Fix | None]


def node_at(document: Document, path: tuple[str | int, ...]) -> Node:
    return next(node for node in reversed(document.nodes) if node.path == path)


def edited(yaml: str, path: tuple[str | int, ...], make: Make) -> str | None:
    """Return *yaml* after the fix that *make* makes for the node at *path*, with its data changed as declared.

    That no other character moves is seen by what comes back, and tried with CRLF and CR too.
    """
    results: list[str | None] = []
    for ending in ("\n", "\r\n", "\r"):
        text = f"---\n{yaml}---\nBody\n".replace("\n", ending)
        document = read(text)
        fix = make(document, node_at(document, path))
        if fix is None:
            results.append(None)
            continue
        result = fixed(text, fix)
        assert (result[: 3 + len(ending)], result[-2 * len(ending) - 7 :]) == (
            f"---{ending}",
            f"---{ending}Body{ending}",
        )
        assert result.count("\r\n") == (result.count("\n") if ending == "\r\n" else 0)
        result = result.replace(ending, "\n")
        results.append(result[4:-9])
    assert results[0] == results[1] == results[2]
    return results[0]


# --- set_value ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "value", "after"),
    [
        ("a: x\n", "w", "a: w\n"),
        ("a: x # c\n", "y z", "a: y z # c\n"),
        ("a:    x   \n", "w", "a:    w   \n"),
        ("a: x\n", "y: z", 'a: "y: z"\n'),
        ("a: x\n", "12", 'a: "12"\n'),
        ("a: x\n", "yes", 'a: "yes"\n'),
        ("a: x\n", "2020-12-08T21:40:00Z", 'a: "2020-12-08T21:40:00Z"\n'),
        ("a: x\n  y\n\n  z\nb: c\n", "w", "a: w\nb: c\n"),
        ("a: é😀 # c\n", "ü👩‍🚀", "a: ü👩‍🚀 # c\n"),
        ("a: 'x'\n", "it's", "a: 'it''s'\n"),
        ("a: 'x\n  y'  # c\n", "z", "a: 'z'  # c\n"),
        ("a: 'x'\n", "y\nz", 'a: "y\\nz"\n'),
        ('a: "x"\n', 'y "z" \\', 'a: "y \\"z\\" \\\\"\n'),
        ('a: "x"\n', "\x07\u2028\ufeff", 'a: "\\x07\\u2028\\ufeff"\n'),
        ('"a" : "x"\n', "", '"a" : ""\n'),
        # Block scalars keep their header, their indentation and their line breaks.
        ("a: |\n  x\nb: c\n", "y\n", "a: |\n  y\nb: c\n"),
        ("a: |-\n   x\n   z\n\n# c\nb: c\n", "y\n\nw", "a: |-\n   y\n\n   w\n\n# c\nb: c\n"),
        ("a: | # c\n  x\n", "y: z #\n", "a: | # c\n  y: z #\n"),
        ("a: |\n\n \n  x\n", "y\n", "a: |\n  y\n"),
        ("a: >-\n  x\n  y\n", "z", "a: >-\n  z\n"),
        # In double quotes where the block cannot be kept; a comment in its header stays.
        ("a: |\n  x\nb: c\n", "y", 'a: "y"\nb: c\n'),
        ("a: |+ # c\n  x\n\nb: c\n", "y", 'a: "y" # c\nb: c\n'),
        ("a: |2-\n    x\n", "y", 'a: "y"\n'),
        ("a: |-\n  x\n", " y", 'a: " y"\n'),
        ("a: |-\n  x\n", "y\x07", 'a: "y\\x07"\n'),
        ("a: |-\n  x\n", "", 'a: ""\n'),
        ("a: >\n  x\n", "y\nz\n", 'a: "y\\nz\\n"\n'),
        # Numbers, booleans and null are plain, whatever was there.
        ("a: '12'\n", 12, "a: 12\n"),
        ('a: "true"\n', True, "a: true\n"),
        ("a: |\n  x\n", 1.5, "a: 1.5\n"),
        ("a: x\n", None, "a: null\n"),
        ("a: 12\n", "13", 'a: "13"\n'),
        ("a: 12 # c\n", 13, "a: 13 # c\n"),
        # Nothing is written yet.
        ("a:\n", "x", "a: x\n"),
        ("a: \n", 5, "a: 5 \n"),
        ("a: # c\n", "x", "a: x # c\n"),
        ("a: &n # c\n", "x", "a: &n x # c\n"),
        ("a: !!str\n", "x", "a: !!str x\n"),
        ("a: ~\n", "x", "a: x\n"),
        # Anchor and tag stay.
        ("a: &n x\n", "w", "a: &n w\n"),
        ("a: !!str &n 'x'\n", "y", "a: !!str &n 'y'\n"),
    ],
)
def test_set_value(yaml: str, value: edits.Value, after: str) -> None:
    assert edited(yaml, ("a",), lambda document, node: edits.set_value(document, node, value, "")) == after


@pytest.mark.parametrize(
    ("yaml", "path", "after"),
    [
        ("a: [x, 'x', \"x\"]\n", ("a", 0), 'a: ["y, z", \'x\', "x"]\n'),
        ("a: [x, 'x', \"x\"]\n", ("a", 1), "a: [x, 'y, z', \"x\"]\n"),
        ("a: [x,  # c\n  'x',\n]\n", ("a", 1), "a: [x,  # c\n  'y, z',\n]\n"),
        ("a: {b: x, c: }\n", ("a", "b"), 'a: {b: "y, z", c: }\n'),
        ("a: {b: x, c: }\n", ("a", "c"), 'a: {b: x, c: "y, z" }\n'),
        ("a: {b: x, c: , d: }\n", ("a", "c"), 'a: {b: x, c: "y, z" , d: }\n'),
        ("a: {b, c: x}\n", ("a", "b"), None),
        ("a: {'b:c', d: x}\n", ("a", "b:c"), None),
        ("a: {b: {c: [x]}}\n", ("a", "b", "c", 0), 'a: {b: {c: ["y, z"]}}\n'),
        ("a:\n  - b: x\n    c: d\n", ("a", 0, "b"), "a:\n  - b: y, z\n    c: d\n"),
        ("a:\n  - b: |-\n      x\n    c: d\n", ("a", 0, "b"), "a:\n  - b: |-\n      y, z\n    c: d\n"),
        ("a:\n  - |-\n   x\n  - x\n", ("a", 0), "a:\n  - |-\n   y, z\n  - x\n"),
        ("a:\n- x\n-\n- x\n", ("a", 1), "a:\n- x\n- y, z\n- x\n"),
        ("a:\n- x\n- # c\n- x\n", ("a", 1), "a:\n- x\n- y, z # c\n- x\n"),
        ("a: 1\na: x\n", ("a",), "a: 1\na: y, z\n"),
        ("? a\n: x\n", ("a",), "? a\n: y, z\n"),
        ("? a\n", ("a",), None),
        ("a: [x]\n", ("a",), None),
        ("a: {}\n", ("a",), None),
        ("b: &n x\na: *n\n", ("a",), None),
    ],
)
def test_set_value_in_collections(yaml: str, path: tuple[str | int, ...], after: str | None) -> None:
    assert edited(yaml, path, lambda document, node: edits.set_value(document, node, "y, z", "")) == after


def test_set_value_in_another_style() -> None:
    def make(style: str, value: str) -> Make:
        return lambda document, node: edits.set_value(document, node, value, "", style=style)

    assert edited("a: '2020'\n", ("a",), make("plain", "2020-12-08T21:40:00Z")) == "a: 2020-12-08T21:40:00Z\n"
    assert edited("a: x\n", ("a",), make("double", "y")) == 'a: "y"\n'
    assert edited("a: | # c\n  x\n", ("a",), make("single", "y")) == "a: 'y' # c\n"
    assert edited("a: [x]\n", ("a", 0), make("plain", "y, z")) == 'a: ["y, z"]\n'


def test_a_fix_says_what_it_is() -> None:
    document = read("---\na: x\n---\n")
    assert edits.set_value(document, node_at(document, ("a",)), "w", "write w", UNSAFE) == Fix(
        "write w", (Edit(Span(7, 8), "w"),), UNSAFE, (Change(1, 1, (Entry(1, "a", "str", "w"),)),)
    )


# --- replace_fragments -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "fragments", "after"),
    [
        ("a: x&amp;y z # c\n", [(1, 6, "&")], "a: x&y z # c\n"),
        ("a: x\n  &amp;\n  y\n", [(2, 7, "&")], "a: x\n  &\n  y\n"),
        ("a: x\n  y\n", [(1, 2, "")], "a: xy\n"),
        ("a: é😀👩‍🚀z\n", [(2, 5, "")], "a: é😀z\n"),
        ("a: 'it''s &amp; x'\n", [(5, 10, "'&'")], "a: 'it''s ''&'' x'\n"),
        ("a: 'x\n\n  y'\n", [(0, 1, "z"), (2, 3, "w")], "a: 'z\n\n  w'\n"),
        ('a: "\\x41\\u00e9 \\"&amp;\\""\n', [(4, 9, '"')], 'a: "\\x41\\u00e9 \\"\\"\\""\n'),
        ('a: "x\\\n   y z"\n', [(2, 3, "")], 'a: "x\\\n   yz"\n'),
        ('a: "x"\n', [(0, 0, "\x07"), (1, 1, "\n")], 'a: "\\x07x\\n"\n'),
        ("a: |\n  x &amp;\n\n   y\nb: c\n", [(2, 7, "&"), (10, 11, "z")], "a: |\n  x &\n\n   z\nb: c\n"),
        ("a: |-\n  x  y \n", [(1, 2, ""), (4, 5, "")], "a: |-\n  x y\n"),
        ("a: >\n  x &amp;\n  y\n\n  z\n", [(2, 7, "&"), (8, 9, "w")], "a: >\n  x &\n  w\n\n  z\n"),
        ("a: >\n  x\n  y\n", [(1, 2, "-")], "a: >\n  x-y\n"),
        ("a: |2-\n    x\n", [(2, 3, "y")], "a: |2-\n    y\n"),
        # Where the place cannot hold it, or there is no place, the whole value is written.
        ("a: x&amp; y\n", [(1, 6, ": ")], 'a: "x:  y"\n'),
        ("a: 2x\n", [(1, 2, "")], 'a: "2"\n'),
        ("a: x\n\n  y\n", [(2, 3, "")], 'a: "x\\n"\n'),
        ("a: 'x y'\n", [(1, 2, "\n")], 'a: "x\\ny"\n'),
        ("a: x\n\n\n  y\n", [(2, 3, "")], 'a: "x\\ny"\n'),
        ("a: |\n  x\n", [(1, 2, "")], 'a: "x"\n'),
        ("a: |\n  x y\n", [(1, 2, "\x07")], 'a: "x\\x07y\\n"\n'),
        ("a: |+\n  x\n\n", [(2, 3, "")], 'a: "x\\n"\n'),
        ("a: 12\n", [(1, 2, " km")], "a: 1 km\n"),
        ("a:\n", [(0, 0, "x")], "a: x\n"),
        ("a: ''\n", [(0, 0, "x")], "a: 'x'\n"),
    ],
)
def test_replace_fragments(yaml: str, fragments: list[tuple[int, int, str]], after: str) -> None:
    chosen = [Fragment(*fragment) for fragment in reversed(fragments)]
    assert edited(yaml, ("a",), lambda document, node: edits.replace_fragments(document, node, chosen, "")) == after


def test_replace_fragments_in_brackets() -> None:
    def make(document: Document, node: Node) -> Fix | None:
        return edits.replace_fragments(document, node, [Fragment(1, 2, ", ")], "")

    assert edited("a: [x-y, 'x-y']\n", ("a", 0), make) == "a: [\"x, y\", 'x-y']\n"
    assert edited("a: [x-y, 'x-y']\n", ("a", 1), make) == "a: [x-y, 'x, y']\n"
    assert edited("a: [x-y]\n", ("a",), lambda d, n: edits.replace_fragments(d, n, [], "")) is None


def test_apply_fragments() -> None:
    assert apply_fragments("abcd", [Fragment(0, 1, "x"), Fragment(2, 2, "y"), Fragment(3, 4, "")]) == "xbyc"


@pytest.mark.parametrize(
    ("yaml", "start", "end", "under"),
    [
        ("a: x &amp; y\n", 2, 7, "&amp;"),
        ("a: 'it''s'\n", 2, 3, "''"),
        ('a: "\\u00e9\\n"\n', 1, 2, "\\n"),
        ("a: |\n  x\n  &amp;\n", 2, 7, "&amp;"),
        ("a: x\n\n\n  y\n", 2, 3, "x\n\n\n  y"),
        ("a: [é, 'x&amp;']\n", 1, 6, "[é, 'x&amp;']"),
        ("a:\n", 0, 0, ""),
    ],
)
def test_fragment_span(yaml: str, start: int, end: int, under: str) -> None:
    document = read(f"---\n{yaml}---\n")
    assert document.slice(edits.fragment_span(document, node_at(document, ("a",)), start, end)) == under


# --- whole entries -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "path", "after"),
    [
        ("a: x\nb: y\nc: z\n", ("b",), "a: x\nc: z\n"),
        ("a: x\nb: y\n", ("b",), "a: x\n"),
        ("a: x\n\n# c\n'b' :   \"y\\\n  z\"  \n\nc: z\n", ("b",), "a: x\n\n# c\n\nc: z\n"),
        ("a: x\nb: |+\n  y\n\nc: z\n", ("b",), "a: x\nc: z\n"),
        ("a: x\nb: |\n  y\n\nc: z\n", ("b",), "a: x\n\nc: z\n"),
        ("a: x\nb:\nc: z\n", ("b",), "a: x\nc: z\n"),
        ("a: x\nb:\n  - y\n  - {d: e,\n  f: g}\nc: z\n", ("b",), "a: x\nc: z\n"),
        ("a:\n  - b: x\n    c: y\n    d: z\n", ("a", 0, "c"), "a:\n  - b: x\n    d: z\n"),
        ("a: 1\nb: 2\na: 3\n", ("a",), "a: 1\nb: 2\n"),
        # Not where something else is on the line, or would be lost, or nothing would be left.
        ("a:\n  - b: x\n    c: y\n", ("a", 0, "b"), None),
        ("a: x\nb: y # c\n", ("b",), None),
        ("a: x\nb: # c\n  y\n", ("b",), None),
        ("a: x\nb: 'y\n  z' # c\n", ("b",), None),
        ("a: x\nb: [y, # c\n  z]\n", ("b",), None),
        ("a: x\nb: [y, z\n  # c\n  ]\n", ("b",), None),
        ("a: x\nb:\n  - y # c\n  - z\n", ("b",), None),
        ("a: x\nb#c: ['#', d#e, {'f #g': h}]\n", ("b#c",), "a: x\n"),
        ("a: x\nb: &n\nc: d\n", ("b",), "a: x\nc: d\n"),
        ("a: x\n&n b: y\n", ("b",), None),
        ("a: {b: x, c: y}\n", ("a", "b"), None),
        ("a:\n  b: x\n", ("a", "b"), None),
        ("a:\n  - x\n  - y\n", ("a", 0), None),
        ("? a\n: b\nc: d\n", ("a",), None),
    ],
)
def test_delete_entry(yaml: str, path: tuple[str | int, ...], after: str | None) -> None:
    assert edited(yaml, path, lambda document, node: edits.delete_entry(document, node, "")) == after


def test_delete_the_last_line_of_a_file() -> None:
    document = read("---\na: x\nb: y")
    fix = edits.delete_entry(document, node_at(document, ("b",)), "")
    assert fix is not None
    assert fixed(document.text, fix) == "---\na: x\n"


@pytest.mark.parametrize(
    ("yaml", "path", "after"),
    [
        ("a:\n  - x\n  - y\n  - z\n", ("a", 1), "a:\n  - x\n  - z\n"),
        ("a:\n- x\n- b: y\n  c: z\n", ("a", 1), "a:\n- x\n"),
        ("a:\n- x\n- |\n  y\n\n- z\n", ("a", 1), "a:\n- x\n\n- z\n"),
        ("a: [x, 'y',\n  z]\n", ("a", 1), "a: [x,\n  z]\n"),
        ("a: [x, 'y',\n  z]\n", ("a", 2), "a: [x, 'y']\n"),
        ("a: [x, 'y', z]\n", ("a", 0), "a: ['y', z]\n"),
        ("a: [x, # c\n  y]\n", ("a", 0), None),
        ("a:\n- x\n- y # c\n", ("a", 1), None),
        ("a:\n- - x\n  - y\n", ("a", 0, 0), None),
        ("a:\n- x\n", ("a", 0), None),
        ("a: [x]\n", ("a", 0), None),
        ("a: x\nb: y\n", ("a",), None),
    ],
)
def test_delete_item(yaml: str, path: tuple[str | int, ...], after: str | None) -> None:
    assert edited(yaml, path, lambda document, node: edits.delete_item(document, node, "")) == after


@pytest.mark.parametrize(
    ("yaml", "path", "after"),
    [
        ("a: x # c\nb: y\n", ("a",), "a:\n  - x # c\nb: y\n"),
        ("a:\n  - b: 'x'\n    c: y\n", ("a", 0, "c"), "a:\n  - b: 'x'\n    c:\n      - y\n"),
        ("a :  x\n", ("a",), "a :\n  - x\n"),
        ("a: |\n  x\n", ("a",), None),
        ("a:\n  x\n", ("a",), None),
        ("a: [x]\n", ("a",), None),
        ("a: &n x\n", ("a",), None),
        ("a: {b: x}\n", ("a", "b"), None),
        ("a:\n  - x\n", ("a", 0), None),
    ],
)
def test_make_list(yaml: str, path: tuple[str | int, ...], after: str | None) -> None:
    assert edited(yaml, path, lambda document, node: edits.make_list(document, node, "")) == after


@pytest.mark.parametrize(
    ("yaml", "path", "after"),
    [
        ("titel: x # c\n", ("titel",), "title: x # c\n"),
        ("'titel' : x\n", ("titel",), "'title' : x\n"),
        ('"titel": x\n', ("titel",), '"title": x\n'),
        ("a: {titel: x}\n", ("a", "titel"), "a: {title: x}\n"),
        ("a:\n- titel: x\n", ("a", 0, "titel"), "a:\n- title: x\n"),
        ("titel:\n  a:\n  - x\n", ("titel",), "title:\n  a:\n  - x\n"),
        ("? titel\n: x\n", ("titel",), "? title\n: x\n"),
        ("!!str titel: &n x\na: *n\n", ("titel",), "!!str title: &n x\na: *n\n"),
        ("a:\n- x\n", ("a", 0), None),
    ],
)
def test_rename_key(yaml: str, path: tuple[str | int, ...], after: str | None) -> None:
    assert edited(yaml, path, lambda document, node: edits.rename_key(document, node, "title", "")) == after


@pytest.mark.parametrize("key", ["a: b", "", "- a", "a, b", "yes", "a\nb", "{a}"])
def test_a_key_that_cannot_be_written_plain(key: str) -> None:
    assert edited("a: x\n", ("a",), lambda document, node: edits.rename_key(document, node, key, "")) is None


@pytest.mark.parametrize(
    ("yaml", "path", "after", "before"),
    [
        ("a: x\nb: y\n", ("a",), "a: x\nk: 'v'\nb: y\n", "k: 'v'\na: x\nb: y\n"),
        ("a: x # c\n\nb: y\n", ("b",), "a: x # c\n\nb: y\nk: 'v'\n", "a: x # c\n\nk: 'v'\nb: y\n"),
        ("a: x # c\nb: y\n", ("a",), "a: x # c\nk: 'v'\nb: y\n", "k: 'v'\na: x # c\nb: y\n"),
        ("a: |+\n  x\n\nb: y\n", ("a",), "a: |+\n  x\n\nk: 'v'\nb: y\n", "k: 'v'\na: |+\n  x\n\nb: y\n"),
        ("a: |\n  x\n\nb: y\n", ("a",), "a: |\n  x\nk: 'v'\n\nb: y\n", "k: 'v'\na: |\n  x\n\nb: y\n"),
        ("a: x\n  y\nb:\n", ("a",), "a: x\n  y\nk: 'v'\nb:\n", "k: 'v'\na: x\n  y\nb:\n"),
        ("a:\n\nb: y\n", ("a",), "a:\nk: 'v'\n\nb: y\n", "k: 'v'\na:\n\nb: y\n"),
        ("a:\n  b:\n  - x\nc: d\n", ("a",), "a:\n  b:\n  - x\nk: 'v'\nc: d\n", "k: 'v'\na:\n  b:\n  - x\nc: d\n"),
        (
            "a:\n  b:\n  - x\nc: d\n",
            ("a", "b"),
            "a:\n  b:\n  - x\n  k: 'v'\nc: d\n",
            "a:\n  k: 'v'\n  b:\n  - x\nc: d\n",
        ),
        (
            "a:\n - b: x\n   c: y\n",
            ("a", 0, "b"),
            "a:\n - b: x\n   k: 'v'\n   c: y\n",
            "a:\n - k: 'v'\n   b: x\n   c: y\n",
        ),
        ("a: {b: x, c: y}\n", ("a", "b"), "a: {b: x, k: 'v', c: y}\n", "a: {k: 'v', b: x, c: y}\n"),
        ("a: {b: x,\n  c: y\n}\n", ("a", "c"), "a: {b: x,\n  c: y, k: 'v'\n}\n", "a: {b: x,\n  k: 'v', c: y\n}\n"),
        ("a: {b: x}\nc: y\n", ("a",), "a: {b: x}\nk: 'v'\nc: y\n", "k: 'v'\na: {b: x}\nc: y\n"),
        ("'a': x\n", ("a",), "'a': x\nk: 'v'\n", "k: 'v'\n'a': x\n"),
        ("a:\n- x\n", ("a", 0), None, None),
    ],
)
def test_insert(yaml: str, path: tuple[str | int, ...], after: str | None, before: str | None) -> None:
    assert edited(yaml, path, lambda d, node: edits.insert_after(d, node, "k", "v", "", style="single")) == after
    assert edited(yaml, path, lambda d, node: edits.insert_before(d, node, "k", "v", "", style="single")) == before


def test_insert_after_the_last_line_of_a_file() -> None:
    document = read("---\r\na: x")
    fix = edits.insert_after(document, node_at(document, ("a",)), "k", 1, "", style="plain")
    assert fix is not None
    assert fixed(document.text, fix) == "---\r\na: x\r\nk: 1"


@pytest.mark.parametrize("insert", [edits.insert_after, edits.insert_before])
def test_the_style_of_what_is_inserted(insert: Callable[..., Fix | None]) -> None:
    def written(yaml: str, path: tuple[str, ...], value: edits.Value, style: str) -> str:
        after = edited(yaml, path, lambda document, node: insert(document, node, "k", value, "", style=style))
        assert after is not None
        return after

    assert "k: 2020-12-08\n" in written("a: x\n", ("a",), "2020-12-08", "plain")
    assert 'k: "2020-12-08"\n' in written("a: x\n", ("a",), "2020-12-08", "double")
    assert "k: v, w\n" in written("a: x\n", ("a",), "v, w", "plain")
    assert 'k: "v, w"' in written("a: {b: x}\n", ("a", "b"), "v, w", "plain")
    assert "k: 5\n" in written("a: 'x'\n", ("a",), 5, "single")
    assert "k: null\n" in written("a: 'x'\n", ("a",), None, "single")


# --- apply_edits, apply_changes ----------------------------------------------------------------------------


def test_apply_edits() -> None:
    made = [
        Edit(Span(4, 5), "E"),
        Edit(Span(0, 0), "^"),
        Edit(Span(2, 4), ""),
        Edit(Span(6, 6), "$"),
        Edit(Span(6, 6), "!"),
    ]
    assert apply_edits("abcdef", made) == "^abEf$!"
    assert apply_edits("é😀\r\n", [Edit(Span(1, 2), "ü"), Edit(Span(2, 2), "x")]) == "éüx\r\n"
    assert apply_edits("abc", []) == "abc"


@pytest.mark.parametrize(
    "spans", [[(0, 2), (1, 3)], [(0, 3), (1, 1)], [(2, 1)], [(-1, 0)], [(3, 7)], [(7, 7)], [(1, 2), (1, 2)]]
)
def test_edits_that_overlap_or_lie_outside(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(EditConflict):
        apply_edits("abcdef", [Edit(Span(*span), "x") for span in spans])


def _entries(*values: str) -> list[Entry]:
    return [Entry(1, value, "str", value) for value in values]


def test_apply_changes() -> None:
    made = [
        Change(3, 1, tuple(_entries("D"))),
        Change(0, 0, tuple(_entries("^"))),
        Change(1, 2, ()),
        Change(4, 0, tuple(_entries("$"))),
    ]
    assert apply_changes(_entries("a", "b", "c", "d"), made) == _entries("^", "a", "D", "$")
    assert apply_changes(_entries("a"), []) == _entries("a")


@pytest.mark.parametrize("places", [[(0, 2), (1, 1)], [(1, 1), (1, 1)], [(-1, 0)], [(4, 0)], [(2, 2)]])
def test_changes_that_overlap_or_lie_outside(places: list[tuple[int, int]]) -> None:
    with pytest.raises(EditConflict):
        apply_changes(_entries("a", "b", "c"), [Change(at, removed, ()) for at, removed in places])


def test_the_helper_of_these_tests_sees_a_wrong_fix() -> None:
    def wrong(document: Document, node: Node) -> Fix:
        return Fix("", (Edit(node.span, "z"),), changes=(Change(node.index, 1, (Entry(1, "a", "str", "y"),)),))

    cases: list[Any] = [("a: x\n", ("a",), wrong)]
    for case in cases:
        with pytest.raises(AssertionError):
            edited(*case)
