"""The settings of a run: what the command line, and the configuration nearest to a file, say of it."""

from __future__ import annotations

from feedlint.lazy import names_from
from feedlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from feedlint.config.configuration import Configuration
    from feedlint.config.nearest import Choice, Configurations
    from feedlint.config.settings import Settings
    from feedlint.config.toml import ConfigError

__all__ = ["Choice", "ConfigError", "Configuration", "Configurations", "Settings"]

__getattr__, __dir__ = names_from(
    __name__,
    {
        "configuration": ("Configuration",),
        "nearest": ("Choice", "Configurations"),
        "settings": ("Settings",),
        "toml": ("ConfigError",),
    },
)
