"""Feed files to test with: articles made up of words, written in every style that YAML has.

A :class:`Writer` knows the data it writes, and no reader of YAML had a hand in it. It asks a ``random.Random``
for each choice, so the same writer serves Hypothesis (whose Random shrinks) and a seeded run of thousands.
"""

from __future__ import annotations

import re
from random import Random
from typing import Any

from hypothesis import strategies as st

Data = Any
"""What a record is made of: str, int, float, bool, None, and lists and dicts of them."""

_WORDS = [
    "harbour", "council", "tram", "vote", "opens", "new", "line", "after", "four", "years", "of", "debate",
    "ferry", "strike", "ends", "museum", "night", "Zürich", "Łódź", "항구", "전차", "ميناء", "الترام", "🚋",
    "re-opens", "24/7", "100%", "vote's", "(again)", "AT&T", "C++", "#1", "key:value", "-", "?", "*", "!", "…",
]  # fmt: skip
_ODD = [
    '"quoted"', "it's", "a\\b", ": ", " #", "  ", "\n", "\n\n", "\t", "\xa0", "&#8217;", "{x}", "[y]", "a, b",
    "---", "...", "%", "@", "`", "|", ">", "\x07", "\x85", "\u2028", "\ufeff", "\u200b", "\r\n", "👩‍🚀",
    "e\u0301",
]  # fmt: skip
_RETYPED = ["yes", "No", "null", "~", "12", "1.5", "1e3", "0x1F", "012", "16:9", "2020-12-08", "1,000", ".inf", "=", ""]


def text(random: Random) -> str:
    """Return a title: words, now and then with something in it or around it that needs care."""
    if random.random() < 0.05:
        return random.choice(_RETYPED)
    words = random.choices(_WORDS, k=random.randint(1, 9))
    for _ in range(random.choice([0, 0, 0, 1, 3])):
        words.insert(random.randint(0, len(words)), random.choice(_ODD))
    return random.choice([" ", " ", " ", ""]).join(words)


def scalar(random: Random) -> str | int | float | bool | None:
    """Return a value of any type a field may have, or should not have."""
    other: list[str | int | float | bool | None] = [None, True, False, 0, -1, 630, 12.5, -0.25, 1e20]
    return text(random) if random.random() < 0.7 else random.choice(other)


def _url(random: Random) -> str:
    return f"https://www.example.{random.choice(['com', 'org'])}/{random.choice(['a', 'ä', 'n?id=1&x=%20', 'p#top'])}"


def _image(random: Random) -> Data:
    return {"url": _url(random), "width": random.randint(1, 1200), "height": 630, "isCached": True}


def _provider(random: Random) -> Data:
    return {
        "name": random.choice(["Example Times", "Die Möwe", "12"]),
        "domain": "example.com",
        "images": [_image(random)],
    }


def record(random: Random) -> dict[str, Data]:
    """Return an article with the fields, and in the order, of real ones."""
    provider = _provider(random)
    related = [
        {"title": text(random), "provider": random.choice([provider, _provider(random)]), "webUrl": _url(random)}
        for _ in range(random.choice([0, 0, 1, 2]))
    ]
    fields: dict[str, Data] = {
        "category": "news",
        "title": text(random),
        "excerpt": text(random),
        "publishedDateTime": "2020-12-08T21:40:00Z",
        "webUrl": _url(random),
        "type": "article",
        "quality": random.randint(0, 100),
        "published": True,
        "provider": provider,
        "tags": [scalar(random), None],
        "topics": [text(random) for _ in range(random.randint(0, 3))],
        "images": [_image(random) for _ in range(random.randint(0, 2))],
        "related": related,
        "note": scalar(random),
        "secured": "q83vEjRWeJA=;EjRWeJCrze8SNFZ4kKvN7w==",
    }
    return {key: value for key, value in fields.items() if key in ("title", "provider") or random.random() < 0.8}


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_NOT_IN_BLOCK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile(r"[^\W\d_](?:[\w/.+%()'&-]| (?=[\w(]))*")
_WORD_OF_A_TYPE = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null")
_FOLDABLE = re.compile(r"(?<=[^\s\\]) (?=[^\W_])")
_NAMED_ESCAPES = {
    "\0": "0", "\x07": "a", "\t": "t", "\n": "n", "\r": "r", '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_",
    "\u2028": "L", "\u2029": "P", "/": "/", " ": " ",
}  # fmt: skip


