"""What a result depends on beside files: feedlint itself, the libraries it rests on, Python, and the settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache

from feedlint import __version__
from feedlint.typed import TYPE_CHECKING, Final

try:  # as in the census
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from feedlint.config import Settings

_DIGEST: Final = 16
_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def key_of(settings: Settings, root: str) -> str:
    """Return the name of what is known of files below *root* that were checked by *settings*: 32 hexadecimal digits.

    Two have the same where nothing differs that a finding may depend on. What is done with findings is not among that:
    whether they are repaired, shown or known, and which of them fail a run. Rules are those of the catalogue.
    """
    import json

    rules = [(rule.code, rule.severity.value, rule.fixes) for rule in settings.rules]
    taxonomy = None if settings.taxonomy is None else sorted(settings.taxonomy)
    said = [root, rules, settings.schemas.said(), settings.site_url, taxonomy, settings.max_file_size]
    return digest_of_texts(*surroundings(), json.dumps(said))


@cache
def surroundings() -> tuple[str, ...]:
    """Return what is the same for all files of a run: the very code of feedlint, its libraries, and Python."""
    return _code(), *_libraries(), sys.version, sys.platform


def _code() -> str:
    """Return what tells this feedlint from any other.

    An installed one has a list of its files, each with a digest; where that is not beside it, it is a checkout, in
    which files change: then it is their times and sizes.
    """
    installed = os.path.join(os.path.dirname(_PACKAGE), f"feedlint-{__version__}.dist-info", "RECORD")
    try:
        with open(installed, encoding="utf-8") as file:
            return digest_of_texts(file.read())
    except OSError:
        from feedlint.catalogue import folder

        return digest_of_texts(*_modules(_PACKAGE), *_modules(folder()))


def _modules(folder: str) -> Iterator[str]:
    """Yield the path, size and time of each file of code, or schema, in *folder* and below."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _modules(entry.path)
        elif entry.name.endswith((".py", ".json")):
            state = entry.stat()
            yield f"{entry.path} {state.st_size} {state.st_mtime_ns}"


def _libraries() -> list[str]:
    """Return the names of what is installed, with versions, as the folders are called in which that is noted.

    All of it: what a library rests on counts too, and this takes less time than to ask for each.
    """
    found: set[str] = set()
    for place in sys.path:
        if place and place != os.getcwd():  # which is what is checked, under `python -m feedlint`
            try:
                found.update(name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info")))
            except OSError:  # a zip archive, or nothing
                continue
    return sorted(found)


def digest_of_texts(*texts: str) -> str:
    """Return what stands for *texts*: 32 hexadecimal digits."""
    return blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()
