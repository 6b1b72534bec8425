"""Texts that are clear to single rules of this family, told from the others by a glance at what is in them."""

from __future__ import annotations

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.rules.tx.boring import WIDE, free_of, signs
from feedlint.rules.tx.fillers import kind_of
from feedlint.schema import TEXTS
from feedlint.typed import Final

# One word of a script that has spaces between words: those before U+0E00. (A range up to the last takes long to make.)
ONE_WORD = regex(r"(?=[\0-\u0dff])[^\W\d_](?:(?=[\0-\u0dff])[^\W_])*[.!?…]*")
MARKS: Final = " .…!?\"'“”‘’"

_is_free = free_of(f"?{WIDE}")
_is_spaced = free_of(" ")
_needs_no_repair = free_of(f"&<\\%=\xa0{WIDE}")


def has_lost_nothing(record: Brief) -> bool:
    """Tell at a glance that no text of *record* has lost a character."""
    if not _is_free(record):
        return False
    if _is_spaced(record):
        return True
    excerpts = record.outline.all(("excerpt",))
    return not any("  " in record.says[at] for at in record.outline.all(TEXTS) if at not in excerpts)


def has_no_placeholder(record: Brief) -> bool:
    """Tell that nothing is to be found, of texts that are as they will be."""
    if not _needs_no_repair(record):
        return False
    sites = record.all(("provider-name",))
    site = sites[0].strip() if sites else ""
    title, excerpt = record.own("title"), record.own("excerpt")
    if record.once(signs):  # one space too many may be among them
        title, excerpt = title and " ".join(title.split()), excerpt and " ".join(excerpt.split())
    if any(text is not None and kind_of(text, site) for text in (title, excerpt)):
        return False
    return excerpt is None or not (
        is_again(excerpt, title or "") or (" " not in excerpt and ONE_WORD.fullmatch(excerpt))
    )


def is_again(excerpt: str, title: str) -> bool:
    """Tell whether *excerpt* says the same as *title*, but for capitals and marks."""
    bare, other = excerpt.strip(MARKS), title.strip(MARKS)
    if bare[:9].casefold()[:9] != other[:9].casefold()[:9]:
        return False  # as nearly always, and sooner known
    return bare != "" and bare.casefold() == other.casefold()
