"""YA001 yaml-syntax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix, Safety
from feedlint.identity import line_digest
from feedlint.repository import Repository
from feedlint.rule import Example
from feedlint.rules.ya import culprits
from feedlint.rules.ya.culprit import Culprit
from feedlint.source import Document, Span
from feedlint.source.events import Unreadable
from feedlint.typed import Final

# What libyaml and the parser in Python say, by words that both use, and what it means to the writer of a record.
_WORDS = (
    ("nested", "nested too deeply for some readers: write it with fewer levels"),
    ("aliases are followed", "aliases of aliases, which stand for too much: write out what they stand for"),
    ("escape", "an escape that YAML does not have: write \\\\ for a backslash"),
    ("hexdec", "an escape that YAML does not have: write \\\\ for a backslash"),
    ("quoted scalar", "a quote that is never closed: write the closing one"),
    ("flow", "a bracket that is not closed as it should be: check the brackets, commas and quotes after it"),
    ("mapping values", "a colon that cannot end a key: put the text around it in double quotes"),
    ("tab", "a tab, which YAML does not allow here: use spaces"),
    ("'\\t'", "a tab, which YAML does not allow here: use spaces"),
    ("start any token", "a character that no value can begin with: put the text in double quotes"),
    ("tag", "an exclamation mark, which YAML takes for a tag: put the text in double quotes"),
    ("alias", "an asterisk, which YAML takes for an alias: put the text in double quotes"),
    ("directive", "a percent sign, which YAML takes for a directive: delete the line"),
    ("document start", "text after the end of the record: join it to the line above, or give it a key"),
)
_OTHERWISE = (
    "the record does not go on as it began: check the quotes, colons and indentation of this line and the one above"
)
# Where the parser began what it could not finish is the place to look at, not where it gave up.
_BEGUN = ("scanning a quoted scalar", "flow", "alias", "anchor", "tag", "block scalar")


EXAMPLES: Final = [
    Example(
        bad='title: "Mayor: "We will build the tram" in spring"',
        fixed='title: "Mayor: \\"We will build the tram\\" in spring"',
    ),
    Example(bad="title: Harbour news: the tram is coming", fixed='title: "Harbour news: the tram is coming"'),
    Example(bad="title: @harbour joins the tram debate", fixed='title: "@harbour joins the tram debate"'),
    Example(bad='title: "The folder C:\\data is full"', fixed='title: "The folder C:\\\\data is full"'),
    Example(
        bad="provider:\n\tname: Example Times\n\tdomain: example.com",
        fixed="provider:\n  name: Example Times\n  domain: example.com",
    ),
    Example(bad='title: "The tram is coming', fixed='title: "The tram is coming"', safety=UNSAFE),
    Example(bad="type:article", fixed="type: article", safety=UNSAFE),
    Example(bad="provider:\n  name: Example Times\n  - example.com"),
    Example(good='title: "Mayor: \\"We will build the tram\\" in spring"'),
    Example(good='excerpt: >-\n  The council: voted,\n  and "the tram" is coming.'),
]


def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    r"""Front matter is YAML that parses.

    The finding is at the culprit, not where a parser gives up: at the quote that is never closed, at the colon in
    a text without quotes, at the tab, at the key that is indented unlike its neighbours.

    ## Why

    Jekyll logs an error that nobody reads and publishes the page with no title, no date and no address; Hugo and
    Eleventy stop the whole build. Either way the app shows no article. No check that needs a record can run.

    ## Fix safety

    Text that does not parse has no data that a repair could change. What is repaired is read again: it must be a
    record, and each line that could be read by itself must still mean the same. The repair is safe where the
    text can be meant in one way only:

    * a bare `"` inside a text that begins and ends with `"` is escaped, unless these may be the quotes of two parts,
      as in `"A" or "B"`;
    * a text that has a colon and a space in it, or begins with `@`, `%` or a backtick, is put in double quotes;
    * a backslash that begins no escape is doubled, unless another one in the text begins an escape by chance, as in
      `C:\Users\new`; `\'` becomes `'`, and the two halves of a character that JSON wrote (`\ud83d\ude00`) become
      that character;
    * tabs in the indentation become spaces, if no other width of a tab would give another record; before a field of
      an article that is not to be indented they are deleted.

    It is unsafe where something had to be guessed: where a quote or a bracket was to be closed, which characters
    a quote belongs to, a missing space or colon, whether `*`, `&`, `[` or `- ` begin a text, two fields on one
    line, an indentation. Where one repair of a file is unsafe, all are: none makes the record readable alone.

    ## Sources

    YAML 1.1, as libyaml 0.2.5 reads it, the parser of Jekyll.
    """
    fault = document.faults[0] if document.faults else None
    if fault is None or fault.kind != "yaml":
        return
    found, left = culprits.find(document)
    safety = _safety(found, culprits.safety_of_others(document)) if left is None else None
    for culprit in found:
        title = culprit.repair[:1].upper() + culprit.repair[1:]
        fix = Fix(title, culprit.edits, safety) if safety else None
        advice = "" if fix else culprit.repair
        line = line_digest(document, culprit.span.start)
        yield Diagnostic(culprit.span, culprit.message, fix, culprit.labels, culprit.path, advice, digest=line)
    if left is not None and not _told(document, left.at, found):
        yield _fallback(document, left)


def _safety(found: Sequence[Culprit], others: Safety | None) -> Safety | None:
    """Return how safe it is to repair *found*, all together and with *others*; None where one cannot be."""
    levels = {others, *(culprit.safety for culprit in found)}
    return None if None in levels else UNSAFE if UNSAFE in levels else SAFE


def _told(document: Document, at: int, found: Sequence[Culprit]) -> bool:
    """Tell whether one of *found* is about the line of *at*."""
    return any(document.lines.start(culprit.span.start) == document.lines.start(at) for culprit in found)


def _fallback(document: Document, fault: Unreadable) -> Diagnostic:
    """Return the finding where the parser gave up, or where it began what it gave up."""
    words = f"{fault.context} {fault.problem}"
    start = fault.at
    if "escape" in words or "hexdec" in words:
        start = max(0, document.text.rfind("\\", 0, start + 1))
    elif fault.began is not None and any(begun in words for begun in _BEGUN):
        start = fault.began
    message = next((told for key, told in _WORDS if key in words), _OTHERWISE)
    span = Span(start, min(start + 1, len(document.text)))
    return Diagnostic(span, message, digest=line_digest(document, start))
