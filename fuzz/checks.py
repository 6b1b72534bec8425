"""What must hold of any input: each check raises where it does not."""

from __future__ import annotations

import importlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any, Final
from unittest import mock
from xml.etree import ElementTree

from feedlint.comments import comments
from feedlint.config import Settings
from feedlint.diagnostic import Diagnostic, EditConflict, Safety, Severity, apply_changes, apply_edits
from feedlint.engine import Engine
from feedlint.formats import FORMATS, diff, statistics
from feedlint.report import FileReport, Report
from feedlint.rules import RULES
from feedlint.source import Document, Span, decode, encode, parse
from fuzz import judge, others, sarif
from fuzz.feeds import FEED, split
from fuzz.promise import TODAY, Broken, hold, loud

_ENDLESS: Final = "fixing it does not come to an end"
_REPAIR: Final = importlib.import_module("feedlint.fixing.repair")
# What may steer a terminal; a line that ends in CRLF keeps its CR in a diff.
_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FOR_PEOPLE: Final = ("full", "concise", "github", "markdown")
_MOST_ROUNDS: Final = 10


@cache
def _engine(*, fix: bool = False, unsafe: bool = False) -> Engine:
    """Return an engine that runs every rule; there is one for each way to run it, which knows the example feed."""
    return Engine(Settings(rules=RULES, fix=fix, unsafe_fixes=unsafe, today=TODAY))


def _place(data: bytes) -> tuple[str, bytes]:
    path, content = split(data)
    return (FEED / path).as_posix(), content


def _linted(content: bytes, path: str) -> FileReport:
    with loud():
        report, same = _engine().data(content, path)
    hold("lint changes nothing", same == content)
    return report


# --- lint --------------------------------------------------------------------------------------------------


def lint(data: bytes) -> None:
    """Hold that no content makes it raise, none is lost, and what is found is inside of the text."""
    path, content = _place(data)
    document = parse(content, path)
    hold("a document keeps all bytes", document.bytes == content)
    report = _linted(content, path)
    hold("a file without a record fails", document.root is not None or report.fails)
    for each in report.diagnostics:
        _is_sound(each, document)


def _is_sound(found: Diagnostic, document: Document) -> None:
    spans = [found.span, *(label.span for label in found.labels)]
    hold("a span is inside of the text", all(_is_inside(span, document.text) for span in spans), found)
    hold("a finding says something", found.message.strip() and found.code and found.digest, found)
    if found.fix is None:
        return
    try:
        apply_edits(document.text, found.fix.edits)
        apply_changes(document.entries, found.fix.changes)
    except EditConflict:
        raise Broken(f"the edits of a fix are inside of the text, and apart: {found}") from None
    places = [edit.span for edit in found.fix.edits]
    hold("no two edits of a fix are at one place", len(places) == len(set(places)), found)


def _is_inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)


def suppressions(data: bytes) -> None:
    """Hold that a comment is where it is said to be, and is no data."""
    path, content = _place(data)
    document = parse(content, path)
    for each in comments(document):
        hold("a comment is its text", document.slice(each.span) == each.text, each)
        around = each.removal
        hold("a comment is inside of what goes with it", around.start <= each.span.start <= each.span.end, each)
        hold("what goes with a comment is inside of the text", _is_inside(around, document.text), each)
        spans = [reach.span for reach in each.reach] + [selector.span for selector in each.selectors]
        hold("a comment is for what is in the text", all(_is_inside(span, document.text) for span in spans), each)
        # To take it out may end the record elsewhere, or lengthen a text: that is left to the proof of the fix.
        other = parse(document.text[: each.span.start] + "#" + document.text[each.span.end :], path)
        hold("what is written in a comment is no data", other.entries == document.entries, each)


# --- fix ---------------------------------------------------------------------------------------------------


def fix(data: bytes) -> None:
    """Hold that fixes change what they declare and nothing else, come to an end, and bring no new mistake."""
    path, content = _place(data)
    before = _linted(content, path)
    for unsafe in (False, True):
        steps: list[judge.Step] = []
        with loud(), _recorded(steps):
            report, result = _engine(fix=True, unsafe=unsafe).data(content, path)
        hold("what is fixed is counted", (result != content) == bool(report.fixed), report.fixed)
        for step in _way(steps, content, result):
            problem = judge.problem(step)
            hold("a fix does what it declares", not problem, problem)
        endless = [refusal.code for refusal in report.refused if refusal.reason == _ENDLESS]
        hold("fixing comes to an end", not endless, endless)
        _is_told(report, unsafe=unsafe)
        if result != content:
            _is_sound_after(report, result, before, unsafe=unsafe)


@contextmanager
def _recorded(steps: list[judge.Step]) -> Iterator[None]:
    """Keep what the proof lets pass in *steps*."""
    prove = _REPAIR.prove

    def recording(old: Document, edits: Any, changes: Any) -> Document:
        new: Document = prove(old, edits, changes)
        steps.append(judge.Step(old, edits, changes, new))
        return new

    with mock.patch.object(_REPAIR, "prove", recording):
        yield


def _way(steps: Sequence[judge.Step], content: bytes, result: bytes) -> Iterator[judge.Step]:
    """Yield those of *steps* that lead from *content* to *result*, the last one first."""
    text, start = decode(result), decode(content)
    if text == start:
        return
    step = next((step for step in reversed(steps) if step.new.text == text), None)
    while step is not None:
        yield step
        if step.old.text == start:
            return
        step = next((other for other in reversed(steps) if other.new is step.old), None) if step else None
    raise Broken("every repair is proved: one is not")


