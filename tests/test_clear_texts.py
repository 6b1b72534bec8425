"""What is taken for a sound text at a glance, and what is looked at: at the borders."""

from __future__ import annotations

import importlib
import json
import re
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.record import records
from feedlint.repository import Repository
from feedlint.rules.tx import boring, codepages, fillers
from feedlint.source import parse
from fuzz import feeds
from tests.support import FOUND, glance

REPOSITORY = Repository(feeds.FEED, today=datetime(2021, 6, 1, tzinfo=timezone.utc))


# --- TX: the characters that are no sign of anything -----------------------------------------------------------


def signs(text: str) -> set[str]:
    """Return what *text*, as a title, has of signs; the record has no other text."""
    escaped = re.sub("[\x80-\x9f]", lambda match: f"\\x{ord(match[0]):02x}", json.dumps(text, ensure_ascii=False))
    written = f"---\ntitle: {escaped}\n---\n"
    (record,) = records(parse(written.encode(), feeds.NEWS), REPOSITORY)
    return set(boring.signs(record.brief))


@pytest.mark.parametrize(
    "text",
    [
        "Harbour council approves the new tram line",
        "“Why?” (really!?) R & D, 5% of a = b; C:/x {y} [z] ~ #1 @you $9",
        "It’s the mayor’s “new” tram – and ‘old’ ferries…",
        "Wait…",
        "L’été où l’œuvre du maître coûte 5 € à Besançon",
        "Prêts\xa0? Le «\xa0tram\xa0» roule\xa0: 10\xa0000 places",
        "Der Hafenrat genehmigt „Straßen für alle“ – Übung in Ägypten",
        "São Paulo: ação, coração, ÁRVORES e Ângela",
        "¿Qué pasó en España? ¡Años de espera!",
        "Zażółć gęślą jaźń; Žluťoučký kůň; Iğdır’da değişim",
        "Tàu điện mới của Hà Nội được khánh thành",
        "Совет порта одобрил новую линию трамвая",
        "Рада порту схвалила нову лінію «Їжак»",
        "Το συμβούλιο ενέκρινε τη νέα γραμμή",
        "מועצת הנמל אישרה את הקו החדש",
        "مجلس الميناء يوافق على خط الترام الجديد",
        "می\u200cخواهم",
        "बंदरगाह परिषद ने नई लाइन को मंज़ूरी दी",
        "港湾評議会が新しい路面電車の路線を承認した。",
        "港务局批准了新的有轨电车线路",
        "항구 위원회가 새로운 트램 노선을 승인했다",
        "The tram 🚋 ❤️ 👩\u200d🚀 is here ✅",
    ],
)
def test_sound_texts_in_many_scripts_have_no_signs(text: str) -> None:
    assert signs(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don?t", "?"),
        ("a ?b?", "?"),
        ('what?"s', "?"),
        ("AT&T", "&"),
        ("tram &", ""),
        ("tram &amp", "&"),
        ("a %20", "%"),
        ("a %2", ""),
        ("a =C3", "="),
        ("=?utf-8?", "=?"),
        ("?&a", "?&"),
        ("a < b", "<"),
        ("a \\ b", "\\"),
        ("a  b", " "),
        (" a", " "),
        ("a ", " "),
        ("a\nb", "\n"),
        ("a\tb", "\t"),
        ("the\xa0tram", "\xa0"),
        ("tram\xa0", "\xa0"),
        ("\xa0: tram", "\xa0"),
        ("10\xa0", "\xa0"),
        ("a \xa0!", "\xa0"),
        *((text, "\ufffd") for text in ("caf\x92", "a\u200bb", "a\xadb", "a\ufeff", "a\u3000b", "a\u2028b", "\ufffd")),
        *((text, "\ufffd") for text in ("cafe\u0301", "Ꝺ", "ˆ", "†", "вЂ", "РЂ", "┐", "ſ")),
        # What ftfy calls bad, at the borders of what is not.
        *(
            (text, "\ufffd")
            for text in ("â€™", "CafÃ©", "Ã a", "à voilÃ le", "Â a", "aÂ", "œ", "œ’s", "isnât", "ISNÂT")
        ),
        ("é вЂ“ c", "\ufffd"),
        *(
            (text, "\ufffd")
            for text in ("it â we", "Iâll", "weâve", "é€", "5 €é à", "”é à", "»É", "éÀ é", "é“a é", "В»В в")
        ),
        *((text, "\ufffd") for text in ("aÀ“ é", "ÔÇö a é", "ΓÇ é", "a тАЩ в", "Ø’Ø’ é", "É° é", "é№ а", "à² é")),
        # What may be UTF-8 that was misread as a whole, without any of that: Mac Roman, DOS (two), a page of pairs.
        *((text, "\ufffd") for text in ("l’ús", "рад", "l’ús…", "caf茅", "ﾄ港d", "縺九", "港湾 锟斤拷")),
    ],
)
def test_what_may_be_a_sign_of_something_is_told(text: str, expected: str) -> None:
    assert signs(text) == set(expected)


