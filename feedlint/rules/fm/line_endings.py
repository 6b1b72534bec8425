"""FM009."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Change, Diagnostic, Edit, Fix, Severity
from feedlint.lazy import regex
from feedlint.record import records
from feedlint.repository import Repository
from feedlint.rule import SOUND, Example
from feedlint.schema import ADDRESSES
from feedlint.source import Document, Entry, Node, Span
from feedlint.source.nodes import DataPath
from feedlint.source.text import NEWLINE
from feedlint.typed import Final

_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_SEPARATORS = regex("(?<![ \t])[ \t]*[\x85\u2028\u2029][\x85\u2028\u2029 \t]*")
# What can stand at the beginning of a line of a record.
_FIELD = regex(r"[A-Za-z_][\w-]*:(?=\s)|- |#|\s|\Z")
_SEPARATOR_NAMES = {
    "\x85": "U+0085 (next line)",
    "\u2028": "U+2028 (line separator)",
    "\u2029": "U+2029 (paragraph separator)",
}


EXAMPLES: Final = [
    Example(bad=SOUND.replace("\ntype", "\r\ntype"), fixed=SOUND, whole=True),
    Example(bad=SOUND.replace("\n", "\r"), fixed=SOUND, whole=True),
    Example(bad='title: "Harbour\u2028fair"', fixed='title: "Harbour fair"'),
    Example(bad='title: "Harbour\x85fair"', fixed='title: "Harbour fair"', safety=UNSAFE),
    Example(good=SOUND, whole=True),
    Example(good=SOUND.replace("\n", "\r\n"), whole=True),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """All lines of a file end alike, in LF, or in CRLF where the whole folder does.

    Errors are a lone CR and the separators U+0085, U+2028 and U+2029 inside a record; those in an address are
    UR002's. A mix of LF and CRLF is a warning, and so is a wholly CRLF file among files that mostly end in LF.

    ## Why

    Ruby and Python know LF only, JavaScript takes CR, U+2028 and U+2029 for the end of a line too, and YAML 1.1
    takes U+0085: where they are, readers see different lines, and with it different records. LF and CRLF are read
    alike by all; mixed or out of step they make every later diff of the file a diff of all its lines.

    ## Fix safety

    Safe: YAML reads CR, CRLF and LF as the same line break. A separator inside a text becomes a space, and the data
    is proved to be the same, apart from that space. Unsafe for U+0085 in a text, often what is left of a "…".

    ## Sources

    YAML 1.1 section 4.2 and YAML 1.2.2 section 5.4 (line breaks); ECMAScript (line terminators).
    """
    endings = Counter(NEWLINE.findall(document.text)) if "\r" in document.text else Counter()
    # To ask for it a folder has to be read.
    habit = repository.newline_of(document.path) if endings else None
    if endings and set(endings) != {"\r\n"}:
        yield _mixed(document, endings, habit)
    elif endings and habit == "\n":
        yield _unified(document, "\n", "all lines end in CRLF; most files of the folder end in LF", WARNING)
    if any(separator in document.text for separator in _SEPARATOR_NAMES):
        addresses = {node for each in records(document, repository) for node in each.texts(*ADDRESSES)}
        yield from _separators(document, addresses)


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


def _separators(document: Document, addresses: Set[Node]) -> Iterator[Diagnostic]:
    """Find separators in the record: those in one text together, others one by one.

    Those in *addresses* are left to UR002: a space would make another address of it.
    """
    front = document.delimiters.front
    runs = list(_SEPARATORS.finditer(document.text, front.start, front.end))
    starts = [run.start() for run in runs]
    taken: set[int] = set()
    for node in document.nodes:
        if node.children or node.tag == "alias":
            continue
        own = range(bisect_left(starts, node.span.start), bisect_left(starts, node.span.end))
        if own and own[0] not in taken:
            taken.update(own)
            if node not in addresses:
                yield _found(runs[own.start : own.stop], " ", "Write a space", _change(node), node.path)
    for run in (run for at, run in enumerate(runs) if at not in taken):
        if _FIELD.match(document.text, run.end()):
            yield _found([run], document.newline, "Write a line break", ())
        else:  # inside of a text that it breaks off
            yield _found([run], " ", "Write a space", ())


def _found(
    runs: Sequence[re.Match[str]], text: str, title: str, changes: tuple[Change, ...], path: DataPath = ()
) -> Diagnostic:
    separator = runs[0][0].strip(" \t")[0]
    edits = tuple(Edit(Span(*run.span()), text) for run in runs)
    # U+0085 is a damaged "…" more often than a line break; what a space would hide is for a person to see.
    safety = UNSAFE if path and any("\x85" in run[0] for run in runs) else SAFE
    start = runs[0].start() + runs[0][0].index(separator)
    return Diagnostic(
        Span(start, start + 1),
        f"{_SEPARATOR_NAMES[separator]} in the record: some readers end the line here, some do not",
        fix=Fix(title, edits, safety, changes),
        data_path=path,
    )


def _change(node: Node) -> tuple[Change, ...]:
    value = _SEPARATORS.sub(" ", node.value)
    if value == node.value:
        return ()  # YAML has already read them as a line break
    return (Change(node.index, 1, (Entry(node.depth, node.key, node.tag, value),)),)
