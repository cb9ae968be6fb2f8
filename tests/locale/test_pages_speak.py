"""Every page in Russian and Ukrainian, with no English of ours left on it."""

from __future__ import annotations

import pytest

from clarion.access.store.secrets import new_token
from clarion.spillover.models import Run
from clarion.spillover.service import scenarios

PAGES = [
    "/", "/sources/", "/people/", "/log/", "/account/tokens/", "/account/2fa/", "/account/logout/",
    "/people/waiting/", "/account/sessions/",
    "/spillover/", "/spillover/?item=maize&trade=corrected", "/spillover/ranking/", "/spillover/method/",
    "/spillover/country/KGZ/", "/spillover/country/RUS/", "/spillover/country/AND/", "/spillover/country/LVA/",
    "/spillover/country/EGY/wheat/", "/spillover/country/TJK/wheat/?trade=corrected", "/spillover/country/AND/soya/",
    "/spillover/rows/trade_flows/staple-trade/?lines=2,3", "/spillover/scenarios/", "/spillover/runs/",
    "/spillover/scenarios/shipped/russia-sanction-cost/", "/spillover/scenarios/new/",
    "/spillover/scenarios/new/?mode=text", "/spillover/scenarios/new/?copy=russia-sanction-cost",
    "/spillover/country/KGZ/brief.html",
    *(f"/screening/{page}" for page in ("", "batches/", "queue/", "decisions/", "changes/", "register/", "lists/")),
    *(f"/screening/{page}" for page in ("exemptions/", "refusals/", "refusals/totals/")),
]  # fmt: skip
WRONG = [
    "/nowhere/", "/spillover/country/XXX/", "/spillover/country/KGZ/gold/", "/spillover/?trade=odd",
    "/spillover/?period=odd", "/spillover/?minimum=odd", "/spillover/?period=1950", "/spillover/?source=odd",
    "/spillover/rows/trade_flows/staple-trade/?lines=999999", "/spillover/rows/trade_flows/staple-trade/?lines=x",
    "/spillover/rows/trade_flows/odd/?lines=2", "/spillover/scenarios/shipped/black-see/", "/spillover/exposure.doc",
    "/spillover/country/KGZ/brief.doc", "/spillover/runs/00000000-0000-0000-0000-000000000000/",
    "/spillover/scenarios/own/00000000-0000-0000-0000-000000000000/",
    "/screening/decisions/00000000-0000-0000-0000-000000000000/",
    "/screening/batches/00000000-0000-0000-0000-000000000000/",
    "/screening/refusals/00000000-0000-0000-0000-000000000000/", "/screening/exemptions/?purpose=odd",
]  # fmt: skip
FAULTY = [
    'name = "x"', 'name = "X!"\ntitle = "T"', "name = ", 'nam = "x"', 'name = "x"\nitems = "wheat"',
    'name = "x"\nitems = ["gold"]', 'name = "x"\nitems = ["wheat", "wheat"]', 'name = "x"\nitems = [1]',
    *(
        'name = "x"\ntitle = "T"\nitems = ["wheat"]\nperiod = "2019-2021"\n' + rest
        for rest in (
            "", "shocks = []", '[[shocks]]\nkind = "odd"', '[[shocks]]\nkind = "production_cut"\ncountry = "UKX"',
            '[[shocks]]\nkind = "production_cut"\ncountry = "SUN"\nfraction = 0.5',
            '[[shocks]]\nkind = "production_cut"\ncountry = "UKR"\nfraction = 50',
            '[[shocks]]\nkind = "production_cut"\ncountry = "UKR"\nfraction = [0.5, 0.2, 0.1]',
            '[[shocks]]\nkind = "production_cut"\ncountry = "UKR"\nfraction = [0.5, 0.2]',
            '[[shocks]]\nkind = "production_cut"\ncountry = "UKR"\nfraction = "half"',
            '[[shocks]]\nkind = "production_cut"\ncountry = "UKR"\nfraction = 0.5\nitems = ["maize"]',
            '[[shocks]]\nkind = "corridor_closed"\ncorridor = "red-sea"',
        )
    ),
]  # fmt: skip


@pytest.fixture(params=["ru", "uk"])
def language(request):
    return request.param


