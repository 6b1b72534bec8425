"""What a run has said is said again while all is as it was: and never when it is not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from feedlint import disk, roots
from feedlint.cache import again, ground, stamps
from feedlint.cli import check, kept, main
from feedlint.config.configuration import FILE, PYPROJECT
from feedlint.ignored import IGNORE
from feedlint.repository import MARKDOWN
from feedlint.roots import CONFIG_NAMES
from feedlint.source.text import DATA_SUFFIXES
from tests.support import ARTICLE, overlay, png

MISTYPED = ARTICLE.replace("heat: 71", "heat: '1")  # as long, and no YAML
PICTURED = overlay('images:\n  - url: "/assets/p.png"\n    width: 3\n    height: 2')
TOPICAL = overlay("topics:\n  - Public Transport\n  - Harbours")
SITE = {
    "_config.yml": b"url: https://feed.example\n",
    "_news/a.md": ARTICLE.encode(),
    "_news/2020/b.md": MISTYPED.encode(),
    "_news/2020/c.md": PICTURED.encode(),
    "_news/d.md": TOPICAL.encode(),
    "_data/topics/t.md": b"---\nname: Public Transport\n---\n",
    "assets/p.png": png(3, 2),
    "pages/README.md": b"# A feed\n",
    "pages/about.md": b"---\ntitle: About\n---\n",
}
OWN_SCHEMA = b'{"x-feedlint-role": "record", "x-feedlint-collections": ["_stories"]}'
NOT_LOADED = [f"feedlint.{name}" for name in ("config", "engine", "formats", "report", "rule", "rules")]
HOUR = 3_600_000_000_000
Runs = Callable[..., tuple[int, str, bool]]


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A feed in a git repository, in a folder of that, old enough for its stamps to count."""
    folder = tmp_path / "repository" / "site"
    put(folder, SITE)
    (folder.parent / ".git").mkdir()
    monkeypatch.delenv("FEEDLINT_NO_CACHE")
    monkeypatch.setenv("FEEDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(stamps, "COARSEST", 50_000_000)
    monkeypatch.setattr(kept, "WORTH", 1)
    monkeypatch.chdir(folder)
    time.sleep(0.06)
    return folder


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Run the command; return its status, what it says, and whether that was said again."""
    checked: list[int] = []
    check_main = check.main

    def noted(*arguments: Any) -> int:
        checked.append(1)
        return check_main(*arguments)

    monkeypatch.setattr(check, "main", noted)

    def run(*argv: str) -> tuple[int, str, bool]:
        for known in (roots.root_of, roots._place):  # by which a process knows what it has seen
            known.cache_clear()
        checked.clear()
        status = main([*argv])
        out, err = capfd.readouterr()
        return status, out + err, not checked

    return run


def test_what_matters_is_what_the_program_looks_for() -> None:
    assert set(ground.SUFFIXES) == {*MARKDOWN, *DATA_SUFFIXES}
    assert set(ground.NAMES) == {".git", IGNORE, FILE, PYPROJECT, *CONFIG_NAMES}


def test_a_run_is_told_again(site: Path, run: Runs) -> None:
    first = run(".")
    assert first[0] == 1
    assert "_news/2020/b.md" in first[1]
    assert run(".") == (*first[:2], True)
    assert run(".", "--output-format", "json")[2] is False
    assert run(".", "--color", "always")[1] != first[1]
    assert run(".", "--color", "always")[2] is True
    assert run(".", "--no-cache") == (*first[:2], False)
    assert run(str(site))[2] is False  # its paths are told otherwise


def test_what_is_told_again_loads_nothing_that_checks(site: Path) -> None:
    program = (
        "import sys\nfrom feedlint.cache import stamps\nfrom feedlint.cli import kept, main\n"
        "stamps.COARSEST, kept.WORTH = 0, 1\nbefore = set(sys.modules)\nmain(['.', '--quiet'])\n"
        "print('loaded', *sorted(set(sys.modules) - before))"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.splitlines()
        for _ in range(2)
    )
    assert first[:-1] == second[:-1] != []
    assert set(NOT_LOADED) <= set(first[-1].split())
    assert set(NOT_LOADED).isdisjoint(second[-1].split())


def edit_and_put_time_back(site: Path) -> None:
    (site / "_news/a.md").write_bytes(MISTYPED.encode())
    os.utime(site / "_news/a.md", ns=(1, 1))


def make_folder(site: Path) -> None:
    put(site, {"_news/2021/e.md": MISTYPED.encode()})


def exchange(site: Path) -> None:
    (site / "new").write_bytes(MISTYPED.encode())
    (site / "new").replace(site / "_news/a.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda site: (site / "_news/a.md").write_bytes(MISTYPED.encode()),
    "edited, the time put back": edit_and_put_time_back,
    "replaced": exchange,
    "made": lambda site: (site / "_news/e.md").write_bytes(MISTYPED.encode()),
    "made in a new folder": make_folder,
    "deleted": lambda site: (site / "_news/2020/b.md").unlink(),
    "folder renamed": lambda site: (site / "_news/2020").rename(site / "_news/2021"),
    "folder hidden": lambda site: (site / "_news/2020").rename(site / "_news/.2020"),
    "ignored": lambda site: (site / "_news/.gitignore").write_text("2020\n"),
    "ignored from above": lambda site: (site.parent / ".gitignore").write_text("2020/\n"),
    "configured": lambda site: (site / "feedlint.toml").write_text('ignore = ["YA"]\n'),
    "configured from above": lambda site: (site.parent / "feedlint.toml").write_text('ignore = ["YA"]\n'),
    "configured within": lambda site: (site / "_news/pyproject.toml").write_text('[tool.feedlint]\nselect = ["TX"]\n'),
    "site configured": lambda site: (site / "_config.yml").write_text("url: https://example.com\n"),
    "picture": lambda site: (site / "assets/p.png").write_bytes(png(4, 2)),
    "picture renamed": lambda site: (site / "assets/p.png").rename(site / "assets/q.png"),
    "topic": lambda site: (site / "_data/topics/t.md").write_bytes(b"---\nname: Harbours\n---\n"),
    "page that is a record": lambda site: (site / "pages/about.md").write_bytes(MISTYPED.encode()),
}


@pytest.mark.parametrize("is_old", [True, False], ids=["old", "young"])
@pytest.mark.parametrize("name", CHANGES)
def test_what_has_changed_is_seen(name: str, is_old: bool, site: Path, run: Runs) -> None:
    if name == "edited, the time put back" and sys.platform == "win32":
        pytest.skip("Windows has no time of the last change to a file's status")
    first = run(".")
    assert run(".")[2]
    CHANGES[name](site)
    if is_old:
        time.sleep(0.06)
    second = run(".")
    assert second[1:] != (first[1], True)
    assert second[:2] == run(".", "--no-cache")[:2]
    assert run(".")[:2] == second[:2]


def test_a_record_whose_name_is_in_capitals_is_seen(site: Path, run: Runs) -> None:
    put(site, {"_news/E.MD": ARTICLE.encode()})
    time.sleep(0.06)
    first = run(".")
    assert run(".")[2]
    put(site, {"_news/E.MD": MISTYPED.encode()})
    second = run(".")
    assert second == run(".", "--no-cache")
    assert second[1].count("_news/E.MD") > first[1].count("_news/E.MD")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that not every user has")
def test_a_link_to_a_folder_is_none(site: Path) -> None:
    (site / "_news/linked").symlink_to("../pages")
    assert ground.Ground().names("_news") == ["2020/", "a.md", "d.md", "linked"] == disk.names_in("_news")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that not every user has")
def test_a_file_that_is_a_link_now_is_seen(site: Path, run: Runs, tmp_path: Path) -> None:
    run(".")
    (site / "_news/a.md").rename(tmp_path / "a.md")
    (site / "_news/a.md").symlink_to(tmp_path / "a.md")
    told = run(".")
    assert "leads out of the repository" in told[1]
    assert run(".") == told
    assert not told[2]
    (site / "_news/a.md").unlink()
    (site / "_news/a.md").symlink_to("d.md")
    assert run(".") == run(".", "--no-cache")  # what a link leads to is looked at each time


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that not every user has")
def test_what_a_link_above_leads_to_is_seen(site: Path, run: Runs) -> None:
    (site.parent / "own.toml").write_text("")
    (site.parent / "feedlint.toml").symlink_to("own.toml")
    time.sleep(0.06)
    first = run(".")
    (site.parent / "own.toml").write_text('ignore = ["YA"]\n')
    second = run(".")
    assert second == run(".", "--no-cache")
    assert second[:2] != first[:2]


def test_a_fresh_checkout_is_told_again(site: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(".")
    for _ in range(2):
        site.rename(site.parent / f"old{time.time_ns()}")
        put(site, SITE)
        monkeypatch.chdir(site)
        assert run(".") == (*first[:2], True)
    put(site, {"_news/d.md": MISTYPED.encode()})
    assert run(".") == run(".", "--no-cache")
    put(site, {"_news/d.md": SITE["_news/d.md"]})
    assert run(".")[:2] == first[:2]


def test_in_a_fresh_checkout_one_run_is_enough(site: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nothing of it is two seconds old."""
    monkeypatch.setattr(stamps, "COARSEST", 2_000_000_000)
    state = os.stat(site / "_news/a.md")
    if state.st_ctime_ns % 10_000_000 == 0 or not ground.matters("a.md"):
        pytest.skip("this file system has a coarse clock")
    time.sleep(0.1)
    first = run(".")
    assert run(".") == (*first[:2], True)
    (site / "_news/a.md").write_bytes(MISTYPED.encode())
    assert run(".") == run(".", "--no-cache")
    (site.parent / "feedlint.toml").write_text("")
    time.sleep(0.1)
    assert [run(".")[2] for _ in range(2)] == [False, False]  # what decides from above has to be old


def test_what_may_be_written_again_unseen_is_not_kept(site: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "COARSEST", HOUR)
    monkeypatch.setattr(stamps, "_SETTLED", HOUR)
    assert [run(".")[2] for _ in range(2)] == [False, False]


def test_what_is_written_while_a_run_is_kept_is_seen(site: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = disk.taken

    def late(path: str, limit: int) -> tuple[bytes, os.stat_result]:
        if path.endswith("about.md"):
            CHANGES["page that is a record"](site)
        return taken(path, limit)

    with monkeypatch.context() as patch:
        patch.setattr(again, "taken", late)
        run(".")
    assert (site / "pages/about.md").read_bytes() == MISTYPED.encode()
    assert run(".") == run(".", "--no-cache")


def test_what_has_a_new_stamp_is_read_until_that_is_old(site: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    run(".")
    put(site, {"_news/a.md": SITE["_news/a.md"]})
    read: list[str] = []
    content_of = disk.content_of

    def noted(path: str, size: int) -> bytes:
        read.append(os.path.basename(path))
        return content_of(path, size)

    monkeypatch.setattr(again, "content_of", noted)
    for age, expected in ((HOUR, ["a.md"]), (HOUR, ["a.md"]), (0, ["a.md"]), (0, [])):
        monkeypatch.setattr(stamps, "COARSEST", age)
        read.clear()
        assert run(".")[2]
        assert read == expected


def test_an_edit_of_the_same_size_is_seen_however_soon(site: Path, run: Runs) -> None:
    for _ in range(20):
        for text, status in ((ARTICLE, 0), (MISTYPED, 1)):
            (site / "_news/a.md").write_bytes(text.encode())
            assert run("_news", "--quiet", "--select", "YA", "--fail-on", "error")[1].count("_news/a.md") == status


def test_what_is_not_to_last_is_not_kept(site: Path, run: Runs) -> None:
    runs: list[tuple[str, ...]] = [
        ("_news/a.md", "_news/d.md"),
        (".", "--statistics"),
        (".", "--show-files"),
        (".", "--output-format", f"json={site / 'out.json'}"),
        (".", "--output-format", "markdown"),
        (".", "--diff"),
        (".", f"--output-file={site.parent / 'out.txt'}"),
        (".", "--config=own.toml"),
        (".", "--schema=own.json"),
    ]
    put(site, {"own.toml": b"", "own.json": OWN_SCHEMA})
    time.sleep(0.06)
    for argv in runs:
        status, _, is_again = run(*argv)
        assert (status < 2, is_again, run(*argv)[2]) == (True, False, False), argv
    put(site, {"feedlint.toml": b'schemas = ["own.json"]\n'})
    time.sleep(0.06)
    assert [run(".")[::2] for _ in range(2)] == [(1, False), (1, False)]
    (site / "feedlint.toml").unlink()
    (site / "_config.yml").write_bytes(b"x" * 2_000_000)
    assert run(".")[1].count("is passed over") == 1
    assert run(".")[1].count("is passed over") == 1
    put(site, SITE)
    assert main(["--write-baseline", "--quiet"]) == 0
    (site / "feedlint.toml").write_text('baseline = "feedlint-baseline.txt"\n')
    time.sleep(0.06)
    assert [run(".")[::2] for _ in range(2)] == [(0, False), (0, False)]
    (site / "feedlint-baseline.txt").write_text("")
    assert run(".") == run(".", "--no-cache")


def test_what_waits_for_a_day_is_not_kept(site: Path, run: Runs) -> None:
    (site / "_news/a.md").write_text(overlay("publishedDateTime: 2999-06-09T21:40:00Z"))
    time.sleep(0.06)
    assert [run(".")[2] for _ in range(2)] == [False, False]


def test_a_week_later_a_run_is_made_again(site: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    run(".")
    now = time.time()
    found = {}
    for days in (-1, 0, 6, 8):
        clock = SimpleNamespace(time=lambda days=days: now + days * 86_400, time_ns=time.time_ns)
        monkeypatch.setattr(again, "time", clock)
        name, place = again.name_of(["."]), os.environ["FEEDLINT_CACHE_DIR"]
        found[days] = again.said(place, name, ground.Ground()) is not None
    assert found == {-1: False, 0: True, 6: True, 8: False}


def test_the_environment_tells_runs_apart(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [again.name_of(["."]), again.name_of([".", "-q"])]
    for variable in ("NO_COLOR", "FORCE_COLOR", "FEEDLINT_JOBS"):
        monkeypatch.setenv(variable, "1")
        names.append(again.name_of(["."]))
    monkeypatch.chdir("_news")
    names.append(again.name_of(["."]))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)  # which a link or a colour needs
    names.append(again.name_of(["."]))
    assert len(set(names)) == 7


def test_what_is_damaged_is_nothing(site: Path, run: Runs) -> None:
    first = run(".")
    name, place = again.name_of(["."]), os.environ["FEEDLINT_CACHE_DIR"]
    file = Path(place) / f"{name}.feedlint"
    data = file.read_bytes()
    assert again._loaded(data) is not None
    for at in range(len(data)):
        assert again._loaded(data[:at]) is None
        assert again._loaded(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]) is None
    file.write_bytes(data[:-1])
    assert run(".") == first
    assert again._loaded(file.read_bytes()) is not None


def test_what_is_sealed_and_damaged_does_no_harm(site: Path, run: Runs) -> None:
    run(".")
    name, place = again.name_of(["."]), os.environ["FEEDLINT_CACHE_DIR"]
    file = Path(place) / f"{name}.feedlint"
    begin = len(b"feedlint again 1") + 32
    rest = file.read_bytes()[begin:]
    random = Random(1)
    for _ in range(300):
        at = random.randrange(len(rest))
        harmed = rest[:at] + random.randbytes(random.choice((0, 1, 4))) + rest[at + random.choice((0, 1, 4)) :]
        file.write_bytes(b"feedlint again 1" + blake2b(harmed, digest_size=32).digest() + harmed)
        assert isinstance(again.said(place, name, ground.Ground()), (again.Said, type(None)))


def test_whatever_happens_to_a_feed_is_seen(site: Path, run: Runs) -> None:
    random = Random(4)
    told = 0
    for _ in range(60):
        change = random.choice([*list(CHANGES)[:10], "none", "none", "wait", "restored"])
        if change == "wait":
            time.sleep(0.06)
        elif change == "restored":
            put(site, SITE)
        elif change != "none":
            try:
                CHANGES[change](site)
            except OSError:
                continue
        *said, is_again = run(".")
        told += is_again
        assert said == list(run(".", "--no-cache")[:2]), change
    assert told > 5


def test_what_was_said_is_kept_where_the_cache_is(site: Path, run: Runs, tmp_path: Path) -> None:
    for name, told in (("first", False), ("first", True), ("second", False)):
        assert run(".", "--cache-dir", str(tmp_path / name))[2] is told
        assert run(".", f"--cache-dir={tmp_path / name}")[2] is told


def test_where_the_cache_is_may_be_said_shortly(site: Path, run: Runs, tmp_path: Path) -> None:
    elsewhere, usual = tmp_path / "elsewhere", Path(os.environ["FEEDLINT_CACHE_DIR"])
    before = set(usual.glob("*"))
    first = run(".", "--cache-d", str(elsewhere))
    assert run(".", "--cache-d", str(elsewhere)) == first
    assert set(usual.glob("*")) == before
    assert [*elsewhere.glob("*.feedlint")]
