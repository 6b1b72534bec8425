"""What is seen at a glance is what is seen by looking: no finding is lost, no fact is another."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.brief import Outline, Part
from feedlint.config import Settings
from feedlint.engine import Engine
from feedlint.glance import File, Glance
from feedlint.report import FileReport
from feedlint.rule import Rule
from feedlint.rules import RULES
from feedlint.source import parse
from fuzz import feeds
from tests.support import ARTICLE

TODAY = datetime(2021, 6, 1, tzinfo=timezone.utc)
ROOT = Path(__file__).resolve().parent.parent


EVERY = [rule.code for rule in RULES]


class Blind(Engine):
    """An engine that looks at each file in full, as the YAML parser reads it."""

    def data(self, data: bytes, path: str) -> tuple[FileReport, bytes]:
        with patch("feedlint.thorough.trace", parse):
            return super().data(data, path)

    def _glance_of(self, path: str) -> Glance | None:
        return None


AT_A_GLANCE, IN_FULL = (kind(Settings(rules=RULES, today=TODAY)) for kind in (Engine, Blind))


def reports(content: bytes, path: str) -> list[dict[str, object]]:
    """Return what each engine makes of *content*, the second one asked twice."""
    made = [engine.data(content, path)[0] for engine in (IN_FULL, AT_A_GLANCE, AT_A_GLANCE)]
    return [{key: value or None for key, value in vars(report).items()} for report in made]


@given(st.randoms(use_true_random=False).map(feeds.feed))
@settings(max_examples=150)
def test_what_is_made_up_is_seen_alike(data: bytes) -> None:
    path, content = feeds.split(data)
    in_full, *others = reports(content, (feeds.FEED / path).as_posix())
    for seen in others:
        assert seen == in_full


@pytest.mark.parametrize("folder", ["examples/feed"])
def test_a_feed_is_seen_alike(folder: str) -> None:
    for file in sorted((ROOT / folder).rglob("*.*")):
        if file.suffix in (".md", ".yaml"):
            in_full, *others = reports(file.read_bytes(), file.as_posix())
            for seen in others:
                assert seen == in_full, file


def test_a_sound_record_is_seen_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all this would be for nothing."""
    monkeypatch.setattr("feedlint.linting.find", None)
    monkeypatch.setenv("FEEDLINT_DEBUG", "1")
    for text in (ARTICLE, ARTICLE.replace("tram", "ferry")):
        report, _ = AT_A_GLANCE.data(text.encode(), (feeds.FEED / feeds.NEWS).as_posix())
        assert not report.diagnostics
        assert len(report.marks) == 4 * 16  # two addresses, the title, the publisher


def test_of_a_file_that_is_not_clear_only_those_rules_are_run_that_may_find_something() -> None:
    glance = AT_A_GLANCE._glance_of((feeds.FEED / feeds.NEWS).as_posix())
    assert glance is not None

    def doubtful(old: str, new: str) -> list[str]:
        text = ARTICLE.replace(old, new)
        assert text != ARTICLE
        seen = glance.look([File(text.encode(), (feeds.FEED / feeds.NEWS).as_posix())])
        return [rule.code for rule in seen[0].rules]

    assert doubtful("years of debate", "days of debate") == []
    # It might be UTF-8 read in another encoding by its letters, but is Serbian: the rules themselves know.
    assert doubtful("Harbour council", "Ђак из Ниша") == []
    assert doubtful("years of debate", "years â€“ debate") == ["TX001", "TX002", "TX006", "TX007", "TX008", "TX009"]
    assert doubtful('"Harbour council approves the new tram line"', "2020-12-08T21:40:00Z") == EVERY
    assert doubtful("years of debate", "years  of debate") == ["TX007"]


def test_rules_that_were_asked_at_a_glance_are_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDLINT_DEBUG", "1")
    monkeypatch.setattr(Rule, "is_clear", None)
    text = ARTICLE.replace("years of debate", "years  of debate")
    report, _ = AT_A_GLANCE.data(text.encode(), (feeds.FEED / feeds.NEWS).as_posix())
    assert [each.code for each in report.diagnostics] == ["TX007"]


