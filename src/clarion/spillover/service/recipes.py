"""A shock to production recipes, from the published inputs on disk: relative losses by country and region."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.errors import InputError
from clarion.vocab import Phrase, Provenance
from clarion.vocab.phrase import phrases

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.engine.recipes import Recipes, RelativeLosses, TradeShares

STATEMENT = Phrase(
    "Scenario, not a forecast: what a complete and lasting loss takes from others if nobody adapts. No partner changes,"
    " no recipe, no price; stocks are used once, and a step has no length in time."
)
NO_INTERVAL = Phrase(
    "The published model is deterministic and gives no interval; the error of its inputs is not known."
)
PAPER = "https://doi.org/10.1038/s43016-023-00771-4"
LEAST = 1e-9
"""A smaller relative loss is rounding."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One country (ISO 3166 code) or region, one item: amounts after the last step and the share lost."""

    level: str
    place: str
    item: str
    without_shock: float
    relative_loss: float

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class RecipesAnswer:
    """What a shock takes, the largest relative loss first. There is no interval, for the reason in ``no_interval``."""

    country: str
    item: str
    steps: int
    spare_last: bool
    losses: tuple[Loss, ...]
    methods: tuple[str, ...]
    provenance: tuple[Provenance, ...]

    def largest(self, level: str, most: int) -> list[Loss]:
        """The largest losses of ``level``, country or region, outside the shocked country."""
        return [loss for loss in self.losses if loss.level == level and loss.place != self.country][:most]

    @property
    def sentence(self) -> str:
        """Where most is lost, in one sentence."""
        found = self.largest("region", 3)
        if not found:
            return Phrase("{country}: nobody else loses anything by this model", country=self.country)
        named = tuple(
            Phrase("{item} in {place} {share:.1%}", item=x.item, place=x.place, share=x.relative_loss) for x in found
        )
        return Phrase("{country} lost: {named}", country=self.country, named=named)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; losses that are more than rounding."""
        data = {
            "kind": "scenario", "answer": self.sentence, "statement": STATEMENT,
            "shock": {"country": self.country, "item": self.item or None, "last_item_spared": self.spare_last},
            "steps": self.steps, "unit": "share", "interval": None, "no_interval": NO_INTERVAL,
            "regions": [x.to_dict() for x in self.losses if x.level == "region"],
            "countries": [x.to_dict() for x in self.losses if x.level == "country"],
            "methods": list(self.methods), "provenance": [p.to_dict() for p in self.provenance],
        }  # fmt: skip
        return data | {"phrases": phrases(data)}

    def frame(self) -> pl.DataFrame:
        """The losses as a table."""
        import polars as pl

        names = list(Loss.__slots__)
        schema = dict(zip(names, (pl.String, pl.String, pl.String, pl.Float64, pl.Float64), strict=True))
        return pl.DataFrame([x.to_dict() for x in self.losses], schema=schema)


def recipes(
    inputs: Path, country: str, *, item: str = "", trade: Path | None = None, year: int = 2013, steps: int = 10,
    spare_last: bool = False,
) -> RecipesAnswer:  # fmt: skip
    """Lose all that ``country`` makes, or all of one ``item`` of it, by the published model.

    ``inputs`` is the folder of the published inputs, ``trade`` its matrix of trade or a table of flows, of which
    ``year`` is used. ``item`` may be a commodity of the house or a name of the recipes. ``spare_last`` repeats the
    published slip that never loses the last item.

    Raises
    ------
    InputError: a file or number that cannot be used.
    UnknownName: a country or an item that the recipes do not have.
    """
    from clarion.spillover.engine.recipes import (
        baseline,
        country_shocks,
        item_shocks,
        named,
        read_recipes,
        relative_losses,
        respond,
    )

    if item and spare_last:
        raise InputError(
            "The published slip is one of complete losses.", where="--spare-last", next_step="Leave out one of the two."
        )
    world, made = read_recipes(inputs, trade, year)
    at = world.country(country)
    shocks = item_shocks(world, world.item(named(item)), [at]) if item else country_shocks(world, [at], spare_last)
    base = baseline(world, steps)
    lost = relative_losses(world, respond(world, base, shocks), 0)
    name = named(item) if item else ""
    methods = (_loss_said(steps), _trade_said(made, year))
    cited = _cited(inputs, trade, made is not None)
    return RecipesAnswer(world.countries[at], name, steps, spare_last, _losses(world, lost), methods, cited)


def _losses(world: Recipes, lost: RelativeLosses) -> tuple[Loss, ...]:
    import numpy as np

    levels = (
        ("region", lost.region_names, lost.regions, lost.region_held),
        ("country", world.countries, lost.countries, lost.country_held),
    )
    found = [
        Loss(level, names[place], world.items[item], float(held[place, item]), float(shares[place, item]))
        for level, names, shares, held in levels
        for place, item in zip(*np.nonzero(np.nan_to_num(shares) > LEAST), strict=True)
    ]
    return tuple(sorted(found, key=lambda x: (-x.relative_loss, x.level, x.place, x.item)))


def _loss_said(steps: int) -> str:
    return Phrase(
        "Relative loss: 1 - amount after {steps} steps / the same without the shock, a gain counting as 0; the shocked"
        " country is left out of its region (Laber et al. 2023, Nature Food 4, 508).", steps=steps,
    )  # fmt: skip


def _trade_said(made: TradeShares | None, year: int) -> str:
    if made is None:
        return Phrase("Trade: the shares of the matrix that was given.")
    return Phrase(
        "Trade: shares of the flows of {year} for {items}; no other item is traded here. Rows used {rows}, left out"
        " {left} (places that the recipes do not know, or a country with itself).",
        year=str(year), items=made.items, rows=made.rows, left=made.left_out,
    )  # fmt: skip


def _cited(inputs: Path, trade: Path | None, flows: bool) -> tuple[Provenance, ...]:
    from clarion.sources.fetch import sha256_of
    from clarion.spillover.engine.recipes import input_files

    cited = [
        Provenance("laber2023", "FABIO 2013", path.name, "CC BY 4.0", PAPER, sha256_of(path))
        for path in input_files(inputs, with_trade=trade is None)
    ]
    if trade is not None:
        cited.append(Provenance("file", "", trade.name, sha256=sha256_of(trade), note="flows" if flows else "shares"))
    return tuple(cited)
