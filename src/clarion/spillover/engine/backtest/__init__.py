"""Next year's imports said before they are known, and how that turned out."""

from __future__ import annotations

from clarion.spillover.engine.backtest.answer import Backtest, backtest
from clarion.spillover.engine.backtest.parameters import Parameters
from clarion.spillover.engine.backtest.past import Past, past
from clarion.spillover.engine.backtest.predict import Prediction, predict

__all__ = ["Backtest", "Parameters", "Past", "Prediction", "backtest", "past", "predict"]
