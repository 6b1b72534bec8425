"""FM008."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Diagnostic, Edit, Fix, Label, Safety
from feedlint.edits import fragment_span, rename_key, replace_fragments
from feedlint.fragments import Fragment, apply_fragments
from feedlint.record import records, show
from feedlint.repository import Repository
from feedlint.rule import SOUND, Example
from feedlint.rules.fm.not_utf8 import is_wide
from feedlint.schema import ADDRESSES, TEXTS
from feedlint.source import Document, Node, Span, controls
from feedlint.source.controls import Control
from feedlint.source.fields import fields
from feedlint.source.nodes import DataPath
from feedlint.typed import Final

_MOST_LABELS = 8


EXAMPLES: Final = [
    Example(bad='title: "Harbour\0 fair"', fixed='title: "Harbour fair"'),
    Example(bad='title: "\x1b[1mHarbour fair\x1b[0m"', fixed='title: "Harbour fair"'),
    Example(bad='title: "\\e[1mHarbour fair\\e[0m"', fixed='title: "Harbour fair"'),
    Example(bad='title: "The harbour\x92s fair"', fixed='title: "The harbour’s fair"'),
    Example(bad='title: "The harbourâ\x80\x99s fair"', fixed='title: "The harbour’s fair"'),
    Example(bad='title: "Destino tur\x92stico"', fixed='title: "Destino tur’stico"', safety=UNSAFE),
    Example(bad='title: "Harbour f\x9dir"'),
    Example(bad='title: "Harbour \u202efair"', fixed='title: "Harbour fair"', safety=UNSAFE),
    Example(bad=SOUND + "\x1a", fixed=SOUND, whole=True),
    Example(good='title: "Am Hafen: \u2067مهرجان الميناء\u2069"'),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    r"""There are no control characters, as they are or as escapes, and no characters that Unicode gives no meaning.

    Found are U+0000 to U+001F (but for tabs and line breaks), U+007F to U+009F (U+0085 is FM009's), noncharacters
    such as U+FFFE, and what turns the direction of a text, unless it stands in order in a text of both directions.

    ## Why

    YAML allows hardly any of them: one NUL in a title and Jekyll publishes the page without a record. Others cut a
    text short in some apps, show as a box, or, as U+202E does, show it backwards.

    ## Fix safety

    Safe to delete are control characters below U+0080, the escape sequences of terminals as a whole, and
    noncharacters: they stand for nothing. A quote or dash of windows-1252 (U+0091 to U+0097) is safe to write where
    one can stand, as in `don’t`; elsewhere it is unsafe, for U+0092 in `tur\x92stico` is an `í` of another encoding.
    UTF-8 that was read in another encoding (`â\x80\x99`) is safe where all of it reads as UTF-8. Unsafe, too, is
    what may have been a quote (U+0019 is what is left of a `’`) or a letter (U+001A), and a direction in a text that
    has two. In a file that cannot be read all are as unsafe as the worst, for none makes it readable alone.

    ## Sources

    YAML 1.2.2 section 5.1 (printable characters); Unicode 23.7 (noncharacters) and Annex 9 (directions);
    ECMA-48 for terminals; the Encoding Standard for windows-1252.
    """
    if "\\" not in document.text and not controls.occur_in(document.text):
        return  # neither as they are nor as escapes
    if is_wide(document):
        return  # FM006 finds that its zeros are halves of characters
    covered: list[Span] = []
    values = [(node, found) for node in document.nodes if node.style and (found := list(controls.find(node.value)))]
    if values and document.root is not None:
        urls, texts = _roles(document, repository)
        for node, found in values:
            covered.append(node.span)
            # UR looks at all of an address, and TX001 at what is left of a wrong encoding.
            own = [each for each in found if node not in urls and not (node in texts and _is_c1(node.value, each))]
            yield from _in_value(document, node, own)
    yield from _in_text(document, [each for each in controls.find(document.text) if _around(each, covered) is None])


def _roles(document: Document, repository: Repository) -> tuple[set[Node], set[Node]]:
    """Return the fields of *document* that hold addresses, and those that hold texts."""
    found = records(document, repository)
    return {node for each in found for node in each.texts(*ADDRESSES)}, {
        node for each in found for node in each.texts(*TEXTS)
    }


def _is_c1(text: str, found: Control) -> bool:
    return any("\x80" <= char <= "\x9f" for char in text[found.start : found.end])


def _around(found: Control, spans: Sequence[Span]) -> Span | None:
    """Return the one of *spans*, in order and apart from each other, that *found* is in."""
    at = bisect_right(spans, found.start, key=lambda span: span.start) - 1
    return spans[at] if at >= 0 and found.start < spans[at].end else None


def _in_value(document: Document, node: Node, found: Sequence[Control]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the value of *node*: what is repaired for certain, by a guess, and not at all."""
    for group in _groups(found):
        fragments = [Fragment(each.start, each.end, each.text) for each in group if each.text is not None]
        fix = None
        if fragments and apply_fragments(node.value, fragments).strip():
            fix = replace_fragments(document, node, fragments, _title(group), SAFE if group[0].sure else UNSAFE)
        spans = [fragment_span(document, node, each.start, each.end) for each in group[:_MOST_LABELS]]
        yield _found(spans, node.value, group, node.path, fix)


def _in_text(document: Document, found: Sequence[Control]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the text outside of values, or all of it where there are none: a line at a time."""
    front = document.delimiters.front
    inside = [each for each in found if front.start <= each.start < front.end] if document.root is None else []
    level: Safety | None = SAFE if all(each.sure for each in inside) else UNSAFE
    if any(each.text is None for each in inside) or any(fault.kind == "not-utf8" for fault in document.faults):
        level = None
    keys = {node.key_span: node for node in document.nodes if node.key_span is not None}
    spans_of_keys = sorted(keys)
    lines: dict[int, list[Control]] = {}
    for each in found:
        lines.setdefault(document.lines.start(each.start), []).append(each)
    paths = _paths(document) if inside else {}
    for start, line in lines.items():
        for group in _groups(line):
            is_inside = bool(inside) and front.start <= group[0].start < front.end
            safety = level if is_inside else SAFE if group[0].sure else UNSAFE
            edits = [Edit(Span(each.start, each.end), each.text) for each in group if each.text is not None]
            fix = Fix(_title(group), tuple(edits), safety) if safety and edits else None
            span = _around(group[0], spans_of_keys)
            key = keys[span] if span is not None else None
            if key is not None and key.key is not None:
                name = controls.remove(key.key)
                fix = rename_key(document, key, name, _title(group), safety or UNSAFE)
            spans = [Span(each.start, each.end) for each in group]
            yield _found(spans, document.text, group, paths.get(start, ()), fix)


def _paths(document: Document) -> dict[int, DataPath]:
    """Return where in the record each line of a front matter that cannot be read seems to be, by where it starts."""
    return {field.line.start: field.path for field in fields(document.text, *document.delimiters.front)}


def _groups(found: Sequence[Control]) -> Iterator[list[Control]]:
    for known, sure in ((True, True), (True, False), (False, False)):
        group = [each for each in found if (each.text is not None, each.sure) == (known, sure)]
        if group:
            yield group


def _title(group: Sequence[Control]) -> str:
    return "Write the characters that were meant" if group[0].text else f"Delete the {group[0].kind}"


def _found(spans: Sequence[Span], text: str, group: Sequence[Control], path: DataPath, fix: Fix | None) -> Diagnostic:
    first = group[0]
    chars = "".join(text[each.start : each.end] for each in group)
    char = next((char for char in chars if not controls.remove(char)), chars[0])
    where = show(path) or "the file"
    more = f", and {len(group) - 1} more" if len(group) > 1 else ""
    advice = "write the character that was meant"
    if first.text is not None:
        advice = f"`{first.text}` was meant" if first.text.strip() else "delete it"
    message = f"{where} has the {first.kind} U+{ord(char):04X} in it{more}: {advice}"
    labels = tuple(Label(span, "and here") for span in spans[1:_MOST_LABELS] if span != spans[0])
    severity = WARNING if all(each.mild for each in group) else ERROR
    return Diagnostic(spans[0], message, fix=fix, labels=labels, data_path=path, severity=severity)
