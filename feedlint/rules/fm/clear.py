"""What a file of a layout in which nothing was found may still have, told at a glance."""

from __future__ import annotations

from feedlint.record import Record


def ends_its_lines_as_others(record: Record) -> bool:
    """Tell whether all lines of a file that end alike end as those of the other files do."""
    return "\r" not in record.document.text or record.repository.newline_of(record.document.path) != "\n"
