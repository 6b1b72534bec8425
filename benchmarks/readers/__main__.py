"""Read hard cases with every reader: ``python -m benchmarks.readers [--install] [--random COUNT] [FOLDER]``.

Does feedlint pass anything that the programs which read a feed file read differently? Each case (``cases.py``: a file,
and whether it is sound) is read by Jekyll, Hugo, gray-matter, front-matter, vfile-matter, Eleventy's parser and
python-frontmatter, all cases in one process a reader, and by feedlint; and again after ``--fix``, with and without
``--unsafe-fixes``.
These must come out empty, and the exit status is 1 where they do not:

* hazards that feedlint passes, and sound cases that it calls an error;
* cases without a finding left after the fixes that are not read alike, or without an error and with other data than
  is meant;
* with FOLDER: files of it without an error that are not read alike;
* with ``--random COUNT``: files made from sound cases by a few random edits in which feedlint finds nothing, and which
  are not read alike. ``--seed`` makes others.

``--install`` installs the readers: Jekyll and Hugo with Debian's ``apt-get``, the others with npm and pip below
``--cache``. What is not installed is left out, with a note. ``--show NAME`` prints what each reader makes of the cases
with NAME in their names. ``compare.py`` says what counts as the same reading.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.readers import compare
from benchmarks.readers.case import Case
from benchmarks.readers.cases import CASES
from benchmarks.readers.mutants import mutants
from benchmarks.readers.readers import Reader, Reading, available, install
from feedlint.files import in_scope
from feedlint.source.text import DATA_SUFFIXES

Readings = dict[str, Reading]


def main() -> int:
    """Run the experiment; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="a feed, whose files are read too")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "feedlint-readers")
    parser.add_argument("--install", action="store_true", help="install the readers first")
    parser.add_argument(
        "--show", metavar="NAME", help="print all readings of the cases with NAME in their names, and stop"
    )
    parser.add_argument("--random", metavar="COUNT", type=int, default=0, help="read random files too")
    parser.add_argument("--seed", type=int, default=0, help="make other random files")
    options = parser.parse_args()
    for note in install(options.cache) if options.install else ():
        print("not installed:", note)
    readers, missing = available(options.cache)
    print("readers:", ", ".join(reader.name for reader in readers) or "none (try --install)")
    if missing:
        print("left out, not installed:", ", ".join(missing))
    if not readers:
        return 2
    if options.show is not None:
        return _show(readers, [case for case in CASES if options.show in case.name])
    failures = _cases(readers)
    if options.folder:
        failures += _folder(readers, options.folder)
    if options.random:
        failures += _random(readers, options.random, options.seed)
    return int(failures > 0)


def _show(readers: Sequence[Reader], cases: Sequence[Case]) -> int:
    for case, readings in zip(cases, _Memory(readers).all([case.text for case in cases]), strict=True):
        verdict = compare.verdict(case.text)
        print(f"\n{case.name}: {case.expect}, {case.why}; feedlint: {verdict.level} {' '.join(verdict.codes)}")
        alike = compare.alike(readings)
        print(
            "  read alike, as meant:" if alike else "  not read alike", compare.meant(case, readings) if alike else ""
        )
        _print_readings(readings)
    return 0


def _cases(readers: Sequence[Reader]) -> int:
    verdicts = {case.name: compare.verdict(case.text) for case in CASES}
    read = _Memory(readers)
    groups: dict[str, list[tuple[Case, Readings]]] = {name: [] for name in _GROUPS}
    fixes = {"the safe fixes": False, "all fixes": True}
    repairs = {name: [compare.repaired(case.text, unsafe=unsafe) for case in CASES] for name, unsafe in fixes.items()}
    read.all([*(case.text for case in CASES), *(data for each in repairs.values() for data, _ in each)])

    print(f"cases: {len(CASES)}, sound: {sum(case.expect == 'sound' for case in CASES)}, ", end="")
    print(f"hazards: {sum(case.expect == 'hazard' for case in CASES)}")
    levels = Counter(f"{case.expect}, {verdicts[case.name].level}" for case in CASES)
    print("feedlint says:", *(f"  {count:4} {what}" for what, count in sorted(levels.items())), sep="\n")
    for case in CASES:
        for name in _before(case, verdicts[case.name], read.one(case.text)):
            groups[name].append((case, read.one(case.text)))
    for name, each in repairs.items():
        outcomes: Counter[str] = Counter()
        for case, (data, left) in zip(CASES, each, strict=True):
            outcome = _after(case, left, read.one(data))
            outcomes[f"{case.expect}, {'as it was' if data == case.text else 'changed'}, {outcome}"] += 1
            if f"after {name}: {outcome}" in groups:
                groups[f"after {name}: {outcome}"].append((case, read.one(data)))
        print(f"after {name}:", *(f"  {count:4} {what}" for what, count in sorted(outcomes.items())), sep="\n")

    for name, found in groups.items():
        print(f"\n{name}: {len(found)}{'' if _GROUPS[name] else ' (no failure)'}")
        for case, seen in found:
            verdict = verdicts[case.name]
            print(f"- {case.name} ({case.why}); feedlint: {verdict.level} {' '.join(verdict.codes)}")
            _print_readings(seen)
    return sum(len(found) for name, found in groups.items() if _GROUPS[name])


