"""The options about the cache: what earlier runs have found in files that are still the same."""

from __future__ import annotations

import os
from collections.abc import Callable

from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import Namespace

    from feedlint.cache import Cache, Ground

NO_CACHE: Final = "FEEDLINT_NO_CACHE"
WORTH: Final = 100
"""Files from which on a cache is asked: to check fewer takes some 40 ms, and one has to be loaded that tells of all."""


def add_options(add: Callable[..., object]) -> None:
    """Add the options to a parser, or a group of one, by its ``add_argument``."""
    add("--no-cache", action="store_true", help="check each file, and keep nothing for later runs")
    add_folder(add)


def add_folder(add: Callable[..., object]) -> None:
    """Add the option that says where the cache is."""
    add("--cache-dir", metavar="FOLDER", help="where the cache is (default: where the system keeps caches)")


def place(options: Namespace) -> str | None:
    """Return the folder of the cache, an absolute path; None where there is no place for one."""
    from feedlint.cache.folder import default

    return os.path.abspath(options.cache_dir) if options.cache_dir else default()


def opened(options: Namespace, files: int, ground: Ground | None) -> Cache | None:
    """Return the cache of a run over so many *files*, whose folders *ground* has listed, if any.

    None where it is to have none, or there is no place for one.
    """
    if options.no_cache or os.environ.get(NO_CACHE) or files < WORTH:
        return None
    from feedlint.cache import Cache, Ground

    where = place(options)
    return Cache(where, ground or Ground()) if where is not None else None
