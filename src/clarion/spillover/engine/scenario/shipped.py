"""Reading scenarios, those that come with the package among them; any may name the corridors that are shipped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from clarion.errors import UnknownName
from clarion.spillover.engine.scenario.model import Corridor, Scenario
from clarion.spillover.engine.scenario.parse import read_corridors, read_data, read_text
from clarion.spillover.engine.scenario.section import Text, did_you_mean
from clarion.vocab import Phrase

_FOLDER = files("clarion.spillover").joinpath("scenarios")


def parse(text: str, where: str = Phrase("scenario")) -> Scenario:
    """Read a scenario from TOML; ``where`` names the file in errors.

    Raises
    ------
    ScenarioError: with file, line and key, and what is valid there.
    """
    return read_text(text, where, shipped_corridors())


def from_dict(data: dict[str, Any], where: str = Phrase("form")) -> Scenario:
    """A scenario from the same keys as plain data (a form or the API); its ScenarioErrors name the key, not a line."""
    return read_data(data, Text(where), shipped_corridors())


@cache
def shipped_corridors() -> tuple[Corridor, ...]:
    """Every corridor of ``scenarios/corridors``, which any scenario may name."""
    found = sorted((f for f in _FOLDER.joinpath("corridors").iterdir() if f.name.endswith(".toml")), key=_name)
    return tuple(c for f in found for c in read_corridors(f.read_text(encoding="utf-8"), f.name))


@cache
def shipped_scenarios() -> dict[str, Scenario]:
    """Every shipped scenario by its name."""
    found = sorted((f for f in _FOLDER.iterdir() if f.name.endswith(".toml")), key=_name)
    read = [parse(f.read_text(encoding="utf-8"), f.name) for f in found]
    return {scenario.name: scenario for scenario in read}


def shipped_scenario(name: str) -> Scenario:
    """One shipped scenario.

    Raises
    ------
    UnknownName: with the list of those that exist.
    """
    known = shipped_scenarios()
    if name not in known:
        raise UnknownName(
            Phrase("There is no scenario {name!r}.", name=name),
            where="scenario",
            next_step=did_you_mean(name, tuple(known)),
            known=list(known),
        )
    return known[name]


def _name(file: object) -> str:
    return str(getattr(file, "name", ""))
