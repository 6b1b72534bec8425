"""Where a file's front matter begins and ends, also where its delimiters are damaged.

A strict reader wants ``---`` alone on line 1 and alone on a later line. :func:`find` looks for what was meant to
be these two lines and says how each is damaged, so that the record between them can still be read and a rule can
put the delimiter right. :func:`jekyll_front` is Jekyll's own reading (4.3, ``Document::YAML_FRONT_MATTER_REGEXP``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedlint.lazy import regex
from feedlint.source.controls import CHARACTERS
from feedlint.source.text import BOM, Span
from feedlint.typed import Final, NamedTuple

EXACT: Final = "exact"  # "---"
TRAILING: Final = "trailing"  # "---" and white space, dashes or a comment
TEXT: Final = "text"  # "---" and other text on the same line
GLUED: Final = "glued"  # no line break between the delimiter and the record
DISPLACED: Final = "displaced"  # an opener with something above it
INDENTED: Final = "indented"  # by white space, or by what cannot be seen
LOOKALIKE: Final = "lookalike"  # other dashes, too few of them, "+++", "***"
ESCAPED: Final = "escaped"  # "\---"
FENCE: Final = "fence"  # "```"
DOTS: Final = "dots"  # "...", which ends a YAML document but no front matter
MISSING: Final = "missing"
NONE: Final = "none"  # no sign of a record at all


class Delimiter(NamedTuple):
    """What stands where a delimiter should: its *kind*, and its text (empty where it is missing)."""

    kind: str
    span: Span


class Delimiters(NamedTuple):
    """Both delimiters, the YAML between them, and where the body starts."""

    opener: Delimiter
    closer: Delimiter
    front: Span
    body: int

    @property
    def sound(self) -> bool:
        """Whether every reader finds both delimiters (a byte order mark apart)."""
        return self.opener.kind == EXACT and self.closer.kind == EXACT

    @property
    def damage(self) -> int:
        """How many of the two are damaged."""
        return (self.opener.kind != EXACT) + (self.closer.kind != EXACT)


# Hyphen-minus and what word processors, keyboards and fonts put in its place.
_DASH = r"\-‐‑‒–—―−﹘﹣－⸺⸻─━_"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"
_TRAILING = regex(rf"---(?:[\s\xa0{_DASH}{CHARACTERS}]*|[ \t]+#.*)")
_GLUED_KEY = regex(r"---[ \t]*[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|$)")
_LOOKALIKE = regex(rf"[{_DASH}](?:[ \t]*[{_DASH}]){{1,7}}|[—⸺⸻]|\+\+\+|\*\*\*|===|;;;|~~~")
_LIST_ITEM = regex(r"-[ \t]")
_ESCAPED = regex(r"\\-(?:\\?-){2}")
_FENCE = regex(r"```[ \t]*[\w+-]*")
_KEY = regex(r"[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|$)")
_KEY_LINE = regex(r"(?<=[\r\n])[A-Za-z_][\w-]*:(?=[ \t\r\n]|\Z)")
_LINE = regex(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_CANDIDATE = regex(rf"(?:\A|(?<=[\r\n]))(?:[ \t\xa0{_INVISIBLE}]*(?:[{_DASH}\\+*=;~]|```)|\.\.\.)[^\r\n]*")
_GLUED_CLOSER = regex(r"(?<=[^\s-])---\Z")
_BLANK_LINES = regex(r"(?:[ \t]*[\r\n])*")
_EXACT_LINE = regex(r"(?<=[\r\n])---(?=[\r\n]|\Z)")
# What follows a record whose closer is missing: an empty line and something, or HTML.
_PROSE = regex(r"(?:\r\n|\r(?!\n)|\n)(?:[ \t]*[\r\n]\s*\S|<)")
# Lines of text that may stand above a delimiter that is still taken for the opener.
_MAX_LEADING_LINES = 20
# Lines tried for the closer, where the first one is inside of a text; each costs as much as reading the file.
_MAX_LATER = 3
# Jekyll's one expression, as two: Ruby's \s is ASCII, its ^ and $ know \n only. In one, it takes time in the square
# of the empty lines.
_JEKYLL_OPENER = regex(r"---[ \t\r\f\v\n]*\n")
_JEKYLL_CLOSER = regex(r"^(?:---|\.\.\.)[ \t\r\f\v\n]*$", re.MULTILINE)


def jekyll_front(text: str) -> Span | None:
    """Return what Jekyll takes for the YAML of *text*, its opening line included, or None if it finds none."""
    opener = _JEKYLL_OPENER.match(text)
    closer = _JEKYLL_CLOSER.search(text, opener.end()) if opener else None
    return Span(0, closer.start()) if closer else None


def classify(line: str) -> str | None:
    """Return what kind of delimiter *line* (without its ending) is, or None if it is none."""
    if line == "---":
        return EXACT
    if line.startswith("---"):
        return TRAILING if _TRAILING.fullmatch(line) else GLUED if _GLUED_KEY.match(line) else TEXT
    stripped = line.strip().strip(_INVISIBLE).strip()
    if _TRAILING.fullmatch(stripped):
        return INDENTED
    if stripped == "..." and not line[0].isspace():
        return DOTS
    if _LOOKALIKE.fullmatch(stripped) and not (_LIST_ITEM.match(stripped) and stripped != "- - -"):
        return INDENTED if line[0].isspace() else LOOKALIKE
    if _ESCAPED.fullmatch(stripped):
        return ESCAPED
    return FENCE if _FENCE.fullmatch(line.rstrip()) else None


def find(text: str) -> Delimiters:
    """Return the delimiters of *text*, as they are or as they were meant."""
    opener, front = _find_opener(text)
    if opener.kind == NONE:
        return Delimiters(opener, Delimiter(NONE, Span(front, front)), Span(front, front), front)
    closer = _find_closer(text, front)
    return _delimiters(text, opener, front, closer)


def later(text: str, found: Delimiters) -> Iterator[Delimiters]:
    """Yield *found* with one of the next few lines that are exactly ``---`` as its closer.

    To be tried where a quote is open at the line taken for the closer: it may be a line of the quoted text.
    """
    for _, match in zip(range(_MAX_LATER), _EXACT_LINE.finditer(text, found.closer.span.end), strict=False):
        yield _delimiters(text, found.opener, found.front.start, Delimiter(EXACT, Span(*match.span())))


def whole(text: str) -> Delimiters:
    """Return the delimiters of a data file, all of which is YAML: there are none to be damaged."""
    start, end = len(text) - len(text.lstrip(BOM)), len(text)
    return Delimiters(Delimiter(EXACT, Span(start, start)), Delimiter(EXACT, Span(end, end)), Span(start, end), end)


def exact(text: str, start: int, end: int) -> Delimiters:
    """Return the delimiters of *text* where both are ``---``: on line 1, and where the YAML ends that starts below."""
    return _delimiters(text, Delimiter(EXACT, Span(0, 3)), start, Delimiter(EXACT, Span(end, end + 3)))


def before_prose(text: str, found: Delimiters) -> Delimiters | None:
    """Return *found* with a missing closer where the record seems to end, or None if it seems whole.

    To be tried where the YAML does not parse: the ``---`` taken for the closer may be a rule in the body.
    """
    end = _end_of_yaml_lines(text, found.front.start, found.front.end)
    if not _PROSE.match(text, end, found.front.end) or _last_key(text, end, found.front.end) > end:
        return None  # a line of the record that is broken, not the end of it
    return _delimiters(text, found.opener, found.front.start, Delimiter(MISSING, Span(end, end)))


def _delimiters(text: str, opener: Delimiter, front: int, closer: Delimiter) -> Delimiters:
    if closer.kind == TEXT:  # the text behind it is the body's
        closer = Delimiter(TEXT, Span(closer.span.start, closer.span.start + 3))
    body = closer.span.end
    ending = _LINE.match(text, body)
    assert ending is not None  # an empty line matches
    if not ending[1]:
        body = ending.end()
    return Delimiters(opener, closer, Span(front, max(front, closer.span.start)), body)


def _find_opener(text: str) -> tuple[Delimiter, int]:
    """Return the opener and where the YAML after it starts."""
    at = top = len(text) - len(text.lstrip(BOM))
    waiting = _MAX_LEADING_LINES
    while waiting:
        line = _LINE.match(text, at)
        assert line is not None  # an empty line matches
        found = _opener_in(text, line, first=at == top)
        if found is not None:
            opener, front = found
            again = _again(text, front) if opener.kind == EXACT else None
            if again is not None:
                return Delimiter(DISPLACED, Span(*again.span(1))), again.end()
            if at != top and opener.kind != MISSING:
                opener = Delimiter(DISPLACED, opener.span)
            return opener, front
        if line.end() == at:
            break
        waiting -= bool(line[1].strip())
        at = line.end()
    return Delimiter(NONE, Span(top, top)), len(text)


def _again(text: str, at: int) -> re.Match[str] | None:
    """Return the line of a second opener right below the first, or None where it closes an empty record.

    A record, its closer too, must follow: else the two are what they seem to be, and the keys are the body's.
    """
    gap = _BLANK_LINES.match(text, at)
    assert gap is not None  # an empty gap matches
    line = _LINE.match(text, gap.end())
    if line is None or line[1] != "---" or not _key_follows(text, line.end()):
        return None
    return line if _EXACT_LINE.search(text, line.end()) else None


def _opener_in(text: str, line: re.Match[str], *, first: bool) -> tuple[Delimiter, int] | None:
    content, at, after = line[1], line.start(), line.end()
    kind = classify(content)
    if kind == GLUED:
        key = at + len(content) - len(content[3:].lstrip(" \t"))
        return Delimiter(GLUED, Span(at, at + 3)), key
    if kind in (EXACT, TRAILING, TEXT) and (first or _key_follows(text, after)):
        return Delimiter(str(kind), Span(at, line.end(1))), after
    if kind is not None and kind != DOTS and _key_follows(text, after):
        return Delimiter(kind, Span(at, line.end(1))), after
    if _KEY.match(content):
        return Delimiter(MISSING, Span(at, at)), at
    return None


def _key_follows(text: str, at: int) -> bool:
    """Tell whether the next line that is not blank or a comment is a key, before any other delimiter."""
    while at < len(text):
        line = _LINE.match(text, at)
        assert line is not None  # an empty line matches
        if line[1].strip() and not line[1].startswith("#"):
            return _KEY.match(line[1].lstrip()) is not None
        at = line.end()
    return False


def _find_closer(text: str, front: int) -> Delimiter:
    candidates: list[Delimiter] = []
    exact: Delimiter | None = None
    for match in _CANDIDATE.finditer(text, front):
        kind = classify(match[0])
        if kind == EXACT:
            exact = Delimiter(kind, Span(*match.span()))
            break
        if kind is not None and kind != GLUED:
            candidates.append(Delimiter(kind, Span(*match.span())))
    # A candidate with keys of the record after it is no closer, whatever a reader may take it for.
    last_key = _last_key(text, front, exact.span.start if exact else len(text)) if candidates else front
    after_keys = [candidate for candidate in candidates if candidate.span.start > last_key]
    if exact is not None:
        return next((c for c in after_keys if c.kind in (TRAILING, TEXT, DOTS, LOOKALIKE)), exact)
    for kinds in ((TRAILING, TEXT), (DOTS, LOOKALIKE, ESCAPED, FENCE), (INDENTED,)):
        for candidate in after_keys or candidates:
            if candidate.kind in kinds:
                return candidate
    end = _end_of_yaml_lines(text, front, len(text))
    record = text[front:end].rstrip(" \t")
    if _GLUED_CLOSER.search(record):
        return Delimiter(GLUED, Span(front + len(record) - 3, front + len(record)))
    return Delimiter(MISSING, Span(end, end))


def _last_key(text: str, start: int, end: int) -> int:
    """Return where the last line between *start* and *end* that is a key at column 1 starts, or *start*."""
    last = start
    for match in _KEY_LINE.finditer(text, start, end):
        last = match.start()
    return last


def _end_of_yaml_lines(text: str, start: int, end: int) -> int:
    """Return the end of the last line, from *start* on, before what cannot belong to a block of YAML keys.

    A key goes on with the record wherever it stands. What else may follow a key (indentation, a list item, a comment,
    a quote) does so only without an empty line between, or below other indentation: after one, it is text.
    """
    at = last = start
    gap = deep = False
    while at < end:
        line = _LINE.match(text, at, end)
        assert line is not None  # an empty line matches
        content = line[1]
        at = line.end()
        if not content.strip():
            gap = True
            continue
        if _KEY.match(content):
            deep = content.rstrip().endswith(("|", ">", "|-", ">-", "|+", ">+"))
        elif content[0] not in " \t#-\"']}" or (gap and not (deep and content[0] in " \t")):
            break
        else:
            deep = deep or content[0] in " \t"
        gap = False
        last = line.end(1)
    return last
