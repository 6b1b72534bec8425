"""Plays the runner of GitHub Actions: runs the steps of a composite action as it does.

What it plays is what ``action.yml`` uses: expressions of names, texts, ``==``, ``!=``, ``||`` and ``&&``; steps with
``shell: bash``; the files that a step writes to (GITHUB_OUTPUT, GITHUB_ENV, GITHUB_PATH, GITHUB_STEP_SUMMARY); and
workflow commands in what it prints, read as actions/runner reads them (src/Runner.Common/ActionCommand.cs and
src/Runner.Worker/ActionCommandManager.cs). Other actions are not run: a function says what each would put out.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Uses = Callable[[str, Mapping[str, str]], Mapping[str, str]]
"""Given the name of an action and its inputs, returns its outputs."""

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|\|\||&&|==|!=|[A-Za-z_][\w.-]*)")
_OPERATORS = ("||", "&&", ("==", "!="))
_KNOWN = {
    "error",
    "warning",
    "notice",
    "debug",
    "add-mask",
    "group",
    "endgroup",
    "echo",
    "stop-commands",
    "add-matcher",
}


@dataclass(frozen=True)
class Command:
    """A workflow command: ``::name key=value,key=value::message``."""

    name: str
    properties: Mapping[str, str]
    message: str


@dataclass
class Result:
    """What came of a run: the exit status of the step that failed or 0, and all that reached the runner."""

    status: int = 0
    log: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    summary: str = ""
    commands: list[Command] = field(default_factory=list)
    masks: list[str] = field(default_factory=list)
    used: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def annotations(self) -> list[Command]:
        """The commands that show something at a line, or for the run."""
        return [command for command in self.commands if command.name in ("error", "warning", "notice")]


class Runner:
    """A machine with the action of *action* (a folder) and a checkout in *workspace*; *temporary* is RUNNER_TEMP."""

    def __init__(self, action: Path, workspace: Path, temporary: Path, uses: Uses) -> None:
        self.action, self.workspace, self.temporary, self.uses = action, workspace, temporary, uses
        self.definition = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
        temporary.mkdir(parents=True, exist_ok=True)

    def run(
        self, inputs: Mapping[str, str], github: Mapping[str, Any], variables: Mapping[str, str] | None = None
    ) -> Result:
        """Run the action with *inputs* on the event that *github* describes; *variables* are those of the job."""
        assert set(inputs) <= set(self.definition["inputs"])
        contexts: dict[str, Any] = {"github": github, "steps": {}, "runner": {"temp": str(self.temporary)}}
        given = {name: evaluated(str(each.get("default", "")), contexts)
                 for name, each in self.definition["inputs"].items()}  # fmt: skip
        contexts["inputs"] = {**given, **inputs}
        result = Result()
        for step in self.definition["runs"]["steps"]:
            if result.status or ("if" in step and not _true(value_of(step["if"], contexts))):
                continue
            outputs = self._step(step, contexts, variables or {}, result)
            if "id" in step:
                contexts["steps"][step["id"]] = {"outputs": outputs}
        for name, each in self.definition["outputs"].items():
            result.outputs[name] = evaluated(each["value"], contexts)
        return result

    def _step(
        self, step: Mapping[str, Any], contexts: Mapping[str, Any], variables: Mapping[str, str], result: Result
    ) -> Mapping[str, str]:
        if "uses" in step:
            given = {name: evaluated(str(text), contexts) for name, text in step["with"].items()}
            result.used.append((step["uses"], given))
            return self.uses(step["uses"], given)
        assert step["shell"] == "bash"
        files = {name: self.temporary / f"_{name}" for name in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY")}
        for file in files.values():
            file.write_bytes(b"")
        script = self.temporary / "_script.sh"
        script.write_text(evaluated(step["run"], contexts), encoding="utf-8", newline="\n")
        environment = {
            **variables,
            **result.environment,
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            **{f"GITHUB_{name}": str(file) for name, file in files.items()},
            **{name: evaluated(str(text), contexts) for name, text in step.get("env", {}).items()},
        }
        environment["PATH"] = os.pathsep.join([*reversed(result.path), os.environ["PATH"]])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace / evaluated(step.get("working-directory", "."), contexts),
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        result.status = done.returncode
        text = done.stdout.decode("utf-8", "replace")
        result.log += text
        commands = list(commands_in(text))
        result.commands += commands
        result.masks += [command.message for command in commands if command.name == "add-mask"]
        result.environment.update(pairs(files["ENV"].read_text(encoding="utf-8")))
        result.path += files["PATH"].read_text(encoding="utf-8").splitlines()
        result.summary += files["STEP_SUMMARY"].read_text(encoding="utf-8")
        return pairs(files["OUTPUT"].read_text(encoding="utf-8"))


def evaluated(text: str, contexts: Mapping[str, Any]) -> str:
    """Return *text* with each ``${{ expression }}`` in it as its value."""
    return _EXPRESSION.sub(lambda match: _text(value_of(match[1], contexts)), text)


def value_of(expression: str, contexts: Mapping[str, Any]) -> Any:
    """Return the value of *expression*; a name that is not there is None. Raises ValueError for what is not played."""
    tokens = []
    at = 0
    expression = expression.strip()
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None:
            raise ValueError(f"the test's runner does not know {expression[at:]!r}")
        tokens.append(match[1])
        at = match.end()
    return _value(tokens, contexts)


def _value(tokens: list[str], contexts: Mapping[str, Any]) -> Any:
    for operators in _OPERATORS:  # what binds least first
        at = next((i for i, token in enumerate(tokens) if token in (operators, *operators)), None)
        if at is not None:
            left, right = _value(tokens[:at], contexts), _value(tokens[at + 1 :], contexts)
            if tokens[at] == "||":
                return left if _true(left) else right
            if tokens[at] == "&&":
                return right if _true(left) else left
            return (_text(left).lower() == _text(right).lower()) is (tokens[at] == "==")
    (token,) = tokens
    if token.startswith("'"):
        return token[1:-1].replace("''", "'")
    value: Any = contexts
    for name in token.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _true(value: Any) -> bool:
    return value not in (None, "", False, 0)


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def pairs(text: str) -> dict[str, str]:
    """Return what a file of outputs or variables sets: ``name=value`` lines, and ``name<<mark`` up to the mark."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, sign, rest = line.partition("=")
        if "<<" in name or not sign:
            name, _, mark = line.partition("<<")
            assert mark, f"the runner would fail: invalid format {line!r}"
            block = []
            for inner in lines:
                if inner == mark:
                    break
                block.append(inner)
            else:
                raise AssertionError(f"the runner would fail: matching delimiter not found {mark!r}")
            rest = "\n".join(block)
        found[name] = rest
    return found


