"""What is beside the records: patterns, configurations, baselines, schemas, topics, pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.hostile.case import NAME, PICTURE, Case, Feed

_STARS: Final = "*a" * 30 + "*b\n"


def _beside(name: str, content: Callable[[Feed], str | bytes], more: str = "") -> Callable[[Feed], Sequence[str]]:
    def make(feed: Feed) -> Sequence[str]:
        feed.record(more)
        feed.put(name, content(feed))
        return ["."]

    return make


def _big_beside(name: str, unit: bytes, *options: str, more: str = "") -> Callable[[Feed], Sequence[str]]:
    def make(feed: Feed) -> Sequence[str]:
        feed.record(more)
        feed.fill(name, unit, feed.count(200_000_000))
        return [".", *options]

    return make


def _long_name(make: Callable[[Feed], Sequence[str]]) -> Callable[[Feed], Sequence[str]]:
    def both(feed: Feed) -> Sequence[str]:
        feed.record(name=f"_news/{'a' * 200}c.md")
        return make(feed)

    return both


def _schema(feed: Feed) -> Sequence[str]:
    feed.put(
        "s.schema.json",
        '{"x-feedlint-role": "record",'
        ' "x-feedlint-collections": ["_news"], "type": "object", "properties": {"title": {"type": "string",'
        ' "x-feedlint-role": "title", "pattern": "^(a+)+$"}}}',
    )
    feed.put(NAME, f'---\ntitle: "{"a" * feed.count(100_000)}!"\n---\n')
    return [".", "--schema", "s.schema.json"]


def _picture(content: Callable[[Feed], bytes], suffix: str = "png") -> Callable[[Feed], Sequence[str]]:
    return _beside(f"pictures/a.{suffix}", content, PICTURE.replace("png", suffix))


def _png(width: int, height: int, *more: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), *more]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def _bomb_picture(feed: Feed) -> bytes:
    data = zlib.compress(bytes(feed.count(100_000_000)), 9)
    return _png(60_000, 60_000, struct.pack(">I", len(data)) + b"IDAT" + data + struct.pack(">I", 0))


def _text_bomb(feed: Feed) -> bytes:
    data = b"k\0\0" + zlib.compress(bytes(feed.count(100_000_000)), 9)
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return _png(0, 0, chunk)


CASES: Final = (
    Case("a .gitignore of 200 MB", _big_beside(".gitignore", b"*.log\n"), (0,), "passed over"),
    Case("a .gitignore of 100,000 patterns", _beside(".gitignore", lambda f: "a*b*c\n" * f.count(100_000)), (0, 2)),
    Case("a .gitignore with *a*a*a*b", _long_name(_beside(".gitignore", lambda _: _STARS))),
    Case("a .gitignore with **/**/**", _long_name(_beside(".gitignore", lambda _: "**/a" * 60 + "/b\n"))),
    Case(
        "an exclude with *a*a*a*b",
        _long_name(_beside("feedlint.toml", lambda _: f'exclude = ["{_STARS.strip()}"]\n')),
    ),
    Case("a configuration of 200 MB", _big_beside("feedlint.toml", b"# a\n"), (2,), "bytes"),
    Case(
        "a configuration of 50,000 keys",
        _beside("feedlint.toml", lambda f: "".join(f"k{n}=1\n" for n in range(f.count(50_000)))),
        (2,),
    ),
    Case("a baseline of 200 MB", _big_beside("b.txt", b"# a\n", "--baseline", "b.txt"), (2,), "bytes"),
    Case("a schema of 200 MB", _big_beside("s.json", b" ", "--schema", "s.json"), (2,), "bytes"),
    Case("a schema with a bad pattern", _schema),
    Case("a _config.yml of 200 MB", _big_beside("_config.yml", b"# a\n", more=PICTURE), (0,), "passed over"),
    Case("a topics file of 200 MB", _big_beside("_data/topics/a.yaml", b"a: b\n"), (1,), "FM010"),
    Case(
        "a topics file of 50,000 keys",
        _beside("_data/topics/a.yaml", lambda f: "".join(f"k{n}: v\n" for n in range(f.count(50_000)))),
    ),
    Case("a picture of 60,000 by 60,000", _picture(_bomb_picture)),
    Case("a picture with a text bomb", _picture(_text_bomb)),
    Case("a truncated picture", _picture(lambda _: _png(9, 9)[:20])),
    Case("a picture of 100 MB of zeros", _picture(lambda f: bytes(f.count(100_000_000)))),
    Case("a JPEG of 100 MB of markers", _picture(lambda f: b"\xff\xd8" + b"\xff" * f.count(100_000_000), "jpg")),
    Case(
        "a JPEG of 25,000,000 segments", _picture(lambda f: b"\xff\xd8" + b"\xff\xe0\0\2" * f.count(25_000_000), "jpg")
    ),
    Case("a TIFF that points to itself", _picture(lambda _: b"II*\0\x08\0\0\0\0\0\x08\0\0\0" + bytes(40), "tiff")),
    Case("a drawing of 50,000 elements", _picture(lambda f: b"<svg>" + b"<g>" * f.count(50_000), "svg"), (0,)),
)
