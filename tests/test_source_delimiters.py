"""Where the front matter is: sound, damaged in each way there is, and as Jekyll reads it."""

from __future__ import annotations

import pytest
from hypothesis import given

from feedlint.source import Fault, Span, parse, unread
from feedlint.source.delimiters import before_prose, classify, find, later, whole
from tests.strategies import damaged_files, hostile_texts

A = "title: x\nheat: 1\n"

SOUND = [
    # text, its front matter, its body
    (f"---\n{A}---\nBody\n", A, "Body\n"),
    (f"---\n{A}---\n", A, ""),
    (f"---\n{A}---", A, ""),
    ("---\r\ntitle: x\r\n---\r\n\r\n", "title: x\r\n", "\r\n"),
    ("---\rtitle: x\r---\r", "title: x\r", ""),
    (f"\ufeff---\n{A}---\n", A, ""),
    ("---\n---\n", "", ""),
    ("---\n\n---", "\n", ""),
    # Not the end: indented, in a quoted or a block scalar, in the body.
    (f"---\nnote: |\n  ---\n{A}---\n", f"note: |\n  ---\n{A}", ""),
    (f'---\nnote: "a\n--- b"\n{A}---\n', f'note: "a\n--- b"\n{A}', ""),
    (f"---\n{A}---\nText\n---\nmore\n", A, "Text\n---\nmore\n"),
    (f"---\n{A}---\n---\n", A, "---\n"),
    (f"---\n---\n{A}", "", A),
]


@pytest.mark.parametrize(("text", "front", "body"), SOUND)
def test_sound_delimiters(text: str, front: str, body: str) -> None:
    found = find(text)
    assert (text[slice(*found.front)], text[found.body :]) == (front, body)
    assert text[slice(*found.opener.span)] == text[slice(*found.closer.span)] == "---"
    assert found.sound
    assert found.damage == 0


OPENERS = [
    # what stands there, its kind, the text under its span
    ("--- \n", "trailing", "--- "),
    ("---\t\n", "trailing", "---\t"),
    ("---\xa0\n", "trailing", "---\xa0"),
    ("----\n", "trailing", "----"),
    ("--- # record\n", "trailing", "--- # record"),
    ("--- - -\n", "trailing", "--- - -"),
    ("---yaml\n", "text", "---yaml"),
    (" ---\n", "indented", " ---"),
    ("\t--- \n", "indented", "\t--- "),
    ("\n\n---\n", "displaced", "---"),
    ("---\n---\n", "displaced", "---"),
    ("---\n\n---\n", "displaced", "---"),
    ("# Title\n---\n", "displaced", "---"),
    ("<!-- note -->\n---\n", "displaced", "---"),
    ("\n ---\n", "displaced", " ---"),
    ("—\n", "lookalike", "—"),
    ("–––\n", "lookalike", "–––"),
    ("‒−―\n", "lookalike", "‒−―"),
    ("--\n", "lookalike", "--"),
    ("- - -\n", "lookalike", "- - -"),
    ("+++\n", "lookalike", "+++"),
    ("***\n", "lookalike", "***"),
    ("\\---\n", "escaped", "\\---"),
    ("\\-\\-\\-\n", "escaped", "\\-\\-\\-"),
    ("```\n", "fence", "```"),
    ("```yaml\n", "fence", "```yaml"),
    ("---", "glued", "---"),
    ("--- ", "glued", "---"),
    ("", "missing", ""),
    ("\n", "missing", ""),
]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "bom"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(("opener", "kind", "written"), OPENERS)
def test_damaged_openers(opener: str, kind: str, written: str, ending: str, mark: str) -> None:
    front = A.replace("\n", ending)
    text = mark + opener.replace("\n", ending) + front + f"---{ending}Body{ending}"
    found = find(text)
    assert (found.opener.kind, text[slice(*found.opener.span)]) == (kind, written)
    assert (text[slice(*found.front)], text[found.body :]) == (front, f"Body{ending}")
    assert found.damage == 1
    assert parse(text).data == {"title": "x", "heat": 1}


CLOSERS = [
    ("--- ", "trailing", "--- "),
    ("---\t", "trailing", "---\t"),
    ("-----", "trailing", "-----"),
    ("--- # end", "trailing", "--- # end"),
    ("...", "dots", "..."),
    ("... ", "dots", "... "),
    ("—", "lookalike", "—"),
    ("–––", "lookalike", "–––"),
    ("--", "lookalike", "--"),
    ("___", "lookalike", "___"),
    ("+++", "lookalike", "+++"),
    ("\\---", "escaped", "\\---"),
    ("```", "fence", "```"),
    (" ---", "indented", " ---"),
    ("\t---", "indented", "\t---"),
]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", ""], ids=["lf", "crlf", "cr", "end"])
@pytest.mark.parametrize(("closer", "kind", "written"), CLOSERS)
def test_damaged_closers(closer: str, kind: str, written: str, ending: str) -> None:
    newline = ending or "\n"
    front = A.replace("\n", newline)
    text = f"---{newline}{front}{closer}{ending}"
    found = find(text)
    assert (found.closer.kind, text[slice(*found.closer.span)]) == (kind, written)
    assert (text[slice(*found.front)], text[found.body :]) == (front, "")
    assert found.damage == 1
    assert parse(text).data == {"title": "x", "heat": 1}


