"""What tests share: a sound article of our own, files and pictures around it, and lint in one call."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import datetime, timezone
from pathlib import Path

from feedlint.diagnostic import Diagnostic, Fix, apply_changes, apply_edits
from feedlint.disk import MAX_FILE_SIZE
from feedlint.linting import conclude, gather, lint
from feedlint.record import records
from feedlint.repository import Repository
from feedlint.rule import Example, Rule
from feedlint.rules import DEFAULT
from feedlint.source import Document, parse, unread

ARTICLE = """\
---
category: news
title: "Harbour council approves the new tram line"
excerpt: "The vote ends four years of debate about a tram from the old harbour to the university."
publishedDateTime: 2020-12-08T21:40:00Z
originalUrl: "https://www.example.com/news/harbour-council-approves-the-new-tram-line"
webUrl: "https://www.example.com/news/harbour-council-approves-the-new-tram-line"
ampWebUrl: "https://www.example.com/news/harbour-council-approves-the-new-tram-line?amp=1"
cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/news/harbour-council-approves-the-new-tram-line?amp=1"
type: article
quality: 61
heat: 71
published: true

provider:
  name: Example Times
  domain: example.com

topics:
  - Public Transport

images:
  - url: "https://img.example.com/tram.jpg"
    width: 1200
    height: 630
    isCached: true

secured: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=;EjRWeJCrze8SNFZ4kKvN7w=="
---

"""
"""A record that no rule has anything to say about."""

PATH = "_news/2020-12-08-4711.md"


def put(feed: Path, text: str, name: str = "_news/a.md") -> Path:
    """Write *text* to the file *name* in *feed*, in folders that are made; return the file."""
    file = feed / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def overlay(lines: str, base: str = ARTICLE) -> str:
    """Return *base* with the top-level blocks of *lines* in place of those with the same key, others at its end."""
    text = base
    blocks = re.findall(r"(?m)^\S+?:.*\n(?:(?:[ \t\r-].*)?\n)*", lines.rstrip("\n") + "\n")
    seen: set[str] = set()
    for block in blocks:
        block = block.rstrip("\n") + "\n"
        key = block.split(":")[0]
        old = re.search(rf"(?m)^{re.escape(key)}:.*\n(?:[ \t-](?!--).*\n)*", text)
        if old and key not in seen:
            text = text[: old.start()] + block + text[old.end() :]
        else:
            at = text.rindex("---\n")
            text = text[:at] + block + text[at:]
        seen.add(key)
    return text


def file_text(example: Example, text: str) -> str:
    """Return the whole file that *text* (the ``bad``, ``fixed`` or ``good`` of *example*) stands for."""
    return text if example.whole else overlay(text)


def example_files(example: Example) -> dict[str, str | bytes]:
    """Return the other files of the repository of *example*."""
    return {**example.files, **{name: png(*size) for name, size in example.pictures.items()}}


def running(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules to run for an example of *rule*, which may be off by default."""
    return DEFAULT if rule.default else (*DEFAULT, rule)


def read(text: str, path: str = PATH, *, limit: int = MAX_FILE_SIZE) -> Document:
    data = text.encode("utf-8", "surrogateescape")
    return parse(data, path) if len(data) <= limit else unread(path, limit)


def findings(
    text: str,
    path: str = PATH,
    *,
    rules: tuple[Rule, ...] = DEFAULT,
    root: Path | None = None,
    limit: int = MAX_FILE_SIZE,
) -> list[Diagnostic]:
    """Return what is found in *text* as the file at *path* of the feed in *root*, in order, and not muted."""
    repository = Repository(root)
    document = read(text, path, limit=limit)
    facts = gather(document, rules, repository)
    for name in sorted(root.rglob("*.md")) if root is not None else ():
        other = parse(name.read_bytes(), name.relative_to(root).as_posix() if root is not None else "")
        facts += gather(other, rules, repository)
    found = lint(document, rules, repository) + [d for d in conclude(facts, rules) if d.path == path]
    return sorted((d for d in found if d.muted is None), key=lambda d: (d.span, d.code, d.message))


def found_in(rule: Rule, example: Example, text: str, root: Path) -> list[Diagnostic]:
    """Return what is found in *text* as the file that *example* of *rule* is about, in the repository at *root*."""
    return findings(text, example.path, root=root, rules=running(rule), limit=example.limit)


def codes(text: str, path: str = PATH, *, root: Path | None = None) -> list[str]:
    return [diagnostic.code for diagnostic in findings(text, path, root=root)]


def fixed(text: str, fix: Fix, path: str = PATH) -> str:
    """Return *text* with *fix* made, after checking that the data changed as the fix declares."""
    old = read(text, path)
    result = apply_edits(old.text, fix.edits)
    if old.root is not None:
        assert read(result, path).entries == apply_changes(old.entries, fix.changes)
    return result


CLEAR, LOOKED_AT, FOUND = "clear", "looked at", "found"


def glance(lines: str, *codes: str, path: str = PATH, repository: Repository | None = None, place: int = 0) -> str:
    """Return what the rules *codes*, which ask the same beforehand, say of an article with *lines* laid over it.

    They take it for clear, or one of them finds something, or they look at it and find nothing. *place* is which of
    its records is meant.
    """
    today = datetime(2021, 6, 1, tzinfo=timezone.utc)
    rules = [rule for rule in DEFAULT if rule.code in codes]
    record = [*records(read(overlay(lines), path), repository or Repository(None, today=today))][place]
    (clear,) = {bool(rule.clear is not None and rule.is_clear(record)) for rule in rules}
    found = any(diagnostic for rule in rules for diagnostic in rule.check(record))
    assert not (clear and found)
    return CLEAR if clear else FOUND if found else LOOKED_AT


def png(width: int, height: int) -> bytes:
    """Return a grey PNG picture of *width* by *height* pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def repository(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write *files* below *root* and a site configuration beside them; return *root*."""
    for name, content in {"_config.yml": "url: https://feed.example\nbaseurl: /news\n", **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root
