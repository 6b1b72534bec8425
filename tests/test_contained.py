"""A repository that means harm: what it brings can neither run code nor make feedlint touch what is outside of it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from feedlint.catalogue import read
from feedlint.cli import main
from feedlint.git import GitError, run
from feedlint.schema import Schema, SchemaError
from tests.git_support import commit, git, isolate, new
from tests.support import ARTICLE, png, put

ROOT: Final = Path(__file__).resolve().parent.parent
HUSH: Final = "hush-4711"
"""Stands in all files outside of the repository: to be seen in no output."""
_SECRET: Final = ARTICLE.replace("Harbour council", f"Harbour council â€™ {HUSH}")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, and programs that are scripts")

CONFIGURATIONS: Final = {
    "plain": "",
    "baseline above": 'baseline = "../outside/known.txt"',
    "baseline behind a link": 'baseline = "away/known.txt"',
    "baseline that is a link": 'baseline = "known.txt"',
    "baseline in a bare repository": 'baseline = "bare/known.txt"',
    "schema above": 'schemas = ["../outside/s.schema.json"]',
    "schema that is a link": 'schemas = ["out.schema.json"]',
    "schema that covers a folder above": 'schemas = ["topics.schema.json"]',
    "schema that refers to files": 'schemas = ["refers.schema.json"]',
    "patterns of elsewhere": 'include = ["../outside/*.md", "/../outside/**", "away/**", "**"]\nexclude = ["../*"]',
    "collections of elsewhere": '[collections]\n"../outside" = "article"',
    "collections behind a link": '[collections]\naway = "article"\n"away/topics" = "topic"',
    "a plugin": 'plugins = ["evil"]\n[tool.feedlint]\nrules = "evil:run"',
}
_TOPICS: Final = {
    "x-feedlint-role": "record",
    "x-feedlint-collections": ["_t/../../outside/topics", "_t"],
    "properties": {"name": {"x-feedlint-role": "topic-name"}},
}
_REFERS: Final = {
    "x-feedlint-role": "record",
    "x-feedlint-collections": ["_news"],
    "allOf": [{"$ref": "#/properties/title/const"}],
    "properties": {"title": {"const": {"$ref": "file:///etc/hostname"}}},
}
_EVIL: Final = "import pathlib; pathlib.Path({!r}).write_text('ran')\n"
_MODULES: Final = (
    "sitecustomize", "usercustomize", "feedlint_plugin", "conftest", "evil", "ftfy", "jsonschema", "tomllib", "tomli",
    "rich", "imagesize", "pathspec", "yaml", "json", "subprocess",
)  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A feed, committed, beside a folder ``outside`` with what it wants; ``ran`` is there once code of it has run."""
    isolate(monkeypatch)
    outside, feed, ran = tmp_path / "outside", new(tmp_path / "feed"), tmp_path / "ran"
    for name in ("secret.md", "topics/topic.md", "news/a.md"):
        put(outside, _SECRET, name)
    put(outside, f"# feedlint baseline 1.\n_news/{HUSH}.md TX001 title 0123456789ab\n", "known.txt")
    put(outside, json.dumps(_REFERS), "s.schema.json")
    put(outside, f"url: https://{HUSH}.example\n", "_config.yml")
    put(outside, f"*.md\n# {HUSH}\n", "ignore")
    (outside / "tram.png").write_bytes(png(30, 20))

    put(feed, "url: https://feed.example\n", "_config.yml")
    pictures = "images:\n  - url: /img/tram.png\n    width: 1\n    height: 1\n  - url: /../outside/tram.png\n"
    put(feed, ARTICLE.replace("images:\n", pictures), "_news/a.md")
    put(feed, ARTICLE.replace("images:\n", pictures), "sub/_news/b.md")
    put(feed, json.dumps(_TOPICS), "topics.schema.json")
    put(feed, json.dumps(_REFERS), "refers.schema.json")
    for name in _MODULES:
        put(feed, _EVIL.format(str(ran)), f"{name}.py")
    for name, target in {
        "_news/link.md": "../../outside/secret.md",
        "_news/secrets.md": "/proc/self/environ",
        "loose.md": "../outside/secret.md",
        "away": "../outside",
        "img": "../outside",
        "_data": "../outside",
        "known.txt": "../outside/known.txt",
        "out.schema.json": "../outside/s.schema.json",
        "sub/_config.yml": "../../outside/_config.yml",
        "sub/.gitignore": "../../outside/ignore",
    }.items():
        (feed / name).symlink_to(target)
    _put_bare(feed / "bare", ran)
    commit(feed)
    for name in ("_news/a.md", "sub/_news/b.md"):
        put(feed, (feed / name).read_text().replace("Harbour", "Harbourâ€™s"), name)
    git(feed, "add", "_news")
    monkeypatch.chdir(feed)
    return feed


