"""Records: the articles in a document, their fields found by role."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, lru_cache

from feedlint.brief import Brief, Outline, Part
from feedlint.catalogue import DEFAULT, load
from feedlint.places import is_usual, tag_of
from feedlint.repository import Repository
from feedlint.schema import TEXTS, Schema, Shape
from feedlint.source import Document, Node, scalars
from feedlint.source.nodes import DataPath
from feedlint.typed import Any, NamedTuple, TypeVar

_T = TypeVar("_T")


class Image(NamedTuple):
    """A picture that a record names. ``url``, ``width`` and ``height`` are None where the field is missing."""

    node: Node
    url: Node | None
    width: Node | None
    height: Node | None


class Record:
    """One article: the record of a document, or an item of its ``related``.

    ``node`` is its mapping, ``schema`` the schema that covers the document (None: only roles are known, fields
    are not validated). Fields of a record inside it (a related item) are not its own.
    """

    def __init__(
        self, document: Document, node: Node, shape: Shape, schema: Schema | None, repository: Repository
    ) -> None:
        self.document = document
        self.node = node
        self.schema = schema
        self.repository = repository
        self._shape = shape
        self._fields: list[tuple[str, Node]] = []
        self._by_role: dict[str, list[Node]] = {}
        self._several: dict[tuple[str, ...], list[Node]] = {}
        self._texts: dict[tuple[str, ...], list[Node]] = {}
        self._own: dict[str, Node] = {}
        self._inner: list[tuple[Node, Shape]] = []
        self._collect(node, shape)

    def _collect(self, parent: Node, shape: Shape) -> None:
        for child in parent.children:
            below = shape.below(child)
            if below is None:
                continue
            if below.role == "record":
                if child.tag == "map":
                    self._inner.append((child, below))
                continue
            if below.role is not None:
                self._fields.append((below.role, child))
                self._by_role.setdefault(below.role, []).append(child)
                if parent is self.node:
                    self._own[below.role] = child
            if child.children:
                self._collect(child, below)

    @property
    def path(self) -> str:
        """The path of the document."""
        return self.document.path

    @property
    def is_root(self) -> bool:
        """Whether this is the document's own record, not an item inside it."""
        return self.node.parent is None

    @cached_property
    def related(self) -> list[Record]:
        """The records inside of this one."""
        return [Record(self.document, node, shape, self.schema, self.repository) for node, shape in self._inner]

    def fields(self, *roles: str) -> Sequence[Node]:
        """Return every node in the record that has one of *roles*, in the order of the file."""
        if len(roles) == 1:
            return self._by_role.get(roles[0], ())
        if roles not in self._several:
            self._several[roles] = [node for role, node in self._fields if role in roles]
        return self._several[roles]

    def texts(self, *roles: str) -> Sequence[Node]:
        """Return those of :meth:`fields` that are strings."""
        if roles not in self._texts:
            self._texts[roles] = [node for node in self.fields(*roles) if node.tag == "str"]
        return self._texts[roles]

    def field(self, role: str) -> Node | None:
        """Return the record's own field (not one of a part of it) with *role*; the last, if it is there twice."""
        return self._own.get(role)

    @cached_property
    def _once(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, make: Callable[[Record], _T]) -> _T:
        """Return what *make* gives for this record; it is asked once for each *key*, which may be *make* itself.

        So rules that ask the same of a record share the answer.
        """
        kept = self._once
        if key not in kept:
            kept[key] = make(self)
        found: _T = kept[key]
        return found

    @cached_property
    def leaves(self) -> list[tuple[str, Node]]:
        """The values that :attr:`brief` has, at the same positions: the role of each, and its node."""
        return []

    @cached_property
    def brief(self) -> Brief:
        """The record in brief."""
        outline = Outline(None if self.is_root else Outline())
        self._sum_up(Part(outline), self.node, self._shape)
        says = [
            node.value.removesuffix("\n") if role in TEXTS and node.style in scalars.BLOCKS else node.value
            for role, node in self.leaves
        ]
        document = self.document
        brief = Brief(
            outline, says, document.path, self.repository, self.schema, self._judge, has_cr="\r" in document.text
        )
        brief.related += [record.brief for record in self.related]
        return brief

    def _sum_up(self, part: Part, parent: Node, shape: Shape) -> None:
        """Tell *part* what is in *parent*, which has *shape*."""
        for child in parent.children:
            below = shape.below(child)
            if below is None:
                continue
            role = below.role
            if role is not None and not is_usual(role, child.tag, child.style):
                part.outline.is_plain = False
            if child.tag in ("map", "seq"):
                inner = part.part(role, child.tag) if role != "record" else None
                if inner is not None:
                    self._sum_up(inner, child, below)
            elif role is not None and child.tag == tag_of(role):
                part.add(role, len(self.leaves))
                self.leaves.append((role, child))

    def _judge(self) -> bool:
        """Tell whether the schema has nothing against the file."""
        return self.once("is valid", _is_valid)

    def key_of(self, role: str) -> str | None:
        """Return the name of the field that has *role*, for writing one that is missing; None if there is none."""
        schema = self.schema or load(DEFAULT)
        return schema.keys.get(role)

    @property
    def images(self) -> list[Image]:
        """The pictures of the record, its provider's too."""
        parts: dict[Node, dict[str, Node]] = {node: {} for node in self.fields("image") if node.tag == "map"}
        for role, node in self._fields if parts else ():
            if node.parent is not None and node.parent in parts:
                parts[node.parent][role] = node
        return [
            Image(image, fields.get("image-url"), fields.get("image-width"), fields.get("image-height"))
            for image, fields in parts.items()
        ]


def _is_valid(record: Record) -> bool:
    schema, document = record.schema, record.document
    return schema is None or document.root is None or schema.has_nothing_against(document.data)


@lru_cache(maxsize=2)  # what is asked of a document is asked several times
def records(document: Document, repository: Repository) -> Sequence[Record]:
    """Return the records of *document*, the outermost first; none where it has no readable record."""
    root = document.root
    if root is None:
        return ()
    schema = repository.schema_of(document)
    found = [Record(document, root, (schema or load(DEFAULT)).shape, schema, repository)]
    for record in found:  # which grows as records inside of records are found
        found += record.related
    return found


def show(path: DataPath) -> str:
    """Return *path* as people write it: ``related[0].title``."""
    text = ""
    for item in path:
        text += f"[{item}]" if isinstance(item, int) else f".{item}" if text else item
    return text
