"""SARIF: what is in it, that it is SARIF, and that a reader of it sees, and can repair, what feedlint does."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator
from sarif import loader

from feedlint.cli import main
from feedlint.config import Settings
from feedlint.diagnostic import INFO, UNSAFE, WARNING, Diagnostic, Edit, Fix, Label, Mute, Place
from feedlint.engine import Engine
from feedlint.formats.sarif import write
from feedlint.report import FileReport, Refusal, Report
from feedlint.rules import RULES
from feedlint.source import Span, decode
from fuzz.sarif import repaired
from tests.support import ARTICLE

STANDARDS = Path(__file__).parent / "standards"
EXAMPLES = Path(__file__).parent.parent / "examples" / "feed"
MOJIBAKE = ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan")
FINGERPRINT = "feedlintFingerprint/v1"


@cache
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads((STANDARDS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))


def run_of(text: str) -> dict[str, Any]:
    """Return the one run of the SARIF log *text*, which is held against the standard's schema."""
    assert text.isascii()
    log = json.loads(text)
    assert [error.message for error in validator().iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def shown(*files: FileReport, quiet: bool = False, **more: Any) -> dict[str, Any]:
    stream = io.StringIO()
    write(Report(files, **more), stream, quiet=quiet)
    return run_of(stream.getvalue())


def linted(text: str, path: str = "_news/a.md") -> FileReport:
    return Engine(Settings()).data(text.encode("utf-8", "surrogateescape"), path)[0]


def found(start: int, end: int, **more: Any) -> Diagnostic:
    return Diagnostic(Span(start, end), **{"message": "is wrong", "code": "TX001", **more})


def file(text: str, *diagnostics: Diagnostic, path: str = "_news/a.md", **more: Any) -> FileReport:
    return FileReport(path, diagnostics, text, **more)


def region(run: dict[str, Any], number: int = 0) -> tuple[int, ...]:
    where = run["results"][number]["locations"][0]["physicalLocation"]["region"]
    names = ("startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength")
    return tuple(where[name] for name in names)


def uri(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "_news").mkdir()
    return tmp_path


def lint(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    main([*argv, "--output-format", "sarif"])
    return run_of(capsys.readouterr().out)


# --- a result ----------------------------------------------------------------------------------------------


def test_a_result() -> None:
    text = 'title: "café {0}"\nexcerpt: "x"\n'
    diagnostic = found(
        8,
        12,
        severity=WARNING,
        message='title is "{0}", [see](https://evil.example)',
        help="write it out",
        labels=(Label(Span(18, 25), "its [excerpt]"),),
        elsewhere=(Place("_news/b c.md", 7, 3, "the same"),),
        fix=Fix("Write it", (Edit(Span(8, 12), "tea ☕"),), UNSAFE),
        digest="0123456789ab",
    )
    (result,) = shown(file(text, diagnostic))["results"]
    index = result.pop("ruleIndex")
    assert RULES[index].code == "TX001"
    here = {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 13, "charOffset": 8, "charLength": 4}
    artifact = {"uri": "_news/a.md", "uriBaseId": "%SRCROOT%"}
    assert result == {
        "ruleId": "TX001",
        "level": "warning",
        "message": {
            "text": 'title is "{{0}}", [see] (https://evil.example)\n\nwrite it out\n\n'
            "See: [its \\[excerpt\\]](1)\n\nSee: [the same](2)"
        },
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": here}}],
        "partialFingerprints": {FINGERPRINT: "bcd0afb314f689426ceb5965a34380e8"},
        "suppressions": [],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {
                        "startLine": 2,
                        "startColumn": 1,
                        "endLine": 2,
                        "endColumn": 8,
                        "charOffset": 18,
                        "charLength": 7,
                    },
                },
                "message": {"text": "its [excerpt]"},
            },
            {
                "id": 2,
                "physicalLocation": {
                    "artifactLocation": {"uri": "_news/b%20c.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 7, "startColumn": 3, "endColumn": 3},
                },
                "message": {"text": "the same"},
            },
        ],
        "fixes": [
            {
                "description": {"text": "Write it"},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [{"deletedRegion": here, "insertedContent": {"text": "tea ☕"}}],
                    }
                ],
                "properties": {"safety": "unsafe"},
            }
        ],
    }


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("", (0, 0), (1, 1, 1, 1, 0, 0)),
        ("a\r\nbc\r\n", (3, 5), (2, 1, 2, 3, 3, 2)),
        ("a\rbc", (2, 3), (2, 1, 2, 2, 2, 1)),
        ("a\nb\n", (2, 4), (2, 1, 3, 1, 2, 2)),
        ("😀é\nx", (1, 2), (1, 2, 1, 3, 1, 1)),  # characters, not UTF-16
        ("\ufeffabc\ndef", (2, 3), (1, 2, 1, 3, 1, 1)),  # as if there were no byte order mark
        ("\ufeffabc\ndef", (0, 1), (1, 1, 1, 1, 0, 0)),
        ("\ufeffabc\ndef", (5, 8), (2, 1, 2, 4, 4, 3)),
    ],
)
def test_regions(text: str, span: tuple[int, int], expected: tuple[int, ...]) -> None:
    assert region(shown(file(text, found(*span)))) == expected


