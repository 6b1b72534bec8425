"""SC005: the scores of a story go together."""

from __future__ import annotations

import pytest

from feedlint.diagnostic import Diagnostic
from feedlint.rules import sc
from tests.support import ARTICLE, PATH, findings, overlay

TITLE = 'title: "Straßenbahn 🚋 — 新"\n'  # multi-byte text before the span
STORY = """\
  - title: "What the tram line will cost"
    publishedDateTime: 2020-12-08T18:05:00Z
    webUrl: "https://www.example.net/tram-costs"
    quality: 41
    provider:
      name: Example Post
      domain: example.net
"""


def scores(quality: str, heat: str, published: str, stories: int = 0) -> str:
    related = "related:\n" + STORY * stories if stories else ""
    return overlay(f"{TITLE}quality: {quality}\nheat: {heat}\npublished: {published}\n{related}")


def found(text: str, path: str = PATH) -> list[Diagnostic]:
    return [d for d in findings(text, path, rules=sc.RULES) if d.code == "SC005"]


WRONG = [
    (("11", "69", "true"), 0, "heat is 69, but published is true", ["69", "true"]),
    (("11", "70", "false"), 0, "heat is 70, but published is false", ["70", "false"]),
    (("11", "-1", "true"), 0, "heat is -1, but published is true", ["-1", "true"]),
    (("0", "0", "true"), 0, "heat is 0, but published is true", ["0", "true"]),
    (("72", "71", "true"), 0, "heat is 71, but quality is 72", ["71", "72"]),
    (("62", "71", "true"), 1, "heat is 71, but quality is 62, which with 10 for the related story is 72",
     ["71", "62", "related"]),
    (("60", "79", "true"), 2, "heat is 79, but quality is 60, which with 10 for each of 2 related stories is 80",
     ["79", "60", "related"]),
    (("9", "8", "true"), 0, "heat is 8, but published is true, and quality is 9", ["8", "true", "9"]),
    (("61", '"7"', "true"), 0, "heat is 7, but published is true, and quality is 61", ['"7"', "true", "61"]),
    (("11", "71.0", "'false'"), 0, "heat is 71, but published is false", ["71.0", "'false'"]),
    (("11", "71", "no"), 0, "heat is 71, but published is false", ["71", "no"]),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("values", "stories", "message", "under"), WRONG, ids=[case[2] for case in WRONG])
def test_scores_that_disagree_are_one_finding(
    values: tuple[str, str, str], stories: int, message: str, under: list[str], newline: str
) -> None:
    text = scores(*values, stories).replace("\n", newline)
    (finding,) = found(text)
    assert finding.message == message
    assert [text[slice(*span)] for span in (finding.span, *(label.span for label in finding.labels))] == under
    assert (finding.severity, finding.fix, finding.data_path) == ("warning", None, ("heat",))
    assert finding.help == "correct the score that is wrong"


RIGHT = [
    (("0", "70", "true"), 0),
    (("69", "69", "false"), 0),
    (("189", "-1", "false"), 0),
    (("189", "-1", "false"), 3),
    (("0", "0", "false"), 0),
    (("60", "80", "true"), 2),
    (("60", "309", "true"), 2),
]


@pytest.mark.parametrize(("values", "stories"), RIGHT)
def test_scores_that_agree(values: tuple[str, str, str], stories: int) -> None:
    assert found(scores(*values, stories)) == []


@pytest.mark.parametrize(
    "values",
    [
        ("high", "71", "false"),
        ("11", "hot", "true"),
        ("11", "71", "maybe"),
        ("11", "71", "null"),
        ("11", "[71]", "false"),
        ("11", "-2", "true"),
        ("-5", "71", "false"),
        ("11", "9" * 5000, "false"),
        ("11", "'" + "9" * 5000 + "'", "false"),
        ("11", "1.0e+999", "false"),
        ("11", ".nan", "false"),
        ("11", "true", "false"),
        ("11", '"\\ud800"', "false"),
        ("11", '""', "false"),
    ],
)
def test_what_is_no_score_is_left_to_other_rules(values: tuple[str, str, str]) -> None:
    assert found(scores(*values)) == []


@pytest.mark.parametrize("name", ["quality", "heat", "published"])
def test_records_without_all_three_are_left_alone(name: str) -> None:
    text = scores("11", "71", "false")
    line = next(line for line in text.split("\n") if line.startswith(f"{name}:"))
    assert found(text.replace(line + "\n", "")) == []


def test_an_alias_is_read_and_the_last_of_two_counts() -> None:
    text = scores("&a 90", "80", "true")
    assert [d.message for d in found(text)] == ["heat is 80, but quality is 90"]
    assert [d.message for d in found(scores("&a 90", "*a", "false"))] == ["heat is 90, but published is false"]
    assert found(text.replace("heat: 80", "heat: 80\nheat: 90")) == []


def test_every_collection_with_these_scores_is_looked_at() -> None:
    text = overlay("published: false")
    assert len(found(text, "_recipes/a.md")) == 1
    assert found(text.replace("quality: 61\n", ""), "_recipes/a.md") == []


def test_a_related_story_has_scores_of_its_own() -> None:
    text = overlay(
        "heat: 90\nrelated:\n" + STORY.replace("quality: 41", "quality: 41\n    heat: 40\n    published: no")
    )
    (finding,) = found(text)
    assert finding.message == "related[0].heat is 40, but related[0].quality is 41"
    assert found(ARTICLE) == []


def test_flow_style() -> None:
    text = overlay("heat: 79\nrelated: [{title: a}, {title: b}]")
    (finding,) = found(text)
    assert [text[slice(*label.span)] for label in finding.labels] == ["61", "related"]
