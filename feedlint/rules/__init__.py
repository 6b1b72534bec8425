"""The registry: every rule, in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from feedlint.rule import Rule
from feedlint.rules import dt, fl, fm, im, sc, tx, ur, xr, ya
from feedlint.typed import Final

RULES: tuple[Rule, ...] = (
    *fm.RULES,
    *ya.RULES,
    *sc.RULES,
    *tx.RULES,
    *dt.RULES,
    *ur.RULES,
    *im.RULES,
    *xr.RULES,
    *fl.RULES,
)

DEFAULT: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.default)
"""The rules that run where none are chosen."""
OF_NO_RECORD: Final = frozenset(["FM001", "FM004", "FM006", "FM008", "FM010", "YA001", "YA003"])
"""The rules that say why a file has no readable record."""

NAMES: dict[str, str] = {rule.code: rule.name for rule in RULES}
"""The name of each rule, by its code."""


def matching(selector: str) -> list[Rule]:
    """Return the rules that *selector* names: ``ALL``, a code, the beginning of a code, or a rule's name."""
    wanted = selector.upper()
    if wanted == "ALL":
        return list(RULES)
    return [rule for rule in RULES if rule.code.startswith(wanted) or rule.name == selector.lower()]


def by_family(codes: Collection[str], rules: Sequence[Rule] = RULES) -> list[str]:
    """Return *codes* in the order of *rules*, and for all that these have of a family its letters: ``TX``."""
    found: list[str] = []
    for family in dict.fromkeys(rule.family for rule in rules):
        whole = [rule.code for rule in rules if rule.family == family]
        own = [code for code in whole if code in codes]
        found += [family] if own == whole else own
    return found


def weight(selector: str) -> int:
    """Return how much *selector* counts against others: the more, the longer; a rule's name the most."""
    if selector.upper() == "ALL":
        return 0
    return 99 if any(rule.name == selector.lower() for rule in RULES) else len(selector)


def select(
    chosen: Sequence[str],
    extended: Sequence[str] = (),
    ignored: Sequence[str] = (),
    *,
    base: Sequence[Rule] = DEFAULT,
) -> list[Rule]:
    """Return the rules that *chosen* (those of *base*, where empty) and *extended* name and *ignored* does not.

    Where two selectors disagree about a rule the longer one wins, as in ruff: ``--ignore TX --select TX001``
    keeps TX001. Raises KeyError with the selector that names no rule.
    """
    kept = {rule.code: (0, not chosen) for rule in base}
    for selectors, keep in (([*chosen, *extended], True), (ignored, False)):
        for selector in selectors:
            rules = matching(selector)
            if not rules:
                raise KeyError(selector)
            for rule in rules:
                if weight(selector) >= kept.get(rule.code, (-1, True))[0]:
                    kept[rule.code] = weight(selector), keep
    return [rule for rule in RULES if kept.get(rule.code, (0, False))[1]]
