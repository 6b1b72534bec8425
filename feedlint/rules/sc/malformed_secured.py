"""SC006."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic
from feedlint.edits import fragment_span
from feedlint.lazy import regex
from feedlint.record import Record
from feedlint.rule import Example, at
from feedlint.rules.sc.problems import problems
from feedlint.rules.sc.words import quoted, subject
from feedlint.typed import Final
from feedlint.words import UNSEEN

BLOCK: Final = 16
"""Bytes of a block of AES, and so of the initialisation vector in CBC mode (FIPS 197, NIST SP 800-38A)."""
_NOT_BASE64 = regex(r"[^A-Za-z0-9+/=]")
_PADDING_WITHIN = regex(r"=(?=[^=])")
_IV = "EjRWeJCrze8SNFZ4kKvN7w=="


EXAMPLES: Final = [
    Example(bad='secured: "q83vEjRWeJCrze8SNFZ4kA=="'),
    Example(bad='secured: "q83vEjRWeJCrze8SNFZ4;EjRWeJCrze8SNFZ4kKvN7w=="'),
    Example(bad='secured: "q83vEjRWeJCrze8SNFZ4kA;EjRWeJCrze8SNFZ4kKvN7w=="'),
    Example(bad='secured: "q83vEjRWeJCrze8SNFZ4kA==;EjRWeJCrze8SNFZ4kKs="'),
    Example(bad='secured: "q83vEjRWeJCrze-SNFZ4kA==;EjRWeJCrze8SNFZ4kKvN7w=="'),
    Example(good='secured: "q83vEjRWeJCrze8SNFZ4kA==;EjRWeJCrze8SNFZ4kKvN7w=="'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """`secured` is `ciphertext;vector`, both in Base64: whole blocks of 16 bytes, and 16 bytes.

    ## Why

    The apps decrypt it to open the story. What was cut, wrapped or edited does not decrypt, and the story does
    not open. Nothing can repair it but the platform that wrote it.

    ## Sources

    RFC 4648 section 4 (Base64, with padding and no other character), NIST SP 800-38A section 5.3 and 6.2 (CBC).
    """
    for problem in problems(record):
        if problem.role != "secured" or problem.keyword != "pattern":
            continue
        node = problem.node
        message, start, end = explain(problem.value)
        span = fragment_span(record.document, node, start, end)
        if span.start == span.end:  # a final line break of a block, or nothing at all
            span = node.span
        advice = "only the platform that wrote it can renew it"
        yield at(node, f"{subject(problem.path)} {message}", span=span, help=advice)


def explain(secured: str) -> tuple[str, int, int]:
    """Return what is wrong with *secured*, and from where to where."""
    ciphertext, semicolon, vector = secured.partition(";")
    if not semicolon:
        message = "has no semicolon, expected ciphertext;vector in Base64" if secured else "is empty"
        return message, 0, len(secured)
    return (
        _fault(ciphertext, 0, "ciphertext")
        or _fault(vector, len(ciphertext) + 1, "initialisation vector")
        or ("is not ciphertext;vector in Base64", 0, len(secured))
    )


def _fault(part: str, start: int, name: str) -> tuple[str, int, int] | None:
    """Return what is wrong with *part*, which begins at *start*, as :func:`explain` does; None where it is sound."""
    stray = _NOT_BASE64.search(part) or _PADDING_WITHIN.search(part)
    if stray is not None:
        sign = f"the character U+{ord(stray[0]):04X}" if UNSEEN.match(stray[0]) else quoted(stray[0])
        return f"has {sign} in its {name}, which is not Base64", start + stray.start(), start + stray.end()
    body = part.rstrip("=")
    padding = "=" * (-len(body) % 4)
    size = len(body) * 3 // 4
    whole = size > 0 and size % BLOCK == 0
    if len(body) % 4 == 1:
        message = f"is broken: its {name} has {len(body):,} characters, which is not Base64; a piece is missing"
    elif part != body + padding:
        message = f'is broken: its {name} ends in "{part[len(body) :]}", expected "{padding}"'
    elif name == "ciphertext" and not whole:
        message = f"is broken: its ciphertext has {size:,} bytes, expected whole blocks of {BLOCK}"
    elif name != "ciphertext" and size != BLOCK:
        message = f"is broken: its {name} has {size:,} bytes, expected {BLOCK}"
    else:
        return None
    return message, start, start + len(part)
