"""Bytes to text and back, and which line an offset is on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.source import Lines, decode, encode, parse


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
        (b"\xef\xbb\xbfa", "\ufeffa"),
        ("é😀".encode(), "é😀"),
        (b"caf\xe9", "caf\udce9"),
        (b"\xed\xa0\x80", "\udced\udca0\udc80"),  # a surrogate in CESU-8
        (b"\xff\xfea\x00", "\udcff\udcfea\x00"),  # UTF-16
        (b"\xc3", "\udcc3"),
    ],
)
def test_bytes_become_text_and_the_same_bytes_again(data: bytes, text: str) -> None:
    assert decode(data) == text
    assert encode(text) == data


@given(st.binary())
def test_no_byte_is_lost(data: bytes) -> None:
    assert encode(decode(data)) == data
    assert parse(data).bytes == data


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [(1, 1)]),
        ("ab", [(1, 1), (1, 2), (1, 3)]),
        ("a\nb", [(1, 1), (1, 2), (2, 1), (2, 2)]),
        ("a\n", [(1, 1), (1, 2), (2, 1)]),
        ("a\r\nb", [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]),
        ("a\rb", [(1, 1), (1, 2), (2, 1), (2, 2)]),
        ("\r\r\n\n", [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1)]),
        ("\ufeffé😀", [(1, 1), (1, 2), (1, 3), (1, 4)]),
        ("a\x85\u2028\x0bb", [(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6)]),  # not the end of a line to an editor
    ],
)
def test_line_and_column_of_each_offset(text: str, places: list[tuple[int, int]]) -> None:
    lines = Lines(text)
    assert [lines.position(offset) for offset in range(len(text) + 1)] == places


def test_the_line_around_an_offset() -> None:
    lines = Lines("ab\r\ncd\re\n\nf")
    assert [lines.start(offset) for offset in range(12)] == [0, 0, 0, 0, 4, 4, 4, 7, 7, 9, 10, 10]
    assert [lines.end(offset) for offset in range(12)] == [2, 2, 2, 2, 6, 6, 6, 8, 8, 9, 11, 11]
    assert [lines.next(offset) for offset in range(12)] == [4, 4, 4, 4, 7, 7, 7, 9, 9, 10, 11, 11]


def test_lines_by_number() -> None:
    lines = Lines("ab\r\ncd\re\n")
    assert [lines.text(number) for number in range(6)] == ["", "ab", "cd", "e", "", ""]
    assert Lines("ab").text(0) == ""


@given(st.text(alphabet="ab\r\n", max_size=12))
def test_lines_put_together_are_the_text(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        start, end, after = lines.start(offset), lines.end(offset), lines.next(offset)
        assert text[start:end] == lines.text(lines.position(offset)[0])
        assert text[end:after] in ("\r\n", "\r", "\n") or end == after == len(text)
        assert start <= offset <= after


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", "\n"),
        ("a", "\n"),
        ("a\r\n", "\r\n"),
        ("a\r\nb\n", "\n"),
        ("a\r\nb\r\nc\n", "\r\n"),
        ("a\rb\r\nc\r", "\r"),
        ("a\rb\n", "\n"),
    ],
)
def test_the_line_ending_that_most_lines_have(text: str, newline: str) -> None:
    assert parse(text).newline == newline
