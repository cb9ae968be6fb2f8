"""The register's pages in Russian and Ukrainian."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clarion.access import Actor
from clarion.config import config
from clarion.release.store import jobs, lists, publish, shelf, withdraw
from clarion.release.store.models import Check, Trial

sys.path.insert(0, str(Path(__file__).parents[1] / "release" / "store"))
from small_programme import FIRST, SECOND, SPEC, rows


@pytest.fixture(autouse=True)
def own_folders():
    yield
    for name in (shelf.FOLDER, lists.FOLDER):
        shutil.rmtree(config().home / name, ignore_errors=True)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_every_page(signed_in, language, unsaid):
    # What the columns of somebody's list are called is theirs, in any language.
    spec = {**SPEC, "dimensions": {"x": ["A", "B"], "y": ["Q", "R"]}, "tables": {"x.csv": ["x"], "x_y.csv": ["x", "y"]}}
    first, second = (
        [{"x": row["region"], "y": "Q" if row["theme"] == "legal" else "R"} for row in rows(counts)]
        for counts in (FIRST, SECOND)
    )
    reader = signed_in("operator")
    reader.cookies["django_language"] = language
    left = {}

    def look(answer, status=200):
        assert answer.status_code == status, answer.request["PATH_INFO"]
        assert f'lang="{language}"' in answer.content.decode()[:300]
        if found := unsaid(answer.content, language):
            left[answer.request["PATH_INFO"] + str(status)] = found

    def send(people, **more):
        return reader.post("/releases/new/", {
            "people": SimpleUploadedFile("people.csv", people), "spec": json.dumps({**spec, **more}),
            "programme": "main",
        })  # fmt: skip

    look(reader.get("/releases/"))
    look(reader.get("/releases/new/"))
    look(send(b"x,y\nNowhere,Q\n"), 400)
    look(send(b"\xff"), 400)
    look(send(b"x,y\nA,Q,x\n"), 400)
    look(reader.post("/releases/new/", {"spec": "{}", "programme": "main"}), 400)
    for wrong in (
        {"k": 1}, {"id": "a/b"}, {"dimensions": {"x": ["=A"]}},
        {"hierarchy": {"x": {"A": "B", "B": "A"}}}, {"known": [{"where": {"z": "A"}, "count": 1}]},
    ):  # fmt: skip
        look(send(b"x,y\nA,Q\n", **wrong), 400)
    publish(Actor.console(), first, spec, audience="donor-7")
    publish(Actor.console(), second, {**spec, "id": "Q2", "rule": "exact"})
    reader.post("/releases/main/Q2/", {"do": "check"})
    for address in ("/releases/", "/releases/main/Q1/", "/releases/main/Q2/", "/releases/main/Q2/?span=new"):
        look(reader.get(address))
    jobs.check_again.func(str(Check.objects.get().pk))
    withdraw(Actor.console(), "main", "Q2")
    look(reader.get("/releases/main/Q2/"))
    look(reader.get("/log/"))
    look(reader.get("/releases/main/Q9/"), 404)
    address = send("\n".join(["x,y", *(",".join(row.values()) for row in second)]).encode(), id="Q3").url
    look(reader.get(address))
    trial = Trial.objects.get()
    jobs.try_out.func(str(trial.pk))
    look(reader.get(address))
    Trial.objects.update(status="failed", error=lists.gone().to_dict())
    look(reader.get(address))
    assert left == {}
