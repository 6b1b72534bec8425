"""The output formats: one small module each, loaded when it is the one asked for."""

from __future__ import annotations

from feedlint.lazy import module
from feedlint.typed import TYPE_CHECKING, Final, Protocol, TextIO

if TYPE_CHECKING:
    from feedlint.report import Report


class Write(Protocol):
    """Writes a report to a text stream, in *color* if the format knows any, without the summary if *quiet*."""

    def __call__(self, report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:
        """Write *report* to *stream*."""


def _format(name: str) -> Write:
    def write(report: Report, stream: TextIO, *, color: bool = False, quiet: bool = False) -> None:
        module(f"feedlint.formats.{name}").write(report, stream, color=color, quiet=quiet)

    return write


FORMATS: Final[dict[str, Write]] = {
    name: _format(name)
    for name in ("full", "concise", "json", "jsonl", "github", "gitlab", "junit", "markdown", "sarif")
}
"""The formats by name, the default first."""
