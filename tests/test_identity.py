"""What makes two findings the same one: not the line, not the position, not the words, but the value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from feedlint.diagnostic import Diagnostic, Label, Mute
from feedlint.identity import Key, digest_of, keys, mark, place_of, stamped
from feedlint.rule import Example, Rule
from feedlint.rules import RULES
from feedlint.source import Span
from tests.support import ARTICLE, example_files, file_text, findings, read, repository, running

BAD = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples, 1)
    if example.bad
]
_OPENER = re.compile(r"---[ \t]*(\r\n|\r|\n)")


def found(rule: Rule, example: Example, text: str, root: Path) -> list[Diagnostic]:
    """Return what *rule* finds in *text*, the file of *example* in the feed at *root*, with its digests."""
    every = findings(text, example.path, root=root, rules=running(rule))
    return stamped(read(text, example.path), [each for each in every if each.code == rule.code])


# --- every rule: moved, the same; changed, another ---------------------------------------------------------


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_every_finding_has_an_identity_that_its_words_are_no_part_of(
    rule: Rule, example: Example, tmp_path: Path
) -> None:
    root = repository(tmp_path, example_files(example))
    text = file_text(example, example.bad)
    before = found(rule, example, text, root)
    assert all(re.fullmatch("[0-9a-f]{12}", each.digest) for each in before)
    assert len(set(keys(before))) == len(before)
    raw = [d for d in findings(text, example.path, root=root, rules=running(rule)) if d.code == rule.code]
    assert stamped(read(text, example.path), [replace(d, message="other words", help="") for d in raw]) == [
        replace(d, message="other words", help="") for d in before
    ]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_finding_whose_lines_move_is_the_same(rule: Rule, example: Example, tmp_path: Path) -> None:
    root = repository(tmp_path, example_files(example))
    text = file_text(example, example.bad)
    before = keys(found(rule, example, text, root))
    for moved in shifted(text):
        assert keys(found(rule, example, moved, root)) == before, moved


def shifted(text: str) -> list[str]:
    """Return *text* with lines put in that shift all others: a comment, blank lines, the first item of each list."""
    opener = _OPENER.match(text)
    if opener is None or text.startswith("---", opener.end()):  # no record there to be moved
        return []
    top = opener.end()
    result = [text[:top] + f"# a comment{opener[1]}" * 7 + text[top:]]
    related = re.search(r"(?m)^related:\n", text)
    if related is not None:
        result.append(text[: related.end()] + _RELATED + text[related.end() :])
    images = re.search(r"(?m)^images:\n(?=  -)", text)
    if images is not None:
        result.append(text[: images.end()] + _IMAGE + text[images.end() :])
    return result


_RELATED = """\
  - title: "Why the bridge is closed"
    publishedDateTime: 2020-12-07T18:05:00Z
    webUrl: "https://www.example.net/bridge"
    type: article
    provider:
      name: Example Post
      domain: example.net
    quality: 4
