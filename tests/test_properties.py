"""What holds for every file and every edit: both parsers agree, and a fix does what it says or is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint import edits
from feedlint.diagnostic import Change, Edit, Fix
from feedlint.source import Document, Entry, Node, Span, events, parse
from tests import random_edits
from tests.random_edits import Intent, Trial, attempt, invented, items, main, run, variants
from tests.strategies import feed_file, feed_files, scalar

WAYS = [
    "LF", "CRLF", "CR", "mixed line ends", "BOM", "no final newline", "block scalar", "folded over lines", "alias",
    "flow", "comment", "multi-byte",
]  # fmt: skip


def _outline(document: Document) -> list[Any]:
    nodes = [(node.span, node.key_span, node.style, node.flow, node.anchor) for node in document.nodes]
    return [*zip(document.entries, nodes, strict=True)]


@given(feed_files())
def test_both_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch, file: tuple[str, dict[str, Any]]) -> None:
    outlines = []
    for reader in (events.c_events, events.pure_events):
        monkeypatch.setattr(events, "reader", reader)
        outlines.append(_outline(parse(file[0])))
    assert outlines[0] == outlines[1]


@given(feed_files())
def test_entries_are_what_another_reader_reads(file: tuple[str, dict[str, Any]]) -> None:
    document = parse(file[0])
    mine = [(entry.depth, entry.key, entry.tag) for entry in document.entries]
    dates = {"timestamp": "str"}
    assert mine == [(depth, key, dates.get(tag, tag)) for depth, key, tag, _ in items(document)]


@given(feed_files(), st.randoms(use_true_random=False))
def test_an_edit_is_right_or_refused(file: tuple[str, dict[str, Any]], random: Random) -> None:
    trial = attempt(parse(file[0]), random, lambda: scalar(random))
    assert trial.outcome in ("proved", "refused", "not offered"), trial


@pytest.mark.usefixtures("yaml_parser")
def test_many_edits_are_right_or_refused() -> None:
    tally = run(invented(Random(20)), 400, Random(20))
    assert tally.wrong == []
    counts = Counter({outcome: tally.outcomes["all", outcome] for outcome in random_edits.OUTCOMES})
    assert counts["proved"] + counts["refused"] == 400
    assert counts["refused"] < 20
    for way in WAYS:
        assert tally.outcomes[way, "proved"] >= 15, way


def test_files_of_a_folder_are_edited_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for seed in range(4):
        (tmp_path / f"{seed}.md").write_bytes(feed_file(Random(seed))[0].encode())
    (tmp_path / "README.md").write_bytes(b"no record\n")
    assert main(["--count", "60", "--seed", "2", str(tmp_path)]) == 0
    table = capsys.readouterr().out
    assert "proved      refused  not offered        wrong" in table
    assert table.splitlines()[1].startswith("all ")


def test_the_ways_a_file_is_written() -> None:
    assert variants(parse("---\na: x#y\n---\n# c\n")) == ["LF"]
    assert variants(parse("\ufeff---\r\na: [é] # c\r\n---")) == [
        "CRLF",
        "BOM",
        "no final newline",
        "flow",
        "comment",
        "multi-byte",
    ]
    assert variants(parse("---\na: &x |\n  y\nb: *x\rc: 'd\n  e'\n---\n")) == [
        "mixed line ends", "block scalar", "folded over lines", "alias",
    ]  # fmt: skip


# --- the judge of edits sees what is wrong -----------------------------------------------------------------

TEXT = "---\na: x\nb: y\n---\nBody\n"


def _judged(intent: Intent, result: str) -> str:
    return random_edits._problem(parse(TEXT), [intent], parse(result))


def _intent(edit: Edit) -> Intent:
    return Intent(Fix("", (edit,)), 1, 1, [(1, "a", "str", "z")], Span(7, 8), "set_value")


@pytest.mark.parametrize(
    ("edit", "result", "problem"),
    [
        (Edit(Span(7, 8), "z"), "---\na: z\nb: y\n---\nBody\n", ""),
        (
            Edit(Span(7, 8), "z"),
            "---\na: w\nb: y\n---\nBody\n",
            "PyYAML reads (1, 'a', 'str', 'w'), meant was (1, 'a', 'str', 'z')",
        ),
        (Edit(Span(7, 8), "z"), "---\na: z\nb: w\n---\nBody\n", "bytes outside of the edits differ"),
        (Edit(Span(7, 8), "z"), "---\na: z\nb: y\n---\r\nBody\n", "bytes outside of the edits differ"),
        (Edit(Span(7, 8), "z"), "---\na: z\nb: y\n---\nBody\n\n", "there are more bytes than there should be"),
        (Edit(Span(6, 8), "z"), "---\na:z\nb: y\n---\nBody\n", "text outside of the node is edited"),
        (
            Edit(Span(7, 8), "1"),
            "---\na: 1\nb: y\n---\nBody\n",
            "PyYAML reads (1, 'a', 'int', 1), meant was (1, 'a', 'str', 'z')",
        ),
    ],
)
def test_the_judge(edit: Edit, result: str, problem: str) -> None:
    assert _judged(_intent(edit), result) == problem


def test_the_judge_of_insertions() -> None:
    edit = Edit(Span(8, 9), "\nk: z\n")
    intent = Intent(Fix("", (edit,)), 2, 0, [(1, "k", "str", "z")], None, "insert_after")
    assert _judged(intent, "---\na: x\nk: z\nb: y\n---\nBody\n") == "an insertion replaces text"


def test_a_fix_that_lies_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(document: Document, node: Node, value: Any, title: str) -> Fix:
        return Fix(title, (Edit(node.span, "z"),), changes=(Change(node.index, 1, (Entry(1, node.key, "str", "w"),)),))

    monkeypatch.setattr(edits, "set_value", lie)
    monkeypatch.setattr(random_edits, "_EDITS", [random_edits._set])
    tally = run(iter([TEXT] * 20), 20, Random(1))
    assert {outcome for (row, outcome), count in tally.outcomes.items() if row == "all" and count} == {"refused"}
    assert tally.reasons["a field would change in another way than meant"] > 10
    # Were it not for the proof, it would be seen.
    monkeypatch.setattr(random_edits, "prove", lambda old, made, changes: parse(old.text.replace("x", "z")))
    assert isinstance(trial := attempt(parse(TEXT), Random(3), lambda: "w"), Trial)
    assert trial.outcome == "wrong"