class Writer:
    """Writes records as front matter. *oddity* is how often it leaves the layout that real files have."""

    def __init__(self, random: Random, oddity: float) -> None:
        self.random = random
        self.oddity = oddity
        self.anchors: list[tuple[str, Data]] = []

    def odd(self, times: float = 1.0) -> bool:
        return self.random.random() < self.oddity * times

    def file(self, data: dict[str, Data], body: str = "\n") -> str:
        """Return *data* as a feed file with *body*."""
        text = f"---\n{self.mapping(data, 0)}---\n{body}"
        if self.random.random() < 0.1:
            text = text.rstrip("\n")
        text = self.endings(text, self.random.choice(["\n", "\n", "\n", "\r\n", "\r\n", "\r", ""]))
        return "\ufeff" + text if self.random.random() < 0.1 else text

    def endings(self, text: str, ending: str) -> str:
        """Return *text* with each line ended by *ending*, or in a mixture where that is empty."""
        parts: list[str] = []
        for line in text.split("\n"):
            chosen = ending or self.random.choice(["\n", "\r\n", "\r"])
            # A CR before an empty line that is ended by LF would be one CRLF.
            if not line and parts and parts[-1].endswith("\r") and chosen == "\n":
                chosen = "\r\n"
            parts.append(line + chosen)
        return "".join(parts)[: -len(chosen)]

    def mapping(self, data: dict[str, Data], indent: int) -> str:
        """Return *data* as block lines, each with *indent*."""
        lines: list[str] = []
        after_keep = False
        for key, value in data.items():
            if self.odd(0.1):  # a duplicate, and the last one wins
                lines.append(f"{' ' * indent}{key}: {self.quoted(text(self.random), indent)}\n")
                after_keep = False
            if not after_keep and (self.odd(0.3) or (isinstance(value, list | dict) and indent == 0)):
                lines.append("\n")
            if self.odd(0.3):
                lines.append(f"{' ' * self.random.choice([0, indent])}# {self.random.choice(_WORDS)}: x\n")
            written = self.value(value, indent, key)
            after_keep = re.search(r"[|>][0-9]?\+", written) is not None
            lines.append(f"{' ' * indent}{self.key(key, indent)}:{written}\n")
        return "".join(lines)

    def key(self, key: str, indent: int) -> str:
        if self.odd(0.1):
            return f"? {key}\n{' ' * indent}"
        return self.random.choice([f'"{key}"', f"'{key}'", f"{key} "]) if self.odd(0.4) else key

    def value(self, value: Data, indent: int, key: str = "") -> str:
        """Return what stands after the colon or the dash: *value* with the space or line break before it."""
        if self.odd(2):
            for name, known in self.anchors:
                if known is value or (isinstance(value, str) and known == value):
                    return f" *{name}{self.comment()}"
        head = self.properties(value)
        if isinstance(value, dict | list):
            if not value or self.odd(0.6):
                return f"{head} {self.flow(value, indent)}{self.comment()}"
            return f"{head}{self.comment()}\n{self.block(value, indent)}".removesuffix("\n")
        if value is None:
            return f"{head}{self.random.choice(['', ' ~', ' null']) if not head else ''}{self.comment()}"
        if isinstance(value, str):
            block = self.block_scalar(value, indent) if self.odd() else None
            if block is not None:
                return f"{head} {block}"
        gap = f"\n{' ' * (indent + 3)}" if self.odd(0.2) else " "
        return f"{head}{gap}{self.scalar(value, indent, key)}{self.comment()}"

    def properties(self, value: Data) -> str:
        head = ""
        if self.odd(2 if isinstance(value, dict) else 0.4):
            name = f"a{len(self.anchors)}"
            self.anchors.append((name, value))
            head = f" &{name}"
        return f"{head} !!str" if isinstance(value, str) and self.odd(0.1) else head

    def comment(self) -> str:
        return f" # {self.random.choice(_WORDS)}: 'x" if self.odd(0.3) else ""

    def block(self, value: Data, indent: int) -> str:
        if isinstance(value, dict):
            return self.mapping(value, indent + 2)
        # A list may be as far left as its key.
        indent += 0 if self.odd() else 2
        return "".join(f"{' ' * indent}-{self.item(item, indent)}\n" for item in value)

    def item(self, item: Data, indent: int) -> str:
        if isinstance(item, dict) and item and not self.odd(0.5):
            lines = self.mapping(item, indent + 2).lstrip("\n")
            if lines.startswith(" " * (indent + 2)):  # not with a comment before the first key
                return lines[indent + 1 :].removesuffix("\n")
            return f"\n{lines}".removesuffix("\n")
        return self.value(item, indent)

    def flow(self, value: Data, indent: int) -> str:
        """Return *value* in brackets, on one line or more."""
        if isinstance(value, dict):
            return "{" + self.joined([f"{k}: {self.flow(v, indent)}" for k, v in value.items()], indent) + "}"
        if isinstance(value, list):
            return "[" + self.joined([self.flow(item, indent) for item in value], indent) + "]"
        return "null" if value is None else self.scalar(value, indent)

    def joined(self, parts: list[str], indent: int) -> str:
        gap = f"{self.comment()}\n{' ' * (indent + 2)}" if self.odd() else " "
        return f",{gap}".join(parts)

    def scalar(self, value: str | int | float | bool, indent: int, key: str = "") -> str:
        """Return *value* on one line or folded over more, plain or in quotes."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str):
            return "1.0e+20" if value == 1e20 else str(value)
        plain = _PLAIN.fullmatch(value) and not _WORD_OF_A_TYPE.fullmatch(value)
        real = key in ("category", "type", "name", "domain", "")
        if plain and (real if not self.odd() else self.random.random() < 0.5):
            return self.fold(value, indent)
        if key == "publishedDateTime" and not self.odd():
            return value
        return self.quoted(value, indent)

    def quoted(self, value: str, indent: int) -> str:
        if self.odd() and not _UNPRINTABLE.search(value):
            return f"'{self.fold(value.replace(chr(39), chr(39) * 2), indent)}'"
        return f'"{self.fold("".join(map(self.escaped, value)), indent)}"'

    def escaped(self, char: str) -> str:
        """Return *char* as it stands between double quotes."""
        if not _UNPRINTABLE.match(char) and char not in '"\\' and not self.odd(0.02):
            return char
        code = ord(char)
        ways = [f"\\U{code:08X}"]
        if char in _NAMED_ESCAPES:
            ways += [f"\\{_NAMED_ESCAPES[char]}"] * 3
        if code < 0x10000:
            ways.append(f"\\u{code:04x}")
        if code < 0x100:
            ways.append(f"\\x{code:02X}")
        return self.random.choice(ways)

    def fold(self, written: str, indent: int) -> str:
        """Return *written* with line breaks in place of some of its spaces."""

        def fold(match: re.Match[str]) -> str:
            return (
                f"{self.random.choice(['', ' '])}\n{' ' * (indent + self.random.randint(2, 4))}"
                if self.odd(0.2)
                else " "
            )

        return _FOLDABLE.sub(fold, written)

    def block_scalar(self, value: str, indent: int) -> str | None:
        """Return *value* as a literal or folded block, or None where it cannot be one."""
        content = value.rstrip("\n")
        ends = len(value) - len(content)
        lines = content.split("\n")
        if not lines[0].strip(" ") or _NOT_IN_BLOCK.search(value) or any(line[:1] == "\t" for line in lines):
            return None
        deep = self.random.randint(1, 4)
        indicator = str(deep) if lines[0][0] == " " or self.odd() else ""
        chomping = "-" if not ends else "+" if ends > 1 else self.random.choice(["", "+"])
        style = "|"
        if self.odd(3) and not re.search(r"(?m)^[ \t]|[ \t]$|^$", content):
            style = ">"
            content = re.sub(r"(?<=\S) (?=\w)", lambda _: "\n" if self.odd() else " ", content.replace("\n", "\n\n"))
        written = "\n".join(" " * (indent + deep) + line if line else "" for line in content.split("\n"))
        header = style + self.random.choice([indicator + chomping, chomping + indicator]) + self.comment()
        extra = "\n" * (ends - 1) if ends > 1 else "\n" if chomping != "+" and self.odd() else ""
        return f"{header}\n{written}{extra}"


def feed_file(random: Random) -> tuple[str, dict[str, Data]]:
    """Return the text of a feed file and its data."""
    data = record(random)
    body = random.choice(["\n", "", "<p>Text: &amp; more</p>\n", "\nText\n---\nkey: no\n"])
    return Writer(random, random.choice([0.0, 0.1, 0.4])).file(data, body), data


def feed_files() -> st.SearchStrategy[tuple[str, dict[str, Data]]]:
    """Feed files that can be read, with their data."""
    return st.randoms(use_true_random=False).map(feed_file)


PIECES = [
    "\n", "\r\n", "\r", "\x85", "\u2028", "\ufeff", " ", "  ", "\t", "---", "...", "---\n", "- ", "? ", ": ",
    ":", "#", " #", "&a ", "*a", "!t ", "!!str ", "!<x,[", "|", "|+\n", "|2-", ">", ">-\n", "[", "]", "{", "}",
    ",", "'", '"', "\\", "\\\n", "\\x41", "\\ud83d", "\\U0010ffff", "\\UFFFFFFFF", "%YAML 1.1\n", "%YAML 9.9\n",
    "%TAG ! x\n", "<<: ", "é", "😀", "a: b", "a:", "- a\n", "  b: c\n", "\n\n", "@", "`", "\0", "\x07", "\udc80",
    "null", "~", "1", "=", "\xa0", "—", "```", "+++", "key",
]  # fmt: skip


def hostile_texts() -> st.SearchStrategy[str]:
    """Text made of pieces that mean something to YAML or to a delimiter, in no order that means anything."""
    return st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def damaged_files() -> st.SearchStrategy[str]:
    """Feed files with a few pieces cut out and a few put in, so that much is right and something is not."""

    def damage(random: Random) -> str:
        content, _ = feed_file(random)
        for _ in range(random.randint(1, 4)):
            at = random.randint(0, len(content))
            content = content[:at] + random.choice(["", *PIECES]) + content[at + random.choice([0, 1, 5, 40]) :]
        return content

    return st.randoms(use_true_random=False).map(damage)
