"""Files that are looked at together: what comes of each is what comes of it alone."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint import engine as engines
from feedlint.brief import Brief
from feedlint.config import Settings
from feedlint.disk import TooLarge
from feedlint.engine import Engine
from feedlint.report import FileReport, Outcome
from feedlint.rules import RULES
from feedlint.values import replace
from fuzz import feeds
from tests.support import ARTICLE, put

TODAY = datetime(2021, 6, 1, tzinfo=timezone.utc)
DAMAGED = ARTICLE.replace("years of debate", "years  of debate")
"""TX007 repairs it."""


class Shelf(dict[str, bytes]):
    """Reads what is in it; *asked* are the paths that were read."""

    asked: list[str]

    def __call__(self, path: str, limit: int) -> bytes:
        self.asked.append(path)
        if path not in self:
            raise FileNotFoundError(2, "No such file or directory")
        if len(self[path]) > limit:
            raise TooLarge(limit)
        return self[path]


def shelf(contents: dict[str, bytes]) -> Shelf:
    made = Shelf({(feeds.FEED / path).as_posix(): content for path, content in contents.items()})
    made.asked = []
    return made


def told(outcome: Outcome) -> object:
    """Return all that *outcome* says; it is the same whether it was kept short or not."""
    if not isinstance(outcome, FileReport):
        outcome = FileReport("", schema=outcome.schema, marks=outcome.marks)
    return {key: value or None for key, value in vars(outcome).items() if key != "path"}


@given(st.randoms(use_true_random=False), st.integers(1, 12), st.integers(1, 5))
@settings(max_examples=60)
def test_what_comes_of_files_together_is_what_comes_of_each(random: Random, count: int, together: int) -> None:
    contents: dict[str, bytes] = {}
    for number in range(count):
        path, content = feeds.split(feeds.feed(random))
        contents[path.replace(".", f"-{number}.", 1)] = content
    read = shelf(contents)
    plain = Settings(rules=RULES, today=TODAY)
    alone = {path: Engine(plain, read=read).file(path) for path in read}
    paths = [*read, (feeds.FEED / "_news/gone.md").as_posix()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "_TOGETHER", together)
        *found, gone = Engine(plain, read=read).outcomes(paths)
    assert list(map(told, found)) == list(map(told, alone.values()))
    assert isinstance(gone, FileReport)
    assert gone.error == "No such file or directory"


def test_a_fault_of_ours_in_one_file_is_told_of_that(monkeypatch: pytest.MonkeyPatch) -> None:
    read = shelf({f"_news/2020-12-08-{number}.md": ARTICLE.encode() for number in range(3)})
    path = list(read)[1]

    def breaks(record: Brief) -> bool:
        if record.path == path:
            raise ZeroDivisionError("oops")
        return True

    rules = [replace(rule, clear=breaks, gate=None) if rule.code == "TX001" else rule for rule in RULES]
    outcomes = list(Engine(Settings(rules=rules, today=TODAY), read=read).outcomes(read))
    assert [isinstance(each, FileReport) and each.error for each in outcomes] == [
        False,
        "internal error, please report it: ZeroDivisionError: oops",
        False,
    ]
    monkeypatch.setenv("FEEDLINT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        list(Engine(Settings(rules=rules, today=TODAY), read=read).outcomes(read))


def test_large_files_do_not_wait_for_many_others() -> None:
    large = ARTICLE.encode() + b"\n" * 900_000
    read = shelf({f"_news/2020-12-08-{number}.md": large for number in range(9)})
    outcomes = Engine(Settings(today=TODAY), read=read).outcomes(read)
    next(outcomes)
    assert len(read.asked) == 3
    assert len([next(outcomes) for _ in range(3)]) == 3
    assert len(read.asked) == 6
    assert len(list(outcomes)) == 5


def test_a_file_without_a_record_is_no_clear_one_though_no_rule_looks() -> None:
    read = shelf({"_news/2020-12-08-1.md": ARTICLE.encode(), "_news/2020-12-08-2.md": b"---\n"})
    sound, broken = Engine(Settings(rules=(), today=TODAY), read=read).outcomes(read)
    assert not isinstance(sound, FileReport)
    assert isinstance(broken, FileReport)
    assert (broken.readable, broken.fails) == (False, True)


@pytest.mark.skipif(os.name == "nt", reason="links may be forbidden")
def test_of_two_names_of_one_file_the_second_sees_what_the_first_has_repaired(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    first = put(tmp_path, DAMAGED, "_news/2020-12-08-1.md")
    second = first.with_name("2020-12-08-2.md")
    second.symlink_to(first.name)
    engine = Engine(Settings(fix=True, write=True, today=TODAY))
    reports = engine.files([first.as_posix(), second.as_posix()])
    assert [dict(report.fixed) for report in reports] == [{"TX007": 1}, {}]
    assert [report.error for report in reports] == [None, None]
    assert first.read_bytes() == ARTICLE.encode()
    assert second.is_symlink()
