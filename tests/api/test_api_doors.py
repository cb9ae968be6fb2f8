"""Who may ask the API, how it says no, and how lists are paged."""

import json

import pytest
from django.test import Client

from clarion.access.store.models import ApiToken
from clarion.access.store.secrets import new_token
from clarion.spillover.models import Run
from clarion.spillover.service.scenarios import shipped_text

API = "/api/v1/spillover"
RUN = {"scenario": "kazakhstan-wheat-export-ban", "rule": "pta", "draws": 20}


@pytest.fixture
def ask(account):
    """A client with the token of a role: ``ask("analyst")("get", "/runs")``."""

    def of(role, name=""):
        headers = {"authorization": "Bearer " + new_token(account(role, name), "test")}

        def send(verb, path, body=None, **more):
            full = path if path.startswith("/api/") else API + path
            data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
            return getattr(Client(enforce_csrf_checks=True), verb)(full, headers=headers, **data, **more)

        return send

    return of


def problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    return body


class TestNo:
    @pytest.mark.parametrize("path", ["/exposure", "/runs", "/scenarios", "/countries/EGY"])
    def test_401_without_a_token(self, path, db):
        assert problem(Client().get(API + path), 401)["detail"]

    @pytest.mark.parametrize("verb", ["post", "delete", "get"])
    def test_401_is_said_to_programs_not_csrf(self, verb, db):
        """A program without a valid token has no cookie to forge with: it is told to sign in."""
        client = Client(enforce_csrf_checks=True)
        for headers in ({}, {"authorization": "Bearer clarion_wrong"}, {"authorization": "Bearer"}):
            path = f"{API}/runs/00000000-0000-4000-8000-000000000000" if verb == "delete" else f"{API}/runs"
            problem(getattr(client, verb)(path, headers=headers), 401)

    @pytest.mark.parametrize("role", ["viewer", "officer"])
    def test_403_for_a_role_that_may_not(self, role, ask):
        body = problem(ask(role)("post", "/runs", RUN), 403)
        assert body["code"] == "not-allowed"
        assert "analyst" in body["detail"]
        assert not Run.objects.exists()

    @pytest.mark.parametrize(
        "path",
        ["/countries/XYZ", "/countries/XYZ/suppliers", "/exposure?item=gold", "/exposure?source=nowhere",
         "/rows/trade_flows/nowhere?line=2", "/rows/trade_flows/staple-trade?line=99999999",
         "/runs/00000000-0000-4000-8000-000000000000", "/runs/00000000-0000-4000-8000-000000000000/answer",
         "/nothing", "/api/v1/nothing/at/all"],
    )  # fmt: skip
    def test_404(self, path, ask):
        problem(ask("viewer")("get", path), 404)

    @pytest.mark.parametrize(
        "path",
        ["/exposure?trade=x", "/exposure?minimum=-1", "/exposure?minimum=nan", "/exposure?minimum=many",
         "/exposure?limit=0", "/exposure?limit=1001", "/exposure?offset=-1", "/exposure?offset=x", "/runs/not-a-uuid",
         "/rows/trade_flows/staple-trade?line=x", "/rows/trade_flows/staple-trade", "/api/v1/call/actions?language=xx"],
    )  # fmt: skip
    def test_422_names_the_field_and_sends_nothing_back(self, path, ask):
        body = problem(ask("viewer")("get", path), 422)
        assert body["errors"][0]["where"]
        assert "input" not in json.dumps(body)

    @pytest.mark.parametrize(
        "wrong", [{"draws": 1}, {"draws": 5001}, {"draws": "x"}, {"rule": "x"}, {"trade": "x"}, {"seed": -1},
                  {"seed": 2**53}, {"text": "x" * 100_001}, {"text": "\ud800"}, {"scenario": 5}]
    )  # fmt: skip
    def test_422_for_a_run(self, wrong, ask):
        problem(ask("analyst")("post", "/runs", RUN | wrong), 422)
        assert not Run.objects.exists()

    def test_a_body_that_is_no_json(self, ask, account):
        headers = {"authorization": "Bearer " + new_token(account("analyst"), "t")}
        for body in ("{", b"\xff"):
            answer = Client().post(API + "/runs", body, content_type="application/json", headers=headers)
            problem(answer, answer.status_code)
            assert answer.status_code in (400, 422)

    def test_a_scenario_that_cannot_be_read_names_its_line(self, ask):
        text = shipped_text("ukraine-harvest-halved").replace("fraction", "fracton")
        for path in ("/scenarios/check", "/runs"):
            body = problem(ask("analyst", path.strip("/").replace("/", "-"))("post", path, {"text": text}), 400)
            assert body["details"]["line"]
            assert "line" in body["where"]

    def test_a_run_of_nothing(self, ask):
        body = problem(ask("analyst")("post", "/runs", {}), 404)
        assert "black-sea-closure" in json.dumps(body)

    def test_409_while_it_works(self, ask):
        send = ask("analyst")
        pk = send("post", "/runs", RUN).json()["id"]
        problem(send("get", f"/runs/{pk}/answer"), 409)
        problem(send("delete", f"/runs/{pk}"), 409)


