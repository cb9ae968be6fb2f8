"""Briefs from the terminal: whole, without any outside request, in one's language, agreeing with their tables."""

import csv
import re
import shutil
import subprocess

import openpyxl
import polars as pl
import pytest
from lxml import html

FILES = {"brief.html", "brief.pdf", "losses.csv", "losses.parquet", "losses.xlsx"}


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    return tmp_path_factory.mktemp("briefs")


@pytest.fixture
def scenario(briefs, clarion):
    """The brief of the closed sea in a language; made once."""

    def make(language="en"):
        out = briefs / language
        if not out.exists():
            asked = ("--scenario", "black-sea-closure", "--rule", "pta", "--draws", 20)
            clarion("brief", *asked, "--language", language, "--out", out)
        return out

    return make


def outside(document):
    """Everything in a page that a browser would fetch: sources, style sheets, fonts, refreshes, forms."""
    tree = html.document_fromstring(document)
    fetched = tree.xpath("//@src | //link/@href | //@srcset | //@data | //@poster | //@action | //object | //iframe")
    fetched += tree.xpath("//*[name()='use' or name()='image']/@href | //@*[name()='xlink:href'] | //meta[@http-equiv]")
    fetched += [u for u in re.findall(r"url\(\s*['\"]?([^)'\"]+)", document) if not u.startswith(("#", "data:"))]
    fetched += re.findall(r"@import[^;]+", document) + tree.xpath("//script")
    return fetched


def pdf_text(file):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout


