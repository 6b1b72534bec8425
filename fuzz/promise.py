"""What checks are made with: a promise that holds or not, on a day that does not change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Final
from unittest import mock

TODAY: Final = datetime(2021, 6, 1, tzinfo=timezone.utc)
"""When all that is checked happens."""


class Broken(AssertionError):
    """A promise that does not hold: which one, and after a colon where."""


def hold(promise: str, is_kept: object, where: object = "") -> None:
    """Raise :class:`Broken` with *promise* and *where*, unless it *is_kept*."""
    if not is_kept:
        raise Broken(f"{promise}: {where}")


@contextmanager
def loud() -> Iterator[None]:
    """Let an internal error be raised, where it would be told as that of one file."""
    with mock.patch.dict(os.environ, FEEDLINT_DEBUG="1"):
        yield