@pytest.mark.parametrize(
    ("text", "kind", "front", "body"),
    [
        (f"---\n{A}", "missing", "title: x\nheat: 1", ""),
        (f"---\n{A}\n\n", "missing", "title: x\nheat: 1", "\n\n"),
        (f"---\n{A}\nText here.\n", "missing", "title: x\nheat: 1", "\nText here.\n"),
        (f"---\n{A}<p>Text</p>\n", "missing", "title: x\nheat: 1", "<p>Text</p>\n"),
        ("---\ntitle: x\nheat: 1---\n", "glued", "title: x\nheat: 1", ""),
        ("---", "missing", "", ""),
        (f"---\n{A}---Text\n", "text", A, "Text\n"),
        (f"---\n{A}...\n---\n", "dots", A, "---\n"),
    ],
)
def test_a_closer_that_is_missing_or_grown_together(text: str, kind: str, front: str, body: str) -> None:
    found = find(text)
    assert (found.closer.kind, text[slice(*found.front)], text[found.body :]) == (kind, front, body)


@pytest.mark.parametrize("line", ["--- x", "...", "–––", "--", "+++", "```"])
def test_what_has_keys_after_it_is_no_closer(line: str) -> None:
    found = find(f"---\n{A}{line}\ntype: article\n---\n")
    assert (found.closer.kind, found.front) == ("exact", (4, 4 + len(A) + len(line) + 15))


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        # A list item is no closer, so the dots are the best there is.
        ("---\na: 1\n...\nb: 2\n- item\n", "dots", 9, 12),
        ("---\n--- \ntext\n---\n", "exact", 14, 17),
        # Lines go on with a record after an empty line where a block scalar or indentation is open.
        ("---\na: |\n\n  x\n\nText\n", "missing", 13, 13),
        ("---\na: >\n\n  x\n\nText\n", "missing", 13, 13),
        ("---\na: >+\n\n  x\nb: 1\nText\n", "missing", 19, 19),
        ("---\na:\n- b\n\n  Text\n", "missing", 10, 10),
    ],
)
def test_where_a_damaged_record_ends(text: str, kind: str, start: int, end: int) -> None:
    assert find(text).closer == (kind, (start, end))


@pytest.mark.parametrize(
    "text", ["", "\n", "Text\n", "\ufeff", '{\n  "title": "x"\n}\n', "# Heading\n\nText\n", "---x\n"]
)
def test_no_record_in_sight(text: str) -> None:
    found = find(text)
    assert found.opener.kind in ("none", "text")
    assert parse(text).root is None
    if found.opener.kind == "none":
        end = len(text)
        assert found[1:] == (("none", (end, end)), (end, end), end)


def test_an_opener_too_far_down_is_none() -> None:
    assert find("\n" * 19 + f"---\n{A}---\n").opener.kind == "displaced"
    assert find("text\n" * 20 + f"---\n{A}---\n").opener.kind == "none"


def test_a_rule_in_the_body_is_not_the_closer() -> None:
    document = parse(f"---\n{A}\nA text of two words\n\n---\nmore\n")
    assert document.delimiters.closer.kind == "missing"
    assert document.data == {"title": "x", "heat": 1}
    assert document.text[document.delimiters.body :] == "\nA text of two words\n\n---\nmore\n"


@pytest.mark.parametrize(
    ("text", "front"),
    [
        # Document::YAML_FRONT_MATTER_REGEXP of Jekyll 4.3, tried in Ruby
        (f"---\n{A}---\n", f"---\n{A}"),
        (f"---\n{A}---", f"---\n{A}"),
        ("---\r\na: b\r\n---\r\n", "---\r\na: b\r\n"),
        (f"--- \n{A}---\t\nBody", f"--- \n{A}"),
        (f"---\n\n\n{A}...\nBody", f"---\n\n\n{A}"),
        (f"---\n{A}----\ntype: y\n---\n", f"---\n{A}----\ntype: y\n"),
        ("---\n---\n", "---\n"),
        ("---\n\n\n---\n", "---\n\n\n"),
        (f"\ufeff---\n{A}---\n", None),
        (f" ---\n{A}---\n", None),
        (f"\n---\n{A}---\n", None),
        (f"----\n{A}---\n", None),
        (f"---\n{A} ---\n", None),
        (f"---\n{A}---\xa0\n", None),
        ("---\ra: b\r---\r", None),
        (f"---\n{A}", None),
        ("---\n\n\n\n", None),
        ("", None),
    ],
)
def test_what_jekyll_reads(text: str, front: str | None) -> None:
    span = parse(text).jekyll_front
    assert (None if span is None else text[slice(*span)]) == front
    assert span is None or span.start == 0


def test_kinds_of_lines() -> None:
    assert [classify(line) for line in ["---", "--- ", "---x", "--- a: b", " ---", "...", " ...", "a", "", "-"]] == [
        "exact", "trailing", "text", "glued", "indented", "dots", None, None, None, None,
    ]  # fmt: skip
    assert classify(" --- text") is None


