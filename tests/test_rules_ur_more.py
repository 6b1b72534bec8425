"""UR: http, tracking parameters, AMP pages of other sites, caches as sources, provider domains, videos."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from feedlint.diagnostic import Diagnostic, Safety
from feedlint.linting import fix as repair
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules import RULES, ur
from feedlint.rules.ur import sites, tracking
from feedlint.rules.ur.sites import is_one_site
from feedlint.source import scalars
from tests.support import codes, findings, fixed, overlay, read

NOWHERE = Repository(None)
PAGE = "https://www.example.com/ferry?amp=1"
CACHED = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp=1"


def found(text: str) -> list[Diagnostic]:
    return findings(text, rules=ur.RULES)


def only(text: str) -> Diagnostic:
    diagnostics = found(text)
    assert len(diagnostics) == 1, [(d.code, d.message) for d in diagnostics]
    return diagnostics[0]


def under(text: str, diagnostic: Diagnostic) -> str:
    return text[slice(*diagnostic.span)]


def labelled(text: str, diagnostic: Diagnostic) -> list[tuple[str, str]]:
    return [(text[slice(*label.span)], label.message) for label in diagnostic.labels]


def settled(text: str, *, select: str = "UR", unsafe: bool = False) -> tuple[str, list[str]]:
    """Return *text* repaired by the rules whose code begins with *select*, and the UR codes that are found then."""
    chosen = [rule for rule in RULES if rule.code.startswith(select)]
    result = repair(read(text), chosen, NOWHERE, unsafe=unsafe)
    assert not result.refused, result.refused
    return result.document.text, [d.code for d in lint(result.document, ur.RULES, NOWHERE)]


def pair(page: str, cached: str) -> str:
    return overlay(f'ampWebUrl: "{page}"\ncdnAmpWebUrl: "{cached}"')


# --- UR003 ------------------------------------------------------------------------------------------------------


def test_http_is_told_for_information_at_its_letters() -> None:
    text = overlay('webUrl: "HTTP://www.example.com/a"')
    finding = only(text)
    assert (finding.code, finding.severity, under(text, finding)) == ("UR003", "info", "HTTP")
    assert finding.message == "webUrl begins with `HTTP://`, not with `https://`"
    assert finding.fix is None


def test_http_is_told_of_each_address_once() -> None:
    text = overlay(
        'originalUrl: "http://www.example.com/a"\nwebUrl: "http://www.example.com/a"\n'
        'ampWebUrl: "http://www.example.com/b"\n'
        'cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/www.example.com/b"\n'
        'images:\n  - url: "http://img.example.com/a.png"\n    width: 60\n    height: 40'
    )
    assert [(d.code, d.data_path[0]) for d in found(text)] == [
        ("UR003", "originalUrl"),
        ("UR003", "webUrl"),
        ("UR003", "ampWebUrl"),
        ("UR003", "images"),
    ]


def test_of_a_scheme_another_rule_speaks_of_http_is_not_told() -> None:
    assert [d.code for d in found(overlay('webUrl: "htp://www.example.com/a"'))] == ["UR001"]
    assert [d.code for d in found(pair(PAGE, CACHED.replace("https:", "http:")))] == ["UR005"]


def test_what_is_told_for_information_stops_no_repair() -> None:
    text = overlay('webUrl: "htp://www.example.com/a"')
    assert settled(text) == (overlay('webUrl: "http://www.example.com/a"'), ["UR003"])
    cached = '    cdnAmpWebUrl: "https://a-example.cdn.ampproject.org/c/a.example/b"\n'
    half = overlay(f"related:\n  - title: a\n{cached}")
    assert settled(half) == (
        half.replace(cached, f'    ampWebUrl: "http://a.example/b"\n{cached}'),
        ["UR003"],
    )


# --- UR004 ------------------------------------------------------------------------------------------------------

TRACKED = [
    # the query and fragment, what is left of them, and the parameter named
    ("?utm_source=a", "", "utm_source"),
    ("?utm_source=a&utm_medium=b", "", "utm_source"),
    ("?utm_source", "", "utm_source"),
    ("?b=1&utm_source=a", "?b=1", "utm_source"),
    ("?utm_source=a&b=1", "?b=1", "utm_source"),
    ("?b=1&utm_source=a&c=%2f+&fbclid=2&d#top", "?b=1&c=%2f+&d#top", "utm_source"),
    ("?fbclid=1#top", "#top", "fbclid"),
    ("?&fbclid=1&", "", "fbclid"),
    ("?&fbclid=1&b", "?&b", "fbclid"),
    ("?b&&fbclid=1", "?b&", "fbclid"),
    ("?utm_source=a&b&utm_source=c", "?b", "utm_source"),
    ("?UTM_Source=a", "", "utm_source"),
    ("?utm%5Fsource=a", "", "utm_source"),
    ("?__hstc=1&__s=2&_hsenc=3&hsCtaTracking=4", "", "__hstc"),
    ("?cm_mmc=a-_-b", "", "cm_mmc"),
    ("?_ga=1.2&_gl=3", "", "_ga"),
    ("?mc_eid=1&mkt_tok=2", "", "mc_eid"),
    ("#utm_source=a", "", "utm_source"),
    ("?b=1#utm_source=a&utm_medium=b", "?b=1", "utm_source"),
    ("?u=https://a.example/?b=1&utm_source=a", "?u=https://a.example/?b=1", "utm_source"),
]


@pytest.mark.parametrize(("tail", "left", "name"), TRACKED, ids=[case[0] for case in TRACKED])
def test_what_tracks_is_deleted_and_nothing_else(tail: str, left: str, name: str) -> None:
    text = overlay(f'webUrl: "https://www.example.com/a{tail}"')
    finding = only(text)
    assert (finding.code, finding.severity) == ("UR004", "warning")
    assert finding.message.startswith(f"webUrl has the tracking parameter `{name}`")
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert fixed(text, finding.fix) == overlay(f'webUrl: "https://www.example.com/a{left}"')
    assert settled(text) == (overlay(f'webUrl: "https://www.example.com/a{left}"'), [])


@pytest.mark.parametrize(
    "tail",
    [
        "?amp", "?AMP=1", "?_amp=true", "?outputType=amp", "?v=1&id=2&p=3&page=4&q=5&s=6&lang=en&t=7&list=8&story=9",
        "?ref=a&src=b&source=c&cid=d&ocid=e&ncid=f&si=g&share=h&from=i&via=j", "?utm", "?x_utm_source=a",
        "?a=utm_source=b", "?a=fbclid", "#xtor=RSS-1", "#/a?utm_source=b", "#top&utm_source=a", "#fbclid",
        "?a=1?utm_source=b", "?" + "a" * 500, "?a;utm_source=b",
    ],
)  # fmt: skip
def test_what_may_choose_the_page_is_left_alone(tail: str) -> None:
    assert found(overlay(f'webUrl: "https://www.example.com/a{tail}"')) == []


def test_a_picture_may_have_any_parameter() -> None:
    image = 'images:\n  - url: "https://img.example.com/a.png?utm_source=b"\n    width: 60\n    height: 40\n'
    assert found(overlay(image)) == []


def test_the_message_counts_and_the_caret_is_under_the_first() -> None:
    text = overlay('originalUrl: "https://www.example.com/a?b=1&utm_source=c&gclid=2&fbclid=3"')
    finding = only(text)
    assert finding.message == "originalUrl has the tracking parameter `utm_source`, and 2 more"
    assert under(text, finding) == "utm_source=c"
    assert finding.fix is not None
    assert finding.fix.title == "Delete `utm_source` and 2 more"


def test_what_is_less_sure_is_deleted_only_when_asked() -> None:
    text = overlay('webUrl: "https://www.example.com/a?awc=1&utm_source=b&c;gclid=2;id=3&gclid=4;id=5"')
    safe = overlay('webUrl: "https://www.example.com/a?awc=1&c;gclid=2;id=3&gclid=4;id=5"')
    assert settled(text) == (safe, ["UR004"])
    assert settled(text, unsafe=True) == (overlay('webUrl: "https://www.example.com/a?c;gclid=2;id=3"'), [])


@pytest.mark.parametrize("mark", ["&amp;", "&#38;", "&#038;", "&#x26;", "&amp;amp;"])
def test_entities_separate_parameters_too(mark: str) -> None:
    text = overlay(f'webUrl: "https://www.example.com/a?b=1{mark}utm_source=c{mark}d=2"')
    assert [d.code for d in found(text)] == ["UR002", "UR004"]
    assert settled(text) == (overlay('webUrl: "https://www.example.com/a?b=1&d=2"'), [])
    assert settled(text, select="UR004") == (overlay(f'webUrl: "https://www.example.com/a?b=1{mark}d=2"'), ["UR002"])
    assert settled(text, select="UR002")[1] == ["UR004"]


def test_what_is_invalid_too_is_put_right_first() -> None:
    text = overlay('webUrl: " htps://www.example.com/a?utm_source=b "')
    assert [(d.code, d.fix is None) for d in found(text)] == [("UR001", False), ("UR004", True)]
    assert settled(text) == (overlay('webUrl: "https://www.example.com/a"'), [])
    assert settled(text, select="UR001")[1] == ["UR004"]


def test_an_amp_page_and_its_cache_url_are_one_finding_and_one_fix() -> None:
    text = pair(f"{PAGE}&utm_source=a", f"{CACHED}&utm_source=a")
    finding = only(text)
    assert finding.message == "ampWebUrl has the tracking parameter `utm_source`"
    assert labelled(text, finding) == [("utm_source=a", "so has cdnAmpWebUrl")]
    assert finding.fix is not None
    assert fixed(text, finding.fix) == pair(PAGE, CACHED)
    assert settled(text, select="UR004") == (pair(PAGE, CACHED), [])


PAIRS = [
    (f"{PAGE}&utm_source=a", f"{CACHED}&utm%5fsource=a", ["UR004"]),
    (f"{PAGE}&utm_source=a", CACHED, ["UR004", "UR005"]),
    (PAGE, f"{CACHED}&utm_source=a", ["UR005"]),
    (f"{PAGE}&utm_source=a&b", f"{CACHED}&b&utm_source=a", ["UR004", "UR005"]),
    (f"{PAGE}&amp;utm_source=a", f"{CACHED}&utm_source=a", ["UR002", "UR004"]),
    (f"{PAGE}&utm_source=a#b", f"{CACHED.replace('ferry', 'bus')}&utm_source=a", ["UR004", "UR005"]),
    (f"{PAGE}#utm_source=a", f"{CACHED}#utm_source=a", ["UR004"]),
    (f" {PAGE}&fbclid=1", f"{CACHED}&fbclid=1\\n", ["UR001", "UR004", "UR001"]),
]


@pytest.mark.parametrize(("page", "cached", "before"), PAIRS, ids=range(len(PAIRS)))
def test_every_pair_ends_clean_and_no_rule_alone_breaks_another(page: str, cached: str, before: list[str]) -> None:
    text = pair(page, cached)
    assert [d.code for d in found(text)] == before
    repaired, left = settled(text)
    assert left == []
    assert "utm_" not in repaired
    assert "fbclid" not in repaired
    for code in sorted(set(before)):
        settled(text, select=code)  # asserts that nothing is refused


def test_a_cache_url_alone_has_parameters_of_its_own() -> None:
    cached = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a"
    text = overlay(f'related:\n  - title: a\n    cdnAmpWebUrl: "{cached}?utm_source=b"\n')
    assert [d.code for d in found(text)] == ["UR006", "UR004"]
    repaired, left = settled(text)
    assert left == []
    assert read(repaired).data["related"][0] == {
        "title": "a",
        "ampWebUrl": "https://www.example.com/a",
        "cdnAmpWebUrl": cached,
    }


def test_a_field_that_is_there_twice_has_no_pair() -> None:
    text = pair(f"{PAGE}&fbclid=1", f"{CACHED}&fbclid=1")
    text = text.replace("cdnAmpWebUrl", f'ampWebUrl: "{PAGE}&fbclid=2"\ncdnAmpWebUrl', 1)
    assert "fbclid" not in settled(text)[0]


QUERIES = st.lists(
    st.sampled_from(
        [
            "utm_source=a",
            "fbclid=1",
            "gclid",
            "b=1",
            "c",
            "",
            "amp=1",
            "d=%2F",
            "awc=2",
            "é=ü",
            "a;utm_id=1",
            "utm_a=;b",
        ]
    ),
    max_size=7,
)
MARKS = st.sampled_from(["&", "&amp;", "&#038;"])
TAILS = st.sampled_from(["", "", "#top", "#utm_source=a", "#/a?fbclid=1", "#", "?", "&"])
STYLES = st.sampled_from([scalars.DOUBLE, scalars.SINGLE, scalars.PLAIN])


@given(QUERIES, MARKS, TAILS, STYLES, st.booleans(), st.booleans())
def test_repairs_converge_and_change_nothing_else(
    query: list[str], mark: str, tail: str, style: str, unsafe: bool, paired: bool
) -> None:
    url = "https://www.example.com/a" + ("?" + mark.join(query) if query else "") + tail
    lines = f"webUrl: {scalars.render(url, style)}\n"
    if paired:
        lines += f"ampWebUrl: {scalars.render(url.replace('/a', '/amp', 1), style)}\n"
        cached = url.replace("https://", "https://www-example-com.cdn.ampproject.org/c/s/").replace("/a", "/amp", 1)
        lines += f"cdnAmpWebUrl: {scalars.render(cached, style)}\n"
    text = overlay(lines)
    repaired, left = settled(text, unsafe=unsafe)
    assert settled(repaired, unsafe=unsafe) == (repaired, left)
    names = [each.partition("=")[0] for each in query]
    assert ("UR004" in left) == (not unsafe and ("awc" in names or "utm_a=;b" in query))
    assert not set(left) - {"UR004"} - ({"UR007"} if paired else set())
    before, after = read(text).data, read(repaired).data
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= {"webUrl", "ampWebUrl", "cdnAmpWebUrl"}
    assert before.keys() == after.keys()


@given(st.text(alphabet="?&#;=ab%_5F \t\n\ud800é", max_size=30).map(lambda text: f"https://a.example/?utm_a&{text}"))
def test_what_is_without_tracking_stays_so(url: str) -> None:
    assert tracking.found(tracking.without(url)) == []
    assert tracking.without(tracking.without(url)) == tracking.without(url)


# --- UR007 ------------------------------------------------------------------------------------------------------


def amp(host: str, web: str) -> str:
    from feedlint.rules.ur.amp import cache_url

    page = f"https://{host}/ferry?amp=1"
    return overlay(f'originalUrl: "{web}"\nwebUrl: "{web}"\nampWebUrl: "{page}"\ncdnAmpWebUrl: "{cache_url(page)}"')


def test_an_amp_page_at_another_site_is_found_and_both_hosts_are_shown() -> None:
    text = amp("amp.example.org", "https://www.example.com/ferry")
    finding = only(text)
    assert (finding.code, finding.severity, under(text, finding)) == ("UR007", "warning", "amp.example.org")
    assert finding.message == "ampWebUrl is at `amp.example.org`, and webUrl at another site, `www.example.com`"
    assert labelled(text, finding) == [("www.example.com", "webUrl")]


SITES = [
    ("www.example.com", "www.example.com", True),
    ("amp.example.com", "www.example.com", True),
    ("example.com", "m.example.com", True),
    ("a.example.co.uk", "b.example.co.uk", True),
    ("xn--bcher-kva.ch", "amp.xn--bcher-kva.ch", True),
    ("a.co.uk", "b.co.uk", False),
    ("a.github.io", "b.github.io", False),
    ("ample.com", "example.com", False),
    ("example.com.evil.example", "example.com", False),
    ("93.184.216.34", "93.184.216.34", True),
    ("team.example.com", "tea.example.org", False),
    ("www.example.com", "amp.example.co.uk", True),
    ("example.com", "example.org", False),
    ("example.com", "news.example.org", False),
    ("example.com", "ample.de", False),
    ("example.com", "example.ample.de", False),
    ("93.184.216.34", "93.184.216.35", False),
]


@pytest.mark.parametrize(("host", "other", "same"), SITES, ids=[f"{case[0]} {case[1]}" for case in SITES])
def test_one_site_is_what_one_owner_registered(host: str, other: str, same: bool) -> None:
    assert is_one_site(host, other) is same
    assert is_one_site(other, host) is same


def test_an_amp_page_that_is_the_page_itself_is_found() -> None:
    for web in ("?amp=1", "?amp=1&utm_source=a", "?amp=1#top"):
        text = amp("www.example.com", f"https://www.example.com/ferry{web}")
        (finding,) = [d for d in found(text) if d.code == "UR007"]
        assert finding.message == "ampWebUrl is the same page as webUrl"
    assert found(amp("www.example.com", "https://www.example.com/ferry?amp=2")) == []


def test_of_a_video_the_original_address_is_the_site() -> None:
    text = amp("amp.example.org", "https://www.example.com/ferry")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("webUrl")]
    (finding,) = [d for d in found("".join(lines)) if d.code == "UR007"]
    assert "and originalUrl at another site" in finding.message


def test_a_broken_address_is_not_compared() -> None:
    assert [d.code for d in found(amp("amp.example.org", "https://exa mple.com/"))] == ["UR001", "UR001"]


# --- UR008 ------------------------------------------------------------------------------------------------------

SOURCES = [
    ("https://a-example-com.cdn.ampproject.org/c/s/a.example.com/b?amp", "https://a.example.com/b?amp"),
    ("https://a-example-com.cdn.ampproject.org/v/s/a.example.com/b?amp_js_v=0.1&usqp=x&c", "https://a.example.com/b?c"),
    ("https://cdn.ampproject.org/c/s/a.example.com/b", "https://a.example.com/b"),
    ("https://a-example-com.www.bing-amp.com/c/s/a.example.com/b", "https://a.example.com/b"),
    ("https://amp.cloudflare.com/c/s/a.example.com/b", "https://a.example.com/b"),
    ("https://www.google.de/amp/s/a.example.com/b%3Famp=1", "https://a.example.com/b?amp=1"),
    ("https://www.google.com/amp/s/amp.example.com/b#amp_tf=x&ampshare=https%3A%2F%2Fwww.example.com%2Fb",
     "https://amp.example.com/b"),
    ("https://www.google.com/amp/s/a.example.com/c#ampshare=https%3A%2F%2Fa.example.com%2Fb", "https://a.example.com/b"),
    ("https://www.bing.com/amp/s/a-example-com.cdn.ampproject.org/c/s/a.example.com/b", "https://a.example.com/b"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "page"), SOURCES, ids=[case[0] for case in SOURCES])
def test_the_publishers_address_is_written_when_asked(url: str, page: str) -> None:
    text = overlay(f'webUrl: "{url}"')
    finding = only(text)
    assert (finding.code, finding.severity) == ("UR008", "error")
    host = url.split("/")[2]
    assert under(text, finding) == host
    assert finding.message == f"webUrl is an address of the AMP cache or viewer `{host}`, not the publisher's"
    assert settled(text) == (text, ["UR008"])
    assert settled(text, unsafe=True) == (overlay(f'webUrl: "{page}"'), [])


def test_an_amp_page_given_by_its_cache_url_ends_as_a_pair() -> None:
    for page in (CACHED, f"{CACHED}&amp_js_v=0.1", "https://www.google.com/amp/s/www.example.com/ferry%3Famp=1"):
        assert settled(pair(page, CACHED), unsafe=True) == (pair(PAGE, CACHED), [])
    assert settled(pair(CACHED, CACHED.replace("ferry", "bus")), unsafe=True) == (pair(PAGE, CACHED), [])


def test_what_only_looks_like_a_cache_is_left_alone() -> None:
    for url in (
        "https://a.cdn.ampproject.org.example.com/c/s/a.example.com/b",
        "https://www.google.com/amp/about",
        "https://www.example.com/amp/s/a.example.com/b",
    ):
        assert found(overlay(f'webUrl: "{url}"\nampWebUrl: "{url}x"\ncdnAmpWebUrl: ""'))[0].code != "UR008"


# --- UR009 ------------------------------------------------------------------------------------------------------


def provider(domain: str, more: str = "") -> str:
    return overlay(f'{more}provider:\n  name: Example Times\n  domain: "{domain}"')


SPELT = [
    ("www.example.com", "example.com"),
    ("Example.COM", "example.com"),
    ("https://example.com", "example.com"),
    ("https://www.Example.com/", "example.com"),
    ("//example.com", "example.com"),
    ("example.com.", "example.com"),
    ("example.com:443", "example.com"),
    (" example.com ", "example.com"),
]


@pytest.mark.parametrize(("written", "result"), SPELT, ids=[case[0] for case in SPELT])
def test_a_domain_is_a_bare_host_name(written: str, result: str) -> None:
    text = provider(written)
    finding = only(text)
    assert (finding.code, finding.severity) == ("UR009", "warning")
    assert finding.message == f"provider.domain is `{written}`, not the bare host name `{result}`"
    assert settled(text) == (provider(result), [])


def test_what_may_be_meant_is_dropped_only_when_asked() -> None:
    text = provider("example.com/@me")
    assert settled(text) == (text, ["UR009"])
    assert settled(text, unsafe=True) == (provider("example.com"), [])
    video = 'type: video\noriginalUrl: "https://youtube.com/watch?v=a1b2c3d4e5F"\n'
    text = provider("www.example.com", video)
    assert settled(text) == (text, ["UR009"])
    assert settled(provider("Example.com", video)) == (provider("example.com", video), [])


def test_another_domain_is_shown_with_the_address() -> None:
    text = provider("example.org")
    finding = only(text)
    assert finding.message == "provider.domain is `example.org`, and originalUrl is at `www.example.com`"
    assert under(text, finding) == '"example.org"'
    assert labelled(text, finding) == [("www.example.com", "originalUrl")]
    assert finding.fix is None


@pytest.mark.parametrize("domain", ["Example Times", "example", "me@example.com", "1.2", "https://", "a..com", "-"])
def test_what_is_no_host_name_is_told(domain: str) -> None:
    finding = only(provider(domain))
    assert finding.message == f"provider.domain is `{domain}`, which is no host name, as in `example.com`"
    assert finding.fix is None


def test_which_address_a_domain_owns() -> None:
    assert found(provider("www-example.com"))[0].code == "UR009"
    assert found(provider("ample.com"))[0].code == "UR009"
    assert found(provider("com"))[0].code == "UR009"
    assert found(provider("example.com", 'webUrl: "https://example.com/a"\n')) == []
    assert found(provider("example.co.uk", 'originalUrl: "https://www.example.com/a"\n')) == []
    assert found(provider("bücher.ch", 'originalUrl: "https://www.xn--bcher-kva.ch/a"\n')) == []
    cached = 'originalUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a"\n'
    assert [d.code for d in found(provider("example.com", cached))] == ["UR008"]
    assert [d.code for d in found(provider("example.org", 'originalUrl: "https://exa mple.com/"\n'))] == ["UR001"]
    assert found(provider("example.org", 'type: video\noriginalUrl: "https://vimeo.com/1"\n')) == []


def test_a_related_story_has_a_provider_of_its_own() -> None:
    text = overlay("related:\n  - {title: a, webUrl: 'https://a.example/b', provider: {name: c, domain: d.example}}")
    finding = only(text)
    assert finding.message == "related[0].provider.domain is `d.example`, and webUrl is at `a.example`"
    assert labelled(text, finding) == [("a.example", "related[0].webUrl")]


def test_no_text_no_finding() -> None:
    for value in ('""', "null", "12", "[a]", "{a: b}", '" "'):
        assert found(overlay(f"provider:\n  name: a\n  domain: {value}")) == []


# --- UR010 ------------------------------------------------------------------------------------------------------

ID, OTHER = "a1b2c3d4e5F", "Z9y8x7w6v5U"
PLAYERS = [
    f"https://www.youtube.com/embed/{ID}",
    f"//www.youtube.com/embed/{ID}?rel=0",
    f"https://youtube-nocookie.com/embed/{ID}",
    f"http://www.youtube-nocookie.com/embed/{ID}/",
]
PAGES = [
    "https://www.youtube.com/watch?v={}",
    "https://youtube.com/watch?v={}&t=7",
    "https://m.youtube.com/watch?list=PL1&v={}",
    "https://youtu.be/{}?si=a",
    "https://www.youtube.com/shorts/{}",
    "https://www.youtube.com/live/{}?feature=share",
    "https://www.youtube.com/embed/{}",
]


def video(url: str, player: str) -> str:
    return overlay(
        f'originalUrl: {url}\ntype: video\nfeaturedContent: \'<iframe width="1" src="{player}" a></iframe>\''
    )


@pytest.mark.parametrize("url", PAGES)
def test_the_video_that_is_played_is_the_one_that_is_linked(url: str) -> None:
    for player in PLAYERS:
        assert found(video(url.format(ID), player)) == []
        text = video(url.format(OTHER), player)
        finding = only(text)
        assert (finding.code, finding.severity, under(text, finding)) == ("UR010", "warning", ID)
        assert finding.message == (
            f"featuredContent plays the YouTube video `{ID}`, and originalUrl leads to `{OTHER}`"
        )
        assert labelled(text, finding) == [(OTHER, "the video of originalUrl")]


def test_vimeo_is_known_too() -> None:
    player = "https://player.vimeo.com/video/4711?h=1"
    for url in ("https://vimeo.com/{}", "https://vimeo.com/channels/a/{}?b", "https://player.vimeo.com/video/{}"):
        assert found(video(url.format(4711), player)) == []
        assert only(video(url.format(47110), player)).code == "UR010"
    finding = only(video(f"https://youtu.be/{ID}", player))
    assert finding.message == (
        f"featuredContent plays the Vimeo video `4711`, and originalUrl leads to the YouTube video `{ID}`"
    )


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.example.com/watch?v=a", PLAYERS[0]),
        ("https://www.youtube.com/@channel", PLAYERS[0]),
        ("https://www.youtube.com/playlist?list=PL1", PLAYERS[0]),
        ("https://notyoutube.com/watch?v=a", PLAYERS[0]),
        (f"https://youtu.be/{ID}", "https://www.youtube.com/embed/videoseries?list=PL1"),
        (f"https://youtu.be/{ID}", "https://www.example.com/embed/1"),
        (f"https://youtu.be/{ID}", f'{PLAYERS[0]}"></iframe><iframe src="https://www.youtube.com/embed/{OTHER}'),
    ],
)
def test_what_is_no_video_known_here_is_not_compared(url: str, player: str) -> None:
    assert found(video(url, player)) == []


# --- all of them ------------------------------------------------------------------------------------------------


PLACES = st.sampled_from(
    [
        "https://www.example.com/ferry",
        "http://www.example.com/ferry?amp=1",
        "https://amp.example.com/ferry?utm_source=a",
        "https://www.example.org/bus",
        CACHED,
        f"{CACHED}&amp_js_v=0.1&gclid=1",
        "http://cdn.ampproject.org/v/www.example.com/ferry",
        "https://www.google.com/amp/s/www.example.com/ferry%3Famp=1#ampshare=https%3A%2F%2Fwww.example.com%2Fbus",
        "https://www.bing.com/amp/s/10.0.0.1/ferry",
        "https://youtu.be/a1b2c3d4e5F",
        "htps://www.example.com/ferry?a&amp;utm_source=b",
        "www.example.com/ferry",
        "https://exa mple.com/",
        "",
    ]
)
DOMAINS = st.sampled_from(
    [
        "example.com",
        "www.example.com",
        "Example.org",
        "https://amp.example.com/a",
        "example.com.",
        "Example Times",
        " com",
    ]
)


@given(
    st.fixed_dictionaries(
        {"provider": DOMAINS.map(lambda domain: {"name": "a", "domain": domain})},
        optional={
            "originalUrl": PLACES,
            "webUrl": PLACES,
            "ampWebUrl": PLACES,
            "cdnAmpWebUrl": PLACES,
            "type": st.sampled_from(["article", "video"]),
        },
    ),
    st.booleans(),
)
def test_all_together_settle_and_leave_nothing_that_could_be_fixed(record: dict[str, object], unsafe: bool) -> None:
    text = overlay(f"related:\n  - {json.dumps(record)}\n")
    result = repair(read(text), ur.RULES, NOWHERE, unsafe=unsafe)
    again = repair(result.document, ur.RULES, NOWHERE, unsafe=unsafe)
    assert again.document.text == result.document.text
    left = [d for d in lint(result.document, ur.RULES, NOWHERE) if d.fix and (unsafe or d.fix.safety is Safety.SAFE)]
    assert {(d.code, d.data_path) for d in left} == {key[:2] for key in result.refused}
    # All that is refused is an address that is guessed, or told by another one, and then fits nothing else.
    assert all(reason.startswith("it would bring a new finding, UR0") for _, reason in result.refused.values())
    assert {code for code, _, _ in result.refused} <= ({"UR001", "UR006", "UR008"} if unsafe else {"UR006"})
    before, after = read(text).data, read(result.document.text).data
    changed = before.pop("related")[0], after.pop("related")[0]
    assert before == after
    assert {key for key in changed[1] if changed[0].get(key) != changed[1][key]} <= {
        "originalUrl",
        "webUrl",
        "ampWebUrl",
        "cdnAmpWebUrl",
        "provider",
    }


def test_nothing_heavy_is_loaded_to_compare_hosts_that_tell_themselves() -> None:
    text = amp("amp.example.com", "https://www.example.com/ferry")
    program = (
        "import sys; from tests.support import codes\n"
        f"print(codes({text!r}), 'publicsuffixlist' in sys.modules, 'can_ada' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[] False False"
    assert codes(text) == []


HOSTILE = [
    "https://a.example/?" + "utm_a&" * 40_000,
    "https://a.example/?" + "&amp;" * 10_000 + "utm_a",
    "https://a.example/?" + "a&" * 40_000 + "utm_a",
    "https://a.example/#" + "utm_a=&" * 30_000,
    "https://" + "www.google.com/amp/" * 10_000 + "a.example/b",
    "https://www.google.com/amp/s/a.example/" + "#ampshare=" * 20_000,
    "https://youtube.com/watch?" + "v&" * 50_000,
    "https://a.example/" + "&#" * 60_000,
    "a." * 100_000,
    "//www.youtube.com/embed/" * 10_000,
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["webUrl", "ampWebUrl", "provider:\n  domain", "featuredContent"])
def test_no_value_takes_long(field: str, value: str) -> None:
    text = overlay(f'{field}: "{value}"')
    document = read(text)
    started = time.perf_counter()
    lint(document, ur.RULES, NOWHERE)
    assert time.perf_counter() - started < 5


@given(st.text(max_size=40), st.sampled_from(["webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl", "featuredContent"]))
def test_no_text_raises(value: str, field: str) -> None:
    for prefix in ("", "https://", "https://a.example/?", "https://www.google.com/amp/s/", "https://youtu.be/"):
        found(overlay(f"{field}: {scalars.render(prefix + value, scalars.DOUBLE)}"))
        found(overlay(f"provider:\n  domain: {scalars.render(value, scalars.DOUBLE)}"))


# --- UR005: which of the two is wrong ---------------------------------------------------------------------------


def test_a_cache_url_is_kept_where_it_is_the_page_that_left_the_site() -> None:
    text = pair(PAGE.replace("example", "exmaple"), CACHED)
    (mismatch,) = [d for d in found(text) if d.code == "UR005"]
    assert mismatch.fix is not None
    assert mismatch.fix.safety is Safety.UNSAFE
    assert settled(text)[0] == text


@pytest.mark.parametrize(
    ("story", "page", "cached", "safety"),
    [
        # The page has left the site of the story, and the cache's URL has not.
        ('webUrl: "https://www.example.com/a"\noriginalUrl: "https://www.exmaple.com/a"', "exmaple", CACHED, "unsafe"),
        ('webUrl: 7\noriginalUrl: "https://www.example.com/a"', "exmaple", CACHED, "safe"),
        ('webUrl: ""\noriginalUrl: "https://www.example.com/a"', "exmaple", CACHED, "safe"),
        # The page is at the site of the story.
        ('webUrl: "https://www.example.com/a"', "example", CACHED.replace("ferry", "bus"), "safe"),
        ('webUrl: "https://www.exmaple.com/a"', "exmaple", CACHED, "safe"),
        # Neither is.
        ('webUrl: "https://www.example.org/a"', "exmaple", CACHED, "safe"),
        # The cache's URL is of no page.
        ('webUrl: "https://www.example.com/a"', "exmaple", CACHED.replace("/c/s/", "/c/x/"), "safe"),
    ],
)
def test_which_of_the_two_is_in_doubt(story: str, page: str, cached: str, safety: str) -> None:
    text = overlay(story + f'\nampWebUrl: "{PAGE.replace("example", page)}"\ncdnAmpWebUrl: "{cached}"')
    (mismatch,) = [d for d in found(text) if d.code == "UR005"]
    assert mismatch.fix is not None
    assert mismatch.fix.safety.value == safety


def test_the_original_address_is_the_story_s_where_there_is_no_other() -> None:
    text = pair(PAGE.replace("example", "exmaple"), CACHED)
    text = re.sub(r"(?m)^webUrl: .*\n", "", text)
    (mismatch,) = [d for d in found(text) if d.code == "UR005"]
    assert mismatch.fix is not None
    assert mismatch.fix.safety is Safety.UNSAFE


def test_a_cache_url_follows_a_page_of_the_site() -> None:
    text, left = settled(pair(PAGE, CACHED.replace("www.example.com", "www.exmaple.com")))
    assert f'cdnAmpWebUrl: "{CACHED}"\n' in text
    assert left == []


# --- UR001: addresses that are two ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "second"),
    [
        ('webUrl: "https://www.example.com/a https://www.example.com/b"', " https://www.example.com/b"),
        ("webUrl: |-\n  https://www.example.com/a\n  https://www.example.com/b", "\n  https://www.example.com/b"),
        ("webUrl: >-\n  https://www.example.com/a,\n  http://www.example.com/b", "\n  http://www.example.com/b"),
    ],
)
def test_two_addresses_are_not_made_one(lines: str, second: str) -> None:
    text = overlay(lines)
    diagnostic = only(text)
    assert (diagnostic.code, diagnostic.message) == ("UR001", "webUrl holds two addresses")
    assert under(text, diagnostic) == second
    assert diagnostic.fix is None


def test_what_may_be_lost_of_a_host_is_not_taken_for_its_scheme() -> None:
    diagnostic = only(overlay('webUrl: "https://.example.com/a"'))
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is Safety.UNSAFE


def test_an_address_in_angle_brackets_does_not_begin_as_one() -> None:
    message = "webUrl is `<https://www.example.com/a>`, which does not begin with `https://`"
    assert only(overlay('webUrl: "<https://www.example.com/a>"')).message == message


def test_a_video_in_another_case_is_one_still() -> None:
    video = overlay('type: Video\noriginalUrl: "https://www.youtube.com/watch?v=a1b2c3d4e5F"')
    assert "UR009" not in codes(video)


def test_a_part_of_the_list_of_suffixes_says_what_all_of_it_says() -> None:
    whole = PublicSuffixList()
    with open(PSLFILE, encoding="utf-8") as file:
        rules = [line.strip() for line in file if line.strip() and not line.startswith("//")]
    for rule in rules[::97]:
        for name in (rule.lstrip("!*."), rule.lstrip("!*.").encode("idna").decode()):
            for host in (name, f"site.{name}", f"www.site.{name}", f"a.www.site.{name}"):
                assert sites._registered(host) == whole.privatesuffix(host), host


@pytest.mark.parametrize("host", ["", "localhost", "[::1]", "192.0.2.7", "feed.example", "a..b.co.uk", "a.b.invalid"])
def test_so_it_does_of_what_is_no_domain(host: str) -> None:
    assert sites._registered(host) == PublicSuffixList().privatesuffix(host)


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("co.uk", None),
        ("a.b.github.io", "b.github.io"),
        ("www.city.kawasaki.jp", "city.kawasaki.jp"),
        ("www.食狮.公司.cn", "食狮.公司.cn"),
        ("xn--d1acufc.xn--p1ai", "xn--d1acufc.xn--p1ai"),
    ],
)
def test_a_domain_that_is_registered(host: str, registered: str | None) -> None:
    assert sites._registered(host) == registered
