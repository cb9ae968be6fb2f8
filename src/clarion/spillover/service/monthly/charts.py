"""Pictures of a run by month: fans, what drives the uncertainty, likely bans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clarion.locale import gettext, pgettext
from clarion.pictures.charts import Bar, Frame, Point, curve_with_bands, interval_bars
from clarion.pictures.words import percent
from clarion.spillover.service.maps import MONTHS, Address, loss_map
from clarion.spillover.service.monthly.results import Ban, MonthlyResult, Months
from clarion.spillover.service.words import commodity_name
from clarion.vocab import Estimate, Picture, place

MOST_BANS = 12


def months_map(
    result: MonthlyResult, language: str, href: Address | None = None, *, standalone: bool = False
) -> Picture:
    """Energy lost in the end, mean over the months, by country."""
    title = gettext("Energy lost over the months, kcal a person a day", language)
    return loss_map(result.kcal(), language, href, standalone=standalone, title=title, breaks=MONTHS)


def price_fan(item: str, path: Months, language: str, *, standalone: bool = False) -> str:
    """The change of a world price month by month, with its 80 % and outer interval."""
    title = gettext("World price of %(item)s, change against the baseline", language) % {
        "item": commodity_name(item, language)
    }
    return _fan(path, title, language, f"price-{item}", form=".0%", standalone=standalone)


def energy_fan(path: Months, title: str, language: str, prefix: str, *, standalone: bool = False) -> str:
    """Energy lost a person a day month by month."""
    return _fan(path, title, language, prefix, axis=gettext("kcal a person a day", language), standalone=standalone)


def people_fan(path: Months, title: str, language: str, prefix: str, *, standalone: bool = False) -> str:
    """People pushed under the requirement while the month's loss lasts."""
    return _fan(path, title, language, prefix, axis=gettext("people", language), standalone=standalone)


def _fan(
    path: Months, title: str, language: str, prefix: str, *, axis: str = "", form: str = ",~f", standalone: bool
) -> str:
    points = [
        Point(float(i + 1), path.p50[i], path.low[i], path.high[i], path.p10[i], path.p90[i])
        for i in range(len(path.p50))
    ]
    said = gettext("Line: median. Inner band: 80 %%; outer band: %(level)s of the draws. The table has every month.",
                   language) % {"level": percent(path.level, language)}  # fmt: skip
    return curve_with_bands(
        points, Frame(title, said, language, prefix, standalone), axis=axis, form=form,
        below=gettext("months after the shocks begin", language), baseline=0.0,
    )  # fmt: skip


def driver_name(group: str, language: str) -> str:
    """A group of uncertain inputs in the reader's words."""
    names = {
        "data": gettext("errors in the data", language),
        "elasticities": gettext("prices' elasticities", language),
        "stocks": gettext("stocks", language),
        "bans": gettext("export bans", language),
        "behaviour": gettext("conduct of traders", language),
        "severity": gettext("the shocks themselves", language),
        "inputs": gettext("fertiliser and energy", language),
    }
    return names.get(group, group)


def figure_name(figure: str, language: str) -> str:
    """What a breakdown is of, in the reader's words."""
    kind, _, name = figure.partition(":")
    if kind == "people":
        return gettext("person-days under the requirement, all countries", language)
    if kind == "price":
        return gettext("price of %(item)s", language) % {"item": commodity_name(name, language)}
    return gettext("energy lost in %(place)s", language) % {"place": place(name).name(language)}


def tornado(figure: str, shares: Mapping[str, Estimate], language: str, *, standalone: bool = False) -> str:
    """Shares of the variance by group of inputs, the largest first."""
    title = gettext("What drives the uncertainty: %(figure)s", language) % {"figure": figure_name(figure, language)}
    said = gettext("Share of the variance, interactions counted; they sum to more than the whole.", language)
    bars = [
        Bar(driver_name(group, language), share.value, share.interval.low if share.interval else None,
            share.interval.high if share.interval else None, percent(share.value or 0.0, language))
        for group, share in sorted(shares.items(), key=lambda pair: -(pair[1].value or 0.0))
    ]  # fmt: skip
    frame = Frame(title, said, language, f"drivers-{figure.replace(':', '-').lower()}", standalone)
    return interval_bars(bars, frame, form=".0%")


def bans_chart(bans: Sequence[Ban], language: str, *, standalone: bool = False) -> str:
    """Chance that each exporter comes to restrict exports, the likeliest first."""
    title = gettext("Chance of export restrictions that the scenario brings about", language)
    said = gettext("The likeliest; the table has all from one in a hundred on.", language)
    bars = [
        Bar(
            pgettext("exporter and commodity", "%(place)s, %(item)s", language)
            % {"place": place(ban.iso3).name(language), "item": commodity_name(ban.item, language).lower()},
            ban.chance.value, ban.chance.interval.low if ban.chance.interval else None,
            ban.chance.interval.high if ban.chance.interval else None, percent(ban.chance.value or 0.0, language),
        )
        for ban in bans[:MOST_BANS]
    ]  # fmt: skip
    return interval_bars(bars, Frame(title, said, language, "bans", standalone), form=".0%")
