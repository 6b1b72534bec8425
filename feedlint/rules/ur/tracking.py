"""The parameters that follow readers around, and where they stand in an address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedlint.fragments import Fragment, apply_fragments
from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

_PREFIXES: Final = ("utm_", "mtm_", "hsa_", "itm_", "bsft_", "oft_", "adjust_", "dpg_", "__hs", "cm_mmc")
_NAMES: Final = frozenset([
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "yclid", "ysclid", "srsltid", "irclickid",
    "_ga", "_gl", "_kx", "_openstat", "_hsenc", "hsctatracking", "mc_eid", "mkt_tok", "ml_subscriber",
    "ml_subscriber_hash", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "vero_id", "vero_conv", "wickedid",
    "wt_mc", "cmpid", "fb_action_ids", "fb_action_types", "fb_comment_id", "fb_ref", "fb_source",
    "action_object_map", "action_ref_map", "action_type_map", "guce_referrer", "guce_referrer_sig",
    "_branch_match_id", "unicorn_click_id", "__s",
])  # fmt: skip
"""Names that at least two of ClearURLs, Brave, Firefox and AdGuard list, as the prefixes are."""
_LESS_SURE: Final = frozenset(
    ["mc_cid", "gclsrc", "pk_campaign", "pk_source", "pk_medium", "awc", "sscid", "ymclid", "guccounter", "et_rid"]
)
"""Names that one of them lists."""

_AND: Final = r"&(?:amp;|#0{0,5}38;|#x0{0,4}26;)*"  # also as HTML writes it, which UR002 puts right
_PATH = regex(rf"[^?#&]*(?:{_AND}[^?#&]*)*", re.IGNORECASE)
_QUERY = regex(rf"\?([^#&]*(?:{_AND}[^#&]*)*)", re.IGNORECASE)
_SEPARATOR = regex(_AND, re.IGNORECASE)
_LONGEST: Final = 200


class Parameter(NamedTuple):
    """A parameter at *start* to *end* of an address. It is *sure* to be for tracking alone, or just known for it."""

    start: int
    end: int
    name: str
    tracks: bool
    sure: bool


def tracks(name: str) -> bool:
    """Tell whether a parameter with the name *name*, in lower case, is known for tracking."""
    return _is_sure(name) or name in _LESS_SURE


def _is_sure(name: str) -> bool:
    return name.startswith(_PREFIXES) or name in _NAMES


def found(url: str) -> list[Parameter]:
    """Return the parameters of *url* that track its readers."""
    return [each for part in _parts(url) for each in part if each.tracks]


def removal(url: str, *, sure: bool) -> list[Fragment]:
    """Return what deletes the tracking parameters of *url*, all or the *sure* ones, and the marks left over."""
    fragments: list[Fragment] = []
    for part in _parts(url):
        drop = [each.tracks and (each.sure or not sure) for each in part]
        if any(drop) and not any(each.end > each.start for each, gone in zip(part, drop, strict=True) if not gone):
            fragments.append(Fragment(part[0].start - 1, part[-1].end, ""))  # with the "?" or "#"
            continue
        first = drop.index(False) if False in drop else 0
        for at, gone in enumerate(drop):
            if gone and at > first:
                fragments.append(Fragment(part[at - 1].end, part[at].end, ""))  # with the mark before it
            elif gone:
                fragments.append(Fragment(part[at].start, part[at + 1].start, ""))
    return fragments


def without(url: str) -> str:
    """Return *url* without its tracking parameters."""
    return apply_fragments(url, removal(url, sure=False))


def _parts(url: str) -> Iterator[Sequence[Parameter]]:
    """Yield the parameters in the query of *url*, and those of a fragment that is made of tracking ones only."""
    if "?" not in url and "#" not in url:
        return
    path = _PATH.match(url)
    assert path is not None  # it may be empty
    at = path.end()
    if query := _QUERY.match(url, at):
        yield _parameters(url, *query.span(1))
        at = query.end()
    fragment = _parameters(url, at + 1, len(url.rstrip())) if url[at : at + 1] == "#" and "=" in url[at:] else []
    if fragment and all(each.sure for each in fragment):
        yield fragment


def _parameters(url: str, start: int, end: int) -> list[Parameter]:
    parameters = []
    for mark in (*_SEPARATOR.finditer(url, start, end), None):
        stop = mark.start() if mark else end
        name, _, value = url[start:stop].partition("=")
        name = _decoded(name)
        sure = _is_sure(name)
        # To some servers ";" separates parameters too, and what follows it may be one that counts.
        alone = ";" not in value and ";" not in name
        parameters.append(Parameter(start, stop, name, sure or name in _LESS_SURE, sure and alone))
        start = mark.end() if mark else end
    return parameters


def _decoded(name: str) -> str:
    if len(name) > _LONGEST:
        return ""
    from urllib.parse import unquote

    return re.sub(r"[\t\r\n]", "", unquote(name) if "%" in name else name).lower()
