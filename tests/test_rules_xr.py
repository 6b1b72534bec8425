"""What holds between records: each rule on a small feed, with literal expectations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedlint import lint_paths
from feedlint.cli import main
from feedlint.diagnostic import Diagnostic
from tests.support import ARTICLE, PATH, findings, fixed, overlay, repository

TRAM = "_news/2020-12-08-harbour-council-approves-the-new-tram-line.md"
OTHER = """\
title: "What the ferry will cost"
originalUrl: "https://www.example.com/ferry"
webUrl: "https://www.example.com/ferry"
ampWebUrl: "https://www.example.com/ferry?amp=1"
cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp=1"
"""
TOPIC = "taxonomy: topic\n_id: a\nname: %s\n"


def run(root: Path, files: dict[str, str], *, family: str = "XR") -> list[Diagnostic]:
    repository(root, dict(files))
    report = lint_paths([str(root)])
    return [d for d in report.findings if d.code.startswith(family)]


def told(found: list[Diagnostic], root: Path) -> list[tuple[str, str, str]]:
    return [(d.code, Path(d.path).relative_to(root).as_posix(), d.message.replace(f"{root}/", "")) for d in found]


# --- XR001, XR006 --------------------------------------------------------------------------------------------


def test_one_story_in_two_files_is_told_once_in_the_later(tmp_path: Path) -> None:
    found = run(tmp_path, {"_news/1.md": ARTICLE, "_news/2.md": ARTICLE, "_news/3.md": overlay(OTHER)})
    assert told(found, tmp_path) == [
        ("XR001", "_news/2.md", "originalUrl is also the originalUrl of _news/1.md"),
    ]
    (place,) = found[0].elsewhere
    assert (Path(place.path).name, place.line, place.column) == ("1.md", 6, 14)
    assert found[0].data_path == ("originalUrl",)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.com/ferry",
        "https://WWW.EXAMPLE.com/ferry",
        "https://www.example.com/ferry/",
        "https://www.example.com/ferry#top",
    ],
)
def test_addresses_of_the_same_page(tmp_path: Path, url: str) -> None:
    bare = overlay(f'webUrl: "{url}"\noriginalUrl: "https://www.example.com/{len(url)}"')
    found = run(tmp_path, {"_news/1.md": overlay(OTHER), "_news/2.md": bare}, family="XR001")
    assert [d.data_path for d in found] == [("webUrl",)]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/Ferry",
        "https://www.example.com/ferry?id=1",
        "https://example.com/ferry",
        "ferry",
        "",
        "https://www.example.com/ferry#!/tram",
        "https://www.example.com/ferry#/tram",
    ],
)
def test_addresses_of_other_pages(tmp_path: Path, url: str) -> None:
    bare = overlay(f'webUrl: "{url}"\noriginalUrl: "{url}"')
    assert run(tmp_path, {"_news/1.md": overlay(OTHER), "_news/2.md": bare}, family="XR001") == []


def test_a_story_and_a_course_may_share_an_address(tmp_path: Path) -> None:
    course = (
        '---\ntitle: "Ferries"\nexcerpt: "How they float."\nwebUrl: https://www.example.com/ferry\n'
        "type: course\nheat: 60\n"
        "provider:\n  name: Example Times\n  domain: example.com\ntopics:\n  - Public Transport\n---\n"
    )
    assert run(tmp_path, {"_news/1.md": overlay(OTHER), "_learning/courses/a.md": course}) == []


def test_three_files_point_to_the_first(tmp_path: Path) -> None:
    found = run(tmp_path, {f"_news/{number}.md": ARTICLE for number in (3, 1, 2)})
    assert [(Path(d.path).name, Path(d.elsewhere[0].path).name) for d in found] == [("2.md", "1.md"), ("3.md", "1.md")]


def test_the_same_title_at_another_address_is_information(tmp_path: Path) -> None:
    again = overlay(OTHER + 'title: "Harbour council  APPROVES the new tram line"')
    found = run(tmp_path, {"_news/1.md": ARTICLE, "_news/2.md": again})
    assert told(found, tmp_path) == [("XR006", "_news/2.md", "title is also that of _news/1.md")]
    assert found[0].severity.value == "info"


def test_the_order_of_files_makes_no_difference(tmp_path: Path) -> None:
    repository(tmp_path, {f"_news/{number}.md": ARTICLE for number in (1, 2, 3)})
    paths = [str(tmp_path / "_news" / f"{number}.md") for number in (1, 2, 3)]
    forward, backward = lint_paths(paths), lint_paths(paths[::-1])
    assert sorted(forward.findings, key=lambda d: d.path) == sorted(backward.findings, key=lambda d: d.path)


# --- XR005 ---------------------------------------------------------------------------------------------------


def test_the_usual_spelling_of_a_name(tmp_path: Path) -> None:
    def story(number: int, name: str) -> str:
        urls = OTHER.replace("ferry", f"ferry{number}").replace("Ferry", f"Ferry {number}")
        title = f'title: "What ferry number {number} will cost"'
        return overlay(f"{urls}{title}\nprovider:\n  name: {name}\n  domain: example.com")

    names = ["Example Times", "example times", "Example Times", "Example Sport", "ExampleTimes"]
    found = run(tmp_path, {f"_news/{number}.md": story(number, name) for number, name in enumerate(names)})
    assert told(found, tmp_path) == [
        (
            "XR005",
            "_news/1.md",
            'provider.name is "example times", but "Example Times" in 2 other records of its domain',
        ),
        (
            "XR005",
            "_news/4.md",
            'provider.name is "ExampleTimes", but "Example Times" in 2 other records of its domain',
        ),
    ]


# --- XR002 ---------------------------------------------------------------------------------------------------

ITEM = (
    '  - title: "A"\n    publishedDateTime: 2020-12-08T18:05:00Z\n    webUrl: "https://www.example.net/a"\n'
    "    provider:\n      name: Example Post\n      domain: example.net\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_related_story_that_is_there_twice(newline: str) -> None:
    text = overlay(f"related:\n{ITEM}{ITEM.replace('A', 'B')}").replace("\n", newline)
    (found,) = (d for d in findings(text) if d.code == "XR002")
    assert found.message == "related[1].webUrl is that of related[0] too"
    assert found.fix is not None
    assert found.fix.safety.value == "unsafe"
    assert fixed(text, found.fix) == overlay(f"related:\n{ITEM}").replace("\n", newline)


def test_a_story_related_to_itself() -> None:
    own = ITEM.replace(
        "https://www.example.net/a", "https://www.example.com/news/harbour-council-approves-the-new-tram-line/"
    )
    (found,) = (d for d in findings(overlay(f"related:\n{own}")) if d.code == "XR002")
    assert found.message == "related[0].webUrl is the record's own"
    assert found.fix is None  # it would leave an empty list


# --- XR003 ---------------------------------------------------------------------------------------------------


def topics(root: Path, taxonomy: dict[str, str | bytes], topic: str = "Trams") -> list[str]:
    repository(root, {f"_data/topics/{name}": content for name, content in taxonomy.items()})
    return [d.message for d in findings(overlay(f"topics:\n  - {topic}"), PATH, root=root) if d.code == "XR003"]


def test_a_topic_that_is_not_the_sites(tmp_path: Path) -> None:
    assert topics(tmp_path, {"a.yaml": TOPIC % "Tram", "b.yml": TOPIC % "Ferry"}) == [
        'topics[0] is "Trams", which is no topic of the site, did you mean "Tram"?'
    ]


@pytest.mark.parametrize(
    "taxonomy",
    [
        {},
        {"a.yaml": TOPIC % "Trams"},
        {"a.yaml": TOPIC % "Tram", "b.yaml": b"\xff"},
        {"a.yaml": TOPIC % "Tram", "b.yaml": "name: [\n"},
        {"a.yaml": TOPIC % "Tram", "b.yaml": "taxonomy: topic\n"},
        {"a.yaml": TOPIC % "Tram", "b.md": "---\nname: Trams\n---\n"},
    ],
)
def test_a_taxonomy_that_has_it_or_may_have_it(tmp_path: Path, taxonomy: dict[str, str | bytes]) -> None:
    assert topics(tmp_path, taxonomy) == []


def test_files_beside_the_topics_are_not_topics(tmp_path: Path) -> None:
    taxonomy: dict[str, str | bytes] = {"a.yaml": TOPIC % "Tram", ".b.yaml.swp": b"\xff", "c.txt": b"\xff"}
    taxonomy["README.md"] = "# The topics of the site\n"
    assert len(topics(tmp_path, taxonomy)) == 1


def test_a_parent_that_is_no_topic(tmp_path: Path) -> None:
    child = (TOPIC % "Trams") + "parent: Transprot\n"
    found = run(tmp_path, {"_data/topics/a.yaml": TOPIC % "Transport", "_data/topics/b.yaml": child})
    assert told(found, tmp_path) == [
        (
            "XR003",
            "_data/topics/b.yaml",
            'parent is "Transprot", which is no topic of the site, did you mean "Transport"?',
        )
    ]


# --- XR004 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "path", "wrong"),
    [
        ("Harbour council approves the new tram line", TRAM, False),
        ("Harbour council approves the new tram line – “at last”", TRAM, False),
        ("What the ferry will cost", TRAM, True),
        ("What the ferry will cost", "_news/2020-12-08-tram.md", False),
        (
            "Harbour council approves the new tram line after years of debate",
            "_news/2020-12-08-harbour-council.md",
            False,
        ),
        ("Harbour council approves the new tram line after years of debate", "_news/2020-12-08-council-tram.md", False),
        ("Harbour council approves the new tram line after years of debate", "_news/2020-12-08-tram-council.md", True),
        ("Τι θα κοστίσει το πλοίο", TRAM, False),
        ("Trams", "_news/2020-12-08-4711-0815.md", False),
        ("a " * 100_000, TRAM, True),
    ],
)
def test_the_name_of_a_file(title: str, path: str, wrong: bool) -> None:
    found = [d for d in findings(overlay(f'title: "{title}"'), path) if d.code == "XR004"]
    assert bool(found) == wrong


def test_a_long_name_is_cut() -> None:
    title = " ".join(f"word{number}" for number in range(40))
    path = f"_news/2020-12-08-{title.replace(' ', '-')[:139]}.md"
    assert [d.code for d in findings(overlay(f'title: "{title}"'), path)] == []


def test_the_name_of_a_person(tmp_path: Path) -> None:
    fields = 'name: "Ada Example"\nbio: "Plans timetables."\ntype: profile\nheat: 60\n'
    person = f"---\n{fields}topics:\n  - Public Transport\n---\n"
    found = run(tmp_path, {"_people/ada-example.md": person, "_people/bob-sample.md": person})
    assert told(found, tmp_path) == [
        ("XR004", "_people/bob-sample.md", "name is not what the file is named after: `bob-sample`"),
        ("XR006", "_people/bob-sample.md", "name is also that of _people/ada-example.md"),
    ]


# --- the run ---------------------------------------------------------------------------------------------------


def test_the_other_file_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository(tmp_path, {"_news/1.md": ARTICLE, "_news/2.md": ARTICLE})
    monkeypatch.chdir(tmp_path)
    assert main(["--quiet"]) == 1
    assert "   = see: _news/1.md:6:14: the same address\n" in capsys.readouterr().out
    assert main(["--output-format", "json"]) == 1
    (_, second) = json.loads(capsys.readouterr().out)["files"]
    assert second["diagnostics"][0]["elsewhere"] == [
        {"path": "_news/1.md", "line": 6, "column": 14, "message": "the same address"}
    ]
    assert main(["_news/2.md"]) == 0  # one file is no feed


def test_what_was_repaired_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = ARTICLE.replace("Harbour council", "Harbour’s council").replace("’", "â€™")
    other = overlay(OTHER.replace("What the ferry will cost", "Harbour’s council approves the new tram line"))
    repository(tmp_path, {"_news/1.md": damaged, "_news/2.md": other})
    monkeypatch.chdir(tmp_path)
    for option in ("--diff", "--fix"):
        main([option, "--output-format", "concise=found.txt"])
        found = Path("found.txt").read_text(encoding="utf-8")
        assert "_news/2.md:3:8: XR006 title is also that of _news/1.md" in found, option
