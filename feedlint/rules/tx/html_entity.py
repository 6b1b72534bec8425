"""TX003."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import INFO, SAFE, UNSAFE, WARNING, Diagnostic, Fix
from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx import tags
from feedlint.rules.tx.damage import near_damage
from feedlint.rules.tx.entities import Entity, find
from feedlint.rules.tx.hidden import settle
from feedlint.rules.tx.texts import finding, is_about_encodings, mend, shown, texts, tidy
from feedlint.source import Node
from feedlint.typed import Final, NamedTuple

_TAG = regex("<[A-Za-z/!?]")


EXAMPLES: Final = [
    Example(bad='excerpt: "The tram&#8217;s route"', fixed='excerpt: "The tram’s route"'),
    Example(bad='excerpt: "Fish &amp; chips,&nbsp; daily"', fixed='excerpt: "Fish & chips, daily"'),
    Example(bad='excerpt: "A &amp;amp;quot;tram&amp;amp;quot;"', fixed='excerpt: "A \\"tram\\""'),
    Example(bad='excerpt: "A &lt;new&gt; tram"', fixed='excerpt: "A <new> tram"', safety=UNSAFE),
    Example(bad='excerpt: "Fish &amp chips"', fixed='excerpt: "Fish & chips"', safety=UNSAFE),
    Example(bad='title: "When to write &nbsp; in HTML"', fixed='title: "When to write in HTML"', safety=UNSAFE),
    Example(bad='excerpt: "The tram&#0;s route"'),
    Example(bad='excerpt: "The vote ends years of debate about the harbour&#82…"'),
    Example(good='title: "AT&T, R&D; Q&A; <rumour> and a Vector<int>"'),
    Example(good='excerpt: "See https://www.example.com/?a=1&copy=2&lt=3 for the times."'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """No text has HTML entities: a feed's text is text, not markup.

    Named (`&amp;`), decimal (`&#8217;`) and hexadecimal (`&#x2019;`) ones are found, at any depth (`&amp;amp;`), also
    without their semicolon where they can be nothing else, and cut off at the end (`&#82…`).

    ## Why

    Apps that show text as text show readers `We&#8217;re`; sites that escape it once more do too.

    ## Fix safety

    An entity with its semicolon says which character it stands for, so decoding it is safe; `&nbsp;` becomes a
    plain space where typography asks for no other. Unsafe are entities without the semicolon, those whose text would
    then hold what looks like a tag (`&lt;new&gt;`; a tag of HTML, as `&lt;b&gt;`, is left to TX004), those in a text
    that has `&` both as it is and escaped, or that is about HTML or encodings, where they may be the subject (and no
    more than an info), `&nbsp;` where it is a byte of a damaged letter (`voilÃ&nbsp;`), and deleting an invisible
    character (`&shy;`) where that is unsafe in TX006.
    Numbers that stand for no character and entities that are cut off have no fix.

    ## Sources

    HTML, 13.5 (named character references) and 13.2.5.80 (`&#128;` to `&#159;` are read as windows-1252).
    """
    for node, text in texts(record):
        entities = _outside_tags(text, find(text)) if "&" in text else []
        if entities:
            places = [(entity.start, entity.end) for entity in entities]
            decoded = _decoded(text, entities)
            fix = _fix(record, node, text, decoded)
            help = "" if fix else "write the character itself, as the source has it"  # noqa: A001
            severity = INFO if is_about_encodings(text) else WARNING
            yield finding(record, node, places, _message(node, text, decoded), severity=severity, fix=fix, help=help)


def _outside_tags(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Return those of *entities* that make up no tag and are in none: TX004 finds the whole tag."""
    inside = {at for start, end, _ in tags.find(text) for at in range(start, end)}
    return [entity for entity in entities if entity.start not in inside]


class _Decoded(NamedTuple):
    """An entity, what to write for it (None where that is not known), and whether that is certain."""

    entity: Entity
    text: str | None
    sure: bool


def _decoded(text: str, entities: Sequence[Entity]) -> list[_Decoded]:
    """Return *entities* decoded."""
    known = [Fragment(entity.start, entity.end, entity.text) for entity in entities if entity.text]
    raw = apply_fragments(text, known)
    damaged = near_damage(raw) if "\xa0" in raw else set()  # "voilÃ&nbsp; le": a byte of "à"
    settled = iter(settle(text, known))
    decoded = []
    shift = 0
    for entity in entities:
        if not entity.text:
            decoded.append(_Decoded(entity, None, sure=False))
            continue
        start = entity.start + shift
        shift += len(entity.text) - (entity.end - entity.start)
        written, sure = next(settled)
        lost = damaged and any(at in damaged for at, char in enumerate(entity.text, start) if char == "\xa0")
        decoded.append(_Decoded(entity, written, sure=entity.closed and sure and not lost))
    return decoded


def _message(node: Node, text: str, decoded: Sequence[_Decoded]) -> str:
    entity, meant, _ = decoded[0]
    if meant is None:
        why = "stands for no character" if entity.closed else "is cut off"
    else:
        why = f"should be {shown(meant)}" if meant else "should not be there"
    written = shown(text[entity.start : entity.end])
    many = f"{len(decoded)} HTML entities: the first, {written}," if len(decoded) > 1 else f"an HTML entity: {written}"
    return f"{show(node.path)} has {many} {why}"


def _is_mixed(text: str) -> bool:
    """Tell whether *text* has "&" both escaped and as it is: then it was not escaped as a whole, and may mean it."""
    entities = find(text)
    escaped = sum(text.count("&", entity.start, entity.end) for entity in entities)
    return any(entity.text == "&" for entity in entities) and escaped < text.count("&")


def _fix(record: Record, node: Node, text: str, decoded: Sequence[_Decoded]) -> Fix | None:
    """Return the fix of those entities that are certain, or, where none is, of the others."""
    known = [each for each in decoded if each.text is not None]
    chosen = [each for each in known if each.sure] or known
    if not chosen:
        return None
    fragments = tidy(text, [Fragment(entity.start, entity.end, meant or "") for entity, meant, _ in chosen])
    result = apply_fragments(text, fragments)
    makes_tags = len(_TAG.findall(result)) > len(_TAG.findall(text))
    sure = chosen[0].sure and not makes_tags and not is_about_encodings(text) and not _is_mixed(text)
    title = "Decode the HTML entity" if len(chosen) == 1 else "Decode the HTML entities"
    return mend(record, node, text, fragments, title, SAFE if sure else UNSAFE)
