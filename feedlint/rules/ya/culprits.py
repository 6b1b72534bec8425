"""The search for what keeps a front matter from being YAML: judge each line, repair it in memory, read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import SAFE, UNSAFE, Edit, EditConflict, Safety, apply_edits
from feedlint.lazy import regex
from feedlint.rules.ya import keys, layout, quoted, unquoted
from feedlint.rules.ya.culprit import Culprit, Front
from feedlint.source import BOM, Document, Span, controls, false_closers
from feedlint.source import delimiters as delimiter
from feedlint.source import nodes as yaml_nodes
from feedlint.source.data import entries, to_data
from feedlint.source.events import Unreadable, is_disputed
from feedlint.source.fields import Field, fields
from feedlint.typed import Final, NamedTuple

_TAB_WIDTHS: Final = (2, 4, 8)
# Characters to read in all while trying repairs: two hundred readings of a real file, a few of a monster.
_BUDGET: Final = 600_000
_GAP = regex("[ \t]+")
_MARK = regex(f"(?<=[\r\n]){BOM}+")
# What FM009 finds, where YAML 1.1 takes it for a line break before a delimiter.
_SEPARATOR = regex(r"[\x85\u2028\u2029](?=---|\.\.\.)")


class Diagnosis(NamedTuple):
    """The *culprits*, in the order of the text; *left* is where it does not read even without them, or None."""

    culprits: list[Culprit]
    left: Unreadable | None


def find(document: Document) -> Diagnosis:
    """Return what keeps the front matter of *document* from being read as a record.

    Each line is judged by itself, then where it stands. A judgement is kept only if without its repair the parser
    would not get as far as it does, so no line is blamed that it can read.
    """
    if "\t" not in document.slice(document.delimiters.front):
        return _Search(document, _TAB_WIDTHS[0]).run()
    # How wide a tab was meant to be: as wide as explains the text with the fewest culprits.
    tried = [_Search(document, width).run() for width in _TAB_WIDTHS]
    best = min(tried, key=_badness)
    without = _Search(document, 0)
    if layout.are_stray(without.front) and _badness(other := without.run()) < _badness(best):
        return other
    if best.left is None:
        as_good = [d for d in tried if d.left is None and len(d.culprits) == len(best.culprits)]
        readings = [_data(document, diagnosis) for diagnosis in as_good]
        if any(reading != readings[0] for reading in readings):
            return Diagnosis([culprit._replace(safety=UNSAFE) for culprit in best.culprits], None)
    return best


def _badness(diagnosis: Diagnosis) -> tuple[bool, int]:
    return diagnosis.left is not None, len(diagnosis.culprits)


class _Search:
    def __init__(self, document: Document, tab_width: int) -> None:
        self.text, self.span = document.text, document.delimiters.front
        self.front = Front(self.text, fields(self.text, *self.span, tab=tab_width))
        self.tab_width = tab_width
        self.given = _edits_of_others(document)
        self.others = frozenset(line.span.start for line in false_closers.find(document))
        self.budget = _BUDGET

    def run(self) -> Diagnosis:
        tabs = layout.tabs(self.front, self.tab_width)
        found = [tabs] if tabs else []
        above = None
        for field in self.front.fields:
            if field.line.start in self.others:
                continue
            found += self.judge(field, above)
            above = field
        left = self.misplaced(found)
        return Diagnosis(sorted(self.needed(found, left), key=lambda each: each.span), left)

    def judge(self, field: Field, above: Field | None) -> Iterator[Culprit]:
        """Yield what is wrong with *field* by itself."""
        keyless = keys.judge(self.front, field, above)
        if keyless is not None:
            yield keyless
            if keyless.safety is None:
                return
            field = keys.repaired(field, keyless)
        if not field.is_open:
            judge = quoted.judge if self.text[field.line.value] in "\"'" else unquoted.judge
            for culprit in judge(self.front, field):
                yield culprit._replace(path=field.path)

    def misplaced(self, found: list[Culprit]) -> Unreadable | None:
        """Add to *found* the lines that stand wrong, as the parser comes to them; return where it still stops."""
        left = self.fault(found)
        while left is not None and self.budget > 0:
            readings = [(culprit, self.fault([*found, culprit])) for culprit in layout.misplaced(self.front, left.at)]
            if not readings:
                break
            culprit, after = max(readings, key=lambda reading: self.reach(reading[1]))
            if self.reach(after) <= left.at:
                found.append(culprit._replace(edits=(), safety=None))
                break
            found.append(culprit)
            left = after
        return left

    def reach(self, fault: Unreadable | None) -> int:
        """Return how far the text is read: past its end where nothing is wrong."""
        return fault.at if fault else len(self.text) + 1

    def needed(self, found: Sequence[Culprit], left: Unreadable | None) -> list[Culprit]:
        """Return those of *found* without whose repair the parser would stop earlier than at *left*."""
        needed = list(found)
        for culprit in found if self.budget > len(found) * len(self.text) else ():
            if self.budget <= 0:
                break
            others = [other for other in needed if other is not culprit]
            if culprit.edits and self.reach(self.fault(others)) >= self.reach(left):
                needed = others
        return needed

    def fault(self, repaired: Sequence[Culprit]) -> Unreadable | None:
        """Return where the text does not read as a record with *repaired* put right, None where it does."""
        self.budget -= len(self.text)
        edits = [*self.given, *(edit for culprit in repaired for edit in culprit.edits)]
        try:
            text = apply_edits(self.text[: self.span.end], edits)
            tree = yaml_nodes.read(text, self.span.start, len(text))
            to_data(tree.nodes)
        except EditConflict:
            return Unreadable("repairs that overlap", self.span.start)
        except Unreadable as error:
            if is_disputed(error, text):  # the parser in Python was asked too, which takes twenty times as long
                self.budget -= 20 * len(text)
            began = _before(edits, error.began) if error.began is not None else None
            return Unreadable(error.problem, _before(edits, error.at), error.context, began)
        if tree.second_document is not None or not tree.nodes or tree.nodes[0].tag != "map":
            return Unreadable("not a mapping", self.span.start)
        return None


def _edits_of_others(document: Document) -> list[Edit]:
    """Return what other rules put right, for it to be in nobody's way here.

    That is a byte order mark before a key, white space after a glued delimiter, what looks like a delimiter and is
    none, and control characters; one of these whose meaning is lost becomes a space.
    """
    start, end = document.delimiters.front
    found = [_GAP.match(document.text, start, end)] if document.delimiters.opener.kind == delimiter.GLUED else []
    found += _MARK.finditer(document.text, start, end)
    edits = [Edit(Span(*match.span()), "") for match in found if match]
    edits += [Edit(*(line.edit or (line.span, ""))) for line in false_closers.find(document)]
    edits += [Edit(Span(*match.span()), " ") for match in _SEPARATOR.finditer(document.text, start, end)]
    for each in controls.find(document.text, start, end):
        edits.append(Edit(Span(each.start, each.end), " " if each.text is None else each.text))
    return edits


def safety_of_others(document: Document) -> Safety | None:
    """Return how safe it is to put right what other rules find to be unreadable; None where they cannot."""
    found = list(controls.find(document.text, *document.delimiters.front))
    lines = false_closers.find(document)
    if any(each.text is None for each in found) or any(line.edit is None for line in lines):
        return None
    return SAFE if all(each.sure for each in found) and all(line.sure for line in lines) else UNSAFE


def _before(edits: Sequence[Edit], at: int) -> int:
    """Return where offset *at* of the edited text is in the text before *edits*."""
    shift = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start = edit.span.start + shift
        if at < start:
            break
        if at < start + len(edit.text):
            return edit.span.start
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return at - shift


def _data(document: Document, diagnosis: Diagnosis) -> object:
    edits = [*_edits_of_others(document), *(edit for culprit in diagnosis.culprits for edit in culprit.edits)]
    text = apply_edits(document.text[: document.delimiters.front.end], edits)
    return entries(yaml_nodes.read(text, document.delimiters.front.start, len(text)).nodes)
