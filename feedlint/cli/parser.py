"""The parser that the commands have for their arguments."""

from __future__ import annotations

from argparse import ArgumentParser

from feedlint.typed import NoReturn
from feedlint.words import visible


class Parser(ArgumentParser):
    """Parses arguments; what it says of wrong ones is harmless. They may be names of files, which a shell put in."""

    def error(self, message: str) -> NoReturn:
        """Say on standard error what is wrong, and exit."""
        super().error(visible(message))
