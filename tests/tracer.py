"""Runs commands of feedlint and tells what they touch: ``python tests/tracer.py RUNS``.

RUNS is JSON: a list of pairs, what feedlint.toml is to say, and the commands to run then, each a list of arguments.

Each event of Python's own audit (PEP 578) that opens, lists, changes, runs or connects is a line of JSON on standard
output: the event, and the real path or the program it is about. What feedlint says goes to standard error.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from typing import Any, Final

_PATHS: Final = {
    "open": (0,), "os.listdir": (0,), "os.scandir": (0,), "os.rename": (0, 1), "os.remove": (0,), "os.mkdir": (0,),
    "os.rmdir": (0,), "os.chmod": (0,), "os.chown": (0,), "os.link": (0, 1), "os.symlink": (0, 1), "os.truncate": (0,),
    "os.utime": (0,), "os.chdir": (0,), "shutil.copymode": (0, 1), "tempfile.mkstemp": (0,),
}  # fmt: skip
"""Events that are about paths, and which of their arguments those are."""
_OTHERS: Final = (
    "socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ssl.", "subprocess.", "os.system", "os.exec", "os.fork",
    "os.posix_spawn", "os.spawn", "os.putenv", "os.startfile", "pty.", "ctypes.dlopen", "webbrowser.", "code.__new__",
    "pickle.find_class", "marshal.loads",
)  # fmt: skip


def main(runs: list[tuple[str, list[list[str]]]]) -> None:
    """Run the commands of *runs*, one after the other, and say what each of them touches."""
    told = sys.stdout
    busy = False

    def tell(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal busy
        if busy:
            return
        busy = True
        try:
            for index in _PATHS.get(event, ()):
                if isinstance(arguments[index], str | bytes | os.PathLike):
                    path = os.fsdecode(os.path.realpath(arguments[index]))
                    told.write(json.dumps([event, path]) + "\n")
            if event == "exec" and hasattr(arguments[0], "co_filename"):
                told.write(json.dumps([event, arguments[0].co_filename]) + "\n")
            elif event == "subprocess.Popen":
                told.write(json.dumps([event, os.fspath(arguments[0]), os.path.realpath(arguments[2])]) + "\n")
            elif event.startswith(_OTHERS) and event != "marshal.loads":
                told.write(json.dumps([event, repr(arguments)]) + "\n")
        finally:
            busy = False

    sys.addaudithook(tell)
    from feedlint.cli import main as run

    for text, command in ((text, command) for text, commands in runs for command in commands):
        with open("feedlint.toml", "w", encoding="utf-8") as file:
            file.write(text)
        with contextlib.redirect_stdout(io.StringIO()) as said:
            try:
                status: object = run(command)
            except SystemExit as stop:
                status = stop.code
        told.write(json.dumps(["ended", text, command, status]) + "\n")
        sys.stderr.write(said.getvalue())


if __name__ == "__main__":
    del sys.path[0]  # a program that is installed has no such folder
    main(json.loads(sys.argv[1]))
