"""Mojibake: which characters of a text are damaged, what they were, and whether that is proved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from feedlint.fragments import Fragment
from feedlint.lazy import package, regex
from feedlint.rules.tx.controls import are_sure
from feedlint.rules.tx.texts import common_prefix, tidy
from feedlint.source import BOM
from feedlint.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # its tables are loaded only for a text that may be damaged
    from feedlint.rules.tx.codepages import Origin

package("ftfy")  # of which one module is enough for most damage

MAX_LENGTH: Final = 10_000
"""Characters up to which a text is repaired, not only found to be damaged; the longest real one has 372."""
_MANY: Final = 8
# Skips 98 % of English texts, and nothing that ftfy would find: importing that takes 50 ms.
_WORTH_A_LOOK = regex(r"[^\x00-\x7f]{2}|[\x80-\x9f\ufffd]|[ÂÃÄÅÐÑÕÒâ]")
# "caf茅" is UTF-8 read in GBK.
_IDEOGRAPH_BESIDE = regex("[a-z][㐀-鿿가-힣ｦ-ﾟ]|[㐀-鿿가-힣ｦ-ﾟ][a-z]")
# "isnât", "itâs": Latin-1, its controls taken out. (French "mât" and Romanian "râs" are words.)
_C1_LOST = regex(
    r"(?<=\b(?:is|do|ca|wo)n)â(?=t\b)|(?<=\b(?:are|was|did|has|had)n)â(?=t\b)|(?<=\b(?:does|were|have)n)â(?=t\b)"
    r"|(?<=\b(?:would|could)n)â(?=t\b)|(?<=\bshouldn)â(?=t\b)|(?<=\bit)â(?=s\b)|(?<=\bI)â(?=(?:m|ll|ve|d)\b)"
    r"|(?<=\byou)â(?=(?:re|ll|ve)\b)|(?<=\bwe)â(?=(?:re|ll|ve)\b)|(?<=\bthey)â(?=(?:re|ll|ve)\b)",
    re.IGNORECASE,
)
# " â " was a dash in English, "mayorâs" had an apostrophe; Welsh has that word, Friulian that ending.
_ENGLISH_LOST = regex(r"(?<=\s)â(?=\s)|(?<=[A-Za-z]{4})â(?=s\b)")
_ENGLISH = regex(r"\b(?:the|and|of|for|to|with|how|why|what)\b", re.IGNORECASE)
# A quote or U+FFFD of UTF-8 read in a page that ftfy does not know, a mark or kana in a page of two bytes.
_LEFT_OVER = regex("ΓÇ|ÔÇ[ªÖÿ£ØôöÉæ]|鈥|锛|銆|锟斤拷|ï¿½|вЂ|縺|繧|繝|窶|嚗|[A-Za-z]тА[ЩЬЭШУФж]|ג€|β€")
# A capital Ã or Â that is sound: ends a word in capitals before a quote or sign, or is a word of its own.
# So is a capital after the closing quotation mark that opens a quotation in Danish or Swedish.
# And so is a currency or a number before the “ that closes a quotation in German, Czech or Bulgarian.
_SOUND = regex(
    "(?<![^\\s(])[»”][À-ÞĀ-Ž](?=[^\\W\\d_])|(?<=[\\sA-Za-z0-9„])[€£¥½¼¾²³][“‘](?!\\w)"
    "|(?<=[A-ZÀ-ÖØ-ÞĂȘȚ“‘«])[ÃÂ][”’»™](?!\\w)|(?<!\\S)[ÃÂ](?= \\S)"
)
# Where the rest of a character is lost: the first byte of most letters and quotes that are not ASCII.
_FIRST = frozenset("ÂÃÅâÐÑ")
_SEQUENCE = regex(rb"[\xc2-\xf4][\x80-\xbf]")
_FEW: Final = 3
_HIDDEN = regex("[\xad\u200b\u2060]")
# The letters of windows-1252 whose other case is a byte that can follow in UTF-8 too.
_OTHER_CASE = str.maketrans("ŠŒŽšœž", "šœžŠŒŽ")
_LETTERS = regex(r"[^\W\d_]+")
_ANCHORS = regex("([ -~])"), regex("([!-~])")


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
        body = text.rstrip("…")
        damage = examine(body)
        if damage is not None and damage.proved:
            return damage if "…" not in body else damage._replace(proved=False)
    if not _is_worth_a_look(text):
        return None
    from ftfy.badness import BADNESS_RE

    from feedlint.rules.tx.codepages import is_better, origins
    from feedlint.rules.tx.plausible import oddities

    # U+FFFD is no damage that can be read backwards: alone it is another finding.
    bad = [_trimmed(text, match) for match in BADNESS_RE.finditer(text.replace("\ufffd", " "))]
    meant = origins(text) if len(text) <= MAX_LENGTH else []
    may_be_sound = bool(bad) and {match.span() for match in _SOUND.finditer(text)}.issuperset(bad)
    if may_be_sound and not meant and _is_sound(text):
        return None
    odd = oddities(text) if meant else 0
    if meant and is_better(text, odd, meant[0]):
        # What does not look damaged may be a sound text that happens to be UTF-8, where that is a letter or two.
        suspect = odd > 0 or (bool(bad) and not may_be_sound)
        return _read_back(text, meant, sure=suspect or sum(1 for char in text if char > "\x7f") >= _MANY)
    if bad:
        return _patched(text, bad)
    patterns = (_LEFT_OVER, _C1_LOST, _ENGLISH_LOST) if _ENGLISH.search(text) else (_LEFT_OVER, _C1_LOST)
    left = sorted({match.span() for pattern in patterns for match in pattern.finditer(text)})
    return Damage(left) if left else None


def _is_worth_a_look(text: str) -> bool:
    if text.isascii():
        return False
    return bool(_WORTH_A_LOOK.search(text) or (max(text) >= "㐀" and _IDEOGRAPH_BESIDE.search(text)))


def _read_back(text: str, meant: Sequence[Origin], *, sure: bool) -> Damage:
    """Return the damage of *text*, which as a whole was the first of *meant*."""
    repaired, pages, _ = meant[0]
    fragments = _differences(text, repaired)
    return Damage(
        [(start, end) for start, end, _ in fragments],
        fragments[0].text,
        tidy(text, (part._replace(text=part.text.replace(BOM, "")) for part in fragments)),
        sure and _is_proved(text, meant),
        _cause(pages),
    )


def _patched(text: str, bad: Sequence[tuple[int, int]]) -> Damage | None:
    """Return the damage of *text*, of which only parts can be read back, by guesses about single characters."""
    from ftfy import TextFixerConfig, fix_encoding_and_explain

    repaired, steps = text, None
    if len(text) <= MAX_LENGTH:
        repaired, steps = fix_encoding_and_explain(text, TextFixerConfig(replace_lossy_sequences=False))
        if "\ufffd" in text:
            repaired = repaired.replace("\x1a", "\ufffd")  # what ftfy has for it among the bytes
    if not steps or repaired == text or _is_lost(text, repaired):
        # One odd pair of signs may be meant; many are not.
        meant = len(bad) < _FEW and not any(_can_be_damage(text[start:end]) for start, end in bad)
        return None if meant else Damage(bad)
    fragments = _differences(text, repaired)
    return Damage(
        [(start, end) for start, end, _ in fragments],
        fragments[0].text,
        tidy(text, (part._replace(text=part.text.replace(BOM, "")) for part in fragments)),
        proved=_swapped(steps) and are_sure(text),
        cause=_steps_in_words(steps),
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
    """Tell whether *text*, in which only what may be sound looks damaged, is sound.

    In a text without other letters beyond ASCII "tram Â line" had a no-break space.
    """
    others = (char for char in text if not char.isascii() and char not in "ÃÂ")
    return " Â " not in text or any(map(str.isalpha, others))


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


def _is_proved(text: str, meant: Sequence[Origin]) -> bool:
    """Tell whether the first of *meant* is what *text* was, for certain."""
    from feedlint.rules.tx.codepages import has_rival

    first, *others = meant
    alone = first.odd == 0 and all(origin.odd for origin in others)
    return alone and is_whole(text, first.text) and not has_rival(text, first)


def is_whole(text: str, repaired: str) -> bool:
    """Tell whether nothing is left to be repaired in *repaired*, and nothing in it shows that *text* was changed."""
    return not (
        _has_damage(repaired)
        or _HIDDEN.search(repaired)
        or _uses_up_ellipsis(text, repaired)
        or _mixes_case(repaired)
        or _may_have_other_case(text)
    )


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
    from feedlint.rules.tx.codepages import origins

    cases = [text.upper(), text.lower()]
    if not re.search("[A-Za-z]", text):
        cases.append(text.title())
    swapped = text.translate(_OTHER_CASE)
    return text in cases and swapped != text and bool(origins(swapped))


def _cause(pages: Sequence[str]) -> str:
    from feedlint.rules.tx.codepages import NAMES

    times = {1: "", 2: ", twice"}.get(len(pages), f", {len(pages)} times")
    return f"UTF-8 read as {' and '.join(dict.fromkeys(NAMES[page] for page in pages))}{times}"


def _steps_in_words(steps: Sequence[tuple[str, str]]) -> str:
    pages = [encoding for action, encoding in steps if action == "encode"]
    if _swapped(steps):
        return "windows-1252 read as Latin-1"
    return _cause(pages) if pages else "UTF-8 read in another encoding"


def _swapped(steps: Sequence[tuple[str, str]]) -> bool:
    return {encoding for action, encoding in steps if action == "decode"} == {"windows-1252"}
