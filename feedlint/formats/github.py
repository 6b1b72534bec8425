"""Workflow commands of GitHub Actions: each finding becomes an annotation on its line of the pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from feedlint.diagnostic import Diagnostic, Severity
from feedlint.formats.summary import summary
from feedlint.formats.text import place, remark_place, remarks, visible
from feedlint.report import FileReport, Report
from feedlint.source import Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # GitHub colours
    """Write *report* to *stream*, its summary as plain lines."""
    from feedlint.rules import RULES

    names = {rule.code: rule.name for rule in RULES}
    for file in report.files:
        for diagnostic in file.findings:
            title = f"{diagnostic.code} {names.get(diagnostic.code, '')}".rstrip()
            where = {"file": file.path, **_range(file, diagnostic.span), "title": title}
            stream.write(_command(_COMMANDS[diagnostic.severity], where, *_text(file, diagnostic)))
        for remark in remarks(file):
            lines = {"line": remark.line} if remark.line else {}
            text = f"{remark_place(file, remark)}: {remark.text}"
            stream.write(_command("error" if remark.kind == "error" else "notice", {"file": file.path, **lines}, text))
    for line in () if quiet else summary(report):
        stream.write(f"{line}\n")


def _range(file: FileReport, span: Span) -> dict[str, int]:
    """Return the properties for *span*. GitHub takes columns only where it begins and ends on one line."""
    line, column = file.lines.position(span.start)
    end_line, end_column = file.lines.position(span.end)
    columns = {"col": column, "endColumn": end_column} if line == end_line else {}
    return {"line": line, "endLine": end_line, **columns}


def _text(file: FileReport, diagnostic: Diagnostic) -> list[str]:
    """Return what an annotation says, line by line. The log shows only that, so it names the place again."""
    lines = [f"{place(file, diagnostic)}: {diagnostic.code} {diagnostic.message}"]
    lines += (f"see: {other.path}:{other.line}:{other.column}: {other.message}" for other in diagnostic.elsewhere)
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    if diagnostic.fix is not None:
        lines.append(f"fix: {diagnostic.fix.title} ({diagnostic.fix.safety.value})")
    return lines


def _command(name: str, properties: Mapping[str, object], *lines: str) -> str:
    """Return a workflow command; nothing in *properties* or *lines* can end it or begin another."""
    settings = ",".join(f"{key}={_escape(str(value), more=':,')}" for key, value in properties.items())
    return f"::{name} {settings}::{'%0A'.join(map(_escape, lines))}\n"


def _escape(text: str, more: str = "") -> str:
    """Escape as the toolkit's ``escapeData`` does, and with *more* as ``escapeProperty``."""
    text = visible(text).replace("%", "%25")
    for char in more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
