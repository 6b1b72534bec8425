"""What is kept of a million records tells which of them have to do with each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint import census
from feedlint.census import ANY, digest8, suspects


def mark(key: str, said: str = "") -> bytes:
    return digest8(key) + (digest8(said) if said else ANY)


def test_a_digest_is_the_same_in_every_run() -> None:
    assert digest8("Ferry \udcff") == bytes.fromhex("236008510a25ab7d")
    assert len(ANY) == len(digest8("")) == 8


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([], []),
        ([mark("a"), mark("b")], []),
        ([mark("a"), mark("b"), mark("a")], [0, 2]),
        ([mark("a") + mark("a"), mark("b")], []),
        ([mark("c") + mark("a"), b"", mark("a") + mark("b"), mark("b")], [0, 2, 3]),
        ([mark("a", "x"), mark("a", "x")], []),
        ([mark("a", "x"), mark("a", "x"), mark("a", "y")], [0, 1, 2]),
        ([mark("a", "x") + mark("a", "y")], [0]),
    ],
)
def test_files_are_suspect_that_differ_in_what_they_mention(marks: list[bytes], found: list[int]) -> None:
    assert suspects(marks) == found


@given(st.lists(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "x", "y"])), max_size=4)))
def test_few_or_many_is_the_same(made: list[list[tuple[str, str]]]) -> None:
    marks = [b"".join(mark(key + bool(said) * "!", said) for key, said in each) for each in made]
    whole = suspects(marks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(census, "_FEW", 0)
        assert suspects(marks) == whole


def test_of_many_only_those_that_share_a_place_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []

    def twice(keys: list[int]) -> set[int]:
        counted.extend(keys)
        return set()

    monkeypatch.setattr(census, "_FEW", 0)
    monkeypatch.setattr(census, "_twice", twice)
    assert suspects([mark(str(number)) for number in range(2000)]) == []
    assert len(counted) < 400
