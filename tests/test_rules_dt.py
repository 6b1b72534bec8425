from __future__ import annotations

import time

import pytest

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic
from feedlint.record import records
from feedlint.repository import Repository
from feedlint.rules import DEFAULT
from feedlint.rules.dt.patterns import split
from feedlint.rules.dt.reading import is_sound, read
from tests.support import findings as all_findings
from tests.support import fixed, overlay
from tests.support import read as parse

GOOD = "2020-12-08T21:40:00Z"
# What compares a date with something else has tests of its own.
ALONE = tuple(rule for rule in DEFAULT if rule.code not in ("DT003", "DT004", "DT005"))


def findings(text: str) -> list[Diagnostic]:
    return all_findings(text, rules=ALONE)


def only(lines: str) -> tuple[str, Diagnostic]:
    """Return the file with *lines* laid over it, and the one finding in it."""
    text = overlay(lines)
    (found,) = findings(text)
    return text, found


def under(text: str, found: Diagnostic) -> str:
    return text[found.span.start : found.span.end]


# --- which instant -----------------------------------------------------------------------------------------

NAMES_ONE_INSTANT = [
    "2020-12-08T22:40:00+01:00",
    "2020-12-08T22:40:00+0100",
    "2020-12-08T22:40:00+01",
    "2020-12-08T22:40:00 +01:00",
    "2020-12-08T16:40:00-05:00",
    "2020-12-08T16:10:00\u221205:30",
    "2020-12-08T21:40:00+00:00",
    "2020-12-08T21:40:00-00:00",
    "2020-12-09T03:25:00+05:45",
    "2020-12-08 21:40:00Z",
    "2020-12-08t21:40:00Z",
    "2020-12-08T21:40:00z",
    "2020-12-08 21:40:00 UTC",
    "2020-12-08 21:40:00 +0000 UTC",
    "2020-12-08T21:40:00 Z",
    "2020-12-08T21:40Z",
    "2020-12-08T21:40:00.0Z",
    "2020-12-08T21:40:00,000Z",
    "2020-12-8T21:40:0Z",
    "2020/12/08 21:40:00Z",
    "2020.12.08 21:40:00Z",
    "20201208T214000Z",
    "20201208T2140Z",
    "20201208T224000+0100",
    "20201208T21:40:00Z",
    "Tue, 08 Dec 2020 21:40:00 GMT",
    "Tue, 8 Dec 2020 21:40 UT",
    "08 Dec 2020 21:40:00 +0000",
    "Tue, 08 Dec 2020 16:40:00 EST",
    "tue, 08 dec 2020 13:40:00 pst",
    "Tuesday, 08-Dec-2020 21:40:00 GMT",
    "Tue Dec  8 21:40:00 UTC 2020",
    "Tue Dec 08 2020 22:40:00 GMT+0100 (Central European Standard Time)",
    "2020-12-08T21:40:00Z (UTC)",
]


@pytest.mark.parametrize("text", NAMES_ONE_INSTANT)
def test_a_date_that_names_one_instant_is_repaired_safely(text: str) -> None:
    before, found = only(f'publishedDateTime: "{text}"')
    assert found.code == "DT001"
    assert found.fix is not None
    assert found.fix.safety is SAFE
    assert fixed(before, found.fix) == overlay('publishedDateTime: "2020-12-08T21:40:00Z"')


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("2020-12-08T24:00:00Z", "2020-12-09T00:00:00Z"),
        ("2020-12-31T23:30:00-01:00", "2021-01-01T00:30:00Z"),
        ("2021-01-01T00:30:00+01:00", "2020-12-31T23:30:00Z"),
        ("Mon, 29 Feb 2016 00:00:00 EDT", "2016-02-29T04:00:00Z"),
        ("1 Sep 2020 00:00:00 CDT", "2020-09-01T05:00:00Z"),
        ("1 Sept 2020 00:00:00 CST", "2020-09-01T06:00:00Z"),
        ("1 September 2020 00:00:00 MDT", "2020-09-01T06:00:00Z"),
        ("1 Sep. 2020 00:00:00 MST", "2020-09-01T07:00:00Z"),
        ("1 Sep 2020 00:00:00 PDT", "2020-09-01T07:00:00Z"),
        ("1 Sep 2020 00:00:00 PST", "2020-09-01T08:00:00Z"),
        ("1607463600", "2020-12-08T21:40:00Z"),
        ("1607463600.0", "2020-12-08T21:40:00Z"),
        ("1607463600000", "2020-12-08T21:40:00Z"),
        ("1607463600000.00", "2020-12-08T21:40:00Z"),
        ("1000000000", "2001-09-09T01:46:40Z"),
        ("2020-12-09T11:40:00+14:00", "2020-12-08T21:40:00Z"),
        ("2020-12-08T23:39:00+01:59", "2020-12-08T21:40:00Z"),
        ("1000-01-01 00:00:00Z", "1000-01-01T00:00:00Z"),
    ],
)
def test_another_instant_that_is_certain(text: str, repaired: str) -> None:
    before, found = only(f"publishedDateTime: '{text}'")
    assert found.fix is not None
    assert found.fix.safety is SAFE
    assert fixed(before, found.fix) == overlay(f"publishedDateTime: '{repaired}'")


