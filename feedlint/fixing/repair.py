"""From findings to a repaired document: batches of fixes until nothing changes, each batch proved."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress

from feedlint.diagnostic import Diagnostic, Safety, Severity
from feedlint.disk import MAX_FILE_SIZE
from feedlint.fixing.prove import Refused, prove
from feedlint.source import Document, encode
from feedlint.source.nodes import DataPath
from feedlint.typed import Final
from feedlint.values import dataclass, field

MAX_ROUNDS: Final = 20
"""Rounds of fixing after which a file is taken not to settle; real files need two or three."""
_EFFORT: Final = 5_000_000
"""Characters to read again in search of the fixes of a file that cannot be made: 200 times for the largest real one."""
_SETTLING: Final = 5
"""As often, about, a document is read while it is repaired, and looked at by every rule."""
_TOO_MANY: Final = "too many repairs of this file cannot be made to find out which"

Lint = Callable[[Document], list[Diagnostic]]
_Key = tuple[str, DataPath, str]
_Finding = tuple[str, DataPath, bool]
_Refused = dict[_Key, tuple[Diagnostic, str]]


@dataclass
class _Bounds:
    """How many bytes (*size*) the file may have, and how much is *left* of what a search may take, in characters."""

    size: int
    left: int = _EFFORT

    def spend(self, document: Document, times: int = 1) -> bool:
        """Take off that *document* is read so many *times* more; tell whether there was so much left."""
        self.left -= times * len(document.text)
        return self.left >= 0


@dataclass
class Repair:
    """What came of repairing a document: the result, what was fixed, what was refused and why, and what is left."""

    document: Document
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: _Refused = field(default_factory=dict)
    left: list[Diagnostic] = field(default_factory=list)


def repair(document: Document, lint: Lint, guard: Lint, *, unsafe: bool, limit: int = MAX_FILE_SIZE) -> Repair:
    """Make the fixes of what *lint* finds in *document*: the safe ones, and the others too with *unsafe*.

    *guard* finds with every rule there is: a repair after which it finds something that was not there before is
    taken back. Its findings in a record that could not be read before do not count: they were there, unseen.
    So is one that would give the file more than *limit* bytes: it would never be read again.
    What is refused at first is tried again once others are repaired, as a second run would.
    """
    result = latest = _guarded(document, lint, guard, limit, unsafe=unsafe)
    for _ in range(MAX_ROUNDS):
        if not (latest.fixed and latest.refused):
            break
        latest = _guarded(latest.document, lint, guard, limit, unsafe=unsafe)
        result = Repair(latest.document, [*result.fixed, *latest.fixed], latest.refused)
    return result


def _guarded(document: Document, lint: Lint, guard: Lint, limit: int, *, unsafe: bool) -> Repair:
    """Fix until nothing changes, but for what would bring a new finding."""
    before = _tally(guard(document)) if document.root is not None else None
    barred: _Refused = {}
    bounds = _Bounds(limit)
    while True:
        attempt = _settle(document, lint, barred, bounds, unsafe=unsafe)
        if not attempt.fixed or before is None:
            return attempt
        introduced = _tally(guard(attempt.document)) - before
        if not introduced:
            return attempt
        code, place, _ = finding = min(introduced, key=str)
        reason = f"it would bring a new finding, {code}"

        def cures(suspects: Sequence[Diagnostic], *, reason: str = reason, finding: _Finding = finding) -> bool:
            more = {_key(suspect): (suspect, reason) for suspect in suspects}
            without = _settle(document, lint, {**barred, **more}, bounds, unsafe=unsafe)
            return _tally(guard(without.document))[finding] <= before[finding]

        near = [suspect for suspect in attempt.fixed if _is_at(_general(suspect.data_path), place)]
        suspects = near if near and bounds.spend(document, _SETTLING) and cures(near) else attempt.fixed
        guilty = _guilty(suspects, [], lambda group: cures(group) if bounds.spend(document, _SETTLING) else None)
        barred.update({_key(suspect): (suspect, reason) for suspect in guilty})


def _guilty(
    suspects: Sequence[Diagnostic],
    others: Sequence[Diagnostic],
    cures: Callable[[Sequence[Diagnostic]], bool | None],
) -> Sequence[Diagnostic]:
    """Return those of *suspects* of which none may be made, given that *others* are not.

    *cures* tells whether it helps not to make some, None where it has taken too long: then all are guilty that may be.
    It is asked a few times for each that is returned (QuickXplain, Junker 2004).
    """
    if len(suspects) <= 1:
        return suspects
    half = len(suspects) // 2
    first, second = suspects[:half], suspects[half:]
    is_first = cures([*others, *first])
    if is_first is None:
        return suspects
    late = [] if is_first else _guilty(second, [*others, *first], cures)
    is_late = cures([*others, *late]) if late else False
    early = [] if is_late else first if is_late is None else _guilty(first, [*others, *late], cures)
    return [*early, *late]


def _is_at(path: DataPath, place: DataPath) -> bool:
    """Tell whether one of two places in the data is the other, or inside of it; the whole record is no place."""
    return bool(path) and path[: len(place)] == place[: len(path)]


def _settle(document: Document, lint: Lint, barred: _Refused, bounds: _Bounds, *, unsafe: bool) -> Repair:
    """Fix until nothing changes, but for the *barred* fixes. One that cannot be proved waits for the next change."""
    result = Repair(document)
    failed: _Refused = {}
    batch: Sequence[Diagnostic] = ()
    for _ in range(MAX_ROUNDS):
        wanted = [d for d in lint(result.document) if _applies(d, unsafe=unsafe)]
        batch = _compatible([d for d in wanted if _key(d) not in barred and _key(d) not in failed])
        if not batch:
            result.refused = {**barred, **failed}
            return result
        before = result.document
        unproved = _make(result, batch, bounds)
        failed = {**failed, **unproved} if result.document is before else {}
    endless = {_key(d): (d, "fixing it does not come to an end") for d in batch}
    return _settle(document, lint, {**barred, **endless}, bounds, unsafe=unsafe)


def _make(result: Repair, batch: Sequence[Diagnostic], bounds: _Bounds) -> _Refused:
    """Make the fixes of *batch* that can be proved; return those that could not.

    Where they fail only together, some go first and the next round looks at the rest again.
    """
    groups, failed = _sorted_out(result.document, batch, bounds)
    if groups:
        fixes, made = max(groups, key=lambda group: len(group[0]))
        with suppress(Refused):
            if len(groups) > 1:
                together = [each for group, _ in groups for each in group]
                fixes, made = together, _proved(result.document, together, bounds.size)
        result.document = made
        result.fixed += fixes
    return failed


def _sorted_out(
    document: Document, batch: Sequence[Diagnostic], bounds: _Bounds
) -> tuple[list[tuple[Sequence[Diagnostic], Document]], _Refused]:
    """Return groups of *batch* whose fixes can be made together, with what comes of it, and those that cannot be."""
    batch, failed = _fitting(document, batch, bounds.size)
    groups: list[tuple[Sequence[Diagnostic], Document]] = []
    waiting = [batch] if batch else []
    while waiting:
        group = waiting.pop()
        half = len(group) // 2
        try:
            groups.append((group, _proved(document, group, bounds.size)))
        except Refused as error:
            if half and bounds.spend(document):
                waiting += group[half:], group[:half]
            else:
                failed.update({_key(each): (each, _TOO_MANY if half else error.reason) for each in group})
    return groups, failed


def _fitting(document: Document, batch: Sequence[Diagnostic], limit: int) -> tuple[Sequence[Diagnostic], _Refused]:
    """Return those of *batch* with whose fixes the file has at most *limit* bytes, and the rest.

    Where it would have more with all, no fix is made that lengthens it: which of them were, nobody could tell. That is
    seen before anything is proved, which takes far longer.
    """
    if _size(document.text) + _growth(document, batch) <= limit:
        return batch, {}
    longer = [each for each in batch if _growth(document, [each]) > 0]
    refused = {_key(each): (each, _too_large(limit)) for each in longer}
    return [each for each in batch if _key(each) not in refused], refused


def _proved(document: Document, batch: Sequence[Diagnostic], limit: int) -> Document:
    if _size(document.text) + _growth(document, batch) > limit:  # without those that shrink it
        raise Refused(_too_large(limit))
    fixes = [d.fix for d in batch if d.fix is not None]
    return prove(document, [e for fix in fixes for e in fix.edits], [c for fix in fixes for c in fix.changes])


def _growth(document: Document, batch: Sequence[Diagnostic]) -> int:
    """Return how many bytes more the file has with the fixes of *batch*."""
    edits = (edit for each in batch if each.fix is not None for edit in each.fix.edits)
    return sum(_size(text) - _size(document.slice(span)) for span, text in edits)


def _size(text: str) -> int:
    """Return how many bytes *text* takes in a file."""
    return len(text) if text.isascii() else len(encode(text))


def _too_large(limit: int) -> str:
    return f"the file would have more than {limit:,} bytes, too many for a record"


def _applies(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safety is Safety.SAFE)


def _compatible(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return those of *found*, first come first served, whose fixes do not touch the same place."""
    batch: list[Diagnostic] = []
    edited, changed = _Ranges(), _Ranges()
    for diagnostic in found:
        fix = diagnostic.fix
        if fix is None:
            continue
        edits = [(edit.span.start, edit.span.end) for edit in fix.edits]
        changes = [(change.at, change.at + change.removed) for change in fix.changes]
        if all(map(edited.is_free, edits)) and all(map(changed.is_free, changes)):
            batch.append(diagnostic)
            edited.take(edits)
            changed.take(changes)
    return batch


