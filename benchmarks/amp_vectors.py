"""Compare our AMP cache URLs with npm's: ``python benchmarks/amp_vectors.py FOLDER``.

FOLDER, outside of this repository, holds npm's ``@ampproject/toolbox-cache-url``; ``--install`` puts it there. N
addresses, the same in every run, are made of hosts and paths of all shapes. Where the package is known to be wrong
(against amp.dev and Google's own Go code) what it makes is predicted from the address alone, by the rules below.
Prints a table of counts; exits with 1 where a difference is left that no rule predicts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import unicodedata
from base64 import b32encode
from collections import Counter
from hashlib import sha256
from pathlib import Path
from unicodedata import bidirectional

import can_ada

from feedlint.rules.ur.amp import SUFFIX, cache_url

PACKAGE = "@ampproject/toolbox-cache-url"
VERSION = "2.10.1"
_MAX_LABEL, _MAX_HOST = 63, 253

_ALPHABETS = {
    "ascii": "abcdefghijklmnopqrstuvwxyz",
    "digits": "0123456789",
    "hyphens": "ab-",
    "latin": "abéüßøñ",
    "other left to right": "日本語한국어дляαβγ",
    "right to left": "אבגדهوزعلي",
    "emoji": "😀⚡🚋a",
    "mixed directions": "abאבهو",
    "upper case": "ABCabÉÜ",
    "marks": "e\u0301aיִ\u064b",
}
_ENDINGS = (".com", ".co.uk", ".example", ".한국", ".рф", ".إختبار", ".", ".com.", "", ".8", ".a-b.com")
_PORTS = ("", "", "", "", ":80", ":443", ":8080")
_PATHS = (
    *("", "/", "/a", "/a/", "/a/b.html", "//a//", "/%7e%C3%A9", "/a;b=c", "/é", "/../a/./b", "/a+b", "/A", "/s/a"),
    *("/c", "/a.b/", "/a.htm", "/-", "/~a", "/@me", "/a:b", "/a|b", "/amp", "/a.php/amp/"),
)
_AS_FILES = {"/open.ai": "/i", "/a.int": "/i", "/a.png": "/i", "/a.all": "/r", "/1.75": "/r", "/a.ttf": "/r"}
_QUERIES = ("", "", "", "?", "?amp", "?amp=1&b=2", "?b=/", "?b=%2F+%20", "?é", "?a=1;b=2", "?u=https://a.example/?c")
_FRAGMENTS = ("", "", "", "#", "#top", "#/a/", "#a?b")

_OUTCOMES = (
    "equal",
    "computed by neither",
    "different, of a label that stands for nothing",
    "different as predicted",
    "different, not explained",
)
_URL = re.compile(r"(https?)://([^/?#:]*)(:[0-9]*)?([^?#]*)([^#]*)(.*)", re.DOTALL)


def main() -> int:
    """Run the comparison; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--install", action="store_true", help=f"install {PACKAGE} {VERSION} there first (needs npm)")
    parser.add_argument("--count", type=int, default=3000)
    options = parser.parse_args()
    if options.install:
        options.folder.mkdir(parents=True, exist_ok=True)
        (options.folder / "package.json").write_text("{}", encoding="utf-8")
        command = [shutil.which("npm") or "npm", "install", "--silent", f"{PACKAGE}@{VERSION}"]
        subprocess.run(command, cwd=options.folder, check=True)
    vectors = addresses(options.count)
    script = Path(__file__).with_suffix(".js")
    module = (options.folder / "node_modules" / PACKAGE).resolve()
    command = [shutil.which("node") or "node", str(script), str(module)]
    result = subprocess.run(command, input=json.dumps(vectors).encode(), check=True, capture_output=True)
    counts, reasons, unexplained = compare(vectors, json.loads(result.stdout))
    print(f"{len(vectors)} addresses, feedlint against npm {PACKAGE} {VERSION}\n")
    for name, count in counts.items():
        print(f"{count:6}  {name}")
    print("\nPredicted, by reason (an address may have several)\n")
    for name, count in reasons.most_common():
        print(f"{count:6}  {name}")
    for url, ours, theirs in unexplained[:20]:
        print(f"\n{url}\n  ours    {ours}\n  theirs  {theirs}")
    return int(bool(unexplained))


def addresses(count: int) -> list[str]:
    """Return *count* different addresses, the same in every run."""
    chance = random.Random(20200401)
    made: dict[str, None] = {}
    while len(made) < count:
        path = chance.choice(_PATHS) if chance.random() < 0.9 else chance.choice(tuple(_AS_FILES))
        tail = path + chance.choice(_QUERIES) + chance.choice(_FRAGMENTS)
        host = _host(chance)
        if len(_a_labels(host)) <= _MAX_HOST:
            made[f"http{'s' * chance.randint(0, 1)}://{host}{chance.choice(_PORTS)}{tail}"] = None
    return list(made)


