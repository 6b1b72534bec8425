"""Files made at random: sound cases with a few characters more, less or other."""

from __future__ import annotations

import random
from collections.abc import Iterator

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


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Yield *count* files; the same *seed* gives the same ones."""
    chance = random.Random(seed)
    texts = [case.text.decode() for case in CASES if case.expect == "sound" and len(case.text) < 4000]
    for _ in range(count):
        text = chance.choice(texts)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
            lines = [at + 1 for at, character in enumerate(text) if character == "\n"]
            ends = [at - 1 for at in lines]
            colons = [at + 2 for at in range(len(text)) if text.startswith(": ", at)]
            at = chance.choice(
                (chance.randrange(len(text) + 1), *(chance.choice(s or [0]) for s in (lines, ends, colons)))
            )
            cut = chance.choice((0, 0, 0, 1, 1, 2, chance.randrange(12)))
            text = text[:at] + chance.choice((*_TOKENS, "", "")) + text[at + cut :]
        yield text.encode()
