"""FM007."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic, Edit, Fix
from feedlint.edits import replace_fragments
from feedlint.fragments import Fragment
from feedlint.record import show
from feedlint.repository import Repository
from feedlint.rule import SOUND, Example, at
from feedlint.source import BOM, Document, Span
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad=BOM + SOUND, fixed=SOUND, whole=True),
    Example(bad=f'title: "{BOM}Harbour fair"', fixed='title: "Harbour fair"'),
    Example(bad=SOUND + f"{BOM}\n", fixed=SOUND + "\n", whole=True),
    Example(good=SOUND, whole=True),
]


def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    """There is no byte order mark (U+FEFF), neither at the start of a file nor in it.

    ## Why

    Before the opening `---` it makes Jekyll copy the file as it is, without a record, and python-frontmatter read
    nothing; elsewhere it is an invisible character in a title or a key that no search finds.

    ## Fix safety

    Safe: UTF-8 has no byte order, and inside a text the mark stands for nothing.

    ## Sources

    Unicode 23.8 ("BOM … should not be used in UTF-8"); RFC 3629 section 6.
    """
    places = [offset for offset, char in enumerate(document.text) if char == BOM] if BOM in document.text else []
    top = len(document.text) - len(document.text.lstrip(BOM))
    if top:
        fix = Fix("Delete the byte order mark", (Edit(Span(0, top), ""),))
        yield Diagnostic(Span(0, top), "the file starts with a byte order mark", fix=fix)
        places = places[top:]
    for node in document.nodes if places else ():
        own = [offset for offset in places if node.span.start <= offset < node.span.end and not node.children]
        if not own or node.tag == "alias":
            continue
        places = [offset for offset in places if offset not in own]
        marks = [Fragment(i, i + 1, "") for i, char in enumerate(node.value) if char == BOM]
        yield at(
            node,
            f"{show(node.path)} has a byte order mark in it",
            span=Span(own[0], own[0] + 1),
            fix=replace_fragments(document, node, marks, "Delete the byte order mark"),
        )
    if places:
        edits = tuple(Edit(Span(offset, offset + 1), "") for offset in places)
        yield Diagnostic(
            edits[0].span,
            f"a byte order mark in the file{f', and {len(places) - 1} more' if len(places) > 1 else ''}",
            fix=Fix("Delete the byte order mark", edits),
        )
