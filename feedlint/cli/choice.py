"""The options that decide what is checked: which configuration holds, and what the command line says over it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from feedlint.cli.usage import UsageError, meant
from feedlint.diagnostic import Severity
from feedlint.typed import TYPE_CHECKING, Final
from feedlint.words import visible

if TYPE_CHECKING:
    from argparse import Namespace

    from feedlint.config import Configurations, Settings
    from feedlint.schema import Schema

# More than these are counted, not listed.
_MOST_NOTES: Final = 3


def add_choice(add: Callable[..., object]) -> None:
    """Add the options to a parser, or a group of one, by its ``add_argument``."""
    add("--select", action="append", default=[], metavar="RULES", help="run only these (codes, prefixes, names, ALL)")
    add("--extend-select", action="append", default=[], metavar="RULES", help="run these rules as well")
    add("--ignore", action="append", default=[], metavar="RULES", help="do not run these rules")
    add("--schema", action="append", default=[], metavar="FILE", help="a JSON Schema of your own for some collections")
    add("--fail-on", choices=[each.value for each in Severity], help="how grave a finding fails (default: warning)")
    add("--config", metavar="FILE", help="use this configuration, and look for no other")
    add("--isolated", action="store_true", help="use no configuration")


def configurations(options: Namespace, settings: Settings) -> Configurations:
    """Return what gives each file its settings. Raises UsageError for *options* that cannot be carried out."""
    if options.config is not None and options.isolated:
        raise UsageError("--config names a configuration and --isolated wants none: choose one")
    from feedlint.config import Choice, Configurations

    choice = Choice(
        select=_selectors(options.select),
        extend_select=_selectors(options.extend_select),
        ignore=_selectors(options.ignore),
        schemas=_schemas(options.schema),
        fail_on=Severity(options.fail_on) if options.fail_on else None,
    )
    return Configurations(settings, choice, file=options.config, isolated=options.isolated)


def _schemas(paths: Sequence[str]) -> list[Schema]:
    if not paths:
        return []
    from pathlib import Path

    from feedlint import catalogue
    from feedlint.schema import SchemaError

    try:
        return [catalogue.read(Path(path)) for path in paths]
    except SchemaError as error:
        raise UsageError(f"--schema: {error}") from None


def _selectors(values: Sequence[str]) -> list[str]:
    names = [name.strip() for value in values for name in value.split(",")]
    if "" in names:
        raise UsageError("a rule to select or to ignore is empty: name one, or leave the option out")
    from feedlint.rules import matching

    unknown = next((name for name in names if not matching(name)), None)
    if unknown is not None:
        raise UsageError(f"no rule {unknown!r}{meant(unknown)}")
    return names


def tell_excluded(paths: Sequence[str], configs: Configurations) -> bool:
    """Say which of *paths* the configuration excludes, since they were asked for; tell whether it does."""
    from feedlint.files import excluded

    found = excluded(paths, configs)
    if len(found) > _MOST_NOTES:
        names = ", ".join(sorted({visible(name) for name in found.values()}))
        print(f"feedlint: note: {len(found)} paths are excluded by {names}, passed over", file=sys.stderr)
    else:
        for path, name in found.items():
            print(f"feedlint: note: {visible(path)} is excluded by {visible(name)}, passed over", file=sys.stderr)
    return bool(found)
