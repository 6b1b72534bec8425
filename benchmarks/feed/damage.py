"""What goes wrong with records: each damage is a change to the text of a generated one, and what finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

FAMILIES: Final = ("FM", "YA", "SC", "TX", "DT", "UR", "IM")


class Damage(NamedTuple):
    """The rule that finds a damage, and what does it; a byte that is no UTF-8 is a lone surrogate in the text."""

    code: str
    apply: Callable[[str], str]


def of(family: str, number: int) -> Damage:
    """Return the damage *number* of *family*, counted round."""
    found = [damage for damage in _DAMAGES if damage.code.startswith(family)]
    return found[number % len(found)]


def of_all(text: str) -> str:
    """Return *text*, a sound record with two related stories, with a finding of every family there is."""
    for family in FAMILIES:
        harmed = (damage.apply(text) for damage in _DAMAGES if damage.code.startswith(family))
        text = next(each for each in harmed if each != text)
    for damage in _OTHERS:
        text = damage.apply(text)
    return text


def _sub(pattern: str, replacement: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, replacement, text, count=1, flags=re.MULTILINE)


def _mixed(text: str) -> str:
    if "\r\n" in text:
        return text.replace("\r\ntype:", "\ntype:")
    return text.replace("\ntype:", "\r\ntype:")


def _untitled(text: str) -> str:
    """Return *text* with its title as a person types it: no quotes, and a colon."""
    return re.sub(r'(?m)^title: "(.*)"', r"title: Live: \1", text)


_DAMAGES: Final = (
    Damage("FM007", _sub(r"\A", "\ufeff")),
    Damage("FM003", _sub(r"\A---", "--- ")),
    Damage("FM009", _mixed),
    Damage("FM002", _sub(r"^---(\r?\n)*\Z", "")),
    Damage("FM006", _sub(r'^excerpt: "', 'excerpt: "Caf\udce9: ')),
    Damage("YA004", _sub(r"^(    isCached: true(\r?\n))", r"\1    title: No\2")),
    Damage("YA002", _sub(r"^(type: article\r?\n)", r"\1\1")),
    Damage("YA006", _sub(r'^webUrl: "https://', r'webUrl: "https:\\/\\/')),
    Damage("YA001", _untitled),
    Damage("SC003", _sub(r"^quality: (\d+)", r'quality: "\1"')),
    Damage("SC004", _sub(r"^type: article", "type: Article")),
    Damage("SC001", _sub(r"^category: news\r?\n", "")),
    Damage("SC002", _sub(r"^published: ", "pubilshed: ")),
    Damage("TX001", _sub(r'^excerpt: "', 'excerpt: "Itâ€™s official. ')),
    Damage("TX003", _sub(r'^excerpt: "', 'excerpt: "Boats &amp; trams: ')),
    Damage("TX007", _sub(r'^(excerpt: ".*)"', r'\1 "')),
    Damage("TX006", _sub(r'^excerpt: "', 'excerpt: "Har\u200bbour: ')),
    Damage("TX005", _sub(r'^excerpt: "', r'excerpt: "Harbour\\\\u2019s day: ')),
    Damage("DT001", _sub(r"^(publishedDateTime: .*)Z", r"\1.000Z")),
    Damage("DT001", _sub(r"^(publishedDateTime: .*)Z", r"\1+00:00")),
    Damage("DT001", _sub(r"^(publishedDateTime: .*)T(.*)Z", r"\1 \2 UTC")),
    Damage("UR004", _sub(r'^(originalUrl: ".*)"', r'\1?utm_source=feed"')),
    Damage("UR005", _sub(r"(cdn\.ampproject\.org/c)/s/", r"\1/")),
    Damage("UR006", _sub(r"^cdnAmpWebUrl: .*\n", "")),
    Damage("UR009", _sub(r"^  domain: ", "  domain: www.")),
    Damage("IM003", _sub(r"^      width: 50", "      width: 48")),
    Damage("IM001", _sub(r"^    width: \d+", "    width: 0")),
    Damage("IM001", _sub(r"^    width: (\d+)", r"    width: \1px")),
)
_OTHERS: Final = (
    Damage("XR002", _sub(r'^(    webUrl: )(".*")((?:\r?\n.*)*?\r?\n    webUrl: )".*"', r"\1\2\3\2")),
    Damage("FL001", _sub(r"^(type: article)", r"\1 # feedlint: ignore[UR003]")),
)
"""What no feed has much of: a related story that is there twice, a comment that mutes nothing."""
