"""Lines inside of a record: those that go on with a value, and those that some reader takes for the record's end."""

from __future__ import annotations

import pytest

from feedlint.source import Span, parse
from feedlint.source.continuation import continuations
from feedlint.source.false_closers import FalseCloser, find


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        # where the white space before each line break is, the line's start, its indentation, its ink; in quotes or not
        ('"a\n b"', [((5, 5), 6, 1, 7, True)]),
        ('"a\r\n b"', [((5, 5), 7, 1, 8, True)]),
        ('"a\rb"', [((5, 5), 6, 0, 6, True)]),
        ('"aX\n b"', [((6, 6), 7, 1, 8, True)]),
        ('"a\nb\n  \tc"', [((5, 5), 6, 0, 6, True), ((7, 7), 8, 2, 11, True)]),
        ('"X \n  \n\t b"', [((5, 6), 7, 2, 9, True), ((7, 9), 10, 0, 12, True)]),
        # A backslash makes the space behind it text in double quotes, and two of them do not.
        ('"a\\ \n b"', [((7, 7), 8, 1, 9, True)]),
        ("'a\\ \n b'", [((6, 7), 8, 1, 9, True)]),
        ('"a\\\n b"', [((6, 6), 7, 1, 8, True)]),
        ('"a\\\\ \n b"', [((7, 8), 9, 1, 10, True)]),
        ('"a\\\\\\ \t\n b"', [((9, 10), 11, 1, 12, True)]),
        ('["x", a\\ \n b]', [((11, 12), 13, 1, 14, False)]),
        ('[a \n b, "c \n d"\n]', [((5, 6), 7, 1, 8, False), ((13, 14), 15, 1, 16, True), ((18, 18), 19, 0, 19, False)]),
        ('["a", "b", c,\n"d"]', [((16, 16), 17, 0, 17, False)]),
        ('["a", "b\n c"]', [((11, 11), 12, 1, 13, True)]),
        ('"aX\\ \n b"', [((8, 8), 9, 1, 10, True)]),
        # Of these every reader knows where they end.
        ("|\n  a\n  b", []),
        ("a\n  b", []),
        ('["a", "b"]', []),
    ],
)
def test_lines_in_quotes_or_brackets(value: str, lines: list[tuple[tuple[int, int], int, int, int, bool]]) -> None:
    found = continuations(parse(f"n: {value}\n", "a.yaml"))
    assert [(each.before, each.start, each.indent, each.ink, each.quoted) for each in found] == lines


def test_a_line_is_one_of_the_quotes_it_is_in() -> None:
    document = parse('n: [a,\n"b\nc",\nd, "e"]\n', "a.yaml")
    assert [each.node.value for each in continuations(document)] == ["", "b c", ""]


END = "heat: 1\n---\n"
LOST = "some reader takes it for the end, and nothing done to the line alone puts it right"


@pytest.mark.parametrize(
    ("above", "line", "below", "repaired", "sure"),
    [
        # It is in quotes: further in, and without white space that some reader would keep.
        ('note: "a\n', '--- b"', "\n", '  --- b"', True),
        ('note: "a\n', "--- ", '\n b"\n', "  ---", True),
        ("note: 'a\n", "---\t", "\n b'\n", "  ---", True),
        ('note: "a\n', "---X", '\n b"\n', "  ---X", True),
        ('note: "a\n', "---X ", '\n b"\n', "  ---X", True),
        ('note: "a\n', "---\xa0 ", '\n b"\n', "  ---\xa0", True),
        ('note: "a\n', "--- b\\", '\n c"\n', "  --- b\\", True),
        ('note: "a\n', "--- \\ ", '\n c"\n', "  --- \\ ", True),
        ('note: "a\n', "---- # x", '\n b"\n', "  ---- # x", True),
        ('related:\n  - title: "a\n', '--- b"', "\n", '      --- b"', True),
        ('related:\n  - title: [x, "a\n', '--- b"]', "\n", '      --- b"]', True),
        ("note: [a,\n", "---b: 1]", "\n", "  ---b: 1]", True),
        ("note: [a,\n", "---b: 1 ", "\n ]\n", "  ---b: 1 ", True),
        ('note: ["a",\n', "---b: 1 ", "\n ]\n", "  ---b: 1 ", True),
        ("related:\n  - title: [x,\n", "---b: 1]", "\n", "      ---b: 1]", True),
        # Before the first field there is no value to go on with.
        ("", "--- # x", "\n", "  --- # x", True),
        # It is not: it goes, where no text can go on with it.
        ("note: a\n", "--- \n", "", "", True),
        ("note: 5\n", "--\n", "", "", True),
        ("", "--\n", "", "", True),
        ("note:\n  - a b\n", "--\n", "", "", True),
        ("note: 5\n", "--- # a # b", "\n", "# a # b", True),
        ("more: a b\nnote:\n", "--\n", "", "", True),
        ("note: a b\n", "...\n", "", "", False),
        ("note: >\n  a\n", "...\n", "", "", False),
        # It is text, or a comment, that nobody would delete.
        ("note: |\n  a\n", "---x", "\n", "  ---x", False),
        ("note: a\n", "---- # x", "\n", "  ---- # x", False),
        ("note: {a: 1\n", "---x", "\n", LOST, False),
        ("", "--- a: 1", "\n", LOST, False),
        ("", "---a: 1", "\n", LOST, True),
    ],
)
def test_a_line_that_looks_like_the_end(above: str, line: str, below: str, repaired: str, sure: bool) -> None:
    text = f"---\n{above}{line}{below}{END}"
    start = 4 + len(above)
    [found] = find(parse(text))
    assert (found.span, found.sure) == (Span(start, start + len(line.rstrip("\n"))), sure)
    if found.edit is None:
        assert repaired == LOST
    else:
        (first, last), new = found.edit
        assert text[:first] + new + text[last:] == f"---\n{above}{repaired}{below}{END}"
        assert (last == start) == repaired.endswith(line.rstrip("\n"))  # no more is written anew than has to be


@pytest.mark.parametrize(
    "text", ["", "--\n", "---\na: 1\n---\n---\n", '---\nnote: "x\n--\n y"\n---\n', "---\na: |\n  ---\n---\n"]
)
def test_no_line_looks_like_the_end(text: str) -> None:
    assert find(parse(text)) == ()


def test_before_the_first_field_a_line_goes_on_with_nothing() -> None:
    text = "---\n--- # x\nnote:\n  - a: 1\n---\n"
    assert find(parse(text)) == (FalseCloser(Span(4, 11), (Span(4, 4), "  ")),)


def test_in_a_data_file_nothing_is_the_end() -> None:
    assert find(parse("a: 1\n--- \nb: 2\n", "a.yaml")) == ()


def test_many_lines_that_look_like_the_end_are_not_tried_one_by_one() -> None:
    lines = "...\n" * 9
    assert list(find(parse(f"---\n{lines}a: 1\n---\n"))) == [FalseCloser(Span(at, at + 3)) for at in range(4, 40, 4)]
    assert [each.sure for each in find(parse(f"---\n{lines[4:]}a: 1\n---\n"))] == [False] * 8
    assert None not in [each.edit for each in find(parse(f"---\n{lines[:4]}a: 1\n---\n"))]
