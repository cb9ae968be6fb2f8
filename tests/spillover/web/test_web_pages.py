"""Every page, for every role: what it costs, what it may hold, and that its links lead somewhere."""

import gzip
from collections import deque

import pytest
from lxml import html

from clarion.access.store.secrets import new_token
from clarion.spillover.service import scenarios

MOST_QUERIES, MOST_BYTES = 12, 60_000
FOR_ALL = [
    "/", "/sources/", "/account/2fa/", "/account/2fa/webauthn/", "/account/logout/",
    "/spillover/", "/spillover/?item=maize&trade=corrected", "/spillover/ranking/", "/spillover/method/",
    "/spillover/country/KGZ/", "/spillover/country/RUS/", "/spillover/country/AND/", "/spillover/country/EGY/wheat/",
    "/spillover/rows/trade_flows/staple-trade/?lines=2,3", "/spillover/scenarios/",
    "/spillover/scenarios/shipped/black-sea-closure/", "/spillover/runs/", "/spillover/bans/", "/spillover/prices/",
    "/spillover/macro/", "/spillover/macro/KGZ/",
]  # fmt: skip
FOR_ROLE = {
    "operator": ["/people/", "/log/", "/account/tokens/"],
    "analyst": ["/account/tokens/"],
    "officer": ["/account/tokens/"],
    "viewer": [],
}
FOR_THOSE_WHO_RUN = [
    "/spillover/scenarios/new/", "/spillover/scenarios/new/?mode=text",
    "/spillover/scenarios/new/?copy=black-sea-closure", "/spillover/scenarios/new/?copy=russia-sanction-cost",
]  # fmt: skip


@pytest.fixture
def furnished(account, finished_run):
    """A desk with something on every shelf; returns the addresses that it adds."""
    owner = account("analyst", "olena")
    runs = [finished_run(owner, name, published=True) for name in ("black-sea-closure", "kazakhstan-wheat-export-ban")]
    new_token(owner, "a script")
    first, second = (run.pk for run in runs)
    return [
        f"/spillover/runs/{first}/", f"/spillover/runs/{first}/country/EGY/",
        f"/spillover/runs/{first}/compare/{second}/",
    ]  # fmt: skip


@pytest.mark.parametrize("role", FOR_ROLE)
def test_every_page_of_every_role(role, furnished, account, client, look, django_assert_max_num_queries):
    user = account(role)
    client.force_login(user)
    mine = []
    if role in ("operator", "analyst"):
        own = scenarios.save(user.actor, scenarios.shipped_text("ukraine-harvest-halved"))
        mine = [*FOR_THOSE_WHO_RUN, f"/spillover/scenarios/own/{own.pk}/"]
    for address in [*FOR_ALL, *FOR_ROLE[role], *mine, *furnished]:
        with django_assert_max_num_queries(MOST_QUERIES):
            page = look(address)
        assert page.faults() == [], address
        packed = len(gzip.compress(page.response.content, 6))
        assert packed < MOST_BYTES, f"{address}: {packed:,} bytes"
        policy = page.response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert {"private", "no-store"} <= set(page.response.headers["Cache-Control"].split(", ")), address


@pytest.mark.parametrize("role", ["viewer", "officer"])
def test_those_who_may_not_run_are_told_so(role, signed_in, look):
    signed_in(role)
    for address in FOR_THOSE_WHO_RUN:
        page = look(address, status=403)
        assert "Ask an operator for the role operator or analyst." in page.text
        assert page.faults() == []
    shown = look("/spillover/scenarios/shipped/black-sea-closure/")
    assert "an analyst can start one" in shown.text
    assert not shown.tree.xpath("//main//form")


@pytest.mark.parametrize("address", ["/account/login/", "/account/login/?next=/spillover/", "/enter/spent/"])
def test_pages_before_signing_in(address, look, db):
    page = look(address, status=410 if "enter" in address else 200)
    assert page.faults() == []
    assert "no-store" in page.response.headers["Cache-Control"]


