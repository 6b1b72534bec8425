"""Check and fix: the only loops over rules and files."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from feedlint.config import Settings
from feedlint.diagnostic import Diagnostic
from feedlint.fixing import NotWritten, Repair, repair, write
from feedlint.record import records
from feedlint.report import FileReport, Refusal
from feedlint.repository import Repository, root_of
from feedlint.rule import Fact, Rule
from feedlint.rules import RULES
from feedlint.source import Document, decode, parse
from feedlint.source.salvage import salvage, tree

_OF_RECORDS = ("record", "field")


def lint(document: Document, rules: Sequence[Rule], repository: Repository) -> list[Diagnostic]:
    """Return what *rules* find in *document*, in the order of place and code.

    Where it has no readable record, rules that look at each field by itself see what can be read line by line; what
    they would repair there is left open, since nothing could prove it.
    """
    found: list[Diagnostic] = []
    for rule in rules:
        if rule.sees == "document":
            found += rule.run(document, repository)
    if document.root is not None:
        of_records = [rule for rule in rules if rule.sees in _OF_RECORDS]
        for record in records(document, repository) if of_records else ():
            for rule in of_records:
                found += rule.run(record, repository)
    else:
        for_lines = [rule for rule in rules if rule.sees == "field"]
        for record in records(salvaged(document), repository) if for_lines else ():
            for rule in for_lines:
                found += (replace(diagnostic, fix=None) for diagnostic in rule.run(record, repository))
    return sorted(found, key=lambda d: (d.span, d.code, d.message))


def salvaged(document: Document) -> Document:
    """Return *document*, which has no readable record, with one of the lines that can be read by themselves."""
    nodes = tree(salvage(document.text, *document.delimiters.front))
    return replace(document, nodes=nodes, data=None, faults=())


def gather(document: Document, rules: Sequence[Rule], repository: Repository) -> list[Fact]:
    """Return what *rules* about the whole feed keep of *document*."""
    of_feed = [rule for rule in rules if rule.sees == "feed"]
    return [
        each
        for record in (records(document, repository) if of_feed else ())
        for rule in of_feed
        for each in rule.gather(record)
    ]


def conclude(facts: Iterable[Fact], rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what *rules* find in the *facts* of a whole feed, in the order of files, place and code."""
    by_code: dict[str, list[Fact]] = {}
    for each in facts:
        by_code.setdefault(each.code, []).append(each)
    found: list[Diagnostic] = []
    for rule in rules:
        if rule.code in by_code:
            found += rule.conclude(sorted(by_code[rule.code], key=lambda each: (each.path, each.span, each.key)))
    return sorted(found, key=lambda d: (d.path, d.span, d.code, d.message))


def fix(document: Document, rules: Sequence[Rule], repository: Repository, *, unsafe: bool) -> Repair:
    """Repair what *rules* find in *document*; they and the default ones watch that nothing new comes up."""
    watching = [rule for rule in RULES if rule in rules or rule.default]
    chosen = {rule.code for rule in rules}

    @lru_cache(maxsize=8)
    def watch(current: Document) -> list[Diagnostic]:
        return lint(current, watching, repository)

    def find(current: Document) -> list[Diagnostic]:
        return [diagnostic for diagnostic in watch(current) if diagnostic.code in chosen]

    return repair(document, find, watch, unsafe=unsafe)


