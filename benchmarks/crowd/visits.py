"""What people do at the desk: the addresses they read and the forms they send, by role, in shares that are set here."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from clarion.vocab import places

ITEMS = ["wheat"] * 6 + ["maize"] * 2 + ["rice", "soya"]
TRADE = ["raw"] * 9 + ["corrected"]
LANGUAGES = ["en"] * 5 + ["ru"] * 3 + ["uk"] * 2
WRITERS = ("operator", "analyst", "officer")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. ``form`` is posted; ``by_token`` asks with an API token in place of the session."""

    name: str
    path: str
    form: dict[str, str] | None = None
    by_token: bool = False


@dataclass
class Person:
    """Somebody at the desk; the same seed makes the same choices."""

    name: str
    role: str
    link: str
    token: str
    runs: list[dict[str, Any]]
    spare: list[str]
    seed: int
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    scenarios: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.language = self.chance.choice(LANGUAGES)
        self.cookies |= {"django_language": self.language, "csrftoken": secrets.token_hex(16)}

    def read(self) -> Ask:
        """The next page, list or file."""
        reads = {**_READS, **(_OF_OPERATORS if self.role == "operator" else {}), **(_BY_TOKEN if self.token else {})}
        name = self.chance.choices(list(reads), [share for share, _ in reads.values()])[0]
        return Ask(name, reads[name][1](self), by_token=name in _BY_TOKEN)

    def write(self) -> Ask:
        """The next change."""
        kinds = [self._scenario] * 4 + [self._token] * 2 + [self._speak]
        if self.role == "officer":
            kinds = [self._token] * 4 + [self._speak]
        if self.role == "operator":
            kinds += [self._role] * 4 + [self._account] * 2 + [self._link] * 2
        return self.chance.choice(kinds)()

    def _scenario(self) -> Ask:
        self.scenarios += 1
        return Ask("keep a scenario", "/spillover/scenarios/new/", scenario(f"own-{self.seed}-{self.scenarios}"))

    def _token(self) -> Ask:
        return Ask("make an API token", "/account/tokens/", {"name": f"t{self.chance.randrange(10**6)}"})

    def _speak(self) -> Ask:
        return Ask("choose a language", "/language/", {"language": self.language, "next": "/sources/"})

    def _role(self) -> Ask:
        form = {"do": "role", "name": self.chance.choice(self.spare), "role": self.chance.choice(["viewer", "officer"])}
        return Ask("change a role", "/people/", form)

    def _account(self) -> Ask:
        return Ask("open an account", "/people/", {"do": "add", "name": f"n-{secrets.token_hex(6)}", "role": "viewer"})

    def _link(self) -> Ask:
        return Ask("print a sign-in link", "/people/", {"do": "link", "name": self.chance.choice(self.spare)})

    def country(self) -> str:
        """Any country; some are asked for far more often than others."""
        codes = _countries()
        return codes[min(int(self.chance.paretovariate(0.6)) - 1, len(codes) - 1)]

    def run(self) -> str:
        return str(self.chance.choice(self.runs)["id"])


def scenario(name: str) -> dict[str, str]:
    """The form that keeps a scenario under a name."""
    text = (
        f'name = "{name}"\ntitle = "{name}"\nitems = ["wheat"]\nperiod = "2019-2021"\n\n'
        '[[shocks]]\nkind = "export_ban"\nexporter = "KAZ"\n'
    )
    return {"mode": "text", "do": "save", "text": text}


def _countries() -> list[str]:
    if not _shuffled:
        _shuffled.extend(sorted(code for code in places() if code not in ("RUS", "UKR")))
        random.Random(7).shuffle(_shuffled)
    return _shuffled


_shuffled: list[str] = []
_asked: Callable[[Person], str] = lambda p: f"item={p.chance.choice(ITEMS)}&trade={p.chance.choice(TRADE)}"  # noqa: E731
_READS: dict[str, tuple[float, Callable[[Person], str]]] = {
    "home": (14, lambda p: "/"),
    "exposure": (12, lambda p: f"/spillover/?{_asked(p)}"),
    "ranking": (8, lambda p: f"/spillover/ranking/?{_asked(p)}"),
    "country": (14, lambda p: f"/spillover/country/{p.country()}/"),
    "suppliers": (6, lambda p: f"/spillover/country/{p.country()}/wheat/"),
    "rows": (1, lambda p: "/spillover/rows/trade_flows/staple-trade/?lines=2,3"),
    "scenarios": (4, lambda p: "/spillover/scenarios/"),
    "shipped scenario": (3, lambda p: "/spillover/scenarios/shipped/black-sea-closure/"),
    "runs": (7, lambda p: "/spillover/runs/"),
    "run": (10, lambda p: f"/spillover/runs/{p.run()}/"),
    "run, a country": (6, lambda p: f"/spillover/runs/{p.run()}/country/{p.chance.choice(['EGY', 'TUR', 'LBN'])}/"),
    "two runs": (1, lambda p: f"/spillover/runs/{p.runs[0]['id']}/compare/{p.runs[1]['id']}/"),
    "bans": (2, lambda p: "/spillover/bans/"),
    "prices": (1, lambda p: "/spillover/prices/"),
    "money": (1, lambda p: "/spillover/macro/"),
    "method": (1, lambda p: "/spillover/method/"),
    "sources": (3, lambda p: "/sources/"),
    "security": (2, lambda p: "/account/2fa/"),
    "map file": (1, lambda p: "/spillover/map.svg"),
    "table file": (1, lambda p: f"/spillover/exposure.csv?{_asked(p)}"),
}
_OF_OPERATORS = {
    "people": (8.0, lambda p: "/people/"),
    "log": (8.0, lambda p: "/log/"),
}
_BY_TOKEN = {
    "API exposure": (3.0, lambda p: f"/api/v1/spillover/exposure?{_asked(p)}"),
    "API ranking": (2.0, lambda p: f"/api/v1/spillover/ranking?{_asked(p)}"),
    "API country": (2.0, lambda p: f"/api/v1/spillover/countries/{p.country()}"),
    "API runs": (2.0, lambda p: "/api/v1/spillover/runs"),
    "API answer": (1.0, lambda p: f"/api/v1/spillover/runs/{p.run()}/answer"),
    "API actions": (1.0, lambda p: f"/api/v1/call/actions?language={p.language}"),
}


def every_read(person: Person) -> Iterator[str]:
    """Each kind of read once, the lists of every commodity, and the runs."""
    yield from (path(person) for _, path in _READS.values())
    for item in dict.fromkeys(ITEMS):
        for trade in dict.fromkeys(TRADE):
            yield from (f"/spillover/?item={item}&trade={trade}", f"/spillover/ranking/?item={item}&trade={trade}")
    for run in person.runs:
        yield from (f"/spillover/runs/{run['id']}/country/{iso3}/" for iso3 in ("EGY", "TUR", "LBN"))
        yield f"/spillover/runs/{run['id']}/"
