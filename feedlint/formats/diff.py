"""What ``--diff`` shows: the changes that the fixes make, as a unified diff; and, apart, what is to say of the run."""

from __future__ import annotations

from feedlint.formats.summary import summary
from feedlint.formats.text import Paint, painter, remark_lines
from feedlint.report import Report
from feedlint.typed import TextIO
from feedlint.words import harmless, visible

_COLORS = {"-": "red", "+": "green", "@": "cyan"}


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # a diff is quiet
    """Write the diffs of *report* to *stream*, and nothing else, so that it can be piped into a tool.

    Without *color* it can be applied: only what could do harm is written as an escape, but for tabs and the CR of
    a CRLF. In colour it is for the eye, and shows all that is not seen, as that may be all that changes.
    """
    paint = painter(color=color)
    for file in report.said:
        for number, line in enumerate(file.diff.split("\n")[:-1]):
            stream.write(_line(line, paint, header=number < 2, color=color) + "\n")


def write_notes(report: Report, stream: TextIO, *, color: bool = False) -> None:
    """Write to *stream* what could not be done, and the summary."""
    for file in report.said:
        stream.writelines(remark_lines(file, painter(color=color)))
    for line in summary(report):
        stream.write(f"{line}\n")


def _line(line: str, paint: Paint, *, header: bool, color: bool) -> str:
    end = "\r" if line.endswith("\r") and not color else ""
    shown = "\t".join(map(visible if color else harmless, line.removesuffix(end).split("\t")))
    if shown.lstrip().startswith("::"):  # context that GitHub would take for a command
        shown = shown.replace(":", r"\x3a", 1)
    name = "bold" if header else _COLORS.get(shown[:1])
    return (paint(shown, name) if name else shown) + end
