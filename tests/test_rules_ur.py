"""UR: which addresses readers can open, where the wrong characters are, and what a fix leaves."""

from __future__ import annotations

import random
from pathlib import Path

import can_ada
import pytest

from feedlint import urls
from feedlint.diagnostic import Diagnostic, Safety
from feedlint.fragments import apply_fragments
from feedlint.linting import fix as repair
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules import RULES, ur
from tests.support import ARTICLE, findings, fixed, overlay, read

NOWHERE = Repository(None)
PAGE = "https://www.example.com/ferry?amp=1"
CACHED = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp=1"
# What an address is made of; what it leads to is told by the other rules, in test_rules_ur_more.
OWN = tuple(rule for rule in ur.RULES if rule.code in ("UR001", "UR002", "UR005", "UR006"))


def found(text: str) -> list[Diagnostic]:
    return findings(text, rules=OWN)


def only(text: str) -> Diagnostic:
    diagnostics = found(text)
    assert len(diagnostics) == 1, [(d.code, d.message) for d in diagnostics]
    return diagnostics[0]


def under(text: str, diagnostic: Diagnostic) -> str:
    return text[slice(*diagnostic.span)]


def settled(text: str, *, select: str = "", unsafe: bool = False) -> tuple[str, list[str]]:
    """Return *text* repaired by the rules whose code begins with *select*, and the codes that are found then."""
    rules = [rule for rule in RULES if rule in OWN or rule not in ur.RULES]
    result = repair(read(text), [rule for rule in rules if rule.code.startswith(select)], NOWHERE, unsafe=unsafe)
    assert not result.refused, result.refused
    return result.document.text, [d.code for d in lint(result.document, rules, NOWHERE)]


# --- UR001 ------------------------------------------------------------------------------------------------------

