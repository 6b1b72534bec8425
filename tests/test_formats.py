from __future__ import annotations

import io
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from feedlint import catalogue
from feedlint.baseline.text import escaped
from feedlint.diagnostic import ERROR, INFO, SAFE, UNSAFE, WARNING, Diagnostic, Edit, Fix, Label, Mute, Place
from feedlint.formats import FORMATS
from feedlint.formats import diff as diff_format
from feedlint.formats.excerpt import Mark, columns, excerpt
from feedlint.formats.summary import summary
from feedlint.report import FileReport, Refusal, Report
from feedlint.source import Lines, Span
from feedlint.words import by_number, visible

TEXT = """\
---
title: "Baltimoreâ€™s trams"
publishedDateTime: 2020-12-08T22:40:00+01:00
provider:
  name: Example Times
---
"""


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def finding(part: str, message: str = "is wrong", code: str = "TX001", text: str = TEXT, **more: object) -> Diagnostic:
    return Diagnostic(span(text, part), message, code=code, **more)  # type: ignore[arg-type]


def replacement(part: str, new: str, text: str = TEXT, safety: object = SAFE, title: str = "Write it so") -> Fix:
    return Fix(title, (Edit(span(text, part), new),), safety)  # type: ignore[arg-type]


def report(*files: FileReport, **more: bool) -> Report:
    return Report(files, **more)  # type: ignore[arg-type]


def shown(report: Report, name: str = "full", *, color: bool = False, quiet: bool = True) -> str:
    stream = io.StringIO()
    FORMATS[name](report, stream, color=color, quiet=quiet)
    return stream.getvalue()


def one(*found: Diagnostic, text: str = TEXT, path: str = "_news/a.md", **more: object) -> FileReport:
    return FileReport(path, found, text, schema="article", **more)  # type: ignore[arg-type]


MOJIBAKE = finding("â€™", 'title has mojibake: "â€™"', fix=replacement("â€™", "’", title='Write "’"'))
OFFSET = finding(
    "+01:00",
    "publishedDateTime has an offset",
    "DT001",
    labels=(Label(span(TEXT, "Example Times"), "its provider"),),
    help="write it in UTC",
    fix=replacement("22:40:00+01:00", "21:40:00Z", safety=UNSAFE),
)
NOTE = finding("name", "is only a note", "XX001", severity=INFO)


# --- full --------------------------------------------------------------------------------------------------


def test_full() -> None:
    assert (
        shown(report(one(MOJIBAKE, OFFSET, NOTE)), quiet=False)
        == """\
_news/a.md:2:18: error TX001 title has mojibake: "â€™"
   |
 2 | title: "Baltimoreâ€™s trams"
   |                  ^^^
   |
   = fix: Write "’" (safe: run with --fix)
 2 - title: "Baltimoreâ€™s trams"
 2 + title: "Baltimore’s trams"

_news/a.md:3:39: error DT001 publishedDateTime has an offset
   |
 3 | publishedDateTime: 2020-12-08T22:40:00+01:00
   |                                       ^^^^^^
...
 5 |   name: Example Times
   |         ------------- its provider
   |
   = help: write it in UTC
   = fix: Write it so (unsafe: run with --fix --unsafe-fixes)
 3 - publishedDateTime: 2020-12-08T22:40:00+01:00
 3 + publishedDateTime: 2020-12-08T21:40:00Z

_news/a.md:5:3: info XX001 is only a note
   |
 5 |   name: Example Times
   |   ^^^^

Found 2 errors, 1 info in 1 of 1 file (1 fixable with --fix, 1 more with --unsafe-fixes).
"""
    )


def test_full_in_colour() -> None:
    assert shown(report(one(MOJIBAKE)), color=True) == (
        '\x1b[1m_news/a.md:2:18\x1b[0m: \x1b[31merror\x1b[0m \x1b[1;31mTX001\x1b[0m title has mojibake: "â€™"\n'
        "   \x1b[34m|\x1b[0m\n"
        ' \x1b[34m2\x1b[0m \x1b[34m|\x1b[0m title: "Baltimoreâ€™s trams"\n'
        "   \x1b[34m|\x1b[0m \x1b[31m                 ^^^\x1b[0m\n"
        "   \x1b[34m|\x1b[0m\n"
        '   \x1b[34m=\x1b[0m \x1b[1mfix\x1b[0m: Write "’" (safe: run with --fix)\n'
        ' \x1b[34m2\x1b[0m \x1b[31m- title: "Baltimoreâ€™s trams"\x1b[0m\n'
        ' \x1b[34m2\x1b[0m \x1b[32m+ title: "Baltimore’s trams"\x1b[0m\n'
        "\n"
    )


def test_severities_have_a_colour_each() -> None:
    for severity, code in ((ERROR, 31), (WARNING, 33), (INFO, 36)):
        text = shown(report(one(finding("name", severity=severity))), color=True)
        assert f"\x1b[{code}m{severity.value}\x1b[0m \x1b[1;{code}mTX001\x1b[0m" in text
        assert f"\x1b[{code}m  ^^^^\x1b[0m" in text