def _is_told(report: FileReport, *, unsafe: bool) -> None:
    """Check that each fix that is left was refused, and is told of."""
    refused = {(refusal.code, refusal.title) for refusal in report.refused}
    for each in report.findings:
        if each.fix is not None and (unsafe or each.fix.safety is Safety.SAFE):
            hold("a fix that is not made is told of", (each.code, each.fix.title) in refused, each)


def _is_sound_after(report: FileReport, result: bytes, before: FileReport, *, unsafe: bool) -> None:
    path = report.path
    with loud():
        _, twice = _engine(fix=True, unsafe=unsafe).data(result, path)
    hold("a second time nothing is fixed", twice == result, report.fixed)
    new = parse(result, path)
    hold("a repaired file has a record", new.root is not None)
    # A false closer that is told, and could not be repaired, is where Jekyll ended the record before.
    told = {each.code for each in report.diagnostics}
    if new.delimiters.sound and not new.is_data and "FM004" not in told:
        front = judge.front_of_jekyll(new.text.removeprefix("\ufeff"))
        mine = new.text[: new.delimiters.front.end].removeprefix("\ufeff")
        hold("Jekyll finds the record of a repaired file", front == mine, front)
    if before.readable:
        more = _tally(_linted(result, path)) - _tally(before)
        hold("a fix brings no new mistake", not more, sorted(more))


def _tally(report: FileReport) -> Counter[tuple[str, str]]:
    """Count what is wrong by code and place; a comment made idle, or what is told for information, is nothing wrong."""
    return Counter(
        (each.code, ".".join("*" if isinstance(step, int) else step for step in each.data_path))
        for each in report.diagnostics
        if each.severity is not Severity.INFO and not each.code.startswith("FL")
    )


# --- formats -----------------------------------------------------------------------------------------------


def formats(data: bytes) -> None:
    """Hold that each format can show any report, and that SARIF has replaced what ``--fix`` replaces."""
    path, content = _place(data)
    report = _linted(content, path)
    _is_shown(report, unsafe=False)
    run = json.loads(_shown("sarif", Report([report])))["runs"][0]
    hold("SARIF has all findings", len(run["results"]) == len(report.diagnostics))
    _fixes_agree(run["results"], report, content)
    with loud():
        for unsafe in (False, True):
            fixed, result = _engine(fix=True, unsafe=unsafe).data(content, path)
            if fixed.fixed or fixed.refused:
                _is_shown(fixed, unsafe=unsafe)
            if not unsafe and not fixed.refused and any(each.fix for each in report.findings):
                hold("SARIF gives what --fix gives", _by_sarif(content, path) in (result, None), fixed.fixed)


def _is_shown(report: FileReport, *, unsafe: bool) -> None:
    whole = Report([report], unsafe_fixes=unsafe)
    for name in FORMATS:
        text = _shown(name, whole)
        if name in _FOR_PEOPLE:
            hold(f"nothing steers a terminal in {name}", not (found := _STEERING.search(text)), found)
        elif name == "junit":
            ElementTree.fromstring(text)
        else:
            for line in text.splitlines() if name == "jsonl" else [text]:
                json.loads(line)
    stream = io.StringIO()
    diff.write(whole, stream)
    diff.write_notes(whole, stream)
    text = stream.getvalue().replace("\r\n", "\n")
    hold("nothing steers a terminal in a diff", not (found := _STEERING.search(text)), found)
    stream = io.StringIO()
    statistics.write(whole, stream)
    stream.getvalue().encode()


def _shown(name: str, report: Report) -> str:
    stream = io.StringIO()
    FORMATS[name](report, stream)
    stream.getvalue().encode()  # a lone surrogate would end the run
    return stream.getvalue()


def _fixes_agree(results: Sequence[Any], report: FileReport, content: bytes) -> None:
    """Check that each fix in SARIF does to the bytes what its edits do to the text."""
    wanted = Counter(
        encode(apply_edits(report.text, each.fix.edits)) for each in report.diagnostics if each.fix is not None
    )
    found = Counter(
        sarif.replaced(content, sarif.replacements(content, each)) for one in results for each in one.get("fixes", ())
    )
    hold("a fix in SARIF does what its edits do", wanted == found)


def _by_sarif(content: bytes, path: str) -> bytes | None:
    """Return *content* with the safe fixes made that SARIF tells of, until there are none; None if two are at odds."""
    for _ in range(_MOST_ROUNDS):
        report = _linted(content, path)
        found = replace(report, diagnostics=report.findings)
        results = json.loads(_shown("sarif", Report([found])))["runs"][0]["results"]
        # As a person would: in the order of the file.
        results.sort(key=lambda each: each["locations"][0]["physicalLocation"]["region"]["charOffset"])
        if sarif.are_at_odds(content, results):
            return None
        new = sarif.repaired(content, results)
        if new == content:
            break
        content = new
    return content


CHECKS: Final[dict[str, Callable[[bytes], None]]] = {
    "lint": lint,
    "fix": fix,
    "formats": formats,
    "comments": suppressions,
    "configuration": others.configuration,
    "baseline": others.baseline,
}
"""What can be asked of an input, by name."""
