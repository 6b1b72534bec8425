"""Control characters: where they are, what they stood for, and whether that is certain."""

from __future__ import annotations

import pytest

from feedlint.source.controls import ANSI, BIDI, CONTROL, MOJIBAKE, NONCHARACTER, Control, find, occur_in, remove


def _damaged(text: str, times: int) -> str:
    return _damaged(text.encode().decode("latin-1"), times - 1) if times else text


OPEN, CLOSE, SINGLE, MARK, EN, EM = "\x93", "\x94", "\x91", "\x92", "\x96", "\x97"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tram\tline\r\n", []),
        ("a\0b", [Control(1, 2, CONTROL, "")]),
        ("a\nb\x07\x08", [Control(3, 4, CONTROL, ""), Control(4, 5, CONTROL, "")]),
        ("a\x7f\r\n\x7f", [Control(1, 2, CONTROL, ""), Control(4, 5, CONTROL, "")]),
        ("a\x0bb", [Control(1, 2, CONTROL, " ")]),
        ("a\x0c\x0bb", [Control(1, 3, CONTROL, " ")]),
        ("a \x0bb", [Control(2, 3, CONTROL, "")]),
        ("a\x0b b", [Control(1, 2, CONTROL, "")]),
        ("\x0bb", [Control(0, 1, CONTROL, "")]),
        ("b\x0c", [Control(1, 2, CONTROL, "")]),
        ("a\x1b[31mb\x1b[0m", [Control(1, 6, ANSI, ""), Control(7, 11, ANSI, "")]),
        ("\x1b]0;title\x07a", [Control(0, 10, ANSI, "")]),
        ("\x1b(Ba", [Control(0, 3, ANSI, "")]),
        ("\x1ba", [Control(0, 1, CONTROL, "")]),
        ("ab\x1bc", [Control(2, 3, CONTROL, "")]),
        ("a\x1ab", [Control(1, 2, CONTROL, "", sure=False)]),
        ("a\n\x1a", [Control(2, 3, CONTROL, "")]),
        (" \x1a\x1a ", [Control(1, 2, CONTROL, ""), Control(2, 3, CONTROL, "")]),
        ("\ufdd0a\uffff", [Control(0, 1, NONCHARACTER, ""), Control(2, 3, NONCHARACTER, "")]),
        ("\U0010fffe", [Control(0, 1, NONCHARACTER, "")]),
        # The last byte of U+2019, and one of UTF-8 that was read as Latin-1 or windows-1252.
        ("don\x19t", [Control(3, 4, CONTROL, "’", sure=False)]),
        ("don \x19 t", [Control(4, 5, CONTROL, "")]),
        ("\x1cTram\x1d", [Control(0, 1, CONTROL, "“", sure=False), Control(5, 6, CONTROL, "”", sure=False)]),
        ("donâ\x80\x99t", [Control(3, 6, MOJIBAKE, "’")]),
        ("donâ\x80\x99t cafÃ©", [Control(3, 6, MOJIBAKE, "’"), Control(11, 13, MOJIBAKE, "é")]),
        ("cafÃ© \x80", [Control(6, 7, CONTROL, "€", sure=False)]),
        ("cafÃ\x83Â©", [Control(3, 7, MOJIBAKE, "é")]),
        ("ð\x9f\x98\x80", [Control(0, 4, MOJIBAKE, "😀")]),
        (_damaged("é", 5), [Control(0, 32, MOJIBAKE, "Ã©")]),  # four times is as far as it goes
        # What is not seen is not put in the place of what is.
        ("â\x80\x8b", [Control(1, 2, CONTROL, "€", sure=False), Control(2, 3, CONTROL, "‹", sure=False)]),
        ("\x80 50", [Control(0, 1, CONTROL, "€", sure=False)]),
        ("\x81", [Control(0, 1, CONTROL, None, sure=False)]),
        ("é\x81é\x92s", [Control(1, 2, CONTROL, None, sure=False), Control(3, 4, CONTROL, "’")]),
        # Directions: in order are those that are closed, in a line of both directions.
        ("\u202aTram\u202c", [Control(0, 1, BIDI, "", True, True), Control(5, 6, BIDI, "", True, True)]),
        ("\u202bTram\u202c", [Control(0, 1, BIDI, "", False, True), Control(5, 6, BIDI, "", False, True)]),
        ("\u202eTram", [Control(0, 1, BIDI, "", False, False)]),
        ("\u202dTram", [Control(0, 1, BIDI, "", True, False)]),
        ("הקו \u2067tram\u2069", []),
        ("הקו \u2067tr\u2066a\u2069m\u2069", []),
        ("הקו \u2067tram", [Control(4, 5, BIDI, "", False, True)]),
        ("الترام \u2068tram\u202c", [Control(7, 8, BIDI, "", False, True), Control(12, 13, BIDI, "", False, True)]),
        ("\u202cهذا", [Control(0, 1, BIDI, "", False, True)]),
        ("הקו \u202atram\u202c \u202e", [Control(at, at + 1, BIDI, "", False, False) for at in (4, 9, 11)]),
        (
            "a\0\u202ab\x07",
            [Control(1, 2, CONTROL, ""), Control(2, 3, BIDI, "", True, True), Control(4, 5, CONTROL, "")],
        ),
    ],
)
def test_what_is_found(text: str, found: list[Control]) -> None:
    assert list(find(text)) == found


