"""All cases, each with a name of its own."""

from __future__ import annotations

from benchmarks.readers.case import Case
from benchmarks.readers.delimiters import DELIMITERS
from benchmarks.readers.structures import STRUCTURES
from benchmarks.readers.values import VALUES

CASES: list[Case] = [*DELIMITERS, *VALUES, *STRUCTURES]
