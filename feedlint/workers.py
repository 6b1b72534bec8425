"""Checking files in several processes, or wherever an executor runs what it is given: with the outcome of one process.

Files go to a worker some at a time, and what comes of them comes back in order. A worker that ends (a fault of a
library, no memory) takes no other file with it: those it had are checked again, fewer and fewer at a time, until the
one is found that it cannot be done with.
"""

from __future__ import annotations

import os
import sys
from _thread import get_ident
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from feedlint.engine import Engine
from feedlint.lazy import make_room
from feedlint.report import FileReport, Outcome
from feedlint.typed import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from feedlint.cache import Asked, Cache
    from feedlint.recall import Note

WORTH: Final = 500
"""Files from which on another process pays: it takes some 20 ms to begin one, and 0.4 ms a file are shared."""
_AT_ONCE: Final = 256
"""Files that a worker gets at a time: some 0.1 s of work."""
_AHEAD: Final = 32
"""Lots that are given out before the first is back: what bounds the memory for those that come back out of turn."""


class Part(NamedTuple):
    """What came of some files, in order, what there was to warn of, and what a cache has to know.

    That is a note for each file, and what was asked of the files around them.
    """

    outcomes: list[Outcome]
    warnings: Sequence[str] = ()
    notes: Sequence[Note] = ()
    asked: Sequence[tuple[str, Asked]] = ()


def cores() -> int:
    """Return how many processes can run at the same time here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcomes(
    engine: Engine,
    paths: Sequence[str],
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: Cache | None = None,
) -> Iterator[Outcome]:
    """Yield what :meth:`Engine.outcomes` does, from up to *jobs* processes, or from the workers of *executor*.

    Those of an executor must have feedlint installed, see the same files, and get *engine* pickled. Raises what
    pickling does where it cannot be. What *cache* knows of files is not found out again; *engine* reads by a
    :class:`~feedlint.recall.Reader` then, and has a :class:`~feedlint.cache.Recording` as its tree.
    """
    try:
        yield from _outcomes(engine, paths, jobs, executor, cache)
    finally:
        engine.finish()


def _outcomes(
    engine: Engine, paths: Sequence[str], jobs: int, executor: Executor | None, cache: Cache | None
) -> Iterator[Outcome]:
    if cache is None:
        for part in _parts(engine, paths, jobs, executor):
            yield from part.outcomes
        return
    from feedlint.recall import known

    said: list[str] = []
    warn, engine.warn = engine.warn, said.append
    found = [known(engine, cache, path) for path in paths]
    missing = [path for path, outcome in zip(paths, found, strict=True) if outcome is None]
    is_silent = True
    try:
        fresh = _kept(_parts(engine, missing, jobs, executor), missing, engine, cache)
        for outcome in found:
            yield outcome if outcome is not None else next(fresh)
            while said:
                warn(said.pop(0))
                is_silent = False
    finally:
        engine.warn = warn
        if is_silent:  # what there is to warn of is to be said in each run
            cache.close()


def _kept(parts: Iterator[Part], paths: Sequence[str], engine: Engine, cache: Cache) -> Iterator[Outcome]:
    """Yield the outcomes of *parts*, those of *paths*, once *cache* keeps them."""
    from feedlint.recall import keep

    waiting = iter(paths)
    for part in parts:
        for root, questions in part.asked:
            cache.rests_on(root, questions)
        for path, outcome, note in zip(islice(waiting, len(part.outcomes)), part.outcomes, part.notes, strict=True):
            keep(engine, cache, path, outcome, note)
            yield outcome


def _parts(engine: Engine, paths: Sequence[str], jobs: int, executor: Executor | None) -> Iterator[Part]:
    """Yield what comes of *paths*, in order, some at a time."""
    jobs = min(jobs, len(paths) // WORTH + 1)
    if executor is not None:
        workers: _Workers = _Lent(engine, executor)
    elif jobs > 1:
        workers = _Own(engine, jobs)
    else:
        for path in paths:
            yield _part(engine, [path], ())
        return
    try:
        for part in _spread(workers, paths):
            for warning in part.warnings:
                engine.warn(warning)
            yield part
    finally:
        workers.dismiss()


def _spread(workers: _Workers, paths: Sequence[str]) -> Iterator[Part]:
    """Yield what *workers* make of *paths*, in order."""
    waiting: deque[tuple[Sequence[str], Future[Part]]] = deque()
    lots = (paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE))
    while True:
        waiting += [(lot, workers.submit(lot)) for lot in islice(lots, _AHEAD - len(waiting))]
        if not waiting:
            return
        lot, future = waiting.popleft()
        try:
            yield future.result()
        except workers.ends as error:
            yield from workers.carefully(lot, error)


class _Workers:
    """Those who check files: given out by ``submit``, which returns what comes of it in the future."""

    ends: type[Exception] = Exception
    """What a worker's end looks like."""

    def submit(self, paths: Sequence[str]) -> Future[Part]:
        """Let one of them check the files at *paths*."""
        raise NotImplementedError

    def alone(self, paths: Sequence[str]) -> Part:
        """Return what comes of *paths* where nothing else is done by the worker. Raises ``ends``."""
        return self.submit(paths).result()

    def carefully(self, paths: Sequence[str], error: Exception) -> Iterator[Part]:
        """Yield what comes of *paths*, though a worker ended with *error* over one of them."""
        if len(paths) == 1:
            from feedlint.recall import UNKNOWN

            yield Part([FileReport(paths[0], error=self.words(error), readable=False)], notes=[UNKNOWN])
            return
        middle = len(paths) // 2
        for half in (paths[:middle], paths[middle:]):
            try:
                yield self.alone(half)
            except self.ends as again:
                yield from self.carefully(half, again)

    def words(self, error: Exception) -> str:
        """Return what is said of a file that a worker ended over with *error*."""
        return f"the worker that checked it failed: {type(error).__name__}: {error}"

    def dismiss(self) -> None:
        """Leave none behind."""


