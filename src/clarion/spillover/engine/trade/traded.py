"""The rows of one item in the years asked for, or what the table has instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from clarion.errors import InputError
from clarion.spillover.engine.trade.period import choose_periods
from clarion.vocab import Period, Phrase, commodity

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable


def traded(trade_flows: LoadedTable, item: str, period: Period | None) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Rows of ``trade_flows`` with tonnes of an item, and the labels of the periods that they are of.

    Raises
    ------
    UnknownName: no such commodity.
    InputError: the table has no trade in it, or none in that period; says what it has.
    """
    commodity(item)
    rows = trade_flows.frame.filter((pl.col("item") == item) & pl.col("tonnes").is_not_null())
    if rows.is_empty():
        known = tuple(sorted(set(trade_flows.frame["item"].to_list())))
        raise InputError(
            Phrase("The trade table from {source} has no {item}.", source=trade_flows.source, item=commodity(item).of),
            where="item",
            next_step=Phrase("Choose one of: {names}. Or load trade in it.", names=known),
            key="items",
        )
    labels = choose_periods(rows, period)
    return rows.filter(pl.col("period").is_in(labels)), labels
