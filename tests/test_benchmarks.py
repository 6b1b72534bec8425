"""The feed that speed is measured on: the same for a seed, and damaged where it says so; and that the runs run."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path

import feedlint
from benchmarks.feed.__main__ import write
from benchmarks.feed.damage import FAMILIES
from benchmarks.feed.files import files

RECORDS = 300
SEED = 4711


def test_the_same_seed_makes_the_same_bytes() -> None:
    digest = sha256()
    for file in files(60, SEED):
        digest.update(f"{file.path} {len(file.content)}\n".encode() + file.content)
    assert digest.hexdigest() == "c351f04a582ff047bf343704081a953859c233adcdcf6ef06795b64cb1026250"


def test_what_is_damaged_is_found_and_nothing_else(tmp_path: Path) -> None:
    made = list(files(RECORDS, SEED))
    write(tmp_path, made)
    damaged = {file.path: file.code for file in made if file.code}
    found = {
        Path(report.path).relative_to(tmp_path).as_posix(): {finding.code for finding in report.findings}
        for report in feedlint.lint_paths([str(tmp_path)]).files
        if report.findings
    }
    assert sorted(found) == sorted(damaged)
    assert [path for path in damaged if damaged[path] not in found[path]] == []


def test_a_feed_has_what_real_ones_have() -> None:
    made = [file for file in files(2000, SEED) if file.is_record]
    assert len(made) == 2000
    assert len({file.path for file in made}) == 2000
    sizes = sorted(len(file.content) for file in made)
    assert 1500 < sum(sizes) / len(sizes) < 1700
    assert 4000 < sizes[-20] < 7000
    assert 0.40 < sum(not file.content.isascii() for file in made) / len(made) < 0.46
    assert 0.40 < sum(b"\r\n" in file.content for file in made) / len(made) < 0.50
    assert sum(bool(file.code) for file in made) == 60
    shares = Counter(file.code[:2] for file in made if file.code)
    assert set(shares) == set(FAMILIES)
    assert set(shares.values()) == {8, 9}
    folders = Counter(file.path.rpartition("/")[0] for file in made)
    assert {"_data/topics", "_data/organizations", "_learning/videos", "_people", "_samples", "_communities"} < set(
        folders
    )
