"""TX001 beyond the usual: other code pages, layers of damage, and who confirms a repair."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from feedlint import fix_text
from feedlint.diagnostic import ERROR, SAFE, UNSAFE, WARNING, Diagnostic, Safety, Severity
from feedlint.fragments import apply_fragments
from feedlint.rules.tx import RULES
from feedlint.rules.tx.codepages import NAMES, origins
from feedlint.rules.tx.damage import examine
from feedlint.rules.tx.plausible import HOPELESS, oddities
from feedlint.slug import file_slug, slug
from tests.support import PATH, findings, overlay


def mojibake(text: str, path: str = PATH) -> list[Diagnostic]:
    return [diagnostic for diagnostic in findings(text, path, rules=RULES) if diagnostic.code == "TX001"]


def safety(lines: str, path: str = PATH) -> Safety | None:
    (diagnostic,) = mojibake(overlay(lines), path)
    return diagnostic.fix.safety if diagnostic.fix else None


# --- other code pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damaged", "meant", "page"),
    [
        ("La cigĂĽeĂ±a", "La cigüeña", "windows-1250"),
        ("РњРѕСЃРєРІР° Р¶РґС‘С‚", "Москва ждёт", "windows-1251"),
        ("Ч”ЧЁЧ›Ч‘ЧЄ", "הרכבת", "windows-1251"),
        ("Der Bأ¼rgermeister", "Der Bürgermeister", "windows-1256"),
        ("BĆørnehaven i KĆøge", "Børnehaven i Køge", "windows-1257"),
        ("The tramвЂ™s way", "The tram’s way", "windows-1251"),
        ("The tramΓÇÖs way", "The tram’s way", "DOS code page 437"),
        ("The tramÔÇÖs way", "The tram’s way", "DOS code page 850"),
        ("The tramтАЩs way", "The tram’s way", "DOS code page 866"),
        ("The tramБ─≥s way", "The tram’s way", "KOI8-R"),
        ("The tramвАЩs way", "The tram’s way", "Mac Cyrillic"),
        ("Ku‚Äďa", "Ku–a", "Mac Central European"),
        ("The tram鈥檚 way", "The tram’s way", "GBK"),
        ("Le caf茅 de la for锚t", "Le café de la forêt", "GBK"),
        ("The tram窶冱 way", "The tram’s way", "Shift JIS"),
        ("A elei챌찾o", "A eleição", "Korean code page 949"),
    ],
)
def test_other_pages_are_read_back(damaged: str, meant: str, page: str) -> None:
    damage = examine(damaged)
    assert damage is not None
    assert apply_fragments(damaged, damage.fragments) == meant
    assert page in damage.cause


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("上海新电车线路锛屾槦", "锛"),
        ("烫锟斤拷了", "锟斤拷"),
        ("The tramï¿½s way", "ï¿½"),
        ("The tram isnât ready", "â"),
        ("The mayorâs tram", "â"),
        ("Opens at last â and why", "â"),
        ("譁ｰ縺励＞讖?", "縺"),
    ],
)
def test_what_is_left_of_damage_is_found(text: str, place: str) -> None:
    damage = examine(text)
    assert damage is not None
    assert place in [text[start:end] for start, end in damage.places] or damage.fragments
    assert not damage.proved


@pytest.mark.parametrize(
    "text",
    [
        "»Åse fra Tårnby« får lov at blive i Århus",
        "”Ön är vår” – Älgen",
        "„Eintritt 5 €“, „nur ½“ und „€“ für 3 m²“",
        "Peidio â chynnwys data yn y storfa",
        "per a l’ús amb",
        "I files memorizâs par chest che al è posizionât",
        "Un mât, un râs și un dégât",
        "Ёлка",
        "小学校",
        "git 命令 <目录>",
        "python爬虫 app中文版 K歌 T台",
        "Příjemce a řádek, L’école de l’île d’Åland",
        "BTS 짱, K팝 스타",
        "ヌエヴァ･エスパルタ",
        "РІ — рід. ВГ Сам",
        "«Ēka» top",
        "ÎLE DE RÉ “À LA CARTE” – PRÊT À PORTER…",
        "Ọ̀ṣun: àwọn ènìyàn ń dúró",
        "ΒΆΚΧΑΙ και «Έργα»",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert examine(text) is None


@pytest.mark.parametrize("page", [page for page in NAMES if page not in ("gbk", "big5", "cp932", "cp949")])
def test_a_sound_text_is_had_back_from_every_page(page: str) -> None:
    text = "Größe zählt: „Žluťoučký kůň“"
    assert text in [origin.text for origin in origins(text.encode().decode(page))]


def test_two_texts_as_plausible_are_no_proof() -> None:
    damage = examine("Ä¯ ir Ä—")
    assert damage is not None
    assert not damage.proved


@pytest.mark.parametrize("page", ["cp775", "iso-8859-16", "cp861"])
def test_a_page_that_is_seldom_used_is_not_taken_for_another(page: str) -> None:
    bad = "Der Bürgermeister wächst über más cálido".encode().decode(page)
    damage = examine(bad)
    assert damage is not None
    assert not damage.proved


def test_oddities() -> None:
    assert oddities("The tram") == oddities("Größe – „Žlutý“ 5 €") == oddities("Москва, 東京,서울") == 0
    assert oddities("tr\x1am") == oddities("tr\x85m") == oddities("\ue000") == HOPELESS
    assert oddities("trамвай") == 1
    assert oddities("caf®s") == 1
    assert oddities("a\u0301") == 1
    assert oddities("The я tram") == 1
    assert oddities("s\u06ea") == 2
    assert oddities("The α and Ω; مُدَرِّس; שָׁלוֹם; क्\u200dया; می\u200cخواهم") == 0
    assert oddities("鈥檚") == 2


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        ("The mayor\x92s \x93best\x94 tram \x96 and why\x85", True),
        ("The farmers\x92 market is \x91open\x92", True),
        ("The tur\x92stico line", False),
        ("Ana\x92s en el pa\x92s", False),
        ("It is 10 \x97 12 \x97", False),
        ("The \x93best tram", False),
        ("The caf\x8e is \x93open\x94", False),
        ("The café is \x93open\x94", False),
    ],
)
def test_controls_are_quotes_and_dashes_in_their_places(text: str, proved: bool) -> None:
    damage = examine(text)
    assert damage is not None
    assert damage.proved is proved
    if proved:
        assert apply_fragments(text, damage.fragments) == text.encode("latin-1").decode("windows-1252")


def test_the_experiment_finds_no_wrong_repair_and_no_false_alarm() -> None:
    program = Path(__file__).parent.parent / "benchmarks" / "mojibake.py"
    result = subprocess.run(
        [sys.executable, program, "--every", "61"], capture_output=True, text=True, encoding="utf-8"
    )
    assert (result.returncode, result.stderr) == (0, "")


# --- layers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("CafÃ© et thÃ&copy;", "Café et thé"),
        ("CafÃ© &Atilde;&copy;tÃ©", "Café été"),
        ("The tram&acirc;&euro;&trade;s way", "The tram’s way"),
        ("Caf&amp;Atilde;&amp;copy;", "Café"),
        ("The tram&Atilde;&cent;&acirc;&sbquo;&not;&acirc;&bdquo;&cent;s way", "The tram’s way"),
        ("The tramÃ¢â‚¬â„¢s way &amp; cafÃƒÂ©", "The tram’s way & café"),
        ("ÃƒÆ’Ã‚Â©tÃƒÆ’Ã‚Â©", "été"),
        ("ï»¿The tramâ€™s way", "The tram’s way"),
    ],
)
def test_layers_come_off_one_by_one(damaged: str, meant: str) -> None:
    result = fix_text(overlay(f'title: "{damaged}"'), PATH, rules=RULES)
    assert result.text == overlay(f'title: "{meant}"')
    assert fix_text(result.text, PATH, rules=RULES).text == result.text


def test_an_entity_that_is_a_byte_of_a_letter_is_no_space_for_certain() -> None:
    text = overlay('title: "voilÃ&nbsp; le tram &eacute;"')
    assert fix_text(text, PATH, rules=RULES).text == text.replace("&eacute;", "é")
    assert fix_text(text, PATH, rules=RULES, unsafe=True).text == overlay('title: "voilà le tram é"')


def test_a_title_about_encodings_is_left_to_people() -> None:
    text = overlay('title: "Why UTF-8 shows â€™"\nwebUrl: "https://www.example.com/why-utf-8-shows"')
    assert fix_text(text, PATH, rules=RULES).text == text


# --- who confirms a repair ----------------------------------------------------------------------------------

BESIDE = 'title: "“Harbourâ€™s” tram"'
"""Not proved: a part of it is sound."""


@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        (BESIDE, PATH, UNSAFE),
        (f'{BESIDE}\nwebUrl: "https://www.example.com/a/harbours-tram"', PATH, SAFE),
        (f'{BESIDE}\nwebUrl: "https://www.example.com/harbour-s-tram.html?x=1#y"', PATH, SAFE),
        (f'{BESIDE}\noriginalUrl: "https://www.example.com/harbours-tram/"', PATH, SAFE),
        (BESIDE, "_news/2020-12-08-harbours-tram.md", SAFE),
        # made from the damage, or of something else: says nothing, and never counts against
        (BESIDE, "_news/2020-12-08-harbouras-tram.md", UNSAFE),
        (f'{BESIDE}\nwebUrl: "https://www.example.com/harbours-tram"', "_news/2020-12-08-harbouras-tram.md", SAFE),
        (f'{BESIDE}\nwebUrl: "https://www.example.com/12345"', PATH, UNSAFE),
        (f'{BESIDE}\nwebUrl: ""', PATH, UNSAFE),
        (f"{BESIDE}\nwebUrl: 7", PATH, UNSAFE),
        # the slug does not see the second repair
        ('title: "“Harbourâ€™s” tram â€¦"\nwebUrl: "https://www.example.com/harbours-tram-a"', PATH, UNSAFE),
        # nor which case was meant
        ('title: "THE CAFÃ© IS BACK"\nwebUrl: "https://www.example.com/the-cafe-is-back"', PATH, UNSAFE),
        # nor whether a letter that has lost its byte is à or something else
        ('title: "Tram voilÃ le travail"\nwebUrl: "https://www.example.com/tram-voila-le-travail"', PATH, UNSAFE),
        # one of two readings
        ('title: "Ä¯ is a letter"\nwebUrl: "https://www.example.com/i-is-a-letter"', PATH, SAFE),
        ('title: "What â€™ “means” in HTML"\nwebUrl: "https://www.example.com/what-means-in-html"', PATH, UNSAFE),
    ],
)
def test_a_slug_confirms(lines: str, path: str, expected: Safety) -> None:
    assert safety(lines, path) is expected


def test_a_slug_that_was_cut_confirms_what_is_before_the_cut() -> None:
    long = "very " * 27
    name = f"_news/2020-12-08-harbours-{'very-' * 24}very.md"
    assert safety(f'title: "“Harbourâ€™s” {long}tram"', name) is SAFE
    assert safety(f'title: "“Harbour” {long}tramâ€™s"', name.replace("harbours", "harbour")) is UNSAFE


RELATED = """\
related:
  - title: "{}"
    excerpt: "The second tram line is to follow."
    publishedDateTime: 2020-12-08T21:40:00Z
    webUrl: "{}"
    type: article
    provider:
      name: Example Post
      domain: example.org
    quality: 33
