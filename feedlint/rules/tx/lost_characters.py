"""TX002."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import INFO, UNSAFE, WARNING, Diagnostic
from feedlint.fragments import Fragment
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx.damage import near_damage
from feedlint.rules.tx.gaps import gaps
from feedlint.rules.tx.lost import confirms_apostrophes, question_marks, replaced
from feedlint.rules.tx.texts import counted, finding, mend, shown, texts
from feedlint.source import Node
from feedlint.typed import Final

_SOURCE = "write what the source has"
_PUNCTUATION = frozenset(":;,.!?…-–—|/([)]\"'“”‘’&+")

EXAMPLES: Final = [
    Example(bad='title: "The tram\ufffds new line"'),
    Example(
        bad='title: "Don\ufffdt miss the tram"\nwebUrl: "https://www.example.com/dont-miss-the-tram"',
        fixed='title: "Don’t miss the tram"\nwebUrl: "https://www.example.com/dont-miss-the-tram"',
        safety=UNSAFE,
    ),
    Example(bad='title: "Don?t miss the ?new? tram"'),
    Example(bad='title: "Harbour council  the new tram"'),
    Example(good='title: "A bug? Yes: what?! A Q?A of https://www.example.com/tram?line=4, bug?Yes. Who knows?"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """No text has lost a character on its way.

    That is: no U+FFFD (`�`), no `?` inside a word (`don?t`) or around words in place of quotation marks, and no double
    space in a title, where a dash or an `&` was dropped more often than not. (TX007 finds the double space in
    an excerpt.)

    ## Why

    Readers see `don�t`, `don?t`, or two sentences run together. What was there cannot be told from the text.

    ## Fix safety

    Only an apostrophe is put back, where the address has the slug that the title then has: that says that no letter
    and no dash was lost, but not which mark it was, so it is unsafe.

    ## Sources

    Unicode 5.22 (U+FFFD). In titles of real feeds 13 of 20 double spaces hid a lost `–` or `&`.
    """
    excerpts = record.texts("excerpt")
    for node, text in texts(record):
        if places := replaced(text):
            fix = None
            if confirms_apostrophes(record, node, text, places):
                fix = mend(
                    record, node, text, [Fragment(*place, "’") for place in places], "Write an apostrophe", UNSAFE
                )
            yield finding(
                record,
                node,
                places,
                f"{show(node.path)} has {counted(sum(end - start for start, end in places), 'replacement character')}"
                " (U+FFFD) where a character could not be read",
                fix=fix,
                help="" if fix else _SOURCE,
            )
        yield from _question_marks(record, node, text)
        if node not in excerpts:
            yield from _double_spaces(record, node, text)


def _question_marks(record: Record, node: Node, text: str) -> Iterator[Diagnostic]:
    places, all_apostrophes = question_marks(text)
    if not places:
        return
    fix = None
    if all_apostrophes and confirms_apostrophes(record, node, text, places):
        fix = mend(record, node, text, [Fragment(*place, "’") for place in places], "Write an apostrophe", UNSAFE)
    at = places[0][0]
    around = f"{text[max(0, at - 20) : at].split(' ')[-1]}?{text[at + 1 : at + 20].split(' ')[0]}"
    what = "an apostrophe" if all_apostrophes else "another character"
    yield finding(
        record,
        node,
        places,
        f"{show(node.path)} has a question mark in place of {what}: {shown(around)}",
        severity=WARNING if all_apostrophes or len(places) > 1 else INFO,
        fix=fix,
        help="" if fix else _SOURCE,
    )


def _double_spaces(record: Record, node: Node, text: str) -> Iterator[Diagnostic]:
    damaged = near_damage(text)
    double = [
        (gap.start, gap.end)
        for gap in gaps(text)
        if gap.kind == "double" and damaged.isdisjoint(range(gap.start, gap.end))
    ]
    beside = [place for place in double if not _PUNCTUATION.isdisjoint((text[place[0] - 1], text[place[1]]))]
    marked = set(beside)
    between = [place for place in double if place not in marked]
    field = f"{show(node.path)} has"
    if between:
        message = f"{field} {counted(len(between), 'double space')} in it, where a dash or an `&` may have been lost"
        yield finding(record, node, between, message, help=_SOURCE)
    if beside:
        message = f"{field} {counted(len(beside), 'double space')} beside {shown(_mark(text, *beside[0]))}"
        yield finding(record, node, beside, message, severity=INFO, help="delete one space")


def _mark(text: str, start: int, end: int) -> str:
    return text[start - 1] if text[start - 1] in _PUNCTUATION else text[end]
