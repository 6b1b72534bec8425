"""What the formats share: colours, and what there is to say of a file as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from feedlint.diagnostic import SAFE, Diagnostic, Severity
from feedlint.report import FileReport, Report
from feedlint.typed import Final, NamedTuple
from feedlint.words import at_line_start, visible

NO_RECORD: Final = "no record can be read in the file"
"""What is said of a file that fails though no finding says why: the rules that would were not chosen."""

SHOWN: Final = 1_000
"""How many findings of a file people are shown, and how many fixes that were not made. All are counted."""

Paint = Callable[[str, str], str]
"""Returns a text in a colour: "red", or "bold red"."""
SEVERITY_COLORS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
# ECMA-48, section 8.3.117, select graphic rendition.
_CODES: Final = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


def painter(*, color: bool) -> Paint:
    """Return what puts a text in a colour, or, without *color*, leaves it as it is."""

    def paint(text: str, name: str) -> str:
        return f"\x1b[{';'.join(_CODES[word] for word in name.split())}m{text}\x1b[0m" if color else text

    return paint


def place(file: FileReport, diagnostic: Diagnostic) -> str:
    """Return where *diagnostic* is, as ``path:line:column``."""
    line, column = file.lines.position(diagnostic.span.start)
    return f"{at_line_start(file.path)}:{line}:{column}"


def in_words(file: FileReport, diagnostic: Diagnostic) -> list[str]:
    """Return all there is to say of *diagnostic*, line by line, for where the text of the file is not shown.

    The lines are as they are: a format makes them harmless in its own way.
    """
    lines = [f"{place(file, diagnostic)}: {diagnostic.code} {diagnostic.message}"]
    lines += (f"see: {other.path}:{other.line}:{other.column}: {other.message}" for other in diagnostic.elsewhere)
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    if diagnostic.fix is not None:
        lines.append(f"fix: {diagnostic.fix.title} ({diagnostic.fix.safety.value})")
    return lines


def is_available(report: Report, diagnostic: Diagnostic) -> bool:
    """Tell whether *diagnostic* has a fix that the same run would make with ``--fix``, and has not yet tried."""
    fix = diagnostic.fix
    return fix is not None and not report.wrote and (report.unsafe_fixes or fix.safety is SAFE)


class Remark(NamedTuple):
    """Something to say of a file that is no finding. ``kind`` is "error" or "note"; ``line`` is None for the whole."""

    kind: str
    line: int | None
    text: str


def remarks(file: FileReport) -> Iterator[Remark]:
    """Yield why *file* fails where no finding says so, what could not be checked in it, which fixes were not made."""
    if file.error is not None:
        yield Remark("error", None, visible(file.error))
    elif file.is_unexplained:
        yield Remark("error", None, NO_RECORD)
    if file.not_run and (file.findings or file.fails or file.error is not None):  # not for one that is known for it
        yield Remark("note", None, f"no record can be read, so these rules could not run: {', '.join(file.not_run)}")
    for refusal in file.refused[:SHOWN]:
        what = f"{refusal.code} was not fixed ({refusal.title}): {refusal.reason}"
        yield Remark("note", refusal.line, visible(what))
    if len(file.refused) > SHOWN:
        yield Remark("note", None, f"{len(file.refused) - SHOWN:,} more fixes were not made")


def remark_place(file: FileReport, remark: Remark) -> str:
    """Return what *remark* is about, as ``path`` or ``path:line``."""
    path = at_line_start(file.path)
    return path if remark.line is None else f"{path}:{remark.line}"


def left_out(file: FileReport, paint: Paint) -> Iterator[str]:
    """Yield a line that says how many findings in *file* are not shown to people, if any."""
    if len(file.findings) > SHOWN:
        more = f"{len(file.findings) - SHOWN:,} more findings, not shown (--output-format json has them)"
        yield f"{paint(at_line_start(file.path), 'bold')}: note: {more}\n"


def remark_lines(file: FileReport, paint: Paint) -> Iterator[str]:
    """Yield the :func:`remarks` about *file*, a line each."""
    for remark in remarks(file):
        yield f"{paint(remark_place(file, remark), 'bold')}: {remark.kind}: {remark.text}\n"