@pytest.mark.parametrize(
    ("text", "repaired", "assumed"),
    [
        ("2020-12-08T21:40:00", "2020-12-08T21:40:00Z", "UTC"),
        ("2020-12-08 21:40", "2020-12-08T21:40:00Z", "UTC"),
        ("2020-12-08", "2020-12-08T00:00:00Z", "midnight and UTC"),
        ("20201208", "2020-12-08T00:00:00Z", "midnight and UTC"),
        ("20201208214000", "2020-12-08T21:40:00Z", "UTC"),
        ("202012082140", "2020-12-08T21:40:00Z", "UTC"),
        ("2020-12-08T21:40:00.001Z", "2020-12-08T21:40:00Z", "the fraction can go"),
        ("1607463600.5", "2020-12-08T21:40:00Z", "the fraction can go"),
        ("1607463600123", "2020-12-08T21:40:00Z", "the fraction can go"),
        ("2020/12/08", "2020-12-08T00:00:00Z", "midnight and UTC"),
        ("12/25/2020", "2020-12-25T00:00:00Z", "midnight and UTC"),
        ("25/12/2020", "2020-12-25T00:00:00Z", "midnight and UTC"),
        ("12/12/2020", "2020-12-12T00:00:00Z", "midnight and UTC"),
        ("12/13/2020", "2020-12-13T00:00:00Z", "midnight and UTC"),
        ("13/12/2020", "2020-12-13T00:00:00Z", "midnight and UTC"),
        ("25-12-2020", "2020-12-25T00:00:00Z", "midnight and UTC"),
        ("08.12.2020 21:40", "2020-12-08T21:40:00Z", "day before month and UTC"),
        ("25.12.2020", "2020-12-25T00:00:00Z", "midnight and UTC"),
        ("12/25/2020, 9:40:00\u202fPM", "2020-12-25T21:40:00Z", "UTC"),
        ("December 8, 2020", "2020-12-08T00:00:00Z", "midnight and UTC"),
        ("Dec. 8th, 2020 at 12:05 a.m.", "2020-12-08T00:05:00Z", "UTC"),
        ("Dec 8 2020 12:05pm", "2020-12-08T12:05:00Z", "UTC"),
        ("Dec 8 2020 1:05pm", "2020-12-08T13:05:00Z", "UTC"),
        ("8 Dec 2020 21:40", "2020-12-08T21:40:00Z", "UTC"),
        ("8th of December 2020", "2020-12-08T00:00:00Z", "midnight and UTC"),
        ("2020-Dec-08", "2020-12-08T00:00:00Z", "midnight and UTC"),
        ("Tue Dec  8 21:40:00 2020", "2020-12-08T21:40:00Z", "UTC"),
        ("Dec 8, 2020 4:40 PM EST", "2020-12-08T21:40:00Z", "EST for -05:00"),
        ("Tue Dec  8 16:40:00 EST 2020", "2020-12-08T21:40:00Z", "EST for -05:00"),
        ("2020-12-08 16:40:00 EST", "2020-12-08T21:40:00Z", "EST for -05:00"),
    ],
)
def test_a_date_that_takes_an_assumption_is_repaired_unsafely(text: str, repaired: str, assumed: str) -> None:
    before, found = only(f'publishedDateTime: "{text}"')
    assert found.fix is not None
    assert found.fix.safety is UNSAFE
    assert found.fix.title == f"Write {repaired}, assuming {assumed}"
    assert found.message.endswith(f": write {repaired}, assuming {assumed}")
    assert fixed(before, found.fix) == overlay(f'publishedDateTime: "{repaired}"')


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2021", "it may mean 3 April or 4 March; "),
        ("08-12-2020", "it may mean 8 December or 12 August; "),
        ("03/04/2021 21:40:00 CET", "it may mean 3 April or 4 March; "),
        ("12/08/20", "its year has two digits; "),
        ("Tuesday, 08-Dec-20 21:40:00 GMT", "its year has two digits; "),
        ("Mon, 08 Dec 2020 21:40:00 GMT", "8 December 2020 was a Tuesday; "),
        ("2020-12-08T21:40:00 CET", 'its zone, "CET", is no offset from UTC; '),
        ("Dec 8, 2020 9:40 PM ET", 'its zone, "ET", is no offset from UTC; '),
        ("9999-12-31T23:59:59-01:00", "in UTC that is after the year 9999; "),
        ("9999-12-31T24:00:00Z", "in UTC that is after the year 9999; "),
    ],
)
def test_a_date_that_may_be_two_is_only_reported(text: str, why: str) -> None:
    _, found = only(f'publishedDateTime: "{text}"')
    assert found.code == "DT001"
    assert found.fix is None
    assert found.message.endswith(f": {why}write YYYY-MM-DDTHH:MM:SSZ, in UTC")


