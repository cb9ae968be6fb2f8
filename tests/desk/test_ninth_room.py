"""Adding a room is one folder: the fixture room gains its faces without an edit anywhere else."""

import os
import subprocess
import sys

import pytest

from clarion.desk.rooms import rooms


def test_command():
    ran = subprocess.run([sys.executable, "-m", "clarion", "lighthouse"], capture_output=True, text=True, check=True)
    assert ran.stdout == "The lamp is lit.\n"


def test_page_and_menu(signed_in):
    page = signed_in("viewer").get("/lighthouse/")
    assert page.status_code == 200
    assert b"The lamp is lit." in page.content
    assert b'<a href="/lighthouse/" aria-current="page">' in page.content


def test_a_role_without_the_permission_is_turned_away_and_sees_no_menu_entry(signed_in):
    client = signed_in("analyst")
    assert client.get("/lighthouse/").status_code == 403
    assert b"/lighthouse/" not in client.get("/account/tokens/").content


def test_route(signed_in):
    assert signed_in("viewer").get("/api/v1/lighthouse/lamp").json() == {"lamp": "The lamp is lit."}


@pytest.mark.django_db
def test_migration():
    from clarion.lighthouse.models import Lamp

    assert Lamp.objects.create(lit=True).pk


@pytest.mark.parametrize("room", [r.name for r in rooms()])
def test_each_room_imports_alone(room):
    script = f"import clarion.desk.rooms as r; r.rooms(); import clarion.{room}, sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ)
    others = {f"clarion.{r.name}" for r in rooms()} - {f"clarion.{room}"}
    assert not others & set(ran.stdout.split())
