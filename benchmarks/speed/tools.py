"""What is installed to be measured, and the feeds that it runs on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.speed.measure import Command, Failed

ROOT: Final = Path(__file__).resolve().parent.parent.parent
_EXE: Final = ".exe" if os.name == "nt" else ""
_CMD: Final = ".cmd" if os.name == "nt" else ""


class Feed(NamedTuple):
    """A feed to run on: its folder, and one with the front matter of its Markdown files, each as a YAML file.

    *cache* is where programs keep what they remember of it; *records* is how many it has.
    """

    folder: Path
    yaml: Path
    cache: Path
    records: int


class Packages(NamedTuple):
    """What is to be installed for something, from either index."""

    pip: Sequence[str] = ()
    npm: Sequence[str] = ()


class Tools(NamedTuple):
    """What is installed: *python* of feedlint's environment and of that of the *peers*, and where npm installs.

    What feedlint rests on is not for the peers: by its parser in C, check-jsonschema would be three times as fast as
    those have it who install that alone.
    """

    python: Path
    peers: Path
    npm: Path

    def script(self, name: str) -> str:
        """Return the path of the program *name* of feedlint's environment."""
        return str(self.python.parent / f"{name}{_EXE}")

    def peer(self, name: str) -> str:
        """Return the path of the program *name* of the peers' environment."""
        return str(self.peers.parent / f"{name}{_EXE}")

    def module(self, name: str) -> str:
        """Return the path of the program *name* that npm has installed."""
        return str(self.npm / "node_modules" / ".bin" / f"{name}{_CMD}")

    def version(self, packages: Packages) -> str:
        """Return name and version of the first of *packages* that is installed, "" where there is none."""
        for wanted in packages.npm:
            name = wanted.partition("@")[0]
            about = self.npm / "node_modules" / name / "package.json"
            if about.exists():
                return f"{name} {json.loads(about.read_text(encoding='utf-8'))['version']}"
        for name in packages.pip:
            program = f"import importlib.metadata as m; print(m.version({name!r}))"
            done = subprocess.run([str(self.peers), "-c", program], capture_output=True, text=True, check=False)
            if not done.returncode:
                return f"{name} {done.stdout.strip()}"
        return ""


def feedlint(tools: Tools, feed: Feed, *options: str, cached: bool = False) -> Command:
    """Return the command that checks *feed*; from scratch, unless *cached*."""
    script = tools.script("feedlint")
    start = [script] if os.path.exists(script) else [str(tools.python), "-m", "feedlint"]
    cache = ["--no-cache"] if has_option(tools, "--no-cache") and not cached else []
    kept = {"XDG_CACHE_HOME": str(feed.cache), "LOCALAPPDATA": str(feed.cache)}
    return Command([*start, ".", "--quiet", *cache, *options], feed.folder, kept)


def has_option(tools: Tools, option: str) -> bool:
    """Tell whether feedlint's own help names *option*."""
    return re.search(rf"(?<![\w-]){option}(?![\w-])", _help(str(tools.python))) is not None


@lru_cache
def _help(python: str) -> str:
    return subprocess.run([python, "-m", "feedlint", "--help"], capture_output=True, text=True, check=False).stdout


def can_import(python: Path, *names: str) -> bool:
    """Tell whether *python* is there, and can import all of *names*."""
    program = f"import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, {names!r})))"
    return python.exists() and subprocess.run([str(python), "-c", program], check=False).returncode == 0


def has_script(name: str) -> Callable[[Tools], bool]:
    """Return the question whether the peers' environment has the program *name*."""
    return lambda tools: os.path.exists(tools.peer(name))


def has_npm(name: str) -> Callable[[Tools], bool]:
    """Return the question whether npm has installed the program *name*."""
    return lambda tools: os.path.exists(tools.module(name))


def install(cache: Path, peers: Mapping[str, Packages], more: Mapping[str, Packages]) -> Iterator[str]:
    """Install feedlint, a wheel of this checkout, with *more*, and the *peers*; yield what cannot be had."""
    tools = tools_in(cache)
    wheels = cache / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    own, others = (_pip(python) for python in (tools.python, tools.peers))
    _run(*own, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    wheel = str(next(wheels.glob("*.whl")))
    _run(*own, "install", wheel)
    _run(*own, "install", "--force-reinstall", "--no-deps", wheel)  # of the same version, and another state
    tools.npm.mkdir(parents=True, exist_ok=True)
    (tools.npm / "package.json").write_text("{}", encoding="utf-8")
    wanted = [(pip, *each) for pip, group in ((others, peers), (own, more)) for each in group.items()]
    for pip, name, packages in wanted:
        try:
            if packages.pip:
                _run(*pip, "install", *packages.pip)
            if packages.npm:
                _run(shutil.which("npm") or "npm", "install", "--silent", "--prefix", str(tools.npm), *packages.npm)
        except Failed as error:
            yield f"{name}: {error}"


def _pip(python: Path) -> Sequence[str]:
    """Return the command of pip in the environment of *python*, which is made if it is not there."""
    if not python.exists():
        _run(sys.executable, "-m", "venv", str(python.parent.parent))
    return [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet"]


def tools_in(cache: Path) -> Tools:
    """Return the tools that :func:`install` puts in *cache*."""
    inside = Path("Scripts" if os.name == "nt" else "bin", f"python{_EXE}")
    return Tools(cache / "python" / inside, cache / "peers" / inside, cache / "npm")


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Failed(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it does not say why"]
        raise Failed(f"{Path(command[0]).name} failed: {said[-1]}")
