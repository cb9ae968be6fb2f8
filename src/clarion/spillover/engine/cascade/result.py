"""What a cascade did."""

from __future__ import annotations

from dataclasses import dataclass

from clarion.spillover.engine.cascade.network import Floats, Network


@dataclass(frozen=True, eq=False)
class CascadeResult:
    """The outcome of one cascade, in the unit of the network; arrays follow ``network.countries``.

    Changes are negative for a loss: ``dP`` production, ``dR`` reserves, ``dC`` consumption, against consumption ``C0``
    before the shock. ``flows`` are the links after it, beside ``network.flows`` before. ``withheld`` is what each
    exporter was kept from sending at the start, ``surplus`` the part of it that is still at home at the end; it counts
    in ``dC``. ``converged`` is False where no equilibrium was found within the iterations. ``mass_balance_error`` is
    the worst relative error of sum dR + sum dC = sum dP and, in each country, of dP + dI - dE = dR + dC.
    """

    network: Network
    rule: str
    reference: bool
    dP: Floats
    dR: Floats
    dC: Floats
    C0: Floats
    flows: Floats
    withheld: Floats
    surplus: Floats
    iterations: int
    converged: bool
    mass_balance_error: float
