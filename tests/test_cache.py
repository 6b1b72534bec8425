"""What is kept of files between runs: it is what a run without it would find, whatever happens to the files."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from feedlint.cache import NONE, Cache, cache, digest, stamp
from feedlint.cache.stamps import COARSEST, packed
from feedlint.census import Clear
from feedlint.config import Settings
from feedlint.diagnostic import Mute, Severity
from feedlint.engine import Engine
from feedlint.report import FileReport
from feedlint.rules import select
from tests.cached import Run, plain
from tests.support import ARTICLE, overlay, png, repository

NOON = datetime(2021, 6, 1, 12, tzinfo=timezone.utc)
SOUND = ARTICLE
MISTYPED = ARTICLE.replace("heat: 71", "heat: '1")  # as long, and no YAML
PICTURED = overlay('images:\n  - url: "/assets/p.png"\n    width: 3\n    height: 2')
TOPICAL = overlay("topics:\n  - Public Transport\n  - Harbours")
DATED = overlay("publishedDateTime: 2021-06-09T21:40:00Z")
MUTED = overlay('title: "Caf\u00c3\u00a9 opens" # feedlint: ignore[TX001] it is an example\n')
TEXTS = (
    *(SOUND, MISTYPED, PICTURED, TOPICAL, DATED, MUTED, SOUND.replace("\n", "\r\n"), "", "no record"),
    *(overlay("amp: 1"), overlay("title: 'caf\udcff'"), overlay("related:\n  - title: A tram\n")),
)
NAMES = ("2020-12-08-1.md", "2020-12-08-2.md", "2020-12-09-3.md")


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def settings_at(today: datetime = NOON, *ignored: str) -> Settings:
    return Settings(rules=select([], [], ignored), today=today)


def feed(root: Path, **texts: str) -> list[str]:
    """Write a feed with stories of *texts*, by the letters of their names, below *root*; return their paths."""
    files = {f"_news/{name}.md": encoded(text) for name, text in texts.items()}
    repository(root, {"_data/topics/t.md": "---\nname: Public Transport\n---\n", "assets/p.png": png(3, 2), **files})
    return [(root / name).as_posix() for name in files]


def aged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have stamps count that are as old as the clock of this machine can tell apart."""
    monkeypatch.setattr("feedlint.cache.stamps.COARSEST", 50_000_000)
    time.sleep(0.06)


def plainly(paths: Sequence[str], settings: Settings) -> list[FileReport]:
    return plain(list(Engine(settings).files(paths)))


def test_what_has_not_changed_is_neither_checked_nor_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = feed(tmp_path / "feed", a=SOUND, b=PICTURED, c=SOUND.replace("\n", "\r\n"), d=MISTYPED, e=MUTED)
    aged(monkeypatch)
    settings, place = settings_at(), str(tmp_path / "cache")
    expected = plainly(paths, settings)
    first, second = Run(place, settings), Run(place, settings)
    assert plain(first.files(paths)) == expected
    assert (first.read, first.linted) == (paths, paths)
    assert plain(second.files(paths)) == expected
    assert (second.read, second.linted) == ([], [])


