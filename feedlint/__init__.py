"""feedlint: schema, linter and proved fixes for news feeds kept as Markdown files in git.

The public, typed API. Values are plain: they pickle, compare and hold no reference to a parsed document.

>>> import feedlint
>>> [finding.code for finding in feedlint.lint_text("title: no delimiters")]
['FM001', 'FM002']
"""

from __future__ import annotations

__version__ = "0.1.0"

from feedlint.lazy import names_from
from feedlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from feedlint.api import FixedText, fix_text, lint_paths, lint_text
    from feedlint.config import ConfigError, Settings
    from feedlint.diagnostic import Change, Diagnostic, Edit, Fix, Label, Safety, Severity
    from feedlint.files import NotThere
    from feedlint.report import FileReport, Refusal, Report
    from feedlint.rule import Example, Rule
    from feedlint.rules import RULES, select
    from feedlint.source import Document, Node, Span, parse

__all__ = [
    "RULES",
    "Change",
    "ConfigError",
    "Diagnostic",
    "Document",
    "Edit",
    "Example",
    "FileReport",
    "Fix",
    "FixedText",
    "Label",
    "Node",
    "NotThere",
    "Refusal",
    "Report",
    "Rule",
    "Safety",
    "Settings",
    "Severity",
    "Span",
    "__version__",
    "fix_text",
    "lint_paths",
    "lint_text",
    "parse",
    "select",
]

__getattr__, __dir__ = names_from(
    __name__,
    {
        "api": ("FixedText", "fix_text", "lint_paths", "lint_text"),
        "config": ("ConfigError", "Settings"),
        "diagnostic": ("Change", "Diagnostic", "Edit", "Fix", "Label", "Safety", "Severity"),
        "files": ("NotThere",),
        "report": ("FileReport", "Refusal", "Report"),
        "rule": ("Example", "Rule"),
        "rules": ("RULES", "select"),
        "source": ("Document", "Node", "Span", "parse"),
    },
)
