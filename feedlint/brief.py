"""A record in brief: what its fields say, by role, and nothing of where and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from operator import itemgetter

from feedlint.repository import Repository
from feedlint.schema import Schema
from feedlint.typed import Any, Final, TypeVar

_T = TypeVar("_T")
_Picker = Callable[[Sequence[str]], Sequence[str]]
_OF_IMAGE: Final = ("image-url", "image-width", "image-height")
_IN_PARTS: Final = frozenset([*_OF_IMAGE, "provider-name"])


class Outline:
    """Which of the values of a file are those of one record, by role: their positions among all.

    It is the same for all files of a layout. ``own`` are the fields of the record itself, ``around`` is the outline of
    the record that this one is inside of. It is not ``plain`` where a value has another type than its role has.
    ``pickers`` have been made by :meth:`picker`.
    """

    def __init__(self, around: Outline | None = None) -> None:
        self.around = around
        self.own: dict[str, int] = {}
        self.is_plain = True
        self.has_provider = False
        self._by_role: dict[str, list[int]] = {}
        self.pickers: dict[tuple[str, ...], _Picker] = {}
        self._images: list[dict[str, int]] = []
        self._named: list[dict[str, int]] = []
        self._loose = False

    def all(self, roles: tuple[str, ...]) -> Sequence[int]:
        """Return the positions of the values that have one of *roles*."""
        return sorted([at for role in roles for at in self._by_role.get(role, ())])

    def picker(self, roles: tuple[str, ...]) -> _Picker:
        """Return what picks, of all values of a file, those of the record that have one of *roles*."""
        found = self.pickers[roles] = _picker(self.all(roles))
        return found

    @cached_property
    def images(self) -> Sequence[tuple[int, int, int]] | None:
        """The address, width and height of each image; None where one has not just these."""
        if self._loose or not all(role in image for image in self._images for role in _OF_IMAGE):
            return None
        return [(image["image-url"], image["image-width"], image["image-height"]) for image in self._images]

    @cached_property
    def names(self) -> Sequence[tuple[int, int]]:
        """The name and the domain of each provider that has both."""
        return [(said["provider-name"], said["provider-domain"]) for said in self._named if "provider-domain" in said]


def _picker(positions: Sequence[int]) -> _Picker:
    """Return what returns of a sequence what is at *positions*."""
    if len(positions) > 1:
        return itemgetter(*positions)
    if not positions:
        return lambda _: ()
    (at,) = positions
    return lambda says: (says[at],)


class Part:
    """A collection that an outline is made of, value by value."""

    __slots__ = ("_is_record", "_said", "outline")

    def __init__(self, outline: Outline, role: str | None = "record") -> None:
        self.outline = outline
        self._is_record = role == "record"
        self._said: dict[str, int] = {}
        if role == "image":
            outline._images.append(self._said)

    def part(self, role: str | None, tag: str) -> Part | None:
        """Return the collection of type *tag* that is here and has *role*; None where no rule looks into it."""
        outline = self.outline
        if role == "record":
            return Part(Outline(outline)) if tag == "map" else None
        if role == "provider":
            outline.has_provider = True
        if role == "image" and tag != "map":
            outline._loose = True
        return Part(outline, role if tag == "map" else None)

    def add(self, role: str, at: int) -> None:
        """Have the value at the position *at* be here, with *role*."""
        outline, said = self.outline, self._said
        outline._by_role.setdefault(role, []).append(at)
        if self._is_record:
            outline.own[role] = at
        if role in _IN_PARTS:
            if role == "provider-name":
                outline._named.append(said)
            elif role in said:
                outline._loose = True
        said.setdefault(role, at)


class Brief:
    """A record of the file at *path*, as *outline* has it: *says* are the values of all of the file, as text.

    ``related`` are the records inside of it. *has_cr* tells whether a line of the file ends in CR, and *judge* what the
    schema makes of all of it.
    """

    __slots__ = ("_judge", "_kept", "has_cr", "is_root", "outline", "path", "related", "repository", "says", "schema")

    def __init__(
        self,
        outline: Outline,
        says: Sequence[str],
        path: str,
        repository: Repository,
        schema: Schema | None,
        judge: Callable[[], bool],
        *,
        has_cr: bool,
    ) -> None:
        self.outline = outline
        self.is_root = outline.around is None
        self.says = says
        self.path = path
        self.repository = repository
        self.schema = schema
        self.has_cr = has_cr
        self.related: list[Brief] = []
        self._judge = judge
        self._kept: dict[Hashable, Any] = {}

    @property
    def is_valid(self) -> bool:
        """Whether the schema has nothing against the file; where there is none, it has not."""
        return self._judge()

    def own(self, role: str) -> str | None:
        """Return the record's own field with *role*."""
        at = self.outline.own.get(role)
        return self.says[at] if at is not None else None

    def all(self, roles: tuple[str, ...]) -> Sequence[str]:
        """Return every value in the record that has one of *roles*, in the order of the file."""
        outline = self.outline
        return (outline.pickers.get(roles) or outline.picker(roles))(self.says)

    def once(self, key: Callable[[Brief], _T]) -> _T:
        """Return what *key* gives for this record, which is asked once: so rules that ask the same share the answer."""
        kept = self._kept
        if key not in kept:
            kept[key] = key(self)
        found: _T = kept[key]
        return found