@pytest.mark.parametrize(
    "text",
    ["yesterday", "TBD", "2020", "2020-12", "2020-W50-2", "2020120821", "160746360", "12:30", "T21:40", "-5",
     "2020-12-08T", "2020-12-08T21:40:00Z+01:00", "Marchember 8, 2020", "8 marraskuuta 2020", "n/a", "2020-12-08Z",
     "٢٠٢٠-١٢-٠٨T٢١:٤٠:٠٠Z", "2020-12-08T21:40:00Z" * 6, "2020-12-08T21:40:00.Z"],
)  # fmt: skip
def test_what_is_not_a_date_is_only_reported(text: str) -> None:
    _, found = only('publishedDateTime: "' + text + '"')
    assert found.code == "DT001"
    assert found.fix is None
    shown = text if len(text) < 60 else text[:60] + "…"
    assert found.message == (
        f'publishedDateTime "{shown}" cannot be read as a date: write YYYY-MM-DDTHH:MM:SSZ, in UTC'
    )


def test_a_long_text_is_named_by_its_beginning() -> None:
    for text, named in (("x" * 60, "x" * 60), ("x" * 61, "x" * 60 + "…")):
        _, found = only(f"publishedDateTime: {text}")
        assert found.message.startswith(f'publishedDateTime "{named}" cannot')


def test_an_empty_date() -> None:
    text, found = only('publishedDateTime: ""')
    assert (found.code, found.fix, under(text, found)) == ("DT001", None, '""')
    assert found.message == "publishedDateTime is empty: write YYYY-MM-DDTHH:MM:SSZ, in UTC"