def _put_bare(folder: Path, ran: Path) -> None:
    """Make *folder* what git takes for a repository, with a configuration that has it run a program."""
    git(new(folder), "config", "core.fsmonitor", f"touch '{ran}'; false")
    git(folder, "update-index", "--fsmonitor")
    commit(folder)
    git(folder, "config", "core.worktree", "../_news")
    for path in (folder / ".git").iterdir():
        path.rename(folder / path.name)
    (folder / ".git").rmdir()
    put(folder, "# feedlint baseline 1.\n_news/gone.md TX001 title 0123456789ab\n", "known.txt")
    ran.unlink()  # so git runs it


def traced(runs: Sequence[tuple[str, Sequence[Sequence[str]]]], tmp_path: Path) -> tuple[list[list[Any]], str]:
    """Return what the commands of *runs*, each with its configuration, touch, and what they say."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SECRET": HUSH, "TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "tmp").mkdir()
    program = [sys.executable, str(ROOT / "tests" / "tracer.py"), json.dumps(runs)]
    done = subprocess.run(program, capture_output=True, env=environment, check=False, stdin=subprocess.DEVNULL)
    said = done.stderr.decode("utf-8", "surrogateescape")
    assert done.returncode == 0, said
    return [json.loads(line) for line in done.stdout.splitlines()], said


def strange(events: Sequence[Sequence[Any]], feed: Path) -> list[Sequence[Any]]:
    """Return those of *events* that touch what is neither in *feed*, nor the package, nor Python, or run a program."""
    python = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    own = [str(feed.resolve()), *(str(ROOT / name) for name in ("feedlint", "schemas", "docs", "tests/tracer.py"))]
    own += [*map(os.path.realpath, python), *python, "<frozen", "<string>", "<attrs generated", "/dev/null"]

    def is_own(event: Sequence[Any]) -> bool:
        name, path, *more = event
        if name == "subprocess.Popen":
            return path == "git" and Path(more[0]).is_relative_to(feed.resolve())
        return name == "ended" or (isinstance(path, str) and any(path == each or path.startswith(each) for each in own))

    return [event for event in events if not is_own(event)]


COMMANDS: Final = (
    ["."],
    [".", "--diff", "--unsafe-fixes"],
    [".", "--since", "HEAD", "--new-only"],
    [".", "--staged"],
    [".", "--show-files"],
    ["config", "_news/link.md"],
    ["init", "--dry-run", "--from", "feedlint", "--ci", "github"],
    [".", "--prune-baseline"],
    [".", "--fix", "--unsafe-fixes"],
    [".", "--write-baseline"],
)


def test_nothing_outside_of_the_repository_is_touched(hostile: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (tmp_path / "outside").rglob("*") if path.is_file()}
    plain, *others = CONFIGURATIONS.values()
    events, said = traced([*((text, COMMANDS[:3]) for text in others), (plain, COMMANDS)], tmp_path)
    assert strange(events, hostile) == []
    assert HUSH not in said
    assert "Traceback" not in said
    assert not (tmp_path / "ran").exists()
    assert {path: path.read_bytes() for path in (tmp_path / "outside").rglob("*") if path.is_file()} == before
    statuses = [event[-1] for event in events if event[0] == "ended"]
    assert len(statuses) == 12 * 3 + len(COMMANDS)
    assert set(statuses) == {0, 1, 2}  # and none of a crash
    for words, count in {
        "baseline leads out of the repository": 9,
        "schemas leads out of the repository": 6,
        "refers.schema.json: it refers to '#/properties/title/const', where there is no schema": 3,
        "_news/secrets.md: error: it is a symbolic link that leads out of the repository": 12,
    }.items():
        assert said.count(words) == count, words
    assert "â" not in (hostile / "_news/a.md").read_text()  # what is inside is repaired all the same


def test_the_tracer_sees_what_is_outside(hostile: Path, tmp_path: Path) -> None:
    events, _ = traced([("", [["../outside/secret.md", "--config", "../outside/known.txt"]])], tmp_path)
    outside = str((tmp_path / "outside").resolve())
    assert ["open", f"{outside}/known.txt"] in strange(events, hostile)


def test_a_bare_repository_is_not_asked(hostile: Path) -> None:
    for folder in ("bare", "bare/objects"):
        with pytest.raises(GitError, match="this is a bare repository"):
            run(folder, "status")
    shutil.rmtree(hostile / "bare" / "objects")  # elsewhere, by a file that says where
    put(hostile, "../.git\n", "bare/commondir")
    with pytest.raises(GitError, match="this is a bare repository"):
        run("bare", "status")


def test_git_runs_no_program_to_tell_what_has_changed(hostile: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\n")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "diff.x.textconv", "diff.x.command"):
        git(hostile, "config", name, str(program))
    git(hostile, "config", "log.showSignature", "true")
    put(hostile, "*.md diff=x filter=y\n", ".gitattributes")
    put(hostile, '[filter "y"]\nsmudge = touch ran\n', ".gitconfig")  # which nobody has included
    assert main(["_news/a.md", "--since", "HEAD", "--new-only"]) == 1
    assert main(["_news/a.md", "--staged", "--new-only", "--fix"]) == 0
    assert not (tmp_path / "ran").exists()
    assert not (hostile / "ran").exists()


@pytest.mark.parametrize("with_gate", [True, False])
def test_no_schema_is_fetched(with_gate: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not with_gate:
        monkeypatch.setattr("feedlint.schema._gate", lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        for address in (f"http://127.0.0.1:{server.getsockname()[1]}/a.json", "file:///etc/hostname"):
            schema = Schema("a", {"allOf": [{"$ref": address}]})
            with pytest.raises(Exception, match=r"is not fetched|Unresolvable"):
                schema.is_valid({})
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("keyword", ["const", "default", "examples", "enum"])
def test_a_schema_refers_to_schemas_only(keyword: str, tmp_path: Path) -> None:
    hidden: Any = {"$ref": "http://127.0.0.1:9/a.json"}
    hidden, step = ([hidden], "/0") if keyword in ("examples", "enum") else (hidden, "")
    source = {
        "x-feedlint-role": "record",
        "x-feedlint-collections": ["_a"],
        "allOf": [{"$ref": f"#/properties/title/{keyword}{step}"}],
        "properties": {"title": {keyword: hidden}},
    }
    file = put(tmp_path, json.dumps(source), "a.schema.json")
    with pytest.raises(
        SchemaError, match=f"it refers to '#/properties/title/{keyword}{step}', where there is no schema"
    ):
        read(file)


def test_a_link_within_the_repository_is_followed(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hostile / "_news/link.md").unlink()
    (hostile / "_news/link.md").symlink_to("../sub/_news/b.md")
    assert main(["_news/link.md", "--isolated", "--output-format", "concise", "--select", "TX001", "--quiet"]) == 1
    assert capsys.readouterr().out.startswith("_news/link.md:3:16: TX001 ")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without end")
def test_a_link_to_a_file_without_end_is_not_read(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("_config.yml", ".gitignore", "_news/link.md", "loose.md"):
        (hostile / name).unlink(missing_ok=True)
        (hostile / name).symlink_to("/dev/zero")
    assert main([".", "--isolated", "--quiet", "--output-format", "concise"]) == 2
    assert "_news/link.md: error: it is a symbolic link that leads out of the repository\n" in capsys.readouterr().out
