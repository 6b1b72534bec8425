"""The Code Quality report: GitLab's schema, its paths, and that no two issues are taken for one."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from feedlint.cli import main
from feedlint.diagnostic import ERROR, INFO, WARNING, Diagnostic, Mute
from feedlint.formats.gitlab import write
from feedlint.report import FileReport, Report
from feedlint.source import Span
from tests.support import ARTICLE

STANDARDS = Path(__file__).parent / "standards"
EXAMPLES = Path(__file__).parent.parent / "examples" / "feed"
# What the documentation of the format asks for beyond what GitLab's own schema checks.
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(json.loads((STANDARDS / "gitlab-codequality.json").read_text(encoding="utf-8")))


def issues_of(text: str) -> list[dict[str, Any]]:
    assert text.isascii()
    issues = json.loads(text)
    assert isinstance(issues, list)
    for issue in issues:
        assert [error.message for error in validator().iter_errors(issue)] == []
        assert issue["severity"] in SEVERITIES
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


def shown(*files: FileReport) -> list[dict[str, Any]]:
    stream = io.StringIO()
    write(Report(files), stream)
    return issues_of(stream.getvalue())


def found(start: int, end: int, **more: Any) -> Diagnostic:
    return Diagnostic(Span(start, end), **{"message": "is wrong", "code": "TX001", **more})


def test_an_issue() -> None:
    text = "---\r\ntitle: café\r\n"
    assert shown(FileReport("_news/a.md", [found(12, 16, digest="0123456789ab")], text)) == [
        {
            "description": "TX001 is wrong",
            "check_name": "TX001",
            "fingerprint": "bcd0afb314f689426ceb5965a34380e8",
            "severity": "major",
            "location": {"path": "_news/a.md", "lines": {"begin": 2, "end": 2}},
        }
    ]


def test_severities_and_lines() -> None:
    file = FileReport(
        "a.md",
        [found(0, 0, severity=ERROR), found(2, 3, severity=WARNING), found(2, 5, severity=INFO)],
        "a\nb\nc\n",
    )
    rows = [(each["severity"], *each["location"]["lines"].values()) for each in shown(file)]
    assert rows == [("major", 1, 1), ("minor", 2, 2), ("info", 2, 3)]


def test_what_is_muted_is_left_out_and_changes_no_fingerprint() -> None:
    same = [found(0, 1, digest="d"), found(1, 2, digest="d")]
    both = [each["fingerprint"] for each in shown(FileReport("a.md", same, "ab"))]
    for by in ("comment", "baseline", "revision"):
        same[0] = found(0, 1, digest="d", muted=Mute(by))
        assert [each["fingerprint"] for each in shown(FileReport("a.md", same, "ab"))] == both[1:]


def test_files_that_cannot_be_read_are_issues() -> None:
    rows = shown(
        FileReport("a.md", error="Permission denied", readable=False),
        FileReport("b.md", readable=False),
        FileReport("c.md", [found(0, 1, code="YA001", muted=Mute("baseline"))], "x", readable=False),
    )
    assert [(each["location"]["path"], each["severity"], each["check_name"], each["description"]) for each in rows] == [
        ("a.md", "critical", "file-error", "Permission denied"),
        ("b.md", "major", "no-record", "no record can be read in the file"),
    ]
    assert {each["location"]["lines"]["begin"] for each in rows} == {1}


def test_nothing_found_is_an_empty_list() -> None:
    assert shown(FileReport("a.md")) == []
    assert shown() == []


def test_hostile_text_is_only_text() -> None:
    hostile = "a\x1b[31m\u202eb\x00\udce9\n##[error]x"
    (issue,) = shown(FileReport("b\udce9\n.md", [found(0, 1, message=hostile)], "x"))
    assert issue["description"] == "TX001 a\\x1b[31m\\u202eb\\x00\\udce9\\n\\x23#[error]x"
    assert issue["location"]["path"] == "b\\udce9\n.md"


def test_paths_are_told_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "feed" / "_news"
    folder.mkdir(parents=True)
    name = "100 % #1?.md"
    (folder / name).write_text(ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan"), encoding="utf-8")
    monkeypatch.chdir(folder)
    for argument in (name, str(folder / name), ".."):
        assert main([argument, "--output-format", "gitlab"]) == 1
        issues = issues_of(capsys.readouterr().out)
        assert [each["location"]["path"] for each in issues] == ["feed/_news/100 % #1?.md"]


def test_the_example_feed_says_what_json_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(EXAMPLES)
    main(["--output-format", "gitlab"])
    issues = issues_of(capsys.readouterr().out)
    main(["--output-format", "json"])
    expected = [
        (each["code"], f"examples/feed/{file['path']}", each["span"]["start"]["line"])
        for file in json.loads(capsys.readouterr().out)["files"]
        for each in file["diagnostics"]
    ]
    rows = [(each["check_name"], each["location"]["path"], each["location"]["lines"]["begin"]) for each in issues]
    prefix = "" if rows[0][1].startswith("examples/") else "examples/feed/"  # a checkout without its history
    assert [(code, prefix + path, line) for code, path, line in rows] == expected
