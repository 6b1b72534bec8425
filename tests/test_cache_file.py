"""The files of the cache: where they are, what becomes of damaged and hostile ones, and how they go."""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from feedlint import __version__
from feedlint.cache import NONE, Cache, digest, folder
from feedlint.cache.codec import decode, encode, is_kept
from feedlint.cache.form import dump, load
from feedlint.cache.key import key_of, surroundings
from feedlint.cache.shelf import Row, Shelf
from feedlint.catalogue import Catalogue
from feedlint.census import Clear
from feedlint.cli import main
from feedlint.config import Settings
from feedlint.diagnostic import Severity
from feedlint.engine import Engine
from feedlint.report import FileReport
from feedlint.roots import NoFile
from feedlint.rules import RULES, select
from tests.cached import plain
from tests.support import ARTICLE, overlay

OTHERS: tuple[Any, ...] = (None, True, -1, 10**30, 1.5, "", "TX999", [], {}, [[]])
NOON = datetime(2021, 6, 1, 12, tzinfo=timezone.utc)
MARKS = bytes(range(32))
CODES = {rule.code for rule in RULES}
TEXTS = {
    name: overlay(lines)
    for name, lines in {
        "fix": "title: 'Caf\u00c3\u00a9 opens'",
        "unsafe": "title: 'Harbour\u0085fair'",
        "labels": "publishedDateTime: 2020-12-09T21:40:00Z\noriginalUrl: https://www.example.com/2019/01/02/a",
        "muted": "title: \"x\" # feedlint: ignore[TX008, nosuch] why not\nquality: 'x' # feedlint: ignore[]",
    }.items()
}
TEXTS |= {
    "none": "no record",
    "bytes": ARTICLE.replace("tram", "tr\udcffm"),
    "broken": ARTICLE.replace("heat: ", "heat: '"),
}


def report_on(text: str) -> FileReport:
    data = text.encode("utf-8", "surrogateescape")
    return Engine(Settings(today=NOON)).data(data, "_news/2020-12-08-1.md")[0]


@pytest.mark.parametrize("name", TEXTS)
def test_a_report_is_the_same_from_json(name: str) -> None:
    report = report_on(TEXTS[name])
    assert is_kept(report)
    assert report.diagnostics
    again = decode(
        encode(report),
        report.path,
        CODES,
        schema=report.schema,
        marks=report.marks,
        fail_on=report.fail_on,
    )
    assert again is not None
    assert plain([again]) == plain([report])


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_not_a_report_is_none(name: str) -> None:
    """Each value of one is replaced by others; what comes of it is none, or has the types that it has to have."""
    report = report_on(TEXTS[name])
    value = json.loads(encode(report))
    refused = 0
    for place in places(value):
        for other in OTHERS:
            changed = json.dumps(put(value, place, other)).encode()
            again = decode(changed, report.path, CODES)
            refused += again is None
            if again is not None:
                assert json.loads(encode(again)) == put(value, place, other)
                assert all(0 <= d.span.start <= d.span.end <= len(again.text) for d in again.diagnostics)
    assert refused > 100


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[NaN]", b"[" * 100_000, b"1" * 5000, b'{"a": 1}', b"null", b'["",[],1,[],[]]']
)
def test_what_is_no_json_of_ours_is_none(data: bytes) -> None:
    assert decode(data, "a.md", CODES) is None


