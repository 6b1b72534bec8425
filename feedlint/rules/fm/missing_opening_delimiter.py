"""FM001."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic, Edit, Fix, Safety
from feedlint.repository import Repository
from feedlint.rule import CLOSED, SOUND, Example
from feedlint.rules.fm.body import expects_no_body, is_blank
from feedlint.rules.fm.not_utf8 import is_wide
from feedlint.rules.fm.words import describe, line_span, quote, repair, who_reads
from feedlint.source import BOM, Document, Span
from feedlint.source import delimiters as kinds
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad=CLOSED, fixed=SOUND, whole=True),
    Example(bad="\n\n" + SOUND, fixed=SOUND, whole=True),
    Example(bad="  " + SOUND, fixed=SOUND, whole=True),
    Example(bad="—\n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="--\n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="+++\n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="```yaml\n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="\\---\n" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="---" + CLOSED, fixed=SOUND, whole=True),
    Example(bad="---\n" + SOUND, fixed=SOUND, whole=True),
    Example(
        bad="<!-- reviewed -->\n" + SOUND,
        fixed=SOUND + "<!-- reviewed -->\n",
        whole=True,
        safety=Safety.UNSAFE,
    ),
    Example(bad="The ferry runs again.\n", whole=True),
    Example(bad="", whole=True),
    Example(good=SOUND, whole=True),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """Line 1 of a record is `---`, and nothing else.

    Found are blank lines, text or a comment above it, indentation, dashes that only look alike or are miscounted,
    `+++`, a code fence, escaped dashes, a key on the same line, a `---` that is there twice, and files with no front
    matter at all.

    ## Why

    Every reader looks for `---` at the very first character. Jekyll copies a file without it as a static file and
    the story is gone without a word; Hugo stops the build; the JavaScript readers give an empty record.

    ## Fix safety

    Safe where what lies between the delimiters reads as a record whose every field the schema knows: the repair
    then adds or replaces the delimiter alone, and is proved to leave the data as it is. Unsafe where a field is
    unknown, or a comment or text above the delimiter is moved below the record. None where there is no record to be
    seen, or no place for a text.

    ## Sources

    The sources of ten readers (Jekyll's `YAML_FRONT_MATTER_REGEXP` and `has_yaml_header?`, gray-matter,
    front-matter, vfile-matter, remark-frontmatter, python-frontmatter, Hugo's `lexIntroSection`).
    """
    kind, span = document.delimiters.opener
    top = len(document.text) - len(document.text.lstrip(BOM))
    if kind in (kinds.EXACT, kinds.TRAILING, kinds.TEXT):
        return
    if kind == kinds.NONE and is_wide(document):
        return  # FM006 has said why nothing can be read
    if kind == kinds.NONE:
        yield Diagnostic(line_span(document, top), _nothing(document.text[top:]))
        return
    line, _column = document.lines.position(span.start)
    if kind == kinds.MISSING:
        message = f"the opening `---` is missing: line {line} is {quote(document.lines.text(line))}"
        fix = _uncover(document, repository, top, span.start, f"---{document.newline}", "Insert `---`")
        span = line_span(document, span.start)
    elif kind == kinds.GLUED:
        message = "a key is glued to the opening `---`"
        gap = len(document.text[span.end :]) - len(document.text[span.end :].lstrip(" \t"))
        edit = Edit(Span(span.end, span.end + gap), document.newline)
        fix = repair(document, repository, "Break the line after `---`", [edit])
    elif kind == kinds.DISPLACED and document.text[top : span.start].strip() == "---":
        message = "the opening `---` is there twice: readers find an empty record between the two"
        fix = repair(document, repository, "Delete the second `---`", [Edit(Span(top, span.start), "")])
    elif kind == kinds.DISPLACED:
        message = f"the opening `---` is on line {line}, not on line 1"
        fix = _uncover(document, repository, top, span.start, "", "Bring `---` to line 1")
    else:
        message = f"the opening delimiter {quote(document.slice(span))} {describe(kind, document.slice(span))}"
        fix = repair(document, repository, "Write `---`", [Edit(span, "---")])
    yield Diagnostic(span, message, fix=fix, help=who_reads(document))


def _nothing(text: str) -> str:
    """Return the words for a file without any sign of front matter."""
    if not text.strip():
        return "the file is empty: there is no record in it"
    if text.lstrip()[0] == "{":
        return "the file starts with JSON; write the record as YAML between two `---` lines"
    if text.lstrip().startswith("+++"):
        return "the file has TOML front matter; write the record as YAML between two `---` lines"
    return f"the file has no front matter: it starts with {quote(text)}, not with `---`"


def _uncover(
    document: Document, repository: Repository, top: int, start: int, delimiter: str, title: str
) -> Fix | None:
    """Make the record start at *top*: what is above *start* goes, below the record if it is more than blank."""
    above = document.text[top:start]
    edits = [Edit(Span(top, start), delimiter)]
    if above.strip():
        if expects_no_body(document, repository) and not is_blank(above):
            return None  # there is no place for it
        body = document.delimiters.body
        edits.append(Edit(Span(body, body), above))
        title += " and move what is above it below the record"
    return repair(document, repository, title, edits, sure=not above.strip())
