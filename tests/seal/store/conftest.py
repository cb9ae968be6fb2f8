"""A desk with three keyholders whose private keys exist in the test alone, as they would on their own machines."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from keyholders import PERSON, Organisation


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    from clarion.config import config

    here = Path(config().home)
    monkeypatch.setattr("clarion.seal.store.places.folder", lambda: tmp_path / "sealed")
    assert here != tmp_path


@pytest.fixture
def org(db):
    from clarion.access import Actor
    from clarion.seal.documents import write
    from clarion.seal.store import rosters

    made = Organisation()
    rosters.install(Actor.console(), write(made.roster.document))
    return made


@pytest.fixture
def actors(account):
    """One account a role: ``actors["officer"]``."""
    names = ("operator", "officer", "keyholder", "auditor", "viewer", "analyst")
    found = {role: account(role).actor for role in names}
    return found | {"keyholder2": account("keyholder", "second").actor}


@pytest.fixture
def kept(org, actors):
    """Seal a person and return the handle."""
    from clarion.seal.store import sealing

    def keep(value=None, **more):
        return sealing.keep(
            actors["officer"], PERSON if value is None else value, room="giving", fields="payee", **more
        )

    return keep
