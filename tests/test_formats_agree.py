"""One run, all formats: each tells the same findings, of files with names that each of them writes in its own way."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_to_bytes

import pytest
from junitparser import Failure, JUnitXml, Skipped

from feedlint.cli import main
from feedlint.formats import FORMATS
from tests.support import ARTICLE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names that Windows has not")

# Names of files, and how they are shown where not all of a name can be.
NAMES: Final = {
    "_news/2020-12-08-a b.md": "_news/2020-12-08-a b.md",
    "_news/100%0A,::x.md": "_news/100%0A,::x.md",
    "_news/`|<b>@team]]>.md": "_news/`|<b>@team]]>.md",
    "_news/line\nbreak\x1b[31m.md": "_news/line\\nbreak\\x1b[31m.md",
    "_news/right\u202eleft 東.md": "_news/right\\u202eleft 東.md",
    "_news/\udcff\udcfe.md": "_news/\\udcff\\udcfe.md",
    "<x>/_news/x.md": "<x>/_news/x.md",
    "_news/link.md": "_news/link.md",
}
BAD: Final = (
    ARTICLE.replace("Harbour council", "🚋 Harbour councilâ€™s ::error::x ]]> `<b>`")
    .replace("category: news", "category: '::error::x %0A ]]> @team'")
    .replace("type: article", "type: article\nodd: 1\nodd: 2\nstrange: x # feedlint: ignore[SC002] asked ::error::x")
)


class Row(NamedTuple):
    """A finding, with what a format tells of it."""

    path: str
    line: int
    code: str
    severity: str
    column: int
    muted: str = ""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Return what gives the text of a format, all written in one run of a feed in a folder of a repository."""
    (tmp_path / ".git").mkdir()
    feed = tmp_path / "the feed"
    for name in NAMES:
        (feed / name).parent.mkdir(parents=True, exist_ok=True)
        if not name.endswith("link.md"):
            (feed / name).write_bytes(BAD.encode())
    (feed / "_news" / "link.md").symlink_to("2020-12-08-a b.md")
    monkeypatch.chdir(feed)
    for name in [name for name in os.environ if name.startswith("GITHUB_")]:
        monkeypatch.delenv(name)
    options = ["--isolated", "--today", "2021-06-01", "--baseline", "known.txt"]
    assert main(["_news/2020-12-08-a b.md", "--select", "TX001", "--write-baseline", *options, "--quiet"]) == 0
    outputs = [f"--output-format={name}=../out.{name}" for name in FORMATS]
    assert main([".", *options, *outputs, "--statistics", "--output-format=json"]) == 1
    (tmp_path / "out.statistics").write_text(capsys.readouterr().out)
    return lambda name: (tmp_path / f"out.{name}").read_bytes().decode()


def expected(told: Callable[[str], str]) -> list[Row]:
    """Return all findings in the words of the format json, which is described by its schema."""
    return [
        _row(file["path"], each)
        for file in json.loads(told("json"))["files"]
        for each in sorted(file["diagnostics"] + file["muted"], key=lambda each: each["span"]["start"]["offset"])
    ]


def _row(path: str, each: dict[str, Any]) -> Row:
    start = each["span"]["start"]
    muted = each["muted"]["by"] if "muted" in each else ""
    return Row(path, start["line"], each["code"], each["severity"], start["column"], muted)


def jsonl(text: str) -> Iterator[Row]:
    for line in map(json.loads, text.splitlines()):
        if line["type"] in ("finding", "muted"):
            yield _row(line["path"], line)


def sarif(text: str) -> Iterator[Row]:
    (run,) = json.loads(text)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    kinds = {"inSource": "comment", "external": "baseline"}
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        path = os.fsdecode(unquote_to_bytes(place["artifactLocation"]["uri"])).removeprefix("the feed/")
        region = place["region"]
        muted = "".join(kinds[suppression["kind"]] for suppression in each["suppressions"])
        severity = each["level"].replace("note", "info")
        yield Row(path, region["startLine"], each["ruleId"], severity, region["startColumn"], muted)


def gitlab(text: str) -> Iterator[Row]:
    severities = {"major": "error", "minor": "warning", "info": "info"}
    for each in json.loads(text):
        path = each["location"]["path"].removeprefix("the feed/")
        line = each["location"]["lines"]["begin"]
        yield Row(path, line, each["check_name"], severities[each["severity"]], 0)


