"""What git is asked, and what is made of its answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from feedlint.git import (
    Difference,
    GitError,
    Version,
    contents,
    differences,
    merge_base,
    run,
    stage,
    toplevel,
    untracked,
)
from tests.git_support import commit, git, isolate, new

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
ODD = [
    "two words.md",
    "line\nbreak.md",
    " leading.md",
    "-dash.md",
    "Łódź 항구.md",
    "tab\t.md",
    ":(top)magic.md",
    "a*.md",
]


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return new(tmp_path / "repo")


def names(found: list[Difference]) -> set[tuple[str | None, str | None]]:
    return {(each.old and each.old.path, each.new and each.new.path) for each in found}


def test_the_root_is_that_of_the_working_tree(repo: Path) -> None:
    (repo / "sub dir").mkdir()
    assert Path(toplevel(str(repo / "sub dir"))).samefile(repo)
    with pytest.raises(GitError, match=r"not a git repository"):
        toplevel(str(repo.parent))


def test_there_may_be_no_git(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo))
    with pytest.raises(GitError, match=r"git cannot be run: No such file or directory"):
        toplevel(str(repo))


def test_git_speaks_english_whatever_the_locale(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    with pytest.raises(GitError, match=r"^not a git repository"):
        toplevel(str(repo.parent))


def test_an_argument_may_hold_anything(repo: Path) -> None:
    commit(repo)
    for revision in ("nul\0", "-h", "--help", "", "a b", "main..x", "\udc80", "main\n", ":/x", "@{-1}"):
        with pytest.raises(GitError):
            merge_base(str(repo), revision)


def test_merge_base(repo: Path) -> None:
    with pytest.raises(GitError, match=r"^there is no commit yet$"):
        merge_base(str(repo), "main")
    commit(repo)
    base = git(repo, "rev-parse", "HEAD").strip()
    git(repo, "checkout", "--quiet", "-b", "topic")
    commit(repo, "one")
    git(repo, "checkout", "--quiet", "main")
    commit(repo, "two")
    assert merge_base(str(repo), "topic") == base
    with pytest.raises(GitError, match=r"^there is no revision 'mian'$"):
        merge_base(str(repo), "mian")
    git(repo, "checkout", "--quiet", "--orphan", "other")
    commit(repo, "another beginning")
    with pytest.raises(GitError, match=r"^'main' and HEAD cannot be compared: they have no commit in common$"):
        merge_base(str(repo), "main")


def test_a_branch_that_is_only_at_the_origin_is_hinted_at(repo: Path, tmp_path: Path) -> None:
    commit(repo)
    git(repo, "branch", "topic")
    git(tmp_path, "clone", "--quiet", "--branch", "topic", str(repo), "clone")
    with pytest.raises(GitError, match=r"^there is no revision 'main', did you mean 'origin/main'\?$"):
        merge_base(str(tmp_path / "clone"), "main")


def test_a_shallow_clone_is_explained(repo: Path, tmp_path: Path) -> None:
    commit(repo)
    git(repo, "checkout", "--quiet", "-b", "topic")
    commit(repo)
    commit(repo)
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "topic", repo.as_uri(), "clone")
    clone = tmp_path / "clone"
    words = "this clone is shallow: get its history first .actions/checkout: fetch-depth: 0; git fetch --unshallow."
    with pytest.raises(GitError, match=rf"^there is no revision 'main'; {words}$"):
        merge_base(str(clone), "main")
    git(clone, "fetch", "--quiet", "--depth", "1", "origin", "main:main")
    with pytest.raises(GitError, match=rf"^'main' and HEAD cannot be compared: {words}$"):
        merge_base(str(clone), "main")


def test_differences(repo: Path) -> None:
    for name in ("same", "edited", "gone", "moved", "staged", "dropped"):
        (repo / name).write_text(f"{name}\n" * 20, encoding="utf-8")
    commit(repo)
    (repo / "edited").write_text("other\n", encoding="utf-8")
    (repo / "gone").unlink()
    git(repo, "mv", "moved", "new name")
    (repo / "staged").write_text("other\n", encoding="utf-8")
    (repo / "fresh").write_text("1\n", encoding="utf-8")
    git(repo, "add", "staged", "fresh")
    git(repo, "rm", "--quiet", "--cached", "dropped")
    (repo / "unknown").write_text("1\n", encoding="utf-8")
    os.utime(repo / "same", (1, 1))  # touched, but the same
    renamed = ("moved", "new name")
    fresh, gone, dropped = (None, "fresh"), ("gone", None), ("dropped", None)
    edited, changed = ("edited", "edited"), ("staged", "staged")
    assert names(differences(str(repo), "HEAD")) == {edited, gone, renamed, changed, fresh, dropped}
    assert names(differences(str(repo), staged=True)) == {renamed, changed, fresh, dropped}
    assert names(differences(str(repo))) == {edited, gone}
    assert untracked(str(repo)) == ["dropped", "unknown"]


def test_before_the_first_commit_all_is_new(repo: Path) -> None:
    (repo / "a.md").write_text("1", encoding="utf-8")
    git(repo, "add", "a.md")
    assert names(differences(str(repo), staged=True)) == {(None, "a.md")}


def test_contents_are_those_of_a_checkout(repo: Path) -> None:
    (repo / ".gitattributes").write_text("*.md text eol=crlf\n*.bin -text\n", encoding="utf-8")
    (repo / "a.md").write_bytes(b"one\r\ntwo\r\n")
    (repo / "b.bin").write_bytes(b"one\ntwo\r\n\0end missing\n")
    (repo / "empty.md").write_bytes(b"")
    (repo / "bare.md").write_bytes(b"no end")
    commit(repo)
    versions = [Version(name, git(repo, "rev-parse", f"HEAD:{name}").strip())
                for name in ("a.md", "b.bin", "empty.md", "bare.md", "a.md")]  # fmt: skip
    assert git(repo, "cat-file", "-p", versions[0].id) == "one\ntwo\n"
    assert list(contents(str(repo), versions)) == [
        b"one\r\ntwo\r\n", b"one\ntwo\r\n\0end missing\n", b"", b"no end", b"one\r\ntwo\r\n"
    ]  # fmt: skip
    with pytest.raises(GitError, match=r"^the content of x is not in the repository$"):
        list(contents(str(repo), [Version("x", "1" * 40)]))
    assert list(contents(str(repo), [])) == []


@on_linux
def test_names_may_be_odd(repo: Path) -> None:
    odd = [*ODD, os.fsdecode(b"not-utf8-\xff.md"), "cr\r.md"]
    for number, name in enumerate(odd):
        (repo / name).write_bytes(b"%d\n" % number)
    assert sorted(untracked(str(repo))) == sorted(odd)
    commit(repo)
    for number, name in enumerate(odd):
        (repo / name).write_bytes(b"new %d\n" % number)
    stage(str(repo), odd)
    found = differences(str(repo), staged=True)
    assert sorted(each.new.path for each in found if each.new) == sorted(odd)
    versions = [each.new for each in found if each.new]
    assert [(version.path, content) for version, content in zip(versions, contents(str(repo), versions), strict=True)] \
        == [(version.path, b"new %d\n" % odd.index(version.path)) for version in versions]  # fmt: skip
    assert differences(str(repo)) == []


def test_a_link_and_a_submodule_have_no_content(repo: Path) -> None:
    inner = new(repo / "inner")
    commit(inner)
    (repo / "link.md").symlink_to("nowhere")
    (repo / "plain.md").write_bytes(b"1")
    commit(repo)
    git(repo, "rm", "--quiet", "--cached", "link.md", "plain.md", "inner")
    commit_ids = {each.old.path: each.old.id for each in differences(str(repo), staged=True) if each.old}
    assert commit_ids == {"link.md": "", "plain.md": "56a6051ca2b02b04ef92d5150c9ef600403cb1de"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("diff.relative", "true"),
        ("diff.renames", "false"),
        ("diff.renameLimit", "1"),
        ("diff.orderFile", "nothing"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("core.pager", "false"),
        ("diff.autoRefreshIndex", "false"),
        ("core.abbrev", "5"),
    ],
)
def test_a_configuration_changes_nothing(repo: Path, key: str, value: str) -> None:
    (repo / "ä.md").write_text("same\n" * 20, encoding="utf-8")
    (repo / "same.md").write_text("same\n", encoding="utf-8")
    (repo / "nothing").write_text("", encoding="utf-8")
    commit(repo)
    git(repo, "config", key, value)
    git(repo, "mv", "ä.md", "ö.md")
    os.utime(repo / "same.md", (1, 1))
    (found,) = differences(str(repo), "HEAD")
    version = git(repo, "rev-parse", "HEAD:ä.md").strip()
    assert found == Difference(Version("ä.md", version), Version("ö.md", version))


def test_the_folder_that_git_is_told_is_seen_from_here(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repo)
    (repo / "sub").mkdir()
    monkeypatch.chdir(repo.parent)
    monkeypatch.setenv("GIT_DIR", "repo/.git")
    monkeypatch.setenv("GIT_WORK_TREE", "repo")
    assert run(str(repo / "sub"), "rev-parse", "HEAD") == run(".", "rev-parse", "HEAD")
