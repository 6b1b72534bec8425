"""Check and fix one document: the only loops over rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from feedlint.diagnostic import Diagnostic, in_order
from feedlint.disk import MAX_FILE_SIZE
from feedlint.record import records
from feedlint.repository import Repository
from feedlint.rule import Fact, Rule
from feedlint.rules import RULES
from feedlint.source import Document
from feedlint.typed import TYPE_CHECKING
from feedlint.values import replace

if TYPE_CHECKING:
    from feedlint.fixing import Repair
    from feedlint.glance import Seen

_OF_RECORDS = ("record", "field")


def lint(document: Document, rules: Sequence[Rule], repository: Repository) -> list[Diagnostic]:
    """Return what *rules* find in *document*, in the order of place and code, what is muted by its comments too.

    Where it has no readable record, rules that look at each field by itself see what can be read line by line; what
    they would repair there is left open, since nothing could prove it; no comment in it is heeded.
    """
    from feedlint.comments import comments
    from feedlint.suppress import suppressed

    return suppressed(find(document, rules, repository), comments(document), rules, document.path)


def find(document: Document, rules: Sequence[Rule], repository: Repository, *, asked: bool = False) -> list[Diagnostic]:
    """Return what :func:`lint` does, as if *document* had no comments.

    *asked* says that *rules* are those which were asked already whether there is nothing to find.
    """
    found: list[Diagnostic] = []
    for rule in rules:
        if rule.sees == ("size" if document.is_too_large else "document"):
            found += rule.run(document, repository)
    if document.is_too_large:
        return found
    if document.root is not None:
        of_records = [rule for rule in rules if rule.sees in _OF_RECORDS]
        for record in records(document, repository) if of_records else ():
            for rule in of_records:
                if asked or not rule.is_clear(record):
                    found += rule.run(record, repository)
    else:
        for_lines = [rule for rule in rules if rule.sees == "field"]
        for record in records(salvaged(document), repository) if for_lines else ():
            for rule in for_lines:
                found += (replace(diagnostic, fix=None) for diagnostic in rule.run(record, repository))
    return found


def salvaged(document: Document) -> Document:
    """Return *document*, which has no readable record, with one of the lines that can be read by themselves."""
    from feedlint.source.salvage import salvage, tree

    nodes = tree(salvage(document.text, *document.delimiters.front))
    return replace(document, nodes=nodes, data=None, faults=())


def gather(document: Document, rules: Sequence[Rule], repository: Repository) -> list[Fact]:
    """Return what *rules* about the whole feed have to know of *document*."""
    of_feed = [rule for rule in rules if rule.mentions is not None]
    found = records(document, repository) if of_feed else ()
    return [fact for record in found for rule in of_feed for fact in rule.gather(record)]


def marks(document: Document, rules: Sequence[Rule], repository: Repository) -> bytes:
    """Return what is kept of *document* for *rules* about the whole feed."""
    of_feed = [rule for rule in rules if rule.mentions is not None]
    found = records(document, repository) if of_feed else ()
    return b"".join(rule.marks(record.brief) for record in found for rule in of_feed)


def conclude(facts: Iterable[Fact], rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what *rules* find in the *facts* of a whole feed, in the order of files, place and code."""
    by_code: dict[str, list[Fact]] = {}
    for each in facts:
        by_code.setdefault(each.code, []).append(each)
    found: list[Diagnostic] = []
    for rule in rules:
        if rule.code in by_code:
            found += rule.conclude(sorted(by_code[rule.code], key=lambda each: (each.path, each.span, each.key)))
    return in_order(found)


def fix(
    document: Document,
    rules: Sequence[Rule],
    repository: Repository,
    *,
    unsafe: bool,
    limit: int = MAX_FILE_SIZE,
    marked: Callable[[Document, list[Diagnostic]], list[Diagnostic]] = lambda _, found: found,
    found: Sequence[Diagnostic] | None = None,
    look: Callable[[Document], Seen] | None = None,
) -> Repair:
    """Repair what *rules* find in *document*; they and the default ones watch that nothing new comes up.

    *marked* mutes what is known; what is muted, also by a comment, is left. A comment made idle is no new mistake.
    The file may have *limit* bytes then. What *rules* find in the result is ``left``, as :func:`lint` has it. *found*
    is what :func:`find` has returned for *document*; *look* tells at a glance which of *rules* may find something.
    """
    from feedlint.comments import comments
    from feedlint.fixing import repair
    from feedlint.suppress import suppressed

    chosen = {rule.code for rule in rules}
    others = [rule for rule in RULES if rule.default and rule.code not in chosen]
    # How grave a mistake is to those who use a feed decides what is reported, not which repair is right.
    severities = {rule.code: rule.severity for rule in RULES}
    usual = [severities.get(rule.code, rule.severity) for rule in rules]
    is_usual = all(rule.severity is severity for rule, severity in zip(rules, usual, strict=True))
    own = rules if is_usual else [replace(each, severity=as_) for each, as_ in zip(rules, usual, strict=True)]

    @lru_cache(maxsize=8)
    def watch(current: Document) -> list[Diagnostic]:
        if look is None:
            return find(current, [*own, *others], repository)
        if current is document and found is not None and is_usual:
            return [*found, *find(current, others, repository)]
        seen = look(current)
        possible = {rule.code for rule in seen.rules}
        asked = [rule for rule in own if rule.code in possible]
        more = find(current, others, repository) if others else ()
        return [*find(current, asked, repository, asked=seen.marks is not None), *more]

    def left(current: Document) -> list[Diagnostic]:
        of_own = [diagnostic for diagnostic in watch(current) if diagnostic.code in chosen]
        told = marked(current, suppressed(of_own, comments(current), rules, current.path))
        return [diagnostic for diagnostic in told if diagnostic.muted is None]

    def guard(current: Document) -> list[Diagnostic]:
        return suppressed(watch(current), comments(current), (), current.path)

    result = repair(document, left, guard, unsafe=unsafe, limit=limit)
    final = result.document
    if is_usual:
        last = [diagnostic for diagnostic in watch(final) if diagnostic.code in chosen]
        result.left = suppressed(last, comments(final), rules, final.path)
    else:
        result.left = lint(final, rules, repository)
    return result
