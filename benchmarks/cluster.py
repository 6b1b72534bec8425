"""A Dask cluster on this machine: a scheduler, and workers that are processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

Process = subprocess.Popen[str]


@contextmanager
def cluster(folder: Path, workers: int, python: str = sys.executable) -> Iterator[tuple[str, Sequence[Process]]]:
    """Run a cluster of so many *workers* by *python*, which has ``distributed``; they may write into *folder*.

    Gives the address of the scheduler, and the workers. All of them end with the context.
    """
    local = ("--host", "127.0.0.1", "--no-dashboard")
    program = partial(_program, folder, python)
    with ExitStack() as stack:
        scheduler = stack.enter_context(program("distributed.cli.dask_scheduler", *local, "--port", "0"))
        address = _said(scheduler, " tcp://").split()[-1]
        worker = ["distributed.cli.dask_worker", address, *local, "--nthreads", "1", "--no-nanny"]
        begun = [
            stack.enter_context(program(*worker, "--local-directory", str(folder)))
            for _ in range(workers)
        ]  # fmt: skip
        for each in begun:
            _said(each, "Registered to")
        yield address, begun


@contextmanager
def _program(folder: Path, python: str, *argv: str) -> Iterator[Process]:
    """Run ``python -m argv`` until it is not needed any more."""
    environment = {**os.environ, "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "1h"}
    if python == sys.executable:  # whose workers see the modules that are seen here
        environment["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, sys.path))
    command = [python, "-m", *argv]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def _said(process: Process, word: str) -> str:
    """Return the line in which *process* says *word*, once it does. Raises RuntimeError where it ends before."""
    assert process.stderr is not None
    line = next((line for line in process.stderr if word in line), "")
    if not line:
        raise RuntimeError(f"a process of the cluster ended before it said {word.strip()!r}")
    return line
