"""Edits from intentions: set this node, replace this fragment, insert this key, delete this entry.

Each function returns a :class:`~feedlint.diagnostic.Fix` whose edits touch nothing but the place meant and whose
changes say what that does to the data, or None where the place cannot be written that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feedlint.diagnostic import SAFE, Change, Edit, Fix, Safety
from feedlint.fragments import Fragment, apply_fragments
from feedlint.source import Document, Entry, Node, Span, scalars
from feedlint.source.text import NEWLINE

Value = str | int | float | bool | None


def set_value(
    document: Document, node: Node, value: Value, title: str, safety: Safety = SAFE, *, style: str | None = None
) -> Fix | None:
    """Give the scalar *node* the new *value*, in its own style or in *style*.

    A *style* of "plain" that is asked for by name may write what a reader takes for a date.
    """
    if node.tag in ("map", "seq", "alias"):
        return None
    written = _block_text(document, node, value) if style is None else None
    if written is None:
        written = scalars.render(value, style or node.style, flow=node.flow, retyped=style is not None)
        written += _header_comment(document, node)
    if node.span.start == node.span.end:
        if node.key_span is not None and ":" not in document.text[node.key_span.end : node.span.start]:
            return None  # a key alone, as in {key}
        if not document.text[node.span.start - 1].isspace():
            written = f" {written}"
    return Fix(title, (Edit(node.span, written),), safety, (_set(node, value),))


def replace_fragments(
    document: Document, node: Node, fragments: Iterable[Fragment], title: str, safety: Safety = SAFE
) -> Fix | None:
    """Replace *fragments* of the string *node*, leaving every other character of it as it is written.

    Where a fragment has no place of its own in the file (it lies inside a folded line break), or the style cannot
    hold the new text there, the whole value is set instead.
    """
    ordered = sorted(fragments, key=lambda fragment: fragment[:2])
    value = apply_fragments(node.value, ordered)
    edits = _fragment_edits(document, node, ordered, value)
    if edits is None:
        return set_value(document, node, value, title, safety)
    return Fix(title, tuple(edits), safety, (_set(node, value),))


def fragment_span(document: Document, node: Node, start: int, end: int) -> Span:
    """Return where characters *start* to *end* of the value of *node* are written, or the node's span."""
    marks = scalars.boundaries(document.slice(node.span), node.style, node.value) if node.style in _SCALARS else None
    if marks is None or not _has_place(marks, start, end):
        return node.span
    return Span(node.span.start + marks[start], node.span.start + marks[end])


def delete_entry(document: Document, node: Node, title: str, safety: Safety = SAFE) -> Fix | None:
    """Delete *node* and its key, with the lines they stand on; None where something else stands there too."""
    if node.key_span is None or node.flow or (node.parent is not None and len(node.parent.children) == 1):
        return None
    start = document.lines.start(node.key_span.start)
    last = document.lines.end(node.span.end)
    beside = document.text[start : node.key_span.start] + document.text[node.span.end : last]
    if beside.strip() or _holds_comment(document, node):
        return None
    edit = Edit(Span(start, document.lines.next(node.span.end)), "")
    return Fix(title, (edit,), safety, (Change(node.index, node.end - node.index, ()),))


def delete_item(document: Document, node: Node, title: str, safety: Safety = SAFE) -> Fix | None:
    """Delete *node* from its list, with the line it stands on; None where something else stands there too."""
    siblings = node.parent.children if node.parent is not None else []
    if node.key is not None or len(siblings) < 2:
        return None
    if node.flow:
        start, end = node.span.start, node.span.end
        if node.position:
            start = siblings[node.position - 1].span.end
        else:
            end = siblings[1].span.start
        sign = ","
    else:
        start, end = document.lines.start(node.span.start), document.lines.next(node.span.end)
        sign = "-"
    if (document.text[start : node.span.start] + document.text[node.span.end : end]).strip() != sign:
        return None
    return Fix(title, (Edit(Span(start, end), ""),), safety, (Change(node.index, node.end - node.index, ()),))


