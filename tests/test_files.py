"""Scope: what is linted, and what never is."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.catalogue import collection_of
from feedlint.cli import main
from feedlint.disk import from_disk, opened
from feedlint.files import NotThere, head_of, in_scope, looks_like_record
from feedlint.patterns import Names, patterns
from feedlint.repository import is_readme
from feedlint.roots import place
from feedlint.tree import Disk
from tests.git_support import git
from tests.support import ARTICLE

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(root: Path, *names: str, text: str = ARTICLE) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def scope(*paths: str) -> list[str]:
    return [Path(path).as_posix() for path in in_scope(paths or ["."])]


def test_markdown_in_collections_whatever_it_holds(feed: Path) -> None:
    write(feed, "_news/b.md", "_news/a.markdown", "_news/2020/deep.MD", "_learning/x.mkd", text="")
    write(feed, "_news/picture.jpg", "_news/data.yaml", "about.md", text="text")
    assert scope() == ["_learning/x.mkd", "_news/2020/deep.MD", "_news/a.markdown", "_news/b.md"]


def test_folders_of_jekyll_are_no_collections(feed: Path) -> None:
    write(feed, "_site/a.md", "_layouts/a.md", "_includes/a.md", "_sass/a.md", "_plugins/a.md", "_drafts/a.md")
    assert scope() == []


def test_elsewhere_only_records_and_damaged_ones(feed: Path) -> None:
    write(feed, "seeds/sound.md")
    write(feed, "seeds/no-opener.md", text=ARTICLE.removeprefix("---\n"))
    write(feed, "seeds/bom.md", text="\ufeff" + ARTICLE)
    write(feed, "seeds/look-alike.md", text="—" + ARTICLE.removeprefix("---"))
    write(feed, "seeds/glued.md", text=ARTICLE.replace("---\ncat", "---cat"))
    write(feed, "seeds/indented.md", text="\n".join("  " + line for line in ARTICLE.split("\n")))
    write(feed, "seeds/quoted-keys.md", text='---\n"title": "x"\n"webUrl": "x"\n"secured": "x"\n---\n')
    write(feed, "page.md", text="---\nlayout: page\ntitle: About\nexcerpt: Who we are\n---\nText\n")
    write(feed, "format.md", text=f"# The format\n\nA record looks like this:\n\n```\n{ARTICLE}```\n")
    write(feed, "notes.md", text="Some prose first.\n\nwebUrl: and\nsecured: are fields\nexcerpt: too\n")
    assert scope() == [
        f"seeds/{name}.md" for name in ("bom", "glued", "indented", "look-alike", "no-opener", "quoted-keys", "sound")
    ]


def test_a_named_file_is_in_scope_whatever_it_is(feed: Path) -> None:
    write(feed, "plain.txt", "_site/a.md", text="no record")
    assert scope("plain.txt", "_site/a.md") == ["plain.txt", "_site/a.md"]


def test_a_named_folder_inside_a_collection(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(feed, "_news/2020/a.md", "_news/b.md", text="")
    assert scope("_news") == ["_news/2020/a.md", "_news/b.md"]
    assert scope("_news/2020") == ["_news/2020/a.md"]
    monkeypatch.chdir(feed / "_news")
    assert scope() == ["2020/a.md", "b.md"]


def test_each_file_once_in_the_order_named(feed: Path) -> None:
    write(feed, "_news/a.md", "_news/b.md")
    assert scope("_news/b.md", "_news", "./_news/a.md") == ["_news/b.md", "_news/a.md"]


def test_a_readme_is_never_in_scope_of_a_folder(feed: Path) -> None:
    write(feed, "_news/README.md", "_news/readme.markdown", "_news/Readme.de.md", "README.md")
    assert scope() == []
    assert is_readme("x/README.md")
    assert not is_readme("x/readme-first.md")


def test_hidden_and_vendored_folders_are_left_out(feed: Path) -> None:
    write(feed, "_news/.#a.md", "_news/._a.md", ".venv/_news/a.md", "node_modules/p/_news/a.md", "vendor/_news/a.md")
    assert scope() == []


def test_gitignore_is_respected_at_every_level(feed: Path) -> None:
    write(feed, "_news/a.md", "_news/b.md", "_news/old/c.md", "_news/old/d.md", "build/_news/e.md")
    (feed / ".gitignore").write_text("build/\n_news/old/*\n", encoding="utf-8")
    (feed / "_news/.gitignore").write_text("b.md\n!old/d.md\n", encoding="utf-8")
    assert scope() == ["_news/a.md", "_news/old/d.md"]
    assert scope("_news/old") == ["_news/old/d.md"]
    assert scope("_news/b.md") == ["_news/b.md"]


@pytest.mark.parametrize("line", ["[z-a]", "!", "\\", "b\\", "x[b-a]y*"])
def test_a_line_of_gitignore_that_is_no_pattern_is_passed_over(feed: Path, line: str) -> None:
    write(feed, "_news/a.md", "_news/b.md", "y/_news/c.md")
    (feed / ".gitignore").write_text(f"{line}\nb.md\n", encoding="utf-8")
    assert scope() == ["_news/a.md", "y/_news/c.md"]
    git(feed, "init", "--quiet")
    listed = git(feed, "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard", "--", "*.md")
    assert listed.split() == scope()


def test_a_missing_path_is_an_error(feed: Path) -> None:
    with pytest.raises(NotThere, match=r"nowhere: no such file or folder$"):
        in_scope(["nowhere"])


@needs_links
def test_links_to_folders_are_not_followed(feed: Path) -> None:
    write(feed, "_news/a.md")
    (feed / "_news/loop").symlink_to(feed / "_news", target_is_directory=True)
    assert scope() == ["_news/a.md"]


def test_place_is_seen_from_the_root_of_the_repository(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(feed, "_news/a.md")
    monkeypatch.chdir(feed / "_news")
    assert place("a.md") == "_news/a.md"
    assert place(os.path.join("..", "x.md")) == "x.md"
    assert collection_of(place("a.md")) == "_news"


def test_a_folder_above_the_repository_is_no_collection(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(feed, "_work/repository/seeds/a.md", "_work/repository/.git/HEAD")
    monkeypatch.chdir(feed / "_work" / "repository")
    assert collection_of("seeds/a.md") is None


def test_what_looks_like_a_record() -> None:
    assert looks_like_record(b'category: news\ntitle: "x"\nwebUrl: "x"\n')
    assert not looks_like_record(b"---\ntitle: Page\nlayout: page\n---\n")
    assert not looks_like_record(b"# How it works\nwebUrl: x\nexcerpt: y\nsecured: z\n")
    assert not looks_like_record(b"")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere paths are shorter")
def test_folders_without_end_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.makedirs("/".join("d" * 205))
    assert main(["."]) == 2
    message = capsys.readouterr().err
    assert message.startswith("feedlint: error: d/d/d/")
    assert message.endswith(": folders are nested too deeply\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on Windows")
def test_what_becomes_a_pipe_while_it_is_looked_at_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "a.md"
    os.mkfifo(pipe)
    with pytest.raises(FileNotFoundError, match="it is not a regular file"):
        Disk(tmp_path).open("a.md")
    monkeypatch.setattr("feedlint.disk._mode", lambda path, **_: stat.S_IFREG)
    with pytest.raises(FileNotFoundError, match="it is not a regular file"):
        Disk(tmp_path).open("a.md")
    assert head_of(str(pipe)) == b""


def test_a_name_with_nul_is_that_of_no_file(tmp_path: Path) -> None:
    for read in (lambda name: opened(name), lambda name: from_disk(name, 9)):
        with pytest.raises(FileNotFoundError):
            read(str(tmp_path / "a\0b"))


@pytest.mark.parametrize(
    "line",
    ["*.md", "a.md", "drafts/a.md", "/a.MD", "*", "a*", "?.md", "[ab].md", "!*.md", "**", "x/**", "*d", "x/#a.md"],
)
def test_a_pattern_may_match_a_record(line: str) -> None:
    assert Names([line]).may_match_file((".md", ".yaml"))


@pytest.mark.parametrize(
    "line", ["", "# *.md", "_site/", "_site", "*.log", "Gemfile.lock", ".DS_Store", "a.md/", "a.mdx"]
)
def test_a_pattern_matches_no_record(line: str) -> None:
    assert not Names([line]).may_match_file((".md", ".yaml"))


_SIGNS = "ab.#!?*[]-\\ ~\xa0A"
_LINES = st.lists(st.text(alphabet=_SIGNS + "/", max_size=8), max_size=4)
_PATHS = st.lists(st.text(alphabet=_SIGNS, min_size=1, max_size=4), min_size=1)


@given(_LINES, _PATHS, st.booleans())
@settings(max_examples=2000)
def test_no_pattern_matches_a_path_of_which_no_name_may_be_matched(
    lines: list[str], path: list[str], folder: bool
) -> None:
    try:
        spec = patterns(lines)
    except ValueError:
        return
    names = Names(lines)
    if spec.check_file("/".join(path) + "/" * folder).include is not None:
        assert any(map(names.may_match, path))


def test_a_gitignore_that_says_nothing_here_needs_no_patterns(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(feed, "_news/a.md", "_site/_news/a.md", "build/_news/b.md")
    (feed / ".gitignore").write_text("# built\n*.log\n.cache/\n\n/tmp\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("feedlint.ignored.patterns", None)
        assert scope() == ["_news/a.md", "build/_news/b.md"]
    (feed / ".gitignore").write_text("BUILD\nbuild?\nbuild[\n!build\nbui*\n", encoding="utf-8")
    assert scope() == ["_news/a.md"]
