"""What a shortage does to the world price, and the price to exporters' doors."""

from __future__ import annotations

from clarion.spillover.engine.market.hazard import monthly_hazard
from clarion.spillover.engine.market.price import log_price

__all__ = ["log_price", "monthly_hazard"]