# --- what is said, and where -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "caret", "has"),
    [
        ("2020-12-08T22:40:00+01:00", "+01:00", "an offset"),
        ("2020-12-08T22:40:00 GMT+1", "GMT+1", "an offset"),
        ("2020-12-08T21:40:00.500Z", ".500", "a fraction of a second"),
        ("2020-12-08 21:40:00Z", " ", "no T between date and time"),
        ("2020-12-08t21:40:00Z", "t", "a lower-case t"),
        ("2020-12-08T21:40:00z", "z", "a lower-case z"),
        ("2020-12-08t21:40:00z", "t21:40:00z", "a lower-case t and a lower-case z"),
        ("2020-12-08T21:40:00 Z", " ", "a space before the Z"),
        ("2020-12-08T21:40:00 GMT", "GMT", "a zone by name"),
        ("2020-12-8T21:40:00Z", "8", "no zero padding"),
        ("2020-12-08T9:40:05Z", "9", "no zero padding"),
        ("2020-2-08T09:4:5Z", "2-08T09:4:5", "no zero padding"),
        ("2020-12-08T24:00:00Z", "24", "hour 24"),
        ("2020-12-08T21:40Z", "2020-12-08T21:40Z", "no seconds"),
        ("2020-12-08T21:40:00", "2020-12-08T21:40:00", "no zone"),
        ("2020-12-08", "2020-12-08", "no time"),
        ("2020/12/08 21:40", "2020/12/08 21:40", "slashes, no T between date and time, no seconds and no zone"),
        ("08.12.2020", "08.12.2020", "dots and no time"),
        ("25-12-2020", "25-12-2020", "the year at the end and no time"),
        ("Tue, 2020-12-08T21:40:00Z", "Tue", "a weekday"),
        ("20201208T214000Z", "20201208T214000Z", "no dashes"),
        ("8 Dec 2020 21:40:00 GMT", "8 Dec 2020 21:40:00 GMT", "the month as a word and a zone by name"),
        ("2020-12-08T9:40:00 PM", "2020-12-08T9:40:00 PM", "a 12-hour clock and no zone"),
        ("2020-12-08T21:40:00Z (x)", "2020-12-08T21:40:00Z (x)", "something after it"),
        (" 2020-12-08T21:40:00Z\u200e", " 2020-12-08T21:40:00Z\u200e", "white space around it"),
        ("1607463600", "1607463600", "seconds since 1970 in place of a date"),
        ("1607463600000", "1607463600000", "milliseconds since 1970 in place of a date"),
    ],
)
def test_the_message_says_what_is_odd_and_the_caret_is_under_it(text: str, caret: str, has: str) -> None:
    file, found = only(f'title: "Zürich 🚋 여"\npublishedDateTime: "{text}"')
    assert found.message.startswith(f'publishedDateTime "{text}" has {has}: write 20')
    assert under(file, found) == caret


def test_a_number_is_read_as_a_date() -> None:
    for number in ("1607463600", "1607463600000", "1607463600.0"):
        text, found = only(f"publishedDateTime: {number}")
        assert found.fix is not None
        assert fixed(text, found.fix) == overlay("publishedDateTime: 2020-12-08T21:40:00Z")
    for other in ("true", "-1", "20", "1.5e9"):
        text, found = only(f"publishedDateTime: {other}")
        assert (found.fix, under(text, found)) == (None, other)
        assert "cannot be read as a date" in found.message


@pytest.mark.parametrize(
    "value",
    [
        "",
        " null",
        " ~",
        "\n  - 2020-12-08",
        "\n  year: 2020",
        " [2020-12-08]",
        " {}",
        " &x {a: b}",
        " !!timestamp 2020-12-08",
    ],
)
def test_what_is_no_scalar_is_left_to_other_rules(value: str) -> None:
    assert [d.code for d in findings(overlay(f"publishedDateTime:{value}")) if d.code.startswith("DT")] == []


def test_an_alias_is_judged_where_it_is_anchored() -> None:
    text = overlay("publishedDateTime: &when 2020-12-08\nupdatedDateTime: *when")
    (found,) = (d for d in findings(text) if d.code == "DT001")
    assert found.data_path == ("publishedDateTime",)