def places(value: Any, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    below = (
        [place for at, item in enumerate(value) for place in places(item, (*path, at))] if type(value) is list else []
    )
    return [path, *below][:400]


def put(value: Any, place: tuple[int, ...], other: Any) -> Any:
    if not place:
        return other
    return [put(item, place[1:], other) if at == place[0] else item for at, item in enumerate(value)]


def shelf() -> Shelf:
    made = Shelf(NOON)
    for number, name in enumerate(("a.md", "caf\u00e9/\udcff.md", "b.md")):
        made.keep(
            name, Row(bytes([number]) * 40, bytes([number]) * 16, 0, "article" if number else None, MARKS * number)
        )
    return made


def test_a_shelf_is_the_same_from_bytes() -> None:
    again = Shelf.of(shelf().dump(0.0, [[["names", "x"], "d", "s"]]), NOON)
    assert again is not None
    assert again.about == [[["names", "x"], "d", "s"]]
    assert again.ask("a.md", b"\0" * 40) == Clear(None, b"")
    assert again.ask("caf\u00e9/\udcff.md", b"\1" * 40) == Clear("article", MARKS)
    assert again.ask("b.md", b"\1" * 40) is None
    assert again.ask_content("b.md", NONE, b"\2" * 32) == Row(b"\2" * 40, b"\2" * 16, 0, "article", MARKS * 2)
    again.forget("a.md")
    again.keep("b.md", Row(b"\7" * 40, b"\7" * 16, 1, "other", b"x"))
    third = Shelf.of(again.dump(0.0, []), NOON)
    assert third is not None
    assert third.ask("a.md", b"\0" * 40) is None
    assert third.ask("caf\u00e9/\udcff.md", b"\1" * 40) == Clear("article", MARKS)
    assert third.ask_content("b.md", b"\7" * 40, b"\7" * 16) == Row(b"\7" * 40, b"\7" * 16, 1, "other", b"x")


def test_a_shelf_with_any_byte_changed_or_lost_is_none() -> None:
    data = shelf().dump(0.0, [])
    assert Shelf.of(data, NOON) is not None
    for at in range(len(data)):
        for flip in (1, 0x80, 0xFF):
            assert Shelf.of(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :], NOON) is None
        assert Shelf.of(data[:at], NOON) is None
    assert Shelf.of(data + b"\0", NOON) is None


def sealed(data: bytes) -> bytes:
    """Return *data* with the checksum that it ought to have: what somebody writes who means harm."""
    return data[:16] + sha256(data[32:]).digest()[:16] + data[32:]


def test_a_sealed_shelf_with_any_byte_changed_is_asked_without_harm() -> None:
    data = shelf().dump(0.0, [[["names", "x"], "d", "s"]])
    for at in range(32, len(data)):
        for flip in (1, 0x80, 0xFF):
            asked(Shelf.of(sealed(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]), NOON))


@given(st.lists(st.integers(0, 2**32 - 1), min_size=4, max_size=4), st.binary(max_size=300))
@profile(max_examples=300)
def test_any_sizes_are_asked_without_harm(sizes: list[int], rest: bytes) -> None:
    asked(Shelf.of(sealed(b"feedlint cache 1" + bytes(16) + struct.pack("<IIII", *sizes) + rest), NOON))


def asked(found: Shelf | None) -> None:
    for name in ("a.md", "caf\u00e9/\udcff.md", "b.md") if found is not None else ():
        assert found is not None
        assert isinstance(found.ask(name, b"\1" * 40), Clear | Row | None)
        assert isinstance(found.ask_content(name, NONE, b"\1" * 16), Row | None)
        assert load(found.dump(0.0, [])) is not None


@pytest.mark.parametrize(
    "head",
    [
        *([], {}, 1, {"today": "x", "schemas": []}, {"today": True, "schemas": []}, {"today": 0, "schemas": [1]}),
        *({"today": 0, "schemas": {}}, {"today": 0, "schemas": []}, {"today": 2**40, "schemas": ["article"]}),
    ],
)
def test_a_head_that_is_none_makes_no_shelf(head: Any) -> None:
    loaded = load(shelf().dump(0.0, []))
    assert loaded is not None
    assert Shelf.of(dump({"today": 0, "schemas": ["article"]}, loaded[1]), NOON) is not None
    assert Shelf.of(dump(head, loaded[1]), NOON) is None
    twice = loaded[1]._replace(names=["a.md", "a.md", "b.md"])
    assert Shelf.of(dump({"today": 0, "schemas": ["article"]}, twice), NOON) is None


@pytest.mark.parametrize(
    "about",
    [
        *(1, "x", [1], [[1, 2, 3]], [[["names", "x"], "d"]], [[["names"], "d", "s"]], [[["nothing", "x"], "d", "s"]]),
        *(
            [[["names", 1], "d", "s"]],
            [[["open", "a\0b"], "d", ""]],
            [[[], "d", "s"]],
            {"a": 1},
            [[["newline", "\0"], "", ""]],
        ),
    ],
)
def test_what_does_not_tell_what_it_rests_on_is_no_cache(about: Any, tmp_path: Path) -> None:
    settings, place = Settings(today=NOON), str(tmp_path / "cache")
    (tmp_path / "feed" / ".git").mkdir(parents=True)
    path, root = (tmp_path / "feed" / "a.md").as_posix(), str(tmp_path / "feed")
    made = Shelf(NOON)
    made.keep("a.md", Row(NONE, digest(b"x"), 0, "article", b""))
    for rests, known in (([], Clear("article", b"")), (about, None)):
        folder.put(place, key_of(settings, root), made.dump(0.0, rests))
        assert Cache(place).ask_content(path, settings, NONE, digest(b"x")) == known


