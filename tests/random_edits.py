"""Random edits of random files: each one is proved, and right, or it is refused.

``python -m tests.random_edits --count 10000 --seed 1 [FOLDER]`` makes so many edits, to invented files or to the
Markdown files below FOLDER, and prints how they ended for each way a file can be written. Whether a proved edit is
right is judged by PyYAML, and by what was meant, not by what the fix declares.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise, zip_longest
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from feedlint import edits
from feedlint.diagnostic import Fix
from feedlint.fixing import Refused, prove
from feedlint.fragments import Fragment
from feedlint.source import Document, Node, Span, encode, parse, scalars
from tests.strategies import Writer, feed_file, scalar

Item = tuple[int, str | None, str, Any]
"""One value as PyYAML has it: depth, key, tag, and the value of a scalar or all that an alias stands for."""

OUTCOMES = ("proved", "refused", "not offered", "wrong")


class Intent(NamedTuple):
    """What is to be done to one node: the fix for it, and what then becomes of the items of the record."""

    fix: Fix | None
    at: int
    removed: int
    items: list[Item]
    inside: Span | None  # where every edit has to lie; None for an insertion
    name: str


# --- what PyYAML reads -------------------------------------------------------------------------------------


def items(document: Document) -> list[Item]:
    """Return the data of *document* as PyYAML reads it, in the order of the file."""
    start, end = document.delimiters.front
    text = document.text[start:end].lstrip("\ufeff")
    result: list[Item] = []
    root = yaml.compose(text, yaml.CSafeLoader)
    if root is not None:
        _walk(root, 0, None, result, set())
    return result


def _walk(node: yaml.Node, depth: int, key: str | None, result: list[Item], seen: set[int]) -> None:
    if id(node) in seen:
        below: list[Item] = []
        _walk(node, 0, None, below, set())
        result.append((depth, key, "alias", below))
        return
    seen.add(id(node))
    tag = node.tag.removeprefix("tag:yaml.org,2002:")
    result.append((depth, key, tag, _value(node, tag) if isinstance(node, yaml.ScalarNode) else None))
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _walk(child, depth + 1, None, result, seen)
    elif isinstance(node, yaml.MappingNode):
        for name, child in node.value:
            seen.add(id(name))
            _walk(child, depth + 1, str(name.value), result, seen)


def _value(node: yaml.ScalarNode, tag: str) -> Any:
    if tag in ("int", "float", "bool", "null"):
        return yaml.SafeLoader("").construct_object(node)
    return node.value


def _item(depth: int, key: str | None, value: edits.Value) -> Item:
    return depth, key, "null" if value is None else type(value).__name__, value


# --- edits -------------------------------------------------------------------------------------------------


def _set(document: Document, node: Node, random: Random, new: Callable[[], Any]) -> Intent:
    value = new()
    fix = edits.set_value(document, node, value, "")
    return Intent(fix, node.index, 1, [_item(node.depth, node.key, value)], node.span, "set_value")


def _fragments(document: Document, node: Node, random: Random, new: Callable[[], Any]) -> Intent:
    places = sorted(random.randint(0, len(node.value)) for _ in range(2 * random.randint(1, 3)))
    chosen = [
        Fragment(*pair, str(new())[: random.randint(0, 9)]) for pair in zip(places[::2], places[1::2], strict=True)
    ]
    value = node.value
    for start, end, text in reversed(chosen):
        value = value[:start] + text + value[end:]
    fix = edits.replace_fragments(document, node, chosen, "")
    return Intent(fix, node.index, 1, [_item(node.depth, node.key, value)], node.span, "replace_fragments")


def _delete(document: Document, node: Node, random: Random, new: Callable[[], Any]) -> Intent:
    delete = edits.delete_item if node.key is None else edits.delete_entry
    start = document.lines.start(node.span.start if node.key_span is None else node.key_span.start)
    inside = node.parent.span if node.flow and node.parent else Span(start, document.lines.next(node.span.end))
    return Intent(delete(document, node, ""), node.index, node.end - node.index, [], inside, delete.__name__)


def _rename(document: Document, node: Node, random: Random, new: Callable[[], Any]) -> Intent:
    key = random.choice(["title", "webUrl", "k", str(new())])
    depth, _, tag, value = items(document)[node.index]
    fix = edits.rename_key(document, node, key, "")
    return Intent(fix, node.index, 1, [(depth, key, tag, value)], node.key_span, "rename_key")


def _insert(document: Document, node: Node, random: Random, new: Callable[[], Any]) -> Intent:
    value, style = new(), random.choice(["plain", "single", "double"])
    if style == "plain" and isinstance(value, str) and not scalars.is_plain_safe(value):
        style = "double"  # a plain date is meant to be one: not here
    insert, at = random.choice([(edits.insert_after, node.end), (edits.insert_before, node.index)])
    fix = insert(document, node, "inserted", value, "", style=style)
    return Intent(fix, at, 0, [_item(node.depth, "inserted", value)], None, insert.__name__)


def _make_list(document: Document, node: Node, random: Random, new: Callable[[], Any]) -> Intent:
    depth, key, tag, value = items(document)[node.index]
    wanted: list[Item] = [(depth, key, "seq", None), (depth + 1, None, tag, value)]
    inside = Span(node.key_span.end if node.key_span else node.span.start, node.span.end)
    return Intent(edits.make_list(document, node, ""), node.index, 1, wanted, inside, "make_list")


_EDITS = [_set, _set, _set, _fragments, _fragments, _fragments, _delete, _rename, _insert, _insert, _make_list]


class Trial(NamedTuple):
    """How edits of a document ended: one of :data:`OUTCOMES`, and why; *wrong* says what is wrong."""

    outcome: str
    reason: str
    edits: str


def attempt(document: Document, random: Random, new: Callable[[], Any]) -> Trial:
    """Make one random edit of *document*, or two at once, with values that *new* gives."""
    one = random.choice(_EDITS)(document, random.choice(document.nodes[1:]), random, new)
    intents = [one]
    if random.random() < 0.2:
        other = random.choice(_EDITS)(document, random.choice(document.nodes[1:]), random, new)
        # Two that meet are refused, or have no order that would be right.
        if one.at + max(one.removed, 1) <= other.at or other.at + max(other.removed, 1) <= one.at:
            intents.append(other)
    name = " + ".join(sorted(intent.name for intent in intents))
    fixes = [intent.fix for intent in intents if intent.fix is not None]
    if len(fixes) < len(intents):
        return Trial("not offered", "", name)
    made = [edit for fix in fixes for edit in fix.edits]
    try:
        result = prove(document, made, [change for fix in fixes for change in fix.changes])
    except Refused as error:
        return Trial("refused", error.reason, name)
    problem = _problem(document, intents, result)
    return Trial("wrong", problem, name) if problem else Trial("proved", "", name)


def _problem(old: Document, intents: list[Intent], new: Document) -> str:
    """Return what is wrong with *new*, which is said to be *old* with *intents* made; "" if nothing is."""
    made = sorted(edit for intent in intents if intent.fix for edit in intent.fix.edits)
    for intent in intents:
        for edit in intent.fix.edits if intent.fix else ():
            if intent.inside is None:
                if edit.span.start != edit.span.end:
                    return "an insertion replaces text"
            elif not intent.inside.start <= edit.span.start <= edit.span.end <= intent.inside.end:
                return "text outside of the node is edited"
    at, data = 0, new.bytes
    for start, end in zip(
        [0, *(edit.span.end for edit in made)], [*(edit.span.start for edit in made), None], strict=True
    ):
        kept = encode(old.text[start:end])
        if data[at : at + len(kept)] != kept:
            return "bytes outside of the edits differ"
        at += len(kept) + (len(encode(made.pop(0).text)) if made else 0)
    if at != len(data):
        return "there are more bytes than there should be"
    wanted = items(old)
    for intent in sorted(intents, key=lambda intent: -intent.at):
        wanted[intent.at : intent.at + intent.removed] = intent.items
    try:
        found = items(new)
    except (yaml.YAMLError, ValueError) as error:
        return f"PyYAML cannot read the result: {error}"
    for one, other in zip_longest(found, wanted):
        if repr(one) != repr(other):
            return f"PyYAML reads {one!r}, meant was {other!r}"
    return ""


# --- files -------------------------------------------------------------------------------------------------


def invented(random: Random) -> Iterator[str]:
    """Yield feed files of our own invention."""
    while True:
        yield feed_file(random)[0]


def real(folder: Path, random: Random) -> Iterator[str]:
    """Yield the files below *folder*, as they are but for line ends and such, or their data in other styles."""
    texts = [parse(path.read_bytes()) for path in sorted(folder.rglob("*.md"))]
    documents = [document for document in texts if document.root is not None]
    while documents:
        document = random.choice(documents)
        if random.random() < 0.4:
            text = document.text.replace("\r\n", "\n")
            text = Writer(random, 0).endings(text, random.choice(["\n", "\r\n", "\r\n", "\r", ""]))
            text = text.rstrip("\r\n") if random.random() < 0.3 else text
            yield f"\ufeff{text}" if random.random() < 0.3 else text
        else:
            yield Writer(random, random.choice([0.1, 0.5])).file(document.data)


def variants(document: Document) -> list[str]:
    """Return in which of the ways that matter here *document* is written."""
    text, nodes = document.text, document.nodes
    breaks = {"\r\n": text.count("\r\n"), "\n": text.count("\n") - text.count("\r\n")}
    breaks["\r"] = text.count("\r") - breaks["\r\n"]
    used = [ending for ending, count in breaks.items() if count]
    ending = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}[used[0]] if len(used) == 1 else "mixed line ends"
    places = _places(document)
    between = "".join(text[one.end : other.start] for one, other in pairwise(places))
    found = {
        ending: True,
        "BOM": text.startswith("\ufeff"),
        "no final newline": text[-1:] not in ("\r", "\n"),
        "block scalar": any(node.style in ("literal", "folded") for node in nodes),
        "folded over lines": any(
            node.style in ("plain", "single", "double") and set(document.slice(node.span)) & set("\r\n")
            for node in nodes
        ),
        "alias": any(node.tag == "alias" for node in nodes),
        "flow": any(node.style == "flow" for node in nodes),
        "comment": "#" in between,
        "multi-byte": not text.isascii(),
    }
    return [name for name, there in found.items() if there]


def _places(document: Document) -> list[Span]:
    """Return where something is written that is neither comment nor white space nor mark of YAML."""
    spans = [span for node in document.nodes for span in (node.key_span, None if node.children else node.span) if span]
    front = document.delimiters.front
    return sorted([Span(0, front.start), *spans, Span(front.end, len(document.text))])


class Tally:
    """Counts of how edits ended, by how the file is written and by what was done."""

    def __init__(self) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.reasons: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, document: Document, trial: Trial) -> None:
        by = "two at once" if "+" in trial.edits else trial.edits
        for row in ("all", *variants(document), f"by {by}"):
            self.outcomes[row, trial.outcome] += 1
        if trial.outcome == "refused":
            self.reasons[re.sub(r".* (?=would change in)", "a field ", trial.reason)] += 1
        if trial.outcome == "wrong":
            self.wrong.append(f"{trial.edits}: {trial.reason}\n{document.text!r}")

    def __str__(self) -> str:
        rows = sorted({row for row, _ in self.outcomes}, key=lambda row: (row != "all", row.startswith("by "), row))
        lines = [f"{'':24}" + "".join(f"{outcome:>13}" for outcome in OUTCOMES)]
        lines += [f"{row:24}" + "".join(f"{self.outcomes[row, outcome]:13}" for outcome in OUTCOMES) for row in rows]
        lines += ["", "refused because"] + [f"{count:6}  {reason}" for reason, count in self.reasons.most_common()]
        return "\n".join(lines + self.wrong)


def run(texts: Iterator[str], count: int, random: Random) -> Tally:
    """Make *count* edits, a few to each of *texts*; what no edit is offered for does not count."""
    tally = Tally()
    pool: list[Any] = []

    def new() -> Any:
        return random.choice(pool) if random.random() < 0.6 else scalar(random)

    while count > 0:
        document = parse(next(texts))
        assert document.root is not None, document.text
        pool = [*pool[-500:], *(node.data for node in document.nodes if not node.children)]
        for _ in range(6):
            trial = attempt(document, random, new)
            if count > 0:
                tally.add(document, trial)
            count -= trial.outcome != "not offered"
    return tally


def main(arguments: list[str] | None = None) -> int:
    """Make the edits that *arguments* ask for, print the table, return 1 if an edit was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=Path, nargs="?")
    chosen = parser.parse_args(arguments)
    random = Random(chosen.seed)
    tally = run(real(chosen.folder, random) if chosen.folder else invented(random), chosen.count, random)
    print(tally)  # noqa: T201
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
