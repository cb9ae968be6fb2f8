import gzip
import math

import pytest
from lxml import etree

from clarion.errors import InputError
from clarion.pictures.choropleth import Words, choropleth
from clarion.pictures.legend import legend
from clarion.pictures.scale import SHARES, two_sided
from clarion.pictures.world import world
from clarion.vocab.place import places

SVG = "{http://www.w3.org/2000/svg}"
CODES = sorted(set(world().areas) | set(world().markers))
VALUES = {code: (i % 101) / 100 for i, code in enumerate(CODES)}


def percent(value: float) -> str:
    return f"{value * 100:.0f} %"


def words(language: str = "en") -> Words:
    return Words(
        "Wheat from Russia and Ukraine",
        "Share of imports",
        lambda code: places()[code].name(language),
        lambda code, v: "no data" if v is None else f"{percent(v)} ({percent(v * 0.9)} to {percent(v * 1.05)})",
    )


LEGEND = legend(SHARES, title="Share", number=percent, no_data="No data", disputed="See the note")


@pytest.mark.parametrize("language", ["en", "ru", "uk", "ka"])
def test_the_whole_world_with_links_fits_a_page(language: str) -> None:
    svg = choropleth(VALUES, SHARES, words(language), href=lambda c: f"/{language}/spillover/country/{c}/")
    assert len(gzip.compress(svg.encode(), 6)) <= 22_000


@pytest.mark.parametrize("standalone", [False, True])
def test_no_style_no_script_and_no_second_copy_of_an_id(standalone: bool) -> None:
    drawn = [choropleth(VALUES, SHARES, words(), legend=LEGEND, prefix=p, standalone=standalone) for p in ("a", "b")]
    root = etree.fromstring(f"<p>{''.join(drawn)}</p>")
    for node in root.iter():
        assert "style" not in node.attrib
        assert etree.QName(node).localname.lower() not in ("style", "script", "image", "foreignobject", "use")
        assert not any(name.startswith("on") for name in node.attrib)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    for node in root.iter():
        for name in (node.get("aria-labelledby"), node.get("aria-describedby")):
            assert name is None or name in ids
        fill = node.get("fill", "")
        assert not fill.startswith("url") or fill[5:-1] in ids


def test_each_place_is_named_with_its_figure_and_linked_without_a_tab_stop() -> None:
    root = etree.fromstring(choropleth({"EGY": 0.79, "MLT": None}, SHARES, words(), href=lambda c: f"/c/{c}?a=1&b=2"))
    links = {a.get("href"): a for a in root.iter(f"{SVG}a")}
    egypt = links["/c/EGY?a=1&b=2"]
    assert egypt.findtext(f"{SVG}title") == "Egypt: 79 % (71 % to 83 %)"
    assert egypt.getparent().get("class") == "c5"
    assert {a.get("tabindex") for a in links.values()} == {"-1"}
    assert links["/c/MLT?a=1&b=2"].findtext(f"{SVG}title") == "Malta: no data"
    assert links["/c/FRA?a=1&b=2"].getparent().get("fill") == "url(#map-nodata)"


def test_marks_are_drawn_for_the_places_that_were_asked_about() -> None:
    root = etree.fromstring(choropleth({"MLT": 0.2, "EGY": 0.3}, SHARES, words()))
    assert [c.findtext(f"{SVG}title") for c in root.iter(f"{SVG}circle")] == ["Malta: 20 % (18 % to 21 %)"]


@pytest.mark.parametrize(
    "values", [{}, dict.fromkeys(CODES), {"EGY": math.nan, "XYZ": 1.0}, {"EGY": -1e300, "TUR": 1e300}]
)
def test_any_figures_give_a_map(values: dict[str, float | None]) -> None:
    scale = two_sided(values.values())
    made = legend(scale, title="Change", number=lambda v: f"{v:g}", no_data="No data")
    for standalone in (False, True):
        etree.fromstring(choropleth(values, scale, words(), legend=made, standalone=standalone).encode())


def test_hostile_words_stay_words() -> None:
    bad = '</title><script>alert("1")</script>\x00\ud800&amp;'
    said = Words(bad, bad, lambda code: bad, lambda code, v: bad)
    svg = choropleth(VALUES, SHARES, said, href=lambda c: '"><script>', legend=LEGEND, footnote=bad, standalone=True)
    root = etree.fromstring(svg.encode())
    assert not list(root.iter(f"{SVG}script"))
    assert root.findtext(f"{SVG}title") == '</title><script>alert("1")</script>\ufffd\ufffd&amp;'


def test_a_file_of_its_own_holds_colours_legend_note_and_attribution() -> None:
    svg = choropleth(VALUES, SHARES, words(), legend=LEGEND, footnote="A note on borders.", standalone=True)
    assert "#7c3b22" in svg
    assert 'class="c5"' not in svg
    for said in ("≥ 70 %", "See the note", "A note on borders.", "Made with Natural Earth."):
        assert said in svg


@pytest.mark.parametrize("prefix", ["", "1a", 'a"', "a b"])
def test_a_prefix_that_cannot_be_an_id_is_refused(prefix: str) -> None:
    with pytest.raises(InputError, match="cannot start an id"):
        choropleth({}, SHARES, words(), prefix=prefix)
