"""The exit status, as a table: what is in the file, what is asked for, which severity fails, who mutes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from feedlint.cli import main
from feedlint.rules import OF_NO_RECORD, RULES
from tests import git_support
from tests.support import ARTICLE, file_text, findings, overlay, put, read

KINDS = {
    "clean": ARTICLE,
    "info": ARTICLE.replace('webUrl: "https:', 'webUrl: "http:', 1),
    "warning": overlay('title: "Harbour council  approves the new tram line"'),
    "warning, safe fix": overlay('excerpt: "The vote ends four years of debate &amp; of doubt about a tram."'),
    "error, safe fix": overlay('title: "Harbour councilâ€™s new tram line"'),
    "error, unsafe fix": ARTICLE.replace("\nexcerpt", '\ntitle: "Another title"\nexcerpt', 1),
    "error": ARTICLE.replace("2020-12-08T21:40:00Z", "yesterday"),
    "unreadable": "---\n- a list\n---\n",
}
CODES = {
    "info": "UR003",
    "warning": "TX002",
    "warning, safe fix": "TX003",
    "error, safe fix": "TX001",
    "error, unsafe fix": "YA002",
    "error": "DT001",
    "unreadable": "YA003",
}
FAIL_ON: tuple[list[str], ...] = ([], ["--fail-on", "error"], ["--fail-on", "warning"], ["--fail-on", "info"])
# The status for each of FAIL_ON, in order.
TABLE = """
                    | check   | --fix   | --fix --unsafe-fixes | --diff  | --diff --unsafe-fixes
