"""What a fix did, judged by a reader of YAML that had no hand in the proof: PyYAML's, which is written in Python.

The proof reads with libyaml and compares its own entries. Here the text is put together anew from the declared edits,
and the data compared is what PyYAML makes of both texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

from feedlint.diagnostic import Change, Edit
from feedlint.source import Document, Entry, encode

_CORE = "tag:yaml.org,2002:"
# Jekyll 4.3, Document::YAML_FRONT_MATTER_REGEXP.
_JEKYLL = re.compile(r"\A(?:---[ \t\r\f\v\n]*\n(?:.*?\n)??)(?=^(?:---|\.\.\.)[ \t\r\f\v\n]*$)", re.M | re.S)


class Step(NamedTuple):
    """One repair that was said to be proved: the document before, what was declared, and the document after."""

    old: Document
    edits: Sequence[Edit]
    changes: Sequence[Change]
    new: Document


class Item(NamedTuple):
    """One node as PyYAML has it; of an alias, *target* is the position of what it stands for."""

    depth: int
    key: str | None
    tag: str
    value: str
    target: int | None = None
    end: int = 0


def problem(step: Step) -> str:
    """Return what *step* did that it did not declare, "" if nothing; what PyYAML cannot read is not judged."""
    if rebuilt(step) != encode(step.new.text):
        return "bytes outside of the edits differ"
    if step.old.root is None:
        return ""
    old, new = items(front(step.old)), items(front(step.new))
    if old is None or len(old) != len(step.old.entries):
        return ""
    if new is None:
        return "PyYAML cannot read the result, and could before"
    return _difference(old, sorted(step.changes, key=lambda change: change[:2]), new)


def rebuilt(step: Step) -> bytes:
    """Return the bytes of the old document with the declared edits made, the last one first."""
    data = encode(step.old.text)
    at = [len(encode(step.old.text[:offset])) for edit in step.edits for offset in edit.span]
    for start, end, text in sorted(
        zip(at[::2], at[1::2], [edit.text for edit in step.edits], strict=True), reverse=True
    ):
        data = data[:start] + encode(text) + data[end:]
    return data


def front(document: Document) -> str:
    """Return the YAML of *document*."""
    return document.slice(document.delimiters.front).lstrip("\ufeff")


def front_of_jekyll(text: str) -> str | None:
    """Return what Jekyll takes for the front matter of *text*, its opening line included, None if there is none."""
    match = _JEKYLL.match(text)
    return match[0] if match else None


def items(text: str) -> list[Item] | None:
    """Return the data of the YAML *text* in the order of the file, None where PyYAML does not read it."""
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        try:
            root = yaml.compose(text, loader)
        except (yaml.YAMLError, ValueError, RecursionError):
            continue
        result: list[Item] = []
        if root is not None:
            _walk(root, 0, None, result, {})
        return result
    return None


def _walk(node: yaml.Node, depth: int, key: str | None, result: list[Item], seen: dict[int, int]) -> None:
    if id(node) in seen:
        result.append(Item(depth, key, "alias", "", seen[id(node)]))
        return
    at = seen[id(node)] = len(result)
    tag = node.tag.removeprefix(_CORE)
    tag = "str" if tag == "timestamp" else tag
    result.append(Item(depth, key, tag, node.value if isinstance(node, yaml.ScalarNode) else ""))
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _walk(child, depth + 1, None, result, seen)
    elif isinstance(node, yaml.MappingNode):
        for name, child in node.value:
            # An alias of a key stands for no item; the text of a key that is a collection is not compared.
            seen.setdefault(id(name), -1)
            _walk(child, depth + 1, name.value if isinstance(name, yaml.ScalarNode) else "", result, seen)
    result[at] = result[at]._replace(end=len(result))


def _difference(old: Sequence[Item], changes: Sequence[Change], new: Sequence[Item]) -> str:
    """Return where *new* is not *old* with *changes* made, "" if nowhere."""
    wanted: list[Item | Entry] = []
    moved: dict[int, int] = {-1: -1}
    at = 0
    for start, removed, entries in [*changes, Change(len(old), 0, ())]:
        moved.update({index: len(wanted) + index - at for index in range(at, start)})
        wanted += old[at:start]
        if len(entries) == removed:  # values, or a key: each stays in its place
            moved.update({start + index: len(wanted) + index for index in range(removed)})
        wanted += entries
        at = start + removed
    if len(wanted) != len(new):
        return f"PyYAML reads {len(new)} items, declared were {len(wanted)}"
    for mine, theirs in zip(wanted, new, strict=True):
        if not _is_same(mine, theirs, old, changes, moved):
            return f"PyYAML reads {theirs[:4]!r}, declared was {mine[:4]!r}"
    return ""


def _is_same(
    mine: Item | Entry, theirs: Item, old: Sequence[Item], changes: Sequence[Change], moved: dict[int, int]
) -> bool:
    if isinstance(mine, Entry):
        if mine.tag == "alias":
            return theirs.tag == "alias"
        # What a key is given to keeps its type, also one that YAML 1.1 alone sees in it: `no` is a boolean there.
        same = any((item.tag, item.value) == (theirs.tag, theirs.value) for item in _replaced(old, changes))
        tag = theirs.tag if mine.tag == "str" and same else mine.tag
        return (mine.depth, mine.key, tag, mine.value) == theirs[:4]
    if mine.target is None or mine.target < 0:
        return mine[:5] == theirs[:5]
    touched = any(_is_inside(change, mine.target, old) for change in changes)
    return mine[:4] == theirs[:4] and not touched and moved.get(mine.target) == theirs.target


def _replaced(old: Sequence[Item], changes: Sequence[Change]) -> Iterator[Item]:
    """Yield what of *old* is replaced by *changes*."""
    for start, removed, _ in changes:
        yield from old[start : start + removed]


def _is_inside(change: Change, at: int, old: Sequence[Item]) -> bool:
    """Tell whether *change* is one of what stands at *at*; to give that another key is none."""
    start, removed, entries = change
    if not (start < old[at].end and at < start + max(removed, start > at)):
        return False
    same = [(entry.depth, entry.tag, entry.value) for entry in entries]
    return [(item.depth, item.tag, item.value) for item in old[start : start + removed]] != same
