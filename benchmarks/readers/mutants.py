"""Files made at random: sound cases with a few characters more, less or other, or with a short value."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.readers.case import valued
from benchmarks.readers.cases import CASES

# Everything that means something to a reader of front matter or YAML, and what only looks like it.
_TOKENS = [
    *"\n\t #:-'\"[]{},&*!|>%@`?~=<.\\/0123456789+_eExXoyYnN\r\xa0\u200b\u2028\x85\ufeff\x00\x07\x7f\u3000é🚢",
    "\n\n", "\r\n", "  ", ": ", " #", "# ", "- ", "? ", "---", "...", "\n---\n", "\n---", "\n...\n", "----",
    "<<: ", "&a ", "*a", "!!str ", "! ", "|\n", ">-\n", "|+\n", "|2\n", "\n  ", "\n ", "\n- ", "\t\n", " \n",
    "''", '""', "\\n", "\\/", "\\x41", "\\ud83d", "{a: 1}", "[a, b]", "{}", "[]", "{a}",
    "yes", "no", "null", "true", "012", "0o7", "0x1", "1:30", "1_000", "1,5", "12e3", ".5", ".inf", ":word",
    "2020-12-08", "2020-12-08T21:40:00Z", "title: x\n", "Title: x\n", "related:\n  - title: x\n",
]  # fmt: skip


# Where a value stands, and what short ones are made of.
_PLACES = [
    "excerpt: {}", "title: {}", "topics:\n  - {}", "topics: [{}, Trams]", "provider: {{name: {}, domain: example.com}}",
    "provider:\n  name: {}\n  domain: example.com", "excerpt: x\n  {}", "quality: {}",
]  # fmt: skip
_CHARACTERS = "0123456789" * 3 + "....--++:::__,,eExXobBTZzyYnNtTrRuUeEfFaAlLsSiI~<=!&*#%@`|>[]{}'\"?\\/ \t\xa0"


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Yield *count* files, half of them with a short value at random; the same *seed* gives the same ones."""
    chance = random.Random(seed)
    texts = [case.text.decode() for case in CASES if case.expect == "sound" and len(case.text) < 4000]
    for index in range(count):
        yield (_edited(chance, chance.choice(texts)) if index % 2 else _valued(chance)).encode()


def _edited(chance: random.Random, text: str) -> str:
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        lines = [at + 1 for at, character in enumerate(text) if character == "\n"]
        ends = [at - 1 for at in lines]
        values = [at + 2 for at in range(len(text)) if text.startswith(": ", at)]
        at = chance.choice((chance.randrange(len(text) + 1), *(chance.choice(s or [0]) for s in (lines, ends, values))))
        cut = chance.choice((0, 0, 0, 1, 1, 2, chance.randrange(12)))
        text = text[:at] + chance.choice((*_TOKENS, "", "")) + text[at + cut :]
    return text


def _valued(chance: random.Random) -> str:
    value = "".join(chance.choices(_CHARACTERS, k=chance.randrange(1, 8)))
    if not chance.randrange(4):
        value = chance.choice([token for token in _TOKENS if "\n" not in token and "\r" not in token]) + value
    return valued("", chance.choice(_PLACES).format(value), "sound", "").text.decode()
