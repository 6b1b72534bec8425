"""What is known of files from earlier runs: those that have not changed are not read again.

It is asked in two steps. A file whose stamp is the same has not been touched since (:mod:`~feedlint.cache.stamps`).
Where the stamp differs the content may still be the same, as it is in a fresh checkout: the file is read, and not
checked. What a result rests on beside the file is in the name under which it is kept (:mod:`~feedlint.cache.key`), or
is looked at before the first result is taken from there (:mod:`~feedlint.cache.around`). Whatever is not as it should
be is no cache: then all files are checked, and nothing is said.

Where nothing at all has changed since a run, what that has said is said again (:mod:`~feedlint.cache.again`).
"""

from __future__ import annotations

from feedlint.lazy import names_from
from feedlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from feedlint.cache.around import Asked, Recording
    from feedlint.cache.cache import Cache, digest
    from feedlint.cache.ground import Ground
    from feedlint.cache.stamps import NONE, stamp

__all__ = ["NONE", "Asked", "Cache", "Ground", "Recording", "digest", "stamp"]

__getattr__, __dir__ = names_from(
    __name__,
    {
        "around": ("Asked", "Recording"),
        "cache": ("Cache", "digest"),
        "ground": ("Ground",),
        "stamps": ("NONE", "stamp"),
    },
)
