"""Seeing at a glance that there is nothing to find in a file, as in nearly all.

What can be told of a file by its layout is told so: see :mod:`feedlint.source.sketch`. Then each rule is asked whether
the record is clear. A file for which either fails is not seen through, and is looked at in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final

from feedlint.record import Record, records
from feedlint.repository import Repository
from feedlint.rule import Fact, Rule
from feedlint.rules import RULES
from feedlint.schema import Schema
from feedlint.source import Document
from feedlint.source.sketch import Layout, learn, rows

_MOST: Final = 1000
"""Layouts kept: 18,847 real records have some hundred, and each takes some 20 KB."""
_MANY: Final = 100_000
"""Layouts seen, after which the files of a feed are so different that none is kept any more."""
_LEARNED: Final = (2, 3, 5, 10, 100, 1000)
"""The files of a layout that are tried: not the first, which may be the only one; another where one is not sound."""
_OF_RECORDS: Final = ("record", "field")


class Glance:
    """A look at the files of *repository* that *schema* covers, for what *rules* may find in them."""

    def __init__(self, rules: Sequence[Rule], repository: Repository, schema: Schema) -> None:
        self._repository = repository
        self.schema = schema
        self._of_feed = [rule for rule in rules if rule.facts is not None]
        asked = [rule.clear for rule in rules if rule.sees in _OF_RECORDS]
        self._is_blind = None in asked
        self._of_records: list[Callable[[Record], bool]] = list(dict.fromkeys(filter(None, asked)))
        of_files = (rule.clear for rule in rules if rule.sees == "document")
        self._of_files: list[Callable[[Record], bool]] = list(dict.fromkeys(filter(None, of_files)))
        self._seen: Counter[int] = Counter()
        self._layouts: dict[tuple[str, ...], tuple[Layout, list[Record]]] = {}

    def facts(self, data: bytes, text: str, path: str) -> list[Fact] | None:
        """Return what the rules keep of the file at *path* if none finds anything in it, None if that is not sure.

        *text* is its content *data*, decoded.
        """
        found = None if self._is_blind else rows(data, text, path)
        known = self._layouts.get(found.begins) if found is not None else None
        if found is None or known is None:
            return None
        layout, templates = known
        sketch = layout.read(text, path, found)
        if sketch is None:
            return None
        here = [template.of(sketch) for template in templates]
        for record, template in zip(here, templates, strict=True):
            record.related = [here[templates.index(each)] for each in template.related] if template.related else []
        if not all(clear(here[0]) for clear in self._of_files):
            return None
        for record in here:
            for clear in self._of_records:
                if not clear(record):
                    return None
        return list(chain.from_iterable(rule.gather(record) for rule in self._of_feed for record in here))

    def learn(self, document: Document, data: bytes) -> None:
        """Keep the layout of *document*, read from *data*, if it is sound and not the first. It is used up."""
        found = None if self._is_blind or len(self._layouts) >= _MOST else rows(data, document.text, document.path)
        if found is None or found.begins in self._layouts:
            return
        key = hash(found.begins)
        self._seen[key] += 1
        if self._seen[key] not in _LEARNED or len(self._seen) > _MANY:
            return
        if any(rule.sees == "document" and any(rule.run(document, self._repository)) for rule in RULES):
            return
        templates = list(records(document, self._repository))
        layout = learn(document, found)
        if layout is not None:
            self._layouts[found.begins] = layout, templates
