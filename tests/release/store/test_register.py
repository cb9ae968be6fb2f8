"""The register: what enters is certified, proved with all that left before, and never goes away."""

import json
import os
import shutil
import subprocess
import sys
import threading

import pytest
from django.db import connection
from small_programme import FIRST, SECOND, SPEC, csv_of, rows

from clarion.access import Actor
from clarion.access.store.models import LogEntry
from clarion.errors import BusyError, InputError, NotAllowed, UnknownName
from clarion.release.errors import ReleaseError
from clarion.release.review import record_review
from clarion.release.store import publish, register, released, shelf, withdraw
from clarion.release.store import register as register_verb
from clarion.release.store.models import Programme, Registered
from clarion.release.store.reader import file, file_names, get, index, sums
from clarion.release.store.registration import earlier
from clarion.release.verbs import build_release

CONSOLE = Actor.console()
VIEWER = Actor("7", "vera", "viewer")
OFFICER = Actor("8", "ola", "officer")


@pytest.mark.django_db
class TestRegister:
    def test_what_is_kept(self, built):
        folder = built("Q1", FIRST)
        (folder / "notes.txt").write_text("Olga Ivanova")
        row = register(CONSOLE, folder)
        assert row.answer["review"]["status"] == "not needed"
        assert (row.name, row.audience, row.rests_on, row.answer["verdict"]) == ("Q1", "public", [], "certified")
        assert row.sha256 == json.loads((folder / "certificate.json").read_text())["sha256"]
        assert row.answer["requested"] == 6
        assert row.answer["databases"] == 300
        assert sorted(p.name for p in shelf.place("main", "Q1").iterdir()) == sorted(file_names(row))
        assert file(row, "by_region.csv") == (folder / "by_region.csv").read_bytes()
        assert LogEntry.objects.filter(action="registered a release", object="main/Q1").count() == 1
        assert all(told["worked"] and told["low"] <= told["high"] for told in row.learned if "region" in told["group"])

    def test_the_same_again_is_the_same_and_other_bytes_are_refused(self, built):
        folder = built("Q1", FIRST)
        row = register(CONSOLE, folder)
        assert register(CONSOLE, folder).pk == row.pk
        with pytest.raises(ReleaseError, match="for another audience"):
            register(CONSOLE, folder, audience="donor-7")
        with pytest.raises(ReleaseError, match="never replaced"):
            register(CONSOLE, built("Q1", SECOND, place="other"))
        with pytest.raises(ReleaseError, match="never replaced"):
            register(CONSOLE, built("q1", FIRST, place="capitals"))
        assert Registered.objects.count() == 1

    def test_what_is_not_certified_is_refused(self, built):
        folder = built("Q1", FIRST)
        certificate = json.loads((folder / "certificate.json").read_text())
        for fault in ({"databases": certificate["databases"][:50]}, {"sha256": "0" * 64}, {"format": "x"}):
            (folder / "certificate.json").write_text(json.dumps({**certificate, **fault}))
            with pytest.raises(ReleaseError):
                register(CONSOLE, folder)
        for text in ("[]", "{", '{"earlier": 3}'):
            (folder / "certificate.json").write_text(text)
            with pytest.raises(ReleaseError):
                register(CONSOLE, folder)
        (folder / "certificate.json").unlink()
        with pytest.raises(ReleaseError, match="no certificate"):
            register(CONSOLE, folder)
        assert not Registered.objects.exists()
        assert not list((shelf.place("main", "x").parent.parent).glob(".*"))

    def test_it_must_rest_on_all_that_left_private_ones_too(self, built):
        first = built("Q1", FIRST)
        register(CONSOLE, first, audience="donor-7")
        with pytest.raises(ReleaseError, match="not proved with what left before: Q1"):
            register(CONSOLE, built("Q2", SECOND, place="alone"))
        elsewhere = built("Q2", SECOND, place="alone2")
        assert register(CONSOLE, elsewhere, programme="others").name == "Q2"
        second = register(CONSOLE, built("Q2", SECOND, [first]))
        assert second.rests_on == ["Q1"]
        assert [one.release.spec.id for one in earlier("main")] == ["Q1", "Q2"]

    def test_what_it_rests_on_must_be_in_the_register(self, built):
        with pytest.raises(ReleaseError, match="not in the register: Q1"):
            register(CONSOLE, built("Q2", SECOND, [built("Q1", FIRST)]))

    def test_an_earlier_one_with_other_bytes_is_not_the_one_that_left(self, built):
        register(CONSOLE, built("Q1", FIRST))
        forged = built("Q1", SECOND, place="forged")
        with pytest.raises(ReleaseError, match="not proved with what left before"):
            register(CONSOLE, built("Q2", SECOND, [forged], place="forged"))

    def test_changed_or_lost_files_stop_everything(self, built):
        row = register(CONSOLE, built("Q1", FIRST))
        table = shelf.place("main", "Q1") / "by_region.csv"
        content = table.read_bytes()
        table.write_bytes(content.replace(b"A,", b"A,5"))
        for ask in (lambda: earlier("main"), lambda: file(row, "by_region.csv"), lambda: released("main")):
            with pytest.raises(ReleaseError):
                ask()
        table.write_bytes(content)
        assert earlier("main")
        table.parent.rename(table.parent.with_name("gone"))
        with pytest.raises(ReleaseError, match="are gone"):
            earlier("main")

    def test_nothing_is_removed(self, built):
        row = register(CONSOLE, built("Q1", FIRST))
        for remove in (row.delete, Registered.objects.all().delete, Registered.objects.filter(pk=row.pk).delete):
            with pytest.raises(BusyError, match="stays in the register"):
                remove()
        with pytest.raises(Exception, match="protected"):
            Programme.objects.all().delete()
        assert withdraw(CONSOLE, "main", "Q1").withdrawn_at
        assert withdraw(CONSOLE, "main", "Q1").withdrawn_at
        assert LogEntry.objects.filter(action="withdrew a release").count() == 1
        assert [one.release.spec.id for one in earlier("main")] == ["Q1"]
        with pytest.raises(UnknownName):
            withdraw(CONSOLE, "main", "Q9")

    def test_files_that_the_register_does_not_know_stop_everything(self, built):
        """Left by a process that died before it wrote the row, or older than the register that was put back."""
        first, second = built("Q1", FIRST), built("Q2", SECOND)
        shutil.copytree(first, shelf.place("main", "Q1"))
        for go_on in (lambda: earlier("main"), lambda: register(CONSOLE, second)):
            with pytest.raises(ReleaseError, match="the register does not know it"):
                go_on()
        with pytest.raises(ReleaseError, match="the register does not know it"):
            register(CONSOLE, built("Q1", SECOND, place="other"))
        row = register(CONSOLE, shelf.place("main", "Q1"))
        assert file(row, "by_region.csv") == (first / "by_region.csv").read_bytes()
        assert len(earlier("main")) == 1

    def test_one_that_left_meanwhile_is_not_missed(self, built, monkeypatch):
        first, second = built("Q1", FIRST), built("Q2", SECOND)
        check = register_verb_module().by_certificate

        def slowly(*given):
            monkeypatch.undo()
            register(CONSOLE, first)
            return check(*given)

        monkeypatch.setattr(register_verb_module(), "by_certificate", slowly)
        with pytest.raises(BusyError, match="left meanwhile"):
            register(CONSOLE, second)
        assert [row.name for row in Registered.objects.all()] == ["Q1"]
        assert not shelf.place("main", "Q2").exists()

    def test_who_may(self, built):
        folder = built("Q1", FIRST)
        for role in ("viewer", "analyst"):
            with pytest.raises(NotAllowed):
                register(Actor("7", "x", role), folder)
        register(OFFICER, folder, audience="donor-7")
        with pytest.raises(NotAllowed):
            withdraw(VIEWER, "main", "Q1")
        assert [row.name for row in index(OFFICER)] == ["Q1"]
        assert index(VIEWER) == []
        with pytest.raises(UnknownName):
            get(VIEWER, "main", "Q1")
        assert get(OFFICER, "main", "Q1")

    @pytest.mark.parametrize("name", ["", "../x", "Main", "new", "a b", "x" * 41, "trial"])
    def test_names_of_programmes(self, name, built, tmp_path):
        with pytest.raises(InputError):
            register(CONSOLE, tmp_path, programme=name)

    @pytest.mark.parametrize("name", ["", "Olga Ivanova", "a@b", "x" * 65])
    def test_audiences_are_handles(self, name, tmp_path):
        with pytest.raises(InputError):
            register(CONSOLE, tmp_path, audience=name)

    def test_a_file_that_is_none_of_the_release(self, built):
        row = register(CONSOLE, built("Q1", FIRST))
        for name in ("../Q1/release.json", "notes.txt", ""):
            with pytest.raises(UnknownName):
                file(row, name)


