"""Repairing a document: choose fixes, prove each batch, go on until nothing changes; and write the result."""

from __future__ import annotations

from feedlint.fixing.diff import diff
from feedlint.fixing.prove import Refused, prove
from feedlint.fixing.repair import Repair, repair
from feedlint.fixing.replace import force, sweep
from feedlint.fixing.write import NotWritten, overwrite, write

__all__ = ["NotWritten", "Refused", "Repair", "diff", "force", "overwrite", "prove", "repair", "sweep", "write"]
