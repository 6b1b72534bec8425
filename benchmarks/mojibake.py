"""Damage titles and see what TX001 makes of them: ``python benchmarks/mojibake.py [--half tuned|held] [--every N]``.

The titles are put together from ``mojibake_titles.txt``: parts invented in each language, the quotation marks and
dashes it has. Those of the tuned half were looked at while the rule was written; those of the held-out half have no
part in common with them. Each title is damaged as it happens: its UTF-8 read in another code page as browsers and
Python do (the holes of the windows pages filled with C1 controls, U+FFFD where a page of two bytes has nothing), up to
three times; then with bytes lost, characters folded, text cut. Pages that the rule does not look for are counted apart.

A text is *found* where :func:`feedlint.rules.tx.damage.examine` finds damage, *exact* where its repair, repeated until
nothing changes, gives the title back, *safe* where every step of that is proved. *Wrong* is a safe repair that gives
neither the title nor one of the stages it went through: there must be none. U+FFFD is TX002's to find, so it has a
column of its own, and so has what is missed but looks sound (words of one script each, no odd sign): nobody can tell
that from a word. Every 200th text also goes through a whole file, as a double-quoted value with escapes, since raw C1
controls make YAML unreadable.

Prints the tables; exits with 1 where a safe repair is wrong or a sound title is found damaged.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import ftfy.bad_codecs  # noqa: F401  # the windows pages with their holes filled

import feedlint
from feedlint.fragments import apply_fragments
from feedlint.rules.tx.damage import examine
from feedlint.source import scalars

PARTS = Path(__file__).with_name("mojibake_titles.txt")
PAGES = (
    *("latin-1", *(f"sloppy-windows-{number}" for number in range(1250, 1259))),
    *("iso-8859-2", "iso-8859-5", "sloppy-iso-8859-7", "iso-8859-9", "iso-8859-15"),
    *("macroman", "mac-cyrillic", "mac-latin2", "cp437", "cp850", "cp852", "cp866", "koi8-r"),
    *("gbk", "big5", "cp932", "cp949"),
)
# Pages that the rule does not look for, to see that it does not take them for another.
OTHERS = (
    *("cp737", "cp775", "cp855", "cp857", "cp860", "cp861", "cp862", "cp863", "cp865", "cp869", "iso-8859-4"),
    *("iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-16", "koi8-u", "mac-croatian", "mac-greek", "mac-iceland"),
    *("mac-romanian", "mac-turkish", "hp-roman8", "ptcp154", "tis-620", "kz1048", "cp720", "gb18030", "euc-jp"),
)
PER_HALF = 50
ROUNDS = 5
Damaged = tuple[str, list[str]]
"""A damaged text, and the texts that a right repair of it may give: the stages it went through."""


class Title(NamedTuple):
    """A title, its language, and which half of the titles it is in."""

    language: str
    half: str
    text: str


def main() -> int:
    """Run the experiment; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=["tuned", "held"], help="only this half of the titles")
    parser.add_argument("--every", type=int, default=1, help="only every Nth title")
    parser.add_argument("--damage", help="only the damages whose name holds this")
    parser.add_argument("--show", type=int, default=0, help="texts to show of each kind of failure")
    options = parser.parse_args()
    titles = [title for title in made() if options.half in (None, title.half)][:: options.every]
    languages = len({title.language for title in titles})
    print(f"{len(titles)} titles in {languages} languages, {len({title.text for title in titles})} of them different")
    sound = [title for title in titles if examine(title.text) is not None]
    print(f"false alarms on the sound titles: {len(sound)}", *(repr(title.text) for title in sound[:20]), sep="\n  ")
    wrong = 0
    for half in dict.fromkeys(title.half for title in titles):
        wrong += Tally(half, [title for title in titles if title.half == half], options).run()
    return int(bool(wrong or sound))


def made() -> Iterator[Title]:
    """Yield the titles, always the same."""
    for block in PARTS.read_text(encoding="utf-8").split("\n\n[")[1:]:
        head, *lines = block.strip().splitlines()
        language, _, signs = head.partition("] ")
        join, quotes, dash = re.fullmatch("join=(space)? quotes=(..) dash=(.+)", signs).groups()  # type: ignore[union-attr]
        gap = " " if join else ""
        parts = [line.partition(": ")[2].split(" | ") for line in lines]
        for half, at in (("tuned", 0), ("held", 5)):
            trios = list(itertools.product(*(part[at : at + 5] for part in parts)))
            random.Random(language).shuffle(trios)
            for number, trio in enumerate(trios[:PER_HALF]):
                yield Title(language, half, dressed(trio, number, gap, quotes, dash.strip()))


