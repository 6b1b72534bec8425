"""A file read by its trail is read as YAML has it, whatever was read before, and hides nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Hashable, Iterator
from datetime import datetime, timezone
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import feedlint
from feedlint.repository import Repository
from feedlint.rules import RULES
from feedlint.source import controls, encode, parse, scalars
from feedlint.source.document import Document
from feedlint.source.front import glimpsed, trail_of
from feedlint.source.nodes import Node
from feedlint.source.plain import texts
from feedlint.source.tracing import trace
from feedlint.source.trail import Place, Reader, Trail, data_of
from fuzz import feeds
from tests.support import ARTICLE, PATH

REPOSITORY = Repository(None, today=datetime(2021, 6, 1, tzinfo=timezone.utc))
PARTS = set(Node.__slots__) - {"parent", "children"}
OF_FILES = [rule for rule in RULES if rule.sees == "document" and rule.clear is None]
TAXONOMY = "_data/topics/01-trams.yaml"


class Everywhere(Place):
    """Tells values apart by all there is but the value."""

    def __init__(self, role: str | None = None) -> None:
        self.role = role

    def below(self, key: str | None) -> Everywhere:
        return DATED if key in ("publishedDateTime", "updatedDateTime", "a", "d") else BARE

    def kind(self, tag: str, style: str, text: str) -> Hashable:
        if tag == "date":  # a title that is a date is none to some readers
            return ("str", style) if self.role == "date" else None
        return tag, style


BARE, DATED = Everywhere(), Everywhere("date")
EXPERIENCED = Reader(Everywhere())
"""One that has read all that any test had it read."""


def read(text: str, path: str = PATH, reader: Reader = EXPERIENCED) -> Trail | None:
    return trail_of(reader, encode(text), text, path)


def same(trail: Trail, text: str, path: str = PATH) -> None:
    """Check that *trail* is what YAML makes of *text*, and that nothing is found in it by itself."""
    document = parse(text, path)
    assert document.root is not None
    assert data_of(trail) == document.data
    assert told(trace(encode(text), path)) == told(document)
    assert [*leaves(trail)] == [
        (node.tag, node.style, node.value) for node in document.nodes if node.tag not in ("map", "seq")
    ]
    for rule in OF_FILES:
        assert list(rule.run(document, REPOSITORY)) == [], (rule.code, text)


def told(document: Document) -> tuple[object, ...]:
    """Return all that a document has."""
    nodes = [(node.parent and node.parent.index, *(getattr(node, name) for name in PARTS)) for node in document.nodes]
    children = [[child.index for child in node.children] for node in document.nodes]
    return document.delimiters, nodes, children, repr(document.data), document.faults


def leaves(trail: Trail) -> Iterator[tuple[object, ...]]:
    for step, said in zip(*trail, strict=True):
        if step.tag == "seq":
            yield from (("str", scalars.PLAIN, item) for item in texts(said))
        elif step.tag:
            assert isinstance(step.kind, tuple)
            yield (*step.kind, said)


def test_a_file_with_other_values_is_read() -> None:
    text = ARTICLE.replace("Harbour council", "Ferry").replace("61", "59").replace("Public Transport", "Éclairs")
    trail = read(text)
    assert trail is not None
    data = data_of(trail)
    assert data["title"] == "Ferry approves the new tram line"
    assert data["quality"] == 59
    assert data["topics"] == ["Éclairs"]
    same(trail, text)


def test_lines_may_end_in_crlf() -> None:
    text = ARTICLE.replace("\n", "\r\n")
    trail = read(text)
    assert trail is not None
    same(trail, text)


def test_a_file_of_yaml_alone_is_read() -> None:
    text = "taxonomy: topic\n_id: ferries\nname: Ferries\n"
    trail = read(text, TAXONOMY)
    assert trail is not None
    same(trail, text, TAXONOMY)


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
        ("type: article", "type: 'article'"),
        ("type: article", 'type: "article"'),
        ("type: article", "type: 12"),
        ("type: article", "type: [article]"),
        ("61", "61.0"),
        ("61", '"61"'),
        ("2020-12-08T21:40:00Z", "yesterday"),
        ("2020-12-08T21:40:00Z", "2020-12-08T21:40:00+01:00"),
        ("2020-12-08T21:40:00Z", "2020-12-08 21:40:00.000Z"),
        ("2020-12-08T21:40:00Z", "2020-12-31 21:40:00"),
        ("2020-12-08T21:40:00Z", "2020-12-08 21:40:00 UTC"),
        ("\n\nsecured", "\nmore: x\nsecured"),
    ],
)
def test_what_is_plain_is_read(old: str, new: str) -> None:
    text = ARTICLE.replace(old, new)
    assert text != ARTICLE
    trail = read(text)
    assert trail is not None
    same(trail, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: article", "type: article # comment"),
        ("type: article", "type: article: x"),
        ("type: article", "type: article:"),
        ("type: article", "type: article: "),
        ("type: article", "type:  article"),
        ("type: article", "type: yes"),
        ("type: article", "type: ~"),
        ("type: article", "type: &a article"),
        ("type: article", "type: *a"),
        ("type: article", "type: !!str article"),
        ("type: article", "type: |"),
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
        ("61", "1e3"),
        ("61", "999999999999999999999"),
        ("true", "True"),
        ("true", "on"),
        ("2020-12-08T21:40:00Z", "2020-12-08"),
        ("2020-12-08T21:40:00Z", "2020-13-08T21:40:00Z"),
        ("2020-12-08T21:40:00Z", "2020-11-31T21:40:00Z"),
        ("2020-12-08T21:40:00Z", "2021-02-29T21:40:00Z"),
        ("2020-12-08T21:40:00Z", "2020-12-08T24:40:00Z"),
        ("2020-12-08T21:40:00Z", "2020-12-08T21:40:00+1"),
        ("2020-12-08T21:40:00Z", "2020-12-08T21:40:00+1:00"),
        ('line"\n', "line\n"),
        ('line"\n', 'line\\"\n'),
        ('line"\n', 'line\\n"\n'),
        ('line"\n', 'line" x\n'),
        ('line"\n', 'li"ne"\n'),
        ('line"\n', 'line" # x\n'),
        ('line"\n', 'line\n  two"\n'),
        ("\n\nsecured", "\n\n# x\nsecured"),
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
    assert read(text) is None


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
    assert read(f"---\n{front}---\n") is None


@pytest.mark.parametrize(
    "front",
    ["a: b\n", "\na: b\n\n", "a:\n- b\nc: d\n", "a:\n  - b\n  - c\nd: e\n", "a:\n  - b: c\n    d: e\n  - b: f\n",
     "a:\n  b:\n    c: d\n  e: f\n", "a:\n- b:\n  - c\n  d: e\n- f: g\n", "a:\n  - - b\n    - c\n  - - d\n"],
)  # fmt: skip
def test_mappings_and_lists_are_read(front: str) -> None:
    text = f"---\n{front}---\n"
    trail = read(text)
    assert trail is not None
    same(trail, text)


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
    assert read(text) is None


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
    for written in (text, text if "\r" in body else text.replace("\n", "\r\n")):
        trail = trail_of(EXPERIENCED, written.encode(), written, path, has_body=True)
        assert (trail is not None) == is_plain
        assert trail_of(EXPERIENCED, written.encode(), written, path) is None
        if trail is not None:
            same(trail, written, path)


@pytest.mark.parametrize(
    ("newline", "old", "new"),
    [
        ("\r\n", "\r\nheat", "\nheat"), ("\r\n", "\r\nheat", "\rheat"), ("\n", "\nheat", "\r\nheat"),
        ("\n", "of debate", "of\rdebate"), ("\r\n", "of debate", "of\rdebate"), ("\r\n", "of debate", "of\ndebate"),
        ("\r\n", "  - Public", "  - Tram\n  - Public"), ("\r\n", "\r\n---\r\n", "\n---\r\n"),
    ],
)  # fmt: skip
def test_lines_that_end_in_two_ways_are_not_plain(newline: str, old: str, new: str) -> None:
    text = ARTICLE.replace("\n", newline)
    assert read(text) is not None
    assert old in text
    assert read(text.replace(old, new)) is None


def test_a_file_without_a_line_says_nothing() -> None:
    for content in (b"", b"\n", b"\n\n", b"\r\n"):
        assert glimpsed(content, "_data/topics/a.yaml") is None
    assert glimpsed(b"a: b\n", "_data/topics/a.yaml") == {"a": "b"}


def test_no_parser_reads_a_plain_file(monkeypatch: pytest.MonkeyPatch) -> None:
    text = ARTICLE.replace("type: article", "type: article  \ntags: [one, b c]\nmore:\n- - a: 'b'\n    c: 1.5\n  - d\n")
    files = [(text, PATH), (text.replace("\n", "\r\n"), PATH), ("a:\n  b: 1\n", TAXONOMY), ("a: b", TAXONOMY)]
    files += [(f"{text}\nA text.\n", PATH), (text.rstrip("\n"), PATH)]
    documents = [parse(text, path) for text, path in files]
    monkeypatch.setattr("feedlint.source.tracing.parse", None)
    for (text, path), document in zip(files, documents, strict=True):
        assert told(trace(encode(text), path)) == told(document)


def test_another_file_is_read_by_the_parser() -> None:
    for text in ("", "---\n", "---\na: [\n---\n", ARTICLE.replace("\ntype", "\n# b\ntype"), f"{ARTICLE}\n---\n"):
        assert told(trace(encode(text), PATH)) == told(parse(text, PATH))
    data = b"---\na: \xe9\n---\n"
    assert told(trace(data, PATH)) == told(parse(data, PATH))


@pytest.mark.parametrize("within", ["a: b", "a: [b, c]", "- b"])
@pytest.mark.parametrize("depth", [97, 98, 99, 100, 101])
def test_what_is_nested_too_deeply_is_found(depth: int, within: str) -> None:
    text = "---\n" + "".join(f"{'  ' * level}a:\n" for level in range(depth)) + "  " * depth + within + "\n---\n"
    document = parse(text, PATH)
    assert told(trace(encode(text), PATH)) == told(document)
    found = {diagnostic.code for diagnostic in feedlint.lint_text(text.encode(), PATH)}
    assert ("YA001" in found) == (document.root is None)
    assert found


def test_nothing_need_follow_the_record() -> None:
    text = ARTICLE.rstrip("\n")
    assert text.endswith("\n---")
    trail = read(text)
    assert trail is not None
    same(trail, text)
    assert read("a: b", TAXONOMY) is not None


def test_what_is_found_wherever_it_stands_is_not_plain() -> None:
    """A rule about files finds these characters in any field."""
    for char in filter(re.compile(f"[{controls.CHARACTERS}]").match, map(chr, range(sys.maxunicode + 1))):
        text = f"---\na: b{char}c\n---\n"
        assert read(text) is None, hex(ord(char))


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
    reader = Reader(Everywhere())
    assert read(known, reader=reader) is not None
    seen = 0
    for value in VALUES:
        text = known.replace(base, value)
        trail = read(text, reader=reader)
        seen += trail is not None
        if trail is not None:
            same(trail, text)
    assert seen > 10


@pytest.mark.parametrize("value", ['"', '"Tr"ams"', '"Trams" "', '"Trams\\"', '"Tr\\ams"', '"Tr\\u0061ms"'])
def test_texts_of_which_nothing_is_asked_are_read_to_their_last_sign(value: str) -> None:
    reader = Reader(Place())
    for known in ('a: "Trams"', 'a: "Tr\\"ams"'):
        assert reader.read([known]) is not None
    assert reader.read([f"a: {value}"]) is None


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
def test_what_is_read_by_its_trail_is_what_yaml_reads(random: Random) -> None:
    path, content = feeds.split(feeds.feed(random))
    base = content.decode("utf-8", "surrogateescape")
    for text in [base, *(edits(base, random) for _ in range(8)), *(edits(ARTICLE, random) for _ in range(4))]:
        trail = read(text, path)
        if trail is not None:
            same(trail, text, path)
            assert leaves_of(read(text, path, Reader(Everywhere()))) == leaves_of(trail)


def leaves_of(trail: Trail | None) -> list[tuple[object, ...]] | None:
    return [*leaves(trail)] if trail is not None else None


def test_much_of_what_is_written_is_read() -> None:
    """Else the test above would be for nothing."""
    random = Random(1)
    assert sum(read(edits(ARTICLE, random)) is not None for _ in range(300)) > 80


BLOCKS = [
    ">-\n  A text.", ">-\n  A text\n  of two lines.", "|-\n  A text\n  of two: lines # here.", "|-\n  - a\n  ---\n  'b",
    "|-\n  A text.\n",
]  # fmt: skip
NO_BLOCKS = [
    ">\n  A text.", "|\n  A text.", "|+\n  A text.", "|2-\n  A text.", ">-", ">-\n", ">-\n A text.", ">-\n   A text.",
    ">-\n  A text\n\n  of two.", ">-\n  A text\n   of two.", ">-\n  A text\n of two.", ">- # a\n  A text.",
    ">-\n  A \n  b",
    ">-\n  \n  A text.", "|-\n\n  A text.",
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("before", ["a: b\nexcerpt: {}\nc: d\n", "a:\n  - excerpt: {}\n    b: c\n", "a: {}\n"])
def test_texts_in_block_style_are_read(before: str, block: str, end: str) -> None:
    deeper = block.replace("\n ", "\n     ") if "- excerpt" in before else block
    text = f"---\n{before.format(deeper)}---\n".replace("\n", end)
    trail = read(text)
    assert trail is not None
    same(trail, text)


@pytest.mark.parametrize("block", NO_BLOCKS)
def test_others_in_block_style_are_not_read(block: str) -> None:
    assert read(f"---\na: {block}\nb: c\n---\n") is None


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedlint.source.trail._MOST_PLACES", 20)
    monkeypatch.setattr("feedlint.source.trail._MOST_LINES", 3)
    reader = Reader(Everywhere())
    for number in range(100):
        text = f"---\nd: [x{number}]\na{number}: {number}\nb:\n  - c{number}: x{number}\n---\n"
        trail = read(text, reader=reader)
        assert trail is not None
        same(trail, text)
        assert len(reader._states) < 30
        states = reader._states.values()
        assert all(len(state.known) <= 3 for state in states)
        assert all(len(turn.steps) <= 3 for state in states for turn in state.turns.values())


def test_texts_of_which_nothing_is_asked_take_no_room() -> None:
    reader = Reader(Place())
    for number in range(10):
        assert reader.read([f'a: "Tram {number}"', "b: c"]) is not None
    assert {line for state in reader._states.values() for line in state.known} == {"b: c"}


def test_the_same_keys_in_another_order_lead_to_their_own_places() -> None:
    reader = Reader(Everywhere())
    for text in ("---\nb: x\na:\n  k: v\n---\n", "---\na: x\nb:\n  k: v\n---\n"):
        trail = read(text, reader=reader)
        assert trail is not None
        same(trail, text)
