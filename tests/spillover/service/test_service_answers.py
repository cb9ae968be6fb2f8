"""What a reader is told: sentences, rows, tables, results read back."""

import io

import polars as pl
import pytest

from clarion.access import Actor
from clarion.errors import InputError, NotAllowed, UnknownName
from clarion.sources.embedded import facts_path
from clarion.sources.load import load_table
from clarion.sources.warehouse import Warehouse
from clarion.spillover.service import ask, exposure
from clarion.spillover.service.frames import exposure_frame, run_frame, suppliers_frame
from clarion.spillover.service.in_tonnes import sentence_in_tonnes
from clarion.spillover.service.indicators import indicators
from clarion.spillover.service.profile import answer_sentence, leading, profile_text
from clarion.spillover.service.results import Result, estimate
from clarion.spillover.service.rows import MOST, source_rows
from clarion.spillover.service.words import commodity_name, gettext, worded
from clarion.tables.download import table_bytes
from clarion.vocab import Estimate, Interval, Provenance

ME = Actor.console()
WHEAT = ask.question("wheat", "raw", 0, "")


class TestSentences:
    def test_an_importer(self):
        said = answer_sentence(exposure.profile(ME, "EGY", WHEAT), "en")
        assert said.startswith("Egypt: 79")
        assert "wheat imports come from Russia and Ukraine" in said
        assert "data of 2019-2021" in said

    @pytest.mark.parametrize("iso3", ["TJK", "UZB"])
    def test_who_eats_kazakh_wheat_is_told_so(self, iso3):
        """Little is bought from the origins directly: the headline says what comes through those who depend on them."""
        found = exposure.profile(ME, iso3, WHEAT)
        assert "of the supply of wheat comes through countries that depend on them" in answer_sentence(found, "en")
        assert found.imported[0].item == "wheat"
        assert "through countries" not in answer_sentence(exposure.profile(ME, "KGZ", WHEAT), "en")

    def test_an_origin(self):
        for iso3, name in (("RUS", "Russia"), ("UKR", "Ukraine")):
            said = answer_sentence(exposure.profile(ME, iso3, WHEAT), "en")
            assert said == f"{name} is one of the two countries that others depend on here"

    def test_a_country_without_imports(self):
        found = exposure.profile(ME, "AND", WHEAT)
        assert leading(found) is None
        assert answer_sentence(found, "en") == "No imports of these staples are recorded for Andorra"

    def test_a_country_whose_people_nobody_counts(self):
        """Where population is unknown the share is said and the energy left out."""
        from dataclasses import replace

        found = exposure.profile(ME, "EGY", WHEAT)
        blind = replace(found, exposures=tuple(
            replace(e, kcal_per_person_day=Estimate.not_known("kcal/person/day", "No population is known."))
            for e in found.exposures
        ))  # fmt: skip
        said = answer_sentence(blind, "en")
        assert "imports come from Russia and Ukraine" in said
        assert "kcal" not in said

    @pytest.mark.parametrize("iso3", ["EGY", "AND", "RUS", "TWN", "ESH", "SUN", "FLK"])
    @pytest.mark.parametrize("language", ["en", "ru", "uk", "kk", "hy", "ka"])
    def test_every_language_has_a_sentence_and_a_terminal_text(self, iso3, language):
        found = exposure.profile(ME, iso3, WHEAT)
        for said in (answer_sentence(found, language), profile_text(found, language)):
            assert said
            assert "%(" not in said
            assert "None" not in said

    def test_an_unknown_country(self):
        with pytest.raises(UnknownName) as refused:
            exposure.profile(ME, "KGY", WHEAT)
        assert "KGZ" in refused.value.next_step


class TestWords:
    def test_worded(self):
        assert worded(None, "number", "en") == "no data"
        assert worded(Estimate.not_known("t", "why"), "share", "en") == "not known"
        assert worded(Estimate(0.5, "share"), "share", "en") in ("50%", "50 %", "50\u00a0%")
        assert "(" in worded(Estimate(0.5, "share", Interval(0.4, 0.6)), "share", "en")

    def test_names(self):
        assert commodity_name("wheat", "en") == "Wheat"
        assert commodity_name("unobtainium", "en") == "unobtainium"
        assert gettext("", "ru") == ""


