"""Baselines: the text, its merges, what they know after moves and renames, and what the command line makes of them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.baseline import BaselineError
from feedlint.baseline.baseline import Baseline
from feedlint.baseline.text import Entry, escaped, lines, read, render
from feedlint.cli import main
from feedlint.diagnostic import Mute
from feedlint.identity import Key
from feedlint.report import Report
from tests.git_support import commit, git, isolate, new
from tests.support import ARTICLE, put

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")
MOJIBAKE = ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan")
HEAD = "# feedlint baseline 1. Findings that were there before; `feedlint --prune-baseline` takes out what is gone.\n"
TITLE = Key("TX001", "title", "02bea5a6b132", 1)
URL = Key("UR003", "related.*.webUrl", "7e815ff2a680", 1)
BASELINE = HEAD + (
    "#ffebe9f1\n"
    "_news/2020-12-08-a.md TX001 title 02bea5a6b132\n"
    "#1c24ba02\n"
    "_news/2020-12-08-a.md UR003 related.*.webUrl 7e815ff2a680\n"
    "#0f377a18\n"
    "_news/2020-12-08-a.md UR003 related.*.webUrl 7e815ff2a680 2\n"
)
ENTRIES = [Entry("_news/2020-12-08-a.md", key) for key in (TITLE, URL, URL._replace(occurrence=2))]


# --- the text ----------------------------------------------------------------------------------------------


def test_a_baseline_as_text() -> None:
    assert render(reversed(ENTRIES)) == BASELINE
    assert read(BASELINE) == ENTRIES


def test_the_order_blank_lines_and_lines_twice_do_not_matter() -> None:
    head, *rest = BASELINE.splitlines(keepends=True)
    mixed = "\ufeff" + head + "\n" + "".join(rest[::-1] + rest).replace("\n", "\r\n")
    assert set(read(mixed)) == set(ENTRIES)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a b.md", "a%20b.md"),
        ("100%.md", "100%25.md"),
        ("two\nlines.md", "two%0Alines.md"),
        ("#1.md", "%231.md"),
        ("a#1.md", "a#1.md"),
        ("-", "%2D"),
        ("Größe.md", "Größe.md"),
        ("\u2028.md", "%E2%80%A8.md"),
        ("caf\udce9.md", "caf%E9.md"),
        ("<<<<<<< a", "%3C<<<<<<%20a"),
        (">>>>>>>\ta", "%3E>>>>>>%09a"),
    ],
)
def test_names_are_escaped_as_little_as_needed(name: str, text: str) -> None:
    assert escaped(name) == text
    key = Key("YA002", name, "0123456789ab", 3)
    assert read(render([Entry(name, key)])) == [Entry(name, key)]


def test_the_place_of_the_whole_file() -> None:
    entry = Entry("a.md", Key("FM001", "", "0123456789ab", 1))
    assert render([entry]).endswith("\na.md FM001 - 0123456789ab\n")
    assert read(render([entry])) == [entry]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: it is no baseline: it does not begin with `# feedlint baseline`"),
        (ARTICLE, "1: it is no baseline: it does not begin with `# feedlint baseline`"),
        (HEAD.replace(" 1.", " 2."), "1: it is a baseline of version 2, and this feedlint knows version 1"),
        (BASELINE + "<<<<<<< HEAD\n", "8: git has left a conflict: delete its marks and keep both sides"),
        (BASELINE + "=======\n", "8: git has left a conflict: delete its marks and keep both sides"),
        (BASELINE + ">>>>>>> main\n", "8: git has left a conflict: delete its marks and keep both sides"),
        (BASELINE + "||||||| 1234567\n", "8: git has left a conflict: delete its marks and keep both sides"),
        *(
            (BASELINE + line, "8: the line is damaged, expected: path, code, place, 12 hexadecimal digits")
            for line in (
                "a.md TX001 title 02bea5a6b13",
                "a.md TX001 title 02BEA5A6B132",
                "a.md TX001 title 02bea5a6b132 0",
                f"a.md TX001 title 02bea5a6b132 {'9' * 5000}",
                "a.md TX001 02bea5a6b132",
                "a b.md TX001 title 02bea5a6b132",
                "a%.md TX001 title 02bea5a6b132",
                "a.md TX001 title 02bea5a6b132\0",
                "a.md TX001 title 02bea5a6b132\u2028a.md TX001 title 02bea5a6b132",
            )
        ),
    ],
)  # fmt: skip
def test_damage_is_said_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(BaselineError) as error:
        read(text)
    assert str(error.value) == problem


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
KEYS = st.builds(
    Key,
    st.sampled_from(["TX001", "UR003", "XR001"]),
    st.just("") | NAMES,
    st.sampled_from(["02bea5a6b132", "7e815ff2a680", "000000000000"]),
    st.integers(1, 3),
)
ALL = st.sets(st.builds(Entry, NAMES, KEYS), max_size=20)


@given(ALL)
def test_what_is_written_is_read(entries: set[Entry]) -> None:
    assert read(render(entries)) == sorted(entries)


# --- merges ------------------------------------------------------------------------------------------------


def without(text: str, gone: set[Entry]) -> str:
    """Return *text* as a run prunes it of *gone*."""
    return "".join(line for line, entry in lines(text) if entry not in gone)


def merge_file(folder: Path, base: str, ours: str, theirs: str) -> str:
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(text, encoding="utf-8")
    argv = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    done = subprocess.run(argv, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    return done.stdout.decode()


@given(entries=ALL, choice=st.randoms(use_true_random=False))
def test_two_branches_that_prune_any_entries_merge(tmp_path: Path, entries: set[Entry], choice) -> None:  # type: ignore[no-untyped-def]
    base = render(entries)
    ours, theirs = ({entry for entry in sorted(entries) if choice.random() < 0.5} for _ in range(2))
    merged = merge_file(tmp_path, base, without(base, ours), without(base, theirs))
    assert set(read(merged)) == entries - ours - theirs


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A feed in a git repository, the current folder, without a commit."""
    feed = tmp_path / "feed"
    (feed / "_news").mkdir(parents=True)
    (feed / "_config.yml").write_text("url: https://feed.example\n", encoding="utf-8")
    monkeypatch.chdir(feed)
    isolate(monkeypatch)
    return new(feed)


