"""What git knows, asked of the program itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

# Nothing that a user's configuration adds to the output of git, and no names in quotes.
_PLAIN: Final = (
    "--no-pager", "-c", "core.quotePath=false", "-c", "color.ui=false", "-c", "diff.external=",
    "-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_DIFF: Final = (
    "-c", "diff.autoRefreshIndex=true",
    "diff", "--raw", "-z", "--no-abbrev", "--find-renames", "-l1000", "--no-ext-diff", "--no-textconv",
    "--no-relative", "--ignore-submodules=all",
)  # fmt: skip
_FOLDERS: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
"""What names a folder as seen from the current one; ``GIT_INDEX_FILE`` is seen from the root of the working tree."""
_FILE: Final = ("100644", "100755")
_SHALLOW: Final = (
    "this clone is shallow: get its history first (actions/checkout: fetch-depth: 0; git fetch --unshallow)"
)
# A name that the line-by-line input of cat-file cannot hold.
_UNUSUAL = regex(r"[\x00-\x1f]|^ ")


class GitError(Exception):
    """Something git could not do, in its own words; or there is no git."""


class Version(NamedTuple):
    """The content of a file: *path* from the root of the repository, with "/", and the object that holds it."""

    path: str
    id: str


class Difference(NamedTuple):
    """A file that differs between two states of a repository: its *old* version and its *new* one, or None.

    A version's id is "" where the content is no plain file that git keeps: it is on disk only, it is a link, or it
    is in conflict.
    """

    old: Version | None
    new: Version | None


def run(folder: str, *arguments: str, stdin: bytes | None = None, index: str | None = None) -> bytes:
    """Return what ``git arguments`` prints in *folder*, given *stdin*; *index* is the index to use, if not git's own.

    Raises :class:`GitError`.
    """
    import subprocess  # most runs need no git

    _refuse_bare(os.path.abspath(folder))
    if os.name == "nt":  # else Windows would take a git.exe that is in the current folder
        os.environ["NoDefaultCurrentDirectoryInExePath"] = "1"  # noqa: SIM112  # spelt so
    environment = {**os.environ, "LC_ALL": "C"}
    environment.update({name: os.path.abspath(os.environ[name]) for name in _FOLDERS if os.environ.get(name)})
    # In a hook of a linked worktree git sets GIT_DIR alone, and would take any folder for the root.
    if environment.get("GIT_DIR") and not environment.get("GIT_WORK_TREE"):
        root = _root_of(environment["GIT_DIR"], os.path.abspath(folder))
        environment.update({"GIT_WORK_TREE": root} if root is not None else {})
    if index is not None:
        environment["GIT_INDEX_FILE"] = index
    try:
        result = subprocess.run(
            ["git", *_PLAIN, *arguments], cwd=folder, input=stdin, capture_output=True, check=False, env=environment
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None
    except ValueError as error:  # a NUL among the arguments
        raise GitError(f"git cannot be run: {error}") from None
    if result.returncode:
        said = result.stderr.decode("utf-8", "replace").strip()
        raise GitError(said.removeprefix("fatal: ") or f"git {arguments[0]} failed")
    return result.stdout


def _refuse_bare(folder: str) -> None:
    """Raise GitError where git would take *folder* (absolute), or one above it, for a repository without a ``.git``.

    Files that are committed can be one, and its configuration names programs that git runs. git 2.38 and later can be
    told to pass over it (safe.bareRepository); this is for those before.
    """
    at = folder
    while not (os.environ.get("GIT_DIR") or os.path.lexists(os.path.join(at, ".git"))):
        if os.path.lexists(os.path.join(at, "HEAD")) and any(
            os.path.lexists(os.path.join(at, name)) for name in ("objects", "commondir")
        ):
            raise GitError("this is a bare repository, which has no working tree")
        if at == os.path.dirname(at):
            return
        at = os.path.dirname(at)


def _root_of(git_dir: str, folder: str) -> str | None:
    """Return the folder from *folder* (absolute) up that has *git_dir* as its ``.git``, or None where none has."""
    at = folder
    while not os.path.lexists(os.path.join(at, ".git")):
        if at == os.path.dirname(at):
            return None
        at = os.path.dirname(at)
    own = os.path.join(at, ".git")
    if os.path.isfile(own):
        with open(own, encoding="utf-8", errors="surrogateescape") as file:
            own = os.path.join(at, file.read().removeprefix("gitdir:").strip())
    return at if os.path.realpath(own) == os.path.realpath(git_dir) else None


def toplevel(folder: str) -> str:
    """Return the root of the working tree that *folder* is in. Raises :class:`GitError` where it is in none."""
    return os.fsdecode(run(folder, "rev-parse", "--show-toplevel")).rstrip("\n")


def merge_base(root: str, revision: str) -> str:
    """Return the id of the commit that HEAD and *revision* have grown from. Raises :class:`GitError`."""
    if _commit(root, "HEAD") is None:
        raise GitError("there is no commit yet")
    other = None if revision.startswith(("-", "^")) else _commit(root, revision)  # an option, or all but this
    if other is None:
        remote = f"origin/{revision}"
        if revision and not revision.startswith("-") and _commit(root, remote) is not None:
            raise GitError(f"there is no revision {revision!r}, did you mean {remote!r}?")
        raise GitError(f"there is no revision {revision!r}" + (f"; {_SHALLOW}" if is_shallow(root) else ""))
    try:
        return run(root, "merge-base", other, "HEAD").decode().split()[0]
    except GitError:
        reason = _SHALLOW if is_shallow(root) else "they have no commit in common"
        raise GitError(f"{revision!r} and HEAD cannot be compared: {reason}") from None


def _commit(root: str, revision: str) -> str | None:
    try:
        return run(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except GitError:
        return None


def is_shallow(root: str) -> bool:
    """Tell whether the repository around *root* lacks some of its history. Raises :class:`GitError`."""
    return run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def differences(root: str, revision: str = "", *, staged: bool = False) -> list[Difference]:
    """Return how the working tree at *root* differs from *revision* (default: from the index), a rename as one.

    With *staged*: how the index differs from HEAD. Files that git does not know of are not among them.
    """
    said = run(root, *_DIFF, *(["--cached"] if staged else []), *([revision] if revision else []), "--")
    return list(_differences(os.fsdecode(said).split("\0")))


def _differences(fields: Sequence[str]) -> Iterator[Difference]:
    waiting = iter(fields)
    for head in waiting:  # :100644 100644 <old id> <new id> R086, then one name, or two
        if not head:
            continue
        old_mode, new_mode, old_id, new_id, status = head[1:].split(" ")
        old_path = next(waiting)
        new_path = next(waiting) if status[0] in "RC" else old_path
        yield Difference(
            None if status[0] in "AC" else _version(old_path, old_mode, old_id),
            None if status[0] == "D" else _version(new_path, new_mode, new_id),
        )


def _version(path: str, mode: str, identity: str) -> Version:
    return Version(path, identity if mode in _FILE and identity.strip("0") else "")


def untracked(root: str, *, ignored: bool = False) -> list[str]:
    """Return the paths of the files below *root* that git does not know of, those *ignored* only where asked for."""
    said = run(root, "ls-files", "-z", "--others", *(() if ignored else ("--exclude-standard",)))
    return [path for path in os.fsdecode(said).split("\0") if path]


def sizes(root: str, versions: Sequence[Version]) -> dict[Version, int]:
    """Return how many bytes each of *versions* has as git keeps it, 0 where it is not in the repository at *root*.

    Raises :class:`GitError`.
    """
    asked = "".join(f"{version.id}\n" for version in versions)
    said = run(root, "cat-file", "--batch-check=%(objectsize)", stdin=os.fsencode(asked)) if versions else b""
    return {
        version: int(size) if size.isdigit() else 0 for version, size in zip(versions, said.splitlines(), strict=True)
    }


def contents(root: str, versions: Sequence[Version]) -> Iterator[bytes]:
    """Yield the content of each of *versions*, as a checkout would write it: with the line endings of the platform.

    Raises :class:`GitError`, also where one of them is not in the repository at *root*.
    """
    plain = [version for version in versions if not _UNUSUAL.search(version.path)]
    # The size that git tells is that of the object, before line endings are converted; so a line that no content can
    # foretell is asked for after each.
    end = f"end-of-{os.urandom(16).hex()}"
    asked = "".join(f"{version.id} {version.path}\n{end}\n" for version in plain)
    said = run(root, "cat-file", "--batch", "--filters", stdin=os.fsencode(asked)) if plain else b""
    answers = iter(said.split(f"\n{end} missing\n".encode()))
    for version in versions:
        if _UNUSUAL.search(version.path):
            yield run(root, "cat-file", "--filters", f"--path={version.path}", version.id)
        else:
            _, newline, content = next(answers).partition(b"\n")
            if not newline:
                raise GitError(f"the content of {version.path} is not in the repository")
            yield content


def blob(root: str, identity: str) -> bytes:
    """Return the object *identity* as git keeps it, without what a checkout makes of it. Raises :class:`GitError`."""
    return run(root, "cat-file", "blob", identity)


def stage(root: str, paths: Sequence[str]) -> None:
    """Put the files at *paths*, seen from *root*, into the index as they are on disk. Raises :class:`GitError`."""
    names = os.fsencode("".join(f"{path}\0" for path in paths))
    run(root, "update-index", "-z", "--stdin", stdin=names)
    # `git commit PATH` commits from an index of its own, and goes on with another, made before: there, too.
    own, found = os.path.split(os.environ.get("GIT_INDEX_FILE", ""))
    rest = os.path.join(own, "index.lock")
    if re.fullmatch(r"next-index-\d+\.lock", found) and os.path.exists(os.path.join(root, rest)):
        run(root, "update-index", "-z", "--stdin", stdin=names, index=rest)
