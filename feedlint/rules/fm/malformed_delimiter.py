"""FM003."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Edit, Fix
from feedlint.repository import Repository
from feedlint.rule import CLOSED, OPEN, SOUND, Example
from feedlint.rules.fm.words import quote, who_reads
from feedlint.source import Delimiter, Document, Span, controls
from feedlint.source import delimiters as kinds
from feedlint.typed import Final

# The names by which gray-matter's "---yaml" says what is the default anyway.
_YAML_NAMES = frozenset(["yaml", "yml"])


EXAMPLES: Final = [
    Example(bad="--- \n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad=OPEN + "---\t\n", fixed=SOUND, whole=True),
    Example(bad="-----\n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="--- # the record\n" + CLOSED, fixed="---\n# the record\n" + CLOSED, whole=True),
    Example(bad=OPEN + "--- # end\n", fixed=OPEN + "# end\n---\n", whole=True),
    Example(
        bad=OPEN + "---The ferry runs again.\n",
        fixed=SOUND + "The ferry runs again.\n",
        whole=True,
        also=("FM005",),
    ),
    Example(bad="---yaml\n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="---record\n" + CLOSED, fixed=SOUND, whole=True, safety=UNSAFE),
    Example(bad="--- \n" + CLOSED.replace(' in spring"', " in spring"), whole=True, also=("YA001",)),
    Example(good=SOUND, whole=True),
]


def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    """A delimiter has nothing after its three dashes: no space, no tab, no comment, no more dashes.

    ## Why

    Readers disagree about what may follow: Jekyll and remark allow white space, python-frontmatter more dashes,
    vfile-matter and front-matter nothing at all; gray-matter takes a word for a programming language, and Hugo
    ends the record right after the third dash and puts the rest into the text.

    ## Fix safety

    Safe: white space and dashes say nothing; a comment moves to a line of its own inside the record, text after the
    closer becomes the first line of the text. Unsafe where a word after the opener would be lost.

    ## Sources

    The sources of ten readers, as for FM001.
    """
    for name, delimiter in (("opening", document.delimiters.opener), ("closing", document.delimiters.closer)):
        kind, span = delimiter
        if kind not in (kinds.TRAILING, kinds.TEXT):
            continue
        end = document.lines.end(span.start)
        rest = document.text[span.start + 3 : end]
        if not controls.remove(rest):
            continue  # FM008 finds them
        yield Diagnostic(
            Span(span.start + 3, end),
            f"the {name} `---` is followed by {_words(rest)}",
            fix=_fix(document, delimiter, rest) if document.root is not None else None,
            help=who_reads(document),
        )


def _words(rest: str) -> str:
    if not rest.strip():
        return "white space"
    return "more dashes" if not rest.strip(" \t\xa0-") else quote(rest)


def _fix(document: Document, delimiter: Delimiter, rest: str) -> Fix:
    start = delimiter.span.start
    line = Span(start, start + 3 + len(rest))
    comment = rest.strip()
    opening = delimiter is document.delimiters.opener
    if delimiter.kind == kinds.TRAILING and comment.startswith("#"):
        parts = ("---", comment) if opening else (comment, "---")
        return Fix("Move the comment to its own line", (Edit(line, document.newline.join(parts)),))
    if delimiter.kind == kinds.TRAILING:
        return Fix("Leave `---` alone on its line", (Edit(line, "---"),))
    if not opening:
        gap = len(rest) - len(rest.lstrip(" \t"))
        edit = Edit(Span(start + 3, start + 3 + gap), document.newline)
        return Fix("Break the line after `---`", (edit,))
    safety = SAFE if comment.lower() in _YAML_NAMES else UNSAFE
    return Fix(f"Delete {quote(comment)}", (Edit(line, "---"),), safety)
