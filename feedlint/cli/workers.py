"""The options that say who does the work: --jobs, --executor."""

from __future__ import annotations

import os
from collections.abc import Callable

from feedlint.cli.usage import UsageError
from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import Namespace
    from concurrent.futures import Executor

    from distributed import Client

_DASK: Final = "dask"
_PATIENCE: Final = "10s"


def add_options(add: Callable[..., object]) -> None:
    """Add the options to a parser, or a group of one, by its ``add_argument``."""
    add("--jobs", type=_number, metavar="N", help="processes to work in (default: FEEDLINT_JOBS, or one for each core)")
    add("--executor", metavar="dask=ADDRESS", help="have the work done by the Dask cluster with this scheduler")


def jobs(options: Namespace, files: int) -> int:
    """Return in how many processes to work on *files*. Raises UsageError."""
    said = os.environ.get("FEEDLINT_JOBS", "")
    if options.jobs is not None:
        number: int = options.jobs
        return number
    if not said:
        if files < 2:
            return 1
        from feedlint.workers import cores

        return cores()
    from argparse import ArgumentTypeError

    try:
        return _number(said)
    except ArgumentTypeError as error:
        raise UsageError(f"FEEDLINT_JOBS: {error}") from None


class Cluster:
    """The executor that *options* ask for, or None, as long as a block lasts. Raises UsageError as that begins."""

    def __init__(self, options: Namespace) -> None:
        self._asked: str | None = options.executor
        self._client: Client | None = None

    def __enter__(self) -> Executor | None:
        """Begin the block."""
        if self._asked is None:
            return None
        self._client = _client(self._asked)
        executor: Executor = self._client.get_executor()
        return executor

    def __exit__(self, *_: object) -> None:
        """End the block, and with it what connects to a cluster."""
        if self._client is not None:
            self._client.close()


def _client(asked: str) -> Client:
    """Return what connects to the cluster that is *asked* for, as dask=ADDRESS. Raises UsageError."""
    kind, _, address = asked.partition("=")
    if kind != _DASK or not address:
        raise UsageError(f"no executor {asked!r}: there is {_DASK}=ADDRESS, the address of a scheduler")
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--executor needs distributed: pip install feedlint[distributed]") from None
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(f"no scheduler of Dask at {address}: {said}") from None


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{text!r} is no number of processes: write 1, or more")
    return int(text)
