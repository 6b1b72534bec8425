"""What holds of any input: made up by Hypothesis here, quickly and always the same; ``fuzz.run`` looks for longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.diagnostic import Change, Edit, apply_edits
from feedlint.engine import Engine
from feedlint.source import Entry, Span, parse
from fuzz import checks, feeds, judge, others, run, sarif
from fuzz.checks import CHECKS
from fuzz.hunt import REGRESSIONS, Hunt, check_of, signature
from fuzz.judge import Step
from fuzz.promise import Broken

RAW = st.binary(max_size=200)


def inputs(make: Callable[[Random], bytes]) -> st.SearchStrategy[bytes]:
    """What *make* makes up, and now and then bytes that mean nothing."""
    made = st.randoms(use_true_random=False).map(make)
    return st.one_of(made, made, made, RAW)


@given(inputs(feeds.feed))
def test_lint(data: bytes) -> None:
    checks.lint(data)


@given(inputs(feeds.feed))
@settings(max_examples=40)
def test_fix(data: bytes) -> None:
    checks.fix(data)


@given(inputs(feeds.feed))
@settings(max_examples=12)
def test_formats(data: bytes) -> None:
    checks.formats(data)


@given(inputs(feeds.feed))
def test_comments(data: bytes) -> None:
    checks.suppressions(data)


@given(inputs(feeds.configuration))
def test_configuration(data: bytes) -> None:
    others.configuration(data)


@given(inputs(feeds.baseline))
def test_baseline(data: bytes) -> None:
    others.baseline(data)


@pytest.mark.parametrize("file", sorted(REGRESSIONS.glob("*-*")), ids=lambda file: file.name)
def test_what_broke_a_promise_once_does_not_any_more(file: Path) -> None:
    CHECKS[check_of(file)](file.read_bytes())


# --- what is tried is what is meant ------------------------------------------------------------------------


def test_what_is_made_up_is_varied_and_most_of_it_can_be_read() -> None:
    made = [feeds.split(feeds.feed(Random(seed))) for seed in range(300)]
    assert {path for path, _ in made} == set(feeds.PATHS.values())
    readable = sum(parse(content, path).root is not None for path, content in made)
    assert 120 < readable < 270
    signs = {
        "BOM": b"\xef\xbb\xbf", "CRLF": b"\r\n", "a comment for feedlint": b"# feedlint:", "an alias": b" *a",
        "a flow collection": b": [", "a block scalar": b": |", "mojibake": "Ã".encode(), "NUL": b"\0",
    }  # fmt: skip
    found = Counter(name for _, content in made for name, sign in signs.items() if sign in content)
    assert set(found) == set(signs)
    assert sum(not _is_utf8(content) for _, content in made) >= 5
    assert sum(content[-1:] not in (b"\n", b"\r") for _, content in made) >= 5


def _is_utf8(content: bytes) -> bool:
    return "\ufffd" not in content.decode(errors="replace")


def test_an_input_may_begin_with_its_path() -> None:
    assert feeds.split(b"_people/ada.md\0---\nname: Ada\n---\n") == ("_people/ada.md", b"---\nname: Ada\n---\n")
    assert feeds.split(b"a\0b") == (feeds.NEWS, b"a\0b")
    assert feeds.joined("_people/ada.md", b"x") == b"_people/ada.md\0x"
    assert feeds.joined(feeds.NEWS, b"x") == b"x"


# --- the judge sees what is wrong --------------------------------------------------------------------------

OLD = "---\na: &t x\nb: *t\nc: {d: 1}\n---\n"


@pytest.mark.parametrize(
    ("edits", "changes", "new", "problem"),
    [
        ([(22, 23, "e")], [Change(3, 2, (Entry(1, "c", "map", ""), Entry(2, "e", "int", "1")))], None, ""),
        ([(25, 26, "2")], [Change(4, 1, (Entry(2, "d", "int", "2"),))], None, ""),
        ([(25, 26, "2")], [], None, "PyYAML reads (2, 'd', 'int', '2'), declared was (2, 'd', 'int', '1')"),
        (
            [(25, 26, "'1'")],
            [Change(4, 1, (Entry(2, "d", "int", "1"),))],
            None,
            "PyYAML reads (2, 'd', 'str', '1'), declared was (2, 'd', 'int', '1')",
        ),
        ([(12, 18, "")], [], None, "PyYAML reads 4 items, declared were 5"),
        ([(12, 18, "")], [Change(2, 1, ())], None, ""),
        ([(0, 0, "")], [], OLD.replace("x\n", "x\r\n"), "bytes outside of the edits differ"),
        (
            [(10, 11, "y")],
            [Change(1, 1, (Entry(1, "a", "str", "y"),))],
            None,
            "PyYAML reads (1, 'b', 'alias', ''), declared was (1, 'b', 'alias', '')",
        ),
        ([(4, 5, "z")], [Change(1, 1, (Entry(1, "z", "str", "x"),))], None, ""),
        ([(25, 26, "[")], [Change(4, 1, (Entry(2, "d", "seq", ""),))], None, "PyYAML cannot read the result"),
    ],
)
def test_the_judge(edits: list[Any], changes: list[Change], new: str | None, problem: str) -> None:
    made = [Edit(Span(start, end), text) for start, end, text in edits]
    result = parse(apply_edits(OLD, made) if new is None else new)
    found = judge.problem(Step(parse(OLD), made, changes, result))
    assert found == problem or (problem and found.startswith(problem))


def test_the_judge_finds_the_front_matter_by_itself() -> None:
    assert judge.front_of_jekyll("---\na: b\n---\nBody\n---\n") == "---\na: b\n"
    assert judge.front_of_jekyll("--- \n...\n") == "--- \n"
    assert judge.front_of_jekyll(" ---\na: b\n---\n") is None


# --- a broken promise is seen ------------------------------------------------------------------------------

LATIN = b'---\ntitle: "The mayor\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s plan"\nwebUrl: "htp://www.example.com/a b"\n---\n'


def _repaired_otherwise(monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str]) -> None:
    """Let the proof pass another text than that with the edits made."""
    prove = checks._REPAIR.prove
    monkeypatch.setattr(checks._REPAIR, "prove", lambda old, *more: parse(change(prove(old, *more).text), old.path))


def test_another_change_than_declared_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    checks.fix(LATIN)
    _repaired_otherwise(monkeypatch, lambda text: text.replace("plan", "plans"))
    with pytest.raises(Broken, match="a fix does what it declares: bytes outside of the edits differ"):
        checks.fix(LATIN)


def test_a_change_without_a_proof_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Engine.data
    monkeypatch.setattr(Engine, "data", lambda self, *more: (data(self, *more)[0], b"---\na: b\n---\n"))
    with pytest.raises(Broken, match="lint changes nothing"):
        checks.lint(LATIN)
    monkeypatch.setattr(checks, "_linted", lambda content, path: data(checks._engine(), content, path)[0])
    with pytest.raises(Broken, match="every repair is proved"):
        checks.fix(LATIN)


def test_a_new_mistake_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks._REPAIR, "_tally", lambda found: Counter())
    _repaired_otherwise(
        monkeypatch, lambda text: text if "heat" in text else text.replace("---\n", "---\nheat: 999\n", 1)
    )
    monkeypatch.setattr(judge, "problem", lambda step: "")
    with pytest.raises(Broken, match=r"a fix brings no new mistake: \[\('SC001', ''\)\]"):
        checks.fix(LATIN)


def test_a_fix_that_is_left_and_not_told_of_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks._REPAIR, "_applies", lambda diagnostic, *, unsafe: False)
    with pytest.raises(Broken, match="a fix that is not made is told of"):
        checks.fix(LATIN)


def test_replacements_of_sarif_that_are_wrong_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    checks.formats(LATIN)
    monkeypatch.setattr(sarif, "replacements", lambda data, fix: [(0, 0, b"x")])
    with pytest.raises(Broken, match="a fix in SARIF does what its edits do"):
        checks.formats(LATIN)


# --- the command -------------------------------------------------------------------------------------------


def _complain(data: bytes) -> None:
    if b"x" in data:
        raise Broken(f"no x: TX001 {data!r}")
    if b"y" in data:
        raise KeyError("y")


def test_what_breaks_a_promise_is_made_small_and_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHECKS, "lint", _complain)
    hunt = Hunt("lint", tmp_path)
    for data in (b"abc", b"abxcd", b"xx", "é…y".encode()):
        hunt.put(data)
    assert (hunt.executed, hunt.broken) == (4, 3)
    kept = sorted(tmp_path.iterdir())
    assert sorted(file.read_bytes() for file in kept) == [b"x", b"y"]
    assert {check_of(file) for file in kept} == {"lint"}
    Hunt("lint", tmp_path).put(b"another x")  # is known from before
    assert sorted(tmp_path.iterdir()) == kept


def test_what_makes_two_errors_the_same() -> None:
    assert signature(Broken("a fix ends: TX001 at 3, then TX001 and UR002")) == "a fix ends TX001"
    with pytest.raises(TypeError) as raised:
        parse(None)  # type: ignore[arg-type]
    assert signature(raised.value) == "TypeError in delimiters.py:_find_opener"


def test_the_command_without_atheris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "find_spec", lambda name: None)
    arguments = ["--minutes", "0.01", "--check", "baseline", "--found", str(tmp_path)]
    assert run.main(arguments) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "atheris is not used: by Hypothesis alone"
    assert told[2].split()[0] == "baseline"
    assert int(told[2].split()[1]) > 40
    monkeypatch.setitem(CHECKS, "baseline", _complain)
    assert run.main(arguments) == 1
    assert f"    {tmp_path}" in capsys.readouterr().out
