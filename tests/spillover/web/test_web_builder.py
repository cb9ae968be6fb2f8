"""Writing a scenario with the form or as text: nothing that was typed is lost, nothing is guessed."""

import pytest

from clarion.access.store.models import LogEntry
from clarion.spillover.engine.scenario import to_toml
from clarion.spillover.models import OwnScenario, Run
from clarion.spillover.service import scenarios
from clarion.spillover.web.builder import MOST_ROWS

NEW = "/spillover/scenarios/new/"
FORM = {
    "mode": "form", "name": "dry-summer", "title": "A dry summer", "summary": "Half the harvest is lost.",
    "period": "2019-2021", "items": ["wheat", "maize"], "kind-0": "production_cut", "who-0": "UKR", "low-0": "20",
    "likely-0": "33.3", "high-0": "40", "source-0": "A report",
}  # fmt: skip
TEXT = scenarios.shipped_text("ukraine-harvest-halved")


@pytest.fixture
def analyst(signed_in):
    return signed_in("analyst")


def shown(page, *names):
    values = page.tree.xpath("//main//form")[0].fields
    return [values[name] for name in names]


class TestForm:
    def test_it_begins_with_something_that_can_be_checked(self, analyst, look):
        page = look(NEW, {**look(NEW).values(), "do": "check"})
        assert "This scenario can be run." in page.text

    def test_run(self, analyst, look):
        answer = analyst.post(NEW, {**FORM, "do": "run", "trade": "raw", "rule": "rta", "draws": "100"})
        run = Run.objects.get()
        assert answer.url == f"/spillover/runs/{run.pk}/"
        assert (run.title, run.trade, run.rule, run.draws) == ("A dry summer", "raw", "rta", 100)
        shock = scenarios.check(run.text).shocks[0]
        assert (shock.country, shock.source) == ("UKR", "A report")
        assert (shock.fraction.low, shock.fraction.mode, shock.fraction.high) == pytest.approx((0.2, 0.333, 0.4))
        page = look(answer.url)
        assert "Waiting for its turn" in page.text
        assert page.faults() == []
        assert page.tree.xpath("//noscript/meta[@http-equiv='refresh']")

    def test_save_change_and_remove(self, analyst, look):
        answer = analyst.post(NEW, {**FORM, "do": "save"})
        held = OwnScenario.objects.get()
        address = f"/spillover/scenarios/own/{held.pk}/"
        assert answer.url == address
        assert "Saved." in look(address).text
        analyst.post(address, {**FORM, "title": "A drier summer", "do": "save"})
        held.refresh_from_db()
        assert held.title == "A drier summer"
        assert "A drier summer" in look("/spillover/scenarios/").text
        assert analyst.post(address, {**FORM, "do": "remove"}).url == "/spillover/scenarios/"
        assert not OwnScenario.objects.exists()
        assert LogEntry.objects.filter(action="removed a scenario").count() == 1

    def test_a_name_that_is_taken_keeps_the_form(self, analyst, look):
        analyst.post(NEW, {**FORM, "do": "save"})
        page = look(NEW, {**FORM, "summary": "Another one", "do": "save"}, status=422)
        assert "another scenario named 'dry-summer'" in page.text
        assert shown(page, "summary", "who-0") == ["Another one", "UKR"]
        assert OwnScenario.objects.count() == 1

    @pytest.mark.parametrize("rule", ["pta", "rta", "burkholz"])
    def test_one_more_shock_keeps_everything_typed(self, analyst, look, rule):
        page = look(NEW, {**FORM, "do": "add", "rule": rule, "trade": "raw", "draws": "2000"})
        names = ("title", "name", "summary", "who-0", "low-0", "likely-0", "high-0", "source-0")
        assert shown(page, *names) == [FORM[name] for name in names]
        assert shown(page, "rule", "trade", "draws") == [rule, "raw", "2000"]
        assert [b.get("value") for b in page.tree.xpath("//input[@type='checkbox'][@checked]")] == ["wheat", "maize"]
        assert shown(page, "kind-1", "who-1") == ["", ""]
        assert page.faults() == []

    def test_one_more_shock_in_the_middle_of_typing(self, analyst, look):
        """Adding a row is no moment to complain: half-typed rows, even without a title, come back as they were."""
        typed = {**FORM, "title": "", "kind-1": "export_ban", "who-1": "", "source-1": "Reuters", "who-2": "RUS"}
        page = look(NEW, {**typed, "do": "add"})
        assert shown(page, "title", "kind-1", "source-1", "who-2", "kind-3") == ["", "export_ban", "Reuters", "RUS", ""]
        assert not page.tree.xpath("//*[@role='alert']")

    def test_rows_can_be_added_one_after_another(self, analyst, look):
        values = look(NEW).values()  # one shock, and an empty row
        for n in range(3, 7):
            page = look(NEW, {**values, "do": "add"})
            assert len(page.tree.xpath("//fieldset[@class='shock']")) == n
            values = page.values()

    def test_there_is_an_end_to_rows(self, analyst, look):
        many = FORM | {f"{k}-{i}": FORM[f"{k}-0"] for i in range(MOST_ROWS) for k in ("kind", "who", "likely")}
        page = look(NEW, {**many, "do": "add"})
        assert len(page.tree.xpath("//fieldset[@class='shock']")) == MOST_ROWS
        assert page.faults() == []

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"likely-0": "much"}, "A strength is not a number."),
            ({"likely-0": "nan", "low-0": "", "high-0": ""}, "not a number"),
            ({"likely-0": "250", "low-0": "", "high-0": ""}, "between 0 and 100"),
            ({"likely-0": "-5", "low-0": "", "high-0": ""}, "between 0 and 100"),
            ({"low-0": "50"}, "rising order"),
            ({"who-0": "UKX"}, "no country or territory"),
            ({"who-0": "Ukraine"}, "no country or territory"),
            ({"who-0": "SUN"}, "no longer exists"),
            ({"who-0": ""}, "Shock 1 is not complete."),
            ({"kind-0": ""}, "Shock 1 is not complete."),
            ({"kind-0": "earthquake"}, "There is no shock"),
            ({"kind-0": "corridor_closed", "who-0": "the-moon"}, "There is no corridor"),
            ({"name": "Two Words"}, "not a short name"),
            ({"title": " "}, "title must be a text"),
            ({"title": "x" * 300}, "title is too long"),
            ({"items": []}, "No commodity is chosen."),
            ({"items": ["gold"]}, "gold"),
            ({"period": "soon"}, "is not a period"),
        ],
    )  # fmt: skip
    def test_errors_keep_what_was_typed(self, analyst, look, wrong, said):
        for do in ("check", "run", "save"):
            page = look(NEW, {**FORM, **wrong, "rule": "rta", "draws": "100", "do": do}, status=422)
            alert = " ".join(page.tree.xpath("//*[@role='alert']")[0].text_content().split())
            assert said in alert
            assert "Next step:" in alert
            for name, value in {**FORM, **wrong}.items():
                if name not in ("items", "mode", "kind-0"):
                    assert shown(page, name) == [value], name
            assert shown(page, "rule", "draws") == ["rta", "100"]
            assert page.faults() == []
        assert not Run.objects.exists()
        assert not OwnScenario.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"title": " "}, "b-title"), ({"name": "Two Words"}, "b-name"), ({"period": "soon"}, "b-period"),
            ({"items": []}, "b-items"), ({"who-0": "UKX"}, "who-0"), ({"who-0": ""}, "who-0"),
            ({"kind-0": ""}, "kind-0"), ({"high-0": "400"}, "high-0"), ({"high-0": "", "likely-0": "x"}, "likely-0"),
            ({"kind-2": "export_ban", "who-2": "RUX", "kind-1": "", "who-1": ""}, "who-2"),
        ],
    )  # fmt: skip
    def test_an_error_leads_to_its_field(self, analyst, look, wrong, field):
        page = look(NEW, {**FORM, **wrong, "do": "check"}, status=422)
        assert page.tree.findtext(".//title").startswith("Error:")
        assert page.tree.xpath("//*[@role='alert']//a/@href") == [f"#{field}"]
        (found,) = page.tree.xpath(f"//*[@id='{field}']")
        assert field == "b-items" or (found.get("aria-invalid"), found.get("aria-describedby")) == ("true", "error")

    def test_countries_are_offered_in_the_readers_words(self, analyst, look):
        offered = look(NEW).tree.xpath("//datalist[@id='places']/option")
        assert ("UKR", "Ukraine") in [(o.get("value"), o.text) for o in offered]
        assert "SUN" not in [o.get("value") for o in offered]

    def test_a_country_is_never_guessed(self, analyst, look):
        """The first three letters of Austria are the code of Australia."""
        page = look(NEW, {**FORM, "who-0": "Austria", "do": "check"}, status=422)
        assert "AUT" in page.text

    @pytest.mark.parametrize(
        "name",
        ["black-sea-closure", "kazakhstan-wheat-export-ban", "ukraine-harvest-halved", "russia-shock-2022"],
    )
    def test_a_copy_says_the_same(self, analyst, look, name):
        values = look(NEW + "?copy=" + name).values()
        boxes = look(NEW + "?copy=" + name).tree.xpath("//input[@name='items'][@checked]/@value")
        saved = analyst.post(NEW, {**values, "items": boxes, "do": "save"})
        assert saved.status_code == 302
        mine, theirs = scenarios.check(OwnScenario.objects.get().text), scenarios.check(scenarios.shipped_text(name))
        assert mine == theirs

    @pytest.mark.parametrize(("more", "as_form"), [("", True), ("elasticity = 3\n", False)])
    def test_a_cost_comes_back_into_the_form_unless_it_says_more(self, more, as_form, analyst, look):
        text = to_toml(scenarios.check(TEXT)).partition("[[shocks]]")[0]
        text += f'[[shocks]]\nkind = "sanction_cost"\nexporter = "RUS"\ncost_percent = 20\n{more}'
        saved = analyst.post(NEW, {"mode": "text", "text": text, "do": "save"})
        assert ("more than the form can show" not in look(saved.url).text) == as_form


