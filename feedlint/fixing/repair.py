"""From findings to a repaired document: batches of fixes until nothing changes, each batch proved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from feedlint.diagnostic import Change, Diagnostic, Edit, Fix, Safety
from feedlint.fixing.prove import Refused, prove
from feedlint.source import Document
from feedlint.source.nodes import DataPath

MAX_ROUNDS: Final = 12
"""Rounds of fixing after which a file is taken not to settle; real files need two or three."""

Lint = Callable[[Document], list[Diagnostic]]
_Key = tuple[str, DataPath, str]


@dataclass
class Repair:
    """What came of repairing a document: the result, what was fixed, and what was refused and why."""

    document: Document
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: dict[_Key, tuple[Diagnostic, str]] = field(default_factory=dict)


def repair(document: Document, lint: Lint, guard: Lint, *, unsafe: bool) -> Repair:
    """Make the fixes of what *lint* finds in *document*: the safe ones, and the others too with *unsafe*.

    *guard* finds with every rule there is: a repair after which it finds something that was not there before is
    taken back. Its findings in a record that could not be read before do not count: they were there, unseen.
    """
    before = _tally(guard(document)) if document.root is not None else None
    refused: dict[_Key, tuple[Diagnostic, str]] = {}
    while True:
        attempt = _settle(document, lint, refused, unsafe=unsafe)
        if not attempt.fixed or before is None:
            return attempt
        introduced = _tally(guard(attempt.document)) - before
        if not introduced:
            return attempt
        code, path = min(introduced, key=str)
        blamed = [d for d in attempt.fixed if _general(d.data_path)[: len(path)] == path[: len(d.data_path)]]
        for diagnostic in blamed or attempt.fixed:
            refused[_key(diagnostic)] = diagnostic, f"it would bring a new finding, {code}"


def _settle(document: Document, lint: Lint, refused: dict[_Key, tuple[Diagnostic, str]], *, unsafe: bool) -> Repair:
    """Fix until nothing changes. A fix that fails its proof is added to *refused*."""
    result = Repair(document, [], refused)
    for _ in range(MAX_ROUNDS):
        wanted = [d for d in lint(result.document) if _applies(d, unsafe=unsafe) and _key(d) not in refused]
        batch: Sequence[Diagnostic] = _compatible(wanted)
        if not batch:
            return result
        batch = _provable(result, batch)
    for diagnostic in batch:
        refused[_key(diagnostic)] = diagnostic, "fixing it does not come to an end"
    return _settle(document, lint, refused, unsafe=unsafe)


def _provable(result: Repair, batch: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Make *batch* at once, or else its fixes one by one, noting the guilty. Return what was to be made."""
    try:
        result.document = _proved(result.document, batch)
        result.fixed += batch
        return batch
    except Refused as error:
        reason = error.reason
    good: list[Diagnostic] = []
    for diagnostic in batch if len(batch) > 1 else ():
        try:
            _proved(result.document, [diagnostic])
            good.append(diagnostic)
        except Refused as error:
            result.refused[_key(diagnostic)] = diagnostic, error.reason
    if len(batch) == 1:
        result.refused[_key(batch[0])] = batch[0], reason
    elif good:
        # Where they fail only together, the first goes alone and the next round looks at the rest again.
        chosen = good if len(good) < len(batch) else good[:1]
        return _provable(result, chosen)
    return batch


def _proved(document: Document, batch: Sequence[Diagnostic]) -> Document:
    fixes = [d.fix for d in batch if d.fix is not None]
    return prove(document, [e for fix in fixes for e in fix.edits], [c for fix in fixes for c in fix.changes])


def _applies(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safety is Safety.SAFE)


def _compatible(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return those of *found*, first come first served, whose fixes do not touch the same place."""
    batch: list[Diagnostic] = []
    edits: list[Edit] = []
    changes: list[Change] = []
    for diagnostic in found:
        fix = diagnostic.fix
        if fix is not None and not _collides(fix, edits, changes):
            batch.append(diagnostic)
            edits += fix.edits
            changes += fix.changes
    return batch


def _collides(fix: Fix, edits: Sequence[Edit], changes: Sequence[Change]) -> bool:
    return any(
        _overlap(new.span.start, new.span.end, old.span.start, old.span.end) for new in fix.edits for old in edits
    ) or any(
        _overlap(new.at, new.at + new.removed, old.at, old.at + old.removed) for new in fix.changes for old in changes
    )


def _overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Tell whether two ranges share something; an insertion shares with what it is inside of, or inserted at."""
    return start == other_start or (start < other_end and other_start < end)


def _key(diagnostic: Diagnostic) -> _Key:
    assert diagnostic.fix is not None  # only findings with a fix are tried
    return diagnostic.code, diagnostic.data_path, diagnostic.fix.title


def _general(path: DataPath) -> DataPath:
    """Return *path* without positions, which shift when an item is removed."""
    return tuple("*" if isinstance(item, int) else item for item in path)


def _tally(found: Sequence[Diagnostic]) -> Counter[tuple[str, DataPath]]:
    return Counter((diagnostic.code, _general(diagnostic.data_path)) for diagnostic in found)