@pytest.fixture
def reader(signed_in, language):
    """A signed-in operator who reads in the language."""
    client = signed_in("operator")
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def check(language, unsaid):
    """Look at pages; what they left in English is told at the end, all at once."""
    found = {}

    def look(response, status=200):
        assert response.status_code == status, response.request["PATH_INFO"]
        assert f'lang="{language}"' in response.content.decode()[:300]
        if left := unsaid(response.content, language):
            found[response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"]] = left

    yield look
    assert found == {}


def test_every_page(reader, check, account, finished_run):
    owner = account("analyst", "olena")
    new_token(owner, "a script")
    reader.post("/people/", {"do": "add", "name": "taras", "role": "viewer"})
    reader.post("/people/", {"do": "close", "name": "taras"})
    user = type(owner).objects.get(username="the-operator")
    own = scenarios.save(
        user.actor, scenarios.shipped_text("ukraine-harvest-halved").replace("Ukraine's harvest is halved", "T")
    )
    first, second, third = (
        finished_run(user, name)
        for name in ("black-sea-closure", "kazakhstan-wheat-export-ban", "ukraine-harvest-halved")
    )
    reader.post(f"/spillover/runs/{first.pk}/", {"do": "publish"})
    gap = next(c["iso3"] for c in third.answer.data["countries"] if c["people"]["value"] is None)
    runs = [
        f"/spillover/runs/{first.pk}/", f"/spillover/runs/{third.pk}/", f"/spillover/runs/{first.pk}/country/EGY/",
        f"/spillover/runs/{third.pk}/country/EGY/", f"/spillover/runs/{third.pk}/country/{gap}/",
        f"/spillover/runs/{first.pk}/compare/{second.pk}/", f"/spillover/runs/{first.pk}/brief.html",
        f"/spillover/runs/{third.pk}/brief.html", f"/spillover/scenarios/own/{own.pk}/",
    ]  # fmt: skip
    for address in [*PAGES, *runs]:
        check(reader.get(address))


def test_pages_of_runs_that_are_not_done(reader, check, account, finished_run):
    user = type(account("analyst", "olena")).objects.get(username="the-operator")
    run = finished_run(user)
    for status in (Run.Status.WAITING, Run.Status.RUNNING, Run.Status.CANCELLED, Run.Status.FAILED):
        error = {"what": "The scenario is too long.", "where": "", "next_step": "Wait for it."}
        Run.objects.filter(pk=run.pk).update(status=status, error=error)
        check(reader.get(f"/spillover/runs/{run.pk}/"))
    check(reader.get("/spillover/runs/"))


def test_errors(reader, check):
    for address in WRONG:
        response = reader.get(address)
        assert 400 <= response.status_code < 500, address
        check(response, response.status_code)


def test_what_is_wrong_with_a_scenario(reader, check):
    for text in FAULTY:
        response = reader.post("/spillover/scenarios/new/", {"mode": "text", "text": text, "do": "check"})
        check(response, 422)


def test_messages_after_a_step(reader, check):
    for form in (
        {"do": "add", "name": "the-operator", "role": "viewer"}, {"do": "link", "name": "nobody"},
        {"do": "role", "name": "the-operator", "role": "viewer"}, {"do": "close", "name": "the-operator"},
    ):  # fmt: skip
        check(reader.post("/people/", form, follow=True))
    check(reader.post("/account/tokens/", {"name": ""}))
    check(reader.post("/account/tokens/", {"name": "x"}))
    form = {"mode": "form", "kind-0": "production_cut", "who-0": "UKR", "low-0": "x", "name": "x", "title": "T"}
    check(reader.post("/spillover/scenarios/new/", form | {"do": "check"}), 422)


def test_before_signing_in_and_without_the_right(client, account, db, check, language):
    client.cookies["django_language"] = language
    check(client.get("/account/login/"))
    check(client.post("/account/login/", {"login": "x", "password": "y"}))
    check(client.get("/enter/spent/"), 410)
    client.force_login(account("viewer"))
    check(client.get("/people/"), 403)
    check(client.get("/spillover/scenarios/new/"), 403)
    check(client.get("/spillover/scenarios/shipped/black-sea-closure/"))


def test_a_failure_is_said_too(rf, language):
    from django.utils import translation

    from clarion.desk.views import failed

    with translation.override(language):
        assert failed(rf.get("/")).content.decode().count("Something") == 0
