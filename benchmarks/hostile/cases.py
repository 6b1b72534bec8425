"""All hostile cases."""

from __future__ import annotations

from typing import Final

from benchmarks.hostile import beside, files, records

CASES: Final = (*records.CASES, *files.CASES, *beside.CASES)