def junit(text: str) -> Iterator[Row]:
    for suite in JUnitXml.fromstring(text.encode()):
        for case in suite:
            result = case.result[0] if case.result else None
            severity = result.type if isinstance(result, Failure) else ""
            muted = result.type if isinstance(result, Skipped) else ""
            path, line, column, code = _PLACE.findall(result.text if result else case.system_out)[0]
            assert (path, code) == (case.classname, case.name[:5])
            yield Row(path, int(line), code, severity or "info", int(column), muted)


_PLACE: Final = re.compile(r"(?m)^(.+?):(\d+):(\d+): ([A-Z]{2}\d{3}) ")


def github(text: str) -> Iterator[Row]:
    command = re.compile(r"::(\w+) file=the feed/(.+?),line=(\d+),endLine=\d+(?:,col=(\d+),.*?)?,title=(\w+) .*?::(.*)")
    for line in text.splitlines():
        if match := command.match(line):
            severity, path, number, column, code, message = match.groups()
            path = path.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
            shown = _PLACE.match(message.replace("%25", "%"))
            assert shown is not None
            assert (path, number, code) == (shown[1], shown[2], shown[4])
            assert column in (None, shown[3])
            yield Row(path, int(number), code, severity.replace("notice", "info"), int(shown[3]))
        elif match := re.match(r"(error|warning|notice): (.+?):(\d+):(\d+): (\w+) ", line):
            severity, path, number, column, code = match.groups()
            yield Row(path, int(number), code, severity.replace("notice", "info"), int(column))


def concise(text: str) -> Iterator[Row]:
    for path, line, column, code in _PLACE.findall(text):
        yield Row(path, int(line), code, "", int(column))


def full(text: str) -> Iterator[Row]:
    for match in re.finditer(r"(?m)^(\S.*?):(\d+):(\d+): (\w+) ([A-Z]{2}\d{3}) ", text):
        yield Row(match[1], int(match[2]), match[5], match[4], int(match[3]))


def markdown(text: str) -> Iterator[Row]:
    path = ""
    for line in text.splitlines():
        if line.startswith("#### "):
            path = line.removeprefix("#### ").strip("`") if "``" not in line else line[7:-2].strip()
        elif match := re.match(r"- (\w+) (\d+):(\d+) (\w+): ", line):
            yield Row(path, int(match[2]), match[4], match[1], int(match[3]))


READ: Final = {
    "full": full, "concise": concise, "jsonl": jsonl, "github": github, "gitlab": gitlab, "junit": junit,
    "markdown": markdown, "sarif": sarif,
}  # fmt: skip


def test_the_run_has_all_that_can_differ(told: Callable[[str], str]) -> None:
    rows = expected(told)
    assert {row.path for row in rows} == set(NAMES)
    assert {row.muted for row in rows} == {"", "baseline", "comment"}
    assert {row.severity for row in rows if not row.muted} >= {"error", "warning"}
    assert len(rows) > 40
    assert set(READ) | {"json"} == set(FORMATS)


@pytest.mark.parametrize("name", READ)
def test_a_format_tells_the_findings_that_json_tells(name: str, told: Callable[[str], str]) -> None:
    rows = [row if name in ("jsonl", "sarif") else row._replace(path=NAMES[row.path]) for row in expected(told)]
    if name == "gitlab":  # has no columns; of a name only what is no text is shown otherwise
        rows = [
            row._replace(column=0, path=given.path.encode(errors="backslashreplace").decode())
            for row, given in zip(rows, expected(told), strict=True)
        ]
    if name == "concise":  # says how grave a finding is in colour only
        rows = [row._replace(severity="") for row in rows]
    if name == "junit":  # what is muted is as grave as nothing
        rows = [row._replace(severity="info") if row.muted else row for row in rows]
    elif name not in ("jsonl", "sarif"):
        rows = [row for row in rows if not row.muted]
    assert sorted(READ[name](told(name))) == sorted(rows)


def test_statistics_count_the_findings_that_json_tells(told: Callable[[str], str]) -> None:
    rows = expected(told)
    left = Counter(row.code for row in rows if not row.muted)
    muted = Counter(row.code for row in rows if row.muted)
    counted = json.loads(told("statistics"))
    assert {each["code"]: (each["count"], each["muted"]) for each in counted} == {
        code: (left[code], muted[code]) for code in left | muted
    }


@pytest.mark.parametrize("name", ["json", "jsonl", "gitlab", "sarif"])
def test_no_two_findings_have_one_fingerprint(name: str, told: Callable[[str], str]) -> None:
    found = re.findall(r'"(?:fingerprint|feedlintFingerprint/v1)":"(\w{32})"', told(name))
    assert len(found) == len(set(found)) >= 40
