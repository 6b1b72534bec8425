"""What git knows, asked of the program itself."""

from __future__ import annotations

import subprocess
from typing import Final

# Nothing that a user's configuration adds to the output of git, and no names in quotes.
_PLAIN: Final = ("--no-pager", "-c", "core.quotePath=false", "-c", "color.ui=false", "-c", "diff.external=")


class GitError(Exception):
    """Something git could not do, in its own words; or there is no git."""


def run(folder: str, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Return what ``git arguments`` prints in *folder*, given *stdin*. Raises :class:`GitError`."""
    try:
        result = subprocess.run(["git", *_PLAIN, *arguments], cwd=folder, input=stdin, capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None
    if result.returncode:
        said = result.stderr.decode("utf-8", "replace").strip()
        raise GitError(said.removeprefix("fatal: ") or f"git {arguments[0]} failed")
    return result.stdout


def toplevel(folder: str) -> str:
    """Return the root of the working tree that *folder* is in. Raises :class:`GitError` where it is in none."""
    return run(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n")
