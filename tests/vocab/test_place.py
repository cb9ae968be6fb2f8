"""Places: names of CLDR, codes of ISO 3166 and UN M49, areas that no longer exist, and suggestions."""

import csv
import importlib.util
import re
from importlib.resources import files
from pathlib import Path

import pytest
from babel import Locale

from clarion.errors import UnknownName
from clarion.sources.embedded import facts_path
from clarion.vocab import place, places
from clarion.vocab.place import LANGUAGES, index

NUMERIC = {
    "USA": "840", "IND": "356", "FRA": "250", "CHE": "756", "NOR": "578", "DEU": "276", "ITA": "380", "BEL": "056",
    "RUS": "643", "UKR": "804", "KGZ": "417", "TJK": "762", "UZB": "860", "KAZ": "398", "GEO": "268", "ARM": "051",
    "EGY": "818", "LBN": "422", "TUR": "792", "SOM": "706", "TUN": "788", "SEN": "686", "AFG": "004", "SDN": "729",
    "SSD": "728", "SRB": "688", "MNE": "499", "ETH": "231", "ERI": "232", "CHN": "156", "HKG": "344", "MAC": "446",
    "TWN": "158", "ZAF": "710", "PRI": "630", "GBR": "826", "LUX": "442", "PSE": "275", "ESH": "732", "SJM": "744",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_those_of_cldr(language):
    known = Locale(language).territories
    wrong = {
        p.iso3: (p.name(language), known[p.iso2])
        for p in places().values()
        if p.iso2 and not p.historic and known.get(p.iso2) and p.name(language) != known[p.iso2]
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_has_a_name(language):
    nameless = [p.iso3 for p in places().values() if not p.name(language).strip()]
    assert nameless == []
    only_code = [p.iso3 for p in places().values() if p.name(language) == p.iso3]
    assert only_code == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_areas_that_are_gone_have_names_in_each_language(language):
    assert [p.iso3 for p in places().values() if p.historic and p.name(language).isascii()] == []


def test_m49_codes_are_those_of_iso_3166():
    assert {iso3: place(iso3).m49 for iso3 in NUMERIC} == NUMERIC


@pytest.mark.parametrize("code", ["iso2", "m49", "fao_code"])
def test_codes_name_one_place(code):
    given = [getattr(p, code) for p in places().values() if getattr(p, code)]
    assert len(given) == len(set(given))
    assert len(index(code)) == len(given)


def test_codes_have_their_form():
    for iso3, p in places().items():
        assert re.fullmatch(r"[A-Z]{3}", iso3)
        assert re.fullmatch(r"([A-Z]{2})?", p.iso2), iso3
        assert re.fullmatch(r"(\d{3})?", p.m49), iso3
        assert re.fullmatch(r"\d*", p.fao_code), iso3
        assert p.region, iso3


def test_every_state_is_there():
    assert len([p for p in places().values() if not p.historic]) >= 249
    with facts_path("country_basics.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["iso3"] for row in csv.DictReader(file)}
    assert facts - set(places()) <= {"GCY"}


def test_the_file_is_what_the_tool_writes(tmp_path):
    tool = Path(__file__).parents[2] / "tools" / "build_places.py"
    spec = importlib.util.spec_from_file_location("build_places", tool)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.OUT = tmp_path / "places.csv"
    module.main(facts_path("country_basics.csv"))
    shipped = files("clarion.vocab").joinpath("data/places.csv").read_text(encoding="utf-8")
    assert module.OUT.read_text(encoding="utf-8") == shipped


class TestHistoric:
    @pytest.mark.parametrize(
        ("iso3", "some"), [("SUN", {"RUS", "UKR", "KGZ"}), ("YUG", {"SRB", "HRV"}), ("CSK", {"CZE", "SVK"}),
                           ("SCG", {"SRB", "MNE"}), ("BLX", {"BEL", "LUX"}), ("XSD", {"SDN", "SSD"})]
    )  # fmt: skip
    def test_areas_that_no_longer_exist_have_successors(self, iso3, some):
        found = place(iso3)
        assert found.historic
        assert some <= set(found.successors)

    def test_successors_exist_and_only_historic_areas_have_them(self):
        for p in places().values():
            assert bool(p.successors) == p.historic
            assert all(not place(s).historic for s in p.successors)


class TestLookUp:
    @pytest.mark.parametrize("written", ["kgz", " KGZ ", "Kgz"])
    def test_forgiving(self, written):
        assert place(written).iso3 == "KGZ"

    @pytest.mark.parametrize(
        ("written", "meant"), [("KGY", "KGZ"), ("Kyrgyzstan", "KGZ"), ("kirgizstan", "KGZ"), ("Austria", "AUT"),
                               ("UA", "UKR"), ("Egipt", "EGY")]
    )  # fmt: skip
    def test_suggestions(self, written, meant):
        with pytest.raises(UnknownName) as refused:
            place(written)
        assert meant in str(refused.value)

    @pytest.mark.parametrize("written", ["", "ZZZ", "123", "\x00", "x" * 10_000, "ウクライナ"])
    def test_something_to_go_on_with_whatever_was_written(self, written):
        with pytest.raises(UnknownName) as refused:
            place(written)
        assert "alpha-3" in str(refused.value)

    def test_a_language_without_a_name_falls_back_to_english(self):
        assert place("KGZ").name("xx") == "Kyrgyzstan"
