"""What holds for a file."""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.catalogue import Catalogue, shipped
from feedlint.diagnostic import Severity
from feedlint.disk import MAX_FILE_SIZE
from feedlint.quick import datetime, timezone
from feedlint.rule import Rule
from feedlint.rules import DEFAULT, RULES
from feedlint.typed import Any
from feedlint.values import dataclass, field, replace


@dataclass(frozen=True)
class Settings:
    """How to check and fix: *rules* in the order of the catalogue; *fix* makes safe fixes, *unsafe_fixes* all.

    *write* is whether repaired files are written. *today* is the time that dates are judged against (UTC). *schemas*
    say which fields a record has. A finding as grave as *fail_on* or graver makes a run fail. *site_url* is the address
    the site is published at, *taxonomy* the names of its topics, where the repository itself does not say so;
    *baseline* is the file of known findings, as seen from the current folder. *max_file_size* is how many bytes a
    record may have: a larger file is not read.
    """

    rules: Sequence[Rule] = DEFAULT
    fix: bool = False
    unsafe_fixes: bool = False
    write: bool = False
    schemas: Catalogue = field(default_factory=shipped)
    fail_on: Severity = Severity.WARNING
    today: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    site_url: str | None = None
    taxonomy: frozenset[str] | None = None
    baseline: str | None = None
    max_file_size: int = MAX_FILE_SIZE

    def __getstate__(self) -> dict[str, Any]:
        """Go to another process with the rules as what they are there, too: rules of the catalogue, by their codes."""
        known = {rule.code: rule for rule in RULES}
        foreign = [rule.code for rule in self.rules if not _is_of(known, rule)]
        if foreign:
            from pickle import PicklingError

            raise PicklingError(f"{', '.join(foreign)}: only rules of the catalogue can go to another process")
        return {**self.__dict__, "rules": [(rule.code, _own(rule)) for rule in self.rules]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Be what another one was in another process."""
        known = {rule.code: rule for rule in RULES}
        rules = [replace(known[code], **own) for code, own in state["rules"]]
        self.__dict__.update(state, rules=rules)

    def rule(self, code: str) -> Rule | None:
        """Return the rule with *code* as it runs here, or None where it does not."""
        return next((rule for rule in self.rules if rule.code == code), None)


def _own(rule: Rule) -> dict[str, Any]:
    """Return what settings may say of *rule*, which is otherwise as in the catalogue."""
    return {"severity": rule.severity, "fixes": rule.fixes}


def _is_of(known: dict[str, Rule], rule: Rule) -> bool:
    return rule.code in known and replace(rule, **_own(known[rule.code])) == known[rule.code]
