"""Fertiliser, energy and Russia's economy on the scenario form: optional, kept, led to where they are wrong."""

import pytest

from clarion.spillover.models import OwnScenario
from clarion.spillover.service import scenarios

NEW, VERDICT = "/spillover/scenarios/new/", "/spillover/scenarios/verdict/"
FORM = {
    "mode": "form", "name": "dry-summer", "title": "A dry summer", "period": "2019-2021", "items": ["wheat"],
    "kind-0": "production_cut", "who-0": "UKR", "likely-0": "30",
}  # fmt: skip
FERTILISER = {
    "fer-gas-low": "1", "fer-gas-likely": "1,4", "fer-gas-high": "2", "fer-potash-likely": "1.3",
    "fer-months-likely": "6", "fer-source": "Assumed", "exporters-0": "rus, BLR",
    "nutrients-0": ["nitrogen", "potash"], "lost-low-0": "10", "lost-likely-0": "40 %", "lost-high-0": "70",
    "share-likely-0": "33.3", "lack-0": "IFPRI",
}  # fmt: skip
ECONOMY = {
    "eco-growth-low": "-11.2", "eco-growth-likely": "\u22128", "eco-growth-high": "-1", "eco-rouble-likely": "-33",
    "eco-rupture": "no", "eco-base_year": "2021", "eco-source": "A survey",
}  # fmt: skip


@pytest.fixture
def analyst(signed_in):
    return signed_in("analyst")


@pytest.fixture
def saved(analyst):
    """What a posted form becomes."""

    def save(**values):
        assert analyst.post(NEW, {**FORM, **values, "do": "save"}).status_code == 302
        return scenarios.check(OwnScenario.objects.get().text)

    return save


def law(found):
    return (found.low, found.mode, found.high)


def test_left_empty_nothing_is_written(saved, analyst, look):
    page = look(NEW)
    assert len(page.tree.xpath("//details[@class='more']")) == 2
    assert not page.tree.xpath("//details[@class='more'][@open]")
    found = saved(**{"eco-rupture": "yes"})
    assert (found.fertiliser, found.economy) == (None, None)


def test_fertiliser(saved):
    found = saved(**FERTILISER).fertiliser
    assert law(found.gas) == (1.0, 1.4, 2.0)
    assert {name: law(price) for name, price in found.prices.items()} == {"potash": (1.3, 1.3, 1.3)}
    assert (law(found.months), found.source) == ((6, 6, 6), "Assumed")
    (short,) = found.shortages
    assert (short.exporters, set(short.nutrients), short.source) == (("RUS", "BLR"), {"potash", "nitrogen"}, "IFPRI")
    assert (law(short.lost), law(short.share)) == ((0.1, 0.4, 0.7), (0.333, 0.333, 0.333))


def test_economy(saved):
    found = saved(**ECONOMY).economy
    assert (law(found.growth), law(found.rouble)) == ((-0.112, -0.08, -0.01), (-0.33, -0.33, -0.33))
    assert (found.rupture, found.base_year, found.source) == (False, 2021, "A survey")


def test_what_was_saved_comes_back_and_stays_the_same(saved, analyst, look):
    first = saved(**FERTILISER, **ECONOMY)
    address = f"/spillover/scenarios/own/{OwnScenario.objects.get().pk}/"
    page = look(address)
    assert len(page.tree.xpath("//details[@class='more'][@open]")) == 2
    assert page.faults() == []
    form = page.tree.xpath("//main//form")[0]
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    assert analyst.post(address, {**values, "do": "save"}).status_code == 302
    assert scenarios.check(OwnScenario.objects.get().text) == first


def test_one_more_shortage_keeps_everything_typed(analyst, look):
    page = look(NEW, {**FORM, **FERTILISER, "lost-likely-0": "x", "do": "add-shortage"})
    assert page.values()["lost-likely-0"] == "x"
    assert page.tree.xpath("//input[@name='nutrients-0'][@checked]/@value") == ["nitrogen", "potash"]
    assert page.tree.xpath("//*[@id='exporters-1']")
    assert not page.tree.xpath("//*[@role='alert']")
    assert page.faults() == []


@pytest.mark.parametrize(
    ("wrong", "said", "field"),
    [
        ({"eco-growth-likely": "-8"}, "not complete", "eco-rouble-likely"),
        ({"eco-source": "A survey"}, "not complete", "eco-growth-likely"),
        (ECONOMY | {"eco-growth-low": "much"}, "A change is not a number.", "eco-growth-low"),
        (ECONOMY | {"eco-growth-low": "-99"}, "between -95 and 100", "eco-growth-low"),
        (ECONOMY | {"eco-growth-high": "-20"}, "rising order", "eco-growth-low"),
        (ECONOMY | {"eco-base_year": "soon"}, "is not a year", "eco-base_year"),
        (ECONOMY | {"eco-base_year": "1812"}, "not a year", "eco-base_year"),
        (ECONOMY | {"eco-source": "x" * 5000}, "too long", "eco-source"),
        ({"fer-source": "Assumed"}, "says nothing", "fer-gas-likely"),
        ({"fer-gas-likely": "0"}, "between 0.01 and 100", "fer-gas-likely"),
        ({"fer-potash-likely": "1.2", "fer-potash-high": "x"}, "A price is not a number.", "fer-potash-high"),
        ({"fer-gas-likely": "2", "fer-months-likely": "99"}, "between 0 and 36", "fer-months-likely"),
        ({"lost-likely-0": "10"}, "names no exporter", "exporters-0"),
        ({"exporters-0": "RUS"}, "not a number", "lost-likely-0"),
        ({"exporters-0": "RUS", "lost-likely-0": "110"}, "between 0 and 100", "lost-likely-0"),
        ({"exporters-2": "RUS, Belarus", "lost-likely-2": "10"}, "no country or territory", "exporters-2"),
        ({"exporters-0": "RUS RUS", "lost-likely-0": "10"}, "twice", "exporters-0"),
        ({"exporters-1": "RUS", "lost-likely-1": "9", "nutrients-1": ["bread"]}, "not a nutrient", "exporters-1"),
    ],
)  # fmt: skip
def test_what_is_wrong_leads_to_its_field(analyst, look, wrong, said, field):
    page = look(NEW, {**FORM, **wrong, "do": "check"}, status=422)
    alert = page.tree.xpath("//*[@role='alert']")[0]
    assert said in " ".join(alert.text_content().split())
    assert alert.xpath(".//a/@href") == [f"#{field}"]
    (found,) = page.tree.xpath(f"//*[@id='{field}']")
    assert (found.get("aria-invalid"), found.get("aria-describedby")) == ("true", "error")
    assert found.xpath("ancestor::details[@open]"), "what is wrong is not hidden"
    assert page.faults() == []
    live = analyst.post(VERDICT, {**FORM, **wrong}).content.decode()
    assert f'href="#{field}"' in live
