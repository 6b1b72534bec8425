"""One line a finding, for people in a hurry and for editors: ``path:line:column: CODE message [*]``."""

from __future__ import annotations

from feedlint.formats.links import linker
from feedlint.formats.summary import summary
from feedlint.formats.text import SEVERITY_COLORS, SHOWN, is_available, left_out, painter, place, remark_lines
from feedlint.report import Report
from feedlint.typed import TextIO
from feedlint.words import visible


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:
    """Write *report* to *stream*; ``[*]`` marks what ``--fix`` would repair."""
    paint, link = painter(color=color), linker(stream, color=color)
    for file in report.said:
        for diagnostic in file.findings[:SHOWN]:
            code = link(diagnostic.code, paint(diagnostic.code, SEVERITY_COLORS[diagnostic.severity]))
            star = f" [{paint('*', 'cyan')}]" if is_available(report, diagnostic) else ""
            stream.write(f"{paint(place(file, diagnostic), 'bold')}: {code} {visible(diagnostic.message)}{star}\n")
        stream.writelines([*left_out(file, paint), *remark_lines(file, paint)])
    for line in () if quiet else summary(report):
        stream.write(f"{line}\n")
