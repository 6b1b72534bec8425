"""XR003."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import UNSAFE, Diagnostic
from feedlint.edits import set_value
from feedlint.likeness import closest
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.typed import Final

_TOPIC = 'taxonomy: topic\n_id: %s\nname: "%s"\n'
_TAXONOMY = {
    "_data/topics/01-transport.yaml": _TOPIC % ("public-transport", "Public Transport"),
    "_data/topics/02-planning.yaml": _TOPIC % ("city-planning", "City Planning"),
}


EXAMPLES: Final = [
    Example(
        bad="topics:\n  - Public transport",
        fixed="topics:\n  - Public Transport",
        safety=UNSAFE,
        files=_TAXONOMY,
    ),
    Example(bad="topics:\n  - Cooking", files=_TAXONOMY),
    Example(good="topics:\n  - City Planning", files=_TAXONOMY),
    Example(good="topics:\n  - Cooking"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A record's topics are among those of the site.

    The site's topics are the names in `_data/topics/*.yaml`. Where the repository has no such folder, or a file in it
    cannot be read, nothing is said.

    ## Why

    The site makes one list of stories for each of its topics; a story under any other name is in none of them.

    ## Fix safety

    Unsafe: the known topic that is spelt most like the unknown one is written, if there is one; it is a guess.
    """
    nodes = record.texts("topic")
    known = record.repository.topics if nodes else None
    if known is None:
        return
    for node in nodes:
        if node.value in known or not node.value.strip():
            continue
        meant = closest(node.value, sorted(known, reverse=True))
        taken = any(other.value == meant for other in nodes)
        fix = None
        if meant and not taken:
            fix = set_value(record.document, node, meant, f"Write {meant}", UNSAFE)
        names = ", ".join(sorted(known)[:9]) + (" …" if len(known) > 9 else "")
        yield at(
            node,
            f'{show(node.path)} is "{node.value}", which is no topic of the site'
            + (f', did you mean "{meant}"?' if meant else ""),
            fix=fix,
            help="" if meant else f"the topics are {names}",
        )
