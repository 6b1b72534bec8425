"""A flame graph, written by hand as SVG: each box is a function, as wide as the time, above that which called it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from colorsys import hls_to_rgb
from html import escape
from typing import Final, NamedTuple
from zlib import crc32

from benchmarks.flame.stacks import Stack, module

_WIDE: Final = 1200
_ROW: Final = 17
_TOP: Final = 34
_LETTER: Final = 6.3
_LEAST: Final = 0.001
"""What share a function must have to be drawn."""
_STYLE: Final = """\
<style>
text { font: 11px ui-monospace, monospace; fill: #1f2933 }
.title { font: 14px system-ui, sans-serif; fill: #1f2933 }
.page { fill: #fff }
g:hover rect { stroke: #1f2933 }
@media (prefers-color-scheme: dark) {
.title { fill: #f0f4f8 }
.page { fill: #161b22 }
g:hover rect { stroke: #f0f4f8 }
}
</style>"""


class Box(NamedTuple):
    """A function in the graph: how deep, from which sample on, and how many."""

    name: str
    depth: int
    start: int
    samples: int


def boxes(stacks: Counter[Stack], depth: int = 0, start: int = 0) -> Iterator[Box]:
    """Yield the functions of *stacks*, from the *depth* and the sample *start* on: those with most samples first."""
    callers: dict[str, Counter[Stack]] = {}
    for stack, number in stacks.items():
        if len(stack) > depth:
            callers.setdefault(stack[depth], Counter())[stack] = number
    for name, below in sorted(callers.items(), key=lambda item: (-item[1].total(), item[0])):
        yield Box(name, depth, start, below.total())
        yield from boxes(below, depth + 1, start)
        start += below.total()


def graph(title: str, stacks: Counter[Stack]) -> str:
    """Return an SVG of *stacks*, below *title*; a box tells its function, samples and share to who points at it."""
    total = stacks.total()
    drawn = [box for box in boxes(stacks) if box.samples >= _LEAST * total]
    high = _TOP + _ROW * (1 + max((box.depth for box in drawn), default=0)) + 8
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}">',
        f"<title>{escape(title)}</title>",
        _STYLE,
        f'<rect class="page" width="{_WIDE}" height="{high}" rx="6"/>',
        f'<text class="title" x="12" y="22">{escape(title)}</text>',
        *(_drawn(box, total, high) for box in drawn),
    ]
    return "\n".join([*lines, "</svg>", ""])


def _drawn(box: Box, total: int, high: int) -> str:
    x, wide = (_WIDE * number / total for number in (box.start, box.samples))
    y = high - 8 - _ROW * (box.depth + 1)
    told = escape(f"{box.name}: {box.samples:,} samples, {box.samples / total:.1%}")
    shape = f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{_ROW - 1}" rx="1" fill="{_colour(box.name)}"/>'
    room = int((wide - 4) / _LETTER)
    name = box.name.partition(" (")[0]
    name = name if len(name) <= room else f"{name[: room - 1]}…"
    text = f'<text x="{x + 2:.1f}" y="{y + 12}">{escape(name)}</text>' if room > 2 else ""
    return f"<g><title>{told}</title>{shape}{text}</g>"


def _colour(frame: str) -> str:
    """Return the colour of *frame*: one for each folder of feedlint's modules, grey for all that is not feedlint's."""
    package, *rest = module(frame).split("/")
    if package != "feedlint":
        return "#c5cdd5"
    hue = crc32("/".join(rest[:-1]).encode()) % 360 / 360
    return "#" + "".join(f"{round(255 * part):02x}" for part in hls_to_rgb(hue, 0.72, 0.6))