class TestSession:
    """A browser that is signed in may read; a change needs the CSRF token, or another site could make it."""

    @pytest.fixture
    def browser(self, account):
        client = Client(enforce_csrf_checks=True)
        client.force_login(account("analyst"))
        return client

    def test_reading(self, browser):
        assert browser.get(API + "/runs").status_code == 200

    def test_a_change_without_the_token_is_refused(self, browser):
        problem(browser.post(API + "/runs", json.dumps(RUN), content_type="application/json"), 403)
        problem(browser.post(API + "/runs", json.dumps(RUN), content_type="text/plain"), 403)
        problem(browser.delete(API + "/runs/00000000-0000-4000-8000-000000000000"), 403)
        assert not Run.objects.exists()

    def test_a_change_with_the_token(self, browser):
        browser.get("/spillover/scenarios/new/")
        token = browser.cookies["csrftoken"].value
        answer = browser.post(
            API + "/runs", json.dumps(RUN), content_type="application/json", headers={"x-csrftoken": token}
        )
        assert answer.status_code == 201, answer.content
        assert Run.objects.count() == 1

    def test_a_wrong_token_does_not_fall_back_to_the_cookie_unchecked(self, browser):
        answer = browser.post(
            API + "/runs", json.dumps(RUN), content_type="application/json", headers={"authorization": "Bearer x"}
        )
        problem(answer, 403)


class TestTokens:
    def test_kept_as_a_hash_with_an_end(self, account):
        secret = new_token(account("viewer"), "test")
        token = ApiToken.objects.get()
        assert secret not in (token.token_hash, token.name)
        assert (token.expires_at - token.created_at).days in (89, 90)

    def test_dead_after_its_time_and_with_its_account(self, account, ask):
        from django.utils import timezone

        from clarion.access import Actor
        from clarion.desk import people

        send = ask("viewer")
        assert send("get", "/runs").status_code == 200
        assert ApiToken.objects.get().last_used_on == timezone.now().date()
        ApiToken.objects.update(expires_at=timezone.now())
        problem(send("get", "/runs"), 401)
        again = ask("analyst", "ivan")
        people.close(Actor.console(), "ivan")
        problem(again("get", "/runs"), 401)

    def test_pages_take_no_token(self, account):
        headers = {"authorization": "Bearer " + new_token(account("operator"), "test")}
        assert Client().get("/people/", headers=headers).status_code == 302


class TestPages:
    def test_lists_are_paged(self, ask):
        send = ask("viewer")
        first = send("get", "/exposure?limit=3").json()
        assert len(first["items"]) == 3
        assert first["count"] > 150
        then = send("get", "/exposure?limit=3&offset=2").json()
        assert then["items"][0] == first["items"][2]
        assert send("get", "/exposure?offset=1000000").json()["items"] == []
        assert len(send("get", "/exposure").json()["items"]) == 100
        for path in ("/ranking", "/countries/EGY/suppliers", "/runs"):
            assert set(send("get", path).json()) == {"items", "count"}

    def test_every_figure_has_its_interval(self, ask):
        row = ask("viewer")("get", "/exposure?limit=1").json()["items"][0]
        assert row["share_rus_ukr_interval"][0] <= row["share_rus_ukr"] <= row["share_rus_ukr_interval"][1]
        assert row["provenance"][0]["rows"]

    def test_rows_of_the_source(self, ask):
        found = ask("viewer")("get", "/rows/trade_flows/staple-trade?line=2&line=3").json()
        assert [r["line"] for r in found["rows"]] == [2, 3]
        assert found["as_published"]


def test_a_run_from_start_to_removal(ask):
    from clarion.spillover.service.jobs import answer_run

    send = ask("analyst")
    told = send("post", "/runs", RUN)
    assert told.status_code == 201
    pk = told.json()["id"]
    assert told.json()["kind"] == "scenario, not a forecast"
    answer_run.func(pk)
    assert send("get", f"/runs/{pk}").json()["status"] == "done"
    answer = send("get", f"/runs/{pk}/answer").json()
    assert "not a forecast" in answer["statement"].lower()
    beside = send("get", f"/runs/{pk}/compare/{pk}").json()
    assert (beside["kind"], beside["rows"]) == ("comparison", [])
    assert len(beside["titles"]) == 2
    assert [r["id"] for r in send("get", "/runs").json()["items"]] == [pk]
    problem(ask("viewer", "vera")("get", f"/runs/{pk}"), 404)
    problem(send("post", f"/runs/{pk}/cancel"), 409)
    assert send("delete", f"/runs/{pk}").status_code == 204
    problem(send("get", f"/runs/{pk}"), 404)


def test_the_board_in_a_language(ask):
    send = ask("viewer")
    english, russian = (send("get", f"/api/v1/call/actions?language={code}").json() for code in ("en", "ru"))
    assert len(english) == len(russian) == 8
    assert english[0]["measured"][0]["figure"]["value"] == 52


def test_the_schema_asks_for_nothing_elsewhere(client, db):
    schema = client.get("/api/v1/openapi.json").json()
    assert len(schema["paths"]) >= 14
    assert schema["components"]["securitySchemes"]
    assert client.get("/api/v1/docs").status_code == 404
