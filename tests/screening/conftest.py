"""Persons whom an act of the European Union lists, from the evaluation data."""

from __future__ import annotations

import pytest
from listed import TUNED_ON, act, cyrillic_names, in_latin


@pytest.fixture(scope="session")
def act_269(evaluation_data, tmp_path_factory):
    """The persons of Regulation 269/2014."""
    return [p for p in act(evaluation_data, tmp_path_factory.mktemp("lists"), TUNED_ON) if p.kind == "person"]


@pytest.fixture(scope="session")
def in_latin_only(act_269):
    return in_latin(act_269)


@pytest.fixture(scope="session")
def pairs(act_269):
    return cyrillic_names(act_269)