def test_numbers_of_two_digits_widen_the_margin() -> None:
    text = "---\n" + "a: 1\n" * 8 + "b: 2\n---\n"
    mark = Diagnostic(span(text, "b: 2"), "is wrong", code="XX001", labels=(Label(Span(0, 3), "from here"),))
    assert (
        shown(report(one(mark, text=text)))
        == """\
_news/a.md:10:1: error XX001 is wrong
    |
  1 | ---
    | --- from here
...
 10 | b: 2
    | ^^^^

"""
    )


def test_a_fix_says_whether_the_run_would_make_it() -> None:
    def said(fix: Fix, **more: bool) -> str:
        (line,) = (
            line for line in shown(report(one(finding("name", fix=fix)), **more)).splitlines() if "= fix" in line
        )
        return line.partition("(")[2]

    safe, unsafe = replacement("name", "n"), replacement("name", "n", safety=UNSAFE)
    assert said(safe) == "safe: run with --fix)"
    assert said(unsafe) == "unsafe: run with --fix --unsafe-fixes)"
    assert said(unsafe, unsafe_fixes=True) == "unsafe: run with --fix)"
    assert said(safe, wrote=True) == "not made)"
    assert said(unsafe, wrote=True) == "unsafe: run with --fix --unsafe-fixes)"
    assert said(unsafe, wrote=True, unsafe_fixes=True) == "not made)"


def test_what_is_to_be_said_of_a_file() -> None:
    file = one(
        finding("name"),
        path="a.md",
        readable=False,
        not_run=["SC", "TX"],
        refused=[Refusal("TX003", 7, "Decode it", "line 3 would read differently")],
    )
    failed = FileReport("b.md", error="Permission denied", readable=False)
    assert (
        shown(report(file, failed))
        == """\
a.md:5:3: error TX001 is wrong
   |
 5 |   name: Example Times
   |   ^^^^

a.md: note: no record can be read, so these rules could not run: SC, TX
a.md:7: note: TX003 was not fixed (Decode it): line 3 would read differently

b.md: error: Permission denied

"""
    )


# --- excerpts ----------------------------------------------------------------------------------------------


def rows(text: str, *marks: Mark | Span) -> list[str]:
    given = [mark if isinstance(mark, Mark) else Mark(mark, "^") for mark in marks]
    return [f"{row.number} {row.text}" if row.number else row.text for row in excerpt(Lines(text), given)]


@pytest.mark.parametrize(
    ("line", "part", "shown", "pointer"),
    [
        ("title: ab", "ab", "title: ab", "       ^^"),
        ("\ttitle: ab", "ab", "    title: ab", "           ^^"),
        ("a\tb c", "\t", "a    b c", " ^^^^"),
        ("東京 ab", "ab", "東京 ab", "     ^^"),
        ("東京 ab", "京", "東京 ab", "  ^^"),
        ("🚋 ab", "ab", "🚋 ab", "   ^^"),
        ("ａｂ ab", "ab", "ａｂ ab", "     ^^"),
        ("cafe\u0301 ab", "ab", "cafe\u0301 ab", "     ^^"),
        ("\u1112\u1161\u11ab ab", "ab", "\u1112\u1161\u11ab ab", "   ^^"),
        ("a\x1b[31mb ab", " ab", "a\\x1b[31mb ab", "          ^^^"),
        ("a\x1b[31mb", "\x1b", "a\\x1b[31mb", " ^^^^"),
        ("a\xa0b", "\xa0", "a\\xa0b", " ^^^^"),
        ("a\u200bb c", "b", "a\\u200bb c", "       ^"),
        ("a\u202eb c", "b", "a\\u202eb c", "       ^"),
        ("a\udcffb c", "b", "a\\udcffb c", "       ^"),
        ("a\U000e0001b c", "b", "a\\U000e0001b c", "           ^"),
        ("##[error]x ab", "ab", "\\x23#[error]x ab", "              ^^"),
        ("##vso[task]x ab", "ab", "\\x23#vso[task]x ab", "                ^^"),
        ("## Title ab", "ab", "## Title ab", "         ^^"),
        ("a\u2028b c", "b", "a\\u2028b c", "       ^"),
    ],
)
def test_the_caret_is_under_the_character(line: str, part: str, shown: str, pointer: str) -> None:
    text = f"---\n{line}\nx\n"
    assert rows(text, span(text, part)) == [f"2 {shown}", pointer]


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("ab\ncd\n", 1, 1, ["1 ab", " ^"]),  # an empty span
        ("ab\ncd\n", 2, 2, ["1 ab", "  ^"]),  # at the end of a line
        ("ab\ncd\n", 2, 3, ["1 ab", "  ^"]),  # the line break
        ("ab\r\ncd\r\n", 2, 4, ["1 ab", "  ^"]),
        ("ab\r\ncd\r\n", 2, 3, ["1 ab", "  ^"]),
        ("ab\r\ncd\r\n", 4, 6, ["2 cd", "^^"]),
        ("ab\rcd\r", 3, 5, ["2 cd", "^^"]),
        ("ab\ncd\n", 6, 6, ["3 ", "^"]),  # the end of the file
        ("", 0, 0, ["1 ", "^"]),
        ("ab\ncd\n", 0, 6, ["1 ab", "^^", "2 cd", "^^"]),
        ("ab\n  cd\n", 1, 6, ["1 ab", " ^", "2   cd", "  ^"]),
        ("a\nb\nc\nd\ne\nf\n", 0, 11, ["1 a", "^", "2 b", "^", "3 c", "^", "", "6 f", "^"]),
        ("a\nb\nc\nd\n", 0, 7, ["1 a", "^", "2 b", "^", "3 c", "^", "4 d", "^"]),
    ],
)
def test_spans_at_and_over_line_breaks(text: str, start: int, end: int, expected: list[str]) -> None:
    assert rows(text, Span(start, end)) == expected


