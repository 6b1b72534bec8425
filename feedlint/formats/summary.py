"""The last words of a run: what was checked, what was found, what was fixed."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, Severity
from feedlint.report import Report
from feedlint.typed import Final
from feedlint.words import at_line_start, counted

# So many findings fill a screen: above, a table says what they are.
_MANY: Final = 20
_ROWS: Final = 5
_MUTED: Final = {"baseline": "known from the baseline", "comment": "ignored by comments", "revision": "not new"}
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}


def summary(report: Report, *, table: bool = True) -> list[str]:
    """Return the summary of *report*, a sentence a line; the last one says what came of the files.

    With *table*, many findings are first counted by rule.
    """
    return [*(_most(report) if table else ()), *_asides(report), _outcome(report)]


def _most(report: Report) -> Iterator[str]:
    """Yield, where many findings are left of more than one rule, the rules that have most of them, in columns."""
    if len(report.findings) <= _MANY:
        return
    from feedlint.formats.statistics import rows

    found = [row for row in rows(report) if row.count]
    if len(found) == 1:
        return
    shown = found if len(found) == _ROWS + 1 else found[:_ROWS]
    rest = sum(row.count for row in found[len(shown) :])
    width, names = len(str(max(shown[0].count, rest))), max(len(row.name) for row in shown)
    for row in shown:
        fixable = f"{row.fixable} fixable" if row.fixable else ""
        yield f"{row.count:>{width}}  {row.code}  {row.name:<{names}}  {fixable}".rstrip()
    if rest:
        yield f"{rest:>{width}}  of {len(found) - len(shown)} other rules: --statistics counts them"


def _asides(report: Report) -> Iterator[str]:
    total = len(report.files)
    if report.without_schema:
        verb = "has" if report.without_schema == 1 else "have"
        yield f"{report.without_schema} of {counted(total, 'file')} {verb} no schema: their fields were not validated."
    refused = sum(len(file.refused) for file in report.said)
    if refused:
        verb = "was" if refused == 1 else "were"
        yield f"{counted(refused, 'fix', 'fixes')} could not be proved and {verb} not made."
    if report.errors:
        yield f"{counted(len(report.errors), 'file')} could not be read or written."
    yield from map(at_line_start, report.notes)
    if report.muted:
        yield _muted(report)


def _muted(report: Report) -> str:
    """Return how many findings are not reported, by who asked for it."""
    first, *others = [(report.muted[by], words) for by, words in _MUTED.items() if report.muted[by]]
    said = f"{counted(first[0], 'finding')} {'is' if first[0] == 1 else 'are'} {first[1]}"
    return ", ".join([said, *(f"{number} {words}" for number, words in others)]) + "."


def _outcome(report: Report) -> str:
    parts = []
    if report.fixed:
        verb = "fixed" if report.wrote else "would fix"
        parts.append(f"{verb} {counted(report.fixed, 'finding')} in {counted(report.changed, 'file')}")
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
        counts = ", ".join(counted(n, s.value, _PLURALS[s]) for s in Severity if (n := report.counts[s]))
        files = sum(bool(file.findings) for file in report.said)
        verb = "would leave" if shown else "found"
        return f"{verb} {counts} in {files} of {counted(total, 'file')}{unreadable}{_fixable(report)}"
    if report.errors or unreadable or report.muted:
        known = report.muted["baseline"] or report.muted["revision"]
        nothing = "nothing new" if known else "nothing else" if report.muted else "nothing"
        return f"{'would leave' if shown else 'found'} {nothing} in {counted(total, 'file')}{unreadable}"
    clean = "would be" if shown else "is" if total == 1 else "are"
    return f"{'the file' if total == 1 else f'all {total} files'} {clean} clean"


def _fixable(report: Report) -> str:
    """Return how many findings a further option would fix; a fix that was tried and refused is none."""
    tried = report.wrote or any(file.fixed or file.refused for file in report.said)
    fixes = [d.fix for d in report.findings if d.fix is not None]
    safe = sum(fix.safety is SAFE for fix in fixes) if not tried else 0
    unsafe = sum(fix.safety is not SAFE for fix in fixes) if not report.unsafe_fixes else 0
    if safe and unsafe:
        return f" ({safe} fixable with --fix, {unsafe} more with --unsafe-fixes)"
    option = "--fix" if safe else "--unsafe-fixes" if tried else "--fix --unsafe-fixes"
    return f" ({safe or unsafe} fixable with {option})" if safe or unsafe else ""
