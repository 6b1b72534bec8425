"""Where a rule says beforehand that there is nothing to find, it finds nothing: on what is made up, as on examples."""

from __future__ import annotations

from datetime import datetime, timezone
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.record import records
from feedlint.repository import Repository
from feedlint.rule import Rule
from feedlint.rules import RULES
from feedlint.source import parse
from fuzz import feeds
from tests.support import file_text

SAID = [rule for rule in RULES if rule.clear is not None and rule.sees in ("record", "field")]
REPOSITORY = Repository(feeds.FEED, today=datetime(2021, 6, 1, tzinfo=timezone.utc))


def check(rule: Rule, content: bytes, path: str) -> None:
    for record in records(parse(content, path), REPOSITORY):
        assert rule.clear is not None
        if rule.is_clear(record):
            assert list(rule.check(record)) == [], (rule.code, record.document.text)
        if rule.gate is not None and rule.gate(record.brief):
            assert rule.clear(record.brief), (rule.code, record.document.text)


@pytest.mark.skipif(not SAID, reason="no rule says so")
@given(st.randoms(use_true_random=False).map(feeds.feed))
@settings(max_examples=150)
def test_what_is_clear_has_nothing_to_find(data: bytes) -> None:
    path, content = feeds.split(data)
    for rule in SAID:
        check(rule, content, (feeds.FEED / path).as_posix())


@pytest.mark.parametrize("rule", SAID, ids=lambda rule: rule.code)
def test_what_is_wrong_is_not_clear_in_any_example(rule: Rule) -> None:
    for example in (each for other in RULES for each in other.examples):
        for text in filter(None, (example.bad, example.good, example.fixed)):
            check(
                rule, file_text(example, text).encode(errors="surrogateescape"), (feeds.FEED / example.path).as_posix()
            )


@pytest.mark.parametrize("rule", SAID, ids=lambda rule: rule.code)
def test_a_sound_record_is_clear(rule: Rule) -> None:
    """Else saying so is for nothing."""
    cleared = total = 0
    random = Random(5)
    for _ in range(200):
        path, content = feeds.split(feeds.feed(random))
        for record in records(parse(content, (feeds.FEED / path).as_posix()), REPOSITORY):
            assert rule.clear is not None
            found = list(rule.check(record))
            total += not found
            cleared += rule.is_clear(record)
    assert cleared > total / 4
