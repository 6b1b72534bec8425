"""FM004, FM005 and FM008: what is inside of a record or below it and must not be there."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint import fix_text, select
from feedlint.diagnostic import Diagnostic
from feedlint.linting import fix, lint
from feedlint.repository import Repository
from feedlint.rules import fm
from feedlint.source import parse
from tests.strategies import damaged_files, feed_file, feed_files, hostile_texts
from tests.support import ARTICLE, PATH, findings, overlay, read

TITLE = 'title: "Harbour council approves the new tram line"'
NEW = select(["FM004", "FM005", "FM008"])
CODES = [rule.code for rule in NEW]


def line(text: str, diagnostic: Diagnostic) -> tuple[int, int]:
    return read(text).lines.position(diagnostic.span.start)


def told(text: str, code: str) -> list[tuple[str, tuple[int, int], str, str]]:
    """Return severity, place, message and the safety of the fix of each finding of *code*."""
    return [
        (d.severity.value, line(text, d), d.message, d.fix.safety.value if d.fix else "")
        for d in findings(text)
        if d.code == code
    ]


def titled(title: str) -> str:
    return ARTICLE.replace(TITLE, f"title: {title}")


WRITTEN = {
    "LF": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no final newline": lambda text: text.rstrip("\n"),
    "multi-byte": lambda text: text.replace("category: news\n", "category: news\n# 항구 🚋 ä\n"),
}
MARK = "\ufeff"

# --- FM004 -------------------------------------------------------------------------------------------------

SEEN = "inside the record: readers that look for `---` alone end the record here"
DOTS = "`...` inside the record: Jekyll and YAML end the record here"
INSIDE = [
    # what stands before "type", the message, the safety of the fix
    ("...", DOTS, "safe"),
    ("... \t", DOTS, "safe"),
    ("----", f"`----` {SEEN}", "safe"),
    ("--- ", f"`---` {SEEN}", "safe"),
    ("—", "`—` inside the record: it looks like the closing `---`, and is neither that nor a field", "safe"),
    ("--", "`--` inside the record: it looks like the closing `---`, and is neither that nor a field", "safe"),
    ("***", "`***` inside the record: it looks like the closing `---`, and is neither that nor a field", "safe"),
]


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(("between", "message", "safety"), INSIDE)
def test_a_false_delimiter_between_two_fields(between: str, message: str, safety: str, written: str) -> None:
    sound = WRITTEN[written](ARTICLE)
    newline = "\r\n" if written == "CRLF" else "\n"
    text = sound.replace(f"{newline}type: article", f"{newline}{between}{newline}type: article")
    row = 11 if written == "multi-byte" else 10
    assert told(text, "FM004") == [("error", (row, 1), message, safety)]
    assert [d.code for d in findings(text)] == ["FM004"]
    assert fix_text(text, PATH).text == sound


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("middle", ["---new tram", "----", "--- new tram", "...", "---"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_false_delimiter_inside_of_a_text(middle: str, quote: str, written: str) -> None:
    if middle == "---":
        middle = "---- -"  # alone it is the closer, for all readers
    newline = "\r\n" if written == "CRLF" else "\n"
    text = WRITTEN[written](titled(f"{quote}Harbour council\n{middle}\n  approves{quote}"))
    assert [d.code for d in findings(text)] == ["FM004"]
    result = fix_text(text, PATH).text
    assert result == text.replace(f"{newline}{middle}{newline}", f"{newline}  {middle}{newline}")
    assert read(result).data["title"] == f"Harbour council {middle} approves"


def test_a_false_delimiter_after_a_byte_order_mark() -> None:
    text = MARK + ARTICLE.replace("\ntype", "\n...\ntype")
    assert [d.code for d in findings(text)] == ["FM007", "FM004"]
    assert fix_text(text, PATH).text == ARTICLE


def test_a_line_that_may_belong_to_a_text_is_not_deleted_unasked() -> None:
    text = titled("Harbour council approves\n...")
    assert [(d.code, d.fix.title, d.fix.safety.value) for d in findings(text) if d.fix] == [
        ("FM004", "Delete `...`", "unsafe")
    ]


def test_a_comment_after_dashes_stays() -> None:
    text = ARTICLE.replace("\ntype", "\n--- # scores\ntype")
    assert [d.code for d in findings(text)] == ["FM004"]
    assert fix_text(text, PATH).text == ARTICLE.replace("\ntype", "\n# scores\ntype")


def test_a_text_between_two_fields_is_for_a_person() -> None:
    text = ARTICLE.replace("\ntype", "\n---tram\ntype")
    assert told(text, "FM004") == [("error", (10, 1), f"`---tram` {SEEN}", "")]
    assert [d.code for d in findings(text)] == ["FM004"]


def test_a_key_with_dashes_is_for_a_person() -> None:
    text = ARTICLE.replace("\ntype", "\n---type")
    assert told(text, "FM004") == [("error", (10, 1), f"`---type: article` {SEEN}", "")]


def test_two_false_delimiters_and_another_fault_are_all_found() -> None:
    text = ARTICLE.replace("\ntype", "\n...\ntype").replace("\nheat", "\n—\nheat")
    assert [(d.code, line(text, d)) for d in findings(text)] == [("FM004", (10, 1)), ("FM004", (13, 1))]
    text = ARTICLE.replace("\ntype", "\n...\ntype").replace(TITLE, "title: Tram: soon")
    assert {(d.code, line(text, d)[0]) for d in findings(text)} == {("FM004", 10), ("YA001", 3)}


@pytest.mark.parametrize(
    "sound",
    [
        titled("|\n  Harbour\n  ---\n  tram"),
        titled('"Harbour\n  ---\n  tram"'),
        titled('"Harbour\n...tram"'),
        titled('"Harbour\n—\n  tram"'),
        ARTICLE.replace("\ntype", "\n# ---\n#...\ntype"),
        ARTICLE.replace("  - Public", "- Public"),
        ARTICLE + "----\n...\n",
    ],
)
def test_what_no_reader_takes_for_a_closer(sound: str) -> None:
    assert told(sound, "FM004") == []


def test_a_separator_before_dashes_is_one_cause() -> None:
    text = titled('"Harbour\u2028---\u2028tram"')
    assert [d.code for d in findings(text)] == ["FM009", "FM009"]
    assert read(fix_text(text, PATH).text).data["title"] == "Harbour --- tram"


# --- FM005 -------------------------------------------------------------------------------------------------

TWICE = 'category: news\ntitle: "Tram"\n'
BELOW = [
    # what stands below the record, severity, line, message, safety, what --unsafe-fixes leaves of it
    ("---\n", "error", 30, "the closing `---` is there twice: the second is a rule in the text", "unsafe", ""),
    ("--- \n\n", "error", 30, "the closing `---` is there twice: the second is a rule in the text", "unsafe", "\n"),
    (f"---\n{TWICE}---\n", "error", 31,
     "a second block of YAML below the closing `---`: readers drop category and 1 more", "unsafe", ""),
    (f"\n---\n{TWICE}", "error", 32,
     "a second block of YAML below the closing `---`: readers drop category and 1 more", "unsafe", ""),
    ("heat: 70\n", "error", 30,
     "fields of the record once more below the closing `---`: readers drop heat", "unsafe", ""),
    ("topics:\n  - Tram\n- Ferry\n", "error", 30,
     "fields of the record once more below the closing `---`: readers drop topics", "unsafe", ""),
    ("locale: en\n", "error", 30, "locale below the closing `---`: readers drop what stands there", "", None),
    (f"---\n{TWICE}note: x\n---\n", "error", 31,
     "category and 2 more below the closing `---`: readers drop what stands there", "", None),
    ("\nThe tram is coming.\n", "warning", 31,
     "text below the record, `The tram is coming.`: records of this collection have none", "unsafe", ""),
    ("\n***\n", "warning", 31, "text below the record, `***`: records of this collection have none", "unsafe", ""),
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(("below", "severity", "row", "message", "safety", "left"), BELOW)
def test_content_after_a_record(
    below: str, severity: str, row: int, message: str, safety: str, left: str | None, written: str
) -> None:
    record = ARTICLE.rstrip("\n") + "\n"
    text = WRITTEN[written](record + below)
    row += written == "multi-byte"
    assert told(text, "FM005") == [(severity, (row, 1), message, safety)]
    assert [d.code for d in findings(text) if d.code != "SC002"] == ["FM005"]
    assert fix_text(text, PATH).text == text
    result = fix_text(text, PATH, unsafe=True).text
    if left is None:
        assert result == text
    else:
        assert result.rstrip() == WRITTEN[written](record + left).rstrip()
        assert findings(result) == []


@pytest.mark.parametrize("below", ["", "\n", "\n\n \n", "<!-- checked -->\n", "\n<!-- a\nb -->\n<!-- c -->"])
def test_nothing_below_a_record(below: str) -> None:
    assert told(ARTICLE + below, "FM005") == []


@pytest.mark.parametrize(
    ("below", "messages"),
    [
        ("\n<p>The tram: it is coming.</p>\n", []),
        ("\nThe tram\n\n---\n\nnote: it is coming\n---\n", []),
        ("\n---\n\nThe tram\n", []),
        ("Note: it is late\n", []),
        ("---\nThe tram\n", ["the closing `---` is there twice: the second is a rule in the text"]),
        ("---\ntitle: x\n---\n", ["a second block of YAML below the closing `---`: readers drop title"]),
        ("title: x\n", ["fields of the record once more below the closing `---`: readers drop title"]),
    ],
)
def test_where_a_text_may_follow(below: str, messages: list[str]) -> None:
    text = f"---\ntitle: Tram\ntype: download\n---\n{below}"
    found = [d for d in findings(text, "_samples/tram.md") if d.code == "FM005"]
    assert [d.message for d in found] == messages


def test_a_false_closer_in_the_middle_of_a_record() -> None:
    text = ARTICLE.replace("\ntype", "\n---\ntype")
    ((severity, place, message, safety),) = told(text, "FM005")
    assert (severity, place, safety) == ("error", (11, 1), "")
    assert message == "type and 7 more below the closing `---`: readers drop what stands there"


def test_both_openers_and_both_closers() -> None:
    text = "---\n" + ARTICLE.rstrip("\n") + "\n---\n\n"
    assert [(d.code, line(text, d)) for d in findings(text)] == [("FM001", (2, 1)), ("FM005", (31, 1))]
    assert fix_text(text, PATH).text == ARTICLE.rstrip("\n") + "\n---\n\n"
    assert fix_text(text, PATH, unsafe=True).text == ARTICLE


def test_a_rule_below_an_empty_record() -> None:
    text = "---\n---\n\nThe tram\n\n---\n"
    found = [d for d in findings(text, "_guides/tram.md") if d.code == "FM005"]
    assert [d.message for d in found] == ["below an empty record vfile-matter takes this `---` for its end"]


# --- FM008 -------------------------------------------------------------------------------------------------

CHARACTERS = [
    # what the title has, the message after "title has the ", safety, the title --fix leaves (None: untouched)
    ("Tram\0 line", "control character U+0000 in it: delete it", "safe", "Tram line"),
    ("\x07Tram\x08 line\x7f", "control character U+0007 in it, and 2 more: delete it", "safe", "Tram line"),
    ("Tram\x0bline", "control character U+000B in it: delete it", "safe", "Tram line"),
    ("Tram \x0cline", "control character U+000C in it: delete it", "safe", "Tram line"),
    ("\x1b[1;31mTram\x1b[0m line", "terminal escape sequence U+001B in it, and 1 more: delete it", "safe", "Tram line"),
    ("\x1b]0;x\x07Tram\x1b(B line", "terminal escape sequence U+001B in it, and 1 more: delete it", "safe",
     "Tram line"),
    ("Tram\ufdd0 line\U0001ffff", "noncharacter U+FDD0 in it, and 1 more: delete it", "safe", "Tram line"),
    ("don\x19t", "control character U+0019 in it: `’` was meant", "unsafe", None),
    ("caf\x1a tram", "control character U+001A in it: delete it", "unsafe", None),
    ("don\x92t", "control character U+0092 in it: `’` was meant", "safe", "don’t"),
    ("The council\x92s tram", "control character U+0092 in it: `’` was meant", "safe", "The council’s tram"),
    ("The riders\x92 tram", "control character U+0092 in it: `’` was meant", "safe", "The riders’ tram"),
    ("Trams of the \x9290s", "control character U+0092 in it: `’` was meant", "safe", "Trams of the ’90s"),
    ("L\x92annonce du tram", "control character U+0092 in it: `’` was meant", "safe", "L’annonce du tram"),
    ("\x93Tram\x94 and \x91line\x92", "control character U+0093 in it, and 3 more: `“` was meant", "safe",
     "“Tram” and ‘line’"),
    ("Tram \x96 2010\x962015 \x97 line", "control character U+0096 in it, and 2 more: `–` was meant", "safe",
     "Tram – 2010–2015 — line"),
    ("tur\x92stico", "control character U+0092 in it: `’` was meant", "unsafe", None),
    ("El pa\x92s", "control character U+0092 in it: `’` was meant", "unsafe", None),
    ("El d\x92a", "control character U+0092 in it: `’` was meant", "unsafe", None),
    ("As\x92 es", "control character U+0092 in it: `’` was meant", "unsafe", None),
    ("ma\x96ana", "control character U+0096 in it: `–` was meant", "unsafe", None),
    ("canci\x97n", "control character U+0097 in it: `—` was meant", "unsafe", None),
    ("\x80 50", "control character U+0080 in it: `€` was meant", "unsafe", None),
    ("Tram\x9d", "control character U+009D in it: write the character that was meant", "", None),
    ("councilâ\x80\x99s cafÃ©", "damaged character U+0080 in it, and 1 more: `’` was meant", "safe", "council’s café"),
    ("â€œTramâ€\x9d", "damaged character U+009D in it, and 1 more: `“` was meant", "safe", "“Tram”"),
    ("Ã¢Â\x80Â\x99s", "damaged character U+0080 in it: `’` was meant", "safe", "’s"),
    ("\u202eTram", "text direction control U+202E in it: delete it", "unsafe", None),
    ("\u202aTram\u202c", "text direction control U+202A in it, and 1 more: delete it", "safe", "Tram"),
    ("الترام \u2067tram", "text direction control U+2067 in it: delete it", "unsafe", None),
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(("title", "message", "safety", "left"), CHARACTERS)
def test_a_control_character(title: str, message: str, safety: str, left: str | None, written: str) -> None:
    text = WRITTEN[written](titled(f'"{title}"'))
    found = [d for d in findings(text) if d.code != "TX001"]
    mild = "U+202A" in message or "U+2067" in message
    assert [(d.code, d.severity.value) for d in found][:1] == [("FM008", "warning" if mild else "error")]
    assert [(d.message, d.fix.safety.value if d.fix else "") for d in found][:1] == [
        (
            f"title has the {message}",
            safety,
        )
    ]
    assert {d.code for d in found} == {"FM008"}
    result = fix_text(text, PATH).text
    assert result == (text if left is None else WRITTEN[written](titled(f'"{left}"')))
    if left is not None:
        assert findings(result) == []


@pytest.mark.parametrize(
    ("escaped", "left"),
    [
        ('"Tram\\0 line"', '"Tram line"'),
        ('"\\e[1mTram\\x1b[0m line"', '"Tram line"'),
        ('"Tram\\ufdd0 \\x07line"', '"Tram line"'),
        ('"Tram \\ud83d"', None),
    ],
)
def test_an_escape_of_a_control_character(escaped: str, left: str | None) -> None:
    text = titled(escaped)
    assert [d.code for d in findings(text)] == (["FM008"] if left else ["YA001"])
    if left:
        assert fix_text(text, PATH).text == titled(left)


def test_a_place_has_one_finding() -> None:
    assert [d.code for d in findings(titled('"council\u00e2\\x80\\x99s tram"'))] == ["TX001"]
    assert [d.code for d in findings(titled('"council\\x92s tram"'))] == ["TX001"]
    assert [d.code for d in findings(ARTICLE.replace("tram.jpg", "tr\\0am.jpg"))] == ["UR001"]


def test_a_topic_a_key_a_comment_and_the_text_are_looked_at_too() -> None:
    text = (
        ARTICLE.replace("Public Transport", '"Public\\x92s \\a Transport"')
        .replace("\ntype", "\n# \ufdd0\ntype")
        .replace("\nheat", "\nhe\ufdd0at")
        + "<!-- \0 -->\n"
    )
    found = [d for d in findings(text) if d.code == "FM008"]
    assert [(line(text, d), d.message, d.fix is not None) for d in found] == [
        ((10, 3), "the file has the noncharacter U+FDD0 in it: delete it", True),
        ((13, 3), "the file has the noncharacter U+FDD0 in it: delete it", True),
        ((21, 12), "topics[0] has the control character U+0092 in it, and 1 more: `’` was meant", True),
        ((32, 6), "the file has the control character U+0000 in it: delete it", True),
    ]


def test_none_makes_the_file_readable_alone() -> None:
    text = titled('"Tram\0 line"').replace("provider:", "note: tur\x92stico\nprovider:")
    assert {d.fix.safety.value for d in findings(text) if d.code == "FM008" and d.fix} == {"unsafe"}
    assert fix_text(text, PATH).text == text


def test_another_fault_beside_a_control_character() -> None:
    text = titled("Tram\0: line")
    assert {d.code for d in findings(text)} == {"FM008", "YA001"}
    assert fix_text(text, PATH).text == titled('"Tram: line"')


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-16-be"])
def test_the_zeros_of_wide_characters_are_another_cause(encoding: str) -> None:
    document = parse(ARTICLE.encode(encoding), PATH)
    found = {d.code for d in lint(document, fm.RULES, Repository(None))}
    assert "FM006" in found
    assert found.isdisjoint(CODES)


def test_after_a_delimiter_it_is_one_cause() -> None:
    text = ARTICLE.replace("\n---\n", "\n---\0\n")
    assert [d.code for d in findings(text)] == ["FM008"]
    assert fix_text(text, PATH).text == ARTICLE


def test_the_end_of_a_file_of_dos() -> None:
    assert [d.code for d in findings(ARTICLE + "\x1a")] == ["FM008"]
    assert fix_text(ARTICLE + "\x1a", PATH).text == ARTICLE


@pytest.mark.parametrize("sound", ["\u2067الترام\u2069 tram", "tram\u200fالترام", "\u202bالترام\u202c", "a\tb"])
def test_what_a_text_needs(sound: str) -> None:
    assert told(titled(f'"{sound}"'), "FM008") == []


# --- what holds for every file -----------------------------------------------------------------------------


@given(
    st.one_of(damaged_files(), hostile_texts()),
    st.sampled_from(["\0", "\x92", "\n---x\n", "\n...\n", "\u202e", "\n---\n"]),
)
def test_no_file_is_too_much(text: str, more: str) -> None:
    for content in (text, text + more, text.replace("\n", more, 3)):
        document = parse(content, PATH)
        for found in lint(document, NEW, Repository(None)):
            assert 0 <= found.span.start <= found.span.end <= len(content)


HAZARDS = ["\0", "\x1b[1m", "\ufdd0", "\x92", "\x93", "\u202e", "\n...\n", "\n---x\n", "\n—\n", "\n----\n"]


@given(st.randoms(use_true_random=False), st.sampled_from(HAZARDS))
def test_a_fix_converges_and_settles(random: Random, hazard: str) -> None:
    text, _ = feed_file(random)
    at = random.randint(0, len(text))
    document = parse(text[:at] + hazard + text[at:], PATH)
    once = fix(document, NEW, Repository(None), unsafe=True)
    again = fix(once.document, NEW, Repository(None), unsafe=True)
    assert again.document.text == once.document.text
    assert not again.fixed
    # What is left has no fix, or one that cannot be proved.
    left = [d for d in lint(once.document, NEW, Repository(None)) if d.fix is not None]
    assert len(left) == len(again.refused)


@given(feed_files())
def test_a_sound_file_has_no_false_delimiter(file: tuple[str, object]) -> None:
    document = parse(file[0], "_guides/tram.md")
    if document.root is not None and document.delimiters.sound:
        assert [d for d in lint(document, select(["FM004"]), Repository(None)) if d.fix is None] == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ['"', "'"])
@pytest.mark.parametrize("lines", ["---", "---\n  ---"])
def test_a_closer_inside_of_quotes_is_none(newline: str, mark: str, lines: str) -> None:
    text = overlay(f"excerpt: {mark}The sign\n  said\n  ###\n  why.{mark}").replace("  ###", lines)
    text = text.replace("\n", newline)
    assert [d.code for d in findings(text)] == ["FM004"]
    result = fix_text(text, PATH)
    assert result.report.findings == []
    assert result.text == text.replace(f"said{newline}---", f"said{newline}  ---")


def test_a_rule_in_the_body_does_not_close_a_broken_record() -> None:
    text = ARTICLE.replace('tram line"', "tram line", 1) + 'He said "no".\n\n---\n\nMore: text\n'
    assert [d.code for d in findings(text) if d.code.startswith(("FM", "YA"))] == ["YA001"]
