"""XR001."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import Diagnostic
from feedlint.rule import SOUND, Example, Fact, at_fact
from feedlint.rules.xr.groups import groups
from feedlint.typed import Final

_OTHER = {"_news/2020-12-07-ferry.md": SOUND}


EXAMPLES: Final = [
    Example(
        bad='originalUrl: "https://www.example.com/ferry"\nwebUrl: "https://www.example.com/ferry-timetable"',
        files=_OTHER,
    ),
    Example(good='title: "Council approves the tram"', files=_OTHER),
]


def check(facts: Sequence[Fact]) -> Iterator[Diagnostic]:
    """A story is in the feed once: no two files of a collection have the same `webUrl`, or the same `originalUrl`.

    Two addresses are the same whatever their scheme, the case of their host, a fragment (unless it is a path: `#/tram`,
    `#!/tram`) or a final "/". The finding is in the later file, in the order of their names, and shows the first.

    ## Why

    Apps show the story twice, and count its readers apart. The second file is a copy that somebody forgot to change, or
    one story that was collected on two days.
    """
    told: set[tuple[str, str]] = set()
    for first, *others in groups(facts):
        for here in others:
            if (here.path, first.path) not in told:  # both of its addresses are the same: that is one story
                told.add((here.path, first.path))
                yield at_fact(
                    here, [(first, "the same address")], f"{here.value} is also the {first.value} of {first.path}"
                )
