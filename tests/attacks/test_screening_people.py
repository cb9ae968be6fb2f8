"""Payees and their files: who reaches them, what two do at once, and where a name could be left lying."""

import json
from pathlib import Path
from runpy import run_path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from test_races import at_once, refused

from clarion.access import ROLES
from clarion.access.store import secrets
from clarion.access.store.models import User
from clarion.config import config
from clarion.screening.models import Batch, Cleared, Decision, Refusal, Step
from clarion.screening.service import cleared, decisions, reviews
from clarion.screening.service.asked import asked
from clarion.screening.service.batch import job
from clarion.screening.service.check import check
from clarion.screening.service.refusals import register as refusals

listed = run_path(str(Path(__file__).parents[1] / "screening" / "room" / "conftest.py"))["listed"]

NAMESAKE = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "1961", "inn": "500100732259"}
FILE = "№;ФИО;Дата рождения\n1;Златогоров Аркадий Иннокентьевич;17.05.1961\n2;Щебетнёв Фаддей;1990\n"
TRACES = ("златогоров", "аркадий", "иннокентьевич", "zlatogorov", "щебетн", "500100732259")
SCREENS, SEES = {"operator", "officer"}, {"operator", "officer", "auditor"}
STEPS = ("other", "same", "confirm", "send-back", "review", "appeal", "reproduce", "erase")


def sent(client, text=FILE):
    file = SimpleUploadedFile("payees of Zlatogorov.csv", text.encode())
    return client.post(reverse("screening:batches"), {"file": file, "use": "payment"})


@pytest.fixture
def owner(account, listed):
    """An officer with a decision that waits, a batch that is done, and a refusal."""
    listed()
    client, user = Client(), account("officer", "owner")
    client.force_login(user)
    payee = asked(NAMESAKE)
    made = decisions.keep(user.actor, check(user.actor, payee), payee)
    where = sent(client).url
    client.post(where, {"do": "choose", "id": "0", "name": "1", "birth": "2"})
    job.work_batch.func(str(Batch.objects.get().pk))
    noted = refusals.add(user.actor, {"refuser": "Bank", "refused_on": "2026-01-05", "by": "bank", "reason": "none",
                                      "service": "transfer", "whose": NAMESAKE["name"]})  # fmt: skip
    assert Batch.objects.get().status == "done"
    client.own = {"decision": made.pk, "batch": where, "refusal": noted.pk}
    return client


def state():
    models = (Batch, Decision, Step, Cleared, Refusal)
    return [list(model.objects.order_by("pk").values()) for model in models]


def named(answer):
    """Names in an answer: its body, its headers, and what its cookies hold."""
    raw = b"".join(answer) if answer.streaming else answer.content
    text = raw.decode("utf-8", "replace") + str(dict(answer.headers)) + str(answer.cookies)
    if "json" in answer.headers.get("Content-Type", ""):
        text += json.dumps(json.loads(raw), ensure_ascii=False)
    return [word for word in TRACES if word in text.lower()]


@pytest.mark.parametrize("role", ["stranger", "closed", "taken", *ROLES])
def test_who_reaches_what_was_screened(owner, account, role):
    """Decisions are the room's, a batch its owner's, whatever the role; of one that was taken away nothing is left."""
    client = Client()
    if role != "stranger":
        user = account("officer" if role in ("closed", "taken") else role, "other")
        client.force_login(user)
        changed = {"closed": {"is_active": False}, "taken": {"role": "viewer"}}
        User.objects.filter(pk=user.pk).update(**changed.get(role, {"role": role}))
    own, before = owner.own, state()
    seen = {
        reverse("screening:decision", args=[own["decision"]]): SEES, reverse("screening:decisions"): SEES,
        reverse("screening:queue"): SCREENS, reverse("screening:refusal", args=[own["refusal"]]): SCREENS,
        reverse("screening:refusals"): SCREENS, f"/api/v1/screening/decisions/{own['decision']}": SEES,
    }  # fmt: skip
    for where, roles in seen.items():
        answer = client.get(where)
        assert (answer.status_code == 200) == (role in roles), where
        assert bool(named(answer)) == (role in roles and where != reverse("screening:refusals")), where
    for where in (own["batch"], *(f"{own['batch']}answers.{form}" for form in ("csv", "parquet", "xlsx"))):
        answer = client.get(where)
        assert answer.status_code in (401, 403, 404) or answer.url.startswith("/account/login"), where
        assert not named(answer)
    for do in ("choose", "remove"):
        assert client.post(own["batch"], {"do": do, "name": "0"}).status_code in (302, 401, 403, 404)
    if role not in SCREENS:
        letter, sent_on = {"exemption": [], "language": "ru"}, {"do": "change", "status": "sent", "outcome": "done"}
        tries = [(reverse("screening:decision", args=[own["decision"]]), {"do": do, "reason": "x"}) for do in STEPS
                 if (do, role) != ("reproduce", "auditor")]  # fmt: skip
        tries += [
            (reverse("screening:certificate", args=[own["decision"]]), {}),
            (reverse("screening:refusal", args=[own["refusal"]]), {"do": "erase"}),
            (reverse("screening:refusal", args=[own["refusal"]]), sent_on),
            (reverse("screening:refusal-letter", args=[own["refusal"]]), letter),
            (reverse("screening:changes"), {"do": "rescreen"}), (reverse("screening:register"), {"do": "end"}),
        ]  # fmt: skip
        for where, form in tries:
            answer = client.post(where, form)
            assert answer.status_code == 403 or answer.url.startswith("/account/login"), (where, form)
            assert not named(answer), (where, form)
        for verb, body in (("decide", {"verdict": "other", "reason": "x"}), ("reproduce", {})):
            answer = client.post(f"/api/v1/screening/decisions/{own['decision']}/{verb}", json.dumps(body),
                                 content_type="application/json")  # fmt: skip
            assert answer.status_code in (401, 403) or (verb, role) == ("reproduce", "auditor")
    assert state() == before


