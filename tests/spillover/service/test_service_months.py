"""Runs by month at the desk: worked, kept in parts, gone on with after a stop, compared, said in words and tables."""

from __future__ import annotations

import polars as pl
import pytest

from clarion.errors import BusyError, InputError, UnknownName
from clarion.spillover.engine.monthly.methods import no_price
from clarion.spillover.models import Answer, CountryAnswer, Run
from clarion.spillover.service import jobs, runs
from clarion.spillover.service.monthly.brief import months_brief
from clarion.spillover.service.monthly.frames import country_frame, losses_frame, prices_frame
from clarion.spillover.service.monthly.kept import unpack
from clarion.spillover.service.monthly.partners import partners
from clarion.spillover.service.monthly.results import CountryDetail, MonthlyResult
from clarion.spillover.service.monthly.told_prices import unpriced
from clarion.spillover.service.scenarios import shipped_text
from clarion.spillover.service.tables import run_folder
from clarion.vocab import Estimate

ASKED = {"rule": "monthly", "draws": 40}
TEXT = shipped_text("kazakhstan-wheat-export-ban")


@pytest.fixture
def done(account, finished_run):
    return finished_run(account("analyst"), "kazakhstan-wheat-export-ban", **ASKED)


def test_the_answer_is_kept_in_parts(done):
    data = runs.answer(done)
    assert data["kind"] == "monthly"
    assert "not a forecast" in data["statement"].lower()
    assert all("kcal_lost" not in country for country in data["countries"]), "months are kept country by country"
    tajikistan = runs.country_answer(done, "TJK")
    assert len(tajikistan["kcal_lost"]["p50"]) == 12
    with pytest.raises(UnknownName, match="no figures for this country"):
        runs.country_answer(done, "XXX")
    draws = unpack(bytes(Answer.objects.get(run=done).draws))
    assert set(draws.paths) == {"kcal_lost", "people"}
    assert draws.totals["person_days"].shape[0] == 40


def test_it_is_read_back_ranked_and_said(done):
    result = MonthlyResult(runs.answer(done))
    assert result.ranked()[0].iso3 == "TJK"
    assert "Tajikistan" in result.sentence("en")
    assert "wheat" in result.sentence("en")
    assert "Таджикистан" in result.sentence("ru")
    assert set(result.prices) == {"wheat"}
    assert "people" in result.drivers
    assert sum(share.value for share in result.drivers["people"].values()) > 0.5
    assert all(0.01 <= ban.chance.value <= 1 for ban in result.bans)


def test_tables_hold_what_the_pages_show(done):
    result = MonthlyResult(runs.answer(done))
    losses = losses_frame(result)
    first = losses.row(0, named=True)
    assert first["iso3"] == "TJK"
    assert first["kcal_lost_mean_low"] <= first["kcal_lost_mean"] <= first["kcal_lost_mean_high"]
    assert prices_frame(result).height == 12
    detail = CountryDetail(runs.country_answer(done, "TJK"), result.phrases)
    months = country_frame(result, detail).filter(pl.col("figure") == "kcal_lost")
    assert months["p50"].to_list() == list(detail.months("kcal_lost").p50)
    assert set(losses["item"]) == {"wheat"}


def test_the_steps_of_a_loss_end_in_what_is_missing(done):
    found = runs.country_answer(done, "TJK")["items"]["wheat"]["waterfall"]
    drawn = partners(found, "en")
    steps = drawn.steps
    assert drawn.unit == "thousand tonnes"
    assert steps[0].label == "Kazakhstan"
    assert steps[-1].total
    assert sum(step.value for step in steps[:-1]) == pytest.approx(steps[-1].value, abs=0.01)


@pytest.mark.parametrize(
    ("tonnes", "unit", "said"),
    [
        (0.0, "tonnes", "0.0"), (3.25, "tonnes", "3.2"), (640.0, "tonnes", "640"), (9_800.0, "tonnes", "9,800"),
        (23_400.0, "thousand tonnes", "23.4"), (640_000.0, "thousand tonnes", "640"),
        (23_400_000.0, "million tonnes", "23.4"), (640_000_000.0, "million tonnes", "640"),
    ],
)  # fmt: skip
def test_the_unit_of_a_loss_fits_its_size(tonnes, unit, said):
    found = {"parts": [{"iso3": "KAZ", "tonnes": tonnes}], "bought": 0.0, "eased": 0.0, "replaced": 0.0, "lost": tonnes}
    drawn = partners(found, "en")
    assert (drawn.unit, drawn.steps[-1].text) == (unit, said)
    assert drawn.axis == f"{unit} over all months"
    assert unit in drawn.picture("wheat", "en")


