"""FM010."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic
from feedlint.identity import digest_of
from feedlint.repository import Repository
from feedlint.rule import SOUND, Example
from feedlint.source import Document, Span
from feedlint.typed import Final

EXAMPLES: Final = [Example(bad=SOUND, whole=True, limit=300), Example(good=SOUND, whole=True)]


def check(document: Document, _: Repository) -> Iterator[Diagnostic]:
    """A file is no larger than a record can be: 1,000,000 bytes, or `max-file-size` of the configuration.

    What is larger is not read, so no other rule has looked at it, and nothing in it is repaired.

    ## Why

    Such a file is no article: a picture or a dump under a wrong name, or one made to take all the memory of those who
    read it. Every reader of the feed has to load all of a record.

    ## Sources

    The largest of 800 records of a real feed has 23,876 bytes, with a whole page of text below its front matter: the
    limit is 40 times that.
    """
    for fault in document.faults:
        yield Diagnostic(
            Span(0, 0),
            f"the file has {fault.problem}, too many for a record: it was not read",
            help="delete the file, or name a larger `max-file-size` in the configuration",
            digest=digest_of(),
        )