class TestText:
    def test_what_a_form_cannot_show_is_edited_as_text(self, analyst, look):
        page = look(NEW + "?copy=russia-sanction-cost")
        assert "more than the form can show" in page.text
        assert page.tree.xpath("//textarea[@name='text']")

    def test_save_keeps_the_letters(self, analyst, look):
        text = "# my note\n" + TEXT
        saved = analyst.post(NEW, {"mode": "text", "text": text, "do": "save"})
        assert OwnScenario.objects.get().text == text
        assert "# my note" in look(saved.url + "?mode=text").text

    def test_a_misspelt_key_shows_its_line_and_keeps_the_text(self, analyst, look):
        text = TEXT.replace("fraction", "fracton")
        line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("fracton"))
        page = look(NEW, {"mode": "text", "text": text, "do": "run", "trade": "raw"}, status=422)
        assert f"line {line}" in page.text
        assert "Did you mean fraction?" in page.text
        assert shown(page, "text")[0].split() == text.split()
        assert shown(page, "trade") == ["raw"]
        assert page.faults() == []

    def test_a_bad_change_leaves_the_earlier_one(self, analyst, look):
        saved = analyst.post(NEW, {"mode": "text", "text": TEXT, "do": "save"})
        look(saved.url, {"mode": "text", "text": TEXT + "[", "do": "save"}, status=422)
        assert OwnScenario.objects.get().text == TEXT

    @pytest.mark.parametrize("text", ["", "\x00", "[", "x" * 100_001, TEXT.replace("harvest", "\x85")])
    def test_what_is_not_a_scenario(self, analyst, look, text):
        page = look(NEW, {"mode": "text", "text": text, "do": "save"}, status=422)
        assert page.tree.xpath("//*[@role='alert']")
        assert not OwnScenario.objects.exists()


