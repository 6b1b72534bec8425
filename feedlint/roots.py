"""The repository and the site that a file is in, and what leads out of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache

from feedlint.typed import Final

CONFIG_NAMES: Final = ("_config.yml", "_config.yaml")
"""What Jekyll calls the configuration of a site, which is in its root."""


class NoFile(str):
    """The name of a text that is in no file on disk, and so in no repository: ``<stdin>``, or an address."""


@lru_cache(maxsize=4096)
def root_of(folder: str) -> str | None:
    """Return the nearest folder, from *folder* (absolute) up, that holds a site's configuration or a git repository."""
    while not any(os.path.exists(os.path.join(folder, name)) for name in (*CONFIG_NAMES, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def git_root_of(folder: str) -> str | None:
    """Return the nearest folder, from *folder* (absolute) up, that has a ``.git`` in it; a worktree has a file there.

    It is found by looking, not by asking git, which refuses to tell in a folder that another user owns.
    """
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def is_within(path: str, folder: str) -> bool:
    """Tell whether what is at *path* is in *folder*, wherever links lead."""
    real, folder = os.path.realpath(path), os.path.realpath(folder)
    return real == folder or real.startswith(os.path.join(folder, ""))


def bound_of(folder: str) -> str:
    """Return what nothing in *folder* (absolute) may lead out of: its repository, or itself where there is none."""
    return git_root_of(folder) or root_of(folder) or folder


def leads_out(path: str) -> bool:
    """Tell whether the file at *path* is a symbolic link that leads out of the repository which the link is in."""
    return os.path.islink(path) and not is_within(path, bound_of(os.path.realpath(os.path.dirname(path))))


def is_all_in(path: str, folders: Sequence[str]) -> bool:
    """Tell whether all of the repository that the file at *path* is in lies in one of *folders*."""
    root = None if isinstance(path, NoFile) or not folders else root_of(os.path.dirname(os.path.abspath(path)))
    return root is not None and any(_is_below(root, os.path.abspath(folder)) for folder in folders)


def _is_below(path: str, folder: str) -> bool:
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(os.path.join(folder, ""))


def folder_of(path: str) -> str:
    """Return what *path* begins with up to its name, sooner than ``os.path.dirname``: it is asked of each file."""
    return path[: path.rfind("/") + 1] if os.sep == "/" else os.path.dirname(path)


def shown(path: str) -> str:
    """Return *path* (absolute) as it is shown: from the current folder where it is in there, with "/"."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return (path if relative.startswith(os.pardir + os.sep + os.pardir) else relative).replace(os.sep, "/")


def place(path: str) -> str:
    """Return *path* as seen from the root of its repository, with "/"; as it is given where there is none.

    That of :class:`NoFile` is in none, wherever the program runs.
    """
    return path if isinstance(path, NoFile) else _place(os.path.abspath(path), path)


@lru_cache(maxsize=64)  # several rules ask for the file at hand
def _place(absolute: str, path: str) -> str:
    root = root_of(os.path.dirname(absolute))
    if root is not None:
        return os.path.relpath(absolute, root).replace(os.sep, "/")
    from pathlib import Path

    return Path(path).as_posix()