# As written between double quotes: the text under the caret, the message, and the address after the safe fix.
INVALID = [
    (" https://www.example.com/a", " ", "has white space around the address", "https://www.example.com/a"),
    ("https://www.example.com/a \\t", " \\t", "has white space around the address", "https://www.example.com/a"),
    ("\u200bhttps://www.example.com/a\u00a0", "\u200b", "has white space around the address", "https://www.example.com/a"),
    ("https://www.example.com/a\\nb", "\\n", "has a line break inside the address", "https://www.example.com/ab"),
    ("https://www.example.com/a\\tb\\tc", "\\t", "has a tab inside the address", "https://www.example.com/abc"),
    ("htp://www.example.com/a", "htp://", "begins with `htp://`, not with `http://`", "http://www.example.com/a"),
    ("http//www.example.com", "http//", "begins with `http//`, not with `http://`", "http://www.example.com"),
    ("https:/www.example.com", "https:/", "begins with `https:/`, not with `https://`", "https://www.example.com"),
    ("https:www.example.com", "https:", "begins with `https:`, not with `https://`", "https://www.example.com"),
    ("https:///www.example.com", "https:///", "begins with `https:///`, not with `https://`", "https://www.example.com"),
    ("hhttps://www.example.com", "hhttps://", "begins with `hhttps://`, not with `https://`", "https://www.example.com"),
    ("HTPPS:// www.example.com", "HTPPS:// ", "begins with `HTPPS:// `, not with `https://`", "https://www.example.com"),
    ("ttps;//www.example.com", "ttps;//", "begins with `ttps;//`, not with `https://`", "https://www.example.com"),
    ("http:\\\\www.example.com", "http:\\\\", "begins with `http:\\`, not with `http://`", "http://www.example.com"),
    ("http://https//www.example.com", "http://https//", "begins with `http://https//`, not with `https://`",
     "https://www.example.com"),
    ("//www.example.com/a", "//", "begins with `//`, not with `https://`", "https://www.example.com/a"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wrong", "problem", "result"), INVALID, ids=[case[0] for case in INVALID])
def test_what_is_misspelt_is_put_right(written: str, wrong: str, problem: str, result: str) -> None:
    text = overlay(f'webUrl: "{written}"')
    finding = only(text)
    assert (finding.code, under(text, finding), finding.message) == ("UR001", wrong, f"webUrl {problem}")
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert fixed(text, finding.fix) == overlay(f'webUrl: "{result}"')
    assert settled(text) == (overlay(f'webUrl: "{result}"'), [])


HOPELESS = [
    ("", '""', "is empty"),
    (" \\n", " \\n", "is empty"),
    ("https://exa mple.com/a", "exa mple.com", "has the host `exa mple.com`, which no browser accepts"),
    ("https://256.1.1.1/", "256.1.1.1", "has the host `256.1.1.1`, which no browser accepts"),
    ("https://xn--a.com:80/", "xn--a.com:80", "has the host `xn--a.com:80`, which no browser accepts"),
    ("https://xn--a.com/", "xn--a.com", "has the host `xn--a.com`, which no browser accepts"),
    ("https://www.example.com:99999/", "99999", "has the port `99999`, which is no number up to 65535"),
    ("https://www.example.com:8o/", "8o", "has the port `8o`, which is no number up to 65535"),
    ("https://?a", "https://", "has no host"),
    ("https://a..example/", "a..example", "has the host `a..example`, which is no name that can be looked up"),
    ("https://www.example.com,b/", "www.example.com,b",
     "has the host `www.example.com,b`, which is no name that can be looked up"),
    (f"https://{'a' * 64}.example/", f"{'a' * 64}.example",
     f"has the host `{'a' * 60}…`, which is no name that can be looked up"),
    (f"https://{'a.' * 125}come/", f"{'a.' * 125}come",
     f"has the host `{'a.' * 30}…`, which is no name that can be looked up"),
    ("https://intranet/a", "intranet",
     "has the host `intranet`, which has no dot: such names exist in private networks only"),
    ("http://localhost:4000/", "localhost:4000",
     "has the host `localhost:4000`, which has no dot: such names exist in private networks only"),
    ("http://Printer.local/", "Printer.local", "has the host `Printer.local`, which exists in a private network only"),
    ("http://nas.home.arpa./", "nas.home.arpa.",
     "has the host `nas.home.arpa.`, which exists in a private network only"),
    ("http://127.0.0.1/", "127.0.0.1", "has the host `127.0.0.1`, which is no public address"),
    ("http://0x7f.1/", "0x7f.1", "has the host `0x7f.1`, which is no public address"),
    ("http://10.1.2.3/", "10.1.2.3", "has the host `10.1.2.3`, which is no public address"),
    ("http://172.16.0.1/", "172.16.0.1", "has the host `172.16.0.1`, which is no public address"),
    ("http://192.168.1.1/", "192.168.1.1", "has the host `192.168.1.1`, which is no public address"),
    ("http://224.0.0.1/", "224.0.0.1", "has the host `224.0.0.1`, which is no public address"),
    ("http://169.254.1.1/", "169.254.1.1", "has the host `169.254.1.1`, which is no public address"),
    ("http://[::1]:80/", "[::1]:80", "has the host `[::1]:80`, which is no public address"),
    ("http://[::ffff:10.0.0.1]/", "[::ffff:10.0.0.1]", "has the host `[::ffff:10.0.0.1]`, which is no public address"),
    ("ftp://www.example.com/a", "ftp:", "begins with `ftp:`, not with `https://` or `http://`"),
    ("mailto:desk@example.com", "mailto:", "begins with `mailto:`, not with `https://` or `http://`"),
    ("/news/ferry", "/news/ferry", "is `/news/ferry`, which is no address: it has no `https://` and no host"),
    ("//intranet/a", "//intranet/a", "is `//intranet/a`, which is no address: it has no `https://` and no host"),
    ("///www.example.com", "///www.example.com",
     "is `///www.example.com`, which is no address: it has no `https://` and no host"),
    ("see the paper", "see the paper", "is `see the paper`, which is no address: it has no `https://` and no host"),
    ("https://www.example.com/\\x01", "\\x01", "has the control character U+0001 inside the address"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wrong", "problem"), HOPELESS, ids=[case[0][:40] for case in HOPELESS])
def test_what_nobody_can_open_is_found(written: str, wrong: str, problem: str) -> None:
    text = overlay(f'originalUrl: "{written}"')
    finding = only(text)
    assert (finding.code, under(text, finding), finding.message) == ("UR001", wrong, f"originalUrl {problem}")
    assert finding.fix is None
    empty = ", or leave the field out" if not written else ""
    assert finding.help == f"write the full address, as in https://www.example.com/news/ferry{empty}"


@pytest.mark.parametrize("edge", list("\u00ad\u1680\u2000\u200b\u200f\u2028\u202a\u202e\u2060\u3000\ufeff"))
def test_what_cannot_be_seen_at_an_edge_is_deleted(edge: str) -> None:
    assert urls.flaw(f"https://a.example/{edge}") == urls.Flaw(
        18,
        19,
        "has white space around the address",
        ((18, 19, ""),),  # type: ignore[arg-type]
    )
    assert urls.clean(f"{edge}https://a.example/{edge}") == "https://a.example/"


UNSURE = [
    ("www.example.com/a", "https://www.example.com/a"),
    ("example.com/a", "https://example.com/a"),
    ("http.example.com/a", "https://http.example.com/a"),
    ("https://me:secret@www.example.com/a", "https://www.example.com/a"),
    ("https://www.example.com/a\\n  b", "https://www.example.com/ab"),
]


@pytest.mark.parametrize(("written", "result"), UNSURE, ids=[case[0] for case in UNSURE])
def test_a_guess_is_an_unsafe_fix(written: str, result: str) -> None:
    text = overlay(f'webUrl: "{written}"')
    finding = only(text)
    assert finding.code == "UR001"
    assert "secret" not in finding.message
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert fixed(text, finding.fix) == overlay(f'webUrl: "{result}"')


SOUND = [
    "https://www.example.com",
    "HTTP://WWW.Example.COM:8080/A%20b/;c?d=e&f#g",
    "https://example.com./",
    "https://a_b.-c-.example/",
    "https://ab--cd.example/",
    "https://xn--bcher-kva.example/",
    "https://93.184.216.34/",
    "https://[2606:2800:220:1:248:1893:25c8:1946]/",
    "https://www.example.com//a//b/../c?u=https://www.example.com:99999/@x",
    "https://test.example.com/?a=|{}^`<>%zz#é"[:-2],
    "https://https.example.com/",
    "https://[::ffff:93.184.216.34]/",
    f"https://{'a.' * 125}com/",
]


@pytest.mark.parametrize("url", SOUND)
def test_what_browsers_open_is_left_alone(url: str) -> None:
    assert found(overlay(f"webUrl: '{url}'")) == []


def test_a_path_from_the_root_is_an_address_for_a_picture_only() -> None:
    image = 'images:\n  - url: "%s"\n    width: 60\n    height: 40\n'
    assert found(overlay(image % "/assets/tram.jpg")) == []
    assert only(overlay('webUrl: "/assets/tram.jpg"')).code == "UR001"
    relative = only(overlay(image % "assets/tram.jpg"))
    assert relative.message.startswith("images[0].url is `assets/tram.jpg`, which is no address")
    text = overlay(image % " //img.example.com/tram.jpg")
    assert settled(text)[0] == overlay(image % "https://img.example.com/tram.jpg")


STYLES = [
    ("webUrl: htp://www.example.com/é", "webUrl: http://www.example.com/%C3%A9"),
    ("webUrl: 'htp://www.example.com/it''s é'", "webUrl: 'http://www.example.com/it''s%20%C3%A9'"),
    ('webUrl: "htp:\\/\\/www.example.com/\\u00e9\\x20b"', 'webUrl: "http://www.example.com/%C3%A9%20b"'),
    ("webUrl: |-\n  htp://www.example.com/é", "webUrl: |-\n  http://www.example.com/%C3%A9"),
    ("webUrl: >-\n  htp://www.example.com/é", "webUrl: >-\n  http://www.example.com/%C3%A9"),
    ("webUrl: |\n  https://www.example.com/", 'webUrl: "https://www.example.com/"'),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("bad", "good"), STYLES, ids=[case[0][:14] for case in STYLES])
def test_every_style_is_repaired_in_place(bad: str, good: str, newline: str) -> None:
    title = 'title: "Straßenbahn 🚋 — 新"\n'  # multi-byte text before the span
    text = overlay(title + bad).replace("\n", newline)
    expected = overlay(title + good).replace("\n", newline)
    assert settled(text, select="UR") == (expected, [])


def test_flow_collections_related_stories_and_pictures_are_looked_at() -> None:
    text = ARTICLE.replace(
        "secured:",
        "related:\n  - {title: a, webUrl: 'htps://a.example/b', images: [{url: 'http//a.example/c.jpg'}]}\nsecured:",
    )
    assert [(d.message, d.data_path) for d in found(text)] == [
        ("related[0].webUrl begins with `htps://`, not with `https://`", ("related", 0, "webUrl")),
        ("related[0].images[0].url begins with `http//`, not with `http://`", ("related", 0, "images", 0, "url")),
    ]
    assert (
        "{title: a, webUrl: 'https://a.example/b', images: [{url: 'http://a.example/c.jpg'}]}"
        in settled(text, select="UR")[0]
    )


def test_what_is_no_text_is_left_to_the_schema() -> None:
    for value in ("", "null", "12", "[a]", "{a: b}", "*url"):
        assert [d.message for d in found(overlay(f"originalUrl: {value}").replace("title: ", "title: &url "))] == []


# --- UR002 ------------------------------------------------------------------------------------------------------

UNESCAPED = [
    ("https://a.example/?b=1&amp;c=2", "&amp;", "has the HTML entity `&amp;` in it", "https://a.example/?b=1&c=2"),
    ("https://a.example/?b=1&#038;c=2", "&#038;", "has the HTML entity `&#038;` in it", "https://a.example/?b=1&c=2"),
    ("https://a.example/?b&#x26;c", "&#x26;", "has the HTML entity `&#x26;` in it", "https://a.example/?b&c"),
    ("https://a.example/?b&amp;amp;c", "&amp;amp;", "has the HTML entity `&amp;amp;` in it", "https://a.example/?b&c"),
    ("https://a.example/&quot;b&eacute;", "&quot;", "has the HTML entity `&quot;` in it, and 1 more",
     "https://a.example/%22b%C3%A9"),
    ("https://a.example/a  b", "  ", "has a space in it", "https://a.example/a%20%20b"),
    ("https://a.example/?a b#c d", " ", "has a space in it, and 1 more", "https://a.example/?a%20b#c%20d"),
    ("https://a.example/日本", "日本", "has `日本` in it, which is not ASCII", "https://a.example/%E6%97%A5%E6%9C%AC"),
    ("https://a.example/a\u00a0b", "\u00a0", "has `<U+00A0>` in it, which is not ASCII", "https://a.example/a%C2%A0b"),
    ("https://a.example/\u0645\u200c\u0646", "\u0645\u200c\u0646",
     "has `\u0645<U+200C>\u0646` in it, which is not ASCII",
     "https://a.example/%D9%85%E2%80%8C%D9%86"),
    ("https:\\\\\\\\a.example\\\\b?c\\\\d", "\\\\\\\\", "has a backslash in it, and 2 more", "https://a.example/b?c%5Cd"),
    ("https://Bücher.example:81/a", "Bücher.example:81",
     "has the host `Bücher.example:81`, which most programs know as `xn--bcher-kva.example:81`",
     "https://xn--bcher-kva.example:81/a"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wrong", "problem", "result"), UNESCAPED, ids=[case[0] for case in UNESCAPED])
def test_what_is_not_escaped_is(written: str, wrong: str, problem: str, result: str) -> None:
    text = overlay(f'webUrl: "{written}"')
    finding = only(text)
    assert (finding.code, under(text, finding), finding.message) == ("UR002", wrong, f"webUrl {problem}")
    assert finding.severity == "warning"
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert fixed(text, finding.fix) == overlay(f'webUrl: "{result}"')
    assert settled(text) == (overlay(f'webUrl: "{result}"'), [])


def test_the_second_wrong_place_has_a_label() -> None:
    text = overlay('webUrl: "https://a.example/b c?d=1&amp;e"')
    finding = only(text)
    assert [(text[slice(*label.span)], label.message) for label in finding.labels] == [
        ("&amp;", "has the HTML entity `&amp;` in it")
    ]


@pytest.mark.parametrize(
    "query", ["a&copy=1", "a&amp=1;b", "&lang=en", "&nosuchname;b", "&#0;", "&#xD800;", "&;", "AT%26T;"]
)
def test_a_parameter_is_no_entity(query: str) -> None:
    assert found(overlay(f'webUrl: "https://a.example/?{query}"')) == []


def test_an_invisible_character_is_deleted_only_when_asked() -> None:
    text = overlay('webUrl: "https://a.example/fer\u200bry/f\u00fcr"')
    finding = only(text)
    assert finding.message == "webUrl has the invisible character U+200B in it, and 1 more"
    assert under(text, finding) == "\u200b"
    assert settled(text) == (text, ["UR002"])
    assert settled(text, unsafe=True) == (overlay('webUrl: "https://a.example/ferry/f%C3%BCr"'), [])


@pytest.mark.parametrize("style", ['"%s"', "'%s'", "%s", ">-\n  %s"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_line_break_in_the_file_is_no_space_that_was_meant(style: str, newline: str) -> None:
    text = overlay("webUrl: " + style % "https://a.example/b\n  c").replace("\n", newline)
    finding = only(text)
    assert (finding.code, finding.message) == ("UR002", "webUrl has a line break in it")
    assert under(text, finding).strip() == ""
    repaired, left = settled(text, unsafe=True)
    assert read(repaired).data["webUrl"] == "https://a.example/bc"
    assert left == []
    assert settled(text) == (text, ["UR002"])


def test_what_is_invalid_and_not_escaped_is_two_findings_with_places_of_their_own() -> None:
    text = overlay('webUrl: "  htps://a.example/é b&amp;\\nc "')
    diagnostics = found(text)
    assert [(d.code, under(text, d)) for d in diagnostics] == [("UR001", "  "), ("UR002", "é")]
    assert [text[slice(*label.span)] for label in diagnostics[1].labels] == [" ", "&amp;"]
    assert fixed(text, diagnostics[1].fix) == overlay('webUrl: "  htps://a.example/%C3%A9%20b&\\nc "')  # type: ignore[arg-type]
    assert settled(text, select="UR001")[1] == ["UR002"]
    assert settled(text, select="UR002")[1] == ["UR001"]
    host = overlay("webUrl: htps://bücher.example/")
    assert [(d.code, under(host, d)) for d in found(host)] == [("UR001", "htps://"), ("UR002", "bücher.example")]
    assert settled(text) == (overlay('webUrl: "https://a.example/%C3%A9%20b&c"'), [])


def test_a_lone_cr_is_a_line_break_too() -> None:
    text = overlay('webUrl: "https://a.example/b\n  c"').replace("\n", "\r")
    assert only(text).message == "webUrl has a line break in it"


# --- UR005 ------------------------------------------------------------------------------------------------------


def pair(page: str, cached: str) -> str:
    return overlay(f'ampWebUrl: "{page}"\ncdnAmpWebUrl: "{cached}"')


# What is written in the cache's URL for what: the text under the caret, under the label, and the message.
MISMATCHES = [
    ("www-example-com", "amp-example-com", "amp-example-com", "www.example.com",
     "its label is `amp-example-com`, expected `www-example-com`"),
    ("/s/", "/", "/", "https", "`s/` is missing, and the page is https"),
    ("/c/s/", "/v/s/", "/v", "www.example.com", "its type is `/v`, expected `/c`"),
    ("s/www.example.com", "s/www.example.org", "www.example.org", "www.example.com",
     "its host is `www.example.org`, expected `www.example.com`"),
    ("ferry", "bus", "/bus", "/ferry", "its path is `/bus`, expected `/ferry`"),
    ("?amp=1", "?amp=2", "?amp=2", "?amp=1", "its query is `?amp=2`, expected `?amp=1`"),
    ("?amp=1", "", "y", "?amp=1", "it has no query, expected `?amp=1`"),
    ("amp=1", "amp=1#a", "#a", PAGE, "its fragment is `#a`, expected none"),
    (".org/", ".org.mirror.example/", "www-example-com.cdn.ampproject.org.mirror.example", PAGE,
     "its host is `www-example-com.cdn.ampproject.org.mirror.example`, expected `www-example-com.cdn.ampproject.org`"),
    ("https:", "http:", "http", "https", "its scheme is `http`, expected `https`"),
    ("ferry?amp=1", "bus", "/bus", "/ferry", "its path is `/bus`, expected `/ferry`; its query differs too"),
    ("www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp=1",
     "www-example-org.cdn.ampproject.org/c/www.example.org/ferry?amp=1", "www-example-org", "www.example.com",
     "its label is `www-example-org`, expected `www-example-com`; its `s/` and host differ too"),
]  # fmt: skip


def test_a_page_that_is_not_secure_has_another_address_in_the_cache() -> None:
    finding = next(d for d in findings(pair(PAGE.replace("https", "http"), CACHED)) if d.code == "UR005")
    assert finding.message == "cdnAmpWebUrl is not the AMP cache URL of ampWebUrl: it has `s/`, and the page is http"


@pytest.mark.parametrize(
    ("old", "new", "wrong", "of", "told"), MISMATCHES, ids=[f"{case[0]} {case[1]}" for case in MISMATCHES]
)
def test_the_part_that_differs_is_named_and_both_places_are_shown(
    old: str, new: str, wrong: str, of: str, told: str
) -> None:
    text = pair(PAGE, CACHED.replace(old, new, 1))
    finding = only(text)
    assert (finding.code, under(text, finding)) == ("UR005", wrong)
    assert finding.message == f"cdnAmpWebUrl is not the AMP cache URL of ampWebUrl: {told}"
    assert [(text[slice(*label.span)], label.message) for label in finding.labels] == [(of, "of ampWebUrl")]
    assert finding.fix is not None
    assert finding.fix.title == "Write the cache URL of ampWebUrl"
    assert fixed(text, finding.fix) == pair(PAGE, CACHED)


def test_a_cache_address_in_a_block_stays_in_one() -> None:
    sound = overlay(f'ampWebUrl: "{PAGE}"\ncdnAmpWebUrl: |-\n  {CACHED}')
    text = sound.replace("ferry?amp=1\n", "bus?amp=1\n")
    assert text != sound
    finding = only(text)
    assert finding.code == "UR005"
    assert finding.fix is not None
    assert fixed(text, finding.fix) == sound


def test_what_is_not_escaped_in_one_of_the_two_makes_no_mismatch() -> None:
    for page, cached in (
        (f"{PAGE}&amp;a=é", f"{CACHED}&amp;a=é"),
        (f"{PAGE}&amp;a=é", f"{CACHED}&a=%C3%A9"),
        (f"{PAGE}&a=%C3%A9", f"{CACHED}&amp;a=é"),
        (f" {PAGE}&a=%C3%A9", f"{CACHED}&a=é\\n"),
    ):
        text = pair(page, cached)
        assert "UR005" not in [d.code for d in found(text)]
        assert settled(text) == (pair(f"{PAGE}&a=%C3%A9", f"{CACHED}&a=%C3%A9"), [])


def test_a_host_beyond_ascii_ends_clean_in_both() -> None:
    text = pair("https://bücher.example/a", "https://xn--bcher-example-wob.cdn.ampproject.org/c/s/bücher.example/a")
    assert [d.code for d in found(text)] == ["UR002", "UR002"]
    assert settled(text)[1] == []


@pytest.mark.parametrize(
    ("host", "shown", "written", "safety"),
    [
        ("bücher.ch", "bücher.ch", "xn--bcher-kva.ch", Safety.SAFE),
        ("BÜCHER.ch:8080", "BÜCHER.ch:8080", "xn--bcher-kva.ch:8080", Safety.SAFE),
        ("bü\u200bcher.ch", "bü<U+200B>cher.ch", "xn--bcher-kva.ch", Safety.UNSAFE),
    ],
)
def test_the_host_in_a_cache_url_is_written_as_a_host(host: str, shown: str, written: str, safety: Safety) -> None:
    cached = "https://xn--bcher-ch-65a.cdn.ampproject.org/c/s/"
    text = pair("https://xn--bcher-kva.ch/x", f"{cached}{host}/x")
    finding = next(d for d in found(text) if d.code == "UR002")
    problem = f"has the host `{shown}` in its path, which most programs know as `{written}`"
    assert (finding.message, under(text, finding)) == (f"cdnAmpWebUrl {problem}", host)
    assert finding.fix is not None
    assert finding.fix.safety is safety
    assert fixed(text, finding.fix) == pair("https://xn--bcher-kva.ch/x", f"{cached}{written}/x")


def test_what_is_no_host_in_a_cache_url_is_not_escaped() -> None:
    text = pair("https://bücher.ch/x", "https://xn--bcher-ch-65a.cdn.ampproject.org/c/s/bü cher.ch/x")
    finding = next(d for d in found(text) if d.message.startswith("cdnAmpWebUrl has the host"))
    assert finding.message == "cdnAmpWebUrl has the host `bü cher.ch` in its path, which no browser accepts"
    assert finding.fix is None


def test_a_mismatch_and_an_entity_are_two_findings_and_end_clean() -> None:
    text = pair(f"{PAGE}&amp;a", f"{CACHED.replace('ferry', 'bus')}&amp;a")
    assert [d.code for d in found(text)] == ["UR002", "UR005", "UR002"]
    assert settled(text) == (pair(f"{PAGE}&a", f"{CACHED}&a"), [])
    for select in ("UR002", "UR005"):
        assert "UR002" in settled(text, select="UR005")[1]
        assert settled(text, select=select)[1] != []


def test_where_the_page_is_broken_nothing_is_computed_from_it() -> None:
    assert only(pair("https://exa mple.com/", CACHED)).code == "UR001"


def test_an_amp_page_given_by_its_cache_url_is_the_page_that_shows() -> None:
    assert found(pair(CACHED, CACHED)) == []
    text = pair(CACHED, CACHED.replace("ferry", "bus"))
    finding = only(text)
    assert finding.code == "UR005"
    assert fixed(text, finding.fix) == pair(CACHED, CACHED)  # type: ignore[arg-type]


def test_related_stories_have_pairs_of_their_own() -> None:
    lines = (
        f"related:\n  - title: a\n    ampWebUrl: {PAGE}\n    cdnAmpWebUrl: {CACHED.replace('ferry', 'bus')} # seen\n"
    )
    text = overlay(lines)
    finding = only(text)
    assert finding.message.startswith(
        "related[0].cdnAmpWebUrl is not the AMP cache URL of ampWebUrl: its path is `/bus`"
    )
    assert fixed(text, finding.fix) == text.replace("/bus", "/ferry")  # type: ignore[arg-type]


# --- UR006 ------------------------------------------------------------------------------------------------------

BOTH = f'ampWebUrl: "{PAGE}"\ncdnAmpWebUrl: "{CACHED}"\n'
WITHOUT = ARTICLE.replace(ARTICLE[ARTICLE.index("ampWebUrl") : ARTICLE.index("type:")], "%s")
INSERTED = [
    (f'ampWebUrl: "{PAGE}"\n', BOTH),
    (f'cdnAmpWebUrl: "{CACHED}"\n', BOTH),
    (f"ampWebUrl: {PAGE}\n", f"ampWebUrl: {PAGE}\ncdnAmpWebUrl: {CACHED}\n"),
    (f"ampWebUrl: '{PAGE}' # seen\n", f"ampWebUrl: '{PAGE}' # seen\ncdnAmpWebUrl: '{CACHED}'\n"),
    (f"cdnAmpWebUrl: '{CACHED}'\n", f"ampWebUrl: '{PAGE}'\ncdnAmpWebUrl: '{CACHED}'\n"),
    (f"ampWebUrl: |-\n  {PAGE}\n", f'ampWebUrl: |-\n  {PAGE}\ncdnAmpWebUrl: "{CACHED}"\n'),
    (f"cdnAmpWebUrl: >-\n  {CACHED}\n", f'ampWebUrl: "{PAGE}"\ncdnAmpWebUrl: >-\n  {CACHED}\n'),
    (f"related:\n  - ampWebUrl: {PAGE}\n    title: a\n",
     f"related:\n  - ampWebUrl: {PAGE}\n    cdnAmpWebUrl: {CACHED}\n    title: a\n"),
    (f"related:\n  - cdnAmpWebUrl: {CACHED}\n    title: a\n",
     f"related:\n  - ampWebUrl: {PAGE}\n    cdnAmpWebUrl: {CACHED}\n    title: a\n"),
    (f'related: [{{title: a, ampWebUrl: "{PAGE}"}}]\n',
     f'related: [{{title: a, ampWebUrl: "{PAGE}", cdnAmpWebUrl: "{CACHED}"}}]\n'),
    (f'related: [{{title: a, cdnAmpWebUrl: "{CACHED}", type: b}}]\n',
     f'related: [{{title: a, ampWebUrl: "{PAGE}", cdnAmpWebUrl: "{CACHED}", type: b}}]\n'),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("half", "whole"), INSERTED, ids=[case[0].strip()[:40] for case in INSERTED])
def test_the_other_half_is_written_at_its_place_in_the_same_style(half: str, whole: str, newline: str) -> None:
    text = (WITHOUT % half).replace("\n", newline)
    finding = only(text)
    assert finding.code == "UR006"
    assert under(text, finding) in ("ampWebUrl", "cdnAmpWebUrl")
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert fixed(text, finding.fix) == (WITHOUT % whole).replace("\n", newline)


def test_half_a_pair_is_told_in_words() -> None:
    finding = only(WITHOUT % f"ampWebUrl: {PAGE}\n")
    assert finding.message == "ampWebUrl has no cdnAmpWebUrl beside it"
    assert finding.fix is not None
    assert finding.fix.title == "Write the cdnAmpWebUrl of ampWebUrl"
    finding = only(WITHOUT % f"cdnAmpWebUrl: {CACHED}\n")
    assert finding.fix is not None
    assert finding.fix.title == "Write the ampWebUrl that is in cdnAmpWebUrl"
    finding = only(WITHOUT % "related:\n  - cdnAmpWebUrl: https://a.example/\n")
    assert finding.message == "related[0].cdnAmpWebUrl has no ampWebUrl beside it"
    assert finding.fix is None
    assert finding.help == "write the ampWebUrl that belongs to it, or delete cdnAmpWebUrl"


@pytest.mark.parametrize(
    "cached",
    [
        "https://www-example-com.cdn.ampproject.org.mirror.example/c/s/www.example.com/a",
        "https://www-example-org.cdn.ampproject.org/c/s/www.example.com/a",
        "https://localhost.cdn.ampproject.org/c/s/localhost/a",
        "https://10-0-0-1.cdn.ampproject.org/c/s/10.0.0.1/a",
    ],
)
def test_from_what_is_not_a_cache_url_no_page_is_computed(cached: str) -> None:
    assert only(WITHOUT % f"cdnAmpWebUrl: {cached}\n").fix is None


def test_the_half_that_is_written_is_clean_even_where_the_other_is_not() -> None:
    text = WITHOUT % f'ampWebUrl: " {PAGE}&amp;a=é"\n'
    whole = WITHOUT % f'ampWebUrl: "{PAGE}&a=%C3%A9"\ncdnAmpWebUrl: "{CACHED}&a=%C3%A9"\n'
    assert settled(text) == (whole, [])
    assert settled(text, select="UR006")[1] == ["UR001", "UR002"]


def test_an_empty_half_is_no_missing_one() -> None:
    for half, whole in (('ampWebUrl: "{0}"\ncdnAmpWebUrl: ""\n', BOTH), ('ampWebUrl: ""\ncdnAmpWebUrl: "{1}"\n', BOTH)):
        text = WITHOUT % half.format(PAGE, CACHED)
        assert only(text).code == "UR001"
        assert settled(text) == (WITHOUT % whole, [])
    assert [d.code for d in found(WITHOUT % 'ampWebUrl: ""\n')] == ["UR001"]
    assert found(WITHOUT % f"ampWebUrl: {PAGE}\ncdnAmpWebUrl: null\n") == []
    assert found(WITHOUT % "") == []


def test_a_broken_half_is_computed_from_the_sound_one() -> None:
    text = pair(PAGE, "cdn.ampproject.org/c")
    assert settled(text) == (pair(PAGE, CACHED), [])
    text = pair("ampproject", CACHED)
    assert settled(text)[1] == ["UR001"]
    assert settled(text, unsafe=True) == (pair(PAGE, CACHED), [])


def test_a_misspelt_half_is_not_written_twice() -> None:
    for key in ("cdnAmpWebURL", "cdn_amp_web_url", "cndAmpWebUrl"):
        assert found(WITHOUT % f"ampWebUrl: {PAGE}\n{key}: {CACHED}\n") == []


# --- addresses --------------------------------------------------------------------------------------------------

STARTS = [
    *["https://", "http://"] * 4,
    "HTTPS://",
    "https:\\\\",
    "http:/",
    "htp://",
    "//",
    "http://https://",
    "",
    " ",
    "/",
]
HOSTS = [
    "www.example.com",
    "a.example",
    "bücher.ch",
    "xn--bcher-kva.ch",
    "xn--a.com",
    "localhost",
    "127.0.0.1",
    "[::1]",
]
HOSTS += ["0x7f.1", "1.2.3", "a..b", "a_b.example", "A" * 70 + ".com", "a.local", "me@a.example", "a&b.com", "a.b\\"]
PORTS = ["", "", "", "", ":80", ":99999", ":x", ":"]
TAILS = [
    "/",
    "/a/b",
    "\\",
    "?a=1",
    "&amp;",
    "&#038;",
    "&copy=1",
    "&lt;",
    "#x",
    "é",
    "日本😀",
    "%",
    "%zz",
    "%41",
    "|",
    "{",
    '"',
]
TAILS += ["<", "&amp;amp;", "https://", " ", "\t", "\n", "\u200b", "\u200d", "\ud800", "\x00", "@", ":80", "."]


def addresses(count: int) -> list[str]:
    """Return the same *count* addresses in every run, sound and broken in all ways."""
    chance = random.Random(2020)
    return [
        chance.choice(STARTS) + chance.choice(HOSTS) + chance.choice(PORTS) + "".join(chance.choices(TAILS, k=tail))
        for tail in (chance.randint(0, 3) for _ in range(count))
    ]


def test_what_looks_sound_at_a_glance_is_sound() -> None:
    glanced = [url for url in addresses(40_000) if urls.is_plain(url)]
    assert len(glanced) > 500
    for url in glanced:
        assert can_ada.can_parse(url), url
        assert urls._scheme_flaw(url) is None
        assert urls._host_flaw(url) is None


def test_letters_that_are_only_like_ascii_ones_are_seen() -> None:
    """In other case U+017F is "s" and U+212A "k", to an expression that ignores case."""
    assert not urls.is_plain("https://www.example.com/\u212a")
    assert not urls.is_plain("https://www.e\u017fample.com/")
    assert only(overlay('originalUrl: "https://www.example.com/\u017fun"')).code == "UR002"
    assert only(overlay('originalUrl: "http\u017f://www.example.com/"')).code == "UR001"


def test_an_address_that_is_repaired_is_sound_and_ascii_and_stays() -> None:
    cleaned = 0
    for url in addresses(20_000):
        for rooted in (False, True):
            result = urls.clean(url, rooted=rooted)
            if result is not None:
                assert urls.flaw(result, rooted=rooted) is None, url
                assert result.isascii(), url
                assert list(urls.escapes(result)) == [], url
                cleaned += 1
    assert cleaned > 2000


def test_an_address_that_is_escaped_is_the_one_that_browsers_open() -> None:
    escaped = 0
    for url in addresses(20_000):
        flaws = list(urls.escapes(url)) if urls.flaw(url) is None else []
        if flaws and all(flaw.safety is Safety.SAFE and "entity" not in flaw.problem for flaw in flaws):
            result = apply_fragments(url, [fragment for flaw in flaws for fragment in flaw.repair])
            assert can_ada.parse(result).href == can_ada.parse(url).href.replace("\\", "%5C"), url
            escaped += 1
    assert escaped > 200


def test_no_value_raises_or_takes_long() -> None:
    for url in (
        "http:/" * 50_000,
        "/" * 200_000,
        "https://" + "a." * 100_000,
        "https://" + "é " * 50_000,
        "&amp;" * 50_000,
    ):
        found(overlay(f'webUrl: "{url}"'))
        found(overlay(f"cdnAmpWebUrl: '{url}'"))


def test_no_parser_is_loaded_for_sound_addresses(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = "import sys; from tests.support import ARTICLE, codes; print(codes(ARTICLE), 'can_ada' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[] False"
