"""People who write while what they write to is killed: what was acknowledged to them is looked for afterwards."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from crowd.desk import Desk
from crowd.visits import Ask, Person, scenario
from crowd.walk import browsers, send, sign_in

KINDS = ("scenario", "token", "account")
PAUSE = 0.3  # seconds between two changes of one person
RUN = {"scenario": "black-sea-closure", "trade": "corrected", "rule": "pta", "seed": 3}
KEPT = (
    "from clarion.access.store.models import ApiToken, User; from clarion.spillover.models import OwnScenario; "
    "rows = lambda model, name: list(model.objects.values_list(name, flat=True)); "
    "from clarion.access.store.models import LogEntry; "
    "acts = LogEntry.objects.filter(action='saved a scenario').count(); "
    "print(json.dumps({'acts': acts, 'scenario': rows(OwnScenario, 'name'), 'token': rows(ApiToken, 'name'),"
    " 'account': rows(User, 'username')}))"
)


@dataclass
class Written:
    """What each change was answered: acknowledged names by kind, and every answer with when it was asked and given."""

    acknowledged: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    answers: list[tuple[float, float, str]] = field(default_factory=list)

    def between(self, begin: float, end: float) -> Counter[str]:
        """Answers by status, or by what went wrong, of changes that were sent in a span of time."""
        return Counter(what for asked, _, what in self.answers if begin <= asked < end)

    def first_after(self, moment: float) -> float:
        """Seconds from a moment to the first acknowledgement of a change that was sent after it."""
        given = [given for asked, given, what in self.answers if asked > moment and what == "kept"]
        return min(given, default=float("nan")) - moment


def _change(person: Person, number: int) -> tuple[str, str, Ask]:
    """Kind, name and request of one change."""
    name = f"{person.name}-{number}"
    kinds = [("token", Ask("token", "/account/tokens/", {"name": name}))]
    if number < 150:
        kinds.append(("scenario", Ask("scenario", "/spillover/scenarios/new/", scenario(name))))
    if person.role == "operator":
        kinds.append(("account", Ask("account", "/people/", {"do": "add", "name": name, "role": "viewer"})))
    kind, ask = kinds[number % len(kinds)]
    return kind, name, ask


async def _write(http: httpx.AsyncClient, person: Person, written: Written, ended: asyncio.Event) -> None:
    number = 0
    while not ended.is_set():
        number += 1
        kind, name, ask = _change(person, number)
        begun = time.monotonic()
        try:
            answer = await send(http, person, ask)
        except httpx.HTTPError as error:
            written.answers.append((begun, time.monotonic(), type(error).__name__))
        else:
            kept = answer.status_code == 302 if kind == "scenario" else answer.status_code == 200
            kept = kept and "/account/" not in answer.headers.get("Location", "")
            if kept:
                written.acknowledged[kind].add(name)
            written.answers.append((begun, time.monotonic(), "kept" if kept else str(answer.status_code)))
        await asyncio.sleep(person.chance.uniform(0, 2 * PAUSE))


async def under_writers(
    desk: Desk, people: list[Person], before: float, crash: Callable[[], None], after: float, draws: int = 400
) -> tuple[Written, float, list[str]]:
    """Let people write, crash something in the midst of it in a thread of its own, let them go on.

    What they were answered, when the crash began, and how the runs ended that were started just before.
    """
    written, ended = Written(), asyncio.Event()
    async with browsers(desk.address, people) as browsing:
        for person, http in browsing:
            await sign_in(http, person)
        writers = [asyncio.create_task(_write(http, person, written, ended)) for person, http in browsing]
        await asyncio.sleep(before)
        started = [(person, http, await _start(http, person, draws)) for person, http in browsing[:2]]
        await asyncio.sleep(2)
        crashed = time.monotonic()
        await asyncio.to_thread(crash)
        await asyncio.sleep(after)
        ended.set()
        await asyncio.gather(*writers)
        ends = [await _end(http, person, run) for person, http, run in started]
    return written, crashed, ends


async def _start(http: httpx.AsyncClient, person: Person, draws: int) -> str:
    headers = {"Authorization": f"Bearer {person.token}"}
    answer = await http.post("/api/v1/spillover/runs", json={**RUN, "draws": draws}, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _end(http: httpx.AsyncClient, person: Person, run: str) -> str:
    headers, status = {"Authorization": f"Bearer {person.token}"}, "unknown"
    for _ in range(120):
        answer = await http.get(f"/api/v1/spillover/runs/{run}", headers=headers)
        status = answer.json()["status"] if answer.status_code == 200 else str(answer.status_code)
        if status in ("done", "failed"):
            break
        await asyncio.sleep(1)
    return status


def lost(written: Written, desk: Desk) -> tuple[int, int]:
    """How many acknowledged changes are gone, and how many scenarios stand without their act in the log."""
    found = desk.ask(KEPT)
    gone = {kind: names - set(found[kind]) for kind, names in written.acknowledged.items()}
    return sum(map(len, gone.values())), abs(found["acts"] - len(found["scenario"]))


def told(written: Written, crashed: float, ends: list[str], desk: Desk) -> None:
    """Print what became of the changes."""
    gone, half = lost(written, desk)
    number = sum(map(len, written.acknowledged.values()))
    print(f"  changes acknowledged {number}, of these lost {gone}; half-written {half}")
    print(f"  answers before the crash {dict(written.between(0, crashed))}")
    print(f"  answers from it on {dict(written.between(crashed, float('inf')))}")
    print(f"  first change acknowledged after {written.first_after(crashed):.1f} s")
    print(f"  runs that were in work: {', '.join(ends)}")
