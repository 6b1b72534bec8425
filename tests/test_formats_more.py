"""The formats for programs and for pull requests: json's newer parts, jsonl, junit, markdown, github's limits."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from markdown_it.token import Token

from feedlint import catalogue
from feedlint.cli import main
from feedlint.diagnostic import INFO, UNSAFE, WARNING, Diagnostic, Edit, Fix, Label, Mute, Place, Severity
from feedlint.formats import FORMATS
from feedlint.formats.exchange import fingerprints as fingerprints_of
from feedlint.report import FileReport, Refusal, Report
from feedlint.source import Span
from tests.support import ARTICLE

TEXT = '---\r\ntitle: "東京 cafÃ© 🚋"\r\nprovider:\r\n  name: Example Times\r\n---\r\n'
REPORT_SCHEMA = json.loads(catalogue.text("report"))
JUNIT = xmlschema.XMLSchema(str(Path(__file__).parent / "standards" / "junit-10.xsd"))


def finding(part: str, message: str, code: str = "TX001", text: str = TEXT, **more: Any) -> Diagnostic:
    start = text.index(part)
    return Diagnostic(Span(start, start + len(part)), message, code=code, **more)


MOJIBAKE = finding(
    "Ã©",
    'title has mojibake: "Ã©" <&>',
    fix=Fix('Write "é"', (Edit(Span(19, 21), "é"),)),
    data_path=("title",),
    digest="0123456789ab",
)
TWICE = finding(
    "Example",
    "the name is spelt in two ways",
    "XR005",
    severity=WARNING,
    labels=(Label(Span(5, 10), "here"),),
    data_path=("related", 0, "name"),
    help="choose one",
    fix=Fix("Take the other", (), safety=UNSAFE),
    elsewhere=(Place("_news/b 東.md", 7, 9, "the other"),),
)
NOTE = finding("Times", "is for information", "TX002", severity=INFO)
KNOWN = finding("title", "was there before", "SC001", muted=Mute("baseline", "feedlint-baseline.txt"))
ASKED = finding("name", "is on purpose", "TX007", muted=Mute("comment", "it is a <name>"))
OLD = finding("provider", "is old", "SC002", muted=Mute("revision"))

RICH = Report(
    [
        FileReport("_news/a b\n.md", [KNOWN, MOJIBAKE, TWICE, ASKED, NOTE, OLD], TEXT, schema="article"),
        FileReport("_news/clean.md", schema="article"),
        FileReport(
            "_news/fixed.md",
            schema="article",
            fixed=Counter({"TX003": 2}),
            refused=[Refusal("TX001", 2, "Do it", "line 3 would read differently")],
        ),
        FileReport("_news/gone.md", error="Permission denied", readable=False),
        FileReport("_news/empty.md", readable=False, not_run=["SC", "TX"]),
    ],
    wrote=True,
    notes=["Compared with main.", "2 entries of `<b>` are [stale](x)."],
)


def shown(report: Report, name: str, *, quiet: bool = True) -> str:
    stream = StringIO()
    FORMATS[name](report, stream, quiet=quiet)
    return stream.getvalue()


def many(*severities: Severity, path: str = "_news/a.md") -> FileReport:
    found = [finding("name", f"number {n}", severity=severity) for n, severity in enumerate(severities)]
    return FileReport(path, found, TEXT, schema="article")


# --- fingerprints ------------------------------------------------------------------------------------------


def fingerprints(file: FileReport) -> list[str]:
    return fingerprints_of(file.path, file.diagnostics)


def test_fingerprints_are_these() -> None:
    # sha256("_news/a.md\0TX001\0title\x000123456789ab\x001") and so on, computed with another program
    file = FileReport("_news/a.md", [MOJIBAKE, MOJIBAKE, TWICE], TEXT)
    assert fingerprints(file) == [
        "1fc1c0e976481d0d635f164945cf268e",
        "0fac09b884c59c4d0a58a9ca15101478",
        "6fd3e11054e277b02af991470d5e9c34",
    ]


def test_fingerprints_stay_when_lines_move_and_differ_from_each_other() -> None:
    file = FileReport("_news/a.md", [MOJIBAKE, MOJIBAKE, TWICE, KNOWN], TEXT)
    moved = [replace(each, span=Span(each.span.start + 9, each.span.end + 9)) for each in file.diagnostics]
    assert fingerprints(replace(file, diagnostics=moved, text="# comment" + TEXT)) == fingerprints(file)
    other = replace(file, path="_news/b.md")
    assert len({*fingerprints(file), *fingerprints(other)}) == 8


def test_fingerprints_of_any_name() -> None:
    (one,) = fingerprints(FileReport("a\udcff\ud800.md", [replace(MOJIBAKE, data_path=("\udc80", 3))], TEXT))
    assert re.fullmatch("[0-9a-f]{32}", one)


# --- json and jsonl ----------------------------------------------------------------------------------------


def test_json_has_what_is_muted_and_what_is_said_of_the_run() -> None:
    data = json.loads(shown(RICH, "json"))
    Draft202012Validator(REPORT_SCHEMA).validate(data)
    assert data["summary"] == {
        "exit_status": 2,
        "files": 5,
        "unreadable": 2,
        "without_schema": 0,
        "failed": 1,
        "error": 1,
        "warning": 1,
        "info": 1,
        "fixed": 2,
        "changed": 1,
        "refused": 1,
        "muted": {"comment": 1, "baseline": 1, "revision": 1},
        "notes": ["Compared with main.", "2 entries of `<b>` are [stale](x)."],
    }
    file = data["files"][0]
    assert [each["code"] for each in file["diagnostics"]] == ["TX001", "XR005", "TX002"]
    assert [(each["code"], each["muted"]) for each in file["muted"]] == [
        ("SC001", {"by": "baseline", "reason": "feedlint-baseline.txt"}),
        ("TX007", {"by": "comment", "reason": "it is a <name>"}),
        ("SC002", {"by": "revision", "reason": ""}),
    ]
    assert not any("muted" in each for each in file["diagnostics"])
    given = fingerprints(RICH.files[0])
    assert [each["fingerprint"] for each in file["diagnostics"]] == [given[1], given[2], given[4]]
    assert [each["fingerprint"] for each in file["muted"]] == [given[0], given[3], given[5]]


LINE = Draft202012Validator({**{k: v for k, v in REPORT_SCHEMA.items() if k == "$defs"}, "$ref": "#/$defs/line"})


def lines(report: Report) -> list[dict[str, Any]]:
    text = shown(report, "jsonl")
    assert text.isascii()
    assert text.endswith("\n")
    parsed: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    for line in parsed:
        LINE.validate(line)
    return parsed


def test_jsonl() -> None:
    parsed = lines(RICH)
    assert [(line["type"], line.get("path"), line.get("code")) for line in parsed] == [
        ("muted", "_news/a b\n.md", "SC001"),
        ("finding", "_news/a b\n.md", "TX001"),
        ("finding", "_news/a b\n.md", "XR005"),
        ("muted", "_news/a b\n.md", "TX007"),
        ("finding", "_news/a b\n.md", "TX002"),
        ("muted", "_news/a b\n.md", "SC002"),
        ("file", "_news/fixed.md", None),
        ("file", "_news/gone.md", None),
        ("file", "_news/empty.md", None),
        ("summary", None, None),
    ]
    whole = json.loads(shown(RICH, "json"))
    assert parsed[-1] == {
        "type": "summary",
        "version": 1,
        "tool": {"name": "feedlint", "version": "0.1.0"},
        **whole["summary"],
    }
    assert parsed[1] == {"type": "finding", "path": "_news/a b\n.md", **whole["files"][0]["diagnostics"][0]}
    assert parsed[0] == {"type": "muted", "path": "_news/a b\n.md", **whole["files"][0]["muted"][0]}
    assert parsed[7] == {
        "type": "file",
        "path": "_news/gone.md",
        "readable": False,
        "schema": None,
        "error": "Permission denied",
        "not_run": [],
        "fixed": {},
        "refused": [],
    }


def test_jsonl_of_nothing_is_the_summary() -> None:
    (line,) = lines(Report([]))
    assert (line["type"], line["files"], line["exit_status"]) == ("summary", 0, 0)


def test_jsonl_keeps_every_character_and_holds_no_command() -> None:
    hostile = '"\\\x1b\udc80\u2028\n::error::x##[error]東🚋'
    report = Report([FileReport(hostile, [finding("name", hostile)], TEXT)])
    assert "##" not in shown(report, "jsonl")
    assert (lines(report)[0]["path"], lines(report)[0]["message"]) == (hostile, hostile)


def test_the_schema_is_strict_about_lines() -> None:
    kinds = {line["type"]: line for line in lines(RICH)}
    for name, spoil in (
        ("finding", {"path": None}),
        ("finding", {"type": "other"}),
        ("finding", {"muted": {"by": "comment", "reason": ""}}),
        ("finding", {"fingerprint": "x"}),
        ("muted", {"muted": {"by": "nobody", "reason": ""}}),
        ("file", {"readable": "no"}),
        ("summary", {"version": 2}),
        ("summary", {"muted": {"comment": 1}}),
    ):
        assert not LINE.is_valid({**kinds[name], **spoil}), (name, spoil)
    for name, key in (("finding", "path"), ("muted", "muted"), ("file", "error"), ("summary", "tool")):
        assert not LINE.is_valid({k: v for k, v in kinds[name].items() if k != key}), (name, key)
    Draft202012Validator.check_schema(REPORT_SCHEMA)


# --- junit -------------------------------------------------------------------------------------------------


def junit(report: Report) -> JUnitXml:
    text = shown(report, "junit")
    assert text.isascii()
    JUNIT.validate(BytesIO(text.encode()))
    return JUnitXml.fromstring(text.encode())


def cases(report: Report) -> list[tuple[str, str, str]]:
    """Return class, name and outcome of each test in *report*, as a program of others reads it."""
    outcomes = {Failure: "failure", Error: "error", Skipped: "skipped"}
    return [
        (case.classname, case.name, outcomes[type(case.result[0])] if case.result else "passed")
        for suite in junit(report)
        for case in suite
    ]


def test_junit() -> None:
    assert (
        shown(RICH, "junit")
        == r"""<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="feedlint" tests="10" failures="2" errors="2">
  <testsuite name="feedlint" tests="10" failures="2" errors="2" skipped="3">
    <testcase classname="_news/a b\n.md" name="SC001 missing-field">
      <skipped type="baseline" message="baseline: feedlint-baseline.txt">_news/a b\n.md:2:1: SC001 was there before</skipped>
    </testcase>
    <testcase classname="_news/a b\n.md" name="TX001 mojibake title">
      <failure type="error" message="title has mojibake: &quot;&#195;&#169;&quot; &lt;&amp;&gt;">_news/a b\n.md:2:15: TX001 title has mojibake: "&#195;&#169;" &lt;&amp;&gt;