def test_a_byte_order_mark_and_bytes_that_are_no_text_are_replaced_as_bytes() -> None:
    mark = found(0, 1, fix=Fix("Delete it", (Edit(Span(0, 1), ""),)))
    text = found(1, 2, fix=Fix("Write b", (Edit(Span(1, 2), "b"),)))
    latin = found(1, 2, fix=Fix("Write it", (Edit(Span(1, 2), "é"),)))
    results = shown(file("\ufeffa", mark, text), file(decode(b"\xc3\xa9\xe9"), latin))["results"]
    assert [each["fixes"][0]["artifactChanges"][0]["replacements"] for each in results] == [
        [{"deletedRegion": {"byteOffset": 0, "byteLength": 3}, "insertedContent": {"binary": ""}}],
        [
            {
                "deletedRegion": {
                    "startLine": 1,
                    "startColumn": 1,
                    "endLine": 1,
                    "endColumn": 2,
                    "charOffset": 0,
                    "charLength": 1,
                },
                "insertedContent": {"text": "b"},
            }
        ],
        [{"deletedRegion": {"byteOffset": 2, "byteLength": 1}, "insertedContent": {"binary": "w6k="}}],
    ]


def test_hostile_text_is_only_text() -> None:
    hostile = "a\x1b[31m\u202eb\x00\udce9 ##[error]x ::error::y <script>"
    run = shown(
        file("x", found(0, 1, message=hostile, help=hostile), path="_news/\udce9\n##[error].md", error=hostile),
        notes=[hostile],
    )
    text = json.dumps(run, ensure_ascii=False)
    assert text.isprintable()
    assert "##[" not in text
    assert uri(run["results"][0]) == "_news/%E9%0A%23%23%5Berror%5D.md"
    assert run["results"][0]["message"]["text"].startswith("a\\x1b[31m\\u202eb\\x00\\udce9 \\x23#[error]x ::error::y")


def test_messages_cannot_make_links() -> None:
    for message in ("[a](https://evil.example)", "[a\\](https://evil.example)", "[a]](1)"):
        (result,) = shown(file("x", found(0, 1, message=message)))["results"]
        assert "](" not in result["message"]["text"]


def test_more_places_than_github_shows_are_left_out() -> None:
    places = tuple(Place("_news/b.md", line, 1, f"line {line}") for line in range(1, 151))
    (result,) = shown(file("x", found(0, 1, elsewhere=places)))["results"]
    assert [place["id"] for place in result["relatedLocations"]] == list(range(1, 101))
    assert "[line 100](100)" in result["message"]["text"]
    assert "101" not in result["message"]["text"]


# --- fingerprints ------------------------------------------------------------------------------------------


def prints(run: dict[str, Any]) -> list[str]:
    return [result["partialFingerprints"][FINGERPRINT] for result in run["results"]]


