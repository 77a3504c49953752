from xml.etree import ElementTree

import pytest

from guide.charts import WIDTH, Node, Phase, Tile, bar_chart, chain_picture, tile_map, timeline

SPACE = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_bars_are_as_long_as_their_values_and_start_at_zero() -> None:
    picture = drawn(bar_chart({"2020": 50, "2021": 100, "2022": 25}, {"2020": "50", "2021": "100", "2022": "25"}, "x"))
    widths = [float(bar.get("width", "")) for bar in picture.iter(f"{SPACE}rect")]
    assert widths == pytest.approx([widths[1] / 2, widths[1], widths[1] / 4], abs=0.1)
    assert len({bar.get("x") for bar in picture.iter(f"{SPACE}rect")}) == 1


def test_every_picture_is_named_by_its_heading() -> None:
    pictures = [
        bar_chart({"a": 1}, {"a": "1"}, "name"),
        timeline([Phase(3, "3"), Phase(None, "∞")], "name"),
        tile_map([Tile(0, 0, "A", "b", "c")], "name"),
        chain_picture([Node(0, 0, "A"), Node(1, 0, "B")], [(0, 1)], "name"),
    ]
    for svg in pictures:
        picture = drawn(svg)
        assert (picture.get("role"), picture.get("aria-labelledby")) == ("img", "name")


def test_phases_are_as_wide_as_they_last() -> None:
    picture = drawn(
        timeline([Phase(1.5, "45"), Phase(3, "3"), Phase(3, "+3", is_optional=True), Phase(None, "∞")], "x")
    )
    widths = [float(phase.get("width", "")) + 2 for phase in picture.iter(f"{SPACE}rect")]
    assert widths == pytest.approx([widths[1] / 2, widths[1], widths[1]], abs=0.1)


def test_tiles_do_not_overlap_and_stay_inside() -> None:
    places = [(0, 0), (2, 0), (1, 1), (8, 1)]
    picture = drawn(tile_map([Tile(x, y, "A", "b", "c") for x, y in places], "x"))
    boxes = [
        tuple(float(tile.get(key, "")) for key in ("x", "y", "width", "height"))
        for tile in picture.iter(f"{SPACE}rect")
    ]
    for index, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0 and x + wide <= WIDTH
        for other_x, other_y, other_wide, other_high in boxes[index + 1 :]:
            apart_sideways = x + wide <= other_x or other_x + other_wide <= x
            apart_upwards = y + high <= other_y or other_y + other_high <= y
            assert apart_sideways or apart_upwards


def test_words_in_a_picture_cannot_become_markup() -> None:
    svg = bar_chart({"<b>": 1}, {"<b>": '"&'}, '"><script>')
    assert "<b>" not in svg and "<script>" not in svg
    drawn(svg)
