"""Bare values between brackets that some reader ends, or refuses, in their middle."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import SAFE, Diagnostic, Edit, Fix
from feedlint.edits import set_value
from feedlint.record import show
from feedlint.rule import at
from feedlint.rules.ya.culprit import brief, cite
from feedlint.rules.ya.places import quoted
from feedlint.source import Document, Node, Span, scalars


def judge(document: Document) -> Iterator[Diagnostic]:
    """Yield the bare values and keys between brackets that not all readers take."""
    for node in document.nodes:
        if not node.flow:
            continue
        if node.key is not None and node.key_span is not None and "?" in node.key:
            yield from _key(document, node, node.key, node.key_span)
        if fails_in_brackets(node):
            yield at(
                node,
                f"{show(node.path)} is {cite(node.value)}, {_reason(node.value)}: put it in double quotes",
                fix=set_value(
                    document,
                    node,
                    node.value,
                    f'Write "{brief(scalars.escape(node.value))}"',
                    SAFE,
                    style=scalars.DOUBLE,
                ),
            )


def fails_in_brackets(node: Node) -> bool:
    """Tell whether *node* is a bare value between brackets that some reader refuses there."""
    return (
        node.flow
        and node.style == scalars.PLAIN
        and node.tag == "str"
        and (node.value[-1:] == ":" or node.value == "-" or "?" in node.value)
    )


def _reason(value: str) -> str:
    if "?" in value:
        return "and Hugo stops at a question mark between brackets"
    if value == "-":
        return "which JavaScript takes for a list item"
    return "and Jekyll stops at a colon at an end between brackets"


def _key(document: Document, node: Node, key: str, span: Span) -> Iterator[Diagnostic]:
    if document.slice(span) != key or key[0] in "[{*":
        return
    yield at(
        node,
        f"the key {cite(key)} has a question mark, at which Hugo stops between brackets: put it in double quotes",
        span=span,
        fix=Fix(f"Put {brief(key)} in double quotes", (Edit(span, quoted(key)),)),
    )
