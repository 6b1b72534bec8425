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
    """What is installed: *python* of an environment, and the folder in which npm installs."""

    python: Path
    npm: Path

    def script(self, name: str) -> str:
        """Return the path of the program *name* of the environment."""
        return str(self.python.parent / f"{name}{_EXE}")

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
            done = subprocess.run([str(self.python), "-c", program], capture_output=True, text=True, check=False)
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


def has_modules(*names: str) -> Callable[[Tools], bool]:
    """Return the question whether the environment can import all of *names*."""
    program = f"import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, {names!r})))"

    def is_there(tools: Tools) -> bool:
        return subprocess.run([str(tools.python), "-c", program], check=False).returncode == 0

    return is_there


def has_script(name: str) -> Callable[[Tools], bool]:
    """Return the question whether the environment has the program *name*."""
    return lambda tools: os.path.exists(tools.script(name))


def has_npm(name: str) -> Callable[[Tools], bool]:
    """Return the question whether npm has installed the program *name*."""
    return lambda tools: os.path.exists(tools.module(name))


def install(cache: Path, wanted: Mapping[str, Packages]) -> Iterator[str]:
    """Install feedlint, as a wheel of this checkout, and what is *wanted* into *cache*; yield what could not be had."""
    tools = tools_in(cache)
    if not tools.python.exists():
        _run(sys.executable, "-m", "venv", str(cache / "python"))
    pip = [str(tools.python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    wheels = cache / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _run(*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    wheel = str(next(wheels.glob("*.whl")))
    _run(*pip, "install", wheel)
    _run(*pip, "install", "--force-reinstall", "--no-deps", wheel)  # of the same version, and another state
    tools.npm.mkdir(parents=True, exist_ok=True)
    (tools.npm / "package.json").write_text("{}", encoding="utf-8")
    for name, packages in wanted.items():
        try:
            if packages.pip:
                _run(*pip, "install", *packages.pip)
            if packages.npm:
                _run(shutil.which("npm") or "npm", "install", "--silent", "--prefix", str(tools.npm), *packages.npm)
        except Failed as error:
            yield f"{name}: {error}"


def tools_in(cache: Path) -> Tools:
    """Return the tools that :func:`install` puts in *cache*."""
    return Tools(cache / "python" / ("Scripts" if os.name == "nt" else "bin") / f"python{_EXE}", cache / "npm")


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Failed(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it does not say why"]
        raise Failed(f"{Path(command[0]).name} failed: {said[-1]}")