@pytest.mark.parametrize(("opener", "closer", "damage"), [("---", "--- ", 1), ("--- ", "---", 1), ("--- ", "--- ", 2)])
def test_one_damaged_delimiter_is_enough(opener: str, closer: str, damage: int) -> None:
    found = find(f"{opener}\n{A}{closer}\n")
    assert (found.sound, found.damage) == (False, damage)


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        (" \n\n" * 30 + "---\na: b\n---\n", "displaced", 90),
        ("Text\n---\n\n  \n# c\na: b\n---\n", "displaced", 5),
        ("Text\r\n---\r\na:\r\n  b\r\n---\r\n", "displaced", 6),
        ("Text\n---\n  a: b\n---\n", "displaced", 5),
        ("Text\n---\n\n", "none", 0),
        ("***\nText\n", "none", 0),
        ("See a: b\n", "none", 0),
        ("...\na: b\n---\n", "missing", 4),
    ],
)
def test_what_is_below_a_line_makes_it_the_opener(text: str, kind: str, start: int) -> None:
    found = find(text)
    assert (found.opener.kind, found.opener.span.start) == (kind, start)
    assert (found.closer.kind == "none") == (kind == "none")


@given(hostile_texts() | damaged_files())
def test_delimiters_are_where_they_say(text: str) -> None:
    found = find(text)
    places = [*found.opener.span, *found.front, *found.closer.span]
    assert 0 <= found.opener.span.start <= found.opener.span.end <= len(text)
    assert found.opener.kind == "none" or places == sorted(places)
    assert found.front.end <= found.closer.span.end <= found.body <= len(text)
    document = parse(text)
    assert document.delimiters.damage in (0, 1, 2)
    if found.sound:
        assert text.lstrip("\ufeff").startswith("---")


@pytest.mark.parametrize(("text", "start"), [("", 0), ("a: 1\n", 0), ("\ufeffa: 1\n", 1), ("---\na: 1\n---\n", 0)])
def test_a_data_file_has_delimiters_at_its_edges(text: str, start: int) -> None:
    end = len(text)
    edges = (("exact", (start, start)), ("exact", (end, end)))
    assert whole(text) == (*edges, (start, end), end)


def test_a_file_that_was_not_read() -> None:
    document = unread("_news/a.md", 10_000)
    assert document.faults == (Fault("too-large", Span(0, 0), "more than 10,000 bytes"),)
    assert (document.path, document.text, document.nodes, document.data) == ("_news/a.md", "", (), None)
    assert document.delimiters == whole("")
    assert document.is_too_large
    assert document.root is None


# --- what is at the edges ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind"),
    [("\u200b---", "indented"), (" --", "indented"), ("--", "lookalike"), ("``` ", "fence"), (" ```", None)],
)
def test_what_a_line_is(line: str, kind: str | None) -> None:
    assert classify(line) == kind


@pytest.mark.parametrize(
    ("front", "kind", "place"),
    [
        ("a: 1\n...\n---\nb: c\n", "dots", (9, 12)),
        ("a: 1\n ---\n...\n", "dots", (14, 17)),
        ("a: b--- \n", "glued", (8, 11)),
        ("a: b---\xa0\n", "missing", (12, 12)),
        ("a: b---X\n", "missing", (12, 12)),
        ("# c\na: 1\n", "missing", (12, 12)),
        ("a:\n-\n- b\n", "missing", (12, 12)),
        ("a: 1\nX y\n", "missing", (8, 8)),
        # Below a text, or what is further in, an empty line does not end the record.
        ("a: | \n\n  x\n", "missing", (14, 14)),
        ("a: |-\n\n x\n", "missing", (13, 13)),
        ("a: >-\n\n x\n", "missing", (13, 13)),
        ("a: |+\n\n x\n", "missing", (13, 13)),
        ("a:\n  b: 1\n\n  c: 2\n", "missing", (21, 21)),
        ("a: 1\n\n  c: 2\n", "missing", (8, 8)),
    ],
)
def test_where_the_closer_is(front: str, kind: str, place: tuple[int, int]) -> None:
    assert find(f"---\n{front}").closer == (kind, place)


def test_a_second_opener_is_looked_for_below_a_sound_one_alone() -> None:
    assert find("--- \n---\na: 1\n---\n").opener == ("trailing", (0, 4))


def test_a_later_closer_leaves_all_else_as_it_is() -> None:
    text = '---\na: "x\n---\ny"\nb: 1\n---\n'
    assert list(later(text, find(text))) == [(("exact", (0, 3)), ("exact", (22, 25)), (4, 22), 26)]


@pytest.mark.parametrize(
    ("front", "end"), [("a: 1\n\nText.\n", 8), ("a: 1\n\n", None), ("a: 1\nx: y: z\n", None), ("a: 1\nx y\n", None)]
)
def test_a_record_ends_before_prose(front: str, end: int | None) -> None:
    text = f"---\n{front}---\n"
    found = before_prose(text, find(text))
    assert (found and found.closer) == (None if end is None else ("missing", (end, end)))
