"""What a shortage does to the world price, to exporters' doors and to prices at home."""

from __future__ import annotations

from clarion.spillover.engine.market.elasticities import ELASTICITIES, Elasticities, elasticities
from clarion.spillover.engine.market.feedback import ROUNDS, Settled, settle, settled
from clarion.spillover.engine.market.hazard import monthly_hazard
from clarion.spillover.engine.market.laws import SAFE_STOCKS, SMOOTHING, MarketDraws, MarketLaws, usable_stocks
from clarion.spillover.engine.market.pass_through import PassThrough, pass_through
from clarion.spillover.engine.market.price import DEAREST, log_price

__all__ = [
    "DEAREST", "ELASTICITIES", "ROUNDS", "SAFE_STOCKS", "SMOOTHING", "Elasticities", "MarketDraws", "MarketLaws",
    "PassThrough", "Settled", "elasticities", "log_price", "monthly_hazard", "pass_through", "settle", "settled",
    "usable_stocks",
]  # fmt: skip
