"""Small trade worlds for tests, in no particular unit."""

import numpy as np
import polars as pl

from clarion.spillover.engine.cascade import Network


def names(n):
    return [f"A{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(n)]


def network_of(E, P, R, countries=None):
    countries = countries or names(len(P))
    row, column = np.nonzero(E)
    links = {
        "exporter_iso3": [countries[i] for i in row],
        "importer_iso3": [countries[j] for j in column],
        "quantity": E[row, column],
    }
    schema = {"exporter_iso3": pl.String, "importer_iso3": pl.String, "quantity": pl.Float64}
    made, held = (pl.DataFrame({"iso3": countries, "quantity": v}) for v in (P, R))
    return Network.from_frames(pl.DataFrame(links, schema=schema), made, held)


def random_world(seed):
    """E, P, R and a loss: 2 to 9 countries, each exporting no more than it makes and imports in all."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 10))
    E = rng.lognormal(8, 2, (n, n)) * (rng.random((n, n)) < rng.uniform(0.2, 0.9))
    np.fill_diagonal(E, 0)
    P = np.maximum(E.sum(1) - E.sum(0), 0) + rng.lognormal(8, 2, n) * (rng.random(n) < 0.8)
    R = rng.lognormal(7, 2, n) * (rng.random(n) < rng.uniform(0, 1))
    loss = rng.random(n) * (rng.random(n) < 0.4)
    return E, P, R, loss


def awkward_world(seed):
    """As ``random_world``, with what makes rules stumble: trade in islands, ties, one holder or none, bare traders."""
    rng = np.random.default_rng([7, seed])
    n = int(rng.integers(2, 14))
    scale = rng.choice([1, 8, 20])
    E = rng.lognormal(scale, 2, (n, n)) * (rng.random((n, n)) < rng.uniform(0.05, 0.9))
    P = rng.lognormal(scale, 2, n) * (rng.random(n) < 0.8)
    R = rng.lognormal(scale - 1, 2, n) * (rng.random(n) < rng.uniform(0, 1))
    loss = rng.random(n) * (rng.random(n) < 0.4)
    np.fill_diagonal(E, 0)
    if rng.random() < 0.3:
        E[: n // 2, n // 2 :] = E[n // 2 :, : n // 2] = 0
    if rng.random() < 0.7:  # else some export more than they make and buy
        P = P + np.maximum(E.sum(1) - E.sum(0), 0)
    holders = rng.random()
    if holders < 0.3:
        R = np.where(np.arange(n) == rng.integers(n), R + 1, 0) if holders < 0.15 else np.zeros(n)
    if rng.random() < 0.3:
        E, P, R = np.round(E), np.round(P), np.round(R)
    return E, P, R, np.round(loss) if rng.random() < 0.2 else loss