class TestSettings:
    @pytest.mark.parametrize("draws", ["abc", "0", "-1", "1", "5001", "9" * 5000, ""])
    @pytest.mark.parametrize("address", [NEW, "/spillover/scenarios/shipped/black-sea-closure/"])
    def test_draws_that_cannot_be_worked(self, analyst, look, draws, address):
        post = {"mode": "text", "text": TEXT, "do": "run", "draws": draws}
        page = look(address, post, status=422 if address == NEW else 400)
        assert "draws" in page.text
        assert not Run.objects.exists()

    @pytest.mark.parametrize("wrong", [{"rule": "magic"}, {"trade": "guessed"}])
    def test_a_rule_that_does_not_exist(self, analyst, look, wrong):
        look(NEW, {"mode": "text", "text": TEXT, "do": "run", "draws": "100", **wrong}, status=422)
        assert not Run.objects.exists()

    def test_run_a_shipped_one(self, analyst):
        answer = analyst.post(
            "/spillover/scenarios/shipped/black-sea-closure/", {"trade": "raw", "rule": "pta", "draws": "100"}
        )
        assert answer.url == f"/spillover/runs/{Run.objects.get().pk}/"


def test_another_persons_scenario_is_not_there(account, look, client):
    hers = scenarios.save(account("analyst", "olena").actor, TEXT)
    client.force_login(account("analyst", "ivan"))
    address = f"/spillover/scenarios/own/{hers.pk}/"
    look(address, status=404)
    look(address, {"mode": "text", "text": TEXT, "do": "save"}, status=404)
    look(address, {"do": "remove"}, status=404)
    assert OwnScenario.objects.count() == 1


@pytest.mark.parametrize("role", ["viewer", "officer"])
def test_those_who_may_not_run_cannot_post(role, signed_in, look):
    signed_in(role)
    for address in (NEW, "/spillover/scenarios/shipped/black-sea-closure/"):
        look(address, {**FORM, "do": "run", "draws": "100"}, status=403)
    assert not Run.objects.exists()