class Engine:
    """Runs the rules of *settings* over files, keeping what it learns about their repositories."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._repositories: dict[Path | None, Repository] = {}

    def repository_of(self, path: str) -> Repository:
        """Return the repository that the file at *path* is in; a name like ``<stdin>`` is in none."""
        if path.startswith("<"):
            return self._repositories.setdefault(None, Repository(None, self.settings.today, self.settings.schemas))
        root = root_of(os.path.dirname(os.path.abspath(path)))
        if root not in self._repositories:
            self._repositories[root] = Repository(root, self.settings.today, self.settings.schemas)
        return self._repositories[root]

    def files(self, paths: Iterable[str]) -> Iterator[FileReport]:
        """Check the file at each of *paths*, repairing it if the settings say so, and yield what came of it."""
        for path in paths:
            yield self.file(path)

    def conclude(self, reports: Sequence[FileReport]) -> list[FileReport]:
        """Return *reports*, those of a whole run, with what the rules about many records find in them."""
        found: dict[str, list[Diagnostic]] = {}
        for diagnostic in conclude((each for report in reports for each in report.facts), self.settings.rules):
            found.setdefault(diagnostic.path, []).append(diagnostic)
        return [_with(report, found[report.path]) if report.path in found else report for report in reports]

    def file(self, path: str) -> FileReport:
        """Check the file at *path*, repairing it if the settings say so. Never raises for what a file holds."""
        try:
            if not os.path.isfile(path):  # a folder, a pipe, a device: reading might never end
                reason = "it is a link to nowhere" if os.path.islink(path) else "it is not a regular file"
                return FileReport(path, error=reason, readable=False)
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            return FileReport(path, error=error.strerror or str(error), readable=False)
        report, result = self.data(data, path)
        if result == data or not self.settings.write:
            return report
        try:
            write(path, data, result, root_of(os.path.dirname(os.path.abspath(path))) or Path.cwd())
        except NotWritten as error:
            untouched, _ = Engine(replace(self.settings, fix=False)).data(data, path)
            return replace(untouched, error=f"not repaired: {error}")
        return report

    def data(self, data: bytes, path: str) -> tuple[FileReport, bytes]:
        """Check *data* as the content of the file at *path*; return the report and the (repaired) content."""
        try:
            return self._data(data, path)
        except Exception as error:
            # A fault of ours in one file must not hide the findings in the others.
            if os.environ.get("FEEDLINT_DEBUG"):
                raise
            problem = f"internal error, please report it: {type(error).__name__}: {error}"
            return FileReport(path, error=problem, readable=False), data

    def _data(self, data: bytes, path: str) -> tuple[FileReport, bytes]:
        settings, repository = self.settings, self.repository_of(path)
        document = parse(data, path)
        result = Repair(document)
        found = lint(document, settings.rules, repository)
        if settings.fix and any(diagnostic.fix for diagnostic in found):
            result = fix(document, settings.rules, repository, unsafe=settings.unsafe_fixes)
            found = lint(result.document, settings.rules, repository)
        final = result.document
        schema = repository.schema_of(final)
        report = FileReport(
            path=path,
            diagnostics=found,
            text=final.text if found or final is not document else "",
            readable=final.root is not None,
            schema=schema.name if schema else None,
            fixed=Counter(diagnostic.code for diagnostic in result.fixed),
            refused=_refusals(document, result),
            diff=_diff(document.text, final.text, path) if settings.fix and not settings.write else "",
            not_run=_not_run(settings.rules) if final.root is None else (),
            facts=gather(final, settings.rules, repository),
        )
        return report, final.bytes


def _refusals(document: Document, result: Repair) -> list[Refusal]:
    refusals = []
    for diagnostic, reason in result.refused.values():
        line, _ = document.lines.position(min(diagnostic.span.start, len(document.text)))
        refusals.append(Refusal(diagnostic.code, line, diagnostic.fix.title if diagnostic.fix else "", reason))
    return sorted(refusals, key=lambda refusal: (refusal.line, refusal.code, refusal.title))


def _not_run(rules: Sequence[Rule]) -> list[str]:
    """Return the codes of those of *rules* that need a whole record, a family's prefix where it is all of it."""
    codes: list[str] = []
    for family in dict.fromkeys(rule.family for rule in rules):
        own = [rule for rule in rules if rule.family == family]
        idle = [rule for rule in own if rule.sees in ("record", "feed")]
        codes += [family] if idle == own else [rule.code for rule in idle]
    return codes


def _with(report: FileReport, more: Sequence[Diagnostic]) -> FileReport:
    """Return *report* with the findings *more*, and the text that they are shown in."""
    text = report.text
    if not text:
        try:
            text = decode(Path(report.path).read_bytes())
        except OSError:
            text = ""
    found = sorted([*report.diagnostics, *more], key=lambda d: (d.span, d.code, d.message))
    return replace(report, diagnostics=found, text=text)


def _diff(old: str, new: str, path: str) -> str:
    """Return the unified diff of *old* and *new*, "" where they are equal."""
    if old == new:
        return ""
    from difflib import unified_diff

    lines = unified_diff(_lines(old), _lines(new), path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of *text* with their endings; only LF ends a line, as in the output of ``diff``."""
    return [line for line in re.split(r"(?<=\n)", text) if line]
