"""TX001."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Diagnostic
from feedlint.record import Record, show
from feedlint.rule import Example, rule
from feedlint.rules.tx.damage import examine
from feedlint.rules.tx.texts import finding, is_about_encodings, mend, shown, texts
from feedlint.source import BOM


@rule(
    "TX001",
    "mojibake",
    severity=ERROR,
    sees="field",
    examples=[
        Example(bad='title: "The harbourâ€™s new tram"', fixed='title: "The harbour’s new tram"'),
        Example(bad='title: "CafÃƒÂ© by the quay opens"', fixed='title: "Café by the quay opens"'),
        Example(
            bad='title: "What â€™ means: UTF-8 for editors"',
            fixed='title: "What ’ means: UTF-8 for editors"',
            safety=UNSAFE,
        ),
        Example(bad='title: "Tram voilÃ le travail"', fixed='title: "Tram voilà le travail"', safety=UNSAFE),
        Example(bad='title: "A quote that lost its end: tramâ€"'),
        Example(good='title: "São Paulo’s naïve café: “Ångström” – 5 € AT&T"'),
    ],
)
def check(record: Record) -> Iterator[Diagnostic]:
    """No text is mojibake: characters that come of bytes read in the wrong encoding.

    ## Why

    Readers of every app and list see `harbourâ€™s` instead of `harbour’s`, and a search for the word finds
    nothing. It happens where UTF-8 is read as windows-1252 or Latin-1, sometimes twice.

    ## Fix safety

    Only the damaged characters are replaced. That is safe where the repair is proved: the text as a whole is UTF-8
    read in another encoding; damaging the repair again gives exactly the text that is there; no other encoding
    gives another result; no damage is left; the `…` of a text that was cut is not taken for a damaged byte; and no
    letter has another case than its word. (All texts that the tests damage, in 40 languages and ten ways, are
    repaired exactly where this holds.) Any other repair is unsafe, and so is each in a text that speaks of encodings
    or HTML, where the damage may be the subject, which makes it a warning too. Where bytes are lost there is none.

    ## Sources

    The detection and the reading back are those of ftfy (`badness.is_bad`, `fix_encoding`).
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
        about = is_about_encodings(text)
        safety = SAFE if damage.proved and not about else UNSAFE
        yield finding(
            record,
            node,
            damage.places,
            f"{field}: {shown(text[start:end])} should {meant} ({damage.cause})",
            severity=WARNING if about else ERROR,
            fix=mend(record, node, text, damage.fragments, "Write the characters that were meant", safety),
        )
