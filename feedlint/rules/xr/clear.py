"""Records that are in order beside others, as nearly all are: topics, related stories, names of files."""

from __future__ import annotations

from feedlint.lazy import regex
from feedlint.record import Record
from feedlint.rules.xr.groups import page
from feedlint.slug import file_slug, slug
from feedlint.source import Node
from feedlint.typed import Final

# Characters of a name or a title that are compared.
_LONGEST: Final = 1000
_WORDS = regex("[^a-z]*[a-z][^-]*-[^a-z]*[a-z]")


def is_related_to_others(record: Record) -> bool:
    """Tell whether *record* has no related stories, or all have addresses of their own."""
    if not record.related:
        return True
    nodes = [story.field("web-url") for story in (record, *record.related)]
    pages = [page(node.value) for node in nodes if node is not None]
    return len(set(pages)) == len(pages)


def has_known_topics(record: Record) -> bool:
    """Tell whether all topics of *record* are those of the site, as far as that is known."""
    nodes = record.texts("topic")
    known = record.repository.topics if nodes else None
    return known is None or all(node.value in known for node in nodes)


def is_named_after_its_story(record: Record) -> bool:
    """Tell at a glance whether the file of *record* is named after it, or after nothing."""
    names = names_of(record)
    return names is None or names[0] == names[1]


def names_of(record: Record) -> tuple[str, str] | None:
    """Return what the file is named after, and the slug of its story; None where either is not made of words."""
    return record.once(_names, _names)


def _names(record: Record) -> tuple[str, str] | None:
    if not record.is_root or record.schema is None or not record.schema.file_name:
        return None
    found = slug(file_slug(record.document.path)[:_LONGEST])
    nodes = [first(record, role) for role in record.schema.file_name]
    if not _WORDS.match(found) or any(node is None or node.tag != "str" for node in nodes):
        return None
    wanted = "-".join(filter(None, (slug(node.value[:_LONGEST]) for node in nodes if node is not None)))
    return (found, wanted) if wanted.islower() else None  # it has letters, not digits alone


def first(record: Record, role: str) -> Node | None:
    """Return the field of *record* with *role*, of several its own or the first."""
    return record.field(role) or next(iter(record.fields(role)), None)