def _host(chance: random.Random) -> str:
    labels = []
    of_host = chance.choice((*_ALPHABETS, *["ascii", "digits", "hyphens"] * 3))
    for _ in range(chance.choice((1, 1, 2, 2, 3, 5))):
        alphabet = _ALPHABETS[of_host if chance.random() < 0.8 else chance.choice(tuple(_ALPHABETS))]
        longest = chance.choice((2, 5, 12, 12, 40, 63))
        label = "".join(chance.choices(alphabet, k=chance.randint(1, longest)))
        if chance.random() < 0.3 and len(label) > 3:
            at = chance.choice((1, 2, 3, len(label) - 1))
            label = label[:at] + "-" * chance.randint(1, 2) + label[at:]
        labels.append(f"xn--{label}" if alphabet.isascii() and chance.random() < 0.05 else label)
    host = ".".join(labels) + chance.choice(_ENDINGS)
    return _a_labels(host.lower()) if chance.random() < 0.4 else host


def _a_labels(host: str) -> str:
    labels = host.split(".")
    return ".".join(each if each.isascii() else "xn--" + each.encode("punycode").decode() for each in labels)


def _u_labels(host: str) -> str:
    labels = host.split(".")
    return ".".join(each[4:].encode().decode("punycode") if each.startswith("xn--") else each for each in labels)


def compare(
    vectors: list[str], theirs: list[str | None]
) -> tuple[dict[str, int], Counter[str], list[tuple[str, str, str]]]:
    """Return how many are equal, predicted and neither; how often for which reason; and those that are neither."""
    counts = dict.fromkeys(_OUTCOMES, 0)
    reasons: Counter[str] = Counter()
    unexplained = []
    for url, their in zip(vectors, theirs, strict=True):
        our = cache_url(url)
        expected, why = predicted(url, our) if our is not None else ([], [])
        if our == their:
            counts[_OUTCOMES[0 if our else 1]] += 1
        elif their in expected:
            counts[_OUTCOMES[3]] += 1
            reasons.update(why)
        elif not can_ada.can_parse(url) or re.search(r"[/.]xn---[^-./:?#]*[./:?#]", url):  # punycode that begins "-"
            counts[_OUTCOMES[2]] += 1
        else:
            counts[_OUTCOMES[4]] += 1
            unexplained.append((url, str(our), str(their)))
    return counts, reasons, unexplained


def predicted(url: str, our: str) -> tuple[list[str], list[str]]:
    """Return what npm's package may make of *url*, whose cache URL is *our*, and the reasons why that is another."""
    match = _URL.fullmatch(url)
    assert match is not None  # we made it
    _, host, _, path, query, fragment = match.groups()
    label, _, rest = our.removeprefix("https://").partition(SUFFIX)
    reasons = []
    if path in _AS_FILES:
        reasons.append("a path that ends like a picture's or a font's is no document to npm")
        rest = rest.replace("/c", _AS_FILES[path], 1)
    end = len(rest) - len(query + fragment)
    if path.endswith("/") and not url.endswith("/"):
        reasons.append("npm drops the slash before ? or #")
        rest = rest[: end - 1] + rest[end:]
    if not path and url.endswith("/"):
        reasons.append("npm adds a slash before ? or # where the address ends in one")
        rest = rest[:end] + "/" + rest[end:]
    possible, why = _labels(host.lower(), label)
    return [f"https://{each}{SUFFIX}{rest}" for each in possible], [*reasons, *why]


def _labels(host: str, label: str) -> tuple[list[str], list[str]]:
    """Return the labels that npm's package may make of *host*, of which *label* is ours, and why."""
    ascii_host, name = _a_labels(host), _u_labels(host)
    joined = _a_labels(name.replace("-", "--").replace(".", "-"))
    possible, reasons = [label], []
    if label == _hash(ascii_host) != _hash(host):
        reasons.append("npm hashes a Unicode host as it is, not its ASCII form")
        possible = [_hash(host)]
    if host != ascii_host and host.encode("utf-16-le")[4:8] == "--".encode("utf-16-le") and host[:2] != "xn":
        reasons.append("npm looks for hyphens at places 3 and 4 (of UTF-16) in a Unicode host, not in its ASCII form")
        possible = [_hash(host)]
    if len(host.encode("utf-16-le")) // 2 > _MAX_LABEL >= len(name):
        reasons.append("npm measures a host as it is, in UTF-16, not in Unicode characters")
        possible = [_hash(host)]
    if joined[2:4] == "--" and not joined.startswith("xn") and _MAX_LABEL - 4 < len(joined) <= _MAX_LABEL:
        reasons.append("npm writes labels of more than 63 characters")
        possible.append(f"0-{joined}-0")
    if _is_misjudged(name):
        reasons.append("npm takes emoji for left to right, and marks for what their script is")
        possible += [joined, _hash(host)]
    return possible, reasons


def _is_misjudged(name: str) -> bool:
    """Tell whether npm's package, which looks for UTF-16 units in fixed ranges, may mistake the direction of *name*."""
    directions = {bidirectional(character) for character in name}
    unsure = [c for c in name if not c.isascii() and (ord(c) > 0x7FF or bidirectional(c) not in ("L", "R", "AL"))]
    unsure = [c for c in unsure if ord(c) > 0xFFFF or bidirectional(c) != "L"]
    leftward = any(unicodedata.name(c, "").startswith(("HEBREW", "ARABIC")) for c in unsure)
    return leftward or (bool(unsure) and not directions.isdisjoint(("R", "AL")))


def _hash(host: str) -> str:
    return b32encode(sha256(host.encode()).digest()).decode().rstrip("=").lower()


if __name__ == "__main__":
    sys.exit(main())
