"""What was found in a file, as JSON and back: nothing but texts, numbers and lists, each held to what it may be.

A report from JSON is the one that was made, or none: a cache may have been written by anybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from feedlint.comments import Comment, Reach, Selector
from feedlint.diagnostic import Change, Diagnostic, Edit, Fix, Label, Mute, Safety, Severity
from feedlint.lazy import regex
from feedlint.report import FileReport
from feedlint.source import Entry, Span
from feedlint.source.nodes import DataPath
from feedlint.typed import Any, Final, TypeVar

_T = TypeVar("_T")
_RULES: Final = regex("[A-Z]{2}[0-9]{0,3}")
_LATER: Final = ("baseline", "revision")
"""Who mutes findings that are kept: what is known of them is for each run to say."""


def is_kept(report: FileReport) -> bool:
    """Tell whether *report* says nothing but what is in the file: no repair, no error, nothing that was not read."""
    done = report.error or report.fixed or report.refused or report.diff or report.facts is not None
    return not done and report.checked and not any(each.elsewhere for each in report.diagnostics)


def encode(report: FileReport) -> bytes:
    """Return what is to be kept of *report*, one that :func:`is_kept`, as JSON; its path and marks are not."""
    return json.dumps(
        [
            report.text,
            [_diagnostic(each) for each in report.diagnostics],
            report.readable,
            list(report.not_run),
            [list(each) for each in report.suppressions],
        ],
        separators=(",", ":"),
    ).encode()


def _diagnostic(found: Diagnostic) -> list[Any]:
    fix, muted = found.fix, found.muted
    return [
        found.span,
        found.message,
        None if fix is None else [fix.title, fix.edits, fix.safety.value, fix.changes],
        found.labels,
        found.data_path,
        found.help,
        found.severity.value,
        found.code,
        found.digest,
        None if muted is None or muted.by in _LATER else muted.reason,
    ]


def decode(data: bytes, path: str, codes: Collection[str], **more: Any) -> FileReport | None:
    """Return the report on the file at *path* that *data* is, or None where it is nothing of the kind.

    Its findings are of rules with one of *codes*; *more* is the rest of the report.
    """
    try:
        return _report(path, codes, json.loads(data), **more)
    except (ValueError, TypeError, RecursionError):
        return None


def _is(kind: type[_T]) -> Callable[[Any], _T]:
    def checked(value: Any) -> _T:
        if type(value) is not kind:  # True is no number here
            raise TypeError
        return value

    return checked


_text, _number, _flag = _is(str), _is(int), _is(bool)


def _all(of: Callable[[Any], _T], values: Any) -> tuple[_T, ...]:
    return tuple(of(value) for value in _is(list)(values))


def _row(values: Any, length: int) -> list[Any]:
    row = _is(list)(values)
    if len(row) != length:
        raise ValueError
    return row


def _path(values: Any) -> DataPath:
    return _all(lambda item: item if type(item) is int else _text(item), values)


def _entry(values: Any) -> Entry:
    depth, key, tag, value = _row(values, len(Entry._fields))
    return Entry(_number(depth), None if key is None else _text(key), _text(tag), _text(value))


def _change(values: Any) -> Change:
    at, removed, entries = _row(values, len(Change._fields))
    return Change(_number(at), _number(removed), _all(_entry, entries))


def _rules(value: Any) -> str:
    if not _RULES.fullmatch(_text(value)):
        raise ValueError
    return str(value)


def _report(path: str, codes: Collection[str], value: Any, **more: Any) -> FileReport:
    text, *rest = _row(value, 5)
    return _Reader(path, _text(text), codes).report(rest, **more)


class _Reader:
    """Makes the report on the file at *path*, which has *text*, of values from JSON."""

    def __init__(self, path: str, text: str, codes: Collection[str]) -> None:
        self._path = path
        self._text = text
        self._size = len(text)
        self._codes = codes

    def report(self, value: list[Any], **more: Any) -> FileReport:
        found, readable, not_run, suppressions = value
        return FileReport(
            self._path,
            list(_all(self._diagnostic, found)),
            self._text,
            _flag(readable),
            not_run=list(_all(_rules, not_run)),
            suppressions=list(_all(self._comment, suppressions)),
            **more,
        )

    def _diagnostic(self, value: Any) -> Diagnostic:
        span, message, fix, labels, path, advice, severity, code, digest, muted = _row(value, 10)
        if code not in self._codes:
            raise ValueError
        return Diagnostic(
            self._span(span),
            _text(message),
            None if fix is None else self._fix(fix),
            _all(self._label, labels),
            _path(path),
            _text(advice),
            Severity(severity),
            code,
            self._path,
            digest=_text(digest),
            muted=None if muted is None else Mute("comment", _text(muted)),
        )

    def _span(self, value: Any) -> Span:
        start, end = map(_number, _row(value, 2))
        if not 0 <= start <= end <= self._size:
            raise ValueError
        return Span(start, end)

    def _fix(self, value: Any) -> Fix:
        title, edits, safety, changes = _row(value, 4)
        return Fix(_text(title), _all(self._edit, edits), Safety(safety), _all(_change, changes))

    def _edit(self, value: Any) -> Edit:
        span, text = _row(value, 2)
        return Edit(self._span(span), _text(text))

    def _label(self, value: Any) -> Label:
        span, message = _row(value, 2)
        return Label(self._span(span), _text(message))

    def _comment(self, value: Any) -> Comment:
        text, span, removal, selectors, reason, problem, whole_file, target, reach, place = _row(
            value, len(Comment._fields)
        )
        if not -1 <= _number(target) <= self._size:
            raise ValueError
        return Comment(
            _text(text),
            self._span(span),
            self._span(removal),
            _all(self._selector, selectors),
            _text(reason),
            _text(problem),
            _flag(whole_file),
            target,
            _all(self._reach, reach),
            _path(place),
        )

    def _selector(self, value: Any) -> Selector:
        name, span = _row(value, 2)
        return Selector(_text(name), self._span(span))

    def _reach(self, value: Any) -> Reach:
        span, path = _row(value, 2)
        return Reach(self._span(span), None if path is None else _path(path))