class _Ranges:
    """Ranges that share nothing. An insertion shares with what it is inside of, or inserted at."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def is_free(self, wanted: tuple[int, int]) -> bool:
        at = bisect_left(self._taken, wanted)
        return not any(
            start == wanted[0] or (start < wanted[1] and wanted[0] < end)
            for start, end in self._taken[max(0, at - 1) : at + 1]
        )

    def take(self, ranges: list[tuple[int, int]]) -> None:
        for taken in ranges:
            insort(self._taken, taken)


def _key(diagnostic: Diagnostic) -> _Key:
    assert diagnostic.fix is not None  # only findings with a fix are tried
    return diagnostic.code, diagnostic.data_path, diagnostic.fix.title


def _general(path: DataPath) -> DataPath:
    """Return *path* without positions, which shift when an item is removed."""
    return tuple("*" if isinstance(item, int) else item for item in path)


def _tally(found: Sequence[Diagnostic]) -> Counter[_Finding]:
    """Count the mistakes in *found*, by rule and place: all of them, and once more those that are reported.

    So a mistake is new too that was muted before. What is told for information is none: a repair that writes the
    address `http://…` where `htp://…` stood has to be made, though it is not https now.
    """
    return Counter(
        (diagnostic.code, _general(diagnostic.data_path), reported)
        for diagnostic in found
        if diagnostic.severity is not Severity.INFO
        for reported in ((False, True) if diagnostic.muted is None else (False,))
    )
