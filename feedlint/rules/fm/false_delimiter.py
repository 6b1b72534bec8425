"""FM004."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Edit, Fix, Label
from feedlint.repository import Repository
from feedlint.rule import CLOSED, SOUND, Example
from feedlint.rules.fm.words import quote
from feedlint.source import Document, parse
from feedlint.source.delimiters import DOTS, LOOKALIKE, classify
from feedlint.source.false_closers import FalseCloser, find
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(
        bad='title: "Harbour council\n---and the tram"',
        fixed='title: "Harbour council\n  ---and the tram"',
    ),
    Example(
        bad=SOUND.replace(" in spring", "\n... \n  in spring"),
        fixed=SOUND.replace(" in spring", "\n  ...\n  in spring"),
        whole=True,
    ),
    Example(bad=SOUND.replace("\ntype", "\n...\ntype"), fixed=SOUND, whole=True),
    Example(bad=SOUND.replace("\ntype", "\n—\ntype"), fixed=SOUND, whole=True),
    Example(bad=SOUND.replace("\ntype", "\n-----\ntype"), fixed=SOUND, whole=True),
    Example(
        bad=SOUND.replace('"Ferry timetable changes in spring"', "Ferry timetable changes in spring\n-----"),
        fixed=SOUND.replace('"Ferry timetable changes in spring"', "Ferry timetable changes in spring"),
        whole=True,
        safety=UNSAFE,
    ),
    Example(bad=SOUND.replace("\ntype", "\n---type"), whole=True, also=("SC002",)),
    Example(good="excerpt: >-\n  More boats in the morning,\n  ---\n  fewer at night."),
    Example(good="---\n# --- who and when\n" + CLOSED, whole=True),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """No line inside a record can be taken for its closing delimiter.

    Found are lines that begin with `---`, also inside of a text that goes over several lines, `...` alone on a line,
    and, where the record cannot be read for them, dashes that only look like `---`.

    ## Why

    gray-matter, Eleventy and Hugo end a record at the first line that begins with `---`, whatever follows; Jekyll
    and front-matter at `...` too. They lose all fields below that line, or stop the build, and show the rest of the
    record as text.

    ## Fix safety

    Inside a quoted text the line is indented, and loses white space at its end: no reader takes it for a delimiter,
    and the data stays as it is. Between two fields the line is deleted: safe where the file then is a record whose
    every field the schema knows and the line cannot be the second line of a text, else unsafe. A key that begins with
    `---` is for a person to rename. After U+2028 or U+2029, where only some readers see a new line, FM009 puts a space.

    ## Sources

    The sources of ten readers, as for FM001; YAML 1.2.2 section 9.1.2 for `...`.
    """
    for line in find(document):
        text = document.slice(line.span)
        labels = () if text.startswith("---") else (Label(document.delimiters.closer.span, "the record ends here"),)
        yield Diagnostic(
            line.span, _message(text), fix=_fix(document, repository, line, text), labels=labels, help=_help(text)
        )


def _message(text: str) -> str:
    if text.startswith("---"):
        return f"{quote(text)} inside the record: readers that look for `---` alone end the record here"
    if classify(text) == DOTS:
        return "`...` inside the record: Jekyll and YAML end the record here"
    return f"{quote(text)} inside the record: it looks like the closing `---`, and is neither that nor a field"


def _help(text: str) -> str:
    if classify(text) in (DOTS, LOOKALIKE):
        return "delete the line, or indent it if it belongs to the text above"
    return "indent the line if it belongs to the text above, else delete its dashes"


def _fix(document: Document, repository: Repository, line: FalseCloser, text: str) -> Fix | None:
    if line.edit is None:
        return None
    span, new = line.edit
    title = "Indent the line" if new else f"Delete {quote(text[: span.end - span.start])}"
    return Fix(title, (Edit(span, new),), SAFE if line.sure and _is_known(document, repository, line) else UNSAFE)


def _is_known(document: Document, repository: Repository, line: FalseCloser) -> bool:
    """Tell whether with *line* put right each field of the record is one that its schema knows."""
    if document.root is not None:
        return True  # and its data is proved to stay
    assert line.edit is not None  # the caller looked
    (start, end), new = line.edit
    other = parse(document.text[:start] + new + document.text[end:], document.path)
    known = repository.fields_of(other)
    return other.root is not None and all(child.key in known for child in other.root.children)
