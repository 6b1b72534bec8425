"""The settings of a run: what the command line, and the configuration nearest to a file, say of it."""

from __future__ import annotations

from feedlint.lazy import names_from
from feedlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from feedlint.config.configuration import Configuration
    from feedlint.config.nearest import Choice, Configurations
    from feedlint.config.settings import Settings

__all__ = ["Choice", "ConfigError", "Configuration", "Configurations", "Settings"]


class ConfigError(Exception):
    """A configuration that cannot be used: ``file:line:column: why``."""


__getattr__, __dir__ = names_from(
    __name__,
    {
        "configuration": ("Configuration",),
        "nearest": ("Choice", "Configurations"),
        "settings": ("Settings",),
    },
)
