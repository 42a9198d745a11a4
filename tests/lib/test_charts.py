import re
from decimal import Decimal
from xml.etree import ElementTree

from senate_portal.lib import charts

SVG = "{http://www.w3.org/2000/svg}"


def chart(*rows):
    return charts.bars("c", title="Points", description="By theme", header=("Theme", "Points"), rows=rows)


def test_bars_names_and_describes_itself_to_screen_readers():
    svg = ElementTree.fromstring(chart(("Trust", 3)).svg)
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == "c-title c-description"
    assert svg.find(f"{SVG}title[@id='c-title']").text == "Points"
    assert svg.find(f"{SVG}desc[@id='c-description']").text == "By theme"


def test_bars_are_as_long_as_their_numbers_and_say_them():
    svg = ElementTree.fromstring(chart(("Trust", 4), ("Time", 1), ("Risk", 0)).svg)
    assert [int(bar.attrib["width"]) for bar in svg.iter(f"{SVG}rect")] == [424, 106, 1]
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["Trust", "4", "Time", "1", "Risk", "0"]


def test_bars_hold_hostile_labels_as_text():
    svg = ElementTree.fromstring(chart(("<script>&\x07", 1)).svg)
    assert next(svg.iter(f"{SVG}text")).text == "<script>&"


def test_bars_of_nothing_are_still_a_picture():
    assert re.search('viewBox="0 0 480 44"', chart().svg)


def test_chart_keeps_its_numbers_for_a_table():
    assert chart(("Trust", 3)).rows == (("Trust", 3),)


def test_a_line_across_the_bars_is_no_bar_and_says_its_number():
    drawn = charts.bars(
        "c",
        title="T",
        description="D",
        header=("Day", "%"),
        rows=[("May", Decimal("7.50")), ("June", 14)],
        line=("Target: 15", 15),
    )
    svg = ElementTree.fromstring(drawn.svg)
    assert [int(bar.attrib["width"]) for bar in svg.iter(f"{SVG}rect")] == [212, 396]
    texts = [(text.text, text.attrib["x"]) for text in svg.iter(f"{SVG}text")]
    # The 14 stands behind the line, not under it.
    assert texts == [("May", "0"), ("7.5", "218"), ("June", "0"), ("14", "430"), ("Target: 15", "424")]
    assert svg.find(f"{SVG}path").attrib["d"] == "M424 18v22M424 62v22"
