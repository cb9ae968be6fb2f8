"""The register's pages: the list, one release, its files, a check, a trial from the list of people to the register."""

import json
import logging
import shutil
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clarion.access import Actor
from clarion.access.store.models import LogEntry
from clarion.config import config
from clarion.release.store import jobs, lists, publish, register, shelf, trials
from clarion.release.store.models import Check, Registered, Trial
from clarion.release.verbs import build_release

sys.path.insert(0, str(Path(__file__).parents[1] / "release" / "store"))
from small_programme import FIRST, SECOND, SPEC, csv_of, rows

CONSOLE = Actor.console()
PAGE = "/releases/main/Q1/"


@pytest.fixture(autouse=True)
def own_folders():
    yield
    for name in (shelf.FOLDER, lists.FOLDER):
        shutil.rmtree(config().home / name, ignore_errors=True)


@pytest.fixture
def two(db):
    """A private release and a public one after it."""
    publish(CONSOLE, rows(FIRST), SPEC, audience="donor-7")
    return publish(CONSOLE, rows(SECOND), {**SPEC, "id": "Q2"})


def worked(kind, job):
    """Run the job that waits."""
    found = kind.objects.get()
    job.func(str(found.pk))
    found.refresh_from_db()
    return found


def send(client, counts=FIRST, people=None, **spec):
    content = csv_of(counts).encode() if people is None else people
    return client.post("/releases/new/", {
        "people": SimpleUploadedFile("people.csv", content), "spec": json.dumps({**SPEC, **spec}), "programme": "main",
    })  # fmt: skip


