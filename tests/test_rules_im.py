"""IM: sizes that no picture has, pictures that are not there, and sizes that are read instead of guessed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image as Pillow

from feedlint.diagnostic import Diagnostic, Safety
from feedlint.linting import fix as repair
from feedlint.linting import lint
from feedlint.pictures import Picture, picture_size
from feedlint.repository import Repository
from feedlint.rules import RULES, im
from feedlint.rules.im.hints import Hint, hint
from tests.support import findings, fixed, overlay, png, read, repository

TRAM = 'images:\n  - url: "https://img.example.com/tram.jpg"\n'
SIZED = 'images:\n  - url: "https://img.example.com/tram-1200x630.jpg"\n'
LOCAL = "images:\n  - url: /assets/tram.png\n"
PROVIDER = "provider:\n  name: Example\n  domain: example.com\n  images:\n    - url: https://a.example/b-50x50.png\n"
SIZE = "    width: 1200\n    height: 630\n"


def found(text: str, root: Path | None = None) -> list[Diagnostic]:
    return findings(text, rules=im.RULES, root=root)


def only(text: str, root: Path | None = None) -> Diagnostic:
    diagnostics = found(text, root)
    assert len(diagnostics) == 1, [(d.code, d.message) for d in diagnostics]
    return diagnostics[0]


def under(text: str, diagnostic: Diagnostic) -> list[str]:
    """Return the texts under the caret and under the labels."""
    return [text[slice(*span)] for span in (diagnostic.span, *(label.span for label in diagnostic.labels))]


def settled(text: str, root: Path | None = None, *, select: str = "") -> tuple[str, list[str]]:
    """Return *text* repaired by the rules whose code begins with *select*, and the codes all rules find then."""
    rules = [rule for rule in RULES if rule.code.startswith(select)]
    result = repair(read(text), rules, Repository(root), unsafe=False)
    assert not result.refused, result.refused
    return result.document.text, [d.code for d in lint(result.document, RULES, Repository(root))]


# --- IM001 ------------------------------------------------------------------------------------------------------

WRONG = [
    ("", ["url"], "has no width, and has no height"),
    ("    width: 1200\n", ["url"], "has no height"),
    ("    height: 630\n", ["url"], "has no width"),
    ("    width: 0\n    height: 630\n", ["0"], "has the width 0, which no picture has"),
    ("    width: 1200\n    height: -630\n", ["-630"], "has the height -630, which no picture has"),
    ('    width: "0"\n    height: 630\n', ['"0"'], "has the width 0, which no picture has"),
    ("    width: 20001\n    height: 9999\n", ["20001"],
     "has the width 20001, more than the 20,000 pixels that a picture can have"),
    ("    width: wide\n    height: 630\n", ["wide"], "has the width `wide`, which is not a whole number"),
    ("    width: 1200.5\n    height: 630\n", ["1200.5"], "has the width `1200.5`, which is not a whole number"),
    ("    width: 1_200\n    height: 0630\n", ["1_200", "0630"],
     "has the width `1_200`, which is not a whole number, and has the height `0630`, which is not a whole number"),
    ("    width: true\n    height: 630\n", ["true"], "has the width `true`, which is not a whole number"),
    ("    width:\n    height: 630\n", ["width"], "has a width without a number"),
    ("    width: [1]\n    height: 630\n", ["[1]"], "has a width without a number"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "wrong", "problem"), WRONG, ids=[case[0].replace("\n", " ").strip() for case in WRONG]
)
def test_a_size_that_no_picture_has_is_one_finding(lines: str, wrong: list[str], problem: str) -> None:
    text = overlay(TRAM + lines)
    finding = only(text)
    assert (finding.code, finding.severity, finding.message) == ("IM001", "error", f"images[0] {problem}")
    assert under(text, finding) == wrong
    assert finding.fix is None
    assert finding.help == "write the width and the height of the picture in pixels"


@pytest.mark.parametrize("size", ["1 15", "15 1", "20000 2000", "200 3000"])
def test_long_pictures_are_pictures(size: str) -> None:
    width, height = size.split()
    assert found(overlay(TRAM + f"    width: {width}\n    height: {height}\n")) == []


def test_a_picture_that_is_far_too_long_is_a_warning_at_both_numbers() -> None:
    text = overlay(TRAM + "    width: 63\n    height: 1200\n")
    finding = only(text)
    assert (finding.code, finding.severity) == ("IM001", "warning")
    assert finding.message == "images[0] has the size 63 × 1200, more than 15 times as long as wide"
    assert under(text, finding) == ["63", "1200"]
    vouched = TRAM.replace("tram", "strip-63x1200") + "    width: 63\n    height: 1200\n"
    assert found(overlay(vouched)) == []


def test_a_number_in_quotes_is_left_to_the_schema() -> None:
    assert found(overlay(TRAM + "    width: \"1200\"\n    height: '630'\n")) == []


def test_an_image_without_a_url_is_left_to_the_schema() -> None:
    assert found(overlay("images:\n  - title: a tram\n")) == []
    assert only(overlay("images:\n  - title: a tram\n    width: 0\n")).message == (
        "images[0] has the width 0, which no picture has"
    )


FIXED = [
    (SIZED, SIZED + SIZE),
    (SIZED + "    height: 630\n", SIZED + SIZE),
    (SIZED + "    width: 1200\n", SIZED + SIZE),
    (SIZED + "    height: 630\n    width: 0\n", SIZED + "    height: 630\n    width: 1200\n"),
    (SIZED + "    width: ''\n    height: \"-630\"\n", SIZED + SIZE),
    (SIZED + "    width:\n    height: ~ # pixels\n", SIZED + "    width: 1200\n    height: 630 # pixels\n"),
    (SIZED + "    width: 12000\n    height: 630\n", SIZED + SIZE),
    (TRAM + "    width: 1200px\n    height: '630 px'\n", TRAM + SIZE),
    (TRAM + "    width: 1200.0\n    height: 630\n", TRAM + SIZE),
    ("images: [{url: 'https://a.example/b_400x300.png'}]\n",
     "images: [{url: 'https://a.example/b_400x300.png', width: 400, height: 300}]\n"),
    ("images:\n- {url: 'https://a.example/b.png?w=400&h=300&fit=crop', height: 300, isCached: true}\n",
     "images:\n- {url: 'https://a.example/b.png?w=400&h=300&fit=crop', width: 400, height: 300, isCached: true}\n"),
    ("images:\n  - url: https://a.example/1200x0/b.png # wide\n    height: 630\n",
     "images:\n  - url: https://a.example/1200x0/b.png # wide\n    width: 1200\n    height: 630\n"),
    (PROVIDER, PROVIDER + "      width: 50\n      height: 50\n"),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("bad", "good"), FIXED, ids=[case[0].replace("\n", " ")[10:70] for case in FIXED])
def test_a_size_that_is_certain_is_written_at_its_place(bad: str, good: str, newline: str) -> None:
    title = 'title: "Straßenbahn 🚋 — 新"\n'  # multi-byte text before the span
    text, expected = (overlay(title + lines).replace("\n", newline) for lines in (bad, good))
    finding = only(text)
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert fixed(text, finding.fix) == expected
    assert found(expected) == []


@pytest.mark.parametrize(
    "lines",
    [
        SIZED + "    width: 1000\n",  # its width contradicts the URL, so the height may too
        "images:\n  - url: https://a.example/1200x0/b.png\n",
        "images:\n  - url: https://a.example/b.png?w=1200\n    width: 0\n    height: 630\n",
        TRAM + "    width: 1,200px\n    height: 630\n",
        TRAM + "    width: 0px\n    height: 630\n",
        "images:\n  - url: &url https://a.example/b-400x300.png\n    width: &none 0\n    height: *none\n",
    ],
)
def test_what_is_not_certain_is_not_written(lines: str) -> None:
    assert only(overlay(lines)).fix is None


def test_related_stories_have_pictures_too() -> None:
    lines = 'related:\n  - title: a\n    images:\n      - url: "https://a.example/b-400x300.png"\n        width: 0\n'
    finding = only(overlay(lines))
    assert finding.message == "related[0].images[0] has the width 0, which no picture has, and has no height"
    assert finding.data_path == ("related", 0, "images", 0)


# --- hints ------------------------------------------------------------------------------------------------------

HINTS = [
    ("/tram-1200x630.jpg", Hint(1200, 630)),
    ("/tram_400x300.jpeg", Hint(400, 300)),
    ("/tram_400x400.jpeg", Hint(400, 400)),
    ("/tram-400x400.jpeg", Hint(400, 400)),
    ("/tram-1200x630.jpg#top", Hint(1200, 630)),
    ("/resize/640x360!/quality/90/?url=a-1200x630.jpg", Hint(640, 360)),
    ("/thumbnail/640x360/tram.jpg", Hint(640, 360)),
    ("/styles/teaser_640x360/public/tram-1200x630.jpg", Hint(640, 360)),
    ("/tram.jpg?resize=640%2C360&ssl=1", Hint(640, 360)),
    ("/tram-1200x630.jpg?fit=640,360", Hint(640, 360)),
    ("/tram.jpg?thumbnail=640%2c360", Hint(640, 360)),
    ("/tram.jpg?w=640&h=360", Hint(640, 360)),
    ("/tram.jpg?w=640&h=360&crop=1", Hint(640, 360)),
    ("/styles/max_650x650/public/tram.jpg", Hint(650, 650, exact=False)),  # Drupal
    ("/tram.jpg?w=640&h=360&fit=crop", Hint(640, 360)),
    ("/tram.jpg?w=640&h=360&fit=max", Hint(640, 360, exact=False)),
    ("/fit-in/1200x0/tram.jpg", Hint(1200)),
    ("/1200x0/tram-400x300.jpg", Hint(1200)),
    ("/tram.jpg?w=640", Hint(640, exact=False)),
    ("/tram-1200x630.jpg?px=640", Hint(640, exact=False)),
    ("/tram.jpg?width=640&dpr=2", Hint(1280, exact=False)),
    ("/tram.jpg?width=640&dpr=3", Hint(1920, exact=False)),
    ("/640x360/tram.jpg", Hint(640, 360, exact=False)),
    ("/tram.jpg?resize=640,360&zoom=2", Hint()),
    ("/tram.jpg?w=640&h=360&dpr=2", Hint()),
    ("/tram-1200x630.jpg?h=360", Hint()),
    ("/poster-50x70.png", Hint(50, 70)),
    ("/poster-36x48.png", Hint()),
    ("/tram-400x300.jpg?v=2&quality=80&20201208", Hint(400, 300)),
    ("/tram-400x300.jpg?format=750w", Hint()),
    ("/tram-400x300.jpg?size=200x150", Hint()),
    ("/tram-400x300.jpg?crop=0,0,200,150", Hint()),
    ("/w_200,h_150/tram-400x300.jpg", Hint()),
    ("/tr:w-200,h-150/tram-400x300.jpg", Hint()),
    ("/cdn/image/width=200,quality=80/tram-400x300.jpg", Hint()),
    ("/max/200/tram-400x300.jpg", Hint()),
    ("/s1600/tram-400x300.jpg", Hint()),
    ("/0x200/tram-400x300.jpg", Hint()),
    ("/2020/12/tram-400x300.jpg", Hint(400, 300)),
    ("/hero-16x9.jpg", Hint()),
    ("/tram-99999x630.jpg", Hint()),
    ("/tram_615.jpg", Hint()),
    ("/tram_400x300_b.jpg", Hint()),
    ("/tram.jpg=w400-h224", Hint()),
    ("/tram.jpg", Hint()),
    ("/tram-400x300.jpg/b", Hint()),
    ("", Hint()),
]


@pytest.mark.parametrize(("path", "expected"), HINTS, ids=[case[0] for case in HINTS])
def test_hint(path: str, expected: Hint) -> None:
    assert hint(f"https://img.example.com{path}") == expected


# --- IM003 ------------------------------------------------------------------------------------------------------


def test_a_size_that_is_not_the_pictures_is_one_finding(tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/tram.png": png(60, 40)})
    text = overlay(LOCAL + "    width: 50\n    height: 50\n")
    finding = only(text, root)
    assert (finding.code, finding.severity) == ("IM003", "error")
    assert finding.message == "images[0] has the width 50 and the height 50, but its picture is 60 × 40 pixels"
    assert under(text, finding) == ["50", "50", "/assets/tram.png"]
    assert finding.fix is not None
    assert (finding.fix.title, finding.fix.safety) == ("Write 60 × 40", Safety.SAFE)
    assert settled(text, root) == (overlay(LOCAL + "    width: 60\n    height: 40\n"), [])
    one = overlay(LOCAL + "    width: 60\n    height: 50\n")
    assert only(one, root).message == "images[0] has the height 50, but its picture is 60 × 40 pixels"
    assert under(one, only(one, root)) == ["50", "/assets/tram.png"]


def test_what_no_picture_has_and_what_this_one_has_not_end_well_together(tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/tram.png": png(60, 40)})
    whole = overlay(LOCAL + "    width: 60\n    height: 40\n")
    for lines, codes in (
        ("", ["IM001"]),
        ("    width: 0\n    height: 40\n", ["IM001"]),
        ("    width: 50\n", ["IM001", "IM003"]),
        ("    width: 0\n    height: 50\n", ["IM001", "IM003"]),
    ):
        text = overlay(LOCAL + lines)
        assert sorted(d.code for d in found(text, root)) == codes
        assert settled(text, root) == (whole, [])
        settled(text, root, select="IM001")
        settled(text, root, select="IM003")


def test_the_pictures_own_size_is_never_wrong(tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/tram.png": png(600, 3)})
    assert found(overlay(LOCAL + "    width: 600\n    height: 3\n"), root) == []
    assert [d.code for d in found(overlay(LOCAL + "    width: 600\n    height: 4\n"), root)] == ["IM003"]
    assert [d.code for d in found(overlay(LOCAL + "    width: 60000\n    height: 3\n"), root)] == ["IM003"]


ADDRESSES = [
    "/assets/tram.png",
    "/news/assets/tram.png",
    "/assets/../assets/./tram.png",
    "/assets/tr%61m.png?v=2#top",
    "https://feed.example/news/assets/tram.png",
    "http://FEED.example/news/assets/tram.png",
    "//feed.example/news/assets/tram.png",
    "' /assets/tram.png '",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_every_address_of_the_repositorys_picture_is_known(url: str, tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/tram.png": png(60, 40)})
    text = overlay(f"images:\n  - url: {url}\n    width: 50\n    height: 40\n")
    assert [d.code for d in found(text, root)] == ["IM003"]


ELSEWHERE = [
    "https://img.example.com/assets/tram.png",
    "https://feed.example/assets/tram.png",
    "https://feed.example.org/news/assets/tram.png",
    "/pictures/tram.png",
    "assets/tram.png",
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_pictures_kept_elsewhere_are_left_alone(url: str, tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/ferry.png": png(60, 40)})
    assert found(overlay(f"images:\n  - url: {url}\n    width: 50\n    height: 40\n"), root) == []


def test_nothing_is_missing_where_the_root_of_the_site_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    text = overlay(LOCAL + "    width: 60\n    height: 40\n")
    assert found(text, None) == found(text, tmp_path) == []
    (tmp_path / "assets" / "tram.png").write_bytes(png(50, 50))
    assert only(text, tmp_path).code == "IM003"


MISSING = [
    ("/assets/tram.png", "add the picture, or name one that is there"),
    ("/assets/Ferry.PNG", "there is `assets/ferry.png`"),
    ("/Assets/ferry.png", "there is `assets/ferry.png`"),
    ("/assets/a/ferry.png", "add the picture, or name one that is there"),
    ("/assets/link.png", "add the picture, or name one that is there"),  # it leads out of the repository
    ("/assets", "add the picture, or name one that is there"),
]


@pytest.mark.parametrize(("url", "help_line"), MISSING, ids=[case[0] for case in MISSING])
def test_a_picture_that_is_missing(url: str, help_line: str, tmp_path: Path) -> None:
    root = repository(tmp_path / "site", {"assets/ferry.png": png(60, 40), "a.txt": ""})
    (tmp_path / "outside.png").write_bytes(png(60, 40))
    (root / "assets" / "link.png").symlink_to(tmp_path / "outside.png")
    text = overlay(f"images:\n  - url: {url}\n    width: 50\n    height: 40\n")
    finding = only(text, root)
    assert (finding.code, finding.message) == (
        "IM003",
        f"images[0].url names `{url[1:]}`, which is not in the repository",
    )
    assert under(text, finding) == [url]
    assert finding.fix is None
    assert finding.help == help_line


def test_a_file_that_is_no_picture(tmp_path: Path) -> None:
    root = repository(tmp_path, {"assets/tram.png": "not found", "assets/empty.png": ""})
    for name in ("tram", "empty"):
        text = overlay(f"images:\n  - url: /assets/{name}.png\n    width: 50\n    height: 40\n")
        finding = only(text, root)
        assert finding.message == f"images[0].url names `assets/{name}.png`, which is not a picture that can be read"
        assert finding.fix is None


def test_what_has_no_size_to_compare_is_left_alone(tmp_path: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    root = repository(tmp_path, {"assets/tram.png": pointer, "assets/logo.svg": "<svg width='9' height='9'/>"})
    for name in ("tram.png", "logo.svg"):
        assert found(overlay(f"images:\n  - url: /assets/{name}\n    width: 50\n    height: 40\n"), root) == []


# --- pictures ---------------------------------------------------------------------------------------------------


def measured(file: Path) -> tuple[int, int] | None:
    with file.open("rb") as stream:
        return picture_size(stream)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM"])
def test_the_size_of_a_picture_is_read_from_its_header(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    Pillow.new("RGB", (60, 40)).save(file, kind)
    assert measured(file) == (60, 40)


@pytest.mark.parametrize(("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))])
def test_a_photo_that_is_stored_on_its_side_is_measured_as_it_is_shown(
    orientation: int, size: tuple[int, int], tmp_path: Path
) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    file = tmp_path / "photo.jpg"
    Pillow.new("RGB", (60, 40)).save(file, "JPEG", exif=exif)
    assert measured(file) == size


def test_a_damaged_picture_never_raises(tmp_path: Path) -> None:
    file = tmp_path / "picture"
    for kind in ("PNG", "JPEG", "GIF", "TIFF", "WEBP"):
        sound = io.BytesIO()
        Pillow.new("RGB", (60, 40)).save(sound, kind)
        for length in range(0, 64, 3):
            file.write_bytes(sound.getvalue()[:length] + b"\xff" * 8)
            measured(file)


def test_a_path_cannot_leave_the_repository(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(png(60, 40))
    root = repository(tmp_path / "site", {"assets/tram.png": png(60, 40)})
    site = Repository(root)
    assert site.local_path("/../../outside.png") == "outside.png"
    assert site.local_path("/assets/%2e%2e/%2E%2E/outside.png") == "outside.png"
    for path in ("../outside.png", str(tmp_path / "outside.png"), "assets/../../outside.png", "assets/\0", "a" * 5000):
        assert not isinstance(site.picture(path), tuple)
    assert site.picture("assets/tram.png") == (60, 40)
    assert site.picture("assets/ferry.png") is Picture.MISSING


def test_what_is_missing_is_inserted_in_one_edit() -> None:
    # Two insertions at one place have an order that not every program keeps which is given them.
    (finding,) = [each for each in findings(overlay(SIZED)) if each.code == "IM001"]
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["\n    width: 1200\n    height: 630"]
