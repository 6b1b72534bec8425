"""Hostile input costs little, is said, and never passes: small versions of ``python -m benchmarks.hostile``."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.hostile.case import Case, Feed
from benchmarks.hostile.cases import CASES
from benchmarks.hostile.run import broken, run
from feedlint import fix_text, lint_paths, lint_text
from feedlint.cli import main
from feedlint.diagnostic import Diagnostic, Edit, Fix
from feedlint.fixing import repair
from feedlint.patterns import patterns
from feedlint.source import Document, Span
from tests.git_support import commit, git
from tests.support import ARTICLE, PATH, put, read

# Those that need a process of their own, other rights, or a file system that takes such names.
_ALONE = ("standard input", "/dev/stdin", "unreadable", "unwritable", "a path of", "folders deep", "link loops")
_SCALES = {"GB": 0.003, "10,000,000 lines": 0.1, "a line of": 0.1, "200 MB": 0.02}


def _is_quick(case: Case) -> bool:
    return not any(word in case.name for word in _ALONE)


def _scale(case: Case) -> float:
    return next((scale for word, scale in _SCALES.items() if word in case.name), 0.004)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, devices and names that there are none of on Windows")
@pytest.mark.parametrize("case", [case for case in CASES if _is_quick(case)], ids=lambda case: case.name)
def test_hostile_input(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FEEDLINT_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)
    start = time.monotonic()
    status = main(list(case.make(Feed(tmp_path, _scale(case)))))
    said = "".join(capsys.readouterr())
    assert time.monotonic() - start < 20
    assert status in case.status, said
    assert "internal error" not in said
    if "FM010" in case.said:
        assert "FM010" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes, and no os.wait4")
@pytest.mark.parametrize("word", ["an unreadable folder", "an unwritable file"])
def test_what_nobody_may_is_tried_as_somebody_who_may_not(word: str) -> None:
    (case,) = [case for case in CASES if case.name.startswith(word)]
    result = run(case)
    if not result.is_tried:
        pytest.skip(result.output)
    assert broken(case, result) == []


@pytest.mark.skipif(sys.platform != "linux", reason="what a process is told to have used differs elsewhere")
def test_the_peak_of_a_case_is_not_that_of_the_program_which_runs_it() -> None:
    here = bytearray(b"x") * 300_000_000
    (case,) = [case for case in CASES if case.name == "a truncated picture"]
    assert run(case).megabytes < 150
    del here


def test_a_file_too_large_is_a_finding_and_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ARTICLE.replace("tram", "tramâ€™s")
    file = put(tmp_path, text)
    put(tmp_path, "max-file-size = 400\n", "feedlint.toml")
    assert main([str(file), "--fix", "--output-format", "concise"]) == 1
    said = capsys.readouterr().out
    assert said.splitlines()[0].endswith(
        "a.md:1:1: FM010 the file has more than 400 bytes, too many for a record: it was not read"
    )
    assert "1 unreadable" in said
    assert file.read_bytes() == text.encode()
    assert main([str(file), "--ignore", "FM010"]) == 1  # nothing passes unread


def test_the_limit_is_in_bytes_and_is_allowed(tmp_path: Path) -> None:
    file = put(tmp_path, ARTICLE)
    for limit, status in ((len(ARTICLE), 0), (len(ARTICLE) - 1, 1)):
        put(tmp_path, f"max-file-size = {limit}\n", "feedlint.toml")
        assert main([str(file), "-q"]) == status


def test_a_fix_that_would_make_a_file_too_large_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of two fixes makes the file longer by 4 bytes; it is still read the next time."""
    images = 'images:\n  - url: "https://img.example.com/é.png"\n'
    text = ARTICLE.replace("tram.jpg", "é.jpg").replace("images:\n", images).replace("old harbour", "öld harböur")
    both = text.replace("/é", "/%C3%A9")
    file = put(tmp_path, text)
    grown = len(both.encode())
    assert grown == len(text.encode()) + 8
    options = [str(file), "--fix", "--select", "UR", "--output-format", "concise"]
    for limit, left in ((grown - 5, 2), (grown - 1, 2), (grown, 0)):
        file.write_bytes(text.encode())
        put(tmp_path, f"max-file-size = {limit}\n", "feedlint.toml")
        assert main(options) == bool(left)
        out = capsys.readouterr().out
        assert out.count(f"the file would have more than {limit} bytes, too many for a record") == left
        assert file.read_bytes().count(b"%C3%A9") == 2 - left
        assert main(options) == bool(left)
        assert "FM010" not in capsys.readouterr().out
    assert file.read_bytes() == both.encode()


