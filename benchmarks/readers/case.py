"""What a case is, the record that all are made of, and the ways to make one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Expect = Literal["sound", "hazard"]

RECORD = """\
category: news
title: "Ferry to the islands sails again"
excerpt: "After two winters in the dock the ferry takes the first passengers across."
publishedDateTime: 2021-03-14T07:30:00Z
originalUrl: "https://www.example.com/news/ferry-to-the-islands-sails-again"
webUrl: "https://www.example.com/news/ferry-to-the-islands-sails-again"
provider:
  name: Example Times
  domain: example.com
topics:
  - Public Transport
images:
  - url: "https://img.example.com/ferry.jpg"
    width: 1200
    height: 630
    isCached: true
secured: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=;EjRWeJCrze8SNFZ4kKvN7w=="
type: article
quality: 61
heat: 71
published: true
"""
"""The YAML of a sound record. Its last value is no text, so that an end of it that is missed cannot hide in one."""

DATA: Mapping[str, Any] = {
    "category": "news",
    "title": "Ferry to the islands sails again",
    "excerpt": "After two winters in the dock the ferry takes the first passengers across.",
    "publishedDateTime": "2021-03-14T07:30:00Z",
    "originalUrl": "https://www.example.com/news/ferry-to-the-islands-sails-again",
    "webUrl": "https://www.example.com/news/ferry-to-the-islands-sails-again",
    "provider": {"name": "Example Times", "domain": "example.com"},
    "topics": ["Public Transport"],
    "images": [{"url": "https://img.example.com/ferry.jpg", "width": 1200, "height": 630, "isCached": True}],
    "secured": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=;EjRWeJCrze8SNFZ4kKvN7w==",
    "type": "article",
    "quality": 61,
    "heat": 71,
    "published": True,
}
"""What :data:`RECORD` says."""


@dataclass(frozen=True)
class Case:
    """A file, and whether every reader makes the same of it.

    *meant* is what its record says where that differs from :data:`DATA`; ``None`` where nobody can tell. With it a
    hazard is known that all readers fall for alike.
    """

    name: str
    text: bytes
    expect: Expect
    why: str
    meant: Mapping[str, Any] | None = field(default_factory=dict)
    body: str = ""

    @property
    def data(self) -> dict[str, Any] | None:
        """All that the record is meant to say."""
        return None if self.meant is None else {**DATA, **self.meant}


def whole(
    name: str, text: str | bytes, expect: Expect, why: str, meant: Mapping[str, Any] | None = None, body: str = ""
) -> Case:
    """Return a case of a whole file."""
    return Case(name, text if isinstance(text, bytes) else text.encode(), expect, why, meant, body)


def framed(
    name: str, before: str, after: str, expect: Expect, why: str, body: str = "", meant: Mapping[str, Any] | None = DATA
) -> list[Case]:
    """Return the case of a record between *before* and *after*, and the same with CRLF line ends."""
    text = before + RECORD + after
    crlf = re.sub(r"\r?\n", "\r\n", text)
    return [
        Case(name, text.encode(), expect, why, meant, body),
        Case(f"{name}, CRLF", crlf.encode(), expect, why, meant, body),
    ]


def valued(name: str, block: str, expect: Expect, why: str, **meant: Any) -> Case:
    """Return the case of a record with *block*, one field or more, in place of the fields of the same keys, or first.

    The fields of *meant* are what it is meant to say; ``unknown=True`` where nobody can tell.
    """
    block = block if block.endswith("\n") else block + "\n"
    text, place = RECORD, 0
    for key in _KEY.findall(block):
        old = re.search(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", text)
        if old:
            text, place = text[: old.start()] + text[old.end() :], old.start()
    text = text[:place] + block + text[place:]
    return whole(name, f"---\n{text}---\n", expect, why, None if meant.pop("unknown", False) else meant)


_KEY = re.compile(r"(?m)^[ \t\"'\u200b\xa0]*([A-Za-z]+)[ \"'\xa0]*:")