def test_a_date_in_quotes_is_looked_at_where_the_same_line_is_known_without() -> None:
    dated = ARTICLE.replace("heat: 71", "heat: 71\nupdatedDateTime: 2020-12-09T08:15:00Z")
    quoted = dated.replace("2020-12-09T08:15:00Z", '"2020-12-09T08:15:00Z"')
    path = (feeds.FEED / feeds.NEWS).as_posix()
    found = [AT_A_GLANCE.data(text.encode(), path)[0].diagnostics for text in (dated, quoted)]
    assert [[each.code for each in diagnostics] for diagnostics in found] == [[], ["DT001"]]


def test_a_quote_that_is_never_closed_is_seen_where_the_same_field_was_read_before() -> None:
    path = (feeds.FEED / feeds.NEWS).as_posix()
    texts = [ARTICLE.replace("heat: 71", f"heat: 71\nauthor: {author}") for author in ('"Trams"', '"')]
    found = [AT_A_GLANCE.data(text.encode(), path)[0].diagnostics for text in texts]
    assert [[each.code for each in diagnostics] for diagnostics in found] == [[], ["YA001"]]


def test_a_text_above_a_list_is_seen_where_the_same_field_had_just_the_list_before() -> None:
    path = (feeds.FEED / feeds.NEWS).as_posix()
    texts = [ARTICLE, ARTICLE.replace("topics:\n", "topics: \n"), ARTICLE.replace("topics:\n", 'topics: "x"\n')]
    found = [AT_A_GLANCE.data(text.encode(), path)[0].diagnostics for text in texts]
    assert [[each.code for each in diagnostics] for diagnostics in found] == [[], [], ["YA001"]]


def test_values_are_asked_for_in_the_order_of_the_file() -> None:
    outline = Outline()
    part = Part(outline)
    for at, role in enumerate(["title", "excerpt", "title", "link"]):
        part.add(role, at)
    assert outline.all(("excerpt", "title")) == [0, 1, 2]


def test_every_rule_about_records_says_when_there_is_nothing_to_find() -> None:
    """One that does not would make each file be looked at in full."""
    assert [rule.code for rule in RULES if rule.sees in ("record", "field") and rule.clear is None] == []


def test_all_kinds_of_made_up_records_are_seen_at_a_glance() -> None:
    engine = Engine(Settings(rules=RULES, today=TODAY))
    random = Random(7)
    for _ in range(300):
        path, content = feeds.split(feeds.feed(random))
        engine.data(content, (feeds.FEED / path).as_posix())
    kinds = {glance.schema.name for glance in engine._by_schema.values() if glance._layouts}
    assert kinds >= {"article", "community", "learning", "sample", "topic"}


def test_a_repaired_file_is_looked_at_anew() -> None:
    """The excerpt is no excerpt before its key is repaired: no rule for texts may find anything in it."""
    text = ARTICLE.replace('excerpt: "The vote', 'exerpt: "The  vote')
    engine = Engine(Settings(fix=True, unsafe_fixes=True))
    report, repaired = engine.data(text.encode(), (feeds.FEED / feeds.NEWS).as_posix())
    assert report.fixed == {"SC002": 1, "TX007": 1}
    assert (report.diagnostics, repaired) == ([], ARTICLE.encode())


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("last_modified_at: 2020-12-09T08:15:00Z", []),
        ("last_modified_at: 2020-12-09 08:15:00.5+01:00", []),
        ("last_modified_at: 2020-13-09T08:15:00Z", ["YA004"]),
        ("last_modified_at: 2020-12-09T08:75:00Z", ["YA004"]),
        ("updatedDateTime: 2020-12-09T08:15:00+01:00", ["DT001"]),
        ("updatedDateTime: 2020-13-09T08:15:00Z", ["DT002"]),
        ("updatedDateTime: 2020-12-09", ["DT001"]),
        ("locale: 2020-12-09T08:15:00Z", []),
    ],
)
def test_dates_are_seen_wherever_they_stand(line: str, codes: list[str]) -> None:
    path = (feeds.FEED / feeds.NEWS).as_posix()
    content = ARTICLE.replace("heat: 71", f"heat: 71\n{line}").encode()
    in_full, *others = reports(content, path)
    diagnostics = in_full["diagnostics"] or []
    assert isinstance(diagnostics, list)
    assert [each.code for each in diagnostics if each.code != "DT005"] == codes
    for seen in others:
        assert seen == in_full
