"""Parts of the standard library without all else that comes with them: that takes longer than checking a file.

Each is the same as there, or falls back on it where Python has it not in this form.
"""

from __future__ import annotations

from functools import cache

from feedlint.lazy import module
from feedlint.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["datetime", "loads", "sha256", "suppress", "timezone"]

if TYPE_CHECKING:
    from datetime import datetime, timezone
else:
    try:  # up to Python 3.11, `datetime` has it all in Python once more
        from _datetime import datetime, timezone
    except ImportError:
        from datetime import datetime, timezone


class suppress:  # noqa: N801  # as it is called there
    """As that of :mod:`contextlib`: nothing comes of *errors* in its block."""

    def __init__(self, *errors: type[BaseException]) -> None:
        self._errors = errors

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        """End the block."""
        return kind is not None and issubclass(kind, self._errors)


class _Plainly:
    """How JSON is read where nothing else is asked for."""

    strict = True
    object_hook = object_pairs_hook = array_hook = None
    parse_float, parse_int = float, int
    parse_constant: Any = {"-Infinity": -float("inf"), "Infinity": float("inf"), "NaN": float("nan")}.__getitem__
    memo: dict[str, str] = {}  # noqa: RUF012  # as the decoder of json has it


def loads(text: str) -> Any:
    """Return what *text* says in JSON. Raises ValueError (json.JSONDecodeError)."""
    try:
        from _json import make_scanner

        plainly: Any = _Plainly
        said, end = make_scanner(plainly)(text, 0)
        if not text[end:].strip(" \t\r\n"):
            return said
    except Exception:  # noqa: BLE001  # whatever it is: that is for json to say
        pass
    import json

    return json.loads(text)


def sha256(data: bytes) -> Any:
    """Return what :func:`hashlib.sha256` does, without OpenSSL: that is faster, and takes long to load."""
    return _sha256()(data)


@cache
def _sha256() -> Callable[[bytes], Any]:
    for name in ("_sha2", "_sha256", "hashlib"):  # from Python 3.12, before that, and where there is neither
        try:
            return module(name).sha256  # type: ignore[no-any-return]
        except ImportError:
            continue
    raise AssertionError("hashlib is part of Python")
