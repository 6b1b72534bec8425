"""FL001: comments that mute nothing, and that nothing but them is deleted."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint import fix_text
from feedlint.diagnostic import Diagnostic
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules import DEFAULT, RULES, select
from feedlint.source import encode
from tests.strategies import feed_file
from tests.support import ARTICLE, PATH, overlay, read

BAD = "The mayorâ€™s plan"
HELP = (
    "write `# feedlint: ignore[CODE] why` behind the line or above it, or `# feedlint: ignore-file[CODE] why` on a "
    "line of its own"
)
FORM = "this comment has no effect: it is not of the form `feedlint: ignore[CODE]`"


def told(text: str, rules: tuple[str, ...] = ()) -> list[Diagnostic]:
    found = lint(read(text), select(rules), Repository(None))
    return [d for d in found if d.code == "FL001" and d.muted is None]


def repaired(text: str) -> str:
    """Return *text* as ``--fix`` leaves it, after checking that this is the end of it."""
    fixed = fix_text(text, PATH)
    assert fixed.report.refused == []
    assert fix_text(fixed.text, PATH).text == fixed.text
    return fixed.text


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# feedlint ignore TX001", FORM),
        ("# feedlint ignore[TX001]", FORM),
        ("# feedlint-ignore: TX001", FORM),
        ("# feedlint: disable=TX001", FORM),
        ("# feedlint: noqa", FORM),
        ("#feedlint:noqa", FORM),
        ("# Feedlint: ignore", FORM),
        ("# feedlint: ignore TX001", FORM),
        ("# feedlint: ignore[TX001", FORM),
        ("# feedlint: ignore(TX001)", FORM),
        ("# feedlint: ignore-next-line[TX001]", FORM),
        ("# feedlint: off", FORM),
        ("# feedlint:", FORM),
        ("# a word # feedlint: ignore TX001", FORM),
        ("# feedlint: ignore[]", "this comment has no effect: it names no rule in its brackets"),
        ("# feedlint: ignore[ , ]", "this comment has no effect: it names no rule in its brackets"),
        (
            "# feedlint: ignore[all]",
            "this comment has no effect: `ALL` is no rule: the rules that are meant have to be named",
        ),
        (
            "# feedlint: ignore-file[TX001]",
            "this comment has no effect: what is for the whole file stands on a line of its own",
        ),
    ],
)
def test_a_comment_that_is_not_understood(comment: str, message: str) -> None:
    text = overlay(f'title: "{BAD}"  {comment}')
    found = told(text)
    assert [(d.message, d.help, d.fix) for d in found] == [(message, HELP, None)]
    assert text[slice(*found[0].span)] == comment[comment.lower().index("feedlint") - (2 if "# " in comment else 1) :]
    assert "feedlint" in repaired(text).lower()


@pytest.mark.parametrize(
    "comment",
    [
        "# feedlint likes it",
        "# see feedlint: ignore",
        "# feedlint-baseline.txt",
        "# feedlint ignores it",
        "# feedlinted",
    ],
)
def test_a_comment_about_feedlint_is_none_for_it(comment: str) -> None:
    assert told(overlay(f'title: "x" {comment}')) == []


@pytest.mark.parametrize(
    ("name", "help_", "deleted"),
    [
        ("TX01", "did you mean `TX001`?", False),
        ("moji-bake", "did you mean `mojibake`?", False),
        ("E501", "", True),
        ("QQ", "", True),
        ("x" * 90, "", True),
    ],
)
def test_a_name_of_no_rule(name: str, help_: str, deleted: bool) -> None:
    text = overlay(f'title: "x"  # feedlint: ignore[{name}]')
    shown = name if len(name) < 41 else "x" * 40 + "…"
    assert [(d.message, d.help, d.fix is not None) for d in told(text)] == [
        (f"there is no rule `{shown}` to ignore", help_, deleted)
    ]
    assert repaired(text) == (overlay('title: "x"') if deleted else text)


def test_many_names_of_no_rule_are_told_and_left() -> None:
    names = [f"QQ{number}" for number in range(11)]
    text = overlay(f'title: "x" # feedlint: ignore[{",".join(names)}]')
    assert [(d.message, d.fix) for d in told(text)] == [(f"there is no rule `{n}` to ignore", None) for n in names]
    assert repaired(text) == text
    assert repaired(text.replace(",QQ10", "")) == overlay('title: "x"')


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "result"),
    [
        ('title: "x"  # feedlint: ignore[TX001] why', 'title: "x"'),
        ('title: "é😀"\t#feedlint:ignore[TX001]  ', 'title: "é😀"'),
        ('title: "x" # note # feedlint: ignore[TX001] why', 'title: "x" # note'),
        ('title: "x" # feedlint: ignore[TX001] # feedlint: ignore[UR] # feedlint: ignore[DT]', 'title: "x"'),
        ("provider:\n  # feedlint: ignore[TX001]\n\n  name: x", "provider:\n\n  name: x"),
        ("provider:\n  # a # feedlint: ignore[TX001]\n  name: x", "provider:\n  # a\n  name: x"),
        ("provider:\n  # feedlint: ignore[TX] # feedlint: ignore[UR]\n  name: x", "provider:\n  name: x"),
        ("title: >- # feedlint: ignore[TX001]\n  x", "title: >-\n  x"),
        ("topics: [Ferry, # feedlint: ignore[TX001]\n  Tram]", "topics: [Ferry,\n  Tram]"),
        ('title: "x" # feedlint: ignore[E501, QQ] why', 'title: "x"'),
        ('title: "x" # feedlint: ignore[E501, TX001, QQ] why', 'title: "x"'),
        (f'title: "{BAD}" # feedlint: ignore[TX001,TX003] why', f'title: "{BAD}" # feedlint: ignore[TX001] why'),
        (f'title: "{BAD}" # feedlint: ignore[TX003 , TX001] why', f'title: "{BAD}" # feedlint: ignore[TX001] why'),
        (f'title: "{BAD}" # feedlint: ignore[DT, TX ,, UR,QQ]', f'title: "{BAD}" # feedlint: ignore[TX]'),
        (f'title: "{BAD}" # feedlint: ignore[TX001, TX001]', f'title: "{BAD}" # feedlint: ignore[TX001]'),
        (f'title: "{BAD}" # feedlint: ignore[TX,mojibake]', f'title: "{BAD}" # feedlint: ignore[TX]'),
        (f'title: "{BAD}" # feedlint: ignore[TX] # feedlint: ignore[TX]', f'title: "{BAD}" # feedlint: ignore[TX]'),
        (f'title: "{BAD}" # feedlint: ignore[TX, FL001]', f'title: "{BAD}" # feedlint: ignore[TX]'),
    ],
)
def test_what_is_idle_is_deleted_and_not_another_byte(lines: str, result: str, newline: str) -> None:
    text, expected = (overlay(each).replace("\n", newline) for each in (lines, result))
    fixed = fix_text(text, PATH, rules=select(["TX", "UR", "DT", "FL"]))
    assert (fixed.text, fixed.report.findings) == (expected, [])


def test_below_the_last_entry_and_at_the_end_of_a_file_of_data() -> None:
    text = ARTICLE.replace("---\n\n", "# feedlint: ignore[TX001]\n---\n\n")
    assert repaired(text) == ARTICLE
    data = "name: x\n\n# feedlint: ignore[TX001]"
    rules = select(["TX", "FL"])
    assert fix_text(data, "_data/topics/a.yaml", rules=rules).text == "name: x\n\n"
    data = "\ufeff# feedlint: ignore[TX001]\nname: x\n"
    assert fix_text(data, "_data/topics/a.yaml", rules=rules).text == "\ufeffname: x\n"


def test_where_it_is_shown() -> None:
    text = overlay(f'title: "{BAD}" # feedlint: ignore[DT, TX001, UR]')
    (found,) = told(text)
    assert found.message == "there is no finding of `DT` or `UR` here to ignore"
    assert [text[slice(*span)] for span in (found.span, found.labels[0].span)] == ["DT", "UR"]
    assert (found.data_path, found.severity.value) == (("title",), "warning")
    assert found.fix is not None
    assert found.fix.title == "Delete `DT` and `UR`"


@pytest.mark.parametrize(
    ("select_", "comment", "count"),
    [
        ("TX,FL", "ignore[UR003]", 0),  # did not run
        ("UR,FL", "ignore[UR003]", 1),
        ("TX,FL", "ignore[TX,UR]", 1),
        ("TX001,FL", "ignore[TX]", 0),  # ran in part
        ("TX,FL", "ignore[lost-characters]", 1),
        ("TX", "ignore[TX001]", 0),
        ("FL", "ignore[TX001]", 0),
        ("FL", "noqa", 1),
        ("FL", "ignore[E501]", 1),
        ("FL", "ignore[FL001]", 1),
    ],
)
def test_only_rules_that_ran_are_judged(select_: str, comment: str, count: int) -> None:
    assert len(told(overlay(f'title: "x"  # feedlint: {comment}'), tuple(select_.split(",")))) == count


def test_a_rule_that_is_off_by_default() -> None:
    off = next(rule for rule in RULES if not rule.default)
    text = overlay(f'title: "x"  # feedlint: ignore[{off.code}]')
    assert told(text) == []
    assert len(told(text, ("ALL",))) == 1
    assert len(told(overlay(f'title: "x"  # feedlint: ignore[{off.family}]'))) == (off.family != "XR")


def test_what_is_said_of_comments_is_muted_for_the_file_only() -> None:
    text = overlay('title: "x" # feedlint: ignore[TX001, FL001] # feedlint: noqa')
    assert len(told(text)) == 2
    whole = text.replace("category", "# feedlint: ignore-file[FL001] they come and go\ncategory")
    assert told(whole) == []
    assert repaired(whole) == whole
    assert told(ARTICLE.replace("category", "# feedlint: ignore-file[FL001]\ncategory")) == []


def test_a_repair_proves_that_the_data_stays() -> None:
    text = overlay("title: |+ # feedlint: ignore[TX001]\n  x\n\n# feedlint: ignore[TX001]\nexcerpt: y")
    assert repaired(text).count("feedlint") == 0
    assert read(repaired(text)).entries == read(text).entries


@given(st.randoms(use_true_random=False).map(feed_file), st.randoms(use_true_random=False))
def test_the_fix_gives_back_the_bytes_before_the_comment(file: tuple[str, object], random: Random) -> None:
    text, _ = file
    document = read(text)
    if document.root is None or "FM" in {d.code[:2] for d in lint(document, DEFAULT, Repository(None))}:
        return
    code = random.choice(["TX001", "YA", "wrong-type", "E501", "DT,UR"])
    comment = f"# feedlint: ignore[{code}] why 😀"
    node = random.choice(document.nodes[1:])
    line = document.lines.start(node.key_span.start if node.key_span else node.span.start)
    at = random.choice([line, document.lines.end(node.span.end)])
    put = f"{comment}{document.newline}" if at == line else f" {comment}"
    commented = text[:at] + put + text[at:]
    after = read(commented)
    if after.root is None or after.entries != document.entries:
        return  # it is part of a text there
    rules = tuple(rule for rule in DEFAULT if rule.family == "FL")
    ran = [rule for rule in DEFAULT if rule.sees != "feed"]
    said = [d for d in lint(after, ran, Repository(None)) if d.code == "FL001"]
    muted = [d for d in lint(after, ran, Repository(None)) if d.muted is not None]
    assert bool(said) or bool(muted)
    if code == "E501":
        assert encode(fix_text(commented, PATH, rules=rules).text) == encode(text)
    elif not muted:
        assert said[0].fix is not None
        (edit,) = said[0].fix.edits
        assert commented[: edit.span.start] + commented[edit.span.end :] == text
