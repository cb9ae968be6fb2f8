"""The cascade from CSV files to a CSV file, for the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from clarion.errors import InputError, StorageError
from clarion.spillover.engine.cascade.completions import likeliest
from clarion.spillover.engine.cascade.csv_tables import read_table, write_table
from clarion.spillover.engine.cascade.inputs import Origin, checked
from clarion.spillover.engine.cascade.network import Floats, Network
from clarion.spillover.engine.cascade.policy import Policy, Rule
from clarion.spillover.engine.cascade.result import CascadeResult
from clarion.spillover.engine.cascade.simulate import run
from clarion.vocab.place import places

FLOWS = ("exporter_iso3", "importer_iso3", "quantity")
AMOUNTS = ("iso3", "quantity")
SHOCK = ("iso3", "fraction")
RESULT = ("iso3", "dP", "dR", "dC", "C0")
# What people call the column; year_1 is its name in the published scenario files.
SHOCK_NAMES = dict.fromkeys(
    ("fraction of production lost", "fraction_of_production_lost", "fraction lost", "fraction_lost", "loss", "year_1"),
    "fraction",
)


def cascade_files(
    flows: Path,
    production: Path,
    reserves: Path,
    shock: Path,
    out: Path,
    rule: Rule = "pta",
    reserve_fraction: float = 0.5,
    consumption_fraction: float = 0.01,
) -> dict[str, Any]:
    """Run a published rule (reference mode) on CSV files and write iso3,dP,dR,dC,C0 to ``out``, one row a country.

    ``flows`` has the columns exporter_iso3,importer_iso3,quantity; ``production`` and ``reserves`` iso3,quantity;
    ``shock`` iso3,fraction: the fraction of production, 0 to 1, that a country loses, for those that lose any. (The
    headers of ``SHOCK_NAMES``, such as ``fraction_lost``, are understood too.) All quantities are in one unit, such as
    kcal a year. Changes are negative for a loss. ``out`` is replaced whole or left as it was.

    Returns a JSON-ready summary: rule, the number of countries, unknown_codes (those that ISO 3166 does not know, which
    may be slips), the number of links and left-out rows of self-trade, iterations, converged, mass_balance_error,
    missing_digits_spread (how far dR or dC hangs on digits that printing to 15 left out of the inputs, relative to the
    largest C0; see module ``completions``), the sums of dP, dR and dC, and the path.

    Raises
    ------
    InputError: a file that cannot be read as such a table, naming file, line and column; a shocked country that is
        not in the network.
    ModelError: see ``run``.
    StorageError: ``out`` cannot be written.
    """
    policy = Policy(rule, reserve_fraction, consumption_fraction)
    sources = [Path(p) for p in (flows, production, reserves, shock)]
    target = Path(out).resolve()  # through a link to the file that it names
    _check_target(target, sources)
    links, links_origin = read_table(sources[0], FLOWS)
    makes, makes_origin = read_table(sources[1], AMOUNTS)
    holds, holds_origin = read_table(sources[2], AMOUNTS)
    shocks, shocks_origin = read_table(sources[3], SHOCK, SHOCK_NAMES)
    network = Network.from_frames(links, makes, holds, origins=(links_origin, makes_origin, holds_origin))
    loss = losses(network, shocks, shocks_origin)

    def ask(candidate: Network) -> CascadeResult:
        return run(
            candidate,
            loss,
            rule=policy.rule,
            reserve_fraction=policy.reserve_fraction,
            consumption_fraction=policy.consumption_fraction,
            reference=True,
        )

    result, spread = likeliest(network, ask)
    columns = (c.tolist() for c in (result.dP, result.dR, result.dC, result.C0))
    write_table(target, RESULT, zip(network.countries, *columns, strict=True))
    return {
        "rule": rule,
        "countries": len(network.countries),
        "unknown_codes": [code for code in network.countries if code not in places()],
        "links": len(network.flows),
        "self_trade_rows": network.self_trade,
        "iterations": result.iterations,
        "converged": result.converged,
        "mass_balance_error": result.mass_balance_error,
        "missing_digits_spread": spread,
        "dP": float(result.dP.sum()),
        "dR": float(result.dR.sum()),
        "dC": float(result.dC.sum()),
        "out": str(out),
    }


def losses(network: Network, shock: pl.DataFrame, origin: Origin | None = None) -> Floats:
    """The fraction of production that each country of ``network`` loses, from a table iso3, fraction.

    Raises
    ------
    InputError: a table that breaks this form, or a country that is not in the network and loses anything.
    """
    origin = origin or Origin("shock")
    table = checked(shock, ("iso3",), "fraction", origin, most=1.0)
    index = {c: i for i, c in enumerate(network.countries)}
    loss = np.zeros(len(index))
    for row, (iso3, fraction) in enumerate(table.iter_rows()):
        if fraction == 0:
            continue  # published shocks list all the world, with countries that have no part in this trade
        if iso3 not in index:
            origin.refuse(
                f"{iso3} is not in the trade network.",
                row,
                "iso3",
                "Correct the code, add the country to flows or production, or leave the row out.",
            )
        loss[index[iso3]] = fraction
    return loss


def _check_target(out: Path, sources: list[Path]) -> None:
    if (out.exists() and not out.is_file()) or not out.parent.is_dir():
        raise StorageError(
            "The result cannot be written there.", where=str(out), next_step="Give a file name in an existing folder."
        )
    if out in {source.resolve() for source in sources}:
        raise InputError(
            "The result would overwrite an input.", where=str(out), next_step="Give another name for the result."
        )
