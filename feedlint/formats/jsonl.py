"""The report as JSON Lines, for streams and big runs: one object a line, each with its ``type``, the summary last.

``#/$defs/line`` in ``schemas/report.schema.json`` describes a line. ASCII only, as the format ``json`` is.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.formats.exchange import Root, dump
from feedlint.formats.json import TOOL, VERSION, described, fate, summary
from feedlint.report import FileReport, Report
from feedlint.typed import Any, TextIO


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # for people
    """Write *report* to *stream*, a line for each thing there is to say."""
    for line in _lines(report):
        stream.write(f"{dump(line)}\n")


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    root = Root(report.paths)
    for file in report.said:
        if _is_remarkable(file):
            yield {"type": "file", **fate(file)}
        for each in described(file, root):
            # A type of its own, so that a reader who counts findings does not count what nobody is to see.
            yield {"type": "muted" if "muted" in each else "finding", "path": file.path, **each}
    yield {"type": "summary", "version": VERSION, "tool": TOOL, **summary(report)}


def _is_remarkable(file: FileReport) -> bool:
    """Tell whether anything came of *file* that its findings do not say."""
    return bool(file.error is not None or not file.readable or file.not_run or file.fixed or file.refused)
