"""How a shock to harvests or trade routes runs through the network of trade.

``Network`` is the state, ``run`` one cascade, ``run_many`` one for each of many draws, ``cascade_files`` the command
line's way from CSV to CSV. The kernels are compiled by numba on first use and cached.
"""

from clarion.spillover.engine.cascade.ensemble import Draws, Ensemble, run_many
from clarion.spillover.engine.cascade.files import cascade_files, losses
from clarion.spillover.engine.cascade.inputs import Origin
from clarion.spillover.engine.cascade.network import Network
from clarion.spillover.engine.cascade.policy import RULES, Policy, Rule
from clarion.spillover.engine.cascade.result import CascadeResult
from clarion.spillover.engine.cascade.simulate import run

__all__ = [
    "RULES",
    "CascadeResult",
    "Draws",
    "Ensemble",
    "Network",
    "Origin",
    "Policy",
    "Rule",
    "cascade_files",
    "losses",
    "run",
    "run_many",
]