def test_labels_are_shown_in_the_order_of_the_file() -> None:
    text = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n"
    marks = [
        Mark(span(text, "d: 4"), "^"),
        Mark(span(text, "a"), "-", "first here"),
        Mark(span(text, "e"), "-", "and here"),
    ]
    assert rows(text, *marks) == ["1 a: 1", "- first here", "", "4 d: 4", "^^^^", "5 e: 5", "- and here"]


def test_labels_on_the_line_of_the_finding() -> None:
    text = "one two three four\n"
    marks = [
        Mark(span(text, "two"), "^"),
        Mark(span(text, "one"), "-", "also"),
        Mark(span(text, "four"), "-", "also"),
        Mark(span(text, "three"), "-", "not this"),
    ]
    assert rows(text, *marks) == [
        "1 one two three four",
        "    ^^^",
        "---           ---- also",
        "        ----- not this",
    ]


LONG = "".join(f"{number:04}-" for number in range(100))


def test_a_long_line_is_cut_around_the_place() -> None:
    assert rows(LONG, span(LONG, "0000")) == ["1 " + LONG[:100] + "…", "^^^^"]
    assert rows(LONG, span(LONG, "0050")) == ["1 …" + LONG[202:302] + "…", " " * 49 + "^^^^"]
    assert rows(LONG, span(LONG, "0099")) == ["1 …" + LONG[447:], " " * 49 + "^^^^"]
    assert rows(LONG[:100], span(LONG, "0019")) == ["1 " + LONG[:100], " " * 95 + "^^^^"]


def test_a_long_span_is_cut_at_its_end() -> None:
    assert rows(LONG, Span(10, 400)) == ["1 " + LONG[:100] + "…", " " * 10 + "^" * 90]


def test_places_far_apart_on_a_long_line() -> None:
    near, far = span(LONG, "0001"), span(LONG, "0090")
    assert rows(LONG, near, Mark(far, "-", "here")) == [
        "1 " + LONG[:100] + "…",
        "     ^^^^",
        "1 …" + LONG[402:],
        " " * 49 + "---- here",
    ]


@pytest.mark.parametrize(
    ("char", "shown", "count", "column"),
    [
        ("東", "東", 50, 51),
        ("\u0301", "\u0301", 100, 1),
        ("\x1b", "\\x1b", 25, 49),
        ("\U000e0001", "\\U000e0001", 10, 51),
    ],
)
def test_a_long_line_is_cut_by_what_is_shown(char: str, shown: str, count: int, column: int) -> None:
    text, pointer = rows(char * 300, Span(150, 151))
    assert text == "1 …" + shown * count + "…"
    assert pointer == " " * column + "^" * max(1, columns(shown))


def test_no_line_takes_long() -> None:
    line = "x" * 2_000_000
    assert len(rows(line, Span(1_000_000, 1_900_000))[0]) < 120


@given(st.text(alphabet=st.sampled_from("a \t\n\r\x1b\x85\u0301\u200d東🚋\ud800\u202e#[:")), st.data())
def test_any_span_of_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    spans = [
        Span(*sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))) for _ in range(3)
    ]
    for row in excerpt(Lines(text), [Mark(spans[0], "^"), Mark(spans[1], "-", "a"), Mark(spans[2], "-", "b")]):
        assert row.text.isprintable()
        assert not row.sign or row.sign in row.text


# --- what a fix changes ------------------------------------------------------------------------------------


def change(text: str, *edits: Edit) -> list[str]:
    found = Diagnostic(Span(0, 1), "is wrong", code="XX001", fix=Fix("Do it", edits))
    lines = shown(report(one(found, text=text))).splitlines()
    return lines[lines.index("   = fix: Do it (safe: run with --fix)") + 1 : -1]


