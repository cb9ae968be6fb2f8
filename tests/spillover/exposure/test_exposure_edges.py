"""What happens where a division has no answer, and laws that hold for any trade."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import InputError, UnknownName
from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.exposure import ExposureQuestion, ExposureTables, composite, country_profile, exposure
from clarion.tables import table
from clarion.vocab import Interval, Provenance

CODES = ["RUS", "UKR", "EGY", "KAZ", "TJK", "FRA"]


def loaded(name: str, rows: list[dict[str, object]]) -> LoadedTable:
    schema = {c.name: pl.Float64 if c.kind == "number" else pl.Int64 if c.kind == "integer" else pl.String
              for c in table(name).columns}  # fmt: skip
    return LoadedTable(name, "test", pl.DataFrame(rows, schema=schema), Provenance("test", "1", name))


def tables(flows, harvests=(), population=None, stocks=None) -> ExposureTables:
    return ExposureTables(
        loaded("trade_flows", [
            {"item": "wheat", "exporter_iso3": e, "importer_iso3": i, "period": "2019-2021", "reported_by": "exporter",
             "tonnes": t, "usd": None, "source_row": row + 2} for row, (e, i, t) in enumerate(flows)]),
        loaded("production", [
            {"item": "wheat", "iso3": iso3, "period": "2019-2021", "tonnes": t, "source_row": row + 2}
            for row, (iso3, t) in enumerate(harvests)]),
        (loaded("indicators", [
            {"iso3": iso3, "indicator": "population", "value": v, "unit": "persons", "period": "2020", "source": "t",
             "note": None, "source_row": 2} for iso3, v in (population or {}).items()]),),
        stocks and loaded("stocks", stocks),
    )  # fmt: skip


def one(iso3: str, held: ExposureTables, **asked):
    (answer,) = exposure(ExposureQuestion(countries=(iso3,), draws=200, **asked), held, seed=1)
    return answer


FLOWS = [("RUS", "EGY", 700.0), ("FRA", "EGY", 300.0), ("RUS", "KAZ", 50.0), ("KAZ", "TJK", 80.0)]
HARVESTS = [("RUS", 9000.0), ("FRA", 5000.0), ("KAZ", 100.0), ("EGY", 0.0)]


def test_zero_harvest_is_a_supply_of_imports():
    answer = one("EGY", tables(FLOWS, HARVESTS, {"EGY": 1e6}))
    assert answer.share_of_supply.value == answer.share_from_origins.value == pytest.approx(0.7)
    assert answer.kcal_per_person_day.value == pytest.approx(700 * 3270 * 1000 / 1e6 / 365)


@pytest.mark.parametrize("people", [{}, {"EGY": 0.0}])
def test_without_people_energy_is_not_known(people):
    answer = one("EGY", tables(FLOWS, HARVESTS, people))
    assert answer.kcal_per_person_day.value is None
    assert "population" in answer.to_dict()["kcal_per_person_day_reason"]


@pytest.mark.parametrize("iso3", ["FRA", "BRA"])  # without imports; not in the table at all
def test_a_country_without_imports_is_not_known_with_a_reason(iso3):
    answer = one(iso3, tables(FLOWS, HARVESTS, {iso3: 1e6}))
    row = answer.to_dict()
    assert row["share_rus_ukr"] is None
    assert row["share_rus_ukr_interval"] is None
    assert "No imports" in row["share_rus_ukr_reason"]
    assert all(figure.reason for figure in answer.figures.values())
    assert iso3 not in {a.iso3 for a in exposure(ExposureQuestion(draws=200), tables(FLOWS, HARVESTS), seed=1)}
    assert country_profile(iso3, ExposureQuestion(draws=200), tables(FLOWS, HARVESTS), seed=1).not_known


def test_without_any_harvest_supply_is_not_known():
    answer = one("EGY", tables(FLOWS))
    assert answer.share_from_origins.known
    assert "production" in answer.share_of_supply.reason


def test_more_sold_than_there_is():
    held = tables([("RUS", "EGY", 100.0), ("EGY", "TJK", 150.0)], [("RUS", 900.0)])
    answer = one("EGY", held)
    assert "exports" in answer.share_of_supply.reason
    assert "re-export-hub" in {flag.code for flag in answer.flags}
    corrected = one("TJK", held, trade="corrected")
    assert corrected.share_from_origins.value == pytest.approx(1.0)


def test_purchases_above_supply_are_clipped_and_said():
    answer = one("EGY", tables([("RUS", "EGY", 100.0), ("EGY", "TJK", 60.0)], [("RUS", 900.0)]))
    assert answer.share_of_supply.value == 1
    assert "clipped" in {flag.code for flag in answer.flags}


def reported(*rows: tuple[str, str, float, str, str]) -> ExposureTables:
    return ExposureTables(
        loaded("trade_flows", [
            {"item": "wheat", "exporter_iso3": e, "importer_iso3": i, "period": period, "reported_by": side,
             "tonnes": t, "usd": None, "source_row": line + 2} for line, (e, i, t, period, side) in enumerate(rows)]),
        loaded("production", [{"item": "wheat", "iso3": "RUS", "period": "2022", "tonnes": 9e4, "source_row": 2}]),
    )  # fmt: skip


def test_a_buyer_that_tells_another_story_is_flagged():
    """As Russia's reports of 2022, which hold the first weeks of the year."""
    held = reported(
        ("RUS", "EGY", 1000.0, "2022", "exporter"), ("RUS", "EGY", 5000.0, "2022", "importer"),
        ("FRA", "EGY", 4000.0, "2022", "exporter"), ("RUS", "KAZ", 1000.0, "2022", "exporter"),
        ("RUS", "KAZ", 1100.0, "2022", "importer"), ("RUS", "TJK", 80.0, "2022", "importer"),
    )  # fmt: skip
    (flag,) = (flag for flag in one("EGY", held).flags if flag.code == "reports-differ")
    assert "1,000 t a year" in flag.text
    assert "5,000 t" in flag.text
    assert one("EGY", held).share_from_origins.value == pytest.approx(0.2)
    assert one("EGY", held, trade="corrected").share_from_origins.value > 0.4
    for iso3, trade in (("KAZ", "raw"), ("TJK", "raw"), ("EGY", "corrected")):
        assert "reports-differ" not in {flag.code for flag in one(iso3, held, trade=trade).flags}


