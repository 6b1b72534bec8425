"""Several processes, or the workers of any executor, come to the report of one process; and what if one ends."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.feed.files import files
from feedlint import RULES, Rule, Settings, Severity, lint_paths, workers
from feedlint.census import Clear
from feedlint.cli import main
from feedlint.config import Choice, Configurations
from feedlint.diagnostic import WARNING
from feedlint.disk import from_disk
from feedlint.engine import Engine
from feedlint.files import in_scope
from feedlint.report import FileReport, Outcome
from feedlint.workers import cores, outcomes
from tests.support import ARTICLE

_FEED = list(files(120, 3))


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A feed with a configuration, in which something is found; few files are worth a process, and go in small lots."""
    for file in _FEED:
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (tmp_path / "feedlint.toml").write_text('ignore = ["XR005"]\n[per-file-ignores]\n"_news/*1.md" = ["TX"]\n')
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workers, "WORTH", 20)
    monkeypatch.setattr(workers, "_AT_ONCE", 7)
    monkeypatch.setattr(workers, "_AHEAD", 3)
    return tmp_path


def by_one(engine: Engine, paths: list[str]) -> list[Outcome]:
    return list(engine.outcomes(paths))


@pytest.mark.parametrize("jobs", ["2", "3", "64"])
def test_the_output_is_the_same_for_any_number_of_processes(
    feed: Path, jobs: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (feed / "_config.yml").write_bytes(b"x" * 2_000_000)  # which is warned of once
    assert main(["--output-format", "json", "--jobs", "1"]) == 1
    alone = capfd.readouterr()
    assert alone.out.count('"code"') > 3
    assert alone.err.count("warning") == 1
    assert main(["--output-format", "json", "--jobs", jobs]) == 1
    assert capfd.readouterr() == alone
    monkeypatch.setenv("FEEDLINT_JOBS", jobs)
    assert main(["--output-format", "json"]) == 1
    assert capfd.readouterr() == alone


@pytest.mark.usefixtures("feed")
def test_no_process_is_left_behind() -> None:
    engine, paths = Engine(Settings()), in_scope(["."])
    assert len(list(outcomes(engine, paths, jobs=2))) == len(paths) > workers.WORTH
    assert multiprocessing.active_children() == []
    some = outcomes(engine, paths, jobs=2)
    next(some)
    assert multiprocessing.active_children() != []
    some.close()  # type: ignore[attr-defined]  # it is a generator
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_repairs_are_the_same_in_two_processes(feed: Path, jobs: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["--fix", "--unsafe-fixes", "--quiet", "--jobs", "1", "--write-baseline", "--output-format", "json"]) < 2
    )
    left = capfd.readouterr().out
    repaired = {file.path: (feed / file.path).read_bytes() for file in _FEED}
    assert repaired != {file.path: file.content for file in _FEED}
    for file in _FEED:
        (feed / file.path).write_bytes(file.content)
    (feed / "feedlint-baseline.txt").unlink()
    options = ["--fix", "--unsafe-fixes", "--quiet", "--write-baseline", "--output-format", "json"]
    assert main([*options, "--jobs", jobs]) < 2
    assert capfd.readouterr().out == left
    assert {file.path: (feed / file.path).read_bytes() for file in _FEED} == repaired


