"""TX003."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedlint.diagnostic import SAFE, UNSAFE, WARNING, Diagnostic, Fix
from feedlint.edits import Fragment, apply_fragments
from feedlint.record import Record, show
from feedlint.rule import Example, rule
from feedlint.rules.tx.entities import Entity, find
from feedlint.rules.tx.texts import finding, mend, shown, texts, tidy
from feedlint.source import Node

_ABOUT_HTML = re.compile(r"\bX?HTML", re.IGNORECASE)
_TAG = re.compile("<[A-Za-z/!?]")


@rule(
    "TX003",
    "html-entity",
    severity=WARNING,
    examples=[
        Example(bad='excerpt: "The tram&#8217;s route"', fixed='excerpt: "The tram’s route"'),
        Example(bad='excerpt: "Fish &amp; chips,&nbsp; daily"', fixed='excerpt: "Fish & chips, daily"'),
        Example(bad='excerpt: "A &amp;amp;quot;tram&amp;amp;quot;"', fixed='excerpt: "A \\"tram\\""'),
        Example(bad='excerpt: "A &lt;b&gt;new&lt;/b&gt; tram"', fixed='excerpt: "A <b>new</b> tram"', safety=UNSAFE),
        Example(bad='excerpt: "Fish &amp chips"', fixed='excerpt: "Fish & chips"', safety=UNSAFE),
        Example(bad='title: "When to write &nbsp; in HTML"', fixed='title: "When to write in HTML"', safety=UNSAFE),
        Example(bad='excerpt: "The tram&#0;s route"'),
        Example(bad='excerpt: "The vote ends years of debate about the harbour&#82…"'),
        Example(good='title: "AT&T, R&D; Q&A; <rumour> and a Vector<int>"'),
        Example(good='excerpt: "See https://www.example.com/?a=1&copy=2&lt=3 for the times."'),
    ],
)
def check(record: Record) -> Iterator[Diagnostic]:
    """No text has HTML entities: a feed's text is text, not markup.

    Named (`&amp;`), decimal (`&#8217;`) and hexadecimal (`&#x2019;`) ones are found, at any depth (`&amp;amp;`), also
    without their semicolon where they can be nothing else, and cut off at the end (`&#82…`).

    ## Why

    Apps that show text as text show readers `We&#8217;re`; sites that escape it once more do too.

    ## Fix safety

    An entity with its semicolon says which character it stands for, so decoding it is safe; `&nbsp;` becomes a
    plain space, `&shy;` nothing. Unsafe are entities without the semicolon, those whose text would then hold
    what looks like a tag (`&lt;b&gt;`), and those in a text about HTML, where they may be the subject.
    Numbers that stand for no character and entities that are cut off have no fix.

    ## Sources

    HTML, 13.5 (named character references) and 13.2.5.80 (`&#128;` to `&#159;` are read as windows-1252).
    """
    for node, text in texts(record):
        entities = find(text) if "&" in text else []
        if entities:
            places = [(entity.start, entity.end) for entity in entities]
            fix = _fix(record, node, text, entities)
            help = "" if fix else "write the character itself, as the source has it"  # noqa: A001
            yield finding(record, node, places, _message(node, text, entities), fix=fix, help=help)


def _message(node: Node, text: str, entities: Sequence[Entity]) -> str:
    first = entities[0]
    if first.text is None:
        why = "stands for no character" if first.closed else "is cut off"
    else:
        why = f"should be {shown(first.text)}" if first.text else "should not be there"
    written = shown(text[first.start : first.end])
    many = (
        f"{len(entities)} HTML entities: the first, {written}," if len(entities) > 1 else f"an HTML entity: {written}"
    )
    return f"{show(node.path)} has {many} {why}"


def _fix(record: Record, node: Node, text: str, entities: Sequence[Entity]) -> Fix | None:
    """Return the fix of those entities that are certain, or, where none is, of the others."""
    known = [entity for entity in entities if entity.text is not None]
    chosen = [entity for entity in known if entity.closed] or known
    if not chosen:
        return None
    fragments = tidy(text, [Fragment(entity.start, entity.end, entity.text or "") for entity in chosen])
    result = apply_fragments(text, fragments)
    makes_tags = len(_TAG.findall(result)) > len(_TAG.findall(text))
    # "HTML &amp; CSS" is meant to have its "&"; "&nbsp; in HTML" is about the entity.
    is_subject = _ABOUT_HTML.search(text) and any(entity.text != "&" for entity in chosen)
    sure = chosen[0].closed and not makes_tags and not is_subject
    title = "Decode the HTML entity" if len(chosen) == 1 else "Decode the HTML entities"
    return mend(record, node, text, fragments, title, SAFE if sure else UNSAFE)
