"""From what a month-by-month run says of each country to the harm of each draw and what a dollar avoids of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from clarion.compute import stream
from clarion.errors import InputError
from clarion.spillover.engine.support.measures import Measure, Works
from clarion.spillover.engine.support.problem import Floats
from clarion.vocab import Phrase, Provenance

DAYS = 30.4375  # of a month, on average
_DAYS_OF_YEAR = 365.25
_CAP_QUANTILE = 0.9  # of what a measure could use over the draws


@dataclass(frozen=True)
class Outlook:
    """What is expected without support. Shapes: I countries, T months, S draws; a figure that is not known is NaN.

    ``people`` (I, T, S) newly under the dietary requirement in each month; ``missing`` (I, T, S) kilocalories a person
    and day; ``population`` (I,); ``price`` (I, S) of a tonne of staples at the border, USD, and ``price_before`` (I,);
    ``kcal_per_kg`` (I,) of these staples; ``eaten`` (I,) share of an added tonne that people eat; ``lost`` (I, S)
    tonnes of supply that no longer arrive; ``harvest`` (I, S) tonnes of the next harvest and ``harvest_month`` (I,)
    when it comes (T or more: not within the months); ``nitrogen`` (I, S) kilograms of fertiliser missing for it;
    ``remittances`` (I, S) USD received over the months and ``fee`` (I,) the share of it that the transfer costs.
    ``provenance`` is theirs.
    """

    countries: tuple[str, ...]
    people: Floats
    missing: Floats
    population: Floats
    price: Floats
    price_before: Floats
    kcal_per_kg: Floats
    eaten: Floats
    lost: Floats
    harvest: Floats
    harvest_month: Floats
    nitrogen: Floats
    remittances: Floats
    fee: Floats
    provenance: tuple[Provenance, ...] = field(default=())

    def __post_init__(self) -> None:
        count, months, draws = self.people.shape
        shapes: dict[str, tuple[int, ...]] = {"people": (count, months, draws), "missing": (count, months, draws)}
        shapes |= dict.fromkeys(("price", "lost", "harvest", "nitrogen", "remittances"), (count, draws))
        single = ("population", "price_before", "kcal_per_kg", "eaten", "harvest_month", "fee")
        shapes |= dict.fromkeys(single, (count,))
        for name, shape in shapes.items():
            if getattr(self, name).shape != shape or len(self.countries) != count:
                what = Phrase("{name} has the shape {found}, not {shape}.", name=name, shape=str(shape),
                              found=str(getattr(self, name).shape))  # fmt: skip
                raise InputError(
                    what, where=name, next_step=Phrase("Give one figure for each country, month and draw.")
                )

    def population_of(self) -> dict[str, float]:
        """Population by country, where it is known."""
        return {c: float(n) for c, n in zip(self.countries, self.population, strict=True) if np.isfinite(n)}


@dataclass(frozen=True)
class Effects:
    """``harm`` (countries, draws) in person-years under the requirement, ``effect`` (countries, measures, draws)
    person-years avoided a USD, ``cap`` (countries, measures) USD; ``unknown`` says why a country is left out."""

    countries: tuple[str, ...]
    harm: Floats
    effect: Floats
    cap: Floats
    unknown: dict[str, Phrase]


@dataclass(frozen=True)
class _Figures:
    """An outlook's figures as the equations use them: (countries, draws), or with one column."""

    outlook: Outlook
    harm: Floats
    worth: Floats  # person-years avoided by a kilocalorie that people eat
    kcal: Floats  # kilocalories eaten of an added tonne


def effects(outlook: Outlook, menu: tuple[Measure, ...], seed: int) -> Effects:
    """Harm, effects and caps; costs and parameters are drawn from their ranges, each from a stream of its own name.

    A measure that needs a figure which is not known for a country has a cap of zero there.
    """
    known, unknown = _known(outlook)
    figures = _figures(known)
    count, draws = figures.harm.shape
    effect = np.zeros((count, len(menu), draws))
    cap = np.zeros((count, len(menu)))
    for m, measure in enumerate(menu):
        law = {name: _drawn(measure, name, draws, seed) for name in ("cost", *measure.parameters)}
        gain, room = _WORKS[measure.works](figures, law)
        acting = np.nan_to_num(gain * _share_in_time(known, figures, measure), nan=0.0, posinf=0.0)
        use = np.quantile(np.where(np.isfinite(room), np.maximum(room, 0.0), 0.0), _CAP_QUANTILE, axis=1)
        effect[:, m] = np.maximum(acting, 0.0)
        cap[:, m] = [min(float(use[i]), measure.caps.get(iso3, np.inf)) for i, iso3 in enumerate(known.countries)]
    cap = np.where((effect * figures.harm[:, None, :]).any(axis=2), cap, 0.0)
    return Effects(known.countries, figures.harm, effect, cap, unknown)


def _drawn(measure: Measure, name: str, draws: int, seed: int) -> Floats:
    """One number a draw from a range; a change of its cost moves no other draw."""
    law = measure.cost if name == "cost" else measure.parameters[name]
    return law.quantiles(stream(seed, "support", measure.id, name).random(draws))