def make_list(document: Document, node: Node, title: str, safety: Safety = SAFE) -> Fix | None:
    """Make the text *node*, the value of a key, the only item of a list; None where it has a line of its own."""
    if node.key_span is None or node.flow or node.style not in _SCALARS or NEWLINE.search(document.slice(node.span)):
        return None
    between = document.text[node.key_span.end : node.span.start]
    if between.strip(" \t") != ":" or not between.endswith((" ", "\t")):
        return None
    after = node.key_span.end + between.index(":") + 1
    edit = Edit(Span(after, node.span.start), f"{document.newline}{_indent(document, node)}  - ")
    item = Entry(node.depth + 1, None, node.tag, node.value)
    return Fix(title, (edit,), safety, (Change(node.index, 1, (Entry(node.depth, node.key, "seq", ""), item)),))


def rename_key(document: Document, node: Node, key: str, title: str, safety: Safety = SAFE) -> Fix | None:
    """Write *key* in place of the key of *node*, quoted as it was."""
    if node.key_span is None or not scalars.is_plain_safe(key, flow=True):
        return None
    first = document.slice(node.key_span)[:1]
    quote = first if first in ("'", '"') else ""
    below = document.entries[node.index + 1 : node.end]
    renamed = document.entries[node.index]._replace(key=key)
    change = Change(node.index, node.end - node.index, (renamed, *below))
    return Fix(title, (Edit(node.key_span, f"{quote}{key}{quote}"),), safety, (change,))


def insert_after(
    document: Document, node: Node, key: str, value: Value, title: str, safety: Safety = SAFE, *, style: str
) -> Fix | None:
    """Insert ``key: value`` as the entry after *node* in the same mapping."""
    if node.key_span is None or node.parent is None:
        return None
    written = _written(node, key, value, style)
    if node.flow:
        edit = Edit(Span(node.span.end, node.span.end), f", {written}")
    else:
        at = document.lines.end(node.span.end)
        edit = Edit(Span(at, at), f"{document.newline}{_indent(document, node)}{written}")
    return Fix(title, (edit,), safety, (_insert(node, node.end, key, value),))


def insert_before(
    document: Document, node: Node, key: str, value: Value, title: str, safety: Safety = SAFE, *, style: str
) -> Fix | None:
    """Insert ``key: value`` as the entry before *node* in the same mapping."""
    if node.key_span is None or node.parent is None:
        return None
    written = _written(node, key, value, style)
    gap = ", " if node.flow else document.newline + _indent(document, node)
    at = node.key_span.start
    return Fix(title, (Edit(Span(at, at), written + gap),), safety, (_insert(node, node.index, key, value),))


def combined(fixes: Iterable[Fix], title: str) -> Fix:
    """Return the safe fix that does what all of *fixes* do; what two of them insert at one place becomes one insertion.

    For in which order two were made is known here, but not to every program that is given the edits.
    """
    edits: dict[Span, Edit] = {}
    changes: list[Change] = []
    for fix in fixes:
        changes += fix.changes
        for edit in fix.edits:
            before = edits.get(edit.span)
            edits[edit.span] = edit if before is None else Edit(edit.span, before.text + edit.text)
    return Fix(title, tuple(edits.values()), changes=tuple(changes))


_SCALARS = frozenset([scalars.PLAIN, scalars.SINGLE, scalars.DOUBLE, *scalars.BLOCKS])


def _written(sibling: Node, key: str, value: Value, style: str) -> str:
    return f"{key}: {scalars.render(value, style, flow=sibling.flow, retyped=style == scalars.PLAIN)}"


def _entry(depth: int, key: str | None, value: Value) -> Entry:
    if isinstance(value, str):
        return Entry(depth, key, "str", value)
    text = scalars.render(value, scalars.PLAIN)
    return Entry(depth, key, scalars.resolve(text), text)


