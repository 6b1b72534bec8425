"""Scores that go together, as nearly all do, told at a glance."""

from __future__ import annotations

from functools import lru_cache

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.typed import Final

HOT: Final = 70
"""The heat from which on a story is shown."""
EACH: Final = 10
"""The heat that a related story adds, at least."""
MERGED: Final = -1
"""The heat of a story that was merged into another one."""
ROLES: Final = ("quality", "heat", "published")
# Quality, heat, and whether it is published, as nearly all records have them.
_USUAL = regex(r"([0-9]{1,5}) (-1|[0-9]{1,5}) (true|false)")


def scores_agree(record: Brief) -> bool:
    """Tell whether a score is missing, or all are written as usual and go together."""
    quality, heat, published = record.own("quality"), record.own("heat"), record.own("published")
    if quality is None or heat is None or published is None:
        return True
    return _agree(f"{quality} {heat} {published}", len(record.related))


@lru_cache(maxsize=4096)
def _agree(scores: str, stories: int) -> bool:
    usual = _USUAL.fullmatch(scores)
    if usual is None:
        return False
    return not any(contradictions(int(usual[1]), int(usual[2]), usual[3] == "true", stories))


def is_valid(record: Brief) -> bool:
    """Tell whether the schema has nothing against the file that *record* is in: what the rules that ask it share."""
    return not record.is_root or record.is_valid


def contradictions(quality: int, heat: int, published: bool, stories: int) -> tuple[bool, bool]:
    """Tell whether *heat* does not go with *published*, and whether it is less than *quality* and *stories* make it."""
    return published is not (heat >= HOT), MERGED < heat < quality + EACH * stories
