"""``docs/rules`` says what the rules say, with output as it is. ``python -m tests.test_docs`` writes it anew."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedlint.explain import explain, safeties
from feedlint.formats import full
from feedlint.report import FileReport, Report
from feedlint.rule import Example, Rule
from feedlint.rules import RULES
from tests.support import example_files, file_text, found_in, read, repository

DOCS = Path(__file__).parent.parent / "docs" / "rules"
FAMILIES = {
    "FM": "front matter: can every reader find the record?",
    "YA": "YAML: does every reader read the same data?",
    "SC": "schema: is it the record the apps expect?",
    "TX": "text: is it what the publisher wrote?",
    "DT": "dates: is it when the story appeared?",
    "UR": "URLs: do they lead to the story?",
    "IM": "images: are they there, and as large as declared?",
    "XR": "across records: does the feed hold together?",
    "FL": "feedlint's own comments: do they do what they say?",
}


def page(rule: Rule) -> str:
    """Return the page of *rule*."""
    with tempfile.TemporaryDirectory() as folder:
        return explain(rule, lambda example: output(rule, example, Path(folder))) + "\n"


def output(rule: Rule, example: Example, folder: Path) -> str:
    """Return what is printed of the bad text of *example*."""
    root = folder / str(rule.examples.index(example))
    root.mkdir()
    repository(root, example_files(example))
    text = file_text(example, example.bad)
    found = [d for d in found_in(rule, example, text, root) if d.code == rule.code]
    stream = io.StringIO()
    shown = read(text, example.path, limit=example.limit).text
    full.write(Report([FileReport(example.path, found, shown)]), stream, quiet=True)
    return stream.getvalue()


def index() -> str:
    """Return the page that lists all rules."""
    lines = [
        "# The rules",
        "",
        "Each has a code, to select it by, and a name. `feedlint rule CODE` shows the same pages.",
    ]
    for family, title in FAMILIES.items():
        lines += ["", f"## {family} {title}", "", "| code | name | asks that | severity | fix |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        for rule in RULES:
            if rule.family == family:
                link = f"[{rule.code}]({rule.code}.md)"
                off = "" if rule.default else ", off by default"
                summary = rule.summary.replace("|", "\\|")
                lines.append(f"| {link} | {rule.name} | {summary} | {rule.severity.value}{off} | {safeties(rule)} |")
    return "\n".join(lines) + "\n"


def pages() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page."""
    yield "README.md", index()
    for rule in RULES:
        yield f"{rule.code}.md", page(rule)


def test_the_index_is_what_it_should_be() -> None:
    assert (DOCS / "README.md").read_text(encoding="utf-8") == index(), "run: python3 dev.py docs"
    assert set(FAMILIES) == {rule.family for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_is_what_it_should_be(rule: Rule) -> None:
    text = (DOCS / f"{rule.code}.md").read_text(encoding="utf-8")
    assert text == page(rule), "run: python3 dev.py docs"
    assert "/tmp" not in text


def test_there_is_no_page_too_many() -> None:
    assert {file.name for file in DOCS.iterdir()} == {"README.md", *(f"{rule.code}.md" for rule in RULES)}


if __name__ == "__main__":
    DOCS.mkdir(parents=True, exist_ok=True)
    for file in DOCS.glob("*.md"):
        file.unlink()
    for name, text in pages():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
