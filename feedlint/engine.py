"""Check and fix: the only loops over rules."""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.diagnostic import Diagnostic
from feedlint.record import records
from feedlint.repository import Repository
from feedlint.rule import Rule
from feedlint.source import Document


def lint(document: Document, rules: Sequence[Rule], repository: Repository) -> list[Diagnostic]:
    """Return what *rules* find in *document*, in the order of place and code."""
    found: list[Diagnostic] = []
    of_records = [rule for rule in rules if rule.sees == "record"]
    for rule in rules:
        if rule.sees == "document":
            found += rule.run(document, repository)
    for record in records(document, repository) if of_records else ():
        for rule in of_records:
            found += rule.run(record, repository)
    return sorted(found, key=lambda d: (d.span, d.code, d.message))
