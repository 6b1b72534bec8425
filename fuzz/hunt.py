"""Inputs are put to a check, and one that breaks it is made small and kept."""

from __future__ import annotations

import re
import sys
import time
import traceback
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from feedlint.source import decode, encode
from fuzz.checks import CHECKS
from fuzz.promise import Broken

REGRESSIONS: Final = Path(__file__).resolve().parent.parent / "tests" / "regressions"
"""Where inputs are kept that broke a check once, as ``<check>-<what it is>``."""
_SECONDS: Final = 20.0  # to make an input small
_CODE: Final = re.compile(r"\b[A-Z]{2}\d{3}\b")


def check_of(file: Path) -> str:
    """Return the name of the check that the input in *file* was kept for."""
    return file.name.partition("-")[0]


def signature(error: Exception) -> str:
    """Return what makes *error* the same as another: the promise and the rules it names, or where it was raised."""
    if isinstance(error, Broken):
        promise, _, where = str(error).partition(":")
        return " ".join([promise, *dict.fromkeys(_CODE.findall(where)[:1])])
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "feedlint" in Path(frame.filename).parts[-4:]] or frames
    return f"{type(error).__name__} in {Path(ours[-1].filename).name}:{ours[-1].name}"


class Hunt:
    """Puts inputs to the check *name*; those that break it in a way not seen before are written to *folder*."""

    def __init__(self, name: str, folder: Path = REGRESSIONS) -> None:
        self.name = name
        self.folder = folder
        self.executed = 0
        self.broken = 0
        self._check = CHECKS[name]
        kept = (file.read_bytes() for file in sorted(folder.glob(f"{name}-*")))
        self._seen = {verdict for data in kept if (verdict := self.verdict(data))}

    def verdict(self, data: bytes) -> str:
        """Return the signature of what *data* breaks, "" where the check holds."""
        try:
            self._check(data)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            return signature(error)
        return ""

    def put(self, data: bytes) -> None:
        """Put *data* to the check; keep it, made small, if it breaks it in a new way."""
        self.executed += 1
        found = self.verdict(data)
        if not found:
            return
        self.broken += 1
        if found not in self._seen:
            self._seen.add(found)
            small = self._small(data, found)
            file = self.folder / f"{self.name}-{sha256(small).hexdigest()[:8]}"
            self.folder.mkdir(parents=True, exist_ok=True)
            file.write_bytes(small)
            print(f"{self.name}: {found}: {file}", file=sys.stderr, flush=True)

    def _small(self, data: bytes, found: str) -> bytes:
        """Return the smallest part of *data* there was time to find that breaks the check in the same way."""
        until = time.monotonic() + _SECONDS
        size = max(1, len(data) // 2)
        while True:
            shorter = next((part for part in _parts(data, size, until) if self.verdict(part) == found), None)
            if shorter is not None:
                data = shorter
            elif size == 1 or time.monotonic() > until:
                return data
            else:
                size = max(1, size // 2)


def _parts(data: bytes, size: int, until: float) -> Iterator[bytes]:
    """Yield *data* without each stretch of *size* characters, while there is time."""
    text = decode(data)
    for at in range(0, len(text), size):
        if time.monotonic() > until:
            return
        yield encode(text[:at] + text[at + size :])
