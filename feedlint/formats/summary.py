"""The last words of a run: what was checked, what was found, what was fixed."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, Severity
from feedlint.report import Report

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}


def summary(report: Report) -> list[str]:
    """Return the summary of *report*, a sentence a line. The last line says what came of the files."""
    return [*_asides(report), _outcome(report)]


def _asides(report: Report) -> Iterator[str]:
    total = len(report.files)
    if report.without_schema:
        verb = "has" if report.without_schema == 1 else "have"
        yield f"{report.without_schema} of {_count(total, 'file')} {verb} no schema: their fields were not validated."
    refused = sum(len(file.refused) for file in report.files)
    if refused:
        yield f"{_count(refused, 'fix', 'fixes')} could not be proved and {'was' if refused == 1 else 'were'} not made."
    if report.errors:
        yield f"{_count(len(report.errors), 'file')} could not be read or written."


def _outcome(report: Report) -> str:
    parts = []
    if report.fixed:
        verb = "fixed" if report.wrote else "would fix"
        parts.append(f"{verb} {_count(report.fixed, 'finding')} in {_count(report.changed, 'file')}")
    parts.append(_left(report))
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _left(report: Report) -> str:
    total = len(report.files)
    if not total:
        return "no files checked"
    unreadable = f", {report.unreadable} unreadable" if report.unreadable else ""
    shown = bool(report.fixed) and not report.wrote  # under --diff, what is left is what would be left
    if report.findings:
        counts = ", ".join(_count(n, s.value, _PLURALS[s]) for s in Severity if (n := report.counts[s]))
        files = sum(bool(file.findings) for file in report.files)
        verb = "would leave" if shown else "found"
        return f"{verb} {counts} in {files} of {_count(total, 'file')}{unreadable}{_fixable(report)}"
    if report.errors or unreadable:
        return f"found nothing in {_count(total, 'file')}{unreadable}"
    clean = "would be" if shown else "is" if total == 1 else "are"
    return f"{'the file' if total == 1 else f'all {total} files'} {clean} clean"


def _fixable(report: Report) -> str:
    """Return how many findings a further option would fix; a fix that was tried and refused is none."""
    tried = report.wrote or any(file.fixed or file.refused for file in report.files)
    fixes = [d.fix for d in report.findings if d.fix is not None]
    safe = sum(fix.safety is SAFE for fix in fixes) if not tried else 0
    unsafe = sum(fix.safety is not SAFE for fix in fixes) if not report.unsafe_fixes else 0
    if safe and unsafe:
        return f" ({safe} fixable with --fix, {unsafe} more with --unsafe-fixes)"
    option = "--fix" if safe else "--unsafe-fixes" if tried else "--fix --unsafe-fixes"
    return f" ({safe or unsafe} fixable with {option})" if safe or unsafe else ""


def _count(number: int, singular: str, plural: str = "") -> str:
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
