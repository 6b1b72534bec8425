"""TX005."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix
from feedlint.fragments import Fragment
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx import escapes
from feedlint.rules.tx.escapes import Escape
from feedlint.rules.tx.hidden import settle
from feedlint.rules.tx.texts import counted, finding, mend, shown, texts, tidy
from feedlint.source import Node
from feedlint.typed import Final

_MARKUP = frozenset("<>&\\%")


EXAMPLES: Final = [
    Example(bad='title: "The tram\\\\u2019s caf\\\\xe9"', fixed='title: "The tram’s café"'),
    Example(bad="title: It\\'s the new tram", fixed="title: It's the new tram"),
    Example(bad="excerpt: 'The tram.\\r\\nIt stops here.'", fixed="excerpt: 'The tram. It stops here.'"),
    Example(bad='title: "=?utf-8?Q?Caf=C3=A9_by_the_quay?="', fixed='title: "Café by the quay"'),
    Example(bad='title: "Harbour%20council%3A a caf%C3%A9"', fixed='title: "Harbour council: a café"', safety=UNSAFE),
    Example(bad='title: "The caf=C3=A9"', fixed='title: "The café"', safety=UNSAFE),
    Example(bad='title: "Tram \\\\ud83d opens"'),
    Example(good="title: 'In C:\\users\\new, 20%20 years of \\nabla, and [\\u0041-\\u005a] of \"100%\"'"),
    Example(good='title: "See https://www.example.com/caf%C3%A9?q=%20 for more"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    r"""No text has escape sequences that were never read back, as `\u2019`, `\n`, `%20` and `=?utf-8?Q?=E2=82=AC?=`.

    Found are those of JSON and most languages (`\u2019`, `\xe9`, `\r\n`, `\'`, `\"`), the encoded words of mail, and
    the bytes of UTF-8 in percent-encoding and quoted-printable. Paths (`C:\new`), addresses, LaTeX (`\nu`), patterns
    and what stands alone in a text about code is text.

    ## Why

    Readers see `The tram\u2019s` instead of `The tram’s`: the text was escaped once more than it was read.

    ## Fix safety

    A sequence that names its character (`\u2019`), an encoded word, a doubled line break (`\r\n`, `\n\n`) and a quote
    that ends up as one are safe to read, since no sentence has them otherwise. Unsafe are a `\n` alone, bytes in
    percent-encoding and quoted-printable, what would then look like markup or another escape, each in a text about
    code or encodings, and deleting an invisible character where that is unsafe in TX006. What stands for no character
    or is cut off has no fix.

    ## Sources

    RFC 8259, 7 (JSON strings); RFC 2047 (encoded words); RFC 3986, 2.1; RFC 2045, 6.7 (quoted-printable).
    """
    for node, text in texts(record):
        kinds: dict[str, list[Escape]] = {}
        for escape in escapes.find(text):
            kinds.setdefault(escape.kind, []).append(escape)
        for kind, found in kinds.items():
            found.sort(key=lambda escape: escape.start)
            fix = _fix(record, node, text, found)
            yield finding(
                record,
                node,
                [(escape.start, escape.end) for escape in found],
                f"{show(node.path)} has {counted(len(found), kind)}: {_words(text, found[0])}",
                fix=fix,
                help="" if fix else "write the character itself, as the source has it",
            )


def _words(text: str, escape: Escape) -> str:
    written = shown(text[escape.start : escape.end])
    if escape.text is None:
        return f"{written} stands for no character"
    return f"{written} should be {'a space' if escape.text == ' ' else shown(escape.text)}"


def _fix(record: Record, node: Node, text: str, found: Sequence[Escape]) -> Fix | None:
    """Return the fix of those that are certain, or, where none is, of the others."""
    known = [escape for escape in found if escape.text is not None]
    fragments = [Fragment(escape.start, escape.end, escape.text or "") for escape in known]
    settled = [
        (fragment._replace(text=fill), sure and escape.sure and _MARKUP.isdisjoint(fill))
        for fragment, escape, (fill, sure) in zip(fragments, known, settle(text, fragments), strict=True)
    ]
    chosen = [fragment for fragment, sure in settled if sure] or [fragment for fragment, _ in settled]
    if not chosen:
        return None
    safety = SAFE if any(sure for _, sure in settled) else UNSAFE
    title = f"Decode the {found[0].kind}{'s' if len(chosen) > 1 else ''}"
    return mend(record, node, text, tidy(text, chosen), title, safety)