def dressed(trio: tuple[str, ...], number: int, gap: str, quotes: str, dash: str) -> str:
    """Return a title of the three parts in *trio*; every other one is plain."""
    subject, predicate, ending = trio
    inside = "\xa0" if quotes == "«»" and number % 3 == 0 else ""
    quoted = f"{quotes[0]}{inside}{subject}{inside}{quotes[1]}"
    ending = ending if ending[:1] in "，：！、？（" else f"{gap}{ending}"
    forms = {1: f"{quoted}{gap}{predicate}{ending}", 3: f"{subject}{gap}{predicate}{gap}{dash}{ending}", 5: subject}
    return forms.get(number % 8, f"{subject}{gap}{predicate}{ending}")


# --- how texts are damaged -----------------------------------------------------------------------------------


def read_as(text: str, *pages: str) -> Damaged | None:
    """Return *text* with its UTF-8 read in each of *pages* in turn, None where that cannot be."""
    stages = [text]
    for page in pages:
        try:
            data = stages[-1].encode("utf-8")
        except UnicodeError:
            return None
        # "replace" is for the pages that have no character for some bytes; the others never need it.
        stages.append(data.decode(page, "replace"))
    return stages[-1], stages[:-1]


def changed(change: Callable[[str, random.Random], str], *pages: str) -> Callable[[str], Damaged | None]:
    """Return the damage by *pages* and then by *change*."""

    def damage(text: str) -> Damaged | None:
        result = read_as(text, *pages)
        if result is None or result[0] == text:
            return result
        return change(result[0], random.Random(text)), result[1]

    return damage


def lose_one(text: str, chance: random.Random) -> str:
    """Return *text* without one of its characters beyond ASCII."""
    places = [at for at, char in enumerate(text) if not char.isascii()]
    at = chance.choice(places) if places else 0
    return text[:at] + text[at + 1 :]


