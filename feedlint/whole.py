"""What is known of a whole feed: what the rules about many records find, and what there is beside the files checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from feedlint.census import suspects
from feedlint.diagnostic import Diagnostic, in_order
from feedlint.engine import Engine
from feedlint.quick import suppress
from feedlint.report import FileReport, Files
from feedlint.roots import is_all_in
from feedlint.rule import Fact, Rule
from feedlint.rules import RULES
from feedlint.source import decode
from feedlint.typed import TYPE_CHECKING, Final, NamedTuple, TypeVar
from feedlint.values import replace

if TYPE_CHECKING:
    from feedlint.source import Document

_T = TypeVar("_T")


class Other(NamedTuple):
    """A file at *path* that is not checked, as *engine* reads it: what is kept of it are its *marks*."""

    engine: Engine
    path: str
    marks: bytes


class Beside(NamedTuple):
    """What is known of files that are not checked: of the *others* what is kept, and what was *found*, by path.

    That is found by the rules which look around, where what they look at has changed.
    """

    others: Sequence[Other] = ()
    found: Mapping[str, Sequence[Diagnostic]] = MappingProxyType({})


ALONE: Final = Beside()
"""There are no files but those that are checked."""


def conclude(engine: Engine, files: Files, others: Beside = ALONE, *, folders: Sequence[str] = ()) -> Files:
    """Add to *files*, those of a whole run of *engine*, what the rules about many records find in them; return them.

    *others* is the rest of the feed, files that were not checked. One of those comes to the reports only where
    something is found in it that is not known, since what has changed has brought it about. Of a
    repository in one of *folders* the run has seen all: there a comment for such a rule can be told to be idle.
    """
    facts = [*_facts(engine, files, others.others)]
    found = concluded(engine, facts) if facts else {}
    for path, more in others.found.items():
        found[path] = in_order([*found.get(path, ()), *more])
    judged = {at for at, report in files.said.items() if report.suppressions}
    judged.update(at for at, path in enumerate(files.paths) if path in found) if found else None
    for at in sorted(judged):
        files.put(at, _with(engine, files[at], found.pop(files.paths[at], ()), folders))
    for path, more in found.items():
        if any(diagnostic.muted is None for diagnostic in engine.marked(path, more)):
            brought = _with(engine, _unchecked(engine, path), more, ())
            if brought.findings:
                files.add(replace(brought, diagnostics=brought.findings))
    return files


def _facts(engine: Engine, files: Files, others: Sequence[Other]) -> Iterator[Fact]:
    """Yield the facts of *files*, and of the *others*, that have to do with those of another file."""
    for at in suspects([*files.marks, *(other.marks for other in others)]):
        if at >= len(files):
            other = others[at - len(files)]
            yield from _facts_of(other.engine, other.path)
        elif (known := files[at].facts) is not None:
            yield from known
        else:
            yield from _facts_of(engine, files.paths[at])


def _facts_of(engine: Engine, path: str) -> Sequence[Fact]:
    """Return what rules about the whole feed have to know of the file at *path*; nothing where it cannot be read."""
    from feedlint.linting import gather
    from feedlint.source import trace

    def look() -> Sequence[Fact]:
        document = trace(engine.content(path), path)
        return gather(document, engine.settings_of(path).rules, engine.repository_of(path))

    return _silently(look) or ()


def _silently(look: Callable[[], _T]) -> _T | None:
    """Return what *look* does; None where a file cannot be read, or we have a fault, which is said elsewhere."""
    try:
        return look()
    except OSError:
        return None
    except Exception:
        if os.environ.get("FEEDLINT_DEBUG"):
            raise
        return None


def concluded(engine: Engine, facts: Iterable[Fact]) -> dict[str, list[Diagnostic]]:
    """Return what the rules about many records find in *facts*, those of a whole feed, by path."""
    from feedlint.linting import conclude as conclusions

    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in conclusions(facts, RULES):
        rule = engine.settings_of(diagnostic.path).rule(diagnostic.code)
        if rule is not None:
            found.setdefault(diagnostic.path, []).append(rule.stamped(diagnostic, diagnostic.path))
    return found


def beside(engine: Engine, paths: Iterable[str], is_concerned: Callable[[str], bool] = lambda _: False) -> Beside:
    """Return what is known of the files at *paths*, which are read and not checked.

    The rules that look around see those which *is_concerned* is true of; what they find is not repaired here. Of a
    file that cannot be read nothing is known.
    """
    from feedlint.source import trace

    others: list[Other] = []
    found: dict[str, list[Diagnostic]] = {}
    for path in paths:
        rules = engine.settings_of(path).rules
        around = [rule for rule in rules if rule.around] if is_concerned(path) else []

        def look(path: str = path, around: Sequence[Rule] = around) -> None:
            content = engine.content(path)
            others.append(Other(engine, path, engine.marks(content, path)))
            if around and (findings := _around(engine, trace(content, path), around)):
                found[path] = findings

        if around or any(rule.sees == "feed" for rule in rules):
            _silently(look)
    return Beside(others, found)


def _around(engine: Engine, document: Document, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what *rules*, which look around, find in *document*."""
    from feedlint.identity import stamped
    from feedlint.linting import find

    found = find(document, rules, engine.repository_of(document.path))
    return [replace(each, fix=None) for each in stamped(document, found)]


def _unchecked(engine: Engine, path: str) -> FileReport:
    """Return a report on the file at *path*, which was not checked: what is known of it without that."""
    from feedlint.source import trace

    try:
        document = trace(engine.content(path), path)
    except OSError:
        return FileReport(path, checked=False)
    from feedlint.comments import comments

    schema = engine.repository_of(path).schema_of(document)
    return FileReport(
        path,
        text=document.text,
        schema=schema.name if schema else None,
        suppressions=comments(document),
        checked=False,
    )


def _with(engine: Engine, report: FileReport, more: Sequence[Diagnostic], folders: Sequence[str]) -> FileReport:
    """Return *report* with the findings *more*, as its comments have it, and the text that they are shown in."""
    settings = engine.settings_of(report.path)
    if report.suppressions:
        from feedlint.suppress import suppressed

        rules = settings.rules if is_all_in(report.path, folders) else ()
        more = suppressed(more, report.suppressions, rules, report.path, before=report.diagnostics)
    if not more:
        return report
    text = report.text
    if not text:
        with suppress(OSError):
            text = decode(engine.content(report.path))
    found = in_order([*report.diagnostics, *engine.marked(report.path, more)])
    return replace(report, diagnostics=found, text=text, fail_on=settings.fail_on)
