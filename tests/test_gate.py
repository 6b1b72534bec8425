"""The gate holds, on a feed of our own: see ``tests/gate.py``."""

from __future__ import annotations

from pathlib import Path

from tests import gate
from tests.support import ARTICLE

STREETS = ("harbour", "market", "mill", "castle", "station", "garden", "bridge", "church", "school", "tower")
OLD = (
    ("four years", "four&nbsp;years"),
    ("name: Example Times", 'name: "Example&nbsp;Times"'),
    ("img.example.com/tram.jpg", "img.example.com/a tram.jpg"),
)


def feed(folder: Path) -> Path:
    """Make a feed of 60 records, a third with a finding; some with CRLF, a byte order mark, names that need care."""
    (folder / "_news").mkdir(parents=True)
    (folder / "_config.yml").write_text("url: https://feed.example\n", encoding="utf-8")
    for number in range(60):
        street = f"{STREETS[number % 10]} line {number}"
        text = ARTICLE.replace("tram line", street).replace("tram-line", street.replace(" ", "-"))
        if number % 3 == 0:
            text = text.replace(*OLD[number % len(OLD)])
        if number % 5 == 0:
            text = text.replace("\n", "\r\n")
        if number % 7 == 0:
            text = text.replace("university", "université 🚋")
        mark = "\ufeff" if number == 11 else ""
        name = f"2020-12-08-harbour-council-approves-the-new-{street.replace(' ', '-')}"
        (folder / "_news" / f"{name}{' é' if number % 9 == 0 else ''}.md").write_bytes(f"{mark}{text}".encode())
    return folder


def test_the_gate_holds(tmp_path: Path) -> None:
    source, work = feed(tmp_path / "source"), tmp_path / "work"
    work.mkdir()
    outcome = gate.play(source, work, seed=7)
    assert outcome.problems == []
    assert len(outcome.expected) == 7
    assert outcome.known >= 20
    assert outcome.reported == {
        "git commit": outcome.expected,
        "--since main --new-only": outcome.expected,
        "baseline": outcome.expected,
    }
    assert set(outcome.statuses.values()) == {1}


def test_the_ways_to_break_a_record_break_it() -> None:
    for way in gate.WAYS:
        damage = way(ARTICLE)
        assert damage is not None, way.__name__
        assert damage.text != ARTICLE
        crlf = way(ARTICLE.replace("\n", "\r\n"))
        assert crlf is not None
        assert (crlf.text.replace("\r\n", "\n"), crlf.line, crlf.repaired.replace("\r\n", "\n")) == (
            damage.text, damage.line, damage.repaired
        )  # fmt: skip
