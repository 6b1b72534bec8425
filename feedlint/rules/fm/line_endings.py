"""FM009."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from feedlint.diagnostic import ERROR, WARNING, Change, Diagnostic, Edit, Fix, Severity
from feedlint.repository import Repository
from feedlint.rule import Example, rule
from feedlint.rules.fm.missing_opening_delimiter import _RECORD
from feedlint.source import Document, Entry, Node, Span
from feedlint.source.text import NEWLINE

_SOUND = "---\n" + _RECORD
_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_SEPARATORS = re.compile("[\x85\u2028\u2029]")
_SEPARATOR_NAMES = {
    "\x85": "U+0085 (next line)",
    "\u2028": "U+2028 (line separator)",
    "\u2029": "U+2029 (paragraph separator)",
}


@rule(
    "FM009",
    "line-endings",
    sees="document",
    examples=[
        Example(bad=_SOUND.replace("\ntype", "\r\ntype"), fixed=_SOUND, whole=True),
        Example(bad=_SOUND.replace("\n", "\r"), fixed=_SOUND, whole=True),
        Example(bad='title: "Harbour\u2028fair"', fixed='title: "Harbour fair"'),
        Example(good=_SOUND, whole=True),
        Example(good=_SOUND.replace("\n", "\r\n"), whole=True),
    ],
)
def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """All lines of a file end alike, in LF, or in CRLF where the whole folder does.

    Errors are a lone CR and the separators U+0085, U+2028 and U+2029 inside a record. A mix of LF and CRLF is a
    warning, and so is a wholly CRLF file among files that mostly end in LF.

    ## Why

    Ruby and Python know LF only, JavaScript takes CR, U+2028 and U+2029 for the end of a line too, and YAML 1.1
    takes U+0085: where they are, readers see different lines, and with it different records. LF and CRLF are read
    alike by all; mixed or out of step they make every later diff of the file a diff of all its lines.

    ## Fix safety

    Safe: YAML reads CR, CRLF and LF as the same line break. A separator inside a text becomes a space. The data is
    proved to be the same, apart from that space.

    ## Sources

    YAML 1.1 section 4.2 and YAML 1.2.2 section 5.4 (line breaks); ECMAScript (line terminators).
    """
    endings = Counter(NEWLINE.findall(document.text)) if "\r" in document.text else Counter()
    habit = repository.newline_of(document.path)
    if endings and set(endings) != {"\r\n"}:
        yield _mixed(document, endings, habit)
    elif endings and habit == "\n":
        yield _unified(document, "\n", "all lines end in CRLF; most files of the folder end in LF", WARNING)
    yield from _separators(document)


def _mixed(document: Document, endings: Counter[str], habit: str | None) -> Diagnostic:
    wanted = habit or ("\r\n" if document.newline == "\r\n" else "\n")
    if len(endings) == 1:
        return _unified(document, wanted, "all lines end in a lone CR, which most readers do not see", ERROR)
    counts = ", ".join(f"{endings[ending]} {name}" for ending, name in _NAMES.items() if endings[ending])
    return _unified(document, wanted, f"mixed line endings: {counts}", ERROR if endings["\r"] else WARNING)


def _unified(document: Document, wanted: str, message: str, severity: Severity) -> Diagnostic:
    wrong = [Span(*match.span()) for match in NEWLINE.finditer(document.text) if match[0] != wanted]
    fix = Fix(f"End all lines in {_NAMES[wanted]}", tuple(Edit(span, wanted) for span in wrong))
    return Diagnostic(wrong[0], message, fix=fix, severity=severity)


def _separators(document: Document) -> Iterator[Diagnostic]:
    front = document.delimiters.front
    for match in _SEPARATORS.finditer(document.text, front.start, front.end):
        span = Span(*match.span())
        owner = next((n for n in document.nodes if not n.children and n.span.start <= span.start < n.span.end), None)
        text = " " if owner is not None else document.newline
        yield Diagnostic(
            span,
            f"{_SEPARATOR_NAMES[match[0]]} in the record: some readers end the line here, some do not",
            fix=Fix(
                f"Write {'a space' if owner else 'a line break'}", (Edit(span, text),), changes=_change(owner, match[0])
            ),
            data_path=owner.path if owner is not None else (),
        )


def _change(owner: Node | None, separator: str) -> tuple[Change, ...]:
    if owner is None or separator not in owner.value:
        return ()  # YAML has already read it as a line break
    entry = (owner.depth, owner.key, owner.tag, owner.value.replace(separator, " ", 1))
    return (Change(owner.index, 1, (Entry(*entry),)),)
