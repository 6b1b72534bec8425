"""What feedlint is made of, and what it promises: few bounded dependencies, and a test for each promise."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Any, Final

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT: Final = Path(__file__).resolve().parent.parent
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULES: Final = {
    "can-ada": "can_ada", "ftfy": "ftfy", "imagesize": "imagesize", "jsonschema": "jsonschema",
    "jsonschema-rs": "jsonschema_rs", "pathspec": "pathspec", "pillow": "PIL", "publicsuffixlist": "publicsuffixlist",
    "referencing": "referencing", "rich": "rich", "ruamel.yaml": "ruamel", "tomli": "tomli",
}  # fmt: skip
"""The module of each dependency."""
# The C parser of ruamel.yaml[oldlibyaml], and what comes with Python.
_OTHERS: Final = {"_ruamel_yaml", "feedlint", "__future__", *sys.stdlib_module_names, "tomllib"}


def imported() -> set[str]:
    """Return the first names of all modules that the package imports."""
    found: set[str] = set()
    for file in (ROOT / "feedlint").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            found.update(name.partition(".")[0] for name in names)
    return found


def test_each_dependency_is_used_and_each_import_is_declared() -> None:
    declared = {re.split(r"[\[><=;!~ ]", line)[0] for line in PROJECT["dependencies"]}
    assert declared == set(MODULES)
    optional = {re.split(r"[\[><=;!~ ]", line)[0] for line in PROJECT["optional-dependencies"]["distributed"]}
    assert imported() - _OTHERS == {*MODULES.values(), *optional}


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_a_dependency_is_bounded(line: str) -> None:
    assert re.fullmatch(r"[a-z][\w.-]*(\[\w+\])?>=[\d.]+,<[\d.]+(; .+)?", line)


def promises() -> list[tuple[str, str]]:
    """Return the promises of SECURITY.md, each with the cell that names its tests."""
    rows = re.findall(r"(?m)^\| (.+?) \| (.+?) \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    return [row for row in rows if row[0] not in ("promise", "---")]


@pytest.mark.parametrize(("promise", "tests"), promises())
def test_each_promise_names_tests_that_there_are(promise: str, tests: str) -> None:
    named = re.findall(r"`(tests/test_\w+\.py)::(test_\w+)`", tests)
    assert named, promise
    assert tests == ", ".join(f"`{file}::{name}`" for file, name in named)
    for file, name in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{file}::{name}"


def test_there_are_promises() -> None:
    assert len(promises()) >= 12