def test_the_same_content_elsewhere_in_time_is_not_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a fresh checkout: each file is a new one, and so are those around."""
    root, place = tmp_path / "feed", str(tmp_path / "cache")
    texts = {"a": SOUND, "b": PICTURED, "c": MISTYPED, "d": TOPICAL}
    paths = feed(root, **texts)
    Run(place, settings_at()).files(paths)
    root.rename(tmp_path / "old")
    assert feed(root, **texts) == paths
    aged(monkeypatch)
    second, third = Run(place, settings_at()), Run(place, settings_at())
    assert plain(second.files(paths)) == plainly(paths, settings_at())
    assert (second.read, second.linted) == (paths, [])
    third.files(paths)
    assert (third.read, third.linted) == ([], [])  # by the new stamps


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, place = feed(tmp_path / "feed", a=SOUND, b=MISTYPED), str(tmp_path / "cache")
    aged(monkeypatch)
    Run(place, settings_at()).files(paths)
    monkeypatch.setattr("feedlint.cache.folder.put", lambda *_: pytest.fail("it is written"))
    Run(place, settings_at()).files(paths)


def state(moment: int, mode: int = 0o100644) -> os.stat_result:
    """Return the state of a file that was written, and made, at *moment* (nanoseconds)."""
    made = SimpleNamespace(st_mode=mode, st_ino=2**100, st_dev=1, st_size=99, st_mtime_ns=moment, st_ctime_ns=moment)
    return cast("os.stat_result", made)


def test_a_stamp_counts_that_is_older_than_two_seconds() -> None:
    at = 10 * 10**9
    assert COARSEST == 2 * 10**9
    assert stamp(state(at), at + COARSEST) == packed(state(at)) != NONE
    assert stamp(state(at), at + COARSEST - 1) == NONE
    assert stamp(state(at, 0o120777), at + COARSEST) == NONE  # a link
    assert stamp(state(2**63), 2**64) == NONE  # in 2262
    assert packed(state(2**63)) == b""


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(0, 10**10), st.sampled_from((1, 10**9, 2 * 10**9)))
def test_no_write_after_a_file_was_read_gives_it_the_same_stamp(written: int, wait: int, more: int, tick: int) -> None:
    """Whatever the clock of the file system can tell apart."""
    read = written + wait
    mark = stamp(state(written // tick * tick), read)
    assert mark == NONE or mark != packed(state((read + more) // tick * tick))


@pytest.mark.parametrize("how", ["in place", "put back", "replaced", "put back and replaced"])
def test_an_edit_of_the_same_size_is_seen_however_soon(tmp_path: Path, how: str) -> None:
    (path,) = feed(tmp_path / "feed", a=SOUND)
    settings, place = settings_at(), str(tmp_path / "cache")
    texts = {SOUND: [], MISTYPED: ["YA001"]}
    assert len({len(text) for text in texts}) == 1
    before = os.stat(path)
    for _ in range(25):
        for text, codes in texts.items():
            file = Path(path)
            if "replaced" in how:
                file = file.with_suffix(".new")
            file.write_bytes(text.encode())
            os.replace(file, path)
            if "put back" in how:
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            (report,) = Run(place, settings).files([path])
            assert sorted({each.code for each in report.diagnostics}) == codes


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no time of the last change to a file's status")
def test_an_old_time_that_is_put_back_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, place = feed(tmp_path / "feed", a=SOUND), str(tmp_path / "cache")
    os.utime(paths[0], ns=(1, 1))
    aged(monkeypatch)
    Run(place, settings_at()).files(paths)
    with open(paths[0], "r+b") as file:
        file.write(MISTYPED.encode())
    os.utime(paths[0], ns=(1, 1))
    second = Run(place, settings_at())
    assert plain(second.files(paths)) == plainly(paths, settings_at())
    assert second.linted == paths


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that not every user has")
def test_links_are_what_they_lead_to_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, place = tmp_path / "feed", str(tmp_path / "cache")
    paths = feed(root, a=SOUND, b=MISTYPED)
    os.symlink("a.md", root / "_news" / "link.md")
    os.link(root / "_news" / "a.md", root / "_news" / "hard.md")
    links = [(root / "_news" / name).as_posix() for name in ("link.md", "hard.md")]
    aged(monkeypatch)
    Run(place, settings_at()).files([*paths, *links])
    (root / "_news" / "link.md").unlink()
    os.symlink("b.md", root / "_news" / "link.md")
    (root / "_news" / "a.md").write_text(MISTYPED)  # which is hard.md too
    reports = Run(place, settings_at()).files(links)
    assert plain(reports) == plainly(links, settings_at())
    assert [report.readable for report in reports] == [False, False]
    (root / "_news" / "link.md").unlink()
    os.symlink(tmp_path / "elsewhere.md", root / "_news" / "link.md")
    (tmp_path / "elsewhere.md").write_text(MISTYPED)
    (outside,) = Run(place, settings_at()).files(links[:1])
    assert outside.error == "it is a symbolic link that leads out of the repository"


def test_what_cannot_be_read_is_told_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, place = feed(tmp_path / "feed", a=SOUND), str(tmp_path / "cache")
    aged(monkeypatch)
    Run(place, settings_at()).files(paths)
    os.unlink(paths[0])
    (report,) = Run(place, settings_at()).files(paths)
    assert plain([report]) == plainly(paths, settings_at())
    assert report.error is not None
    (report,) = Run(place, replace(settings_at(), max_file_size=10)).files(feed(tmp_path / "feed", a=SOUND))
    assert [each.code for each in report.diagnostics] == ["FM010"]


def test_other_settings_are_another_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, place = feed(tmp_path / "feed", a=overlay("title: 'Caf\u00c3\u00a9 opens'")), str(tmp_path / "cache")
    aged(monkeypatch)
    found = {}
    for name, settings in {
        "all": settings_at(),
        "none": settings_at(NOON, "TX"),
        "grave": replace(settings_at(), rules=[replace(r, severity=Severity.INFO) for r in settings_at().rules]),
        "open": replace(settings_at(), rules=[replace(each, fixes=False) for each in settings_at().rules]),
    }.items():
        for _ in range(2):
            (report,) = Run(place, settings).files(paths)
            assert plain([report]) == plainly(paths, settings)
        found[name] = [(each.code, each.severity.value, each.fix is not None) for each in report.diagnostics]
    assert found == {
        "all": [("TX001", "error", True)],
        "none": [],
        "grave": [("TX001", "info", True)],
        "open": [("TX001", "error", False)],
    }
    assert len(list(Path(place).glob("*.feedlint"))) == 4


def test_what_is_done_with_findings_is_not_kept(tmp_path: Path) -> None:
    """How grave fails is for the run to say, and so is what is known; but not what a comment mutes."""
    (path,) = feed(tmp_path / "feed", a=MUTED.replace("heat: 71", "heat: x"))
    settings, kept = settings_at(), Cache(str(tmp_path / "cache"))
    report = Engine(settings).file(path)
    by_comment = {"TX001": "comment", "SC003": None}
    assert {each.code: each.muted and each.muted.by for each in report.diagnostics} == by_comment
    known = [replace(each, muted=each.muted or Mute("baseline", "b")) for each in report.diagnostics]
    data = Path(path).read_bytes()
    kept.keep(path, settings, NONE, digest(data), replace(report, diagnostics=known))
    strict = replace(settings, fail_on=Severity.INFO, fix=True, write=True, baseline="b", unsafe_fixes=True)
    kept.close()
    again = Cache(str(tmp_path / "cache")).ask_content(path, strict, NONE, digest(data))
    assert isinstance(again, FileReport)
    assert plain([again]) == plain([replace(report, fail_on=Severity.INFO)])
    assert again.suppressions[0].selectors[0].name == "TX001"


def test_what_waits_for_a_day_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A date to come mutes what tells another day; without DT005 nothing at all is found of it until then."""
    feed(tmp_path / "feed")
    later = DATED.replace("/news/harbour", "/2020/01/02/harbour")
    paths = [(tmp_path / "feed" / "_news" / "2021-01-01-a.md").as_posix()]
    Path(paths[0]).parent.mkdir()
    Path(paths[0]).write_text(later)
    aged(monkeypatch)
    place = str(tmp_path / "cache")
    found = []
    for days in (0, 0, 20, 20):
        run = Run(place, settings_at(NOON + timedelta(days=days), "DT005", "XR"))
        (report,) = run.files(paths)
        found.append(([each.code for each in report.diagnostics], run.linted == paths))
    assert found == [([], True), ([], True), (["DT003"], True), (["DT003"], False)]


