"""Scenarios: those that ship, and those that people write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarion.access import Actor, require
from clarion.errors import InputError, UnknownName
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.spillover.engine.scenario import Scenario
    from clarion.spillover.models import OwnScenario

MOST_OWN = 200
MOST_TEXT = 100_000
MOST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Shelf:
    """What somebody can choose from."""

    shipped: tuple[Scenario, ...]
    own: tuple[OwnScenario, ...]


def shelf(actor: Actor) -> Shelf:
    """Every shipped scenario, those with a single shock first, and the actor's own."""
    from clarion.spillover.engine.scenario import shipped_scenarios
    from clarion.spillover.models import OwnScenario

    require(actor, "spillover.view")
    own = OwnScenario.objects.filter(owner=actor.id).order_by("title")
    shipped = sorted(shipped_scenarios().values(), key=lambda s: (len(s.shocks), s.name))
    return Shelf(tuple(shipped), tuple(own))


def own(actor: Actor, pk: UUID) -> OwnScenario:
    """One of the actor's own scenarios.

    Raises
    ------
    UnknownName: there is none of that id, or it is somebody else's (the answer is the same).
    """
    from clarion.spillover.models import OwnScenario

    require(actor, "spillover.view")
    found = OwnScenario.objects.filter(owner=actor.id, pk=pk).first()
    if found is None:
        raise UnknownName(
            "You have no scenario of this address.", where="scenario", next_step="See yours on the scenarios page."
        )
    return found


def check(text: str, where: str = Phrase("scenario")) -> Scenario:
    """Read a scenario, or say what is wrong with it and on which line.

    Raises
    ------
    ScenarioError, InputError: with line and key.
    """
    from clarion.spillover.engine.scenario import parse

    if len(text) > MOST_TEXT:
        raise InputError(
            "The scenario is too long.",
            where=where,
            next_step=Phrase("Keep it under {most:,.0f} letters.", most=MOST_TEXT),
        )
    found = parse(text, where)
    if len(found.title) > MOST_TITLE:
        step = Phrase("Keep it under {most:,.0f} letters.", most=MOST_TITLE)
        raise InputError("The title is too long.", where=Phrase.joined((where, "title"), ", "), next_step=step)
    return found


def runnable(text: str, where: str = Phrase("scenario")) -> Scenario:
    """``check``, and that there is trade in the scenario's commodities and years for a run to begin from.

    Raises
    ------
    ScenarioError, InputError: with line and key, or what the loaded trade has instead.
    """
    from clarion.spillover.engine.trade import traded
    from clarion.spillover.service.tables import warehouse

    found = check(text, where)
    flows = warehouse().table("trade_flows")
    for item in found.items:
        traded(flows, item, found.period)
    return found


def save(actor: Actor, text: str, pk: UUID | None = None) -> OwnScenario:
    """Keep a scenario as it was written, new or in place of an earlier one of the actor's.

    Raises
    ------
    ScenarioError: it cannot be read; the earlier one stands.
    InputError: the actor has another of the same name, or too many.
    """
    from django.db import IntegrityError, transaction

    from clarion.access.store.log import record
    from clarion.access.store.turns import one_at_a_time
    from clarion.spillover.models import OwnScenario

    require(actor, "spillover.run")
    read = check(text)
    held = own(actor, pk) if pk else OwnScenario(owner=actor.id)
    held.name, held.title, held.text = read.name, read.title, text
    try:
        with transaction.atomic():
            one_at_a_time(actor)
            if pk is None and OwnScenario.objects.filter(owner=actor.id).count() >= MOST_OWN:
                raise InputError(
                    Phrase("You keep {most} scenarios already.", most=MOST_OWN),
                    where="scenarios",
                    next_step="Remove one first.",
                )
            held.save()
            record(actor, "saved a scenario", str(held.pk))
    except IntegrityError as error:
        raise InputError(
            Phrase("You have another scenario named {name!r}.", name=read.name),
            where="name",
            next_step="Give this one another name.",
        ) from error
    return held


def remove(actor: Actor, pk: UUID) -> None:
    """Remove one of the actor's own scenarios; runs made from it keep their copy."""
    from django.db import transaction

    from clarion.access.store.log import record

    require(actor, "spillover.run")
    with transaction.atomic():
        own(actor, pk).delete()
        record(actor, "removed a scenario", str(pk))


def find(name: str) -> str:
    """The text of a scenario by name, or by the path of a file that ends in ``.toml``.

    Raises
    ------
    UnknownName: no such scenario or file.
    """
    from pathlib import Path

    if name.endswith(".toml"):
        try:
            return Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise UnknownName(
                f"The scenario file cannot be read: {reason}.", where=name, next_step="Check its path and encoding."
            ) from error
    return shipped_text(name)


def shipped_text(name: str) -> str:
    """The text of a shipped scenario."""
    from clarion.spillover.engine.scenario import shipped_scenario, to_toml

    return to_toml(shipped_scenario(name))
