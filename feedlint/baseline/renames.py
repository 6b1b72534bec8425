"""Where files went that are not where they were, as git tells it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from feedlint.git import GitError, is_shallow, run
from feedlint.lazy import regex
from feedlint.source import decode
from feedlint.typed import Final, NamedTuple

_RENAMED: Final = regex(rb"R\d{1,3}")
_DELETED: Final = b"D"
_DIFF: Final = ("--find-renames", "--diff-filter=DR", "--name-status", "-z", "--no-relative")


class Renames(NamedTuple):
    """What became of files that are gone; paths are relative to the folder that was asked about, with "/".

    ``now`` leads from each path that a file had to the one it has. ``left_out`` are files that are only not checked
    out (a sparse checkout). ``doubt`` says why ``now`` may lack some, "" where it does not.
    """

    now: dict[str, str]
    left_out: frozenset[str] = frozenset()
    doubt: str = ""


def renames(folder: str, since: str) -> Renames:
    """Return what git knows of renames in the repository of *folder* since its file *since* was first committed.

    That is in the commits that led to HEAD, in order, and then in the index and the working tree. Never raises.
    """
    try:
        prefix = decode(run(folder, "rev-parse", "--show-prefix")).rstrip("\n") or "."
        shallow = is_shallow(folder)
        listed = run(folder, "ls-files", "-t", "-z", "--full-name", ":/").split(b"\0")
        pairs = list(_pairs(folder, since))
    except GitError as error:
        return Renames({}, doubt=str(error).partition("\n")[0])
    now: dict[str, str] = {}
    origins: dict[str, set[str]] = {}
    for old, new in pairs:
        former = origins.pop(old, set()) | {old}
        if new is None:  # a file of that name that comes later is another
            for path in former:
                now.pop(path, None)
            continue
        origins.setdefault(new, set()).update(former)
        now.update(dict.fromkeys(former, new))

    def seen_from_folder(path: str) -> str:
        return posixpath.relpath(path, prefix)

    return Renames(
        {seen_from_folder(old): seen_from_folder(new) for old, new in now.items()},
        frozenset(seen_from_folder(decode(line[2:])) for line in listed if line.startswith(b"S ")),
        "the clone is shallow: fetch all of its history (fetch-depth: 0, or git fetch --unshallow)" if shallow else "",
    )


def _pairs(folder: str, since: str) -> Iterator[tuple[str, str | None]]:
    """Yield the old and the new path of each rename, from the root of the repository, the oldest first.

    The new path is None where a file was deleted.
    """
    try:
        added = run(folder, "log", "--diff-filter=A", "--format=%H", "--", f":(literal){since}").split()
    except GitError:  # nothing was ever committed
        return
    if added:
        commits = f"{decode(added[-1])}..HEAD"
        yield from _read(run(folder, "log", *_DIFF, "--format=", "--reverse", "--topo-order", commits, "--"))
    yield from _read(run(folder, "diff", *_DIFF, "HEAD", "--"))


def _read(output: bytes) -> Iterator[tuple[str, str | None]]:
    words = iter(output.split(b"\0"))
    for word in words:
        status = word.strip(b"\n")
        if _RENAMED.fullmatch(status):
            yield decode(next(words, b"")), decode(next(words, b""))
        elif status == _DELETED:
            yield decode(next(words, b"")), None