# What is listed, and whether it is a failure.
_GROUPS = {
    "hazards that feedlint passes": True,
    "sound cases that feedlint calls an error": True,
    "sound cases that readers read in different ways": True,
    "hazards that are read alike and as meant all the same": False,
    "after the safe fixes: not read alike": True,
    "after the safe fixes: read alike, not as meant": True,
    "after all fixes: not read alike": True,
    "after all fixes: read alike, not as meant": True,
    "after all fixes: not read alike, a warning is left": False,
    "after all fixes: read alike, another body": False,
}


def _before(case: Case, verdict: compare.Verdict, seen: Readings) -> Iterator[str]:
    """Yield the groups that a case is in as it is."""
    good = compare.alike(seen) and compare.meant(case, seen) == "yes"
    if case.expect == "hazard" and verdict.level == "none":
        yield "hazards that feedlint passes"
    if case.expect == "hazard" and good and case.data is not None:
        yield "hazards that are read alike and as meant all the same"
    if case.expect == "sound" and verdict.level == "error":
        yield "sound cases that feedlint calls an error"
    if case.expect == "sound" and not good:
        yield "sound cases that readers read in different ways"


def _after(case: Case, left: compare.Verdict, seen: Readings) -> str:
    """Return in words what has become of a case after fixes."""
    if left.level == "error":
        return "an error is left"
    if not compare.alike(seen):
        return "not read alike, a warning is left" if left.level == "warning" else "not read alike"
    words = {"yes": "read alike", "body": "read alike, another body", "no": "read alike, not as meant"}
    return words[compare.meant(case, seen, loose=True)]


def _folder(readers: Sequence[Reader], folder: Path) -> int:
    files = [path for path in in_scope([str(folder)]) if not path.endswith(DATA_SUFFIXES)]  # which are no front matter
    texts = [Path(file).read_bytes() for file in files]
    passed = failures = same = 0
    for file, text, readings in zip(files, texts, _Memory(readers).all(texts), strict=True):
        same += compare.alike(readings)
        if compare.verdict(text, file).level == "error":
            continue
        passed += 1
        if not compare.alike(readings):
            failures += 1
            print(f"- {file}")
            _print_readings(readings)
    print(
        f"\nfiles of {folder}: {len(files)}, read alike: {same}; without an error: {passed}, "
        f"of these not read alike: {failures}"
    )
    return failures


def _random(readers: Sequence[Reader], count: int, seed: int) -> int:
    passed = [text for text in dict.fromkeys(mutants(count, seed)) if compare.verdict(text).level == "none"]
    bad = [
        (text, seen) for text, seen in zip(passed, _Memory(readers).all(passed), strict=True) if not compare.alike(seen)
    ]
    print(
        f"\nrandom files: {count}, in which feedlint finds nothing: {len(passed)}, of these not read alike: {len(bad)}"
    )
    sound = {line for case in CASES if case.expect == "sound" for line in case.text.splitlines(keepends=True)}
    for text, readings in bad:
        print("-", b"".join(line for line in text.splitlines(keepends=True) if line not in sound)[:300])
        _print_readings(readings)
    return len(bad)


class _Memory:
    """What each reader makes of texts, each read once."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self._readers = readers
        self._known: dict[bytes, Readings] = {}

    def all(self, texts: Sequence[bytes]) -> list[Readings]:
        """Read *texts*, all in one process a reader."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= {text: {} for text in new}
        for reader in self._readers:
            with tempfile.TemporaryDirectory() as work:
                folder = Path(work) / "_news"
                folder.mkdir()
                for index, text in enumerate(new):
                    (folder / f"c{index:05}.md").write_bytes(text)
                for name, reading in reader.read(Path(work)).items():
                    self._known[new[int(name[1:6])]][reader.name] = reading
        return [self._known[text] for text in texts]

    def one(self, text: bytes) -> Readings:
        """Return what is known of *text*."""
        return self._known[text]


def _print_readings(readings: Readings) -> None:
    """Print who sees what, those that see the same in one line; of the data only what is not the same for all."""
    found = {name: compare.normal(reading) for name, reading in readings.items() if reading.found}
    pairs = {name: dict(data) for name, (data, _) in found.items()}
    if "hugo" in pairs:
        others = {repr(data.get("published")) for name, data in pairs.items() if name != "hugo"}
        pairs["hugo"] |= {"published": next(iter(pairs.values())).get("published")} if len(others) == 1 else {}
    common = set.intersection(*({(k, repr(v)) for k, v in each.items()} for each in pairs.values())) if pairs else set()
    seen: dict[str, list[str]] = {}
    for name, reading in readings.items():
        if reading.error:
            what = f"error: {reading.error}"
        elif not reading.found:
            what = "no record"
        else:
            own = {key: value for key, value in pairs[name].items() if (key, repr(value)) not in common}
            shown = ", ".join(f"{key}: {value}" for key, value in own.items()) or "the same data"
            what = f"{shown[:300]}; body: {found[name][1][:60]!r}"
        seen.setdefault(what, []).append(name)
    for what, names in seen.items():
        print(f"    {', '.join(names)}: {ascii(what)[1:-1]}")


if __name__ == "__main__":
    sys.exit(main())
