"""XR004."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from feedlint.diagnostic import Diagnostic
from feedlint.identity import digest_of
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.xr.clear import names_of
from feedlint.slug import CUT, slug
from feedlint.typed import Final

_LIKE: Final = 0.6
"""How much of the two must be the same; the name of a file was made from its title as it was then."""
_TRAM = "_news/2020-12-08-harbour-council-approves-the-new-tram-line.md"


EXAMPLES: Final = [
    Example(bad='title: "What the ferry will cost"', path=_TRAM),
    Example(good='title: "Harbour council approves the new tram line"', path=_TRAM),
    Example(good='title: "Harbour council approves new tram line!"', path=_TRAM),
    Example(good='title: "What the ferry will cost"', path="_news/2020-12-08-4711.md"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The name of a file is that of the story in it.

    The schema says what the names of a collection are made of: the title for news and people, publisher and title for
    samples; other collections have no such habit. Small differences are no mistake, since the name was made from the
    title as it was when the story was collected: less than 60 % of the two must be alike, and a name that has words of
    the title alone, in their order, is a short one. A name of less than two words (a number) says nothing.

    ## Why

    The address of the page is made from the name. A name that is another story's is a file that was copied and not
    renamed, or a record that got another's text.

    ## Sources

    Measured on 7,939 news records: the name is the slug of the title (accents taken off, lower case, letters, digits
    and hyphens only), cut at a hyphen from 130 characters on.
    """
    names = names_of(record.brief)
    if names is None or record.schema is None or _fits(*names):
        return
    found, role = names[0], record.schema.file_name[-1]
    title = record.field(role) or next(iter(record.fields(role)), None)
    if title is None:
        return
    if not title.value.isascii() and len(slug(title.value)) * 2 < len(title.value):
        return  # most of it is in a script that no slug is made of
    yield at(
        title,
        f"{show(title.path)} is not what the file is named after: `{found}`",
        digest=digest_of(title.value, found),
        help="give the file the name of its story, or the record its own title",
    )


def _is_short_for(found: str, wanted: str) -> bool:
    """Tell whether *found* has words of *wanted* alone, in their order: cut early, or without the small ones."""
    words = iter(wanted.split("-"))
    return all(word in words for word in found.split("-"))


def _fits(found: str, wanted: str) -> bool:
    if found == wanted or (len(found) >= CUT and wanted.startswith(found)) or _is_short_for(found, wanted):
        return True
    short = wanted[: len(found)] if len(found) >= CUT else wanted
    return SequenceMatcher(None, found, short, autojunk=False).ratio() >= _LIKE
