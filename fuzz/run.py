"""The search: ``python -m fuzz.run --minutes 30``.

It goes by coverage where atheris is installed (``pip install -e ".[dev,fuzz]"``), and else tries what Hypothesis makes
up. Each input that breaks a promise in a way of its own is made small and written to ``tests/regressions``. Returns 1
if there is one.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from fuzz import feeds
from fuzz.checks import CHECKS
from fuzz.hunt import REGRESSIONS, Hunt

_SHARES: Final = {"lint": 3, "fix": 6, "formats": 4, "comments": 1, "configuration": 1, "baseline": 1}
"""How the time is shared out."""
_EXECUTED: Final = re.compile(r"(?m)^stat::number_of_executed_units:\s*(\d+)")
_LIMITS: Final = ("-timeout=30", "-rss_limit_mb=1500", "-max_len=6000", "-print_final_stats=1", "-verbosity=1")
# What libFuzzer writes where it has to end the process: it took too long, or too much memory.
_ARTIFACTS: Final = ("timeout-*", "oom-*", "crash-*")

Make = Callable[[Random], bytes]


class Outcome(NamedTuple):
    """What came of a check: inputs *executed*, the *seconds* that took, and the files of what was *found*."""

    executed: int
    seconds: float
    found: Sequence[Path]


def maker(name: str) -> Make:
    """Return what makes up an input for the check *name*."""
    own: dict[str, Make] = {"configuration": feeds.configuration, "baseline": feeds.baseline}
    return own.get(name, feeds.feed)


def by_hypothesis(name: str, seconds: float, folder: Path, first: int) -> int:
    """Put what Hypothesis makes up, beginning with the seed *first*, to the check *name*; return how much it was."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    hunt = Hunt(name, folder)
    until = time.monotonic() + seconds
    seeds = _seeds(name)
    Random(first).shuffle(seeds)
    for data in seeds:
        if time.monotonic() < until:
            hunt.put(data)

    @settings(
        max_examples=50,  # what is made up once the time is over is for nothing
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(st.randoms(use_true_random=False).map(maker(name)), st.binary(max_size=400)))
    def some(data: bytes) -> None:
        if time.monotonic() < until:
            hunt.put(data)

    while time.monotonic() < until:
        seed(first)(some)()
        first += 1
    return hunt.executed


def by_coverage(name: str, seconds: float, folder: Path, first: int, corpus: Path) -> int:
    """Let atheris look for what breaks the check *name*, from *corpus* on; return how many inputs it executed."""
    corpus.mkdir(parents=True, exist_ok=True)
    made = Random(first)
    for data in [*_seeds(name), *(maker(name)(made) for _ in range(200))]:
        (corpus / sha256(data).hexdigest()[:16]).write_bytes(data)
    executed = 0
    until = time.monotonic() + seconds
    with TemporaryDirectory() as artifacts:
        while (left := int(until - time.monotonic())) > 0:
            options = [*_LIMITS, f"-max_total_time={left}", f"-seed={first}", f"-artifact_prefix={artifacts}/"]
            command = [sys.executable, "-m", "fuzz.guided", name, str(folder), *options, str(corpus)]
            done = subprocess.run(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, check=False)
            told = done.stderr.decode(errors="replace")
            executed += sum(map(int, _EXECUTED.findall(told)))
            _keep(name, Path(artifacts), folder)
            if done.returncode and not _EXECUTED.search(told):
                raise SystemExit(f"atheris cannot be run:\n{told[-2000:]}")
            first += 1
    return executed


def _keep(name: str, artifacts: Path, folder: Path) -> None:
    """Move to *folder* what libFuzzer ended its process for."""
    for pattern in _ARTIFACTS:
        for file in artifacts.glob(pattern):
            kind, digest = file.name.split("-")
            (folder / f"{name}-{kind}-{digest[:8]}").write_bytes(file.read_bytes())
            file.unlink()


def _seeds(name: str) -> list[bytes]:
    return feeds.seeds()[name if name in feeds.seeds() else "feed"]


def hunt(names: Sequence[str], minutes: float, folder: Path, first: int, corpus: Path | None) -> dict[str, Outcome]:
    """Share *minutes* out among the checks *names*; return what came of each. Without *corpus* Hypothesis does it."""
    outcomes = {}
    for name in names:
        before = set(folder.glob(f"{name}-*"))
        start = time.monotonic()
        seconds = minutes * 60 * _SHARES[name] / sum(_SHARES[each] for each in names)
        if corpus is None:
            executed = by_hypothesis(name, seconds, folder, first)
        else:
            executed = by_coverage(name, seconds, folder, first, corpus / name)
        found = sorted(set(folder.glob(f"{name}-*")) - before)
        outcomes[name] = Outcome(executed, time.monotonic() - start, found)
    return outcomes


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt as *arguments* ask, print what came of it, return 1 if something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--check", action="append", choices=list(CHECKS), help="only this one (repeatable)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", type=Path, default=REGRESSIONS, help="folder for what breaks a promise")
    parser.add_argument("--corpus", type=Path, help="folder for what reached new code, to go on from another time")
    parser.add_argument("--hypothesis", action="store_true", help="do without atheris")
    chosen = parser.parse_args(arguments)
    guided = not chosen.hypothesis and find_spec("atheris") is not None
    print("by coverage, with atheris" if guided else "atheris is not used: by Hypothesis alone", flush=True)
    chosen.found.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as own:
        corpus = (chosen.corpus or Path(own)) if guided else None
        outcomes = hunt(chosen.check or list(CHECKS), chosen.minutes, chosen.found, chosen.seed, corpus)
    print(f"{'check':14}{'executed':>10}{'seconds':>9}{'found':>7}")
    for name, outcome in outcomes.items():
        print(f"{name:14}{outcome.executed:10}{outcome.seconds:9.0f}{len(outcome.found):7}")
        print("".join(f"    {file}\n" for file in outcome.found), end="")
    return 1 if any(outcome.found for outcome in outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
