"""No reader is misled: feedlint speaks of every hazard of the readers experiment, and calls no sound file an error."""

from __future__ import annotations

import pytest

from benchmarks.readers.case import Case
from benchmarks.readers.cases import CASES
from benchmarks.readers.compare import verdict

HAZARDS = [case for case in CASES if case.expect == "hazard"]
SOUND = [case for case in CASES if case.expect == "sound"]


@pytest.mark.parametrize("case", HAZARDS, ids=lambda case: ascii(case.name))
def test_a_hazard_is_found(case: Case) -> None:
    assert verdict(case.text).level in ("error", "warning"), case.why


@pytest.mark.parametrize("case", SOUND, ids=lambda case: ascii(case.name))
def test_a_sound_file_has_no_error(case: Case) -> None:
    assert verdict(case.text).level != "error", verdict(case.text).codes


def test_names_and_files_are_all_different() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({case.text for case in CASES}) == len(CASES)
