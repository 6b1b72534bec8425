"""TX006."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic
from feedlint.fragments import Fragment
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx.hidden import find
from feedlint.rules.tx.texts import counted, finding, mend, texts, tidy
from feedlint.source import BOM
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad='excerpt: "The new\xa0tram stops here"', fixed='excerpt: "The new tram stops here"'),
    Example(bad='title: "The new\xa0tram"', fixed='title: "The new tram"', safety=UNSAFE),
    Example(bad='title: "The new tram\u200b"', fixed='title: "The new tram"'),
    Example(bad='title: "The har\xadbour tram"', fixed='title: "The harbour tram"', safety=UNSAFE),
    Example(bad='title: "The \\uFEFFtram"', fixed='title: "The tram"'),
    Example(bad='title: "\u200b"'),
    Example(good='title: "Prêts\xa0? Le «\xa0tram\xa0» roule\xa0: 10\xa0000 places"'),
    Example(good='title: "Dr.\xa0No and J.\xa0K. on p.\xa07"'),
    Example(good='title: "می\u200cخواهم 👩\u200d🚀 ❤️ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """No text has characters that nobody sees: zero width and no-break spaces, soft hyphens, byte order marks.

    Left alone are those that a text needs: joiners (U+200C, U+200D) and direction marks (U+200E, U+200F), whatever
    makes up an emoji, a zero width space in a script that writes no spaces, and the no-break spaces that typography
    asks for (French punctuation, `10 000`, `5 km`, `Dr. No`).

    ## Why

    They come of copying from web pages. A search for the words does not find the title, a slug made of it differs,
    and old apps show a box. A no-break space keeps a line from wrapping.

    ## Fix safety

    In an excerpt a no-break space becomes a plain one, which looks the same; in a title or a name, which is one line
    or two, it may be meant to hold two words together, so there the fix is unsafe. A byte order mark
    stands for nothing, and neither does any of the others at the edge of a text. Inside of it they may mark where a
    word may be broken or must not be, so to delete them there is unsafe.

    ## Sources

    Unicode 23.2 (layout controls) and 23.8 (byte order mark).
    """
    excerpts = record.texts("excerpt")
    for node, text in texts(record):
        for name, places, fill, sure in find(text):
            if name == "byte order mark" and BOM in record.document.slice(node.span):
                continue  # FM007 finds what is not written as an escape
            code = ord(text[places[0][0]])
            fragments = tidy(text, [Fragment(start, end, fill) for start, end in places])
            yield finding(
                record,
                node,
                places,
                f"{show(node.path)} has {counted(len(places), name)} (U+{code:04X}) in it",
                fix=mend(
                    record,
                    node,
                    text,
                    fragments,
                    _title(name, fill, sure=sure),
                    SAFE if sure and (not fill or node in excerpts) else UNSAFE,
                ),
            )


def _title(name: str, fill: str, *, sure: bool) -> str:
    if fill:
        return f"Replace the {name} by a plain one"
    return f"Delete the {name}" if sure else f"Delete the {name} inside the text"