def test_what_is_sent_on_the_wire_is_compressed(signed_in):
    answer = signed_in("viewer").get("/spillover/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < MOST_BYTES


@pytest.mark.parametrize("role", ["operator", "viewer"])
def test_every_link_leads_somewhere(role, furnished, account, client):
    """A crawl from the front page; of pages of one kind (one a country) two stand for all."""
    client.force_login(account(role))
    waiting, seen, kinds = deque(["/"]), set(), {}
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        where = response.headers.get("Location", "")
        assert response.status_code in ((200, 302) if not where.startswith("/account/login") else ()), address
        if not response.headers.get("Content-Type", "").startswith("text/html") or response.status_code != 200:
            continue
        if "attachment" in response.headers.get("Content-Disposition", ""):
            continue
        tree = html.document_fromstring(response.content.decode())
        for link in tree.xpath("//a/@href"):
            path = link.partition("#")[0]
            if not path.startswith(("/", "?")) or path.startswith("/account/logout"):
                continue
            full = address.partition("?")[0] + path if path.startswith("?") else path
            match = _kind(full)
            if full in seen or kinds.get(match, 0) >= 2:
                continue
            seen.add(full)
            kinds[match] = kinds.get(match, 0) + 1
            waiting.append(full)
    assert kinds["spillover:rows"] >= 2, kinds
    assert kinds["spillover:run-brief"] >= 2, kinds
    assert ("people" in kinds) == (role == "operator")


def _kind(address):
    from django.urls import resolve

    return resolve(address.partition("?")[0]).view_name


def test_addresses_that_lead_nowhere_say_so(signed_in, look):
    signed_in("analyst")
    for address in (
        "/spillover/country/XYZ/", "/spillover/country/XYZ/wheat/", "/spillover/country/EGY/gold/",
        "/spillover/?item=gold", "/spillover/?source=nowhere", "/spillover/rows/trade_flows/nowhere/?lines=2",
        "/spillover/rows/nothing/staple-trade/?lines=2", "/spillover/rows/trade_flows/staple-trade/?lines=999999",
        "/spillover/rows/trade_flows/staple-trade/", "/spillover/scenarios/shipped/nothing/",
        "/spillover/scenarios/new/?copy=nothing", "/spillover/exposure.exe", "/spillover/country/EGY/brief.doc",
        "/spillover/runs/00000000-0000-4000-8000-000000000000/",
        "/spillover/scenarios/own/00000000-0000-4000-8000-000000000000/", "/spillover/runs/1/", "/nothing/",
    ):  # fmt: skip
        page = look(address, status=404)
        assert "Next step:" in page.text, address
        assert page.faults() == [], address


@pytest.mark.parametrize(
    "query",
    ["trade=guessed", "minimum=many", "minimum=nan", "minimum=-5", "minimum=1e999", "period=last", "period=2019-2018",
     "period=1850", "period=2001"],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_says_why(query, signed_in, look):
    signed_in("viewer")
    page = look("/spillover/?" + query, status=400)
    assert "Next step:" in page.text
    assert page.faults() == []


def test_lines_that_are_not_numbers(signed_in, look):
    signed_in("viewer")
    for lines in ("two", "2;3", "2.5", "9" * 5000):
        look("/spillover/rows/trade_flows/staple-trade/?lines=" + lines, status=400)
    for lines in ("-1", "0", "99999999999999999999"):
        look("/spillover/rows/trade_flows/staple-trade/?lines=" + lines, status=404)
    page = look("/spillover/rows/trade_flows/staple-trade/?lines=2,2,,3,999999")
    assert len(page.tree.xpath("//main//tbody/tr")) == 2


def test_an_area_that_no_longer_exists(signed_in, look):
    signed_in("viewer")
    assert look("/spillover/country/SUN/").faults() == []


def test_a_country_page_names_its_sources_and_can_be_taken_away(signed_in, look, client):
    signed_in("viewer")
    page = look("/spillover/country/KGZ/")
    text = page.tree.text_content()
    for source in ("staple-trade", "staple-production", "country-basics", "country-facts"):
        assert source in text
    assert page.tree.xpath("//main//figure//*[name()='svg']")
    table = client.get("/spillover/country/KGZ/exposure.csv")
    assert table.status_code == 200
    assert table.content.decode().count("KGZ,Kyrgyzstan") == 4
    assert client.get("/spillover/country/KGZ/exposure.exe").status_code == 404


def test_pages_speak_the_readers_language(signed_in, look, client):
    signed_in("viewer")
    client.cookies["django_language"] = "ru"
    page = look("/spillover/country/EGY/")
    assert page.tree.get("lang") == "ru"
    assert page.h1.startswith("Египет")
    assert page.faults() == []
