"""Seeing at a glance that there is nothing to find in a file, as in nearly all.

What can be told of a file by its layout is told so: see :mod:`feedlint.source.sketch`. Then each rule is asked whether
the record is clear. A file for which either fails is not seen through, and is looked at in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from feedlint.record import Record, records
from feedlint.repository import Repository
from feedlint.rule import Rule
from feedlint.schema import Schema
from feedlint.source.plan import plan
from feedlint.source.sketch import Layout, Rows, Sketch, rows
from feedlint.typed import Final, NamedTuple

_MOST: Final = 1000
"""Layouts kept: 18,847 real records have some hundred, and each takes some 20 KB."""
_MOST_STYLES: Final = 5
"""Layouts kept for files whose lines begin alike, and whose values are written in other styles."""
_OF_RECORDS: Final = ("record", "field")


class Seen(NamedTuple):
    """What came of a look at a file: the *marks* that are kept of it, or the *rules* that may find something."""

    marks: bytes | None
    rules: Sequence[Rule] = ()


class _Known(NamedTuple):
    """A layout, and the records of a file that had it."""

    layout: Layout
    models: list[Record]

    def records(self, sketch: Sketch) -> list[Record]:
        """Return the records of *sketch*, which was read by the layout."""
        here = [model.of(sketch) for model in self.models]
        for record, model in zip(here, self.models, strict=True):
            record.related = [here[self.models.index(each)] for each in model.related]
        return here


class Glance:
    """A look at the files of *repository* that *schema* covers, for what *rules* may find in them."""

    def __init__(self, rules: Sequence[Rule], repository: Repository, schema: Schema) -> None:
        self.schema = schema
        self._rules = rules
        self._repository = repository
        self._not_plain = Seen(None, rules)
        self._of_feed = [rule for rule in rules if rule.mentions is not None]
        # What other rules see of a file is the same in all files of a layout: nothing.
        self._of_files = _questions(rule for rule in rules if rule.sees == "document" and rule.clear is not None)
        self._of_records = _questions(rule for rule in rules if rule.sees in _OF_RECORDS)
        self._layouts: dict[tuple[str, ...], list[_Known]] = {}

    def look(self, data: bytes, text: str, path: str) -> Seen:
        """Look at the file at *path*, whose content *data* is *text*, decoded."""
        found = rows(data, text, path, has_body=self.schema.has_body is not False)
        here = self._records(text, path, found) if found is not None else None
        if here is None:
            return self._not_plain
        doubtful = self._doubtful(here)
        if doubtful:
            return Seen(None, [rule for rule in self._rules if rule.code in doubtful])
        return Seen(b"".join(rule.marks(record) for record in here for rule in self._of_feed))

    def _doubtful(self, here: Sequence[Record]) -> set[str]:
        """Return the codes of the rules that may find something in the records *here*, those of one file."""
        doubtful: set[str] = set()
        for records_of, questions in ((here[:1], self._of_files), (here, self._of_records)):
            for record in records_of:
                for clear, rules in questions.items():
                    if clear is None or not clear(record):
                        doubtful.update(rule.code for rule in rules if _may_find(rule, record))
        return doubtful

    def _records(self, text: str, path: str, found: Rows) -> list[Record] | None:
        """Return the records of the file at *path* with the *text* of which the lines are *found*, the outermost first.

        They are good until the next file is read. None where they are not plain.
        """
        known = self._layouts.get(found.begins)
        for each in known or ():
            sketch = each.layout.read(text, path, found)
            if sketch is not None:
                return each.records(sketch)
        layout = plan(found)
        sketch = layout.read(text, path, found) if layout is not None else None
        if layout is None or sketch is None:
            return None
        new = _Known(layout, list(records(sketch, self._repository)))
        if known is None and len(self._layouts) < _MOST:
            self._layouts[found.begins] = [new]
        elif known is not None and len(known) < _MOST_STYLES:
            known.append(new)
        return new.records(sketch)


def _questions(rules: Iterable[Rule]) -> dict[Callable[[Record], bool] | None, list[Rule]]:
    """Return what *rules* ask of a record, each question once, with the rules that ask it; None asks nothing."""
    found: dict[Callable[[Record], bool] | None, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.clear, []).append(rule)
    return found


def _may_find(rule: Rule, record: Record) -> bool:
    """Tell whether *rule* may find something in *record*, of which it is not known at a glance that it does not.

    A rule that looks at each field by itself is asked: it has no need of places as long as it finds nothing.
    """
    if rule.sees != "field":
        return True
    try:
        return any(True for _ in rule.check(record))
    except AttributeError:  # of a node without a place
        return True
