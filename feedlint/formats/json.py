"""The whole report as JSON, for programs; ``schemas/report.schema.json`` describes it.

ASCII only, so that whatever a file holds (a lone surrogate, an escape sequence) is safe in any stream.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import __version__
from feedlint.diagnostic import Diagnostic, Fix, Severity
from feedlint.formats.exchange import Root, dump, fingerprints
from feedlint.report import FileReport, Report
from feedlint.rules import NAMES
from feedlint.source import Span
from feedlint.typed import Any, Final, TextIO

VERSION: Final = 1
"""The version of the format. It goes up when something that is there changes or goes, not when something is added."""
TOOL: Final = {"name": "feedlint", "version": __version__}
_MUTERS: Final = ("comment", "baseline", "revision")


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # for people
    """Write *report* to *stream* as one JSON object, each file on a line of its own."""
    root = Root(report.paths)
    head = {
        "version": VERSION,
        "tool": TOOL,
        "summary": summary(report),
        "files": [],
    }
    stream.write(dump(head).removesuffix("]}"))
    for number, file in enumerate(report.files):
        stream.write(("," if number else "") + "\n" + dump(_file(file, root)))
    stream.write("\n]}\n")


def summary(report: Report) -> dict[str, Any]:
    """Return what came of the run, in numbers, and what there is to say of it as a whole."""
    return {
        "exit_status": report.exit_status,
        "files": len(report.files),
        "unreadable": report.unreadable,
        "without_schema": report.without_schema,
        "failed": len(report.errors),
        **{severity.value: report.counts[severity] for severity in Severity},
        "fixed": report.fixed,
        "changed": report.changed,
        "refused": sum(len(file.refused) for file in report.said),
        "muted": {who: report.muted[who] for who in _MUTERS},
        "notes": list(report.notes),
    }


def fate(file: FileReport) -> dict[str, Any]:
    """Return what came of *file*, but for what was found in it."""
    return {
        "path": file.path,
        "readable": file.readable,
        "schema": file.schema,
        "error": file.error,
        "not_run": list(file.not_run),
        "fixed": dict(sorted(file.fixed.items())),
        "refused": [refusal.__dict__ for refusal in file.refused],
    }


def described(file: FileReport, root: Root) -> Iterator[dict[str, Any]]:
    """Yield each diagnostic of *file*; those that are not reported have an item ``muted``."""
    known_by = fingerprints(root.path(file.path), file.diagnostics) if file.diagnostics else ()
    for diagnostic, fingerprint in zip(file.diagnostics, known_by, strict=True):
        mute = {"muted": diagnostic.muted._asdict()} if diagnostic.muted is not None else {}
        yield {**_diagnostic(file, diagnostic), "fingerprint": fingerprint, **mute}


def _file(file: FileReport, root: Root) -> dict[str, Any]:
    found = list(described(file, root))
    return {
        **fate(file),
        "diagnostics": [each for each in found if "muted" not in each],
        "muted": [each for each in found if "muted" in each],
    }


def _diagnostic(file: FileReport, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": NAMES.get(diagnostic.code, ""),
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help or None,
        "data_path": list(diagnostic.data_path),
        "span": _span(file, diagnostic.span),
        "labels": [{"span": _span(file, label.span), "message": label.message} for label in diagnostic.labels],
        "elsewhere": [each._asdict() for each in diagnostic.elsewhere],
        "fix": _fix(file, diagnostic.fix) if diagnostic.fix is not None else None,
    }


def _fix(file: FileReport, fix: Fix) -> dict[str, Any]:
    edits = [{**_span(file, edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def _span(file: FileReport, span: Span) -> dict[str, dict[str, int]]:
    return {"start": _position(file, span.start), "end": _position(file, span.end)}


def _position(file: FileReport, offset: int) -> dict[str, int]:
    line, column = file.lines.position(offset)
    return {"line": line, "column": column, "offset": offset}
