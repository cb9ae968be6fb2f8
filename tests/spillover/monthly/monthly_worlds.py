"""Small random worlds for the compiled months."""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.monthly.arrays import Inputs, Outcome, Switches, WorldArrays, outcome
from clarion.spillover.engine.monthly.kernel import run_draws

SWITCHES = Switches(start=2, rounds=12, most_rounds=20, price=True, bans=True, links=True)


def world(seed: int, n: int = 6, items: int = 2) -> tuple[WorldArrays, Inputs]:
    """A world of ``n`` countries without a shock, and one draw of its inputs."""
    rng = np.random.default_rng(seed)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    links = [[pairs[k] for k in sorted(rng.choice(len(pairs), 2 * n, replace=False))] for _ in range(items)]
    first = np.concatenate(([0], np.cumsum([len(one) for one in links]))).astype(np.int64)
    exporter, importer = np.array([pair for one in links for pair in one], dtype=np.int64).T
    flows = rng.lognormal(8, 2, len(exporter))
    harvest = rng.lognormal(10, 2, (items, n)) * (rng.random((items, n)) < 0.8)
    season = rng.dirichlet(np.full(12, 0.3), (items, n))
    large = np.zeros((items, n), np.bool_)
    for m in range(items):
        large[m, exporter[first[m] : first[m + 1]]] = True
    seller, buyer = (np.concatenate([ends] * items) for ends in np.array(pairs).T)
    keep_pair = np.concatenate([large[m][np.array(pairs)[:, 0]] for m in range(items)])
    counts = [[len(pairs) // n * int(large[m, i]) for i in range(n)] for m in range(items)]
    c_first = np.concatenate(([0], np.cumsum(np.sum(counts, axis=1)))).astype(np.int64)
    sellers = seller[keep_pair].astype(np.int64)
    many = len(sellers)
    arrays = WorldArrays(
        first, _rows(first, exporter, items, n), exporter, importer, season, np.full((items, n, 12), 1 / 12), c_first,
        _rows(c_first, sellers, items, n), sellers, buyer[keep_pair].astype(np.int64), rng.uniform(0.5, 15, many),
        rng.random(many) ** 4, np.array([3300.0, 3500.0])[:items], large, np.zeros((items, n)),
    )  # fmt: skip
    size = (1, items, n)
    inputs = Inputs(
        flows[None], harvest[None], rng.lognormal(7, 2, size) * (rng.random(size) < 0.7), np.zeros(size),
        np.ones((1, len(flows))), np.array([rng.uniform(1, 14)]),
        np.stack([rng.uniform(0.05, 0.13, (1, items)), rng.uniform(0.03, 0.08, (1, items)),
                  rng.uniform(0.2, 0.75, (1, items))], axis=2),
        rng.uniform(0, 0.2, (1, items)), rng.uniform(0.1, 0.7, (1, n)), np.array([[-5.0, 4.0, 3.0, 1.0]]),
        rng.random((*size, 12)),
        rng.uniform(0.3, 1, size), rng.uniform(2, 14, size),
        np.array([[rng.uniform(0.15, 1), rng.random(), rng.uniform(0.1, 0.6), 0.15, 4.0, rng.uniform(0, 0.3)]]),
        rng.uniform(0, 60, (1, n)), rng.lognormal(0, 0.5, (1, n)),
        np.zeros(size), np.zeros(1), np.zeros(1),
    )  # fmt: skip
    return arrays, inputs


def _rows(first: np.ndarray, sellers: np.ndarray, items: int, n: int) -> np.ndarray:
    """Where each seller's links begin."""
    return np.array([
        first[m] + np.searchsorted(sellers[first[m] : first[m + 1]], np.arange(n + 1)) for m in range(items)
    ]).astype(np.int64)  # fmt: skip


def run(arrays: WorldArrays, inputs: Inputs, switches: Switches = SWITCHES) -> Outcome:
    """Twelve months of every draw, flows kept."""
    found = outcome(arrays, len(inputs.flows), 12, flows=True)
    run_draws(arrays, switches, inputs, found)
    return found


def permuted(arrays: WorldArrays, inputs: Inputs, order: np.ndarray) -> tuple[WorldArrays, Inputs]:
    """The same world with its countries in another order: country ``order[i]`` comes ``i``-th."""
    place = np.argsort(order)
    items, n = arrays.large.shape
    link_order = np.concatenate([
        arrays.first[m] + np.lexsort((place[arrays.importer[s]], place[arrays.exporter[s]]))
        for m in range(items)
        for s in [slice(arrays.first[m], arrays.first[m + 1])]
    ])  # fmt: skip
    new_order = np.concatenate([
        arrays.c_first[m] + np.lexsort((place[arrays.c_importer[s]], place[arrays.c_exporter[s]]))
        for m in range(items)
        for s in [slice(arrays.c_first[m], arrays.c_first[m + 1])]
    ])  # fmt: skip
    seller, sender = place[arrays.c_exporter[new_order]], place[arrays.exporter[link_order]]
    moved = arrays._replace(
        row=_rows(arrays.first, sender, items, n), exporter=sender, importer=place[arrays.importer[link_order]],
        season=arrays.season[:, order], pace=arrays.pace[:, order], c_exporter=seller,
        c_row=_rows(arrays.c_first, seller, items, n),
        c_importer=place[arrays.c_importer[new_order]], c_cost=arrays.c_cost[new_order],
        c_share=arrays.c_share[new_order], large=arrays.large[:, order], past=arrays.past[:, order],
    )  # fmt: skip
    by_country = {
        name: getattr(inputs, name)[:, :, order]
        for name in ("harvest", "carry", "loss", "later", "ban_draw", "ban_strength", "ban_length")
    } | {name: getattr(inputs, name)[:, order] for name in ("passed", "floor_days", "bids")}
    by_link = {name: getattr(inputs, name)[:, link_order] for name in ("flows", "keep")}
    return moved, inputs._replace(**by_country, **by_link)
