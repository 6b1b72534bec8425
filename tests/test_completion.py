"""``feedlint completion``: what is offered, and that real shells offer it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from feedlint import catalogue
from feedlint.cli import COMMANDS, completion, main
from feedlint.formats import FORMATS
from feedlint.rules import RULES

ROOT = Path(__file__).parent.parent


def offered(*words: str) -> list[str]:
    return [candidate.text for candidate in completion.candidates(words)]


# --- what is offered ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--sel"], ["--select"]),
        (["--fix", "--fi"], []),
        (["--ignore", "TX", "--ign"], ["--ignore"]),  # may be repeated
        (["--select", "TX00"], ["TX001", "TX002", "TX003", "TX004", "TX005", "TX006", "TX007", "TX008", "TX009"]),
        (["--select", "tx001"], ["TX001"]),
        (["--select", "moj"], ["mojibake"]),
        (["--select", "a"], ["ALL", "ambiguous-scalar", "amp-pair-incomplete", "amp-foreign-site"]),
        (["--ignore", "TX001,moj"], ["TX001,mojibake"]),
        (["--extend-select=moj"], ["--extend-select=mojibake"]),
        (["--extend-select=TX,moj"], ["--extend-select=TX,mojibake"]),
        (["--color", ""], ["auto", "always", "never"]),
        (["--color=a"], ["--color=auto", "--color=always"]),
        (["--output-format", "con"], ["concise"]),
        (["--output-format", "full", "--output-format", "con"], ["concise"]),
        (["--output-format", "json=out"], ["/json="]),
        (["--output-format=json=out"], ["/--output-format=json="]),
        (["--schema", "x"], ["/"]),
        (["--schema=x"], ["/--schema="]),
        (["--today", ""], []),
        (["_news"], ["/"]),
        (["_news", ""], ["/"]),
        (["--fix", "--", "--no"], ["/"]),
        (["sch"], ["/", "schema"]),
        (["rule", "--out"], ["--output-format"]),
        (["rule", "--output-format", ""], ["text", "json"]),
        (["rule", "moj"], ["mojibake"]),
        (["rule", "TX001", ""], []),
        (["rule", "--output-format", "json", "moj"], ["mojibake"]),
        (["schema", "art"], ["article"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["init", ""], ["/"]),
        (["init", "--ci", ""], ["github", "gitlab", "none"]),
        (["--no-such-option", "val", "--sel"], ["--select"]),
    ],
)
def test_what_is_offered(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_all_there_is_is_offered() -> None:
    assert offered("") == ["/", *COMMANDS]
    assert offered() == ["/", *COMMANDS]
    assert offered("--output-format", "") == list(FORMATS)
    assert offered("schema", "") == catalogue.names()
    assert {rule.code for rule in RULES} | {rule.name for rule in RULES} < set(offered("rule", ""))
    assert {"--help", "--fix", "--output-file", "--version"} <= set(offered("-"))


def test_what_it_is_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "--words", "--show"]) == 0
    assert capsys.readouterr().out == "--show-files\tlist the files in scope, and stop\n"
    assert main(["completion", "--words", "--fix", "x"]) == 0
    assert capsys.readouterr().out == "/\n"
    assert main(["completion", "fish"]) == 0
    assert capsys.readouterr().out == completion.script("fish")
    assert main(["completion"]) == 2
    assert capsys.readouterr().err == "feedlint: error: completion of which shell: bash, zsh, fish?\n"


def test_every_argument_is_known_by_what_it_is_called() -> None:
    """What has a metavar that nobody completes is among these, on purpose."""
    parsers = [import_module(f"feedlint.cli.{name}").parser() for name in ("options", *COMMANDS)]
    named = {str(each.metavar) for parser in parsers for each in parser._actions if each.metavar and not each.choices}
    assert named - {*completion._FILES, *completion._LISTS} == {"DATE", "N", "SPEC", "WORD", "dask=ADDRESS"}


def test_revisions_of_the_repository_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    parser = argparse.ArgumentParser()
    parser.add_argument("--since", metavar="REV")

    def revisions() -> list[str]:
        return [candidate.text for candidate in completion._following(parser, ["--since"], "")]

    assert revisions() == []  # not in a repository
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "--message=x"], check=True)
    subprocess.run([*git, "branch", "topic/é"], check=True)
    subprocess.run([*git, "tag", "v1"], check=True)
    assert revisions() == ["main", "topic/é", "v1"]


# --- in real shells ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a file and two folders; feedlint is on the path, and what it prints for a shell above."""
    program = tmp_path / "bin" / "feedlint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m feedlint "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    for shell in ("bash", "zsh", "fish"):
        (tmp_path / f"completion.{shell}").write_text(completion.script(shell))
    work = tmp_path / "work"
    (work / "my news é").mkdir(parents=True)
    (work / "_news").mkdir()
    (work / "_news" / "a.md").touch()
    monkeypatch.chdir(work)
    return work


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(os.name != "posix" or shutil.which(shell) is None, reason=f"there is no {shell} here")


