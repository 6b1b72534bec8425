"""What a file of a layout in which nothing was found may still have, told at a glance."""

from __future__ import annotations

from feedlint.brief import Brief


def ends_its_lines_as_others(record: Brief) -> bool:
    """Tell whether all lines of a file that end alike end as those of the other files do."""
    return not record.has_cr or record.repository.newline_of(record.path) != "\n"
