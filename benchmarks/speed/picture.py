"""A picture of bars, written by hand as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Final

_ROW: Final = 28
_LEFT: Final = 170
_WIDE: Final = 460
_RIGHT: Final = 70
_TOP: Final = 44
_OWN: Final = "#0b6e4f"
_OTHER: Final = "#9aa5b1"


def picture(title: str, bars: Sequence[tuple[str, float]]) -> str:
    """Return an SVG with a bar for each of *bars*, a name and a number above 0: the first is ours, which is 1.

    The scale is logarithmic: from one grid line to the next is ten times as long.
    """
    powers = [math.floor(math.log10(value)) for _, value in bars]
    low, high = min(powers), max(powers) + 1
    wide, high_px = _LEFT + _WIDE + _RIGHT, _TOP + _ROW * len(bars) + 30

    def at(value: float) -> float:
        return _LEFT + _WIDE * (math.log10(value) - low) / (high - low)

    size = f'viewBox="0 0 {wide} {high_px}" width="{wide}" height="{high_px}"'
    font = 'font-family="system-ui, sans-serif" font-size="13" fill="#52606d"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{wide}" height="{high_px}" fill="#fff"/>',
        f'<text x="12" y="22" font-size="14" fill="#1f2933">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        x, label = at(10.0**power), f"{10.0**power:g}"
        lines.append(f'<path d="M{x:.1f} {_TOP - 6}V{high_px - 24}" stroke="#e4e7eb"/>')
        lines.append(f'<text x="{x:.1f}" y="{high_px - 8}" text-anchor="middle" font-size="11">{label}</text>')
    for number, (name, value) in enumerate(bars):
        y, end = _TOP + _ROW * number, at(value)
        colour = _OTHER if number else _OWN
        lines.append(f'<text x="{_LEFT - 10}" y="{y + 14}" text-anchor="end">{escape(name)}</text>')
        lines.append(f'<rect x="{_LEFT}" y="{y}" width="{max(1.0, end - _LEFT):.1f}" height="18" fill="{colour}"/>')
        lines.append(f'<text x="{end + 6:.1f}" y="{y + 14}">{value:.2g}</text>')
    return "\n".join([*lines, "</svg>", ""])
