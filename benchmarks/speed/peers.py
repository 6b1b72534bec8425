"""Other programs that look at such files: what each does, how it is installed, and how it is run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Final, NamedTuple

from benchmarks.speed.measure import Command
from benchmarks.speed.tools import ROOT, Feed, Packages, Tools, can_import, has_npm, has_script

_SCRIPTS: Final = ROOT / "benchmarks" / "peers"
_SCHEMAS: Final = ROOT / "schemas"


class Peer(NamedTuple):
    """A program: its name, what it does in a phrase, and the commands that run it on a feed.

    *is_there* tells whether it is installed, which takes *packages*, the first of which gives the version. *cached* is
    the command that remembers what has not changed, where it can.
    """

    name: str
    does: str
    check: Callable[[Tools, Feed], Command]
    is_there: Callable[[Tools], bool]
    packages: Packages = Packages()
    cached: Callable[[Tools, Feed], Command] | None = None


def round_trip(tools: Tools, feed: Feed, *options: str) -> Command:
    """Return the command of the fixer in 30 lines, which writes, unless told to ``--check``."""
    return Command([str(tools.peers), str(_SCRIPTS / "round_trip.py"), ".", *options], feed.folder)


def nothing(tools: Tools, feed: Feed) -> Command:
    """Return the command that starts Python and stops."""
    return Command([str(tools.python), "-c", "pass"], feed.folder)


def _script(tools: Tools, feed: Feed) -> Command:
    return Command([str(tools.peers), str(_SCRIPTS / "check_feed.py"), str(_SCHEMAS), "."], feed.folder)


def _would_round_trip(tools: Tools, feed: Feed) -> Command:
    return round_trip(tools, feed, "--check")


def _yamllint(tools: Tools, feed: Feed) -> Command:
    return Command([tools.peer("yamllint"), "."], feed.yaml)


def _ryl(tools: Tools, feed: Feed) -> Command:
    return Command([tools.peer("ryl"), "check", "--no-cache", "-d", "extends: default", "."], feed.yaml)


def _rumdl(tools: Tools, feed: Feed) -> Command:
    return Command([tools.peer("rumdl"), "check", "--no-cache", "--silent", "."], feed.folder)


def _rumdl_cached(tools: Tools, feed: Feed) -> Command:
    cache = str(feed.cache / "rumdl")
    return Command([tools.peer("rumdl"), "check", "--cache-dir", cache, "--silent", "."], feed.folder)


def _check_jsonschema(tools: Tools, feed: Feed) -> Command:
    schema = str(_SCHEMAS / "article.schema.json")
    files = sorted(path.relative_to(feed.yaml).as_posix() for path in feed.yaml.glob("_news/*"))
    return Command(
        [tools.peer("check-jsonschema"), "--quiet", "--schemafile", schema, *files], feed.yaml, files=len(files)
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


def can_round_trip(tools: Tools) -> bool:
    """Tell whether the fixer in 30 lines can run."""
    return can_import(tools.peers, "ruamel.yaml")


def _has_script(tools: Tools) -> bool:
    return can_import(tools.peers, "frontmatter", "jsonschema")


PEERS: Final = (
    Peer("python", "starts, and stops", nothing, lambda _: True),
    Peer(
        "script", "30 lines: python-frontmatter, jsonschema", _script, _has_script,
        Packages(pip=("python-frontmatter", "jsonschema")),
    ),
    Peer(
        "rumdl", "Rust: style of Markdown", _rumdl, has_script("rumdl"), Packages(pip=("rumdl",)),
        cached=_rumdl_cached,
    ),
    Peer("ryl", "Rust: style of YAML; front matter as .yaml", _ryl, has_script("ryl"), Packages(pip=("ryl",))),
    Peer(
        "yamllint", "style of YAML; front matter as .yaml", _yamllint, has_script("yamllint"),
        Packages(pip=("yamllint",)),
    ),
    Peer(
        "check-jsonschema", "schema of news; front matter as .yaml", _check_jsonschema,
        has_script("check-jsonschema"), Packages(pip=("check-jsonschema",)),
    ),
    Peer(
        "round trip", "30 lines: ruamel.yaml reads, and says what it would change", _would_round_trip, can_round_trip,
        Packages(pip=("ruamel.yaml",)),
    ),
    Peer(
        "prettier", "formatting of Markdown and YAML", _prettier, has_npm("prettier"), Packages(npm=("prettier@3",)),
        cached=_prettier_cached,
    ),
    Peer(
        "remark", "schema of news, in JavaScript", _remark, has_npm("remark"),
        Packages(npm=("remark-cli@12", "remark-frontmatter@5", "remark-lint-frontmatter-schema@3")),
    ),
)  # fmt: skip
