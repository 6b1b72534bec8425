"""Every example of every rule: it finds what it says, fixes to what it says, and nothing else speaks up."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rule import Example, Rule
from feedlint.rules import RULES
from feedlint.tree import usual_newline
from tests.support import example_files, file_text, fixed, found_in, read, repository

CASES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples, 1)
]
BAD = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples, 1)
    if example.bad
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example, tmp_path: Path) -> None:
    root = repository(tmp_path, example_files(example))
    if example.good:
        assert found_in(rule, example, file_text(example, example.good), root) == []
        return
    text = file_text(example, example.bad)
    found = found_in(rule, example, text, root)
    own = [diagnostic for diagnostic in found if diagnostic.code == rule.code]
    assert own, f"{rule.code} finds nothing"
    assert {diagnostic.code for diagnostic in found} == {rule.code, *example.also}
    fixes = [diagnostic.fix for diagnostic in own if diagnostic.fix is not None]
    if example.fixed is None:
        assert fixes == []
        return
    assert {fix.safety for fix in fixes} == {example.safety}
    repaired = file_text(example, example.fixed)
    for fix in fixes[:1] if len(fixes) == 1 else ():
        assert fixed(text, fix, example.path) == repaired
    left = [d.code for d in found_in(rule, example, repaired, root)]
    assert left == list(example.also)


class Guarded:
    """What is around a record, for a rule that must not look."""

    def names(self, folder: str) -> list[str]:
        raise AssertionError(f"it looks into {folder}")

    def alike(self, folder: str, name: str) -> list[str]:
        raise AssertionError(f"it looks for {name} in {folder}")

    def open(self, path: str, *, within: bool = False) -> BinaryIO:
        raise AssertionError(f"it opens {path}")

    def newline(self, folder: str, suffixes: tuple[str, ...]) -> str | None:
        return usual_newline(folder, suffixes)  # which tells of records, not of what is around them


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_that_looks_around_says_so(rule: Rule, example: Example, tmp_path: Path) -> None:
    around = Repository(tmp_path, tree=Guarded())
    looks = False
    for text in filter(None, (example.bad, example.good)):
        try:
            lint(read(file_text(example, text), example.path), [rule], around)
        except AssertionError:
            looks = True
    assert rule.around or not looks


def test_codes_and_names_are_unique_and_in_order() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    families = list(dict.fromkeys(rule.family for rule in RULES))
    assert families == ["FM", "YA", "SC", "TX", "DT", "UR", "IM", "XR", "FL"]
    for family in families:
        own = [rule.code for rule in RULES if rule.family == family]
        assert own == sorted(own)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_documented_and_shown(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert "## Why" in rule.doc
    assert ("## Fix safety" in rule.doc) == (rule.fixable != "never")
    assert any(example.bad for example in rule.examples)
    assert any(example.good for example in rule.examples)


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_the_words_are_in_one_style(rule: Rule, example: Example, tmp_path: Path) -> None:
    root = repository(tmp_path, example_files(example))
    for diagnostic in found_in(rule, example, file_text(example, example.bad), root):
        assert not diagnostic.message.endswith(".")
        assert "\n" not in diagnostic.message + diagnostic.help
        if diagnostic.fix is not None:
            assert diagnostic.fix.title[0].isupper()
            assert not diagnostic.fix.title.endswith(".")