def test_the_brief_holds_prices_losses_bans_and_drivers(done):
    result = MonthlyResult(runs.answer(done))
    html = months_brief(result, "en").html().decode()
    for words in (
        "World price of Wheat",
        "Who loses how much",
        "What drives the uncertainty",
        "Tajikistan",
        "not a forecast",
        "Change against the same months without the shock",
        "in the worst month, kcal a person a day",
        "over all months, kcal a person",
        "means over 12 months",
    ):
        assert words in html
    assert months_brief(result, "ru").pdf().startswith(b"%PDF")


def test_an_item_without_a_price_is_named_with_the_reason(done):
    data = runs.answer(done)
    gap = Estimate.not_known("ratio", no_price("potash"))
    result = MonthlyResult(data | {"prices": {"potash": gap.to_dict()}})
    assert unpriced(result, "en") == [("Potash fertiliser", str(no_price("potash")))]
    assert "not known, because" in months_brief(result, "en").html().decode()
    assert result.sentence("en").startswith("Hit hardest"), "no word of prices where none is known"
    assert prices_frame(result).is_empty()


class TestCompared:
    def test_draw_by_draw(self, account, finished_run):
        user = account("analyst")
        one = finished_run(user, "kazakhstan-wheat-export-ban", **ASKED)
        other = finished_run(user, "russia-wheat-export-ban", **ASKED)
        found = runs.compare(user.actor, one.pk, other.pk)
        assert found.countries["TJK"]["kcal_lost_mean"].value < 0, "Tajikistan buys from Kazakhstan"
        assert found.countries["EGY"]["kcal_before_mean"].value > 0
        assert found.to_dict()["kind"] == "monthly comparison"
        same = runs.compare(user.actor, one.pk, one.pk)
        assert {e.value for figures in same.countries.values() for e in figures.values() if e.known} == {0.0}

    def test_not_with_a_yearly_rule_or_other_draws(self, account, finished_run):
        user = account("analyst")
        month = finished_run(user, "kazakhstan-wheat-export-ban", **ASKED)
        year = finished_run(user, "kazakhstan-wheat-export-ban")
        with pytest.raises(InputError, match="cannot be compared"):
            runs.compare(user.actor, month.pk, year.pk)
        fewer = finished_run(user, "kazakhstan-wheat-export-ban", rule="monthly", draws=30)
        with pytest.raises(InputError, match="more than their shocks"):
            runs.compare(user.actor, month.pk, fewer.pk)


def test_a_worker_that_was_killed_goes_on_where_it_stood(account, monkeypatch):
    """Half of the parts are there; the next worker works the rest and ends with the same answer."""
    from clarion.spillover.engine import monthly as engine

    actor = account("analyst").actor
    whole = runs.start(actor, TEXT, rule="monthly", draws=100)
    jobs.answer_run.func(str(whole.pk))
    assert not run_folder(whole.pk).exists()

    run = runs.start(actor, TEXT, rule="monthly", draws=100)
    real = engine.worked_plan

    def killed(plan, runner, progress, cancelled):
        def step(done, total):
            progress(done, total)
            if done >= 50:
                raise KeyboardInterrupt

        return real(plan, runner, step, cancelled)

    monkeypatch.setattr(engine, "worked_plan", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.answer_run.func(str(run.pk))
    kept = sorted(run_folder(run.pk).glob("*/*.npz"))
    assert kept
    times = [path.stat().st_mtime_ns for path in kept]
    monkeypatch.setattr(engine, "worked_plan", real)
    Run.objects.filter(pk=run.pk).update(status=Run.Status.WAITING)
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    jobs.answer_run.func(str(run.pk))
    assert [path.stat().st_mtime_ns for path in kept] == times, "what was kept is not worked again"
    one, two = (Answer.objects.get(run=r) for r in (whole, run))
    assert one.data == two.data
    assert bytes(one.draws) == bytes(two.draws)
    months = [dict(CountryAnswer.objects.filter(run=r).values_list("iso3", "data")) for r in (whole, run)]
    assert months[0] == months[1]


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [({"horizon": 6}, "6 months"), ({"horizon": 48}, "48 months"), ({"rule": "pta", "horizon": 12}, "no months")],
)
def test_months_that_cannot_be_run(account, asked, complaint):
    with pytest.raises(InputError, match=complaint):
        runs.start(account("analyst").actor, TEXT, draws=20, **asked)


def test_a_run_of_a_yearly_rule_has_no_months(account, finished_run):
    run = finished_run(account("analyst"))
    with pytest.raises(UnknownName, match="no months"):
        runs.monthly_answer(run)


def test_a_run_that_waits_has_no_answer(account):
    run = runs.start(account("analyst").actor, TEXT, draws=20)
    with pytest.raises(BusyError):
        runs.monthly_answer(run)