# --- styles ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        (" 2020-12-08 21:40:00Z", " 2020-12-08T21:40:00Z"),
        (" 2020-12-08 21:40:00Z  # from the wire", " 2020-12-08T21:40:00Z  # from the wire"),
        (" '2020-12-08 21:40:00Z'", " '2020-12-08T21:40:00Z'"),
        (' "2020-12-08\\u002021:40:00Z"', ' "2020-12-08T21:40:00Z"'),
        (" |-\n  2020-12-08 21:40:00Z", " |-\n  2020-12-08T21:40:00Z"),
        (" >-\n  2020-12-08\n  21:40:00Z", " >-\n  2020-12-08T21:40:00Z"),
        (" |\n  2020-12-08T21:40:00Z", ' "2020-12-08T21:40:00Z"'),
        (" &a 2020-12-08 21:40:00Z", " &a 2020-12-08T21:40:00Z"),
        (" 2020-12-08\n  21:40:00Z", " 2020-12-08T21:40:00Z"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_style(written: str, repaired: str, newline: str) -> None:
    before = overlay(f"publishedDateTime:{written}").replace("\n", newline)
    (found,) = (d for d in findings(before) if d.code == "DT001")
    assert found.fix is not None
    assert fixed(before, found.fix) == overlay(f"publishedDateTime:{repaired}").replace("\n", newline)


def test_a_block_scalar_is_marked_where_it_is_odd() -> None:
    text = overlay("publishedDateTime: |-\n  2020-12-08T22:40:00+01:00")
    (found,) = findings(text)
    assert under(text, found) == "+01:00"


RELATED = """\
related:
  - title: "Second story"
    publishedDateTime: {}
    webUrl: "https://example.com/a"
    type: article
  - title: "Third story"
    publishedDateTime: {}
    webUrl: "https://example.com/b"
    type: article
"""


def test_related_items() -> None:
    text = overlay(RELATED.format("2020-12-08T22:40:00+01:00", '"2020-12-07 10:00:00Z"'))
    first, second = (d for d in findings(text) if d.code.startswith("DT"))
    assert first.message.startswith('related[0].publishedDateTime "2020-12-08T22:40:00+01:00" has an offset')
    assert second.message.startswith('related[1].publishedDateTime "2020-12-07 10:00:00Z" has no T')
    assert under(text, first) == "+01:00"
    assert under(text, second) == " "
    assert first.fix is not None
    assert second.fix is not None
    half = fixed(text, first.fix)
    assert half == overlay(RELATED.format("2020-12-08T21:40:00Z", '"2020-12-07 10:00:00Z"'))
    # the article's own date is plain, so this one becomes plain too
    assert fixed(text, second.fix) == overlay(RELATED.format("2020-12-08T22:40:00+01:00", "2020-12-07T10:00:00Z"))


@pytest.mark.parametrize("written", ["20201208T214000Z", '"20201208T214000Z"'])
def test_in_a_flow_collection_a_date_is_quoted(written: str) -> None:
    item = 'related: [{{title: "Second story", publishedDateTime: {}, webUrl: "https://example.com/a", type: article}}]'
    text = overlay(item.format(written))
    (found,) = (d for d in findings(text) if d.code.startswith("DT"))
    assert under(text, found) == "20201208T214000Z"
    assert found.fix is not None
    repaired = overlay(item.format(f'"{GOOD}"'))
    assert fixed(text, found.fix) == repaired
    assert [d for d in findings(repaired) if d.code.startswith("DT")] == []


@pytest.mark.parametrize("quoted", [f'"{GOOD}"', f"'{GOOD}'", f"|-\n      {GOOD}", f">-\n      {GOOD}"])
def test_a_quoted_date_beside_a_plain_one(quoted: str) -> None:
    text = overlay(RELATED.format(quoted, GOOD))
    (found,) = (d for d in findings(text) if d.code.startswith("DT"))
    assert found.message == (
        f'related[0].publishedDateTime "{GOOD}" is not written plain, as another date of the file is: write both alike'
    )
    assert under(text, found) == quoted
    assert found.fix is not None
    assert found.fix.safety is SAFE
    assert fixed(text, found.fix) == overlay(RELATED.format(GOOD, GOOD))


def test_a_file_that_quotes_all_its_dates_is_left_alone() -> None:
    text = overlay(f'publishedDateTime: "{GOOD}"\n' + RELATED.format(f"'{GOOD}'", f'"{GOOD}"'))
    assert [d for d in findings(text) if d.code.startswith("DT")] == []


def test_both_dates_of_a_record() -> None:
    text = overlay("publishedDateTime: 2020-12-08\nupdatedDateTime: 2020-12-09 10:00")
    paths = [(d.code, d.data_path) for d in findings(text) if d.code.startswith("DT")]
    assert paths == [("DT001", ("publishedDateTime",)), ("DT001", ("updatedDateTime",))]


# --- DT002 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "caret", "why"),
    [
        ("2021-02-30T08:00:00Z", "30", "February 2021 has 28 days"),
        ("2021-02-29T08:00:00Z", "29", "February 2021 has 28 days"),
        ("1900-02-29T08:00:00Z", "29", "February 1900 has 28 days"),
        ("2021-04-31T08:00:00Z", "31", "April 2021 has 30 days"),
        ("2021-04-00T08:00:00Z", "00", "no month has a day 0"),
        ("2021-13-01T08:00:00Z", "13", "there is no month 13"),
        ("2021-00-01T08:00:00Z", "00", "there is no month 0"),
        ("0000-12-08T21:40:00Z", "0000", "there was no news in the year 0000"),
        ("0001-01-01T00:00:00Z", "0001", "there was no news in the year 0001"),
        ("2021-02-12T25:00:00Z", "25", "the last hour is 23"),
        ("2021-02-12T24:00:01Z", "24", "the last hour is 23"),
        ("2021-02-12T24:01:00Z", "24", "the last hour is 23"),
        ("2021-02-12T21:60:00Z", "60", "the last minute is 59"),
        ("2016-12-31T23:59:60Z", "60", "second 60 is a leap second, which few readers know"),
        ("2016-12-31T23:59:61Z", "61", "the last second is 59"),
        ("2021-02-12T21:40:00+15:00", "+15:00", "no zone is so far from UTC"),
        ("2021-02-12T21:40:00+01:60", "+01:60", "no zone is so far from UTC"),
        ("2021-02-30", "30", "February 2021 has 28 days"),
        ("20211301", "13", "there is no month 13"),
        ("Feb 30, 2021", "30", "February 2021 has 28 days"),
        ("31/04/2021", "31", "April 2021 has 30 days"),
        ("04/31/2021", "31", "April 2021 has 30 days"),
        ("13/13/2021", "13", "there is no month 13"),
        ("2021-02-12 13:40 PM", "13", "a 12-hour clock has no hour 13"),
        ("2021-02-12 0:40 AM", "0", "a 12-hour clock has no hour 0"),
    ],
)
def test_an_impossible_date(text: str, caret: str, why: str) -> None:
    file, found = only(f"title: \"Zürich 🚋 여\"\npublishedDateTime: '{text}'")
    assert (found.code, found.fix) == ("DT002", None)
    assert found.message == f'publishedDateTime "{text}" is not possible: {why}'
    assert under(file, found) == caret
    at = {"13/13/2021": 3, "2021-02-12 0:40 AM": 11}.get(text, text.index(caret))
    assert found.span.start == file.index(text) + at