def test_a_fix_that_makes_a_file_shorter_is_made_at_the_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ARTICLE.replace("tram.jpg", "é.jpg").replace("debate about", "debate  about")
    file = put(tmp_path, text)
    put(tmp_path, f"max-file-size = {len(text.encode())}\n", "feedlint.toml")
    assert main([str(file), "--fix", "--output-format", "concise"]) == 1
    assert "UR002 was not fixed" in capsys.readouterr().out
    assert file.read_bytes() == text.replace("debate  about", "debate about").encode()


@pytest.mark.parametrize("name", [".gitignore", "_config.yml"])
def test_what_is_too_large_beside_the_records_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    put(tmp_path, ARTICLE.replace("https://img.example.com/tram.jpg", "/pictures/tram.jpg"))
    put(tmp_path, "#" * 1_000_001, f"site/{name}")
    put(tmp_path, ARTICLE.replace("https://img.example.com/tram.jpg", "/pictures/tram.jpg"), "site/_news/a.md")
    said = f"site/{name} is passed over: it has more than 1,000,000 bytes"
    assert main([".", "site", "-q", "--ignore", "XR"]) == 0  # never an error
    assert capsys.readouterr().err == f"feedlint: warning: {said}\n"
    assert lint_paths(["."]).notes == [f"{said}."]
    put(tmp_path, "#" * 1_000_000, f"site/{name}")
    assert main([".", "-q", "--ignore", "XR"]) == 0
    assert capsys.readouterr().err == ""


def test_a_baseline_knows_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, ARTICLE)
    put(tmp_path, "max-file-size = 400\nbaseline = 'known.txt'\n", "feedlint.toml")
    assert main([".", "--write-baseline", "-q"]) == 0
    assert main([".", "-q"]) == 0


def test_a_staged_file_too_large_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    put(tmp_path, ARTICLE)
    commit(tmp_path)
    put(tmp_path, ARTICLE + "x" * 10_000_001)
    git(tmp_path, "add", ".")
    assert main(["--staged", "--new-only", "--output-format", "concise"]) == 1
    assert "_news/a.md:1:1: FM010" in capsys.readouterr().out
    commit(tmp_path)
    put(tmp_path, ARTICLE + "y" * 10_000_002)
    assert main(["--since", "HEAD", "--new-only", "-q"]) == 0  # it was so before


