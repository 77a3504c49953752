"""Numbers and names in, pictures out: inline SVG drawn at build time, each named for screen readers.

Does no input or output, and knows no language: words come in ready. Colours come from the style sheet by class.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

WIDTH = 340  # a phone's text column, so that a unit of the picture is a pixel there


def bar_chart(values: Mapping[str, int], written: Mapping[str, str], name_id: str) -> Markup:
    """One horizontal bar per label, the value beside it; all bars start at zero.

    `written` is each value as the reader's language writes it; `name_id` is the id of the chart's heading.
    """
    row, left, right = 28, max(44, 7 * max(map(len, values)) + 8), 52
    longest = max(values.values())
    parts = []
    for index, (label, value) in enumerate(values.items()):
        y = index * row
        length = (WIDTH - left - right) * value / longest
        parts += [
            _text("chart__label", left - 8, y + 19, label, anchor="end"),
            _shape("rect", "chart__bar", x=left, y=y + 4, width=length, height=20),
            _text("chart__value", left + length + 6, y + 19, written[label], anchor="start"),
        ]
    return _picture(parts, len(values) * row, name_id)


class Phase(NamedTuple):
    """A phase: its length in months (None: unlimited), what stands in it, whether it may be left out."""

    months: float | None
    label: str
    is_optional: bool = False


def timeline(phases: Sequence[Phase], name_id: str) -> Markup:
    """The phases one after the other, as long as they last; the unlimited one is an arrow."""
    open_end, top, high = 64, 6, 34
    scale = (WIDTH - open_end) / sum(phase.months or 0 for phase in phases)
    parts: list[Markup] = []
    x = 0.0
    for phase in phases:
        if phase.months is None:
            arrow = f"M{x:.1f} {top}h{open_end - 14}l13 {high / 2}-13 {high / 2}H{x:.1f}z"
            parts.append(_shape("path", "timeline__phase timeline__phase--unlimited", d=arrow))
            width = open_end - 14.0
        else:
            width = phase.months * scale
            kind = "optional" if phase.is_optional else "sure"
            parts.append(
                _shape("rect", f"timeline__phase timeline__phase--{kind}", x=x, y=top, width=width - 2, height=high)
            )
        parts.append(_text("timeline__label", x + width / 2, top + 22, phase.label))
        x += width
    return _picture(parts, top + high + 6, name_id)


class Tile(NamedTuple):
    """A district on the grid: column and row, its short name, the name under it, the kind that colours it.

    `name` lets a script know which one was touched.
    """

    column: int
    row: int
    short: str
    under: str
    kind: str
    name: str = ""


def tile_map(tiles: Sequence[Tile], name_id: str) -> Markup:
    """A schematic map: each tile is two columns wide and one row high and touches its neighbours; not to scale."""
    column, row = WIDTH / 10, 52
    parts = []
    for tile in tiles:
        x, y = tile.column * column, tile.row * row
        kind = f"district-map__tile district-map__tile--{tile.kind}"
        parts += [
            _shape("rect", kind, data_name=tile.name, x=x + 1, y=y + 1, width=2 * column - 2, height=row - 2),
            _text("district-map__short", x + column, y + 23, tile.short),
            _text("district-map__under", x + column, y + 40, tile.under),
        ]
    return _picture(parts, (max(tile.row for tile in tiles) + 1) * row, name_id)


class Node(NamedTuple):
    """Somebody in a chain: column (0 or 1), row, and who it is."""

    column: int
    row: int
    who: str


def chain_picture(nodes: Sequence[Node], arrows: Sequence[tuple[int, int]], name_id: str) -> Markup:
    """Boxes in two columns, and arrows between neighbours, given by the nodes' places in the list."""
    wide, high, gap = 160, 44, 30
    corners = [(node.column * (WIDTH - wide), node.row * (high + gap)) for node in nodes]
    head = _shape("path", "referral-chain__head", d="M0 0 8 4 0 8z")
    marker = (
        '<marker id="chain-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    )
    parts = [Markup(f"<defs>{marker}{head}</marker></defs>")]
    for start, end in arrows:
        (x1, y1), (x2, y2) = corners[start], corners[end]
        if y1 == y2:
            places = {"x1": min(x1, x2) + wide, "y1": y1 + high / 2, "x2": max(x1, x2), "y2": y2 + high / 2}
        elif x1 == x2:
            places = {"x1": x1 + wide / 2, "y1": y1 + high, "x2": x2 + wide / 2, "y2": y2}
        else:
            places = {"x1": x1 + (8 if x1 else wide - 8), "y1": y1 + high, "x2": x2 + (8 if x2 else wide - 8), "y2": y2}
        parts.append(_shape("line", "referral-chain__arrow", marker_end="url(#chain-arrow)", **places))
    for node, (x, y) in zip(nodes, corners, strict=True):
        parts.append(_shape("rect", "referral-chain__box", x=x, y=y, width=wide, height=high, rx=6))
        parts.append(_text("referral-chain__who", x + wide / 2, y + high / 2 + 5, node.who))
    return _picture(parts, max(y for _, y in corners) + high, name_id)


def _shape(tag: str, kind: str, **places: float | str) -> Markup:
    written = Markup(" ").join(
        Markup('{}="{}"').format(name.replace("_", "-"), place if isinstance(place, str) else f"{place:.1f}")
        for name, place in places.items()
    )
    return Markup('<{} class="{}" {}/>').format(tag, kind, written)


def _text(kind: str, x: float, y: float, words: str, *, anchor: str = "middle") -> Markup:
    place = Markup('x="{:.1f}" y="{:.1f}" text-anchor="{}"').format(x, y, anchor)
    return Markup('<text class="{}" {}>{}</text>').format(kind, place, words)


def _picture(parts: Sequence[Markup], height: float, name_id: str) -> Markup:
    start = Markup('<svg class="picture" viewBox="0 0 {} {:.0f}" role="img" aria-labelledby="{}">')
    return start.format(WIDTH, height, name_id) + Markup("").join(parts) + Markup("</svg>")