def test_only_a_part_of_the_text_is_looked_at() -> None:
    text = "\0a\0\nb\0c\0"
    assert [each.start for each in find(text)] == [0, 2, 5, 7]
    assert [each.start for each in find(text, 1)] == [2, 5, 7]
    assert [each.start for each in find(text, 3, 6)] == [5]
    assert list(find(text, 3, 5)) == []


SURE = [
    # An opening quote is before a letter or another quote, behind a space or an opening mark.
    *(f"{before}{OPEN}Tram" for before in ("", "a ", "a (", "a [", 'a "', "a '", "a —", "a –", f"a {SINGLE}")),
    *(f"a {SINGLE}{after}Tram" for after in ("", "7", OPEN, "‘", "“")),
    # A closing one is behind a letter or what ends a sentence, and before neither a letter nor a digit.
    *(f"Tram{before}{CLOSE}" for before in ("", ".", ",", "!", "?", "…", ")", "%", "’", "7")),
    *(f"Tram{CLOSE}{after}" for after in (" a", ".", ")")),
    # A dash has spaces on both sides, the short one also digits.
    f"a {EN} b", f"a {EM} b", f"2010{EN}2015", f"a {EN}", f"{EM} a",
    # An apostrophe.
    f"Tram{MARK}s", f"we{MARK}re", f"we{MARK}ve", f"we{MARK}ll", f"we{MARK}d", f"don{MARK}t", f"I{MARK}m",
    f"the {MARK}90s", f"l{MARK}annonce", f"Qu{MARK}elle", f"riders{MARK}", f"cars{MARK}", f"buses{MARK} a",
    f"_l{MARK}annonce",
    # The end of a quotation that was opened before.
    f"‘Tram{MARK}", f"‘Tram.{MARK}", f"a ‘tram{MARK} b",
]  # fmt: skip
UNSURE = [
    *(f"{before}{OPEN}Tram" for before in ("a", "X", ".", "“")),
    *(f"a {SINGLE}{after}" for after in ("", " a", ".", "”")),
    *(f"a{before}{CLOSE}" for before in (" ", "-", "“")),
    f"Tram{CLOSE}s", f"Tram{CLOSE}7",
    f"a{EN}b", f"a {EN}b", f"a{EN} b", f"2010{EM}2015", f"2010{EN}b", f"a{EN}2015", f"2010{EM} a",
    f"{MARK}s", f"{MARK}t", f"x{MARK}t", f"we{MARK}m", f"pa{MARK}s", f"Par{MARK}s", f"tr{MARK}stico",
    f"in{MARK}90s", f"ax{MARK}annonce", f"l{MARK}an", f"l{MARK}tram", f"Tram{MARK}", f"as{MARK}", f"yes{MARK}",
    f"X tram{MARK}", f"Tram{MARK} ‘a", f"‘Tram {MARK}", f"‘Tram-{MARK}", f"‘{'a' * 1000}{MARK}",
]  # fmt: skip


@pytest.mark.parametrize(("line", "sure"), [*((line, True) for line in SURE), *((line, False) for line in UNSURE)])
def test_a_quote_or_a_dash_is_certain_by_what_is_around_it(line: str, sure: bool) -> None:
    assert all(each.sure for each in find(line)) == sure


def test_whether_there_are_any() -> None:
    assert not any(map(occur_in, ["Tram", "Tram\t\r\n", "é\x85"]))
    assert all(map(occur_in, ["a\0", "é\0", "é\x80", "\x7f", "\ufffe"]))
    assert remove("\0a\x80é\u202e\tb\ufdd0\x07") == "aé\tb"