def test_an_inserted_line() -> None:
    assert change("a: 1\nb: 2\n", Edit(Span(4, 4), "\n  x: 5")) == [" 2 +   x: 5"]
    assert change("a: 1\r\nb: 2\r\n", Edit(Span(4, 4), "\r\n  x: 5")) == [" 2 +   x: 5"]
    assert change("a: 1\nb: 2\n", Edit(Span(5, 5), "x: 5\n")) == [" 2 + x: 5"]
    assert change("a: 1", Edit(Span(4, 4), "\n---\n")) == [" 2 + ---"]


def test_a_deleted_line() -> None:
    assert change("a: 1\nb: 2\nc: 3\n", Edit(Span(5, 10), "")) == [" 2 - b: 2"]


def test_two_edits() -> None:
    edits = Edit(Span(0, 1), "x"), Edit(Span(8, 9), "5")
    assert change("a: 1\nb: 2\n", *edits) == [" 1 - a: 1", " 2 - b: 2", " 1 + x: 1", " 2 + b: 5"]


def test_line_endings_are_shown_where_nothing_else_changes() -> None:
    assert change("a: 1\r\nb: 2\n", Edit(Span(4, 6), "\n")) == [" 1 - a: 1\\r\\n", " 1 + a: 1\\n"]
    assert change("a: 1", Edit(Span(4, 4), "\n")) == [" 1 - a: 1", " 1 + a: 1\\n"]


def test_trailing_space_and_hidden_characters() -> None:
    assert change("---\u200b\nb: 2\n", Edit(Span(3, 4), "")) == [" 1 - ---\\u200b", " 1 + ---"]


def test_many_lines_are_not_shown() -> None:
    text = "a\n" * 8
    assert change(text, *(Edit(Span(2 * n, 2 * n + 1), "b") for n in range(3))) != []
    assert change(text, *(Edit(Span(2 * n, 2 * n + 1), "b") for n in range(4))) == []
    assert len(change("a: 1\n", Edit(Span(4, 4), "\nb" * 6))) == 6
    assert change("a: 1\n", Edit(Span(4, 4), "\nb" * 7)) == []


def test_edits_that_overlap_are_not_shown() -> None:
    assert change("abcdef\n", Edit(Span(0, 3), "x"), Edit(Span(2, 4), "y")) == []


def test_both_sides_of_a_long_line_are_cut_alike() -> None:
    line = LONG.replace("0095", "wrong")
    before, after = change(line, Edit(span(line, "wrong"), "0095"))
    start = line.index("wrong")
    assert before == " 1 - …" + line[start - 50 :]
    assert after == " 1 + …" + LONG[start - 50 :]


# --- concise -----------------------------------------------------------------------------------------------


def test_concise() -> None:
    assert (
        shown(report(one(MOJIBAKE, OFFSET, NOTE)), "concise", quiet=False)
        == """\
_news/a.md:2:18: TX001 title has mojibake: "â€™" [*]
_news/a.md:3:39: DT001 publishedDateTime has an offset
_news/a.md:5:3: XX001 is only a note
Found 2 errors, 1 info in 1 of 1 file (1 fixable with --fix, 1 more with --unsafe-fixes).
"""
    )


def test_concise_marks_what_the_run_can_fix() -> None:
    files = report(one(MOJIBAKE, OFFSET), unsafe_fixes=True)
    assert [line.endswith(" [*]") for line in shown(files, "concise").splitlines()] == [True, True]
    tried = report(one(MOJIBAKE, OFFSET), unsafe_fixes=True, wrote=True)
    assert [line.endswith(" [*]") for line in shown(tried, "concise").splitlines()] == [False, False]


def test_concise_in_colour() -> None:
    assert shown(report(one(MOJIBAKE)), "concise", color=True) == (
        '\x1b[1m_news/a.md:2:18\x1b[0m: \x1b[31mTX001\x1b[0m title has mojibake: "â€™" [\x1b[36m*\x1b[0m]\n'
    )


def test_a_file_known_to_be_unreadable_is_not_told_of_again() -> None:
    known = finding("---", code="FM001", muted=Mute("baseline"))
    file = FileReport("a.md", [known], TEXT, readable=False, not_run=("SC",))
    assert shown(report(file), "concise", quiet=False) == (
        "1 finding is known from the baseline.\nFound nothing new in 1 file, 1 unreadable.\n"
    )


def test_concise_says_what_else_there_is_to_say() -> None:
    file = FileReport(
        "a.md", error="gone\x1b[2J", readable=False, not_run=("SC",), refused=[Refusal("TX003", 7, "Do\nit", "no\rway")]
    )
    assert shown(report(file), "concise") == (
        "a.md: error: gone\\x1b[2J\n"
        "a.md: note: no record can be read, so these rules could not run: SC\n"
        "a.md:7: note: TX003 was not fixed (Do\\nit): no\\rway\n"
    )


# --- github ------------------------------------------------------------------------------------------------


