"""Children and women among those affected, as far as a share of the population goes.

Nobody publishes intake by age or sex within a country, so a group's part is its part of the population: an assumption
that spares the groups which eat last, and is said with every figure. Where the share is not loaded the answer is "not
known".
"""

from __future__ import annotations

from dataclasses import replace

from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.vocab import Estimate, Interval, Phrase

GROUPS = {"children": "children_0_14_pct", "women": "women_pct"}
"""Groups, to the indicator of their share: World Bank, fetched as wb-children and wb-women."""


def of_group(group: str, people: Estimate, iso3: str, indicators: Indicators) -> Estimate:
    """The group's part of an estimate of people or person-days; ``indicators`` hold ``GROUPS``' names.

    Raises
    ------
    KeyError: there is no such group.
    """
    name = GROUPS[group]
    if people.value is None:
        return people
    figure = indicators.latest(iso3, name)
    if figure is None:
        return Estimate.not_known(
            people.unit,
            Phrase("The share of {group} among its people is not loaded: fetch {source}.",
                   group=_named(group), source=f"wb-{group}"),
        )  # fmt: skip
    share = figure.value / 100.0
    method = Phrase(
        "{share:.0%} of the population ({year}), as if all ages and sexes were hit alike; who eats last is hit harder",
        share=share, year=figure.period,
    )  # fmt: skip
    interval = people.interval
    return replace(
        people, value=people.value * share, method=method, provenance=(*people.provenance, figure.provenance),
        interval=Interval(interval.low * share, interval.high * share, interval.level) if interval else None,
    )  # fmt: skip


def _named(group: str) -> Phrase:
    return Phrase("children under 15") if group == "children" else Phrase("women and girls")
