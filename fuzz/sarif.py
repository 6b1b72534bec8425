"""What a reader of SARIF makes of the fixes in it, knowing nothing of feedlint."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from typing import Any

Replacement = tuple[int, int, bytes]
"""The bytes from an offset to another, and what takes their place."""


def replacements(data: bytes, fix: Any) -> list[Replacement]:
    """Return what the *fix* of a result replaces in the file that has the bytes *data*."""
    text = data.decode("utf-8", "surrogateescape")
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0

    def offset(chars: int) -> int:
        return mark + len(text.removeprefix("\ufeff")[:chars].encode("utf-8", "surrogateescape"))

    ((change),) = fix["artifactChanges"]
    found: list[Replacement] = []
    for replacement in change["replacements"]:
        gone, new = replacement["deletedRegion"], replacement["insertedContent"]
        if "byteOffset" in gone:
            start, end = gone["byteOffset"], gone["byteOffset"] + gone["byteLength"]
            found.append((start, end, b64decode(new["binary"])))
        else:
            start, end = offset(gone["charOffset"]), offset(gone["charOffset"] + gone["charLength"])
            found.append((start, end, new["text"].encode()))
    return found


def replaced(data: bytes, made: Sequence[Replacement]) -> bytes:
    """Return *data* with the replacements *made*, which do not overlap."""
    for start, end, inserted in sorted(made, key=lambda each: each[:2], reverse=True):
        data = data[:start] + inserted + data[end:]
    return data


def repaired(data: bytes, results: Sequence[Any]) -> bytes:
    """Return *data* with the safe fixes of *results* made; of two at odds the first."""
    made, _ = _chosen(data, results)
    return replaced(data, made)


def are_at_odds(data: bytes, results: Sequence[Any]) -> bool:
    """Tell whether two of the safe fixes of *results* touch, so that it depends on their order what comes of them."""
    _, left = _chosen(data, results)
    return left


def _chosen(data: bytes, results: Sequence[Any]) -> tuple[list[Replacement], bool]:
    """Return what the safe fixes of *results* replace, without those that touch one before, and if there are such."""
    made: list[Replacement] = []
    left = False
    for fix in [fix for result in results for fix in result.get("fixes", ()) if fix["properties"]["safety"] == "safe"]:
        edits = replacements(data, fix)
        if any(start <= last and first <= end for start, end, _ in edits for first, last, _ in made):
            left = True
        else:
            made += edits
    return made, left