def test_a_clock_that_is_set_back_forgets(tmp_path: Path) -> None:
    paths, place = feed(tmp_path / "feed", a=DATED), str(tmp_path / "cache")
    found = []
    for days in (30, 31, 0):
        run = Run(place, settings_at(NOON + timedelta(days=days)))
        (report,) = run.files(paths)
        found.append(([each.code for each in report.diagnostics], run.linted == paths))
    assert found == [([], True), ([], False), (["DT005"], True)]


def test_what_nobody_asks_for_is_forgotten_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, place = feed(tmp_path / "feed", a=SOUND, b=SOUND, c=SOUND), str(tmp_path / "cache")
    Run(place, settings_at()).files(paths)
    now = time.time()
    for days, part, linted in ((20, paths[:2], []), (40, paths[:1], []), (45, paths, paths[2:]), (74, paths, [])):
        monkeypatch.setattr(cache, "time", SimpleNamespace(time=lambda days=days: now + days * 86_400))
        run = Run(place, settings_at())
        run.files(part)
        assert (days, run.linted) == (days, linted)


class Feed(RuleBasedStateMachine):
    """A feed to which anything may happen between two runs."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("feedlint.cache.stamps.COARSEST", 30_000_000)

    @initialize()
    def begin(self) -> None:
        base = Path(mkdtemp(dir=os.environ["PYTEST_FEED"]))
        self.root, self.place = base / "feed", str(base / "cache")
        feed(self.root)
        self.news = self.root / "_news"
        self.news.mkdir()
        self.days = 0

    def teardown(self) -> None:
        self.patch.undo()

    def path(self, name: str) -> Path:
        return self.news / name

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def write(self, name: str, text: str) -> None:
        self.path(name).write_bytes(encoded(text))

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from((SOUND, MISTYPED)), moment=st.sampled_from((1, 10**18)))
    def write_and_put_time_back(self, name: str, text: str, moment: int) -> None:
        self.path(name).write_bytes(encoded(text))
        if sys.platform != "win32":
            os.utime(self.path(name), ns=(moment, moment))

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def replace(self, name: str, text: str) -> None:
        (self.root / "new").write_bytes(encoded(text))
        os.replace(self.root / "new", self.path(name))

    @rule(one=st.sampled_from(NAMES), other=st.sampled_from(NAMES), how=st.sampled_from((os.link, os.symlink)))
    def link(self, one: str, other: str, how: object) -> None:
        if sys.platform != "win32" and one != other and self.path(other).exists():
            self.path(one).unlink(missing_ok=True)
            (os.link if how is os.link else os.symlink)(self.path(other), self.path(one))

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(("t.md", "u.md")), topic=st.sampled_from(("Public Transport", "Harbours")))
    def name_topic(self, name: str, topic: str) -> None:
        (self.root / "_data" / "topics" / name).write_text(f"---\nname: {topic}\n---\n")

    @rule(size=st.sampled_from(((3, 2), (4, 2))))
    def draw(self, size: tuple[int, int]) -> None:
        (self.root / "assets" / "p.png").write_bytes(png(*size))

    @rule()
    def rename_picture(self) -> None:
        names = [self.root / "assets" / name for name in ("p.png", "P.png")]
        there = os.listdir(self.root / "assets")
        os.replace(*(names if "p.png" in there else reversed(names)))

    @rule(text=st.sampled_from(("url: https://feed.example\n", "url: https://feed.example\nbaseurl: /b\n", "")))
    def configure(self, text: str) -> None:
        (self.root / "_config.yml").write_text(text)

    @rule()
    def wait(self) -> None:
        time.sleep(0.04)

    @rule()
    def wait_for_days(self) -> None:
        self.days += 10

    @rule(code=st.sampled_from(("TX001", "DT005")))
    def run_otherwise(self, code: str) -> None:
        self.check(settings_at(NOON + timedelta(days=self.days), code), NAMES[:2])

    def check(self, settings: Settings, names: Sequence[str] = NAMES) -> None:
        paths = [self.path(name).as_posix() for name in names if self.path(name).exists()]
        assert plain(Run(self.place, settings).files(paths)) == plainly(paths, settings)

    @invariant()
    def is_as_without(self) -> None:
        if hasattr(self, "news"):
            self.check(settings_at(NOON + timedelta(days=self.days)))


def test_it_is_never_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    monkeypatch.setenv("PYTEST_FEED", str(tmp_path))
    run_state_machine_as_test(Feed, settings=profile(max_examples=20, stateful_step_count=15))


def test_a_result_is_clear_or_a_report(tmp_path: Path) -> None:
    sound, broken = feed(tmp_path / "feed", a=SOUND, b=MISTYPED)
    settings, place = settings_at(), str(tmp_path / "cache")
    Run(place, settings).files([sound, broken])
    kept = Cache(place)
    known = kept.ask_content(sound, settings, NONE, digest(SOUND.encode()))
    assert isinstance(known, Clear)
    assert (known.schema, len(known.marks) // 16) == ("article", 4)
    report = kept.ask_content(broken, settings, NONE, digest(MISTYPED.encode()))
    assert isinstance(report, FileReport)
    assert (report.path, report.text, report.readable) == (broken, MISTYPED, False)
    assert kept.ask_content(sound, settings, NONE, digest(MISTYPED.encode())) is None
    assert kept.ask(sound + "x", settings) is None
    assert kept.ask("a\0b", settings) is None
