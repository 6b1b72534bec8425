"""Texts in which no rule of this family ever finds anything, told from the others in no time: nearly all are.

A text is boring if it is made of characters that sound texts have, none of them where it may be a sign of something.
What that says of mojibake follows `ftfy.badness` and :mod:`~feedlint.rules.tx.codepages`, without loading them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.schema import TEXTS
from feedlint.typed import Final

WIDE: Final = "\ufffd"
"""Stands for every sign beyond ASCII but the no-break space."""
# The letters of Latin-1 and Latin Extended-A. (ŉ and ſ are others when case is ignored.)
_LATIN: Final = [char for char in map(chr, range(0xC0, 0x17F)) if char.isalpha() and char != "ŉ"]
_LOWER = "".join(filter(str.islower, _LATIN)) + "ґ"
_UPPER = "".join(filter(str.isupper, _LATIN)) + "Ґ"
_GREEK_CYRILLIC = "Ά-ώЁЃ-яѐёѓ-џҒғҚқҢңҮүҰұҲҳҺһӘәӨө"  # without Ђ, which most quotation marks begin with as windows-1251
_OPENING = "«“„‘‹¡¿"
_CLOSING = "»”›"
_SIGNS = "©®™•·€£¥§°ªº№²³½×"
# What mojibake has in no page of single bytes: the scripts of India and South-East Asia, the other Latin letters ...
_IN_NO_PAGE = "یԱ-֊ऀ-፿ក-៿Ḁ-ỹ☀-➿\U0001f000-\U0001faff"
# ... and what it has nothing of that `ftfy.badness` or TX001 goes by, with marks, dashes and what makes up emoji.
_FAR = f"{_IN_NO_PAGE}ƏəƠơƯưȘ-țא-ת،؛؟ء-ٟ٠-٭ٮ-ۓ۔-ۿ\u0300-\u036f\u200c-\u200f‐-―’…′″₹₽₺→−⭐\ufe0f"
_FARTHEST = "、-〿ぁ-ヿㄅ-ㄯㄱ-ㅣ㐀-鿿가-힣！-～ｦ-ﾟ"
_IN_PAIRS = "\u2e80-\ud7a3\uff61-\uff9f"  # what only the pages of Chinese, Japanese and Korean have
_LATER = "œâА"  # among the letters, but sometimes a sign
_SERBIAN = "Ђђ"  # with в and capitals before them signs, too
_HARMLESS = f"{_LOWER}{_GREEK_CYRILLIC.replace('ЁЃ-я', 'ЁЃ-ЏБ-я')}{_FAR}".translate(dict.fromkeys(map(ord, _LATER)))
_SOMETIMES = f"?&%=\xa0{_UPPER}{_OPENING}{_CLOSING}{_SIGNS}{_LATER}{_SERBIAN}"
_LETTERS = f"{_LOWER}{_UPPER}{_GREEK_CYRILLIC}"
_IN_CONTEXT = (
    rf"(?:(?<=[^{_SOMETIMES}])"
    # A question mark inside a word; an entity; a byte in hexadecimal digits; an encoded word.
    r"|(?<=\?)(?=[!\"'”’»)]*[^\s!\"'”’»)])|(?<=&)(?!\s)|(?<=%)(?=[0-9A-Fa-f]{2})|(?<==)(?=[?0-9A-F])"
    # A no-break space that is neither before a mark nor after a guillemet or number.
    r"|(?<=\xa0)(?:(?<!\S\xa0)|(?![:;!?»›%€–—]))(?:(?<![«‹\d]\xa0)|(?!\S))"
    # Quotation marks in a word, or the closing one before what follows an opening one; signs beside what is not ASCII.
    rf"|(?<=[{_LETTERS}][{_OPENING}{_CLOSING}])(?=\w)|(?<=[{_CLOSING}])(?=[{_LOWER}{_UPPER}{_OPENING}])"
    rf"|(?<=[^\x00-\x7f\xa0][{_SIGNS}])|(?<=[{_SIGNS}])(?=[^\x00-\x7f\xa0])"
    # A capital after a small letter, before a quotation mark, or one that most often is a byte; so are œ and â.
    rf"|(?<=[{_LOWER}{_GREEK_CYRILLIC}][{_UPPER}])|(?<=[{_UPPER}])(?=[{_OPENING}])|(?<=ÔÇ)|(?<=тА)"
    rf"|(?<=[^\sа-бг-я][{_SERBIAN}])"
    r"|(?<=[ÃÎÐØÙŒœ])(?![A-Za-z])|(?<=[Ââ])(?!(?!(?i:ll|ve|re))[A-Za-z]{2})(?!(?<=[a-zA-Z]â)n[ \nă])(?!ș))"
)
# A wide range takes milliseconds to compile: there is one expression for the texts that are, and one for the others.
_IS_FARTHEST = regex("[^\0-\u2e7f\ufe0f\U0001f000-\U0001faff]")
_SIGN = regex(rf"[^\n !-$'-;>@-\[\]-~{_HARMLESS}]{_IN_CONTEXT}")
_SIGN_FARTHEST = regex(rf"[^\n !-$'-;>@-\[\]-~{_HARMLESS}{_FARTHEST}]{_IN_CONTEXT}")
# The same for a text that is all ASCII: only there it is worth to look closer.
_ASCII_SIGN = regex(r"[^\n !-$'-;>@-\[\]-~]")
_SIGN_ASCII = regex(
    r"""[^\n !-$'-;>@-\[\]-~](?:(?<=[^?&%=])|(?<=\?)(?=[!"')]*[^\s!"')])|(?<=&)(?!\s)|(?<=%)(?=[0-9A-Fa-f]{2})"""
    r"""|(?<==)(?=[?0-9A-F]))"""
)
# What no text has that is UTF-8 read in a page of single bytes: a byte that is not ASCII beside none of its kind, a
# letter that is in no such page, or two of which the second is no byte that follows another in UTF-8.
_BESIDE = (
    "|(?<![^\x00-\x7f].)(?:(?![^\x00-\x7f])|(?<=[А-Яа-п])[а-я]|(?<=[Ͱ-Ͽ])[Α-Ρα-ω]|(?<=[א-ת])[א-ת]|(?<=[ء-ي])[ء-ي]))"
)
NOT_READ = regex(f"[^\x00-\x7f](?:(?<=[{_IN_NO_PAGE}]){_BESIDE}")
NOT_READ_FARTHEST = regex(f"[^\x00-\x7f](?:(?<=[{_IN_NO_PAGE}{_IN_PAIRS}]){_BESIDE}")
_IDEOGRAPH = regex(f"[{_IN_PAIRS}]")
# What most signs and kana begin with where UTF-8 was read in a page of pairs.
_LEFT_OVER = regex("[鈥锛銆锟縺繧繝窶嚗]")


