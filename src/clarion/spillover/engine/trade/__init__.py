"""Trade as reported, and corrected: both reporters mirrored, exports balanced, re-exports traced to the harvest."""

from clarion.spillover.engine.trade.balance import prebalance
from clarion.spillover.engine.trade.flows import Flows
from clarion.spillover.engine.trade.mirror import mirrored, reliability
from clarion.spillover.engine.trade.picture import TRADE, Picture, Trade, picture
from clarion.spillover.engine.trade.reexports import trace_to_harvest
from clarion.spillover.engine.trade.reported import as_reported
from clarion.spillover.engine.trade.rivals import both_reports
from clarion.spillover.engine.trade.traded import traded

__all__ = [
    "TRADE", "Flows", "Picture", "Trade", "as_reported", "both_reports", "mirrored", "picture", "prebalance",
    "reliability", "trace_to_harvest", "traded",
]  # fmt: skip
