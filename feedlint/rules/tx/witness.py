"""Who confirms the repair of a text: a slug made from it before it was damaged, or the same story elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.record import Record, records, show
from feedlint.rules.tx.codepages import origins
from feedlint.rules.tx.damage import examine, is_whole
from feedlint.slug import CUT, file_slug, slug
from feedlint.source import Node
from feedlint.typed import Final

_MAX_FRAGMENTS: Final = 40
_EXTENSION = regex(r"\.(?:html?|php|aspx?|amp)\Z", re.IGNORECASE)


def witness(record: Record, node: Node, text: str, fragments: Sequence[Fragment]) -> str:
    """Return what confirms that *fragments* repair *text*, the value of *node*, in words; "" where nothing does.

    A slug that differs says nothing: it may have been made from the damaged text.
    """
    repaired = apply_fragments(text, fragments)
    for name in _same_story(record, node, repaired):
        return name
    if node is not record.field("title") or len(fragments) > _MAX_FRAGMENTS or not is_whole(text, repaired):
        return ""
    if not all(_is_certain(text, fragment) for fragment in fragments):
        return ""
    without = [apply_fragments(text, [other for other in fragments if other is not each]) for each in fragments]
    for name, target, cut in _slugs(record):
        # A slug sees neither quotes nor accents; so it must be a witness to each part of the repair.
        if _agrees(repaired, target, cut=cut) and not any(_agrees(other, target, cut=cut) for other in without):
            return name
    return ""


def _same_story(record: Record, node: Node, repaired: str) -> Iterator[str]:
    """Yield the records of the same document with the same address in which *node* reads *repaired*, undamaged."""
    role = next((role for role in ("title", "excerpt") if record.field(role) is node), None)
    address = record.field("web-url")
    if role is None or address is None or not address.value:
        return
    for other in records(record.document, record.repository):
        theirs, field = other.field("web-url"), other.field(role)
        if field is None or field is node or theirs is None or theirs.value != address.value:
            continue
        if field.value == repaired and examine(repaired) is None:
            yield show(field.path)


def _is_certain(text: str, fragment: Fragment) -> bool:
    """Tell whether the damaged characters of *fragment* can be read as nothing else that has the same slug."""
    readings = {origin.text for origin in origins(text[fragment.start : fragment.end])}
    return fragment.text in readings and sum(1 for text in readings if slug(text) == slug(fragment.text)) == 1


def _slugs(record: Record) -> Iterator[tuple[str, str, bool]]:
    """Yield what may be the slug of the title of *record*: where it is from, its letters, whether it may be cut off."""
    for role in ("web-url", "original-url"):
        node = record.field(role)
        if node is not None and node.tag == "str":
            address = re.split("[?#]", node.value, maxsplit=1)[0].rstrip("/")
            segment = _EXTENSION.sub("", unquote(address.rpartition("/")[2]))
            if segment.isascii():
                yield f"the slug in {show(node.path)}", _letters(segment), False
    if record.is_root:
        name = file_slug(record.document.path)
        yield "the name of the file", _letters(name), len(name) >= CUT


def _letters(text: str) -> str:
    """Return the slug of *text* without its hyphens, since ``’`` is one to some sites and nothing to others."""
    return slug(text).replace("-", "")


def _agrees(text: str, target: str, *, cut: bool) -> bool:
    letters = _letters(text)
    return bool(target) and (letters == target or (cut and letters.startswith(target)))
