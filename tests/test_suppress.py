"""Comments that mute findings: where they are comments, what they speak of, and that nothing else changes."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint import fix_text, lint_paths
from feedlint.comments import comments
from feedlint.diagnostic import Diagnostic, Mute
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules import DEFAULT, select
from feedlint.source import Span
from tests.strategies import feed_file
from tests.support import ARTICLE, PATH, overlay, read, repository

BAD = "The mayorâ€™s plan"
ASKED = "# feedlint: ignore[TX001]"


def every(text: str, path: str = PATH) -> list[Diagnostic]:
    """Return all findings in *text*, those that are muted too."""
    return lint(read(text, path), DEFAULT, Repository(None))


def muted(text: str, path: str = PATH) -> list[str]:
    return [d.code for d in every(text, path) if d.muted is not None]


def left(text: str, path: str = PATH) -> list[str]:
    return [d.code for d in every(text, path) if d.muted is None]


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "lines",
    [
        f'title: "{BAD}"  {ASKED} it is so in print',
        f'title: "{BAD}" #FeedLint:IGNORE[tx001]it is so in print',
        f'title: "{BAD}" # feedlint : ignore [ TX003 , TX001 ] - it is so in print',
        f"title: {BAD} # feedlint: ignore[mojibake] — it is so in print",
        f"title: {BAD} # feedlint: ignore[TX,UR] it is so in print",
        f'title: "{BAD}" # 訂正 😀 {ASKED} it is so in print',
        f'title: "{BAD}"\t{ASKED} it is so in print # feedlint: ignore[TX003]',
        f"title: >-  {ASKED} it is so in print\n  The\n  {BAD}",
        f"title: |  {ASKED} it is so in print\n  {BAD}\n\n  # feedlint: ignore[TX003]\n",
        f'title: "{BAD}\n  for the ferry"  {ASKED} it is so in print',
        f"title: 'The {BAD}\n  # feedlint: ignore[TX003]\n  for the ferry' {ASKED} it is so in print",
        f"title:  {ASKED} it is so in print\n  # a word\n  {BAD}\n  for the ferry",
        f'title:\n  {ASKED} it is so in print\n  "{BAD}"',
        f'title:\n\n  # a word {ASKED} it is so in print\n\n  # more words\n  "{BAD}"',
    ],
)
def test_a_comment_mutes_what_is_on_its_line(lines: str, newline: str, start: str) -> None:
    text = start + overlay(lines).replace("\n", newline)
    assert [d.muted for d in every(text) if d.code == "TX001"] == [Mute("comment", "it is so in print")]


def test_a_value_that_is_missing_at_the_end_of_its_line_is_on_it() -> None:
    title = 'title: "Harbour council approves the new tram line"'
    assert muted(ARTICLE.replace(title, "# feedlint: ignore[SC003]\ntitle:")) == ["SC003"]


@pytest.mark.parametrize(
    "lines",
    [
        f'title: "{BAD} {ASKED}"',
        f"title: '{BAD}\n  {ASKED}\n  it is'",
        f"title: {BAD}{ASKED.replace(': ', ':')}",
        f"title: |\n  {BAD}\n  {ASKED}",
        f'note: {{title: "{ASKED}"}}\ntitle: "{BAD}"',
        f'? "note {ASKED}"\n: x\ntitle: "{BAD}"',
    ],
)
def test_a_number_sign_in_a_text_or_a_key_begins_no_comment(lines: str) -> None:
    text = overlay(lines)
    assert "TX001" in left(text)
    assert comments(read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        overlay(f'title: "{BAD}"\nexcerpt: "x"  {ASKED}'),  # on another line
        overlay(f'{ASKED}\nprovider:\n  name: "{BAD}"\ntitle: "{BAD}"'),
        overlay(f"title: |\n  {BAD}\n").replace("excerpt:", f"{ASKED}\nexcerpt:"),  # below it, for the next line
        overlay(f'title: "{BAD}"').replace("---\n\n", f"---\n{ASKED}\n"),  # behind the record
        overlay(f'title: "{BAD}" # feedlint-baseline'),
        overlay(f'title: "{BAD}" # feedlint ignores it'),
    ],
)
def test_a_comment_elsewhere_mutes_nothing(text: str) -> None:
    assert "TX001" in left(text)
    assert muted(text) == []


ITEM = "  - title: {}\n    webUrl: {}\n"


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        # What is said of the mapping itself, and not of what is in it.
        ("provider: # feedlint: ignore[SC,TX]\n  logo: 1\n  name: 'Example  Times'", ["SC002"]),
        ("related:\n  - # feedlint: ignore[SC001]\n    title: x", []),
        ("related:\n  # feedlint: ignore[SC001]\n  - title: x", []),
        ("related:\n  - title: x # feedlint: ignore[SC001]", []),
        ("related: # feedlint: ignore[SC001]\n  - title: x", ["FL001", "SC001"]),
        ("topics: [Ferry, # feedlint: ignore[SC004]\n  Ferry]", ["FL001", "SC004"]),
        ("topics: [Ferry,\n  Ferry] # feedlint: ignore[SC004]", []),
        ("topics: [Ferry,\n  # feedlint: ignore[SC004]\n  Ferry # x\n  ]", []),
    ],
)
def test_behind_a_key_a_comment_is_about_the_mapping_or_the_list_itself(lines: str, codes: list[str]) -> None:
    text = overlay(lines)
    without = overlay("\n".join(line.split(" # feedlint")[0].split("# feedlint")[0] for line in lines.split("\n")))
    rules = select(["SC001", "SC002", "SC004", "FL"])
    found = lint(read(text), rules, Repository(None))
    assert lint(read(without), rules, Repository(None)) != []
    assert [d.code for d in found if d.muted is None] == codes


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE.replace("category", "# feedlint: ignore-file[TX, UR003] so it is\ncategory").replace("council", BAD),
        ARTICLE.replace("  name", "  # feedlint: ignore-file[mojibake] so it is\n  name").replace("council", BAD),
        ARTICLE.replace("\n---\n", "\n  # feedlint: ignore-file[TX001] so it is\n---\n").replace("council", BAD),
    ],
)
def test_a_comment_for_the_file_mutes_all_of_it(text: str) -> None:
    found = [d for d in every(text) if d.code == "TX001"]
    assert [d.muted for d in found] == [Mute("comment", "so it is")] * len(found)
    assert found


def test_what_is_shown_at_a_delimiter_is_muted_for_the_file() -> None:
    text = "\ufeff" + ARTICLE.replace("category", "# feedlint: ignore-file[FM007, SC001]\ncategory").replace(
        "type: article\n", ""
    )
    assert (muted(text), left(text)) == (["FM007", "SC001"], [])


def test_the_nearest_comment_has_the_word() -> None:
    text = overlay(f'title: "{BAD}" {ASKED} near').replace("category", "# feedlint: ignore-file[TX001] far\ncategory")
    found = every(text)
    assert [(d.code, d.muted and d.muted.reason) for d in found] == [("FL001", None), ("TX001", "near")]
    assert text[found[0].span.start : found[0].span.end] == "# feedlint: ignore-file[TX001] far"


def test_a_file_of_data_has_comments_too() -> None:
    text = "\ufeff# feedlint: ignore-file[FM007, SC]\nname: x # feedlint: ignore[TX001]\n"
    assert (muted(text, "_data/topics/a.yaml"), left(text, "_data/topics/a.yaml")) == (["FM007", "SC001"], ["FL001"])


def test_a_file_without_a_record_never_passes() -> None:
    text = "---\n# feedlint: ignore-file[FM, YA, SC, TX]\ntitle: [\n---\n"
    assert muted(text) == []
    assert "YA001" in left(text)
    assert "FL001" not in left(text)


def test_what_is_muted_is_not_repaired_and_the_rest_is() -> None:
    text = overlay(f'title: "{BAD}" {ASKED}\nexcerpt: "{BAD} for it"')
    fixed = fix_text(text, PATH)
    assert fixed.text == overlay(f'title: "{BAD}" {ASKED}\nexcerpt: "The mayor’s plan for it"')
    assert (dict(fixed.report.fixed), fixed.report.findings) == ({"TX001": 1}, [])
    assert fix_text(fixed.text, PATH).text == fixed.text


@pytest.mark.parametrize(
    ("lines", "repaired"),
    [
        (f"title: {BAD}&amp;&#58; x  {ASKED}", f'title: "{BAD}&: x"  {ASKED}'),  # plain becomes quoted
        (f"title: >- {ASKED}\n  {BAD}&#13;x", None),
    ],
)
def test_a_repair_leaves_a_comment_at_work(lines: str, repaired: str | None) -> None:
    fixed = fix_text(overlay(lines), PATH)
    if repaired is not None:
        assert fixed.text == overlay(repaired)
    assert fixed.text.count(ASKED) == 1
    assert muted(fixed.text) == ["TX001"]


def test_a_repair_that_makes_a_comment_idle_is_made_and_the_comment_goes() -> None:
    text = overlay("provider:\n  nme: Example Times # feedlint: ignore[SC002] as they call it\n  domain: example.com")
    assert muted(text) == ["SC002"]
    text = overlay(f'excerpt: "{BAD} &nbsp;" # feedlint: ignore[TX006] there is none yet\ntitle: "{BAD}"')
    fixed = fix_text(text, PATH)
    assert "feedlint" not in fixed.text
    assert fixed.report.refused == []
    assert fix_text(fixed.text, PATH).text == fixed.text


def test_a_repair_does_not_cut_a_comment_off_from_its_line() -> None:
    text = ARTICLE.replace("type: article\n", "").replace(
        "quality: 61", "# feedlint: ignore[SC003] as they have it\nquality: x"
    )
    assert muted(text) == ["SC003"]
    fixed = fix_text(text, PATH)
    assert [d.code for d in lint(read(fixed.text), DEFAULT, Repository(None)) if d.muted] == ["SC003"]


STORY = "https://www.example.com/twice"


def twice(root: Path, comment: str) -> list[Path]:
    """Write a feed with a story that is there twice, the second time with *comment*; return its two files."""
    first = overlay(f'webUrl: "{STORY}"')
    second = overlay(f'title: "Another"\noriginalUrl: "{STORY}/2"\nwebUrl: "{STORY}" {comment}')
    names = ["_news/2020-12-08-a.md", "_news/2020-12-08-b.md"]
    repository(root, dict(zip(names, (first, second), strict=True)))
    return [root / name for name in names]


def feed(*paths: Path) -> list[tuple[str, bool]]:
    """Return the code of each finding that is about comments or the feed, and whether it is muted."""
    report = lint_paths([str(path) for path in paths])
    found = [d for file in report.files for d in file.diagnostics]
    assert all(d.path.endswith("-b.md") for d in found if d.code in ("XR001", "FL001"))
    return [(d.code, d.muted is not None) for d in found if d.code in ("XR001", "FL001")]


def test_a_finding_about_the_whole_feed_is_muted(tmp_path: Path) -> None:
    files = twice(tmp_path, "# feedlint: ignore[XR001] it has two homes")
    assert feed(tmp_path) == feed(*files) == [("XR001", True)]
    assert feed(files[1]) == []


def test_a_comment_for_a_family_that_is_in_part_about_the_feed(tmp_path: Path) -> None:
    files = twice(tmp_path, "# feedlint: ignore[XR]")
    assert feed(tmp_path) == [("XR001", True)]
    assert feed(files[1]) == []


def test_only_a_run_over_the_whole_feed_calls_such_a_comment_idle(tmp_path: Path) -> None:
    files = twice(tmp_path, "# feedlint: ignore[TX001, duplicate-title]")
    here = "there is no finding of `TX001` here to ignore"
    feeds = "there is no finding of `duplicate-title` here to ignore"
    for paths, messages in (([files[1]], [here]), ([tmp_path / "_news"], [here]), ([tmp_path], [here, feeds])):
        found = [d for d in lint_paths([str(path) for path in paths]).findings if d.code == "FL001"]
        assert [d.message for d in found] == messages
    assert (found[1].fix, found[1].help) == (None, "delete it")


@pytest.mark.parametrize("comment", ["# feedlint: noqa", "# feedlint: ignore[TX01]"])
def test_a_run_over_the_whole_feed_tells_once_of_a_comment_that_is_not_understood(tmp_path: Path, comment: str) -> None:
    twice(tmp_path, comment)
    assert feed(tmp_path) == [("XR001", False), ("FL001", False)]


def test_what_only_the_whole_feed_tells_of_comments_is_muted_for_the_file(tmp_path: Path) -> None:
    _, file = twice(tmp_path, "# feedlint: ignore[duplicate-title]")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("category", "# feedlint: ignore-file[FL001]\ncategory"), encoding="utf-8")
    assert feed(tmp_path) == [("XR001", False), ("FL001", True)]


def test_a_file_with_many_comments_takes_no_more_time_than_its_size() -> None:
    lines = "".join(f"  k{number}: x # feedlint: ignore[TX001]\n" for number in range(3_000))
    stacked = "# feedlint: ignore[SC]\n" * 3_000
    flow = "[" + "[[]], # feedlint: ignore[TX]\n " * 1_000 + "x]"
    begun = time.perf_counter()
    assert len(comments(read(f"---\na:\n{lines}{stacked}b: {flow}\n---\n"))) == 7_000
    assert time.perf_counter() - begun < 5
    found = [Diagnostic(Span(at, at), "m", code="TX001") for at in range(3_000)]
    asked = comments(read(f"---\na:\n{lines}{stacked}b: {flow}\n---\n"))
    from feedlint.suppress import mark

    begun = time.perf_counter()
    assert mark(found, asked).findings != found
    assert time.perf_counter() - begun < 5


@given(st.randoms(use_true_random=False).map(feed_file), st.randoms(use_true_random=False))
def test_a_comment_mutes_its_finding_and_changes_nothing_else(file: tuple[str, object], random: Random) -> None:
    text, _ = file
    document = read(text)
    before = every(text)
    here = [
        d
        for d in before
        if d.code[:2] in ("TX", "UR", "SC")
        and d.span.start >= document.delimiters.front.start
        and "#" not in document.lines.text(document.lines.position(d.span.start)[0])
    ]
    if document.root is None or not here:
        return
    chosen = random.choice(here)
    at = document.lines.end(chosen.span.start)
    commented = text[:at] + f" # feedlint: ignore[{chosen.code}] so it is" + text[at:]
    after = read(commented)
    if after.root is None or after.entries != document.entries or len(comments(after)) != 1:
        return  # the line ends inside of a text
    found = lint(after, DEFAULT, Repository(None))
    # Others of that code may stand on the line; whatever else there was is there, as it was.
    assert [d.code for d in found] == [d.code for d in before]
    number = before.index(chosen)
    assert found[number].muted == Mute("comment", "so it is")
    assert {d.code for d in found if d.muted is not None} == {chosen.code}
    only = lint(
        after, [rule for rule in select(["FL", "TX", "UR", "SC"]) if rule.code != chosen.code], Repository(None)
    )
    assert [d for d in only if d.code == "FL001"] == []  # its rule did not run
