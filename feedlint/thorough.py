"""Looking at a file in full: it is parsed, the rules look at it, and it is repaired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from feedlint.comments import comments
from feedlint.config import Settings
from feedlint.diagnostic import Diagnostic
from feedlint.fixing import Repair, diff
from feedlint.glance import File, Seen
from feedlint.identity import stamped
from feedlint.linting import find, fix, gather, marks
from feedlint.report import FileReport, Refusal
from feedlint.repository import Repository
from feedlint.rule import Rule
from feedlint.rules import by_family
from feedlint.source import Document, trace
from feedlint.suppress import suppressed


def examine(
    file: File,
    seen: Seen,
    settings: Settings,
    repository: Repository,
    look: Callable[[File], Seen],
    mark: Callable[[str, Sequence[Diagnostic]], list[Diagnostic]],
) -> tuple[FileReport, bytes]:
    """Check *file*, in *repository*, of which so much was *seen*; return the report and the (repaired) content.

    *look* tells what is seen of what a repair makes of it; *mark* mutes what is known of the file at a path. Nothing is
    written.
    """
    path = file.path

    def marked(document: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        return mark(path, stamped(document, found))

    @lru_cache(maxsize=8)
    def looked(current: Document) -> Seen:
        return seen if current is document else look(File(current.bytes, path))

    document = trace(file.data, path)
    result = Repair(document)
    first = find(document, seen.rules, repository, asked=seen.marks is not None)
    found = marked(document, suppressed(first, comments(document), seen.rules, path))
    if settings.fix and any(diagnostic.fix for diagnostic in found if diagnostic.muted is None):
        result = fix(
            document,
            settings.rules,
            repository,
            unsafe=settings.unsafe_fixes,
            limit=settings.max_file_size,
            marked=marked,
            found=first,
            look=looked,
        )
        found = marked(result.document, result.left)
    final = result.document
    schema, kept = repository.schema_of(final), looked(final).marks
    report = FileReport(
        path=path,
        diagnostics=found,
        text=final.text if found or final is not document else "",
        readable=final.root is not None,
        schema=schema.name if schema else None,
        fixed=Counter(diagnostic.code for diagnostic in result.fixed),
        refused=_refusals(document, result),
        diff=diff(document.text, final.text, path) if settings.fix and not settings.write else "",
        not_run=_not_run(settings.rules) if final.root is None else (),
        marks=kept if kept is not None else marks(final, settings.rules, repository),
        # What is not written cannot be read again.
        facts=gather(final, settings.rules, repository) if final is not document and not settings.write else None,
        suppressions=comments(final),
        fail_on=settings.fail_on,
    )
    return report, final.bytes


def _refusals(document: Document, result: Repair) -> list[Refusal]:
    refusals = []
    for diagnostic, reason in result.refused.values():
        line, _ = document.lines.position(min(diagnostic.span.start, len(document.text)))
        refusals.append(Refusal(diagnostic.code, line, diagnostic.fix.title if diagnostic.fix else "", reason))
    return sorted(refusals, key=lambda refusal: (refusal.line, refusal.code, refusal.title))


def _not_run(rules: Sequence[Rule]) -> list[str]:
    """Return the codes of those of *rules* that need a whole record."""
    return by_family({rule.code for rule in rules if rule.sees in ("record", "feed")}, rules)
