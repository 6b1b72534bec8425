"""Inputs to try: feed files of every schema in every style, then damaged; configurations; baselines.

An *input* is the bytes of a file. One that is not an article begins with its path, one of :data:`PATHS`, and a NUL.
Each function asks a ``random.Random`` for its choices, so that Hypothesis can shrink them and a seeded run repeat them.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from feedlint import catalogue
from feedlint.rules import RULES
from tests.strategies import PIECES, Data, Writer, feed_file
from tests.support import overlay

FEED: Final = Path(__file__).resolve().parent.parent / "examples" / "feed"
NEWS: Final = "_news/2020-12-08-4711.md"
PATHS: Final = {
    "article": NEWS,
    "community": "_communities/trams.md",
    "learning": "_learning/videos/ferry.md",
    "organization": "_data/organizations/post.yaml",
    "person": "_people/ada.md",
    "sample": "_samples/a.md",
    "topic": "_data/topics/05-ferries.yaml",
}
"""A file for each schema; they are in no folder, but where they would be in :data:`FEED` if they were there."""

_OUTER: Final = (
    "# feedlint: ignore[TX001] so called", "# feedlint: ignore[TX,UR]", "# feedlint: ignore-file[FM005]",
    "# feedlint: ignore[]", "# feedlint: ignore[SC002, nonsense]", "# feedlint:ignore", "# a comment", "#",
)  # fmt: skip
_ENCODINGS: Final = ("latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig", "cp1251", "shift_jis", "utf-7")
_LINES: Final = (
    "---", "--- ", "----", "—-", "...", "```", "+++", " ---", "\ufeff---", "--- # x", "\\---", "---title: x", "***",
    "title: x", "title:x", 'title: "x', "title: 'x", "- a", "  - a", "\ttitle: x", "related:", "  - title: x", "? a",
    "images: []", "topics: &t", "tags: *t", "<<: *t", "note: |", "note: >-", "note: !!str", "note: {a: b, c}", "  x",
    'webUrl: "http://www.example.com/a b?utm_source=x"', "publishedDateTime: 2020-12-08 21:40", "heat: '71'",
)  # fmt: skip
_TEXTS: Final = (
    "â€™", "Ã©", "&amp;", "&#8217;", "\\u2019", "<b>", "  ", "\u200b", "\xad", "e\u0301", "\x07", "\x85", "\u2028",
    "http://", "utm_source=x&", "?amp=1", "%zz", "T24:00:00Z", "+01:00", "\udcff", "\ufffd", "ï»¿", "é", "🚋",
)  # fmt: skip


def split(data: bytes) -> tuple[str, bytes]:
    """Return the path (from the root of the feed) and the content that the input *data* stands for."""
    head, nul, content = data.partition(b"\0")
    path = head.decode("latin-1")
    return (path, content) if nul and path in PATHS.values() else (NEWS, data)


def joined(path: str, content: bytes) -> bytes:
    """Return the input that stands for *content* at *path*."""
    return content if path == NEWS else path.encode() + b"\0" + content


# --- feed files --------------------------------------------------------------------------------------------


def feed(random: Random) -> bytes:
    """Return an input that is a feed file: half of them well written, the others damaged."""
    path, text = random.choice((_written, _written, _by_rules))(random)
    for _ in range(random.choice((0, 0, 1, 2, 5))):
        text = random.choice(_DAMAGES)(text, random)
    return joined(path, encoded(text, random))


def _written(random: Random) -> tuple[str, str]:
    name = random.choice(["article", *PATHS])
    if name == "article" and random.random() < 0.6:
        return NEWS, feed_file(random)[0]
    writer = Writer(random, random.choice((0.0, 0.1, 0.4)))
    text = writer.file(record(name, random), random.choice(("\n", "", "\nA text.\n")))
    if PATHS[name].endswith(".yaml"):
        text = re.sub(r"(?m)^---$(?:\r?\n)?", "", text)
    return PATHS[name], text


def _by_rules(random: Random) -> tuple[str, str]:
    """Return an article with what several rules have to say something about, as their examples show it."""
    text = overlay("")
    for example in random.choices(_examples(), k=random.randint(1, 4)):
        written = random.choice((example.bad, example.bad, example.fixed, example.good)) or example.bad
        text = written if example.whole else overlay(written, text) if "---\n" in text else text
    return NEWS, text


@cache
def _examples() -> list[Any]:
    return [example for rule in RULES for example in rule.examples]


def record(name: str, random: Random) -> dict[str, Data]:
    """Return a record with some of the fields of the schema *name*, each an example that the schema gives."""
    source = catalogue.load(name).source
    fields = source["properties"]
    chosen = [key for key in fields if key in source.get("required", ()) or random.random() < 0.4]
    return {key: _value(fields[key], source, random) for key in chosen}


def _value(place: Any, source: Any, random: Random) -> Data:
    if not isinstance(place, dict):
        return None
    if "examples" in place:
        return random.choice(place["examples"])
    if "$ref" in place:
        target = source
        for step in place["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return _value(target, source, random)
    if "properties" in place:
        return {key: _value(each, source, random) for key, each in place["properties"].items()}
    return [_value(place["items"], source, random)] if "items" in place else random.choice(("x", 1, True, None))


# --- damage ------------------------------------------------------------------------------------------------


def _mojibake(text: str, random: Random) -> str:
    """Read *text*, or some of its lines, in the wrong encoding, up to three times."""
    lines = text.splitlines(keepends=True)
    for _ in range(random.randint(1, 3)):
        codec = random.choice(("cp1252", "latin-1", "cp1251"))
        for at in [random.randrange(len(lines))] if lines and random.random() < 0.7 else range(len(lines)):
            lines[at] = lines[at].encode("utf-8", "surrogatepass").decode(codec, "replace")
    return "".join(lines)


def _comment(text: str, random: Random) -> str:
    """Put a comment at the end of a line, or on a line of its own."""
    return _at_a_line(text, random, random.choice((" {}", "{}\n", "  {}\n")).format(random.choice(_OUTER)))


def _line(text: str, random: Random) -> str:
    """Put in a line: a delimiter, a key that is there already, the beginning of something."""
    lines = [line for line in text.splitlines() if line] or [""]
    return _at_a_line(text, random, f"{random.choice((random.choice(_LINES), random.choice(lines)))}\n")


def _at_a_line(text: str, random: Random, inserted: str) -> str:
    ends = [match.start() for match in re.finditer(r"\r?\n", text)] or [0]
    at = random.choice(ends)
    if inserted.endswith("\n"):
        at = min(at + 1 + text.startswith("\r", at), len(text))
    return text[:at] + inserted + text[at:]


def _piece(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice((*PIECES, *_TEXTS)) + text[at + random.choice((0, 0, 1, 5, 40)) :]


def _in_a_text(text: str, random: Random) -> str:
    """Put something into a word, which is most often part of a value."""
    places = [match.start() + 1 for match in re.finditer(r"\w\w|\w ", text)] or [0]
    at = random.choice(places)
    return text[:at] + random.choice(_TEXTS) + text[at:]


def _moved(text: str, random: Random) -> str:
    """Take a line out, or put it elsewhere, or indent it otherwise."""
    lines = text.splitlines(keepends=True) or [""]
    line = lines.pop(random.randrange(len(lines)))
    if random.random() < 0.7:
        line = random.choice((line, line.lstrip(" "), f"  {line}", f"\t{line}", line.rstrip("\r\n")))
        lines.insert(random.randint(0, len(lines)), line)
    return "".join(lines)


def _endings(text: str, random: Random) -> str:
    """End some lines in another way."""
    ending = random.choice(("\r\n", "\r", "\n", "\n\n", " \n", "\x85", "\u2028"))
    return re.sub(r"\r\n|\r|\n", lambda match: ending if random.random() < 0.5 else match[0], text)


def _edges(text: str, random: Random) -> str:
    """Put something before the file, or cut its end off."""
    cut = random.choice((len(text.rstrip()), len(text), random.randint(0, len(text))))
    return random.choice(("", "\ufeff", "\n", " ", "\ufeff\ufeff", "x\n", "ï»¿", "<!-- -->\n")) + text[:cut]


_DAMAGES: Final = (_mojibake, _comment, _line, _line, _piece, _piece, _in_a_text, _in_a_text, _moved, _endings, _edges)


def encoded(text: str, random: Random) -> bytes:
    """Return the bytes of *text*, now and then in another encoding than UTF-8 or with bytes that are none."""
    if random.random() < 0.06:
        return text.encode(random.choice(_ENCODINGS), "replace")
    data = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.06:
        at = random.randint(0, len(data))
        data = data[:at] + random.choice((b"\xff", b"\xe9", b"\xc3", b"\0", b"\xed\xa0\x80", b"\x80\x81")) + data[at:]
    return data


def mutated(data: bytes, random: Random) -> bytes:
    """Return the input *data* with a damage or two more."""
    path, content = split(data)
    text = content.decode("utf-8", "surrogateescape")
    for _ in range(random.randint(1, 3)):
        text = random.choice(_DAMAGES)(text, random)
    return joined(path, text.encode("utf-8", "surrogatepass" if random.random() < 0.02 else "surrogateescape"))


# --- what else is read -------------------------------------------------------------------------------------


def configuration(random: Random) -> bytes:
    """Return a ``feedlint.toml``: keys with the values that its schema gives as examples, then damaged."""
    fields = catalogue.load("config").source["properties"]
    lines, tables = [], []
    for key in random.choices(list(fields), k=random.randint(0, 6)):
        value = random.choice(fields[key]["examples"])
        if isinstance(value, dict):
            tables += [f"[{key}]", *(f"{json.dumps(name)} = {json.dumps(each)}" for name, each in value.items())]
        else:
            lines.append(f"{key} = {json.dumps(value)}")
    return _text_with_damage("\n".join([*lines, *tables, ""]), random)


def baseline(random: Random) -> bytes:
    """Return a baseline: a head, entries of our own invention, then damaged."""
    lines = [f"# feedlint baseline {random.choice('11112')}. x"]
    for _ in range(random.randint(0, 6)):
        words = [random.choice(("_news/a.md", "%23x.md", "%FF", "a%20b")), random.choice(("TX001", "FM9999", "X1"))]
        words += [random.choice(("-", "title", "related.*.title", "%2D")), f"{random.getrandbits(48):012x}"]
        lines.append(" ".join([*words, *random.choice(([], [], ["2"], ["0"]))]))
    return _text_with_damage("\n".join([*lines, ""]), random)


_CHARACTERS: Final = ('"', "'", "[", "]", "{", "}", "=", ".", "%", "#", "\n", "\r", "\\", "\0", "é", "\ufeff", "*", "!")


def _text_with_damage(text: str, random: Random) -> bytes:
    for _ in range(random.choice((0, 0, 1, 3))):
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(_CHARACTERS) + text[at + random.choice((0, 1, 6)) :]
    return encoded(text, random)


def seeds() -> dict[str, list[bytes]]:
    """Return the project's own examples: of feed files, of configurations and of baselines, by what they are."""
    files = [file.read_bytes() for file in sorted(FEED.glob("_news/*.md"))]
    files += [joined(PATHS["topic"], file.read_bytes()) for file in sorted(FEED.glob("_data/topics/*.yaml"))]
    for example in _examples():
        for text in (example.bad, example.fixed or "", example.good):
            if text:
                files.append((text if example.whole else overlay(text)).encode("utf-8", "surrogateescape"))
    made = Random(1)
    return {
        "feed": files,
        "configuration": [configuration(made) for _ in range(60)],
        "baseline": [baseline(made) for _ in range(40)],
    }
