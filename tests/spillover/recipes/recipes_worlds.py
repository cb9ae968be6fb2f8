"""Small random worlds of recipes, and the shipped one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from clarion.spillover.engine.recipes import Recipes


def random_world(seed: int, c: int, i: int, p: int, full: float = 0.4) -> Recipes:
    """Every country has recipes of its own; an item is sent to others of the same item."""
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return rng.uniform(0.1, 1.0, shape) * (rng.uniform(size=shape) < full)

    alpha = sparse.block_diag([some(i, p) * 2 for _ in range(c)], format="csr")
    shares = [some(p, i) for _ in range(c)]
    nu = sparse.block_diag([s / np.maximum(s.sum(0), 1) for s in shares], format="csr")
    trade = np.zeros((c, i, c, i))
    for k in range(i):
        sent = some(c, c)
        np.fill_diagonal(sent, 0)
        trade[:, k, :, k] = sent / np.where(sent.sum(0) > 0, sent.sum(0), 1)
    used, exported = some(c * i), some(c * i)
    over = np.maximum(used + exported, 1.0)
    amount = 1e3 * some(c * i), 1e2 * some(c * i), 1e3 * some(c * i)
    return Recipes(
        tuple(f"C{n:02d}" for n in range(c)), tuple(f"Country {n}" for n in range(c)),
        tuple(("north", "south", "")[n % 3] for n in range(c)), tuple(f"item {n}" for n in range(i)),
        tuple(f"process {n}" for n in range(p)), sparse.csr_array(alpha), amount[0], sparse.csr_array(nu),
        used / over, exported / over, amount[2], amount[1], sparse.csr_array(trade.reshape(c * i, c * i)),
    )  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> Recipes:
    return random_world(
        draw(st.integers(0, 2**31)), draw(st.integers(1, 7)), draw(st.integers(1, 6)), draw(st.integers(1, 5)),
        draw(st.sampled_from([0.1, 0.4, 0.9])),
    )  # fmt: skip


def write_folder(world: Recipes, folder: Path, with_trade: bool = True) -> Path:
    """``world`` in the files of the published inputs."""
    from scipy.io import mmwrite

    for name, lines in (("country", world.names), ("item", world.items), ("process", world.processes)):
        (folder / f"{name}-index.csv").write_text("".join(f"{line}\n" for line in lines))
    rows = zip(world.names, world.countries, world.regions, strict=True)
    places = "".join(f"{n},{n},{area},{code},{region}\n" for n, (area, code, region) in enumerate(rows))
    (folder / "country-information.csv").write_text(",index,area,code,region\n" + places)
    c, p = len(world.countries), len(world.processes)
    beta = sparse.csr_array((len(world.start), c * p))
    beta = sparse.lil_array(beta)
    beta[:, 0] = world.beta
    parts = {
        "alpha": world.alpha, "beta": beta, "nu": world.nu, "eta_prod": world.used, "eta_exp": world.exported,
        "startstock": world.stock, "x0": world.start,
    }  # fmt: skip
    for name, part in (parts | ({"trade": world.trade} if with_trade else {})).items():
        matrix = sparse.coo_array(part if part.ndim == 2 else part[:, None])
        mmwrite(folder / f"sparse_{name}.mtx", matrix, precision=17)
    return folder
