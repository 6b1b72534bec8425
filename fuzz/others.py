"""What must hold of what is read besides feed files: configurations, baselines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from feedlint.baseline import BaselineError
from feedlint.baseline.baseline import Baseline
from feedlint.baseline.text import Entry, render
from feedlint.config import ConfigError, Configurations, Settings
from feedlint.engine import Engine
from fuzz.promise import TODAY, hold, loud


def configuration(data: bytes) -> None:
    """Hold that any bytes are a configuration, or none for a reason that is told."""
    folder = _folder()
    file = folder / "feedlint.toml"
    file.write_bytes(data)
    path = (folder / "_news" / "a.md").as_posix()
    try:
        configs = Configurations(Settings(today=TODAY), file=str(file))
        settings = configs.settings_of(path)
    except ConfigError as error:
        hold("a bad configuration is told on a line", re.match(r".+", str(error)), error)
        hold("what is told can be written", _is_writable(str(error)), error)
        return
    configs.excludes(path)
    with loud():
        Engine(settings).data(b"---\ntitle: a\n---\n", path)


@cache
def _folder() -> Path:
    """Return an empty folder, one for the process: it goes with it."""
    _FOLDERS.append(folder := TemporaryDirectory(prefix="feedlint-fuzz-"))
    (Path(folder.name) / ".git").mkdir()
    return Path(folder.name)


_FOLDERS: Final[list[TemporaryDirectory[str]]] = []


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def baseline(data: bytes) -> None:
    """Hold that any bytes are a baseline, or none for a reason; written anew it says the same."""
    name = str(_folder() / "known.txt")
    try:
        read = Baseline(name, data).entries
    except BaselineError as error:
        hold("a bad baseline is told with its line", re.match(r".+:\d+: .+", str(error)), error)
        return
    text = render(Entry(path, key) for path, known in read.items() for key in known)
    hold("a baseline written anew says the same", Baseline(name, text.encode()).entries == read)