class TestRegister:
    def test_an_empty_one_says_what_to_do(self, signed_in):
        client = signed_in("viewer")
        assert "No table of counts has left yet" in client.get("/releases/").content.decode()
        assert client.get(PAGE).status_code == 404

    def test_the_list_and_the_page(self, signed_in, two):
        client = signed_in("officer")
        listed = client.get("/releases/").content.decode()
        assert "2 releases have left" in listed
        assert listed.index(">Q2<") < listed.index(">Q1<")
        assert "donor-7" in listed
        page = client.get("/releases/main/Q2/").content.decode()
        answer = two.answer
        assert f"{answer['released']} of {answer['requested']} numbers are published; nobody is singled out" in page
        assert page.index("<h1>") < page.index("<svg") < page.index("<table") < page.index("How sure")
        assert two.sha256 in page
        assert "region: A, theme: legal" in page
        assert "a leaked bank file" in page
        assert f'href="{PAGE}">Q1</a>' in page
        new = client.get("/releases/main/Q2/?span=new").content.decode()
        assert "What an attacker can say of those who came since" in new
        assert "Private: it went to donor-7 only" in client.get(PAGE).content.decode()

    def test_a_private_one_is_not_there_for_others(self, signed_in, two):
        client = signed_in("viewer")
        listed = client.get("/releases/").content.decode()
        assert "1 release has left" in listed
        assert "donor-7" not in listed
        for where in (PAGE, PAGE + "numbers.csv", PAGE + "learned.csv", PAGE + "picture-0.svg",
                      PAGE + "files/release.json"):  # fmt: skip
            assert client.get(where).status_code == 404, where
        assert client.post(PAGE, {"do": "withdraw"}).status_code == 403
        assert f'href="{PAGE}"' not in client.get("/releases/main/Q2/").content.decode()

    def test_downloads(self, signed_in, two):
        client, where = signed_in("viewer"), "/releases/main/Q2/"
        folder = shelf.place("main", "Q2")
        for name in ("by_region.csv", "release.json", "certificate.json"):
            answer = client.get(f"{where}files/{name}")
            assert answer.content == (folder / name).read_bytes()
            assert f'filename="{name}"' in answer.headers["Content-Disposition"]
        numbers = client.get(where + "numbers.csv").content.decode().splitlines()
        assert numbers[0] == "release,table,region,theme,count,at_least,at_most"
        assert len(numbers) == 7
        assert client.get(where + "numbers.xlsx").content.startswith(b"PK")
        learned = client.get(where + "learned.csv").content.decode()
        assert learned.splitlines()[0].startswith("region,theme,status,share,printed,low,high")
        assert client.get(where + "picture-0.svg").content.startswith(b"<svg")
        for wrong in ("numbers.doc", "picture-9.svg", "files/notes.txt", "files/..%2Frelease.json"):
            assert client.get(where + wrong).status_code == 404, wrong

    def test_check_again(self, signed_in, two):
        client, where = signed_in("viewer"), "/releases/main/Q2/"
        client.post(where, {"do": "check"})
        client.post(where, {"do": "check"})
        assert Check.objects.count() == 1
        waiting = client.get(where).content.decode()
        assert "Waiting for its turn" in waiting
        assert 'http-equiv="refresh"' in waiting
        part = client.get(where, headers={"HX-Request": "true"})
        assert b"<h1>" not in part.content
        assert "HX-Refresh" not in part.headers
        assert worked(Check, jobs.check_again).certified
        assert client.get(where, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
        assert "the certificate holds" in client.get(where).content.decode()
        table = shelf.place("main", "Q1") / "by_region.csv"
        table.write_text(table.read_text().replace("A,", "A,5"))
        client.post(where, {"do": "check"})
        assert worked(Check, jobs.check_again).status == "failed"
        assert "clarion restore" in client.get(where).content.decode()

    def test_withdraw(self, signed_in, account, two, client):
        viewer = signed_in("viewer")
        assert viewer.post("/releases/main/Q2/", {"do": "withdraw"}).status_code == 403
        viewer.force_login(account("officer"))
        viewer.post("/releases/main/Q2/", {"do": "withdraw"})
        assert Registered.objects.get(name="Q2").withdrawn_at
        assert "goes on to count" in viewer.get("/releases/main/Q2/").content.decode()
        assert "withdrawn, still counts as known" in viewer.get("/releases/").content.decode()


class TestTrial:
    def test_from_the_list_to_the_register(self, signed_in):
        client = signed_in("officer")
        sent = send(client)
        assert sent.status_code == 302
        found = Trial.objects.get()
        left = config().home / lists.FOLDER / f"{found.pk}.part"
        assert left.stat().st_mode & 0o777 == 0o600
        assert "Olga" not in left.read_text()
        assert "Waiting for its turn" in client.get(sent.url).content.decode()
        worked(Trial, jobs.try_out)
        assert not left.exists()
        page = client.get(sent.url).content.decode()
        assert "A trial: nothing has left" in page
        assert "A plain rule would have given away 1 of 1 small group" in page
        assert not Registered.objects.exists()
        published = client.post(sent.url, {"do": "publish", "audience": "donor-7"})
        assert published.url == PAGE
        row = Registered.objects.get()
        assert (row.audience, row.registered_by) == ("donor-7", found.owner)
        assert not Trial.objects.exists()
        assert "plain" not in json.dumps(row.answer)
        assert client.get(sent.url).status_code == 404

    def test_texts_are_shown_and_must_be_read(self, signed_in):
        client = signed_in("officer")
        sent = send(client, title="Write to olga@example.org")
        worked(Trial, jobs.try_out)
        page = client.get(sent.url).content.decode()
        assert "A person must read these texts first" in page
        assert "an e-mail address" in page
        refused = client.post(sent.url, {"do": "publish", "audience": "public"})
        assert refused.status_code == 400
        assert not Registered.objects.exists()
        me = Trial.objects.get().owner
        client.post(sent.url, {"do": "publish", "audience": "public", "read": "on"})
        assert Registered.objects.get().answer["review"]["by"] == f"account-{me}"
        assert f"account-{me}" in client.get(PAGE).content.decode()
        assert client.get(PAGE + "files/review.json").status_code == 200

    def test_sums_cannot_be_tried(self, signed_in):
        money = {"column": "eur", "currency": "EUR", "tables": {"eur.csv": ["region"]}}
        answer = send(signed_in("officer"), amounts=money)
        assert answer.status_code == 400
        assert "clarion release build" in answer.content.decode()
        assert not Trial.objects.exists()

    def test_the_page_shows_sums_and_who_read_the_texts(self, signed_in, tmp_path):
        people, spec = tmp_path / "people.csv", tmp_path / "spec.json"
        listed = [f"{r['region']},{r['theme']},{1000 + i % 7 * 10}" for i, r in enumerate(rows(FIRST))]
        people.write_text("\n".join(["region,theme,eur", *listed, ""]))
        money = {"column": "eur", "currency": "EUR", "tables": {"eur.csv": ["region"]}, "round": 100}
        spec.write_text(json.dumps({**SPEC, "amounts": money}))
        build_release(people, spec, tmp_path / "Q1", [])
        register(CONSOLE, tmp_path / "Q1")
        page = signed_in("viewer").get(PAGE).content.decode()
        assert "Sums of money, EUR" in page
        assert "only its commitment stands for" in page
        assert "nobody has read them" in page
        assert "be told from the sums within p per cent" in page

    def test_what_would_give_somebody_away_is_shown_and_does_not_leave(self, signed_in):
        client = signed_in("operator")
        known = [{"what": "an insider", "where": {"region": "A"}, "count": 3}]
        sent = send(client, {("A", "legal"): 3}, population=3, known=known)
        worked(Trial, jobs.try_out)
        page = client.get(sent.url).content.decode()
        assert "Nothing may leave" in page
        assert "disclosed" in page
        assert 'value="publish"' not in page
        assert client.post(sent.url, {"do": "publish"}).status_code == 400
        assert not Registered.objects.exists()
        client.post(sent.url, {"do": "remove"})
        assert not Trial.objects.exists()

    @pytest.mark.parametrize(
        ("people", "spec"),
        [
            (b"", {}), (b"\xff\xfe", {}), (b"region,theme\nOlga,legal\n", {}), (b"x" * 400_001, {}),
            (b"region,theme\nA,legal\n", {"k": 0}), (b"region,theme\nA,legal\n", {"earlier": ["Q0"]}),
            (b"name\nOlga\n", {}),
        ],
    )  # fmt: skip
    def test_bad_input_is_refused_with_a_line_and_kept_nowhere(self, signed_in, people, spec):
        answer = send(signed_in("officer"), people=people, **spec)
        assert answer.status_code == 400
        assert b'role="alert"' in answer.content
        assert b"Olga" not in answer.content
        assert not Trial.objects.exists()
        assert not list(config().home.glob(f"{lists.FOLDER}/*"))

    def test_a_file_above_the_limit_goes_to_no_disk(self, signed_in, monkeypatch):
        import tempfile

        def refuse(*_args, **_more):
            raise AssertionError("a temporary file")

        client = signed_in("officer")
        for name in ("NamedTemporaryFile", "TemporaryFile"):
            monkeypatch.setattr(tempfile, name, refuse)
        for size in (399_000, 600_000, 3_000_000):
            answer = send(client, people=b"region,theme\n" + b"A,legal\n" * (size // 8))
            assert answer.status_code == (302 if size < 400_000 else 400)
            Trial.objects.all().delete()

    def test_nothing_of_a_person_in_address_log_or_job(self, signed_in, caplog, monkeypatch):
        queued = []
        monkeypatch.setattr(jobs.try_out.get_backend(), "enqueue", lambda task, args, kwargs: queued.append(args))
        with caplog.at_level(logging.DEBUG):
            sent = send(signed_in("officer"))
        found = Trial.objects.get()
        assert queued == [[str(found.pk)]] or queued == [(str(found.pk),)]
        everything = sent.url + caplog.text + json.dumps(
            list(LogEntry.objects.values("action", "object", "detail"))
        ) + json.dumps(found.spec)  # fmt: skip
        assert "Olga" not in everything

    def test_only_the_owner_sees_it(self, signed_in, account, client):
        sent = send(signed_in("officer"))
        for role in ("operator", "viewer", "analyst"):
            client.force_login(account(role, f"other-{role}"))
            status = 404 if role == "operator" else 403
            assert client.get(sent.url).status_code == status
            assert client.post(sent.url, {"do": "publish"}).status_code == status
            assert client.post(sent.url, {"do": "remove"}).status_code == status
        assert client.get("/releases/new/").status_code == 403
        assert Trial.objects.count() == 1

    def test_few_at_once_and_none_for_long(self, signed_in, monkeypatch):
        client = signed_in("officer")
        assert [send(client).status_code for _ in range(3)] == [302, 302, 400]
        from datetime import timedelta

        monkeypatch.setattr(trials, "LIFE", timedelta(0))
        client.get("/releases/")
        assert not Trial.objects.exists()
        assert not list(config().home.glob(f"{lists.FOLDER}/*"))

    def test_a_worker_that_died(self, signed_in):
        """What was begun has lost its list; what waits goes on; a list without a trial goes."""
        client = signed_in("officer")
        begun, waits = send(client), send(client)
        first, second = Trial.objects.order_by("created_at")
        Trial.objects.filter(pk=first.pk).update(status="running")
        lists.leave("stray", {})
        jobs.take_up_again()
        assert sorted(p.stem for p in (config().home / lists.FOLDER).iterdir()) == [str(second.pk)]
        assert "Send it again" in client.get(begun.url).content.decode()
        jobs.try_out.func(str(second.pk))
        assert "A trial: nothing has left" in client.get(waits.url).content.decode()

    def test_another_left_meanwhile(self, signed_in):
        client = signed_in("officer")
        sent = send(client, SECOND, id="Q2")
        worked(Trial, jobs.try_out)
        publish(CONSOLE, rows(FIRST), SPEC)
        answer = client.post(sent.url, {"do": "publish", "audience": "public"})
        assert answer.status_code == 400
        assert "not proved with what left before: Q1" in answer.content.decode()

    def test_a_back_up_takes_no_list(self, signed_in):
        from clarion.desk.backup import _kept

        send(signed_in("officer"))
        assert list(config().home.glob(f"{lists.FOLDER}/*.part"))
        assert not [file for file in _kept(config().home) if lists.FOLDER in file.parts]


class TestRoutes:
    def test_list_one_file_and_check(self, signed_in, two):
        client = signed_in("viewer")
        listed = client.get("/api/v1/releases").json()
        assert [(item["id"], item["audience"]) for item in listed["items"]] == [("Q2", "public")]
        one = client.get("/api/v1/releases/main/Q2").json()
        assert one["sha256"] == two.sha256
        assert {"group", "low", "high", "new_low", "status"} <= set(one["groups"][0])
        assert one["check"] is None
        file = client.get("/api/v1/releases/main/Q2/files/by_region.csv")
        assert file.content == (shelf.place("main", "Q2") / "by_region.csv").read_bytes()
        asked = client.post("/api/v1/releases/main/Q2/check")
        assert (asked.status_code, asked.json()["status"]) == (202, "waiting")
        worked(Check, jobs.check_again)
        assert client.get("/api/v1/releases/main/Q2").json()["check"]["certified"] is True

    def test_a_private_one_is_not_there(self, signed_in, two, account, client):
        signed_in("viewer")
        for path in ("Q1", "Q1/files/release.json"):
            assert client.get(f"/api/v1/releases/main/{path}").status_code == 404
        client.force_login(account("officer"))
        assert client.get("/api/v1/releases/main/Q1").json()["audience"] == "donor-7"