@pytest.mark.parametrize("kind", ["threads", "processes"])
@pytest.mark.usefixtures("feed")
def test_any_executor_will_do(kind: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    executor: Executor = ThreadPoolExecutor(1) if kind == "threads" else ProcessPoolExecutor(1, spawn)
    with executor:
        assert list(lint_paths(["."], executor=executor).files) == list(lint_paths(["."]).files)
        chosen = Settings(rules=[rule for rule in RULES if rule.family == "TX"])
        assert list(lint_paths(["."], chosen, executor=executor).files) == list(lint_paths(["."], chosen).files)


def _gone_over_some(path: str, limit: int) -> bytes:
    """Read the file at *path*, but end the process over three of them."""
    if path.endswith(_GRAVE) and multiprocessing.parent_process() is not None:
        os._exit(9)
    return from_disk(path, limit)


@pytest.mark.usefixtures("feed")
def test_threads_of_one_process_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = list(lint_paths(["."]).files)
    monkeypatch.setattr(workers, "_AT_ONCE", 3)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as executor:
            for _ in range(3):
                assert list(lint_paths(["."], executor=executor).files) == expected
    finally:
        sys.setswitchinterval(interval)


_GRAVE = tuple(sorted(file.path for file in _FEED if file.path.startswith("_news/"))[20:60:19])


@pytest.mark.usefixtures("feed")
def test_a_file_that_a_process_ends_over_is_named_and_takes_no_other_with_it() -> None:
    engine = Engine(Configurations().settings_of, read=_gone_over_some)
    paths = in_scope(["."])
    expected = dict(zip(paths, by_one(engine, paths), strict=True))
    found = dict(zip(paths, outcomes(engine, paths, jobs=2), strict=True))
    ended = {path for path in found if found[path] != expected[path]}
    assert len(_GRAVE) == 3
    assert ended == set(_GRAVE)
    assert {found[path] for path in ended if isinstance(found[path], Clear)} == set()
    errors = {outcome.error for path in ended if isinstance(outcome := found[path], FileReport)}
    assert errors == {"the process that checked it ended: a fault of a library, or too little memory; please report it"}


class _Fails(ThreadPoolExecutor):
    """Workers that fail over one file, as those of a cluster do, and go on."""

    def submit(self, job, /, *arguments, **more):  # type: ignore[no-untyped-def]
        paths = arguments[-1]

        def work():  # type: ignore[no-untyped-def]
            if _GRAVE[0] in paths:
                raise OSError("killed")
            return job(*arguments, **more)

        return super().submit(work)


@pytest.mark.usefixtures("feed")
def test_a_worker_of_an_executor_that_fails_is_named_with_its_file() -> None:
    with _Fails(1) as executor:
        report = lint_paths(["."], executor=executor)
    (failed,) = report.errors
    assert (failed.path, failed.error) == (_GRAVE[0], "the worker that checked it failed: OSError: killed")
    same = [file for file in lint_paths(["."]).files if file.path != _GRAVE[0]]
    assert [file for file in report.files if file.path != _GRAVE[0]] == same


@pytest.mark.usefixtures("feed")
def test_an_executor_that_is_broken_for_good_is_said() -> None:
    engine = Engine(Configurations().settings_of, read=_gone_over_some)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor, pytest.raises(BrokenExecutor):
        list(outcomes(engine, in_scope(["."]), executor=executor))


@pytest.mark.usefixtures("feed")
def test_few_files_are_checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_Own", None)
    engine = Engine(Configurations().settings_of)
    paths = in_scope(["."])[:19]
    assert list(outcomes(engine, paths, jobs=8)) == by_one(engine, paths)
    assert list(outcomes(engine, [], jobs=8)) == []


def test_settings_go_to_another_process() -> None:
    configs = Configurations(choice=Choice(select=["TX", "SC003"], fail_on=Severity.ERROR))
    settings = configs.settings_of("_news/a.md")
    milder = replace(settings, rules=[replace(rule, severity=WARNING, fixes=False) for rule in settings.rules])
    again = pickle.loads(pickle.dumps([configs, milder]))
    assert again[0].settings_of("_news/a.md") == settings
    assert again[1] == milder


def test_a_rule_of_ones_own_stays_here() -> None:
    own: Rule = replace(RULES[0], code="MY001")
    with pytest.raises(pickle.PicklingError, match="MY001: only rules of the catalogue can go to another process"):
        pickle.dumps(Settings(rules=[RULES[0], own]))


@pytest.mark.parametrize("said", ["0", "-1", "two", "1.5", "²"])
def test_a_number_of_processes_is_a_number(
    said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--jobs", said, "."])
    assert f"argument --jobs: {said!r} is no number of processes: write 1, or more" in capsys.readouterr().err
    monkeypatch.setenv("FEEDLINT_JOBS", said)
    assert main(["--isolated", os.devnull]) == 2
    assert f"FEEDLINT_JOBS: {said!r} is no number of processes" in capsys.readouterr().err


def test_there_is_a_core() -> None:
    assert cores() >= 1


_SLOW = """
import sys, time
from feedlint import Settings, workers
from feedlint.disk import from_disk
from feedlint.engine import Engine

def read(path, limit):
    time.sleep(0.05)
    return from_disk(path, limit)

workers.WORTH, workers._AT_ONCE = 20, 5
if __name__ == "__main__":
    for _ in workers.outcomes(Engine(Settings(), read=read), sys.argv[1:], jobs=2):
        print("ready", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left(feed: Path, how: signal.Signals) -> None:
    program = feed / "slow.py"
    program.write_text(_SLOW)
    article = feed / "_news" / "a.md"
    article.write_text(ARTICLE)
    command = [sys.executable, str(program), *[str(article)] * 2000]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n", process.stderr and process.stderr.read()
        if how is signal.SIGINT:  # as a terminal does: for all of them
            os.killpg(process.pid, how)
        else:
            process.kill()
        process.wait(20)
        with suppress(ProcessLookupError):
            for _ in range(200):
                os.killpg(process.pid, 0)
                time.sleep(0.05)
            pytest.fail("a process is left")
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert said.count("Traceback") == (how is signal.SIGINT)
