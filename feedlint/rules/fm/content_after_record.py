"""FM005."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from feedlint.diagnostic import UNSAFE, WARNING, Diagnostic, Edit, Fix, Label
from feedlint.identity import digest_of
from feedlint.lazy import regex
from feedlint.repository import Repository
from feedlint.rule import SOUND, Example
from feedlint.rules.fm.body import expects_no_body, is_blank
from feedlint.rules.fm.words import line_span, quote
from feedlint.source import Document, Span
from feedlint.source import delimiters as kinds
from feedlint.source.text import NEWLINE
from feedlint.typed import Final, NamedTuple
from feedlint.values import replace

_LINE = regex(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_KEY = regex(r"([A-Za-z_][\w-]*)[ \t]*:(?=[ \t]|\Z)")
_RULE = regex(r"(?<=[\r\n])---[ \t]*(?=[\r\n]|\Z)")
_TWICE = 'category: news\ntitle: "Ferry timetable changes in spring"\n'


EXAMPLES: Final = [
    Example(bad=SOUND + "---\n", fixed=SOUND, whole=True, safety=UNSAFE),
    Example(bad=f"{SOUND}---\n{_TWICE}---\n", fixed=SOUND, whole=True, safety=UNSAFE),
    Example(bad=f"{SOUND}\n{_TWICE}", fixed=SOUND, whole=True, safety=UNSAFE),
    Example(bad=SOUND + "heat: 70\n", whole=True),
    Example(bad=SOUND + "\nThe ferry runs again.\n", fixed=SOUND, whole=True, safety=UNSAFE),
    Example(good=SOUND + "\n", whole=True),
    Example(good=SOUND + "<!-- checked -->\n", whole=True),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    """Nothing of a record stands below its closing delimiter, and no text where the collection has none.

    Found are a second block of YAML, fields that were left below the record, a delimiter that is there twice, and (a
    warning) any text in a collection whose records are all front matter. In other collections a text may follow, and
    a `---` in it is a rule across the page for every reader.

    ## Why

    Readers take the first block and drop the fields below it, or show them as the text of the story. Apps of
    a collection without texts show none: what was written there, nobody sees.

    ## Fix safety

    Unsafe: what is deleted was written by somebody. Fields that the record itself has not are never deleted.

    ## Sources

    The sources of ten readers, as for FM001. Of 7,939 news records that were measured none has a text.
    """
    below = document.text[document.delimiters.body :]
    if document.delimiters.opener.kind == kinds.NONE or is_blank(below):
        return
    digest = digest_of(NEWLINE.sub("\n", below).strip())  # all of it: a field that comes to it is lost, too
    yield from (replace(found, digest=digest) for found in _found(document, repository))


def _found(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    start, text = document.delimiters.body, document.text
    lines = _lines(text, start)
    first = lines[0]
    doubled = kinds.classify(first.text) in (kinds.EXACT, kinds.TRAILING) and first.text.startswith("---")
    known = repository.fields_of(document)
    fields = _fields(lines[doubled:])
    if not doubled and (not fields or fields[0][1] not in known):  # below what is left of a value, perhaps
        fields = _fields(_from_field(lines, known)) if expects_no_body(document, repository) else []
    if fields:
        yield _left_over(document, lines, fields, doubled=doubled)
    elif doubled and (first.start == start or expects_no_body(document, repository)):
        fix = Fix("Delete the second `---`", (Edit(Span(first.start, first.next), ""),), UNSAFE)
        span = Span(first.start, first.start + len(first.text))
        yield Diagnostic(span, "the closing `---` is there twice: the second is a rule in the text", fix=fix)
    elif expects_no_body(document, repository) and document.root is not None:
        fix = Fix("Delete the text below the record", (Edit(Span(start, len(text)), ""),), UNSAFE)
        message = f"text below the record, {quote(first.text)}: records of this collection have none"
        yield Diagnostic(line_span(document, first.start), message, fix=fix, severity=WARNING)
    elif document.faults and document.faults[0].kind == "empty" and (later := _RULE.search(text, start)):
        message = "below an empty record vfile-matter takes this `---` for its end"
        yield Diagnostic(Span(*later.span()), message, help="write the record between the first two `---`")


class _Line(NamedTuple):
    start: int
    text: str
    next: int


_Field = tuple[_Line, str]


def _lines(text: str, start: int) -> list[_Line]:
    """Return the lines from *start* on that are not blank."""
    found = []
    while start < len(text):
        line = _LINE.match(text, start)
        assert line is not None  # an empty line matches
        if line[1].strip():
            found.append(_Line(start, line[1], line.end()))
        start = line.end()
    return found


def _fields(lines: list[_Line]) -> list[_Field]:
    """Return those of *lines* that begin a field, up to the first line that cannot stand in YAML below them."""
    found: list[_Field] = []
    for line in lines:
        key = _KEY.match(line.text)
        if key is not None:
            found.append((line, key[1]))
        elif not found or line.text[0] not in " \t#-" or line.text.startswith("---"):
            break
    return found


def _from_field(lines: list[_Line], known: Collection[str]) -> list[_Line]:
    """Return *lines* from the first on that begins a field whose name is one of *known*."""
    for number, line in enumerate(lines):
        key = _KEY.match(line.text)
        if key is not None and key[1] in known:
            return lines[number:]
    return []


def _left_over(document: Document, lines: list[_Line], fields: list[_Field], *, doubled: bool) -> Diagnostic:
    line, key = fields[0]
    names = [name for _, name in fields]
    record = document.root
    there = {child.key for child in record.children} if record is not None else set()
    span = Span(line.start, line.start + len(key))
    begin = document.delimiters.body if fields[0][0] in lines[: doubled + 1] else line.start
    more = f" and {len(set(names)) - 1} more" if len(set(names)) > 1 else ""
    labels = (Label(document.delimiters.closer.span, "the record ends here"),)
    if not there.issuperset(names):
        message = f"{key}{more} below the closing `---`: readers drop what stands there"
        return Diagnostic(span, message, labels=labels, help="move the fields that are missing into the record")
    end = next((line.start for line in lines if line.start > fields[-1][0].start and not _goes_on(line)), None)
    end = len(document.text) if end is None else end
    if doubled and document.text.startswith("---", end):
        end = document.lines.next(end)
    what = "a second block of YAML" if doubled else "fields of the record once more"
    fix = Fix(f"Delete {key}{more} below the record", (Edit(Span(begin, end), ""),), UNSAFE)
    return Diagnostic(span, f"{what} below the closing `---`: readers drop {key}{more}", fix=fix, labels=labels)


def _goes_on(line: _Line) -> bool:
    return line.text[0] in " \t#-" and not line.text.startswith("---")
