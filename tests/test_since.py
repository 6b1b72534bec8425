"""Only what changed: --since, --staged and --new-only, in repositories of their own."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from feedlint import changes, lint_paths
from feedlint.before import before
from feedlint.cli import main
from feedlint.config import Configurations, Settings
from feedlint.diagnostic import Diagnostic, Mute
from feedlint.engine import Engine, to_disk
from feedlint.git import run
from feedlint.identity import Key, keys
from feedlint.linting import gather
from feedlint.report import Report
from feedlint.rule import Fact, Rule
from feedlint.source import Document, parse
from feedlint.whole import Beside, _around
from tests.git_support import commit, git, isolate, new
from tests.support import ARTICLE, png

BAD = ARTICLE.replace("2020-12-08T21:40:00Z", "yesterday")
"""A record with one finding that nothing repairs: DT001."""
Printed = Callable[..., tuple[int, list[str]]]
_FINDING = re.compile(r"(?m)^(.*):\d+:\d+: (\w+)")
MOJIBAKE = ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan")
REPAIRED = ARTICLE.replace("Harbour council", "Harbour council’s plan")


def story(name: str, text: str = ARTICLE) -> str:
    """Return *text* as a story of its own: with an address and a title that no other has."""
    return text.replace("harbour-council-approves-the-new-tram-line", f"story-{name}").replace(
        "tram line", f"line {name}"
    )


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    isolate(monkeypatch)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    root = new(tmp_path / "feed")
    put(root, "_config.yml", "url: https://feed.example\n")
    monkeypatch.chdir(root)
    return root


def put(root: Path, name: str, text: str | bytes = ARTICLE) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """Run with the arguments, in short form; return the status and the findings as "PATH:CODE"."""

    def call(*argv: str) -> tuple[int, list[str]]:
        status = main([*argv, "--output-format", "concise", "--quiet"])
        return status, [f"{path}:{code}" for path, code in _FINDING.findall(capsys.readouterr().out)]

    return call


def shown(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    capsys.readouterr()
    assert main([*argv, "--show-files"]) == 0
    return capsys.readouterr().out.splitlines()


# --- usage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--new-only"], "--new-only needs --since or --staged"),
        (["--since", "main", "--staged"], "--since looks at the working tree and --staged at the index: choose one"),
        (["--since", "main", "-"], '"-" does not go with --since'),
        (["--staged", "-"], '"-" does not go with --staged'),
        (["--since", "mian"], "--since: there is no revision 'mian'"),
        (["--since=--output=x"], "--since: there is no revision '--output=x'"),
        (["--since", "^main"], "--since: there is no revision '^main'"),
        (["--since", ""], "--since: there is no revision ''"),
        (["--since", "HEAD..main"], "--since: there is no revision 'HEAD..main'"),
        (["--since", "HEAD:_config.yml"], "--since: there is no revision 'HEAD:_config.yml'"),
        (["--since", "main", "nothing.md"], "nothing.md: no such file or folder"),
    ],
)
def test_wrong_usage(feed: Path, capsys: pytest.CaptureFixture[str], argv: list[str], message: str) -> None:
    commit(feed)
    assert main(argv) == 2
    assert capsys.readouterr() == ("", f"feedlint: error: {message}\n")
    assert not (feed / "x").exists()


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    isolate(monkeypatch)
    monkeypatch.chdir(tmp_path)
    for option in (["--since", "main"], ["--staged"]):
        assert main(option) == 2
        assert capsys.readouterr() == ("", f"feedlint: error: {option[0]}: this is no git repository\n")


def test_no_git(feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", str(feed))
    assert main(["--staged"]) == 2
    assert capsys.readouterr().err == ("feedlint: error: --staged: git cannot be run: No such file or directory\n")


def test_a_bare_repository_has_no_files(
    feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(feed, "init", "--quiet", "--bare", "bare.git")
    monkeypatch.chdir(feed / "bare.git")
    assert main(["--since", "main"]) == 2
    assert capsys.readouterr().err == "feedlint: error: --since: this is a bare repository, which has no working tree\n"


def test_a_repository_of_somebody_else(
    feed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert main(["--staged"]) == 2
    (line,) = capsys.readouterr().err.splitlines()  # in one line, with git's advice
    assert line.startswith(f"feedlint: error: --staged: detected dubious ownership in repository at '{feed}'")
    assert line.endswith(f"git config --global --add safe.directory {feed}")


# --- --since ----------------------------------------------------------------------------------------------


def test_what_has_changed_is_looked_at(feed: Path, capsys: pytest.CaptureFixture[str], printed: Printed) -> None:
    for name in ("same", "committed", "staged", "edited", "moved", "deleted"):
        put(feed, f"_news/{name}.md", story(name, BAD))
    commit(feed)
    git(feed, "checkout", "--quiet", "-b", "topic")
    put(feed, "_news/committed.md", story("c", BAD))
    commit(feed)
    git(feed, "checkout", "--quiet", "main")
    put(feed, "_news/same.md", story("s", BAD))  # changed on main, after the branch has left it
    commit(feed)
    git(feed, "checkout", "--quiet", "topic")
    put(feed, "_news/staged.md", story("x", BAD))
    git(feed, "add", ".")
    git(feed, "mv", "_news/moved.md", "_news/new 1.md")
    put(feed, "_news/edited.md", story("y", BAD))
    (feed / "_news/deleted.md").unlink()
    put(feed, "_news/1\nbreak.md", story("z", BAD))
    put(feed, ".gitignore", "_news/ignored.md\n")
    put(feed, "_news/ignored.md", story("i", BAD))
    put(feed, "_news/README.md", BAD)
    put(feed, "about.md", "# About\n")
    expected = ["1\\nbreak", "committed", "edited", "new 1", "staged"]
    assert shown(capsys, "--since", "main") == [f"_news/{name}.md" for name in expected]
    assert printed("--since", "main") == (1, [f"_news/{name}.md:DT001" for name in expected])
    assert shown(capsys, "--since", "main", "_news/edited.md", "_news/same.md") == ["_news/edited.md"]


def test_the_folder_is_seen_from_where_one_is(
    feed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(feed, "_news/a.md")
    commit(feed)
    put(feed, "_news/a.md", BAD)
    put(feed, "apps/_news/b.md", BAD)
    monkeypatch.chdir(feed / "_news")
    assert shown(capsys, "--since", "main") == ["a.md"]
    assert shown(capsys, "--since", "main", "..") == ["../_news/a.md", "../apps/_news/b.md"]
    monkeypatch.chdir(tmp_path)
    assert shown(capsys, "--since", "main", "feed") == ["feed/_news/a.md", "feed/apps/_news/b.md"]
    assert shown(capsys, "--since", "main", "feed/apps", "feed/_news/a.md") == [
        "feed/apps/_news/b.md", "feed/_news/a.md"
    ]  # fmt: skip
    (tmp_path / "link").symlink_to("feed", target_is_directory=True)
    assert shown(capsys, "--since", "main", "link/_news") == ["link/_news/a.md"]
    other = new(tmp_path / "other")
    put(other, "_news/a.md")
    capsys.readouterr()
    assert main(["--since", "main", "feed", "other"]) == 2
    assert capsys.readouterr().err == "feedlint: error: --since: this is no git repository\n"


def test_nothing_has_changed(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, "_news/a.md", BAD)
    commit(feed)
    put(feed, "about.txt", "no record\n")
    for option in (["--since", "main"], ["--staged"]):
        assert main(option) == 0
        assert "no feed files found" not in capsys.readouterr().err


def test_a_worktree_and_a_submodule(
    feed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(feed, "_news/a.md")
    inner = new(feed / "inner")
    put(inner, "_news/b.md")
    commit(inner)
    git(feed, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./inner", "inner")
    commit(feed)
    put(inner, "_news/b.md", BAD)
    commit(inner)
    put(inner, "_news/c.md", BAD)
    put(feed, "_news/a.md", BAD)
    assert shown(capsys, "--since", "main") == ["_news/a.md"]
    assert shown(capsys, "--since", "HEAD~", "inner") == ["inner/_news/b.md", "inner/_news/c.md"]
    git(feed, "worktree", "add", "--quiet", "../tree")
    monkeypatch.chdir(feed / "../tree")
    put(feed / "../tree", "_news/d.md", BAD)
    assert shown(capsys, "--since", "main") == ["_news/d.md"]


def test_a_hook_of_a_worktree_may_go_into_a_folder(
    feed: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(feed, "site/_news/a.md")
    commit(feed)
    git(feed, "worktree", "add", "--quiet", "../tree")
    tree = feed.parent / "tree"
    put(tree, "site/_news/a.md", BAD)
    git(tree, "add", ".")
    monkeypatch.chdir(tree / "site")
    monkeypatch.setenv("GIT_DIR", str(feed / ".git/worktrees/tree"))  # as git does, without GIT_WORK_TREE
    assert printed("--staged") == (1, ["_news/a.md:DT001"])
    assert printed("--since", "main") == (1, ["_news/a.md:DT001"])


def test_line_endings_are_those_of_the_checkout(feed: Path, printed: Printed) -> None:
    git(feed, "config", "core.autocrlf", "true")
    for number in range(3):
        put(feed, f"_news/{number}.md", story(str(number), ARTICLE).replace("\n", "\r\n"))
    put(feed, "_news/old.md", story("o", BAD).replace("\n", "\r\n"))
    commit(feed)
    put(feed, "_news/0.md", story("0", BAD).replace("\n", "\r\n"))
    put(feed, "_news/old.md", story("o", BAD).replace("quality: 61", "quality: 62").replace("\n", "\r\n"))
    (feed / "_news/1.md").touch()
    assert printed("--since", "main") == (1, ["_news/0.md:DT001", "_news/old.md:DT001"])
    assert printed("--since", "main", "--new-only") == (1, ["_news/0.md:DT001"])
    git(feed, "add", ".")
    assert "\r" not in git(feed, "cat-file", "-p", ":_news/0.md")
    assert printed("--staged") == (1, ["_news/0.md:DT001", "_news/old.md:DT001"])
    assert printed("--staged", "--new-only") == (1, ["_news/0.md:DT001"])


@pytest.mark.parametrize(
    ("setting", "end"), [("core.autocrlf=true", "\n"), ("core.autocrlf=input", "\r\n"), ("core.eol=crlf", "\n")]
)
def test_a_file_with_other_line_endings_than_a_checkout_has(
    feed: Path, printed: Printed, setting: str, end: str
) -> None:
    git(feed, "config", *setting.split("="))
    put(feed, ".gitattributes", "*.md text\n" if "eol" in setting else "")
    put(feed, "_news/a.md", story("a", MOJIBAKE).replace("\n", end))
    put(feed, "_news/b.md", story("b", MOJIBAKE).replace("\n", end))
    git(feed, "add", ".")
    edited = put(feed, "_news/b.md", story("b").replace("\n", end)).read_bytes()
    assert printed("--staged", "--select", "TX") == (1, ["_news/a.md:TX001", "_news/b.md:TX001"])
    assert printed("--staged", "--fix", "_news/a.md") == (0, [])
    assert (feed / "_news/a.md").read_bytes() == story("a", REPAIRED).replace("\n", end).encode()
    assert git(feed, "cat-file", "-p", ":_news/a.md") == story("a", REPAIRED)
    assert printed("--staged", "--select", "TX", "--fix", "_news/b.md")[0] == 2  # it has unstaged changes
    assert (feed / "_news/b.md").read_bytes() == edited


def test_what_is_not_checked_out_is_looked_at_as_git_has_it(
    feed: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("_news", "_stories"):
        put(feed, f"{folder}/a.md", story("a"))
    commit(feed)
    git(feed, "checkout", "--quiet", "-b", "topic")
    put(feed, "_stories/a.md", story("a", MOJIBAKE))
    git(feed, "mv", "_news/a.md", "_news/b.md")
    commit(feed)
    git(feed, "sparse-checkout", "set", "_news")
    (feed / "_news/b.md").unlink()  # which is gone
    assert not (feed / "_stories/a.md").exists()
    assert printed("--since", "main") == (1, ["_stories/a.md:TX001"])
    assert main(["--since", "main", "--fix", "--output-format", "concise"]) == 2
    assert "_stories/a.md: error: not repaired: it is not on disk\n" in capsys.readouterr().out
    assert not (feed / "_stories/a.md").exists()


def test_fix_repairs_what_has_changed_alone(feed: Path) -> None:
    put(feed, "_news/a.md", story("a", MOJIBAKE))
    put(feed, "_news/b.md", story("b"))
    commit(feed)
    put(feed, "_news/b.md", story("b", MOJIBAKE))
    assert main(["--since", "main", "--fix"]) == 0
    assert (feed / "_news/b.md").read_bytes() == story("b", REPAIRED).encode()
    assert (feed / "_news/a.md").read_bytes() == story("a", MOJIBAKE).encode()


# --- --staged ---------------------------------------------------------------------------------------------


def test_what_is_staged_is_looked_at_as_it_is_staged(
    feed: Path, capsys: pytest.CaptureFixture[str], printed: Printed
) -> None:
    put(feed, "_news/unstaged.md", story("u"))
    put(feed, "_news/repaired.md", story("r", BAD))
    put(feed, "_news/spoilt.md", story("s"))
    put(feed, "_news/gone.md", story("g", BAD))
    git(feed, "add", "_news/repaired.md", "_news/spoilt.md", "_news/gone.md")  # before the first commit
    put(feed, "_news/repaired.md", story("r"))
    put(feed, "_news/spoilt.md", story("s", BAD))
    (feed / "_news/gone.md").unlink()
    put(feed, "_news/unknown.md", BAD)
    assert shown(capsys, "--staged") == ["_news/repaired.md", "_news/spoilt.md", "_news/gone.md"]
    assert printed("--staged") == (1, ["_news/repaired.md:DT001", "_news/gone.md:DT001"])
    assert printed("--staged", "_news/gone.md") == (1, ["_news/gone.md:DT001"])
    assert printed("--staged", "_news/spoilt.md", "_news/unknown.md") == (0, [])
    git(feed, "commit", "--quiet", "--no-verify", "-m", "first")
    assert shown(capsys, "--staged") == []


def test_what_is_gone_is_in_scope_as_if_it_were_there(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [
        *("_news/a.md", "_news/.hidden.md", "_site/a.md", "_news/README.md", "vendor/_news/a.md", "posts/record.md"),
        *("posts/page.md", "_news/ignored.md", "off/_news/a.md", "_data/topics/a.yaml", "_data/other.yaml"),
    ]
    for name in names:
        put(feed, name, "# A page\n" if name == "posts/page.md" else ARTICLE)
    git(feed, "add", ".")
    put(feed, ".gitignore", "ignored.md\n/off/\n")
    git(feed, "add", ".gitignore")
    there = shown(capsys, "--staged")
    assert there == ["_data/topics/a.yaml", "_news/a.md", "posts/record.md"]
    for name in names:
        (feed / name).unlink()
    assert shown(capsys, "--staged") == there
    assert shown(capsys, "--staged", "posts", "_data") == ["posts/record.md", "_data/topics/a.yaml"]


def test_a_link_is_read_where_it_leads(feed: Path, printed: Printed) -> None:
    put(feed, "stories/a.txt", MOJIBAKE)
    (feed / "_news").mkdir()
    (feed / "_news/a.md").symlink_to("../stories/a.txt")
    git(feed, "add", ".")
    assert printed("--staged") == (1, ["_news/a.md:TX001"])
    status, lines = printed("--staged", "--fix")
    assert status == 2
    assert "_news/a.md:TX001" in lines
    assert (feed / "stories/a.txt").read_bytes() == MOJIBAKE.encode()


def test_a_link_has_changed_where_that_has_which_it_leads_to(feed: Path, printed: Printed) -> None:
    old = story("a", MOJIBAKE)
    put(feed, "stories/a.txt", old)
    put(feed, "stories/gone.txt")
    (feed / "_news").mkdir()
    for name in ("a", "gone"):
        (feed / f"_news/{name}.md").symlink_to(f"../stories/{name}.txt")
    commit(feed)
    put(feed, "stories/a.txt", old.replace("2020-12-08T21:40:00Z", "yesterday"))
    git(feed, "add", ".")
    assert printed("--since", "main", "--new-only") == (1, ["_news/a.md:DT001"])
    put(feed, "stories/a.txt", old)
    assert printed("--staged", "--new-only") == (1, ["_news/a.md:DT001"])  # as it is staged
    (feed / "stories/gone.txt").unlink()
    assert printed("--since", "main")[0] == 2  # it cannot be read


def test_what_is_staged_is_in_scope_whatever_is_on_disk(feed: Path, printed: Printed) -> None:
    put(feed, "posts/a.md", BAD)
    put(feed, "_news/a.md", story("n", BAD))
    git(feed, "add", ".")
    put(feed, "posts/a.md", "# A page\n")
    (feed / "_news/a.md").unlink()
    put(feed, "_news/a.md/b.txt", "a folder by that name\n")
    assert printed("--staged") == (1, ["_news/a.md:DT001", "posts/a.md:DT001"])


def test_many_pages_that_are_gone_are_read_at_once(
    feed: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        put(feed, f"pages/{number}.md", f"# Page {number}\n")
    put(feed, "_news/a.md")
    commit(feed)
    git(feed, "rm", "--quiet", "-r", "pages")
    put(feed, "_news/a.md", BAD)
    asked: list[str] = []

    def counted(folder: str, *arguments: str, **more: Any) -> bytes:
        asked.append(arguments[0])
        return run(folder, *arguments, **more)

    monkeypatch.setattr("feedlint.git.run", counted)
    assert printed("--since", "main") == (1, ["_news/a.md:DT001"])
    # The pages, to see whether they were records, and the old version of the record; of each how large it is first.
    assert asked.count("cat-file") == 4


def test_fix_stages_the_repair_and_nothing_else(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, "_news/a.md", story("a", MOJIBAKE))
    put(feed, "_news/:(top) b.md", story("b", MOJIBAKE))
    put(feed, "_news/both.md", story("c", MOJIBAKE))
    git(feed, "add", ".")
    dirty = story("c", MOJIBAKE).replace("quality: 61", "quality: 62").encode()
    put(feed, "_news/both.md", dirty)
    put(feed, "_news/other.md", story("d", MOJIBAKE))
    assert main(["--staged", "--diff"]) == 1
    assert capsys.readouterr().out.count("\n+title:") == 3
    assert main(["--staged", "--fix", "--output-format", "concise"]) == 2
    out = capsys.readouterr().out
    assert "_news/both.md: error: not repaired: it has unstaged changes\n" in out
    assert "_news/both.md:3:24: TX001" in out
    assert (feed / "_news/both.md").read_bytes() == dirty
    assert (feed / "_news/a.md").read_bytes() == story("a", REPAIRED).encode()
    for name, text in (("a", story("a", REPAIRED)), (":(top) b", story("b", REPAIRED)), ("both", story("c", MOJIBAKE))):
        assert git(feed, "cat-file", "-p", f":_news/{name}.md") == text
    assert git(feed, "diff", "--name-only").splitlines() == ["_news/both.md"]
    assert (feed / "_news/other.md").read_bytes() == story("d", MOJIBAKE).encode()


def test_what_is_repaired_when_an_interrupt_comes_is_staged(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        put(feed, f"_news/{name}.md", story(name, MOJIBAKE))
    git(feed, "add", ".")

    def stopped(path: str, old: bytes, new: bytes) -> bool:
        if to_disk(path, old, new) and path == "_news/b.md":
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(changes, "to_disk", stopped)
    with pytest.raises(KeyboardInterrupt, match="1 of 3 files were checked; files already repaired stay repaired"):
        main(["--staged", "--fix"])
    assert git(feed, "diff", "--name-only") == ""
    staged = [git(feed, "cat-file", "-p", f":_news/{name}.md") for name in ("a", "b", "c")]
    assert staged == [story("a", REPAIRED), story("b", REPAIRED), story("c", MOJIBAKE)]


def test_what_a_killed_run_has_repaired_the_next_one_stages(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, "_news/a.md", story("a", MOJIBAKE))
    git(feed, "add", ".")
    put(feed, "_news/a.md", story("a", REPAIRED))
    assert main(["--staged", "--fix"]) == 0
    assert capsys.readouterr().out == "Fixed 1 finding in 1 file; the file is clean.\n"
    assert git(feed, "diff", "--name-only") == ""
    assert git(feed, "cat-file", "-p", ":_news/a.md") == story("a", REPAIRED)


def test_what_could_not_be_repaired_is_not_staged(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(feed, "_news/a.md", story("a", MOJIBAKE))
    git(feed, "add", ".")

    def raced(path: str, old: bytes, new: bytes) -> bool:
        file.write_bytes(b"theirs")
        return to_disk(path, old, new)

    monkeypatch.setattr(changes, "to_disk", raced)
    assert main(["--staged", "--fix"]) == 2
    assert file.read_bytes() == b"theirs"
    assert git(feed, "cat-file", "-p", ":_news/a.md") == story("a", MOJIBAKE)


HOOK = f"""#!/bin/sh
exec "{sys.executable}" -m feedlint --staged --fix --quiet
"""


@pytest.mark.parametrize(
    ("where", "command"),
    [
        ("repository", ["commit"]),
        ("repository", ["commit", "-a"]),
        ("repository", ["commit", "_news/a.md"]),
        ("repository", ["commit", "--include", "_news/a.md"]),
        ("repository", ["commit", "--amend"]),
        ("worktree", ["commit", "-a"]),
        ("worktree", ["commit", "_news/a.md"]),
        ("subfolder", ["commit", "-a"]),
        ("subfolder", ["commit", "_news/a.md"]),
    ],
)
def test_a_commit_holds_the_repair(feed: Path, where: str, command: list[str]) -> None:
    put(feed, "_news/a.md", story("a"))
    put(feed, "_news/b.md", story("b"))
    commit(feed)
    hook = put(feed, ".git/hooks/pre-commit", HOOK)
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    if where == "worktree":
        git(feed, "worktree", "add", "--quiet", "../tree")
        feed = feed / "../tree"
    put(feed, "_news/a.md", story("a", MOJIBAKE))
    if command in (["commit"], ["commit", "--amend"]):
        git(feed, "add", "_news/a.md")
    if command != ["commit", "-a"]:
        put(feed, "_news/b.md", story("b", MOJIBAKE))  # not of this commit
    prefix = "" if where != "subfolder" else "_news/"
    command = [word.removeprefix(prefix) for word in command]
    git(feed / prefix, *command, "--quiet", "-m", "a story")
    assert git(feed, "show", "HEAD:_news/a.md") == story("a", REPAIRED)
    assert (feed / "_news/a.md").read_bytes() == story("a", REPAIRED).encode()
    left = "" if command == ["commit", "-a"] else " M _news/b.md\n"
    assert git(feed, "status", "--porcelain") == left


def test_a_hook_stops_a_commit(feed: Path) -> None:
    hook = put(feed, ".git/hooks/pre-commit", HOOK)
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    put(feed, "_news/a.md", BAD)
    git(feed, "add", ".")
    done = subprocess.run(["git", "commit", "-m", "bad"], cwd=feed, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "_news/a.md:5:20: error DT001" in done.stdout + done.stderr
    put(feed, "_news/a.md", ARTICLE)
    git(feed, "commit", "--quiet", "-a", "-m", "good")


# --- --new-only -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", [["--since", "main"], ["--staged"]], ids=" ".join)
def test_what_was_there_before_is_known(feed: Path, option: list[str], printed: Printed) -> None:
    put(feed, "_news/a.md", story("a", BAD))
    put(feed, "_news/moved.md", story("m", BAD))
    put(feed, "_news/value.md", story("v", BAD))
    commit(feed)
    put(feed, "_news/a.md", story("a", BAD).replace("---\n", "---\n# a comment\n\n", 1).replace("Harbour", "Harbâ€™"))
    git(feed, "mv", "_news/moved.md", "_news/here.md")
    put(feed, "_news/value.md", story("v", BAD).replace("yesterday", "tomorrow"))
    put(feed, "_news/new.md", story("n", BAD))
    git(feed, "add", ".")
    assert printed(*option) == (1, ["_news/a.md:TX001", "_news/a.md:DT001", "_news/here.md:DT001",
                                    "_news/new.md:DT001", "_news/value.md:DT001"])  # fmt: skip
    assert printed(*option, "--new-only") == (1, ["_news/a.md:TX001", "_news/new.md:DT001", "_news/value.md:DT001"])
    assert printed(*option, "--new-only", "_news/here.md") == (0, [])
    assert printed(*option, "--new-only", "--select", "DT", "_news/a.md") == (0, [])


def test_the_same_finding_once_more_is_new(feed: Path, printed: Printed) -> None:
    item = '  - title: "A tram"\n    publishedDateTime: yesterday\n    webUrl: "https://www.example.net/%d"\n'
    item += "    type: article\n    provider:\n      name: Example Post\n      domain: example.net\n    quality: 4\n"
    put(feed, "_news/a.md", ARTICLE.replace("type: article", "type: article\nrelated:\n" + item % 1, 1))
    commit(feed)
    put(feed, "_news/a.md", ARTICLE.replace("type: article", "type: article\nrelated:\n" + item % 1 + item % 2, 1))
    assert printed("--since", "main", "--select", "DT001") == (1, ["_news/a.md:DT001"] * 2)
    assert printed("--since", "main", "--select", "DT001", "--new-only") == (1, ["_news/a.md:DT001"])


def test_an_unreadable_file_that_was_so_before_passes(feed: Path, printed: Printed) -> None:
    put(feed, "_news/a.md", "title: [\n")
    commit(feed)
    put(feed, "_news/a.md", "title: [\n\n")
    assert printed("--since", "main")[0] == 1
    assert printed("--since", "main", "--new-only") == (0, [])


def test_a_file_that_has_become_unreadable_does_not_pass_for_what_else_is_known(feed: Path, printed: Printed) -> None:
    put(feed, "_news/a.md", MOJIBAKE)
    commit(feed)
    put(feed, "_news/a.md", MOJIBAKE.replace("heat: 71", "heat: [71"))
    assert printed("--since", "main", "--new-only", "--select", "TX") == (1, [])
    assert printed("--since", "main", "--new-only") == (1, ["_news/a.md:YA001"])
    commit(feed)
    put(feed, "_news/a.md", MOJIBAKE.replace("heat: 71", "heat: [72"))
    assert printed("--since", "HEAD", "--new-only", "--select", "TX,YA") == (1, ["_news/a.md:YA001"])
    put(feed, "_news/a.md", MOJIBAKE.replace("heat: 71", "heat: [71").replace("quality: 61", "quality: 62"))
    assert printed("--since", "HEAD", "--new-only", "--select", "TX,YA") == (0, [])


def test_a_fix_leaves_what_is_known_alone(feed: Path) -> None:
    old = story("a", MOJIBAKE)
    put(feed, "_news/a.md", old)
    commit(feed)
    new_ = old.replace('excerpt: "The vote', 'excerpt: "The cityâ€™s vote')
    put(feed, "_news/a.md", new_)
    assert main(["--since", "main", "--new-only", "--fix"]) == 0
    assert (feed / "_news/a.md").read_bytes() == new_.replace("cityâ€™s", "city’s").encode()


def test_what_a_new_name_brings_about_is_new(feed: Path, printed: Printed) -> None:
    for folder, name in (("_news", "ignored"), ("_stories", "outside"), ("_people", "person"), ("_drafts", "draft")):
        put(feed, f"{folder}/{name}.md", story(name, BAD))
    put(feed, "_drafts/twice.md", story("same").replace("line same", "line other"))
    put(feed, "_news/same.md", story("same"))
    put(feed, "_news/council-new-tram-line-slug.md", story("slug"))
    put(feed, "feedlint.toml", 'exclude = ["_stories"]\n[per-file-ignores]\n"ignored.md" = ["DT001"]\n')
    commit(feed)
    for old in ("_stories/outside", "_people/person", "_drafts/draft", "_drafts/twice"):
        git(feed, "mv", f"{old}.md", "_news")
    git(feed, "mv", "_news/ignored.md", "_news/known.md")
    git(feed, "mv", "_news/council-new-tram-line-slug.md", "_news/the-weather-in-the-city.md")
    expected = ["draft.md:DT001", "known.md:DT001", "outside.md:DT001", "person.md:DT001",
                "the-weather-in-the-city.md:XR004", "twice.md:XR001"]  # fmt: skip
    for option in (["--since", "main"], ["--staged"]):
        assert printed(*option, "--new-only") == (1, [f"_news/{each}" for each in expected])


# --- rules about the whole feed ---------------------------------------------------------------------------


def test_a_story_that_is_there_already_is_seen(feed: Path, printed: Printed) -> None:
    put(feed, "_news/b.md", story("b"))
    put(feed, "_news/c.md", story("c"))
    commit(feed)
    again = story("b").replace("line b", "line z")
    put(feed, "_news/z.md", again)
    for options in ([], ["--new-only"]):
        assert printed("--since", "main", *options) == (1, ["_news/z.md:XR001"])
        # The finding is in the later file, though it is the earlier one that has brought it about.
        os.rename(feed / "_news/z.md", feed / "_news/a.md")
        assert printed("--since", "main", *options) == (1, ["_news/b.md:XR001"])
        os.rename(feed / "_news/a.md", feed / "_news/z.md")
    assert printed("--since", "main", "_news/z.md") == (0, [])  # as without --since: nothing else is looked at
    git(feed, "add", ".")
    assert printed("--staged") == (1, ["_news/z.md:XR001"])


def test_two_stories_that_were_the_same_before_are_known(feed: Path, printed: Printed) -> None:
    put(feed, "_news/a.md", story("a"))
    put(feed, "_news/b.md", story("a").replace("line a", "line b"))
    put(feed, "_news/c.md", story("c"))
    commit(feed)
    for name in ("a", "b"):
        file = feed / f"_news/{name}.md"
        old = file.read_bytes()
        put(feed, f"_news/{name}.md", old.replace(b"quality: 61", b"quality: 62"))
        # In a file that has changed it is shown, as all that is found there; in the other it is no news.
        assert printed("--since", "main") == ((1, ["_news/b.md:XR001"]) if name == "b" else (0, []))
        assert printed("--since", "main", "--new-only") == (0, [])
        file.write_bytes(old)
    git(feed, "mv", "_news/a.md", "_news/x.md")
    assert printed("--since", "main", "--new-only") == (0, [])


def test_a_comment_about_the_whole_feed_that_is_gone(feed: Path, printed: Printed) -> None:
    put(feed, "_news/a.md", story("a"))
    twice = story("a").replace("line a", "line b")
    comment = "---\n# feedlint: ignore-file[XR001] -- they are updates of one story\n"
    put(feed, "_news/b.md", twice.replace("---\n", comment, 1))
    idle = story("c").replace("---\n", comment, 1)
    put(feed, "_news/c.md", idle)
    commit(feed)
    put(feed, "_news/b.md", twice)
    put(feed, "_news/c.md", idle.replace("quality: 61", "quality: 62"))
    assert printed("--since", "main", "--new-only") == (1, ["_news/b.md:XR001"])  # that of c was idle before
    assert printed("--since", "main") == (1, ["_news/b.md:XR001", "_news/c.md:FL001"])


def test_a_deleted_story_is_not_there_twice(feed: Path, printed: Printed) -> None:
    put(feed, "_news/a.md", story("a"))
    commit(feed)
    (feed / "_news/a.md").unlink()
    other = "note: |\n" + "  x\n" * 99
    put(feed, "_news/b.md", story("a").replace("quality: 61", "quality: 12").replace("heat: 71", other))
    git(feed, "add", ".")
    assert "_news/b.md:XR001" not in printed("--since", "main")[1]
    assert "_news/b.md:XR001" not in printed("--staged")[1]


def test_the_feed_of_a_commit_is_that_of_the_index(feed: Path, printed: Printed) -> None:
    put(feed, "_news/a.md", story("a"))
    put(feed, "_news/b.md", story("b"))
    put(feed, "_news/c.md", story("c"))
    commit(feed)
    put(feed, "_news/z.md", story("a").replace("line a", "line z"))
    git(feed, "add", ".")
    put(feed, "_news/a.md", story("q"))  # none of this is of the commit
    put(feed, "_news/y.md", story("c"))
    (feed / "_news/b.md").unlink()
    assert printed("--staged") == (1, ["_news/z.md:XR001"])
    put(feed, "_news/x.md", story("b").replace("line b", "line x"))
    git(feed, "add", "_news/x.md")
    assert printed("--staged") == (1, ["_news/x.md:XR001", "_news/z.md:XR001"])
    git(feed, "rm", "--quiet", "--cached", "_news/a.md")
    assert printed("--staged") == (1, ["_news/x.md:XR001"])
    put(feed, "_news/v.md", story("w").replace("line w", "line v"))
    put(feed, "_news/w.md", story("w"))
    git(feed, "add", "_news/w.md")
    assert printed("--staged") == (1, ["_news/x.md:XR001"])


def test_the_rest_of_the_feed_is_read_only_where_it_matters(
    feed: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(feed, "_news/a.md", story("a", BAD))
    put(feed, "_news/b.md", story("b"))
    commit(feed)
    seen: list[str] = []

    def read(path: str, _: int) -> bytes:
        seen.append(path)
        return Path(path).read_bytes()

    monkeypatch.setattr("feedlint.changes.from_disk", read)
    assert printed("--since", "main") == (0, [])
    assert printed("--staged") == (0, [])
    assert seen == []  # nothing has changed
    put(feed, "_news/b.md", story("b", BAD))
    assert printed("--since", "main", "--select", "DT") == (1, ["_news/b.md:DT001"])
    assert seen == ["_news/b.md"]  # no rule asks for more
    assert printed("--since", "main", "--select", "XR") == (0, [])
    assert seen == ["_news/b.md", "_news/a.md", "_news/b.md"]


def test_a_file_beside_that_cannot_be_read_is_no_news(
    feed: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(feed, "_news/a.md", "title: [\n")
    put(feed, "_news/b.md", b"\xff\xfe\0")
    (feed / "_news/c.md").symlink_to("nowhere")
    put(feed, "_news/crash.md", story("c"))
    commit(feed)
    put(feed, "_news/z.md", story("z", BAD))
    put(feed, "_news/zz.md", story("c").replace("line c", "line y"))  # the same address as that of crash.md
    assert printed("--since", "main") == (1, ["_news/z.md:DT001", "_news/zz.md:XR001"])

    def broken(document: Document, *rest: Any) -> list[Fact]:
        if document.path == "_news/crash.md":
            raise ZeroDivisionError("a fault of ours")
        return gather(document, *rest)

    monkeypatch.setattr("feedlint.linting.gather", broken)
    assert printed("--since", "main") == (1, ["_news/z.md:DT001"])


def test_of_the_files_beside_only_those_are_parsed_that_have_to_do_with_the_change(
    feed: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        put(feed, f"_news/beside-{number}.md", story(f"beside-{number}"))
    commit(feed)
    put(feed, "_news/z.md", story("beside-7"))
    parsed: list[str] = []

    def counting(data: bytes, path: str) -> Document:
        parsed.append(path)
        return parse(data, path)

    monkeypatch.setattr("feedlint.source.trace", counting)
    status, found = printed("--since", "main", "--select", "XR001,XR006")
    assert (status, sorted({line.partition(":")[0] for line in found})) == (1, ["_news/z.md"])
    assert set(parsed) == {"_news/beside-7.md", "_news/z.md"}


def test_what_was_known_says_so(feed: Path) -> None:
    put(feed, "_news/a.md", story("a", BAD))
    commit(feed)
    put(feed, "_news/a.md", story("a", BAD).replace("quality: 61", "quality: 62"))
    changed = changes.since(".", "main")
    engine = Engine(Settings(), read=changed.read)
    part = changed.part(["_news/a.md"], ["."], Configurations(Settings()))
    engine.known = [before(engine, changed, part, Beside(), new_only=True)]
    report = Report(list(engine.files(part.paths)))
    assert [diagnostic.muted for file in report.files for diagnostic in file.diagnostics] == [
        Mute("revision", "not new since main")
    ]
    assert (report.muted["revision"], report.findings, report.exit_status) == (1, [], 0)


def random_story(random: Random) -> str:
    """Return a record of few words, so that records share them, with a mistake now and then."""
    title, address, publisher = random.choice("abc"), random.choice("abcd"), random.choice(["Times", "Post"])
    text = story(address, random.choice([ARTICLE, BAD, MOJIBAKE])).replace(f"line {address}", f"line {title}")
    return text.replace("Example Times", random.choice([f"Example {publisher}", f"Example{publisher}"]))


def found(folder: Path) -> dict[tuple[str, Key], str]:
    """Return what the whole feed in *folder* has: where, with its identity, and the message."""
    report = lint_paths([str(folder)])
    return {
        (os.path.relpath(file.path, folder).replace(os.sep, "/"), key): diagnostic.code
        for file in report.files
        for diagnostic, key in zip(file.diagnostics, keys(file.diagnostics), strict=True)
    }


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_two_runs_over_the_whole_feed_differ_in(feed: Path, printed: Printed, seed: int) -> None:
    random = Random(seed)
    for number in range(8):
        put(feed, f"_news/{number}.md", random_story(random))
    commit(feed)
    git(feed, "worktree", "add", "--quiet", "--detach", "../old")
    # Where a story is deleted there is no new one, which might be taken for it under another name.
    deletes = random.random() < 0.5
    for number in sorted(random.sample(range(8 if deletes else 10), 3)):
        name = f"_news/{number}.md"
        if deletes and random.random() < 0.4:
            (feed / name).unlink()
        else:
            put(feed, name, random_story(random))
    git(feed, "add", ".")
    before, now = found(feed / "../old"), found(feed)
    changed = git(feed, "diff", "--name-only", "main").splitlines()
    new_ = [f"{path}:{code}" for (path, key), code in now.items() if (path, key) not in before]
    seen = [f"{path}:{code}" for (path, key), code in now.items() if path in changed or (path, key) not in before]
    looked_at = any((feed / name).exists() for name in changed)
    for option in (["--since", "main"], ["--staged"]):
        assert sorted(printed(*option, "--new-only")[1]) == sorted(new_ if looked_at else [])
        assert sorted(printed(*option)[1]) == sorted(seen if looked_at else [])


# --- what is around a record ------------------------------------------------------------------------------

TOPIC = 'taxonomy: topic\n_id: %s\nname: "%s"\n'
REMOTE = '  - url: "https://img.example.com/tram.jpg"\n    width: 1200\n    height: 630\n'
LOCAL = "  - url: %s\n    width: 60\n    height: 40\n"
OPTIONS = pytest.mark.parametrize("option", [["--since", "main"], ["--staged"]], ids=" ".join)
LISTED = [(["--since", "main"], []), (["--since", "main"], ["--new-only"]), (["--staged"], []),
          (["--staged"], ["--new-only"])]  # fmt: skip
WITH_NEW_ONLY = pytest.mark.parametrize(("option", "more"), LISTED, ids=[" ".join([*a, *b]) for a, b in LISTED])


def about(name: str, topic: str = "Public Transport", picture: str = "") -> str:
    """Return a story of its own about *topic*, with the local *picture* if there is one."""
    text = story(name).replace("  - Public Transport", f"  - {topic}")
    return text.replace(REMOTE, LOCAL % picture) if picture else text


@pytest.fixture
def site(feed: Path) -> Path:
    """A feed with two topics, two pictures, and stories that name them."""
    put(feed, "_data/topics/a.yaml", TOPIC % ("public-transport", "Public Transport"))
    put(feed, "_data/topics/b 1.yaml", TOPIC % ("cafe", "Cafés"))
    for name in ("tram", "café 1", "stop"):
        put(feed, f"assets/{name}.png", png(60, 40))
    put(feed, "_news/same.md", about("same", "Cafés", "/assets/caf%C3%A9%201.png"))
    put(feed, "_news/changed.md", about("changed", "Cafés", "/assets/caf%C3%A9%201.png"))
    put(feed, "_news/other.md", about("other", picture="https://feed.example/assets/tram.png"))
    put(feed, "_news/wrong.md", about("wrong", "Cooking", "/assets/nothing.png"))  # known all along
    commit(feed)
    return feed


def edit(root: Path, name: str, old: str, new_: str) -> None:
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    put(root, name, text.replace(old, new_))


@WITH_NEW_ONLY
def test_a_topic_that_is_gone(site: Path, option: list[str], more: list[str], printed: Printed) -> None:
    git(site, "rm", "--quiet", "_data/topics/b 1.yaml")
    assert printed(*option, *more) == (1, ["_news/changed.md:XR003", "_news/same.md:XR003"])  # no record has changed
    edit(site, "_news/changed.md", "quality: 61", "quality: 62")
    edit(site, "_news/other.md", "quality: 61", "quality: 62")
    git(site, "add", ".")
    assert printed(*option, *more) == (1, ["_news/changed.md:XR003", "_news/same.md:XR003"])
    assert printed(*option, *more, "_news/other.md") == (0, [])
    assert printed(*option, *more, "--ignore", "XR003") == (0, [])
    assert printed(*option, *more, "--fail-on", "error") == (0, ["_news/changed.md:XR003", "_news/same.md:XR003"])


@WITH_NEW_ONLY
def test_a_topic_with_another_name(site: Path, option: list[str], more: list[str], printed: Printed) -> None:
    edit(site, "_data/topics/b 1.yaml", "Cafés", "Cooking")
    edit(site, "_news/changed.md", "Cafés", "Cooking")
    git(site, "add", ".")
    assert printed(*option, *more) == (1, ["_news/same.md:XR003"])


def test_a_topic_that_could_not_be_read(site: Path, printed: Printed) -> None:
    put(site, "_data/topics/c.yaml", "name: [\n")
    commit(site)
    git(site, "rm", "--quiet", "_data/topics/c.yaml")
    every = ["_news/wrong.md:XR003"]  # it was not told before
    assert printed("--since", "main", "--new-only") == (1, every)
    git(site, "commit", "--quiet", "-m", "less")
    (site / "_data/topics/c.yaml").symlink_to("b 1.yaml")
    commit(site)
    (site / "_data/topics/c.yaml").unlink()
    assert printed("--since", "main", "--new-only") == (1, every)  # git has no content of a link


@WITH_NEW_ONLY
def test_a_picture_that_is_gone(site: Path, option: list[str], more: list[str], printed: Printed) -> None:
    git(site, "rm", "--quiet", "assets/café 1.png")
    assert printed(*option, *more) == (1, ["_news/changed.md:IM003", "_news/same.md:IM003"])
    edit(site, "_news/changed.md", "quality: 61", "quality: 62")
    git(site, "add", ".")
    assert printed(*option, *more) == (1, ["_news/changed.md:IM003", "_news/same.md:IM003"])


@WITH_NEW_ONLY
def test_a_picture_of_another_size(site: Path, option: list[str], more: list[str], printed: Printed) -> None:
    put(site, "assets/tram.png", png(50, 40))
    put(site, "assets/nothing.png", png(60, 40))
    git(site, "add", ".")
    assert printed(*option, *more) == (1, ["_news/other.md:IM003"])
    put(site, "assets/nothing.png", png(60, 41))
    git(site, "add", ".")
    assert printed(*option, *more) == (1, ["_news/other.md:IM003", "_news/wrong.md:IM003"])


@WITH_NEW_ONLY
def test_a_site_with_another_address(site: Path, option: list[str], more: list[str], printed: Printed) -> None:
    put(site, "_news/base.md", about("base", picture="/news/assets/nothing.png"))
    commit(site)
    edit(site, "_config.yml", "url: https://feed.example\n", "url: https://feed.example\nbaseurl: /news\n")
    git(site, "add", ".")
    assert printed(*option, *more) == (1, ["_news/base.md:IM003"])


def test_what_is_brought_about_is_not_repaired_and_says_so(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(site, "assets/tram.png", png(50, 40))
    old = (site / "_news/other.md").read_bytes()
    assert main(["--since", "main", "--fix"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Found 1 error in 1 of 1 file."
    assert (site / "_news/other.md").read_bytes() == old


def test_a_comment_or_a_baseline_knows_what_is_brought_about(
    site: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site, "_news/same.md", "- Cafés", "- Cafés  # feedlint: ignore[XR003] -- it will be back")
    commit(site)
    git(site, "rm", "--quiet", "_data/topics/b 1.yaml")
    assert printed("--since", "main", "--new-only") == (1, ["_news/changed.md:XR003"])
    assert main(["--since", "main"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Found 1 warning in 1 of 1 file."
    assert printed("--write-baseline")[0] == 0
    assert printed("--since", "main", "--new-only", "--baseline", "feedlint-baseline.txt") == (0, [])


def test_what_is_around_what_is_staged_is_that_in_the_index(site: Path, printed: Printed) -> None:
    put(site, "_news/new.md", about("new", "Cafés", "/assets/stop.png"))
    git(site, "add", ".")
    (site / "_data/topics/b 1.yaml").unlink()  # none of this is of the commit
    (site / "assets/stop.png").unlink()
    put(site, "assets/tram.png", png(1, 1))
    put(site, "_config.yml", "url: https://other.example\n")
    assert printed("--staged") == (0, [])
    git(site, "checkout", "--quiet", ".")
    git(site, "rm", "--quiet", "--cached", "_data/topics/b 1.yaml", "assets/stop.png", "assets/café 1.png")
    put(site, "_data/topics/c.yaml", TOPIC % ("cooking", "Cooking"))
    assert (site / "assets/stop.png").exists()
    gone = ["_news/new.md:XR003", "_news/new.md:IM003"]
    brought = [f"_news/{name}.md:{code}" for name in ("changed", "same") for code in ("XR003", "IM003")]
    assert printed("--staged") == (1, [*gone, *brought])
    assert printed("--staged", "--new-only") == (1, [*gone, *brought])


def test_the_ignored_files_are_those_of_the_index(site: Path, printed: Printed) -> None:
    put(site, ".gitignore", "draft.md\n")
    commit(site)
    put(site, "_news/bad.md", story("b", BAD))
    put(site, "_news/draft.md", story("same"))
    git(site, "add", ".")
    put(site, ".gitignore", "bad.md\n")
    assert printed("--staged") == (1, ["_news/bad.md:DT001"])
    put(site, ".gitignore", "bad.md\ndraft.md\nmore.md\n")
    put(site, "_news/more.md", story("b"))  # ignored now, and not in the commit
    assert printed("--staged") == (1, ["_news/bad.md:DT001"])
    git(site, "add", ".gitignore")
    assert printed("--staged") == (0, [])
    git(site, "rm", "--quiet", "--cached", ".gitignore")
    assert printed("--staged") == (1, ["_news/bad.md:DT001"])


def test_a_folder_that_is_gone_from_the_index(site: Path, printed: Printed) -> None:
    put(site, "media/2020/a.png", png(60, 40))
    put(site, "_news/media.md", about("media", picture="/media/2020/b.png"))
    commit(site)
    edit(site, "_news/media.md", "quality: 61", "quality: 62")
    git(site, "add", ".")
    assert printed("--staged") == (1, ["_news/media.md:IM003"])
    git(site, "rm", "--quiet", "--cached", "-r", "media")
    assert printed("--staged") == (0, [])  # as in a checkout, whose pictures may be kept elsewhere
    git(site, "reset", "--quiet", "media")
    (site / "media/2020/a.png").unlink()
    (site / "media/2020").rmdir()
    put(site, "media/2020", "now a file\n")
    assert printed("--staged") == (1, ["_news/media.md:IM003"])


@OPTIONS
def test_git_is_asked_no_more_where_nothing_around_has_changed(
    site: Path, option: list[str], printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(site, "_news/changed.md", "quality: 61", "quality: 62")
    edit(site, "_news/wrong.md", "quality: 61", "quality: 62")
    git(site, "add", ".")
    asked: list[str] = []

    def counted(folder: str, *arguments: str, **more: Any) -> bytes:
        asked.append(" ".join(arguments[:2]))
        return run(folder, *arguments, **more)

    looked: list[str] = []

    def noted(engine: Engine, document: Document, rules: Sequence[Rule]) -> list[Diagnostic]:
        looked.append(document.path)
        return _around(engine, document, rules)

    monkeypatch.setattr("feedlint.git.run", counted)
    monkeypatch.setattr("feedlint.whole._around", noted)
    assert printed(*option, "--new-only") == (0, [])
    assert [each for each in asked if each.startswith("cat-file")] == [
        "cat-file --batch-check=%(objectsize)",
        "cat-file --batch",
    ]
    assert looked == []
    put(site, "assets/site.css", "a {}\n")
    put(site, "about.md", "# About\n")
    git(site, "add", ".")
    assert printed(*option, "--new-only") == (0, [])
    assert looked == []
    put(site, "assets/tram.png", png(60, 40) + b"more")
    git(site, "add", ".")
    assert printed(*option, "--new-only") == (0, [])
    assert looked == ["_data/topics/a.yaml", "_data/topics/b 1.yaml", "_news/other.md", "_news/same.md"]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_around_makes_what_two_runs_over_the_whole_feed_differ_in(
    site: Path, printed: Printed, seed: int
) -> None:
    random = Random(seed)
    pictures = ["/assets/tram.png", "/assets/stop.png", "/assets/new.png", "https://other.example/assets/stop.png"]

    def record(number: int) -> str:
        return about(f"n{number}", random.choice(["Cafés", "Cooking", "Public Transport"]), random.choice(pictures))

    for number in range(6):
        put(site, f"_news/{number}.md", record(number))
    commit(site)
    git(site, "worktree", "add", "--quiet", "--detach", "../old")
    for number in random.sample(range(6), random.randrange(3)):
        put(site, f"_news/{number}.md", record(number))
    for name in random.sample(["tram", "stop", "new"], random.randrange(3)):
        file = put(site, f"assets/{name}.png", png(random.choice([60, 50]), 40))
        if random.random() < 0.5:
            file.unlink()
    if random.random() < 0.5:
        put(site, "_data/topics/b 1.yaml", TOPIC % ("x", random.choice(["Cafés", "Cooking"])))
    elif random.random() < 0.5:
        (site / "_data/topics/b 1.yaml").unlink()
    if random.random() < 0.3:
        put(site, "_config.yml", "url: https://other.example\n")
    git(site, "add", ".")
    before_, now = found(site / "../old"), found(site)
    new_ = [f"{path}:{code}" for (path, key), code in now.items() if (path, key) not in before_]
    for option in (["--since", "main"], ["--staged"]):
        assert sorted(printed(*option, "--new-only")[1]) == sorted(new_)


def test_a_file_that_is_not_repaired_is_seen_among_what_is_staged(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(site, "assets/new.png", png(60, 40))
    put(site, "_news/new.md", about("new", picture="/assets/new.png").replace("four years", "four&nbsp;years"))
    git(site, "add", ".")
    (site / "assets/new.png").unlink()
    edit(site, "_news/new.md", "quality: 61", "quality: 62")
    assert main(["--staged", "--fix", "--output-format", "concise"]) == 2
    out = capsys.readouterr().out
    assert "_news/new.md: error: not repaired: it has unstaged changes\n" in out
    assert "TX003" in out
    assert "IM003" not in out
