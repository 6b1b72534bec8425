"""TX: what each rule finds, where it points, and what its fix writes, in every way a text can be written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Safety
from feedlint.rules.tx import RULES, entities
from feedlint.source import Span
from tests.support import ARTICLE, findings, fixed, overlay, read

RELATED = """\
related:
  - title: {}
    excerpt: "The second tram line is to follow."
    publishedDateTime: 2020-12-08T21:40:00Z
    webUrl: "https://www.example.org/second-line"
    type: article
    provider:
      name: Example Post
      domain: example.org
    quality: 33
"""


def tx(lines: str) -> tuple[str, list[Diagnostic]]:
    """Return the article with *lines* laid over it, and what the rules of the family find in it."""
    text = overlay(lines)
    return text, findings(text, rules=RULES)


def one(lines: str) -> tuple[str, Diagnostic]:
    text, found = tx(lines)
    assert [diagnostic.message for diagnostic in found] == [found[0].message]
    return text, found[0]


def under(text: str, span: Span) -> str:
    return read(text).slice(span)


def carets(text: str, diagnostic: Diagnostic) -> list[str]:
    return [under(text, span) for span in (diagnostic.span, *(label.span for label in diagnostic.labels))]


def repaired(lines: str) -> str:
    """Return what the one fix of the one finding in *lines* makes of them."""
    text, diagnostic = one(lines)
    assert diagnostic.fix is not None
    return fixed(text, diagnostic.fix)


# --- what is found ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "code", "message", "places", "safety"),
    [
        # mojibake
        (
            'title: "Harbourâ€™s tram"',
            "TX001",
            'title has mojibake: "â€™" should be "’" (UTF-8 read as windows-1252)',
            ["â€™"],
            SAFE,
        ),
        (
            'title: "The â€œnewâ€¦ tram: cafÃ© for Â£5"',
            "TX001",
            'title has mojibake: "â€œ" should be "“" (UTF-8 read as windows-1252)',
            ["â€œ", "â€¦", "Ã©", "Â£"],
            SAFE,
        ),
        (
            'title: "The \\u00e2\\u0080\\u0099 tram"',
            "TX001",
            'title has mojibake: "â<U+0080><U+0099>" should be "’" (UTF-8 read as Latin-1)',
            ["\\u00e2\\u0080\\u0099"],
            SAFE,
        ),
        (
            'title: "CafÃƒÂ© at the quay"',
            "TX001",
            'title has mojibake: "ÃƒÂ©" should be "é" (UTF-8 read as windows-1252 and Latin-1, twice)',
            ["ÃƒÂ©"],
            SAFE,
        ),
        (
            'title: "‚Äútram‚Äù line"',
            "TX001",
            'title has mojibake: "‚Äú" should be "“" (UTF-8 read as Mac Roman)',
            ["‚Äú", "‚Äù"],
            SAFE,
        ),
        (
            'title: "ï»¿The tram"',
            "TX001",
            'title has mojibake: "ï»¿" should not be there (UTF-8 read as Latin-1)',
            ["ï»¿"],
            SAFE,
        ),
        # the … of a text that was cut is kept, or was a byte of a letter
        (
            'title: "Harbourâ€™s tram…"',
            "TX001",
            'title has mojibake: "â€™" should be "’" (UTF-8 read as windows-1252)',
            ["â€™"],
            SAFE,
        ),
        (
            'title: "Harbourâ€™s cafÃ…"',
            "TX001",
            'title has mojibake: "â€™" should be "’" (UTF-8 read as windows-1252)',
            ["â€™", "Ã…"],
            UNSAFE,
        ),
        (
            'title: "Luther â€\xa0 1546"',
            "TX001",
            'title has mojibake: "â€<U+00A0>" should be "†" (UTF-8 read as windows-1252)',
            ["â€\xa0"],
            SAFE,
        ),
        # part of the text is sound, so no proof
        (
            'title: "“Harbourâ€™s” tram"',
            "TX001",
            'title has mojibake: "â€™" should be "’" (UTF-8 read in another encoding)',
            ["â€™"],
            UNSAFE,
        ),
        # put in capitals after it was damaged: "É" and "К" were meant
        (
            'title: "THE CAFÃ© IS BACK"',
            "TX001",
            'title has mojibake: "Ã©" should be "é" (UTF-8 read as Latin-1)',
            ["Ã©"],
            UNSAFE,
        ),
        (
            'title: "ÐŠÐ¸Ñ—Ð²"',
            "TX001",
            'title has mojibake: "ÐŠÐ¸Ñ—Ð²" should be "Њиїв" (UTF-8 read as windows-1252)',
            ["ÐŠÐ¸Ñ—Ð²"],
            UNSAFE,
        ),
        # two code pages give two texts
        (
            'title: "Ä¯ is a letter"',
            "TX001",
            'title has mojibake: "Ä¯" should be "į" (UTF-8 read as Latin-1)',
            ["Ä¯"],
            UNSAFE,
        ),
        (
            'title: "What â€™ means in HTML"',
            "TX001",
            'title has mojibake: "â€™" should be "’" (UTF-8 read as windows-1252)',
            ["â€™"],
            UNSAFE,
        ),
        (
            'title: "The tur\\x92stico line"',
            "TX001",
            'title has mojibake: "<U+0092>" should be "’" (windows-1252 read as Latin-1)',
            ["\\x92"],
            UNSAFE,
        ),
        ('title: "The tramâ€"', "TX001", 'title has mojibake: "â€" is damaged and part of it is lost', ["â€"], None),
        (
            'title: "The â€œtramâ€ line"',
            "TX001",
            'title has mojibake: "â€" is damaged and part of it is lost',
            ["â€", "â€"],
            None,
        ),
        (
            'title: "The tramâ€\ufffd line"',
            "TX001",
            'title has mojibake: "â€" is damaged and part of it is lost',
            ["â€"],
            None,
        ),
        # HTML entities
        (
            'excerpt: "The tram&#8217;s way"',
            "TX003",
            'excerpt has an HTML entity: "&#8217;" should be "’"',
            ["&#8217;"],
            SAFE,
        ),
        (
            'excerpt: "Fish &amp; chips &#x2013; &hellip;"',
            "TX003",
            'excerpt has 3 HTML entities: the first, "&amp;", should be "&"',
            ["&amp;", "&#x2013;", "&hellip;"],
            SAFE,
        ),
        (
            'excerpt: "A &amp;amp;#38;quot;tram"',
            "TX003",
            'excerpt has an HTML entity: "&amp;amp;#38;quot;" should be \'"\'',
            ["&amp;amp;#38;quot;"],
            SAFE,
        ),
        (
            'excerpt: "The tram&#146;s way"',
            "TX003",
            'excerpt has an HTML entity: "&#146;" should be "’"',
            ["&#146;"],
            SAFE,
        ),
        (
            'excerpt: "TRAM&RSQUO;S WAY"',
            "TX003",
            'excerpt has an HTML entity: "&RSQUO;" should be "’"',
            ["&RSQUO;"],
            SAFE,
        ),
        (
            'excerpt: "har&shy;bour tram"',
            "TX003",
            'excerpt has an HTML entity: "&shy;" should not be there',
            ["&shy;"],
            UNSAFE,
        ),
        (
            'excerpt: "The tram&shy;"',
            "TX003",
            'excerpt has an HTML entity: "&shy;" should not be there',
            ["&shy;"],
            SAFE,
        ),
        (
            'title: "a&#8203;b"',
            "TX003",
            'title has an HTML entity: "&#8203;" should not be there',
            ["&#8203;"],
            UNSAFE,
        ),
        (
            'title: "a&amp;#8288;b"',
            "TX003",
            'title has an HTML entity: "&amp;#8288;" should not be there',
            ["&amp;#8288;"],
            UNSAFE,
        ),
        (
            'title: "a&#xFEFF;b"',
            "TX003",
            'title has an HTML entity: "&#xFEFF;" should not be there',
            ["&#xFEFF;"],
            SAFE,
        ),
        (
            'title: "ไทย&#8203;ภาษา"',
            "TX003",
            'title has an HTML entity: "&#8203;" should be "<U+200B>"',
            ["&#8203;"],
            SAFE,
        ),
        *(
            (
                f'title: "{before}&amp;{after}"',
                "TX003",
                'title has an HTML entity: "&amp;" should be "&"',
                ["&amp;"],
                UNSAFE,
            )
            for before, after in (
                ("HTML ", " CSS"),
                ("HTML entities: ", " explained"),
                ("How to use ", " in HTML"),
                ("XHTML: ", ""),
                ("Unicode ", " you"),
                ("The ampersand, ", ", explained"),
            )
        ),
        ('excerpt: "a &lt; b"', "TX003", 'excerpt has an HTML entity: "&lt;" should be "<"', ["&lt;"], SAFE),
        (
            'excerpt: "a &lt;tram&gt; b"',
            "TX003",
            'excerpt has 2 HTML entities: the first, "&lt;", should be "<"',
            ["&lt;", "&gt;"],
            UNSAFE,
        ),
        (
            'excerpt: "The tram&rsquo s way"',
            "TX003",
            'excerpt has an HTML entity: "&rsquo" should be "’"',
            ["&rsquo"],
            UNSAFE,
        ),
        (
            'excerpt: "The tram&#8217s way"',
            "TX003",
            'excerpt has an HTML entity: "&#8217" should be "’"',
            ["&#8217"],
            UNSAFE,
        ),
        (
            'excerpt: "The&nbsptram"',
            "TX003",
            'excerpt has an HTML entity: "&nbsp" should be " "',
            ["&nbsp"],
            UNSAFE,
        ),
        *(
            (
                f'excerpt: "The tram {number} way"',
                "TX003",
                f'excerpt has an HTML entity: "{number}" stands for no character',
                [number],
                None,
            )
            for number in ("&#0;", "&#xD800;", "&#99999999;", "&#129;", "&#xFFFF;", "&#7;", "&#xFFFD;")
        ),
        *(
            (
                f'excerpt: "The tram{cut}{rest}"',
                "TX003",
                f'excerpt has an HTML entity: "{cut}" is cut off',
                [cut],
                None,
            )
            for cut in ("&#82", "&#", "&#x20", "&hell", "&nbs", "&am", "&rs")
            for rest in ("", "…", "...", " …")
        ),
        # invisible characters
        (
            'excerpt: "The\xa0new tram"',
            "TX006",
            "excerpt has a no-break space (U+00A0) in it",
            ["\xa0"],
            SAFE,
        ),
        (
            'title: "The\xa0new \xa0tram\\_line"',
            "TX006",
            "title has 3 no-break spaces (U+00A0) in it",
            ["\xa0", "\xa0", "\\_"],
            UNSAFE,
        ),
        (
            'title: "\u200bThe tram \u200b"',
            "TX006",
            "title has 2 zero width spaces (U+200B) in it",
            ["\u200b", "\u200b"],
            SAFE,
        ),
        ('title: "The tram\u200bline"', "TX006", "title has a zero width space (U+200B) in it", ["\u200b"], UNSAFE),
        ('title: "The tram\xad"', "TX006", "title has a soft hyphen (U+00AD) in it", ["\xad"], SAFE),
        ('title: "The\u2060tram"', "TX006", "title has a word joiner (U+2060) in it", ["\u2060"], UNSAFE),
        ('title: "The\\ufefftram"', "TX006", "title has a byte order mark (U+FEFF) in it", ["\\ufeff"], SAFE),
        (
            'title: "The tram\U000e0068\U000e0069 line"',
            "TX006",
            "title has an invisible character (U+E0068) in it",
            ["\U000e0068\U000e0069"],
            UNSAFE,
        ),
        # white space
        ('title: " The tram"', "TX007", "title has white space at its start", [" "], SAFE),
        ('title: "The tram\u3000\xa0"', "TX007", "title has white space at its end", ["\u3000\xa0"], SAFE),
        ('title: "\\tThe tram\\n"', "TX007", "title has white space at both ends", ["\\t", "\\n"], SAFE),
        ('title: "\xa0 "', "TX007", "title has nothing but white space", ["\xa0 "], None),
        ('title: "The \\r\\n\\r\\n tram"', "TX007", "title has a line break in it", [" \\r\\n\\r\\n "], SAFE),
        ('title: "The\\Ltram\\rline"', "TX007", "title has 2 line breaks in it", ["\\L", "\\r"], SAFE),
        ('title: "The\xa0\\ntram"', "TX007", "title has a line break in it", ["\xa0\\n"], SAFE),
        ('title: "The\ttram"', "TX007", "title has a tab in it", ["\t"], SAFE),
        ('excerpt: "The  tram   stops"', "TX007", "excerpt has 2 double spaces in it", ["  ", "   "], SAFE),
    ],
)
def test_finding(lines: str, code: str, message: str, places: list[str], safety: Safety | None) -> None:
    text, diagnostic = one(lines)
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert carets(text, diagnostic) == places
    assert (diagnostic.fix.safety if diagnostic.fix else None) == safety


@pytest.mark.parametrize(
    "text",
    [
        "AT&T, R&D and Q&A; B&B, M&S; P&L, H&M",
        "See https://www.example.com/?a=1&copy=2&lt=3&para=4&section",
        "Marks&co",
        "O&la",
        "rock&roll",
        "you & me &",
        "Top &#1 hit",
        "&#9 lives",
        "a &b; and &notanentity;",
        "1 < 2 > 0; <rumour> of a Vector<int>",
        "20%20 years",
        "Prêts\xa0? Oui\xa0! Le «\xa0tram\xa0»\xa0: 10\xa0000 places, 5\xa0km, 3\xa0%",
        "Prêts\u202f? Le «\u202ftram\u202f» roule",
        "Windows\xa011, iPhone\xa012 und Seite\xa05",
        "Я не\xa0знаю: За\xa0год, что\xa0это, та\xa0інше",
        "v\xa0Praze a k\xa0nám, §\xa05, №\xa07, Москва\xa0— город",
        "می\u200cخواهم क्\u200dया \u200fשלום\u200e",
        "👩\u200d🚀 ❤️ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 👍🏽",
        "กรุงเทพ\u200bเปิด ភ្នំពេញ\u200bបើក",
        "Dr.\xa0No, J.\xa0K., No.\xa0V, art.\xa0B, (p.\xa0x), Mr\xa0Bean, St\xa0Ives, Nr\xa0X, n°\xa0X, Mme\xa0Y",
        "Novela “AMANHÃ” estreia",
        "„€“ при „4“ на сто",
        "Знакът „≡“ и „≡„",
        "iš x1 ir »č, y2",
        "“IRMÃ” é título",
        "«IRMÃ» é título",
        "MAÇÃ™ lança",
        "Ã e Õ no português",
        "A letra Ã no alfabeto",
        "“Ã” e “Â”",
        "Literele Î și Â în română",
        "Cuvântul “ROMÂ” în română",
        "SÃO PAULO, Ângela, naïve café, Ångström, 5 €, £7, ½, “quotes” – dashes…",
    ],
)
@pytest.mark.parametrize("field", ["title", "excerpt"])
def test_nothing_to_find(field: str, text: str) -> None:
    _, found = tx(f'{field}: "{text}"')
    assert [diagnostic.message for diagnostic in found] == []


def test_no_break_space_after_an_english_article_or_a_version_is_found() -> None:
    for text in ("a\xa0tram", "I\xa0am", "version 2.x\xa0notes", "two\xa0trams", "tram.\xa0Then", "best\xa0of"):
        assert one(f'title: "On {text}"')[1].code == "TX006"


@pytest.mark.parametrize(
    ("lines", "safety"),
    [
        ('title: "The\xa0tram"', UNSAFE),
        ("provider:\n  name: Example\xa0Post\n  domain: example.com", UNSAFE),
        (RELATED.format('"The\xa0tram"'), UNSAFE),
        (RELATED.format("The tram").replace("The second", "The\xa0second"), SAFE),
        ('excerpt: "The\xa0tram"', SAFE),
    ],
)
def test_no_break_space_is_safely_replaced_in_excerpts_only(lines: str, safety: Safety) -> None:
    text, diagnostic = one(lines)
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is safety
    assert fixed(text, diagnostic.fix) == text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("text", "first", "safety"),
    [
        ("CÃ”TE DAZUR", "Ã”", SAFE),
        ("CÃ”TE D’IVOIRE", "Ã”", UNSAFE),
        ("PIÃ™ LIBERTÃ€", "Ã™", SAFE),
        ("PIÃ™ TRAM", "Ã™", UNSAFE),
        ("AMANHÃ™ chega", "Ã™", UNSAFE),
        ("TRAM Ã‰COLE Ã LA MER", "Ã‰", UNSAFE),
        ("The tram Â line", "Â ", UNSAFE),
    ],
)
def test_damaged_capitals_are_found(text: str, first: str, safety: Safety) -> None:
    file, diagnostic = one(f'title: "{text}"')
    assert (diagnostic.code, carets(file, diagnostic)[0]) == ("TX001", first)
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is safety


def test_double_space_in_a_title_is_for_people_to_look_at() -> None:
    _, diagnostic = one('title: "Harbour  tram"')
    assert (diagnostic.code, diagnostic.fix) == ("TX002", None)


def test_a_text_of_spaces_alone_is_left_to_another_rule() -> None:
    assert tx('title: "  \\n "')[1] == []


def test_raw_separators_and_marks_belong_to_the_fm_rules() -> None:
    for text in ("Harbour\u2028tram", "Harbour\ufefftram"):
        assert [d.code for d in findings(overlay(f'title: "{text}"'), rules=RULES)] == []


@pytest.mark.parametrize("text", ["voilÃ\xa0", "voilÃ\xa0le tram", "SofÃ\xada", "Ã\xa0", "voilÃ "])
def test_bytes_of_a_damaged_letter_are_no_white_space(text: str) -> None:
    assert [d.code for d in findings(overlay(f'excerpt: "The {text}"'), rules=RULES)] == ["TX001"]


def test_every_kind_in_one_text_is_one_finding_each() -> None:
    _, found = tx('excerpt: " The\xa0tram\u200b  and\\tthe\\nharbour&rsquo;s cafÃ©.\u200b"')
    assert sorted((d.code, d.message) for d in found) == [
        ("TX001", 'excerpt has mojibake: "Ã©" should be "é" (UTF-8 read in another encoding)'),
        ("TX003", 'excerpt has an HTML entity: "&rsquo;" should be "’"'),
        ("TX006", "excerpt has a no-break space (U+00A0) in it"),
        ("TX006", "excerpt has a zero width space (U+200B) in it"),
        ("TX006", "excerpt has a zero width space (U+200B) in it"),
        ("TX007", "excerpt has a double space in it"),
        ("TX007", "excerpt has a line break in it"),
        ("TX007", "excerpt has a tab in it"),
        ("TX007", "excerpt has white space at its start"),
    ]


def test_many_places_are_labelled_up_to_a_limit() -> None:
    text, diagnostic = one(f'excerpt: "{"a&amp;" * 50}a"')
    assert diagnostic.message == 'excerpt has 50 HTML entities: the first, "&amp;", should be "&"'
    assert carets(text, diagnostic) == ["&amp;"] * 9


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("#128", "€"),
        ("#x9F", "Ÿ"),
        ("#129", None),
        ("#160", "\xa0"),
        ("#32", " "),
        ("#31", None),
        ("#127", None),
        ("#13", " "),
        ("#0000000000000038", "&"),
        ("#xd7ff", "\ud7ff"),
        ("#xD800", None),
        ("#xDFFF", None),
        ("#xE000", "\ue000"),
        ("#xFDCF", "\ufdcf"),
        ("#xFDD0", None),
        ("#xFDEF", None),
        ("#xFDF0", "\ufdf0"),
        ("#xFFFC", "\ufffc"),
        ("#xFFFD", None),
        ("#x1FFFE", None),
        ("#x10FFFD", "\U0010fffd"),
        ("#x10FFFF", None),
        ("#x110000", None),
        (f"#{'9' * 5000}", None),
        ("hellip", "…"),
        ("EURO", "€"),
        ("Eacute", "É"),
        ("EACUTE", "É"),
        ("NotEqualTilde", "\u2242\u0338"),
        ("zwj", "\u200d"),
        ("ZeroWidthSpace", "\u200b"),
        ("emsp", " "),
    ],
)
def test_what_an_entity_stands_for(body: str, text: str | None) -> None:
    assert entities.find(f"a&{body};b") == [entities.Entity(1, len(body) + 3, text, closed=True)]


# --- which fields -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ('title: "Tramâ€™s way"', "title"),
        ('excerpt: "Tramâ€™s way"', "excerpt"),
        ("provider:\n  name: Tramâ€™s Post\n  domain: example.com", "provider.name"),
        (
            'images:\n  - url: "https://img.example.com/a.jpg"\n    width: 9\n    height: 9\n    title: "Tramâ€™s"',
            "images[0].title",
        ),
        (RELATED.format('"Tramâ€™s way"'), "related[0].title"),
        ('related: [{title: "A tram"}, {title: Tramâ€™s way}]', "related[1].title"),
    ],
)
def test_fields_that_people_read(lines: str, path: str) -> None:
    text, diagnostic = one(lines)
    assert diagnostic.message == f'{path} has mojibake: "â€™" should be "’" (UTF-8 read as windows-1252)'
    assert under(text, diagnostic.span) == "â€™"
    assert diagnostic.fix is not None
    assert fixed(text, diagnostic.fix) == text.replace("â€™", "’")


@pytest.mark.parametrize(
    "lines",
    [
        'webUrl: "https://www.example.com/?a=1&amp;b=â€™"',
        "title: 2020",
        "title:\n  - Tramâ€™s way",
        "title: null",
        "topics:\n  - Tram&amp;Harbourâ€™s",
        "title: &t Harbour tram\nexcerpt: *t",
    ],
)
def test_other_fields_and_types_are_left_alone(lines: str) -> None:
    assert tx(lines)[1] == []


# --- every way to write a text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        # plain
        ("title: Harbourâ€™s tram # new", "title: Harbour’s tram # new"),
        ("title: Fish &amp; chips", "title: Fish & chips"),
        ("title: Tram&#58; it is here", 'title: "Tram: it is here"'),
        ("title: The\xa0tram", "title: The tram"),
        ("title: The har\xadbour", "title: The harbour"),
        ("title: The\n\n  tram", "title: The tram"),
        ("title: The\ttram", "title: The tram"),
        ("excerpt: The  tram", "excerpt: The tram"),
        # single quotes
        ("title: 'It''s Harbourâ€™s tram'", "title: 'It''s Harbour’s tram'"),
        ("title: 'The tram&apos;s ''way'''", "title: 'The tram''s ''way'''"),
        ("title: 'It''s\xa0here'", "title: 'It''s here'"),
        ("title: ' It''s here '", "title: 'It''s here'"),
        ("title: 'It''s\n\n  here'", "title: 'It''s here'"),
        # double quotes
        ('title: "\\"Harbourâ€™s\\" tram"', 'title: "\\"Harbour’s\\" tram"'),
        ('title: "\\u00c3\\u00a9toile \\u0041"', 'title: "étoile \\u0041"'),
        ('title: "A &quot;tram&quot;"', 'title: "A \\"tram\\""'),
        ('title: "日本 \\"The\xa0tram\\""', 'title: "日本 \\"The tram\\""'),
        ('title: "The\\r\\n\\r\\ntram \\x41"', 'title: "The tram \\x41"'),
        ('title: "The \\\n  tram \\t here"', 'title: "The \\\n  tram here"'),
        ('title: "The\n\n  tram"', 'title: "The tram"'),
        # literal
        ("title: |\n  Harbourâ€™s tram", "title: |\n  Harbour’s tram"),
        ("title: |-\n  Fish &amp; chips", "title: |-\n  Fish & chips"),
        ("title: |\n  The\n  new\n\n  tram", "title: |\n  The new tram"),
        ("title: |\n  The\xa0tram", "title: |\n  The tram"),
        ("title: |\n  The tram\u200b", "title: |\n  The tram"),
        ("excerpt: |-\n  The  tram", "excerpt: |-\n  The tram"),
        # folded
        ("title: >\n  Harbourâ€™s\n  tram", "title: >\n  Harbour’s\n  tram"),
        ("title: >-\n  Fish &amp;\n  chips", "title: >-\n  Fish &\n  chips"),
        ("title: >\n  The\n\n  tram", "title: >\n  The tram"),
        ("title: >\n  The\xa0new\n  tram", "title: >\n  The new\n  tram"),
        # flow
        ("related: [{title: Harbourâ€™s tram, type: article}]", "related: [{title: Harbour’s tram, type: article}]"),
        ("related: [{title: 'Fish &amp; chips'}]", "related: [{title: 'Fish & chips'}]"),
        ("related: [{title: Fish&#44; chips}]", 'related: [{title: "Fish, chips"}]'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fix_keeps_the_style(bad: str, good: str, newline: str) -> None:
    text = overlay(bad).replace("\n", newline)
    (diagnostic,) = findings(text, rules=RULES)
    assert diagnostic.fix is not None
    assert fixed(text, diagnostic.fix) == overlay(good).replace("\n", newline)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("The&nbsp; tram", "The tram"),
        ("The &nbsp;tram", "The tram"),
        ("The&nbsp;&nbsp;tram", "The tram"),
        ("The &nbsp; &nbsp; tram", "The tram"),
        ("The tram &nbsp;", "The tram"),
        ("&nbsp; The tram", "The tram"),
        ("The &shy; tram", "The tram"),
        ("Prêts&nbsp;? &laquo;&nbsp;Oui&nbsp;&raquo;", "Prêts\xa0? «\xa0Oui\xa0»"),
        ("On p.&nbsp;x of Dr.&nbsp;&nbsp;No", "On p.\xa0x of Dr. No"),
        ("ไทย&#8203;ภาษา", "ไทย\u200bภาษา"),
        ("The&#10;tram&#9;line", "The tram line"),
        ("The &amp;nbsp; tram", "The tram"),
        ("The \xa0 tram", "The tram"),
        ("The tram \u200b", "The tram"),
        ("\xad The tram", "The tram"),
        ("The \u2060 tram", "The tram"),
        ("TheÂ\xa0tram", "The tram"),
        ("TheÂ\xa0 tram", "The tram"),
        ("ParisÂ\xa0: le tram", "Paris\xa0: le tram"),
        ("The tramÂ\xa0", "The tram"),
    ],
)
def test_fix_leaves_no_white_space_to_trim(bad: str, good: str) -> None:
    assert repaired(f'excerpt: "{bad}"') == overlay(f'excerpt: "{good}"')


def test_fix_moves_only_the_damaged_characters() -> None:
    _, diagnostic = one('title: "The â€œnewâ€¦ tram"')
    assert diagnostic.fix is not None
    start = diagnostic.span.start
    assert [(span.start - start, span.end - start, text) for span, text in diagnostic.fix.edits] == [
        (0, 3, "“"),
        (6, 9, "…"),
    ]


def test_a_fix_says_what_it_does() -> None:
    titles = [
        d.fix.title for d in tx('title: "&amp;\xad cafÃ©\u200b"\nexcerpt: " a\\tb  c\\nand\xa0e&amp;&lt;"')[1] if d.fix
    ]
    assert sorted(titles) == [
        "Decode the HTML entities",
        "Decode the HTML entity",
        "Delete the second space",
        "Delete the soft hyphen inside the text",
        "Delete the white space",
        "Delete the zero width space",
        "Replace the line break by a space",
        "Replace the no-break space by a plain one",
        "Replace the tab by a space",
        "Write the characters that were meant",
    ]


def test_certain_entities_are_decoded_before_the_others() -> None:
    text, diagnostic = one('title: "Fish &amp; chips &rsquo and &#0;"')
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is SAFE
    text = fixed(text, diagnostic.fix)
    assert text == overlay('title: "Fish & chips &rsquo and &#0;"')
    (diagnostic,) = findings(text, rules=RULES)
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is UNSAFE
    text = fixed(text, diagnostic.fix)
    assert text == overlay('title: "Fish & chips ’ and &#0;"')
    (diagnostic,) = findings(text, rules=RULES)
    assert diagnostic.fix is None


@pytest.mark.parametrize("lines", ['title: "&nbsp;"', 'title: "\u200b"', "title: >\n  &shy;", 'title: "ï»¿"'])
def test_no_fix_empties_a_text(lines: str) -> None:
    assert one(lines)[1].fix is None


def test_ascii_text_loads_no_encoding_detection() -> None:
    code = "import sys; from tests.support import *; findings(ARTICLE); print('ftfy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ARTICLE.isascii(), result.stdout) == (True, "False\n")
