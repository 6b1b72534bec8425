"""What can be wrong with a line that has no key: its colon, or the space after it, is missing."""

from __future__ import annotations

import re

from feedlint.diagnostic import UNSAFE, Edit
from feedlint.lazy import regex
from feedlint.rules.ya.culprit import Culprit, Front, brief, cite, shape_at
from feedlint.source import Span
from feedlint.source.fields import Field
from feedlint.source.nodes import DataPath

_KEY = r"(?P<key>[A-Za-z_][\w-]*|\"[^\"\\\r\n]+\"|'[^'\r\n]+')"
_NO_SPACE = regex(rf"{_KEY}[ \t]*:(?!//)(?P<gap>[^\S\r\n]?)(?=\S)")
# What a key can be followed by in other languages, and what looks like a colon.
_OTHER_SIGN = regex(rf"{_KEY}(?P<gap>[ \t]*(?P<sign>[=：﹕︓꞉∶])[ \t]*)")
_NO_SIGN = regex(r"(?P<key>[A-Za-z_][\w-]*)(?P<gap>[ \t]*(?=[\"'])|[ \t]+|$)", re.MULTILINE)
# The marks that git leaves around two versions of the same lines.
_CONFLICT = regex(r"(?:<{7}|={7}|>{7}|\|{7})(?![^ \r\n])")


def judge(front: Front, field: Field, above: Field | None) -> Culprit | None:
    """Return what is wrong with *field*, a text where a key is due, or None where a text may stand."""
    line = field.line
    place = field.path if line.dashes else tuple(b.item for b in field.blocks if b.column < line.column)
    if line.colon is not None:
        return _long_key(front, field, place)
    culprit = _no_space(front, field, place) or _no_colon(front, field, place)
    if line.dashes or (above is not None and above.is_open and line.column > above.parent):
        # A list item, or the value of the key above; unless the line below goes on with its fields.
        found = front.below(field)
        below = found.line if found else None
        goes_on = below and below.colon is not None and not below.dashes and below.column == line.column
        return culprit if goes_on else None
    return culprit or _text(front, field, above)


def _long_key(front: Front, field: Field, place: DataPath) -> Culprit | None:
    """Judge a field whose key seems to go on up to a colon in its text, as in ``title:Trams: a guide``."""
    shape = shape_at(place)
    culprit = _no_space(front, field, place) or _no_colon(front, field, place)
    if culprit is None or shape is None or culprit.edits[0].span.end >= (field.line.colon or 0):
        return None
    return culprit if culprit.path[-1] in shape.properties else None


def repaired(field: Field, culprit: Culprit) -> Field:
    """Return *field* as it is once *culprit* has given it a key: its value may be wrong as well."""
    edit = culprit.edits[0]
    line = field.line._replace(colon=edit.span.start - 1, value=edit.span.end)
    return field._replace(line=line, path=culprit.path)


def _no_space(front: Front, field: Field, place: DataPath) -> Culprit | None:
    line = field.line
    match = _NO_SPACE.match(front.text, line.content, line.end)
    if match is None:
        return None
    gap = match["gap"]
    after = f" (there is U+{ord(gap):04X}, which YAML does not count as one)" if gap else ""
    key = match["key"].strip("\"'")
    return Culprit(
        Span(match.start("gap") - 1, match.end()),
        f"{brief(key)} has no space after its colon{after}: put one there",
        f"put a space after {brief(key)}:",
        (Edit(Span(*match.span("gap")), " "),),
        UNSAFE,
        (*place, key),
    )


def _no_colon(front: Front, field: Field, place: DataPath) -> Culprit | None:
    line = field.line
    match = _OTHER_SIGN.match(front.text, line.content, line.end)
    if match is not None:
        reason = f'{brief(match["key"])} has "{match["sign"]}" after it where a colon is due'
        span = Span(*match.span("sign"))
    else:
        match = _NO_SIGN.match(front.text, line.content, line.end)
        shape = shape_at(place)
        if match is None or shape is None or match["key"] not in shape.properties:
            return None
        reason = f"{match['key']} has no colon after it"
        span = Span(*match.span("key"))
    key = match["key"].strip("\"'")
    return Culprit(
        span,
        f"{reason}: write {brief(key)}: and a space",
        f"put a colon after {brief(key)}",
        (Edit(Span(*match.span("gap")), ": "),),
        UNSAFE,
        (*place, key),
    )


def _text(front: Front, field: Field, above: Field | None) -> Culprit:
    line = field.line
    text = cite(front.text[line.content : line.end])
    if _CONFLICT.match(front.text, line.content):
        return Culprit(
            Span(line.content, line.end),
            f"{text} was left by a merge in git: keep one of the two sides, and delete the marks",
            "",
            (Edit(Span(line.content, field.end), ""),),
            None,
            field.path,
        )
    if text == '"..."':
        advice = "delete it"
    elif above is not None and front.text.startswith(("|", ">"), above.line.value):
        advice = "indent it"
    else:
        advice = "join it to the line above, or give it a key"
    return Culprit(
        Span(line.content, line.end),
        f"{text} is neither a field nor part of the value above: {advice}",
        "",
        (Edit(Span(line.content, field.end), ""),),
        None,
        field.path,
    )