"""
OWN = "https://www.example.com/news/harbour-council-approves-the-new-tram-line"


@pytest.mark.parametrize(
    ("title", "related", "address", "expected"),
    [
        ("“Harbourâ€™s” tram", "“Harbour’s” tram", OWN, SAFE),
        ("“Harbour’s” tram", "“Harbourâ€™s” tram", OWN, SAFE),
        ("“Harbourâ€™s” tram", "“Harbour’s” tram", "https://www.example.com/other", UNSAFE),
        ("“Harbourâ€™s” tram", "“Harbour's” tram", OWN, UNSAFE),
        ("THE CAFÃ© IS BACK", "THE CAFé IS BACK", OWN, SAFE),
        ("What â€™ “means” in HTML", "What ’ “means” in HTML", OWN, UNSAFE),
    ],
)
def test_the_same_story_elsewhere_confirms(title: str, related: str, address: str, expected: Safety) -> None:
    assert safety(f'title: "{title}"\n{RELATED.format(related, address)}') is expected


def test_the_fix_says_who_confirms_it() -> None:
    (diagnostic,) = mojibake(overlay(f'{BESIDE}\nwebUrl: "https://www.example.com/harbours-tram"'))
    assert diagnostic.fix is not None
    assert diagnostic.fix.title == "Write the characters that were meant, as the slug in webUrl has them"


PLAIN_TITLE = "Write the characters that were meant"


@pytest.mark.parametrize(
    ("lines", "severity", "title"),
    [
        # Proved by itself, so nobody is asked; an entity of ASCII is decoded whenever.
        ('title: "Harbourâ€™s tram"\nwebUrl: "https://www.example.com/harbours-tram"', ERROR, PLAIN_TITLE),
        ('title: "Harbourâ€™s &amp; tram"', ERROR, PLAIN_TITLE),
        (BESIDE, ERROR, PLAIN_TITLE),
        ('title: "Why UTF-8 shows â€™ in the tramâ€™s name"', WARNING, PLAIN_TITLE),
    ],
)
def test_how_bad_it_is_and_what_is_done(lines: str, severity: Severity, title: str) -> None:
    (diagnostic,) = mojibake(overlay(lines))
    assert diagnostic.fix is not None
    assert (diagnostic.severity, diagnostic.fix.title) == (severity, title)
    assert diagnostic.fix.safety is (SAFE if severity is ERROR and lines != BESIDE else UNSAFE)


def test_where_bytes_are_lost_the_source_has_them_and_the_next_field_is_looked_at() -> None:
    lost, other = mojibake(overlay('title: "A quote that lost its end: tramâ€"\nexcerpt: "The cafÃ© of the tram"'))
    assert (lost.severity, lost.help, lost.fix) == (ERROR, "write what the source has", None)
    assert lost.message == 'title has mojibake: "â€" is damaged and part of it is lost'
    assert other.message == 'excerpt has mojibake: "Ã©" should be "é" (UTF-8 read as Latin-1)'


# --- slugs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour’s café: 5 € – “new”!", "the-harbours-cafe-5-new"),
        ("Łódź & Åse™  - x", "odz-ase-x"),
        ("Москва", ""),
        (" -- a\t-\nb -", "a-b"),
        ("", ""),
        ("\ud800x", "x"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_text_of_ascii_has_the_slug_that_others_have() -> None:
    for char in map(chr, range(128)):
        assert slug(f"Ab{char}c {char}") == slug(f"Ab{char}c {char} é").removesuffix("e").removesuffix("-"), char


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("_news/2020-12-08-a-b.md", "a-b"),
        ("a-b.md", "a-b"),
        ("x\\_news\\2020-1-8-a.b.md", "a.b"),
        ("<text>", "<text>"),
        ("", ""),
    ],
)
def test_file_slug(path: str, expected: str) -> None:
    assert file_slug(path) == expected