clean               | 0 0 0 0 | 0 0 0 0 | 0 0 0 0              | 0 0 0 0 | 0 0 0 0
info                | 0 0 0 1 | 0 0 0 1 | 0 0 0 1              | 0 0 0 1 | 0 0 0 1
warning             | 1 0 1 1 | 1 0 1 1 | 1 0 1 1              | 1 0 1 1 | 1 0 1 1
warning, safe fix   | 1 0 1 1 | 0 0 0 0 | 0 0 0 0              | 1 1 1 1 | 1 1 1 1
error, safe fix     | 1 1 1 1 | 0 0 0 0 | 0 0 0 0              | 1 1 1 1 | 1 1 1 1
error, unsafe fix   | 1 1 1 1 | 1 1 1 1 | 0 0 0 0              | 1 1 1 1 | 1 1 1 1
error               | 1 1 1 1 | 1 1 1 1 | 1 1 1 1              | 1 1 1 1 | 1 1 1 1
unreadable          | 1 1 1 1 | 1 1 1 1 | 1 1 1 1              | 1 1 1 1 | 1 1 1 1
"""


def _cases() -> list[tuple[str, list[str], list[str], int]]:
    head, *rows = (line.split("|") for line in TABLE.strip("\n").splitlines())
    return [
        (kind.strip(), [] if mode.strip() == "check" else mode.split(), fail_on, int(status))
        for kind, *cells in rows
        for mode, cell in zip(head[1:], cells, strict=True)
        for fail_on, status in zip(FAIL_ON, cell.split(), strict=True)
    ]


CASES = [pytest.param(*case, id=" ".join([case[0], *case[1], *case[2]])) for case in _cases()]


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_config.yml").write_text("url: https://feed.example\n", encoding="utf-8")
    (tmp_path / "_news").mkdir()
    return tmp_path


def test_the_table_is_whole() -> None:
    assert len(CASES) == len(KINDS) * 5 * len(FAIL_ON)


@pytest.mark.parametrize(("kind", "mode", "fail_on", "status"), CASES)
def test_findings(feed: Path, kind: str, mode: list[str], fail_on: list[str], status: int) -> None:
    put(feed, KINDS[kind])
    assert main([*mode, *fail_on]) == status


@pytest.mark.parametrize(("kind", "mode", "fail_on", "status"), CASES)
def test_known_findings_pass(feed: Path, kind: str, mode: list[str], fail_on: list[str], status: int) -> None:
    file = put(feed, KINDS[kind])
    assert main(["--write-baseline", "--baseline", "known.txt"]) == 0
    assert main([*mode, *fail_on, "--baseline", "known.txt"]) == 0
    assert file.read_bytes() == KINDS[kind].encode()
    (feed / "feedlint.toml").write_text('baseline = "known.txt"\n', encoding="utf-8")
    assert main([*mode, *fail_on]) == 0
    assert main([*mode, *fail_on, "--no-baseline"]) == status


@pytest.mark.parametrize(("kind", "mode", "fail_on", "status"), CASES)
def test_what_a_comment_mutes_passes_where_there_is_a_record(
    feed: Path, kind: str, mode: list[str], fail_on: list[str], status: int
) -> None:
    code = CODES.get(kind)
    text = KINDS[kind].replace("---\n", f"---\n# feedlint: ignore-file[{code}] a test\n", 1) if code else KINDS[kind]
    file = put(feed, text)
    assert main([*mode, *fail_on]) == (status if kind == "unreadable" else 0)
    assert file.read_bytes() == text.encode()


SELECTED = ("--select", "TX", "--extend-select", "FM007")


@pytest.mark.parametrize("mode", [[], ["--fix"], ["--diff"]])
@pytest.mark.parametrize("option", [["--baseline", "known.txt"], ["--since", "HEAD", "--new-only"]])
def test_what_is_known_of_a_line_does_not_excuse_the_file(
    feed: Path,
    mode: list[str],
    option: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "\ufeff" + overlay('title: "The harbour  caf? is open"')
    put(feed, text)
    git_support.isolate(monkeypatch)
    git_support.new(feed)
    git_support.commit(feed)
    assert main(["--write-baseline", "--baseline", "known.txt", *SELECTED]) == 0
    put(feed, text.replace("type: article", 'type: "article'))  # which no rule that is chosen speaks of
    capsys.readouterr()
    assert main([*mode, *option, *SELECTED]) == 1
    out = "".join(capsys.readouterr())
    assert "_news/a.md: error: no record can be read in the file\n" in out
    assert "Found nothing new in 1 file, 1 unreadable." in out
    assert main([*option, "--write-baseline", "--baseline", "known.txt"]) == 0
    assert main(["--baseline", "known.txt"]) == 0


def test_a_file_without_a_record_fails_however_grave_its_rule_is(
    feed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(feed, KINDS["unreadable"])
    (feed / "feedlint.toml").write_text('severity.YA003 = "info"\n', encoding="utf-8")
    assert main(["--output-format", "concise"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("_news/a.md:2:1: YA003 ")
    assert said[1] == "_news/a.md: error: no record can be read in the file"


def test_some_rule_says_why_there_is_no_record() -> None:
    for rule in RULES:
        for example in rule.examples:
            text = file_text(example, example.bad)
            if example.bad and read(text, example.path).root is None:
                assert {finding.code for finding in findings(text, example.path)} & OF_NO_RECORD, text


@pytest.mark.parametrize("mode", [[], ["--fix"], ["--diff"], ["--statistics"], ["--show-files"], ["--write-baseline"]])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feedlint.toml", 'selct = ["TX"]\n'),
        ("feedlint.toml", "select = [\n"),
        ("feedlint.toml", 'baseline = "nowhere.txt"\n'),
        ("feedlint.toml", 'schemas = ["nowhere.json"]\n'),
        ("pyproject.toml", "[tool.feedlint]\nfail-on = true\n"),
    ],
)
def test_a_bad_configuration_is_2_and_nothing_is_written(feed: Path, mode: list[str], name: str, text: str) -> None:
    file = put(feed, KINDS["error, safe fix"])
    (feed / name).write_text(text, encoding="utf-8")
    if "nowhere.txt" in text and mode in (["--write-baseline"], ["--show-files"]):
        assert main(mode) == 0  # one makes it, the other does not need it
    else:
        assert main(mode) == 2
    assert file.read_bytes() == KINDS["error, safe fix"].encode()


@pytest.mark.parametrize("mode", [[], ["--fix"], ["--diff"]])
def test_what_could_not_be_done_outweighs_findings(feed: Path, mode: list[str]) -> None:
    put(feed, KINDS["error"])
    (feed / "_news" / "b.md").symlink_to("nowhere")
    assert main(mode) == 2
    assert main([*mode, "--fail-on", "error"]) == 2


# --- a run that is stopped ---------------------------------------------------------------------------------


def start(feed: Path, *argv: str, program: Sequence[str] = ("-m", "feedlint")) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, *program, *argv]
    return subprocess.Popen(command, cwd=feed, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def many(feed: Path, number: int) -> None:
    for index in range(number):
        put(feed, KINDS["error, safe fix"], f"_news/{index:05}.md")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("mode", [[], ["--fix"], ["--diff"]])
def test_interrupt_is_130_and_every_file_is_whole(feed: Path, mode: list[str]) -> None:
    many(feed, 3000)
    script = "from feedlint.cli import run; print('ready', flush=True); run()"
    process = start(feed, *mode, program=["-c", script])
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    texts = {file.read_text(encoding="utf-8") for file in (feed / "_news").iterdir()}
    old, new = KINDS["error, safe fix"], KINDS["error, safe fix"].replace("â€™", "’")
    assert texts <= {old, new}
    assert mode == ["--fix"] or texts == {old}


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize("form", ["full", "concise", "json", "jsonl", "github", "gitlab", "junit", "markdown", "sarif"])
def test_a_reader_that_goes_away_is_2_without_a_word(feed: Path, form: str) -> None:
    many(feed, 300)
    with start(feed, "--output-format", form) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert process.returncode == 2
    assert errors == b""


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("{} >&-", 1),
        ("{} 2>&-", 1),
        ("{} <&- >&- 2>&-", 1),
        ("{} rule >&-", 0),
        ("{} nowhere 2>&-", 2),
        ("{} - <&-", 1),
        ("{} --output-format json=out.json >&-", 1),
    ],
)
def test_closed_streams_do_not_change_the_status(feed: Path, command: str, status: int) -> None:
    put(feed, KINDS["error"])
    result = shell(feed, command)
    assert result.returncode == status, result
    assert b"Traceback" not in result.stdout + result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
@pytest.mark.parametrize("command", ["{} >/dev/full", "{} >/dev/full 2>&1", "{} rule >/dev/full", "{} no 2>/dev/full"])
def test_what_cannot_be_written_is_2(feed: Path, command: str) -> None:
    put(feed, KINDS["error"])
    result = shell(feed, command)
    assert result.returncode == 2, result
    assert b"Traceback" not in result.stderr


def shell(feed: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "FEEDLINT_PYTHON": sys.executable}
    script = command.format('"$FEEDLINT_PYTHON" -m feedlint')
    return subprocess.run(["sh", "-c", script], cwd=feed, env=environment, capture_output=True, check=False)
