"""YA006: values over more than one line, bare values between brackets, comments that touch, keys that are no text."""

from __future__ import annotations

import time

import pytest

from feedlint.diagnostic import ERROR, WARNING
from feedlint.linting import fix, lint
from feedlint.repository import Repository
from feedlint.rules import DEFAULT
from feedlint.rules.ya import RULES
from feedlint.source import parse
from tests.support import read

PATH = "_notes/a.md"


def found(lines: str) -> list[tuple[str, str]]:
    """Return what YA006 finds in a record of *lines*: what is under each caret, and the fix's title."""
    text = f"---\n{lines}\n---\n"
    diagnostics = lint(read(text, PATH), RULES, Repository(None))
    assert {diagnostic.code for diagnostic in diagnostics} <= {"YA006"}
    assert {diagnostic.severity for diagnostic in diagnostics} <= {ERROR}
    return [(text[d.span.start : d.span.end], d.fix.title if d.fix else "") for d in diagnostics]


def repaired(lines: str) -> str:
    """Return *lines* after all safe fixes of all rules, with nothing left to report."""
    text = f"---\n{lines}\n---\n"
    result = fix(parse(text.encode(), PATH), DEFAULT, Repository(None), unsafe=False)
    assert lint(result.document, DEFAULT, Repository(None)) == []
    return result.document.text[4:-5]


INDENT = "Indent what belongs to the value above"
DELETE = "Delete white space at the ends of lines"


@pytest.mark.parametrize(
    ("lines", "under", "title", "fixed"),
    [
        ('a: "x\ny"', "y", INDENT, 'a: "x\n  y"'),
        ("a: 'x\n\ty'", "\t", INDENT, "a: 'x\n  y'"),
        ("a: 'x\n\t\n  y'", "\t", INDENT, "a: 'x\n\n  y'"),
        ('a: "x\\\ny"', "y", INDENT, 'a: "x\\\n  y"'),
        ('a: "x\n"', '"', INDENT, 'a: "x\n  "'),
        ('a:\n  b: "x\n  y"', "  ", INDENT, 'a:\n  b: "x\n    y"'),
        ("a:\n  - 'x\n  y'", "  ", INDENT, "a:\n  - 'x\n    y'"),
        ("a:\n- b: 'x\n  y'", "  ", INDENT, "a:\n- b: 'x\n    y'"),
        ("a: [\nb, c]", "b", INDENT, "a: [\n  b, c]"),
        ("a: [b,\n\tc]", "\t", INDENT, "a: [b,\n  c]"),
        ("a: {b: c\nd}", "d", INDENT, "a: {b: c\n  d}"),
        ("a: [b, [\n  c\n]]", "]", INDENT, "a: [b, [\n  c\n  ]]"),
        ("a: {b: 'x\ny'}", "y", INDENT, "a: {b: 'x\n  y'}"),
        ("a:\n  b: [\n    c\n]", "]", INDENT, "a:\n  b: [\n    c\n    ]"),
        ('a: "x\r\ny"\r', "y", INDENT, 'a: "x\r\n  y"\r'),
        ('a: "x \n  y"', " ", DELETE, 'a: "x\n  y"'),
        ("a: 'x\t \n  y \n  z'", "\t ", DELETE, "a: 'x\n  y\n  z'"),
        ('a: "x\\ \t\n  y"', "\t", DELETE, 'a: "x\\ \n  y"'),
        ("a: [b, 'x \n  y']", " ", DELETE, "a: [b, 'x\n  y']"),
    ],
)
def test_a_value_over_lines(lines: str, under: str, title: str, fixed: str) -> None:
    assert found(lines) == [(under, title)]
    if "\r" not in lines:
        assert repaired(lines) == fixed


@pytest.mark.parametrize(
    "lines",
    [
        'a: "x\n y"',
        "a: 'x\n \ty'",
        "a: 'x\n\n \n y'",
        'a: "x\\ \n  y"',
        'a: "x\\\n  y"',
        "a: x \n  y",
        "a: [\n  b \n]",
        "a: [\n# c\n  b,\n\n\t\n  c\n]",
        "a:\n- b: [\n    c\n  ]",
        "a:\n  - 'x\n   y'",
        '{"a": "b",\n"c": "d\ne"\n}',
        "a: |\n  x \n   y",
    ],
)
def test_lines_that_all_readers_take(lines: str) -> None:
    assert found(lines) == []


def test_an_empty_line_below_a_backslash_is_told_without_a_fix() -> None:
    assert found('a: "x\\\n\n  y"') == [("\\", "")]
    assert found('a: "x\\\\\n\n  y"') == []


def test_a_line_that_looks_like_a_delimiter_is_told_once_and_put_right_whole() -> None:
    text = '---\na:\n  b: "x\n---b\t\n   y"\nc: "z"\n---\n'
    document = parse(text.encode(), PATH)
    assert [d.code for d in lint(document, DEFAULT, Repository(None))] == ["FM004"]
    result = fix(document, DEFAULT, Repository(None), unsafe=False)
    assert result.document.text == '---\na:\n  b: "x\n    ---b\n   y"\nc: "z"\n---\n'
    assert lint(result.document, DEFAULT, Repository(None)) == []


