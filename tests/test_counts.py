"""What a run costs, where it can be counted: times are noisy, numbers of calls, imports and parses are not.

The bounds are what was counted when they were written, with a little room for other versions of Python. One that is
broken says that something got dearer; one with much room left is to be tightened.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

import feedlint
from benchmarks.feed.files import File, files

OWN_MODULES: Final = 83
"""Modules of feedlint that are loaded for one clean file (82)."""
OTHER_MODULES: Final = 8
"""All others, beyond those of a bare Python and what the test needs itself (6)."""
EXPRESSIONS: Final = 31
"""Regular expressions of ours that are compiled for one clean file (29): the most of what it costs to look at one."""
CALLS: Final = 20
"""System calls about files and their descriptors that a clean file costs more (18.8)."""
PARSES: Final = 0
"""How often the YAML of a clean file is parsed."""
NOT_LOADED: Final = frozenset(
    """
    _ruamel_yaml argparse ast asyncio bisect can_ada concurrent.futures contextlib dataclasses decimal difflib ftfy
    hashlib
    http.client imagesize importlib.metadata importlib.resources inspect jsonschema jsonschema_rs locale logging
    multiprocessing pathlib pathspec PIL publicsuffixlist referencing rich ruamel.yaml signal socket sqlite3 ssl
    subprocess tempfile threading tomllib typing unicodedata urllib.parse urllib.request xml.etree.ElementTree yaml
    zipfile
    """.split()  # noqa: SIM905  # a word each reads best
)
"""What a clean file does without that is plain ASCII."""

_SITE: Final = [file for file in files(700, 1) if not file.path.startswith("_news/")]
_CLEAN: Final = [file for file in files(700, 1) if file.path.startswith("_news/") and not file.code]
_PROGRAM: Final = """
import json, re, sys
bare, made, compiled = set(sys.modules), [], re.compile
re.compile = lambda pattern, flags=0: made.append(pattern) or compiled(pattern, flags)
from feedlint.cli import main
status = main(["--quiet", sys.argv[1]])
print(json.dumps([status, sorted(set(sys.modules) - bare), len(made)]))
"""


def put(folder: Path, made: list[File]) -> None:
    for file in made:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def test_what_is_loaded_for_one_file(tmp_path: Path) -> None:
    story = next(file for file in _CLEAN if file.content.isascii())
    put(tmp_path, [*_SITE, story])
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path / story.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    status, loaded, compiled = json.loads(done.stdout)
    assert status == 0
    assert NOT_LOADED.intersection(loaded) == set()
    own = [name for name in loaded if name.partition(".")[0] == "feedlint"]
    assert 0 < len(own) <= OWN_MODULES
    assert len(loaded) - len(own) <= OTHER_MODULES, loaded
    assert 0 < compiled <= EXPRESSIONS


def test_parses_of_a_plain_file(monkeypatch: pytest.MonkeyPatch) -> None:
    libyaml = pytest.importorskip("_ruamel_yaml", reason="YAML is read without libyaml here")
    made: list[Any] = []
    parser = libyaml.CParser

    def counted(text: str) -> Any:
        made.append(text)
        return parser(text)

    monkeypatch.setattr(libyaml, "CParser", counted)
    for file in _CLEAN[:40]:
        assert feedlint.lint_text(file.content, file.path) == []
    story = _CLEAN[0]
    assert feedlint.lint_text(story.content.replace(b"title:", b"titel:"), story.path)
    assert len(made) <= 41 * PARSES
    assert feedlint.lint_text(story.content.replace(b"title:", b"# What it is called\ntitel:"), story.path)
    assert len(made) > 41 * PARSES  # which shows that they are counted


def test_system_calls_of_a_clean_file(tmp_path: Path) -> None:
    few, many = 10, 60
    counts = []
    for number in (few, many):
        put(tmp_path, [*_SITE, *_CLEAN[:number]])
        counts.append(_system_calls(tmp_path))
    assert (counts[1] - counts[0]) / (many - few) <= CALLS


def _system_calls(feed: Path) -> int:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    table = feed / "strace.txt"
    trace = [strace, "-f", "-c", "-e", "trace=%file,%desc", "-o", str(table)]
    done = subprocess.run(
        [*trace, sys.executable, "-m", "feedlint", "--quiet", str(feed)], capture_output=True, text=True, check=False
    )
    if "strace:" in done.stderr:
        pytest.skip(f"processes cannot be traced here: {done.stderr.splitlines()[0]}")
    assert (done.returncode, done.stdout) == (0, "")
    header, *_, total = table.read_text(encoding="utf-8").splitlines()
    assert total.endswith("total")
    return int(total[: header.index("calls") + len("calls")].split()[-1])
