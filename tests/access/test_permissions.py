"""Permissions come from each room's own declaration; one that nobody declared is nobody's."""

import sys
from importlib import invalidate_caches

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clarion
from clarion.access import ROLES, Actor, may, permissions, require
from clarion.desk.rooms import rooms
from clarion.errors import ClarionError, NotAllowed

ACTORS = [Actor(role, role, role) for role in ROLES]


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room of this test's own: ``room('[permissions]...')`` returns its name."""
    made = []

    def make(declaration):
        name = f"room_of_{tmp_path.name}"
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "room.toml").write_text(declaration)
        monkeypatch.setattr(clarion, "__path__", [*clarion.__path__, str(tmp_path)])
        invalidate_caches()
        made.append(name)
        return name

    yield make
    permissions.cache_clear()
    for name in made:
        sys.modules.pop(f"clarion.{name}", None)


def test_a_room_declares_who_may(room):
    name = room('[permissions]\nview = ["viewer", "operator"]\nrun = ["analyst"]\nlocked = []\n')
    held = {p: [a.role for a in ACTORS if may(a, f"{name}.{p}")] for p in ("view", "run", "locked", "unknown")}
    assert held == {"view": ["operator", "viewer"], "run": ["analyst"], "locked": [], "unknown": []}


def test_a_room_without_permissions_lets_nobody_in(room):
    name = room('name = "x"\n')
    assert not any(may(actor, f"{name}.view") for actor in ACTORS)


def test_a_role_that_does_not_exist_is_an_error_not_a_silence(room):
    name = room('[permissions]\nview = ["viewer", "king", "admin"]\n')
    with pytest.raises(ClarionError, match=r"roles that do not exist: admin, king") as caught:
        may(ACTORS[0], f"{name}.view")
    assert "room.toml" in caught.value.where
    assert "operator" in caught.value.next_step


@pytest.mark.parametrize("name", [room.name for room in rooms()] + ["desk"])
def test_every_room_of_the_house_declares_known_roles(name):
    assert permissions(name)
    assert all(roles <= set(ROLES) for roles in permissions(name).values())


def test_a_refusal_names_the_roles_that_may():
    viewer = Actor("1", "v", "viewer")
    with pytest.raises(NotAllowed) as caught:
        require(viewer, "desk.tokens")
    assert caught.value.next_step == "Ask an operator for the role operator, analyst, officer, keyholder or auditor."
    with pytest.raises(NotAllowed) as caught:
        require(viewer, "desk.no-such-thing")
    assert "Nobody may" in caught.value.next_step
    require(Actor("1", "o", "operator"), "desk.tokens")


@given(st.text(max_size=20))
def test_a_made_up_role_may_nothing(role):
    actor = Actor("1", "x", role)
    if role not in ROLES:
        assert not any(may(actor, name) for name in permissions("desk"))


def test_the_console_is_the_operator():
    assert Actor.console().role == "operator"