def commands_in(log: str) -> list[Command]:
    """Return the commands in *log*, less those between ``::stop-commands::token`` and ``::token::``."""
    found: list[Command] = []
    stopped = ""
    for line in log.splitlines():
        command = parsed(line, {stopped} if stopped else _KNOWN)
        if command is None:
            continue
        if stopped:
            stopped = ""
        elif command.name == "stop-commands":
            stopped = command.message
        else:
            found.append(command)
    return found


def parsed(line: str, known: set[str]) -> Command | None:
    """Return the command that the runner takes *line* for: ``::name …::data``, or the old ``##[name …]data`` in it."""
    text = line.lstrip()
    if text.startswith("::"):
        end = text.find("::", 2)
        if end < 0:
            return None
        name, _, settings = text[2:end].strip().partition(" ")
        unescape = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
        parts, data = settings.split(","), _unescaped(text[end + 2 :], [*unescape[:2], unescape[-1]])
    else:
        start = line.find("##[")
        end = line.find("]", start)
        if start < 0 or end < 0:
            return None
        name, _, settings = line[start + 3 : end].partition(" ")
        unescape = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")]
        parts, data = settings.split(";"), _unescaped(line[end + 1 :], unescape)
    if name not in known:
        return None
    split = [part.strip().partition("=") for part in parts]
    return Command(name, {key: _unescaped(value, unescape) for key, sign, value in split if sign and value}, data)


def _unescaped(text: str, mapping: list[tuple[str, str]]) -> str:
    for escaped, char in mapping:
        text = text.replace(escaped, char)
    return text
