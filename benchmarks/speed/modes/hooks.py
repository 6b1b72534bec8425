"""A commit of a few files, with a hook of feedlint's."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.feed.__main__ import git
from benchmarks.speed import measure
from benchmarks.speed.bench import Bench, Table
from benchmarks.speed.measure import Command, Failed
from benchmarks.speed.tools import ROOT, can_import

_STAGED: Final = 5
_HOOKS: Final = ("feedlint", "feedlint-staged")
_NOTHING: Final = "git version"


def pre_commit(bench: Bench) -> Table:
    """Run feedlint's hooks over five staged files, against a hook that does nothing: pre-commit has work of its own.

    The hooks are those of this checkout's last commit, which pre-commit installs. Raises Failed.
    """
    if not can_import(bench.tools.python, "pre_commit"):
        raise Failed("pre-commit is not installed: try --install")
    feed = bench.copy(bench.feed())
    git(feed.folder)
    staged = _stage(feed.folder)
    home = {"PRE_COMMIT_HOME": str(bench.cache / "pre-commit"), "XDG_CACHE_HOME": str(feed.cache)}
    hook = partial(_hook, bench, feed.folder, home)
    nothing = hook("nothing", "- repo: local", f"{{id: nothing, name: nothing, language: system, entry: {_NOTHING}}}")
    rows = []
    for name in _HOOKS:
        ours = hook(name, f"- repo: {ROOT.as_posix()}\n  rev: {_revision()}", f"{{id: {name}}}")
        measure.once(ours)  # which installs it
        ratio, without, runs = bench.pairs_of(partial(measure.once, nothing), partial(measure.once, ours))
        alone = [measure.once(_alone(home, feed.folder, name, staged)) for _ in range(ratio.pairs)]
        whole, share = measure.seconds(runs), 1 - 1 / ratio.median
        times = (f"{1000 * each:.0f}" for each in (whole, measure.seconds(without), measure.seconds(alone)))
        rows.append([name, *times, bench.ratio(ratio), f"{share:.0%}"])
    title = f"pre-commit run, {_STAGED} staged files of {feed.records:,}, {bench.said}"
    columns = ("hook", "ms in all", f"ms with `{_NOTHING}` as hook", "ms of the hook's command alone", "ratio", "share")
    return Table(title, columns, rows)


def _stage(folder: Path) -> list[str]:
    """Stage a change of some clean stories in *folder*; return their paths."""
    paths = sorted(path for path in folder.glob("_news/**/*.md") if b"\r\n" not in path.read_bytes())[:_STAGED]
    for path in paths:
        path.write_bytes(path.read_bytes() + b"\n")
    names = [path.relative_to(folder).as_posix() for path in paths]
    subprocess.run(["git", "add", *names], cwd=folder, check=True)
    return names


def _hook(bench: Bench, folder: Path, home: Mapping[str, str], name: str, repository: str, hook: str) -> Command:
    """Return the command that runs *hook* of *repository*, both as pre-commit's configuration has them."""
    file = bench.work / f"{name}.yaml"
    file.write_text(f"repos:\n{repository}\n  hooks: [{hook}]\n", encoding="utf-8")
    return Command([str(bench.tools.python), "-m", "pre_commit", "run", "--config", str(file)], folder, home)


def _alone(home: Mapping[str, str], folder: Path, name: str, staged: Sequence[str]) -> Command:
    """Return the command that pre-commit runs for the hook *name*. Raises Failed."""
    programs = [*Path(home["PRE_COMMIT_HOME"]).glob("repo*/py_env-*/*/feedlint*")]
    if not programs:
        raise Failed("pre-commit has not installed feedlint")
    newest = max(programs, key=os.path.getmtime)
    return Command([str(newest), *(["--staged"] if name == _HOOKS[1] else staged)], folder, home)


def _revision() -> str:
    """Return this checkout's last commit. Raises Failed."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed("pre-commit installs hooks from a git repository, which this checkout is none")
    return done.stdout.strip()
