"""Mojibake: which characters of a text are damaged, what they were, and whether that is proved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from feedlint.edits import Fragment
from feedlint.rules.tx.texts import common_prefix, tidy
from feedlint.source import BOM

MAX_LENGTH: Final = 10_000
"""Characters up to which a text is repaired, not only found to be damaged; the longest real one has 372."""
# Skips 98 % of English texts, and nothing that ftfy would find: importing that takes 50 ms.
_WORTH_A_LOOK = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9f\ufffd]|[ÂÃÄÅÐÑÕÒâ]")
# A quote of UTF-8 read in DOS code page 437 or GBK: what ftfy does not know as damage.
_LEFT_OVER = re.compile("ΓÇ|鈥")
# A capital Ã or Â that is sound: ends a word in capitals before a quote or sign, or is a word of its own.
_SOUND = re.compile("(?<=[A-ZÀ-ÖØ-ÞĂȘȚ“‘«])[ÃÂ][”’»™](?!\\w)|(?<!\\S)[ÃÂ](?= \\S)")
# Where the rest of a character is lost: the first byte of most letters and quotes that are not ASCII.
_FIRST = frozenset("ÂÃÅâÐÑ")
_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_MANY: Final = 3
_HIDDEN = re.compile("[\xad\u200b\u2060]")
# "CafÃ©" is "Café", though in Mac Roman it could be "Caf" and a vertical line below; and no joiner joins Latin.
_IMPLAUSIBLE = re.compile("[\x00-\x7f][\u0300-\u036f\u200b-\u200d]")
# The letters of windows-1252 whose other case is a byte that can follow in UTF-8 too.
_OTHER_CASE = str.maketrans("ŠŒŽšœž", "šœžŠŒŽ")
_LETTERS = re.compile(r"[^\W\d_]+")
_ANCHORS = re.compile("([ -~])"), re.compile("([!-~])")
_NAMES = {"latin-1": "Latin-1", "macroman": "Mac Roman", "cp437": "DOS code page 437"}


class Damage(NamedTuple):
    """What is wrong with a text.

    ``places`` are the damaged characters (start, end), ``first`` is what the first of them should be, ``fragments``
    the repair; both are empty where what is lost cannot be known. ``proved`` says that the repair is complete, the
    only one, and gives back the damaged text when it is damaged again. ``cause`` is how it came about, in words.
    """

    places: Sequence[tuple[int, int]]
    first: str = ""
    fragments: Sequence[Fragment] = ()
    proved: bool = False
    cause: str = ""


@lru_cache(maxsize=64)
def examine(text: str) -> Damage | None:
    """Return what is damaged in *text*, or None where nothing is."""
    if text.endswith("…"):  # where a text was cut after the damage it is none of the damaged bytes
        damage = examine(text.rstrip("…"))
        if damage is not None and damage.proved:
            return damage
    if text.isascii() or not _WORTH_A_LOOK.search(text):
        return None
    from ftfy import TextFixerConfig, fix_encoding_and_explain
    from ftfy.badness import BADNESS_RE

    # U+FFFD is no damage that can be read backwards: alone it is another finding.
    bad = [_trimmed(text, match) for match in BADNESS_RE.finditer(text.replace("\ufffd", " "))]
    if not bad:
        return None
    sound = {match.span() for match in _SOUND.finditer(text)}
    may_be_sound = sound.issuperset(bad)
    if may_be_sound and _is_sound(text):
        return None
    repaired, steps = text, None
    if len(text) <= MAX_LENGTH:
        repaired, steps = fix_encoding_and_explain(text, TextFixerConfig(replace_lossy_sequences=False))
        if "\ufffd" in text:
            repaired = repaired.replace("\x1a", "\ufffd")  # what ftfy has for it among the bytes
    if not steps or repaired == text or _is_lost(text, repaired):
        # One odd pair of signs may be meant; many are not.
        meant = len(bad) < _MANY and not any(_can_be_damage(text[start:end]) for start, end in bad)
        return None if meant else Damage(bad)
    fragments = _differences(text, repaired)
    return Damage(
        [(start, end) for start, end, _ in fragments],
        fragments[0].text,
        tidy(text, (part._replace(text=part.text.replace(BOM, "")) for part in fragments)),
        not may_be_sound and _is_proved(text, repaired, steps),
        _cause(steps),
    )


def near_damage(text: str) -> set[int]:
    r"""Return the offsets of the damaged characters of *text*, and of the one after them.

    White space and invisible characters there may be what is left of a letter (``Ã\xa0`` was ``à``).
    """
    damage = examine(text)
    return {at for start, end in damage.places for at in range(start, end + 1)} if damage else set()


def _can_be_damage(chars: str) -> bool:
    """Tell whether *chars*, which cannot be read back, can come of UTF-8: „€“ looks like it, but no byte of it does."""
    from ftfy.chardata import CHARMAP_ENCODINGS

    readings = (chars.encode(name, "replace") for name in CHARMAP_ENCODINGS)
    return chars[-1] in _FIRST or any(map(_SEQUENCE.search, readings))


def _is_lost(text: str, repaired: str) -> bool:
    """Tell whether *repaired* has what nobody wrote: U+FFFD, or a dagger where a quote has lost its last byte."""
    more = {char for char in "\ufffd†" if repaired.count(char) > text.count(char)}
    return "\ufffd" in more or ("†" in more and "â€ " in text)


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where the damaged characters of *match* are, without the ASCII around them."""
    start, end = match.span()
    while text[start].isascii():
        start += 1
    while text[end - 1].isascii():
        end -= 1
    return start, end