def test_a_token_reaches_no_more_than_its_owner_and_nothing_after_the_role_is_gone(owner, account):
    user = account("officer", "other")
    token = secrets.new_token(user, "t")
    where = f"/api/v1/screening/decisions/{owner.own['decision']}"

    def asks(method, path, body="{}"):
        return Client().generic(method, path, body, "application/json", headers={"authorization": f"Bearer {token}"})

    assert asks("GET", where).status_code == 200
    assert asks("GET", owner.own["batch"]).status_code == 302, "a token opens no page"
    User.objects.filter(pk=user.pk).update(role="viewer")
    match = '{"queries": {"a": {"properties": {"name": ["A B"]}}}}'
    for method, path, body in (
        ("GET", where, "{}"), ("POST", f"{where}/decide", '{"verdict": "other", "reason": "x"}'),
        ("POST", f"{where}/reproduce", "{}"), ("POST", "/api/v1/screening/check", '{"name": "A B", "keep": true}'),
        ("POST", "/api/v1/screening/match/default", match), ("POST", "/api/v1/screening/rescreen", "{}"),
        ("POST", "/api/v1/screening/seal", '{"name": "A B"}'), ("GET", "/api/v1/screening/lists", "{}"),
    ):  # fmt: skip
        answer = asks(method, path, body)
        assert answer.status_code == 403, path
        assert not named(answer)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert asks("GET", where).status_code == 401


