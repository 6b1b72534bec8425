"""Which configuration holds for a file, and the settings that come of it and of the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property, lru_cache

from feedlint.catalogue import Catalogue
from feedlint.config.configuration import FILE, PYPROJECT, Configuration, catalogue_of, load
from feedlint.config.settings import Settings
from feedlint.diagnostic import Severity
from feedlint.roots import NoFile, folder_of
from feedlint.rule import Rule
from feedlint.rules import RULES, matching, select, weight
from feedlint.schema import Schema
from feedlint.values import dataclass, replace

NONE = Configuration()
"""What holds where there is no configuration."""


@dataclass(frozen=True)
class Choice:
    """What the command line says of matters that a configuration decides: it comes first.

    With *select* the configuration's choice of rules does not count; *extend_select* and *ignore* add to it.
    """

    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    schemas: Sequence[Schema] = ()
    fail_on: Severity | None = None


class Configurations:
    """Gives each file its settings: *settings* with what the configuration that holds for it and *choice* say.

    That is the nearest one above the file, up to the root of its git repository; or the one in *file* for all; or none,
    where they are *isolated*. Methods raise :class:`~feedlint.config.ConfigError` for one that cannot be used.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        choice: Choice | None = None,
        *,
        file: str | None = None,
        isolated: bool = False,
    ) -> None:
        self.settings = settings or Settings()
        self.choice = choice or Choice()
        self._file = file
        self._isolated = isolated
        self._folders: dict[str, Configuration] = {}
        self._catalogues: dict[Configuration, Catalogue] = {}
        self._of_folder: dict[str | None, tuple[Configuration, Settings | None]] = {}
        self._settings: dict[tuple[Configuration, frozenset[str]], Settings] = {}

    @cached_property
    def _fixed(self) -> Configuration | None:
        if self._isolated:
            return NONE
        return load(os.path.abspath(self._file), asked=True) if self._file is not None else None

    def of(self, path: str) -> Configuration:
        """Return the configuration that holds for the file, or the folder, at *path*; what is in no file is here.

        A configuration does not hold for its own folder, but for what is in it.
        """
        if self._fixed is not None:
            return self._fixed
        return self.within(os.getcwd() if isinstance(path, NoFile) else os.path.dirname(os.path.abspath(path)))

    def within(self, folder: str) -> Configuration:
        """Return the configuration that holds for what is in *folder*."""
        if self._fixed is not None:
            return self._fixed
        at = os.path.abspath(folder)
        passed = []
        while at not in self._folders:
            passed.append(at)
            found = _in(at)
            above = os.path.dirname(at)
            if found is not None or above == at or os.path.lexists(os.path.join(at, ".git")):
                self._folders[at] = found or NONE
            else:
                at = above
        self._folders.update(dict.fromkeys(passed, self._folders[at]))
        return self._folders[at]

    @property
    def look_elsewhere(self) -> bool:
        """Whether any configuration that was looked at rests on other files: schemas, a baseline."""
        return any(each.schemas or each.baseline for each in self._folders.values())

    def settings_of(self, path: str) -> Settings:
        """Return the settings for the file at *path*."""
        folder = None if isinstance(path, NoFile) else folder_of(path)
        if folder not in self._of_folder:
            configuration = self.of(path)
            self._of_folder[folder] = configuration, None if configuration.ignores else self._with(configuration)
        configuration, settings = self._of_folder[folder]
        return settings or self._of_file(configuration, path)

    @lru_cache(maxsize=64)  # noqa: B019  # asked several times of each file, and patterns take time
    def _of_file(self, configuration: Configuration, path: str) -> Settings:
        ignored = [codes for patterns, codes in configuration.ignores if patterns.match(path)]
        return self._with(configuration, frozenset[str]().union(*ignored))

    def _with(self, configuration: Configuration, ignored: frozenset[str] = frozenset()) -> Settings:
        key = configuration, ignored
        if key not in self._settings:
            self._settings[key] = self._made(*key)
        return self._settings[key]

    def catalogue_of(self, path: str) -> Catalogue:
        """Return the schemas for the file at *path*."""
        return self._catalogue(self.of(path))

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether the file, or the *folder*, at *path* is to be passed over."""
        return self.of(path).exclude.match(path, folder=folder)

    def _catalogue(self, configuration: Configuration) -> Catalogue:
        if configuration not in self._catalogues:
            is_plain = configuration is NONE and not self.choice.schemas
            self._catalogues[configuration] = (
                self.settings.schemas if is_plain else catalogue_of(configuration, self.choice.schemas)
            )
        return self._catalogues[configuration]

    def _made(self, configuration: Configuration, ignored: frozenset[str]) -> Settings:
        values, taxonomy = configuration.values, configuration.values.get("taxonomy")
        return replace(
            self.settings,
            rules=[rule for rule in self._rules(configuration) if rule.code not in ignored],
            schemas=self._catalogue(configuration),
            fail_on=self.choice.fail_on or Severity(values.get("fail-on", self.settings.fail_on)),
            site_url=values.get("site-url"),
            taxonomy=frozenset(taxonomy) if taxonomy is not None else None,
            baseline=configuration.baseline,
            max_file_size=int(values.get("max-file-size", self.settings.max_file_size)),  # 1e6 is a whole number, too
        )

    def _rules(self, configuration: Configuration) -> list[Rule]:
        values, choice = configuration.values, self.choice
        chosen = select(*(values.get(key, ()) for key in ("select", "extend-select", "ignore")))
        chosen = select(choice.select, choice.extend_select, choice.ignore, base=chosen)
        repaired = select(values.get("fixable", ["ALL"]), (), values.get("unfixable", ()), base=())
        fixable = {rule.code for rule in repaired}
        severities = _severities(values.get("severity", {}))
        if not severities and len(fixable) == len(RULES):
            return chosen
        return [
            replace(rule, severity=severities.get(rule.code, rule.severity), fixes=rule.code in fixable)
            for rule in chosen
        ]


def _in(folder: str) -> Configuration | None:
    for name in (FILE, PYPROJECT):
        file = os.path.join(folder, name)
        found = load(file) if os.path.lexists(file) else None
        if found is not None:
            return found
    return None


def _severities(severity: dict[str, str]) -> dict[str, Severity]:
    """Return the severity of each rule that *severity* names, by code: the longer selector wins."""
    found: dict[str, Severity] = {}
    for selector in sorted(severity, key=weight):
        found.update({rule.code: Severity(severity[selector]) for rule in matching(selector)})
    return found
