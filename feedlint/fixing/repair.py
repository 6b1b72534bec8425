"""From findings to a repaired document: batches of fixes until nothing changes, each batch proved."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from feedlint.diagnostic import Diagnostic, Safety, Severity
from feedlint.fixing.prove import Refused, prove
from feedlint.source import Document
from feedlint.source.nodes import DataPath

MAX_ROUNDS: Final = 20
"""Rounds of fixing after which a file is taken not to settle; real files need two or three."""
_MAX_SUSPECTS = 20

Lint = Callable[[Document], list[Diagnostic]]
_Key = tuple[str, DataPath, str]
_Finding = tuple[str, DataPath, bool]
_Refused = dict[_Key, tuple[Diagnostic, str]]


@dataclass
class Repair:
    """What came of repairing a document: the result, what was fixed, and what was refused and why."""

    document: Document
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: _Refused = field(default_factory=dict)


def repair(document: Document, lint: Lint, guard: Lint, *, unsafe: bool) -> Repair:
    """Make the fixes of what *lint* finds in *document*: the safe ones, and the others too with *unsafe*.

    *guard* finds with every rule there is: a repair after which it finds something that was not there before is
    taken back. Its findings in a record that could not be read before do not count: they were there, unseen.
    What is refused at first is tried again once others are repaired, as a second run would.
    """
    result = latest = _guarded(document, lint, guard, unsafe=unsafe)
    for _ in range(MAX_ROUNDS):
        if not (latest.fixed and latest.refused):
            break
        latest = _guarded(latest.document, lint, guard, unsafe=unsafe)
        result = Repair(latest.document, [*result.fixed, *latest.fixed], latest.refused)
    return result


def _guarded(document: Document, lint: Lint, guard: Lint, *, unsafe: bool) -> Repair:
    """Fix until nothing changes, but for what would bring a new finding."""
    before = _tally(guard(document)) if document.root is not None else None
    barred: _Refused = {}

    def settle(more: _Refused) -> Repair:
        return _settle(document, lint, {**barred, **more}, unsafe=unsafe)

    while True:
        attempt = settle({})
        if not attempt.fixed or before is None:
            return attempt
        introduced = _tally(guard(attempt.document)) - before
        if not introduced:
            return attempt
        code, place, _ = finding = min(introduced, key=str)
        reason = f"it would bring a new finding, {code}"
        # One fix is to blame if without it the finding does not come up: first asked are those at the same place.
        suspects = sorted(attempt.fixed, key=lambda d: not _is_at(_general(d.data_path), place))
        for suspect in suspects[:_MAX_SUSPECTS]:
            without = settle({_key(suspect): (suspect, reason)})
            if _tally(guard(without.document))[finding] <= before[finding]:
                barred[_key(suspect)] = suspect, reason
                break
        else:
            barred.update({_key(suspect): (suspect, reason) for suspect in suspects})


def _is_at(path: DataPath, place: DataPath) -> bool:
    """Tell whether one of two places in the data is the other, or inside of it; the whole record is no place."""
    return bool(path) and path[: len(place)] == place[: len(path)]


def _settle(document: Document, lint: Lint, barred: _Refused, *, unsafe: bool) -> Repair:
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
        unproved = _make(result, batch)
        failed = {**failed, **unproved} if result.document is before else {}
    endless = {_key(d): (d, "fixing it does not come to an end") for d in batch}
    return _settle(document, lint, {**barred, **endless}, unsafe=unsafe)


def _make(result: Repair, batch: Sequence[Diagnostic]) -> _Refused:
    """Make the fixes of *batch* at once, or else those that can be proved alone; return those that could not."""
    try:
        result.document = _proved(result.document, batch)
        result.fixed += batch
        return {}
    except Refused as error:
        if len(batch) == 1:
            return {_key(batch[0]): (batch[0], error.reason)}
    good: list[Diagnostic] = []
    failed: _Refused = {}
    for diagnostic in batch:
        try:
            _proved(result.document, [diagnostic])
            good.append(diagnostic)
        except Refused as error:
            failed[_key(diagnostic)] = diagnostic, error.reason
    # Where they fail only together, the first goes alone and the next round looks at the rest again.
    return {**failed, **_make(result, good if failed else good[:1])} if good else failed


def _proved(document: Document, batch: Sequence[Diagnostic]) -> Document:
    fixes = [d.fix for d in batch if d.fix is not None]
    return prove(document, [e for fix in fixes for e in fix.edits], [c for fix in fixes for c in fix.changes])


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