def output(*command: str, stdin: str = "") -> list[str]:
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, check=True, timeout=60
    ).stdout.splitlines()


@needs("bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--show"], ["--show-files"]),
        (["--select", "=", "TX001,moj"], ["TX001,mojibake"]),  # as bash takes it apart
        (["--select", "TX001,moj"], ["TX001,mojibake"]),
        (["--color", "="], ["auto", "always", "never"]),
        (["--output-format", "json", "=", "my"], ["my news é"]),
        (["--output-format", "=", "json", "=", "my"], ["my news é"]),
        (["--fix", "_news/"], ["_news/a.md"]),
        (["_n"], ["_news"]),
        (["rule", "moj"], ["mojibake"]),
        (["sche"], ["schema"]),
        ([""], ["_news", "my news é", *COMMANDS]),
    ],
)
def test_bash(folder: Path, words: list[str], expected: list[str]) -> None:
    script = """
        source ../completion.bash
        complete -p feedlint >/dev/null
        COMP_WORDS=(feedlint "$@") COMP_CWORD=$#
        _feedlint feedlint
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    found = output("bash", "--norc", "-c", script, "bash", *words)
    assert sorted(found) == sorted(expected)


@needs("fish")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--show", ["--show-files\tlist the files in scope, and stop"]),
        ("--select=TX001,moj", ["--select=TX001,mojibake"]),
        ("--output-format json=my", ["json=my news é/"]),
        ("--fix _news/", ["_news/a.md"]),
        ("rule moj", ["mojibake"]),
    ],
)
def test_fish(folder: Path, line: str, expected: list[str]) -> None:
    script = f"source ../completion.fish; complete -C 'feedlint {line}'"
    found = output("fish", "--no-config", "-c", script)
    assert [text if "\t" in expected[0] else text.partition("\t")[0] for text in found] == expected


@needs("zsh")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--show", "--show-files "),
        ("--select=TX001,moj", "--select=TX001,mojibake "),
        ("--output-format json=my", "--output-format json=my\\ news\\ é/"),
        ("--fix _news/", "--fix _news/a.md "),
        ("rule moj", "rule mojibake "),
    ],
)
def test_zsh(folder: Path, line: str, expected: str) -> None:
    # The line editor runs in a terminal of its own, and what it made of the line is asked by a key.
    script = f"""
        zmodload zsh/zpty
        zpty shell 'TERM=dumb LC_ALL=C.UTF-8 PS1= zsh -f -i'
        zpty -w shell 'autoload -Uz compinit && compinit -u -D && source ../completion.zsh'
        zpty -w shell 'show() {{ print -r -- "<<$BUFFER>>" >line }}; zle -N show; bindkey "^X" show'
        zpty -w shell 'stty -echo; print REA''DY'
        zpty -r -m shell out '*READY*'
        zpty -n -w shell $'feedlint {line}\\t\\x18'
        for i in {{1..200}}; do [[ -s line ]] && break; sleep 0.1; done
        cat line
        zpty -d shell
    """
    assert output("zsh", "-f", "-c", script) == [f"<<feedlint {expected}>>"]
