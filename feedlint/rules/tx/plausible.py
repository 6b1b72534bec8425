"""How plausible a text is as something that people wrote: what counts is what sound titles do not have."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from feedlint.lazy import regex
from feedlint.typed import Final

HOPELESS: Final = 100
"""Oddities from which on a text is none: characters without a meaning are in it."""
# Scripts of which no word mixes two. (CJK and Thai stand beside Latin letters without a space.)
_APART = frozenset(
    (
        *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "HEBREW", "ARABIC", "GEORGIAN", "ETHIOPIC", "DEVANAGARI"),
        *("BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"),
    )
)
_NO_SIGNS = _APART - {"LATIN", "GREEK"}
_JOINERS = "\u200c\u200d"
# What sound titles are made of; any other character counts as odd. What begins with the signs of China, Japan and Korea
# is by itself, since such ranges take milliseconds to compile.
_FAR: Final = "\u3000"
_NEAR_EVERYDAY: Final = (
    "\x00-\x7f\xa0-\xa3\xa5\xa7\xa9-\xab\xad\xae\xb0-\xb3\xb5-\xb7\xb9-\u017fƏəƠơƯưȘ-țΆΈ-ϏЀ-џҐ-ҳҺһӀ-ӃӘәӨөԱ-֊"
    "֑-״،؛؟ء-ٕ٠-٭ٰٹپچڈڑژکگںھہۀۃیے۔-۹\u0900-\u097f\u0980-\u09fe\u0a01-\u0a76\u0a81-\u0af1\u0b01-\u0b77\u0b82-\u0bfa"
    "\u0c00-\u0c7f\u0c80-\u0cf2\u0d00-\u0d7f\u0d81-\u0df4\u0e01-\u0e5b\u0e81-\u0edf\u0f00-\u0fda\u1000-\u109f"
    "ა-ჿ\u1200-\u137c\u1780-\u17f9\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0323\u0331Ḁ-ỹ\u200b-\u200f‐-―‘-„†-․•…\u202f‰′″‹›⁄₀-₉₡-₿℃℅№℗™Ω℮⅐-⅟←-⇿−∙√∞≈≠≤≥①-⑳"
    "■□▪-▸►◆●★☆☎♀♂♠-♯✂-➿⬆"
)
_FAR_EVERYDAY: Final = (
    "\u3000-〟ぁ-ヿㄅ-ㄯㄱ-ㆎ㈱㎡㏄㐀-䶿一-鿿가-힣\ufe00-\ufe0f\ufeff！-～ｦ-ﾟ￠-￦"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
_HOPELESS = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
_RARE_NEAR = regex(f"[^{_NEAR_EVERYDAY}]")
_RARE = regex(f"[^{_NEAR_EVERYDAY}{_FAR_EVERYDAY}]")
# "caf®s": a sign of law or arithmetic has no letters on both sides; nor does a mark stand on ASCII.
_SIGN_INSIDE = regex("(?<=[^\\W\\d_])[¡¢£¥§©«®°²³±µ¶¹»¼½¾¿÷×€†‡‰‹›√∞≈≠≤≥■□▪-▸►◆●★☆](?=[^\\W\\d_])")
_STRAY_MARK = regex("(?<![^\x00-\x7f])[\u0300-\u036f\u200c\u200d]")
# "mĂ©lange": a capital beyond ASCII after a small letter; "ÑˆÐº": before a sign.
_CAMEL = regex("[a-zß-öø-ÿа-яёα-ωά-ώ][À-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽΑ-ΩЀ-Я]")
# "caf茅": an ideograph beside a small letter of ASCII.
_IDEOGRAPH_BESIDE = regex("(?<=[a-z])[㐀-鿿가-힣ｦ-ﾟ]|[㐀-鿿가-힣ｦ-ﾟ](?=[a-z])")
_QUOTED = regex("(?<=[^\\W\\d_])[‘“„‚‹«¡¿](?=[^\\W\\d_])")
_ODD_NEAR = (_RARE_NEAR, _SIGN_INSIDE, _STRAY_MARK, _CAMEL, _QUOTED)
_ODD = (_RARE, *_ODD_NEAR[1:], _IDEOGRAPH_BESIDE)


def oddities(text: str) -> int:
    """Return how much there is in *text* that a sound title would not have."""
    if _HOPELESS.search(text):
        return HOPELESS
    if text.isascii():
        return 0
    odd = _ODD if max(text) >= _FAR else _ODD_NEAR
    return _mixed(text) + _rare_ideographs(text) + sum(1 for pattern in odd for _ in pattern.finditer(text))


def _mixed(text: str) -> int:
    """Return how often a letter or mark of *text* stands beside a letter of another script, or alone among Latin."""
    count = 0
    before = ""
    seen: dict[str, int] = {}
    for char in text:
        script = _script(char)
        if script:
            seen[script] = seen.get(script, 0) + 1
            count += script != before and (before != "" or not char.isalpha())
        before = before if char in _JOINERS else script
    # One Cyrillic letter in an English title is none; a Greek one may be.
    alone = [script for script, times in seen.items() if times == 1 and script in _NO_SIGNS]
    signs = {name for name in map(_first_word, text) if name in _NO_SIGNS} - seen.keys()
    return count + len(signs) + (len(alone) if "LATIN" in seen else 0)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return the script that the letter or mark *char* is of, "" where it stands beside any other."""
    name = _first_word(char)
    return name if name in _APART and (char.isalpha() or unicodedata.category(char)[0] == "M") else ""


@lru_cache(maxsize=4096)
def _first_word(char: str) -> str:
    return "" if char.isascii() and not char.isalpha() else unicodedata.name(char, "").partition(" ")[0]


def _rare_ideographs(text: str) -> int:
    """Return how many ideographs and syllables of *text* are not in everyday use in China, Taiwan, Japan or Korea."""
    return sum(1 for char in text if "\u3400" <= char <= "\ud7a3" and not _is_everyday(char))


@lru_cache(maxsize=4096)
def _is_everyday(char: str) -> bool:
    """Tell whether *char* is one of the first ranks of the national standards."""
    # GB 2312 without its second rank is what Chinese schools teach; Big5 and JIS X 0208 say it for their countries.
    for page, last in (("gb2312", 0xD7), ("big5", 0xC6), ("shift_jis", 0x97), ("euc_kr", 0xC8)):
        try:
            if char.encode(page)[0] <= last:
                return True
        except UnicodeError:
            continue
    return False
