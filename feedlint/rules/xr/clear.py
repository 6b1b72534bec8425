"""Records that are in order beside others, as nearly all are: topics, related stories, names of files."""

from __future__ import annotations

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.rules.xr.groups import page
from feedlint.slug import file_slug, slug
from feedlint.typed import Final

# Characters of a name or a title that are compared.
_LONGEST: Final = 1000
_WORDS = regex("[^a-z]*[a-z][^-]*-[^a-z]*[a-z]")


def is_related_to_others(record: Brief) -> bool:
    """Tell whether *record* has no related stories, or all have addresses of their own."""
    if not record.related:
        return True
    urls = [story.own("web-url") for story in (record, *record.related)]
    pages = [page(url) for url in urls if url is not None]
    return len(set(pages)) == len(pages)


def has_known_topics(record: Brief) -> bool:
    """Tell whether all topics of *record* are those of the site, as far as that is known."""
    topics = record.all(("topic",))
    known = record.repository.topics if topics else None
    return known is None or known.issuperset(topics)


def is_named_after_its_story(record: Brief) -> bool:
    """Tell at a glance whether the file of *record* is named after it, or after nothing."""
    if not record.is_root or record.schema is None or not record.schema.file_name:
        return True
    if file_slug(record.path) == _wanted(record):  # as nearly always, and sooner told than the rest
        return True
    names = names_of(record)
    return names is None or names[0] == names[1]


def names_of(record: Brief) -> tuple[str, str] | None:
    """Return what the file is named after, and the slug of its story; None where either is not made of words."""
    if not record.is_root or record.schema is None or not record.schema.file_name:
        return None
    found, wanted = slug(file_slug(record.path)[:_LONGEST]), _wanted(record)
    if not _WORDS.match(found) or wanted is None:
        return None
    return (found, wanted) if wanted.islower() else None  # it has letters, not digits alone


def _wanted(record: Brief) -> str | None:
    """Return the slug of what the schema has files named after, or None where not all of that is there."""
    assert record.schema is not None
    parts = [_first(record, role) for role in record.schema.file_name]
    if None in parts:
        return None
    return "-".join(filter(None, [slug(part[:_LONGEST]) for part in parts if part is not None]))


def _first(record: Brief, role: str) -> str | None:
    """Return the field of *record* with *role*, of several its own or the first."""
    own = record.own(role)
    return own if own is not None else next(iter(record.all((role,))), None)