@pytest.mark.django_db
class TestRulesOfTheHouse:
    """What ``check`` refuses or leaves undecided does not enter the register either."""

    def test_texts_that_nobody_has_read(self, built):
        folder = built("Q1", FIRST, title="Help in the first quarter")
        with pytest.raises(ReleaseError, match="must have read the texts: no person has read the texts"):
            register(CONSOLE, folder)
        record_review(folder, "reader-7")
        said = json.loads((folder / "review.json").read_text())
        (folder / "review.json").write_text(json.dumps({**said, "texts": {**said["texts"], "title": "0" * 64}}))
        with pytest.raises(ReleaseError, match="a text is not the one that was read"):
            register(CONSOLE, folder)
        assert not Registered.objects.exists()
        record_review(folder, "reader-7")
        row = register(CONSOLE, folder)
        assert (row.answer["review"]["status"], row.answer["review"]["by"]) == ("read", "reader-7")
        assert file_names(row)[-1] == "review.json"
        assert file(row, "review.json") == (folder / "review.json").read_bytes()
        (shelf.place("main", "Q1") / "review.json").write_text("{}")
        with pytest.raises(ReleaseError, match="were changed"):
            file(row, "review.json")

    def test_a_room_hands_unread_texts_to_nobody(self):
        with pytest.raises(ReleaseError, match="A person must read the texts"):
            publish(OFFICER, rows(FIRST), {**SPEC, "title": "Help"})
        assert not Registered.objects.exists()

    def test_a_private_layout_is_not_for_everybody(self, built):
        folder = built("Q1", FIRST, private=True)
        with pytest.raises(ReleaseError, match="marked as private"):
            register(CONSOLE, folder)
        assert register(CONSOLE, folder, audience="donor-7").spec["private"]

    def test_the_calendar(self, built):
        on = {"calendar": "quarter"}
        later = built("2026-Q3", SECOND, **on)
        register(CONSOLE, later)
        row = publish(CONSOLE, rows(SECOND), {**SPEC, "id": "2027-Q1", **on})
        assert row.answer["gaps"] == ["2026-Q4"]
        with pytest.raises(ReleaseError, match="lies before"):
            publish(CONSOLE, rows(FIRST), {**SPEC, "id": "2026-Q2", **on})

    def test_a_place_is_protected_when_a_room_publishes(self):
        regions = {"region": ["A", "RU-MOW"], "theme": SPEC["dimensions"]["theme"]}
        people = [{**row, "region": {"A": "A", "B": "RU-MOW"}[row["region"]]} for row in rows(FIRST)]
        asked = {**SPEC, "id": "2026-Q1", "dimensions": regions}
        with pytest.raises(ReleaseError, match="place"):
            publish(CONSOLE, people, asked)
        place = {"dimension": "region", "inside": ["RU-MOW"]}
        publish(CONSOLE, people, {**asked, "calendar": "quarter", "place": place})
        found = released("main")
        assert set(found.outside) == set(SPEC["tables"])
        assert {cell.row for cell in found.tables["by_region.csv"][1]} == {("A",)}

    def test_sums_enter_with_their_folder_only(self, tmp_path):
        money = {"column": "eur", "currency": "EUR", "tables": {"eur.csv": ["region"]}, "round": 100}
        with pytest.raises(ReleaseError, match="Sums of money need"):
            publish(CONSOLE, rows(FIRST), {**SPEC, "amounts": money})
        people, spec = tmp_path / "people.csv", tmp_path / "spec.json"
        listed = [f"{r['region']},{r['theme']},{1000 + i % 7 * 10}" for i, r in enumerate(rows(FIRST))]
        people.write_text("\n".join(["region,theme,eur", *listed, ""]))
        spec.write_text(json.dumps({**SPEC, "amounts": money}))
        found = build_release(people, spec, tmp_path / "Q1", [])
        assert found["amounts"]["given"] == 2, found
        row = register(CONSOLE, tmp_path / "Q1")
        assert row.answer["amounts"]["status"] == "certified"
        assert found["opening"] not in json.dumps([row.answer, row.spec, row.learned])
        assert file(row, "eur.csv") == (tmp_path / "Q1" / "eur.csv").read_bytes()
        assert {(table, group["region"]) for table, group, one in sums(row) if one.text} == {
            ("eur.csv", "A"), ("eur.csv", "B"),
        }  # fmt: skip
        of, told = released("main").sums["eur.csv"]
        assert (of, released("main").currency) == (("region",), "EUR")
        assert all(one.low <= 100 * int(one.text) <= one.high for one in told)


