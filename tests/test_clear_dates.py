"""Dates and scores, and the schema as a whole: what their rules take for clear at a glance, at the borders."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from feedlint.repository import Repository
from feedlint.source import events
from tests.support import CLEAR, FOUND, LOOKED_AT, glance

# --- dates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2020-12-08T21:40:00Z", CLEAR),
        ("1000-01-01T00:00:00Z", CLEAR),
        ("0999-12-31T00:00:00Z", FOUND),
        ("2020-12-31T23:59:59Z", CLEAR),
        ("2020-11-30T00:00:00Z", CLEAR),
        ("2020-11-31T00:00:00Z", FOUND),
        ("2020-04-31T00:00:00Z", FOUND),
        ("2020-12-32T00:00:00Z", FOUND),
        ("2019-02-28T00:00:00Z", CLEAR),
        ("2020-02-29T00:00:00Z", LOOKED_AT),
        ("2019-02-29T00:00:00Z", FOUND),
        ("2020-02-30T00:00:00Z", FOUND),
        ("2020-00-10T00:00:00Z", FOUND),
        ("2020-13-10T00:00:00Z", FOUND),
        ("2020-10-00T00:00:00Z", FOUND),
        ("2020-12-08T24:00:00Z", FOUND),
        ("2020-12-08T20:60:00Z", FOUND),
        ("2016-12-31T23:59:60Z", FOUND),
        ("2020-12-08T21:40:00z", FOUND),
        ("2020-12-08T21:40:00", FOUND),
        ("2020-12-08T21:40:00+00:00", FOUND),
        ("2020-12-08 21:40:00Z", FOUND),
        ("2020-12-08T21:40:00Z and after", FOUND),
        ("2021-06-01T00:00:00Z", CLEAR),
        ("2021-06-01T00:00:01Z", LOOKED_AT),
        ("2021-06-03T00:00:01Z", FOUND),
        ("&d 2020-12-08T21:40:00Z", CLEAR),
        ("[]", LOOKED_AT),
        ("null", LOOKED_AT),
    ],
)
@pytest.mark.parametrize("field", ["publishedDateTime", "updatedDateTime"])
def test_dates(field: str, date: str, said: str) -> None:
    assert glance(f"{field}: {date}", "DT001", "DT002", "DT005") == said


def test_a_date_in_quotes_may_be_out_of_line() -> None:
    lines = 'publishedDateTime: "2020-12-08T21:40:00Z"'
    assert [glance(lines, code) for code in ("DT001", "DT002", "DT005")] == [LOOKED_AT] * 3


def test_a_date_elsewhere_is_looked_up() -> None:
    lines = "publishedDateTime: &d 2020-12-08T21:40:00Z\nupdatedDateTime: *d"
    assert glance(lines, "DT001", "DT002", "DT005") == LOOKED_AT
    url = 'originalUrl: "https://www.example.com/2020/12/08/tram"'
    lines = f"title: &2020-12 2019-12-08T21:40:00Z\npublishedDateTime: *2020-12\n{url}"
    assert glance(lines, "DT004", path="_news/tram.md") == FOUND


def test_a_name_of_an_anchor_is_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "reader", events.pure_events)  # libyaml has no ":" in a name
    lines = "title: &2020-12-08T21:40:00Z 2019-12-08T21:40:00Z\npublishedDateTime: *2020-12-08T21:40:00Z"
    assert glance(lines, "DT003", path="_news/2020-12-08-tram.md") == FOUND


def test_now_is_told_in_utc() -> None:
    repository = Repository(None, today=datetime(2021, 6, 1, 1, tzinfo=timezone(timedelta(hours=2))))
    assert glance("publishedDateTime: 2021-05-31T23:00:00Z", "DT005", repository=repository) == CLEAR
    assert glance("publishedDateTime: 2021-05-31T23:00:01Z", "DT005", repository=repository) == LOOKED_AT


@pytest.mark.parametrize(
    ("date", "name", "said"),
    [
        ("2020-12-08T21:40:00Z", "2020-12-08-tram.md", CLEAR),
        ("2020-12-08T21:40:00Z", "2020-12-09-tram.md", CLEAR),
        ("2020-07-08T17:00:00Z", "2020-07-09-tram.md", CLEAR),
        ("2020-07-08T16:59:59Z", "2020-07-09-tram.md", FOUND),
        ("2020-12-08T16:59:59Z", "2020-12-09-tram.md", LOOKED_AT),
        ("2020-12-08T21:40:00Z", "2020-12-07-tram.md", FOUND),
        ("2020-12-08T21:40:00Z", "2020-12-10-tram.md", FOUND),
        ("2020-02-27T21:40:00Z", "2020-02-28-tram.md", CLEAR),
        ("2020-02-28T21:40:00Z", "2020-02-29-tram.md", LOOKED_AT),
        ("2021-02-28T21:40:00Z", "2021-02-29-tram.md", FOUND),
        ("2020-11-30T21:40:00Z", "2020-11-31-tram.md", FOUND),
        ("2020-11-30T21:40:00Z", "2020-12-01-tram.md", LOOKED_AT),
        ("2020-12-08T21:40:00Z", "2020-12-8-tram.md", LOOKED_AT),
        ("2020-12-08T21:40:00Z", "2020-1-8-tram.md", FOUND),
        ("2020-12-09T21:40:00Z", "2020-12-091.md", CLEAR),
        ("2020-12-08T21:40:00Z", "4711.md", CLEAR),
        ("2020-12-08T21:40:00Z", "tram-2020-12-10.md", CLEAR),
        ("2020-12-08 21:40", "tram.md", CLEAR),
        ("2020-12-08 21:40", "2020-12-08-tram.md", LOOKED_AT),
    ],
)
def test_the_date_in_a_file_s_name(date: str, name: str, said: str) -> None:
    for folder in ("_news/", "_news\\", ""):
        assert glance(f"publishedDateTime: {date}", "DT003", path=folder + name) == said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/tram", CLEAR),
        ("/2020/12/01/tram", CLEAR),
        ("/2020/12/31", CLEAR),
        ("/2020-12-08-tram", CLEAR),
        ("/2020/12/", CLEAR),
        ("/2020/tram", CLEAR),
        ("/1820/11/08/tram", CLEAR),
        ("/20191208/tram", CLEAR),
        ("/2020/11/30/tram", LOOKED_AT),
        ("/2020/dec/08/tram", LOOKED_AT),
        ("/2020/Jan/08/tram", FOUND),
        ("/2019/12/08/tram", FOUND),
        ("/2019-12-08-tram", FOUND),
        ("/2020-10-08-tram", FOUND),
        ("/2020/1/08/tram", FOUND),
        ("\\\\2019/12/08/tram", FOUND),
        ("/2020/12/08/2019/05/01/tram", LOOKED_AT),
        ("/tram?d=/2019/05/01/", LOOKED_AT),
    ],
)
@pytest.mark.parametrize("field", ["originalUrl", "webUrl"])
def test_the_date_in_an_address(field: str, path: str, said: str) -> None:
    lines = f'{field}: "https://www.example.com{path}"\npublishedDateTime: 2020-12-08T21:40:00Z'
    assert glance(lines, "DT004") == said


# --- the schema ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", CLEAR),
        ("quality: 61.0", FOUND),
        ("images:\n  - url: /a.jpg\n    width: 1200.0\n    height: 630", LOOKED_AT),
        ("actions:\n  - url: /a.zip\n    title: 1.5", FOUND),
        ("attribution: 1.50 EUR", CLEAR),
        ("topics: []", FOUND),
        ("subtitle: x", FOUND),
        ("secured: x", FOUND),
    ],
)
def test_the_schema_is_asked_for_all(lines: str, said: str) -> None:
    assert glance(lines, "SC001", "SC002", "SC003", "SC004", "SC006") == said


COST = """\
related:
  - title: The Cost
    publishedDateTime: 2020-12-08T18:05:00Z
    webUrl: https://www.example.net/tram-costs
