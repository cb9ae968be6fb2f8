"""A crowd in a closed loop: each person asks, reads for some seconds, and asks again, until the time is over."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from crowd.visits import WRITERS, Ask, Person

THINK = 5.0  # seconds on average
WRITES = 0.1


@dataclass
class Seen:
    """What the crowd measured: milliseconds by name of the visit, statuses, and what did not answer."""

    reads: dict[str, list[float]] = field(default_factory=dict)
    writes: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def note(self, ask: Ask, ms: float, status: int) -> None:
        kind = self.reads if ask.form is None else self.writes
        kind.setdefault(ask.name, []).append(ms)
        self.statuses[status] += 1
        if status >= 400:
            self.faults[f"{status} {ask.name}"] += 1


def client(address: str) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=25)
    return httpx.AsyncClient(base_url=address, limits=limits, timeout=30, verify=False, trust_env=False)


async def send(http: httpx.AsyncClient, person: Person, ask: Ask) -> httpx.Response:
    """One request as this person; redirects are not followed."""
    headers = {"Accept-Encoding": "gzip"}
    if ask.by_token:
        headers["Authorization"] = f"Bearer {person.token}"
    else:
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in person.cookies.items())
    if ask.form is not None:
        headers["X-CSRFToken"] = person.cookies["csrftoken"]
    method = "GET" if ask.form is None else "POST"
    answer = await http.request(method, ask.path, data=ask.form, headers=headers)
    for name, value in answer.cookies.items():
        person.cookies[name] = value
    answer.cookies.clear()
    http.cookies.clear()
    return answer


async def sign_in(http: httpx.AsyncClient, person: Person) -> None:
    """Spend the person's one-time link."""
    answer = await send(http, person, Ask("sign in", f"/enter/{person.link}/"))
    assert answer.status_code == 302, f"{person.name} could not sign in: {answer.status_code}"


async def crowd(http: httpx.AsyncClient, people: list[Person], warm: float, measured: float) -> tuple[Seen, float]:
    """Let everybody walk; what was seen after ``warm`` seconds, and the seconds of processor that the client took."""
    seen, begun = Seen(), time.monotonic()
    begins, ends = begun + warm, begun + warm + measured
    share = WRITES * len(people) / sum(p.role in WRITERS for p in people)

    async def walk(person: Person) -> None:
        await asyncio.sleep(person.chance.uniform(0, 2 * THINK))
        while time.monotonic() < ends:
            writes = person.role in WRITERS and person.chance.random() < share
            ask: Ask | None = person.write() if writes else person.read()
            while ask is not None:
                ask = await _timed(http, person, ask, seen, begins)
            await asyncio.sleep(min(person.chance.expovariate(1 / THINK), 6 * THINK))

    async def used() -> float:
        await asyncio.sleep(warm)
        before = time.process_time()
        await asyncio.sleep(measured)
        return time.process_time() - before

    _, cpu = await asyncio.gather(asyncio.gather(*map(walk, people)), used())
    return seen, cpu


async def _timed(http: httpx.AsyncClient, person: Person, ask: Ask, seen: Seen, begins: float) -> Ask | None:
    """Ask and note; where the answer leads on to another page, the reading of that page."""
    begun = time.monotonic()
    try:
        answer = await send(http, person, ask)
    except httpx.HTTPError as error:
        if begun >= begins:
            seen.faults[f"{type(error).__name__} {ask.name}"] += 1
        return None
    if begun >= begins:
        seen.note(ask, (time.monotonic() - begun) * 1000, answer.status_code)
    if answer.status_code == 302 and ask.form is not None:
        return Ask("after a change", urlsplit(answer.headers["Location"]).path)
    return None


def shuffled(people: list[Person]) -> list[Person]:
    """The same people in an order that mixes the roles."""
    mixed = list(people)
    random.Random(3).shuffle(mixed)
    return mixed