def _set(node: Node, value: Value) -> Change:
    return Change(node.index, 1, (_entry(node.depth, node.key, value),))


def _insert(sibling: Node, at: int, key: str, value: Value) -> Change:
    return Change(at, 0, (_entry(sibling.depth, key, value),))


def _indent(document: Document, node: Node) -> str:
    assert node.key_span is not None  # callers look first
    return " " * (node.key_span.start - document.lines.start(node.key_span.start))


def _holds_comment(document: Document, node: Node) -> bool:
    """Tell whether there is a comment between the parts of *node*."""
    at = node.key_span.end if node.key_span else node.span.start
    for part in document.nodes[node.index : node.end]:
        for span in (part.key_span, part.span if not part.children else None):
            if span is not None:
                if "#" in document.text[at : span.start]:
                    return True
                at = max(at, span.end)
    return "#" in document.text[at : node.span.end]


def _fragment_edits(document: Document, node: Node, fragments: Sequence[Fragment], value: str) -> list[Edit] | None:
    if node.style not in _SCALARS or node.span.start == node.span.end:
        return None
    if node.style == scalars.PLAIN and not scalars.is_plain_safe(value, flow=node.flow):
        return None
    marks = scalars.boundaries(document.slice(node.span), node.style, node.value)
    if marks is None:
        return None
    edits: list[Edit] = []
    for start, end, text in fragments:
        written = _fragment_text(text, node.style)
        if written is None or not _has_place(marks, start, end):
            return None
        edits.append(Edit(Span(node.span.start + marks[start], node.span.start + marks[end]), written))
    return edits


def _has_place(marks: Sequence[int], start: int, end: int) -> bool:
    """Tell whether characters *start* to *end* of a value are written somewhere by themselves.

    Those of a folded line break are not, nor is the line break that a block scalar ends in, outside of its span.
    """
    return scalars.UNMAPPED not in (marks[start], marks[end]) and (start == end or marks[start] < marks[end])


def _fragment_text(text: str, style: str) -> str | None:
    """Return *text* as it is written inside a scalar of *style*, or None where it cannot be."""
    if style == scalars.DOUBLE:
        return scalars.escape(text)
    if not scalars.is_printable(text):
        return None  # only double quotes can hold it
    return text.replace("'", "''") if style == scalars.SINGLE else text


def _block_text(document: Document, node: Node, value: Value) -> str | None:
    """Return *value* as a block scalar under the header *node* has, or None where double quotes must do."""
    if node.style not in scalars.BLOCKS or not isinstance(value, str):
        return None
    header, newline, rest = _partition_line(document.slice(node.span))
    before_ink = rest[: len(rest) - len(rest.lstrip(" \r\n"))]
    indent = before_ink[len(before_ink.rstrip(" ")) :]
    chomped = value.rstrip("\n")
    final = value[len(chomped) :]
    keep, strip = "+" in header, "-" in header
    lines = chomped.split("\n")
    if (
        not indent
        or any(character.isdigit() for character in header)
        or keep
        or final != ("" if strip else "\n")
        or not chomped
        or any(line != line.strip() or not scalars.is_printable(line) for line in lines)
        or (node.style == scalars.FOLDED and len(lines) > 1)
        or not lines[0]
    ):
        return None
    return header + newline + newline.join(indent + line if line else "" for line in lines)


def _header_comment(document: Document, node: Node) -> str:
    """Return the comment in the header of a block scalar, which must outlive it, with the space before it."""
    if node.style not in scalars.BLOCKS:
        return ""
    header, _, _ = _partition_line(document.slice(node.span))
    return header[len(header.split("#")[0].rstrip()) :] if "#" in header else ""


def _partition_line(raw: str) -> tuple[str, str, str]:
    newline = NEWLINE.search(raw)
    return (raw[: newline.start()], newline[0], raw[newline.end() :]) if newline else (raw, "", "")