def test_second_order_by_hand():
    answer = one("TJK", tables(FLOWS, HARVESTS))
    assert answer.share_from_origins.value == 0
    assert answer.second_order.value == pytest.approx(1.0)  # all of its supply is from KAZ, which buys only from RUS
    assert answer.grown_in_origins.value == pytest.approx(50 / 150)  # KAZ has 100 of its own and 50 from RUS


def test_second_order_cites_what_the_supplier_bought():
    held = tables(FLOWS, HARVESTS)
    answer = one("TJK", held)
    assert answer.share_from_origins.provenance[0].rows == answer.provenance[0].rows == (5,)  # its own purchase
    assert answer.second_order.provenance[0].rows == answer.grown_in_origins.provenance[0].rows == (4, 5)
    assert one("TJK", held, trade="corrected").share_from_origins.provenance[0].rows == (4, 5)


def test_next_supplier_and_spare_capacity_by_hand():
    stocks = [{"item": "wheat", "iso3": "FRA", "period": "2019-2021", "tonnes": 1500.0, "source_row": 2}]
    answer = one("EGY", tables(FLOWS, HARVESTS, stocks=stocks))
    assert answer.next_supplier == "FRA"
    assert answer.supplier_gap.value == pytest.approx(0.4)
    assert answer.concentration.value == pytest.approx(0.49 + 0.09)
    spare = 1500 - (5000 - 300) / 6
    assert answer.spare_cover.value == pytest.approx(spare / 700)
    assert one("EGY", tables(FLOWS, HARVESTS)).spare_cover.reason


def test_one_supplier_leaves_nobody_next():
    answer = one("KAZ", tables(FLOWS, HARVESTS))
    assert answer.next_supplier is None
    assert answer.supplier_gap.value == 1
    # Today nobody; but whoever loses its only supplier buys from somebody.
    assert answer.next_supplier_share.interval == Interval(0.0, 1.0, 0.9)
    assert answer.supplier_gap.interval == Interval(-1.0, 1.0, 0.9)


def test_what_is_no_longer_bought_is_not_covered_a_millionfold():
    stocks = [{"item": "wheat", "iso3": "FRA", "period": "2019-2021", "tonnes": 1500.0, "source_row": 2}]
    cover = one("EGY", tables([("RUS", "EGY", 3.0), *FLOWS[1:]], HARVESTS, stocks=stocks)).spare_cover
    assert cover.interval.high <= 20 * cover.value * (1 + 1e-9)


def test_bad_questions_are_named():
    for asked in ({"origins": ()}, {"origins": ("RUS", "RUS")}, {"minimum_import": -1.0}, {"draws": 5}):
        with pytest.raises(InputError):
            ExposureQuestion(**asked)
    with pytest.raises(UnknownName):
        ExposureQuestion(origins=("XXX",))
    with pytest.raises(UnknownName):
        ExposureQuestion(item="gold")
    assert ExposureQuestion(item="Wheat").item == "wheat"


def test_nobody_to_rank():
    held = tables([("FRA", "RUS", 5.0)], HARVESTS)
    assert composite(ExposureQuestion(draws=100), held, seed=1) == []


pairs = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)).filter(lambda p: p[0] != p[1]),
    st.floats(0.01, 1e7), min_size=1, max_size=14,
)  # fmt: skip
harvests = st.dictionaries(st.sampled_from(CODES), st.floats(0, 1e8), min_size=1)


@given(pairs, harvests, st.sampled_from(["raw", "corrected"]), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_laws_of_any_exposure(flows, grown, mode, shuffler):
    people = dict.fromkeys(CODES, 1e6)
    listed, fields = [(e, i, t) for (e, i), t in flows.items()], list(grown.items())
    question = ExposureQuestion(trade=mode, draws=100)
    answers = exposure(question, tables(listed, fields, people), seed=5)
    for answer in answers:
        for name, figure in answer.figures.items():
            if figure.value is None:
                assert figure.reason
                continue
            assert figure.value in figure.interval
            if figure.unit == "share" and name != "supplier_gap":
                assert -1e-9 <= figure.value <= 1 + 1e-9
                assert figure.interval.low >= -1e-6
                assert figure.interval.high <= 1 + 1e-6
    shuffler.shuffle(listed)
    shuffler.shuffle(fields)
    again = exposure(question, tables(listed, fields, people), seed=5)
    assert [a.iso3 for a in again] == [a.iso3 for a in answers]
    for before, after in zip(answers, again, strict=True):
        for name, figure in before.figures.items():
            assert figure.value == after.figures[name].value or np.isclose(figure.value, after.figures[name].value)
            assert figure.interval == after.figures[name].interval or figure.interval is not None