def test_a_fingerprint_stays_when_lines_move_and_goes_with_the_value() -> None:
    old = prints(shown(linted(MOJIBAKE)))
    assert len(old) == 1
    assert prints(shown(linted(MOJIBAKE.replace("category: news\n", "# above\n\ncategory: news\n", 1)))) == old
    assert prints(shown(linted(MOJIBAKE.replace("plan", "plans", 1)))) != old
    assert prints(shown(linted(MOJIBAKE, "_news/b.md"))) != old


def test_fingerprints_are_unique_and_do_not_depend_on_what_is_muted() -> None:
    same = [found(0, 1, digest="d"), found(1, 2, digest="d"), found(2, 3, digest="d")]
    all_of_them = prints(shown(file("abc", *same)))
    assert len(set(all_of_them)) == 3
    same[0] = found(0, 1, digest="d", muted=Mute("comment"))
    assert prints(shown(file("abc", *same), quiet=True)) == all_of_them[1:]


# --- what is muted, what is new ----------------------------------------------------------------------------


def test_suppressions_and_baseline_state() -> None:
    run = shown(
        file(
            "abcd",
            found(0, 1, muted=Mute("comment", "the agency spells it so")),
            found(1, 2, muted=Mute("baseline")),
            found(2, 3, muted=Mute("revision", "main")),
            found(3, 4),
        )
    )
    rows = [(region(run, n)[4], each["suppressions"], each["baselineState"]) for n, each in enumerate(run["results"])]
    assert rows == [
        (3, [], "new"),
        (
            0,
            [{"kind": "inSource", "status": "accepted", "justification": "the agency spells it so"}],
            "unchanged",
        ),
        (1, [{"kind": "external", "status": "accepted"}], "unchanged"),
        (2, [], "unchanged"),
    ]


def test_there_is_a_baseline_state_only_where_something_was_compared() -> None:
    comment = found(0, 1, muted=Mute("comment"))
    assert all("baselineState" not in each for each in shown(file("ab", comment, found(1, 2)))["results"])
    assert shown(file("a", found(0, 1)), compared=True)["results"][0]["baselineState"] == "new"


@pytest.mark.parametrize(("known", "state", "kinds"), [(True, "unchanged", ["external"]), (False, "new", [])])
def test_a_run_with_a_baseline_says_what_is_new(
    feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], known: bool, state: str,
    kinds: list[str],
) -> None:  # fmt: skip
    (feed / "_news" / "a.md").write_text(MOJIBAKE, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MOJIBAKE.encode())))
    assert main(["--write-baseline", "--baseline", "known.txt", *([] if known else ["--select", "FM"])]) == 0
    capsys.readouterr()
    for path in (["_news"], ["-", "--stdin-filename", "_news/a.md"]):
        (result,) = lint(capsys, *path, "--baseline", "known.txt")["results"]
        assert result["baselineState"] == state
        assert [each["kind"] for each in result["suppressions"]] == kinds


def test_quiet_leaves_out_what_is_muted() -> None:
    run = shown(file("ab", found(0, 1, muted=Mute("comment")), found(1, 2)), quiet=True)
    assert [region(run, n)[4] for n in range(len(run["results"]))] == [1]


def test_30_000_findings_are_cut_to_25_000_the_gravest_first() -> None:
    some = [found(0, 1, digest=str(n), severity=INFO) for n in range(10_000)]
    muted = [found(0, 1, digest=f"muted {n}", muted=Mute("baseline")) for n in range(10_000)]
    grave = [found(0, 1, digest=f"grave {n}") for n in range(10_000)]
    stream = io.StringIO()
    write(Report([file("x", *muted, *some, *grave)]), stream)
    run = json.loads(stream.getvalue())["runs"][0]
    results = run["results"]
    assert Counter((each["level"], each["baselineState"]) for each in results) == {
        ("error", "new"): 10_000,
        ("note", "new"): 10_000,
        ("error", "unchanged"): 5_000,
    }
    assert [each["level"] for each in results[:20_000]] == ["error"] * 10_000 + ["note"] * 10_000
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {
            "level": "warning",
            "message": {"text": "5000 results, the least grave, are left out: a run has 25000 at most."},
        }
    ]