class _Lent(_Workers):
    """The workers of *executor*, which is somebody's: each gets *engine* with its files, and reads it once."""

    def __init__(self, engine: Engine, executor: Executor) -> None:
        import pickle

        self._executor = executor
        self._engine = pickle.dumps(engine)

    def submit(self, paths: Sequence[str]) -> Future[Part]:
        return self._executor.submit(_lent, self._engine, os.getcwd(), paths)

    def carefully(self, paths: Sequence[str], error: Exception) -> Iterator[Part]:
        from concurrent.futures import BrokenExecutor

        if isinstance(error, BrokenExecutor):  # there is nobody left, and it is not for us to get others
            raise error
        yield from super().carefully(paths, error)


class _Own(_Workers):
    """*jobs* processes of our own."""

    def __init__(self, engine: Engine, jobs: int) -> None:
        from concurrent.futures import BrokenExecutor

        self.ends = BrokenExecutor
        self._engine = engine
        self._jobs = jobs
        self._executor = self._pool(jobs)

    def _pool(self, jobs: int) -> Executor:
        from concurrent.futures import ProcessPoolExecutor

        return ProcessPoolExecutor(jobs, _context(), _begin, (self._engine,))

    def submit(self, paths: Sequence[str]) -> Future[Part]:
        try:
            return self._executor.submit(_own, paths)
        except self.ends:  # one process has ended, and with it the pool; what was given out fails
            self._executor.shutdown(cancel_futures=True)
            self._executor = self._pool(self._jobs)
            return self._executor.submit(_own, paths)

    def alone(self, paths: Sequence[str]) -> Part:
        with self._pool(1) as executor:
            return executor.submit(_own, paths).result()

    def words(self, error: Exception) -> str:  # noqa: ARG002  # it only says that a process is gone
        return "the process that checked it ended: a fault of a library, or too little memory; please report it"

    def dismiss(self) -> None:
        self._executor.shutdown(cancel_futures=True)


def _context() -> Any:
    """Return how processes are begun: by forking where that is safe, since what is loaded need not be loaded again."""
    import multiprocessing
    import threading

    # A thread may hold a lock, which nobody would let go of in the other process; macOS has threads of its own.
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


# --- in the worker -----------------------------------------------------------------------------------------

_engines: list[Engine] = []


def _begin(engine: Engine) -> None:
    """Begin a process that works with *engine*."""
    import signal
    from threading import Thread

    _engines[:] = [engine]
    make_room()
    # An interrupt is for the run as a whole, which then ends its workers: none stops in the middle of writing.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that began it has: killed, that does not say goodbye."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _own(paths: Sequence[str]) -> Part:
    return _check(_engines[0], paths)


def _lent(engine: bytes, folder: str, paths: Sequence[str]) -> Part:
    if os.getcwd() != folder:  # paths are relative to that
        os.chdir(folder)
    return _check(_loaded(engine, get_ident()), paths)


@lru_cache(maxsize=64)
def _loaded(engine: bytes, thread: int) -> Engine:  # noqa: ARG001  # an engine looks at one file at a time
    """Return the engine that a *thread* works with."""
    import pickle

    loaded: Engine = pickle.loads(engine)  # noqa: S301  # from who gives out the work, which is a program itself
    return loaded


def _check(engine: Engine, paths: Sequence[str]) -> Part:
    warnings: list[str] = []
    engine.warn = warnings.append
    try:
        return _part(engine, paths, warnings)
    finally:
        engine.finish()


def _part(engine: Engine, paths: Sequence[str], warnings: Sequence[str]) -> Part:
    noted = getattr(engine.read, "noted", None)
    if noted is None:
        return Part(list(engine.outcomes(paths)), warnings)
    outcomes, notes, asked = noted(engine, paths)
    return Part(outcomes, warnings, notes, asked)