"""


@pytest.mark.parametrize(
    ("quality", "heat", "published", "said"),
    [
        ("61", "71", "true", CLEAR),
        ("70", "70", "true", CLEAR),
        ("11", "70", "false", FOUND),
        ("11", "69", "true", FOUND),
        ("69", "69", "false", CLEAR),
        ("62", "61", "false", FOUND),
        ("95", "-1", "false", CLEAR),
        ("95", "-1", "true", FOUND),
        ("95", "-2", "false", LOOKED_AT),
        ("x", "71", "true", LOOKED_AT),
        ("0", "0", "false", CLEAR),
        ("!!int abc", "71", "true", LOOKED_AT),
    ],
)
def test_scores(quality: str, heat: str, published: str, said: str) -> None:
    assert glance(f"quality: {quality}\nheat: {heat}\npublished: {published}", "SC005") == said


def test_scores_of_a_record_with_related_stories() -> None:
    assert glance(f"quality: 61\nheat: 71\npublished: true\n{COST}", "SC005") == CLEAR
    assert glance(f"quality: 62\nheat: 71\npublished: true\n{COST}", "SC005") == FOUND


def test_scores_elsewhere_are_looked_up() -> None:
    assert glance("quality: &a 61\nheat: &b 71\npublished: true", "SC005") == CLEAR
    assert glance("quality: &70 10\nheat: *70\npublished: true", "SC005") == FOUND
