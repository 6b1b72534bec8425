"""A file read by the layout of another one is read as it would be by itself, and hides nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.repository import Repository
from feedlint.rules import RULES
from feedlint.source import Document, controls, parse
from feedlint.source.plan import plan
from feedlint.source.sketch import Layout, Sketch, rows
from fuzz import feeds
from tests.support import ARTICLE, PATH

REPOSITORY = Repository(None, today=datetime(2021, 6, 1, tzinfo=timezone.utc))
OF_FILES = [rule for rule in RULES if rule.sees == "document" and rule.clear is None]


def layout_of(text: str, path: str = PATH) -> Layout | None:
    found = rows(text.encode(), text, path)
    return plan(found) if found is not None else None


def sketch(text: str, base: str = ARTICLE, path: str = PATH) -> Sketch | None:
    """Read *text* by the layout of *base*; None where that is not possible."""
    layout = layout_of(base, path)
    data = text.encode("utf-8", "surrogateescape")
    found = rows(data, text, path)
    assert layout is not None
    if found is None or found.begins != rows(base.encode(), base, path).begins:  # type: ignore[union-attr]
        return None
    return layout.read(text, path, found)


def same(read: Document, text: str) -> None:
    """Check that *read* is what YAML makes of *text*, and that nothing is found in it by itself."""
    document = parse(text, read.path)
    assert document.root is not None
    assert read.root is not None
    assert read.entries == document.entries
    assert read.data == document.data
    assert [node.style for node in read.nodes] == [node.style for node in document.nodes]
    assert [node.path for node in read.nodes] == [node.path for node in document.nodes]
    for rule in OF_FILES:
        assert list(rule.run(document, REPOSITORY)) == [], (rule.code, text)


def test_a_file_with_other_values_is_read() -> None:
    text = ARTICLE.replace("Harbour council", "Ferry").replace("61", "59").replace("Public Transport", "Éclairs")
    read = sketch(text)
    assert read is not None
    assert read.data["title"] == "Ferry approves the new tram line"
    assert read.data["quality"] == 59
    assert read.data["topics"] == ["Éclairs"]
    same(read, text)


def test_lines_may_end_in_crlf() -> None:
    text = ARTICLE.replace("\n", "\r\n")
    read = sketch(text)
    assert read is not None
    same(read, text)


def test_a_file_of_yaml_alone_is_read() -> None:
    base = "taxonomy: topic\n_id: trams\nname: Trams\n"
    text = "taxonomy: topic\n_id: ferries\nname: Ferries\n"
    read = sketch(text, base, "_data/topics/01-trams.yaml")
    assert read is not None
    same(read, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("article\n", "video\n"),
        ("type: article\n", "type: article  \n"),
        ("61", "0"),
        ("true", "false"),
        ('"Harbour council', '"\\"Harbour\\" c:\\\\d # council: '),
        ('"Harbour council', '"東京 🚋 “q”'),
        ("Public Transport", "Public-Transport"),
        ("Public Transport", "a:b #1".replace(" #", "#")),
        ("2020-12-08T21:40:00Z", "2019-01-01T00:00:00Z"),
        ('"https://img.example.com/tram.jpg"', '""'),
    ],
)
def test_what_is_plain_is_read(old: str, new: str) -> None:
    text = ARTICLE.replace(old, new)
    assert text != ARTICLE
    read = sketch(text)
    assert read is not None
    same(read, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: article", "type: 'article'"),
        ("type: article", 'type: "article"'),
        ("type: article", "type: article # comment"),
        ("type: article", "type: article: x"),
        ("type: article", "type: article:"),
        ("type: article", "type: article: "),
        ("type: article", "type:  article"),
        ("type: article", "type: yes"),
        ("type: article", "type: 12"),
        ("type: article", "type: ~"),
        ("type: article", "type: &a article"),
        ("type: article", "type: *a"),
        ("type: article", "type: !!str article"),
        ("type: article", "type: |"),
        ("type: article", "type: [article]"),
        ("type: article", "type: {a: b}"),
        ("type: article", "type: - article"),
        ("type: article", "type: ? article"),
        ("type: article", "type: %article"),
        ("type: article", "type: @article"),
        ("type: article", "type: `article`"),
        ("type: article", "type:"),
        ("type: article", "type: \tarticle"),
        ("type: article", "type: art\x85icle"),
        ("type: article", "type: art\u2028icle"),
        ("type: article", "type: art\xa0icle"),
        ("type: article", "type: art\ufefficle"),
        ("type: article", "type: art\udce9icle"),
        ("type: article", "type: art\ufffeicle"),
        ("type: article", "type: art\x07icle"),
        ("type: article", "type: art\u202eicle"),
        ("type: article", "type: art\ufdd0icle"),
        ("type: article", "type: article\r"),
        ("type: article", "type: article\n  more"),
        ("61", "061"),
        ("61", "6_1"),
        ("61", "61.0"),
        ("61", "1e3"),
        ("61", "999999999999999999999"),
        ("61", '"61"'),
        ("true", "True"),
        ("true", "on"),
        ("2020-12-08T21:40:00Z", "2020-12-08"),
        ("2020-12-08T21:40:00Z", "yesterday"),
        ('line"\n', "line\n"),
        ('line"\n', 'line\\"\n'),
        ('line"\n', 'line\\n"\n'),
        ('line"\n', 'line" x\n'),
        ('line"\n', 'li"ne"\n'),
        ('line"\n', 'line" # x\n'),
        ('line"\n', 'line\n  two"\n'),
        ("\n\nsecured", "\n\n# x\nsecured"),
        ("\n\nsecured", "\nmore: x\nsecured"),
        ("\n\nsecured", "\n x\nsecured"),
        ("---\n\n", "---\n\nA text.\n"),
        ("---\ncategory", "--- \ncategory"),
        ("---\ncategory", "\ufeff---\ncategory"),
        ("---\ncategory", "\n---\ncategory"),
        ("---\n\n", "----\n\n"),
        ("\n---\n\n", "\n"),
        ("heat", "heta "),
        ("heat", "he\u202aat"),
    ],
)
def test_what_is_not_plain_is_not_read(old: str, new: str) -> None:
    text = ARTICLE.replace(old, new, 1)
    assert text != ARTICLE
    assert sketch(text) is None


@pytest.mark.parametrize(
    "front",
    ["", "\n", "- a\n", "- a: b\n", "a\n", " a: b\n", "a:\n", "a: b\n c: d\n", "a:\n   b: c\n", "a:\n  - b\n - c\n",
     "a:\n- b\n  - c\n", "a: b\na: c\n", "yes: a\n", "a:\n  b: c\n d: e\n", "a: b\n  - c\n", "a:\n- b: c\n d: e\n",
     "a:\n  -\n", "a:\n  - \n", "- - a\n", "a: b\n- c\n", "a:\n  - b\n  c: d\n", "a:\n  b\n", "a:\nb\n",
     "a: []\n", "a: [b,c]\n", "a: [b, ]\n", "a: [b,]\n", "a: [ b]\n", "a: [b ]\n", "a: [yes]\n", "a: [1]\n", "a: [~]\n",
     "a: [b: c]\n", "a: [\"b\"]\n", "a: ['b']\n", "a: [b] # c\n", "a: [b] c\n", "a: [b\n", "a: b]\nc: [[d]]\n",
     "a: [&b c]\n",
     "a: [{b}]\n", "a: [*b]\n", "a: [!b c]\n", "a: [- b]\n", "a: [b?]\n",
     "a: [b,  c]\n", "a: [b, c\n  d]\n", "[a]\n", "- [a]\n"],
)  # fmt: skip
def test_only_a_mapping_in_good_order_has_a_layout(front: str) -> None:
    assert layout_of(f"---\n{front}---\n") is None


@pytest.mark.parametrize(
    "front",
    ["a: b\n", "\na: b\n\n", "a:\n- b\nc: d\n", "a:\n  - b\n  - c\nd: e\n", "a:\n  - b: c\n    d: e\n  - b: f\n",
     "a:\n  b:\n    c: d\n  e: f\n", "a:\n- b:\n  - c\n  d: e\n- f: g\n", "a:\n  - - b\n    - c\n  - - d\n"],
)  # fmt: skip
def test_mappings_and_lists_are_read(front: str) -> None:
    text = f"---\n{front}---\n"
    read = sketch(text, text)
    assert read is not None
    same(read, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: article", "type:"),
        ("type: article", "type: &a article"),
        ("type: article", "type: [article: x]"),
        ("type: article", "type: article\n  more"),
        ("type: article", "type: |\n  article"),
        ("type: article", "? type\n: article"),
        ("type: article", '"type": article'),
        ("type: article", "type: article # x"),
        ("type: article", "# x\ntype: article"),
        ("type: article", "type: 0x1"),
        ("  - Public Transport", "  -\n    Public Transport"),
        ("---\n\n", "---\n\nA text.\n"),
    ],
)
def test_only_what_is_plain_has_a_layout(old: str, new: str) -> None:
    text = ARTICLE.replace(old, new, 1)
    assert text != ARTICLE
    assert layout_of(text) is None


@pytest.mark.parametrize(
    ("body", "is_plain"),
    [
        ("\nA text.\n", True), ("A text, cut\n---\nby a rule: b\n", True), ("<p>a: b</p>", True),
        ("# Trams\na: b\n", True),
        ("\n\n* a\n", True), ("--\n", False), ("---\n", False), ("\n---\nA text.\n", False), ("a: b\n", False),
        ("A text: b\n", False), ("\n  A text.\n", False), ("- a\n", False), ("A\x07text.\n", False),
        ("\u202eA text.\n", False), ("\ufeffA text.\n", False), ("A text.\r\nOf two lines.\n", False),
    ],
)  # fmt: skip
def test_a_text_may_follow_where_records_have_one(body: str, is_plain: bool) -> None:
    path = "_samples/4711.md"
    text = ARTICLE.rstrip("\n") + "\n" + body
    found = rows(text.encode(), text, path, has_body=True)
    assert (found is not None) == is_plain
    assert rows(text.encode(), text, path) is None
    layout = plan(found) if found is not None else None
    if found is not None and layout is not None:
        read = layout.read(text, path, found)
        assert read is not None
        same(read, text)


def test_nothing_need_follow_the_record() -> None:
    text = ARTICLE.rstrip("\n")
    read = sketch(text)
    assert text.endswith("\n---")
    assert read is not None
    same(read, text)
    assert sketch("a: b", "a: c\n", "_data/topics/01-trams.yaml") is not None


def test_what_is_found_wherever_it_stands_is_not_plain() -> None:
    """A rule about files finds these characters in any field."""
    for char in filter(re.compile(f"[{controls.CHARACTERS}]").match, map(chr, range(sys.maxunicode + 1))):
        text = f"---\na: b{char}c\n---\n"
        assert rows(text.encode("utf-8", "surrogateescape"), text, PATH) is None, hex(ord(char))


VALUES = (
    "x", "-1", "- 1", "--", "-", "0", "00", "1.5", "1.", ".5", "1e5", "1:30", "0x1f", "0o7", "~", "null", "true", "yes",
    "=", "<<", "? a", "?a", ": a", ":a", "a: b", "a:b", "a:", "a #b", "a#b", "#a", "%a", "@a", "`a", "!a", "!!str a",
    "&a b", "*a", "[]", "[a]", "[a, b]", "[a, b c]", "[1, b]", "[a, no]", "[a", "{}", "{a: b}", "|", ">-",
    "'a'", "'a''b'", "'a", "a'", '"a"', '"a\\"b"',
    '"a\\\\"', '"a\\', '"a\\n"', '"a\\u00e9"', '"a" b', '"', '""', "''", "a b", " a", "a ", "---", "--- a", "...", "é",
    "東京", "🚋", "a\xa0b", "\u200b", "\u2028", "\x85", "a\tb", "\t", "2020-12-08T21:40:00Z", "2020-12-08", "T", "n",
    "https://example.com/a?b=c#d", "C:\\new", "a, b", "a]", "a}", "null ", "12345678901234567890", "1_000", "+1", "",
)  # fmt: skip


@pytest.mark.parametrize("base", ["[b]", "[b, c]", "b", '"b"', "'b'", "1", "1.5", "true", "2020-12-08T21:40:00Z"])
def test_no_value_is_read_as_another_one(base: str) -> None:
    known = f"---\na: {base}\nc:\n  - d: {base}\n---\n"
    read = 0
    for value in VALUES:
        text = known.replace(base, value)
        found = sketch(text, known)
        read += found is not None
        if found is not None:
            same(found, text)
    assert read


def edits(text: str, random: Random) -> str:
    """Return *text* with some of what stands behind its colons and dashes exchanged, and now and then a line."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(lines))
        for mark in (": ", "- "):
            before, found, _ = lines[at].partition(mark)
            if found:
                lines[at] = before + mark + random.choice(VALUES)
                break
        else:
            if random.random() < 0.1:
                lines[at] = random.choice(VALUES)
    return "\n".join(lines)


@given(st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_what_is_read_by_a_layout_is_what_yaml_reads(random: Random) -> None:
    path, content = feeds.split(feeds.feed(random))
    bases = [ARTICLE] if path == PATH else []
    bases.append(content.decode("utf-8", "surrogateescape"))
    for base in bases:
        found = rows(base.encode("utf-8", "surrogateescape"), base, path)
        if found is None:
            continue
        layout = plan(found)
        for text in [base, *(edits(base, random) for _ in range(8))] if layout is not None else []:
            lines = rows(text.encode("utf-8", "surrogateescape"), text, path)
            if lines is not None and lines.begins == found.begins:
                read = layout.read(text, path, lines)  # type: ignore[union-attr]
                if read is not None:
                    same(read, text)


def test_much_of_what_is_written_is_read() -> None:
    """Else the test above would be for nothing."""
    assert len(list(_read(Random(1), 300))) > 40


def _read(random: Random, count: int) -> Iterator[Sketch]:
    for _ in range(count):
        read = sketch(edits(ARTICLE, random))
        if read is not None:
            yield read