def _known(outlook: Outlook) -> tuple[Outlook, dict[str, Phrase]]:
    """The countries whose people, missing energy and population are known, and why the others are not."""
    known = (
        (Phrase("how many people fall under the requirement is not known"), ~np.isnan(outlook.people).any(axis=(1, 2))),
        (Phrase("the missing energy is not known"), ~np.isnan(outlook.missing).any(axis=(1, 2))),
        (Phrase("the population is not known"), ~np.isnan(outlook.population)),
    )
    unknown = {}
    for i, iso3 in enumerate(outlook.countries):
        reasons = tuple(why for why, there in known if not np.asarray(there)[i])
        if reasons:
            unknown[iso3] = Phrase.joined(reasons, "; ")
    kept = np.array([iso3 not in unknown for iso3 in outlook.countries])
    if not kept.any():
        raise InputError(
            Phrase("For no country is it known how many people fall under the requirement."),
            where="people",
            next_step=Phrase("Load the tables of population, energy supply and undernourishment, and run it again."),
        )
    parts = {
        name: getattr(outlook, name)[kept]
        for name in Outlook.__dataclass_fields__ if name not in ("countries", "provenance")
    }  # fmt: skip
    return Outlook(
        tuple(c for c in outlook.countries if c not in unknown), provenance=outlook.provenance, **parts
    ), unknown


def _figures(outlook: Outlook) -> _Figures:
    harm = np.maximum(outlook.people, 0.0).sum(axis=1) * (DAYS / _DAYS_OF_YEAR)
    lacking = np.maximum(outlook.missing, 0.0).sum(axis=1) * DAYS * outlook.population[:, None]
    worth = np.divide(harm, lacking, out=np.zeros_like(harm), where=lacking > 0)
    kcal = (1000.0 * outlook.kcal_per_kg * outlook.eaten)[:, None]
    return _Figures(outlook, harm, worth, kcal)


def _share_in_time(outlook: Outlook, figures: _Figures, measure: Measure) -> Floats:
    """Share of the harm that falls in or after the month in which a measure begins to act, (countries, draws)."""
    months = outlook.people.shape[1]
    begins = outlook.harvest_month if measure.begins is None else np.full(len(outlook.countries), measure.begins)
    acts = np.arange(months)[None, :] >= np.nan_to_num(begins, nan=months)[:, None]
    late = (np.maximum(outlook.people, 0.0) * acts[:, :, None]).sum(axis=1) * (DAYS / _DAYS_OF_YEAR)
    share: Floats = np.divide(late, figures.harm, out=np.zeros_like(late), where=figures.harm > 0)
    return share


# Each way of working: person-years avoided a USD, and the USD that it can use, both (countries, draws).


def _ration(figures: _Figures, law: dict[str, Floats]) -> tuple[Floats, Floats]:
    gain = np.broadcast_to(law["reached"] / law["cost"], figures.harm.shape)
    return gain, figures.harm * law["cost"] / np.maximum(law["reached"], 1e-9)


def _purchase(figures: _Figures, law: dict[str, Floats]) -> tuple[Floats, Floats]:
    price = figures.outlook.price + law["cost"]
    return law["added"] * figures.kcal * figures.worth / price, figures.outlook.lost * price


def _stock(figures: _Figures, law: dict[str, Floats]) -> tuple[Floats, Floats]:
    price = figures.outlook.price_before[:, None] + law["cost"]
    return law["added"] * figures.kcal * figures.worth / price, figures.outlook.lost * price


def _transport(figures: _Figures, law: dict[str, Floats]) -> tuple[Floats, Floats]:
    """The buyer pays what it paid before; the plan pays the carriage and what the goods have become dearer."""
    cost = law["cost"] + np.maximum(figures.outlook.price - figures.outlook.price_before[:, None], 0.0)
    return law["added"] * figures.kcal * figures.worth / cost, figures.outlook.lost * cost


def _field(figures: _Figures, law: dict[str, Floats]) -> tuple[Floats, Floats]:
    tonnes = law["gain"] / law["cost"]
    room = law["most"] * figures.outlook.harvest / np.maximum(tonnes, 1e-12)
    return tonnes * figures.kcal * figures.worth, room


def _voucher(figures: _Figures, law: dict[str, Floats]) -> tuple[Floats, Floats]:
    tonnes = law["added"] * law["response"] / 1000.0 / law["cost"]
    return tonnes * figures.kcal * figures.worth, figures.outlook.nitrogen * law["cost"]


def _transfer(figures: _Figures, law: dict[str, Floats]) -> tuple[Floats, Floats]:
    saved = 1.0 / law["cost"]
    shop = figures.outlook.price * law["retail"]
    above = np.maximum(figures.outlook.fee[:, None] - law["target"], 0.0)
    # Food bought in a shop is eaten whole: the share of a tonne that goes to feed does not apply.
    kcal = 1000.0 * figures.outlook.kcal_per_kg[:, None]
    gain = saved * law["food"] * kcal * figures.worth / shop
    return gain, figures.outlook.remittances * above * law["cost"]


_WORKS: dict[Works, Callable[[_Figures, dict[str, Floats]], tuple[Floats, Floats]]] = {
    "ration": _ration, "purchase": _purchase, "stock": _stock, "transport": _transport, "field": _field,
    "voucher": _voucher, "transfer": _transfer,
}  # fmt: skip