# --- the run -----------------------------------------------------------------------------------------------


def test_rules_are_described_within_the_limits_of_github() -> None:
    rules = shown()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["shortDescription"]["text"]) < len(rule["fullDescription"]["text"]) <= 1024, rule["id"]
        assert "\n" not in rule["fullDescription"]["text"]
        assert rule["help"]["text"] == rule["help"]["markdown"]
        assert "## Why" in rule["help"]["text"]
    mojibake = next(rule for rule in rules if rule["id"] == "TX001")
    assert mojibake["name"] == "mojibake"
    assert mojibake["defaultConfiguration"] == {"level": "error", "enabled": True}
    assert mojibake["properties"] == {"tags": ["text"], "precision": "very-high", "problem.severity": "error"}
    assert {rule["properties"]["problem.severity"] for rule in rules} == {"error", "warning", "recommendation"}


def test_what_could_not_be_done_is_in_the_invocation() -> None:
    run = shown(
        FileReport("_news/a.md", error="Permission denied", readable=False),
        FileReport("_news/b.md", readable=False, not_run=["SC", "IM"], diagnostics=[found(0, 0, code="FM001")]),
        FileReport("_news/c.md", refused=[Refusal("TX001", 3, "Write it", "the data would change")]),
        FileReport("_news/d.md", readable=False),
        notes=["2 entries of the baseline are not found any more."],
    )
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    notes = invocation["toolExecutionNotifications"]
    assert [(note["level"], note["message"]["text"]) for note in notes] == [
        ("note", "2 entries of the baseline are not found any more."),
        ("error", "Permission denied"),
        ("note", "no record can be read, so these rules could not run: SC, IM"),
        ("note", "TX001 was not fixed (Write it): the data would change"),
        ("error", "no record can be read in the file"),
    ]
    assert "locations" not in notes[0]
    where = [note["locations"][0]["physicalLocation"] for note in notes[1:]]
    assert [place["artifactLocation"]["uri"] for place in where] == [f"_news/{name}.md" for name in "abcd"]
    assert [place.get("region") for place in where] == [None, None, {"startLine": 3}, None]


def test_a_clean_run_is_a_run() -> None:
    run = shown(linted(ARTICLE))
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0, "toolExecutionNotifications": []}]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]


# --- paths -------------------------------------------------------------------------------------------------