def free_of(characters: str) -> Callable[[Brief], bool]:
    """Return the function that tells that none of *characters* is a sign of something in the texts of a record.

    :data:`WIDE` stands for nearly all of them beyond ASCII, a space for one too many.
    """
    asked = frozenset(characters)

    def is_free(record: Brief) -> bool:
        found = record.once(signs)
        return not found or found.isdisjoint(asked)

    return is_free


def has_no_signs(record: Brief) -> bool:
    """Tell that no character in the texts of *record* is a sign of anything, as in nearly all."""
    return not record.once(signs)


def signs(record: Brief) -> frozenset[str]:
    """Return the characters in the texts of *record* that may be a sign of something; none in nearly all."""
    values = record.all(TEXTS)
    lines = "\n".join(["", *values, ""])
    is_ascii = lines.isascii()
    if is_ascii:
        found = {*_SIGN_ASCII.findall(lines)} if _ASCII_SIGN.search(lines) else set()
        is_farthest = False
    else:
        is_farthest = _IS_FARTHEST.search(lines) is not None
        all_signs = _SIGN_FARTHEST if is_farthest else _SIGN
        found = {sign if sign <= "\x7f" or sign == "\xa0" else WIDE for sign in all_signs.findall(lines)}
    if "  " in lines or " \n" in lines or "\n " in lines:
        found.add(" ")
    if lines.count("\n") > len(values) + 1:
        found.add("\n")
    if not is_ascii and WIDE not in found and not _is_sound(values, lines, is_farthest=is_farthest):
        found.add(WIDE)
    return frozenset(found)


def _is_sound(values: Sequence[str], lines: str, *, is_farthest: bool) -> bool:
    """Tell whether *lines* are in normal form, and none of *values*, which they are, may be UTF-8 that was misread."""
    import unicodedata

    return unicodedata.is_normalized("NFC", lines) and _cannot_be_read_back(values, lines, is_farthest=is_farthest)


def _cannot_be_read_back(values: Sequence[str], lines: str, *, is_farthest: bool) -> bool:
    """Tell whether none of *values*, as a whole and without a ``…`` at its end, is UTF-8 that was read wrongly."""
    wide = [text for text in values if not text.isascii()]
    wide += [body for text in wide if text[-1] == "…" and not (body := text.rstrip("…")).isascii()]
    not_read = NOT_READ_FARTHEST if is_farthest else NOT_READ
    if not all(map(not_read.search, wide)):
        return False
    if not is_farthest or not _IDEOGRAPH.search(lines):
        return True
    from feedlint.rules.tx.codepages import may_be_of_pairs

    return not _LEFT_OVER.search(lines) and not any(map(may_be_of_pairs, wide))
