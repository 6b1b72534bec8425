#!/usr/bin/env python3
"""Everything a newcomer needs: ``python3 dev.py example`` and ``python3 dev.py test``.

Each sets up what it needs in ``.venv`` beside this file (Python 3.10 or later and git are all it asks for), and
needs no other command before it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FEED = "examples/feed"


def main(argv: list[str]) -> int:
    """Run the command named in *argv*; return its exit status."""
    if sys.version_info < (3, 10):
        print("feedlint needs Python 3.10 or later")
        return 2
    if argv[:1] == ["example"]:
        install(".")
        # The example feed is full of mistakes: status 1 says that they were found.
        status = run("-m", "feedlint", FEED, *argv[1:])
        return 0 if status == 1 else status or 2
    if argv[:1] == ["test"]:
        install(".[dev]")
        return run("-m", "pytest", "--numprocesses", "auto", *argv[1:])
    if argv[:1] == ["docs"]:
        install(".[dev]")
        return run("-m", "tests.test_docs") or run("-m", "tests.test_readme")
    if argv[:1] == ["check"]:
        install(".[dev]")
        return run("-m", "ruff", "check", ".") or run("-m", "ruff", "format", "--check", ".") or run("-m", "mypy")
    print("usage: python3 dev.py example   set up, and lint the example feed")
    print("       python3 dev.py test      set up, and run all tests")
    print("       python3 dev.py docs      set up, and write docs/rules and the output shown in README.md anew")
    print("       python3 dev.py check     set up, and run the linters and the type checker")
    return 2


def install(what: str) -> None:
    """Make the virtual environment if there is none, and install *what* from this folder, editable."""
    if not PYTHON.exists():
        print(f"Setting up {VENV.name} …", file=sys.stderr, flush=True)
        venv.create(VENV, with_pip=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what]
    subprocess.run(command, cwd=HERE, check=True)


def run(*arguments: str) -> int:
    """Run the environment's Python with *arguments* in this folder; return its exit status."""
    return subprocess.run([PYTHON, *arguments], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
