"""What is asked of a screening by what it is for: thresholds, who decides, how long it holds. Data, not code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from clarion.errors import UnknownName
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.screening.engine.decide import Policy

DEFAULT = "payment"


@dataclass(frozen=True, slots=True)
class Use:
    """One policy. ``thresholds`` are those of ``engine.decide.Policy`` that differ from its own; spans are days.

    ``four_eyes``: a second person has to confirm what one decided. ``lists`` are those without which nobody is clear.
    """

    name: str
    title: str
    four_eyes: bool
    cleared_days: int
    keep_days: int
    lists: tuple[str, ...]
    thresholds: Mapping[str, float]

    def engine(self) -> Policy:
        """The part that the engine decides by."""
        from clarion.screening.engine.decide import Policy

        return Policy(**self.thresholds)

    def to_dict(self) -> dict[str, Any]:
        """What a decision keeps of the policy that it was made by: all, since the file may say another tomorrow."""
        return asdict(self) | {"lists": list(self.lists), "thresholds": asdict(self.engine())}


@cache
def uses() -> dict[str, Use]:
    """Every policy by its name."""
    found = tomllib.loads(files("clarion.screening").joinpath("policies.toml").read_text(encoding="utf-8"))
    return {name: Use(name=name, **(said | {"lists": tuple(said["lists"])})) for name, said in found.items()}


def from_kept(data: Mapping[str, Any]) -> Use:
    """What ``Use.to_dict`` wrote: the policy as it was then."""
    return Use(**(dict(data) | {"lists": tuple(data["lists"])}))


def use(name: str) -> Use:
    """One policy.

    Raises
    ------
    UnknownName: there is none of that name.
    """
    found = uses().get(name)
    if found is None:
        raise UnknownName(
            "There is no such policy.", where="use", next_step=Phrase("Choose one of: {names}.", names=tuple(uses()))
        )
    return found
