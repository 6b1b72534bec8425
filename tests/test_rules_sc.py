"""SC: what the schema finds is said once, in words, under the right characters, and repaired exactly."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.catalogue import Catalogue, load
from feedlint.catalogue import read as read_schema
from feedlint.diagnostic import Diagnostic, Safety, Severity
from feedlint.likeness import closest
from feedlint.linting import fix, lint
from feedlint.repository import Repository
from feedlint.rules import sc
from feedlint.rules.sc.malformed_secured import explain
from feedlint.rules.sc.problems import problems
from tests.support import ARTICLE, PATH, findings, fixed, overlay, read

RELATED = """\
related:
  - title: "What the tram line will cost"
    publishedDateTime: 2020-12-08T18:05:00Z
    webUrl: "https://www.example.net/tram-costs"
    provider:
      name: Example Post
      domain: example.net
"""
OWN = tuple(rule for rule in sc.RULES if rule.code != "SC005")  # which has tests of its own
IMAGE = 'images:\n  - url: "https://img.example.com/tram.jpg"\n    width: 1200\n    height: 630\n'


class Finding(NamedTuple):
    """A diagnostic as the tests compare it: the text under its caret in place of the span."""

    code: str
    under: str
    message: str


def run(text: str, path: str = PATH) -> list[Diagnostic]:
    return findings(text, path, rules=OWN)


def found(lines: str, base: str = ARTICLE, path: str = PATH) -> list[Finding]:
    text = overlay(lines, base) if lines else base
    return [Finding(d.code, text[d.span.start : d.span.end], d.message) for d in run(text, path)]


def without(*names: str) -> str:
    """Return the article without some of its top-level fields of one line."""
    return re.sub(rf"(?m)^(?:{'|'.join(names)}):.*\n", "", ARTICLE)


def repair(text: str, path: str = PATH) -> tuple[str, Safety]:
    """Return *text* with its only finding fixed, and how safe that is."""
    (diagnostic,) = run(text, path)
    assert diagnostic.fix is not None
    return fixed(text, diagnostic.fix, path), diagnostic.fix.safety


def test_the_article_and_a_related_story_are_clean() -> None:
    assert found("") == []
    assert found(RELATED) == []


@pytest.mark.parametrize("text", ["", "---\n---\n", "---\n- a\n---\n", "---\ntitle: [\n---\n", "no record at all"])
def test_no_record_no_finding(text: str) -> None:
    assert run(text) == []


def test_a_collection_without_a_schema_is_left_alone() -> None:
    assert found("titel: A\nquality: high", without("category"), "_recipes/a.md") == []


def test_the_schema_is_asked_once_for_all_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    errors = load("article").errors

    def counted(data: object) -> Iterator[object]:
        asked.append(data)
        return errors(data)

    monkeypatch.setattr(load("article"), "errors", counted)
    assert len(run(overlay(RELATED + "titel: A\ntopics: [A, A]"))) == 2
    assert len(asked) == 1


def test_a_clean_record_is_not_asked_for_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load("article"), "errors", None)
    assert found(RELATED) == []


# --- SC001 missing-field ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (without("webUrl"), ("SC001", "---", "the record lacks webUrl")),
        (without("title", "secured"), ("SC001", "---", "the record lacks title and secured")),
        (without("title", "excerpt", "type"), ("SC001", "---", "the record lacks title, excerpt and type")),
        (without("heat"), ("SC001", "---", "the record lacks heat, which goes with quality and published")),
        (without("heat", "quality"), ("SC001", "---", "the record lacks quality and heat, which go with published")),
        (overlay("provider:\n  name: A"), ("SC001", "provider", "provider lacks domain")),
        (overlay("provider: {domain: a.example}"), ("SC001", "provider", "provider lacks name")),
        (overlay("provider: {}"), ("SC001", "provider", "provider lacks name and domain")),
        (overlay("images:\n  - width: 5\n    height: 5"), ("SC001", "width", "images[0] lacks url")),
        (overlay("images: [{height: 5, width: 5}]"), ("SC001", "height", "images[0] lacks url")),
        (overlay("actions:\n  - {}"), ("SC001", "{}", "actions[0] lacks url")),
        (overlay(RELATED.replace("  webUrl:", "  originalUrl:")), ("SC001", "title", "related[0] lacks webUrl")),
        (
            overlay(RELATED.replace("      domain: example.net\n", "")),
            ("SC001", "provider", "related[0].provider lacks domain"),
        ),
    ],
)
def test_a_missing_field(text: str, finding: tuple[str, str, str]) -> None:
    assert found("", text) == [Finding(*finding)]


def test_a_missing_field_is_explained_and_points_at_its_parent() -> None:
    (diagnostic,) = run(overlay("provider:\n  name: A"))
    assert diagnostic.help == "domain: The publisher's domain: a bare host name in lower case, without www."
    assert diagnostic.data_path == ("provider",)
    assert diagnostic.fix is None
    (diagnostic,) = run(without("title", "excerpt"))
    assert (diagnostic.help, diagnostic.data_path) == ("", ())
    (diagnostic,) = run(without("webUrl"))
    assert diagnostic.help.startswith("webUrl: The page the reader is led to.")


def test_where_the_opening_delimiter_is_missing_the_first_key_is_shown() -> None:
    assert found("", without("webUrl").removeprefix("---\n")) == [
        Finding("SC001", "category", "the record lacks webUrl")
    ]


@pytest.mark.parametrize(
    "text",
    [
        without("webUrl").replace("type: article", "type: video"),
        without("quality", "heat", "published"),
        without("originalUrl", "ampWebUrl", "cdnAmpWebUrl"),
        without("ampWebUrl"),  # UR006 speaks of it
        without("cdnAmpWebUrl"),
        without("cdnAmpWebUrl", "quality", "heat", "published"),
        overlay("images:\n  - url: /a.png"),  # IM001 does
    ],
)
def test_what_need_not_be_there(text: str) -> None:
    assert found("", text) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_only_category_there_is_goes_where_it_belongs(newline: str) -> None:
    text = without("category").replace("\n", newline)
    assert repair(text) == (ARTICLE.replace("\n", newline), Safety.SAFE)


def test_a_comment_and_other_fields_before_it_keep_their_places() -> None:
    text = without("category").replace("---\n", "---\n# reviewed\nlayout: post\n", 1)
    expected = ARTICLE.replace("---\n", "---\n# reviewed\n", 1).replace("title:", "layout: post\ntitle:", 1)
    assert repair(text) == (expected, Safety.SAFE)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (without("category", "title"), PATH),
        (without("category", "webUrl"), PATH),
        (without("category", "heat"), PATH),
        (without("category"), "drafts/a.md"),
        (without("category"), "a.md"),
        ("---\n{layout: post}\n---\n", PATH),
    ],
)
def test_no_category_is_inserted_where_it_is_not_certain(text: str, path: str) -> None:
    diagnostics = run(text, path)
    assert "category" in diagnostics[0].message + diagnostics[-1].message
    assert [diagnostic.fix for diagnostic in diagnostics] == [None] * len(diagnostics)


# --- SC002 unknown-field ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "base", "finding"),
    [
        ("titel: A", without("title"), ("titel", '"titel" is no field of the record; did you mean title?')),
        ("titel: A", ARTICLE, ("titel", '"titel" is no field of the record; title is there already')),
        ('"weburl": A', without("webUrl"), ('"weburl"', '"weburl" is no field of the record; did you mean webUrl?')),
        ("subtitle: A", ARTICLE, ("subtitle", '"subtitle" is no field of the record; no reader knows it')),
        (
            "provider:\n  nmae: A\n  domain: b.example",
            ARTICLE,
            ("nmae", '"nmae" is no field of provider; did you mean name?'),
        ),
        (
            "images: [{url: /a.png, heigth: 3, width: 4}]",
            ARTICLE,
            ("heigth", '"heigth" is no field of images[0]; did you mean height?'),
        ),
        (
            RELATED + '    "exerpt": "é"',
            ARTICLE,
            ('"exerpt"', '"exerpt" is no field of related[0]; did you mean excerpt?'),
        ),
        (RELATED + "    secured: A", ARTICLE, ("secured", '"secured" is no field of related[0]; no reader knows it')),
        ("'': A", ARTICLE, ("''", '"" is no field of the record; no reader knows it')),
    ],
)
def test_an_unknown_field(lines: str, base: str, finding: tuple[str, str]) -> None:
    text = base.replace("\ntype:", f"\n{lines}\ntype:", 1) if lines[0] in "?'" else overlay(lines, base)
    assert found("", text) == [Finding("SC002", *finding)]


@pytest.mark.parametrize(("name", "severity"), [("titel", Severity.ERROR), ("caption", Severity.WARNING)])
def test_a_misspelt_field_is_graver_than_an_unknown_one(name: str, severity: Severity) -> None:
    (diagnostic,) = run(overlay(f"{name}: A"))
    assert diagnostic.severity is severity
    assert diagnostic.data_path == (name,)


@pytest.mark.parametrize(
    ("name", "known", "safety"),
    [
        ("weburl", "webUrl", Safety.SAFE),
        ("web_url", "webUrl", Safety.SAFE),
        ("Web-URL", "webUrl", Safety.SAFE),
        ('"web Url"', '"webUrl"', Safety.SAFE),
        ("'webUrl\u200b'", "'webUrl'", Safety.SAFE),
        ("wbeUrl", "webUrl", Safety.UNSAFE),
        ("webUrls", "webUrl", Safety.UNSAFE),
    ],
)
def test_a_misspelt_field_is_renamed(name: str, known: str, safety: Safety) -> None:
    text = ARTICLE.replace("\nwebUrl:", f"\n{name} :", 1)
    assert repair(text) == (ARTICLE.replace("\nwebUrl:", f"\n{known} :", 1), safety)


def test_a_mapping_keeps_what_is_below_its_new_name() -> None:
    text = ARTICLE.replace("provider:", "Provider:   # who", 1).replace("\n", "\r\n")
    assert repair(text) == (ARTICLE.replace("provider:", "provider:   # who", 1).replace("\n", "\r\n"), Safety.SAFE)


def test_a_misspelt_field_is_not_missing_too() -> None:
    assert [d.code for d in run(overlay("haet: 71", without("heat")))] == ["SC002"]
    assert [d.code for d in run(overlay("haet: 71", without("heat", "title")))] == ["SC001", "SC002"]


def test_of_two_misspelt_fields_one_is_renamed() -> None:
    text = ARTICLE.replace("title:", "titel: A\ntittle:", 1)
    assert [(d.message, d.fix is not None) for d in run(text)] == [
        ('"titel" is no field of the record; did you mean title?', True),
        ('"tittle" is no field of the record; title is there already', False),
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("title", "title"),
        ("TITLE", "title"),
        ("tilte", "title"),
        ("title_", "title"),
        ("name", ""),
        ("rate", ""),
        ("text", ""),
        ("", ""),
        ("-", ""),
        ("title" * 20, ""),
    ],
)
def test_closest(name: str, meant: str) -> None:
    assert closest(name, ["heat", "date", "title", "type"]) == meant


# --- SC003 wrong-type ------------------------------------------------------------------------------------------


def test_every_type_of_a_schema_has_a_name() -> None:
    text = without("category").replace("secured:", 'ratings:\n  count: 720\n  average: "high"\nsecured:')
    messages = [d.message for d in run(text, "_learning/courses/a.md") if d.code == "SC003"]
    assert messages == ['ratings.average is the text "high", expected a number']


@pytest.mark.parametrize(
    ("lines", "under", "message"),
    [
        ('quality: "61"', '"61"', 'quality is the text "61", expected a whole number'),
        ("quality: 61.5", "61.5", "quality is the number 61.5, expected a whole number"),
        ("quality: 061", "061", 'quality is the text "061", expected a whole number'),
        ("quality: true", "true", "quality is true, expected a whole number"),
        ("quality: [61]", "[61]", "quality is a list, expected a whole number"),
        ("heat: .nan", ".nan", 'heat is the text ".nan", expected a whole number'),
        ("heat: 1.0e+999", "1.0e+999", "heat is the number 1.0e+999, expected a whole number"),
        ("published: 'false'", "'false'", 'published is the text "false", expected true or false'),
        (
            "published: Yes",
            "Yes",
            "published is Yes, a boolean to some readers and a text to others, expected true or false",
        ),
        ("topics: AI", "AI", 'topics is the text "AI", expected a list'),
        (
            "provider: Example Times",
            "Example Times",
            'provider is the text "Example Times", expected a mapping with name and domain',
        ),
        ("provider: [a]", "[a]", "provider is a list, expected a mapping with name and domain"),
        ("images: {url: /a.png}", "{url: /a.png}", "images is a mapping, expected a list"),
        (
            "images:\n  - /a.png",
            "/a.png",
            'images[0] is the text "/a.png", expected a mapping with url, width and height',
        ),
        ("title: 2020", "2020", "title is the number 2020, expected text"),
        ("title: {a: b}", "{a: b}", "title is a mapping, expected text"),
        ("title: ~", "~", "title has no value, expected text"),
        ("webUrl: 5", "5", "webUrl is the number 5, expected text"),
        ("category:", "", "category has no value, expected text"),
        ("type: 5", "5", "type is the number 5, expected text"),
        ("publishedDateTime: [2020]", "[2020]", "publishedDateTime is a list, expected text"),
        ("publishedDateTime: null", "null", "publishedDateTime has no value, expected text"),
        ("secured: 5", "5", "secured is the number 5, expected text"),
        ("tags: 5", "5", "tags is the number 5, expected a list or text"),
        (IMAGE.replace("1200", '"1200"'), '"1200"', 'images[0].width is the text "1200", expected a whole number'),
        (IMAGE + "    isCached: 1", "1", "images[0].isCached is the number 1, expected true or false"),
        (RELATED.replace("title: ", "title: 5 #"), "5", "related[0].title is the number 5, expected text"),
        (f"title: &a {'A' * 70}\nquality: *a", "*a", f'quality is the text "{"A" * 60}…", expected a whole number'),
    ],
)
def test_a_wrong_type(lines: str, under: str, message: str) -> None:
    assert found(lines) == [Finding("SC003", under, message)]


@pytest.mark.parametrize(
    "lines",
    [
        "publishedDateTime: 1607463600",  # DT001 speaks of these
        "publishedDateTime: 2020.5",
        "updatedDateTime: true",
        IMAGE.replace("1200", "12.5"),  # IM001 of these
        IMAGE.replace("1200", '"1200px"'),
        IMAGE.replace("1200", "null"),
        IMAGE.replace("1200", '"0"'),
        IMAGE.replace("1200", '"20001"'),
        IMAGE.replace("1200", "[1200]"),
        IMAGE.replace("1200", "0"),
        IMAGE.replace("1200", "20001"),
    ],
)
def test_what_other_rules_speak_of(lines: str) -> None:
    assert found(lines) == []


@pytest.mark.parametrize(
    ("old", "new", "safety"),
    [
        ('quality: "61"', "quality: 61", Safety.SAFE),
        ("quality: '-0'", "quality: 0", Safety.SAFE),
        ("quality: 61.0 # é", "quality: 61 # é", Safety.SAFE),
        ("quality: 6.1e+1", "quality: 61", Safety.SAFE),
        ("quality: >-\n  61", "quality: 61", Safety.SAFE),
        ("quality: |-\n  61\n  # no comment", None, None),
        ('heat: "-1"', "heat: -1", Safety.SAFE),
        ('heat: "-2"', None, None),
        ('heat: "20001"', None, None),
        ("quality: high", None, None),
        ('published: "True"', "published: true", Safety.SAFE),
        ("published: off", "published: false", Safety.SAFE),
        ("published: 'off'", "published: false", Safety.UNSAFE),
        ("published: on", "published: true", Safety.SAFE),
        ("published: YES", "published: true", Safety.SAFE),
        ("published: N", "published: false", Safety.UNSAFE),
        ("published: y", "published: true", Safety.UNSAFE),
        ("published: 0", "published: false", Safety.UNSAFE),
        ("published: 1", "published: true", Safety.UNSAFE),
        ("published: 2", None, None),
        ("published: maybe", None, None),
        ("title: 2020", 'title: "2020"', Safety.SAFE),
        ("title: 1.10", 'title: "1.10"', Safety.SAFE),
        ("title: True", 'title: "True"', Safety.SAFE),
        ("excerpt: -5", 'excerpt: "-5"', Safety.SAFE),
        ("topics: [365, b]", 'topics: ["365", b]', Safety.SAFE),
        ("topics:\n- 365", 'topics:\n- "365"', Safety.SAFE),
        ("topics: AI", "topics:\n  - AI", Safety.SAFE),
        ('topics:   "A\\"I" # é', 'topics:\n  - "A\\"I" # é', Safety.SAFE),
        ("topics: AI, Cloud", None, None),
        ("topics: ''", None, None),
        ("topics: |-\n  AI", None, None),
        ("topics: &a AI", None, None),
        ("topics: 365", None, None),
        ("topics:\n  - A\n  -\n  - B", "topics:\n  - A\n  - B", Safety.UNSAFE),
        ("topics: [A, ~]", "topics: [A]", Safety.UNSAFE),
        ("topics:\n  -", None, None),
        ("webUrl: 5", None, None),
        ("type: 5", None, None),
        ("date: 2020", None, None),
        ("title:", None, None),
        ("ampWebUrl: ~", None, None),
        (IMAGE.replace("1200", "'1200'"), IMAGE, Safety.SAFE),
        (IMAGE.replace("630", '"20000"'), IMAGE.replace("630", "20000"), Safety.SAFE),
        (IMAGE + "    isCached: yes", IMAGE + "    isCached: true", Safety.SAFE),
        ('images: [{url: /a.png, width: "3", height: 4}]', "images: [{url: /a.png, width: 3, height: 4}]", Safety.SAFE),
        (RELATED + '    quality: "7"', RELATED + "    quality: 7", Safety.SAFE),
        ("provider: {name: 360, domain: a.example}", 'provider: {name: "360", domain: a.example}', Safety.SAFE),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_value_of_the_wrong_type_is_converted(old: str, new: str | None, safety: Safety | None, newline: str) -> None:
    text = overlay(old).replace("\n", newline)
    if new is None:
        (diagnostic,) = run(text)
        assert (diagnostic.code, diagnostic.fix) == ("SC003", None)
    else:
        assert repair(text) == (overlay(new).replace("\n", newline), safety)


def test_a_number_that_is_the_name_of_a_topic_is_a_text_without_quotes() -> None:
    text = "taxonomy: topic\n_id: y2k\nname: 2000\n"
    assert repair(text, "_data/topics/a.yaml") == (text.replace("2000", '"2000"'), Safety.SAFE)


def test_a_null_is_explained() -> None:
    (diagnostic,) = run(overlay("locale: ~"))
    assert diagnostic.help == "give it a value, or leave it out"


@pytest.mark.parametrize(
    ("lines", "required"),
    [
        ("title: ~", True),
        ("webUrl: ~", True),  # of an article
        ("ampWebUrl: ~", True),  # since there is the other one
        ("heat: ~", True),
        ("provider:\n  name:\n  domain: example.com", True),
        ("provider:\n  name: Example Times\n  domain: example.com\n  images:", False),
        (RELATED.replace('"What the tram line will cost"', "~"), True),
        (RELATED + "    excerpt:", False),
        ("updatedDateTime: ~", False),
        ("topics: [Harbour, ~]", False),
    ],
)
def test_a_required_field_is_not_to_be_left_out(lines: str, required: bool) -> None:
    (diagnostic,) = (d for d in run(overlay(lines)) if d.code == "SC003")
    assert diagnostic.help == "give it a value" + ", or leave it out" * (not required)


# --- SC004 invalid-value ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "under", "message"),
    [
        ("category: people", "people", 'category is "people", expected news'),
        ("type: podcast", "podcast", 'type is "podcast", expected article or video'),
        ("type: vidoe", "vidoe", 'type is "vidoe", expected article or video; did you mean video?'),
        ('type: ""', '""', 'type is "", expected article or video'),
        ("quality: -1", "-1", "quality is -1, expected 0 or more"),
        ("heat: -2", "-2", "heat is -2, expected -1 or more"),
        ("heat: 10001", "10001", "heat is 10001, expected 10000 or less"),
        (f"heat: {'9' * 60}", "9" * 60, f"heat is {'9' * 40}, expected 10000 or less"),
        ("title: ''", "''", "title is empty"),
        ('title: " \\t"', '" \\t"', "title has nothing but white space"),
        ("excerpt: |\n\n\n", "|", "excerpt is empty"),
        (f"title: {'é' * 500}abc", "abc", "title has 503 characters, expected 500 or less"),
        (f"title: '{'é' * 499}''''bc'", "''bc", "title has 503 characters, expected 500 or less"),
        ("topics: []", "[]", "topics has no items, expected 1 or more"),
        ("topics: [A, '']", "''", "topics[1] is empty"),
        ("provider:\n  name: ''\n  domain: a.example", "''", "provider.name is empty"),
        (
            RELATED + "    type: Artcle",
            "Artcle",
            'related[0].type is "Artcle", expected article or video; did you mean article?',
        ),
    ],
)
def test_an_invalid_value(lines: str, under: str, message: str) -> None:
    assert found(lines) == [Finding("SC004", under, message)]


@pytest.mark.parametrize(
    ("old", "new", "safety"),
    [
        ("type: Article", "type: article", Safety.SAFE),
        ('type: " article"', 'type: "article"', Safety.SAFE),
        ("type: 'VIDEO'", "type: 'video'", Safety.SAFE),
        ("type: |\n  article", "type: |-\n  article", None),
        ("type: artcle # é", "type: article # é", Safety.UNSAFE),
        ("category: News", "category: news", Safety.SAFE),
        ("type: podcast", None, None),
        ("quality: -1", None, None),
        ("topics:\n  - A\n  - B # é\n  - A\n  - C", "topics:\n  - A\n  - B # é\n  - C", Safety.SAFE),
        ("topics:\n- A\n- 'A'", "topics:\n- A", Safety.SAFE),
        ("topics: [ A , B, A ]", "topics: [ A , B ]", Safety.SAFE),
        ("topics:\n  - A\n  - A # again", None, None),
        ("topics:\n  - A\n  -\n    A", None, None),
        ("topics:\n  - &a A\n  - *a", "topics:\n  - &a A", Safety.SAFE),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_invalid_value_is_put_right(old: str, new: str | None, safety: Safety | None, newline: str) -> None:
    text = overlay(old).replace("\n", newline)
    if new is None:
        (diagnostic,) = run(text)
        assert (diagnostic.code, diagnostic.fix) == ("SC004", None)
    elif safety is None:  # a block scalar keeps its header or gives way to quotes
        assert repair(text)[0] == overlay('type: "article"').replace("\n", newline)
    else:
        assert repair(text) == (overlay(new).replace("\n", newline), safety)


def test_many_findings_take_time_in_proportion() -> None:
    def seconds(lines: str, count: int) -> float:
        document = read(overlay(lines), limit=10_000_000)
        started = time.process_time()
        assert len(lint(document, OWN, Repository(None))) == count
        return time.process_time() - started

    item = RELATED.removeprefix("related:\n").replace('"What the tram line will cost"', '""')
    item += '    quality: "7"\n    type: Article\n    nonsense: 1\n'
    for head, body, each in (("topics:\n  - Harbour\n", "  - Harbour\n", 1), ("related:\n", item, 4)):
        small, large = (seconds(head + body * (count // each), count) for count in (2_000, 20_000))
        assert large < 40 * small + 0.5


def test_a_doubled_topic_is_shown_at_both_places() -> None:
    text = overlay("topics:\n  - Ä\n  - B\n  - Ä\n  - B\n  - Ä")
    shown = [
        (d.message, d.data_path, text.count("\n", 0, d.span.start), text.count("\n", 0, d.labels[0].span.start))
        for d in run(text)
    ]
    assert shown == [
        ('topics[2] is "Ä" again', ("topics", 2), 21, 19),
        ('topics[3] is "B" again', ("topics", 3), 22, 20),
        ('topics[4] is "Ä" again', ("topics", 4), 23, 19),
    ]
    assert {label.message for d in run(text) for label in d.labels} == {"first here"}


# --- SC006 malformed-secured -----------------------------------------------------------------------------------

VECTOR = "EjRWeJCrze8SNFZ4kKvN7w=="
TEXT = "q83vEjRWeJCrze8SNFZ4kA=="


@pytest.mark.parametrize(
    ("secured", "under", "message"),
    [
        ("", '""', "secured is empty"),
        (TEXT, TEXT, "secured has no semicolon, expected ciphertext;vector in Base64"),
        (f";{VECTOR}", f'";{VECTOR}"', "secured is broken: its ciphertext has 0 bytes, expected whole blocks of 16"),
        (f"{TEXT};", f'"{TEXT};"', "secured is broken: its initialisation vector has 0 bytes, expected 16"),
        (
            f"{TEXT[:-4]};{VECTOR}",
            TEXT[:-4],
            "secured is broken: its ciphertext has 15 bytes, expected whole blocks of 16",
        ),
        (
            f"{TEXT[:-3]};{VECTOR}",
            TEXT[:-3],
            "secured is broken: its ciphertext has 21 characters, which is not Base64; a piece is missing",
        ),
        (f"{TEXT[:-1]};{VECTOR}", TEXT[:-1], 'secured is broken: its ciphertext ends in "=", expected "=="'),
        (f"{TEXT}=;{VECTOR}", f"{TEXT}=", 'secured is broken: its ciphertext ends in "===", expected "=="'),
        (
            f"{TEXT};{VECTOR[:-2]}",
            VECTOR[:-2],
            'secured is broken: its initialisation vector ends in "", expected "=="',
        ),
        (
            f"{TEXT};AAAA{VECTOR}",
            f"AAAA{VECTOR}",
            "secured is broken: its initialisation vector has 19 bytes, expected 16",
        ),
        (
            f"{TEXT[:-2]}{TEXT[:21]}=;AAAA",
            "AAAA",
            "secured is broken: its initialisation vector has 3 bytes, expected 16",
        ),
        (f"{TEXT};{VECTOR};", ";", 'secured has ";" in its initialisation vector, which is not Base64'),
        (f"AAAA-{TEXT[5:]};{VECTOR}", "-", 'secured has "-" in its ciphertext, which is not Base64'),
        (f"AAA=A{TEXT[5:]};{VECTOR}", "=", 'secured has "=" in its ciphertext, which is not Base64'),
        (
            f"AAAA\\n{TEXT[5:]};{VECTOR}",
            "\\n",
            "secured has the character U+000A in its ciphertext, which is not Base64",
        ),
        (f"{TEXT};é{VECTOR[1:]}", "é", 'secured has "é" in its initialisation vector, which is not Base64'),
    ],
)
def test_a_malformed_secured(secured: str, under: str, message: str) -> None:
    assert found(f'secured: "{secured}"') == [Finding("SC006", under, message)]
    (diagnostic,) = run(overlay(f'secured: "{secured}"'))
    assert diagnostic.fix is None
    assert diagnostic.help == "only the platform that wrote it can renew it"


def test_a_block_scalar_ends_secured_with_a_line_break() -> None:
    lines = f"secured: |\n  {TEXT};{VECTOR}"
    message = "secured has the character U+000A in its initialisation vector, which is not Base64"
    assert found(lines) == [Finding("SC006", lines.removeprefix("secured: "), message)]
    assert found(lines.replace("|", "|-")) == []


@given(st.text("A=;+-\n", max_size=80))
def test_what_the_pattern_refuses_is_explained(secured: str) -> None:
    message, start, end = explain(secured)
    assert 0 <= start <= end <= len(secured)
    assert message != "is not ciphertext;vector in Base64"


# --- one finding a cause ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "under", "message"),
    [
        # What an alias repeats is said where it is written, and what is wrong only there at the alias.
        (
            "provider: &p {name: 5, domain: a.example}\n" + re.sub(r"(?s)provider:.*", "provider: *p", RELATED),
            "5",
            "provider.name is the number 5, expected text",
        ),
        (
            "provider: &p {nam: A, domain: a.example}\n" + re.sub(r"(?s)provider:.*", "provider: *p", RELATED),
            "nam",
            '"nam" is no field of provider; did you mean name?',
        ),
        ("highlight: &h {type: b}\nactions: [*h]", "*h", "actions[0] lacks url"),
        ("highlight: &h {url: /a, b: c}\nactions: [*h]", "*h", '"b" is no field of actions[0]; no reader knows it'),
        ("highlight: &h {url: 5}\nactions: [*h]", "*h", "actions[0].url is the number 5, expected text"),
        ("highlight: &h [20001]\nheat: *h", "*h", "heat is a list, expected a whole number"),
        ("highlight: &h A\ntopics: *h", "*h", 'topics is the text "A", expected a list'),
        ("highlight: &h '5'\nquality: *h", "*h", 'quality is the text "5", expected a whole number'),
        ("highlight: &h Video\ntype: *h", "*h", 'type is "Video", expected article or video; did you mean video?'),
        ("highlight: &h 20001\nheat: *h", "*h", "heat is 20001, expected 10000 or less"),
        ("highlight: &h '20001'\nsecured: *h", "*h", "secured has no semicolon, expected ciphertext;vector in Base64"),
        (
            "highlight: &h [{url: /a.png, width: 5, height: '5'}]\nimages: *h",
            "*h",
            'images[0].height is the text "5", expected a whole number',
        ),
        ("highlight: &h [A, A]\ntopics: *h", "A", 'highlight[1] is "A" again'),
        # The last of two equal keys counts, as it does for Jekyll; YA002 says that there are two.
        ("quality: high\nquality: low", "low", 'quality is the text "low", expected a whole number'),
    ],
)
def test_aliases_and_duplicate_keys(lines: str, under: str, message: str) -> None:
    before = [name for name in ("highlight", "provider") if lines.startswith(name)]
    base = ARTICLE.replace("category:", f"{before[0]}:\ncategory:", 1) if before == ["highlight"] else ARTICLE
    assert [(finding.under, finding.message) for finding in found(lines, base)] == [(under, message)]
    assert not under.startswith("*") or [d.fix for d in run(overlay(lines, base))] == [None]


def test_only_the_root_speaks_for_the_document() -> None:
    from feedlint.record import records
    from feedlint.repository import Repository

    root, related = records(read(overlay(RELATED.replace("title: ", "title: 5 #"))), Repository(None))
    assert [problem.node.path for problem in problems(root)] == [("related", 0, "title")]
    assert list(problems(related)) == []


HOSTILE = st.text("ab:-?&*!|>%@`\"'\\{}[],#~<=1.0 \n\té☃", max_size=60)


@given(HOSTILE, HOSTILE)
def test_no_input_makes_them_raise(key: str, value: str) -> None:
    for lines in (
        f"{key}: {value}",
        f"images: [{{{key}: {value}}}]",
        f"topics: [{value}]",
        f"provider:\n  {key}: {value}",
    ):
        run(f"---\n{lines}\n---\n")


# --- schemas that repositories bring use all of JSON Schema ------------------------------------------------


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ('{"anyOf": [{"type": "string"}, {"type": "integer"}]}', "1.5",
         'a is not what its schema asks for: anyOf [{"type": "string"}, {"type": "integer"}]'),
        ('{"not": {"const": 3}}', "3", 'a is not what its schema asks for: not {"const": 3}'),
        ('{"const": "x"}', "y9", 'a is not what its schema asks for: const "x"'),
        ('{"enum": [1, null, "z"]}', "2", "a is the number 2, expected 1, null or z"),
        ('{"minLength": 3}', "bb", "a has 2 characters, expected 3 or more"),
        ('{"pattern": "^b"}', "cc", 'a is "cc", which its schema does not allow: ^b'),
        ('{"pattern": "^b"}', '""', "a is empty"),
        ('{"multipleOf": 5}', "7", "a is 7, expected a multiple of 5"),
        ('{"exclusiveMinimum": 7}', "7", "a is 7, expected more than 7"),
        ('{"maxItems": 1}', "[b, c]", "a has 2 items, expected 1 or less"),
        ('{"minProperties": 2}', "{b: c}", "a has 1 field, expected 2 or more"),
        ('{"minItems": 2}', "[b]", "a has 1 item, expected 2 or more"),
        ('{"maxLength": 1.0}', "bcd", "a has 3 characters, expected 1.0 or less"),
        ('{"enum": []}', "b", 'a is "b", expected nothing'),
        ('{"type": "object", "required": []}', "b", 'a is the text "b", expected a mapping'),
        ('{"type": "number"}', "b", 'a is the text "b", expected a number'),
        ('{"type": "null"}', "b", 'a is the text "b", expected nothing'),
        ('{"contains": {"type": "integer"}}', "[b]", 'a is not what its schema asks for: contains {"type": "integer"}'),
        ('{"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": false}', "{xb: 1, c: 2}",
         '"c" is no field of a; no reader knows it'),
        ('{"dependentSchemas": {"b": {"required": ["c"]}}}', "{b: 1}", "a lacks c"),
        ('{"if": {"required": ["b"]}, "then": {"required": ["c"]}}', "{b: 1}", "a lacks c"),
        ('{"oneOf": [' + ", ".join(['{"type": "string"}'] * 9) + "]}", "b",
         "a is not what its schema asks for: oneOf …"),
    ],
)  # fmt: skip
def test_what_any_schema_may_ask_for(tmp_path: Path, place: str, value: str, told: str) -> None:
    file = tmp_path / "story.schema.json"
    head = '"x-feedlint-role": "record", "x-feedlint-collections": ["_stories"]'
    file.write_text(f'{{{head}, "properties": {{"a": {place}}}}}', encoding="utf-8")
    repository = Repository(None, schemas=Catalogue([read_schema(file)]))
    document = read(f"---\na: {value}\n---\n", "_stories/a.md")
    found = lint(document, sc.RULES, repository)
    assert [d.message for d in found] == [told]
    assert fix(document, sc.RULES, repository, unsafe=True).document.root is not None


def test_a_text_that_does_not_fit_its_field_is_told_by_an_example() -> None:
    text = (
        '---\ntitle: "Reading timetables"\nexcerpt: "A course in nine lessons for passengers of all ages."\n'
        "originalUrl: https://www.example.com/a\ntype: course\nlength: 5 min\n---\n"
    )
    (length,) = [d for d in findings(text, "_learning/courses/a.md") if d.code == "SC004"]
    assert length.message == 'length is "5 min", expected a text like "PT4M"'