def test_everything_is_written(scenario):
    out = scenario()
    assert {p.name for p in out.iterdir()} == FILES
    assert (out / "brief.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_the_page_asks_for_nothing_outside(scenario, language):
    document = (scenario(language) / "brief.html").read_text(encoding="utf-8")
    assert outside(document) == []
    tree = html.document_fromstring(document)
    assert tree.get("lang") == language
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//*[name()='svg']")
    assert tree.xpath("//table//tr")


def test_the_scenario_is_no_forecast(scenario):
    document = (scenario() / "brief.html").read_text(encoding="utf-8")
    assert "Scenario, not a forecast" in document
    assert "90 %" in document
    assert "CC BY 4.0" in document


@pytest.mark.parametrize(("language", "word"), [("ru", "Ливан"), ("uk", "Ліван")])
def test_cyrillic_can_be_copied_out_of_the_pdf(scenario, language, word):
    text = pdf_text(scenario(language) / "brief.pdf")
    assert word in text
    assert "\ufffd" not in text


def test_the_tables_agree(scenario):
    out = scenario()
    packed = pl.read_parquet(out / "losses.parquet")
    with (out / "losses.csv").open(encoding="utf-8", newline="") as file:
        text = list(csv.DictReader(file))
    header, *sheet = openpyxl.load_workbook(out / "losses.xlsx", read_only=True).active.iter_rows(values_only=True)
    assert list(header) == packed.columns == list(text[0])
    assert len(text) == len(sheet) == packed.height
    for i, row in enumerate(packed.iter_rows(named=True)):
        for at, (name, value) in enumerate(row.items()):
            if isinstance(value, float):
                assert float(text[i][name]) == pytest.approx(value, rel=1e-12), name
                assert float(sheet[i][at]) == pytest.approx(value, rel=1e-12), name
            else:
                assert (text[i][name] or None) == (sheet[i][at] or None) == (value or None), name


def test_the_brief_says_what_the_table_says(scenario):
    out = scenario()
    first = pl.read_parquet(out / "losses.parquet").row(0, named=True)
    title = html.document_fromstring((out / "brief.html").read_text(encoding="utf-8")).xpath("//h1")[0].text
    assert title.startswith(f"Hit hardest: {first['country']},")


class TestCountry:
    def test_kyrgyzstan(self, clarion, tmp_path):
        told = clarion("brief", "--country", "kgz", "--out", tmp_path / "out", "--json").data
        assert told["answer"].startswith("Kyrgyzstan: ")
        assert "2019-2021" in told["answer"]
        document = (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
        assert outside(document) == []
        text = " ".join(html.document_fromstring(document).text_content().split())
        for said in ("Kazakhstan", "Through other suppliers", "staple-production", "country-basics",
                     "country-facts", "KNOMAD", "Remittances", "What is not known", "reserves",
                     "subsidies", "tourism"):  # fmt: skip
            assert said in text, said
        names = {p.name for p in (tmp_path / "out").iterdir()}
        assert names == {"brief.html", "brief.pdf"} | {
            f"{t}.{f}" for t in ("exposure", "suppliers") for f in ("csv", "parquet", "xlsx")
        }
        sold = pl.read_parquet(tmp_path / "out" / "suppliers.parquet")
        assert set(sold["iso3"]) == {"KGZ"}
        assert all(sold["source_lines"].str.starts_with("staple-trade: "))

    @pytest.mark.parametrize(("language", "word"), [("ru", "Киргизия"), ("uk", "Киргизстан"), ("kk", "Қырғызстан"),
                                                    ("hy", "Ղրղզստան"), ("ka", "ყირგიზეთი")])  # fmt: skip
    def test_in_the_other_languages(self, clarion, tmp_path, language, word):
        clarion("brief", "--country", "KGZ", "--language", language, "--out", tmp_path)
        document = (tmp_path / "brief.html").read_text(encoding="utf-8")
        assert word in document
        assert word in pdf_text(tmp_path / "brief.pdf")

    def test_years_and_source_are_those_asked_for(self, clarion, refused, tmp_path):
        told = clarion("brief", "--country", "KGZ", "--period", "2019-2021", "--source", "staple-trade",
                       "--out", tmp_path, "--json").data  # fmt: skip
        assert "2019-2021" in told["answer"]
        for more in (("--period", "1999"), ("--source", "nowhere")):
            refused("brief", "--country", "KGZ", *more, "--out", tmp_path / "no")
        assert not (tmp_path / "no").exists()

    def test_one_without_imports(self, clarion, tmp_path):
        told = clarion("brief", "--country", "AND", "--out", tmp_path, "--json").data
        assert told["answer"] == "No imports of these staples are recorded for Andorra"


class TestBadInput:
    def test_one_of_the_two(self, refused, tmp_path):
        for more in ([], ["--scenario", "black-sea-closure", "--country", "KGZ"]):
            assert "one scenario or of one country" in refused("brief", *more, "--out", tmp_path / "out")["what"]
        assert not (tmp_path / "out").exists()

    def test_misspelt_names_suggest_the_nearest(self, refused, tmp_path):
        out = ("--out", tmp_path / "out")
        assert "black-sea-closure" in refused("brief", "--scenario", "black-sea-clsure", *out)["next_step"]
        assert "KGZ" in refused("brief", "--country", "KGY", *out)["next_step"]
        assert "ru" in refused("brief", "--country", "KGZ", "--language", "xx", *out)["next_step"]
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("more", [["--draws", "-5"], ["--draws", "1"], ["--draws", "many"], ["--rule", "x"],
                                      ["--trade", "x"], ["--seed", "-1"], ["--workers", "0"]])  # fmt: skip
    def test_numbers_that_cannot_be_used(self, more, refused, tmp_path):
        refused("brief", "--scenario", "black-sea-closure", *more, "--out", tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_a_misspelt_key_names_its_line(self, refused, tmp_path):
        file = tmp_path / "mine.toml"
        file.write_text('name = "mine"\ntitle = "Mine"\nitems = ["wheat"]\nperiod = "2019-2021"\n\n[[shocks]]\n'
                        'kind = "export_ban"\nexprter = "RUS"\n')  # fmt: skip
        for command in (["brief", "--scenario", file, "--out", tmp_path / "out"],
                        ["spillover", "run", "--scenario", file], ["spillover", "check", file]):  # fmt: skip
            error = refused(*command)
            assert "line 8" in error["where"], command
            assert str(file) in error["where"], command
            assert "exporter" in error["next_step"]
        assert not (tmp_path / "out").exists()

    def test_an_out_that_is_a_file(self, refused, tmp_path):
        (tmp_path / "out").write_text("mine")
        refused("brief", "--country", "KGZ", "--out", tmp_path / "out", code=4)
        assert (tmp_path / "out").read_text() == "mine"

    def test_an_earlier_brief_stands_when_a_new_one_fails(self, clarion, refused, tmp_path):
        clarion("brief", "--country", "AND", "--out", tmp_path)
        held = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
        refused("brief", "--scenario", "black-sea-closure", "--draws", "-1", "--out", tmp_path)
        refused("brief", "--country", "XYZ", "--out", tmp_path)
        assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == held