@pytest.mark.parametrize("text", ["2020-02-29T00:00:00Z", "2000-02-29T23:59:59Z", "1000-01-01T00:00:00Z", GOOD])
def test_a_date_that_exists(text: str) -> None:
    assert findings(overlay(f"publishedDateTime: {text}")) == []


@pytest.mark.parametrize(
    "written", ["2021-02-30T08:00:00Z", "|-\n  2021-02-30T08:00:00Z", '"2021-02-3\\u0030T08:00:00Z"']
)
def test_the_caret_is_under_the_day_in_every_style(written: str) -> None:
    text = overlay(f"publishedDateTime: {written}")
    (found,) = findings(text)
    assert under(text, found) in ("30", "3\\u0030")


def test_quick_and_thorough_reading_agree_on_what_is_sound() -> None:
    for text in (
        GOOD,
        "2021-02-29T00:00:00Z",
        "2020-02-29T24:00:00Z",
        "0999-01-01T00:00:00Z",
        "1000-01-01T00:00:00Z",
        "2020-12-08T21:40:00+00:00",
    ):
        reading = read(text)
        assert reading is not None
        assert is_sound(text) == (not reading.odd and reading.impossible is None)


# --- hostile -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [" " * 100_000, "1" * 100_000, "2020-12-08" * 20_000, "Tue," + " " * 95, "Dec" + " " * 96 + "8", "(" * 100,
     "2020-12-08T21:40:00." + "0" * 79, "a" * 100, "8" + " " * 98 + "x", "\ud800" * 50, "1" * 9 + "0" * 91],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    split(text)
    assert time.process_time() - began < 0.5


def test_no_record_has_dates_of_another() -> None:
    """A related item is a record of its own: each of its dates is found once."""
    document = parse(overlay(RELATED.format(GOOD, GOOD)))
    assert [len(r.fields("date")) for r in records(document, Repository(None))] == [1, 1, 1]
