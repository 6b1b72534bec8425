"""The options that choose what has changed: --since, --staged, --new-only."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from feedlint.cli.usage import UsageError
from feedlint.typed import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from argparse import Namespace

    from feedlint.changes import Changes
    from feedlint.config import Configurations
    from feedlint.engine import Engine
    from feedlint.files import Selection
    from feedlint.whole import Beside

_OF_GIT = ("GIT_DIR", "GIT_INDEX_FILE")
_T = TypeVar("_T")


def add_options(add: Callable[..., object]) -> None:
    """Add the options to a parser, or a group of one, by its ``add_argument``."""
    add("--since", metavar="REV", help="look only at files that have changed since the branch left REV (main)")
    add("--staged", action="store_true", help="look only at files that are staged, as they are staged")
    add("--new-only", action="store_true", help="with --since or --staged: leave out what was found before the change")


def chosen(options: Namespace) -> Changes | None:
    """Return the changes that *options* ask for; None: the whole feed. Raises :class:`UsageError`."""
    asked = options.since is not None or options.staged
    if options.new_only and not asked:
        raise UsageError("--new-only needs --since or --staged")
    if options.since is not None and options.staged:
        raise UsageError("--since looks at the working tree and --staged at the index: choose one")
    if not asked:
        return None
    if "-" in options.paths:
        raise UsageError(f'"-" does not go with {"--staged" if options.staged else "--since"}')
    from feedlint import changes

    if options.since is not None:
        return _of_git("--since", lambda: changes.since(_folder(options.paths), options.since))
    return _of_git("--staged", lambda: changes.staged(_folder(options.paths)))


def part(
    changed: Changes, scope: Sequence[str], folders: Sequence[str], configs: Configurations
) -> tuple[Selection, list[str]]:
    """Return what has *changed* of the files in *scope* and in *folders*, and what there is to say about it.

    *configs* are those of the run. Raises :class:`UsageError` where git does not tell.
    """
    found = _of_git("git", lambda: changed.part(scope, folders, configs))
    return found, [] if found.paths else [f"No feed file has changed {changed.since}."]


def others(changed: Changes, found: Selection, engine: Engine, folders: Sequence[str], *, new_only: bool) -> Beside:
    """Return what is known of the files beside those *found*, and make *engine* know what was found before the change.

    *folders* are those that the run is about. With *new_only* that is all, without it what was found in files that have
    not *changed*, for what there is beside them. Raises :class:`UsageError` where git does not tell.
    """
    from feedlint.before import before, concerned
    from feedlint.whole import ALONE, beside

    is_concerned = concerned(engine, changed)
    if not found.paths and not any(map(is_concerned, found.others)):
        return ALONE

    def known() -> Beside:
        changed.prepare(found, old=True)
        rest = beside(engine, found.others, is_concerned)
        then = before(engine, changed, found, rest, new_only=new_only, folders=folders)
        engine.known = (*engine.known, then)
        return rest

    return _of_git("git", known)


def finish(changed: Changes) -> None:
    """Stage what was repaired of what has *changed*. Raises :class:`UsageError` where git does not."""
    _of_git("the repaired files cannot be staged", changed.finish)


def _folder(paths: Sequence[str]) -> str:
    """Return the folder whose repository is asked: the one around all *paths*; in a hook, the one git has chosen."""
    if not paths or any(name in os.environ for name in _OF_GIT):
        return "."
    try:
        around = os.path.commonpath([os.path.abspath(path) for path in paths])
    except ValueError:  # on two drives
        return "."
    while not os.path.isdir(around):
        around = os.path.dirname(around)
    return around


def _of_git(what: str, ask: Callable[[], _T]) -> _T:
    from feedlint.git import GitError

    try:
        return ask()
    except GitError as error:
        said = " ".join(str(error).split())  # on one line, as all errors are
        if said.startswith("not a git repository"):
            said = "this is no git repository"
        raise UsageError(f"{what}: {said}") from None
