"""The house: imports point one way, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import feedlint

PACKAGE = Path(feedlint.__file__).parent
# Each layer may import from itself and from those before it.
LAYERS = (
    ("lazy", "quick", "typed", "values"),
    ("source",),
    ("diagnostic", "roots"),
    ("disk",),
    ("comments", "identity", "git", "remote"),
    ("tree",),
    ("edits", "fragments"),
    ("census", "likeness", "patterns", "pictures", "slug", "urls", "words"),
    ("glimpse",),
    ("schema",),
    ("places",),
    ("catalogue",),
    ("repository",),
    ("brief",),
    ("record",),
    ("rule",),
    ("rules",),
    ("fixing", "glance", "suppress"),
    ("config",),
    ("report",),
    ("linting",),
    ("thorough",),
    ("cache",),
    ("ignored",),
    ("engine", "files"),
    ("whole", "recall"),
    ("workers",),
    ("baseline", "changes"),
    ("before",),
    ("formats",),
    ("explain",),
    ("api",),
    ("__init__",),
    ("cli",),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def imports(file: Path) -> set[str]:
    """Return the layers that *file* imports from, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "feedlint" else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            first, _, rest = name.partition(".")
            if first == "feedlint":
                layer = rest.partition(".")[0]
                found.add(layer if layer in LEVEL else "__init__")
    return found


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_point_one_way(file: Path) -> None:
    layer = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert layer in LEVEL, f"{layer} has no place in the house"
    above = {name for name in imports(file) if LEVEL[name] > LEVEL[layer] and name != "__init__"}
    assert not above


def test_a_rule_does_not_know_another_family() -> None:
    for folder in (PACKAGE / "rules").iterdir():
        for file in folder.glob("*.py") if folder.is_dir() else ():
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("feedlint.rules."):
                    assert (node.module or "").split(".")[2] == folder.name, file


HEAVY = ("ftfy", "jsonschema", "rich", "PIL", "imagesize", "pathspec", "publicsuffixlist", "multiprocessing")


def test_a_clean_ascii_file_loads_nothing_heavy(tmp_path: Path) -> None:
    from tests.support import ARTICLE

    file = tmp_path / "_news" / "a.md"
    file.parent.mkdir()
    file.write_text(ARTICLE, encoding="utf-8")
    program = (
        "import sys; from feedlint.cli import main\n"
        f"status = main([{str(file)!r}])\n"
        f"print(status, *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "0"


def test_nothing_opens_a_network_connection() -> None:
    network = {"socket", "http", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name for name in names if name in network or name.split(".")[0] in network}, file
