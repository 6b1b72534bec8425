"""The GitHub Action: what its steps do, on real pull requests, as ``tests/runner.py`` plays the machine."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.runner import Command, Result, Runner, commands_in, evaluated, pairs
from tests.support import ARTICLE

ROOT = Path(__file__).parent.parent
OLD = ARTICLE.replace("approves the new", "approves the&nbsp;new")
NEW = ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan")
NO_GIT_CONFIG = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the machine that is played is not Windows")


def story(text: str, number: int) -> str:
    """Return *text* as another story: titles and addresses are in the feed once."""
    return text.replace("tram line", f"tram line {number}").replace("tram-line", f"tram-line-{number}")


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "protocol.file.allow=always"]
    result = subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder, check=True, capture_output=True, text=True, env={**os.environ, **NO_GIT_CONFIG},
    )  # fmt: skip
    return result.stdout.strip()


def put(folder: Path, files: Mapping[str, str | None]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            file.unlink()
        else:
            file.write_bytes(text.encode())
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "files")


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """A feed with an old finding, on the branch main."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    put(folder, {"_config.yml": "url: https://feed.example\n", "_news/old.md": story(OLD, 1), "_news/a.md": ARTICLE})
    return folder


class PullRequest:
    """A pull request to *upstream* that puts *files*, checked out as actions/checkout does: merged into main."""

    def __init__(self, upstream: Path, files: Mapping[str, str | None], *, depth: int = 0) -> None:
        self.folder = upstream.parent / "workspace"
        base = git(upstream, "rev-parse", "main")
        git(upstream, "checkout", "--quiet", "-b", "change")
        put(upstream, files)
        # Meanwhile main has moved on, and brought in a finding of its own.
        git(upstream, "checkout", "--quiet", "main")
        put(upstream, {"_news/meanwhile.md": story(NEW, 2)})
        git(upstream, "checkout", "--quiet", "--detach")
        git(upstream, "merge", "--quiet", "--no-ff", "-m", "merge", "change")
        git(upstream, "update-ref", "refs/pull/1/merge", "HEAD")
        self.folder.mkdir()
        git(self.folder, "init", "--quiet")
        git(self.folder, "remote", "add", "origin", upstream.as_uri())
        depth_of = [f"--depth={depth}"] if depth else []
        branches = [] if depth else ["+refs/heads/*:refs/remotes/origin/*"]
        merged = "+refs/pull/1/merge:refs/remotes/pull/1/merge"
        git(self.folder, "fetch", "--quiet", *depth_of, "origin", *branches, merged)
        git(self.folder, "checkout", "--quiet", "refs/remotes/pull/1/merge")
        self.event = {"event_name": "pull_request", "event": {"pull_request": {"base": {"sha": base}}}}


Act = Callable[..., Result]


