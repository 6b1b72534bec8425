"""TX001."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Diagnostic
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx.damage import examine
from feedlint.rules.tx.entities import find
from feedlint.rules.tx.texts import finding, is_about_encodings, mend, shown, texts
from feedlint.rules.tx.witness import witness
from feedlint.source import BOM
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad='title: "The harbourâ€™s new tram"', fixed='title: "The harbour’s new tram"'),
    Example(bad='title: "CafÃƒÂ© by the quay opens"', fixed='title: "Café by the quay opens"'),
    Example(
        bad='title: "What â€™ means: UTF-8 for editors"',
        fixed='title: "What ’ means: UTF-8 for editors"',
        safety=UNSAFE,
    ),
    Example(
        bad='title: "“Harbourâ€™s” tram"\nwebUrl: "https://www.example.com/harbours-tram"',
        fixed='title: "“Harbour’s” tram"\nwebUrl: "https://www.example.com/harbours-tram"',
    ),
    Example(bad='title: "Tram voilÃ le travail"', fixed='title: "Tram voilà le travail"', safety=UNSAFE),
    Example(bad='title: "A quote that lost its end: tramâ€"'),
    Example(good='title: "São Paulo’s naïve café: “Ångström” – 5 € AT&T"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """No text is mojibake: characters that come of bytes read in the wrong encoding.

    ## Why

    Readers of every app and list see `harbourâ€™s` instead of `harbour’s`, and a search for the word finds
    nothing. It happens where UTF-8 is read as windows-1252 or Latin-1, sometimes twice, as the page of an old Mac or
    DOS, or as GBK (`harbour鈥檚`).

    ## Fix safety

    Only the damaged characters are replaced. That is safe where the repair is proved: the text as a whole is UTF-8
    read in one of 27 encodings, up to four times; damaging the repair again gives exactly the text that is there; in
    none of these encodings, nor of 27 more that are rare, is it another text as plausible, that is without characters,
    mixtures of scripts and signs inside of words that titles do not have; no damage is left; the `…` of a text that was
    cut is not taken for a damaged byte; and no letter has another case than its word. Single controls (U+0092) are safe
    in English, where it has quotation marks and dashes.

    What is not proved is safe too where it is confirmed: a record of the same file with the same `webUrl` has that very
    text, undamaged; or the slug in an address or in the file's name is the slug of the repaired title, and would not be
    with any part of it left damaged. A slug that differs says nothing, since it may have been made from the damage.

    Any other repair is unsafe, and so is each in a text that speaks of encodings or HTML, where the damage may be the
    subject (which makes it a warning too), and in one with HTML entities that are letters or signs: these are to be
    decoded first (TX003), since they may be damage too. Where bytes are lost there is no repair.

    ## Sources

    ftfy (`badness.is_bad`) for what looks damaged, and its `fix_encoding` for texts of which only a part can be read
    back. `benchmarks/mojibake.py` damages 3,900 titles in 39 languages and 48 ways, half of which the rule was not
    written with: no safe repair is wrong, and no sound title is found.
    """
    for node, text in texts(record):
        damage = examine(text)
        if damage is None:
            continue
        field = f"{show(node.path)} has mojibake"
        start, end = damage.places[0]
        if not damage.fragments:
            message = f"{field}: {shown(text[start:end])} is damaged and part of it is lost"
            yield finding(record, node, damage.places, message, severity=ERROR, help="write what the source has")
            continue
        meant = "not be there" if damage.first == BOM else f"be {shown(damage.first)}"
        by = "" if damage.proved else witness(record, node, text, damage.fragments)
        waits = "&" in text and any(entity.text and not entity.text.isascii() for entity in find(text))
        about = is_about_encodings(text)
        sure = (damage.proved or by) and not waits and not about
        title = f"Write the characters that were meant{f', as {by} has them' if by else ''}"
        yield finding(
            record,
            node,
            damage.places,
            f"{field}: {shown(text[start:end])} should {meant} ({damage.cause})",
            severity=WARNING if about else ERROR,
            fix=mend(record, node, text, damage.fragments, title, SAFE if sure else UNSAFE),
        )