fix: Write "&#233;" (safe)</failure>
    </testcase>
    <testcase classname="_news/a b\n.md" name="XR005 provider-name-conflict related.*.name">
      <failure type="warning" message="the name is spelt in two ways">_news/a b\n.md:4:9: XR005 the name is spelt in two ways
see: _news/b &#26481;.md:7:9: the other
help: choose one
fix: Take the other (unsafe)</failure>
    </testcase>
    <testcase classname="_news/a b\n.md" name="TX007 whitespace">
      <skipped type="comment" message="comment: it is a &lt;name&gt;">_news/a b\n.md:4:3: TX007 is on purpose</skipped>
    </testcase>
    <testcase classname="_news/a b\n.md" name="TX002 lost-characters">
      <system-out>_news/a b\n.md:4:17: TX002 is for information</system-out>
    </testcase>
    <testcase classname="_news/a b\n.md" name="SC002 unknown-field">
      <skipped type="revision" message="revision">_news/a b\n.md:3:1: SC002 is old</skipped>
    </testcase>
    <testcase classname="_news/clean.md" name="no findings" />
    <testcase classname="_news/fixed.md" name="no findings" />
    <testcase classname="_news/gone.md" name="file">
      <error type="file" message="Permission denied">Permission denied</error>
    </testcase>
    <testcase classname="_news/empty.md" name="record">
      <error type="record" message="no record can be read in the file">no record can be read in the file</error>
    </testcase>
    <system-out>_news/fixed.md:2: TX001 was not fixed (Do it): line 3 would read differently