def test_a_batch_of_whose_role_was_taken_is_not_worked(owner):
    where = sent(owner).url
    owner.post(where, {"do": "choose", "id": "0", "name": "1", "birth": "2"})
    waiting = Batch.objects.get(status="waiting")
    User.objects.filter(username="owner").update(role="viewer")
    job.work_batch.func(str(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.status, Decision.objects.filter(batch=waiting).count()) == ("failed", 0)
    folder = config().home / "screening" / str(waiting.pk)
    assert not list(folder.glob("rows-*")), "its rows go all the same"


def test_no_other_site_makes_anybody_screen_decide_or_remove(owner):
    user, browser, stranger = User.objects.get(username="owner"), Client(enforce_csrf_checks=True), Client()
    browser.force_login(user)
    stranger.get("/account/login/")
    token, before, own = stranger.cookies["csrftoken"].value, state(), owner.own
    forms = [
        (reverse("screening:check"), NAMESAKE), (reverse("screening:check"), NAMESAKE | {"do": "seal"}),
        (reverse("screening:answer"), NAMESAKE), (reverse("screening:batches"), {}), (own["batch"], {"do": "remove"}),
        *((reverse("screening:decision", args=[own["decision"]]), {"do": do, "reason": "x"}) for do in STEPS),
        (reverse("screening:certificate", args=[own["decision"]]), {}), (reverse("screening:register"), {"do": "end"}),
        (reverse("screening:changes"), {"do": "rescreen"}), (reverse("screening:changes"), {"do": "note"}),
        (reverse("screening:refusals"), {}), (reverse("screening:refusal", args=[own["refusal"]]), {"do": "erase"}),
        (reverse("screening:refusal-letter", args=[own["refusal"]]), {}),
    ]  # fmt: skip
    for where, form in forms:
        for said in (form, form | {"csrfmiddlewaretoken": token}):
            assert browser.post(where, said).status_code == 403, where
        browser.get(where, form)
    for path in ("check", "rescreen", f"decisions/{own['decision']}/decide", "seal", "match/default"):
        answer = browser.post(f"/api/v1/screening/{path}", "{}", content_type="application/json")
        assert answer.status_code == 403, path
    assert state() == before


def test_pages_with_a_name_are_kept_by_no_cache_and_lead_nobody_there(owner):
    own = owner.own
    pages = [
        owner.get(reverse("screening:decision", args=[own["decision"]])), owner.get(reverse("screening:decisions")),
        owner.get(reverse("screening:queue")), owner.get(reverse("screening:refusal", args=[own["refusal"]])),
        owner.get(f"{own['batch']}answers.csv"), owner.get(f"{own['batch']}answers.xlsx"),
        owner.post(reverse("screening:answer"), NAMESAKE), owner.post(reverse("screening:check"), {"name": "x" * 400}),
        owner.post(reverse("screening:check"), NAMESAKE | {"birth": "1700"}),
        owner.get(f"/api/v1/screening/decisions/{own['decision']}"), owner.get(reverse("screening:register")),
    ]  # fmt: skip
    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
        assert not [word for word in TRACES if word in str(dict(page.headers)).lower()]
    assert sum(bool(named(page)) for page in pages) >= 6


def test_no_address_cookie_message_or_session_holds_a_name(owner):
    kept = owner.post(reverse("screening:check"), NAMESAKE)
    assert not named(kept)
    assert not [word for word in TRACES if word in kept.url.lower()]
    for do in ("other", "reproduce", "appeal", "confirm"):
        answer = owner.post(kept.url, {"do": do, "reason": f"{NAMESAKE['name']} showed a passport"})
        told = (answer.headers.get("Location", "") + str(answer.cookies)).lower()
        assert not [word for word in TRACES if word in told]
    assert not [word for word in TRACES if word in json.dumps(dict(owner.session.items())).lower()]


def test_nothing_on_the_disk_or_in_the_log_names_a_payee(owner, caplog):
    kept = owner.post(reverse("screening:check"), NAMESAKE | {"bank": "Щебетнёв и сыновья"})
    owner.post(kept.url, {"do": "other", "reason": f"{NAMESAKE['name']} showed a passport"})
    sent(owner), sent(owner, "x\0y;" + FILE), sent(owner, FILE.replace("17.05", "99.99"))
    api, odd = "/api/v1/screening/", {"schema": "Вор", "properties": {"name": ["Златогоров Аркадий"]}}
    owner.post(api + "check", '{"name": "Златогоров Аркадий", "birth": "x", "keep": tru', "application/json")
    owner.post(api + "match/default", json.dumps({"queries": {"a": odd}}), "application/json")
    found = [word for word in TRACES if word in caplog.text.lower()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            cells = [cell for row in cursor.fetchall() for cell in row]
            raw = [bytes(cell) if isinstance(cell, memoryview | bytes) else str(cell).encode() for cell in cells]
            text = b"\n".join(raw).decode("utf-8", "replace").lower()
            found += [(table, word) for word in TRACES if word in text or json.dumps(word)[1:-1] in text]
    for file in config().home.rglob("*"):
        if file.is_file() and "tables" not in file.parts:
            raw = file.read_bytes()
            for word in (said for trace in TRACES for said in (trace, trace.title(), trace.upper())):
                found += [(file, word) for code in ("utf-8", "utf-16-le", "cp1251") if word.encode(code) in raw]
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does(account, listed):
    """And the person who decided is no second one, in however many sessions."""
    actors = [account("officer", name).actor for name in ("first", "second", "third")]
    first = actors[0]
    listed(people={"T.1": (("Аркадий Иннокентьевич ЗЛАТОГОРОВ",), "1961-05-17", "asset freeze")})
    payee = asked(NAMESAKE)
    for _ in range(3):
        made = decisions.keep(first, check(first, payee), payee)
        found = at_once(*[lambda pk=made.pk, a=a: reviews.decide(a, pk, "other", "Seen") for a in actors])
        assert refused(found) == 2
        (decided,) = decisions.get(first, made.pk).steps
        by = next(actor for actor in actors if actor.id == decided["by"])
        alone = at_once(*[lambda pk=made.pk, a=by: reviews.confirm(a, pk)] * 3)
        assert refused(alone) == 3
        others = [actor for actor in actors if actor != by]
        done = at_once(*[lambda pk=made.pk, a=a: reviews.confirm(a, pk) for a in others * 2],
                       *[lambda pk=made.pk, a=a: reviews.send_back(a, pk, "No") for a in others])  # fmt: skip
        assert refused(done) == 5
        kept = decisions.get(first, made.pk)
        assert kept.steps[0]["kind"] == "decided"
        assert len(kept.steps) == 2
        lines = Cleared.objects.filter(decision=made.pk, ended_at=None).count()
        assert lines == (kept.decision.state == "other")
        Cleared.objects.all().delete()


def test_a_program_of_somebody_is_no_second_person(owner, account):
    """Decided by a token, confirmed by a page, or in another browser: it is one account."""
    account("officer", "other")
    user, pk = User.objects.get(username="owner"), owner.own["decision"]
    token = secrets.new_token(user, "t")
    told = Client().post(
        f"/api/v1/screening/decisions/{pk}/decide", '{"verdict": "other", "reason": "x"}', "application/json",
        headers={"authorization": f"Bearer {token}"},
    )  # fmt: skip
    assert told.status_code == 200
    second = Client()
    second.force_login(user)
    for client in (owner, second):
        answer = client.post(reverse("screening:decision", args=[pk]), {"do": "confirm"})
        assert answer.status_code == 403
    assert Decision.objects.get(pk=pk).state == "second"
    assert not cleared.index(user.actor)