def test_all_that_findings_depend_on_is_in_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Settings(today=NOON)
    names = [
        key_of(usual, "/feed"),
        key_of(usual, "/other"),
        key_of(Settings(rules=select([], [], ["TX"])), "/feed"),
        key_of(Settings(site_url="https://feed.example"), "/feed"),
        key_of(Settings(taxonomy=frozenset()), "/feed"),
        key_of(Settings(taxonomy=frozenset(["a", "b"])), "/feed"),
        key_of(Settings(max_file_size=5), "/feed"),
        key_of(Settings(schemas=Catalogue(placed={"stories": "article"})), "/feed"),
        key_of(Settings(schemas=Catalogue(placed={"stories": "person"})), "/feed"),
    ]
    monkeypatch.setattr("feedlint.cache.key.surroundings", lambda: (*surroundings(), "another-1.0.dist-info"))
    names.append(key_of(usual, "/feed"))
    assert len(set(names)) == len(names)
    monkeypatch.undo()
    others = Settings(fix=True, unsafe_fixes=True, write=True, fail_on=Severity.INFO, baseline="b")
    assert key_of(others, "/feed") == names[0]


def test_a_checkout_that_was_edited_is_another_feedlint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedlint.cache import key

    package = tmp_path / "feedlint"
    (package / "rules").mkdir(parents=True)
    module = package / "rules" / "a.py"
    module.write_text("1")
    monkeypatch.setattr(key, "_PACKAGE", str(package))
    monkeypatch.setattr("feedlint.catalogue.folder", lambda: str(package))
    codes = [key._code()]
    module.write_text("12")
    codes.append(key._code())
    os.utime(module, ns=(0, 0))
    codes.append(key._code())
    (package / "b.py").write_text("")
    codes.append(key._code())
    assert len(set(codes)) == 4
    installed = tmp_path / f"feedlint-{__version__}.dist-info"
    installed.mkdir()
    (installed / "RECORD").write_text("feedlint/b.py,sha256=x,1")
    codes.append(key._code())
    os.utime(module, ns=(1, 1))  # as every installation does
    assert key._code() == codes[-1]
    (installed / "RECORD").write_text("feedlint/b.py,sha256=y,1")
    codes.append(key._code())
    assert len(set(codes)) == 6