_news/empty.md: no record can be read, so these rules could not run: SC, TX
note: Compared with main.
note: 2 entries of `&lt;b&gt;` are [stale](x).</system-out>
  </testsuite>
</testsuites>
"""  # noqa: E501
    )


def test_junit_is_read_as_it_is_meant() -> None:
    assert cases(RICH) == [
        ("_news/a b\\n.md", "SC001 missing-field", "skipped"),
        ("_news/a b\\n.md", "TX001 mojibake title", "failure"),
        ("_news/a b\\n.md", "XR005 provider-name-conflict related.*.name", "failure"),
        ("_news/a b\\n.md", "TX007 whitespace", "skipped"),
        ("_news/a b\\n.md", "TX002 lost-characters", "passed"),
        ("_news/a b\\n.md", "SC002 unknown-field", "skipped"),
        ("_news/clean.md", "no findings", "passed"),
        ("_news/fixed.md", "no findings", "passed"),
        ("_news/gone.md", "file", "error"),
        ("_news/empty.md", "record", "error"),
    ]
    read = junit(RICH)
    assert (read.tests, read.failures, read.errors) == (10, 2, 2)
    (suite,) = read
    assert (suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) == ("feedlint", 10, 2, 2, 3)
    failure = list(suite)[1].result[0]
    assert (failure.type, failure.message) == ("error", 'title has mojibake: "Ã©" <&>')
    assert failure.text == '_news/a b\\n.md:2:15: TX001 title has mojibake: "Ã©" <&>\nfix: Write "é" (safe)'


def test_junit_has_no_two_tests_of_one_name() -> None:
    file = FileReport("a.md", [MOJIBAKE, MOJIBAKE, replace(MOJIBAKE, muted=Mute("baseline"))], TEXT)
    assert cases(Report([file])) == [
        ("a.md", "TX001 mojibake title", "failure"),
        ("a.md", "TX001 mojibake title #2", "failure"),
        ("a.md", "TX001 mojibake title #3", "skipped"),
    ]


@pytest.mark.parametrize(
    ("fail_on", "outcomes"),
    [
        (Severity.ERROR, ["failure", "passed", "passed"]),
        (Severity.WARNING, ["failure", "failure", "passed"]),
        (Severity.INFO, ["failure", "failure", "failure"]),
    ],
)
def test_junit_fails_what_fails_the_run(fail_on: Severity, outcomes: list[str]) -> None:
    file = FileReport("a.md", [MOJIBAKE, TWICE, NOTE], TEXT, fail_on=fail_on)
    assert [outcome for _, _, outcome in cases(Report([file]))] == outcomes


@pytest.mark.parametrize(
    "file",
    [
        FileReport("a.md", schema="article"),
        FileReport("a.md", [NOTE], TEXT),
        FileReport("a.md", [MOJIBAKE], TEXT),
        FileReport("a.md", [TWICE], TEXT, fail_on=Severity.ERROR),
        FileReport("a.md", [KNOWN], TEXT, readable=False),
        FileReport("a.md", [NOTE], TEXT, readable=False),
        FileReport("a.md", [MOJIBAKE], TEXT, readable=False),
        FileReport("a.md", [MOJIBAKE], TEXT, error="not repaired: no space"),
        FileReport("a.md", readable=False),
    ],
)
def test_junit_fails_when_the_run_does(file: FileReport) -> None:
    failed = {"failure", "error"} & {outcome for _, _, outcome in cases(Report([file]))}
    assert bool(failed) == (Report([file]).exit_status != 0)


def test_junit_of_nothing() -> None:
    assert shown(Report([]), "junit") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="feedlint" tests="0" failures="0" errors="0">\n'
        '  <testsuite name="feedlint" tests="0" failures="0" errors="0" skipped="0" />\n'
        "</testsuites>\n"
    )
    assert cases(Report([])) == []


ANYTHING = st.text(
    alphabet=st.sampled_from("a<>&\"']]>\x00\x0b\t\r\n\ufffe\uffff\ud800\udcff\x85\u2028東🚋#[:@`|!*_\\ ")
)


@given(ANYTHING, ANYTHING)
def test_junit_of_anything_is_xml(text: str, path: str) -> None:
    found = Diagnostic(Span(0, 1), text, Fix(text, ()), data_path=("a", text), help=text, code="TX001", digest=text)
    known = replace(found, muted=Mute("comment", text))
    file = FileReport(path, [found, known], text, error=text, refused=[Refusal("TX001", 1, text, text)])
    assert [outcome for _, _, outcome in cases(Report([file], notes=[text]))] == ["failure", "skipped", "error"]


# --- markdown ----------------------------------------------------------------------------------------------

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def _no_github(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SERVER_URL", "REPOSITORY", "SHA"):
        monkeypatch.delenv(f"GITHUB_{name}", raising=False)


def tokens(text: str) -> list[Token]:
    """Return what a renderer with all that GitHub adds, bare addresses too, makes of *text*, inline tokens included."""
    parsed = MarkdownIt("gfm-like", {"html": True}).parse(text)
    return list(chain.from_iterable([token, *(token.children or [])] for token in parsed))


def test_markdown() -> None:
    assert (
        shown(replace(RICH, wrote=False), "markdown")
        == r"""### feedlint

