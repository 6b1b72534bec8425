"""What a person reads: each finding with the lines it is on, what to do, and what the fix would change."""

from __future__ import annotations

from feedlint.report import Report
from feedlint.typed import TextIO


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:
    """Write *report* to *stream*."""
    if report.said:
        _write_findings(report, stream, color=color)
    if not quiet:
        from feedlint.formats.summary import summary

        stream.writelines(f"{line}\n" for line in summary(report))


def _write_findings(report: Report, stream: TextIO, *, color: bool) -> None:
    from feedlint.formats import finding
    from feedlint.formats.links import linker
    from feedlint.formats.text import SHOWN, left_out, painter, remark_lines

    paint, link = painter(color=color), linker(stream, color=color)
    for file in report.said:
        for diagnostic in file.findings[:SHOWN]:
            stream.writelines(f"{line}\n" for line in finding.render(report, file, diagnostic, paint, link))
        said = [*left_out(file, paint), *remark_lines(file, paint)]
        stream.writelines([*said, "\n"] if said else [])
