"""The proof: edits are made in memory, the result is read again, and its data must be what was declared."""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.diagnostic import Change, Edit, EditConflict, apply_changes, apply_edits
from feedlint.record import show
from feedlint.source import Document, Span, parse
from feedlint.source.delimiters import EXACT
from feedlint.source.salvage import salvage


class Refused(Exception):
    """A repair that cannot be proved, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def prove(old: Document, edits: Sequence[Edit], changes: Sequence[Change]) -> Document:
    """Return *old* with *edits* made, if its data is then the old data with *changes* made and nothing else.

    Where *old* has no readable record, every line of it that can be read by itself and is not edited must read
    the same in the result. Raises :class:`Refused`.
    """
    try:
        text = apply_edits(old.text, edits)
        expected = apply_changes(old.entries, changes)
    except EditConflict:
        raise Refused("its edits overlap") from None
    new = parse(text, old.path)
    if new.root is None:
        raise Refused("the file would have no readable record")
    if new.delimiters.damage > old.delimiters.damage:
        raise Refused("a delimiter would be damaged")
    if old.root is None:
        _same_lines(old, new, edits)
    elif new.entries != expected:
        raise Refused(f"{_first_difference(new, expected)} would change in another way than meant")
    if _body(new, []) != _body(old, edits):
        raise Refused("the text after the record would change")
    return new


def _first_difference(new: Document, expected: Sequence[object]) -> str:
    for node, entry, wanted in zip(new.nodes, new.entries, expected, strict=False):
        if entry != wanted:
            return show(node.path) or "the record"
    return "the end of the record"


def _body(document: Document, edits: Sequence[Edit]) -> str:
    """Return the text after the record with those of *edits* made that lie in it, white space at its edges aside.

    What is edited right at its start repairs the closing delimiter, where that is damaged.
    """
    start = document.delimiters.body
    first = start + (document.delimiters.closer.kind != EXACT)
    inside = [
        Edit(Span(edit.span.start - start, edit.span.end - start), edit.text)
        for edit in edits
        if edit.span.start >= first
    ]
    return apply_edits(document.text[start:], inside).strip()


def _same_lines(old: Document, new: Document, edits: Sequence[Edit]) -> None:
    """Check that each line of *old* that could be read by itself, and is not edited, reads the same in *new*."""
    nodes = {node.span.start: node for node in new.nodes if not node.children}
    coming = sorted(edits, key=lambda edit: edit.span, reverse=True)
    passed = Span(0, 0)
    shift = 0
    for line in salvage(old.text, *old.delimiters.front):
        while coming and coming[-1].span.end < line.span.start:
            passed, text = coming.pop()
            shift += len(text) - (passed.end - passed.start)
        if coming and coming[-1].span.start <= line.span.end:
            continue
        node = nodes.get(line.span.start + shift)
        key = line.key
        if node is not None and _is_inside(passed, line.key_span):
            key = node.key  # which is what is repaired
        if node is None or (node.key, node.value) != (key, line.value):
            number, _ = old.lines.position(line.span.start)
            raise Refused(f"line {number} would read differently")


def _is_inside(edited: Span, span: Span | None) -> bool:
    """Tell whether *edited* has a part in *span*; what is inserted right before or behind it has none."""
    return span is not None and edited.start < span.end and span.start < edited.end