def _is_sound(text: str) -> bool:
    """Tell whether *text*, in which only what may be sound looks damaged, is sound: it is no UTF-8 read wrongly.

    In a text without other letters beyond ASCII "tram Â line" had a no-break space.
    """
    others = (char for char in text if not char.isascii() and char not in "ÃÂ")
    return not _readings(text) and (" Â " not in text or any(map(str.isalpha, others)))


def _differences(old: str, new: str) -> list[Fragment]:
    """Return the fragments of *old* to replace for *new*: ASCII stays, and what lies between is compared."""
    for anchor in _ANCHORS:
        before, after = anchor.split(old), anchor.split(new)
        if before[1::2] == after[1::2]:
            break
    else:
        before, after = [old], [new]
    fragments: list[Fragment] = []
    at = 0
    for mine, other in zip(before, after, strict=True):
        if mine != other:
            head = common_prefix(mine, other)
            # A letter is not deleted: in "Â£" both characters are the damaged "£".
            most = max(0, min(len(mine), len(other) - 1) - head)
            tail = min(most, common_prefix(mine[::-1], other[::-1]))
            fragments.append(Fragment(at + head, at + len(mine) - tail, other[head : len(other) - tail]))
        at += len(mine)
    return fragments


def _is_proved(text: str, repaired: str, steps: Sequence[tuple[str, str]]) -> bool:
    """Tell whether *repaired* is what *text* was, for certain."""
    encodings = [encoding for action, encoding in steps if action == "encode"]
    if len(steps) != 2 * len(encodings):
        return False  # guesses about single characters
    current = text
    for _ in encodings:
        readings = _readings(current)
        if len(readings) != 1:
            return False
        current = readings.pop()
    return (
        current == repaired
        and _damaged(repaired, encodings) == text
        and not _readings(repaired)
        and not _has_damage(repaired)
        and not _HIDDEN.search(repaired)
        and not _uses_up_ellipsis(text, repaired)
        and not _mixes_case(repaired)
        and not _may_have_other_case(text)
    )


def _readings(text: str) -> set[str]:
    """Return what *text* may have been if it is UTF-8 that was read in some other encoding."""
    from ftfy.chardata import CHARMAP_ENCODINGS

    found = set()
    for encoding in CHARMAP_ENCODINGS:
        try:
            reading = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if not _IMPLAUSIBLE.search(reading):
            found.add(reading)
    return found - {text}


def _damaged(text: str, encodings: Sequence[str]) -> str:
    for encoding in reversed(encodings):
        text = text.encode("utf-8").decode(encoding)
    return text


def _has_damage(text: str) -> bool:
    from ftfy.badness import is_bad

    unassigned = any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text if char > "\x7f")
    return unassigned or _LEFT_OVER.search(text) is not None or bool(is_bad(text))


def _uses_up_ellipsis(text: str, repaired: str) -> bool:
    """Tell whether the ``…`` of a text that was cut went into the repair, as if it were a damaged byte."""
    after = " \"'”’)]"
    return text.rstrip(after).endswith("…") and not repaired.rstrip(after).endswith("…")


def _mixes_case(repaired: str) -> bool:
    """Tell whether a repaired letter has another case than the letters around it: then it was changed after all."""
    for word in _LETTERS.findall(repaired):
        if not word.isascii() and word not in (word.lower(), word.upper()) and word[1:] != word[1:].lower():
            return True
    untouched = "".join(char for char in repaired if char.isascii())
    return untouched.isupper() and any(char.islower() for char in repaired)


def _may_have_other_case(text: str) -> bool:
    """Tell whether *text* may have been put into one case after it was damaged, which would have changed bytes."""
    cases = [text.upper(), text.lower()]
    if not re.search("[A-Za-z]", text):
        cases.append(text.title())
    swapped = text.translate(_OTHER_CASE)
    return text in cases and swapped != text and bool(_readings(swapped))


def _cause(steps: Sequence[tuple[str, str]]) -> str:
    decoded = {encoding for action, encoding in steps if action == "decode"}
    names = [_NAMES.get(name, name.removeprefix("sloppy-")) for action, name in steps if action == "encode"]
    if not names:
        return "UTF-8 read in another encoding"
    if decoded == {"windows-1252"}:
        return "windows-1252 read as Latin-1"
    times = {1: "", 2: ", twice"}.get(len(names), f", {len(names)} times")
    return f"UTF-8 read as {' and '.join(dict.fromkeys(names))}{times}"
