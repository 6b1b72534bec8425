"""DT003, DT004, DT005: what contradicts a date; and that a repaired date is right and stays so."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.diagnostic import Diagnostic
from feedlint.linting import fix as repair
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules import RULES, dt
from tests.support import overlay, read

TODAY = datetime(2021, 6, 15, 12, tzinfo=timezone.utc)
TITLE = 'title: "Straßenbahn 🚋 — 新"\n'  # multi-byte text before the span


def found(text: str, path: str = "_news/a.md", *, today: datetime = TODAY) -> list[Diagnostic]:
    return lint(read(text, path), dt.RULES, Repository(None, today))


def codes(text: str, path: str = "_news/a.md", *, today: datetime = TODAY) -> list[str]:
    return [diagnostic.code for diagnostic in found(text, path, today=today)]


def under(text: str, diagnostic: Diagnostic) -> list[str]:
    """Return the texts under the caret and under the labels."""
    return [text[slice(*span)] for span in (diagnostic.span, *(label.span for label in diagnostic.labels))]


def published(date: str) -> str:
    return overlay(f"{TITLE}publishedDateTime: {date}")


# --- DT003 ------------------------------------------------------------------------------------------------------

FITS = [
    ("2020-12-08T00:00:00Z", "2020-12-08-tram.md"),
    ("2020-12-08T23:59:59Z", "2020-12-08-tram.md"),
    ("2020-12-08T16:00:00Z", "2020-12-09-tram.md"),  # winter: 8 hours
    ("2020-06-08T17:00:00Z", "2020-06-09-tram.md"),  # summer: 7 hours
    ("2020-12-31T16:00:00Z", "2021-01-01-tram.md"),
    ("2021-03-13T16:00:00Z", "2021-03-14-tram.md"),  # the day before summer time
    ("2021-03-14T17:00:00Z", "2021-03-15-tram.md"),  # its first day
    ("2020-10-31T17:00:00Z", "2020-11-01-tram.md"),  # its last day
    ("2020-11-01T16:00:00Z", "2020-11-02-tram.md"),  # the day after
    ("2006-07-08T16:00:00Z", "2006-07-09-tram.md"),
    ("2020-12-08T21:40:00Z", "2020-12-8-tram.md"),
    ("2020-12-08T21:40:00Z", "2020-12-08.md"),
    ("2020-12-08T21:40:00Z", "tram-2020-01-01.md"),
    ("2020-12-08T21:40:00Z", "2020-01-tram.md"),
    ("2020-12-08T21:40:00Z", "2020-01-0123.md"),
    ("2020-12-08T21:40:00Z", "1000-01-01-tram.md"),
    ("2020-12-08T21:40:00Z", "20200101-tram.md"),
    ("2020-12-08T21:40:00Z", "tram.md"),
    ('"2020-12-08 22:40:00 +01:00"', "2020-12-08-tram.md"),
    ("'Tue, 08 Dec 2020 23:40:00 PST'", "2020-12-09-tram.md"),
]


@pytest.mark.parametrize(("date", "name"), FITS)
def test_a_file_named_after_its_story(date: str, name: str) -> None:
    assert "DT003" not in codes(published(date), f"_news/{name}")


MISFITS = [
    ("2020-12-08T15:59:59Z", "2020-12-09", "name the file 2020-12-08-…"),
    ("2020-12-08T00:00:00Z", "2020-12-07", "name the file 2020-12-08-…"),
    ("2020-12-08T16:00:00Z", "2020-12-10", "name the file 2020-12-08-… or 2020-12-09-…"),
    ("2020-06-08T16:59:59Z", "2020-06-09", "name the file 2020-06-08-…"),
    ("2021-03-14T16:59:59Z", "2021-03-15", "name the file 2021-03-14-…"),
    ("2020-10-31T16:59:59Z", "2020-11-01", "name the file 2020-10-31-…"),
    ("2020-11-01T15:59:59Z", "2020-11-02", "name the file 2020-11-01-…"),
    ("2020-01-08T08:00:00Z", "2021-01-08", "name the file 2020-01-08-…"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("date", "name", "advice"), MISFITS)
def test_a_file_named_after_another_day(date: str, name: str, advice: str, newline: str) -> None:
    text = published(date).replace("\n", newline)
    (finding,) = found(text, f"_news/{name}-tram.md")
    assert (finding.code, finding.severity, finding.fix) == ("DT003", "warning", None)
    assert finding.message == f'publishedDateTime "{date}" is another day than {name}, the date in the file\'s name'
    assert finding.help == f"write the right date, or {advice}"
    assert under(text, finding) == [date[:10]]


def test_every_style_has_the_caret_under_the_day() -> None:
    for written in ("'{}'", '"{}"', '"\\x32{}"', "|-\n  {}", ">-\n  {}", "&a {}  # now"):
        date = "020-12-08T08:00:00Z" if "x32" in written else "2020-12-08T08:00:00Z"
        text = published(written.format(date))
        (finding,) = found(text, "_news/2020-12-01-tram.md")
        assert under(text, finding) == ["\\x32020-12-08" if "x32" in written else "2020-12-08"]


def test_a_name_with_a_day_that_no_calendar_has() -> None:
    for name in ("2020-11-31", "2020-13-01", "2020-12-00"):
        (finding,) = found(published("2020-12-01T08:00:00Z"), f"_news/{name}-tram.md")
        assert finding.message == f"the file's name begins with {name}, which is no day"
        assert finding.help == "name the file 2020-12-01-…"


def test_only_the_files_own_record_and_name_are_looked_at() -> None:
    item = "related:\n  - title: a\n    publishedDateTime: 2020-01-01T00:00:00Z\n"
    assert codes(overlay(item), "_news/2020-12-08-a.md") == []
    assert codes(overlay(""), "2020-01-01-b/2020-12-08-a.md") == []
    assert codes(overlay(""), "a\n/2020-01-01-a.md") == ["DT003"]
    assert codes(overlay(""), "_news\\2020-01-01-a.md") == ["DT003"]


@pytest.mark.parametrize("date", ["03/04/2021", "yesterday", "2020-02-30T08:00:00Z", "null", "[a]", '""', '"\\ud800"'])
def test_what_names_no_moment_is_not_compared(date: str) -> None:
    text = overlay(f"publishedDateTime: {date}\nwebUrl: https://www.example.com/2019/01/01/tram")
    assert not {"DT003", "DT004", "DT005"} & set(codes(text, "_news/2019-01-01-a.md"))


# --- DT004 ------------------------------------------------------------------------------------------------------

URL_FITS = [
    "https://www.example.com/2020/12/08/tram",
    "https://www.example.com/2020/12/07/",
    "https://www.example.com/2021/01/08/tram",  # 31 days
    "https://www.example.com/2020/11/07/tram",
    "https://www.example.com/2020/12/",
    "https://www.example.com/2020/11",
    "https://www.example.com/2021/01/tram",
    "https://www.example.com/2020/dec/08/tram",
    "https://www.example.com/2020-12-08-tram",
    "https://www.example.com/2019/01/02/2020/12/08/tram",  # one that fits is enough
    "https://www.example.com/2019/tram",
    "https://www.example.com/2019/1/tram",
    "https://www.example.com/2019/00/",
    "https://www.example.com/2019/02/30/",
    "https://www.example.com/20190102/",
    "https://www.example.com/2019.01/",
    "https://www.example.com/tram-2019-01-02",
    "https://www.example.com/2019-01-023",
    "https://www.example.com/2019-01",
    "https://www.example.com/v2019/01/02/",
    "https://www.example.com/2019/2020",
    "https://www.example.com/1994/12/31/",
    "https://www.example.com/2030-01-01-plan",  # still to come
    "https://www.example.com/2021/12/25/",
    "https://www.example.com/tram?d=/2019/01/02/",
    "https://www.example.com/tram#/2019/01/02/",
    "https://2019-01-02.example.com/tram",
    "//2019-01-02.example.com/tram",
    "",
    "/2020/12/08",
]


@pytest.mark.parametrize("url", URL_FITS)
def test_an_address_that_does_not_contradict(url: str) -> None:
    assert codes(overlay(f'originalUrl: "{url}"')) == []


URL_OFF = [
    ("/2021/01/09/tram", "32 days before", "2021/01/09"),
    ("/2020/11/06/tram", "32 days after", "2020/11/06"),
    ("/2019/12/8", "366 days after", "2019/12/8"),
    ("/2020/10/", "38 days after", "2020/10"),
    ("/2020/10/08-tram", "38 days after", "2020/10"),
    ("/2021/02/tram", "55 days before", "2021/02"),
    ("/2020/Oct/30/", "39 days after", "2020/Oct/30"),
    ("/2020/october/30/", "39 days after", "2020/october/30"),
    ("/2020/oct/tram", "38 days after", "2020/oct"),
    ("/a/2020-10-30", "39 days after", "2020-10-30"),
    ("/2020-10-30_tram.html", "39 days after", "2020-10-30"),
    ("/2016/02/", "1744 days after", "2016/02"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("path", "distance", "date"), URL_OFF, ids=[case[0] for case in URL_OFF])
def test_an_address_of_another_day(path: str, distance: str, date: str, newline: str) -> None:
    text = overlay(f'{TITLE}originalUrl: "https://www.example.com{path}"').replace("\n", newline)
    (finding,) = found(text)
    assert (finding.code, finding.severity, finding.fix) == ("DT004", "warning", None)
    assert finding.message == (
        f'publishedDateTime "2020-12-08T21:40:00Z" is {distance} {date}, the date in originalUrl'
    )
    assert under(text, finding) == ["2020-12-08T21:40:00Z", date]
    assert finding.data_path == ("publishedDateTime",)


def test_both_addresses_are_one_finding() -> None:
    first, second = "https://www.example.com/2019/12/08/tram", "https://www.example.net/2019-12-09"
    text = overlay(f"originalUrl: {first}\nwebUrl: {second}")
    (finding,) = found(text)
    assert finding.message.endswith(" is 366 days after 2019/12/08, the date in originalUrl")
    assert under(text, finding)[1:] == ["2019/12/08", "2019-12-09"]
    assert codes(overlay(f"originalUrl: {first}\nwebUrl: https://www.example.net/2020/12/08/tram")) == []
    assert "the date in webUrl" in found(overlay(f"webUrl: {first}"))[0].message


def test_a_related_story_is_compared_with_its_own_address() -> None:
    text = overlay(
        "related:\n  - title: a\n    publishedDateTime: 2020-12-08T08:00:00Z\n"
        "    webUrl: https://www.example.com/2020/01/02/a\n"
    )
    (finding,) = found(text)
    assert finding.message == (
        'related[0].publishedDateTime "2020-12-08T08:00:00Z" is 341 days after 2020/01/02, '
        "the date in related[0].webUrl"
    )


def test_one_cause_is_one_finding() -> None:
    """The name of the file and the address contradict a mistyped year, and so may the clock."""
    url = "originalUrl: https://www.example.com/2020/12/08/tram\n"
    name = "_news/2020-12-08-tram.md"
    assert codes(f"{overlay(url + 'publishedDateTime: 2019-12-08T08:00:00Z')}", name) == ["DT003"]
    assert codes(f"{overlay(url + 'publishedDateTime: 2022-12-08T08:00:00Z')}", name) == ["DT005"]


@pytest.mark.parametrize("url", ["/2019/01/02" * 20_000, "/2019" * 50_000, "/" * 100_000, "/2019/10-" * 20_000])
def test_no_address_takes_long(url: str) -> None:
    text = overlay(f'originalUrl: "https://www.example.com{url}"')
    began = time.perf_counter()
    codes(text)
    assert time.perf_counter() - began < 5


# --- DT005 ------------------------------------------------------------------------------------------------------

LATE = [
    ("2021-06-16T12:00:00Z", []),
    ("2021-06-16T12:00:01Z", ["DT005"]),
    ("2021-06-15T12:00:00Z", []),
    ("9999-12-31T23:59:59Z", ["DT005"]),
    ("2022-02-29T12:00:00Z", ["DT002"]),
    ("2021-06-16T13:00:00+01:00", ["DT001"]),
    ("2021-06-16T13:00:01+01:00", ["DT001", "DT005"]),
    ("4102444800", ["DT001", "DT005"]),
]


@pytest.mark.parametrize("field", ["publishedDateTime", "updatedDateTime"])
@pytest.mark.parametrize(("date", "expected"), LATE)
def test_a_date_in_the_future(date: str, expected: list[str], field: str) -> None:
    assert sorted(codes(overlay(f"{field}: {date}"))) == expected


def test_the_future_is_told_at_the_date() -> None:
    text = overlay(f'{TITLE}updatedDateTime: "2021-12-08T21:40:00Z"\npublishedDateTime: "2020-12-08T21:40:00Z"')
    (finding,) = found(text)
    assert (finding.code, finding.severity, finding.fix) == ("DT005", "warning", None)
    assert finding.message == 'updatedDateTime "2021-12-08T21:40:00Z" is in the future'
    assert under(text, finding) == ['"2021-12-08T21:40:00Z"']
    elsewhere = datetime(2021, 12, 8, 4, tzinfo=timezone(timedelta(hours=-6)))
    assert codes(text, today=elsewhere) == []
    assert codes(text, today=elsewhere - timedelta(days=1)) == ["DT005"]
    assert codes(text, today=datetime(9999, 12, 31, 23, tzinfo=timezone.utc)) == []
    last = overlay("publishedDateTime: 9999-12-31T23:59:59Z")
    assert codes(last, "_news/2020-01-01-a.md", today=datetime(9999, 12, 31, 23, tzinfo=timezone.utc)) == ["DT003"]


# --- DT001: a repaired date ---------------------------------------------------------------------------------------

_FORMS = (
    "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%SZ", "%Y-%m-%dT%H:%M:%S+00:00", "%Y/%m/%d %H:%M", "%d.%m.%Y",
    "%d %b %Y %H:%M:%S GMT", "%Y%m%dT%H%M%SZ", "%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%dt%H:%M:%S.000z",
)  # fmt: skip
_STYLES = ("{}", "'{}'", '"{}"', "|-\n  {}", ">-\n  {}", "|\n  {}", "&a {}", "  {}  # then", "!!str {}")


@given(
    st.datetimes(datetime(1995, 1, 1), datetime(2021, 6, 1)),
    st.lists(st.tuples(st.sampled_from(_FORMS), st.sampled_from(_STYLES)), min_size=3, max_size=3),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_repaired_dates_are_right_and_stay_so(
    moment: datetime, ways: list[tuple[str, str]], newline: str, unsafe: bool
) -> None:
    first, second, third = (style.format(moment.strftime(form)) for form, style in ways)
    lines = f"{TITLE}publishedDateTime: {first}\nupdatedDateTime: {second}\n"
    if "\n" not in third:
        lines += f'related: [{{title: a, publishedDateTime: "{moment.strftime(ways[2][0])}"}}]\n'
    text = overlay(lines).replace("\n", newline)
    path = f"_news/{moment:%Y-%m-%d}-tram.md"
    repository = Repository(None, TODAY)
    result = repair(read(text, path), dt.RULES, repository, unsafe=unsafe)
    assert not result.refused, [reason for _, reason in result.refused.values()]
    left = lint(result.document, [rule for rule in RULES if rule.family == "DT"], repository)
    assert [d for d in left if d.fix is not None and (unsafe or d.fix.safety == "safe")] == []
    assert {d.code for d in left} <= {"DT001"}
    again = repair(result.document, dt.RULES, repository, unsafe=unsafe)
    assert again.document.text == result.document.text
    for node in result.document.nodes:
        if node.key in ("publishedDateTime", "updatedDateTime") and node.value.endswith("Z") and "T" in node.value:
            assert node.value[:10] == f"{moment:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("related", "expected"),
    [
        ('"2020-12-08T18:05:00Z"', ["DT001"]),
        ("'2020-12-08T18:05:00Z'", ["DT001"]),
        ("|-\n      2020-12-08T18:05:00Z", ["DT001"]),
        ("2020-12-08T18:05:00Z", []),
    ],
)
def test_a_quoted_date_beside_a_plain_one(related: str, expected: list[str]) -> None:
    text = overlay(f"related:\n  - title: a\n    publishedDateTime: {related}\n")
    assert codes(text) == expected
    assert codes(text.replace("publishedDateTime: 2020-12-08T21:40:00Z", 'publishedDateTime: "2020-12-08T21:40:00Z"'))[
        :1
    ] == ([] if expected else ["DT001"])
