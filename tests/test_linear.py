"""No regular expression of the package takes more than linear time, and no rule does on long values.

``python -m tests.test_linear`` tries every expression with more characters and prints the slowest.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import feedlint
from feedlint import lint_text
from feedlint.lazy import Regex
from feedlint.rules import RULES
from tests.support import ARTICLE, overlay

_SIZE = 2_000
# Four times the text takes four times as long, or sixteen times where it is the square: in between.
_MOST = 9.0
# What takes less than this is not measured well enough to be judged, and harms nobody.
_SHORT = 0.02
_CALLS = frozenset(["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"])


@cache
def expressions() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Return all regular expressions of the package, and what each is asked to do."""
    found: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
    sources = {path: path.read_text(encoding="utf-8") for path in Path(feedlint.__file__).parent.rglob("*.py")}
    everywhere = _asked("\n".join(sources.values()))
    for each in pkgutil.walk_packages(feedlint.__path__, "feedlint."):
        if each.name.endswith("__main__"):
            continue
        module = importlib.import_module(each.name)
        source = sources[Path(str(module.__file__))]
        here = _asked(source)
        for name, value in vars(module).items():
            methods = here.get(name) or everywhere.get(name) or _CALLS
            for pattern in _patterns(value):
                found.setdefault(_key(pattern), (pattern, methods))
        for written, methods in _inline(ast.parse(source)):
            found.setdefault(_key(written), (written, methods))
    return found


def _asked(source: str) -> dict[str, frozenset[str]]:
    """Return which methods of a regular expression are called in *source*, by the name they are called on."""
    found: dict[str, set[str]] = {}
    for name, method in re.findall(r"\b(\w+)\.(\w+)\b", source):
        if method in _CALLS:
            found.setdefault(name, set()).add(method)
    return {name: frozenset(methods) for name, methods in found.items()}


def _key(pattern: re.Pattern[str]) -> str:
    return f"{pattern.pattern} {pattern.flags}"


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    values = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else [value]
    for each in values:
        if isinstance(each, Regex):
            each = re.compile(each.pattern, each.flags)
        if isinstance(each, tuple):
            yield from _patterns(each)
        elif isinstance(each, re.Pattern):
            yield each if isinstance(each.pattern, str) else _as_text(each)


def _as_text(pattern: re.Pattern[bytes]) -> re.Pattern[str]:
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags & ~re.UNICODE)


def _inline(tree: ast.AST) -> Iterator[tuple[re.Pattern[str], frozenset[str]]]:
    """Yield the expressions that are written in a call of ``re``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        first = node.args[0]
        if of_re and node.func.attr in _CALLS and isinstance(first, ast.Constant):
            text = first.value.decode("latin-1") if isinstance(first.value, bytes) else str(first.value)
            yield re.compile(text), frozenset([node.func.attr])


def units(pattern: re.Pattern[str]) -> list[str]:
    """Return texts whose repetition *pattern* may stumble over: its own literals, and what its classes hold."""
    literals = re.findall(r"[\w&<>:/.%#?=\-'\"@ ]+", re.sub(r"\\[wsdbBAZSWD]|\(\?[^)]?", " ", pattern.pattern))
    own = sorted({each for word in literals for each in (word, word[:1], f"{word} ") if each.strip()}, key=len)[:5]
    return [
        *own,
        "a",
        "0",
        " ",
        "\n",
        "\t ",
        "a ",
        "a: ",
        "- ",
        "---\n",
        "\r",
        "<a ",
        "&a",
        "%",
        "\\",
        '"',
        "'",
        "a.",
        "/",
    ]


def _time(pattern: re.Pattern[str], text: str, methods: frozenset[str]) -> float:
    """Return the least of three times that *pattern* takes for *text*; the first that is short is enough."""
    best = float("inf")
    for _ in range(3):
        if best < _SHORT:
            break
        start = time.process_time()
        if "match" in methods:
            pattern.match(text)
        if "fullmatch" in methods:
            pattern.fullmatch(text)
        for _ in pattern.finditer(text) if methods - {"match", "fullmatch"} else ():
            pass
        best = min(best, time.process_time() - start)
    return best


def growth(
    pattern: re.Pattern[str], unit: str, end: str, size: int, methods: frozenset[str] = frozenset(["finditer"])
) -> tuple[float, float]:
    """Return how long *pattern* takes for *size* times four characters of *unit* before *end*, and by what it grew."""
    long = _time(pattern, unit * (4 * size // len(unit)) + end, methods)
    if long <= _SHORT:
        return long, 0.0
    return long, long / max(_time(pattern, unit * (size // len(unit)) + end, methods), 1e-7)


def slow(size: int, ends: tuple[str, ...]) -> list[str]:
    """Return the expressions that take more than linear time, with what they stumble over."""
    found = []
    for key, (pattern, methods) in expressions().items():
        for unit in units(pattern):
            for end in ends:
                ratios = (growth(pattern, unit, end, size, methods)[1] for _ in range(3))
                if all(ratio > _MOST for ratio in ratios):  # a busy machine is not slow three times
                    found.append(f"{key!r} on {unit!r} {end!r}")
    return found


def test_all_expressions_are_found() -> None:
    found = expressions()
    assert len(found) >= 305
    from feedlint.source.text import NEWLINE

    assert _key(NEWLINE) in found


def test_an_expression_that_backtracks_would_be_found() -> None:
    # What else the machine does can make the short text look slow, but not three times.
    assert any(growth(re.compile(r" +$"), " ", "\0!", 2 * _SIZE)[1] > _MOST for _ in range(3))


def test_no_expression_takes_more_than_linear_time() -> None:
    assert slow(_SIZE, ("\0!",)) == []


_VALUES = {
    "plain": "a" * 50,
    "spaces": "a  b ",
    "mojibake": "â€™ Ã© ",
    "tags": "<b <a href=x>",
    "entities": "&amp;&#x27;&ampamp; ",
    "escapes": "\\\\u00e9\\\\n%C3%A9",
    "questions": "it?s ?? ",
    "colons": "a: b # c ",
    "invisible": "\u200b\u00ad\u202e",
    "dates": "2020-12-08T21:40:00Z ",
    "combining": "e\u0301\u0323",
    "dots": "a.b-c.",
    "address": "https://www.example.com/?a=%20&utm_source=b",
    "brackets": "[{(",
}
_FIELDS = ("title", "excerpt", "webUrl", "cdnAmpWebUrl", "publishedDateTime", "secured")


@pytest.mark.parametrize("kind", _VALUES)
def test_rules_take_linear_time_on_long_values(kind: str) -> None:
    def seconds(size: int) -> float:
        unit = _VALUES[kind]
        value = unit * (size // len(unit))
        text = overlay("".join(f'{field}: "{value}"\n' for field in _FIELDS), ARTICLE)
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            lint_text(text, "_news/2020-12-08-4711.md", rules=RULES)
            best = min(best, time.process_time() - start)
        return best

    ratios = []
    for _ in range(3):
        ratios.append(seconds(4 * _SIZE) / seconds(_SIZE))
        if ratios[-1] <= _MOST:
            return
    pytest.fail(f"four times the text takes {min(ratios):.0f} times as long")


if __name__ == "__main__":
    results = slow(10_000, ("", "\0!"))
    sys.stdout.write(
        f"{len(expressions())} expressions, {len(results)} take more than linear time\n"
        + "".join(f"{each}\n" for each in results)
    )
    sys.exit(bool(results))
