"""Images, and the site around a record: what their rules take for clear at a glance, at the borders."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedlint.repository import Repository
from feedlint.source import events
from tests.support import CLEAR, FOUND, LOOKED_AT, PATH, glance, png, put

# --- images ----------------------------------------------------------------------------------------------------

IMAGE = '  - url: "%s"\n    width: %s\n    height: %s\n'
CODES = ("IM001", "IM002", "IM003", "IM004")
HOST = "https://img.example.com/"


@pytest.mark.parametrize(
    ("url", "width", "height", "said"),
    [
        ("tram.jpg", 1200, 630, CLEAR),
        ("tram.jpg", 20000, 20000, CLEAR),
        ("tram.jpg", 20001, 20000, FOUND),
        ("tram.jpg", 1500, 100, CLEAR),
        ("tram.jpg", 1501, 100, FOUND),
        ("tram.jpg", 0, 0, FOUND),
        ("tram.jpg", "0630", 630, FOUND),
        ("tram.jpg", -1, 630, FOUND),
        ("tram.jpg", '"1200"', 630, LOOKED_AT),
        ("tram.jpg", 1200.0, 630, FOUND),
        ("tram.jpg", "", 630, FOUND),
        ("tram-1200x630.jpg", 1200, 630, CLEAR),
        ("tram-1200x630.jpg", 1201, 629, CLEAR),
        ("tram-1200x630.jpg", 1202, 630, FOUND),
        ("tram-1200x630.jpg", 630, 1200, FOUND),
        ("tram.jpg?w=600", 600, 315, CLEAR),
        ("tram.jpg?w=600", 602, 315, FOUND),
        ("600x0/tram.jpg", 602, 315, FOUND),
        ("thumbnail/640x360/tram.jpg", 602, 315, FOUND),
        ("a b.jpg", 1200, 630, LOOKED_AT),
        ("a&#38;b.jpg", 1200, 630, LOOKED_AT),
    ],
)
def test_images(url: str, width: object, height: object, said: str) -> None:
    assert glance("images:\n" + IMAGE % (HOST + url, width, height), *CODES) == said


@pytest.mark.parametrize("missing", ["url", "width", "height"])
def test_an_image_has_all_its_fields(missing: str) -> None:
    image = IMAGE % (f"{HOST}a.jpg", 1200, 630)
    assert glance("images:\n" + image.replace(f"{missing}:", "title:"), *CODES) != CLEAR


def test_each_image_has_its_own_size() -> None:
    images = "images:\n" + IMAGE % (f"{HOST}a.jpg", 60, 40) + f"    width: 70\n  - url: {HOST}b.jpg\n    height: 40\n"
    assert glance(images, *CODES) == FOUND


def test_an_image_has_each_field_once() -> None:
    image = "images:\n" + IMAGE % (f"{HOST}a.jpg", 1200, 630)
    for line in ("    width: 30000\n", "    height: 30000\n"):
        assert glance(image + line, *CODES) == FOUND
    assert glance(image + f"    url: {HOST}a-600x315.jpg\n", *CODES) == FOUND


def test_images_elsewhere_are_looked_up() -> None:
    image = f"title: &20 30000\nimages:\n  - url: {HOST}a.jpg\n    width: %s\n    height: %s\n"
    assert [glance(image % sides, *CODES) for sides in (("20", "*20"), ("*20", "20"))] == [FOUND, FOUND]
    again = f"images:\n  - &a\n    url: {HOST}a.jpg\n    width: 60\n    height: 40\n  - *a\n"
    assert glance(again, *CODES) == LOOKED_AT


def test_a_name_of_an_anchor_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "reader", events.pure_events)  # libyaml has no "/" in a name
    images = "images:\n" + IMAGE % (f"{HOST}a-600x400.jpg", 600, 400) + IMAGE % ("b", 1200, 800)
    assert glance(images.replace('"https', '&/b "https').replace('"b"', "*/b"), *CODES) == FOUND


@pytest.mark.parametrize(
    ("domain", "name", "size", "said"),
    [
        ("example.com", "example.com-50x50.jpg", 50, CLEAR),
        ("example.com", "example.com-50x50.webp", 50, CLEAR),
        ("example.com", "example.net-50x50.jpg", 50, FOUND),
        ("example.com", "example.com-600x600.jpg", 600, FOUND),
        ("example.com", "example.com-50x50.com.jpg", 50, FOUND),
        ("example.com", "example.com-50x50.jpg/organizations/example.net.jpg", 50, FOUND),
        ("example.com", "www.example.com-50x50.jpg", 50, LOOKED_AT),
        ("example.com", "example.com.jpg", 50, LOOKED_AT),
        ("example.com\n  domain: example.net", "example.com-50x50.jpg", 50, FOUND),
        ('""', "-50x50.jpg", 50, LOOKED_AT),
    ],
)
def test_pictures_of_providers(domain: str, name: str, size: int, said: str) -> None:
    image = f"    - url: https://feed.example.org/organizations/{name}\n      width: {size}\n      height: {size}\n"
    assert glance(f"provider:\n  name: Example\n  domain: {domain}\n  images:\n{image}", "IM004") == said


def test_a_record_without_a_provider_has_pictures_of_any_name() -> None:
    image = "images:\n" + IMAGE % ("https://feed.example.org/organizations/example.net-400x400.jpg", 400, 400)
    assert glance(image, "IM004") == LOOKED_AT
    assert glance(f"provider: x\n{image}", "IM004") == LOOKED_AT
    assert glance(image, "IM004", path="_data/organizations/example.net.md") == CLEAR


@pytest.mark.parametrize(
    ("url", "width", "said"),
    [
        ("/assets/tram.png", 60, CLEAR),
        ("/assets/tram.png", 61, FOUND),
        ("/assets/ferry.png", 60, FOUND),
        ("/assets/logo.svg", 61, CLEAR),
        ("https://feed.example/news/assets/tram.png", 60, CLEAR),
        ("http://FEED.example/news/assets/tram.png", 61, FOUND),
        ("https://feed.example/assets/tram.png", 61, CLEAR),
        ("https://other.example/news/assets/tram.png", 61, CLEAR),
    ],
)
def test_pictures_of_the_repository(tmp_path: Path, url: str, width: int, said: str) -> None:
    put(tmp_path, "url: https://feed.example\nbaseurl: /news\n", "_config.yml")
    put(tmp_path, "<svg/>", "assets/logo.svg")
    (tmp_path / "assets/tram.png").write_bytes(png(60, 40))
    repository = Repository(tmp_path)
    lines = "images:\n" + IMAGE % (url, width, 40)
    assert glance(lines, *CODES, path=str(tmp_path / PATH), repository=repository) == said


# --- the site --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://www.example.com/costs", CLEAR),
        ("https://www.example.com/Tram", CLEAR),
        ("https://www.example.com/tram", FOUND),
        ("http://WWW.example.com/tram/#more", FOUND),
        ('""', CLEAR),
    ],
)
def test_related_stories(url: str, said: str) -> None:
    lines = f"webUrl: https://www.example.com/tram\nrelated:\n  - title: The Cost\n    webUrl: {url}\n"
    assert [glance(lines, "XR002", place=place) for place in (0, 1)] == [said, CLEAR]


@pytest.mark.parametrize(("known", "said"), [(None, CLEAR), ({"Public Transport"}, CLEAR), ({"Trams"}, FOUND)])
def test_topics(known: set[str] | None, said: str) -> None:
    repository = Repository(None, taxonomy=None if known is None else frozenset(known))
    assert glance("", "XR003", repository=repository) == said
    assert glance("topics:\n  - Trams\n  - Public Transport\n", "XR003", repository=repository) == (
        FOUND if known else CLEAR
    )


@pytest.mark.parametrize(
    ("title", "name", "said"),
    [
        ("Die Straßenbahn „für alle“", "die-straenbahn-fur-alle", CLEAR),
        ("The Tram Line", "the-tram-line", CLEAR),
        ("The Tram Line", "the-tram", LOOKED_AT),
        ("The Tram Line", "a-ferry-to-the-island", FOUND),
        ("The Tram Line", "4711", CLEAR),
        ("The Tram Line", "ferry", CLEAR),
        ("The Tram Line", "2020-ferry", CLEAR),
        ("The Tram Line", "ferry-b", FOUND),
        ("港湾評議会", "a-ferry-to-the-island", CLEAR),
        ("2020", "a-ferry-to-the-island", CLEAR),
    ],
)
def test_names_of_files(title: str, name: str, said: str) -> None:
    lines = f'title: "{title}"'
    assert glance(lines, "XR004", path=f"_news/2020-12-08-{name}.md") == said
