"""What holds for a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from feedlint.catalogue import Catalogue, shipped
from feedlint.diagnostic import Severity
from feedlint.disk import MAX_FILE_SIZE
from feedlint.rule import Rule
from feedlint.rules import DEFAULT
from feedlint.values import dataclass, field


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

    def rule(self, code: str) -> Rule | None:
        """Return the rule with *code* as it runs here, or None where it does not."""
        return next((rule for rule in self.rules if rule.code == code), None)
