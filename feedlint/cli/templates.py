"""The files that ``feedlint init`` writes, and what is to be added where there is such a file already."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from feedlint.lazy import regex
from feedlint.typed import Final

# What is a character to JSON, and to YAML the end of a line, or none that it allows; and what turns a line around.
_NOT_PLAIN: Final = regex("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_ON_GITHUB: Final = regex(r"git\+https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?@([\w./-]+)")


def configuration(collections: Collection[str], baseline: str) -> str:
    """Return feedlint.toml for a feed with records in the folders *collections*, and with the file *baseline* or ""."""
    lines = ["# feedlint: https://toml.io; `feedlint config` shows what holds, `feedlint schema config` all keys."]
    if baseline:
        lines += [
            "",
            "# What was there before feedlint was: known, counted, and not reported.",
            f"baseline = {_quoted(baseline)}",
        ]
    if collections:
        lines += ["", "# Folders of records that no schema names, and the one that covers them.", "[collections]"]
        lines += (f'{_quoted(folder)} = "article"' for folder in sorted(collections))
    return "\n".join(lines) + "\n"


def hook(source: str, folder: str) -> str:
    """Return an entry for the ``repos`` of .pre-commit-config.yaml: *source* installed, for the feed in *folder*."""
    where = [] if folder == "." else [_operand(folder)]
    return f"""\
  - repo: local
    hooks:
      - id: feedlint
        name: feedlint
        language: python
        additional_dependencies: [{_quoted(source)}]
        entry: feedlint
        args: [{", ".join(map(_quoted, ["--staged", "--new-only", *where]))}]
        pass_filenames: false # it asks git itself what is staged
"""


def hooks(source: str, folder: str) -> str:
    """Return .pre-commit-config.yaml with that entry alone."""
    head = "# `pre-commit install` puts it in front of every commit: https://pre-commit.com"
    return f"{head}\nrepos:\n{hook(source, folder)}"


def github(source: str, folder: str) -> str:
    """Return a workflow of GitHub Actions that checks pull requests to the feed in *folder*."""
    return f"{_WORKFLOW}{github_step(source, folder)}"


def github_step(source: str, folder: str) -> str:
    """Return the step of that workflow which does it."""
    match = _ON_GITHUB.fullmatch(source)
    step = _ACTION.format(name=match[1], revision=match[2]) if match else _PIPX.format(source=_quoted(source))
    # GitHub looks for expressions in all values; the folder's name is none.
    name = _quoted(folder.replace("${{", "${{ '${{' }}"))
    where = "" if folder == "." else f"{' ' * 10 if match else ' ' * 8}working-directory: {name}\n"
    if match and where:
        where = f"        with:\n{where}"
    return f"{step}{where}"


def gitlab(source: str, folder: str) -> str:
    """Return a job of GitLab CI that checks merge requests to the feed in *folder*."""
    name = _quoted(_operand(folder))
    if re.search("[$%]", folder):  # GitLab looks for variables in the values of variables
        name = f"{{value: {name}, expand: false}}"
    return _JOB.format(source=_quoted(source), folder=name)


def _operand(folder: str) -> str:
    """Return *folder* so that no program takes it for an option."""
    return f"./{folder}" if folder.startswith("-") else folder


def _quoted(text: str) -> str:
    """Return *text* as a string that JSON, YAML and TOML read alike."""
    return _NOT_PLAIN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


_WORKFLOW: Final = """\
# A pull request is told what is new in it, at its lines, and does not pass while findings are left.
name: feedlint

on: pull_request

permissions:
  contents: read

concurrency:
  group: feedlint-${{ github.ref }}
  cancel-in-progress: true

jobs:
  feedlint:
    name: feedlint
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          fetch-depth: 0 # what is new can only be told with the history
          persist-credentials: false

"""
_ACTION: Final = "      - uses: {name}@{revision}\n"
_PIPX: Final = """\
      - name: Check what is new
        env:
          FEEDLINT: {source}
        run: |
          status=0
          pipx run --spec "$FEEDLINT" feedlint --since "origin/$GITHUB_BASE_REF" --new-only \\
            --output-format github --output-format "markdown=$RUNNER_TEMP/feedlint.md" || status=$?
          if [ -f "$RUNNER_TEMP/feedlint.md" ]; then cat "$RUNNER_TEMP/feedlint.md" >> "$GITHUB_STEP_SUMMARY"; fi
          exit "$status"
"""
_JOB: Final = """\
# A merge request shows what is new in it (Code Quality), and does not pass while findings are left.
feedlint:
  image: python:3.13 # has git, which the slim one has not
  variables:
    FEEDLINT: {source}
    FEED: {folder}
    GIT_DEPTH: '0' # what is new can only be told with the history
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - python -I -m venv /tmp/feedlint
    - /tmp/feedlint/bin/python -I -m pip install --quiet "$FEEDLINT"
    - git fetch --quiet origin "refs/heads/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - >-
      /tmp/feedlint/bin/feedlint --since FETCH_HEAD --new-only
      --output-format full --output-format gitlab=feedlint.json "$FEED"
  artifacts:
    when: always # also when findings are left
    reports:
      codequality: feedlint.json
"""