"""
_IMAGE = '  - url: "https://img.example.com/other.jpg"\n    width: 1200\n    height: 630\n    isCached: true\n'


WITHOUT_ANOTHER_VALUE = {"FM002", "FM009", "FM010", "SC001", "XR001", "XR002", "XR006", "FL001"}
"""Rules about something that is not there, or is as it is elsewhere: written otherwise, nothing is found. What FL001 is
about is the name of a rule; the reason beside it may change. What FM010 is about is not read."""


OF_A_LINE = {"FM006", "YA001", "YA003"}
"""Rules about what nothing can be made of: their findings are about the line."""


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.code not in WITHOUT_ANOTHER_VALUE], ids=lambda rule: rule.code
)
def test_a_finding_whose_value_changes_is_another(rule: Rule, tmp_path: Path) -> None:
    compared = 0
    for number, example in enumerate(example for example in rule.examples if example.bad):
        root = repository(tmp_path / str(number), example_files(example))
        text = file_text(example, example.bad)
        for each in found(rule, example, text, root):
            for changed in variations(text, example.path, each):
                for after in found(rule, example, changed, root):
                    if after.data_path == each.data_path and abs(after.span.start - each.span.start) < 2:
                        assert after.digest != each.digest, changed
                        compared += 1
    assert compared


def variations(text: str, path: str, diagnostic: Diagnostic) -> Iterator[str]:
    """Yield *text* with a character more, or another digit, in a value that *diagnostic* is about."""
    document = read(text, path)
    nodes = [node for node in document.nodes if not node.children]
    spans = [node.span for node in nodes if node.path == diagnostic.data_path]
    for label in diagnostic.labels:
        spans += [
            node.span for node in nodes if node.span.start <= label.span.start and label.span.end <= node.span.end
        ]
    if diagnostic.code in OF_A_LINE:
        spans = [Span(diagnostic.span.start, document.lines.end(diagnostic.span.start))]
    for start, end in spans or [diagnostic.span]:
        for at in sorted({start, start + 1, (start + end) // 2 - 1, end - 1, end}):
            if start < at < end:
                yield f"{text[:at]}-{text[at:]}"
            if start <= at < end and text[at] in "0123456789":
                yield f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"


# --- what a digest does not depend on ----------------------------------------------------------------------


def key_of(text: str, code: str) -> Key:
    """Return the key of the only finding of the rule *code* in *text*."""
    document = read(text)
    (key,) = keys(stamped(document, [each for each in findings(text) if each.code == code]))
    return key


def test_the_digest_is_that_of_the_value_however_it_is_written() -> None:
    plain = ARTICLE.replace('title: "Harbour council', "title: Harbour cafÃ© council").replace(
        'tram line"\nex', "tram line\nex"
    )
    quoted = ARTICLE.replace("Harbour council", "Harbour cafÃ© council")
    assert key_of(quoted, "TX001") == Key(
        "TX001", "title", digest_of("Harbour cafÃ© council approves the new tram line"), 1
    )
    assert key_of(plain, "TX001") == key_of(quoted, "TX001")
    assert key_of(quoted.replace("\n", "\r\n"), "TX001") == key_of(quoted, "TX001")


def test_a_finding_is_the_same_before_and_after_its_file_can_be_read() -> None:
    text = ARTICLE.replace("Harbour council", "Harbour cafÃ© council")
    assert key_of(text.replace("type: article", 'type: "article'), "TX001") == key_of(text, "TX001")


def test_the_other_field_is_part_of_what_a_finding_is_about() -> None:
    wrong = ARTICLE.replace("/c/s/www.example.com/", "/c/s/www.example.com/de/")
    other = wrong.replace('line?amp=1"\ncdn', 'line?amp=2"\ncdn')
    assert other != wrong
    assert key_of(wrong, "UR005") != key_of(other, "UR005")
    assert key_of(wrong, "UR005")[:2] == key_of(other, "UR005")[:2] == ("UR005", "cdnAmpWebUrl")


@pytest.mark.parametrize(
    ("code", "text", "more"),
    [
        ("FM005", ARTICLE + "quality: 61\n", "category: news\n"),
        ("FM005", ARTICLE + "Once more, in print.\n", "And more.\n"),
        ("FM006", "---\ntitle: caf\udce9\n", "excerpt: the caf\udce9\n---\n"),
    ],
)
def test_what_is_found_once_for_several_lines_is_about_all_of_them(code: str, text: str, more: str) -> None:
    (key,) = {key_of(text, code), key_of(text.replace("\n", "\r\n"), code)}
    assert key_of(text + more, code) != key


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("DT003", ("2020-12-20-tram.md", "2020-12-21-tram.md", "2020-11-31-tram.md")),
        ("XR004", ("2020-12-08-a-ferry-for-all.md", "2020-12-08-no-ferry-at-all.md")),
    ],
)
def test_the_name_of_the_file_is_part_of_what_a_finding_is_about(code: str, names: tuple[str, ...]) -> None:
    digests = []
    for name in names:
        document = read(ARTICLE, f"_news/{name}")
        found = stamped(document, [d for d in findings(ARTICLE, document.path) if d.code == code])
        digests += [each.digest for each in found]
    assert len(set(digests)) == len(names)


def test_what_is_lost_in_a_comment_is_part_of_what_a_finding_is_about() -> None:
    lost = ARTICLE.replace('title: "Harbour council approves the new tram line"', "title: Harbour council #1")
    assert key_of(lost, "YA005") != key_of(lost.replace("#1", "#2"), "YA005")


def test_places_have_no_positions() -> None:
    assert place_of(()) == ""
    assert place_of(("related", 3, "provider", "name")) == "related.*.provider.name"


def test_the_same_value_twice_is_counted() -> None:
    once = Diagnostic(Span(0, 1), "m", data_path=("related", 0, "webUrl"), code="UR003", digest="0123456789ab")
    again = replace(once, span=Span(5, 6), data_path=("related", 4, "webUrl"))
    other = replace(again, digest="ba9876543210")
    assert [key.occurrence for key in keys([once, other, again])] == [1, 1, 2]


def test_who_mutes_first_has_the_word() -> None:
    here = Diagnostic(Span(0, 1), "m", code="TX001", digest="0123456789ab")
    commented = replace(here, muted=Mute("comment", "so it is"))
    known = {Key("TX001", "", "0123456789ab", 2)}
    marked = mark([here, here, commented], known, Mute("baseline"))
    assert [each.muted for each in marked] == [None, Mute("baseline"), Mute("comment", "so it is")]


def test_a_label_outside_of_all_values_counts_as_it_is_written() -> None:
    document = read(ARTICLE)
    label = Label(document.delimiters.opener.span, "here")
    (plain,) = stamped(document, [Diagnostic(Span(0, 3), "m", code="FM001")])
    (labelled,) = stamped(document, [Diagnostic(Span(0, 3), "m", code="FM001", labels=(label,))])
    assert (plain.digest, labelled.digest) == (digest_of("---"), digest_of("---", "---"))


def test_a_digest_is_made_of_any_text() -> None:
    assert digest_of("a") == "ca978112ca1b"  # the SHA-256 of FIPS 180-4
    assert digest_of("\ud800") != digest_of("\udc80")
