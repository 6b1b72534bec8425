"""XR005."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from feedlint.diagnostic import Diagnostic
from feedlint.record import show
from feedlint.rule import SOUND, Example, Fact, at_fact
from feedlint.typed import Final

_EXAMPLE = {f"_news/2020-12-0{day}-ferry.md": SOUND for day in (5, 6, 7)}


EXAMPLES: Final = [
    Example(bad="provider:\n  name: ExampleTimes\n  domain: example.com", files=_EXAMPLE),
    Example(good="provider:\n  name: Example Times\n  domain: example.com", files=_EXAMPLE),
    Example(good="provider:\n  name: Example Sports\n  domain: example.com", files=_EXAMPLE),
]


def check(facts: Sequence[Fact]) -> Iterator[Diagnostic]:
    """The name of a publisher is spelt in one way.

    That is a name that differs from the usual one, of the same domain, in nothing but upper and lower case, spaces or
    punctuation. Several names for a domain are no mistake: a platform has many channels. The finding shows the first
    file with the usual spelling: the one that most records have, and of two as frequent the first in order.

    ## Why

    Apps group stories by the name of their publisher, and show "ExampleTimes" and "Example Times" as two.
    """
    by_key: dict[str, list[Fact]] = {}
    for each in facts:
        by_key.setdefault(each.key, []).append(each)
    for found in by_key.values():
        spellings = Counter(each.value for each in found)
        if len(spellings) == 1:
            continue
        usual = min(spellings, key=lambda name: (-spellings[name], name))
        where = f"{spellings[usual]} other record{'s' * (spellings[usual] > 1)} of its domain"
        first = next(each for each in found if each.value == usual)
        for each in found:
            if each.value != usual:
                message = f'{show(each.data_path)} is "{each.value}", but "{usual}" in {where}'
                yield at_fact(each, [(first, "spelt in the usual way")], message)
