"""The programs that read feed files: how to install each, and how to have it read a folder of files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

_PROGRAMS = Path(__file__).parent / "programs"
# Package: folder, and what to install there. js-yaml 3 is gray-matter's own, js-yaml 4 what Eleventy gives its fork.
_NPM = {
    "gray-matter": ("npm", ["gray-matter@4", "front-matter@4", "vfile-matter@5", "vfile@6"]),
    "front-matter": ("npm", []),
    "vfile-matter": ("npm", []),
    "@11ty/gray-matter": ("eleventy", ["@11ty/gray-matter@1", "js-yaml@4"]),
}
_HUGO_SITE = {
    "hugo.toml": 'baseURL = "https://feed.example/"\n'
    'disableKinds = ["taxonomy", "term", "section", "RSS", "sitemap", "robotsTXT", "404"]\n',
    # JSON has no infinity and no NaN: one of them makes all the data a text.
    "layouts/index.html": '[{{ range site.RegularPages }}{{ $data := .Params }}{{ $shown := printf "%v" .Params }}'
    '{{ if findRE `[ :\\[](?:[+-]Inf|NaN)[ \\]]` $shown }}{{ $data = dict "$other" $shown }}{{ end }}'
    '{{ dict "file" .File.LogicalName "data" $data "body" .RawContent | jsonify | safeHTML }},\n{{ end }}null]',
}
_HUGO_FILES = 40
# What Hugo puts into a page's parameters by itself. "published" it takes out and makes "draft" of.
_HUGO_OWN = frozenset({"iscjklanguage", "draft", "date", "lastmod", "publishdate"})


class Reading(NamedTuple):
    """What a reader makes of a file: nothing (*found* is false), an error, or its data and its body."""

    found: bool = False
    data: Any = None
    body: str = ""
    error: str = ""


@dataclass(frozen=True)
class Reader:
    """A program that reads feed files: *read* takes a folder with files in ``_news`` and says what is in each."""

    name: str
    read: Callable[[Path], dict[str, Reading]]


def install(cache: Path) -> list[str]:
    """Install all readers, those of npm and PyPI into *cache*; return what could not be had, and why."""
    failed = []
    apt = shutil.which("apt-get")
    missing = [name for name in ("jekyll", "hugo") if not shutil.which(name)]
    if missing:
        su = ["sudo", "-n"] if hasattr(os, "geteuid") and os.geteuid() and shutil.which("sudo") else []
        commands = [
            [*su, apt or "", "update"],
            [*su, apt or "", "install", "--yes", "--no-install-recommends", *missing],
        ]
        if not apt or not all(map(_succeeds, commands)):
            failed.append(f"{' and '.join(missing)}: apt-get cannot install them here")
    for folder, packages in _NPM.values():
        if packages:
            target = cache / folder
            target.mkdir(parents=True, exist_ok=True)
            (target / "package.json").write_text("{}", encoding="utf-8")
            if not shutil.which("npm") or not _succeeds(["npm", "install", "--silent", *packages], cwd=target):
                failed.append(f"{' '.join(packages)}: npm cannot install them here")
    python = _python(cache)
    create = [sys.executable, "-m", "venv", str(cache / "python")]
    if not (_succeeds(create) and _succeeds([str(python), "-m", "pip", "install", "--quiet", "python-frontmatter"])):
        failed.append("python-frontmatter: pip cannot install it here")
    return failed


def available(cache: Path) -> tuple[list[Reader], list[str]]:
    """Return the readers that are installed, with the names of those that are not."""
    readers, missing = [], []

    def add(name: str, there: object, read: Callable[[Path], dict[str, Reading]]) -> None:
        if there:
            readers.append(Reader(name, read))
        else:
            missing.append(name)

    add("jekyll", shutil.which("jekyll") and shutil.which("ruby"), _jekyll)
    add("hugo", shutil.which("hugo"), _hugo)
    for package, (folder, _) in _NPM.items():
        there = (cache / folder / "node_modules" / package).is_dir() and shutil.which("node")
        add("eleventy" if package.startswith("@11ty") else package, there, _Node(package, cache / folder))
    python = _python(cache)
    add("python-frontmatter", python.exists(), lambda site: _run([str(python), _PROGRAMS / "python_frontmatter.py",
                                                                  site / "_news"]))  # fmt: skip
    return readers, missing


def _jekyll(site: Path) -> dict[str, Reading]:
    return _run(["ruby", _PROGRAMS / "jekyll.rb", site])


@dataclass(frozen=True)
class _Node:
    package: str
    folder: Path

    def __call__(self, site: Path) -> dict[str, Reading]:
        return _run(["node", _PROGRAMS / "node.mjs", self.package, site.resolve() / "_news"], cwd=self.folder)


def _hugo(site: Path) -> dict[str, Reading]:
    """Build sites of a few files each, for one that Hugo cannot read stops the build and must be taken out."""
    files = sorted((site / "_news").iterdir())
    readings: dict[str, Reading] = {}
    for start in range(0, len(files), _HUGO_FILES):
        readings |= _hugo_site(site / f"hugo{start}", files[start : start + _HUGO_FILES])
    return readings


def _hugo_site(site: Path, files: list[Path]) -> dict[str, Reading]:
    for name, text in _HUGO_SITE.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    content = site / "content"
    content.mkdir()
    for file in files:
        shutil.copy(file, content)
    readings = {}
    command = ["hugo", "--buildDrafts", "--buildFuture", "--buildExpired", "--quiet"]
    while True:
        result = subprocess.run(command, cwd=site, capture_output=True, text=True, errors="replace", check=False)
        if not result.returncode:
            break
        report = (result.stderr + result.stdout).replace(str(site.resolve()), "")
        guilty = re.search(r"/content/([^/\":]+\.md)", report)
        if not guilty:
            raise RuntimeError(f"hugo: {report}")
        readings[guilty[1]] = Reading(error=re.sub(r"(?s).*?Error: |\n.*", "", report))
        (content / guilty[1]).unlink()
    for page in json.loads((site / "public" / "index.html").read_text(encoding="utf-8"))[:-1]:
        data = {key: value for key, value in page["data"].items() if key not in _HUGO_OWN}
        # An empty body comes out as the whole file, as one without a record does.
        nothing = page["body"].encode("utf-8", "replace") == (content / page["file"]).read_bytes()
        readings[page["file"]] = (
            Reading(True, data, "" if nothing else page["body"]) if data or not nothing else Reading()
        )
    return readings


def _run(command: list[str | Path], cwd: Path | None = None) -> dict[str, Reading]:
    result = subprocess.run(command, cwd=cwd, capture_output=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{command}: {result.stderr.decode(errors='replace')}")
    return {name: Reading(**reading) for name, reading in json.loads(result.stdout).items()}


def _python(cache: Path) -> Path:
    return cache / "python" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _succeeds(command: list[str], cwd: Path | None = None) -> bool:
    return not subprocess.run(command, cwd=cwd, check=False).returncode