def register_verb_module():
    return sys.modules[register_verb.__module__]


@pytest.mark.django_db
class TestGate:
    def test_a_room_publishes_and_another_reads(self):
        first = publish(OFFICER, rows(FIRST), SPEC)
        second = publish(OFFICER, rows(SECOND), {**SPEC, "id": "Q2"})
        assert (first.rests_on, second.rests_on) == ([], ["Q1"])
        found = released("main")
        assert (found.name, found.sha256, found.k) == ("Q2", second.sha256, 5)
        of, cells = found.tables["by_region.csv"]
        assert of == ("region",)
        assert {cell.row for cell in cells} == {("A",), ("B",)}
        assert all(cell.text == "" or cell.low <= int(cell.text) <= cell.high for cell in cells)
        assert released("main", "Q1").sha256 == first.sha256
        withdraw(OFFICER, "main", "Q2")
        assert released("main").name == "Q1"
        assert released("nothing") is None

    def test_a_private_one_is_not_read(self):
        publish(OFFICER, rows(FIRST), SPEC, audience="donor-7")
        assert released("main") is None
        assert released("main", "Q1") is None

    def test_what_cannot_be_certified_does_not_leave(self):
        known = [{"what": "an insider", "where": {"region": "A"}, "count": 3}]
        with pytest.raises(ReleaseError, match="No tables") as refused:
            publish(OFFICER, rows({("A", "legal"): 3}), {**SPEC, "population": 3, "known": known})
        assert refused.value.details["verdict"] == "disclosed"
        assert not Registered.objects.exists()
        assert not shelf.place("main", "Q1").exists()

    def test_no_error_repeats_a_person(self):
        with pytest.raises(ReleaseError) as refused:
            publish(OFFICER, [{"region": "Olga", "theme": "legal"}], SPEC)
        assert "Olga" not in str(refused.value)

    def test_a_room_of_its_own_gate(self):
        """A ninth room publishes under its own permission, for its own roles."""
        publish(VIEWER, rows(FIRST), SPEC, programme="lighthouse", permission="lighthouse.view")
        with pytest.raises(NotAllowed):
            publish(VIEWER, rows(FIRST), SPEC)
        assert released("lighthouse").name == "Q1"

    def test_ids_and_earlier_ones(self):
        publish(OFFICER, rows(FIRST), SPEC)
        with pytest.raises(ReleaseError, match="already"):
            publish(OFFICER, rows(SECOND), SPEC)
        with pytest.raises(ReleaseError, match="not in the register"):
            publish(OFFICER, rows(SECOND), {**SPEC, "id": "Q2", "earlier": ["Q0"]})


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_proved_with_each_other_or_refused(built):
    folders, found = [built("Q1", FIRST), built("Q2", SECOND)], []

    def enter(folder):
        try:
            found.append(register(CONSOLE, folder).name)
        except (BusyError, ReleaseError):
            found.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(folder,)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found, key=str) in (["Q1", None], ["Q2", None], [None, "Q1"], [None, "Q2"])
    assert Registered.objects.count() == 1


