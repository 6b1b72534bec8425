"""XR006."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import Diagnostic
from feedlint.record import show
from feedlint.rule import SOUND, Example, Fact, at_fact
from feedlint.rules.xr.groups import groups
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(bad='title: "Ferry timetable changes in spring"', files={"_news/2020-12-07-ferry.md": SOUND}),
    Example(good='title: "Council approves the tram"', files={"_news/2020-12-07-ferry.md": SOUND}),
]


def check(facts: Sequence[Fact]) -> Iterator[Diagnostic]:
    """Two stories have two titles.

    It is for information: a publisher may repeat a title every year. White space and case make no difference. The
    finding is in the later file, in the order of their names, and shows the first.

    ## Why

    Readers who see a title twice take the second for the first. Where the addresses differ too, one story was often
    collected from two places.
    """
    for first, *others in groups(facts):
        for here in others:
            if not here.value or here.value != first.value:  # else XR001 has said that it is one story
                message = f"{show(here.data_path)} is also that of {first.path}"
                yield at_fact(here, [(first, "the same title")], message)
