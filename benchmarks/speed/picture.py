"""A picture of ratios, written by hand as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from operator import itemgetter
from typing import Final

from benchmarks.speed.measure import Ratio

_ROW: Final = 28
_BAR: Final = 16
_LEFT: Final = 150
_WIDE: Final = 480
_RIGHT: Final = 80
_TOP: Final = 62
_BELOW: Final = 30
_HEADS: Final = (
    ("name", 0, "middle", "feedlint"),
    ("small", -40, "end", "← faster"),
    ("small", 40, "start", "slower →"),
)
_STYLE: Final = """\
<style>
text { font: 13px system-ui, sans-serif; fill: #3e4c59 }
.title { font-size: 14px; fill: #1f2933 }
.small { font-size: 11px }
.page { fill: #fff }
.grid { stroke: #e4e7eb }
.ours { stroke: #0b6e4f; stroke-width: 2 }
.name { fill: #0b6e4f; font-weight: bold }
.slower { fill: #9aa5b1 }
.faster { fill: #d9822b }
.spread { stroke: #3e4c59 }
@media (prefers-color-scheme: dark) {
text { fill: #b8c2cc }
.title { fill: #f0f4f8 }
.page { fill: #161b22 }
.grid { stroke: #30363d }
.ours { stroke: #3ebd93 }
.name { fill: #3ebd93 }
.slower { fill: #616e7c }
.faster { fill: #b7651b }
.spread { stroke: #b8c2cc }
}
</style>"""


def picture(title: str, bars: Sequence[tuple[str, Ratio]]) -> str:
    """Return an SVG of *bars*, each a name and how many times as long it takes as feedlint, which is the line at 1.

    The fastest is first. What is faster goes to the left of the line, what is slower to the right, and the shortest
    and the longest of the pairs are marked. The scale is logarithmic: each grid line is ten times the one before.
    """
    values = [value for _, ratio in bars for value in ratio[:3]]
    low = min(math.floor(math.log10(min(values))), -1)
    high = max(math.ceil(math.log10(max(values))), 1)
    wide, high_px = _LEFT + _WIDE + _RIGHT, _TOP + _ROW * len(bars) + _BELOW

    def at(value: float) -> float:
        return _LEFT + _WIDE * (math.log10(value) - low) / (high - low)

    size = f'viewBox="0 0 {wide} {high_px}" width="{wide}" height="{high_px}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f"<title>{escape(title)}</title>",
        _STYLE,
        f'<rect class="page" width="{wide}" height="{high_px}" rx="6"/>',
        f'<text class="title" x="12" y="22">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        x = at(10.0**power)
        lines.append(f'<path class="grid" d="M{x:.1f} {_TOP - 6}V{high_px - 24}"/>')
        lines.append(f'<text class="small" x="{x:.1f}" y="{high_px - 8}" text-anchor="middle">{10.0**power:g}</text>')
    for number, (name, ratio) in enumerate(sorted(bars, key=itemgetter(1))):
        lines += _bar(name, ratio, _TOP + _ROW * number, at)
    lines.append(f'<path class="ours" d="M{at(1):.1f} {_TOP - 10}V{high_px - 24}"/>')
    for kind, away, anchor, text in _HEADS:
        x = at(1) + away
        lines.append(f'<text class="{kind}" x="{x:.1f}" y="{_TOP - 16}" text-anchor="{anchor}">{text}</text>')
    return "\n".join([*lines, "</svg>", ""])


def _bar(name: str, ratio: Ratio, y: int, at: Callable[[float], float]) -> list[str]:
    """Return the row of *name* at the height *y*, on the scale *at*."""
    start, end = sorted((at(1), at(ratio.median)))
    middle, text = y + _BAR / 2, y + _BAR - 3
    kind = "faster" if ratio.median < 1 else "slower"
    label = max(at(ratio.greatest), at(1)) + 6
    return [
        f'<text x="{_LEFT - 12}" y="{text}" text-anchor="end">{escape(name)}</text>',
        f'<rect class="{kind}" x="{start:.1f}" y="{y}" width="{max(1.0, end - start):.1f}" height="{_BAR}"/>',
        f'<path class="spread" d="M{at(ratio.least):.1f} {middle:g}H{at(ratio.greatest):.1f}"/>',
        f'<text x="{label:.1f}" y="{text}">{ratio.median:.2g}</text>',
    ]
