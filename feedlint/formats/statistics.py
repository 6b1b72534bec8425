"""How many findings each rule has, the most first."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from feedlint.report import Report


def write(report: Report, stream: TextIO) -> None:
    """Write a line for each rule that has found something in *report*: its findings, code, name and files."""
    from feedlint.rules import RULES

    counts = Counter(diagnostic.code for diagnostic in report.findings)
    files = Counter(code for file in report.files for code in {diagnostic.code for diagnostic in file.findings})
    names = {rule.code: rule.name for rule in RULES}
    width = max([len(str(count)) for count in counts.values()], default=1)
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        where = f"(in {files[code]} file{'s' * (files[code] != 1)})"
        stream.write(f"{count:>{width}}  {code}  {names[code]}  {where}\n")
