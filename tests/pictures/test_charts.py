import gzip
import math
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from lxml import etree

from clarion.errors import InputError
from clarion.pictures.charts import (
    Bar,
    Frame,
    Happening,
    Mark,
    Moment,
    Pair,
    Partners,
    Point,
    Step,
    curve_with_bands,
    interval_bars,
    line_with_band,
    paired_dots,
    stacked_partners,
    waterfall,
)
from clarion.pictures.charts.bars import bars_spec
from clarion.pictures.charts.curve import curve_spec
from clarion.pictures.charts.dots import pairs_spec
from clarion.pictures.charts.line import line_spec
from clarion.pictures.charts.partners import partners_spec
from clarion.pictures.charts.render import complete
from clarion.pictures.charts.waterfall import waterfall_spec
from clarion.pictures.tokens import light

SVG = "{http://www.w3.org/2000/svg}"
BARS = [Bar(f"Country number {i}", 0.9 - i / 20, 0.8 - i / 20, 0.95 - i / 20, f"{90 - 5 * i} %") for i in range(15)]
ROWS = [
    Partners("Wheat", {"Russia": 0.62, "Ukraine": 0.2, "France": 0.1, "Romania": 0.05, "Serbia": 0.03}),
    Partners("Maize", {"Ukraine": 0.45, "Brazil": 0.3, "Romania": 0.15, "India": 0.1}),
]
PAIRS = [Pair(f"Country {i}", -10.0 * i, -12.5 * i + 3, f"{-10 * i} kcal") for i in range(12)]
POINTS = [
    Moment(date(2019 + m // 12, m % 12 + 1, 1), 200 + 50 * math.sin(m / 6), 180.0, 240.0 + m) if m != 20
    else Moment(date(2020, 9, 1), None)
    for m in range(66)
]  # fmt: skip
FAN = [Point(m, 20 * math.sin(m / 4), -2.0 - m, 9.0 + m, -1.0, 4.0) if m != 7 else Point(7, None) for m in range(37)]
STEPS = [Step("Russia", 300, "300"), Step("Others", -80, "−80"), Step("Missing", 220, "220", total=True)]
EVENTS = [Happening(date(2022, 2, 24), "Invasion"), Happening(date(2022, 7, 22), "Grain deal")]

Draw = Callable[[Frame], str]
CHARTS: dict[str, Draw] = {
    "bars": lambda f: interval_bars(BARS, f, axis="Share", form=".0%"),
    "ranks": lambda f: interval_bars(BARS, f, from_zero=False),
    "partners": lambda f: stacked_partners(ROWS, f),
    "dots": lambda f: paired_dots(PAIRS, f, first="Closure", second="Corridor", axis="kcal"),
    "line": lambda f: line_with_band(POINTS, f, events=EVENTS, axis="USD a tonne"),
    "curve": lambda f: curve_with_bands(FAN, f, axis="%", below="months", marks=[Mark(6, "corridor")], baseline=0.0),
    "waterfall": lambda f: waterfall(STEPS, f, axis="kcal"),
}
EMPTY: dict[str, Draw] = {
    "no bars": lambda f: interval_bars([], f),
    "unknown bars": lambda f: interval_bars([Bar("Laos", None, text="not known")], f),
    "no partners": lambda f: stacked_partners([], f),
    "partners of nothing": lambda f: stacked_partners([Partners("Wheat", {})], f),
    "no pairs": lambda f: paired_dots([Pair("Laos", None, None)], f, first="A", second="A"),
    "no points": lambda f: line_with_band([], f),
    "events alone": lambda f: line_with_band([], f, events=EVENTS),
    "no curve": lambda f: curve_with_bands([], f, marks=[Mark(1, "x")], baseline=1.0),
    "no steps": lambda f: waterfall([], f),
    "one point": lambda f: line_with_band([Moment(date(2022, 1, 1), 3.0)], f, events=EVENTS),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("standalone", [False, True])
def test_a_chart_is_small_named_and_obeys_the_content_policy(name: str, standalone: bool) -> None:
    svg = CHARTS[name](Frame("A title & more", "What it shows", "uk", "x1", standalone))
    assert len(gzip.compress(svg.encode(), 6)) <= 6_000
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "A title & more"
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= ids
    assert all(i.startswith("x1-") for i in ids)
    for node in root.iter():
        assert not {"style", "href", "class"} & set(node.attrib) or node is root
        assert etree.QName(node).localname in ("svg", "g", "path", "line", "text", "title", "desc", "rect")
    colours = set(re.findall(r"#[0-9a-fA-F]{3,8}", svg))
    assert colours <= set(light().values()) if standalone else not colours
    assert ("font-family" in svg) == standalone
    assert not re.search(r'fill="(white|black)"', svg)


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_draw_is_drawn_as_nothing(name: str) -> None:
    etree.fromstring(EMPTY[name](Frame("T", "D")))


def words(svg: str) -> list[str]:
    return [node.text or "" for node in etree.fromstring(svg).iter(f"{SVG}text")]


def test_text_stays_text_and_numbers_speak_the_readers_language() -> None:
    rows = [Bar("Кыргызстан", 12345.5, 11000.25, 13000, "12 345,5 т"), Bar("Кыргызстан", 1.0, text="1,0 т")]
    said = words(interval_bars(rows, Frame("Т", "О", "ru"), form=",.1f"))
    assert said.count("Кыргызстан") == 2, "two rows with one label stay two"
    assert "12 345,5 т" in said
    assert any(re.fullmatch(r"\d{1,2}\s000,0", w) for w in said), said
    said = words(line_with_band(POINTS[:8], Frame("Т", "О", "uk"), form=".2f"))
    assert any("," in w for w in said)
    assert any(w.lower().startswith(("квіт", "лип", "берез", "лют", "трав")) for w in said), said


def test_every_part_carries_the_number_of_its_partner() -> None:
    said = words(stacked_partners([*ROWS, Partners("Rice", {"India": 0.9, "China": 0.1})], Frame("T", "D")))
    key = [w for w in said if re.match(r"\d  ?\w", w)]
    assert [w.split()[1] for w in key] == ["India", "Ukraine", "Russia", "Brazil", "Romania", "Others"]
    assert said.count("Wheat") == 1
    assert {"1", "2", "3", "4"} <= set(said)


def test_partners_that_come_first_keep_their_place_whatever_their_share() -> None:
    said = words(stacked_partners(ROWS, Frame("T", "D"), first=["Russia", "Ukraine"]))
    assert [w.split()[1] for w in said if re.match(r"[12]  ?\w", w)] == ["Russia", "Ukraine"]


def test_a_waterfall_begins_where_the_step_before_ended_and_a_total_at_zero() -> None:
    steps = waterfall_spec(STEPS, "kcal", "f")["data"]["values"]
    assert [(s["from"], s["to"]) for s in steps] == [(0, 300), (300, 220), (0, 220)]


def test_hostile_words_are_words() -> None:
    bad = "<script>\x00</script>${1+1}'\"); alert(1)"
    for svg in (
        interval_bars([Bar(bad, 1.0, text=bad)], Frame(bad, bad), axis=bad),
        stacked_partners([Partners(bad, {bad: 1.0})], Frame(bad, bad), others=bad),
        paired_dots([Pair(bad, 1.0, 2.0, bad)], Frame(bad, bad), first=bad, second=bad, axis=bad),
        line_with_band(POINTS, Frame(bad, bad), events=[Happening(date(2022, 1, 1), bad)], axis=bad),
    ):
        root = etree.fromstring(svg)
        assert not list(root.iter(f"{SVG}script"))
        assert any("${1+1}" in w for w in words(svg))


def test_event_labels_keep_apart() -> None:
    close = [Happening(date(2022, m, 1), f"Something with a long name {m}") for m in range(1, 7)]
    spec = line_spec(POINTS, close, "", "f")
    heights = [v["y"] for layer in spec["layer"] for v in layer.get("data", {}).get("values", [])]
    assert len(set(heights)) == 6


def test_a_prefix_that_cannot_be_an_id_is_refused() -> None:
    with pytest.raises(InputError, match="cannot start an id"):
        interval_bars(BARS, Frame("T", "D", prefix='a"'))


@pytest.mark.parametrize(
    "spec",
    [
        bars_spec(BARS, "Share", ".0%"),
        partners_spec(ROWS, "Others"),
        pairs_spec(PAIRS, "A", "B", "", "f"),
        line_spec(POINTS, EVENTS, "USD", "f"),
        curve_spec(FAN, "%", "months", "f", "f", [Mark(6, "corridor")], 0.0),
        waterfall_spec(STEPS, "kcal", "f"),
    ],
    ids=["bars", "partners", "dots", "line", "curve", "waterfall"],
)
def test_specifications_follow_the_schema(spec: dict[str, Any]) -> None:
    import altair

    altair.Chart.from_dict(complete(spec), validate=True)


def test_importing_the_charts_loads_no_renderer() -> None:
    heavy = "('altair', 'vl_convert', 'lxml', 'babel', 'numpy', 'polars', 'typst')"
    ours = "clarion.pictures.charts, clarion.pictures.choropleth"
    code = f"import sys, {ours}; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
