"""What tells that a file has not been touched since it was read, without opening it: its stamp.

That is git's way, with git's care (Documentation/technical/racy-git): a file that is changed twice within one tick of
the clock by which it is stamped looks untouched. So a stamp counts only where it was older, when the file was read,
than the coarsest such clock ticks; a file too young is told by its content.
"""

from __future__ import annotations

import os
import stat
import struct
import sys

from feedlint.typed import Final

SIZE: Final = 40
"""Bytes of a stamp."""
NONE: Final = b"\xff" * SIZE
"""In place of a stamp that does not count: no file is as large as it says."""
COARSEST: Final = 2_000_000_000
"""Nanoseconds: FAT keeps the time of a write by 2 seconds ("File Times", Microsoft), ext3 and HFS+ by one; and what the
kernel of Linux takes for now is up to 10 ms old (its coarse clock), whatever the file system can tell apart."""
_FINE: Final = 10_000_000
"""Nanoseconds: the coarsest clock that is called a fine one, that of exFAT; a kernel's own ticks as often at least."""
_SETTLED: Final = 5 * _FINE
_64: Final = 2**64 - 1
_FORM: Final = struct.Struct("<qQQqQ")
_pack: Final = _FORM.pack


def packed(state: os.stat_result) -> bytes:
    """Return the stamp of a file with *state*, whether it counts or not; b"" where it has none.

    When it was written, its size, which file it is, and when it became that: the time of the last change to its
    *status* is set by the system alone, so that a file whose time has been put back is seen. Windows has no such time.
    """
    try:
        # ReFS numbers its files by 128 bits.
        inode, device = state.st_ino & _64, state.st_dev & _64
        return _pack(state.st_mtime_ns, state.st_size, inode, state.st_ctime_ns, device)
    except struct.error:  # a time beyond the year 2262
        return b""


def stamp(state: os.stat_result, began: int) -> bytes:
    """Return the stamp of a regular file with *state*, or :data:`NONE` where that does not count.

    *began* is the time in nanoseconds (``time.time_ns``) before *state* was asked for; the content is read after that.
    """
    mark = packed(state) if stat.S_ISREG(state.st_mode) else b""
    return mark if mark and is_old(mark, began) else NONE


def size_in(mark: bytes) -> int:
    """Return the size of the file with the stamp *mark*, in bytes."""
    return int(_FORM.unpack(mark)[1])


def is_old(mark: bytes, began: int) -> bool:
    """Tell whether *mark*, the stamp of a file whose state was asked for after *began* (nanoseconds), counts."""
    written, _, _, changed, _ = _FORM.unpack(mark)
    return bool(max(written, changed) <= began - COARSEST)


def is_settled(mark: bytes, began: int) -> bool:
    """Tell whether the file with the stamp *mark*, seen after *began*, cannot be written again without a new stamp.

    One that is not old has a time set by the system that shows, by what it is no multiple of, how finely its file
    system tells them apart.
    """
    written, _, _, changed, _ = _FORM.unpack(mark)
    is_fine = changed % _FINE and (written % _FINE or sys.platform != "win32")
    return is_old(mark, began) or bool(is_fine and max(written, changed) <= began - _SETTLED)
