"""JUnit XML, as CI systems read test results: a test for each finding, and one for each file that has none.

Every finding is a test of its own, since Jenkins, Azure and others show the first failure of a test only; and no two
have the same class and name, since GitLab drops the second. The name says what it is about, not on which line, so that
a CI system knows it again. What is muted is skipped; what is not grave enough to fail the run passes.

There is no one standard: this is what the XML Schema of Jenkins' xUnit plugin (``junit-10.xsd``) allows. ASCII only, so
that it is the same in any stream; there are no times, so that the same run gives the same report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from feedlint.diagnostic import Diagnostic, Mute
from feedlint.formats.text import NO_RECORD, in_words, remark_place, remarks
from feedlint.identity import place_of
from feedlint.report import FileReport, Report
from feedlint.rules import NAMES
from feedlint.typed import Final, TextIO
from feedlint.words import visible

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # for programs
    """Write *report* to *stream*, as one suite of tests."""
    cases = [case for file in report.files for case in _cases(file)]
    kinds = Counter(child.tag for case in cases for child in case)
    counts = {"tests": str(len(cases)), "failures": str(kinds["failure"]), "errors": str(kinds["error"])}
    root = Element("testsuites", {"name": "feedlint", **counts})
    suite = SubElement(root, "testsuite", {"name": "feedlint", **counts, "skipped": str(kinds["skipped"])})
    suite.extend(cases)
    said = list(_asides(report))
    if said:
        SubElement(suite, "system-out").text = "\n".join(said)
    indent(root)
    stream.write(f"{_HEAD}{tostring(root, encoding='us-ascii').decode()}\n")


def _cases(file: FileReport) -> Iterator[Element]:
    seen: Counter[str] = Counter()
    for diagnostic in file.diagnostics:
        name = " ".join(filter(None, (diagnostic.code, NAMES.get(diagnostic.code), place_of(diagnostic.data_path))))
        seen[name] += 1
        case = _case(file, name if seen[name] == 1 else f"{name} #{seen[name]}")
        _outcome(case, file, diagnostic)
        yield case
    if file.error is not None:
        case = _case(file, "file")
        SubElement(case, "error", {"type": "file", "message": visible(file.error)}).text = visible(file.error)
        yield case
    elif file.is_unexplained:
        case = _case(file, "record")
        SubElement(case, "error", {"type": "record", "message": NO_RECORD}).text = NO_RECORD
        yield case
    elif not file.diagnostics:
        yield _case(file, "no findings")


def _case(file: FileReport, name: str) -> Element:
    return Element("testcase", {"classname": visible(file.path), "name": visible(name)})


def _outcome(case: Element, file: FileReport, diagnostic: Diagnostic) -> None:
    """Put into *case* what came of *diagnostic*: all of it as text, since GitLab shows no message."""
    text = "\n".join(map(visible, in_words(file, diagnostic)))
    if diagnostic.muted is not None:
        SubElement(case, "skipped", {"type": diagnostic.muted.by, "message": _why(diagnostic.muted)}).text = text
    elif file.fails_by(diagnostic):
        about = {"type": diagnostic.severity.value, "message": visible(diagnostic.message)}
        SubElement(case, "failure", about).text = text
    else:
        SubElement(case, "system-out").text = text


def _why(mute: Mute) -> str:
    return visible(f"{mute.by}: {mute.reason}" if mute.reason else mute.by)


def _asides(report: Report) -> Iterator[str]:
    """Yield what is to say that is no test: rules that could not run, fixes not made, and of the run as a whole."""
    for file in report.files:
        yield from (f"{remark_place(file, each)}: {each.text}" for each in remarks(file) if each.kind == "note")
    yield from (f"note: {visible(note)}" for note in report.notes)
