"""``feedlint rule``: list the rules, or explain one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from feedlint.cli.parser import Parser
from feedlint.cli.usage import OK, UsageError, meant
from feedlint.explain import as_json, explain, in_a_line
from feedlint.rules import RULES, matching


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = Parser(prog="feedlint rule", description="List the rules, or explain one.")
    parser.add_argument("rule", nargs="?", metavar="CODE|NAME", help="explain this one, or list a family: TX")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="how (default: text)")
    return parser


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    options = parser().parse_args(argv)
    name = options.rule
    found = matching(name) if name is not None else list(RULES)
    if not found:
        raise UsageError(f"no rule {name!r}{meant(name)}")
    if options.output_format == "json":
        print(as_json(found), end="")
    elif len(found) == 1:
        print(explain(found[0]))
    else:
        print(*map(in_a_line, found), sep="\n")
    return OK