def test_a_form_from_elsewhere_is_refused(account):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(account("analyst"))
    assert client.post(NEW, {**FORM, "do": "save"}).status_code == 403
    assert not OwnScenario.objects.exists()


class TestShipped:
    def test_what_it_says_is_readable_without_its_text(self, analyst, look):
        page = look("/spillover/scenarios/shipped/russia-shock-2022/")
        assert "begin in month 3 of the year and last 6 (2 to 18) months; 24 are run" in page.text
        assert "Months for which fertiliser is short or dear" in page.text
        page = look("/spillover/scenarios/shipped/russia-sanction-cost/")
        (row,) = page.tree.xpath("//main//tbody/tr")
        cells = [" ".join(cell.text_content().split()) for cell in row]
        assert cells[0].startswith("Sanction")
        assert cells[1] == "RussiaSpared: Armenia, Belarus, Kazakhstan, Kyrgyzstan"
        assert cells[2] == "10 % (2 % to 30 %)"
        assert page.faults() == []

    def test_the_plain_closure_is_read_first(self, analyst, look):
        titles = look("/spillover/scenarios/").tree.xpath("//section//h3/a/text()")
        assert titles[0] == "Black Sea exports stop"
        assert len(titles) == 7


def test_a_new_scenario_goes_from_form_to_text_and_back(signed_in, look):
    signed_in("analyst")
    text = look("/spillover/scenarios/new/?mode=text")
    (back,) = text.tree.xpath("//a[text()='Edit as a form instead']/@href")
    look(f"/spillover/scenarios/new/{back}")


class TestVerdict:
    VERDICT = "/spillover/scenarios/verdict/"

    def test_what_can_be_run(self, analyst):
        page = analyst.post(self.VERDICT, FORM).content.decode()
        assert "This scenario can be run." in page
        assert "<html" not in page
        assert not OwnScenario.objects.exists()

    def test_what_cannot_leads_to_its_field(self, analyst):
        page = analyst.post(self.VERDICT, {**FORM, "low-0": "120"})
        assert page.status_code == 200  # a piece of a page that is being written, not a failed request
        assert 'href="#low-0"' in page.content.decode()

    def test_years_without_trade_lead_to_their_field(self, analyst):
        page = analyst.post(self.VERDICT, {**FORM, "period": "2030-2031"}).content.decode()
        assert "This scenario can be run." not in page
        assert 'href="#b-period"' in page

    def test_text_is_told_its_line(self, analyst):
        page = analyst.post(self.VERDICT, {"mode": "text", "text": TEXT.replace("UKR", "XYZ")}).content.decode()
        assert "line" in page
        assert "XYZ" in page

    def test_only_for_those_who_may_run_and_only_by_post(self, signed_in):
        assert signed_in("viewer").post(self.VERDICT, FORM).status_code == 403

    def test_reading_is_no_way_in(self, analyst):
        assert analyst.get(self.VERDICT).status_code == 405


WHEN = {"start": "3", "lasts_low": "3", "lasts": "6,5", "lasts_high": "18", "horizon_of": "24"}


class TestTime:
    def test_it_is_kept_and_shown_again(self, analyst, look):
        address = analyst.post(NEW, {**FORM, **WHEN, "do": "save"}).url
        time = scenarios.check(OwnScenario.objects.get().text).time
        assert (time.start, time.horizon) == (3, 24)
        assert (time.months.low, time.months.mode, time.months.high) == (3, 6.5, 18)
        page = look(address)
        assert shown(page, "start", "lasts_low", "lasts_high", "horizon_of") == ["3", "3", "18", "24"]

    def test_left_out_it_is_a_year_from_january(self, analyst):
        analyst.post(NEW, {**FORM, "do": "save"})
        assert "[time]" not in OwnScenario.objects.get().text

    @pytest.mark.parametrize(
        ("wrong", "said", "field"),
        [({"lasts": "x"}, "not a number", "b-lasts"), ({"lasts_low": "9", "lasts": "6"}, "rising order", "b-lasts_low"),
         ({"start": "14"}, "", "b-start"), ({"horizon_of": "99"}, "", "b-horizon"),
         ({"horizon_of": "nan"}, "not a number", "b-horizon"), ({"horizon_of": "inf"}, "not a number", "b-horizon"),
         ({"start": "1" * 5000}, "start is too long", "b-start")],
    )  # fmt: skip
    def test_what_is_wrong_leads_to_its_field(self, analyst, wrong, said, field):
        page = analyst.post(NEW, {**FORM, **WHEN, **wrong, "do": "check"})
        assert page.status_code == 422
        text = page.content.decode()
        assert said in text
        assert f'href="#{field}"' in text
