"""TX on sound texts in many languages, on the same texts damaged by real codecs, and on texts made by hypothesis."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.diagnostic import SAFE, Diagnostic
from feedlint.fixing import repair
from feedlint.fixing.repair import Repair
from feedlint.fragments import apply_fragments
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules.tx import RULES
from feedlint.rules.tx.damage import examine
from feedlint.source import Document, scalars
from feedlint.words import UNSEEN
from tests.support import overlay, read

SOUND = (
    "Harbour council opens the new tram line",
    "AT&T and R&D: what the Q&A; session left open",
    "Why 20%20 years of Vector<int> are enough – a “retrospective”",
    "The mayor’s ‘big’ plan — and what it costs: £5, 7 € or ¥900",
    "Prices up 5 % & wages up 3½ %: “no surprise”, says the bank…",
    "Family 👩\u200d👩\u200d👧\u200d👦 day: ❤\ufe0f",
    "Flags: 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f flags at the 🏳\ufe0f\u200d🌈 quay 👍🏽",
    "Un naïve café à l’île d’Oléron\xa0: «\xa0été\xa0» ou hiver\xa0? 10\xa0000 visiteurs\xa0!",
    "L’œuvre de Noël à Saint-Denis, « où » et pourquoi",
    "Straßenbahn fährt ab Montag öfter über die Brücke",
    "„Größe zählt nicht“, sagt der Bürgermeister – ÖPNV wird günstiger",
    "SÃO PAULO E JOÃO PESSOA: A AVIAÇÃO NÃO PÁRA",
    "Eleição: o que não mudou na região, segundo a câmara",
    "El niño y la cigüeña: ¿qué pasó en Logroño? ¡Atención!",
    "L'escola d'A Coruña estrena pàgina: col·legi i ñandú",
    "Perché la città di Forlì è più verde di così",
    "Één café, twee coöperaties en ’s avonds een reünie",
    "Ångström-mätning i Växjö: så går det till på ön",
    "Åse og Bjørn på tur: ærlig talt, det går bra på Færøyene",
    "Þórður og Ægir æfa sig á Ísafirði",
    "Tänään Äänekoskella: yöjuna myöhässä",
    "Õhtul jõuab kõik öösse: Põltsamaa jäätis",
    "Zażółć gęślą jaźń: Łódź ma nową szkołę",
    "Příliš žluťoučký kůň v\xa0Praze úpěl ďábelské ódy",
    "Kráľ v Žiline: dážď a ľad na ceste",
    "Árvíztűrő tükörfúrógép: Győrben új híd épül",
    "Știri din București: țara și orașul în ceață",
    "Şehirde yağmur: İstanbul’da ığdır çiçeği",
    "Čović i Žižek: šta se dešava u Đakovu",
    "Ģimene Rīgā: ēka pārdota, šķūnis žāvēts",
    "Žąsys ėjo į Šiaulius, ūkas sklaidėsi",
    "Москва: новый трамвай — в\xa0среду, «Ёлка» закрыта",
    "Київ: ґрунт і їжа, єдність об’єднує",
    "Беларусь: ўсё добра ў Мінску",
    "Нови мост у Београду: љубав, њива, ђак",
    "България: щъркелът дойде",
    "Αθήνα: ο νέος σταθμός ανοίγει τη Δευτέρα",
    "תל אביב: הרכבת הקלה נפתחת \u200fביום ראשון",
    "القاهرة: افتتاح خط الترام الجديد يوم الأحد",
    "تهران: می\u200cخواهم به خانه\u200cها برگردم",
    "दिल्ली में नई ट्राम शुरू हुई – क्\u200dया बदलेगा?",
    "ঢাকায় নতুন ট্রাম চালু হলো",
    "சென்னையில் புதிய ரயில் சேவை",
    "กรุงเทพ\u200bเปิด\u200bรถราง\u200bใหม่",
    "ភ្នំពេញ\u200bបើក\u200bផ្លូវ\u200bថ្មី",
    "东京新电车线路周一开通，票价不变",
    "東京の新しい路面電車「みなと線」が月曜に開業！",
    "서울 새 트램 노선, 월요일에 개통",
    "Hà Nội mở tuyến xe điện mới: đường phố đẹp hơn",
    "თბილისი: ახალი ტრამვაი ორშაბათს",
    "Երևան․ նոր տրամվայ երկուշաբթի",
    "Ọ̀ṣun: àwọn ènìyàn ń dúró",
    "Māori: te reo o Aotearoa, ā hea?",
    "30 °C – ± 2 °C, ½ liter, 3 × 4 m² ©2021 Example® Times™",
)

WINDOWS, LATIN, MAC, DOS = "sloppy-windows-1252", "latin-1", "macroman", "cp437"


def damaged(text: str, *encodings: str) -> str:
    """Return *text* as it is when its UTF-8 is read in each of *encodings* in turn."""
    import ftfy.bad_codecs  # noqa: F401  # brings windows-1252 as browsers have it, with its holes filled

    for encoding in encodings:
        text = text.encode("utf-8").decode(encoding)
    return text


def found_in(document: Document) -> list[tuple[str, str]]:
    return [(diagnostic.code, diagnostic.message) for diagnostic in lint(document, RULES, Repository(None))]


@pytest.mark.parametrize("text", SOUND)
@pytest.mark.parametrize("field", ["title", "excerpt"])
def test_sound_text_has_no_finding(field: str, text: str) -> None:
    assert found_in(read(overlay(f"{field}: {scalars.render(text, scalars.DOUBLE)}"))) == []


@pytest.mark.parametrize(
    ("encodings", "found", "safe"),
    [
        ([WINDOWS], 51, 43),
        ([LATIN], 51, 49),
        ([WINDOWS, WINDOWS], 51, 48),
        ([LATIN, LATIN], 51, 49),
        ([LATIN, WINDOWS], 51, 47),
        ([WINDOWS, LATIN], 51, 48),
        ([WINDOWS, WINDOWS, WINDOWS], 51, 48),
        (["sloppy-windows-1250"], 51, 44),
        ([MAC], 48, 45),
        ([DOS], 49, 46),
    ],
    ids=str,
)
def test_damaged_text_is_found_and_what_is_safe_is_exact(encodings: list[str], found: int, safe: int) -> None:
    examined = [(text, examine(damaged(text, *encodings))) for text in SOUND if not text.isascii()]
    hits = [(text, damage) for text, damage in examined if damage is not None]
    proved = [(text, damage) for text, damage in hits if damage.proved]
    assert [apply_fragments(damaged(text, *encodings), d.fragments) for text, d in proved] == [t for t, _ in proved]
    assert len(hits) >= found
    assert len(proved) >= safe


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, str.swapcase], ids=lambda change: change.__name__)
@pytest.mark.parametrize("encoding", [WINDOWS, LATIN])
def test_damage_in_another_case_is_never_wrongly_safe(encoding: str, change: Callable[[str], str]) -> None:
    for text in SOUND:
        for part in (text, *text.split()):
            bad = change(damaged(part, encoding))
            damage = examine(bad)
            if damage is not None and damage.proved:
                assert apply_fragments(bad, damage.fragments).casefold() == part.casefold()


@pytest.mark.parametrize("left", ["\ue000", "\u0378", "ΓÇ", "鈥檚", "\x85", "\u200b", "Ã©", "\ufffd"])
def test_repair_that_leaves_damage_is_not_safe(left: str) -> None:
    damage = examine(damaged(f"The {left} tram’s café", WINDOWS))
    assert damage is not None
    assert not damage.proved


# Where "…" is a damaged byte in the text, the one at its end may be what is left of a letter ("pirmÄ… kart…").
@pytest.mark.parametrize(("tail", "least"), [("", 500), ("…", 450)], ids=["", "…"])
def test_damage_in_a_text_that_was_cut_is_never_wrongly_safe(tail: str, least: int) -> None:
    exact = 0
    for text in SOUND:
        whole = damaged(text, WINDOWS)
        for length in range(1, len(whole), 3):
            bad = whole[:length] + tail
            damage = examine(bad)
            if damage is not None and damage.proved:
                repaired = apply_fragments(bad, damage.fragments)
                assert repaired.endswith(tail)
                assert text.startswith(repaired.removesuffix("…") if tail else repaired)
                exact += 1
    assert exact > least


# --- every repair comes to an end, and leaves nothing to repair ----------------------------------------------

PIECES = [
    "tram", "Harbour", "ferry.", "a", " ", " ", " ", "  ", "\t", "\n", "\r\n", " \n ", "\u3000", "\u2028", "«\xa0",
    "\xa0?", "\xa0", "\xa0 ", "\u200b", "\xad", "\u2060", "\ufeff", "&#8217;", "&nbsp;", "&amp;amp;", "&lt;b&gt;",
    "&#x2014;", "&shy;", "&#8203;", "&amp", "&#0;", "&", "T&T", "<b>", "â€™", "Ã©", "…", "日本", "2020", "'", '"', "\\",
    ": ", " #", "-",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


def written(text: str, style: str) -> str | None:
    """Return *text* as the value of a key in *style*, or None where that style cannot say it."""
    lines = text.split("\n")
    if style in (scalars.LITERAL, scalars.FOLDED):
        lines = [line.rstrip(" ") for line in lines]
        if not all(line and line[0] not in " \t" and scalars.is_printable(line) for line in lines):
            return None
        return ("|\n  " if style == scalars.LITERAL else ">\n  ") + (
            "\n  " if style == scalars.LITERAL else "\n\n  "
        ).join(lines)
    value = scalars.render(text, style)
    return None if value.startswith('"') and style != scalars.DOUBLE else value


def settled(document: Document, *, unsafe: bool) -> Repair:
    def check(current: Document) -> list[Diagnostic]:
        return lint(current, RULES, Repository(None))

    return repair(document, check, check, unsafe=unsafe)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    text=TEXTS,
    style=st.sampled_from([scalars.PLAIN, scalars.SINGLE, scalars.DOUBLE, scalars.LITERAL, scalars.FOLDED]),
    field=st.sampled_from(["title", "excerpt"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    unsafe=st.booleans(),
)
def test_repair_comes_to_an_end(text: str, style: str, field: str, newline: str, unsafe: bool) -> None:
    value = written(text, style)
    document = read(overlay(f"{field}: {value}").replace("\n", newline)) if value else None
    if document is None or document.root is None or document.data.get(field) is None:
        return
    result = settled(document, unsafe=unsafe)
    left = lint(result.document, RULES, Repository(None))
    fixable = [d for d in left if d.fix is not None and (unsafe or d.fix.safety is SAFE)]
    assert [(d.code, d.message) for d in fixable if d.code not in {r[0].code for r in result.refused.values()}] == []
    # Only the field itself has changed, and a second run changes nothing.
    assert {**document.data, field: ""} == {**result.document.data, field: ""}
    assert settled(result.document, unsafe=unsafe).document.text == result.document.text
    now = result.document.data[field]
    if not left and now.strip():
        assert now.strip() == now.removesuffix("\n")
        assert not set("\t\r\u200b\xad\u2060\ufeff") & set(now)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), field=st.sampled_from(["title", "excerpt"]))
def test_no_text_makes_a_rule_fail(text: str, field: str) -> None:
    document = read(overlay(f"{field}: {scalars.render(text, scalars.DOUBLE)}"))
    for diagnostic in lint(document, RULES, Repository(None)):
        assert 0 <= diagnostic.span.start < diagnostic.span.end <= len(document.text)
        assert not UNSEEN.search(diagnostic.message)


@pytest.mark.parametrize("unit", ["&nbsp;", "&amp;", "&", "\xad ", "\u200b", "a\xa0", "  a", "Ã©", "â€", "…", "í\xa0½"])
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        document = read(overlay(f"excerpt: {scalars.render(unit * (size // len(unit)) + 'x', scalars.DOUBLE)}"))
        started = time.process_time()
        lint(document, RULES, Repository(None))
        return time.process_time() - started

    seconds(1000)
    assert seconds(80_000) < 40 * seconds(8_000) + 0.5
