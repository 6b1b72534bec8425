"""Seeing at a glance that there is nothing to find in a file, as in nearly all.

What a file says is told by the trail of its lines, see :mod:`feedlint.source.trail`. Then each rule is asked whether
the record, in brief, is clear. A file for which either fails is not seen through, and is looked at in full.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice

from feedlint.brief import Brief, Outline, Part
from feedlint.places import SchemaPlace, root_of
from feedlint.repository import Repository
from feedlint.rule import Rule
from feedlint.schema import Schema
from feedlint.source.front import trail_of
from feedlint.source.plain import texts
from feedlint.source.text import decode
from feedlint.source.trail import Reader, Step, Trail, data_of
from feedlint.typed import Any, Final, NamedTuple

_MOST: Final = 2_000
"""Layouts kept: 835 real files of eight collections have 142."""
_OF_RECORDS: Final = ("record", "field")


class Seen(NamedTuple):
    """What came of a look at a file: the *rules* that may find something, and the *marks* that are kept of it.

    ``marks`` is None where it was not seen through, so that nothing is known.
    """

    rules: Sequence[Rule]
    marks: bytes | None = None


class File(NamedTuple):
    """What is looked at: the content *data* of the file at *path*."""

    data: bytes
    path: str

    @property
    def text(self) -> str:
        """The content, decoded: made anew each time, since many files wait to be looked at."""
        return decode(self.data)


class Layout:
    """What is the same in all files of a trail: the outlines of its records, and what is to be asked of its values.

    ``more`` are the items of lists in brackets, which are part of the trail; their positions come after those of the
    steps. ``alike`` are lists in which no two items may be the same, as positions. ``is_valid`` is what the schema
    makes of the rest; None where it has not been asked.
    """

    def __init__(self, trail: Trail) -> None:
        self.outlines: list[Outline] = []
        self.more: list[str] = []
        self.alike: list[list[int]] = []
        self.has_float = any(step.tag == "float" for step in trail.steps)
        self.is_valid: bool | None = None
        parts: list[Part | None] = []
        unique: list[list[int] | None] = []  # the items of each open list in which no two may be the same
        for at, step in enumerate(trail.steps):
            for opened in step.opens:
                place: Any = opened.place
                del parts[opened.depth :], unique[opened.depth :]
                if unique and unique[-1] is not None:  # mappings that may not be the same are left to the full look
                    self.is_valid = False
                parts.append(self._part(parts[-1] if parts else None, place, opened.tag))
                unique.append(self._unique(place) if opened.tag == "seq" else None)
            if not step.tag:
                continue
            part, alike = parts[step.depth - 1], unique[step.depth - 1]
            if step.tag == "seq":
                self._list(part, step.place, texts(trail.says[at]), len(trail.steps))
                self.is_valid = False if alike is not None else self.is_valid
                continue
            if step.role is not None and part is not None:
                part.add(step.role, at)
            if alike is not None:
                alike.append(at)

    def _part(self, outer: Part | None, place: SchemaPlace, tag: str) -> Part | None:
        if outer is None:
            if self.outlines:
                return None
            part: Part | None = Part(Outline())
        else:
            part = outer.part(place.role, tag) if place.shape is not None else None
        if part is not None and (outer is None or part.outline is not outer.outline):
            self.outlines.append(part.outline)
        return part

    def _unique(self, place: SchemaPlace) -> list[int] | None:
        if not place.is_unique:
            return None
        self.alike.append([])
        return self.alike[-1]

    def _list(self, outer: Part | None, place: Any, items: Sequence[str], steps: int) -> None:
        """Take the *items* of a list in brackets at *place*."""
        part = outer.part(place.role, "seq") if outer is not None and place.shape is not None else None
        role = place.below(None).role
        alike = self._unique(place)
        for item in items:
            at = steps + len(self.more)
            self.more.append(item)
            if part is not None and role is not None:
                part.add(role, at)
            if alike is not None:
                alike.append(at)


class Glance:
    """A look at the files of *repository* that *schema* covers, for what *rules* may find in them."""

    def __init__(self, rules: Sequence[Rule], repository: Repository, schema: Schema) -> None:
        self.schema = schema
        self._rules = rules
        self._repository = repository
        self._not_plain = Seen(rules)
        self._of_feed = [rule for rule in rules if rule.mentions is not None]
        # What other rules see of a file is the same in all that are plain: nothing.
        self._of_files = _questions(rule for rule in rules if rule.sees == "document" and rule.clear is not None)
        of_records = [rule for rule in rules if rule.sees in _OF_RECORDS]
        gates = dict.fromkeys(rule.gate for rule in of_records)
        self._of_records = [(gate, _questions(rule for rule in of_records if rule.gate is gate)) for gate in gates]
        self._reader = Reader(root_of(schema))
        self._layouts: dict[tuple[Step, ...], Layout] = {}

    def look(self, files: Sequence[File]) -> list[Seen]:
        """Look at *files*, and return what came of each.

        All are asked a question before the next one is: that takes 0.8 of the time of one file after the other.
        """
        read = [self._read(*file) for file in files]
        doubts: list[set[str]] = [set() for _ in files]  # of each the codes of the rules that may find something
        told = [(here, doubt) for here, doubt in zip(read, doubts, strict=True) if here]
        for clear, codes in self._of_files:
            for here, doubt in told:
                if not clear(here[0]):
                    doubt.update(codes)
        records = [(record, doubt) for here, doubt in told for record in here]
        for gate, questions in self._of_records:
            asked = records if gate is None else [each for each in records if not gate(each[0])]
            for clear, codes in questions:
                for record, doubt in asked:
                    if not clear(record):
                        doubt.update(codes)
        marks = self._marks([record for record, _ in records])
        return [
            Seen(self._among(doubt), b"".join(islice(marks, len(here)))) if here else self._not_plain
            for here, doubt in zip(read, doubts, strict=True)
        ]

    def marks(self, file: File) -> bytes | None:
        """Return what is kept of the *file* that :meth:`look` would look at, without that; None if it is not plain."""
        here = self._read(*file)
        return b"".join(self._marks(here)) if here else None

    def _among(self, codes: Collection[str]) -> Sequence[Rule]:
        """Return the rules with *codes*."""
        return [rule for rule in self._rules if rule.code in codes] if codes else ()

    def _marks(self, records: Sequence[Brief]) -> Iterator[bytes]:
        """Yield what is kept of each of *records*; nothing where there are no rules about the whole feed."""
        columns = [[rule.marks(record) for record in records] for rule in self._of_feed]
        return map(b"".join, zip(*columns, strict=True))

    def _read(self, data: bytes, path: str) -> Sequence[Brief]:
        """Return the records of the file at *path*, the outermost first; none where it is not plain."""
        text = decode(data)
        trail = trail_of(self._reader, data, text, path, has_body=self.schema.has_body is not False)
        return self._briefs(trail, path, has_cr="\r" in text) if trail is not None else ()

    def _briefs(self, trail: Trail, path: str, *, has_cr: bool) -> list[Brief]:
        """Return the records of the file at *path* that has *trail*, the outermost first."""
        layout = self._layouts.get(trail.steps)
        if layout is None:
            if len(self._layouts) >= _MOST:
                self._layouts.clear()
            layout = self._layouts[trail.steps] = Layout(trail)
        says = (*trail.says, *layout.more) if layout.more else trail.says
        schema, repository, outlines = self.schema, self._repository, layout.outlines

        def judge() -> bool:
            for items in layout.alike:
                if len({says[at] for at in items}) < len(items):
                    return False
            return self._is_valid(layout, trail) if layout.is_valid is None else layout.is_valid

        here = [Brief(outline, says, path, repository, schema, judge, has_cr=has_cr) for outline in outlines]
        for record in here[1:]:
            if record.outline.around is not None:
                here[outlines.index(record.outline.around)].related.append(record)
        return here

    def _is_valid(self, layout: Layout, trail: Trail) -> bool:
        """Tell whether the schema has nothing against files of the *layout* that *trail* has."""
        asked = self.schema.has_nothing_against if layout.has_float else self.schema.is_valid
        layout.is_valid = asked(data_of(trail))
        return layout.is_valid


def _questions(rules: Iterable[Rule]) -> Sequence[tuple[Callable[[Brief], bool], list[str]]]:
    """Return what *rules* ask of a record, each question once, with the codes of the rules that ask it."""
    found: dict[Callable[[Brief], bool], list[str]] = {}
    for rule in rules:
        found.setdefault(rule.clear or _nobody_knows, []).append(rule.code)
    return list(found.items())


def _nobody_knows(_: Brief) -> bool:
    return False
