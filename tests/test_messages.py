"""What a person gets to read: formats in files, the summary, statistics, colours, links, progress, interrupts, help."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from feedlint.cli import COMMANDS, main, output
from feedlint.cli.options import parser
from feedlint.diagnostic import UNSAFE, Diagnostic, Edit, Fix, Mute, Severity
from feedlint.formats import FORMATS, links, statistics
from feedlint.formats.summary import summary
from feedlint.report import FileReport, Report
from feedlint.source import Span
from tests.support import ARTICLE

ROOT = Path(__file__).parent.parent
MOJIBAKE = ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan")
CONCISE = (
    '_news/a.md:3:24: TX001 title has mojibake: "â€™" should be "’" (UTF-8 read as windows-1252) [*]\n'
    "Found 1 error in 1 of 1 file (1 fixable with --fix).\n"
)
OUTCOME = "Found 1 error in 1 of 1 file (1 fixable with --fix).\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "CI"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "_news").mkdir()
    (tmp_path / "_news" / "a.md").write_bytes(MOJIBAKE.encode())
    return tmp_path


def program(*argv: str, code: str = "", **more: object) -> subprocess.Popen[bytes]:
    """Start the program, after the Python *code*, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    start = f"import sys; from feedlint.cli import run\n{code}\nsys.argv = {['feedlint', *argv]!r}; run()"
    return subprocess.Popen([sys.executable, "-c", start], env=environment, **more)  # type: ignore[call-overload,no-any-return]


# --- several formats ---------------------------------------------------------------------------------------


