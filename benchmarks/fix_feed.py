"""Repair a copy of a whole feed and check it from outside: ``python benchmarks/fix_feed.py FOLDER [--javascript]``.

Copies FOLDER into a fresh git repository, runs ``feedlint --fix`` on it and checks that

* git shows changes only in lines that had a finding with a safe fix;
* a second ``--fix`` changes nothing, and what is left has no safe fix;
* the data of every file, read by PyYAML, by ruamel.yaml in pure Python and, with ``--javascript``, by npm's ``yaml``
  and ``js-yaml`` (installed into a temporary folder), is the old data but for the fields that a fix declared to
  change, and those hold what was declared.

Prints a table of counts; exits with 1 where a check fails.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import feedlint
from feedlint.source.nodes import DataPath

Flat = dict[tuple[Any, ...], Any]

# Reads a list of YAML texts from standard input and writes their data as JSON: [yaml's, js-yaml's] for each.
_JAVASCRIPT = """
const yaml = require('yaml'), jsyaml = require('js-yaml');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const plain = (value) => value === undefined ? null : value;
process.stdout.write(JSON.stringify(texts.map((text) => [plain(yaml.parse(text)), plain(jsyaml.load(text))])));
"""


def main() -> int:
    """Run the experiment; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--javascript", action="store_true", help="read with npm's yaml and js-yaml too (needs npm)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        return _experiment(options.folder, Path(work), javascript=options.javascript)


def _experiment(folder: Path, work: Path, *, javascript: bool) -> int:
    copy = work / "feed"
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)  # what is read-only stays as it is
    _git(copy, "init", "--quiet")
    _git(copy, "config", "core.autocrlf", "false")
    _git(copy, "add", "--all", "--force")
    _git(copy, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--message", "before")
    before = feedlint.lint_paths([str(copy)])
    old = {file.path: feedlint.parse(Path(file.path).read_bytes(), file.path) for file in before.files}

    settings = feedlint.Settings(fix=True, write=True)
    after = feedlint.lint_paths([str(copy)], settings)
    new = {file.path: feedlint.parse(Path(file.path).read_bytes(), file.path) for file in after.files}
    stray = _stray_lines(copy, before, old)
    again = feedlint.lint_paths([str(copy)], settings)

    failures: dict[str, Sequence[object]] = {
        "lines changed without a finding": stray,
        "files changed by a second --fix": [file.path for file in again.files if file.fixed],
        "findings left with a safe fix": [d for d in after.findings if d.fix and d.fix.safety == "safe"],
        "fixes refused": [f"{file.path}: {refusal}" for file in after.files for refusal in file.refused],
    }
    readers: dict[str, Callable[[list[str]], list[Any]]] = {"PyYAML": _pyyaml, "ruamel.yaml (pure)": _ruamel}
    if javascript:
        pairs = _javascript([_front(d) for d in (*old.values(), *new.values())], work)
        by_text = {_front(d): pair for d, pair in zip((*old.values(), *new.values()), pairs, strict=True)}
        readers["npm yaml"] = lambda texts: [by_text[text][0] for text in texts]
        readers["npm js-yaml"] = lambda texts: [by_text[text][1] for text in texts]
    for name, read in readers.items():
        failures[f"files that {name} reads otherwise than declared"] = _misread(old, new, read)

    print(f"files: {len(after.files)}, findings before: {len(before.findings)}, fixed: {after.fixed}, ", end="")
    print(f"in {after.changed} files, findings left: {len(after.findings)}")
    print("fixed by rule:", dict(sorted(sum((file.fixed for file in after.files), Counter()).items())))
    print("left by rule:", dict(sorted(Counter(d.code for d in after.findings).items())))
    for name, found in failures.items():
        print(f"{name}: {len(found)}", *found[:5], sep="\n  ")
    return int(any(failures.values()))


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True).stdout.decode()


def _stray_lines(copy: Path, before: feedlint.Report, old: dict[str, feedlint.Document]) -> list[str]:
    """Return the lines that git shows as changed but on which nothing fixable was found."""
    expected: dict[str, set[int]] = {}
    for diagnostic in before.findings:
        for edit in diagnostic.fix.edits if diagnostic.fix else ():
            lines = old[diagnostic.path].lines
            first, last = lines.position(edit.span.start)[0], lines.position(max(edit.span.start, edit.span.end - 1))[0]
            expected.setdefault(diagnostic.path, set()).update(range(first, last + 1))
    stray, path = [], ""
    for line in _git(copy, "diff", "--unified=0", "--no-color").splitlines():
        if line.startswith("--- a/"):
            path = str(copy / line.removeprefix("--- a/"))
        hunk = re.match(r"@@ -(\d+)(?:,(\d+))? ", line)
        if hunk:
            start, count = int(hunk[1]), int(hunk[2] or 1)
            stray += [f"{path}:{n}" for n in range(start, start + count) if n not in expected.get(path, set())]
    return stray


def _front(document: feedlint.Document) -> str:
    return document.slice(document.delimiters.front).replace("\r\n", "\n")


def _pyyaml(texts: list[str]) -> list[Any]:
    import yaml

    return [yaml.safe_load(text) for text in texts]


def _ruamel(texts: list[str]) -> list[Any]:
    from ruamel.yaml import YAML

    return [YAML(typ="safe", pure=True).load(text) for text in texts]


def _javascript(texts: list[str], work: Path) -> list[Any]:
    (work / "package.json").write_text("{}", encoding="utf-8")
    npm = shutil.which("npm") or "npm"
    subprocess.run([npm, "install", "--silent", "yaml", "js-yaml@4"], cwd=work, check=True, capture_output=True)
    command = [shutil.which("node") or "node", "-e", _JAVASCRIPT]
    result = subprocess.run(command, cwd=work, input=json.dumps(texts).encode(), check=True, capture_output=True)
    return list(json.loads(result.stdout))


def _flatten(data: Any, path: DataPath = ()) -> Flat:
    if isinstance(data, dict):
        return {k: v for key, value in data.items() for k, v in _flatten(value, (*path, str(key))).items()}
    if isinstance(data, list):
        return {k: v for index, value in enumerate(data) for k, v in _flatten(value, (*path, index)).items()}
    if isinstance(data, date):  # a datetime is a date too
        data = data.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(data, datetime) else data.isoformat()
    return {path: re.sub(r"\.000Z$", "Z", data) if isinstance(data, str) else data}


def _misread(
    old: dict[str, feedlint.Document], new: dict[str, feedlint.Document], read: Callable[[list[str]], list[Any]]
) -> list[str]:
    """Return the files whose data, as *read* has it, changed in another way than feedlint's own reading says."""
    wrong = []
    for path, before in old.items():
        after = new[path]
        theirs_before, theirs_after = map(_flatten, read([_front(before), _front(after)]))
        ours_before, ours_after = _flatten(before.data), _flatten(after.data)
        declared = {p for p in ours_before.keys() | ours_after.keys() if ours_before.get(p) != ours_after.get(p)}
        same = {p: v for p, v in theirs_before.items() if p not in declared}
        changed = {p: ours_after[p] for p in declared if p in ours_after}
        if {**same, **changed} != theirs_after:
            wrong.append(path)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
