"""Markdown for a job summary of GitHub Actions or a comment on a pull request: the counts, then the findings by file.

Whatever comes from a feed is a code span: the one thing in which GitHub looks for no HTML, link, address, mention,
issue or emoji. Our own words are plain. https://github.github.com/gfm/#code-spans
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator

from feedlint.diagnostic import Diagnostic, Severity
from feedlint.formats.exchange import Root
from feedlint.formats.summary import summary
from feedlint.formats.text import is_available, remarks
from feedlint.lazy import regex
from feedlint.report import FileReport, Report
from feedlint.rules import NAMES
from feedlint.typed import Final, NamedTuple, TextIO
from feedlint.words import visible

_LIMIT: Final = 65_000
"""Characters in all. A comment has 65,536 at most, of which some are left to who posts it; a job summary has 1 MiB."""
_LONGEST: Final = 500
"""Characters of a text that are shown."""
# Words in which there is nothing that Markdown or GitHub could take for more than words; GH-26 is issue 26.
_WORDS: Final = regex(r"(?i)(?!.*\bGH-)[A-Za-z0-9](?:[A-Za-z0-9 ,;'()-]|[.:](?= |$))*")

Address = Callable[[FileReport, int], str | None]
"""Returns where a line of a file can be seen, if that is known."""


class _Item(NamedTuple):
    """A line of the list, and the heading it goes under."""

    heading: str
    line: str


def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:  # noqa: ARG001  # for no terminal
    """Write *report* to *stream*, as much as a comment on a pull request can hold."""
    lines = ["### feedlint", ""]
    for words in () if quiet else summary(report, table=False):  # it has a table of its own
        lines += [_words(words), ""]
    lines += _table(report)
    items = list(_items(report))
    room = _LIMIT - sum(len(line) + 1 for line in [*lines, "", _cut(len(items))])
    for number, item in enumerate(items):
        more = (
            [item.line] if number and items[number - 1].heading == item.heading else ["", item.heading, "", item.line]
        )
        room -= sum(len(line) + 1 for line in more)
        if room < 0:
            lines += ["", _cut(len(items) - number)]
            break
        lines += more
    stream.writelines(f"{line}\n" for line in lines)


def _cut(left: int) -> str:
    return f"{left} more {'line does' if left == 1 else 'lines do'} not fit in here: run feedlint to see all."


def _table(report: Report) -> list[str]:
    """Return a table of what each rule has found, the most first."""
    found = Counter(finding.code for finding in report.findings)
    files = Counter(code for file in report.said for code in {finding.code for finding in file.findings})
    repaired = Counter(finding.code for finding in report.findings if is_available(report, finding))
    rows = [
        f"| {code} | {NAMES.get(code, '')} | {count} | {files[code]} | {repaired[code]} |"
        for code, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    head = ["| rule | name | findings | files | `--fix` repairs |", "| --- | --- | ---: | ---: | ---: |"]
    return [*head, *rows] if rows else []


def _items(report: Report) -> Iterator[_Item]:
    """Yield what there is to say of each file, those with the gravest findings first, since the end may be cut."""
    address = _addresses(report)
    for file in sorted(report.said, key=_gravity):
        heading = f"#### {_code(file.path)}"
        for finding in file.findings:
            yield _Item(heading, _finding(file, finding, address))
        for remark in remarks(file):
            where = f" {_link(f'line {remark.line}', address(file, remark.line))}" if remark.line else ""
            yield _Item(heading, f"- {remark.kind}{where}: {_code(remark.text)}")


def _gravity(file: FileReport) -> int:
    if file.error is not None or file.is_unexplained:
        return -1
    return min((finding.severity.rank for finding in file.findings), default=len(Severity))


def _finding(file: FileReport, finding: Diagnostic, address: Address) -> str:
    line, column = file.lines.position(finding.span.start)
    place = _link(f"{line}:{column}", address(file, line))
    others = (f"{other.path}:{other.line}:{other.column}: {other.message}" for other in finding.elsewhere)
    see = "".join(f", see {_code(other)}" for other in others)
    advice = f", help: {_code(finding.help)}" if finding.help else ""
    fix = f", {finding.fix.safety.value} fix: {_code(finding.fix.title)}" if finding.fix is not None else ""
    return f"- {finding.severity.value} {place} {finding.code}: {_code(finding.message)}{see}{advice}{fix}"


# --- text that is only text --------------------------------------------------------------------------------


def _words(text: str) -> str:
    """Return *text*, a sentence of a program, as it is where nothing in it is markup, else as a code span."""
    return text if _WORDS.fullmatch(text) else _code(text)


def _code(text: str) -> str:
    """Return *text*, in one line and not too long, as a code span, whatever is in it."""
    text = visible(text)
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    if not text:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in (text[0], text[-1]) or (text[0] == text[-1] == " " and text.strip()) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


# --- links -------------------------------------------------------------------------------------------------


def _link(text: str, address: str | None) -> str:
    return f"[{text}]({address})" if address else text


def _addresses(report: Report) -> Address:
    """Return where the lines of a file can be seen: in the commit that GitHub Actions has checked out.

    None where this is no such run, or the file is not in its git repository. After ``--fix`` a repaired file is no
    longer the one in the commit.
    """
    server, repository, commit = (os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    known = (
        re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?", server)
        and re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII)
        and re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit)
    )
    root = Root(report.paths)

    def address(file: FileReport, line: int) -> str | None:
        if not known or not root.is_repository or file.fixed or not os.path.lexists(file.path):
            return None
        path = root.uri(file.path)
        # Without ?plain=1 GitHub shows a Markdown file as a page, which has no lines.
        return None if path.startswith("../") else f"{server}/{repository}/blob/{commit}/{path}?plain=1#L{line}"

    return address
