"""``feedlint config``: what holds for a file or a folder, and where that is said."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence

from feedlint import catalogue
from feedlint.cli.choice import add_choice, configurations
from feedlint.cli.parser import Parser
from feedlint.cli.usage import OK, UsageError
from feedlint.config import Configuration, Configurations, Settings
from feedlint.disk import MAX_FILE_SIZE, TooLarge, from_disk
from feedlint.engine import Engine
from feedlint.files import excluded
from feedlint.formats.exchange import dump
from feedlint.rules import by_family
from feedlint.source import parse, unread
from feedlint.typed import Any, NamedTuple
from feedlint.words import at_line_start, visible

_OPTIONS = {"select": "select", "extend-select": "extend_select", "ignore": "ignore", "fail-on": "fail_on"}
_DEFAULTS = {"fail-on": "warning", "fixable": ["ALL"], "max-file-size": MAX_FILE_SIZE}


class Line(NamedTuple):
    """What holds for one key, and where it is said."""

    key: str
    value: Any
    source: str


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = Parser(
        prog="feedlint config", description="Show what the configuration says for a file or folder, and where."
    )
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="default: the current folder")
    add_choice(parser.add_argument)
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="how (default: text)")
    return parser


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    options = parser().parse_args(argv)
    path: str = options.path
    if not os.path.lexists(path):
        raise UsageError(f"{path}: no such file or folder")
    configs = configurations(options, Settings())
    inside = os.path.join(path, "file") if os.path.isdir(path) else path
    found = described(path, configs, inside, options)
    if options.output_format == "json":
        print(dump(found, indent=2))
        return OK
    print(f"{at_line_start(path)}: {visible(found['configuration'] or 'no configuration')}")
    width = max(len(line["key"]) for line in found["keys"])
    for line in found["keys"]:
        value = "-" if line["value"] is None else json.dumps(line["value"], ensure_ascii=False)
        print(f"{line['key']:{width}}  {visible(value)}  ({visible(line['source'])})")
    print(f"rules: {' '.join(found['rules']) or 'none'}")
    if "schema" in found:
        print(f"schema: {visible(found['schema'] or 'none')}")
    if found["excluded"]:
        print("excluded: it is passed over")
    return OK


def described(path: str, configs: Configurations, inside: str, options: argparse.Namespace) -> dict[str, Any]:
    """Return what holds for the file *inside*, which is *path* or in it, as *configs* and the *options* have it."""
    configuration = configs.of(inside)
    settings = configs.settings_of(inside)
    found: dict[str, Any] = {
        "path": path,
        "configuration": configuration.name or None,
        "keys": [line._asdict() for line in _lines(configuration, configs, options)],
        "rules": by_family([rule.code for rule in settings.rules]),
        "excluded": path in excluded([path], configs),
    }
    if inside == path:
        try:
            document = parse(from_disk(path, settings.max_file_size), path)
        except TooLarge as error:
            document = unread(path, error.limit)
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror or error}") from None
        schema = Engine(settings).repository_of(path).schema_of(document)
        found["schema"] = schema.name if schema else None
    return found


def _lines(configuration: Configuration, configs: Configurations, options: argparse.Namespace) -> Iterator[Line]:
    for key in catalogue.load("config").source["properties"]:
        value, source = configuration.values.get(key, _DEFAULTS.get(key)), configuration.source(key)
        if key in ("select", "extend-select", "ignore"):
            said = list(getattr(configs.choice, _OPTIONS[key]))
            if configs.choice.select:
                value, source = said or None, "command line"
            elif said:
                source = "command line" if value is None else f"{source}, command line"
                value = [*(value or ()), *said]
        elif key == "fail-on" and configs.choice.fail_on is not None:
            value, source = configs.choice.fail_on.value, "command line"
        elif key == "schemas" and options.schema:
            source = "command line" if value is None else f"command line, {source}"
            value = [*options.schema, *(value or ())]
        yield Line(key, value, source)
