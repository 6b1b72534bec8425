"""SARIF 2.1.0, the OASIS standard for results of static analysis, as GitHub code scanning and editors read it.

docs.oasis-open.org/sarif/sarif/v2.1.0 is the standard; what GitHub makes of it, and its limits, are in its "SARIF
support for code scanning". Nothing in the output depends on the time or the machine: no clock, no absolute path.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from textwrap import shorten

from feedlint import __version__
from feedlint.diagnostic import Diagnostic, Edit, Fix, Mute, Severity
from feedlint.formats.exchange import Root, dump, fingerprints
from feedlint.formats.text import remarks
from feedlint.report import FileReport, Report
from feedlint.rule import Rule
from feedlint.rules import RULES
from feedlint.source import Span, encode
from feedlint.source.text import BOM
from feedlint.typed import Any, Final, NamedTuple, TextIO
from feedlint.words import harmless

_MOST_RESULTS: Final = 25_000  # of a run: GitHub refuses a file with more
_MOST_CHARACTERS: Final = 1024  # of a rule's description on GitHub
_MOST_RELATED: Final = 100  # of the places of a result, GitHub shows no more
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# What GitHub sorts by: its name for the severity, and how often a finding is a mistake indeed.
_GITHUB: Final = {
    Severity.ERROR: ("error", "very-high"),
    Severity.WARNING: ("warning", "high"),
    Severity.INFO: ("recommendation", "medium"),
}
_TAGS: Final = {
    "FM": "front-matter", "YA": "yaml", "SC": "schema", "TX": "text",
    "DT": "dates", "UR": "urls", "IM": "images", "XR": "across-records", "FL": "comments",
}  # fmt: skip
_KINDS: Final = {"comment": "inSource", "baseline": "external"}


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # for programs
    """Write *report* to *stream* as a SARIF log with one run, each result on a line of its own, the gravest first.

    What is muted comes last, and says so; GitHub would show it all the same, so *quiet* leaves it out.
    """
    root = Root(report.paths)
    found = [each for each in _found(report, root) if not (quiet and each.diagnostic.muted)]
    found.sort(key=_weight)
    left_out = found[_MOST_RESULTS:]
    head = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "feedlint", "version": __version__, "rules": [*map(_rule, RULES)]}},
                "invocations": [_invocation(report, root, left_out)],
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "defaultEncoding": "UTF-8",
                "results": [],
            }
        ],
    }
    stream.write(dump(head).removesuffix("]}]}"))
    indexes = {rule.code: index for index, rule in enumerate(RULES)}
    compared = report.compared or bool(report.muted["baseline"] or report.muted["revision"])
    for number, each in enumerate(found[:_MOST_RESULTS]):
        stream.write(("," if number else "") + "\n" + dump(_result(each, root, indexes, compared=compared)))
    stream.write("\n]}]}\n")


class _Found(NamedTuple):
    """A finding, its file, and what it is known by."""

    diagnostic: Diagnostic
    file: FileReport
    known_by: str


def _found(report: Report, root: Root) -> Iterator[_Found]:
    for file in report.said:
        known_by = fingerprints(root.path(file.path), file.diagnostics) if file.diagnostics else ()
        yield from map(_Found, file.diagnostics, [file] * len(file.diagnostics), known_by)


def _weight(found: _Found) -> tuple[bool, int]:
    return found.diagnostic.muted is not None, found.diagnostic.severity.rank


def _rule(rule: Rule) -> dict[str, Any]:
    severity, precision = _GITHUB[rule.severity]
    what, why, *_ = [*re.split(r"\n## .*\n", rule.doc), ""]  # Python keeps no documentation where it is told -OO
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(rule.summary),
        "fullDescription": {"text": shorten(_escaped(f"{what} {why}"), _MOST_CHARACTERS, placeholder=" …")},
        "help": {"text": _escaped(rule.doc), "markdown": _escaped(rule.doc)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": [_TAGS[rule.family]], "precision": precision, "problem.severity": severity},
    }


def _invocation(report: Report, root: Root, left_out: Sequence[_Found]) -> dict[str, Any]:
    notes = [_notification("note", note) for note in report.notes]
    if left_out:
        text = f"{len(left_out)} results, the least grave, are left out: a run has {_MOST_RESULTS} at most."
        notes.append(_notification("warning", text))
    for file in report.said:
        for remark in remarks(file):
            region = {"region": {"startLine": remark.line}} if remark.line else {}
            where = [{"physicalLocation": {"artifactLocation": _artifact(root, file.path), **region}}]
            notes.append({**_notification(remark.kind, remark.text), "locations": where})
    return {
        "executionSuccessful": not report.errors,
        "exitCode": report.exit_status,
        "toolExecutionNotifications": notes,
    }


def _notification(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": _message(text)}


def _result(found: _Found, root: Root, indexes: Mapping[str, int], *, compared: bool) -> dict[str, Any]:
    diagnostic, file, known_by = found
    related = list(_related(diagnostic, file, root))
    result = {
        "ruleId": diagnostic.code,
        "ruleIndex": indexes.get(diagnostic.code, -1),
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _text(diagnostic, related)},
        "locations": [_location(root, file.path, _region(file, diagnostic.span))],
        "partialFingerprints": {"feedlintFingerprint/v1": known_by},
        "suppressions": [*_suppressions(diagnostic.muted)],
    }
    if related:
        result["relatedLocations"] = related
    if compared:
        result["baselineState"] = "new" if diagnostic.muted is None else "unchanged"
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, file, root)]
    return result


def _text(diagnostic: Diagnostic, related: Sequence[Mapping[str, Any]]) -> str:
    """Return what to say, with a link to each of the *related* places: GitHub shows only those that are linked."""
    parts = [_escaped(diagnostic.message)]
    if diagnostic.help:
        parts.append(_escaped(diagnostic.help))
    for place in related:
        words = place["message"]["text"].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        parts.append(f"See: [{words or 'here'}]({place['id']})")
    return "\n\n".join(parts)


def _related(diagnostic: Diagnostic, file: FileReport, root: Root) -> Iterator[dict[str, Any]]:
    here = ((file.path, _region(file, label.span), label.message) for label in diagnostic.labels)
    there = (
        (each.path, {"startLine": each.line, "startColumn": each.column, "endColumn": each.column}, each.message)
        for each in diagnostic.elsewhere
    )
    for number, (path, region, words) in zip(range(1, _MOST_RELATED + 1), chain(here, there), strict=False):
        yield {"id": number, **_location(root, path, region), "message": _message(words)}


def _suppressions(muted: Mute | None) -> Iterator[dict[str, Any]]:
    """Yield the suppression that *muted* is; what an old version had too is not suppressed, only unchanged."""
    if muted is not None and muted.by in _KINDS:
        reason = {"justification": harmless(muted.reason)} if muted.reason else {}
        yield {"kind": _KINDS[muted.by], "status": "accepted", **reason}


def _location(root: Root, path: str, region: Mapping[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(root, path), "region": region}}


def _artifact(root: Root, path: str) -> dict[str, str]:
    return {"uri": root.uri(path), "uriBaseId": _ROOT}


def _region(file: FileReport, span: Span) -> dict[str, int]:
    """Return the text region of *span*. SARIF counts a byte order mark neither as a character nor as a column."""
    mark = len(BOM) if file.text.startswith(BOM) else 0
    (line, column), (end_line, end_column) = map(file.lines.position, span)
    start, end = (max(0, offset - mark) for offset in span)
    return {
        "startLine": line,
        "startColumn": max(1, column - mark) if line == 1 else column,
        "endLine": end_line,
        "endColumn": max(1, end_column - mark) if end_line == 1 else end_column,
        "charOffset": start,
        "charLength": end - start,
    }


def _fix(fix: Fix, file: FileReport, root: Root) -> dict[str, Any]:
    """Return *fix* as replacements of text, or of bytes where the text of SARIF cannot say what is replaced.

    That is the byte order mark, which is no text there, and a file that is not UTF-8.
    """
    starts_with_mark = file.text.startswith(BOM)
    as_text = _is_text(file.text) and not (starts_with_mark and any(not edit.span.start for edit in fix.edits))
    replacement = _text_replacement if as_text else _byte_replacement
    replacements = [replacement(file, edit) for edit in fix.edits]
    return {
        "description": _message(fix.title),
        "artifactChanges": [{"artifactLocation": _artifact(root, file.path), "replacements": replacements}],
        "properties": {"safety": fix.safety.value},
    }


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text_replacement(file: FileReport, edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(file, edit.span), "insertedContent": {"text": edit.text}}


def _byte_replacement(file: FileReport, edit: Edit) -> dict[str, Any]:
    before, old = encode(file.text[: edit.span.start]), encode(file.text[edit.span.start : edit.span.end])
    return {
        "deletedRegion": {"byteOffset": len(before), "byteLength": len(old)},
        "insertedContent": {"binary": b64encode(encode(edit.text)).decode("ascii")},
    }


def _message(text: str) -> dict[str, str]:
    return {"text": _escaped(text)}


def _escaped(text: str) -> str:
    """Return *text*, which may hold anything, as a message: braces doubled as SARIF asks, and no links in it."""
    text = "\n".join(harmless(line) for line in text.split("\n"))
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
