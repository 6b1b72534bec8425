"""What a rule finds: diagnostics, and the fixes they carry. Plain values; none holds a node of a document."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from feedlint.typed import TYPE_CHECKING, Literal, NamedTuple
from feedlint.values import dataclass

if TYPE_CHECKING:
    from feedlint.source import Entry, Span
    from feedlint.source.nodes import DataPath


class Severity(str, Enum):
    """How much a finding matters: an error loses or garbles a story for a reader; info never fails a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest, one more for each that is milder."""
        return list(Severity).index(self)


class Safety(str, Enum):
    """Whether ``--fix`` applies a fix (safe) or only ``--unsafe-fixes`` does."""

    SAFE = "safe"
    UNSAFE = "unsafe"


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
SAFE, UNSAFE = Safety.SAFE, Safety.UNSAFE


class Edit(NamedTuple):
    """Replace the text of *span* with *text*: insertion, deletion and replacement are all it can be."""

    span: Span
    text: str


class Change(NamedTuple):
    """What an edit means to the data: *removed* entries from position *at* on are replaced by *entries*."""

    at: int
    removed: int
    entries: tuple[Entry, ...]


class EditConflict(ValueError):
    """Two edits, or two changes, touch the same place."""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with *edits* applied. Raises :class:`EditConflict` where two overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if not at <= edit.span.start <= edit.span.end <= len(text):
            raise EditConflict(edit)
        parts += text[at : edit.span.start], edit.text
        at = edit.span.end
    parts.append(text[at:])
    return "".join(parts)


def apply_changes(entries: list[Entry], changes: Iterable[Change]) -> list[Entry]:
    """Return *entries* with *changes* applied. Raises :class:`EditConflict` where two overlap."""
    result: list[Entry] = []
    at = 0
    for change in sorted(changes, key=lambda change: (change.at, change.removed)):
        if not at <= change.at <= change.at + change.removed <= len(entries):
            raise EditConflict(change)
        result += entries[at : change.at]
        result += change.entries
        at = change.at + change.removed
    result += entries[at:]
    return result


@dataclass(frozen=True)
class Fix:
    """A repair: what it does in words, its edits, how safe it is, and the data changes it intends.

    A fix with no ``changes`` must leave the data as it is.
    """

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = SAFE
    changes: tuple[Change, ...] = ()


class Label(NamedTuple):
    """A second place that a diagnostic speaks of."""

    span: Span
    message: str


class Place(NamedTuple):
    """A place in another file that a diagnostic speaks of; *line* and *column* count from 1, in characters."""

    path: str
    line: int
    column: int
    message: str


class Mute(NamedTuple):
    """Why a finding is not reported: a comment in the file asks for it, or it is known, and from where.

    ``by`` is "comment", "baseline", or "revision" (the old version of the file had it too).
    """

    by: Literal["comment", "baseline", "revision"]
    reason: str = ""


@dataclass(frozen=True)
class Diagnostic:
    """One finding. A rule gives span, message and what belongs to them; the rest is stamped on by its runner.

    ``span`` is in characters. ``data_path`` leads to the field. ``help`` says what to do where there is no fix.
    ``labels`` are other places in the file, ``elsewhere`` those in other files. ``digest`` stands for the value it is
    about (see :mod:`feedlint.identity`), ``muted`` says who asked that it is not reported; it is kept all the same.
    """

    span: Span
    message: str
    fix: Fix | None = None
    labels: tuple[Label, ...] = ()
    data_path: DataPath = ()
    help: str = ""
    severity: Severity = ERROR
    code: str = ""
    path: str = ""
    elsewhere: tuple[Place, ...] = ()
    digest: str = ""
    muted: Mute | None = None


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return *found*, stamped, in the order in which findings are shown: by file, place, code and message."""
    return sorted(found, key=lambda d: (d.path, d.span, d.code, d.message))
