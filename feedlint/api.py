"""The functions of the public API: a text checked, a text repaired, the files below some paths checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from feedlint.baseline import BaselineError, Baselines
from feedlint.config import ConfigError, Configurations, Settings
from feedlint.diagnostic import Diagnostic
from feedlint.engine import Engine
from feedlint.files import in_scope
from feedlint.lazy import regex
from feedlint.report import FileReport, Files, Report
from feedlint.roots import NoFile
from feedlint.rule import Rule
from feedlint.rules import DEFAULT
from feedlint.source import decode, encode
from feedlint.typed import TYPE_CHECKING, Final, NamedTuple
from feedlint.whole import conclude
from feedlint.workers import outcomes

if TYPE_CHECKING:
    from concurrent.futures import Executor

_TEXT: Final = NoFile("<text>")


class FixedText(NamedTuple):
    """What :func:`fix_text` returns: the repaired text, and the report on it (findings left, fixed, refused)."""

    text: str
    report: FileReport


def lint_text(text: str | bytes, path: str = _TEXT, *, rules: Sequence[Rule] = DEFAULT) -> list[Diagnostic]:
    """Return what *rules* find in *text*, the content of the file at *path*, in order of place.

    *path* need not exist; it tells the collection (``_news/…``), and so the schema, and the repository around it (none
    for the default). Spans count characters of the
    text (of ``bytes``: decoded as UTF-8, a byte that is none counts as one). Never raises for what *text* holds:
    a lone surrogate, which no file can hold, is read as U+FFFD.
    """
    report, _ = Engine(Settings(rules=rules)).data(_encoded(text), path)
    return list(report.findings)


def fix_text(text: str, path: str = _TEXT, *, rules: Sequence[Rule] = DEFAULT, unsafe: bool = False) -> FixedText:
    """Return *text* with what *rules* find repaired: by safe fixes only, or by all with *unsafe*.

    Every fix is proved: see ``SECURITY.md``. Writes nothing. Never raises for what *text* holds; what is said of it at
    :func:`lint_text` is so here too.
    """
    report, result = Engine(Settings(rules=rules, fix=True, unsafe_fixes=unsafe)).data(_encoded(text), path)
    return FixedText(decode(result), report)


def lint_paths(
    paths: Sequence[str], settings: Settings | None = None, *, jobs: int = 1, executor: Executor | None = None
) -> Report:
    """Check the files that *paths* bring into scope, as the command line does, and return the report.

    Without *settings* the configuration files of the repository hold; with them, they alone. With
    ``Settings(fix=True, write=True)`` files are repaired in place. Raises :class:`NotThere` for a path that does not
    exist, :class:`ConfigError` for a configuration, or its baseline, that cannot be used; a file that cannot be read is
    told in the report.

    Many files are checked in up to *jobs* processes, or by the workers of *executor*, any that ``concurrent.futures``
    describes; they get their work pickled, so that *settings* may have only rules of the catalogue. The report is the
    same for any of these.
    """
    chosen = settings or Settings()
    configs = Configurations(chosen, isolated=settings is not None)
    settings_of = configs.settings_of if settings is None else partial(_same, chosen)
    notes: dict[str, None] = {}

    def warn(message: str) -> None:
        notes[f"{message}."] = None

    files = in_scope(paths, configs, warn=warn)
    baselines = Baselines(partial(_baseline_of, settings_of))
    try:
        baselines.load(files)
    except BaselineError as error:
        raise ConfigError(str(error)) from None
    engine = Engine(settings_of, [baselines], warn=warn)
    whole = [path for path in paths if os.path.isdir(path)]
    found = Files(files)
    for at, outcome in enumerate(outcomes(engine, files, jobs=jobs, executor=executor)):
        found.put(at, outcome)
    conclude(engine, found, folders=whole)
    compared = any(True for _ in baselines)
    return Report(found, unsafe_fixes=chosen.unsafe_fixes, wrote=chosen.write, notes=list(notes), compared=compared)


def _same(settings: Settings, _: str) -> Settings:
    return settings


def _baseline_of(settings_of: Callable[[str], Settings], path: str) -> str | None:
    return settings_of(path).baseline


_BYTELESS = regex("[\ud800-\udc7f\udd00-\udfff]")
"""Lone surrogates that stand for no byte (PEP 383 has those from U+DC80 to U+DCFF): no file can hold them."""


def _encoded(text: str | bytes) -> bytes:
    if isinstance(text, bytes):
        return text
    # One character for another, so that spans stay right.
    return encode(_BYTELESS.sub("\ufffd", text))
