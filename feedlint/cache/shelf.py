"""What is known of the files below one root, checked in one way: asked for by stamp, then by content, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from itertools import accumulate
from struct import pack, unpack

from feedlint.cache.form import CLEAR, DIGEST, EMPTY, NO_SCHEMA, Columns, dump, load
from feedlint.cache.stamps import NONE, SIZE
from feedlint.census import Clear
from feedlint.typed import Any, Final, NamedTuple

DAY: Final = 86_400
_FORGOTTEN: Final = 30
"""Days after which a file that nobody asked for is forgotten: it is gone, or was on another branch."""
_NOTED: Final = 7
"""Days by which it may be late that a file was asked for: to note it a shelf is written anew."""
_LONGEST: Final = 1 << 24
"""Bytes of what is kept of one file; the findings of a record at the limit of its size may take more."""


class Row(NamedTuple):
    """What is known of a file: see :class:`~feedlint.cache.form.Columns`."""

    stamp: bytes
    digest: bytes
    kind: int
    schema: str | None
    payload: bytes


class Shelf:
    """What is known of files, by their paths from the root.

    *today* is the time that dates are judged against. ``about`` is what all of it rests on, as JSON has it.
    """

    def __init__(self, today: datetime, columns: Columns = EMPTY, schemas: Sequence[str] = (), about: Any = ()) -> None:
        self.about = about
        self._today = today
        self._columns = columns
        self._schemas = list(schemas)
        self._at = dict(zip(columns.names, range(len(columns.names)), strict=True))
        self._is_there = bytearray(b"\1") * len(columns.names)
        self._is_asked = bytearray(len(columns.names))
        self._new: dict[str, Row] = {}

    @classmethod
    def of(cls, data: bytes, today: datetime) -> Shelf | None:
        """Return the shelf that *data* is; None where it is none, or from a time after *today*: what held then is open.

        What was found at an earlier time still holds.
        """
        loaded = load(data)
        if loaded is None:
            return None
        head, columns = loaded
        written, schemas = head.get("today"), head.get("schemas")
        if type(written) is not int or written > _seconds(today):
            return None
        if type(schemas) is not list or not all(type(name) is str for name in schemas):
            return None
        known = {*range(len(schemas)), NO_SCHEMA}
        if not known.issuperset(columns.schemas) or len(set(columns.names)) != len(columns.names):
            return None
        return cls(today, columns, schemas, head.get("about"))

    def __contains__(self, name: str) -> bool:
        """Tell whether anything is known of the file *name*."""
        return name in self._new or name in self._at

    def ask(self, name: str, mark: bytes) -> Clear | Row | None:
        """Return what is known of the file *name*, if its stamp is the same, *mark*: that it is clear, or its row."""
        at = self._at.get(name)
        if at is None:
            return None
        columns = self._columns
        start = at * SIZE
        if columns.stamps[start : start + SIZE] != mark:
            return None
        if columns.kinds[at] != CLEAR:
            return self._row(at)
        self._is_asked[at] = 1
        return Clear(self._schema(at), columns.payload[columns.ends[at] : columns.ends[at + 1]])

    def ask_content(self, name: str, stamp: bytes, digest: bytes) -> Row | None:
        """Return what is known of the file *name* if its content still has *digest*; *stamp* is its new one."""
        row = self._new.get(name)
        if row is None and name in self._at:
            row = self._row(self._at[name])
        if row is None or row.digest != digest[:DIGEST]:
            return None
        if stamp not in (row.stamp, NONE):
            row = row._replace(stamp=stamp)
            self.keep(name, row)
        return row

    def mark(self, name: str) -> tuple[bytes, bytes] | None:
        """Return the stamp and the digest by which the file *name* is known; None where nothing is known of it."""
        row = self._new.get(name)
        if row is not None:
            return row.stamp, row.digest
        at = self._at.get(name)
        if at is None:
            return None
        stamps, digests = self._columns.stamps, self._columns.digests
        return stamps[at * SIZE : at * SIZE + SIZE], digests[at * DIGEST : at * DIGEST + DIGEST]

    def _row(self, at: int) -> Row:
        columns = self._columns
        self._is_asked[at] = 1
        return Row(
            columns.stamps[at * SIZE : at * SIZE + SIZE],
            columns.digests[at * DIGEST : at * DIGEST + DIGEST],
            columns.kinds[at],
            self._schema(at),
            columns.payload[columns.ends[at] : columns.ends[at + 1]],
        )

    def _schema(self, at: int) -> str | None:
        number = self._columns.schemas[at]
        return None if number == NO_SCHEMA else self._schemas[number]

    def keep(self, name: str, row: Row) -> None:
        """Keep *row* as what is known of the file *name*; nothing, where that is too much."""
        self.forget(name)
        if row.schema is not None and row.schema not in self._schemas:
            if len(self._schemas) == NO_SCHEMA:
                return
            self._schemas.append(row.schema)
        if len(row.payload) <= _LONGEST:
            self._new[name] = row._replace(digest=row.digest[:DIGEST])

    def forget(self, name: str) -> None:
        """Know nothing of the file *name*."""
        self._new.pop(name, None)
        at = self._at.pop(name, None)
        if at is not None:
            self._is_there[at] = 0

    def is_to_be_written(self, now: float) -> bool:
        """Tell whether there is something to keep that was not known, at the time *now* (seconds since 1970)."""
        if self._new or not all(self._is_there):
            return True
        late = int(now) // DAY - _NOTED
        return any(asked and day <= late for asked, day in zip(self._is_asked, self._days(), strict=True))

    def _days(self) -> Sequence[int]:
        count = len(self._columns.names)
        return unpack(f"<{count}I", self._columns.days)

    def dump(self, now: float, about: Any) -> bytes:
        """Return the shelf, which rests on *about*, as bytes at the time *now*, without files not asked for lately."""
        today = int(now) // DAY
        days = [today if asked else day for asked, day in zip(self._is_asked, self._days(), strict=True)]
        for at, day in enumerate(days):
            if day < today - _FORGOTTEN:
                self._is_there[at] = 0
        columns = _joined([*_runs(self._columns, days, self._is_there), self._added(today)])
        return dump({"today": _seconds(self._today), "schemas": self._schemas, "about": about}, columns)

    def _added(self, today: int) -> Columns:
        """Return the rows that are new."""
        rows = self._new.values()
        number: dict[str | None, int] = {None: NO_SCHEMA}
        number.update({name: at for at, name in enumerate(self._schemas)})
        return Columns(
            list(self._new),
            b"".join(row.stamp for row in rows),
            b"".join(row.digest for row in rows),
            pack("<I", today) * len(rows),
            bytes(row.kind for row in rows),
            bytes(number[row.schema] for row in rows),
            list(accumulate((len(row.payload) for row in rows), initial=0)),
            b"".join(row.payload for row in rows),
        )


def _runs(columns: Columns, days: Sequence[int], is_there: bytearray) -> Iterator[Columns]:
    """Yield the rows of *columns*, with *days*, that are there: as many at once as are beside each other."""
    end = 0
    while (start := is_there.find(1, end)) >= 0:
        end = is_there.find(0, start)
        end = len(is_there) if end < 0 else end
        yield Columns(
            columns.names[start:end],
            columns.stamps[start * SIZE : end * SIZE],
            columns.digests[start * DIGEST : end * DIGEST],
            pack(f"<{end - start}I", *days[start:end]),
            columns.kinds[start:end],
            columns.schemas[start:end],
            [at - columns.ends[start] for at in columns.ends[start : end + 1]],
            columns.payload[columns.ends[start] : columns.ends[end]],
        )


def _joined(parts: Sequence[Columns]) -> Columns:
    """Return the rows of *parts*, one after another."""
    names, ends = [], [0]
    for part in parts:
        names += part.names
        base = ends[-1]
        ends += [base + end for end in part.ends[1:]]
    stamps, digests, days, kinds, schemas, payload = (
        b"".join(column) for column in zip(*((*part[1:6], part.payload) for part in parts), strict=True)
    )
    return Columns(names, stamps, digests, days, kinds, schemas, ends, payload)


def _seconds(moment: datetime) -> int:
    return int(moment.astimezone(timezone.utc).timestamp())