def cut(text: str, chance: random.Random) -> str:
    """Return half of *text* or more."""
    return text[: chance.randrange(len(text) // 2, len(text))]


def cut_bytes(text: str) -> Damaged | None:
    """Return *text* cut at a byte, read as windows-1252."""
    data = text.encode("utf-8")
    short = data[: len(data) * 2 // 3].decode("sloppy-windows-1252")
    return (short, [text]) if not data.isascii() else (text, [])


def c1(text: str) -> Damaged | None:
    """Return *text* written as windows-1252 and read as Latin-1."""
    try:
        return text.encode("windows-1252").decode("latin-1"), [text]
    except UnicodeError:
        return None


def recased(change: Callable[[str], str]) -> Callable[[str], Damaged | None]:
    """Return the damage by windows-1252 and then by *change*; what is to be had back has the case changed too."""

    def damage(text: str) -> Damaged | None:
        bad = text.encode("utf-8").decode(WEST)
        return change(bad), [text if change(bad) == bad else change(text)]

    return damage


def half_damaged(text: str) -> Damaged | None:
    """Return *text* read as windows-1252 beside a sound part."""
    return f"{text.encode('utf-8').decode('sloppy-windows-1252')} – “Post”", [f"{text} – “Post”"]


WEST = "sloppy-windows-1252"
DAMAGES: dict[str, Callable[[str], Damaged | None]] = {
    **{page.removeprefix("sloppy-"): (lambda text, page=page: read_as(text, page)) for page in PAGES},  # type: ignore[misc]
    "windows-1252 x2": lambda text: read_as(text, WEST, WEST),
    "latin-1 x2": lambda text: read_as(text, "latin-1", "latin-1"),
    "latin-1, then 1252": lambda text: read_as(text, "latin-1", WEST),
    "windows-1250 x2": lambda text: read_as(text, "sloppy-windows-1250", "sloppy-windows-1250"),
    "windows-1251 x2": lambda text: read_as(text, "sloppy-windows-1251", "sloppy-windows-1251"),
    "macroman x2": lambda text: read_as(text, "macroman", "macroman"),
    "1252, then cp437": lambda text: read_as(text, WEST, "cp437"),
    "windows-1252 x3": lambda text: read_as(text, WEST, WEST, WEST),
    "1252, C1 deleted": changed(lambda text, _: re.sub("[\x80-\x9f]", "", text), WEST),
    "latin-1, C1 deleted": changed(lambda text, _: re.sub("[\x80-\x9f]", "", text), "latin-1"),
    "1252, NBSP to space": changed(lambda text, _: text.replace("\xa0", " "), WEST),
    "1252, spaces folded": changed(lambda text, _: " ".join(text.split()), WEST),
    "1252, a character lost": changed(lose_one, WEST),
    "1250, a character lost": changed(lose_one, "sloppy-windows-1250"),
    "1252, cut": changed(cut, WEST),
    "1252, cut with …": changed(lambda text, chance: f"{cut(text, chance)}…", WEST),
    "1252, upper case": recased(str.upper),
    "1252, lower case": recased(str.lower),
    "bytes cut, 1252": cut_bytes,
    "part of it 1252": half_damaged,
    "1252 bytes as latin-1": c1,
}

for _page in OTHERS:
    DAMAGES[f"other: {_page}"] = lambda text, page=_page: read_as(text, page)  # type: ignore[misc]


# --- what is counted -----------------------------------------------------------------------------------------


class Tally:
    """The counts of one half, by damage and by language."""

    def __init__(self, half: str, titles: list[Title], options: argparse.Namespace) -> None:
        self.half = half
        self.titles = titles
        self.options = options
        self.counts: dict[str, dict[str, Counter[str]]] = {
            "damage": defaultdict(Counter), "language": defaultdict(Counter), "all": defaultdict(Counter)
        }  # fmt: skip
        self.shown: Counter[str] = Counter()

    def run(self) -> int:
        """Print the tables; return how many safe repairs were wrong."""
        number = 0
        for title in self.titles:
            for name, damage in DAMAGES.items():
                if self.options.damage and self.options.damage not in name:
                    continue
                result = damage(title.text)
                number += 1
                if result is not None:
                    self._count(title, name, *result, whole_file=number % 200 == 0)
        for what, rows in self.counts.items():
            print(f"\n{self.half} half, by {what}")
            print(
                f"{'':24}{'texts':>7} {'same':>6} {'found':>7} {'+FFFD':>7} {'exact':>7} {'safe':>7} "
                f"{'wrong':>6} {'sound':>6}"
            )
            for name, row in rows.items():
                texts = row["texts"] - row["same"]
                share = [
                    f"{100 * row[each] / max(1, texts):6.1f}%" for each in ("found", "found or U+FFFD", "exact", "safe")
                ]
                print(f"{name:24}{texts:7} {row['same']:6} {' '.join(share)} {row['wrong']:6} {row['looks sound']:6}")
        files = sum((row for row in self.counts["all"].values()), Counter[str]())
        print(f"\nwhole files: {files['files']}, of them as the function says: {files['files agree']}")
        return files["wrong"]

    def _count(self, title: Title, name: str, bad: str, right: list[str], *, whole_file: bool) -> None:
        marks = ["texts"]
        if bad in (*right, title.text):
            marks.append("same")
        else:
            marks += self._judged(name, bad, right)
        if whole_file:
            marks.append("files")
            if found_in_file(bad) == (examine(bad) is not None):
                marks.append("files agree")
        rows = [self.counts["damage"][name]]
        if name.startswith("other: "):
            rows.append(self.counts["all"]["other pages"])
        else:
            rows += self.counts["language"][title.language], self.counts["all"]["all"]
        for row in rows:
            row.update(marks)

    def _judged(self, name: str, bad: str, right: list[str]) -> list[str]:
        marks = []
        damage = examine(bad)
        if damage is not None:
            marks.append("found")
        elif looks_sound(bad):
            marks.append("looks sound")
        if damage is not None or "\ufffd" in bad:
            marks.append("found or U+FFFD")
        else:
            self._show(f"missed: {name}", bad, right[0])
        if repaired(bad, proved=False) == right[0]:
            marks.append("exact")
        result = repaired(bad, proved=True)
        if result == right[0]:
            marks.append("safe")
        elif result not in (bad, *right) and not ("cut" in name and right[0].startswith(result.removesuffix("…"))):
            marks.append("wrong")
            self._show(f"WRONG: {name}", bad, right[0], result)
        return marks

    def _show(self, kind: str, *texts: str) -> None:
        self.shown[kind] += 1
        if self.shown[kind] <= self.options.show:
            print(kind, *map(ascii if kind.startswith("W") else repr, texts), sep="\n    ")


def repaired(text: str, *, proved: bool) -> str:
    """Return *text* with its repair made until nothing changes; with *proved* only what is safe."""
    for _ in range(ROUNDS):
        damage = examine(text)
        if damage is None or not damage.fragments or (proved and not damage.proved):
            break
        text = apply_fragments(text, damage.fragments)
    return text


def looks_sound(text: str) -> bool:
    """Tell whether each word of *text* is in one script, with no sign in it that is rare in titles."""
    for word in re.findall(r"[^\W\d_]+", text):
        if len({unicodedata.name(char, "?").split()[0] for char in word}) > 1:
            return False
    return not re.search(r"[^\w\s!-/:-@\[-`{-~‘’“”„«»‹›…–—°€£№§©®™²³½¼¾·•、。「」，：！？（）״]", text)


def found_in_file(text: str) -> bool:
    """Tell whether TX001 finds something in a file with the title *text*."""
    value = "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in text)
    value = scalars.render(text, scalars.DOUBLE) if value == text else f'"{value}"'.replace('\\"', '"')
    report = feedlint.lint_text(f"---\ntitle: {value}\n---\n", "_news/2021-03-02-title.md")
    return any(diagnostic.code == "TX001" for diagnostic in report)


if __name__ == "__main__":
    sys.exit(main())
