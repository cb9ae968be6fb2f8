"""A country's loss of a commodity by partner, as steps in a unit that fits the size of the loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clarion.locale import gettext
from clarion.pictures.charts import Frame, Step, waterfall
from clarion.pictures.words import number
from clarion.spillover.service.words import commodity_name
from clarion.vocab import place

MOST_PARTNERS = 6
# From so many tonnes in the longest step on: below it a unit would round what small countries lose to a digit or none.
_UNITS = ((1e7, 1e6), (1e4, 1e3), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Partners:
    """Steps in ``unit``: what each supplier no longer sends, what makes up for it, what is missing in the end."""

    steps: Sequence[Step]
    unit: str
    axis: str

    def picture(self, item: str, language: str, *, standalone: bool = False) -> str:
        """The steps as SVG."""
        title = gettext("%(item)s: the loss by partner, central run", language) % {
            "item": commodity_name(item, language)
        }
        said = gettext("Each step begins where the one before ended; the table has the same figures.", language)
        return waterfall(self.steps, Frame(title, said, language, f"loss-{item}", standalone), axis=self.axis)


def partners(found: Mapping[str, Any], language: str) -> Partners:
    """The steps of ``Waterfall.to_dict``."""
    parts = found["parts"]
    named = [(place(p["iso3"]).name(language), p["tonnes"]) for p in parts[:MOST_PARTNERS]]
    if rest := sum(p["tonnes"] for p in parts[MOST_PARTNERS:]):
        named.append((gettext("Others", language), rest))
    given_back = (
        (gettext("New suppliers", language), -found["bought"]),
        (gettext("Stocks and savings", language), -found["eased"]),
        (gettext("Other staples", language), -found["replaced"]),
    )
    named += [(label, tonnes) for label, tonnes in given_back if abs(tonnes) >= 0.5]
    named.append((gettext("Missing in the end", language), found["lost"]))
    longest = max(abs(tonnes) for _, tonnes in named)
    scale = next(scale for least, scale in _UNITS if longest >= least)
    digits = 1 if longest / scale < 100 else 0
    steps = [
        Step(label, tonnes / scale, number(tonnes / scale, language, digits), i == len(named) - 1)
        for i, (label, tonnes) in enumerate(named)
    ]
    return Partners(steps, *_words(scale, language))


def _words(scale: float, language: str) -> tuple[str, str]:
    """The unit as a column's head and as an axis says it."""
    if scale == 1e6:
        return gettext("million tonnes", language), gettext("million tonnes over all months", language)
    if scale == 1e3:
        return gettext("thousand tonnes", language), gettext("thousand tonnes over all months", language)
    return gettext("tonnes", language), gettext("tonnes over all months", language)
