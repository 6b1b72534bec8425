"""A finding as a person reads it: what it is, the lines it is on, what to do, and what the fix would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from feedlint.diagnostic import SAFE, Diagnostic, Edit, EditConflict, Fix, apply_edits
from feedlint.formats.excerpt import Mark, cut, excerpt
from feedlint.formats.links import Link
from feedlint.formats.text import SEVERITY_COLORS, Paint, is_available, place
from feedlint.report import FileReport, Report
from feedlint.source import Span
from feedlint.source.text import NEWLINE
from feedlint.typed import Final
from feedlint.words import visible

_CHANGE_COLORS: Final = {"-": "red", "+": "green"}
# A fix that changes more lines than this is told in words only.
_MOST_CHANGED: Final = 6


def render(report: Report, file: FileReport, diagnostic: Diagnostic, paint: Paint, link: Link) -> Iterator[str]:
    """Yield the lines that show *diagnostic*, one of *file*, painted and linked; the last one is empty."""
    color = SEVERITY_COLORS[diagnostic.severity]
    code = link(diagnostic.code, paint(diagnostic.code, f"bold {color}"))
    what = f"{paint(diagnostic.severity.value, color)} {code}"
    yield f"{paint(place(file, diagnostic), 'bold')}: {what} {visible(diagnostic.message)}"
    labels = [Mark(label.span, "-", visible(label.message)) for label in diagnostic.labels]
    rows = list(excerpt(file.lines, [Mark(diagnostic.span, "^"), *labels]))
    change = list(_change(file, diagnostic.fix)) if diagnostic.fix is not None else []
    width = max(len(str(number)) for number, *_ in [*rows, *change])
    margin = f" {'':{width}} "
    bar = paint("|", "blue")
    yield margin + bar
    for row in rows:
        if row.number:
            yield f" {paint(f'{row.number:>{width}}', 'blue')} {bar} {row.text}".rstrip()
        elif row.sign:
            yield f"{margin}{bar} {paint(row.text, color if row.sign == '^' else 'blue')}"
        else:
            yield paint("...", "blue")
    notes = list(_notes(report, diagnostic))
    yield from [margin + bar] if notes else []
    for kind, text in notes:
        yield f"{margin}{paint('=', 'blue')} {paint(kind, 'bold')}: {visible(text)}"
    for number, sign, text in change:
        yield f" {paint(f'{number:>{width}}', 'blue')} {paint(f'{sign} {text}'.rstrip(), _CHANGE_COLORS[sign])}"
    yield ""


def _notes(report: Report, diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    for other in diagnostic.elsewhere:
        yield "see", f"{other.path}:{other.line}:{other.column}: {other.message}"
    if diagnostic.help:
        yield "help", diagnostic.help
    fix = diagnostic.fix
    if fix is None:
        return
    if is_available(report, diagnostic):
        how = f"{fix.safety.value}: run with --fix"
    elif report.unsafe_fixes or fix.safety is SAFE:
        how = "not made"  # a run that writes has tried
    else:
        how = "unsafe: run with --fix --unsafe-fixes"
    yield "fix", f"{fix.title} ({how})"


# --- what a fix changes ------------------------------------------------------------------------------------


def _change(file: FileReport, fix: Fix) -> Iterator[tuple[int, str, str]]:
    """Yield the lines that *fix* takes away ("-") and puts in their place ("+"), with their numbers, if few."""
    start = file.lines.start(min((edit.span.start for edit in fix.edits), default=0))
    end = file.lines.next(max((edit.span.end for edit in fix.edits), default=0))
    moved = [Edit(Span(edit.span.start - start, edit.span.end - start), edit.text) for edit in fix.edits]
    try:
        old, new = _lines(file.text[start:end]), _lines(apply_edits(file.text[start:end], moved))
    except EditConflict:
        return
    if _bare(old) != _bare(new):  # else it is the line endings that change, and they are shown
        old, new = _bare(old), _bare(new)
    same = _shared(old, new)
    after = _shared(old[same:][::-1], new[same:][::-1])
    old, new = old[same : len(old) - after], new[same : len(new) - after]
    if len(old) + len(new) > _MOST_CHANGED:
        return
    number = file.lines.position(start)[0] + same
    for sign, lines, others in (("-", old, new), ("+", new, old)):
        for index, line in enumerate(lines):
            begin = _shared(line, others[index]) if len(old) == len(new) else 0
            yield number + index, sign, cut(line, begin, begin)


def _lines(text: str) -> list[str]:
    """Return the lines of *text* with their endings."""
    ends = [0, *(match.end() for match in NEWLINE.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]


def _bare(lines: Sequence[str]) -> list[str]:
    return [line.rstrip("\r\n") for line in lines]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items *one* and *other* have in common at their beginning."""
    for index, (mine, yours) in enumerate(zip(one, other, strict=False)):
        if mine != yours:
            return index
    return min(len(one), len(other))
