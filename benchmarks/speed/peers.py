"""Other programs that look at such files: what each does, how it is installed, and how it is run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.speed.measure import Command, Failed

ROOT: Final = Path(__file__).resolve().parent.parent.parent
_SCRIPTS: Final = ROOT / "benchmarks" / "peers"
_SCHEMAS: Final = ROOT / "schemas"
_EXE: Final = ".exe" if os.name == "nt" else ""
_CMD: Final = ".cmd" if os.name == "nt" else ""


class Feed(NamedTuple):
    """A feed to run on: its folder, and one with the front matter of its Markdown files, each as a YAML file.

    *cache* is where programs keep what they remember of it.
    """

    folder: Path
    yaml: Path
    cache: Path


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


class Peer(NamedTuple):
    """A program: its name, what it does in a phrase, packages to install, and the commands that run it on a feed.

    *cached* is the command that remembers what has not changed, where it can; *is_there* says whether it is installed.
    """

    name: str
    does: str
    check: Callable[[Tools, Feed], Command]
    is_there: Callable[[Tools], bool]
    pip: Sequence[str] = ()
    npm: Sequence[str] = ()
    cached: Callable[[Tools, Feed], Command] | None = None


def feedlint(tools: Tools, feed: Feed, *options: str, cached: bool = False) -> Command:
    """Return the command that checks *feed*; from scratch, unless *cached*."""
    script = tools.script("feedlint")
    start = [script] if os.path.exists(script) else [str(tools.python), "-m", "feedlint"]
    cache = ["--no-cache"] if has_option(tools, "--no-cache") and not cached else []
    return Command([*start, ".", "--quiet", *cache, *options], feed.folder, _kept(feed))


def has_option(tools: Tools, option: str) -> bool:
    """Tell whether feedlint's own help names *option*."""
    key = str(tools.python)
    if key not in _HELP:
        command = [key, "-m", "feedlint", "--help"]
        _HELP[key] = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return re.search(rf"(?<![\w-]){option}(?![\w-])", _HELP[key]) is not None


_HELP: Final[dict[str, str]] = {}


def fixer(tools: Tools, feed: Feed) -> Command:
    """Return the command of the fixer in 30 lines, which writes."""
    return Command([str(tools.python), str(_SCRIPTS / "round_trip.py"), "."], feed.folder)


def nothing(tools: Tools, feed: Feed) -> Command:
    """Return the command that starts Python and stops."""
    return Command([str(tools.python), "-c", "pass"], feed.folder)


def _kept(feed: Feed) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(feed.cache), "LOCALAPPDATA": str(feed.cache)}


def _script(tools: Tools, feed: Feed) -> Command:
    return Command([str(tools.python), str(_SCRIPTS / "check_feed.py"), str(_SCHEMAS), "."], feed.folder)


def _yamllint(tools: Tools, feed: Feed) -> Command:
    return Command([tools.script("yamllint"), "."], feed.yaml)


def _ryl(tools: Tools, feed: Feed) -> Command:
    return Command([tools.script("ryl"), "check", "--no-cache", "-d", "extends: default", "."], feed.yaml)


def _rumdl(tools: Tools, feed: Feed) -> Command:
    return Command([tools.script("rumdl"), "check", "--no-cache", "--silent", "."], feed.folder)


def _rumdl_cached(tools: Tools, feed: Feed) -> Command:
    cache = str(feed.cache / "rumdl")
    return Command([tools.script("rumdl"), "check", "--cache-dir", cache, "--silent", "."], feed.folder)


def _check_jsonschema(tools: Tools, feed: Feed) -> Command:
    schema = str(_SCHEMAS / "article.schema.json")
    files = sorted(path.relative_to(feed.yaml).as_posix() for path in feed.yaml.glob("_news/*"))
    return Command(
        [tools.script("check-jsonschema"), "--quiet", "--schemafile", schema, *files], feed.yaml, files=len(files)
    )


