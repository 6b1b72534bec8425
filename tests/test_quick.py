"""What stands in for parts of the standard library does as they do."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint import quick

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def outcome(read: Callable[[str], Any], text: str) -> Any:
    """Return what *read* makes of *text*, or how it fails."""
    try:
        return repr(read(text))
    except (ValueError, RecursionError) as error:
        return type(error), str(error)


@given(PLAIN, st.sampled_from(["", " ", "\n", "x", "\ufeff"]), st.sampled_from(["", "\n", "  \r\n", "x", ",", "\xa0"]))
def test_json_is_read_as_by_json(data: Any, before: str, after: str) -> None:
    text = f"{before}{json.dumps(data)}{after}"
    assert outcome(quick.loads, text) == outcome(json.loads, text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "{", "[1,]", '{"a" 1}', '{"a": 1, "a": 2}', "NaN", "-Infinity", "nul", "01", "1e400", '"\\ud83d"'),
        *('"\\ud83d\\ude00"', '"\n"', '"\t"', "'a'", "[" * 100_000, '{"a": [1, 2.50, 1E3, true, null, "\\u00e9"]}'),
    ],
)
def test_json_that_is_odd_is_read_as_by_json(text: str) -> None:
    assert outcome(quick.loads, text) == outcome(json.loads, text)


def test_where_the_scanner_is_another_json_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_json", None)
    assert quick.loads('{"a": 1}') == {"a": 1}


@given(st.binary())
def test_a_digest_is_that_of_hashlib(data: bytes) -> None:
    assert quick.sha256(data).hexdigest() == hashlib.sha256(data).hexdigest()


def test_dates_are_those_of_datetime() -> None:
    assert quick.datetime is datetime.datetime
    assert quick.timezone is datetime.timezone


@pytest.mark.parametrize("suppress", [quick.suppress, contextlib.suppress])
def test_what_is_suppressed(suppress: Any, tmp_path: Path) -> None:
    with suppress(OSError, ValueError):
        (tmp_path / "none").read_bytes()
    with suppress(OSError, ValueError):
        int("x")
    with pytest.raises(KeyError), suppress(OSError):
        raise KeyError("a")
    with suppress():
        pass