@pytest.mark.skipif(sys.platform == "win32", reason="paths are written otherwise there")
@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "/home/me/.cache/feedlint"),
        ("linux", {"XDG_CACHE_HOME": "/var/c"}, "/var/c/feedlint"),
        ("linux", {"XDG_CACHE_HOME": "c"}, "/home/me/.cache/feedlint"),
        ("darwin", {"XDG_CACHE_HOME": "/var/c"}, "/home/me/Library/Caches/feedlint"),
        ("win32", {"LOCALAPPDATA": "/c/Local"}, "/c/Local/feedlint"),
        ("win32", {}, None),
        ("linux", {"FEEDLINT_CACHE_DIR": "/own"}, "/own"),
        ("linux", {"FEEDLINT_CACHE_DIR": ""}, "/home/me/.cache/feedlint"),
    ],
)
def test_where_the_cache_is(
    platform: str, environment: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert folder.default(environment, platform) == expected


def test_the_folder_is_tagged_and_private(tmp_path: Path) -> None:
    place = tmp_path / "above" / "cache"
    folder.put(str(place), "a" * 32, b"x")
    assert folder.get(str(place), "a" * 32) == b"x"
    assert folder.get(str(place), "b" * 32) is None
    assert (place / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    if sys.platform != "win32":
        assert (place.stat().st_mode & 0o777, (place / f"{'a' * 32}.feedlint").stat().st_mode & 0o777) == (0o700, 0o600)
    assert sorted(os.listdir(place)) == ["CACHEDIR.TAG", f"{'a' * 32}.feedlint"]


@pytest.mark.skipif(sys.platform == "win32", reason="who may write to a folder is told otherwise there")
def test_a_folder_that_all_may_write_to_is_no_place(tmp_path: Path) -> None:
    folder.put(str(tmp_path), "a" * 32, b"x")
    os.chmod(tmp_path, 0o777)
    assert folder.get(str(tmp_path), "a" * 32) is None
    folder.put(str(tmp_path), "b" * 32, b"x")
    os.chmod(tmp_path, 0o700)
    assert os.listdir(tmp_path) == [f"{'a' * 32}.feedlint"]  # and a folder that was there is not tagged


@pytest.mark.parametrize("name", ["file", "file/below", "a\0b"])
def test_where_nothing_can_be_kept_nothing_is_said(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    place = f"{tmp_path}/{name}"
    folder.put(place, "a" * 32, b"x")
    assert folder.get(place, "a" * 32) is None
    folder.drop(place, "a" * 32)
    assert capfd.readouterr() == ("", "")


def test_what_is_oldest_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_LARGEST", 100)
    (tmp_path / "not ours").write_bytes(b"x" * 500)
    for number, size in enumerate((40, 50, 30, 101)):
        folder.put(str(tmp_path), f"{number:032x}", b"x" * size)
        if size <= 100:
            os.utime(tmp_path / f"{number:032x}.feedlint", ns=(number, number + 1))
    assert sorted(path.name[31:] for path in tmp_path.glob("*.feedlint")) == ["1.feedlint", "2.feedlint"]


def test_clean_deletes_what_is_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "cache"
    for name in ("a", "b"):
        folder.put(str(place), name * 32, b"x" * 600)
    (place / f".feedlint-{'0' * 16}.tmp").write_bytes(b"x")
    (place / "mine.feedlint").write_text("mine")
    assert said(["clean", "--cache-dir", str(place)], capsys) == f"Deleted 3 files with 1,201 bytes from {place}.\n"
    assert os.listdir(place) == ["mine.feedlint"]
    assert said(["clean", "--cache-dir", str(place)], capsys) == f"Nothing to delete in {place}.\n"
    (place / "mine.feedlint").unlink()
    folder.put(str(place), "a" * 32, b"x")
    assert said(["clean", "--cache-dir", str(place)], capsys) == f"Deleted 1 file with 1 byte from {place}.\n"
    assert said(["clean", "--cache-dir", str(place)], capsys) == f"Nothing to delete in {place}.\n"


def said(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(argv) == 0
    return capsys.readouterr().out


def to_folder(file: Path) -> None:
    if file.is_file():
        file.unlink()
        file.mkdir()


@pytest.mark.parametrize("harm", [lambda file: file.write_bytes(b"x"), lambda file: file.unlink(), to_folder])
def test_a_damaged_cache_is_made_anew(harm: Callable[[Path], object], tmp_path: Path) -> None:
    settings, place = Settings(today=NOON), str(tmp_path / "cache")
    path = (tmp_path / "a.md").as_posix()
    known = []
    for _ in range(2):
        cache = Cache(place)
        known.append(cache.ask_content(path, settings, NONE, digest(ARTICLE.encode())))
        cache.keep(path, settings, NONE, digest(ARTICLE.encode()), FileReport(path, schema="article"))
        cache.close()
        known.append(Cache(place).ask_content(path, settings, NONE, digest(ARTICLE.encode())))
        (file,) = (tmp_path / "cache").glob("*.feedlint")
        harm(file)
    assert known == [None, Clear("article", b""), None, None if file.is_dir() else Clear("article", b"")]


def test_what_has_no_place_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is in no file; and a schema may be nested so deeply that it cannot be written down."""
    settings, place = Settings(today=NOON), tmp_path / "cache"

    def known_of(path: str) -> Clear | FileReport | None:
        cache = Cache(str(place))
        cache.keep(path, settings, NONE, digest(b"x"), FileReport(path))
        cache.close()
        assert cache.ask(path, settings) is None
        return cache.ask_content(path, settings, NONE, digest(b"x"))

    assert known_of(NoFile("a.md")) is None

    def refuse(*_: object) -> str:
        raise RecursionError

    monkeypatch.setattr("feedlint.cache.cache.key_of", refuse)
    assert known_of("a.md") is None
    assert not place.exists()
    monkeypatch.undo()
    assert known_of("a.md") == Clear(None, b"")
