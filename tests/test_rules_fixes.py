"""What holds for the fixes of every rule, on records that are made up around its examples.

The fixing comes to an end, a second time it changes nothing, data changes in the fields that the findings are about and
nowhere else (as PyYAML reads it), and no finding of the rule is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from feedlint.diagnostic import Diagnostic
from feedlint.linting import fix, lint
from feedlint.repository import Repository
from feedlint.rule import Example, Rule
from feedlint.rules import RULES
from feedlint.source import parse
from tests.support import ARTICLE, example_files, overlay, read, repository

FIXABLE = [rule for rule in RULES if rule.fixable != "never"]
# The comments in the examples of FL001 name these, which must have run.
TOLD_OF = [rule for rule in RULES if rule.code in ("TX001", "TX003", "UR003") or rule.name == "invalid-value"]
_TITLES = [
    "Harbour council approves the new tram line", "Łódź: ‘the tram’ stays", "항구 전차 노선", "ميناء: الترام الجديد",
    "What the ferry costs — and why", "It’s 24/7: trams & buses", "C++ for tram drivers", "Zürich’s “Nachttram”",
]  # fmt: skip
_EXTRA = [
    "", "# a comment\n", "updatedDateTime: 2020-12-09T08:15:00Z\n", "locale: 'en-us'\n", "tags: [tram, harbour]\n",
    'sourceUrl: "https://aggregator.example.com/4711"\n', "attribution: >\n  Example\n  Times\n",
    "deleted: false  # no\n",
]  # fmt: skip


@pytest.fixture(scope="session")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A function that returns the folder with the other files of an example, made once."""

    @cache
    def root(code: str, number: int) -> Path:
        example = {rule.code: rule for rule in RULES}[code].examples[number]
        return repository(tmp_path_factory.mktemp(code), example_files(example))

    return root


def variant(example: Example, random: Random) -> str:
    """Return the bad text of *example* in a file that is otherwise like no other."""
    text = example.bad
    if not example.whole:
        base = ARTICLE
        written = re.findall(r"(?m)^(\w+):", example.bad)
        for key in ("title", "excerpt"):
            if key not in written:
                base = overlay(f'{key}: "{random.choice(_TITLES)}"', base)
        base = base.replace("type: article\n", f"type: article\n{random.choice(_EXTRA)}", 1)
        text = overlay(example.bad, base)
    if not re.search("[\r\u0085\u2028\u2029]", text) and random.random() < 0.4:
        text = text.replace("\n", "\r\n")
    if not example.whole and random.random() < 0.2:
        text = text.rstrip("\r\n")
    return text


def values(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the path and the value of each scalar in *data*."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from values(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from values(value, (*path, number))
    else:
        yield path, repr(data)


def loaded(text: str) -> dict[tuple[Any, ...], Any] | None:
    """Return what PyYAML reads in *text*, None where it cannot be read."""
    document = parse(text)
    if document.root is None:
        return None
    try:
        front = document.slice(document.delimiters.front)
        return dict(values(pyyaml.load(front, pyyaml.BaseLoader)))  # texts only
    except pyyaml.YAMLError:
        return None


def is_about(path: tuple[Any, ...], found: Diagnostic) -> bool:
    """Tell whether the value at *path* is one that *found* is about: in the same mapping or list, or below."""
    scope = found.data_path[:-1]
    return path[: len(scope)] == scope


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.code)
@given(random=st.randoms(use_true_random=False))
def test_a_fix_does_what_it_says_and_comes_to_an_end(rule: Rule, random: Random, roots: Any) -> None:
    number = random.choice([n for n, each in enumerate(rule.examples) if each.fixed is not None])
    example = rule.examples[number]
    around = Repository(roots(rule.code, number))
    document = read(variant(example, random), example.path)
    rules = [rule, *TOLD_OF] if rule.sees == "comments" else [rule]
    assert [d for d in lint(document, rules, around) if d.fix is not None]
    result = fix(document, rules, around, unsafe=True)
    assert {reason for _, reason in result.refused.values()} == set()
    assert result.fixed
    again = fix(result.document, rules, around, unsafe=True)
    assert again.fixed == []
    assert again.document.text == result.document.text
    assert [d.code for d in lint(result.document, rules, around) if d.muted is None] == []
    before, after = loaded(document.text), loaded(result.document.text)
    assert after is not None or document.root is None
    if before is not None and after is not None:
        changed = [path for path in before | after if before.get(path) != after.get(path)]
        assert [path for path in changed if not any(is_about(path, found) for found in result.fixed)] == []
