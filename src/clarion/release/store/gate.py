"""The one gate: a room hands over its people and what it wants to show; what singles nobody out is registered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from clarion.access import Actor, require
from clarion.release.errors import ReleaseError
from clarion.release.people import count_rows
from clarion.release.spec import Spec, read_spec
from clarion.release.store import shelf
from clarion.release.store.models import PUBLIC, Registered
from clarion.release.store.names import DEFAULT
from clarion.release.store.registration import PUBLISH, Earlier, earlier, register
from clarion.release.texts import need_a_reader
from clarion.release.verbs import make
from clarion.vocab import Phrase


def publish(
    actor: Actor, people: Iterable[Mapping[str, str]], spec: Mapping[str, Any], *, programme: str = DEFAULT,
    audience: str = PUBLIC, permission: str = PUBLISH, seconds: float = 60.0,
) -> Registered:  # fmt: skip
    """Make the tables that ``spec`` asks for (the keys of a specification) and register them.

    ``people`` gives for each recipient a category by dimension; nothing of them is kept. All registered releases of
    the programme are taken as known to the attacker. This takes from seconds to minutes: call it from a job.

    Raises
    ------
    NotAllowed: the actor lacks ``permission``, that of the room.
    ReleaseError: the specification or a row cannot be used, or a person must read its texts first; or nothing could be
    certified (``details`` has the answer's ``verdict`` and ``counts``): then nothing leaves.
    BusyError: another release of the programme was registered meanwhile.
    """
    require(actor, permission)
    before = earlier(programme)
    asked = resting_on(read_spec(json.dumps(dict(spec)), "spec"), before)
    if need_a_reader(asked):
        raise ReleaseError(
            "A person must read the texts of this release before it leaves.", where=asked.id,
            next_step="Build it with clarion release build, read it with clarion release review, then register it.",
        )  # fmt: skip
    made = make(count_rows(people, asked), asked, [one.release for one in before], seconds)
    if not made.texts:
        raise ReleaseError(
            "No tables that single nobody out could be made.", where=asked.id,
            next_step="Ask for fewer tables or for coarser categories.",
            verdict=made.answer["verdict"], counts=made.answer["counts"],
        )  # fmt: skip
    with shelf.staged({name: text.encode() for name, text in made.texts.items()}, asked.id) as folder:
        return register(actor, folder, programme=programme, audience=audience, permission=permission, seconds=seconds)


def resting_on(spec: Spec, before: list[Earlier]) -> Spec:
    """The specification with all registered releases as its earlier ones.

    Raises
    ------
    ReleaseError: it names one that is not registered, or has the id of one that is, or asks for sums: nobody gives the
    gate what each recipient received.
    """
    if spec.amounts:
        raise ReleaseError(
            "Sums of money need what each recipient received, and here only counts of people are taken.",
            where=f"{spec.id}, amounts",
            next_step="Build it with clarion release build, then enter the folder with clarion release register.",
        )  # fmt: skip
    names = [one.release.spec.id for one in before]
    if strange := [name for name in spec.earlier if name not in names]:
        raise ReleaseError(
            Phrase("The earlier release {name!r} is not in the register.", name=strange[0]), where=spec.id,
            next_step="Register it first: clarion release register",
        )  # fmt: skip
    if spec.id in names:
        raise ReleaseError(
            Phrase("A release of this programme is called {name!r} already.", name=spec.id), where=spec.id,
            next_step="Give the new release an id of its own.",
        )  # fmt: skip
    return replace(spec, earlier=tuple(names))