def test_standard_input_too_large(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    class Input:
        buffer = io.BytesIO(b"title: a\n" * 200_000)

    monkeypatch.setattr(sys, "stdin", Input)
    assert main(["-", "--fix"]) == 2
    out, err = capfd.readouterr()
    assert out == ""  # half of a file must not take the place of the whole
    assert err.startswith("feedlint: error: standard input has more than 1,000,000 bytes")
    Input.buffer.seek(0)
    assert main(["-", "--output-format", "concise"]) == 1
    assert "FM010" in capfd.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a program is told by Linux alone")
def test_input_without_end_takes_little_memory() -> None:
    # VmHWM is the peak of the program alone; ru_maxrss would begin with that of its parent.
    script = "import re; from feedlint.cli import main; print(main(['-', '--quiet', '--output-file', '/dev/null']))"
    script += "; print(re.search(r'VmHWM:\\s*(\\d+) kB', open('/proc/self/status').read())[1])"
    with open("/dev/zero", "rb") as zeros:
        run = subprocess.run([sys.executable, "-c", script], stdin=zeros, capture_output=True, text=True, check=True)
    status, peak = map(int, run.stdout.split())
    assert status == 1
    assert peak < 100_000


def test_from_python() -> None:
    assert [d.code for d in lint_text("x" * 1_000_001)] == ["FM010"]
    assert fix_text("x" * 1_000_001).text == "x" * 1_000_001


def test_a_thousand_findings_are_shown_and_all_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(
        tmp_path, ARTICLE.replace("type: article\n", "type: article\n" + "".join(f"k{n}: v\n" for n in range(1_003)))
    )
    assert main([str(file), "--output-format", "concise"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sum("SC002" in line for line in lines) == 1_000
    assert lines[1_000].endswith("a.md: note: 3 more findings, not shown (--output-format json has them)")
    assert lines[-1] == "Found 1003 warnings in 1 of 1 file."
    assert main([str(file)]) == 1
    assert capsys.readouterr().out.count("warning SC002") == 1_000


def test_patterns_mean_what_they_meant() -> None:
    cases = [
        ("*a*b*c", ["xaxbxc", "abc", "abcabc", "d/abc", "acb", "ab/c"], [1, 1, 1, 1, 0, 0]),
        ("/a*b*c*d", ["abcd", "abdcd", "d/abcd", "abcdx"], [1, 1, 0, 0]),
        ("**/a*/**/b*/**/c", ["a/b/c", "x/a1/y/b2/z/c", "a/c", "a/b/c/d", "ab/c"], [1, 1, 0, 1, 0]),
        ("x/**/a/**/b/**/c", ["x/a/b/c", "x/1/a/2/b/3/c", "x/b/a/c", "y/x/a/b/c"], [1, 1, 0, 0]),
        ("a***b*c**d", ["abcd", "a1b2c3d", "adcb"], [1, 1, 0]),
    ]
    for pattern, paths, expected in cases:
        assert [int(patterns([pattern]).match_file(path)) for path in paths] == expected, pattern


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 30 + "*b", "a" * 250 + "c"),
        ("**/a/" * 60 + "b", "a/" * 1_000 + "c"),
        ("x/**/a/**/a/**/a/**/a/**/b", "x/" + "a/" * 1_500),
    ],
)
def test_patterns_with_many_stars_take_no_time(pattern: str, path: str) -> None:
    start = time.monotonic()
    assert not patterns([pattern]).match_file(path)
    assert time.monotonic() - start < 5


def test_many_fixes_that_cannot_be_made_are_sorted_out_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 200 fixes 2 are wrong: the others are made, and few proofs are needed to tell."""
    text = ARTICLE.replace("type: article\n", "type: article\n" + "".join(f"k{n:03}: v\n" for n in range(200)))
    proofs = 0
    module = sys.modules["feedlint.fixing.repair"]
    prove = module.prove

    def counted(*arguments: object) -> object:
        nonlocal proofs
        proofs += 1
        return prove(*arguments)

    monkeypatch.setattr(module, "prove", counted)

    def lint(document: Document) -> list[Diagnostic]:
        found = []
        for n in range(200):
            at = document.text.find(f"k{n:03}: v\n")
            if at >= 0:
                # A comment leaves the data as it is; another value was not declared.
                edit = Edit(Span(at + 7, at + 7), "x" if n in (40, 150) else " #")
                fix = Fix("Write", (edit,))
                found.append(Diagnostic(Span(at, at + 1), "m", fix, data_path=(f"k{n:03}",), code="XX001"))
        return found

    result = repair(read(text, PATH), lint, lambda _: [], unsafe=False)
    assert len(result.fixed) == 198
    assert sorted(key[1] for key in result.refused) == [("k040",), ("k150",)]
    assert proofs < 80
