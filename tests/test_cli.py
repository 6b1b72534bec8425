"""The command line: what it prints, what it writes, and its exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feedlint import __version__, lint_text
from feedlint.cli import main
from feedlint.config import Settings
from feedlint.engine import Engine
from feedlint.rules import RULES
from tests.support import ARTICLE, put

MOJIBAKE = ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan")
REPAIRED = ARTICLE.replace("Harbour council", "Harbour council’s plan")
TWO_TITLES = ARTICLE.replace("\nexcerpt", '\ntitle: "Another title"\nexcerpt', 1)


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "_config.yml").write_text("url: https://feed.example\n", encoding="utf-8")
    (tmp_path / "_news").mkdir()
    return tmp_path


def run(*argv: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
    return subprocess.run(
        [sys.executable, "-m", "feedlint", *argv], input=stdin, capture_output=True, check=False, env=environment
    )


# --- exit status -------------------------------------------------------------------------------------------

SAFE_BUG, UNSAFE_BUG, NO_FIX_BUG = MOJIBAKE, TWO_TITLES, ARTICLE.replace("2020-12-08T21:40:00Z", "yesterday")


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (ARTICLE, [], 0),
        (ARTICLE, ["--fix"], 0),
        (ARTICLE, ["--diff"], 0),
        (SAFE_BUG, [], 1),
        (SAFE_BUG, ["--fix"], 0),
        (SAFE_BUG, ["--diff"], 1),
        (SAFE_BUG, ["--ignore", "TX"], 0),
        (SAFE_BUG, ["--select", "FM"], 0),
        (SAFE_BUG, ["--quiet"], 1),
        (SAFE_BUG, ["--statistics"], 1),
        (SAFE_BUG, ["--output-format", "json"], 1),
        (UNSAFE_BUG, ["--fix"], 1),
        (UNSAFE_BUG, ["--diff"], 1),
        (UNSAFE_BUG, ["--fix", "--unsafe-fixes"], 0),
        (UNSAFE_BUG, ["--diff", "--unsafe-fixes"], 1),
        (NO_FIX_BUG, ["--fix"], 1),
        (NO_FIX_BUG, ["--diff"], 1),
        ("", ["--fix"], 1),
        ("", ["--select", "TX"], 1),
    ],
)
def test_exit_status(
    feed: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], status: int
) -> None:
    put(feed, text)
    assert main(options) == status
    assert "error:" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["--select", "TX01"], "no rule 'TX01', did you mean 'TX001'?"),
        (["--ignore", "mojibak"], "no rule 'mojibak', did you mean 'mojibake'?"),
        (["--unsafe-fixes"], "--unsafe-fixes needs --fix or --diff"),
        (["--fix", "--diff"], "--fix writes and --diff does not: choose one"),
        (["--stdin-filename", "a.md"], '--stdin-filename goes with "-"'),
        (["-", "a.md"], '"-" goes alone'),
        (["--output-file", "no/such/folder.txt"], "cannot write no/such/folder.txt: No such file or directory"),
        (["--select", ""], "a rule to select or to ignore is empty: name one, or leave the option out"),
        (["--ignore", "TX,"], "a rule to select or to ignore is empty: name one, or leave the option out"),
        (["--output-file", "_news/a.md"], "_news/a.md is one of the files to check: write the findings elsewhere"),
        (["rule", "TX01"], "no rule 'TX01', did you mean 'TX001'?"),
        (["rule", "TX999"], "no rule 'TX999'\n"),  # as little like one as like another
        (
            ["schema", "artikel"],
            "no schema 'artikel': there are article, community, config, learning, organization, person, report,",
        ),
    ],
)
def test_what_cannot_be_done_is_status_2(
    feed: Path, capsys: pytest.CaptureFixture[str], argv: list[str], message: str
) -> None:
    put(feed, ARTICLE)
    assert main(argv) == 2
    assert capsys.readouterr().err.startswith(f"feedlint: error: {message}")
    assert (feed / "_news" / "a.md").read_bytes() == ARTICLE.encode()


def test_wrong_usage_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--no-such-option"])
    assert stopped.value.code == 2
    assert "--no-such-option" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_status_2_and_the_others_are_checked(
    feed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(feed, MOJIBAKE)
    (feed / "_news" / "b.md").mkdir()
    assert main(["_news/a.md", "_news/b.md", "--output-format", "concise"]) == 1  # a folder, so: what is in it
    (feed / "_news" / "c.md").symlink_to("nowhere")
    assert main(["--output-format", "concise"]) == 2
    output = capsys.readouterr().out
    assert "_news/a.md:3:24: TX001" in output.replace(os.sep, "/")
    assert "c.md" in output


def test_no_feed_files_is_said(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().err == "feedlint: warning: no feed files found\n"


# --- fixing ------------------------------------------------------------------------------------------------


def test_fix_writes_and_a_second_time_changes_nothing(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(feed, MOJIBAKE.replace("\n", "\r\n"))
    assert main(["--fix"]) == 0
    assert file.read_bytes() == REPAIRED.replace("\n", "\r\n").encode()
    assert "Fixed 1 finding in 1 file" in capsys.readouterr().out
    stamp = file.stat()
    assert main(["--fix"]) == 0
    assert file.stat().st_mtime_ns == stamp.st_mtime_ns
    assert "Fixed" not in capsys.readouterr().out


def test_diff_shows_the_lines_and_writes_nothing(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(feed, MOJIBAKE)
    assert main(["--diff"]) == 1
    output = capsys.readouterr().out
    assert [line for line in output.splitlines() if line[:1] in "+-"] == [
        "--- _news/a.md",
        "+++ _news/a.md",
        '-title: "Harbour councilâ€™s plan approves the new tram line"',
        '+title: "Harbour council’s plan approves the new tram line"',
    ]
    assert file.read_bytes() == MOJIBAKE.encode()


def test_the_diff_can_be_applied(feed: Path) -> None:
    file = put(feed, MOJIBAKE.replace("\n", "\r\n"))
    put(feed, "no record", "_news/b.md")
    patch = run(".", "--diff").stdout
    subprocess.run(["git", "apply", "-p0", "-"], cwd=feed, input=patch, check=True)
    assert file.read_bytes() == REPAIRED.replace("\n", "\r\n").encode()


def test_unsafe_fixes_are_counted_but_not_made(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(feed, TWO_TITLES)
    assert main(["--fix"]) == 1
    assert file.read_bytes() == TWO_TITLES.encode()
    assert "--unsafe-fixes" in capsys.readouterr().out
    assert main(["--fix", "--unsafe-fixes"]) == 0
    assert file.read_text(encoding="utf-8").count("\ntitle:") == 1


# --- what is run and shown ---------------------------------------------------------------------------------


def test_select_extend_select_and_ignore(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, "\ufeff" + MOJIBAKE.replace("2020-12-08T21:40:00Z", "yesterday"))

    def codes(*options: str) -> list[str]:
        main([*options, "--output-format", "concise", "--quiet"])
        return [line.split()[1] for line in capsys.readouterr().out.splitlines()]

    assert codes() == ["FM007", "TX001", "DT001"]
    assert codes("--select", "TX,DT001") == ["TX001", "DT001"]
    assert codes("--select", "mojibake") == ["TX001"]
    assert codes("--select", "FM", "--extend-select", "date-format") == ["FM007", "DT001"]
    assert codes("--ignore", "TX", "--ignore", "FM007") == ["DT001"]
    assert codes("--ignore", "TX", "--extend-select", "TX001") == ["FM007", "TX001", "DT001"]
    assert codes("--select", "ALL", "--ignore", "DT") == ["FM007", "TX001"]
    assert codes("--select", "all", "--ignore", "dt") == ["FM007", "TX001"]
    assert codes("--select", "TX001,FM007", "--ignore", "TX001") == ["FM007"]


def test_show_files(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, "broken")
    put(feed, "text", "about.md")
    put(feed, ARTICLE, "seeds/b.md")
    assert main(["--show-files"]) == 0
    assert capsys.readouterr().out.replace(os.sep, "/") == "_news/a.md\nseeds/b.md\n"


def test_a_readme_is_passed_over_even_when_named(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, "# About\n\nText\n", "README.md")
    put(feed, ARTICLE)
    assert main(["README.md", "_news/a.md"]) == 0
    assert "note: README.md is a README, passed over" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="pipes have no name there")
def test_a_readme_that_is_a_pipe_is_not_waited_for(feed: Path) -> None:
    os.mkfifo(feed / "README.md")
    argv = [sys.executable, "-m", "feedlint", "README.md"]
    result = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stdout) == (0, "No files checked.\n")


def test_statistics(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, "\ufeff" + MOJIBAKE)
    put(feed, MOJIBAKE, "_news/b.md")
    assert main(["--statistics"]) == 1
    assert capsys.readouterr().out == (
        "count  fixable  files  code   name\n"
        "    2        2      2  TX001  mojibake\n"
        "    1        1      1  FM007  byte-order-mark\n"
        "    1        0      1  XR001  duplicate-url\n"
    )


def test_output_file(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, MOJIBAKE)
    assert main(["--output-format", "json", "--output-file", "out.json"]) == 1
    assert capsys.readouterr().out == ""
    written = json.loads((feed / "out.json").read_text())
    assert [d["code"] for file in written["files"] for d in file["diagnostics"]] == ["TX001"]


@pytest.mark.parametrize(
    ("environment", "options", "colored"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
    ],
)
def test_color(
    feed: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    options: list[str],
    colored: bool,
) -> None:
    put(feed, MOJIBAKE)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(options)
    assert ("\x1b[" in capsys.readouterr().out) == colored


# --- standard input ----------------------------------------------------------------------------------------


def test_stdin_is_checked_under_the_name_given() -> None:
    result = run(
        "-", "--stdin-filename", "_news/x.md", "--output-format", "concise", "--quiet", stdin=MOJIBAKE.encode()
    )
    assert result.returncode == 1
    assert result.stdout.decode().startswith("_news/x.md:3:24: TX001 ")


def test_stdin_fixed_goes_to_stdout_byte_for_byte() -> None:
    data = MOJIBAKE.replace("\n", "\r\n").encode()
    result = run("-", "--fix", stdin=data)
    assert (result.returncode, result.stdout) == (0, REPAIRED.replace("\n", "\r\n").encode())
    assert b"Fixed 1 finding" in result.stderr


def test_stdin_that_cannot_be_fixed_comes_out_as_it_went_in() -> None:
    data = b"\xff\xfe\x00garbage"
    result = run("-", "--fix", stdin=data)
    assert (result.returncode, result.stdout) == (1, data)


def test_stdin_diff() -> None:
    result = run("-", "--diff", "--stdin-filename", "a.md", stdin=MOJIBAKE.encode())
    assert result.returncode == 1
    assert '+title: "Harbour council’s plan'.encode() in result.stdout


@pytest.mark.parametrize("output", ["full", "concise", "github", "gitlab", "junit", "markdown", "sarif"])
def test_a_run_that_fails_says_why_whatever_was_chosen(
    feed: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    put(feed, "")
    assert main([".", "--select", "FL", "--quiet", "--output-format", output]) == 1
    assert "no record can be read in the file" in capsys.readouterr().out


# --- rule, schema, help ------------------------------------------------------------------------------------


def test_rule_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in RULES]


def test_rule_lists_a_family(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "dt"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "DT001", "DT002", "DT003", "DT004", "DT005"
    ]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_explains_one_by_code_or_name(capsys: pytest.CaptureFixture[str], rule) -> None:  # type: ignore[no-untyped-def]
    assert main(["rule", rule.code.lower()]) == 0
    by_code = capsys.readouterr().out
    assert main(["rule", rule.name]) == 0
    assert capsys.readouterr().out == by_code
    assert by_code.startswith(f"# {rule.name} ({rule.code})\n")
    for part in ("## Why", "## Examples", rule.summary):
        assert part in by_code
    assert not any(ord(char) < 32 and char != "\n" for char in by_code)


def test_rule_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "UR005", "--output-format", "json"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)
    keys = ("code", "name", "family", "severity", "default", "sees", "fixable", "fix_safety")
    assert [rule[key] for key in keys] == [
        "UR005", "cdn-amp-mismatch", "UR", "error", True, "record", "always", ["safe", "unsafe"]
    ]  # fmt: skip
    assert rule["documentation"].startswith(rule["summary"])
    assert {"path", "good", "bad", "fixed", "fix_safety", "files"} <= set(rule["examples"][0])
    assert main(["rule", "--output-format", "json"]) == 0
    assert [rule["code"] for rule in json.loads(capsys.readouterr().out)] == [rule.code for rule in RULES]


def test_schema_prints_what_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "article"]) == 0
    published = Path(__file__).parent.parent / "schemas" / "article.schema.json"
    assert capsys.readouterr().out == published.read_text(encoding="utf-8")
    assert main(["schema"]) == 0
    assert "article\n" in capsys.readouterr().out


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option, text in (("--version", f"feedlint {__version__}\n"), ("--help", "exit status:")):
        with pytest.raises(SystemExit) as stopped:
            main([option])
        assert stopped.value.code == 0
        assert text in capsys.readouterr().out


# --- as a program ------------------------------------------------------------------------------------------


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize(("argv", "unbuffered"), [(["."], "1"), (["."], ""), (["rule"], "1"), (["schema"], "")])
def test_standard_output_that_is_full_is_said(feed: Path, argv: list[str], unbuffered: str) -> None:
    put(feed, MOJIBAKE)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": unbuffered}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "feedlint", *argv],
            stdout=full, stderr=subprocess.PIPE, env=environment, check=False,
        )  # fmt: skip
    assert done.stderr == b"feedlint: error: cannot write to standard output: No space left on device\n"
    assert done.returncode == 2


def test_a_reader_that_goes_away_is_no_traceback(feed: Path) -> None:
    for number in range(200):
        put(feed, MOJIBAKE, f"_news/{number}.md")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    process = subprocess.Popen(
        [sys.executable, "-m", "feedlint", str(feed)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() != 0


def test_an_internal_error_is_said_and_is_status_2(
    feed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(feed, ARTICLE)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("feedlint.engine.Engine._glance_of", broken)
    assert main([]) == 2
    assert "internal error, please report it: ZeroDivisionError: oops" in capsys.readouterr().out


def test_progress_is_for_a_terminal_only(
    feed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedlint.cli.progress._PATIENCE", 0)
    monkeypatch.delenv("CI", raising=False)
    for number in range(3):
        put(feed, ARTICLE, f"_news/{number}.md")
    assert main(["--ignore", "XR001"]) == 0
    assert capsys.readouterr().err == ""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert main(["--ignore", "XR001"]) == 0
    assert "Checking" in terminal.getvalue()


# --- dates and schemas -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2021-03-02", "2021-03-02T00:00:00+00:00"),
        ("2021-03-02T08:00:00Z", "2021-03-02T08:00:00+00:00"),
        ("2021-03-02T08:00:00+02:00", "2021-03-02T06:00:00+00:00"),
    ],
)
def test_today(given: str, meant: str, feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(feed, ARTICLE)
    seen: list[Settings] = []

    class Spy(Engine):
        def __init__(self, settings_of: Callable[[str], Settings], *more: Any, **named: Any) -> None:
            seen.append(settings_of("_news/a.md"))
            super().__init__(settings_of, *more, **named)

    monkeypatch.setattr("feedlint.cli.check.Engine", Spy)
    assert main(["--today", given]) in (0, 1)
    assert [settings.today.isoformat() for settings in seen] == [meant]


def test_a_day_that_is_none(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as status:
        main(["--today", "tomorrow"])
    assert status.value.code == 2
    assert "--today: 'tomorrow' is no date: write 2021-03-02, or 2021-03-02T08:00:00Z" in capsys.readouterr().err


STORY = """\
{
  "x-feedlint-role": "record",
  "x-feedlint-collections": ["_stories"],
  "type": "object",
  "properties": {
    "headline": {"$ref": "article.schema.json#/$defs/title"},
    "appeared": {"type": "string", "x-feedlint-role": "date"},
    "page": {"type": "string", "x-feedlint-role": "web-url"},
    "amp": {"type": "string", "x-feedlint-role": "amp-url"},
    "cached": {"type": "string", "x-feedlint-role": "cdn-amp-url"}
  },
  "required": ["headline"],
  "additionalProperties": false
}
"""


def test_a_feed_with_other_names_brings_its_schema(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (feed / "story.schema.json").write_text(STORY, encoding="utf-8")
    text = (
        '---\nheadline: "Baltimoreâ€™s trams"\nappeared: 2020-12-08T22:40:00+01:00\n'
        'page: "https:/www.example.com/a b"\n'
        'amp: "https://www.example.com/amp"\nsubline: "A"\n---\n'
    )
    put(feed, text, "_stories/a.md")
    assert main(["--output-format", "concise"]) == 0  # none of the names says anything
    assert "no schema" in capsys.readouterr().out
    assert main(["--schema", "story.schema.json", "--output-format", "concise", "--quiet"]) == 1
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == [
        "TX001", "DT001", "UR001", "UR002", "UR006", "SC002"
    ]  # fmt: skip
    assert main(["--schema", "story.schema.json", "--fix", "--quiet"]) == 1
    assert (feed / "_stories/a.md").read_text(encoding="utf-8") == (
        '---\nheadline: "Baltimore’s trams"\nappeared: 2020-12-08T21:40:00Z\npage: "https://www.example.com/a%20b"\n'
        'amp: "https://www.example.com/amp"\n'
        'cached: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/amp"\nsubline: "A"\n---\n'
    )


def test_a_schema_that_cannot_be_used(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (feed / "story.schema.json").write_text("{", encoding="utf-8")
    assert main(["--schema", "story.schema.json"]) == 2
    assert capsys.readouterr().err.startswith("feedlint: error: --schema: story.schema.json: it is not JSON: ")


# --- data files, and files that do not parse -------------------------------------------------------------------

TOPIC = 'taxonomy: topic\n_id: trams\nname: "Baltimoreâ€™s trams"\nservices:\n  news: https://feed.example/api/trams/\n'


def test_the_data_of_a_site_is_checked(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, TOPIC, "_data/topics/a.yaml")
    put(feed, "no: record", "_data/other.yaml")
    put(feed, "no: record", "_config.yaml")
    put(feed, "no: record", "_news/a.yaml")
    assert main(["--show-files"]) == 0
    assert capsys.readouterr().out == "_data/topics/a.yaml\n"
    assert main(["--output-format", "concise"]) == 1
    assert capsys.readouterr().out == (
        '_data/topics/a.yaml:3:17: TX001 name has mojibake: "â€™" should be "’" (UTF-8 read as windows-1252) [*]\n'
        "Found 1 error in 1 of 1 file (1 fixable with --fix).\n"
    )
    assert main(["--fix"]) == 0
    assert (feed / "_data/topics/a.yaml").read_text(encoding="utf-8") == TOPIC.replace("â€™", "’")


def test_what_can_be_read_of_a_broken_record_is_checked(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = MOJIBAKE.replace("type: article", 'type: "article').replace("T21:40:00Z", "T21:40:00+01:00")
    put(feed, broken)
    assert main(["--output-format", "concise"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[:3]] == ["TX001", "DT001", "YA001"]
    assert "[*]" not in lines[0]  # nothing could prove it
    assert "no record can be read, so these rules could not run: SC, " in lines[3]
    assert main(["--fix", "--unsafe-fixes", "--quiet"]) == 0


def test_a_rule_that_is_off_runs_where_it_is_chosen(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, ARTICLE.replace("Harbour council", "Harbour cafe\u0301"))
    for options, told in (([], False), (["--extend-select", "TX009"], True), (["--select", "TX"], True)):
        assert main([*options, "--output-format", "concise"]) == 0  # it is for information
        assert ("TX009" in capsys.readouterr().out) is told


@pytest.mark.skipif(os.name == "nt", reason="names that Windows has not")
def test_a_file_may_be_called_as_what_is_no_file(
    feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The schema, the configuration, the pictures and the path of a file do not depend on how its name begins."""
    text = ARTICLE.replace("category: news", "category: novelty")
    names = ["<feed>/_news/a.md", "<feed/_news/<stdin>"]
    for name in names:
        put(feed, text, name)
        put(feed, "url: https://feed.example\n", f"{name.partition('/')[0]}/_config.yml")
        put(feed, 'severity = {SC004 = "info"}\n', f"{name.partition('/')[0]}/feedlint.toml")
    for name in names:
        assert main([name, "--output-format", "concise", "-q"]) == 0
        assert capsys.readouterr().out.startswith(f"{name}:2:11: SC004 category")
    monkeypatch.chdir(feed / "<feed" / "_news")
    assert main(["<stdin>", "--output-format", "concise", "-q"]) == 0
    assert capsys.readouterr().out.startswith("<stdin>:2:11: SC004 category")
    assert main(["<stdin>", "--output-format", "json", "--fail-on", "info"]) == 1
    assert json.loads(capsys.readouterr().out)["files"][0]["schema"] == "article"
    assert main(["<stdin>", "--output-format", "gitlab", "--fail-on", "info"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["location"]["path"] == "<stdin>"
    (feed / ".git").mkdir()
    assert main(["<stdin>", "--output-format", "gitlab", "--fail-on", "info"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["location"]["path"] == "<feed/_news/<stdin>"


def test_what_is_no_file_is_in_no_repository(feed: Path) -> None:
    (feed / "pictures").mkdir()
    text = ARTICLE.replace("https://img.example.com/tram.jpg", "/pictures/none.png")
    assert "IM003" in [each.code for each in lint_text(text, "_news/a.md")]
    assert "IM003" not in [each.code for each in lint_text(text)]
    assert b"IM003" not in run("-", stdin=text.encode()).stdout
