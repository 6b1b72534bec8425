"""IM002, IM004: sizes that the URL contradicts, and pictures of another provider."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.diagnostic import Diagnostic, Safety
from feedlint.linting import fix as repair
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules import RULES, im
from tests.support import findings, fixed, overlay, png, read, repository

TITLE = 'title: "Straßenbahn 🚋 — 新"\n'  # multi-byte text before the span


def image(path: str, width: object, height: object) -> str:
    return overlay(
        f'{TITLE}images:\n  - url: "https://img.example.com{path}"\n    width: {width}\n    height: {height}\n'
    )


def found(text: str, root: Path | None = None) -> list[Diagnostic]:
    return findings(text, rules=im.RULES, root=root)


def under(text: str, diagnostic: Diagnostic) -> list[str]:
    """Return the texts under the caret and under the labels."""
    return [text[slice(*span)] for span in (diagnostic.span, *(label.span for label in diagnostic.labels))]


# --- IM002 ------------------------------------------------------------------------------------------------------

# The path of the URL, the declared size, what its URL says, which numbers are marked, and the size that is written.
OFF = [
    ("/tram-300x169.jpg", (1200, 675), "300 × 169", ["1200", "675"], (300, 169)),
    ("/tram-300x169.jpg", (300, 675), "300 × 169", ["675"], (300, 169)),
    ("/tram-300x169.jpg", (302, 169), "300 × 169", ["302"], (300, 169)),
    ("/tram-300x169.jpg", (150, 85), "300 × 169", ["150", "85"], (300, 169)),
    ("/tram-300x169.jpg", (169, 300), "300 × 169, width and height swapped", ["169", "300"], (300, 169)),
    ("/tram.jpg?resize=640%2C360", (360, 640), "640 × 360, width and height swapped", ["360", "640"], (640, 360)),
    ("/1200x0/tram.jpg", (2400, 1260), "1200 pixels wide", ["2400"], (1200, 630)),
    ("/1200x0/tram.jpg", (600, 315), "1200 pixels wide", ["600"], None),
    ("/tram.jpg?w=640", (1200, 630), "at most 640 pixels wide", ["1200"], (640, 336)),
    ("/tram.jpg?w=640", (642, 630), "at most 640 pixels wide", ["642"], (640, 628)),
    ("/640x360/tram.jpg", (1280, 720), "at most 640 × 360", ["1280", "720"], (640, 360)),
    ("/640x360/tram.jpg", (640, 720), "at most 640 × 360", ["720"], (320, 360)),
    ("/640x360/tram.jpg", (300, 600), "at most 640 × 360, width and height swapped", ["600"], (600, 300)),
    ("/tram.jpg?w=32", (300, 20), "at most 32 pixels wide", ["300"], None),  # 32 × 2 would be far too long
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("path", "size", "says", "marked", "wanted"), OFF)
def test_a_size_that_the_url_contradicts(
    path: str, size: tuple[int, int], says: str, marked: list[str], wanted: tuple[int, int] | None, newline: str
) -> None:
    text = image(path, *size).replace("\n", newline)
    (finding,) = found(text)
    assert (finding.code, finding.severity) == ("IM002", "warning")
    assert finding.message == f"images[0] has the size {size[0]} × {size[1]}, but its URL says {says}"
    assert under(text, finding) == [*marked, f'"https://img.example.com{path}"']
    if wanted is None:
        assert finding.fix is None
        return
    assert finding.fix is not None
    assert (finding.fix.title, finding.fix.safety) == (f"Write {wanted[0]} × {wanted[1]}", Safety.UNSAFE)
    assert fixed(text, finding.fix) == image(path, *wanted).replace("\n", newline)
    assert found(image(path, *wanted)) == []


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/tram-300x169.jpg", (300, 169)),
        ("/tram-300x169.jpg", (301, 168)),
        ("/tram.jpg?w=640", (641, 2000)),
        ("/tram.jpg?w=640", (320, 200)),
        ("/styles/max_1300x1300/public/tram.jpg?itok=a", (1300, 867)),
        ("/tram-300x169.jpg?format=1500w", (1500, 845)),
        ("/poster-36x48.jpg", (900, 1200)),
        ("/640x360/tram.jpg", (202, 360)),
        ("/1200x0/tram.jpg", (1200, 4000)),
        ("/tram_615.jpg", (1200, 630)),
        ("/tram=w400-h224", (1200, 630)),
        ("/tram-16x9.jpg", (1200, 630)),
        ("/tram-300x169.svg", (1200, 630)),
        ("/tram-300x169.SVG?v=2", (1200, 630)),
        ("/tram.jpg", (1200, 630)),
    ],
)
def test_a_size_that_the_url_allows(path: str, size: tuple[int, int]) -> None:
    assert found(image(path, *size)) == []


@pytest.mark.parametrize("size", [(0, 169), (-300, 169), (20_001, 169), ("wide", 169), ("", 169), (3000, 169)])
def test_what_no_picture_has_is_one_finding(size: tuple[object, object]) -> None:
    assert [d.code for d in found(image("/tram-600x338.jpg", *size))] == ["IM001"]


def test_a_number_in_quotes_and_an_escaped_url_are_read() -> None:
    text = image("/tram.jpg?w=300&amp;h=200&amp;crop=1", '"600"', "'400'")
    (finding,) = found(text)
    assert finding.message.endswith("600 × 400, but its URL says 300 × 200")
    assert finding.fix is not None
    assert fixed(text, finding.fix) == image("/tram.jpg?w=300&amp;h=200&amp;crop=1", 300, 200)


def test_flow_style_and_aliases() -> None:
    text = overlay('images: [{url: "https://img.example.com/a-300x200.jpg", width: 600, height: 400}]')
    (finding,) = found(text)
    assert finding.fix is not None
    assert "width: 300, height: 200}" in fixed(text, finding.fix)
    (finding,) = found(image("/tram-300x200.jpg", "&a 600", "*a"))
    assert finding.message == "images[0] has the size 600 × 600, but its URL says 300 × 200"
    assert finding.fix is None


def test_pictures_of_the_repository_are_measured_instead(tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/tram-300x200.png": png(60, 40)})
    lines = "images:\n  - url: /assets/tram-300x200.png\n    width: 60\n    height: %d\n"
    assert found(overlay(lines % 40), root) == []
    assert [d.code for d in found(overlay(lines % 41), root)] == ["IM003"]
    assert [d.code for d in found(overlay(lines % 40))] == ["IM002"]  # a text that is in no repository


@given(
    st.sampled_from(["-{}x{}.jpg", "_{}x{}.png", ".jpg?resize={}%2C{}", ".jpg?w={}&h={}", ".jpg?w={}", ".jpg?width={}",
                     "/{}x{}/a.jpg", "/{}x0/a.jpg", ".jpg?w={}&h={}&fit=max"]),
    st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    st.tuples(st.integers(-2, 25_000), st.integers(1, 3000)),
    st.sampled_from(["{}", "'{}'", "{} # px", "!!int {}"]),
    st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_repaired_sizes_fit_and_stay_so(
    form: str, told: tuple[int, int], size: tuple[int, int], style: str, newline: str
) -> None:
    text = image("/tram" + form.format(*told), style.format(size[0]), size[1]).replace("\n", newline)
    repo = Repository(None)
    result = repair(read(text), im.RULES, repo, unsafe=True)
    assert not result.refused, [reason for _, reason in result.refused.values()]
    left = lint(result.document, im.RULES, repo)
    assert [d.code for d in left if d.fix is not None] == []
    assert repair(result.document, im.RULES, repo, unsafe=True).document.text == result.document.text
    before = {d.code for d in lint(read(text), RULES, repo)}
    assert {d.code for d in lint(result.document, RULES, repo)} <= before


# --- IM004 ------------------------------------------------------------------------------------------------------


def provider(name: str, domain: str = "example.com", folder: str = "https://feed.example.org/assets/images") -> str:
    return overlay(
        f"{TITLE}provider:\n  name: Example Times\n  domain: {domain}\n  images:\n"
        f'    - url: "{folder}/organizations/{name}"\n      width: 50\n      height: 50\n'
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_picture_of_another_provider(newline: str) -> None:
    text = provider("example.net-50x50.jpg").replace("\n", newline)
    (finding,) = found(text)
    assert (finding.code, finding.severity, finding.fix) == ("IM004", "warning", None)
    assert finding.message == (
        "provider.images[0].url is the picture of `example.net`, but provider.domain is `example.com`"
    )
    assert under(text, finding) == ["example.net", "example.com"]
    assert finding.data_path == ("provider", "images", 0, "url")


def test_a_picture_of_another_size() -> None:
    text = overlay(
        "provider:\n  name: Example Times\n  domain: example.com\n  images:\n"
        "    - url: /assets/organizations/example.com-600x400.png\n      width: 600\n      height: 400\n"
    )
    (finding,) = found(text)
    assert finding.message == (
        "provider.images[0].url is the picture of 600x400 pixels: a provider has the one of 50x50"
    )
    assert under(text, finding) == ["600x400"]


OWN = [
    ("example.com-50x50.jpg", "example.com"),
    ("example.com-50x50.png?v=2", "example.com"),
    ("Example.com-50x50.jpg", "example.com"),
    ("example.com-50x50.jpg", "www.example.com"),
    ("www.example.com-50x50.jpg", "example.com"),
    ("example.com-50x50.jpg", "blog.example.com"),
    ("blog.example.com-50x50.jpg", "example.com"),
    ("example.com.jpg", "example.com"),
    ("logo-50x50.jpg", "example.com"),
    ("a/example.net-50x50.jpg", "example.com"),
    ("example.net-50x50.jpg", "https://example.com/"),  # UR009 speaks of it
    ("example.net-50x50.jpg", '""'),
    ("example.net-50x50.jpg", "2020"),
    ("example.net-50x50.jpg", "[example.com]"),
]


@pytest.mark.parametrize(("name", "domain"), OWN)
def test_the_providers_own_picture(name: str, domain: str) -> None:
    assert found(provider(name, domain)) == []


def test_kin_is_told_at_the_dots() -> None:
    assert [d.code for d in found(provider("ample.com-50x50.jpg"))] == ["IM004"]
    assert [d.code for d in found(provider("example.co-50x50.jpg"))] == ["IM004"]
    assert [d.code for d in found(provider("example.net.jpg"))] == ["IM004"]


def test_only_pictures_of_a_provider_are_looked_at() -> None:
    text = image("/organizations/example.net-50x50.jpg", 50, 50)
    assert found(text) == []
    other = (
        "related:\n  - title: a\n    provider:\n      name: b\n      domain: example.net\n      images:\n"
        "        - {url: 'https://feed.example/organizations/example.com-50x50.jpg', width: 50, height: 50}\n"
    )
    (finding,) = found(overlay(other))
    assert finding.message.startswith("related[0].provider.images[0].url is the picture of `example.com`")


def test_a_missing_picture_is_one_finding(tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/organizations/example.net-50x50.jpg": png(50, 50)})
    assert [d.code for d in found(provider("example.org-50x50.jpg", folder="/assets"), root)] == ["IM003"]
    assert [d.code for d in found(provider("example.net-50x50.jpg", folder="/assets"), root)] == ["IM004"]


@pytest.mark.parametrize("part", ["/organizations/", "-50x50", ".a", "/organizations/a.b-50x50."])
def test_no_address_takes_long(part: str) -> None:
    text = provider(part * 20_000)
    began = time.perf_counter()
    found(text)
    assert time.perf_counter() - began < 5


# --- a size by another name -------------------------------------------------------------------------------------

NAMED = 'images:\n  - url: "https://img.example.com/tram-1200x630.jpg"\n    {}: 1200\n    height: 630\n'


@pytest.mark.parametrize("name", ["Width", "widht"])
def test_a_misspelt_size_is_one_mistake(name: str) -> None:
    assert [d.code for d in findings(overlay(NAMED.format(name)))] == ["SC002"]


def test_a_misspelt_size_is_not_written_twice() -> None:
    result = repair(read(overlay(NAMED.format("Width"))), RULES, Repository(None), unsafe=False)
    assert NAMED.format("width") in result.document.text
