"""What is taken for a usual address at a glance, and what is looked at: at the borders."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from feedlint.record import Record, records
from feedlint.repository import Repository
from feedlint.rules import RULES
from feedlint.rules.ur import tracking
from feedlint.rules.ur.boring import boring
from feedlint.source import parse
from fuzz import feeds
from tests.support import overlay

REPOSITORY = Repository(feeds.FEED, today=datetime(2021, 6, 1, tzinfo=timezone.utc))


def only(lines: str) -> Record:
    """Return the record of a sound article that *lines* are laid over."""
    (record,) = records(parse(overlay(lines).encode(), feeds.NEWS), REPOSITORY)
    return record


def without(field: str, lines: str = "") -> Record:
    """Return the record of a sound article without *field* that *lines* are laid over."""
    text = "".join(line for line in overlay(lines).splitlines(keepends=True) if not line.startswith(f"{field}:"))
    (record,) = records(parse(text.encode(), feeds.NEWS), REPOSITORY)
    return record


def found(record: Record, family: str) -> list[str]:
    return [rule.code for rule in RULES if rule.family == family and list(rule.check(record))]


# --- UR ----------------------------------------------------------------------------------------------------

_LONG = f"{'a' * 39}.{'b' * 19}.com"
"""A host whose name in the AMP cache is as long as it may be."""
_PAGE = "https://www.example.com/ferry?amp"
_CACHED = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp"


def picture(url: str) -> str:
    return f'images:\n  - url: "{url}"\n    width: 1200\n    height: 630'


def amp(page: str, label: str, web: str = "www.example.com/ferry") -> str:
    cached = f"https://{label}.cdn.ampproject.org/c/s/{page}"
    return f'ampWebUrl: "https://{page}"\ncdnAmpWebUrl: "{cached}"\nwebUrl: "https://{web}"'


@pytest.mark.parametrize(
    "lines",
    [
        "",
        'originalUrl: "https://www.example.com"',
        'originalUrl: "https://www.example.com/"',
        'originalUrl: "HTTPS://WWW.Example.co.uk/Ferry_(boat);/%C3%A9,7:a@b!?id=7&amp=1&outputType=a;b&u=https://a/?b"',
        'originalUrl: "https://www.example.museum/?7&&b"',
        'originalUrl: "https://locals.testing/amp/google.html?utmost=1&gclids=2&medium=utm_source"',
        'originalUrl: "https://bingo.example.com/"',
        picture("/assets/tram.jpg"),
        picture("https://img.example.com/t(1).jpg?utm_source=7&w=1200#top"),
        picture("https://img.example.com?google.com"),
        amp("amp.example.com/ferry", "amp-example-com"),
        amp("m.example.com/ferry", "m-example-com", "example.com/ferry"),
        amp("www.ex-ample.com/ferry/amp/", "www-ex--ample-com", "www.ex-ample.com/ferry/"),
        amp(f"{_LONG}/amp", f"{'a' * 39}-{'b' * 19}-com", _LONG),
        amp("www.example.com/Ferry%20?amp=1&u=/?b", "www-example-com"),
    ],
)
def test_addresses_of_the_usual_form_are_boring(lines: str) -> None:
    record = only(lines)
    assert boring(record.brief)
    assert [code for code in found(record, "UR") if code != "UR009"] == []


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("", "UR001"),
        ("/ferry", "UR001"),
        ("//www.example.com/ferry", "UR001"),
        ("https://localhost/ferry", "UR001"),
        ("https://printer.local/ferry", "UR001"),
        ("https://printer.LOCAL/ferry", "UR001"),
        ("https://www.home.arpa", "UR001"),
        ("https://www.example.com:99999/", "UR001"),
        ("https://me@www.example.com/", "UR001"),
        ("https://xn--a.example.com/", "UR001"),
        ("https://192.168.1.7/", "UR001"),
        (f"https://{'a' * 64}.com/", "UR001"),
        (f"https://{'.'.join(['a' * 40] * 6)}.com/", ""),
        (f"https://{'.'.join(['a' * 63] * 4)}.com/", "UR001"),
        ("https://www.example.com/ferry\\nhttps://www.example.com/tram", "UR001"),
        ("https://www.example.com/ferry\\0", "UR001"),
        ("https://www.example.com/fer\\x7Fry", "UR001"),
        ("https://www.example.com/fer\\nry", "UR001"),
        ("https://www.example.com/?a=\\x7F", "UR001"),
        ("http\u017f://www.example.com/", "UR001"),
        ("http://www.example.com/ferry", "UR003"),
        ("https://www.example.com/a b", "UR002"),
        ("https://www.example.com/?a=a b", "UR002"),
        ("https://www.example.com/?a b", "UR002"),
        ("https://www.example.com/a\\\\b", "UR002"),
        ("https://www.example.com/?a=a\\\\b", "UR002"),
        ("https://www.example.com/&eacute;", "UR002"),
        ("https://www.example.com/?a=1&eacute;", "UR002"),
        ("https://www.example.com/?a=1&amp;b=2", "UR002"),
        ("https://www.example.com/\u212a", "UR002"),
        ("https://www.e\u017fample.com/", "UR002"),
        ("https://www.example.com/?utm_source=rss", "UR004"),
        ("https://www.example.com/?UTM_Source=rss", "UR004"),
        ("https://www.example.com/?a=1&fbclid", "UR004"),
        ("https://www.example.com/?a=1&fbclid=IwAR0", "UR004"),
        ("https://www.example.com/?guccounter&b", "UR004"),
        ("https://www.example.com/?utm%5Fsource=rss", "UR004"),
        ("https://www.example.com/#utm_source=rss", "UR004"),
        ("https://www.example.com/?a=1#utm_source=rss", "UR004"),
        ("https://www.example.com/?a=1&#38;utm_source=rss", "UR002 UR004"),
        ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry", "UR008"),
        ("https://cdn.AMPproject.org/c/s/www.example.com/ferry", "UR008"),
        ("https://www.google.com/amp/s/www.example.com/ferry", "UR008"),
        ("https://google.de/amp/s/www.example.com/ferry", "UR008"),
        ("https://www.bing.com/amp/s/www.example.com/ferry", "UR008"),
        ("https://www-example-com.bing-amp.com/c/s/www.example.com/ferry", "UR008"),
        ("https://amp.cloudflare.com/c/s/www.example.com/ferry", "UR008"),
    ],
)
@pytest.mark.parametrize("field", ["originalUrl", "webUrl"])
def test_addresses_that_rules_speak_of_are_not_boring(field: str, url: str, codes: str) -> None:
    record = only(f'{field}: "{url}"')
    assert not boring(record.brief)
    spoken = found(record, "UR")
    assert [code for code in spoken if code not in ("UR007", "UR009")] == codes.split()


def test_no_address_with_a_name_that_tracks_is_boring() -> None:
    names = (*tracking._PREFIXES, *tracking._NAMES, *tracking._LESS_SURE)
    assert not any(boring(only(f'webUrl: "https://www.example.com/?{name}"').brief) for name in names)
    assert all(boring(only(f'webUrl: "https://www.example.com/?x{name}"').brief) for name in names)


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("tram.jpg", "UR001"),
        ("/tram.jpg\\x7F", "UR001"),
        ("//img.example.com/tram.jpg", "UR001"),
        ("https://localhost/tram.jpg", "UR001"),
        ("https://xn--a.example.com/tram.jpg", "UR001"),
        ("https://img.example.com:99999/tram.jpg", "UR001"),
        ("https://img.example.local", "UR001"),
        ("http://img.example.com/tram.jpg", "UR003"),
        ("/tram 7.jpg", "UR002"),
        ("/f\u00fcr.jpg", "UR002"),
        ("/tram.jpg?a=1&amp;b=2", "UR002"),
        ("/a\\\\tram.jpg", "UR002"),
        ("/\\\\img.example.com/tram.jpg", "UR001"),
        ("https://img.example.com/\\u200Btram.jpg", "UR002"),
        ("/tram.jpg\\n/bus.jpg", "UR001"),
    ],
)
def test_pictures_that_rules_speak_of_are_not_boring(url: str, codes: str) -> None:
    record = only(picture(url))
    assert not boring(record.brief)
    assert found(record, "UR") == codes.split()


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (amp("www.example.com/ferry?amp", "www-example-org"), "UR005"),
        (amp("www.example.com/ferry?amp", "www-example-com").replace("/s/", "/"), "UR005"),
        (amp("www.example.com/Ferry?amp", "www-example-com").replace("/Ferry", "/ferry", 1), "UR005"),
        (amp("ab-c.example.com/amp", "ab--c-example-com", "ab-c.example.com"), "UR005"),
        (amp(f"{_LONG}m/amp", f"{'a' * 39}-{'b' * 19}-comm", f"{_LONG}m"), "UR001"),
        (f'ampWebUrl: "{_PAGE}"\nampWebUrl: "{_PAGE}&b"\ncdnAmpWebUrl: "{_CACHED}"', "UR005"),
        (f'ampWebUrl: "{_PAGE}"\ncdnAmpWebUrl: "{_CACHED}"\ncdnAmpWebUrl: "{_CACHED}&b"', "UR005"),
        ('ampWebUrl: "https://www.example.com/ferry?amp"\ncdnAmpWebUrl: ""', "UR001"),
        (amp("www.example.com/ferry?amp&gclid=7", "www-example-com"), "UR004"),
        (amp("www.example.org/ferry?amp", "www-example-org"), "UR007"),
        (amp("ample.com/ferry?amp", "ample-com", "example.com/ferry"), "UR007"),
        (amp("www.example.com/ferry", "www-example-com"), "UR007"),
        (amp("www.example.com/ferry/", "www-example-com"), "UR007"),
        (amp("www.example.com/ferry/?7", "www-example-com", "WWW.example.com/ferry?7"), "UR007"),
        (amp("www.example.com", "www-example-com", "www.example.com/"), "UR007"),
    ],
)
def test_a_pair_that_rules_speak_of_is_not_boring(lines: str, codes: str) -> None:
    record = only(lines)
    assert not boring(record.brief)
    assert [code for code in found(record, "UR") if code != "UR009"] == codes.split()


def test_an_amp_page_is_compared_with_the_original_address_too() -> None:
    record = without("webUrl", f'originalUrl: "{_PAGE}"\nampWebUrl: "{_PAGE}"\ncdnAmpWebUrl: "{_CACHED}"')
    assert not boring(record.brief)
    assert found(record, "UR") == ["UR007"]


@pytest.mark.parametrize(("url", "codes"), [("https://www.example.com", ""), ("/trams", ""), ("trams", "UR001")])
def test_a_link_is_an_address_too(url: str, codes: str) -> None:
    record = only(f'sourceUrl: "{url}"')
    assert [node.value for node in record.texts("link")] == [url]
    assert boring(record.brief) is not bool(codes)
    assert found(record, "UR") == codes.split()


@pytest.mark.parametrize("field", ["ampWebUrl", "cdnAmpWebUrl"])
def test_half_a_pair_is_not_boring(field: str) -> None:
    record = without(field)
    assert not boring(record.brief)
    assert found(record, "UR") == ["UR006"]


def is_clear(code: str, record: Record) -> bool:
    (clear,) = (rule.clear for rule in RULES if rule.code == code)
    assert clear is not None
    return clear(record.brief)


def provider(domain: str, url: str = "https://www.example.co.uk/ferry", kind: str = "article") -> str:
    return f'originalUrl: "{url}"\ntype: {kind}\nprovider:\n  name: Example Times\n  domain: "{domain}"'


@pytest.mark.parametrize(
    "lines",
    [
        provider("example.co.uk"),
        provider("example.co.uk", "https://WWW.Example.co.uk"),
        provider("news.ex-ample.com", "https://news.ex-ample.com/www"),
        provider("example.com", "https://www.youtube.com/watch?v=a1b2c3d4e5F", "video"),
    ],
)
def test_a_domain_that_the_story_is_at_is_clear(lines: str) -> None:
    record = only(lines)
    assert is_clear("UR009", record)
    assert "UR009" not in found(record, "UR")


@pytest.mark.parametrize(
    "lines",
    [
        provider("www.example.co.uk"),
        provider("www.example.co.uk", kind="video"),
        provider("Example.co.uk"),
        provider("example.co.uk/"),
        provider("example.co.uk."),
        provider(" example.co.uk"),
        provider("example.co.uk\\n"),
        provider("https://example.co.uk"),
        provider("uk"),
        provider("example", kind="video"),
        provider("Example.com", kind="video"),
        provider("example.com/", kind="video"),
        provider("google.com", "https://www.google.com/amp/s/www.example.net/ferry"),
        provider("example.c", kind="video"),
        provider("..", kind="video"),
        provider("example_times.co.uk "),
        provider("ample.co.uk"),
        provider("other.com"),
        provider("www.example.co.uk.com"),
        provider(".".join(["a" * 63] * 4) + ".com", kind="video"),
        provider("example.com", "https://www-example-com.cdn.ampproject.org/c/s/www.example.net/ferry"),
    ],
)
def test_a_domain_that_a_rule_speaks_of_is_not_clear(lines: str) -> None:
    record = only(lines)
    assert not is_clear("UR009", record)
    assert "UR009" in found(record, "UR")


def video(url: str, player: str) -> str:
    return f'originalUrl: "{url}"\ntype: video\nfeaturedContent: "<iframe src=\\"{player}\\"></iframe>"'


_VIDEO = "a1b2c3d4e5F"
_WATCH = "https://youtube.com/watch?v="
_PLAYER = "https://www.youtube.com/embed/"


@pytest.mark.parametrize(
    "lines",
    [
        "",
        video(f"{_WATCH}{_VIDEO}", f"{_PLAYER}{_VIDEO}"),
        video(f"https://www.youtube.com/watch?v={_VIDEO}", f"{_PLAYER}{_VIDEO}"),
    ],
)
def test_a_video_in_its_usual_player_is_clear(lines: str) -> None:
    record = only(lines)
    assert is_clear("UR010", record)
    assert "UR010" not in found(record, "UR")


@pytest.mark.parametrize(
    "lines",
    [
        video(f"{_WATCH}Z9y8x7w6v5U", f"{_PLAYER}{_VIDEO}"),
        video(f"{_WATCH}{_VIDEO}", f"{_PLAYER}{_VIDEO}7"),
        video(f"{_WATCH}{_VIDEO}", f"{_PLAYER}7{_VIDEO}"),
        video(f"https://youtu.be/Z9y8x7w6v5U?v={_VIDEO}", f"{_PLAYER}{_VIDEO}"),
        video(f"{_WATCH}{_VIDEO}", f'{_PLAYER}7\\" awww.youtube.com/embed/{_VIDEO}'),
        video(f"{_WATCH}{_VIDEO}", f'{_PLAYER}{_VIDEO}\\""\nfeaturedContent: "{_PLAYER}7\\"'),
        video(f"{_WATCH}videoseries", f'{_PLAYER}{_VIDEO}\\" {_PLAYER}videoseries'),
        video(f"{_WATCH}live_stream-7", f'{_PLAYER}{_VIDEO}\\" {_PLAYER}live_stream-7'),
    ],
)
def test_another_video_is_not_clear(lines: str) -> None:
    record = only(lines)
    assert not is_clear("UR010", record)
    assert "UR010" in found(record, "UR")


# --- what else is looked at -----------------------------------------------------------------------------------


def test_what_a_record_is_asked_twice_it_remembers() -> None:
    record, asked = only(""), []

    def make(it: Record) -> int:
        asked.append(it)
        return 7

    assert (record.once("key", make), record.once("key", make), record.once("other", make)) == (7, 7, 7)
    assert asked == [record, record]
