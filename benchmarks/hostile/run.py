"""Runs a hostile case in a process of its own: its time, its peak memory, and what it says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from benchmarks.hostile.case import Case, Feed

SECONDS: Final = 100.0
"""What a case may take: some 0.3 ms for each of the 150,000 mistakes that a file of 1 MB has room for."""
MEGABYTES: Final = 600.0
"""What a case may use at its peak."""
_NOBODY: Final = 65534
_NOT_TRIED: Final = "not tried"

# The peak that a system tells of a process begins with that of the process which started it. So that is a small one,
# which makes nothing but this; its last line of output is the peak, in the system's unit, and the exit status.
_START: Final = """\
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
print("", usage.ru_maxrss, os.waitstatus_to_exitcode(status), sep="\\n", end="", flush=True)
"""
# Python, and feedlint, may be where only root can read them: all that these cases need is loaded first.
_AS_NOBODY: Final = f"""\
import fcntl, os, pkgutil, sys
import feedlint, jsonschema, pathspec
feedlint.fix_text("---\\ntitle: tram\u00e2\u20ac\u2122s\\n---\\n")
for module in pkgutil.walk_packages(feedlint.__path__, "feedlint."):
    if not module.name.endswith("__main__"):
        __import__(module.name)
try:
    os.setgroups([])
    os.setgid({_NOBODY})
    os.setuid({_NOBODY})
except OSError as error:
    sys.exit("{_NOT_TRIED}: " + str(error))
feedlint.cli.run()
"""


class Result(NamedTuple):
    """What came of a case: seconds, peak megabytes, exit status (None: it did not end), and all that was printed."""

    seconds: float
    megabytes: float
    status: int | None
    output: str

    @property
    def is_tried(self) -> bool:
        """Whether the case could be run: root may be unable to become somebody else."""
        return not self.output.startswith(_NOT_TRIED)


def run(case: Case, scale: float = 1.0, folder: str | None = None) -> Result:
    """Make *case*, by *scale*, in a folder of its own below *folder*, run it, and return what came of it."""
    root = Path(tempfile.mkdtemp(dir=folder))
    try:
        root.chmod(0o755)
        return _run(case, Feed(root, scale))
    finally:  # deeper than Python goes, and also what is closed
        subprocess.run(["chmod", "-R", "u+rwX", "--", str(root)], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", "--", str(root)], check=False)


def _run(case: Case, feed: Feed) -> Result:
    arguments = case.make(feed)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    program = ["-c", _AS_NOBODY] if case.unprivileged and is_root else ["-m", "feedlint"]
    environment = {**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _START, sys.executable, *program, *arguments],
            cwd=feed.root,
            env=environment,
            stdin=subprocess.PIPE if case.stdin else subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        if case.stdin is not None:
            threading.Thread(target=_feed, args=(case.stdin, process.stdin), daemon=True).start()
        watch = threading.Timer(2 * SECONDS, os.killpg, (process.pid, signal.SIGKILL))
        watch.start()
        process.wait()
        watch.cancel()
        seconds = time.monotonic() - start
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    if process.returncode:
        return Result(seconds, 0, None, said)
    said, peak, status = said.rsplit("\n", 2)
    code = int(status)
    unit = 1024 if sys.platform.startswith("linux") else 1024 * 1024
    return Result(seconds, int(peak) / unit, code if code >= 0 else None, said)


def _feed(write: Callable[[BinaryIO], None], stream: BinaryIO) -> None:
    with suppress(BrokenPipeError):
        write(stream)
    with suppress(BrokenPipeError):
        stream.close()


def broken(case: Case, result: Result) -> list[str]:
    """Return which promises *result* breaks."""
    problems = []
    if result.status not in case.status:
        problems.append(f"exit status {result.status}, not {' or '.join(map(str, case.status))}")
    if "Traceback" in result.output or "internal error" in result.output:
        problems.append("a traceback")
    if case.said not in result.output:
        problems.append(f"nothing said of {case.said!r}")
    if result.seconds > SECONDS:
        problems.append(f"more than {SECONDS:.0f} s")
    if result.megabytes > MEGABYTES:
        problems.append(f"more than {MEGABYTES:.0f} MB")
    return problems
