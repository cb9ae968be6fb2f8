"""A crowd in a closed loop: each person asks, reads for some seconds, and asks again, until the time is over."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from crowd.visits import LANGUAGES, WRITERS, Ask, Person, every_read

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


@asynccontextmanager
async def browsers(address: str, people: Iterable[Person]) -> AsyncIterator[list[tuple[Person, httpx.AsyncClient]]]:
    """A browser for each: one pool for all would look at every open connection for every request."""
    context = ssl.create_default_context()  # not used, and slow to make 200 times
    async with AsyncExitStack() as stack:
        yield [(person, await stack.enter_async_context(_browser(address, context))) for person in people]


def _browser(address: str, context: ssl.SSLContext) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, keepalive_expiry=25)
    return httpx.AsyncClient(base_url=address, limits=limits, timeout=30, verify=context, trust_env=False)


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


async def warmed(people: list[tuple[Person, httpx.AsyncClient]]) -> None:
    """One reader of each language has read everything once, as on a desk that has been open for a while."""
    for language in sorted(set(LANGUAGES)):
        person, http = next(one for one in people if one[0].language == language)
        for path in every_read(person):
            await send(http, person, Ask("before", path))


async def crowd(
    people: list[tuple[Person, httpx.AsyncClient]], warm: float, measured: float
) -> tuple[Seen, float]:  # fmt: skip
    """Let everybody walk; what was seen after ``warm`` seconds, and the seconds of processor that the client took."""
    seen, begun = Seen(), time.monotonic()
    begins, ends = begun + warm, begun + warm + measured
    share = WRITES * len(people) / sum(person.role in WRITERS for person, _ in people)

    async def walk(person: Person, http: httpx.AsyncClient) -> None:
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

    _, cpu = await asyncio.gather(asyncio.gather(*(walk(*one) for one in people)), used())
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