def _prettier(tools: Tools, feed: Feed) -> Command:
    return Command([tools.module("prettier"), "--check", "--log-level", "silent", "**/*.md"], feed.folder)


def _prettier_cached(tools: Tools, feed: Feed) -> Command:
    cache = ["--cache", "--cache-location", str(feed.cache / "prettier")]
    command = _prettier(tools, feed)
    return command._replace(arguments=[*command.arguments, *cache])


def _remark(tools: Tools, feed: Feed) -> Command:
    rc = tools.npm / "remark.json"
    schema = json.loads((_SCHEMAS / "article.schema.json").read_text(encoding="utf-8"))
    del schema["$schema"], schema["$id"]
    (tools.npm / "article.json").write_text(json.dumps(schema), encoding="utf-8")
    schema_path = os.path.relpath(tools.npm / "article.json", feed.folder)  # it takes no other for a file
    lint = ["remark-lint-frontmatter-schema", {"schemas": {schema_path: ["./_news/**/*.md"]}}]
    rc.write_text(json.dumps({"plugins": ["remark-frontmatter", lint]}), encoding="utf-8")
    options = ["--no-stdout", "--quiet", "--frail", "--rc-path", str(rc)]
    count = sum(1 for _ in feed.folder.glob("_news/**/*.md"))
    return Command([tools.module("remark"), *options, "_news"], feed.folder, files=count)


def _has_modules(*names: str) -> Callable[[Tools], bool]:
    program = f"import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, {names!r})))"

    def is_there(tools: Tools) -> bool:
        return subprocess.run([str(tools.python), "-c", program], check=False).returncode == 0

    return is_there


def _has_script(name: str) -> Callable[[Tools], bool]:
    return lambda tools: os.path.exists(tools.script(name))


def _has_npm(name: str) -> Callable[[Tools], bool]:
    return lambda tools: os.path.exists(tools.module(name))


PEERS: Final = (
    Peer("python", "starts, and stops", nothing, lambda _: True),
    Peer(
        "script", "30 lines: python-frontmatter, jsonschema", _script, _has_modules("frontmatter", "jsonschema"),
        pip=("python-frontmatter", "jsonschema"),
    ),
    Peer("rumdl", "Rust: style of Markdown", _rumdl, _has_script("rumdl"), pip=("rumdl",), cached=_rumdl_cached),
    Peer("ryl", "Rust: style of YAML; front matter as .yaml", _ryl, _has_script("ryl"), pip=("ryl",)),
    Peer("yamllint", "style of YAML; front matter as .yaml", _yamllint, _has_script("yamllint"), pip=("yamllint",)),
    Peer(
        "check-jsonschema", "schema of news; front matter as .yaml", _check_jsonschema,
        _has_script("check-jsonschema"), pip=("check-jsonschema",),
    ),
    Peer(
        "prettier", "formatting of Markdown and YAML", _prettier, _has_npm("prettier"), npm=("prettier@3",),
        cached=_prettier_cached,
    ),
    Peer(
        "remark", "schema of news, in JavaScript", _remark, _has_npm("remark"),
        npm=("remark-cli@12", "remark-frontmatter@5", "remark-lint-frontmatter-schema@3"),
    ),
)  # fmt: skip


def install(cache: Path, chosen: Sequence[Peer]) -> Iterator[str]:
    """Install feedlint, as a wheel of this checkout, and *chosen* into *cache*; yield what could not be had."""
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
    for peer in chosen:
        try:
            if peer.pip:
                _run(*pip, "install", *peer.pip)
            if peer.npm:
                _run(shutil.which("npm") or "npm", "install", "--silent", "--prefix", str(tools.npm), *peer.npm)
        except Failed as error:
            yield f"{peer.name}: {error}"


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


can_round_trip: Final = _has_modules("ruamel.yaml")
"""Whether the fixer in 30 lines can run: feedlint itself needs ruamel.yaml."""
