"""Run one cascade: check the question, choose the kernel, hold the answer to the mass balance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clarion.errors import InputError, ModelError
from clarion.spillover.engine.cascade.network import Floats, Network
from clarion.spillover.engine.cascade.policy import Policy, Rule
from clarion.spillover.engine.cascade.result import CascadeResult


def run(
    network: Network,
    loss: ArrayLike,
    *,
    rule: Rule = "pta",
    reserve_fraction: float = 0.5,
    consumption_fraction: float = 0.01,
    keep: ArrayLike | None = None,
    reference: bool = False,
    iterations: int = 50,
) -> CascadeResult:
    """What follows when each country loses a fraction ``loss`` (n entries, 0 to 1) of its production.

    ``rule``, the fractions and ``iterations`` are explained by ``Policy``. ``keep`` gives for each of the m links the
    share of its flow that may still move: 0 for a ban, less than 1 for a quota or the open share of a corridor; such a
    link is never raised again, and what the exporter withholds stays at home.

    ``reference=True`` follows the published code to the last bit, faults included (module ``reference``), and takes
    no ``keep``; the default mends them (module ``scenario``). A cascade that finds no equilibrium within the
    iterations says so in the result; it is no error.

    Raises
    ------
    InputError: what ``Policy`` refuses; ``loss`` or ``keep`` of the wrong length or not from 0 to 1.
    ModelError: in reference mode, the negative shortage at which the published code gives up as well; in both, grain
        that appeared or was lost beyond rounding.
    """
    policy = Policy(rule, reserve_fraction, consumption_fraction, iterations)
    lost = fractions("loss", loss, len(network.countries), "country")
    if keep is None:
        share = np.ones(len(network.flows))
    elif reference:
        raise InputError(
            "The published rules know no restricted links.", where="keep", next_step="Leave reference mode to use keep."
        )
    else:
        share = fractions("keep", keep, len(network.flows), "link")
    if reference and rule != "burkholz":
        return _published(network, lost, policy)
    return _mended(network, lost, share, policy, reference)


def fractions(name: str, values: ArrayLike, count: int, each: str) -> Floats:
    """``values`` as ``count`` numbers from 0 to 1.

    Raises
    ------
    InputError: naming the first value that is none.
    """
    array = np.asarray(values, np.float64)
    if array.shape != (count,):
        raise InputError(
            f"{name} has the shape {array.shape}, not one value for each {each}.",
            where=name,
            next_step=f"Give {count} values, in the order of the network.",
        )
    bad = np.flatnonzero(~((array >= 0) & (array <= 1)))
    if len(bad):
        raise InputError(
            f"{name}[{bad[0]}] is {array[bad[0]]}, which is not from 0 to 1.",
            where=name,
            next_step="Give fractions: 0 for none, 1 for all.",
        )
    return array


def _published(network: Network, loss: Floats, policy: Policy) -> CascadeResult:
    from clarion.spillover.engine.cascade import reference, reference_reserves

    flows = network.flows.copy()
    dP = 0.0 - loss * network.production  # no minus zero in the result
    dR = np.zeros(len(loss))
    left = network.production + dP
    C0 = reference.supply(flows, network.production, dR, network.shape)
    state = (left, C0.copy(), policy.reserve_fraction * network.reserves, dR)
    kernel = reference.proportional if policy.rule == "pta" else reference_reserves.reserves_first
    status, count = kernel(flows, state, -dP, policy.consumption_fraction, policy.iterations, network.shape)
    if status == reference.NEGATIVE_SHORTAGE:
        raise ModelError(
            f"Negative shortage in iteration {count}: a country was handed more than it needs.",
            where=f"cascade, rule {policy.rule}, reserve fraction {policy.reserve_fraction:g}",
            next_step="The published code stops here too. Choose another rule or fraction, or the scenario mode.",
            rule=policy.rule,
            reserve_fraction=policy.reserve_fraction,
            iteration=count,
        )
    dC = reference.supply(flows, left, dR, network.shape) - C0
    none = np.zeros(len(loss))
    settled = status == reference.CONVERGED
    return _balanced(network, policy, True, (dP, dR, dC, C0), flows, none, none, count, settled)


def _mended(network: Network, loss: Floats, keep: Floats, policy: Policy, reference: bool) -> CascadeResult:
    from clarion.spillover.engine.cascade import scenario

    n = len(loss)
    flows = network.flows.copy()
    dP, dR, dC, C0, surplus = out = tuple(np.empty(n) for _ in range(5))
    reserves = policy.usable * network.reserves
    settled, count = scenario.simulate(
        policy.kernel, flows, keep, loss, network.production, reserves, network.shape, out
    )
    if reference:
        C0 = network.consumption  # as the equations have it: below 0 where the data say so
    withheld = network.by_exporter(network.flows - network.flows * keep)
    return _balanced(network, policy, reference, (dP, dR, dC, C0), flows, withheld, surplus, count, settled)


def _balanced(
    network: Network,
    policy: Policy,
    reference: bool,
    changes: tuple[Floats, Floats, Floats, Floats],
    flows: Floats,
    withheld: Floats,
    surplus: Floats,
    iterations: int,
    converged: bool,
) -> CascadeResult:
    from clarion.spillover.engine.cascade.balance import LIMIT, balance_error

    dP, dR, dC, C0 = changes
    error = float(balance_error(network.flows, flows, dP, dR, dC, withheld, C0, network.shape))
    if not error <= LIMIT:
        raise ModelError(
            f"The cascade does not balance: grain appeared or was lost, {error:.1e} of the shock.",
            where=f"cascade, rule {policy.rule}",
            next_step="Please report this with the three tables and the shock.",
            mass_balance_error=error,
        )
    return CascadeResult(
        network, policy.rule, reference, dP, dR, dC, C0, flows, withheld, surplus, iterations, converged, error
    )