def test_github() -> None:
    both = finding('s trams"\npublishedDateTime', "spans two lines", "DT001", severity=WARNING)
    assert shown(report(one(MOJIBAKE, OFFSET, both, NOTE)), "github", quiet=False) == (
        "::error file=_news/a.md,line=2,endLine=2,col=18,endColumn=21,title=TX001 mojibake::"
        '_news/a.md:2:18: TX001 title has mojibake: "â€™"%0Afix: Write "’" (safe)\n'
        "::error file=_news/a.md,line=3,endLine=3,col=39,endColumn=45,title=DT001 date-format::"
        "_news/a.md:3:39: DT001 publishedDateTime has an offset%0Ahelp: write it in UTC%0Afix: Write it so (unsafe)\n"
        "::warning file=_news/a.md,line=2,endLine=3,title=DT001 date-format::"
        "_news/a.md:2:21: DT001 spans two lines\n"
        "::notice file=_news/a.md,line=5,endLine=5,col=3,endColumn=7,title=XX001::"
        "_news/a.md:5:3: XX001 is only a note\n"
        "Found 2 errors, 1 warning, 1 info in 1 of 1 file (1 fixable with --fix, 1 more with --unsafe-fixes).\n"
    )


def test_github_escapes_as_the_toolkit_does() -> None:
    found = finding("name", "100 %\r\n::error::x", fix=replacement("name", "n", title="a: b, c %0A"))
    assert shown(report(one(found, path="a,b:c%\n.md")), "github") == (
        "::error file=a%2Cb%3Ac%25\\n.md,line=5,endLine=5,col=3,endColumn=7,title=TX001 mojibake::"
        "a,b:c%25\\n.md:5:3: TX001 100 %25\\r\\n::error::x%0Afix: a: b, c %250A (safe)\n"
    )


def test_github_remarks() -> None:
    file = FileReport(
        "a.md", error="gone", readable=False, not_run=("SC",), refused=[Refusal("TX003", 7, "Do it", "no")]
    )
    assert shown(report(file), "github") == (
        "::error file=a.md::a.md: gone\n"
        "::notice file=a.md::a.md: no record can be read, so these rules could not run: SC\n"
        "::notice file=a.md,line=7::a.md:7: TX003 was not fixed (Do it): no\n"
    )


def test_places_in_other_files() -> None:
    found = finding("name", "is in two files", elsewhere=(Place("_news/b\n.md", 7, 9, "and here"),))
    assert shown(report(one(found))) == (
        "_news/a.md:5:3: error TX001 is in two files\n"
        "   |\n"
        " 5 |   name: Example Times\n"
        "   |   ^^^^\n"
        "   |\n"
        "   = see: _news/b\\n.md:7:9: and here\n"
        "\n"
    )
    assert shown(report(one(found)), "github").endswith(
        "::_news/a.md:5:3: TX001 is in two files%0Asee: _news/b\\n.md:7:9: and here\n"
    )
    files: Any = as_json(report(one(found)))["files"]
    assert files[0]["diagnostics"][0]["elsewhere"] == [
        {"path": "_news/b\n.md", "line": 7, "column": 9, "message": "and here"}
    ]


# --- json --------------------------------------------------------------------------------------------------

VALIDATOR = Draft202012Validator(json.loads(catalogue.text("report")))


def as_json(report: Report) -> dict[str, object]:
    text = shown(report, "json")
    assert text.isascii()
    data: dict[str, object] = json.loads(text)
    VALIDATOR.validate(data)
    return data


def test_json() -> None:
    file = one(OFFSET, fixed=Counter({"TX003": 2}), refused=[Refusal("TX001", 2, "Do it", "no")])
    other = FileReport("b.md", error="gone", readable=False, not_run=("SC", "TX"))
    assert as_json(report(file, other, wrote=True)) == {
        "version": 1,
        "tool": {"name": "feedlint", "version": "0.1.0"},
        "summary": {
            "exit_status": 2,
            "files": 2,
            "unreadable": 1,
            "without_schema": 0,
            "failed": 1,
            "error": 1,
            "warning": 0,
            "info": 0,
            "fixed": 2,
            "changed": 1,
            "refused": 1,
            "muted": {"comment": 0, "baseline": 0, "revision": 0},
            "notes": [],
        },
        "files": [
            {
                "path": "_news/a.md",
                "readable": True,
                "schema": "article",
                "error": None,
                "not_run": [],
                "diagnostics": [
                    {
                        "code": "DT001",
                        "name": "date-format",
                        "severity": "error",
                        "message": "publishedDateTime has an offset",
                        "help": "write it in UTC",
                        "data_path": [],
                        "span": {
                            "start": {"line": 3, "column": 39, "offset": 71},
                            "end": {"line": 3, "column": 45, "offset": 77},
                        },
                        "labels": [
                            {
                                "span": {
                                    "start": {"line": 5, "column": 9, "offset": 96},
                                    "end": {"line": 5, "column": 22, "offset": 109},
                                },
                                "message": "its provider",
                            }
                        ],
                        "elsewhere": [],
                        "fix": {
                            "title": "Write it so",
                            "safety": "unsafe",
                            "edits": [
                                {
                                    "start": {"line": 3, "column": 31, "offset": 63},
                                    "end": {"line": 3, "column": 45, "offset": 77},
                                    "text": "21:40:00Z",
                                }
                            ],
                        },
                        "fingerprint": "0fba893d2d6d672bc53c7ddaa32d4d4e",
                    }
                ],
                "muted": [],
                "fixed": {"TX003": 2},
                "refused": [{"code": "TX001", "line": 2, "title": "Do it", "reason": "no"}],
            },
            {
                "path": "b.md",
                "readable": False,
                "schema": None,
                "error": "gone",
                "not_run": ["SC", "TX"],
                "diagnostics": [],
                "muted": [],
                "fixed": {},
                "refused": [],
            },
        ],
    }