class Runs:
    """Runs the command line, and keeps the report that it shows."""

    def __init__(self) -> None:
        self.report = Report(())

    def show(self, report: Report, *_: object) -> None:
        self.report = report

    def __call__(self, *argv: str) -> int:
        self.report = Report(())
        return main([*argv, "--ignore", "XR001,XR006"])

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.report.findings]

    @property
    def notes(self) -> list[str]:
        return list(self.report.notes)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs()
    monkeypatch.setattr("feedlint.cli.check.show", runs.show)
    return runs


FILE = "feedlint-baseline.txt"
KNOWN = ("--baseline", FILE)


def entries_of(feed: Path) -> list[tuple[str, str]]:
    return [(entry.path, entry.key.code) for entry in read((feed / FILE).read_text(encoding="utf-8"))]


def test_branches_that_prune_neighbours_merge(feed: Path, run: Runs) -> None:
    links = [f'  - title: "Story {n}"\n    webUrl: "http://www.example.net/{n}"\n    type: article\n' for n in range(4)]
    text = ARTICLE.replace("secured:", "related:\n" + "".join(links) + "secured:")
    put(feed, text)
    for name in "bcd":
        put(feed, MOJIBAKE, f"_news/{name}.md")
    rules = ("--select", "TX001,UR003")
    assert run("--write-baseline", *rules) == 0
    assert run.notes == ["Wrote 7 findings in 4 files to feedlint-baseline.txt."]
    commit(feed)
    put(feed, text.replace("http://www.example.net/1", "https://www.example.net/1"))  # within one record
    put(feed, ARTICLE, "_news/b.md")
    put(feed, ARTICLE, "_news/d.md")
    assert run("--prune-baseline", *KNOWN, *rules) == 0
    commit(feed, "ours")
    git(feed, "checkout", "-q", "-b", "other", "HEAD~1")
    put(feed, text.replace("http://www.example.net/2", "https://www.example.net/2"))
    put(feed, ARTICLE, "_news/c.md")
    put(feed, ARTICLE, "_news/d.md")  # both take it out
    assert run("--prune-baseline", *KNOWN, *rules) == 0
    put(feed, text)  # whose lines are neighbours: it is the baseline that is to be merged
    git(feed, "checkout", "-q", "main", "--", "_news/a.md")
    commit(feed, "theirs")
    git(feed, "merge", "-q", "main")
    assert entries_of(feed) == [("_news/a.md", "UR003"), ("_news/a.md", "UR003")]


