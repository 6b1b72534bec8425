"""Workflow commands of GitHub Actions: each finding becomes an annotation on its line of the pull request.

GitHub shows ten annotations of each kind for a step, and passes over the others without a word; so the gravest are
given to it, and the others are plain lines of the log. A file is what it is from the root of the repository, wherever
the step runs, and without "./": else GitHub finds no such file in the pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
https://github.com/actions/toolkit/pull/734 (the limits: 10 errors, warnings and notices a step, 50 in all a job)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from feedlint.diagnostic import Severity
from feedlint.formats.exchange import Root
from feedlint.formats.summary import summary
from feedlint.formats.text import in_words, remark_place, remarks
from feedlint.report import FileReport, Report
from feedlint.rules import NAMES
from feedlint.source import Span
from feedlint.typed import Final, NamedTuple, TextIO
from feedlint.words import counted, visible

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SHOWN: Final = 10
"""How many annotations of a kind GitHub shows for a step."""


class _Annotation(NamedTuple):
    """What could be an annotation: its command and where it points to; all its lines; whether it goes before others."""

    command: str
    where: Mapping[str, object]
    lines: Sequence[str]
    urgent: bool = False


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # GitHub colours
    """Write *report* to *stream*, its summary as plain lines."""
    annotations = list(_annotations(report))
    left = Counter(annotation.command for annotation in annotations)
    over = any(count > _SHOWN for count in left.values())
    shown = _shown(annotations, {"error": _SHOWN, "warning": _SHOWN, "notice": _SHOWN - over})
    for number, annotation in enumerate(annotations):
        if number in shown:
            left[annotation.command] -= 1
            stream.write(_command(annotation.command, annotation.where, *annotation.lines))
        else:
            stream.write(f"{annotation.command}: " + "\n  ".join(map(visible, annotation.lines)) + "\n")
    if over:
        stream.write(_command("notice", {"title": "feedlint"}, _more(left)))
    for line in () if quiet else summary(report):
        stream.write(f"{line}\n")


def _annotations(report: Report) -> Iterator[_Annotation]:
    root = Root(report.paths)
    for file in report.said:
        path = root.path(file.path)  # GitHub knows no other folder than the repository
        for diagnostic in file.findings:
            title = f"{diagnostic.code} {NAMES.get(diagnostic.code, '')}".rstrip()
            where = {"file": path, **_range(file, diagnostic.span), "title": title}
            yield _Annotation(_COMMANDS[diagnostic.severity], where, in_words(file, diagnostic))
        for remark in remarks(file):
            lines = {"line": remark.line} if remark.line else {}
            text = f"{remark_place(file, remark)}: {remark.text}"
            failed = remark.kind == "error"
            yield _Annotation("error" if failed else "notice", {"file": path, **lines}, [text], urgent=failed)


def _shown(annotations: Sequence[_Annotation], room: dict[str, int]) -> set[int]:
    """Return which of *annotations* GitHub is given: as many of a command as it has *room* for, urgent ones first."""
    shown = set()
    for number in sorted(range(len(annotations)), key=lambda number: not annotations[number].urgent):
        command = annotations[number].command
        if room[command]:
            room[command] -= 1
            shown.add(number)
    return shown


def _more(left: Counter[str]) -> str:
    counts = [counted(left[name], name) for name in _COMMANDS.values() if left[name]]
    return f"{', '.join(counts)} more: see the log of this step (GitHub shows {_SHOWN} of each kind at their lines)"


def _range(file: FileReport, span: Span) -> dict[str, int]:
    """Return the properties for *span*. GitHub takes columns only where it begins and ends on one line."""
    line, column = file.lines.position(span.start)
    end_line, end_column = file.lines.position(span.end)
    columns = {"col": column, "endColumn": end_column} if line == end_line else {}
    return {"line": line, "endLine": end_line, **columns}


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