def test_json_of_nothing() -> None:
    assert as_json(report())["files"] == []


def test_json_keeps_every_character_and_holds_no_command() -> None:
    hostile = '"\\\x1b\udc80\u2028##[error]##vso[x]東🚋'
    found = Diagnostic(Span(0, 0), hostile, code="XX001", data_path=("related", 0, hostile), help=hostile)
    rep = report(one(found, text="x", path=hostile))
    assert "##" not in shown(rep, "json")
    (file,) = json.loads(shown(rep, "json"))["files"]
    (diagnostic,) = file["diagnostics"]
    assert file["path"] == diagnostic["message"] == diagnostic["help"] == hostile
    assert diagnostic["data_path"] == ["related", 0, hostile]
    as_json(rep)


def test_the_report_schema_is_strict_about_what_it_names() -> None:
    data = json.loads(shown(report(one(OFFSET)), "json"))
    for spoil in (
        lambda d: d.update(version=2),
        lambda d: d["summary"].pop("unreadable"),
        lambda d: d["files"][0].pop("path"),
        lambda d: d["files"][0]["diagnostics"][0].update(severity="fatal"),
        lambda d: d["files"][0]["diagnostics"][0]["span"]["start"].update(line=0),
        lambda d: d["files"][0]["diagnostics"][0]["fix"]["edits"][0].pop("text"),
    ):
        spoilt = json.loads(json.dumps(data))
        spoil(spoilt)  # type: ignore[no-untyped-call]
        assert not VALIDATOR.is_valid(spoilt)
    Draft202012Validator.check_schema(VALIDATOR.schema)


# --- diff --------------------------------------------------------------------------------------------------

DIFF = """\
--- _news/a.md
+++ _news/a.md
@@ -1,3 +1,3 @@
 ---
-title: "a&amp;b"
+title: "a&b"
 type: article
"""


def diff(report: Report, *, color: bool = False) -> str:
    stream = io.StringIO()
    diff_format.write(report, stream, color=color)
    return stream.getvalue()


def diff_notes(report: Report) -> str:
    stream = io.StringIO()
    diff_format.write_notes(report, stream)
    return stream.getvalue()


def test_diff() -> None:
    file = one(NOTE, diff=DIFF, fixed=Counter({"TX003": 1}))
    assert diff(report(file, one())) == DIFF
    assert diff_notes(report(file, one())) == "Would fix 1 finding in 1 file; would leave 1 info in 1 of 2 files.\n"


def test_diff_in_colour() -> None:
    assert diff(report(one(diff=DIFF)), color=True) == (
        "\x1b[1m--- _news/a.md\x1b[0m\n"
        "\x1b[1m+++ _news/a.md\x1b[0m\n"
        "\x1b[36m@@ -1,3 +1,3 @@\x1b[0m\n"
        " ---\n"
        '\x1b[31m-title: "a&amp;b"\x1b[0m\n'
        '\x1b[32m+title: "a&b"\x1b[0m\n'
        " type: article\n"
    )


def test_diff_of_line_endings_can_be_applied_and_seen() -> None:
    text = "--- a\n+++ a\n@@ -1 +1 @@\n-a:\t1\r\n+a:\t1\n"
    assert diff(report(one(diff=text))) == text
    assert "\x1b[31m-a:\t1\\r\x1b[0m\n" in diff(report(one(diff=text)), color=True)


def test_diff_of_hidden_characters_can_be_applied_and_seen() -> None:
    text = "--- a\n+++ a\n@@ -1 +1 @@\n-a\xa0b\u200b\u200f\n+a b\n"
    assert diff(report(one(diff=text))) == text
    assert "\x1b[31m-a\\xa0b\\u200b\\u200f\x1b[0m\n" in diff(report(one(diff=text)), color=True)


def test_diff_is_harmless() -> None:
    text = "--- a\n+++ a\n@@ -1,3 +1 @@\n ::error::x\n   ::add-mask::y\n-a\x1b[2J\rb\u202e\u2028\n+a ##[error]\udc80\n"
    assert diff(report(one(diff=text))) == (
        "--- a\n+++ a\n@@ -1,3 +1 @@\n \\x3a:error::x\n   \\x3a:add-mask::y\n"
        "-a\\x1b[2J\\rb\\u202e\\u2028\n+a \\x23#[error]\\udc80\n"
    )


