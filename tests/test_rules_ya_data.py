"""YA004 to YA006: what readers take a bare value for, the text they lose of it, and what not all of them have."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Diagnostic, Safety
from feedlint.linting import fix, lint
from feedlint.repository import Repository
from feedlint.rules import DEFAULT, select
from feedlint.source import Document
from feedlint.source.lost import glued_items, hash_value
from feedlint.source.readings import differ, is_odd_key, readings
from tests.strategies import damaged_files, feed_files, hostile_texts
from tests.support import findings, fixed, overlay, read

RULES = select(["YA004", "YA005", "YA006"])
PLAIN_PATH = "_notes/a.md"
READERS = ("Jekyll", "Hugo", "gray-matter", "Eleventy", "YAML 1.2", "PyYAML")


def found(lines: str, *, whole: bool = False) -> list[Diagnostic]:
    """Return what the three rules find in *lines* laid over a sound article, or in a record of no collection."""
    text = f"---\n{lines}\n---\n" if whole else overlay(lines)
    return lint(read(text, PLAIN_PATH) if whole else read(text), RULES, Repository(None))


def codes(lines: str) -> list[str]:
    """Return the codes of all that every rule finds in *lines* laid over a sound article."""
    return [diagnostic.code for diagnostic in findings(overlay(lines))]


# --- readings ----------------------------------------------------------------------------------------------

T = "text"
INF, NAN = float("inf"), "nan"
DATE, ROLLED, REFUSED = "date", "another", "error"
# What each of READERS reads: a number or a boolean as it is, None for null, else the kind.
MEASURED: dict[str, tuple[Any, ...]] = {
    "yes": (True, True, T, T, T, True),
    "y": (T, True, T, T, T, T),
    "N": (T, False, T, T, T, T),
    "nO": (False, T, T, T, T, T),
    "OFF": (False, False, T, T, T, False),
    "tRUE": (True, T, T, T, T, T),
    "True": (True, True, True, True, True, True),
    "nULL": (None, T, T, T, T, T),
    "Null": (None, None, None, None, None, None),
    "~": (None, None, None, None, None, None),
    ".inf": (INF, INF, INF, INF, INF, INF),
    ".iNf": (INF, T, T, T, T, T),
    ".NaN": (NAN, NAN, NAN, NAN, NAN, NAN),
    "=": (T, T, T, T, T, REFUSED),
    "<<": (T, T, T, T, T, REFUSED),
    "012": (10, 10, 10, 12, 12, 10),
    "007": (7, 7, 7, 7, 7, 7),
    "09": (T, 9, T, 9, 9, T),
    "0o12": (T, 10, T, 10, 10, T),
    "0b1": (1, 1, 1, 1, T, 1),
    "0x1F": (31, 31, 31, 31, 31, 31),
    "0X1F": (T, 31, T, T, T, T),
    "-0x1F": (-31, -31, -31, -31, T, -31),
    "0x_": (REFUSED, T, T, T, T, REFUSED),
    "16:9": (58140, T, 969, T, T, 969),
    "1:30:00": (5400, T, 5400, T, T, 5400),
    "1:30:00.5": (5400.5, T, 5400.5, T, T, 5400.5),
    "1:60": (T, T, T, T, T, T),
    "1_000": (1000, 1000, 1000, T, T, 1000),
    "1__000": (T, 1000, 1000, T, T, 1000),
    "1_": (T, 1, T, T, T, 1),
    "1,000": (1000, T, T, T, T, T),
    "3,50": (350, T, T, T, T, T),
    "1,000.5": (1000.5, T, T, T, T, T),
    "12e4567": (T, T, INF, T, INF, T),
    "685e4": (T, 6850000, 6850000, 6850000, 6850000, T),
    "1.0e5": (T, 100000, 100000, 100000, 100000, T),
    "1.0e+5": (100000, 100000, 100000, 100000, 100000, 100000),
    "1.0e+1000": (INF, T, INF, T, INF, INF),
    "+44": (44, 44, 44, 44, 44, 44),
    ".5": (0.5, 0.5, 0.5, 0.5, 0.5, 0.5),
    "+.5": (0.5, 0.5, T, T, 0.5, T),
    "5.": (5, 5, 5, 5, 5, 5),
    ":word": (REFUSED, T, T, T, T, T),
    "2020-12-08": (DATE, T, DATE, DATE, T, DATE),
    "2020-1-8": (DATE, T, T, T, T, T),
    "2020-13-45": (T, T, ROLLED, ROLLED, T, REFUSED),
    "2020-12-08T21:40:00Z": (DATE, T, DATE, DATE, T, DATE),
    "2020-12-08T25:40:00Z": (T, T, ROLLED, ROLLED, T, REFUSED),
    "9007199254740992": (9007199254740992,) * 6,
    "9007199254740993": (9007199254740993, 9007199254740993, *(9007199254740992,) * 3, 9007199254740993),
    "118728451714408300": (118728451714408300,) * 6,
    "2020-02-30 21:40:00": (ROLLED, T, ROLLED, ROLLED, T, REFUSED),
    "2020-13-01 21:40:00": (T, T, ROLLED, ROLLED, T, REFUSED),
}  # fmt: skip
# The same, followed by hand through the sources of the libraries; PyYAML alone was asked.
FOLLOWED: dict[str, tuple[Any, ...]] = {
    "-1_0": (-10, -10, -10, T, T, -10),
    "-1,0": (-10, T, T, T, T, T),
    "-012": (-10, -10, -10, -12, -12, -10),
    "-0b1_1": (-3, -3, -3, T, T, -3),
    "+0x1F": (31, 31, 31, 31, T, 31),
    "0xf,f": (255, T, T, T, T, T),
    "-0o17": (T, -15, T, -15, T, T),
    "0b_": (REFUSED, T, T, T, T, REFUSED),
    "0_": (0, 0, T, T, T, 0),
    "00": (0, 0, 0, 0, 0, 0),
    "1_0.5": (10.5, 10.5, 10.5, T, T, 10.5),
    "1_0.5e1": (T, 105, 105, T, T, T),
    "1__0.5": (10.5, 10.5, 10.5, T, T, 10.5),
    "1__6:9": (58140, T, 969, T, T, 969),
    "1e999": (T, T, INF, T, INF, T),
    "-1e999": (T, T, -INF, T, -INF, T),
    "-.inf": (-INF, -INF, -INF, -INF, -INF, -INF),
    "-16:9": (-57060, T, -969, T, T, -969),
    "+16:9": (58140, T, 969, T, T, 969),
    "-1_6:9": (-57060, T, -969, T, T, -969),
    "-1_0:30:00.5": (-34199.5, T, -37800.5, T, T, -37800.5),
    "-9007199254740993": (-9007199254740993, -9007199254740993, *(-9007199254740992,) * 3, -9007199254740993),
    "0x" + "f" * 290: (16**290 - 1, 16**290 - 1, INF, INF, INF, 16**290 - 1),
    "-0x" + "f" * 290: (1 - 16**290, 1 - 16**290, -INF, -INF, T, 1 - 16**290),
    "2020-01-01T00:00:00Z": (DATE, T, DATE, DATE, T, DATE),
    "2020-01-31T23:59:59.123456+05:30": (DATE, T, DATE, DATE, T, DATE),
    "2020-01-31T23:59:59.1234567Z": (DATE, T, DATE, DATE, T, DATE),
    "2020-00-01T21:40:00Z": (T, T, ROLLED, ROLLED, T, REFUSED),
    "2020-01-00T21:40:00Z": (T, T, ROLLED, ROLLED, T, REFUSED),
    "2020-01-32T21:40:00Z": (T, T, ROLLED, ROLLED, T, REFUSED),
    "2020-04-31T21:40:00Z": (ROLLED, T, ROLLED, ROLLED, T, REFUSED),
    "2020-12-08T24:00:00Z": (ROLLED, T, ROLLED, ROLLED, T, REFUSED),
    "2020-12-08T21:60:00Z": (T, T, ROLLED, ROLLED, T, REFUSED),
    "2020-12-08T21:40:60Z": (ROLLED, T, ROLLED, ROLLED, T, REFUSED),
    "2020-12-08T21:40:61Z": (T, T, ROLLED, ROLLED, T, REFUSED),
}  # fmt: skip


@pytest.mark.parametrize("text", [*MEASURED, *FOLLOWED])
def test_each_reader(text: str) -> None:
    kinds = {T: T, DATE: "date", ROLLED: "date", REFUSED: "error", NAN: "number"}
    measured = []
    for meant in (MEASURED | FOLLOWED)[text]:
        kind = kinds[meant] if isinstance(meant, str) else "null" if meant is None else "number"
        kind = "boolean" if isinstance(meant, bool) else kind
        measured.append((kind, meant if kind in ("boolean", "number") or meant == ROLLED else None))
    mine = readings(text)
    assert [tuple(mine[reader]) if mine else (T, None) for reader in READERS] == measured


@pytest.mark.parametrize(
    "text",
    [
        "", "Tram", "No tram", "yes!", "on-air", "24/7", "v1.0", "1.2.3", "1.2.3.4", "12020-12-08", "2020-12",
        "2020/12/08",
        "08.12.2020", "5G", "3D", "1st", "50%", "555-1234", "1-2", "1,", ",5", "1:2,3", "1.000,50", "1 000", ".", "..",
        "-", "+", "none", "nil", "NaN", "Infinity", "<", "==", "a:b", "e5", "1e", "0xG", "١٢", "²", "#1", "x" * 9000,
    ],
)  # fmt: skip
def test_a_text_to_all(text: str) -> None:
    assert readings(text) == {}


@pytest.mark.parametrize(
    "text", ["9" * 301, "-" + "9" * 400, "9" * 100_000, "0x" + "f" * 298, "0b" + "1" * 298, "9" * 298 + "e9"]
)
def test_numbers_without_an_end(text: str) -> None:
    assert differ(readings(text))


def test_a_number_too_long_for_any_reader_is_told_as_what_two_read() -> None:
    assert readings("+" + "9" * 301) == {"YAML 1.1": ("number", None), "YAML 1.2": ("number", INF)}
    assert readings("1-" * 200) == readings("." + "9" * 400) == readings("+." + "9" * 400) == {}
    assert readings(":" + "x" * 400)["Jekyll"] == ("error", None)


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        ("", True), ("[a]", True), ("{a: b}", True), ("*a", True), ("<<", True), ("on", True), ("1", True),
        ('"on"', False), ("'1'", False), ("a", False), ("a*", False), ("<", False),
    ],
)  # fmt: skip
def test_keys_that_are_no_text_to_some_reader(key: str, odd: bool) -> None:
    assert is_odd_key(key) is odd


@given(st.text(alphabet="0123456789_,.:+-eExXobTZ yn~=<\t\n", max_size=320))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    readings(text)


# --- YA004 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("No", "title is No, false to Jekyll, Hugo and PyYAML, a text to gray-matter, Eleventy and YAML 1.2"),
        ("nULL", "title is nULL, nothing to Jekyll, a text to Hugo, gray-matter, Eleventy, YAML 1.2 and PyYAML"),
        ("+44", "title is +44, the number 44 to every reader"),
        (".nan", "title is .nan, not a number to every reader"),
        ("1,0", "title is 1,0, the number 10 to Jekyll, a text to Hugo, gray-matter, Eleventy, YAML 1.2 and PyYAML"),
        (":-) so", "title is :-) so, an error to Jekyll, a text to Hugo, gray-matter, Eleventy, YAML 1.2 and PyYAML"),
        ("9e999", "title is 9e999, a text to Jekyll, Hugo, Eleventy and PyYAML, infinity to gray-matter and YAML 1.2"),
        ("=", "title is =, a text to Jekyll, Hugo, gray-matter, Eleventy and YAML 1.2, an error to PyYAML"),
    ],
)  # fmt: skip
def test_what_it_is_to_whom(value: str, message: str) -> None:
    (diagnostic,) = found(f"title: {value}")
    assert (diagnostic.code, diagnostic.severity) == ("YA004", ERROR)
    assert diagnostic.message == f"{message}: put it in double quotes"
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is SAFE
    assert fixed(overlay(f"title: {value}"), diagnostic.fix) == overlay(f'title: "{value}"')


@pytest.mark.parametrize(
    ("lines", "repaired"),
    [
        ("topics:\n  - Harbour\n  - Off", 'topics:\n  - Harbour\n  - "Off"'),
        ("topics: [Harbour, y]", 'topics: [Harbour, "y"]'),
        ("provider: {name: 1_000, domain: example.com}", 'provider: {name: "1_000", domain: example.com}'),
        ("locale: no", 'locale: "no"'),
        ("tags: on", 'tags: "on"'),
        ("slug: 012", 'slug: "012"'),
        ("title:\n  No", 'title:\n  "No"'),
        ("title: No # really", 'title: "No" # really'),
    ],
)
def test_where_a_text_is_wanted_it_is_quoted(lines: str, repaired: str) -> None:
    (diagnostic,) = found(lines)
    assert diagnostic.fix is not None
    assert fixed(overlay(lines), diagnostic.fix) == overlay(repaired)
    assert codes(repaired) == []


def test_a_date_is_a_warning_in_a_text_and_none_elsewhere() -> None:
    assert [d.severity for d in found("title: 2020-12-08")] == [WARNING]
    assert found("date: 2020-12-08 21:40:00 +0000\nlast_modified_at: 2020-12-09\nref: 2020-12-08") == []
    assert [d.severity for d in found("ref: 2020-13-08")] == [ERROR]
    assert found("made: 2020-12-08", whole=True) == []


@pytest.mark.parametrize(
    "value", ["yes", "1e5", "0o12", "1:30", "1_000", ":x", "2020-02-30", "9007199254740993", "1.0e+999"]
)
def test_where_nothing_is_said_of_the_field_there_is_no_fix(value: str) -> None:
    (diagnostic,) = found(f"made: {value}", whole=True)
    assert (diagnostic.code, diagnostic.fix) == ("YA004", None)
    assert f'"{value}"' in diagnostic.help


@pytest.mark.parametrize(
    "value", ["true", "Null", "~", "", "61", "-1", ".5", "+44", "007", "0x1F", "1.0e+5", '"no"', "'1e5'", "|\n  no"]
)
def test_what_all_read_alike_is_fine_where_nothing_is_said_of_the_field(value: str) -> None:
    assert found(f"made: {value}", whole=True) == []


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("published: yes", "SC003"),
        ("quality: 1_000", "SC003"),
        ("quality: 0x1F", "SC003"),
        ("title: 2020", "SC003"),
        ("title: ~", "SC003"),
        ("type: no", "SC004"),
        ("heat: 9007199254740993", "SC004"),
        ("webUrl: 16:9", "UR001"),
        ("publishedDateTime: 2020-13-45", "DT002"),
        ('images:\n  - url: "https://img.example.com/tram.jpg"\n    width: 1_200\n    height: 630', "IM001"),
        ("title: !!str no", "YA006"),
        ("title: &no no", "YA005"),
        ("title: no #1", "YA005"),
        ("title: 2020-12-08 #1", "YA005"),
    ],
)
def test_another_rule_speaks_of_it(lines: str, code: str) -> None:
    assert codes(lines) == [code]


# --- YA005 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "under", "repaired", "safety"),
    [
        ("title: We are #1", "#1", 'title: "We are #1"', SAFE),
        ('title: We say "yes" #1 \\o/', '#1 \\o/', 'title: "We say \\"yes\\" #1 \\\\o/"', SAFE),
        ("title: We are\n  all #1  ", "#1", 'title: "We are all #1"  ', SAFE),
        ("title: We are  #1", "#1", 'title: "We are  #1"', UNSAFE),
        ("title: Trams for all #harbour", "#harbour", 'title: "Trams for all #harbour"', UNSAFE),
        ("title: We are # 1", "# 1", 'title: "We are # 1"', UNSAFE),
        ("topics:\n  - Issue #7\n  - Trams", "#7", 'topics:\n  - "Issue #7"\n  - Trams', SAFE),
        ("provider:\n  name: Pier #7\n  domain: example.com", "#7",
         'provider:\n  name: "Pier #7"\n  domain: example.com', SAFE),
        ("title: #Trams for all", "#Trams for all", 'title: "#Trams for all"', SAFE),
        ("title:\t#Trams", "#Trams", 'title:\t"#Trams"', SAFE),
        ("topics:\n  - #Trams", "#Trams", 'topics:\n  - "#Trams"', SAFE),
        ("title: &Co rocks", "&Co", 'title: "&Co rocks"', SAFE),
        ("title: &Co   rocks on", "&Co", 'title: "&Co   rocks on"', SAFE),
        ("title: !!! Trams for all", "!!!", 'title: "!!! Trams for all"', SAFE),
        ("title: ! Trams", "!", 'title: "! Trams"', SAFE),
        ("title: !!news of the tram # x", "!!news", 'title: "!!news of the tram" # x', SAFE),
        ("topics:\n  -Trams\n  -Harbour", "-", "topics:\n  - Trams\n  - Harbour", SAFE),
        ("topics:\n  -Trams", "-", "topics:\n  - Trams", SAFE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lost_text(lines: str, under: str, repaired: str, safety: Safety, newline: str) -> None:
    text = overlay(lines).replace("\n", newline)
    (diagnostic,) = findings(text)
    assert (diagnostic.code, diagnostic.severity) == ("YA005", ERROR)
    assert text[diagnostic.span.start : diagnostic.span.end] == under
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is safety
    assert fixed(text, diagnostic.fix) == overlay(repaired).replace("\n", newline)
    assert [d.code for d in findings(overlay(repaired)) if d.code != "TX002"] == []  # which suspects "  " in a title


@pytest.mark.parametrize(
    "lines",
    [
        "title: Trams for all # by hand",
        "title: Trams for all  # by hand",
        "title: C# or F#, and a#b",
        'title: "Trams" #1',
        "title: 'Trams' #todo",
        "title: >- #1\n  Trams",
        "quality: 61 #1 of 189",
        'webUrl: https://www.example.com/tram #1',
        "publishedDateTime: 2020-12-08T21:40:00Z #1",
        "type: article #video",
        "published: true #1",
        "layout: #none",
        "topics: # of the story\n  - Trams",
        "topics: #list\n  - Trams",
        "topics:\n  - Trams # the first\n  #- Harbour\n  - Pier",
        "# title: x\n#1",
        "topics: [Trams, Harbour] #1",
        "title: -5 degrees in the harbour",
        "title: A & B! *",
        "layout: !!null #1",
    ],
)  # fmt: skip
def test_a_comment_is_a_comment(lines: str) -> None:
    assert [diagnostic.code for diagnostic in found(lines)] in ([], ["YA006"])


def test_a_value_that_may_be_missing_is_no_error() -> None:
    (diagnostic,) = found("made: #1", whole=True)
    assert (diagnostic.code, diagnostic.severity) == ("YA005", WARNING)
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is UNSAFE
    assert found("made: # nothing yet", whole=True) == []


def test_dashes_that_are_no_list_have_no_fix_where_an_item_is_no_plain_text() -> None:
    (diagnostic,) = found("topics:\n  -yes\n  -Trams")
    assert (diagnostic.code, diagnostic.fix) == ("YA005", None)
    assert codes("topics: -Trams") == ["SC003"]
    assert [d.fix for d in findings(overlay("topics: -Trams"))] == [None]


def test_a_key_and_its_value_in_one() -> None:
    text = "---\nsize: {width:50, height: 50}\n---\n"
    (diagnostic,) = lint(read(text, PLAIN_PATH), RULES, Repository(None))
    assert (diagnostic.code, text[diagnostic.span.start : diagnostic.span.end]) == ("YA005", ":")
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is UNSAFE
    assert fixed(text, diagnostic.fix, PLAIN_PATH) == text.replace(":50", ": 50")
    assert found("size: {a, b: c, 'd:1': , http://x}", whole=True) == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("a: #1", ["#1"]), ("a: \t#1 x \n", ["#1 x"]), ("a: # 1", []), ("a:\n  -b\nc: #1", ["#1"]),
        ("a: {b: #1\n}", []), ("a: ~ #1", []), ("a: &b #1", []), ("a: &X #1", []), ("a: !- #1", []), ("a: !t- #1", []),
    ],
)  # fmt: skip
def test_a_word_where_a_value_is_missing(lines: str, where: list[str]) -> None:
    document = read(lines, "a.yaml")
    spans = [span for node in document.nodes if (span := hash_value(document, node)) is not None]
    assert [document.slice(span) for span in spans] == where


@pytest.mark.parametrize(
    ("lines", "dashes"),
    [
        ("a:\n  -b\n  -c", [6, 11]), ("a:\n  -b\nc:\n  -d", [6, 14]), ("a:\n  -b\n  c", []), ("a: -b", []),
        ("a: [\n-b\n]", []), ("a:\n  '-b'", []), ("a: |\n  -b", []), ("a:\n  b\n  -c", []),
    ],
)  # fmt: skip
def test_dashes_without_a_space(lines: str, dashes: list[int]) -> None:
    document = read(lines, "a.yaml")
    assert [at for node in document.nodes for at in glued_items(document, node)] == dashes


def test_an_anchor_that_is_used_is_one() -> None:
    assert [d.code for d in found("a: &Co rocks\nb: *Co", whole=True)] == ["YA006"]


# --- YA006 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "under", "severity"),
    [
        ("a: !!str 1", "!!str", WARNING),
        ("a: !<tag:yaml.org,2002:str> 1", "!<tag:yaml.org,2002:str>", ERROR),
        ("a: !!python/name:os.system x", "!!python/name:os.system", ERROR),
        ("a: !ruby/object x", "!ruby/object", ERROR),
        ("a: !!binary aGk=", "!!binary", ERROR),
        ("a: !x [b]", "!x", ERROR),
        ("a: !x\n  b: c", "!x", ERROR),
        ("!!str a: b", "!!str", ERROR),
        ("a: &x [b]", "&x", WARNING),
        ("&x a: b", "&x", ERROR),
        ("a: b\n&x c: d", "&x", WARNING),
        ("a:\n  - !!str b: c", "!!str", ERROR),
        ("a: {&x b: c}", "&x", WARNING),
        ('a: &x "b"', "&x", WARNING),
        ("a: &x b\nc: *x\nd: [*x]", "*x", WARNING),
        ("a: &x b\nc: [" + "*x, " * 101 + "x]", "*x", ERROR),
        ("a: {b: c}\n<<: {d: e}", "<<", ERROR),
        ("[a]: b", "[a]", ERROR),
        ("{a: b}: c", "{a: b}", ERROR),
        ("? a\n: b", "?", WARNING),
        ("a\u200bb: c", "a\u200bb", ERROR),
        ('a: b\n"c\xa0d": e', '"c\xa0d"', ERROR),
        ("a: b\n\xa0c: d", "\xa0c", ERROR),
        ('a: "x\\012y"', "\\012", WARNING),
    ],
)
def test_exotic(lines: str, under: str, severity: str) -> None:
    text = f"---\n{lines}\n---\n"
    (diagnostic,) = lint(read(text, PLAIN_PATH), RULES, Repository(None))
    assert (diagnostic.code, diagnostic.severity, diagnostic.fix) == ("YA006", severity, None)
    assert text[diagnostic.span.start : diagnostic.span.end] == under


def test_aliases_of_one_anchor_are_one_finding() -> None:
    assert [d.message for d in found("a: &x b\nc: *x\nd: [*x, *x]", whole=True)] == [
        'c is the alias "*x" (and 2 more): write out what it stands for'
    ]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("1", "a number"), ("012", "a number"), ("1:30", "a number"), ("true", "a boolean"), ("on", "a boolean"),
        ("y", "a boolean"), ("null", "nothing"), ("~", "nothing"), ("2020-12-08", "a date"), ("=", "an error"),
    ],
)  # fmt: skip
def test_keys_that_are_no_text(key: str, kind: str) -> None:
    text = f"---\ntitle: x\n{key}: b\n---\n"
    (diagnostic,) = lint(read(text, PLAIN_PATH), RULES, Repository(None))
    assert diagnostic.message == f'the key "{key}" is no text but {kind} to some reader: put it in double quotes'
    assert diagnostic.fix is not None
    assert fixed(text, diagnostic.fix, PLAIN_PATH) == f'---\ntitle: x\n"{key}": b\n---\n'


@pytest.mark.parametrize("lines", ["1: x", "on: x", "<<: {a: b}"])
def test_a_key_that_the_schema_does_not_know_is_told_once(lines: str) -> None:
    assert codes(lines) == ["YA006"]


def test_slashes_that_are_escaped() -> None:
    text = overlay('excerpt: "24\\/7 \\\\/ and \\/ \\"x\\""')
    (diagnostic,) = findings(text)
    assert diagnostic.fix is not None
    assert fixed(text, diagnostic.fix) == overlay('excerpt: "24/7 \\\\/ and / \\"x\\""')
    assert findings(overlay("excerpt: '24\\/7 trams run'")) == []


@pytest.mark.parametrize(
    ("lines", "repaired"),
    [
        ("  a: b\n  c: |2\n      x\n     y\n  d: 'x\n   y'", "a: b\nc: |2\n    x\n   y\nd: 'x\n y'"),
        (" a: b\n\n  \n# c\n # d\n e:\n  - f", "a: b\n\n \n# c\n# d\ne:\n - f"),
        ("  a: b\n  c: 'x\n   y'", "a: b\nc: 'x\n y'"),
    ],
)
def test_a_record_that_is_indented_as_a_whole(lines: str, repaired: str) -> None:
    text = f"---\n{lines}\n---\n"
    document = read(text, PLAIN_PATH)
    (diagnostic,) = lint(document, RULES, Repository(None))
    assert diagnostic.message.startswith("the fields of the record are indented by ")
    assert fix(document, RULES, Repository(None), unsafe=False).document.text == f"---\n{repaired}\n---\n"


@pytest.mark.parametrize(
    "lines", ["title: What? *Yes* & no! {x}", '"title": x', "a:\n  - b: c\n    d: e\n  - f", "{a: b}", "a: [b?, !c]"]
)
def test_plain_yaml(lines: str) -> None:
    assert [d for d in found(lines, whole=True) if "!c" not in lines] == []


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ('excerpt: "\\ud83d\\ude00"', "YA001"),
        ("excerpt: " + "[" * 120 + "]" * 120, "YA001"),
        ("excerpt: &quot;X&quot; y", "YA001"),
        ("excerpt: [Video] x", "YA001"),
        ("excerpt: > x", "YA001"),
        ("excerpt: [Video]", "SC003"),
        ("excerpt: The trams\xa0", "TX007"),
    ],
)
def test_what_others_tell(lines: str, code: str) -> None:
    assert codes(lines) == [code]


# --- all ---------------------------------------------------------------------------------------------------


def repaired(document: Document, *, unsafe: bool) -> Document:
    return fix(document, RULES, Repository(None), unsafe=unsafe).document


@given(st.one_of(feed_files().map(lambda file: file[0]), damaged_files()), st.booleans())
def test_repair_comes_to_an_end(text: str, unsafe: bool) -> None:
    document = read(text)
    result = fix(document, RULES, Repository(None), unsafe=unsafe)
    again = fix(result.document, RULES, Repository(None), unsafe=unsafe)
    assert again.document.text == result.document.text
    left = [d for d in lint(result.document, RULES, Repository(None)) if d.fix and (unsafe or d.fix.safety is SAFE)]
    assert len(left) == len(result.refused)
    if not any(d.code == "YA005" for d in result.fixed):
        assert result.document.entries == document.entries


_VALUES = st.one_of(
    st.sampled_from(list(MEASURED)),
    st.lists(
        st.sampled_from(["#1", " #1", " #x", "&a", "!t", "!!str", " ", "-", "x", "tram", "é", *":01_,e."]),
        min_size=1, max_size=6,
    ).map("".join),
)  # fmt: skip


@given(_VALUES, st.sampled_from(["title: {}", "topics:\n  - {}\n  - Trams", "provider:\n  name: {}\n", "made: {}"]))
def test_a_value_is_repaired_for_all_readers(value: str, field: str) -> None:
    document = read(overlay(field.format(value)))
    result = fix(document, RULES, Repository(None), unsafe=True)
    assert result.refused == {}
    left = lint(result.document, RULES, Repository(None))
    assert [d for d in left if d.fix] == []
    assert result.document.text == document.text or result.fixed


@given(st.one_of(hostile_texts(), hostile_texts().map(lambda text: f"---\n{text}\n---\n")))
def test_hostile_text_is_only_text(text: str) -> None:
    lint(read(text), RULES, Repository(None))


@pytest.mark.parametrize(
    "line",
    ["a{}: &x !y z #1\n", "a{}: 1_0\n", 'a{}: "\\/"\n', "? a{}\n: b\n", "a: :{}\n", "b: &k{}\nd: *k{}\n", "  a{}: b\n"],
)  # fmt: skip
def test_time_grows_with_the_size_alone(line: str) -> None:
    text = "---\n" + "".join(line.replace("{}", str(number)) for number in range(10_000)) + "---\n"
    document = read(text, PLAIN_PATH)
    start = time.process_time()
    lint(document, RULES, Repository(None))
    assert time.process_time() - start < 10  # 1 or less where it is linear, minutes where it is not


def test_the_rules_run_by_default() -> None:
    assert [rule for rule in DEFAULT if rule in RULES] == RULES


# --- what no text can stand at ---------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["publishedDateTime: &a 2020-12-08T21:40:00Z", "quality: &a 61", "type: &a article"])
def test_an_anchor_before_a_date_a_number_or_a_word_from_a_list_is_no_text(line: str) -> None:
    (diagnostic,) = findings(overlay(line))
    assert (diagnostic.code, diagnostic.fix) == ("YA006", None)


@pytest.mark.parametrize("space", ["\u00a0\u00a0", "\u3000"])
def test_spaces_that_are_none_are_told_where_they_are(space: str) -> None:
    text = overlay("provider:\n  name: Example Times\n  domain: example.com").replace("  domain", f"{space}domain")
    (diagnostic,) = [d for d in findings(text) if d.code in ("YA006", "SC002")]
    told = f"domain is indented by U+{ord(space[0]):04X}, which is part of its name to YAML: use spaces"
    assert (diagnostic.code, diagnostic.message) == ("YA006", told)
    assert text[slice(*diagnostic.span)] == f"{space}domain"
