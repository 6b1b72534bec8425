"""What follows a record: where it begins, and whether anything should."""

from __future__ import annotations

from feedlint.repository import Repository
from feedlint.source import BOM, Document, controls
from feedlint.typed import Final

_COMMENT: Final = ("<!--", "-->")


def expects_no_body(document: Document, repository: Repository) -> bool:
    """Tell whether nothing follows a record in the collection of *document*, as its schema says."""
    schema = repository.schema_of(document)
    return schema is not None and schema.has_body is False


def is_blank(text: str) -> bool:
    """Tell whether a reader sees nothing of *text*: it is white space, HTML comments and what other rules delete."""
    text = controls.remove(text).replace(BOM, "")
    opening, closing = _COMMENT
    at = 0
    while True:
        start = text.find(opening, at)
        end = text.find(closing, start + len(opening)) if start >= 0 else -1
        if text[at : start if end >= 0 else len(text)].strip():
            return False
        if end < 0:
            return True
        at = end + len(closing)
