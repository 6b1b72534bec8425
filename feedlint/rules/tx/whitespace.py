"""TX007."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import Diagnostic
from feedlint.fragments import Fragment
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx.damage import near_damage
from feedlint.rules.tx.gaps import Gap, gaps
from feedlint.rules.tx.texts import counted, finding, mend, texts
from feedlint.typed import Final

_NOUNS = {"break": "line break", "tab": "tab", "double": "double space"}
_FIXES = {
    "edge": "Delete the white space",
    "break": "Replace the line break by a space",
    "tab": "Replace the tab by a space",
    "double": "Delete the second space",
}
_SEPARATORS = "\u2028\u2029"


EXAMPLES: Final = [
    Example(bad='excerpt: " The tram stops here. "', fixed='excerpt: "The tram stops here."'),
    Example(bad='excerpt: "The tram.\\r\\n\\r\\nIt stops here."', fixed='excerpt: "The tram. It stops here."'),
    Example(bad="title: |\n  The new\n  tram", fixed="title: |\n  The new tram"),
    Example(bad='title: "The new\\ttram"', fixed='title: "The new tram"'),
    Example(bad='excerpt: "The tram.  It stops here."', fixed='excerpt: "The tram. It stops here."'),
    Example(bad='title: "\xa0"'),
    Example(good="excerpt: >\n  The tram\n  stops here.\n"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A text has one space between two words, and none at its edges.

    That is: no white space at the edges, no line break, no tab, and in an excerpt no double space. (A double space in
    a title is TX002's: often a character was lost there.)

    ## Why

    An app that shows text as text shows a title that is indented or cut in two lines; a list sorts the title with a
    space in front of all others, and two titles that differ only in that are no duplicates.

    ## Fix safety

    Safe: the white space becomes one space, or none at the edges, as a browser would show it. The line break that
    ends a block scalar stays, since readers trim what the YAML style adds.
    """
    excerpts = record.texts("excerpt")
    for node, text in texts(record):
        found = gaps(text)
        if not found:
            continue
        written = record.document.slice(node.span)
        damaged = near_damage(text)
        ours = [
            gap
            for gap in found
            if damaged.isdisjoint(range(gap.start, gap.end))
            # FM009 finds the separators that are not written as escapes.
            and not any(mark in written for mark in _SEPARATORS if mark in text[gap.start : gap.end])
        ]
        for kind, fix in _FIXES.items():
            same = [gap for gap in ours if gap.kind == kind]
            if not same or (kind == "double" and node not in excerpts):
                continue
            fill = "" if kind == "edge" else " "
            fragments = [Fragment(gap.start, gap.end, fill) for gap in same]
            yield finding(
                record,
                node,
                [(gap.start, gap.end) for gap in same],
                f"{show(node.path)} {_words(kind, same, text)}",
                fix=mend(record, node, text, fragments, fix),
            )


def _words(kind: str, same: Sequence[Gap], text: str) -> str:
    if same[0].end - same[0].start == len(text):
        return "has nothing but white space"
    if kind != "edge":
        return f"has {counted(len(same), _NOUNS[kind])} in it"
    return f"has white space at {'both ends' if len(same) == 2 else 'its end' if same[0].start else 'its start'}"
