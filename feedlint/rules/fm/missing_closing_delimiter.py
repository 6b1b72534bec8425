"""FM002."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import UNSAFE, Diagnostic, Edit, Label
from feedlint.identity import digest_of
from feedlint.lazy import regex
from feedlint.repository import Repository
from feedlint.rule import OPEN, SOUND, Example
from feedlint.rules.fm.words import describe, quote, repair, who_reads
from feedlint.source import Document, Span
from feedlint.source import delimiters as kinds
from feedlint.typed import Final

_RULE_IN_BODY = regex(r"(?:\A|(?<=[\r\n]))---[ \t]*(?=[\r\n]|\Z)")


EXAMPLES: Final = [
    Example(bad=OPEN, fixed=SOUND, whole=True),
    Example(bad=OPEN + "...\n", fixed=SOUND, whole=True),
    Example(bad=OPEN + "–––\n", fixed=SOUND, whole=True),
    Example(bad=OPEN + "--\n", fixed=SOUND, whole=True),
    Example(bad=OPEN + "  ---\n", fixed=SOUND, whole=True),
    Example(bad=OPEN.rstrip("\n") + "---\n", fixed=SOUND, whole=True),
    Example(
        bad=OPEN + "\nThe ferry runs again.\n\n---\n\nIt is late.\n",
        fixed=SOUND + "\nThe ferry runs again.\n\n---\n\nIt is late.\n",
        whole=True,
        also=("FM005",),
    ),
    Example(
        bad=OPEN + "Note: it is late\n",
        fixed=OPEN + "Note: it is late\n---\n",
        whole=True,
        safety=UNSAFE,
        also=("SC002",),
    ),
    Example(bad=OPEN.replace(' in spring"', " in spring"), whole=True, also=("YA001",)),
    Example(good=SOUND, whole=True),
    Example(good=SOUND.removesuffix("\n"), whole=True),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """A record ends at a line that is `---`, and nothing else.

    Found are records without that line, `...` in its place, dashes that only look alike or are miscounted,
    indentation, a delimiter glued to the last line, and a `---` far down that is a rule in the text.

    ## Why

    Without its closer most readers find no record (Jekyll publishes nothing, remark and vfile-matter give an empty
    record), Hugo stops the build, and gray-matter reads the text as YAML. `...` closes for Jekyll and
    front-matter only.

    ## Fix safety

    As for FM001: safe where what lies before the place reads as a record whose every field the schema knows, else
    unsafe; none where nothing readable lies there.

    ## Sources

    The sources of ten readers, as for FM001; YAML 1.2.2 section 9.1.2 for `...`.
    """
    kind, span = document.delimiters.closer
    if kind in (kinds.EXACT, kinds.TRAILING, kinds.TEXT, kinds.NONE):
        return
    labels: tuple[Label, ...] = ()
    if kind == kinds.MISSING:
        message, labels = _missing(document, span.start)
        edit, title = Edit(span, f"{document.newline}---"), "Insert `---`"
        span = Span(max(document.lines.start(span.start), span.start - 1), span.start)
    elif kind == kinds.GLUED:
        message = "the closing `---` is glued to the line before it"
        edit, title = Edit(Span(span.start, span.start), document.newline), "Break the line before `---`"
    else:
        message = f"the closing delimiter {quote(document.slice(span))} {describe(kind, document.slice(span))}"
        edit, title = Edit(span, "---"), "Write `---`"
    yield Diagnostic(
        span,
        message,
        labels=labels,
        fix=repair(document, repository, title, [edit]),
        help=who_reads(document),
        digest=digest_of(kind if kind in (kinds.MISSING, kinds.GLUED) else document.slice(span)),
    )


def _missing(document: Document, end: int) -> tuple[str, tuple[Label, ...]]:
    line, _ = document.lines.position(end)
    message = f"the closing `---` is missing: the record ends on line {line}"
    later = _RULE_IN_BODY.search(document.text, document.delimiters.body)
    if later is None:
        return message, ()
    return message, (Label(Span(*later.span()), "this one is a rule in the text, not the end of the record"),)
