"""What the GitHub Action (``action.yml``) does: ``python action.py environment``, then ``python action.py check``.

It needs nothing but Python. All that it is told comes in variables, and all that it says goes to the files and the log
that the runner reads, so no text of a pull request is ever part of a script.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
FAILED: Final = 2
_VERSION = re.compile(r"\d[\w.!+-]*")
# What a wheel is built from.
_SOURCES: Final = ("pyproject.toml", "README.md", "LICENSE", "feedlint", "schemas")


class Problem(Exception):
    """Why the job cannot be done."""


def main(argv: list[str]) -> int:
    """Run the step named in *argv*; return the exit status."""
    steps = {"environment": environment, "check": check}
    try:
        return steps[argv[0]]()
    except Problem as problem:
        annotate("error", str(problem))
        return FAILED


def environment() -> int:
    """Say where feedlint is to be installed, from what, and under which key it may be kept from run to run.

    The key stands for all that makes an environment another one, and for the week: so new releases of what feedlint
    uses arrive, and what is kept does not grow old.
    """
    wanted = os.environ["VERSION"].strip()
    source = f"feedlint=={wanted}" if _VERSION.fullmatch(wanted) else wanted or str(HERE)
    temporary = os.environ["RUNNER_TEMP"]
    system = os.environ.get("RUNNER_OS", sys.platform)
    year, week, _ = datetime.now(timezone.utc).isocalendar()
    machine = [system, os.environ.get("RUNNER_ARCH", ""), os.environ.get("ImageOS", ""), sys.version, sys.executable]  # noqa: SIM112
    pip = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("PIP_"))
    parts = [*machine, *pip, temporary, source, "" if wanted else contents(), f"{year}-{week}"]
    name = f"feedlint-{system}-{sha256(chr(0).join(parts).encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
    folder = Path(temporary, name)
    say("python", sys.executable)
    say("source", source)
    say("folder", str(folder))
    say("bin", str(folder / ("Scripts" if os.name == "nt" else "bin")))
    say("key", name)
    return 0


def contents() -> str:
    """Return a digest of what a wheel would be built from here."""
    digest = sha256()
    files = [file for name in _SOURCES for file in (HERE / name, *sorted((HERE / name).rglob("*"))) if file.is_file()]
    for file in files:
        if file.suffix != ".pyc":
            digest.update(f"{file.relative_to(HERE).as_posix()}\0".encode())
            digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def check() -> int:
    """Run feedlint once for the annotations, the summary, the outputs and the SARIF file; return its exit status."""
    sarif = os.environ["SARIF"]
    before = state(sarif)
    with tempfile.TemporaryDirectory(dir=os.environ["RUNNER_TEMP"]) as folder:
        summary, result = Path(folder, "summary.md"), Path(folder, "result.json")
        formats = ["github", f"markdown={summary}", f"json={result}", *([f"sarif={sarif}"] if sarif else [])]
        options = [*(f"--output-format={each}" for each in formats), *changes(os.environ["SINCE"].strip())]
        # A job's own PYTHONPATH is not for feedlint; UTF-8 is, also on Windows.
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(Path(os.environ["BIN"], "feedlint")), *options, *words(os.environ["ARGS"])]
        status = subprocess.run(command, env={**variables, "PYTHONUTF8": "1"}, check=False).returncode
        data = read(result)
        if data is None:  # also where it was asked for something else, like --help, and did that well
            annotate("error", f"feedlint could not do its job (exit status {status}): the log says why")
            status = FAILED
        if summary.is_file():
            append(os.environ["GITHUB_STEP_SUMMARY"], summary.read_bytes())
    say("exit-status", str(status))
    if data is not None:
        say("findings", str(sum(data["summary"][severity] for severity in ("error", "warning", "info"))))
    if state(sarif) not in (None, before):  # not one that the checkout has brought along
        open_only(sarif)
        say("sarif-file", os.path.abspath(sarif))
    return status


def state(name: str) -> tuple[int, int] | None:
    """Return what the file *name* has in common with no other that takes its place, or None where there is none."""
    if not os.path.isfile(name):
        return None
    found = os.stat(name)
    return found.st_ino, found.st_mtime_ns


def open_only(sarif: str) -> None:
    """Take out of the file *sarif* what is known or muted by a comment: code scanning would list it as open."""
    path = Path(sarif)
    data = json.loads(path.read_bytes())
    for run in data["runs"]:
        run["results"] = [
            each
            for each in run["results"]
            if not each.get("suppressions") and each.get("baselineState", "new") == "new"
        ]
    path.write_text(json.dumps(data), encoding="utf-8", newline="\n")


def words(text: str) -> list[str]:
    """Return the words of *text*, as a shell would part them. Raises Problem where a quote is not closed."""
    try:
        return shlex.split(text)
    except ValueError as error:
        raise Problem(f"args cannot be read: {error}") from None


def changes(since: str) -> list[str]:
    """Return the options that ask for what is new since *since*; for ``auto``, since the base of a pull request."""
    if since == "auto":
        since = base()
    return [f"--since={since}", "--new-only"] if since else []


def base() -> str:
    """Return what the commit checked out is to be merged into, or "" where it is not to be, or that is not known here.

    The branch comes before the commit that the event names: that one may be older than what the runner has merged.
    Raises Problem where the commit checked out is in the base already: nothing could ever be new in it.
    """
    branch = os.environ.get("GITHUB_BASE_REF")
    found = [*([f"refs/remotes/origin/{branch}"] if branch else []), os.environ["BASE_SHA"]]
    said = ""
    for revision in filter(None, found):
        said, common = git("merge-base", "--", revision, "HEAD")
        if common and common == git("rev-parse", "--verify", "HEAD")[1]:
            raise Problem(
                "what is checked out is the base, not the pull request, so nothing can be new in it:"
                " let the workflow run on pull_request, or check everything with `since: ''`"
            )
        if common:
            return revision
    if any(found):
        annotate(
            "warning",
            "the base of the pull request is not in this checkout, so the whole feed is checked:"
            f" give actions/checkout `fetch-depth: 0`{f' (git: {said})' if said else ''}",
        )
    return ""


def git(*arguments: str) -> tuple[str, str]:
    """Return the last line of what git complains of, and of what it answers; "" where it does not."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise Problem(f"git cannot be run: {error.strerror}") from None
    said, answer = ((text.decode("utf-8", "replace").splitlines() or [""])[-1] for text in (done.stderr, done.stdout))
    return (said, "") if done.returncode else ("", answer)


def read(result: Path) -> Any:
    """Return the JSON in *result*, or None where there is none."""
    try:
        return json.loads(result.read_bytes())
    except (OSError, ValueError):
        return None


def say(name: str, value: str) -> None:
    """Set the output *name* of the step. Raises Problem for a value of more than one line, which could set others."""
    if len(value.splitlines()) > 1:
        raise Problem(f"{name} has more than one line")
    append(os.environ["GITHUB_OUTPUT"], f"{name}={value}\n".encode("utf-8", "surrogateescape"))


def append(name: str, data: bytes) -> None:
    """Add *data* to the file *name*."""
    with open(name, "ab") as file:
        file.write(data)


def annotate(kind: str, text: str) -> None:
    """Show *text* as an annotation of the run."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::{kind} title=feedlint::{escaped}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
