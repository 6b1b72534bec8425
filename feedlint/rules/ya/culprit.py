"""What a culprit is, and what the search for one shares: the fields around it, and how to speak of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from feedlint.catalogue import DEFAULT, load
from feedlint.diagnostic import UNSAFE, Edit, Label, Safety
from feedlint.lazy import regex
from feedlint.record import show
from feedlint.schema import Shape
from feedlint.source import Span
from feedlint.source.fields import Field
from feedlint.source.nodes import DataPath
from feedlint.source.text import NEWLINE
from feedlint.typed import NamedTuple

SPACE = " \t\r\n"
"""White space as YAML has it: others, such as U+00A0, are text."""
NEXT_KEY = regex(r"(?<![ \t])[ \t]+([A-Za-z_][\w-]*):(?=[ \t])")
"""What a second field on one line looks like, after the value of the first."""


class Culprit(NamedTuple):
    """What keeps a text from being YAML, and how it would be put right.

    *edits* make the text around it readable; *safety* is None where they are no repair to offer. *repair* says in
    words what they do; *labels* point at other places it speaks of.
    """

    span: Span
    message: str
    repair: str
    edits: tuple[Edit, ...]
    safety: Safety | None
    path: DataPath = ()
    labels: tuple[Label, ...] = ()


class Front:
    """A front matter that does not parse: its *text*, the whole file's, and its *fields*."""

    def __init__(self, text: str, fields: Sequence[Field]) -> None:
        self.text = text
        self.fields = fields

    @cached_property
    def anchors(self) -> frozenset[str]:
        """All names that an alias may stand for."""
        return frozenset(re.findall(r"&([0-9A-Za-z_-]+)", self.text))

    @cached_property
    def paths(self) -> frozenset[DataPath]:
        """The places in the record at which there is a field."""
        return frozenset(field.path for field in self.fields)

    def is_missing(self, key: str, field: Field) -> bool:
        """Tell whether *key* is a field that the mapping of *field* may have and has not."""
        place = field.path[:-1]
        shape = shape_at(place)
        return shape is not None and key in shape.properties and (*place, key) not in self.paths

    def number_at(self, offset: int) -> int:
        """Return the number of the field that *offset* is in, or that is above it; -1 before all."""
        return bisect_right(self.fields, offset, key=lambda field: field.line.start) - 1

    def below(self, field: Field) -> Field | None:
        """Return the field below *field*."""
        number = self.number_at(field.line.start) + 1
        return self.fields[number] if number < len(self.fields) else None

    def value_end(self, field: Field) -> int:
        """Return where the value of *field* ends, before any white space."""
        return field.line.value + len(self.text[field.line.value : field.end].rstrip(SPACE))

    def beside(self, field: Field, at: int) -> Culprit | None:
        """Return what is wrong where the value of *field* is whole at *at* and a comma or a field follows it."""
        end = self.value_end(field)
        rest = self.text[at:end].strip()
        if rest in (",", ";"):
            return Culprit(
                Span(end - 1, end),
                f'{name(field.path)} has a "{rest}" after its value, which YAML does not allow: delete it',
                f"delete the {rest} after {name(field.path)}",
                (Edit(Span(end - 1, end), ""),),
                UNSAFE,
            )
        following = NEXT_KEY.match(self.text, at, end)
        return self.split(field, following) if following and self.is_missing(following[1], field) else None

    def split(self, field: Field, following: re.Match[str]) -> Culprit:
        """Return what is wrong where *following*, of :data:`NEXT_KEY`, is a field on the line of *field*."""
        gap = Span(following.start(), following.start(1))
        return self.break_line(field, gap, Span(*following.span(1)), " " * field.line.column)

    def break_line(self, field: Field, gap: Span, span: Span, indent: str) -> Culprit:
        """Return what is wrong where *span*, after the white space *gap*, belongs on a line of its own."""
        what = brief(self.text[span.start : span.end])
        what = "the list item" if what == "-" else what
        ending = NEWLINE.match(self.text, field.line.end)
        newline = ending[0] if ending else "\n"
        return Culprit(
            span,
            f"{what} stands on the line of {name(field.path)}: give it a line of its own",
            f"begin a new line before {what}",
            (Edit(gap, newline + indent),),
            UNSAFE,
        )


def shape_at(path: DataPath) -> Shape | None:
    """Return what the article schema knows of the field at *path*, or None."""
    shape: Shape | None = load(DEFAULT).shape
    for item in path:
        if shape is not None:
            shape = shape.items if isinstance(item, int) else shape.properties.get(item)
    return shape


def name(path: DataPath) -> str:
    """Return how to call the field at *path* in a message."""
    return show(path) or "this line"


def brief(text: str) -> str:
    """Return *text* on one line, short enough for a message."""
    line = " ".join(text.strip()[:100].split())
    return line if len(line) <= 40 else line[:39].rstrip() + "…"


def cite(text: str) -> str:
    """Return *text* as :func:`brief` has it, in quotes that are not in it."""
    text = brief(text)
    mark = next((mark for mark in "\"'" if mark not in text), "`")
    return f"{mark}{text}{mark}"


def insert(at: int, text: str) -> Edit:
    """Return the edit that inserts *text* at *at*."""
    return Edit(Span(at, at), text)