class TestAsk:
    @pytest.mark.parametrize(
        "wrong", [("gold", "raw", 0, ""), ("wheat", "x", 0, ""), ("wheat", "raw", -1, ""), ("wheat", "raw", 0, "x"),
                  ("wheat", "raw", float("nan"), ""), ("wheat", "raw", 0, "2021-2019")]
    )  # fmt: skip
    def test_words_that_cannot_be_used(self, wrong):
        with pytest.raises(InputError) as refused:
            ask.question(*wrong)
        assert refused.value.next_step

    def test_the_board_counts_what_the_page_counts(self):
        first, second = indicators(ME, "en")
        assert (first.figure.value, second.figure.value) == (52, 34)
        assert first.figure.value in first.figure.interval
        assert first.href == "/spillover/"
        assert first.action == "economies"
        assert not first.question
        assert second.question == "What if Black Sea exports stop?"
        assert second.answer == "/spillover/scenarios/shipped/black-sea-closure/"

    def test_a_role_that_nobody_has_sees_nothing(self):
        stranger = Actor("9", "eve", "stranger")
        for answer in (
            lambda: exposure.exposures(stranger, WHEAT), lambda: exposure.profile(stranger, "EGY", WHEAT),
            lambda: exposure.suppliers(stranger, "EGY", WHEAT), lambda: source_rows(stranger, "a", "b", (2,)),
            lambda: exposure.standings(stranger, WHEAT), lambda: exposure.counts_above(stranger, WHEAT),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                answer()


class TestRows:
    def test_they_are_those_of_the_published_file(self):
        found = source_rows(ME, "trade_flows", "staple-trade", (6708, 2))
        lines = facts_path("staple_trade_2019_2021.csv").read_text(encoding="utf-8").splitlines()
        assert found.as_published
        assert ",".join(found.columns) == lines[0]
        for number, cells in found.rows:
            assert ",".join(cells) == lines[number - 1].replace('"', "")
        assert [n for n, _ in found.rows] == [2, 6708]
        assert found.provenance.rows == (2, 6708)

    def test_at_most_two_hundred(self):
        assert len(source_rows(ME, "trade_flows", "staple-trade", tuple(range(2, 999))).rows) == MOST

    def test_numbers_beyond_any_file_are_not_there(self, tmp_path, monkeypatch):
        """An address may hold any number; a column of whole numbers cannot."""
        file = tmp_path / "own.csv"
        file.write_text("item,exporter_iso3,importer_iso3,period,reported_by,tonnes\nwheat,RUS,EGY,2021,exporter,5\n")
        load_table("trade_flows", file, tmp_path)
        monkeypatch.setattr("clarion.spillover.service.rows.warehouse", lambda: Warehouse(tmp_path))
        assert [n for n, _ in source_rows(ME, "trade_flows", "own", (-1, 2, 10**30)).rows] == [2]
        with pytest.raises(UnknownName):
            source_rows(ME, "trade_flows", "own", (10**60,))

    @pytest.mark.parametrize(
        ("table", "source", "lines"),
        [("trade_flows", "staple-trade", (1_000_000,)), ("trade_flows", "staple-trade", ()),
         ("x", "staple-trade", (2,)),
         ("trade_flows", "x", (2,)), ("production", "staple-trade", (2,))],
    )  # fmt: skip
    def test_what_is_not_there(self, table, source, lines):
        with pytest.raises(UnknownName) as refused:
            source_rows(ME, table, source, lines)
        assert refused.value.next_step


class TestFrames:
    def test_exposures_have_interval_and_trail(self):
        frame = exposure_frame(exposure.exposures(ME, WHEAT))
        egypt = frame.row(by_predicate=pl.col("iso3") == "EGY", named=True)
        assert egypt["share_rus_ukr_low"] <= egypt["share_rus_ukr"] <= egypt["share_rus_ukr_high"]
        assert egypt["share_rus_ukr_unit"] == "share"
        assert "staple-trade: " in egypt["source_lines"]
        assert "CC BY 4.0" in egypt["sources"]

    def test_nobody_and_a_country_without_suppliers(self):
        for frame in (exposure_frame([]), suppliers_frame([]), suppliers_frame(exposure.suppliers(ME, "AND", WHEAT))):
            for form in ("csv", "xlsx", "parquet"):
                assert isinstance(table_bytes(frame, form), bytes)

    def test_a_form_that_is_not_written(self):
        with pytest.raises(UnknownName, match="exe"):
            table_bytes(pl.DataFrame({"a": [1]}), "exe")

    def test_the_three_forms_agree(self, account, finished_run):
        import openpyxl

        frame = run_frame(Result(_data(finished_run(account("analyst")))))
        text = pl.read_csv(io.BytesIO(table_bytes(frame, "csv")), infer_schema_length=None)
        packed = pl.read_parquet(io.BytesIO(table_bytes(frame, "parquet")))
        book = openpyxl.load_workbook(io.BytesIO(table_bytes(frame, "xlsx")), read_only=True).active
        header, *rows = book.iter_rows(values_only=True)
        assert packed.equals(frame)
        assert list(header) == frame.columns == text.columns
        assert len(rows) == frame.height == text.height
        for name in ("kcal_lost", "supply_lost", "use_share_low"):
            kept, at = numbers(frame[name]), header.index(name)
            assert numbers(text[name]) == pytest.approx(kept, rel=1e-12, nan_ok=True)
            assert numbers(r[at] for r in rows) == pytest.approx(kept, rel=1e-12, nan_ok=True)
        assert set(frame["statement"]) == {frame["statement"][0]}
        assert "not a forecast" in frame["statement"][0]


def numbers(cells):
    return [float("nan") if cell is None else cell for cell in cells]


def _data(run):
    from clarion.spillover.service.runs import answer

    return answer(run)


class TestResults:
    def test_an_estimate_comes_back_as_it_went(self):
        cited = (Provenance("s", "r", "t", rows=(3, 4)),)
        for found in (
            Estimate(1.5, "t", Interval(1.0, 2.0, 0.8), "m", cited), Estimate(0.0, "t"), Estimate.not_known("t", "why"),
        ):  # fmt: skip
            assert estimate(found.to_dict(), {}) == found

    def test_ranks_and_sentences(self, account, finished_run):
        found = Result(_data(finished_run(account("analyst"))))
        ranked = [c.kcal_before_response.value for c in found.ranked()]
        known = [v for v in ranked if v is not None]
        assert known == sorted(known, reverse=True)
        assert None not in ranked[: len(known)]
        assert all(c.kcal_before_response.value >= 1 for c in found.losers())
        for language in ("en", "ru", "uk", "kk", "hy", "ka"):
            assert "%(" not in found.sentence(language)
            assert "%(" not in found.country_sentence(found.ranked()[0], language)

    def test_nobody_loses(self):
        empty = Result({"countries": [], "world": {}, "provenance": []})
        assert empty.sentence("en") == "Nobody loses a measurable amount in this scenario"

    def test_what_nobody_eats_is_lost_in_tonnes(self):
        def lost(tonnes):
            return Estimate(tonnes, "t", None, "", ())

        coal = {"EGY": lost(5e5), "KEN": lost(9e5), "TUN": lost(0.0), "LBN": Estimate.not_known("t", "?")}
        told = sentence_in_tonnes({"coal": coal, "potash": {"EGY": lost(0.0)}}, "en")
        assert told == "Most tonnes are missing after stocks and other suppliers step in: Coal: Kenya and Egypt"
        assert "Кения" in sentence_in_tonnes({"coal": coal}, "ru")
