"""Where the time of a run goes: what py-spy writes is read, counted and drawn; and that a run of it runs."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import pytest

from benchmarks.feed.__main__ import write
from benchmarks.feed.files import files
from benchmarks.flame.__main__ import main
from benchmarks.flame.graph import boxes, graph
from benchmarks.flame.stacks import Share, by_function, by_module, module, read

RAW = """\
main (feedlint/cli/check.py:36);look (/home/x/env/lib/python3.12/site-packages/feedlint/glance.py:61) 30
main (feedlint/cli/check.py:36);look (feedlint/glance.py:61);rows (feedlint/source/sketch.py:46) 50
main (feedlint/cli/check.py:36);look (feedlint/glance.py:61);look (feedlint/glance.py:61) 10
main (feedlint/cli/check.py:36);_a (<frozen importlib._bootstrap>:5);_b (<frozen importlib._bootstrap>:9) 9
main (feedlint/cli/check.py:36);match (C:\\tools\\own.py:1) 1
"""
MAIN, LOOK, ROWS = (
    "main (feedlint/cli/check.py:36)",
    "look (feedlint/glance.py:61)",
    "rows (feedlint/source/sketch.py:46)",
)


def test_what_py_spy_writes_is_read_without_the_paths_of_a_machine() -> None:
    assert read(RAW.splitlines()) == Counter(
        {
            (MAIN, LOOK): 30,
            (MAIN, LOOK, ROWS): 50,
            (MAIN, LOOK, LOOK): 10,
            (MAIN, "import"): 9,
            (MAIN, "match (own.py:1)"): 1,
        }
    )


def test_a_function_that_calls_itself_counts_once() -> None:
    stacks = read(RAW.splitlines())
    shares = by_function(stacks)
    assert (shares[MAIN], shares[LOOK], shares[ROWS]) == (Share(0, 100), Share(40, 90), Share(50, 50))
    assert by_module(stacks)["feedlint/glance.py"] == Share(40, 90)
    assert module("import") == "import"


def test_a_box_stands_on_its_caller() -> None:
    made = [tuple(box) for box in boxes(read(RAW.splitlines()))]
    assert made == [
        (MAIN, 0, 0, 100),
        (LOOK, 1, 0, 90),
        (ROWS, 2, 0, 50),
        (LOOK, 2, 50, 10),
        ("import", 1, 90, 9),
        ("match (own.py:1)", 1, 99, 1),
    ]


def test_a_graph_tells_functions_samples_and_shares() -> None:
    drawn = ElementTree.fromstring(
        graph("a < b", read([*RAW.splitlines(), "main (feedlint/cli/check.py:36);<module> 1"]))
    )
    space = "{http://www.w3.org/2000/svg}"
    told = [title.text for title in drawn.iter(f"{space}title")]
    assert told[:2] == ["a < b", f"{MAIN}: 101 samples, 100.0%"]
    assert f"{ROWS}: 50 samples, 49.5%" in told
    assert "<module>: 1 samples, 1.0%" in told
    assert "prefers-color-scheme: dark" in "".join(style.text or "" for style in drawn.iter(f"{space}style"))


def test_a_run_is_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if which("py-spy", path=str(Path(sys.executable).parent)) is None and which("py-spy") is None:
        pytest.skip("py-spy is not installed")
    feed, drawn = tmp_path / "feed", tmp_path / "flame.svg"
    write(feed, files(300, 1))
    options = ["--python", sys.executable, "--runs", "1", "--top", "1000", "--output", str(drawn)]
    status = main([str(feed), *options])
    said, errors = capsys.readouterr()
    if "ermission" in errors:
        pytest.skip(f"processes cannot be looked at here: {errors.strip()}")
    assert (status, errors) == (0, "")
    assert "\nModules by their own time:\n" in said
    assert "%  feedlint/cli/check.py\n" in said
    assert ">_run_module_as_main</text>" in drawn.read_text(encoding="utf-8")
    assert str(Path(sys.prefix)) not in drawn.read_text(encoding="utf-8")


def test_what_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--cache", str(tmp_path / "none")]) == 2
    assert capsys.readouterr() == ("", "feedlint or py-spy is not installed: try --install\n")