def test_one_branch_prunes_all_and_the_other_one(feed: Path, run: Runs) -> None:
    for name in "abc":
        put(feed, MOJIBAKE, f"_news/{name}.md")
    run("--write-baseline")
    commit(feed)
    put(feed, ARTICLE, "_news/b.md")
    run("--prune-baseline", *KNOWN)
    commit(feed, "ours")
    git(feed, "checkout", "-q", "-b", "other", "HEAD~1")
    for name in "abc":
        put(feed, ARTICLE, f"_news/{name}.md")
    run("--prune-baseline", *KNOWN)
    commit(feed, "theirs")
    git(feed, "merge", "-q", "main")
    assert entries_of(feed) == []
    assert run(*KNOWN) == 0


# --- what is known -----------------------------------------------------------------------------------------


def test_what_was_there_is_known_and_what_is_new_is_not(feed: Path, run: Runs) -> None:
    file = put(feed, MOJIBAKE)
    assert run() == 1
    assert run("--write-baseline") == 0
    assert run.codes == []
    assert run.report.muted == {"baseline": 1}
    assert run.notes == ["Wrote 1 finding in 1 file to feedlint-baseline.txt."]
    assert run(*KNOWN) == 0
    assert run.report.files[0].diagnostics[0].muted == Mute("baseline", FILE)
    assert run() == 1
    assert run("--no-baseline") == 1
    file.write_bytes(MOJIBAKE.replace("title:", "# a comment\n\ntitle:").replace("\n", "\r\n").encode())
    assert run(*KNOWN) == 0
    file.write_bytes(MOJIBAKE.replace("plan approves", "plan rejects").encode())
    assert run(*KNOWN) == 1
    assert run.codes == ["TX001"]


def test_a_second_one_of_the_same_value_is_new(feed: Path, run: Runs) -> None:
    link = '  - title: "Story"\n    webUrl: "http://www.example.net/1"\n    type: article\n'
    text = ARTICLE.replace("secured:", "related:\n" + link + "secured:")
    put(feed, text)
    rules = ("--select", "UR003")
    run("--write-baseline", *rules)
    put(feed, text.replace(link, link + link))
    run(*KNOWN, *rules)
    assert run.codes == ["UR003"]
    run("--write-baseline", *rules)
    assert (feed / FILE).read_text(encoding="utf-8").splitlines()[-1].endswith(" 2")
    put(feed, text)
    run("--prune-baseline", *KNOWN, *rules)
    assert len(entries_of(feed)) == 1
    run(*KNOWN, *rules)
    assert run.codes == []


def test_a_file_that_cannot_be_read_may_be_known(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE.replace("type: article", 'type: "article'))
    assert run() == 1
    assert run("--write-baseline") == 0
    assert run(*KNOWN) == 0
    assert run.report.unreadable == 1


def test_fixes_leave_what_is_known_alone(feed: Path, run: Runs) -> None:
    old, new = put(feed, MOJIBAKE, "_news/old.md"), feed / "_news/new.md"
    run("--write-baseline")
    put(feed, MOJIBAKE, "_news/new.md")
    assert run("--fix", *KNOWN) == 0
    assert old.read_bytes() == MOJIBAKE.encode()
    assert "â€™" not in new.read_text(encoding="utf-8")
    assert run("--fix", "--no-baseline") == 0
    assert "â€™" not in old.read_text(encoding="utf-8")


