"""A Code Quality report for GitLab, which shows it in merge requests.

The format is GitLab's subset of Code Climate's: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
"""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Severity
from feedlint.formats.exchange import Root, dump, fingerprint, fingerprints
from feedlint.formats.text import NO_RECORD
from feedlint.report import FileReport, Report
from feedlint.typed import Any, Final, TextIO
from feedlint.words import harmless

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_FAILED: Final = "critical"


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # for programs
    """Write *report* to *stream* as a JSON array of issues, one a line; what is muted is left out."""
    root = Root(report.paths)
    issues = [dump(issue) for file in report.said for issue in _issues(file, root.path(file.path))]
    stream.write("[\n" + ",\n".join(issues) + "\n]\n" if issues else "[]\n")


def _issues(file: FileReport, path: str) -> Iterator[dict[str, Any]]:
    for diagnostic, known_by in zip(file.diagnostics, fingerprints(path, file.diagnostics), strict=True):
        if diagnostic.muted is None:
            line, _ = file.lines.position(diagnostic.span.start)
            last, _ = file.lines.position(diagnostic.span.end)
            text = f"{diagnostic.code} {diagnostic.message}"
            severity = _SEVERITIES[diagnostic.severity]
            yield _issue(text, diagnostic.code, known_by, severity, path, line, last)
    if file.error is not None:
        yield _issue(file.error, "file-error", fingerprint(path, "file-error"), _FAILED, path)
    if file.is_unexplained:
        yield _issue(NO_RECORD, "no-record", fingerprint(path, "no-record"), _SEVERITIES[Severity.ERROR], path)


def _issue(
    text: str, check: str, known_by: str, severity: str, path: str, line: int = 1, last: int = 1
) -> dict[str, Any]:
    writable = path.encode(errors="backslashreplace").decode()  # bytes of a name may be no text
    return {
        "description": harmless(text),
        "check_name": check,
        "fingerprint": known_by,
        "severity": severity,
        "location": {"path": writable, "lines": {"begin": line, "end": last}},
    }
