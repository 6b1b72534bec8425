"""How many findings each rule has, the most first: a table, or JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict

from feedlint.diagnostic import Diagnostic, Severity
from feedlint.formats.text import SEVERITY_COLORS, is_available, painter
from feedlint.report import Report
from feedlint.rules import NAMES
from feedlint.typed import TextIO
from feedlint.values import dataclass


@dataclass(frozen=True)
class Row:
    """What one rule has found. ``count`` is what is left, in so many ``files``; ``muted`` what is not reported.

    So many of ``count`` are ``fixable``: the run would repair them with ``--fix``. ``severity`` is that of the gravest.
    """

    count: int
    code: str
    name: str
    severity: Severity
    files: int
    fixable: int
    muted: int


def rows(report: Report) -> list[Row]:
    """Return a row for each rule that has found something, the one with most findings left first."""
    found: dict[str, list[Diagnostic]] = {}
    files: Counter[str] = Counter()
    for file in report.said:
        for diagnostic in file.diagnostics:
            found.setdefault(diagnostic.code, []).append(diagnostic)
        files.update({diagnostic.code for diagnostic in file.findings})
    result = []
    for code, all_of_it in found.items():
        left = [diagnostic for diagnostic in all_of_it if diagnostic.muted is None]
        gravest = min((diagnostic.severity for diagnostic in all_of_it), key=lambda each: each.rank)
        fixable = sum(is_available(report, diagnostic) for diagnostic in left)
        muted = len(all_of_it) - len(left)
        result.append(Row(len(left), code, NAMES.get(code, ""), gravest, files[code], fixable, muted))
    return sorted(result, key=lambda row: (-row.count, -row.muted, row.code))


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # all of it is asked for
    """Write the :func:`rows` of *report* to *stream* as a table; what is muted has a column if there is any."""
    found = rows(report)
    columns = ["count", "fixable", "files", *(["muted"] if report.muted else [])]
    if found:
        stream.write("  ".join([*columns, "code ", "name"]) + "\n")
    paint = painter(color=color)
    for row in found:
        numbers = [f"{getattr(row, column):>{len(column)}}" for column in columns]
        stream.write("  ".join([*numbers, paint(row.code, SEVERITY_COLORS[row.severity]), row.name]).rstrip() + "\n")


def write_json(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # for programs
    """Write the :func:`rows` of *report* to *stream* as a JSON list of objects, a line each."""
    lines = [json.dumps({**asdict(row), "severity": row.severity.value}) for row in rows(report)]
    stream.write("[" + ",".join(f"\n  {line}" for line in lines) + ("\n]\n" if lines else "]\n"))
