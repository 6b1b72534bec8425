"""SC002."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Diagnostic, Fix
from feedlint.edits import rename_key
from feedlint.likeness import is_indented, letters
from feedlint.record import Record
from feedlint.rule import Example, at
from feedlint.rules.sc.problems import UNKNOWN, Problem, problems
from feedlint.rules.sc.words import quoted, subject
from feedlint.source import Document
from feedlint.source.readings import is_odd_key
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad="Highlight: true", fixed="highlight: true"),
    Example(
        bad="provider:\n  nmae: Example Times\n  domain: example.com",
        fixed="provider:\n  name: Example Times\n  domain: example.com",
        safety=UNSAFE,
    ),
    Example(bad="subtitle: A long debate ends"),
    Example(bad="Title: Harbour council approves the new tram line"),
    Example(good="updatedDateTime: 2020-12-09T08:15:00Z\npermalink: /tram-line/\nlocale: en-us"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A record has only fields that some reader knows: the feed's, those of the site's templates, and Jekyll's own.

    A name that resembles a known one is an error; one that resembles none is a warning.

    ## Why

    A misspelt field is a missing field: `exerpt:` shows an empty excerpt, and no reader complains. A field that
    nothing knows is text that somebody wrote and nobody will see.

    ## Fix safety

    Safe where the name is the known one but for case, `-`, `_` or spaces, and the known one is not there. Unsafe
    where it is misspelt: what was meant is a guess.

    ## Sources

    The front matter variables of Jekyll 4 (jekyllrb.com/docs/front-matter) and of jekyll-redirect-from,
    jekyll-sitemap and jekyll-seo-tag.
    """
    for problem in problems(record):
        if problem.keyword != UNKNOWN or _is_odd(record.document, problem):
            continue
        if not problem.meant and is_indented(problem.name):
            continue  # YA006 speaks of the indentation
        yield at(
            problem.node,
            _message(problem),
            span=problem.node.key_span if problem.node.key == problem.name else None,
            severity=ERROR if problem.meant else WARNING,
            fix=_fix(record.document, problem),
        )


def _is_odd(document: Document, problem: Problem) -> bool:
    """Tell whether the key is no text to some reader, so that YA006 speaks of it: a number, `<<` and the like."""
    node = problem.node
    return node.key == problem.name and node.key_span is not None and is_odd_key(document.slice(node.key_span))


def _message(problem: Problem) -> str:
    message = f"{quoted(problem.name)} is no field of {subject(problem.path)}"
    if not problem.meant:
        return f"{message}; no reader knows it"
    hint = f"did you mean {problem.meant}?" if problem.free else f"{problem.meant} is there already"
    return f"{message}; {hint}"


def _fix(document: Document, problem: Problem) -> Fix | None:
    if not problem.free or problem.node.key != problem.name:
        return None
    safety = SAFE if letters(problem.name) == letters(problem.meant) else UNSAFE
    return rename_key(document, problem.node, problem.meant, f"Rename it to {problem.meant}", safety)