def test_git_and_patch_apply_the_diff(tmp_path: Path) -> None:
    from feedlint.fixing import diff as unified

    old, new = 'a:\t1\r\ntitle: "東&amp;京\xa0\u200b"\r\nb: 2', 'a:\t1\r\ntitle: "東&京\xa0"\r\nb: 2\r\n'
    file = tmp_path / "a.md"
    file.write_bytes(old.encode())
    made = diff(report(one(diff=unified(old, new, "a.md"), fixed=Counter("x"))))
    subprocess.run(["git", "apply", "-p0"], cwd=tmp_path, input=made.encode(), check=True)
    assert file.read_bytes() == new.encode()


def test_diff_says_what_could_not_be_done() -> None:
    file = FileReport("a.md", diff=DIFF, refused=[Refusal("TX003", 7, "Do it", "no")])
    failed = FileReport("b.md", error="gone", readable=False)
    assert diff(report(file, failed)) == DIFF
    assert diff_notes(report(file, failed)).startswith(
        "a.md:7: note: TX003 was not fixed (Do it): no\nb.md: error: gone\n"
    )


# --- summary -----------------------------------------------------------------------------------------------


def clean(count: int) -> Sequence[FileReport]:
    return [FileReport(f"{n}.md", schema="article") for n in range(count)]


FIXED = one(fixed=Counter({"TX003": 2, "TX007": 1}))
WARN = finding("name", severity=WARNING)
FIXABLE = finding("name", fix=replacement("name", "n"))
UNSAFELY = finding("name", fix=replacement("name", "n", safety=UNSAFE))
REFUSED = Refusal("TX003", 7, "Do it", "no")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (report(), ["No files checked."]),
        (report(*clean(1)), ["The file is clean."]),
        (report(*clean(834)), ["All 834 files are clean."]),
        (report(*clean(3), FIXED, wrote=True), ["Fixed 3 findings in 1 file; all 4 files are clean."]),
        (report(FIXED, wrote=True), ["Fixed 3 findings in 1 file; the file is clean."]),
        (report(*clean(3), FIXED, FIXED), ["Would fix 6 findings in 2 files; all 5 files would be clean."]),
        (report(FIXED), ["Would fix 3 findings in 1 file; the file would be clean."]),
        (report(one(WARN)), ["Found 1 warning in 1 of 1 file."]),
        (
            report(one(FIXABLE, FIXABLE, WARN), *clean(7), one(UNSAFELY, WARN, NOTE, NOTE)),
            ["Found 3 errors, 2 warnings, 2 infos in 2 of 9 files (2 fixable with --fix, 1 more with --unsafe-fixes)."],
        ),
        (report(one(FIXABLE)), ["Found 1 error in 1 of 1 file (1 fixable with --fix)."]),
        (report(one(UNSAFELY)), ["Found 1 error in 1 of 1 file (1 fixable with --fix --unsafe-fixes)."]),
        (report(one(UNSAFELY), wrote=True), ["Found 1 error in 1 of 1 file (1 fixable with --unsafe-fixes)."]),
        (report(one(UNSAFELY), wrote=True, unsafe_fixes=True), ["Found 1 error in 1 of 1 file."]),
        (
            report(FIXED, one(FIXABLE, refused=[REFUSED]), wrote=True),
            [
                "1 fix could not be proved and was not made.",
                "Fixed 3 findings in 1 file; found 1 error in 1 of 2 files.",
            ],
        ),
        (
            report(one(FIXABLE, refused=[REFUSED, REFUSED])),
            ["2 fixes could not be proved and were not made.", "Found 1 error in 1 of 1 file."],
        ),
        (
            report(FIXED, one(UNSAFELY)),
            ["Would fix 3 findings in 1 file; would leave 1 error in 1 of 2 files (1 fixable with --unsafe-fixes)."],
        ),
        (
            report(*clean(3), one(WARN, readable=False), one(readable=False)),
            ["Found 1 warning in 1 of 5 files, 2 unreadable."],
        ),
        (report(*clean(3), one(readable=False)), ["Found nothing in 4 files, 1 unreadable."]),
        (
            report(*clean(3), FileReport("x", error="gone", readable=False)),
            ["1 file could not be read or written.", "Found nothing in 4 files, 1 unreadable."],
        ),
        (
            report(FileReport("x", error="not repaired", schema="article"), *clean(1)),
            ["1 file could not be read or written.", "Found nothing in 2 files."],
        ),
        (
            report(*clean(3), FileReport("x")),
            ["1 of 4 files has no schema: their fields were not validated.", "All 4 files are clean."],
        ),
        (
            report(*clean(3), FileReport("x"), FileReport("y")),
            ["2 of 5 files have no schema: their fields were not validated.", "All 5 files are clean."],
        ),
    ],
)
def test_summary(given: Report, expected: list[str]) -> None:
    assert summary(given) == expected


