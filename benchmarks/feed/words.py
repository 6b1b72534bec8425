"""Titles and sentences: plain English ones, and those of other languages from the parts in ``mojibake_titles.txt``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

_PARTS: Final = Path(__file__).parent.parent / "mojibake_titles.txt"
_ENGLISH: Final = (
    (
        *("The harbour council", "A retired tram driver", "The city library", "Every second ferry", "The night market"),
        *("A school choir", "The last lamplighter", "The fishing fleet", "A small museum", "The new footbridge"),
        *("The river festival", "A baker from the quay", "The university", "The old observatory", "A cycling club"),
        *("The weather office", "The fire brigade", "A local historian", "The tram company", "The botanical garden"),
        *("The theatre on Mill Street", "A group of neighbours", "The swimming hall", "The port authority"),
        *("The evening school", "The island post office", "A young engineer", "The chess club", "The town archive"),
    ),
    (
        *("opens its doors again", "wins a prize for patience", "moves to the north bank", "asks for more benches"),
        *("finds a forgotten map", "plans a quieter summer", "celebrates forty years", "shows what it has learned"),
        *("gets a new roof", "changes its timetable", "invites all neighbours", "counts its visitors twice"),
        *("repairs the clock tower", "looks for volunteers", "saves an old orchard", "starts earlier than ever"),
        *("votes on the budget", "keeps its promise", "teaches the basics", "publishes its first report"),
        *("returns to the square", "tries a smaller boat", "paints the station blue", "answers every letter"),
    ),
    (
        *(
            "after four years of debate",
            "before the winter",
            "in the old town",
            "with a little help",
            "on Friday night",
        ),
        *("for the first time", "despite the rain", "near the harbour gate", "at half the price", "without much noise"),
        *("thanks to a donation", "until the end of May", "as the ferries come back", "in spite of the storm"),
        *(
            "for one more season",
            "under a full moon",
            "behind the town hall",
            "in less than a week",
            "by popular demand",
        ),
        *(
            "between two bridges",
            "along the river",
            "with the whole school",
            "far from the crowds",
            "in broad daylight",
        ),
    ),
)
_EMOJI: Final = ("🚋", "⛴️", "🎉", "📚", "🌧️", "👏🏽")
# How often a record that is not plain English is in which language; each of the others is as frequent as Dutch.
_OFTEN: Final = {"English": 14, "French": 5, "German": 5, "Spanish": 5, "Russian": 4, "Japanese": 4, "Chinese": 4,
                 "Portuguese": 3, "Korean": 3, "Greek": 2, "Polish": 2}  # fmt: skip
_PLAIN: Final = "plain English"


class Language(NamedTuple):
    """The parts of its titles, what stands between two, and what ends a sentence."""

    name: str
    subjects: Sequence[str]
    predicates: Sequence[str]
    endings: Sequence[str]
    gap: str = " "
    stop: str = "."

    def title(self, number: int) -> str:
        """Return the title *number*: no two numbers have the same."""
        sizes = [len(part) for part in self[1:4]]
        total = sizes[0] * sizes[1] * sizes[2]
        again, index = divmod(number, total)
        index = index * 7919 % total  # a prime that divides no size: neighbours have not the same subject
        index, ending = divmod(index, sizes[2])
        subject, predicate = divmod(index, sizes[1])
        text = self._joined(self.subjects[subject], self.predicates[predicate], self.endings[ending])
        return f"{text} ({again + 1})" if again else text

    def sentences(self, random: Random, count: int) -> str:
        """Return *count* sentences on one line."""
        found = []
        for _ in range(count):
            text = self._joined(*(random.choice(part) for part in self[1:4]))
            found.append(text if text[-1] in ".…?!。？！؟" else text + self.stop)
        return self.gap.join(found)

    def _joined(self, subject: str, predicate: str, ending: str) -> str:
        gap = "" if ending[:1] in "，：！、？（" else self.gap
        return f"{subject}{self.gap}{predicate}{gap}{ending}"


def chosen(random: Random) -> Language:
    """Return a language: plain English in 57 of 100."""
    languages, weights = _others()
    return _plain() if random.random() < 0.57 else random.choices(languages, weights)[0]


def emoji(random: Random) -> str:
    """Return an emoji."""
    return random.choice(_EMOJI)


def slug(text: str) -> str:
    """Return what a site makes of the title *text* for an address: "" where little of it is in Latin letters."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    found = re.sub(r"[\s-]+", "-", re.sub(r"[^a-z0-9\s-]", "", bare.lower())).strip("-")
    return found if len(found) * 4 > len(text) * 3 else ""


@cache
def _plain() -> Language:
    return Language(_PLAIN, *_ENGLISH)


@cache
def _others() -> tuple[list[Language], list[int]]:
    found = []
    for block in _PARTS.read_text(encoding="utf-8").split("\n\n[")[1:]:
        head, *lines = block.strip().splitlines()
        name = head.partition("]")[0]
        gap = " " if "join=space" in head else ""
        subjects, predicates, endings = (line.partition(": ")[2].split(" | ") for line in lines)
        stop = "。" if name in ("Chinese", "Japanese") else " " if name == "Thai" else "."
        found.append(Language(name, subjects, predicates, endings, gap, stop.strip()))
    return found, [_OFTEN.get(language.name, 1) for language in found]
