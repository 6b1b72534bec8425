"""Run one command and say what it took: ``python -I -S launch.py LOG COMMAND...``, in a process of its own.

Prints JSON: seconds by the clock, exit status, and peak memory in KiB of the largest process (0 where the system does
not tell). What the command prints is thrown away; what it says on standard error goes to the file LOG.

A child begins with the peak of its parent, which Linux keeps over ``exec``. So the parent must be small: this file
imports next to nothing, and its own 10 MiB are the least that can be told.
"""

import os
import sys
import time


def main() -> None:
    """Run it."""
    log, *command = sys.argv[1:]
    null = os.open(os.devnull, os.O_RDWR)
    errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    kibibytes = 0
    start = time.perf_counter()
    if hasattr(os, "wait4"):
        actions = [(os.POSIX_SPAWN_DUP2, own, number) for number, own in enumerate((null, null, errors))]
        process = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - start
        status = os.waitstatus_to_exitcode(status)
        kibibytes = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    else:
        import subprocess

        status = subprocess.call(command, stdin=null, stdout=null, stderr=errors)
        seconds = time.perf_counter() - start
    print(f'{{"seconds": {seconds!r}, "status": {status}, "kibibytes": {kibibytes}}}')


if __name__ == "__main__":
    main()
