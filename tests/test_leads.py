"""What is known of code pages without loading them."""

from __future__ import annotations

import importlib

from feedlint.rules.tx.codepages import _RIVALS, SINGLE
from feedlint.rules.tx.leads import FIRST, PAGES, leads


def test_the_characters_of_each_page_are_those_that_python_reads() -> None:
    importlib.import_module("ftfy.bad_codecs")
    known = {page: chars for pages, chars in PAGES.items() for page in pages}
    read = {page: bytes(range(FIRST, 0xF5)).decode(page, "replace") for page in (*SINGLE, *_RIVALS)}
    assert known == read
    assert len(read) == 23 + 27


def test_the_pages_in_which_a_character_begins_a_letter() -> None:
    assert leads()["Ґ"] == ("cp1125",)
    assert leads()["İ"] == ("sloppy-windows-1254", "iso-8859-9", "mac-turkish")
    assert "a" not in leads()
