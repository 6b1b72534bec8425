"""The short form of ``python -m tests.same``: two runs that differ in all that must not matter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.same import Variant, generate, outputs
from tests.support import ARTICLE, put


def test_the_same_input_gives_the_same_output(tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    generate(feed, 12, seed=4711)
    first = outputs(feed, Variant("plain", sys.executable, {"PYTHONHASHSEED": "0"}), tmp_path / "work")
    odd = {"PYTHONHASHSEED": "7", "SHUFFLE": "7", "TZ": "Pacific/Kiritimati", "COLUMNS": "20", "LC_ALL": "C"}
    second = outputs(feed, Variant("odd", sys.executable, odd, backwards=True), tmp_path / "other")
    assert len(first) == 12
    assert all(map(len, first.values()))
    assert [name for name in first if first[name] != second[name]] == []


def test_what_differs_is_seen(tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    generate(feed, 1, seed=4711)
    variant = Variant("plain", sys.executable, {})
    first = outputs(feed, variant, tmp_path / "work")
    (feed / "_news" / "2020-12-01-0.md").write_text("---\ntitle: other\n---\n")
    second = outputs(feed, variant, tmp_path / "work")
    assert {name for name in first if first[name] != second[name]} >= {"json", "full", "baseline", "repaired feed"}


def test_no_format_needs_the_documentation_that_python_can_leave_out(tmp_path: Path) -> None:
    put(tmp_path, ARTICLE)
    command = [sys.executable, "-OO", "-m", "feedlint", str(tmp_path), "--output-format", "sarif"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (run,) = json.loads(done.stdout)["runs"]
    assert {rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]} >= {"mojibake", "date-format"}