| rule | name | findings | files | `--fix` repairs |
| --- | --- | ---: | ---: | ---: |
| TX001 | mojibake | 1 | 1 | 1 |
| TX002 | lost-characters | 1 | 1 | 0 |
| XR005 | provider-name-conflict | 1 | 1 | 0 |

#### `_news/gone.md`

- error: `Permission denied`

#### `_news/empty.md`

- error: `no record can be read in the file`
- note: `no record can be read, so these rules could not run: SC, TX`

#### `_news/a b\n.md`

- error 2:15 TX001: `title has mojibake: "Ã©" <&>`, safe fix: `Write "é"`
- warning 4:9 XR005: `the name is spelt in two ways`, see `_news/b 東.md:7:9: the other`, help: `choose one`, unsafe fix: `Take the other`
- info 4:17 TX002: `is for information`

#### `_news/fixed.md`

- note line 2: `TX001 was not fixed (Do it): line 3 would read differently`
"""  # noqa: E501
    )


def test_markdown_has_the_summary_unless_quiet() -> None:
    said = shown(Report([many(WARNING)]), "markdown", quiet=False)
    assert said.startswith("### feedlint\n\nFound 1 warning in 1 of 1 file.\n\n| rule |")
    assert shown(Report([]), "markdown", quiet=False) == "### feedlint\n\nNo files checked.\n\n"
    assert shown(Report([]), "markdown", quiet=True) == "### feedlint\n\n"


def test_markdown_is_rendered_as_it_is_meant() -> None:
    kinds = Counter(token.type for token in tokens(shown(RICH, "markdown")))
    assert (kinds["table_open"], kinds["tr_open"], kinds["heading_open"], kinds["list_item_open"]) == (1, 4, 5, 7)


SECRETS = (
    "@team",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    "[x](https://evil.example)",
    "<https://evil.example>",
    "https://evil.example www.evil.example a@evil.example",
    "#1 org/repo#2 GH-3 :tada:",
    "`` ` ``` @team `",
    "` @team",
    "\\` @team",
    "| a | b |\n| - | - |\n| @team | x |",
    "\n\n# Heading\n\n- @team\n\n<!--",
    "]]>--><script>alert(1)</script>",
    "&lt;b&gt; &#64;team",
    "::error::x\n::error::x",
    "##[error]x",
    " spaces ",
    "*a* __b__ ~~c~~ $x$ ^d",
)


@pytest.mark.parametrize("hostile", SECRETS)
def test_markdown_of_hostile_text_is_only_text(hostile: str) -> None:
    check_markdown(hostile)


@given(st.text(alphabet=st.sampled_from("`|\\ \n\r<>[]()!@#*_~:&a-=.\t\u2028"), min_size=1))
def test_markdown_of_anything_is_only_text(text: str) -> None:
    check_markdown(text)


def check_markdown(hostile: str) -> None:
    found = Diagnostic(
        Span(0, 1), hostile, Fix(hostile, ()), help=hostile, code="TX001", elsewhere=(Place(hostile, 1, 1, hostile),)
    )
    file = FileReport(hostile, [found], hostile, error=hostile, refused=[Refusal(hostile, 1, hostile, hostile)])
    text = shown(Report([file]), "markdown")
    made = tokens(text)
    assert {token.type for token in made} <= {
        "heading_open", "heading_close", "inline", "text", "code_inline",
        "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
        "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
        "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
        "paragraph_open", "paragraph_close",
    }  # fmt: skip
    plain = " ".join(token.content for token in made if token.type == "text")
    assert not set(plain) & set("@<>&#`[]!*_~\\"), plain
    assert not re.search(r"(?m)^\s*::|##\[", text)


def test_markdown_shows_a_code_span_as_it_is() -> None:
    for text in ("a|b", "`", "``", "a`b", " a ", " ", "\\", "a\\|b", "x `` y ` z ``` w", "東京 <b>&amp;"):
        made = tokens(shown(Report([FileReport("a.md", error=text, readable=False)]), "markdown"))
        assert [token.content for token in made if token.type == "code_inline"] == ["a.md", text]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Found 1 error in 1 of 2 files, 1 unreadable (1 fixable with --fix).", None),
        ("See www.evil.example.", "`See www.evil.example.`"),
        ("Compared with @team.", "`Compared with @team.`"),
        ("- a list", "`- a list`"),
    ],
)
def test_markdown_leaves_a_sentence_as_it_is_where_it_is_only_words(words: str, expected: str | None) -> None:
    from feedlint.formats.markdown import _words

    assert _words(words) == (expected or words)


def test_markdown_is_cut_where_a_comment_ends() -> None:
    rest = Report([many(*[WARNING] * 2000), many(*[Severity.ERROR] * 3, path="_news/worse.md")])
    text = shown(rest, "markdown")
    assert 64_000 < len(text) <= 65_000
    assert text.index("#### `_news/worse.md`") < text.index("#### `_news/a.md`")
    *_, last = text.splitlines()
    left = re.fullmatch(r"(\d+) more lines do not fit in here: run feedlint to see all\.", last)
    assert left is not None
    assert text.count("\n- warning ") + text.count("\n- error ") + int(left[1]) == 2003


def test_markdown_cuts_a_long_text() -> None:
    text = shown(Report([FileReport("a.md", error="x" * 1_000_000, readable=False)]), "markdown")
    assert text.endswith(f"- error: `{'x' * 499}…`\n")


def github(monkeypatch: pytest.MonkeyPatch, server: str = "https://github.com", repository: str = "team/feed") -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", server)
    monkeypatch.setenv("GITHUB_REPOSITORY", repository)
    monkeypatch.setenv("GITHUB_SHA", COMMIT)


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "site (1)" / "_news"
    folder.mkdir(parents=True)
    for name in ("a.md", "é [b]?#%.md"):
        (folder / name).write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(folder.parent)
    return folder


def links(text: str) -> list[str]:
    return [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]


def test_markdown_links_to_the_line_in_the_commit(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = [Refusal("TX001", 7, "Do it", "no")]
    first = replace(many(WARNING, path="_news/a.md"), refused=refused)
    report = Report([first, many(WARNING, path="_news/é [b]?#%.md"), many(WARNING, path="_news/not-there.md")])
    assert links(shown(report, "markdown")) == []
    github(monkeypatch)
    base = f"https://github.com/team/feed/blob/{COMMIT}/site%20%281%29/_news"
    assert links(shown(report, "markdown")) == [
        f"{base}/a.md?plain=1#L4",
        f"{base}/a.md?plain=1#L7",
        f"{base}/%C3%A9%20%5Bb%5D%3F%23%25.md?plain=1#L4",
    ]
    assert f"- warning [4:3]({base}/a.md?plain=1#L4) TX001: `number 0`\n" in shown(report, "markdown")


def test_markdown_links_nowhere_where_that_is_not_known(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report([many(WARNING, path="_news/a.md")])
    for server, repository in (
        ("https://github.com)[x](http://evil", "team/feed"),
        ("javascript:alert(1)", "team/feed"),
        ("https://github.com", "team/feed/../x y"),
        ("https://github.com", ""),
    ):
        github(monkeypatch, server, repository)
        assert links(shown(report, "markdown")) == []
    github(monkeypatch)
    assert len(links(shown(report, "markdown"))) == 1
    repaired = Report([replace(report.files[0], fixed=Counter({"TX003": 1}))], wrote=True)
    assert links(shown(repaired, "markdown")) == []
    (feed.parent.parent / ".git").rename(feed.parent.parent / "git")
    assert links(shown(report, "markdown")) == []


# --- github ------------------------------------------------------------------------------------------------


def test_github_is_given_ten_of_each_kind_and_the_log_has_all() -> None:
    found = [*[INFO] * 3, *[WARNING] * 12, *[Severity.ERROR] * 11]
    text = shown(Report([many(*found)]), "github")
    commands = Counter(match[0] for match in re.findall(r"(?m)^::((error|warning|notice)) ", text))
    assert commands == {"error": 10, "warning": 10, "notice": 4}
    for number in range(26):
        assert len(re.findall(rf"number {number}$", text, re.MULTILINE)) == 1
    assert "\nwarning: _news/a.md:4:3: TX001 number 13\nwarning: _news/a.md:4:3: TX001 number 14\n" in text
    assert text.endswith(
        "\nerror: _news/a.md:4:3: TX001 number 25\n"
        "::notice title=feedlint::1 error, 2 warnings more: see the log of this step "
        "(GitHub shows 10 of each kind at their lines)\n"
    )


def test_github_keeps_a_place_for_what_it_is_not_given() -> None:
    text = shown(Report([many(*[INFO] * 12)]), "github")
    assert text.count("\n::notice file=") + text.startswith("::notice file=") == 9
    assert text.endswith("::notice title=feedlint::3 notices more: see the log of this step "
                         "(GitHub shows 10 of each kind at their lines)\n")  # fmt: skip
    whole = shown(Report([many(*[INFO] * 10)]), "github")
    assert whole.count("::notice file=") == 10
    assert "title=feedlint" not in whole


def test_github_shows_first_what_could_not_be_done() -> None:
    failed = FileReport("_news/gone.md", error="Permission denied", readable=False)
    text = shown(Report([many(*[Severity.ERROR] * 10), failed]), "github")
    assert "\n::error file=_news/gone.md::_news/gone.md: Permission denied\n" in text
    assert "\nerror: _news/a.md:4:3: TX001 number 9\n" in text


def test_github_lines_of_the_log_are_only_lines() -> None:
    hostile = "::error::x\r\n::stop-commands::y\u2028##[error]\x1b[2J"
    found = finding("name", hostile, help=hostile, fix=Fix(hostile, ()), elsewhere=(Place(hostile, 1, 1, hostile),))
    text = shown(Report([FileReport(hostile, [found] * 12, TEXT)]), "github")
    plain = [line for line in text.split("\n")[:-1] if not line.startswith(("::error file=", "::notice title="))]
    assert len(plain) == 8
    harmless = "::error::x\\r\\n::stop-commands::y\\u2028\\x23#[error]\\x1b[2J"
    assert plain[:4] == [
        f"error: ./{harmless}:4:3: TX001 {harmless}",
        f"  see: {harmless}:1:1: {harmless}",
        f"  help: {harmless}",
        f"  fix: {harmless} (safe)",
    ]


# --- all formats -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_a_rich_report_is_the_same_each_time(name: str) -> None:
    text = shown(RICH, name, quiet=False)
    assert text == shown(RICH, name, quiet=False)
    assert "mojibake" in text
    assert "Permission denied" in text
    if name not in ("json", "jsonl", "junit", "sarif"):
        assert "was there before" not in text


@pytest.mark.parametrize("name", ["jsonl", "junit", "markdown"])
def test_a_run_writes_it(name: str, feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (feed / "a.md").write_bytes(
        ARTICLE.replace("Harbour council", "Harbour councilâ€™s").replace("\n", "\r\n").encode()
    )
    assert main(["_news/a.md", "--output-format", name]) == 1
    text = capsys.readouterr().out
    if name == "jsonl":
        assert [json.loads(line)["type"] for line in text.splitlines()] == ["finding", "summary"]
    elif name == "junit":
        JUNIT.validate(BytesIO(text.encode()))
        assert 'classname="_news/a.md" name="TX001 mojibake title"' in text
    else:
        assert '- error 3:24 TX001: `title has mojibake: "â€™"' in text
