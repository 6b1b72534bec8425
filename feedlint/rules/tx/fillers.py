"""Texts that stand where a title or an excerpt should: fillers, errors of a site, what a pay wall says."""

from __future__ import annotations

import re

from feedlint.lazy import regex
from feedlint.typed import Final, Literal

Kind = Literal["filler", "template", "address", "error", "wall"]

FILLERS: Final = frozenset([
    "placeholder", "placeholder text", "na", "n/a", "n.a", "null", "none", "nil", "undefined", "nan", "object object",
    "todo", "tbd", "tba", "lorem ipsum", "untitled", "no title", "no description", "no description available",
    "no excerpt", "no content", "no summary", "title", "title here", "description", "description here", "excerpt",
    "excerpt here", "insert title here", "your title here", "headline", "xxx", "asdf", "asdfasdf",
])  # fmt: skip
_TEMPLATE = regex(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[^{}]*\}|<%=?[^<>]*%>|%[({][a-z_]+[)}]s?|\[object \w+\]", re.I)
_TO_DO = regex(r"(?:TODO|FIXME)\s*[:(]|(?i:lorem ipsum dolor)")
_ADDRESS = regex(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_STATUS: Final = (
    "bad request|unauthorized|payment required|forbidden|(?:page )?not found|method not allowed|not acceptable"
    "|request timeout|gone|too many requests|unavailable for legal reasons|(?:internal )?server error|bad gateway"
    "|service (?:temporarily )?unavailable|gateway time-?out|error"
)
_ERROR = regex(
    rf"(?:(?:http )?error )?[45]\d\d[\s:–—-]*(?:{_STATUS})|(?:http )?error [45]\d\d|404"
    r"|(?:error )?(?:page|file) (?:not found|cannot be found|does not exist)|(?:internal )?server error|bad gateway"
    r"|access (?:to this page has been )?denied|just a moment|one moment,? please|attention required|request rejected"
    r"|service (?:temporarily )?unavailable|too many requests|(?:are you|you are not) a robot|robot check"
    r"|security check|checking your browser(?: before accessing.*)?|please verify you are (?:a )?human"
    r"|human verification|verifying you are human|sorry,? (?:this|the) page (?:is not|isn['’]t) available"
    r"|error:? the request could not be satisfied|oops[,.!]* (?:something went wrong|page not found)"
    r"|this site can['’]t be reached|(?:site|page) (?:is )?under (?:construction|maintenance)|ddos-guard"
    r"|account suspended|domain (?:is )?for sale|bot verification"
)
WALLS: Final = (
    "become an ft subscriber to read", "subscribe to read", "subscribe to unlock this article",
    "subscribe to the ft to read", "subscribe to continue reading", "to continue reading this",
    "to continue reading, ", "to read the full story", "to read the full article", "to read this article",
    "sign in to read", "sign in to continue", "log in to continue", "log in to read",
    "please log in to", "please sign in to", "register to read", "register to continue", "already a subscriber",
    "already have an account? ", "this content is for subscribers", "this article is for subscribers",
    "this content is only available to", "this article is only available to", "you have reached your limit of",
    "you've reached your limit of", "you have reached the limit of", "you've read your last free",
    "you have read your last free", "please enable js", "please enable javascript",
    "please enable cookies", "enable javascript and cookies", "you need to enable javascript",
    "javascript is disabled", "javascript must be enabled", "this site requires javascript",
    "your browser is not supported", "your browser does not support", "please turn off your ad blocker",
    "please disable your ad blocker", "we use cookies to", "this site uses cookies", "this website uses cookies",
    "by continuing to use this site", "by continuing to browse", "we and our partners store",
    "we've detected unusual activity from", "our systems have detected unusual traffic",
    "you don't have permission to access", "access to this page has been denied",
)  # fmt: skip
# What each of them begins with, and an address; a template begins with a bracket, the number of an error with 4 or 5.
_FIRST_WORDS: Final = frozenset([
    *(re.split(r"\W", text, maxsplit=1)[0] for text in (*FILLERS, *WALLS)),
    *("http", "https", "www", "fixme", "lorem", "error", "page", "file", "internal", "server", "bad", "access"),
    *("one", "attention", "request", "service", "too", "are", "you", "robot", "security", "checking", "please"),
    *("human", "just", "verifying", "sorry", "oops", "this", "site", "ddos", "account", "domain", "bot"),
])  # fmt: skip
_FIRST_WORD = regex(r"[^\w{<%]*(?:(?![45]\d\d)\d|([^\W\d_]+))")
_MARKS: Final = " \t\r\n\"'“”‘’()[]<>*_-–—.…!?:;|/\\"


def kind_of(text: str, site: str) -> Kind | None:
    """Return what *text*, on one line, is if it stands for another text; *site* is the name that a title may end in."""
    if not _may_be_of_a_kind(text, site):
        return None
    short = " ".join(text[:400].split()).casefold().replace("’", "'")
    if not short:
        return None
    bare = short.strip(_MARKS)
    if _ADDRESS.fullmatch(text.strip()):
        return "address"
    if not bare or bare in FILLERS or _TO_DO.match(text.strip()):
        return "filler" if bare or any(mark in short for mark in "-–—.…?*_/") else None
    if len(text) <= 400 and _TEMPLATE.fullmatch(text.strip()):
        return "template"
    if _ERROR.fullmatch(_without_site(short, site.casefold()).strip(_MARKS)):
        return "error"
    return "wall" if short.startswith(WALLS) else None


def _may_be_of_a_kind(text: str, site: str) -> bool:
    """Tell by what *text* begins with whether it is worth a look: one in twenty is."""
    first = _FIRST_WORD.match(text)
    if first is None or (first[1] and first[1].casefold() in _FIRST_WORDS):
        return True
    named = bool(site) and ("-" in text or "–" in text or "—" in text)
    return named and text.casefold().startswith(site.casefold())


def _without_site(title: str, site: str) -> str:
    """Return *title* without the name of a site at its end, or at its beginning."""
    before, bar, after = title.rpartition("|")
    if bar and len(after) <= 40:
        return before.strip()
    for sign in (" - ", " – ", " — "):
        first, dash, last = title.rpartition(sign)
        if dash and site and site in (first, last):
            return last if first == site else first
    return title