def test_standard_input_has_a_baseline(feed: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    put(feed, MOJIBAKE)
    run("--write-baseline")

    class Input:
        buffer = io.BytesIO(MOJIBAKE.encode())

    for name, status in (("_news/a.md", 0), ("_news/b.md", 1)):
        Input.buffer.seek(0)
        monkeypatch.setattr("sys.stdin", Input)
        assert run("-", "--stdin-filename", name, *KNOWN) == status


def test_names_with_spaces_newlines_and_bytes(feed: Path, run: Runs) -> None:
    names = ["_news/a b.md", "_news/two\nlines.md", "_news/Größe.md", os.fsdecode(b"_news/caf\xe9.md")]
    for name in names:
        (feed / name).write_bytes(MOJIBAKE.encode())
    assert run("--write-baseline", "--select", "TX") == 0
    assert sorted(path for path, _ in entries_of(feed)) == sorted(names)
    assert run(*KNOWN, "--select", "TX") == 0
    assert run.report.muted == {"baseline": 4}


def test_paths_are_seen_from_the_baseline(feed: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    put(feed, MOJIBAKE)
    (feed / "ci").mkdir()
    assert run("--write-baseline", "--baseline", "ci/known.txt") == 0
    assert "../_news/a.md TX001 title" in (feed / "ci/known.txt").read_text(encoding="utf-8")
    monkeypatch.chdir(feed / "_news")
    assert run("--baseline", "../ci/known.txt") == 0


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_paths_and_baselines_through_links_are_the_same(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE)
    run("--write-baseline")
    (feed / "ci").mkdir()
    (feed / "ci" / "known.txt").symlink_to(f"../{FILE}")
    (feed.parent / "link").symlink_to(feed)
    for path, name in (("../link/_news", FILE), (".", f"../link/{FILE}"), (".", "ci/known.txt")):
        assert run(path, "--baseline", name) == 0
        assert run(path, "--baseline", name, "--prune-baseline") == 0
        assert run(path, "--baseline", name, "--write-baseline") == 0
        assert entries_of(feed) == [("_news/a.md", "TX001")]
    assert (feed / "ci" / "known.txt").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_that_leads_out_of_the_repository_is_not_written(
    feed: Path, run: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    put(feed, MOJIBAKE)
    (feed.parent / "known.txt").write_text(HEAD, encoding="utf-8")
    (feed / FILE).symlink_to("../known.txt")
    assert run("--write-baseline") == 2
    assert capsys.readouterr().err.endswith("it is a symbolic link that leads out of the repository\n")
    assert (feed.parent / "known.txt").read_text(encoding="utf-8") == HEAD


# --- renames -----------------------------------------------------------------------------------------------


def test_a_renamed_record_is_known(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE, "_news/p.md")
    run("--write-baseline")
    commit(feed)
    git(feed, "mv", "_news/p.md", "_news/q.md")
    assert run(*KNOWN) == 0  # not committed
    assert run.notes == []
    commit(feed)
    put(feed, MOJIBAKE.replace("type: article", "type:  article"), "_news/q.md")
    commit(feed)
    git(feed, "mv", "_news/q.md", "_news/r 5.md")
    commit(feed)
    assert run(*KNOWN) == 0
    assert run.notes == []
    assert run("--prune-baseline", *KNOWN) == 0
    assert entries_of(feed) == [("_news/r 5.md", "TX001")]


def test_a_renamed_record_is_written_by_its_name(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE, "_news/p.md")
    run("--write-baseline")
    commit(feed)
    git(feed, "mv", "_news/p.md", "_news/q.md")
    put(feed, ARTICLE, "_news/z.md")
    assert run("--write-baseline", "_news/z.md") == 0  # the other is kept, and by its new name
    assert entries_of(feed) == [("_news/q.md", "TX001")]
    assert run.notes == [
        "Wrote 0 findings in 0 files to feedlint-baseline.txt, and kept 1 that this run did not look for."
    ]


def test_a_record_that_was_renamed_and_then_deleted_is_gone(feed: Path, run: Runs) -> None:
    put(feed, ARTICLE)
    put(feed, MOJIBAKE, "_news/p.md")
    run("--write-baseline")
    commit(feed)
    git(feed, "mv", "_news/p.md", "_news/q.md")
    commit(feed)
    git(feed, "rm", "-q", "_news/q.md")
    commit(feed)
    assert run("--prune-baseline", *KNOWN) == 0
    assert entries_of(feed) == []


def test_a_new_file_of_the_name_that_a_record_once_had_is_new(feed: Path, run: Runs) -> None:
    lacking = ARTICLE.replace("type: article\n", "")
    put(feed, lacking, "_news/p.md")
    run("--write-baseline")
    commit(feed)
    git(feed, "mv", "_news/p.md", "_news/q.md")
    commit(feed)
    git(feed, "rm", "-q", "_news/q.md")
    commit(feed)
    put(feed, lacking.replace("Harbour", "Garden"), "_news/q.md")
    assert run(*KNOWN) == 1
    commit(feed)
    assert run(*KNOWN) == 1
    assert run.codes == ["SC001"]


def test_a_record_renamed_on_a_branch_that_was_merged_is_known(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE, "_news/p.md")
    run("--write-baseline")
    commit(feed)
    git(feed, "checkout", "-q", "-b", "other")
    git(feed, "mv", "_news/p.md", "_news/two\nlines 5.md")
    commit(feed)
    git(feed, "checkout", "-q", "main")
    put(feed, ARTICLE, "_news/b.md")
    commit(feed)
    git(feed, "merge", "-q", "--no-ff", "-m", "m", "other")
    assert run(*KNOWN, "--select", "TX") == 0
    assert run.report.muted == {"baseline": 1}


def test_what_is_known_of_a_value_is_new_when_the_value_changes(feed: Path, run: Runs) -> None:
    put(feed, ARTICLE.replace("Harbour council", "Harbour  council"))
    run("--write-baseline")
    put(feed, MOJIBAKE.replace("Harbour council", "Harbour  council"))
    assert run(*KNOWN) == 1
    assert run.codes == ["TX002", "TX001"]
    assert run("--fix", *KNOWN) == 1  # so it is after a repair of the same value
    assert run.codes == ["TX002"]


OTHER = """\
---
category: news
title: "Harbour councilâ€™s plan approves the new tram line"
---
"""


def test_a_new_file_in_place_of_a_deleted_one_is_new(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE, "_news/p.md")
    run("--write-baseline", "--select", "TX")
    commit(feed)
    (feed / "_news/p.md").unlink()
    put(feed, OTHER, "_news/q.md")
    commit(feed)
    assert run(*KNOWN, "--select", "TX") == 1
    assert run.notes == [
        "1 entry of feedlint-baseline.txt is not found any more, --prune-baseline takes it out: _news/p.md TX001 title."
    ]


def test_a_new_file_by_the_old_name_is_what_is_known(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE, "_news/p.md")
    put(feed, MOJIBAKE, "_news/z.md")
    run("--write-baseline")
    commit(feed)
    git(feed, "mv", "_news/p.md", "_news/q.md")
    git(feed, "rm", "-q", "_news/z.md")  # so that git is asked
    commit(feed)
    put(feed, MOJIBAKE, "_news/p.md")
    assert run(*KNOWN, "--select", "TX") == 1
    assert [finding.path for finding in run.report.findings] == ["_news/q.md"]


def test_without_history_a_rename_cannot_be_told(feed: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    put(feed, MOJIBAKE, "_news/p.md")
    run("--write-baseline")
    commit(feed)
    git(feed, "mv", "_news/p.md", "_news/q.md")
    commit(feed)
    git(feed.parent, "clone", "-q", "--depth", "1", feed.as_uri(), "shallow")
    monkeypatch.chdir(feed.parent / "shallow")
    assert run("--prune-baseline", *KNOWN) == 1
    (note,) = run.notes
    assert note == (
        "feedlint-baseline.txt knows files that are gone, and whether they were renamed cannot be told: the clone is "
        "shallow: fetch all of its history (fetch-depth: 0, or git fetch --unshallow)."
    )
    assert entries_of(feed.parent / "shallow") == [("_news/p.md", "TX001")]


def test_without_git_a_rename_cannot_be_told(tmp_path: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    put(tmp_path, MOJIBAKE, "_news/p.md")
    run("--write-baseline")
    (tmp_path / "_news/p.md").rename(tmp_path / "_news/q.md")
    assert run(*KNOWN) == 1
    assert run.notes[0].startswith(
        "feedlint-baseline.txt knows files that are gone, and whether they were renamed cannot be told: not a git repo"
    )


def test_a_file_that_is_not_checked_out_is_not_gone(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE, "_news/a.md")
    put(feed, MOJIBAKE, "_learning/b.md")
    run("--write-baseline", "--select", "TX")
    commit(feed)
    git(feed, "sparse-checkout", "set", "_news")
    assert not (feed / "_learning/b.md").exists()
    assert run("--prune-baseline", *KNOWN) == 0
    assert entries_of(feed) == [("_learning/b.md", "TX001"), ("_news/a.md", "TX001")]


def test_the_baseline_may_be_in_a_folder_below(feed: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    put(feed, MOJIBAKE, "site/_news/p.md")
    monkeypatch.chdir(feed / "site")
    run("--write-baseline")
    commit(feed)
    git(feed, "mv", "site/_news/p.md", "site/_news/q.md")
    commit(feed)
    git(feed, "config", "diff.relative", "true")
    assert run(*KNOWN) == 0
    assert run.report.muted == {"baseline": 1}


def test_git_is_asked_only_where_files_are_gone(feed: Path, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    put(feed, MOJIBAKE)
    run("--write-baseline")
    put(feed, MOJIBAKE.replace("plan approves", "plan rejects"))

    def never(*_: object) -> None:
        raise AssertionError("git was asked")

    monkeypatch.setattr("feedlint.baseline.baseline.renames", never)
    assert run(*KNOWN) == 1


# --- what is not found any more ----------------------------------------------------------------------------


def test_only_what_a_run_looks_for_is_stale(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE)
    put(feed, MOJIBAKE, "_news/b.md")
    run("--write-baseline")
    put(feed, ARTICLE)
    put(feed, ARTICLE, "_news/b.md")
    stale = (
        "1 entry of feedlint-baseline.txt is not found any more, --prune-baseline takes it out: _news/a.md TX001 title."
    )
    assert run(*KNOWN, "_news/a.md") == 0
    assert run.notes == [stale]
    assert run(*KNOWN, "--select", "UR") == 0
    assert run.notes == []
    assert run(*KNOWN, "--diff") == 0
    assert run.notes == []
    assert run("--prune-baseline", *KNOWN, "_news/b.md") == 0
    assert run.notes == ["Took 1 entry out of feedlint-baseline.txt: _news/b.md TX001 title."]
    assert entries_of(feed) == [("_news/a.md", "TX001")]


def test_what_is_behind_the_damage_of_a_file_is_not_gone(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE)
    put(feed, ARTICLE.replace("\nexcerpt", '\ntitle: "Another title"\nexcerpt'), "_news/b.md")
    put(feed, ARTICLE.replace("heat: 71", "heat: [1}"), "_news/c.md")
    run("--write-baseline")
    known = entries_of(feed)
    assert [code for _, code in known] == ["TX001", "YA002", "YA001"]
    put(feed, MOJIBAKE.replace('tram line"\nex', "tram line\nex"))  # the line of the title cannot be read
    put(feed, ARTICLE.replace("\nexcerpt", '\ntitle: "Another title\nexcerpt'), "_news/b.md")
    put(feed, ARTICLE.replace("quality: 61", "quality: [1}").replace("heat: 71", "heat: [1}"), "_news/c.md")
    assert run("--prune-baseline", *KNOWN) == 1
    assert entries_of(feed) == known
    assert run("--write-baseline") == 0
    assert set(known) < set(entries_of(feed))
    put(feed, MOJIBAKE)
    assert run(*KNOWN, "_news/a.md") == 0


@needs_links
def test_a_file_that_cannot_be_read_judges_nothing(feed: Path, run: Runs) -> None:
    file = put(feed, MOJIBAKE)
    run("--write-baseline")
    file.unlink()
    file.symlink_to("nowhere.md")
    assert run("--prune-baseline", *KNOWN) == 2
    assert entries_of(feed) == [("_news/a.md", "TX001")]
    assert run("--write-baseline") == 2
    assert entries_of(feed) == [("_news/a.md", "TX001")]


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("SC004", ARTICLE.replace("quality: 61", "quality: -1")),  # none of its family can run on lines
        ("UR009", ARTICLE.replace("domain: example.com", "domain: www.example.com")),  # some can
    ],
)
def test_a_rule_that_could_not_run_judges_nothing(feed: Path, run: Runs, code: str, wrong: str) -> None:
    put(feed, wrong)
    run("--write-baseline")
    assert entries_of(feed) == [("_news/a.md", code)]
    put(feed, wrong.replace("type: article", 'type: "article'))
    run(*KNOWN)
    assert run.notes == []


def test_rules_about_the_whole_feed_judge_when_they_see_it(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, ARTICLE, "_news/a.md")
    put(feed, ARTICLE, "_news/b.md")
    assert main(["--write-baseline"]) == 0
    assert entries_of(feed) == [("_news/b.md", "XR001")]
    assert main(["--prune-baseline", *KNOWN, "_news/b.md"]) == 0
    assert entries_of(feed) == [("_news/b.md", "XR001")]
    (feed / "_news/a.md").unlink()
    assert main(["--prune-baseline", *KNOWN]) == 0
    assert entries_of(feed) == []
    capsys.readouterr()


@pytest.mark.parametrize("option", ["--prune-baseline", "--write-baseline"])
def test_a_staged_file_that_is_not_on_disk_is_not_gone(feed: Path, run: Runs, option: str) -> None:
    put(feed, MOJIBAKE)
    run("--write-baseline")
    commit(feed)
    put(feed, MOJIBAKE.replace("quality: 61", "quality: 62"))
    git(feed, "add", "-A")
    (feed / "_news/a.md").unlink()
    assert run("--staged", "--select", "UR", option, *KNOWN) == 0
    assert run("--staged", option, *KNOWN) == 0
    assert entries_of(feed) == [("_news/a.md", "TX001")]


@pytest.mark.parametrize("option", ["--prune-baseline", "--write-baseline"])
def test_a_file_that_a_change_brings_in_was_not_looked_at(feed: Path, run: Runs, option: str) -> None:
    put(feed, MOJIBAKE, "_news/b.md")
    main(["--write-baseline"])
    commit(feed)
    put(feed, ARTICLE, "_news/a.md")
    main(["--since", "HEAD", *KNOWN])
    assert "XR001" in run.codes  # found in b.md, where the story is the second
    assert run.notes == []
    main(["--since", "HEAD", option, *KNOWN])
    assert ("_news/b.md", "TX001") in entries_of(feed)
    assert main(["--since", "HEAD", *KNOWN]) == (1 if option == "--prune-baseline" else 0)


def test_each_of_several_baselines_has_what_is_its_own(feed: Path, run: Runs) -> None:
    (feed / "feedlint.toml").write_text('baseline = "all.txt"\n', encoding="utf-8")
    put(feed, MOJIBAKE, "_news/a.md")
    put(feed, MOJIBAKE, "site/_news/b.md")
    run("--write-baseline")
    (feed / "site" / "feedlint.toml").write_text('baseline = "known.txt"\n', encoding="utf-8")
    (feed / "site" / "known.txt").write_text(HEAD, encoding="utf-8")
    run()
    assert len(run.codes) == 1
    assert run("--write-baseline") == 0
    paths = [
        [entry.path for entry in read((feed / name).read_text(encoding="utf-8"))]
        for name in ("all.txt", "site/known.txt")
    ]
    assert paths == [["_news/a.md"], ["_news/b.md"]]
    (feed / "site" / "known.txt").write_text(HEAD, encoding="utf-8")
    assert run("_news", "--write-baseline") == 0
    assert run() == 1


def test_pruning_leaves_every_other_byte(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE)
    put(feed, MOJIBAKE, "_news/b.md")
    run("--write-baseline")
    text = "\ufeff" + (feed / FILE).read_text(encoding="utf-8").replace("\n", "\r\n") + "# of ours"
    (feed / FILE).write_bytes(text.encode())
    put(feed, ARTICLE)
    run("--prune-baseline", *KNOWN)
    gone = [line for line in text.splitlines(keepends=True) if line.startswith("_news/a.md")]
    assert (feed / FILE).read_bytes() == text.replace(gone[0], "").encode()
    before = (feed / FILE).stat().st_mtime_ns
    run("--prune-baseline", *KNOWN)
    assert (feed / FILE).stat().st_mtime_ns == before


def test_many_stale_entries_are_ten_named(feed: Path, run: Runs) -> None:
    for number in range(12):
        put(feed, MOJIBAKE, f"_news/{number:02}.md")
    run("--write-baseline")
    for number in range(12):
        put(feed, ARTICLE, f"_news/{number:02}.md")
    run(*KNOWN)
    (note,) = run.notes
    assert note.startswith(
        "12 entries of feedlint-baseline.txt are not found any more, --prune-baseline takes them out: "
    )
    assert note.endswith("_news/09.md TX001 title, and 2 more.")


# --- writing -----------------------------------------------------------------------------------------------


def test_writing_covers_what_was_checked_and_keeps_the_rest(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE)
    put(feed, MOJIBAKE, "_news/b.md")
    run("--write-baseline")
    put(feed, ARTICLE)
    put(feed, ARTICLE.replace("quality: 61", "quality: -1"), "_news/b.md")
    run("--write-baseline", "_news/a.md")
    assert entries_of(feed) == [("_news/b.md", "TX001")]
    run("--write-baseline", "--select", "SC004")
    assert entries_of(feed) == [("_news/b.md", "SC004"), ("_news/b.md", "TX001")]
    run("--write-baseline")
    assert ("_news/b.md", "TX001") not in entries_of(feed)


def test_what_a_comment_mutes_is_not_written(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE.replace("title:", "# feedlint: ignore[TX001] as on the poster\ntitle:", 1))
    run("--write-baseline", "--select", "TX001")
    assert entries_of(feed) == []


def test_a_finding_says_which_baseline_knows_it_where_there_is_one(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE)
    run("--write-baseline")
    run(*KNOWN)
    assert [d.muted for file in run.report.files for d in file.diagnostics] == [Mute("baseline", FILE)]
    put(feed, MOJIBAKE, "site/_news/b.md")
    put(feed, "baseline = 'known.txt'", "site/feedlint.toml")
    put(feed, f"baseline = '{FILE}'", "feedlint.toml")
    run("--write-baseline")
    assert {d.muted for file in run.report.files for d in file.diagnostics} == {Mute("baseline")}


def test_fixing_and_writing_writes_what_is_left(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE.replace("2020-12-08T21:40:00Z", "yesterday"))
    assert run("--fix", "--write-baseline") == 0
    assert entries_of(feed) == [("_news/a.md", "DT001")]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--baseline", "none.txt"], "none.txt: there is no such file: --write-baseline makes it"),
        (["--baseline", "_news"], "_news: it is not a regular file"),
        (["--baseline", "_news/a.md"], "_news/a.md:1: it is no baseline: it does not begin with `# feedlint baseline`"),
        (["--write-baseline", "--baseline", "_news/a.md"], "_news/a.md:1: it is no baseline"),
        (["--prune-baseline"], "--prune-baseline needs a baseline: name it with --baseline"),
        (["--write-baseline", "--prune-baseline"], "--write-baseline takes out what is gone, too"),
        (["--write-baseline", "--no-baseline"], "--write-baseline needs the baseline that --no-baseline leaves out"),
        (["--prune-baseline", "--diff"], "--diff writes nothing, and --prune-baseline does: choose one"),
        (["-", "--write-baseline"], "--write-baseline needs the files themselves, not standard input"),
        (["--write-baseline", "--baseline", "no/folder.txt"], "no/folder.txt was not written: No such file"),
    ],
)
def test_what_cannot_be_done(
    feed: Path, run: Runs, capsys: pytest.CaptureFixture[str], argv: list[str], message: str
) -> None:
    file = put(feed, MOJIBAKE)
    assert run(*argv) == 2
    assert capsys.readouterr().err.startswith(f"feedlint: error: {message}")
    assert file.read_bytes() == MOJIBAKE.encode()


def test_a_baseline_that_is_not_utf8(feed: Path, run: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed, ARTICLE)
    (feed / FILE).write_bytes(HEAD.encode() + b"a\xe9.md TX001 title 0123456789ab\n")
    assert run(*KNOWN) == 2
    assert capsys.readouterr().err == (
        "feedlint: error: feedlint-baseline.txt:2: the line is damaged: it is not UTF-8\n"
    )


def test_a_new_baseline_has_the_mode_of_new_files(feed: Path, run: Runs) -> None:
    put(feed, MOJIBAKE)
    old = os.umask(0o027)
    try:
        run("--write-baseline")
    finally:
        os.umask(old)
    assert (feed / FILE).stat().st_mode & 0o777 == 0o640
    assert [file.name for file in feed.iterdir() if file.name.endswith(".tmp")] == []


def test_a_baseline_by_itself() -> None:
    baseline = Baseline("known.txt", BASELINE.encode())
    known = baseline.of("_news/2020-12-08-a.md")
    assert TITLE in known
    assert TITLE._replace(occurrence=2) not in known
    assert TITLE not in baseline.of("_news/2020-12-08-b.md")
