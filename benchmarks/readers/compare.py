"""What counts as the same reading, and what feedlint says of a case.

* Line ends in texts count as one (CRLF is LF), and so does white space around a body.
* Keys are compared in lower case, for Hugo has no other; two keys that then are one are a difference.
* ``61.0`` is ``61``: JSON and JavaScript know one kind of number. ``true`` is not ``1``.
* A date is compared as its instant in the fields that are dates, whether it comes as a date or as an RFC 3339 text;
  elsewhere a date is not the text it was written as.
* Hugo keeps ``published`` to itself, so it is compared among the others. A title of Hugo's is always a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any, Literal, NamedTuple

from benchmarks.readers.case import Case
from benchmarks.readers.readers import Reading
from feedlint.diagnostic import ERROR, INFO, Diagnostic
from feedlint.linting import fix, lint
from feedlint.repository import Repository
from feedlint.rules import DEFAULT
from feedlint.source import parse

PATH = "_news/2021-03-14-ferry-to-the-islands-sails-again.md"
_DATES = frozenset({"publisheddatetime", "updateddatetime"})
_HUGO_KEEPS = frozenset({"published"})
_RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)")


class Verdict(NamedTuple):
    """What feedlint says: the worst severity, or none, and the codes."""

    level: Literal["error", "warning", "none"]
    codes: tuple[str, ...]


def verdict(data: bytes, path: str = PATH) -> Verdict:
    """Return what feedlint says of a file."""
    return _worst(lint(parse(data, path), DEFAULT, Repository(None)))


def repaired(data: bytes, *, unsafe: bool) -> tuple[bytes, Verdict]:
    """Return the file after ``--fix``, or ``--fix --unsafe-fixes``, and what feedlint then says of it."""
    document = fix(parse(data, PATH), DEFAULT, Repository(None), unsafe=unsafe).document
    return document.bytes, verdict(document.bytes)


def alike(readings: dict[str, Reading]) -> bool:
    """Tell whether all readers found the same record and the same body."""
    if not all(reading.found for reading in readings.values()):
        return False
    for leave_out in (_HUGO_KEEPS, frozenset()):
        shown = [normal(reading, leave_out) for name, reading in readings.items() if leave_out or name != "hugo"]
        if any(other != shown[0] for other in shown):
            return False
    return True


def meant(case: Case, readings: dict[str, Reading], *, loose: bool = False) -> Literal["yes", "body", "no"]:
    """Tell whether a reading (that all share) is what the case means; "body" if that alone is not.

    Yes where nobody can tell what is meant. *loose* takes all white space in texts for one space, as rules about texts
    repair it.
    """
    reading = next(reading for name, reading in readings.items() if name != "hugo" or len(readings) == 1)
    if case.data is None:
        return "yes"
    data, body = normal(reading, loose=loose)
    right_data, right_body = normal(Reading(True, case.data, case.body), loose=loose)
    if data != right_data:
        return "no"
    return "yes" if body == right_body else "body"


def normal(reading: Reading, leave_out: frozenset[str] = frozenset(), *, loose: bool = False) -> tuple[Any, str]:
    """Return the data and the body of a reading in the one form in which they are compared."""
    text = _loose if loose else _lines
    data = reading.data if isinstance(reading.data, dict) else {}
    if "$map" in data:  # keys that are not all texts
        data = {name if isinstance(name, str) else f"<{name}>": value for name, value in data["$map"]}
    visible = {key: value for key, value in data.items() if key not in leave_out}
    return _plain(visible, "", text), text(reading.body).strip()


def _plain(value: Any, key: str, text: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        if "$date" in value:
            return _instant(value["$date"]) if key in _DATES else ("date", value["$date"])
        lower = [(str(name).lower(), inner) for name, inner in value.items()]
        return tuple(sorted((name, repr(_plain(inner, name, text))) for name, inner in lower))
    if isinstance(value, list):
        return tuple(_plain(inner, key, text) for inner in value)
    if isinstance(value, str):
        return _instant(value) if key in _DATES else text(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return ("is", value) if isinstance(value, bool) else value


def _instant(text: str) -> Any:
    match = _RFC_3339.fullmatch(text)
    if not match:
        return text
    try:
        moment = datetime.fromisoformat(match[1] + match[3].replace("Z", "+00:00"))
    except ValueError:
        return text
    return ("instant", moment.astimezone(timezone.utc).isoformat(), float(match[2] or 0))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _loose(text: str) -> str:
    return " ".join(text.split())


def _worst(found: list[Diagnostic]) -> Verdict:
    severities = {diagnostic.severity for diagnostic in found if diagnostic.severity != INFO}
    level: Literal["error", "warning", "none"] = "error" if ERROR in severities else "warning" if severities else "none"
    return Verdict(level, tuple(sorted({diagnostic.code for diagnostic in found})))
