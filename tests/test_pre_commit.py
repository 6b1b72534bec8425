"""The hooks, as a feed repository meets them: pre-commit installs this checkout and runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ARTICLE

ROOT = Path(__file__).parent.parent
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")

in_git = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="pre-commit installs hooks from a git repository")


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    result = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return result.stdout.strip()


@pytest.mark.index
@in_git
def test_a_bad_record_is_refused_repaired_and_then_passes(tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    bad = feed / "_news" / "2020-12-08-tram.md"
    bad.parent.mkdir(parents=True)
    bad.write_text(ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan"), encoding="utf-8", newline="\n")
    (feed / "README.md").write_text("# A feed\n", encoding="utf-8")
    git(feed, "init", "--quiet")
    git(feed, "add", ".")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    environment.pop("PYTHONPATH", None)

    def try_repo(*hook: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), *hook, "--all-files", "--color", "never"]
        result = subprocess.run(command, cwd=feed, env=environment, capture_output=True, text=True, check=False)
        return result.returncode, result.stdout + result.stderr

    # Both hooks in one run: the first refuses, the second repairs (and so counts as failed).
    status, output = try_repo()
    assert status == 1, output
    assert re.search(r"^feedlint\.+Failed$", output, re.MULTILINE), output
    assert "_news/2020-12-08-tram.md:3:24: error TX001" in output
    assert re.search(r"^feedlint --fix\.+Failed$", output, re.MULTILINE), output
    assert "files were modified by this hook" in output
    assert "README" not in output
    assert bad.read_text(encoding="utf-8") == ARTICLE.replace("Harbour council", "Harbour council’s plan")

    status, output = try_repo("feedlint")
    assert status == 0, output
    assert re.search(r"^feedlint\.+Passed$", output, re.MULTILINE), output


@pytest.mark.index
@in_git
def test_what_is_staged_is_checked_against_the_whole_feed(tmp_path: Path) -> None:
    """In a real commit: a story that is in the feed already is found, and what the old version had is left alone."""
    feed = tmp_path / "feed"
    (feed / "_news").mkdir(parents=True)
    old = ARTICLE.replace("Harbour council", "Harbour council’s&nbsp;plan")
    (feed / "_news" / "a.md").write_text(old, encoding="utf-8", newline="\n")
    (feed / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {ROOT}\n  rev: {git(ROOT, 'rev-parse', 'HEAD')}\n"
        "  hooks:\n  - id: feedlint-staged\n    args: [--new-only]\n",
        encoding="utf-8",
    )
    git(feed, "init", "--quiet")
    git(feed, "add", ".")
    git(feed, "commit", "--quiet", "-m", "before there were hooks")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    environment.pop("PYTHONPATH", None)
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=feed, env=environment, check=True, capture_output=True
    )

    def commit() -> tuple[int, str]:
        command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-m", "x"]
        result = subprocess.run(command, cwd=feed, env=environment, capture_output=True, text=True, check=False)
        return result.returncode, result.stdout + result.stderr

    (feed / "_news" / "a.md").write_text(old.replace("quality: 61", "quality: 62"), encoding="utf-8", newline="\n")
    git(feed, "add", ".")
    status, output = commit()
    assert status == 0, output
    (feed / "_news" / "b.md").write_text(ARTICLE, encoding="utf-8", newline="\n")
    git(feed, "add", ".")
    status, output = commit()
    assert status == 1, output
    assert "_news/b.md:6:14: warning XR001" in output
    assert "a.md:3" not in output


@pytest.mark.parametrize(
    ("path", "matches"),
    [
        ("_news/a.md", True),
        ("_news/2020/a.markdown", True),
        ("site/_learning/a.mkd", True),
        ("_data/organizations/a.md", True),
        ("README.md", False),
        ("_news/README.md", False),
        ("_news/readme.markdown", False),
        ("_news/readme-first.md", True),
        ("about.md", False),
        ("_site/a.md", False),
        ("_includes/a.md", False),
        ("_news/a.jpg", False),
    ],
)
def test_the_files_the_hooks_look_at(path: str, matches: bool) -> None:
    files = set(re.findall(r"files: '(.+)'", HOOKS))
    excluded = set(re.findall(r"exclude: '(.+)'", HOOKS))
    assert len(files) == len(excluded) == 1
    assert bool(re.search(files.pop(), path) and not re.search(excluded.pop(), path)) is matches


def test_the_hook_that_asks_git_is_run_for_any_file() -> None:
    """Records may be anywhere; a hook that is skipped is one that passes."""
    _, _, hook = HOOKS.partition("- id: feedlint-staged\n")
    keys = re.findall(r"(?m)^  (\w+):", hook.partition("\n- id:")[0])
    assert "pass_filenames" in keys
    assert {"files", "exclude", "types"}.isdisjoint(keys)


def test_the_hooks_are_valid() -> None:
    for check, name in (
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", ".pre-commit-config.yaml"),
    ):
        result = subprocess.run(
            [sys.executable, "-m", "pre_commit", check, str(ROOT / name)], capture_output=True, text=True, check=False
        )
        assert (result.returncode, result.stdout) == (0, "")