# --- hostile input -----------------------------------------------------------------------------------------

EVIL = "\x1b]0;t\x07\r\n::error::x\u202e\u2028\x85\udcff##[add-mask]"


@pytest.mark.parametrize("name", [*FORMATS, "diff"])
@pytest.mark.parametrize("color", [False, True])
def test_nothing_hostile_reaches_the_stream(name: str, color: bool) -> None:
    text = f"a: {EVIL} b\n"
    fix = Fix(EVIL, (Edit(Span(0, 1), EVIL),))
    found = Diagnostic(Span(0, len(text)), EVIL, fix, (Label(Span(3, 5), EVIL),), ("a", EVIL), EVIL, code="XX001")
    for path in (f"::error file=x::{EVIL}", "  ::stop-commands::x"):
        file = FileReport(
            path, [found], text, error=EVIL, refused=[Refusal("XX001", 1, EVIL, EVIL)], diff=f"--- {EVIL}\n+{EVIL}\n"
        )
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding="utf-8", errors="strict", newline="")
        (diff_format.write if name == "diff" else FORMATS[name])(report(file), stream, color=color)
        stream.flush()
        written = raw.getvalue().decode("utf-8")
        for escape in ("\x1b[0m", *(f"\x1b[{code}m" for code in ("1", "31", "1;31", "32", "34", "36"))):
            written = written.replace(escape, "") if color else written
        if name == "diff" and not color:
            written = written.replace("\r\n", "\n")  # kept, so that the diff can be applied
        assert not [char for char in written if char != "\n" and not char.isprintable()], written
        assert "##[" not in written
        allowed = ("::error file=", "::notice file=") if name == "github" else ()
        for line in written.split("\n"):
            assert not line.lstrip().startswith("::") or line.startswith(allowed), line


def test_github_writes_one_command_a_finding() -> None:
    found = Diagnostic(Span(0, 1), EVIL, code="XX001", help=EVIL)
    lines = shown(report(one(found, text=EVIL, path=EVIL)), "github").split("\n")
    assert len(lines) == 2
    assert lines[1] == ""
    head, _, _ = lines[0].removeprefix("::error ").partition("::")
    assert head == (
        "file=\\x1b]0;t\\x07\\r\\n%3A%3Aerror%3A%3Ax\\u202e\\u2028\\x85\\udcff\\x23#[add-mask]"
        ",line=1,endLine=1,col=1,endColumn=2,title=XX001"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_no_word_but_the_summary(name: str) -> None:
    assert shown(report(*clean(2)), name, quiet=True).count("clean") == 0
    said = shown(report(*clean(2)), name, quiet=False)
    assert ("All 2 files are clean.\n" in said) == (name not in ("json", "jsonl", "gitlab", "junit", "sarif"))


def test_visible() -> None:
    assert visible("plain 東京 é 🚋") == "plain 東京 é 🚋"
    assert visible("a\tb\nc\\d") == "a\\tb\\nc\\d"
    assert visible("## Heading [x]") == "## Heading [x]"
    assert visible("###[x] ##teamcity[y]") == "#\\x23#[x] \\x23#teamcity[y]"
    assert visible("a\xa0b\u200dc\u061cd\ue000e\udce4f\ufeffg\ufffeh\U000e0041") == (
        "a\\xa0b\\u200dc\\u061cd\\ue000e\\udce4f\\ufeffg\\ufffeh\\U000e0041"
    )


def test_what_is_visible_is_the_same_to_every_python() -> None:
    since_14, since_15_1, since_16, not_yet = "\u061d", "\u2ffc", "\U0001fae9", "\u0378"
    for char in (since_14, since_15_1, since_16, not_yet):
        assert visible(char) == by_number(char) == escaped(char) == char
    control_since_15, format_since_14, to_be_ignored = "\U0001343f", "\u0890", "\u2065\ufff0\U000e0080\U000e0fff"
    for char in (control_since_15, format_since_14, *to_be_ignored):
        assert visible(char) == ascii(char)[1:-1]
    assert by_number("a\u2065b") == "a<U+2065>b"
    assert escaped("a\u2065b") == "a%E2%81%A5b"


def test_what_is_visible_is_what_unicode_calls_printable() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(char) != "Cn":  # which this Python does not know
            assert (visible(char) == char) == char.isprintable(), ascii(char)


def test_only_the_format_asked_for_is_loaded() -> None:
    program = (
        "import sys, io; from feedlint.formats import FORMATS; from feedlint.report import Report\n"
        "FORMATS['concise'](Report([]), io.StringIO())\n"
        "print(*sorted(m for m in sys.modules if m.startswith('feedlint.formats.')))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == [
        "feedlint.formats.concise", "feedlint.formats.links", "feedlint.formats.summary", "feedlint.formats.text"
    ]  # fmt: skip


def test_the_formats_and_the_default_first() -> None:
    assert list(FORMATS) == ["full", "concise", "json", "jsonl", "github", "gitlab", "junit", "markdown", "sarif"]
