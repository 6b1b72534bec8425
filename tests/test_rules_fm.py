"""FM: a damaged delimiter is found at its place, in words a person can act on, and repaired where that is certain."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from feedlint import fix_text, lint_text
from feedlint.diagnostic import Diagnostic, Safety
from feedlint.identity import digest_of
from feedlint.repository import Repository
from feedlint.rules import fm
from feedlint.rules.fm import control_character, line_endings
from tests.support import ARTICLE, PATH, codes, findings, fixed, read, repository

BODY = ARTICLE.removeprefix("---\n")
OPEN = ARTICLE[: ARTICLE.rindex("---")]


def only(text: str) -> Diagnostic:
    found = findings(text)
    assert len(found) == 1, [(d.code, d.message) for d in found]
    return found[0]


def place(text: str, diagnostic: Diagnostic) -> tuple[int, int]:
    return read(text).lines.position(diagnostic.span.start)


# A broken delimiter, ten ways, at either end: code, line and column, the words, and whether --fix makes it sound.
BROKEN = [
    pytest.param(BODY, "FM001", (1, 1), "the opening `---` is missing: line 1 is `category: news`",
                 id="dashes-missing"),
    pytest.param("—\n" + BODY, "FM001", (1, 1), "the opening delimiter `—` is not three hyphens but has an em dash",
                 id="em-dash"),
    pytest.param("–––\n" + BODY, "FM001", (1, 1), "the opening delimiter `–––` is not three hyphens but has an en dash",
                 id="en-dashes"),
    pytest.param("--\n" + BODY, "FM001", (1, 1), "the opening delimiter `--` has 2 hyphens, not three in a row",
                 id="too-few"),
    pytest.param("  ---\n" + BODY, "FM001", (1, 1), "the opening delimiter `---` is indented", id="indented"),
    pytest.param("--- \n" + BODY, "FM003", (1, 4), "the opening `---` is followed by white space", id="trailing-space"),
    pytest.param("----\n" + BODY, "FM003", (1, 4), "the opening `---` is followed by more dashes", id="more-dashes"),
    pytest.param("\ufeff" + ARTICLE, "FM007", (1, 1), "the file starts with a byte order mark", id="bom"),
    pytest.param("---" + BODY, "FM001", (1, 1), "a key is glued to the opening `---`", id="glued-key"),
    pytest.param("--- " + BODY, "FM001", (1, 1), "a key is glued to the opening `---`", id="key-on-the-same-line"),
    pytest.param("\n\n" + ARTICLE, "FM001", (3, 1), "the opening `---` is on line 3, not on line 1", id="blank-lines"),
    pytest.param("\\---\n" + BODY, "FM001", (1, 1), "the opening delimiter `\\---` has escaped dashes", id="escaped"),
    pytest.param("+++\n" + BODY, "FM001", (1, 1), "the opening delimiter `+++` is no `---`", id="toml"),
    pytest.param(OPEN, "FM002", (28, 80), "the closing `---` is missing: the record ends on line 28", id="no-closer"),
    pytest.param(OPEN + "...\n", "FM002", (29, 1),
                 "the closing delimiter `...` ends a YAML document, not front matter", id="dots"),
    pytest.param(OPEN + "—\n", "FM002", (29, 1), "the closing delimiter `—` is not three hyphens but has an em dash",
                 id="closing-em-dash"),
    pytest.param(OPEN + " ---\n", "FM002", (29, 1), "the closing delimiter `---` is indented", id="closing-indented"),
    pytest.param(OPEN + "---\t\n\n", "FM003", (29, 4), "the closing `---` is followed by white space",
                 id="closing-trailing-tab"),
    pytest.param(OPEN.rstrip("\n") + "---\n", "FM002", (28, 81), "the closing `---` is glued to the line before it",
                 id="no-line-break-before-the-closer"),
    pytest.param(OPEN.rstrip("\n"), "FM002", (28, 80), "the closing `---` is missing: the record ends on line 28",
                 id="no-closer-no-final-newline"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "where", "message"), BROKEN)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_broken_delimiter(text: str, code: str, where: tuple[int, int], message: str, newline: str) -> None:
    text = text.replace("\n", newline)
    found = only(text)
    assert (found.code, place(text, found), found.message) == (code, where, message)
    assert found.fix is not None
    assert found.fix.safety is Safety.SAFE
    result = fixed(text, found.fix)
    assert result.rstrip() == ARTICLE.replace("\n", newline).rstrip()
    assert findings(result) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty: there is no record in it"),
        ("\n \n", "the file is empty: there is no record in it"),
        ("\ufeff", "the file is empty: there is no record in it"),
        ("Just prose.\n", "the file has no front matter: it starts with `Just prose.`, not with `---`"),
        ('{"title": "x"}\n', "the file starts with JSON; write the record as YAML between two `---` lines"),
        ('+++\ntitle = "x"\n+++\n', "the file has TOML front matter; write the record as YAML between two `---` lines"),
    ],
)
def test_nothing_at_all(text: str, message: str) -> None:
    found = [d for d in findings(text) if d.code != "FM007"]
    assert [(d.code, d.message, d.fix) for d in found] == [("FM001", message, None)]


def test_a_rule_in_the_text_is_not_the_closer() -> None:
    text = OPEN + "\nThe tram is coming. It is late.\n\n---\n\nMore.\n"
    found = next(d for d in findings(text) if d.code == "FM002")
    assert (found.code, place(text, found)) == ("FM002", (28, 80))
    assert [(read(text).lines.position(label.span.start), label.message) for label in found.labels] == [
        ((32, 1), "this one is a rule in the text, not the end of the record")
    ]
    assert found.fix is not None
    assert fixed(text, found.fix) == OPEN + "---\n\nThe tram is coming. It is late.\n\n---\n\nMore.\n"


@pytest.mark.parametrize(
    ("closer", "title"),
    [
        ("", "Insert `---`"),
        ("...\n", "Write `---`"),
        ("\b---\n", "Break the line before `---`"),
    ],
)
def test_a_closer_is_put_right_and_what_is_done_is_said(closer: str, title: str) -> None:
    text = OPEN.rstrip("\n") + closer.removeprefix("\b") if "\b" in closer else OPEN + closer
    (found,) = [d for d in findings(text) if d.code == "FM002"]
    assert found.fix is not None
    assert found.fix.title == title
    # Other quotes in the line above do not make it another finding.
    other = text.replace('secured: "', "secured: '").replace('w=="', "w=='")
    assert other != text
    (later,) = [d for d in findings(other) if d.code == "FM002"]
    assert found.digest == later.digest


@pytest.mark.parametrize(
    ("text", "under", "about"),
    [
        (OPEN, '"', "missing"),
        (OPEN.rstrip("\n") + "---\n", "---", "glued"),
        (OPEN + "...\n", "...", "..."),
        (OPEN + "–––\n", "–––", "–––"),
    ],
)
def test_a_closer_is_known_again_by_what_is_wrong_with_it(text: str, under: str, about: str) -> None:
    (found,) = [d for d in findings(text) if d.code == "FM002"]
    assert (text[slice(*found.span)], found.digest, found.labels) == (under, digest_of(about), ())


def test_rules_in_the_text_after_a_sound_closer_are_fine() -> None:
    text = ARTICLE.replace("category: news\n", "") + "\nText\n\n---\n\nnote: more\n\n----\n...\n"
    assert findings(text, "_guides/tram.md") == []


def test_dashes_in_a_block_scalar_or_comment_are_no_delimiter() -> None:
    text = ARTICLE.replace('excerpt: "', 'excerpt: >-\n  First\n  ---\n  "').replace("university.", "university")
    assert [d.code for d in findings(text.replace("\ntype:", "\n# --- scores\ntype:")) if d.code[:2] == "FM"] == []


def test_an_unknown_key_makes_the_repair_unsafe() -> None:
    text = OPEN + "Note: the tram is coming\n"
    found = [d for d in findings(text) if d.code == "FM002"]
    assert [d.fix.safety for d in found if d.fix] == [Safety.UNSAFE]


def test_text_above_the_opener_moves_below_the_record() -> None:
    text = "<!-- checked by ä -->\r\n" + ARTICLE.replace("\n", "\r\n")
    found = only(text)
    assert found.fix is not None
    assert found.fix.safety is Safety.UNSAFE
    assert fixed(text, found.fix) == ARTICLE.replace("\n", "\r\n").rstrip() + "\r\n<!-- checked by ä -->\r\n\r\n"


def test_both_delimiters_damaged_are_two_findings() -> None:
    text = "—\n" + BODY.replace("\n---\n", "\n—\n")
    assert [(d.code, place(text, d)) for d in findings(text)] == [("FM001", (1, 1)), ("FM002", (29, 1))]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ARTICLE.replace("approves", "für").encode("latin-1"), "byte 44 is not UTF-8 (FC); it looks like windows-1252"),
        (ARTICLE.encode("utf-16"), "byte 0 is not UTF-8 (FF FE); it looks like UTF-16"),
        (ARTICLE.encode().replace(b"tram.jpg", b"\xed\xa0\xbd\xed\xb8\x80.jpg"),
         "byte 782 is not UTF-8 (ED A0 BD ED); it looks like CESU-8"),
        (ARTICLE.encode().replace(b"tram.jpg", b"\x81.jpg"), "byte 782 is not UTF-8 (81)"),
    ],
)  # fmt: skip
def test_not_utf8_names_the_byte(data: bytes, message: str) -> None:
    from feedlint.linting import lint
    from feedlint.source import parse

    document = parse(data, PATH)
    found = lint(document, fm.RULES, Repository(None))
    assert [d.message for d in found if d.code == "FM006"] == [message]
    assert document.bytes == data


def test_utf16_can_be_read_again() -> None:
    from feedlint.diagnostic import apply_edits
    from feedlint.linting import lint
    from feedlint.source import parse

    document = parse(ARTICLE.encode("utf-16"), PATH)
    fix = next(d.fix for d in lint(document, fm.RULES, Repository(None)) if d.code == "FM006")
    assert fix is not None
    assert apply_edits(document.text, fix.edits) == ARTICLE


def test_a_byte_order_mark_anywhere() -> None:
    text = ARTICLE.replace("Harbour", "Har\ufeffbour").replace("\n---\n\n", "\n---\n\n\ufeffText\ufeff\n")
    found = [d for d in findings(text) if d.code == "FM007"]
    assert [(d.message, place(text, d)) for d in found] == [
        ("title has a byte order mark in it", (3, 12)),
        ("a byte order mark in the file, and 1 more", (31, 1)),
    ]
    for diagnostic in found:
        assert diagnostic.fix is not None
        assert fixed(text, diagnostic.fix).count("\ufeff") < 3


def test_a_byte_order_mark_that_hides_a_key_is_the_cause() -> None:
    text = ARTICLE.replace("\ntype", "\n\ufefftype")
    assert [(d.code, place(text, d)) for d in findings(text)] == [("FM007", (10, 1))]
    assert fix_text(text).text == ARTICLE


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (ARTICLE, []),
        (ARTICLE.replace("\n", "\r\n"), []),
        (ARTICLE.replace("\n", "\r"), ["error: all lines end in a lone CR, which most readers do not see"]),
        (ARTICLE.replace("\ntype", "\r\ntype"), ["warning: mixed line endings: 29 LF, 1 CRLF"]),
        (ARTICLE.replace("\ntype", "\rtype"), ["error: mixed line endings: 29 LF, 1 CR"]),
        (ARTICLE.replace("\ntype", "\x85type"),
         ["error: U+0085 (next line) in the record: some readers end the line here, some do not"]),
        (ARTICLE.replace("new tram", "new\u2028tram"),
         ["error: U+2028 (line separator) in the record: some readers end the line here, some do not"]),
        (ARTICLE + "text\u2028more", []),
    ],
)  # fmt: skip
def test_line_endings(text: str, messages: list[str]) -> None:
    found = [d for d in findings(text) if d.code == "FM009"]
    assert [f"{d.severity.value}: {d.message}" for d in found] == messages
    for diagnostic in found:
        assert diagnostic.fix is not None
        result = fixed(text, diagnostic.fix)
        assert findings(result) == []


def test_a_crlf_file_among_lf_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crlf = ARTICLE.replace("\n", "\r\n")
    repository(tmp_path, {"_news/a.md": ARTICLE, "_news/b.md": ARTICLE, "_news/c.md": crlf, "_old/d.md": crlf})
    repository(tmp_path, {"_new/a.md": crlf, "_new/b.md": ARTICLE, "_new/c.md": ARTICLE})
    monkeypatch.chdir(tmp_path)

    def found(path: str) -> list[tuple[str, str]]:
        text = (tmp_path / path).read_bytes().decode()
        return [(d.code, d.severity.value) for d in findings(text, path, root=tmp_path, rules=fm.RULES)]

    assert found("_news/c.md") == [("FM009", "warning")]
    assert found("_old/d.md") == []
    assert found("_news/a.md") == []
    assert found("_new/a.md") == [("FM009", "warning")]


@pytest.mark.parametrize(
    ("text", "jekyll"),
    [
        (ARTICLE, True),
        (ARTICLE.replace("\n", "\r\n"), True),
        (ARTICLE.replace("---\n", "--- \t\n"), True),
        (OPEN + "...\n", True),
        ("---\n\n" + BODY, True),
        ("\ufeff" + ARTICLE, False),
        (BODY, False),
        (OPEN, False),
        ("----\n" + BODY, False),
        ("---\r" + BODY, False),
    ],
)
def test_what_jekyll_finds_is_known(text: str, jekyll: bool) -> None:
    assert (read(text).jekyll_front is not None) is jekyll


def test_the_help_says_whether_jekyll_reads_on() -> None:
    assert only(OPEN + "...\n").help == "Jekyll reads on, but stricter readers find no record here"
    assert only(BODY).help == "Jekyll finds no record here, and no other reader can be trusted to"


@pytest.mark.parametrize("gap", ["Wait\u2028more", "Wait \u2028 more", "Wait\u2028\u2029more", "Wait\u2028\tmore"])
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_separator_in_a_text_becomes_one_space(gap: str, quote: str) -> None:
    text = ARTICLE.replace('"Harbour council approves the new tram line"', f"{quote}{gap}{quote}")
    assert fix_text(text, PATH).text == text.replace(gap, "Wait more")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_separator_in_an_address_is_not_made_a_space(separator: str) -> None:
    text = ARTICLE.replace("tram.jpg", f"tr{separator}am.jpg")
    assert [d.code for d in findings(text)] == ["UR002"]
    assert fix_text(text, PATH).text == text
    assert fix_text(text, PATH, unsafe=True).text == ARTICLE


def test_many_separators_in_many_fields_take_no_time() -> None:
    text = ARTICLE.replace("secured:", "".join(f'k{i}: "a\u2028b"\n' for i in range(16_000)) + "secured:")
    document = read(text)
    start = time.process_time()
    assert len(list(line_endings.check(document, Repository(None)))) == 16_000
    assert time.process_time() - start < 8  # 2 or less where it is linear, 15 where it is not


def test_next_line_in_a_text_is_for_a_person_to_see() -> None:
    found = [d for d in findings(ARTICLE.replace("new tram", "new\x85tram")) if d.code == "FM009"]
    assert [d.fix.safety for d in found if d.fix] == [Safety.UNSAFE]


@pytest.mark.parametrize("piece", ["a\x1a", "cats\x92 ", "a\x92", "\x93a\x94 "])
def test_a_long_line_of_control_characters_takes_no_time(piece: str) -> None:
    document = read(ARTICLE.replace("new tram", piece * 20_000))
    start = time.process_time()
    assert list(control_character.check(document, Repository(None)))
    assert time.process_time() - start < 8  # 1 or 2 where it is linear, minutes where it is not


@pytest.mark.parametrize(
    "body",
    [
        "\n# The tram is coming\n\nText.\n",
        "\n- first\n- second\n",
        '\n"We will," she said.\n',
        "\n    code\n",
        "\n<p>Text</p>\n",
    ],
)
def test_the_text_after_a_missing_closer_stays_text(body: str) -> None:
    found = next(d for d in findings(OPEN + body) if d.code == "FM002")
    assert place(OPEN + body, found) == (28, 80)
    assert fix_text(OPEN + body, PATH).text == OPEN + "---\n" + body


def test_text_that_looks_like_a_field_is_not_taken_in_unasked() -> None:
    text = OPEN + "\nText: more.\n"
    assert fix_text(text, PATH).text == text


def test_a_block_scalar_with_empty_lines_is_not_the_end_of_a_record() -> None:
    text = OPEN + "excerpt2: |\n  One.\n\n  Two.\n"
    found = [d for d in findings(text) if d.code == "FM002"]
    assert [place(text, d)[0] for d in found] == [32]


def test_a_closer_glued_to_the_record_with_text_below() -> None:
    text = OPEN.rstrip("\n") + "---\n\nText.\n"
    assert fix_text(text, PATH).text == OPEN + "---\n\nText.\n"


def test_an_invisible_character_before_the_opener() -> None:
    found = only("\u200b" + ARTICLE)
    assert found.message == "the opening delimiter `\u200b---` has an invisible character before it"
    assert fix_text("\u200b" + ARTICLE, PATH).text == ARTICLE


def test_two_byte_order_marks_are_one_finding() -> None:
    assert only("\ufeff\ufeff" + ARTICLE).code == "FM007"
    assert fix_text("\ufeff\ufeff" + ARTICLE, PATH).text == ARTICLE


def test_any_number_of_empty_lines_above() -> None:
    assert only("\n" * 500 + ARTICLE).message == "the opening `---` is on line 501, not on line 1"
    assert fix_text("\n" * 500 + ARTICLE, PATH).text == ARTICLE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_wide_encodings_are_named_with_and_without_a_mark(encoding: str) -> None:
    for text in (ARTICLE, ARTICLE.replace("Harbour", "Häfen")):
        found = [d for d in lint_text(text.encode(encoding), PATH) if d.code == "FM006"]
        assert [encoding[:6].upper() in d.message for d in found] == [True]
        assert fix_text(text.encode(encoding).decode("utf-8", "surrogateescape"), PATH, unsafe=True).text == text


@pytest.mark.parametrize(
    "last",
    [
        "highlight: |\n  first\n  --\n  last\n",
        "highlight: |\n  —\n",
        "highlight: >-\n  a\n  ***\n  b\n",
        "tags:\n- --\n- ---\n- a\n",
        "tags:\n  - a\n  - --\n",
        "tags:\n- -\n",
    ],
)
def test_what_looks_like_a_delimiter_inside_the_last_value_is_none(last: str) -> None:
    assert [d for d in findings(OPEN + last + "---\n") if d.code.startswith(("FM", "YA"))] == []
    assert read(OPEN + last + "---\n").root is not None


def test_what_jekyll_finds_takes_time_in_proportion() -> None:
    from time import process_time

    def seconds(lines: int) -> float:
        start = process_time()
        assert read("---\n" + "\n" * lines).jekyll_front is None
        return process_time() - start

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.01)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_of_wide_characters_is_one_mistake(encoding: str) -> None:
    found = lint_text(ARTICLE.encode(encoding), PATH)
    assert [d.code for d in found] == ["FM006"]


def test_a_record_cut_in_two_is_one_mistake() -> None:
    assert codes(ARTICLE.replace("type: article\n", "---\ntype: article\n")) == ["FM005"]


def test_a_field_that_is_nowhere_is_missing_all_the_same() -> None:
    text = ARTICLE.replace("type: article\n", "---\ntype: article\n").replace("topics:\n  - Public Transport\n", "")
    assert codes(text) == ["SC001", "FM005"]


@pytest.mark.parametrize("dashes", ["―――", "‐‐‐"])
def test_a_dash_has_its_article(dashes: str) -> None:
    (diagnostic,) = findings(ARTICLE.replace("---", dashes, 1))
    assert diagnostic.message.rpartition("but has ")[2] in ("a horizontal bar", "a hyphen")