@pytest.fixture
def act(tmp_path: Path) -> Act:
    """Run the action in a folder; the environment that it would install is there from "an earlier run"."""

    def uses(name: str, given: Mapping[str, str]) -> Mapping[str, str]:
        assert name.startswith("actions/cache/restore@")
        folder = Path(given["path"], "bin")
        folder.mkdir(parents=True, exist_ok=True)
        put_script(folder / "python", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
        put_script(
            folder / "feedlint",
            f"#!{sys.executable} -I\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
            "from feedlint.cli import run\nrun()\n",
        )
        return {"cache-hit": "true"}

    def act(
        folder: Path, github: Mapping[str, Any] | None = None, variables: Mapping[str, str] | None = None, **inputs: str
    ) -> Result:
        runner = Runner(ROOT, folder, tmp_path / "temporary", uses)
        of_event = {"GITHUB_BASE_REF": "main"} if github else {}
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        return runner.run(given, github or {}, {**NO_GIT_CONFIG, **of_event, **(variables or {})})

    return act


def put_script(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def places(result: Result) -> list[tuple[str, str, str, str]]:
    return [
        (each.name, each.properties.get("file", ""), each.properties.get("line", ""), each.properties.get("title", ""))
        for each in result.annotations
    ]


# --- what comes of a pull request ----------------------------------------------------------------------------


def test_what_a_pull_request_brings_in_is_shown_at_its_lines_and_fails_it(upstream: Path, act: Act) -> None:
    request = PullRequest(upstream, {"_news/a.md": NEW, "_news/3 4.md": story(OLD, 3)})
    result = act(request.folder, request.event, sarif="out.sarif")
    assert result.status == 1, result.log
    assert sorted(places(result)) == [
        ("error", "_news/a.md", "3", "TX001 mojibake"),
        ("warning", "_news/3 4.md", "3", "TX003 html-entity"),
    ]
    assert result.outputs == {
        "exit-status": "1",
        "findings": "2",
        "sarif-file": str(request.folder / "out.sarif"),
    }
    assert "TX001" in result.summary
    assert "TX003" in result.summary
    assert "meanwhile" not in result.log + result.summary
    found = json.loads((request.folder / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert sorted(each["ruleId"] for each in found) == ["TX001", "TX003"]


def test_a_pull_request_that_brings_nothing_in_passes(upstream: Path, act: Act) -> None:
    touched = story(OLD, 1).replace("quality: 61", "quality: 62")
    request = PullRequest(upstream, {"_news/old.md": touched, "_news/b.md": story(ARTICLE, 3)})
    result = act(request.folder, request.event)
    assert result.status == 0, result.log
    assert result.annotations == []
    assert result.outputs == {"exit-status": "0", "findings": "0", "sarif-file": ""}
    assert result.summary


def test_the_commit_that_the_event_names_will_do(upstream: Path, act: Act) -> None:
    """With a history of two commits the base branch is not there, but the commit it was merged with is."""
    request = PullRequest(upstream, {"_news/a.md": NEW}, depth=2)
    request.event["event"] = {"pull_request": {"base": {"sha": git(request.folder, "rev-parse", "HEAD^1")}}}
    result = act(request.folder, request.event)
    assert (result.status, places(result)) == (1, [("error", "_news/a.md", "3", "TX001 mojibake")]), result.log


def test_without_history_the_whole_feed_is_checked_and_that_is_said(upstream: Path, act: Act) -> None:
    request = PullRequest(upstream, {"_news/a.md": NEW}, depth=1)
    result = act(request.folder, request.event)
    assert result.status == 1
    assert places(result)[0] == ("warning", "", "", "feedlint")
    assert "give actions/checkout `fetch-depth: 0`" in result.annotations[0].message
    assert sorted(place[1] for place in places(result)[1:]) == ["_news/a.md", "_news/meanwhile.md", "_news/old.md"]


@pytest.mark.parametrize("since", ["auto", ""])
def test_on_other_events_the_whole_feed_is_checked(upstream: Path, act: Act, since: str) -> None:
    result = act(upstream, since=since)
    assert (result.status, places(result)) == (1, [("warning", "_news/old.md", "3", "TX003 html-entity")]), result.log


def test_another_revision_to_compare_with(upstream: Path, act: Act) -> None:
    put(upstream, {"_news/a.md": NEW})
    result = act(upstream, since="HEAD~1")
    assert places(result) == [("error", "_news/a.md", "3", "TX001 mojibake")], result.log


def test_a_merge_queue_is_compared_with_what_is_before_it(upstream: Path, act: Act) -> None:
    put(upstream, {"_news/meanwhile.md": story(NEW, 2)})
    base = git(upstream, "rev-parse", "HEAD")
    put(upstream, {"_news/a.md": NEW})
    event = {"event_name": "merge_group", "event": {"merge_group": {"base_sha": base}}}
    result = act(upstream, event, {"GITHUB_BASE_REF": ""})
    assert (result.status, places(result)) == (1, [("error", "_news/a.md", "3", "TX001 mojibake")]), result.log


@pytest.mark.parametrize("depth", [0, 1])
def test_the_base_in_place_of_the_pull_request_does_not_pass(upstream: Path, act: Act, depth: int) -> None:
    """On pull_request_target, actions/checkout takes the base unless it is told."""
    request = PullRequest(upstream, {"_news/a.md": NEW}, depth=depth)
    git(request.folder, "fetch", "--quiet", "origin", "+refs/heads/main:refs/remotes/origin/main")
    git(request.folder, "checkout", "--quiet", "--detach", "refs/remotes/origin/main")
    result = act(request.folder, request.event)
    assert result.status == 2
    assert "what is checked out is the base, not the pull request" in result.annotations[0].message


def test_what_is_known_is_not_among_what_code_scanning_lists(upstream: Path, act: Act) -> None:
    muted = story(OLD, 4).replace("---\n", "---\n# feedlint: ignore-file[TX003] as it was sent\n", 1)
    put(upstream, {"_news/muted.md": muted, "feedlint.toml": 'baseline = "known.txt"\n'})
    assert act(upstream, args="--write-baseline").status == 0
    put(upstream, {"_news/a.md": NEW})
    result = act(upstream, sarif="out.sarif")
    assert result.outputs["findings"] == "1", result.log
    (run,) = json.loads((upstream / "out.sarif").read_text(encoding="utf-8"))["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["TX001"]
    put(upstream, {"_news/old.md": story(OLD, 1).replace("ends four", "endsâ€™ four"), "feedlint.toml": "\n"})
    act(upstream, sarif="out.sarif", since="HEAD~1")
    (run,) = json.loads((upstream / "out.sarif").read_text(encoding="utf-8"))["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["TX001"]


def test_a_file_that_the_checkout_brings_along_is_not_the_result(upstream: Path, act: Act) -> None:
    put(upstream, {"out.sarif": '{"runs": []}', "feedlint.toml": 'selct = ["TX"]\n'})
    assert act(upstream, sarif="out.sarif").outputs["sarif-file"] == ""
    put(upstream, {"feedlint.toml": ""})
    assert act(upstream, sarif="out.sarif").outputs["sarif-file"] == str(upstream / "out.sarif")


@pytest.mark.parametrize("args", ["--help", "--version", "--show-files"])
def test_what_checks_nothing_does_not_pass(upstream: Path, act: Act, args: str) -> None:
    result = act(upstream, args=args)
    assert (result.status, result.outputs["exit-status"]) == (2, "2")


def test_a_bad_configuration_is_status_2(upstream: Path, act: Act) -> None:
    put(upstream, {"feedlint.toml": 'selct = ["TX"]\n'})
    result = act(upstream, sarif="out.sarif")
    assert result.status == 2
    assert result.outputs == {"exit-status": "2", "findings": "", "sarif-file": ""}
    assert 'unknown key "selct"' in result.log
    assert places(result) == [("error", "", "", "feedlint")]


# --- inputs ------------------------------------------------------------------------------------------------------


def test_args_are_words_and_nothing_is_run_or_expanded(upstream: Path, act: Act) -> None:
    put(upstream, {"_news/b c $(touch x) `touch y`.md": NEW})
    result = act(upstream, args="--select TX001 '_news/b c $(touch x) `touch y`.md'")
    assert places(result) == [("error", "_news/b c $(touch x) `touch y`.md", "3", "TX001 mojibake")], result.log
    for args in ("$(touch x) _news", "; touch x", "`touch x`", "_news && touch x", "_news\ntouch x"):
        assert act(upstream, args=args).status == 2
    assert not (upstream / "x").exists()
    assert not (upstream / "y").exists()


def test_args_that_are_no_words(upstream: Path, act: Act) -> None:
    result = act(upstream, args="'_news")
    assert (result.status, [each.message for each in result.annotations]) == (
        2, ["args cannot be read: No closing quotation"]
    )  # fmt: skip


def test_a_folder_to_run_in(upstream: Path, act: Act) -> None:
    put(upstream, {"site/_config.yml": "url: https://feed.example\n", "site/_news/a.md": NEW})
    result = act(upstream, working_directory="site", sarif="out.sarif")
    assert places(result) == [("error", "site/_news/a.md", "3", "TX001 mojibake")], result.log
    assert result.outputs["sarif-file"] == str(upstream / "site" / "out.sarif")


# --- hostile pull requests -----------------------------------------------------------------------------------------

HOSTILE_NAMES = (
    "_news/::error::x.md",
    "_news/a\n::set-output name=x::y\nfindings=0.md",
    "_news/##[error]x.md",
    "_news/$(touch x).md",
    "_news/`touch x`.md",
    "_news/--fix.md",
    "_news/x%0A::add-mask::tram.md",
)


def test_no_name_and_no_title_can_speak_to_the_runner(upstream: Path, act: Act) -> None:
    titles = (
        '"tramâ€™s\\n::add-mask::tram\\n::set-output name=findings::0"',
        '"tramâ€™s ##[add-mask]tram"',
        '"tramâ€™s %0A::stop-commands::x%0A::error::y"',
        '"tramâ€™s\\r::set-env name=PATH::/x"',
        '"tramâ€™s\nfindings=0\n\n::error::x"',
    )
    files: dict[str, str | None] = {}
    for number, title in enumerate(titles):
        text = story(ARTICLE, number + 10)
        old = text[text.index("title:") : text.index("\nexcerpt")]
        files[f"_news/{number}.md"] = text.replace(old, f"title: {title}")
    files |= {name: story(NEW, 20 + number) for number, name in enumerate(HOSTILE_NAMES)}
    request = PullRequest(upstream, files)
    result = act(request.folder, request.event)
    assert result.status == 1, result.log
    assert {each.name for each in result.commands} <= {"error", "warning", "notice"}
    assert (result.masks, result.environment, result.path) == ([], {}, [])
    assert set(result.outputs) == {"exit-status", "findings", "sarif-file"}
    assert int(result.outputs["findings"]) >= len(files)
    assert not (request.folder / "x").exists()
    for each in result.annotations:
        assert each.properties.get("title", "").split(" ")[0].isalnum()
        assert set(each.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


def test_a_checkout_cannot_pass_for_a_module_of_pythons(upstream: Path, act: Act) -> None:
    trap = "open('trapped', 'w').close()\n"
    names = ("json", "shlex", "feedlint", "subprocess", "sitecustomize", "tempfile", "argparse", "venv", "pip")
    request = PullRequest(upstream, {f"{name}.py": trap for name in names})
    result = act(request.folder, request.event, {"PYTHONPATH": str(request.folder)})
    assert result.status == 0, result.log
    assert not (request.folder / "trapped").exists()


# --- installation --------------------------------------------------------------------------------------------------


def keys_of(runner: Runner, version: str, **more: str) -> dict[str, str]:
    script = [sys.executable, "-I", str(runner.action / "action.py"), "environment"]
    output = runner.temporary / "output"
    output.write_bytes(b"")
    variables = {"VERSION": version, "RUNNER_TEMP": str(runner.temporary), "GITHUB_OUTPUT": str(output), **more}
    done = subprocess.run(script, env={**os.environ, **variables}, check=False, capture_output=True)
    return {**pairs(output.read_text(encoding="utf-8")), "status": str(done.returncode)}


@pytest.mark.parametrize(
    ("version", "source"),
    [
        ("", str(ROOT)),
        ("0.1.0", "feedlint==0.1.0"),
        (" 0.2.0rc1 ", "feedlint==0.2.0rc1"),
        ("feedlint>=1,<2", "feedlint>=1,<2"),
        ("git+https://example.com/feedlint@v1", "git+https://example.com/feedlint@v1"),
    ],
)
def test_what_is_installed(version: str, source: str, tmp_path: Path) -> None:
    said = keys_of(Runner(ROOT, tmp_path, tmp_path, lambda *_: {}), version)
    assert said["source"] == source
    assert Path(said["folder"]).parent == tmp_path
    assert Path(said["bin"]) == Path(said["folder"], "bin")


def test_an_environment_is_kept_for_the_same_source_only(tmp_path: Path) -> None:
    runner = Runner(ROOT, tmp_path, tmp_path, lambda *_: {})
    here, again, other = (keys_of(runner, version)["key"] for version in ("", "", "0.1.0"))
    assert here == again != other
    assert keys_of(runner, "", PIP_INDEX_URL="https://other.example/simple")["key"] not in (here, other)


def test_a_version_cannot_set_other_outputs(tmp_path: Path) -> None:
    said = keys_of(Runner(ROOT, tmp_path, tmp_path, lambda *_: {}), "x\nkey=mine")
    assert said["status"] == "2"
    assert "key" not in said


@pytest.mark.index
def test_it_installs_itself_and_keeps_the_environment_even_if_findings_are_left(upstream: Path, tmp_path: Path) -> None:
    runner = Runner(ROOT, upstream, tmp_path / "temporary", lambda *_: {"cache-hit": ""})
    outer = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HOME", "UV_"))}
    result = runner.run({"since": ""}, {}, {**NO_GIT_CONFIG, **outer})
    assert result.status == 1, result.log
    assert result.outputs["findings"] == "1"
    (restore, wanted), (save, kept) = result.used
    assert restore.startswith("actions/cache/restore@")
    assert save.startswith("actions/cache/save@")
    assert wanted == kept
    assert Path(kept["path"], "bin", "feedlint").exists()


# --- the files themselves ------------------------------------------------------------------------------------------

CHECKED = {
    "vendor.github-actions": ["action.yml"],
    "vendor.github-workflows": ["examples/ci/github.yml"],
    "vendor.gitlab-ci": ["examples/ci/gitlab-ci.yml"],
}


@pytest.mark.parametrize(("schema", "files"), CHECKED.items(), ids=CHECKED)
def test_they_are_what_their_readers_expect(schema: str, files: list[str]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor_has_nothing_to_say() -> None:
    program = Path(sys.executable).with_name("zizmor")
    command = [str(program), "--offline", "--pedantic", "--no-config", "--no-ignores", "--strict-collection",
               "action.yml", "examples/ci/github.yml"]  # fmt: skip
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_script_has_an_expression_in_it() -> None:
    steps = Runner(ROOT, ROOT, ROOT / "tests", lambda *_: {}).definition["runs"]["steps"]
    assert [step["name"] for step in steps if "${{" in step.get("run", "")] == []
    assert len([step for step in steps if "run" in step]) == 3


# --- the machine that is played ------------------------------------------------------------------------------------


def test_commands_are_read_as_the_runner_does() -> None:
    log = (
        "::error file=a%2Cb.md,line=3::one%0Atwo\n  ::notice::indented\nsays ::error::no command\n::nonsense::x\n"
        "12:00 ##[warning file=x%3By]old form\n::stop-commands::t0\n::error::not read\n::t0::\n::warning::read\n"
    )
    assert commands_in(log) == [
        Command("error", {"file": "a,b.md", "line": "3"}, "one\ntwo"),
        Command("notice", {}, "indented"),
        Command("warning", {"file": "x;y"}, "old form"),
        Command("warning", {}, "read"),
    ]


def test_expressions() -> None:
    contexts = {"github": {"event": {"a": {"sha": "1"}}}, "steps": {"s": {"outputs": {"hit": "true"}}}}
    assert evaluated("x${{ github.event.b.sha || github.event.a.sha }}", contexts) == "x1"
    assert evaluated("${{ steps.s.outputs.hit != 'true' }} ${{ steps.no.outputs.hit != 'true' }}", contexts) == (
        "false true"
    )
    with pytest.raises(ValueError, match="does not know"):
        evaluated("${{ hashFiles(x) }}", contexts)


def test_files_of_outputs() -> None:
    assert pairs("a=1\nb<<EOF\n2\n3\nEOF\nc=x=y\n") == {"a": "1", "b": "2\n3", "c": "x=y"}


@pytest.mark.index
def test_the_script_for_any_ci(upstream: Path, tmp_path: Path) -> None:
    put(upstream, {"_news/a.md": NEW})
    variables = {**os.environ, **NO_GIT_CONFIG, "FEEDLINT_ENVIRONMENT": str(tmp_path / "environment")}
    script = ["sh", str(ROOT / "examples" / "ci" / "any-ci.sh")]

    def run(*arguments: str, source: str = str(ROOT)) -> subprocess.CompletedProcess[str]:
        given = {**variables, "FEEDLINT": source}
        return subprocess.run(
            [*script, *arguments], cwd=upstream, env=given, capture_output=True, text=True, check=False
        )

    assert run(source="").returncode == 2
    result = run("HEAD~1")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "_news/a.md:3:24: error TX001" in result.stdout
    assert "old.md" not in result.stdout
    assert "TX001" in (upstream / "feedlint.xml").read_text(encoding="utf-8")
    assert "old.md:3:" in run().stdout


def test_the_script_for_any_ci_makes_an_environment_anew_that_has_died(upstream: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    (environment / "bin").mkdir(parents=True)
    (environment / "installed").write_text("./nowhere\n", encoding="utf-8")
    put_script(environment / "bin" / "feedlint", f"#!{tmp_path}/gone/python\n")
    variables = {**os.environ, "FEEDLINT_ENVIRONMENT": str(environment), "FEEDLINT": "./nowhere"}
    script = ["sh", str(ROOT / "examples" / "ci" / "any-ci.sh")]
    result = subprocess.run(script, cwd=upstream, env=variables, capture_output=True, text=True, check=False)
    assert (result.returncode, "nowhere" in result.stderr) == (2, True), result.stderr
    assert (environment / "pyvenv.cfg").exists()