def test_several_formats_in_one_run(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-format", "concise", "--output-format", "json=the report.json"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == (CONCISE, "")
    written = json.loads((feed / "the report.json").read_text(encoding="ascii"))
    assert [d["code"] for file in written["files"] for d in file["diagnostics"]] == ["TX001"]


def test_where_all_goes_to_files_the_summary_is_said(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-format", "json=a.json", "--output-format", "concise=été.txt"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", OUTCOME)
    assert (feed / "été.txt").read_bytes() == CONCISE.encode()
    assert main(["--output-format", "concise", "--output-file", "b.txt", "--quiet"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "")
    assert (feed / "b.txt").read_bytes() == CONCISE.partition("Found")[0].encode()


def test_output_file_is_for_the_format_without_one(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--output-format", "json=a.json", "--output-format", "concise", "--output-file", "b.txt"]
    assert main(options) == 1
    assert capsys.readouterr().out == ""
    assert (feed / "b.txt").read_bytes() == CONCISE.encode()
    assert json.loads((feed / "a.json").read_text())["version"] == 1


def test_diff_and_a_report(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--diff", "--output-format", "json=a.json"]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("--- _news/a.md\n+++ _news/a.md\n")
    assert shown.err == "Would fix 1 finding in 1 file; the file would be clean.\n"
    assert json.loads((feed / "a.json").read_text())["summary"]["fixed"] == 1


def test_statistics_and_a_report(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--statistics", "--output-format", "concise=a.txt"]) == 1
    shown = capsys.readouterr()
    assert shown.out == "count  fixable  files  code   name\n    1        1      1  TX001  mojibake\n"
    assert shown.err == OUTCOME
    assert (feed / "a.txt").read_bytes() == CONCISE.encode()


def test_standard_input_and_a_report(feed: Path) -> None:
    argv = ["-", "--fix", "--stdin-filename", "_news/b.md", "--output-format", "json=a.json"]
    process = program(*argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate(MOJIBAKE.replace("\n", "\r\n").encode())
    assert process.returncode == 0
    assert out == MOJIBAKE.replace("â€™", "’").replace("\n", "\r\n").encode()
    assert err.splitlines() == [b"Fixed 1 finding in 1 file; the file is clean."]
    assert json.loads((feed / "a.json").read_text())["files"][0]["path"] == "_news/b.md"


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["xml"], f"no output format 'xml': there are {', '.join(FORMATS)}"),
        (["consice"], "no output format 'consice', did you mean 'concise'?"),
        (["JSON=x"], "no output format 'JSON', did you mean 'json'?"),
        (["json="], "--output-format json=: the name of the file is missing"),
        (
            ["full", "json"],
            "full and json cannot both go to standard output: give one a file, as in --output-format json=FILE",
        ),
        (["json=a.txt", "full=./a.txt"], "./a.txt is given for two formats: each needs a file of its own"),
        (
            ["json=_news/../_news/a.md"],
            "_news/../_news/a.md is one of the files to check: write the findings elsewhere",
        ),
        (["json=link"], "link is one of the files to check: write the findings elsewhere"),
        (["json=no/a.json"], "cannot write no/a.json: No such file or directory"),
        (["json=_news"], "cannot write _news: it is a folder"),
        (
            ["json=a.json", "--output-file=b.json"],
            "--output-file is for a format without a file of its own: there is none",
        ),
        (
            ["concise", "--statistics"],
            "--statistics needs standard output: give concise a file, as in --output-format concise=FILE",
        ),
        (["json", "--diff"], "--diff needs standard output: give json a file, as in --output-format json=FILE"),
    ],
)
def test_what_cannot_be_meant(feed: Path, capsys: pytest.CaptureFixture[str], argv: list[str], message: str) -> None:
    (feed / "link").symlink_to("_news/a.md")
    assert main([f"--output-format={part}" if part[0] != "-" else part for part in argv]) == 2
    assert capsys.readouterr().err == f"feedlint: error: {message}\n"
    assert (feed / "_news" / "a.md").read_bytes() == MOJIBAKE.encode()
    assert sorted(path.name for path in feed.iterdir()) == ["_news", "link"]


@pytest.mark.parametrize("argv", [["--output-file=-"], ["--output-format=concise=-"], ["--output-file", "/dev/stdout"]])
def test_standard_output_has_a_name(feed: Path, capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    assert main([*argv, "--quiet", *([] if "concise" in argv[0] else ["--output-format=concise"])]) == 1
    assert capsys.readouterr().out == CONCISE.removesuffix(OUTCOME)
    assert [path.name for path in feed.iterdir()] == ["_news"]


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="POSIX devices")
@pytest.mark.parametrize("number", [1, 2])
def test_what_is_in_an_open_file_stays(feed: Path, number: int) -> None:
    log = feed / "log.txt"
    log.write_text("before\n")
    with log.open("ab") as file:
        argv = ["--quiet", "--output-format", f"concise=/dev/fd/{number}"]
        assert program(*argv, stdout=file if number == 1 else None, stderr=file if number == 2 else None).wait() == 1
    assert log.read_text(encoding="utf-8") == "before\n" + CONCISE.removesuffix(OUTCOME)


def test_a_record_is_no_output_even_if_it_is_not_checked(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (feed / "_news" / "b.md").write_text(ARTICLE, encoding="utf-8")
    assert main(["--output-file", "_news/a.md", "_news/b.md"]) == 2  # what a shell makes of --output-file _news/*.md
    assert capsys.readouterr().err == (
        "feedlint: error: _news/a.md is a record of a feed: write the findings elsewhere\n"
    )
    assert (feed / "_news" / "a.md").read_bytes() == MOJIBAKE.encode()


def test_standard_input_is_not_written_over(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-", "--stdin-filename", "_news/a.md", "--output-file", "_news/a.md"]) == 2
    assert "is one of the files to check" in capsys.readouterr().err
    assert (feed / "_news" / "a.md").read_bytes() == MOJIBAKE.encode()


def test_a_file_is_written_whole_or_not_at_all(
    feed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = feed / "old.json"
    old.write_text("old")
    old.chmod(0o640)
    (feed / "link.json").symlink_to("old.json")

    def half(report: Report, stream: io.StringIO, **_: object) -> None:
        stream.write("half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setitem(FORMATS, "json", half)  # type: ignore[arg-type]
        assert main(["--output-format", "json=link.json", "--output-format", "concise=new.txt"]) == 2
    shown = capsys.readouterr()
    assert shown.err == f"{OUTCOME}feedlint: error: cannot write link.json: No space left on device\n"
    assert old.read_text() == "old"
    assert (feed / "new.txt").read_bytes() == CONCISE.encode()  # one that fails does not take the others with it
    assert main(["--output-format", "json=link.json", "--output-format", "concise=new.txt"]) == 1
    assert json.loads(old.read_text())["version"] == 1
    assert (feed / "link.json").is_symlink()
    assert sorted(path.name for path in feed.iterdir()) == ["_news", "link.json", "new.txt", "old.json"]
    if os.name == "posix":
        assert old.stat().st_mode & 0o777 == 0o640
        os.umask(umask := os.umask(0))
        assert (feed / "new.txt").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_a_device_is_written_to_not_replaced(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-file", "/dev/full"]) == 2
    assert capsys.readouterr().err.endswith("feedlint: error: cannot write /dev/full: No space left on device\n")
    assert main(["--output-file", "/dev/null"]) == 1
    assert not os.path.isfile("/dev/null")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("option", ["--statistics", "--diff", "--quiet"])
def test_standard_output_that_is_full_is_said_once(feed: Path, option: str) -> None:
    with open("/dev/full", "wb") as full:
        process = program(option, stdout=full, stderr=subprocess.PIPE)
        _, err = process.communicate()
    assert err == b"feedlint: error: cannot write to standard output: No space left on device\n"
    assert process.returncode == 2


# --- summary -----------------------------------------------------------------------------------------------

FIX = Fix("Write it so", (Edit(Span(0, 1), "b"),))
KNOWN, IGNORED, OLD = Mute("baseline"), Mute("comment"), Mute("revision")


def found(code: str, fix: Fix | None = None, mute: Mute | None = None) -> Diagnostic:
    return Diagnostic(Span(0, 1), "is wrong", fix, code=code, muted=mute)


def report(*diagnostics: Diagnostic, clean: int = 0, notes: tuple[str, ...] = (), **more: bool) -> Report:
    files = [FileReport("_news/a.md", diagnostics, "a\n", schema="article")]
    files += [FileReport(f"_news/{n}.md", schema="article") for n in range(clean)]
    return Report(files, notes=notes, **more)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            report(found("TX001", mute=KNOWN)),
            ["1 finding is known from the baseline.", "Found nothing new in 1 file."],
        ),
        (
            report(found("TX001", mute=IGNORED), found("TX001", mute=IGNORED), clean=1),
            ["2 findings are ignored by comments.", "Found nothing else in 2 files."],
        ),
        (
            report(*[found("TX001", mute=KNOWN)] * 12, *[found("DT001", mute=OLD)] * 5, found("UR001", mute=IGNORED)),
            [
                "12 findings are known from the baseline, 1 ignored by comments, 5 not new.",
                "Found nothing new in 1 file.",
            ],
        ),
        (
            report(found("TX001", mute=OLD), found("TX002"), notes=("Said of the run.", "::error::x\x1b[2J"), clean=2),
            ["Said of the run.", "./::error::x\\x1b[2J", "1 finding is not new.", "Found 1 error in 1 of 3 files."],
        ),
        (report(notes=("Said of the run.",), clean=1), ["Said of the run.", "All 2 files are clean."]),
    ],
)
def test_what_is_muted_is_said(given: Report, expected: list[str]) -> None:
    assert summary(given) == expected


def test_under_diff_what_is_muted_is_not_called_clean() -> None:
    file = report(found("TX001", mute=KNOWN)).files[0]
    file.fixed["TX003"] = 2
    assert summary(Report([file]))[-1] == "Would fix 2 findings in 1 file; would leave nothing new in 1 file."
    assert summary(Report([file], wrote=True))[-1] == "Fixed 2 findings in 1 file; found nothing new in 1 file."


MANY = [
    *[found("TX001", FIX)] * 118, *[found("TX001", replace(FIX, safety=UNSAFE))] * 2, *[found("XR001")] * 43,
    *[found("TX007", FIX)] * 8, found("DT001"), *[found("UR001")] * 2, *[found("UR002")] * 2, *[found("XX001")] * 3,
    *[found("UR003", mute=KNOWN)] * 500,
]  # fmt: skip


def test_many_findings_are_counted_by_rule() -> None:
    assert summary(report(*MANY))[:-1] == [
        "120  TX001  mojibake       118 fixable",
        " 43  XR001  duplicate-url",
        "  8  TX007  whitespace     8 fixable",
        "  3  XX001",
        "  2  UR001  invalid-url",
        "  3  of 2 other rules: --statistics counts them",
        "500 findings are known from the baseline.",
    ]
    without_last = [diagnostic for diagnostic in MANY if diagnostic.code not in ("DT001", "UR003")]
    assert summary(report(*without_last, unsafe_fixes=True))[0] == "120  TX001  mojibake       120 fixable"
    assert summary(report(*without_last))[5:] == [  # no row for what would take a row
        "  2  UR002  unescaped-url",
        "Found 178 errors in 1 of 1 file (126 fixable with --fix, 2 more with --unsafe-fixes).",
    ]


@pytest.mark.parametrize(
    "few",
    [
        [*[found("TX001")] * 19, found("TX002")],
        [found("TX001")] * 100,
        [*[found("TX001")] * 20, *[found("TX002", mute=KNOWN)] * 9],
    ],
)
def test_a_table_is_not_in_the_way_of_few_findings_or_of_one_rule(few: list[Diagnostic]) -> None:
    assert not [line for line in summary(report(*few)) if "mojibake" in line]


# --- statistics --------------------------------------------------------------------------------------------


def shown(given: Report, *, color: bool = False) -> str:
    stream = io.StringIO()
    statistics.write(given, stream, color=color)
    return stream.getvalue()


def test_statistics_count_what_is_muted_where_something_is() -> None:
    given = report(found("TX001", FIX), found("TX001"), found("TX002", mute=KNOWN), found("TX001", mute=IGNORED))
    assert shown(given) == (
        "count  fixable  files  muted  code   name\n"
        "    2        1      1      1  TX001  mojibake\n"
        "    0        0      0      1  TX002  lost-characters\n"
    )
    assert shown(report()) == ""
    assert (
        shown(report(found("TX001")), color=True).splitlines()[1]
        == "    1        0      1  \x1b[31mTX001\x1b[0m  mojibake"
    )


def test_statistics_as_json(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (feed / "_news" / "b.md").write_bytes(("\ufeff" + MOJIBAKE).encode())
    assert main(["--statistics", "--output-format", "json", "--ignore", "XR"]) == 1
    assert capsys.readouterr().out == (
        "[\n"
        '  {"count": 2, "code": "TX001", "name": "mojibake", "severity": "error", "files": 2, "fixable": 2, '
        '"muted": 0},\n'
        '  {"count": 1, "code": "FM007", "name": "byte-order-mark", "severity": "error", "files": 1, "fixable": 1, '
        '"muted": 0}\n'
        "]\n"
    )
    assert main(["--statistics", "--output-format", "json", "--select", "DT"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_severity_is_that_of_the_gravest() -> None:
    mild = replace(found("TX001"), severity=Severity.INFO)
    assert [row.severity for row in statistics.rows(report(mild, found("TX001"), mild))] == [Severity.ERROR]
    assert [row.severity for row in statistics.rows(report(mild))] == [Severity.INFO]


# --- colours and links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "pipe"),
    [
        ("auto", {}, True, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"FORCE_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ("auto", {"TERM": "dumb"}, False, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        ("never", {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_who_wants_color(
    feed: Path, monkeypatch: pytest.MonkeyPatch, choice: str, environment: dict[str, str], terminal: bool, pipe: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert output.wants_color(choice, Terminal()) is terminal
    assert output.wants_color(choice, io.StringIO()) is pipe


def test_each_stream_is_coloured_for_itself(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    (feed / "_news" / "b.md").write_bytes(MOJIBAKE.replace("type: article", 'type: "article').encode())
    streams = Terminal(), io.StringIO()
    for out, err in (streams, streams[::-1]):
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        out.seek(0), err.seek(0), out.truncate(), err.truncate()
        assert main(["--diff"]) == 1
        assert ("\x1b[31m-title" in out.getvalue()) is out.isatty()
        assert ("\x1b[1m_news/b.md" in err.getvalue()) is err.isatty()


def test_a_file_is_coloured_only_if_it_is_asked_for(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    main(["--output-format", "full=a.txt"])
    assert "\x1b" not in (feed / "a.txt").read_text(encoding="utf-8")
    main(["--output-format", "full=a.txt", "--color", "always"])
    assert "\x1b[" in (feed / "a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("format_", "terminal", "color", "environment", "linked"),
    [
        ("full", True, True, {}, True),
        ("concise", True, True, {}, True),
        ("full", True, False, {}, False),
        ("full", False, True, {}, False),
        ("concise", False, True, {}, False),
        ("full", False, True, {"FORCE_HYPERLINK": "1"}, True),
        ("full", True, True, {"FORCE_HYPERLINK": "0"}, False),
        ("full", False, False, {"FORCE_HYPERLINK": "1"}, False),
    ],
)
def test_a_code_links_to_its_page_on_a_terminal(
    feed: Path,
    monkeypatch: pytest.MonkeyPatch,
    format_: str,
    terminal: bool,
    color: bool,
    environment: dict[str, str],
    linked: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = Terminal() if terminal else io.StringIO()
    FORMATS[format_](report(found("TX001")), stream, color=color)
    assert ("\x1b]8;;file://" in stream.getvalue()) is linked
    if linked:
        _, _, rest = stream.getvalue().partition("\x1b]8;;")
        address, code, _ = rest.split("\x1b\\")[:3]
        assert address.endswith("/docs/rules/TX001.md")
        assert Path("/" + address.removeprefix("file://").partition("/")[2]).is_file()
        assert code.endswith("TX001\x1b[0m\x1b]8;;")


def test_what_has_no_page_has_no_link(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert links.linker(Terminal(), color=True)("XX001", "XX001") == "XX001"
    monkeypatch.setattr(links, "_PAGES", feed)
    assert links.linker(Terminal(), color=True)("TX001", "TX001") == "TX001"


# --- progress and interrupts -------------------------------------------------------------------------------

# Each file takes a while, and the bar shows at once.
SLOW = """
import time
from feedlint.cli import progress
from feedlint.engine import Engine
progress._PATIENCE = 0
plain = Engine.file
Engine.file = lambda self, path: (time.sleep(0.05), plain(self, path))[1]
"""


def on_a_terminal(*argv: str, code: str = SLOW, interrupt_at: bytes = b"") -> tuple[int, bytes]:
    """Return the status of the program, and what it wrote to a terminal that is its standard error."""
    ours, theirs = os.openpty()
    process = program(*argv, code=code, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            said += os.read(ours, 4096)
        except OSError:  # Linux says so that the other side is closed
            break
        if interrupt_at and interrupt_at in said:
            process.send_signal(signal.SIGINT)
            interrupt_at = b""
    os.close(ours)
    return process.wait(), said


posix = pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")


def files(feed: Path, count: int) -> None:
    for number in range(count):
        (feed / "_news" / f"{number}.md").write_bytes(ARTICLE.encode())


@posix
def test_a_long_run_shows_how_far_it_is_and_leaves_nothing_of_it(feed: Path) -> None:
    files(feed, 10)
    status, said = on_a_terminal("--ignore", "XR", "--color", "never")
    assert status == 1
    assert b"Checking" in said
    assert b"/11" in said
    assert said.count(b"\x1b[?25l") == said.count(b"\x1b[?25h") == 1  # the cursor is back
    assert said.endswith(b"\x1b[2K")  # and the line empty
    assert b"\x1b[3" not in said  # no colour


@posix
@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["--quiet"], SLOW),
        ([], SLOW + "import os; os.environ['CI'] = 'true'"),
        ([], SLOW + "import os; os.environ['TERM'] = 'dumb'"),
        ([], ""),  # over before anybody wonders
    ],
)
def test_no_progress_where_nobody_watches(feed: Path, argv: list[str], code: str) -> None:
    files(feed, 3)
    assert on_a_terminal("--ignore", "XR", *argv, code=code) == (1, b"")


@posix
@pytest.mark.parametrize(("argv", "rest"), [([], b""), (["--fix"], b"; files already repaired stay repaired")])
def test_an_interrupt_is_one_line_and_status_130(feed: Path, argv: list[str], rest: bytes) -> None:
    files(feed, 100)
    status, said = on_a_terminal(*argv, interrupt_at=b"/101")
    assert status == 130
    bar, _, last = said.rpartition(b"feedlint: ")
    assert bar.endswith(b"\x1b[2K")  # on a line of its own
    assert bar.count(b"\x1b[?25l") == bar.count(b"\x1b[?25h") == 1
    assert last.startswith(b"interrupted: ")
    assert last.endswith(b" of 101 files were checked" + rest + b"\r\n")


@posix
def test_what_is_repaired_before_an_interrupt_stays(feed: Path) -> None:
    code = """
from feedlint.engine import Engine
plain = Engine.outcomes
def outcomes(self, paths):
    for path in paths:
        if path.endswith("b.md"):
            raise KeyboardInterrupt
        yield from plain(self, [path])
Engine.outcomes = outcomes
"""
    (feed / "_news" / "b.md").write_bytes(MOJIBAKE.encode())
    process = program("--fix", code=code, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert err.splitlines() == [
        b"feedlint: interrupted: 1 of 2 files were checked; files already repaired stay repaired"
    ]
    assert (feed / "_news" / "a.md").read_bytes() == MOJIBAKE.replace("â€™", "’").encode()
    assert (feed / "_news" / "b.md").read_bytes() == MOJIBAKE.encode()


# --- help --------------------------------------------------------------------------------------------------

PARSERS = {"check": parser(), **{name: import_module(f"feedlint.cli.{name}").parser() for name in COMMANDS}}


@pytest.mark.parametrize("name", PARSERS)
def test_every_option_has_a_help_text(name: str) -> None:
    for action in PARSERS[name]._actions:
        assert action.help, action
        assert action.help is not argparse.SUPPRESS
        assert len(action.help) < 90, "short enough for a line or two"
    assert PARSERS[name].description


def test_help_is_grouped_and_names_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for name in COMMANDS:
        assert f"\n  feedlint {name} " in text
    for group in ("what to check", "for what", "repair", "output", "about feedlint"):
        assert f"\n{group}:\n" in text
    assert "\noptions:\n" not in text, "an option without a group"
    for name in FORMATS:
        assert name in text
