"""Which moment a date field names, for the rules that compare it with something else."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from feedlint.record import Record
from feedlint.rules.dt.reading import is_sound, read
from feedlint.source import Node
from feedlint.typed import Final

_SLACK: Final = timedelta(days=1)
"""How far a date may be ahead of UTC: no zone is more than 14 hours ahead, and some clocks are wrong."""


def instant(node: Node | None) -> datetime | None:
    """Return the moment in UTC that *node* names, however it is written; None where it names none, or several.

    What is not in the usual form is read as its repair will read it: a repaired date brings no new finding.
    """
    node = node.target if node is not None and isinstance(node.target, Node) else node
    if node is None or node.tag in ("map", "seq", "null"):
        return None
    if is_sound(node.value):
        return datetime.fromisoformat(node.value[:-1])
    reading = read(node.value)
    return reading.instant if reading is not None else None


def is_future(record: Record, moment: datetime) -> bool:
    """Tell whether *moment* is still to come, for any clock on Earth."""
    future = moment - record.repository.today.astimezone(timezone.utc).replace(tzinfo=None) > _SLACK
    if future:
        record.repository.lasts = False
    return future