def test_what_tells_that_no_text_was_misread_holds_for_each_page() -> None:
    """The first two characters of a run are never the first two bytes of a letter of UTF-8, in a page of bytes."""
    importlib.import_module("ftfy.bad_codecs")
    read = {
        page: {byte: bytes([byte]).decode(page, "replace") for byte in range(0x80, 0x100)} for page in codepages.SINGLE
    }
    assert len(read) == 23
    for page, chars in read.items():
        for lead in range(0xC2, 0xF5):
            for byte in range(0x80, 0xC0):
                run = chars[lead] + chars[byte]
                for not_read in (boring.NOT_READ, boring.NOT_READ_FARTHEST):
                    assert not not_read.search(run), (page, run)
                    assert not not_read.search(f"a {run}a"), (page, run)


@pytest.mark.parametrize(
    "text",
    [
        *sorted(fillers.FILLERS),
        *(wall + "x" for wall in fillers.WALLS),
        *("404", "404 Not Found", "HTTP Error 500", "Error 403", "502 Bad Gateway | Example", "5٠٠ error"),
        *("Page not found", "Error file does not exist", "Internal server error", "Server error", "Bad gateway"),
        *("Access denied", "Access to this page has been denied", "Just a moment...", "One moment, please"),
        *("Attention required!", "Request rejected", "Service unavailable", "Too many requests", "Robot check"),
        *(
            "Are you a robot?",
            "You are not a robot",
            "Security check",
            "Checking your browser",
            "Please verify you are human",
        ),
        *("Human verification", "Verifying you are human", "Sorry, this page is not available", "Oops, page not found"),
        *("Error: the request could not be satisfied", "This site can’t be reached", "Site under maintenance"),
        *("Page is under construction", "DDoS-Guard", "Account suspended", "Domain is for sale", "Bot verification"),
        *("https://www.example.com/tram", "www.example.com", "{{ title }}", "{% title %}", "${name}", "%(name)s"),
        *(
            "[object Object]",
            "TODO: x",
            "FIXME (x)",
            "Lorem ipsum dolor sit",
            "-",
            "…",
            "_404_",
            "“N/A”",
            "Acceß denied",
        ),
        *("Example Times - 404 not found", "9to5 – Access denied", "Example  Times — Bad gateway"),
    ],
)
def test_what_stands_for_a_text_is_worth_a_look(text: str) -> None:
    assert any(fillers.kind_of(" ".join(text.split()), site) for site in ("", "Example Times", "9to5"))


@given(
    st.text(
        st.one_of(
            st.sampled_from("aàÀœâАвЂ„“”»«€№ 1?&!…\xa0’\ufe0f😀☀ỹ\n"),
            st.characters(max_codepoint=0x2E7F),
            st.characters(min_codepoint=0x1F000, max_codepoint=0x1FAFF),
        )
    )
)
def test_texts_without_the_scripts_of_the_far_east_are_told_alike(text: str) -> None:
    assert boring._IS_FARTHEST.search(text) is None
    assert boring._SIGN.findall(text) == boring._SIGN_FARTHEST.findall(text)
    assert (boring.NOT_READ.search(text) is None) == (boring.NOT_READ_FARTHEST.search(text) is None)
    assert boring._IDEOGRAPH.search(text) is None


@pytest.mark.parametrize("char", "⺀、一가ｦ！\ue000\ufffd\U0001ffff\U00020000")
def test_what_is_of_the_far_east_or_of_no_script_is_told_by_all_signs(char: str) -> None:
    assert boring._IS_FARTHEST.search(f"Ä {char} é") is not None


def test_a_space_too_many_hides_nothing_that_stands_for_a_text() -> None:
    for title in ("Example Times — Bad gateway", "Example  Times — Bad gateway", "Lorem  ipsum dolor sit"):
        assert glance(f'title: "{title}"\nprovider:\n  name: Example Times', "TX008") == FOUND, title