@pytest.mark.slow
def test_the_commands(built, tmp_path, own_database):
    env = os.environ | {"CLARION_HOME": str(tmp_path / "home")} | own_database

    def clarion(*words):
        return subprocess.run(
            [sys.executable, "-m", "clarion", *map(str, words)], capture_output=True, text=True, env=env
        )

    assert "clarion upgrade" in clarion("release", "list").stderr
    (tmp_path / "home").mkdir(exist_ok=True)
    assert clarion("upgrade").returncode == 0
    first = built("Q1", FIRST)
    entered = clarion("release", "register", first, "--audience", "donor-7", "--programme", "grants", "--json")
    assert entered.returncode == 0, entered.stderr
    assert json.loads(entered.stdout)["audience"] == "donor-7"
    people, spec = tmp_path / "people2.csv", tmp_path / "spec2.json"
    people.write_text(csv_of(SECOND))
    spec.write_text(json.dumps({**SPEC, "id": "Q2"}))
    made = clarion("release", "build", people, "--spec", spec, "--out", tmp_path / "there" / "Q2", "--programme",
                   "grants")  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert json.loads((tmp_path / "there" / "Q2" / "release.json").read_text())["earlier"] == ["Q1"]
    assert clarion("release", "register", tmp_path / "there" / "Q2").returncode == 3
    assert clarion("release", "register", tmp_path / "there" / "Q2", "--programme", "grants").returncode == 0
    assert clarion("release", "check", tmp_path / "there" / "Q2", "--programme", "grants").returncode == 0
    assert clarion("release", "withdraw", "Q1", "--programme", "grants").returncode == 0
    listed = json.loads(clarion("release", "list", "--json").stdout)
    assert [(row["id"], row["withdrawn"]) for row in listed] == [("Q2", False), ("Q1", True)]
    assert "grants" in clarion("release", "list").stdout
