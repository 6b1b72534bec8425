"""HTML tags in a text: where they are, also where their brackets are escaped, and what stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.rules.tx.entities import find as find_entities
from feedlint.typed import NamedTuple

# Elements around which a browser begins a new line, or shows something that is not text.
_BLOCK_NAMES = (
    "address article aside audio blockquote body br canvas caption center col colgroup dd details dialog div dl dt"
    " embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe"
    " img input legend li link main map menu meta nav noscript object ol optgroup option p param picture pre script"
    " section select source style summary svg table tbody td template textarea tfoot th thead title tr track ul video"
)
_INLINE_NAMES = (
    "a abbr acronym area b base bdi bdo big button cite code data del dfn em font i ins kbd label mark meter o:p"
    " output progress q rp rt ruby s samp slot small span strike strong sub sup time tt u var wbr"
)
# What is a tag without its other half too. The others may be a word between brackets ("copy <source> to <object>").
_ALONE_NAMES = (
    "blockquote br div em figcaption figure h1 h2 h3 h4 h5 h6 hr iframe img li noscript o:p ol p script span strong"
    " sub sup svg tbody td th thead tr ul wbr"
)
_BLOCK, _INLINE, _ALONE = (frozenset(names.split()) for names in (_BLOCK_NAMES, _INLINE_NAMES, _ALONE_NAMES))
_KNOWN = _BLOCK | _INLINE
_VOID = frozenset(["br", "hr", "img", "wbr"])
_UNSEEN = frozenset(["script", "style"])
_ABOUT_MARKUP = regex(
    r"\b(?:x?html5?|xml|css|jsx?|dom|svg|markup|tags?|elements?|attributes?|selectors?|javascript|typescript|react|vue"
    r"|angular|components?|front-?end|semantic|brackets?|generics?|vs|versus)\b",
    re.IGNORECASE,
)
_NAME = r"(?P<name>[A-Za-z][A-Za-z0-9]{0,10}|[oO]:[pP])"
# A value in quotes may have ">" in it, but no "<": so each scan ends at the next "<", and all take linear time.
_TAG = regex(
    rf"<(?P<slash>/?){_NAME}(?P<rest>\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|\s[^<>]*|/)?>"
    r"|<!--|<!\[CDATA\[|\]\]>|<!(?i:doctype)\s[^<>]*>|<\?(?i:xml)[\s-][^<>]*>"
)
_FLAG = "async|autoplay|checked|controls|defer|disabled|download|hidden|loop|muted|open|required|selected"
_ATTRIBUTES = regex(rf"\s+(?:(?:{_FLAG})\s+)*[A-Za-z][\w:.-]*(?:\s*=\s*[\"'“”]|=[^\s=])")
_FLAGS = regex(rf"(?:\s+(?:{_FLAG}))*\s*/?")
_CUT = regex(rf"<{_NAME}(?P<rest>\s[^<>]*)|</(?:{_NAME.replace('name', 'closing')})?")
# The brackets, quotes and slashes of a tag as JSON and other languages escape them.
_ESCAPED = regex(r"\\{1,8}(?:u00|x)(3[cCeEdD]|2[27fF])")
_QUOTES = "\"'`“”‘’«»"


class Tag(NamedTuple):
    """A tag, or a comment, from *start* to *end* of a text; ``fill`` is what keeps the words apart without it."""

    start: int
    end: int
    fill: str


def find(text: str) -> list[Tag]:
    """Return the tags in *text*, in order; ``&lt;b&gt;`` is one too. What only looks like one is none."""
    if "<" not in text and "&" not in text and "\\" not in text:
        return []
    plain, starts, ends = _decoded(text)
    if "<" not in plain:
        return []
    found = _find(plain)
    if _ABOUT_MARKUP.search(plain) and not _wraps(plain, found):
        return []
    return [Tag(starts[tag.start], ends[tag.end - 1], tag.fill) for tag in found]


def covered(text: str, fragments: Iterable[Fragment]) -> str:
    """Return *text* with *fragments* replaced, each by as many letters as there were: the letter, or white space."""
    return apply_fragments(
        text,
        [
            Fragment(start, end, (new if len(new) == 1 and new.isalnum() else " ") * (end - start))
            for start, end, new in fragments
        ],
    )


def _decoded(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return *text* with its entities and escaped brackets decoded, and where its characters started and ended."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    known = [(start, end, meant) for start, end, meant, _ in find_entities(text) if meant] if "&" in text else []
    if "\\" in text:
        known = sorted([*known, *((*match.span(), chr(int(match[1], 16))) for match in _ESCAPED.finditer(text))])
    for start, end, meant in known:
        if start >= at:
            parts += text[at:start], meant
            starts += [*range(at, start), *[start] * len(meant)]
            ends += [*range(at + 1, start + 1), *[end] * len(meant)]
            at = end
    if not parts:
        return text, range(len(text)), range(1, len(text) + 1)
    size = len(text)
    return "".join([*parts, text[at:]]), [*starts, *range(at, size)], [*ends, *range(at + 1, size + 1)]


def _wraps(text: str, found: Sequence[Tag]) -> bool:
    """Tell whether *found* are around all of *text*, so that they are no subject of it."""
    return len(found) > 1 and found[0].start == 0 and found[-1].end == len(text.rstrip()) and "</" in text


def _find(text: str) -> list[Tag]:
    matches = list(_TAG.finditer(text))
    closed_last = {match["name"].lower(): match.end() for match in matches if match["slash"]}
    found: list[Tag] = []
    at = 0
    unseen = ""
    in_cdata = False
    for match in matches:
        name = (match["name"] or "").lower()
        if unseen and name == unseen and match["slash"]:  # and between the two nothing is a tag
            found[-1] = found[-1]._replace(end=match.end())
            unseen = ""
        elif unseen or match.start() < at:
            continue
        elif match[0] == "<!--":
            end = text.find("-->", match.end())
            at = end + 3 if end >= 0 else len(text)
            found.append(Tag(match.start(), at, ""))
        elif not name:
            if match[0] != "]]>" or in_cdata:
                found.append(Tag(*match.span(), ""))
            in_cdata = match[0] == "<![CDATA["
        elif _is_tag(text, match, closed_last.get(name, 0) > match.end()):
            found.append(Tag(*match.span(), " " if name in _BLOCK else ""))
            if name in _UNSEEN and not match["slash"] and closed_last.get(name, 0) > match.end():
                unseen = name
    cut = _cut(text, found[-1].end if found else 0)
    return [*found, cut] if cut else found


def _is_tag(text: str, match: re.Match[str], is_closed: bool) -> bool:
    """Tell whether *match*, which has the form of a tag, is one; *is_closed* says that its other half follows."""
    written, rest = match["name"], match["rest"] or ""
    name = written.lower()
    if name not in _KNOWN or written not in (name, name.upper()):
        return False  # <rumour>, and <Button> is a component
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before and before in _QUOTES and after and after in _QUOTES:
        return False  # quoted
    if match["slash"]:
        return not rest.strip()
    if _ATTRIBUTES.match(rest):
        return True
    if not _FLAGS.fullmatch(rest):
        return False  # a <b and c> d
    if is_closed or rest.endswith("/"):
        return True
    if name in _VOID or (name == "p" and not before):
        return True
    alone = (not before or before.isspace()) and (not after or after.isspace())
    if alone or before.isalnum() or (before and before in ":_"):
        return False  # "when to use <div>", Vector<em>
    return name in _ALONE or (len(name) == 1 and name != "a" and written == name and after.isalnum())


def _cut(text: str, start: int) -> Tag | None:
    """Return the tag that the end of *text* cuts off, if that is after *start*."""
    whole = text.rstrip("….")
    at = whole.rfind("<", start)
    match = _CUT.fullmatch(whole, at) if at >= 0 else None
    if match is None:
        return None
    if match["name"]:
        known = match["name"].lower() in _KNOWN
        return Tag(at, len(whole), " ") if known and _ATTRIBUTES.match(match["rest"]) else None
    closing = (match["closing"] or "").lower()
    # "</" with the beginning of a name.
    known = any(name.startswith(closing) for name in _KNOWN)
    return Tag(at, len(whole), " ") if known and f"<{closing}" in whole[:at].lower() else None
