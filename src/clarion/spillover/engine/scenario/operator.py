"""From words to numbers: what a scenario does to each item's harvests and to each link of its trade.

Limits on one exporter are combined by what they mean: corridors that are closed add up, of several caps (corridors,
bans, quotas) the tightest binds, and costs come on top of what may pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clarion.spillover.engine.scenario.model import (
    CorridorClosed,
    ExportLimit,
    ProductionCut,
    SanctionCost,
    Scenario,
    Shock,
)
from clarion.spillover.engine.scenario.ranges import Range

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinkRule:
    """One shock's effect on an exporter's links, but those to ``spared``.

    ``amount`` is the share closed (``corridor``), the share kept (``cap``) or the factor (``cost``).
    """

    exporter: str
    spared: frozenset[str]
    how: Literal["corridor", "cap", "cost"]
    amount: float


@dataclass(slots=True)
class Links:
    """Exporter and importer of each flow, in the order of the network; masks are worked out once for all draws."""

    exporters: Sequence[str]
    importers: Sequence[str]
    _masks: dict[tuple[str, frozenset[str]], NDArray[np.bool_]] = field(default_factory=dict)

    def mask(self, exporter: str, spared: frozenset[str]) -> NDArray[np.bool_]:
        key = (exporter, spared)
        if key not in self._masks:
            hit = np.asarray(self.exporters) == exporter
            self._masks[key] = hit & ~np.isin(np.asarray(self.importers), sorted(spared))
        return self._masks[key]


@dataclass(frozen=True, slots=True)
class ItemShock:
    """A scenario's effect on one item: ``loss`` is the share of each country's harvest that is lost."""

    item: str
    loss: Mapping[str, float]
    rules: tuple[LinkRule, ...]

    @property
    def restricted(self) -> frozenset[str]:
        """Exporters some of whose links are limited."""
        return frozenset(rule.exporter for rule in self.rules)

    def keep(self, links: Links) -> Floats:
        """Share of each link, shape (links,), that may still flow: 1 where nothing limits it."""
        n = len(links.exporters)
        closed, cap, cost = np.zeros(n), np.ones(n), np.ones(n)
        for rule in self.rules:
            mask = links.mask(rule.exporter, rule.spared)
            if rule.how == "corridor":
                closed[mask] += rule.amount
            elif rule.how == "cap":
                cap[mask] = np.minimum(cap[mask], rule.amount)
            else:
                cost[mask] *= rule.amount
        return np.minimum(cap, np.maximum(0.0, 1.0 - closed)) * cost

    def kept(self, exporter: str, importer: str) -> float:
        """Share of one link that may still flow."""
        return float(self.keep(Links((exporter,), (importer,)))[0])


def parameters(scenario: Scenario) -> dict[str, Range]:
    """The scenario's numbers by a name made of what they mean, so that two scenarios share the draws they share."""
    found: dict[str, Range] = {}
    for prefix, shock in _named(scenario):
        found.update(_parameters(prefix, shock, scenario))
    return found


def central(scenario: Scenario) -> dict[str, float]:
    """The most likely value of every parameter."""
    return {name: law.mode for name, law in parameters(scenario).items()}


def draw(scenario: Scenario, uniform: Callable[[str], ArrayLike]) -> dict[str, Floats]:
    """Draws of every parameter; ``uniform(name)`` gives the uniform draws, 0 to 1, that belong to a name."""
    return {name: law.quantiles(uniform(name)) for name, law in parameters(scenario).items()}


def shocks(scenario: Scenario, values: Mapping[str, float] | None = None) -> dict[str, ItemShock]:
    """The effect on each item under one draw of the parameters, or under the most likely ones."""
    drawn = central(scenario) if values is None else values
    return {item: _item_shock(scenario, item, drawn) for item in scenario.items}


def _item_shock(scenario: Scenario, item: str, values: Mapping[str, float]) -> ItemShock:
    kept_harvest: dict[str, float] = {}
    rules: list[LinkRule] = []
    for prefix, shock in _named(scenario):
        if item not in (shock.items or scenario.items):
            continue
        if isinstance(shock, ProductionCut):
            left = 1.0 - values[prefix + "fraction"]
            kept_harvest[shock.country] = kept_harvest.get(shock.country, 1.0) * left
        elif isinstance(shock, CorridorClosed):
            for user in scenario.corridor(shock.corridor).users:
                share = values[_share_name(shock.corridor, user.exporter)] * values[prefix + "closed"]
                rules.append(LinkRule(user.exporter, frozenset(user.other_routes), "corridor", share))
        elif isinstance(shock, SanctionCost):
            factor = (1.0 + values[prefix + "cost_percent"] / 100.0) ** -values[prefix + "elasticity"]
            rules.append(LinkRule(shock.exporter, frozenset(shock.exceptions), "cost", factor))
        else:
            rules.append(LinkRule(shock.exporter, frozenset(shock.exceptions), "cap", values[prefix + "kept"]))
    return ItemShock(item, {country: 1.0 - left for country, left in kept_harvest.items()}, tuple(rules))


def _parameters(prefix: str, shock: Shock, scenario: Scenario) -> dict[str, Range]:
    if isinstance(shock, ProductionCut):
        return {prefix + "fraction": shock.fraction}
    if isinstance(shock, ExportLimit):
        return {prefix + "kept": shock.kept}
    if isinstance(shock, SanctionCost):
        return {prefix + "cost_percent": shock.cost_percent, prefix + "elasticity": shock.elasticity}
    users = scenario.corridor(shock.corridor).users
    shares = {_share_name(shock.corridor, user.exporter): user.share for user in users}
    return shares | {prefix + "closed": shock.closed}


def _named(scenario: Scenario) -> Iterator[tuple[str, Shock]]:
    """Each shock with the start of its parameters' names; a second of the same kind and place is numbered."""
    seen: Counter[str] = Counter()
    for shock in scenario.shocks:
        if isinstance(shock, ProductionCut):
            who = shock.country
        else:
            who = shock.corridor if isinstance(shock, CorridorClosed) else shock.exporter
        name = f"{shock.kind}:{who}:"
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}{seen[name]}:"), shock


def _share_name(corridor: str, exporter: str) -> str:
    return f"corridor:{corridor}:{exporter}:share"
