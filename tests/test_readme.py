"""The README shows what feedlint really prints. ``python -m tests.test_readme`` writes it anew."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from feedlint import lint_paths
from feedlint.rules import DEFAULT

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"(?ms)^```console\n\$ (feedlint .*?)\n(.*?)^```\n")


def output_of(command: str, folder: Path) -> str:
    """Return what *command* prints, run in *folder*."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    for name in ("FORCE_COLOR", "NO_COLOR"):
        environment.pop(name, None)
    program = [sys.executable, "-m", *shlex.split(command)]
    result = subprocess.run(program, cwd=folder, env=environment, capture_output=True, check=False)
    return (result.stdout + result.stderr).decode().replace("\r\n", "\n")


def as_it_should_be(readme: str) -> str:
    """Return *readme* with the output of each command as it is now, all commands run in turn in one copy."""
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(ROOT / "examples", Path(work) / "examples")

        def block(match: re.Match[str]) -> str:
            return f"```console\n$ {match[1]}\n{output_of(match[1], Path(work))}```\n"

        return CONSOLE.sub(block, readme)


def test_the_output_shown_is_real() -> None:
    readme = README.read_text(encoding="utf-8")
    assert len(CONSOLE.findall(readme)) >= 3
    assert as_it_should_be(readme) == readme


def test_the_example_feed_has_every_mistake() -> None:
    report = lint_paths([str(ROOT / "examples" / "feed")])
    assert sorted({found.code for found in report.findings}) == sorted(
        rule.code
        for rule in DEFAULT
        if rule.sees != "size"  # which is no size for an example
    )


def test_the_configuration_shown_is_understood(tmp_path: Path) -> None:
    (shown,) = re.findall(r"(?ms)^```toml\n(.*?)^```\n", README.read_text(encoding="utf-8"))
    (tmp_path / "feedlint.toml").write_text(shown, encoding="utf-8")
    (tmp_path / "feedlint-baseline.txt").write_text("# feedlint baseline 1.\n", encoding="utf-8")
    assert list(lint_paths([str(tmp_path)]).files) == []


def test_the_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


if __name__ == "__main__":
    README.write_text(as_it_should_be(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