def test_paths_are_told_from_the_root_of_the_repository(
    feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "_news/100 % #1?.md"
    (feed / name).write_text(MOJIBAKE, encoding="utf-8")
    from_root = lint(capsys)
    assert [uri(each) for each in from_root["results"]] == ["_news/100%20%25%20%231%3F.md"]
    monkeypatch.chdir(feed / "_news")
    for argument in (".", "100 % #1?.md", str(feed / name)):
        run = lint(capsys, argument)
        assert run["results"] == from_root["results"]
        assert str(feed) not in json.dumps(run)


def test_paths_of_a_repository_seen_from_outside_are_told_from_its_root(
    feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (feed / "_news" / "a.md").write_text(MOJIBAKE, encoding="utf-8")
    monkeypatch.chdir(feed.parent)
    assert [uri(each) for each in lint(capsys, feed.name)["results"]] == ["_news/a.md"]


def test_a_file_outside_of_the_repository_has_no_absolute_path(
    feed: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text(MOJIBAKE, encoding="utf-8")
    run = lint(capsys, str(outside))
    assert unquote_to_bytes(uri(run["results"][0])).decode() == os.path.relpath(outside, feed).replace(os.sep, "/")
    assert feed.parent.as_posix() not in json.dumps(run)


def test_a_link_is_told_as_what_it_leads_to_inside_of_the_repository(
    feed: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    (feed / "shared").mkdir()
    (feed / "shared" / "a.md").write_text(MOJIBAKE, encoding="utf-8")
    outside = tmp_path_factory.mktemp("outside") / "b.md"
    outside.write_text(MOJIBAKE.replace("4711", "4712"), encoding="utf-8")
    (feed / "_news" / "a.md").symlink_to("../shared/a.md")
    (feed / "_news" / "b.md").symlink_to(outside)
    run = lint(capsys, "_news/a.md", "_news/b.md", "--select", "TX")
    assert [uri(each) for each in run["results"]] == ["shared/a.md"]
    # What is outside is not read, and is told by the link's own name.
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert uri(told) == "_news/b.md"
    assert "it is a symbolic link that leads out of the repository" in told["message"]["text"]


@pytest.mark.skipif(os.name != "posix", reason="names that are no text")
def test_bytes_of_a_name_that_are_no_utf8_are_percent_encoded(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        (feed / os.fsdecode(b"_news/caf\xe9.md")).write_text(MOJIBAKE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    assert [uri(each) for each in lint(capsys)["results"]] == ["_news/caf%E9.md"]


def test_standard_input_is_named(
    feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for options, expected in ([], "%3Cstdin%3E"), (["--stdin-filename", "_news/a.md"], "_news/a.md"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MOJIBAKE.encode())))
        assert uri(lint(capsys, "-", *options)["results"][0]) == expected


# --- read by others ----------------------------------------------------------------------------------------


@pytest.fixture
def example(feed: Path) -> Path:
    shutil.rmtree(feed / "_news")
    shutil.copytree(EXAMPLES, feed, dirs_exist_ok=True)
    return feed


def test_twice_the_same(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(capsys, "--today", "2021-06-01") == lint(capsys, ".", "--today", "2021-06-01")


def test_sarif_tools_read_what_json_says(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--output-format", "sarif", "--output-file", "out.sarif"])
    main(["--output-format", "json"])
    expected = [
        (each["code"], file["path"], each["span"]["start"]["line"], each["severity"].replace("info", "note"))
        for file in json.loads(capsys.readouterr().out)["files"]
        for each in file["diagnostics"]
    ]
    read = loader.load_sarif_file("out.sarif")
    records = [(each["Code"], each["Location"], int(each["Line"]), each["Severity"]) for each in read.get_records()]
    assert len(records) == len(expected) == read.get_result_count()
    assert sorted(records) == sorted(expected)
    assert read.get_distinct_tool_names() == ["feedlint"]


def test_the_sarif_command_counts_the_same(example: Path) -> None:
    main(["--output-format", "sarif", "--output-file", "out.sarif"])
    levels = Counter(each["level"] for each in run_of(Path("out.sarif").read_text(encoding="utf-8"))["results"])
    command = [sys.executable, "-m", "sarif", "summary", "out.sarif"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for level, count in levels.items():
        assert f"\n{level}: {count}\n" in text


def test_fixes_made_from_the_sarif_alone_give_what_fix_gives(
    example: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    news = example / "_news"
    crlf = (news / "2021-03-04-mayor.md").read_bytes().replace(b"\n", b"\r\n")
    (news / "2021-03-04-mayor crlf.md").write_bytes(b"\xef\xbb\xbf" + crlf)
    other = tmp_path_factory.mktemp("fixed") / "feed"
    shutil.copytree(example, other)
    before = {file.name: file.read_bytes() for file in news.iterdir()}
    for _ in range(10):  # as --fix does: until nothing changes
        changed = False
        by_path: dict[str, list[dict[str, Any]]] = {}
        for result in lint(capsys)["results"]:
            by_path.setdefault(uri(result), []).append(result)
        for path, results in by_path.items():
            file = example / os.fsdecode(unquote_to_bytes(path))
            new = repaired(file.read_bytes(), results)
            changed |= new != file.read_bytes()
            file.write_bytes(new)
        if not changed:
            break
    by_sarif = {file.name: file.read_bytes() for file in news.iterdir()}
    os.chdir(other)
    main(["--fix", "--quiet"])
    by_fix = {file.name: file.read_bytes() for file in (other / "_news").iterdir()}
    assert by_sarif == by_fix
    assert sum(by_fix[name] != before[name] for name in before) > 15
