"""YA003 not-a-record."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import UNSAFE, Diagnostic, Fix
from feedlint.identity import line_digest
from feedlint.lazy import regex
from feedlint.repository import Repository
from feedlint.rule import Example
from feedlint.rules.ya import culprits
from feedlint.source import Document, Fault, Span, false_closers
from feedlint.source import delimiters as delimiter
from feedlint.typed import Final
from feedlint.values import replace

_COMMENT = regex(r"#[^\r\n]*")


EXAMPLES: Final = [
    Example(bad="---\n---\n", whole=True),
    Example(bad="---\n- title: The tram is coming\n- excerpt: It takes four years.\n---\n", whole=True),
    Example(
        bad='---\ntitle:"The tram is coming"\nexcerpt:"It takes years."\n---\n',
        fixed='---\ntitle: "The tram is coming"\nexcerpt: "It takes years."\n---\n',
        whole=True,
        safety=UNSAFE,
        path="_notes/a.md",
    ),
    Example(good='---\ntitle: "The tram is coming"\n---\n', whole=True, path="_notes/a.md"),
]


def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    """Front matter is one mapping of fields.

    Found are a list or a text in its place, an empty front matter or one of comments alone, and a second YAML
    document inside it. A text that is only missing the space after each colon can be repaired.

    ## Why

    Jekyll and Hugo stop with an error where the data is no mapping; other readers publish an article without
    title and address. What follows the start of a second document is dropped without a word.

    ## Fix safety

    Unsafe: what is to be a key is a guess from the look of each line.

    ## Sources

    Jekyll 4.3, `Utils.safe_load_yaml` and `Document#read_content`; Hugo, `yaml.Unmarshal` into a map.
    """
    fault = document.faults[0] if document.faults else None
    if fault is None:
        return
    if fault.kind == "documents":
        if fault.span.start not in (line.span.start for line in false_closers.find(document)):  # FM004 finds these
            yield _second_document(document, fault)
    elif fault.kind == "not-a-mapping":
        found = _other_kind(document)
        yield replace(found, digest=line_digest(document, found.span.start))
    elif fault.kind == "empty" and document.delimiters.closer.kind != delimiter.MISSING:
        yield _empty(document)


def _second_document(document: Document, fault: Fault) -> Diagnostic:
    start = fault.span.start
    dashes = document.text.startswith("---", start)
    message = "a second YAML document begins here, and readers drop it: make one record of the two"
    return Diagnostic(Span(start, start + 3 if dashes else document.lines.end(start)), message)


def _other_kind(document: Document) -> Diagnostic:
    root = document.nodes[0]
    start = root.span.start
    span = Span(start, max(start, min(root.span.end, document.lines.end(start))))
    if root.tag != "str":
        what = "a list" if root.tag == "seq" else "a single value"
        return Diagnostic(span, f"{_whole(document)} is {what}, not a record: write each field as key: value")
    found, left = culprits.find(document)
    if not found or left is not None or not all(culprit.safety for culprit in found):
        return Diagnostic(span, f"{_whole(document)} is a text, not a record: write each field as key: value")
    fix = Fix("Write each field as key: value", tuple(edit for culprit in found for edit in culprit.edits), UNSAFE)
    return Diagnostic(found[0].span, f"{_whole(document)} is a text, not a record: {found[0].message}", fix)


def _empty(document: Document) -> Diagnostic:
    comment = _COMMENT.search(document.text, *document.delimiters.front)
    if comment is not None:
        return Diagnostic(Span(*comment.span()), f"{_whole(document)} has comments only: there is no record")
    if document.is_data:
        return Diagnostic(document.delimiters.front, "the file is empty: there is no record in it")
    return Diagnostic(
        document.delimiters.opener.span, "the front matter is empty: there is no record between the two lines"
    )


def _whole(document: Document) -> str:
    return "the file" if document.is_data else "the front matter"
