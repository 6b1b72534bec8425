"""What there is to say about a rule: in a line, as a page of Markdown, as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from feedlint.rule import Example, Rule
from feedlint.typed import Any, Final
from feedlint.words import visible

_SEES: Final = {
    "size": "the size of each file",
    "document": "each file, readable or not",
    "record": "each record and each of its related records",
    "field": "each field of a record, also where the file does not parse",
    "feed": "all records of a run together",
    "comments": "the comments for feedlint in each file, once all other rules have run",
}


def safeties(rule: Rule) -> str:
    """Return how safe the fixes of *rule* are, as its examples show them: "safe", "safe/unsafe", "unsafe", "no fix"."""
    return (
        "/".join(sorted({example.safety.value for example in rule.examples if example.fixed is not None})) or "no fix"
    )


def in_a_line(rule: Rule) -> str:
    """Return code, name, severity, how safe its fixes are, and the summary of *rule*, in columns."""
    off = "" if rule.default else " (off by default)"
    return f"{rule.code}  {rule.name:<26} {rule.severity.value:<8} {safeties(rule):<12} {rule.summary}{off}"


def explain(rule: Rule, output: Callable[[Example], str] | None = None) -> str:
    """Return all there is to say about *rule*, as Markdown; *output* gives what feedlint prints for an example."""
    default = "on by default" if rule.default else f"off by default: `--extend-select {rule.code}`"
    facts = f"Severity: {rule.severity.value}. Fix: {rule.fixable} ({safeties(rule)}). Looks at {_SEES[rule.sees]}."
    parts = [f"# {rule.name} ({rule.code})", facts.replace(" (no fix)", ""), rule.doc]
    parts.append(
        f"## Options\n\nThe rule is {default}. `--select {rule.code}` runs it alone, `--ignore {rule.code}` without it."
    )
    parts.append("## Examples")
    for example in rule.examples:
        parts += _beside(example)
        parts.append(_block("Right:" if example.good else "Wrong:", example.good or example.bad))
        if example.bad and output is not None:
            parts.append(_block("", output(example), "text"))
        if example.fixed is not None:
            parts.append(_block(f"Repaired ({example.safety.value}):", example.fixed))
    return "\n\n".join(parts)


def _beside(example: Example) -> list[str]:
    """Return what else there is in the repository of *example*."""
    pictures = [f"the picture `{name}` ({width} × {height})" for name, (width, height) in example.pictures.items()]
    there = [*pictures, *(f"`{name}`" for name in example.files)]
    named = [] if example.path == Example().path else [f"The file is `{example.path}`."]
    named += [] if example.limit == Example().limit else [f"A record may have {example.limit:,} bytes."]
    return (
        [" ".join([*named, *([f"In the repository: {', '.join(there)}."] if there else [])])] if named or there else []
    )


def _block(title: str, text: str, language: str = "yaml") -> str:
    shown = "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))
    fence = "````" if "```" in shown else "```"
    return f"{title}\n\n{fence}{language}\n{shown}\n{fence}".lstrip()


def as_json(rules: Sequence[Rule]) -> str:
    """Return *rules* as a JSON list, for programs: ASCII, two spaces a level, a final line break."""
    return json.dumps([_data(rule) for rule in rules], indent=2) + "\n"


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "summary": rule.summary,
        "severity": rule.severity.value,
        "default": rule.default,
        "sees": rule.sees,
        "fixable": rule.fixable,
        "fix_safety": [] if rule.fixable == "never" else safeties(rule).split("/"),
        "documentation": rule.doc,
        "examples": [
            {
                "path": example.path,
                "whole_file": example.whole,
                "good": example.good or None,
                "bad": example.bad or None,
                "fixed": example.fixed,
                "fix_safety": example.safety.value if example.fixed is not None else None,
                "also": list(example.also),
                "pictures": {name: list(size) for name, size in example.pictures.items()},
                "files": dict(example.files),
                "limit": example.limit,
            }
            for example in rule.examples
        ],
    }
