"""Findings that a comment in the file asks not to report, and comments that ask for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedlint.comments import Comment, Reach, Selector, Verdict
from feedlint.diagnostic import Diagnostic, Mute, in_order
from feedlint.likeness import closest
from feedlint.rule import Rule
from feedlint.rules import NAMES, matching
from feedlint.typed import Final, NamedTuple
from feedlint.values import replace

_MAX_GUESSES: Final = 10
"""Names of no rule in a file beyond which none is compared with those of rules: it takes milliseconds each."""
_By = dict[str, tuple[Selector, Mute]]
"""Which selector of a comment mutes a code."""


class Marked(NamedTuple):
    """Findings, those muted that a comment asks for, and the selectors of comments that asked for them."""

    findings: list[Diagnostic]
    used: set[Selector]


@lru_cache(maxsize=256)
def named(name: str) -> tuple[Rule, ...]:
    """Return the rules that *name* stands for in a comment, as in ``--select``."""
    return tuple(matching(name))


def suppressed(
    found: Sequence[Diagnostic],
    comments: Sequence[Comment],
    rules: Sequence[Rule],
    path: str,
    *,
    before: Sequence[Diagnostic] | None = None,
) -> list[Diagnostic]:
    """Return *found*, what *rules* find in the file at *path*, muted as its *comments* ask, in the order of place.

    What is wrong with the comments is among it. With *before*, all that was found in the file by itself, *found* is
    what rules about the whole feed add, and now the comments for these are judged, which were left out before.
    """
    if not comments:
        return in_order(found)
    feed = before is not None
    marked = mark([*(before or ()), *found], comments)
    judges = [rule for rule in rules if rule.sees == "comments"]
    verdicts = list(_verdicts(comments, marked.used, rules, feed=feed)) if judges else []
    said = [rule.stamped(each, path) for rule in judges for each in rule.check(verdicts)]
    # A comment on a line does not speak of comments: it would excuse itself.
    said = mark(said, [comment for comment in comments if comment.whole_file]).findings
    return in_order([*marked.findings[len(before or ()) :], *said])


def mark(found: Sequence[Diagnostic], comments: Sequence[Comment]) -> Marked:
    """Return *found* with those muted that *comments* of their file ask for.

    A comment for a line goes before one for the file, the first before the next.
    """
    file: _By = {}
    targets: dict[int, tuple[tuple[Reach, ...], _By]] = {}
    for comment in comments:
        by = file if comment.whole_file else targets.setdefault(comment.target, (comment.reach, {}))[1]
        for selector in comment.selectors:
            for rule in named(selector.name):
                by.setdefault(rule.code, (selector, Mute("comment", comment.reason)))
    coming = sorted(
        ((reach, by) for reaches, by in targets.values() for reach in reaches),
        key=lambda each: each[0].span,
        reverse=True,
    )
    # Both in the order of the file, so that at each finding only the few reaches that it lies in are asked.
    around: list[tuple[Reach, _By]] = []
    result = Marked(list(found), set())
    for number in sorted(range(len(found)), key=lambda number: found[number].span):
        diagnostic = found[number]
        at = diagnostic.span.start
        while coming and coming[-1][0].span.start <= at:
            around.append(coming.pop())
        around = [each for each in around if at <= each[0].span.end]
        reached = (by for reach, by in around if reach.path is None or reach.path == diagnostic.data_path)
        for by in (*reached, file):
            if diagnostic.code in by:
                selector, mute = by[diagnostic.code]
                result.findings[number] = replace(diagnostic, muted=mute)
                result.used.add(selector)
                break
    return result


def _verdicts(
    comments: Sequence[Comment], used: set[Selector], rules: Sequence[Rule], *, feed: bool
) -> Iterator[Verdict]:
    running = {rule.code for rule in rules}
    if not feed:
        yield from (Verdict(comment) for comment in comments if comment.problem)
        unknown = [
            (comment, selector) for comment in comments for selector in comment.selectors if not named(selector.name)
        ]
        few = len(unknown) <= _MAX_GUESSES
        for comment, selector in unknown:
            meant = closest(selector.name, [*NAMES, *NAMES.values()]) if few else ""
            yield Verdict(comment, (selector,), unknown=True, meant=meant, certain=few and not meant)
    for comment in comments:
        idle = [
            selector
            for selector in comment.selectors
            if selector not in used and _is_judged(named(selector.name), running, comment, feed=feed)
        ]
        if idle:
            yield Verdict(comment, tuple(idle), certain=not feed)


def _is_judged(meant: Sequence[Rule], running: set[str], comment: Comment, *, feed: bool) -> bool:
    """Tell whether a selector for the rules *meant* is judged: where all of them ran that run by default.

    Not judged is what a comment for the file says of comments: it would be the cause of what it mutes.
    """
    needed = {rule.code for rule in meant if rule.default} or {rule.code for rule in meant}
    of_feed = any(rule.sees == "feed" and rule.code in running for rule in meant)
    of_comments = comment.whole_file and any(rule.sees == "comments" for rule in meant)
    return bool(meant) and needed <= running and of_feed == feed and not of_comments