def test_what_two_rules_put_right_settles() -> None:
    assert repaired('a: "x\ry"') == 'a: "x\n  y"'
    assert repaired("  a: b\n  c: 'x\n  y'") == "a: b\nc: 'x\n  y'"


@pytest.mark.parametrize(
    ("lines", "under", "fixed"),
    [
        ("a: [b?, c]", "b?", 'a: ["b?", c]'),
        ("a: {b: c?d, e: f}", "c?d", 'a: {b: "c?d", e: f}'),
        ("a: {b?: c}", "b?", 'a: {"b?": c}'),
        ("a: [-, b]", "-", 'a: ["-", b]'),
        ("a: [b::, c]", "b::", 'a: ["b::", c]'),
        ("a: [12:30:, c]", "12:30:", 'a: ["12:30:", c]'),
        ("a: {b: c:d:, e: f}", "c:d:", 'a: {b: "c:d:", e: f}'),
    ],
)
def test_a_bare_value_between_brackets(lines: str, under: str, fixed: str) -> None:
    assert [span for span, _ in found(lines)] == [under]
    assert repaired(lines) == fixed


@pytest.mark.parametrize("lines", ["a: [b:c, -d, 'e?', \"-\"]", "a: b?\nc:\n  - d?", "a: {'b?': c}", "a: {b: 'c::'}"])
def test_what_all_readers_take_between_brackets(lines: str) -> None:
    assert found(lines) == []


def test_a_question_mark_that_touches_a_word_between_brackets() -> None:
    assert found("a: [?b, c]") == [("?", "")]


@pytest.mark.parametrize(
    ("lines", "under", "fixed"),
    [
        ('a: "b"#c', "#c", 'a: "b" #c'),
        ("a: [b]#c\nd: e", "#c", "a: [b] #c\nd: e"),
        ("a: [b,#c\n  d]", "#c", "a: [b, #c\n  d]"),
        ("a: |-#c # d\n  e", "#c # d", "a: |- #c # d\n  e"),
        ("a: {}#c", "#c", "a: {} #c"),
    ],
)
def test_a_comment_that_touches(lines: str, under: str, fixed: str) -> None:
    assert found(lines) == [(under, "Put a space before #")]
    assert repaired(lines) == fixed


@pytest.mark.parametrize("lines", ["a: [b#c]", 'a: "b" #c', "#c\na: b", "a: b#c", "a: |-\n  |#c", "a: '[]#'"])
def test_what_is_no_comment_or_does_not_touch(lines: str) -> None:
    assert found(lines) == []


@pytest.mark.parametrize("key", ["1", "true", "null", "2020-12-08", "[a]", "<<", '""'])
def test_a_key_that_no_schema_knows_is_told_once(key: str) -> None:
    text = f'---\ntitle: "Tram"\n{key}: {{}}\n---\n'
    rules = [rule for rule in DEFAULT if rule.code in ("SC002", "YA006")]
    codes = [(d.code, d.severity, d.fix) for d in lint(read(text), rules, Repository(None)) if d.code != "SC001"]
    expected = ("SC002", WARNING, None) if key == '""' else ("YA006", ERROR, None)
    assert [code for code in codes if code[1:] != (WARNING, None) or code[0] == expected[0]] == [expected]


@pytest.mark.parametrize(
    ("value", "severity"),
    [("!!float 3", ERROR), ("!!float 3.5", WARNING), ("!!int 3", WARNING), ("!!int '3'", ERROR), ("!!str 3", WARNING)],
)
def test_a_tag_that_does_not_fit_its_value_is_graver(value: str, severity: str) -> None:
    (diagnostic,) = lint(read(f"---\na: {value}\n---\n", PATH), RULES, Repository(None))
    assert (diagnostic.code, diagnostic.severity) == ("YA006", severity)


@pytest.mark.parametrize(
    "lines",
    [
        'a: "' + "x\\\n\n" * 20_000 + '"',
        "a: [" + "---,\n" * 20_000 + "]",
        "a: '" + "x" + " " * 100_000 + "\n  y'",
        'a: "' + "\\\\" * 50_000 + ' \n"',
        "a: [" + "b,#c\n" * 20_000 + "]",
        "a: [" + "?b?, " * 5_000 + "]",
    ],
    ids=range(6),
)
def test_much_of_it_takes_little_time(lines: str) -> None:
    document = read(f"---\n{lines}\n---\n", PATH)
    start = time.perf_counter()
    lint(document, RULES, Repository(None))
    assert time.perf_counter() - start < 5


def test_an_anchor_before_the_first_key_is_told_also_where_it_is_used() -> None:
    diagnostics = lint(read("---\n&x a: b\nc: *x\n---\n", PATH), RULES, Repository(None))
    assert [(d.code, d.severity) for d in diagnostics] == [("YA006", ERROR), ("YA006", WARNING)]
