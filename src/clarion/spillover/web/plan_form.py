"""The form of a support plan: its fields to the data of a plan file, and the same fields shown again as typed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from clarion.desk.language import reader_language
from clarion.errors import ClarionError, InputError
from clarion.spillover.engine.support import shipped_measures
from clarion.spillover.service.support.brief import cost_words
from clarion.spillover.service.support.results import MILLION

BUDGET, SLIDER_MOST, MOST_MILLIONS = 100.0, 1000.0, 1e6
FLOOR = 20.0  # per cent, where no share is given
EARMARKS = 3
_KEY = re.compile(r"(\w+)(?:\[(\d+)\])?")

_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")  # 1,000 is a thousand in English and one in Russian


class PlanForm:
    """The fields of one request; ``get`` is its query.

    A query that the page's own form did not send may leave out what it does not change: without a budget it is that of
    the first look, without a menu the whole menu. The form itself leaves out a measure only when its box is empty.
    """

    def __init__(self, get: Mapping[str, str]) -> None:
        self.get = get
        self.sent = "was" in get

    def asked(self) -> dict[str, Any]:
        """What is asked, in the form of a plan file.

        Raises
        ------
        InputError: a field that is not a number, or a row that is not complete; ``field`` names it.
        """
        data: dict[str, Any] = {"budget": self._budget()}
        menu = self._menu()
        if not menu:
            raise InputError(gettext("No measure is chosen."), next_step=gettext("Choose at least one."),
                             field=f"menu-{shipped_measures()[0].id}")  # fmt: skip
        if len(menu) < len(shipped_measures()):
            data["menu"] = menu
        if changes := self._changes(menu):
            data["measures"] = changes
        if lots := self._lots(menu):
            data["lots"] = lots
        if earmarks := [row for i in range(EARMARKS) if (row := self._earmark(i))]:
            data["earmarks"] = earmarks
        if floor := self._floor():
            data["floor"] = floor
        if self._text("risk"):
            data["risk"] = self._number("risk", gettext("The weight of the worst cases"))
        return data

    def shown(self) -> dict[str, Any]:
        """What the fields show: as typed, right or wrong."""
        budget = self._shown_budget()
        return {
            "budget": budget, "slider": self._slider(budget), "slider_most": f"{SLIDER_MOST:g}",
            "measures": [self._measure(m) for m in shipped_measures()],
            "floor": self._text("floor"), "floor_share": self._text("floor-share") or f"{FLOOR:g}",
            "floor_countries": self._text("floor-countries"),
            "risk": self._text("risk") or "0",
            "earmarks": [
                {"i": i, "number": i + 1, "open": bool(self._text(f"e-name-{i}"))}
                | {name: self._text(f"e-{name}-{i}") for name in ("name", "amount", "countries", "measure")}
                for i in range(EARMARKS)
            ],
            "menu": [(m.id, m.title) for m in shipped_measures()],
        }  # fmt: skip

    def field_of(self, error: ClarionError) -> str:
        """The id of the field that an error speaks of; empty where none fits."""
        if error.details.get("field"):
            return str(error.details["field"])
        match = _KEY.match(str(error.details.get("key") or error.where or ""))
        name = match[1] if match else ""
        inner = str(error.details.get("key") or "").rpartition(".")[2]
        of_countries = inner.startswith("countries")
        if name == "earmarks":
            return f"e-{'countries' if of_countries else 'amount'}-{self._row(int(match[2] or 0)) if match else 0}"
        if name == "floor" and of_countries:
            return "p-floor-countries"
        return {"budget": "p-budget", "floor": "p-floor-share", "risk": "p-risk"}.get(name, "")

    @staticmethod
    def in_menu(field: str) -> bool:
        """Whether a field stands in the part of the form that is folded away: the menu."""
        return field.partition("-")[0] in ("menu", "cost", "most", "lot")

    def _row(self, earmark: int) -> int:
        filled = [i for i in range(EARMARKS) if self._text(f"e-name-{i}") or self._text(f"e-amount-{i}")]
        return filled[earmark] if earmark < len(filled) else 0

    def _text(self, name: str) -> str:
        return self.get.get(name, "").strip()

    def _number(self, name: str, label: str) -> float:
        text = self._text(name)
        if _GROUPED.fullmatch(text):
            raise InputError(
                gettext("%(field)s can be read in two ways: %(text)s.") % {"field": label, "text": text},
                next_step=gettext("Leave out commas that part thousands; a point or comma parts the decimals."),
                field=_id(name),
            )  # fmt: skip
        try:
            value = float(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise InputError(gettext("%(field)s is not a number.") % {"field": label},
                             next_step=gettext("Write figures, such as 25 or 2.5."), field=_id(name))  # fmt: skip
        return value

    def _money(self, name: str, label: str) -> float:
        """Millions of the form as USD."""
        value = self._number(name, label)
        if not 0 < value <= MOST_MILLIONS:
            raise InputError(
                gettext("%(field)s must be above zero, and at most %(most)s million USD.")
                % {"field": label, "most": f"{MOST_MILLIONS:,.0f}"},
                next_step=gettext("Write figures, such as 25 or 2.5."), field=_id(name),
            )  # fmt: skip
        return value * MILLION

    def _budget(self) -> float:
        """The field that was changed counts; without JavaScript the slider and the number may say different things."""
        if not self.sent and "budget" not in self.get:
            return BUDGET * MILLION
        typed, slid, was = self._text("budget"), self._text("slider"), self._text("was")
        name = "slider" if slid and slid != self._text("slider-was") and typed == was else "budget"
        return self._money(name, gettext("The budget"))

    def _shown_budget(self) -> str:
        try:
            return f"{self._budget() / MILLION:g}"
        except InputError:
            return self._text("budget")

    def _slider(self, budget: str) -> str:
        try:
            return f"{min(max(round(float(budget) / 5) * 5, 5), SLIDER_MOST):g}"
        except (ValueError, OverflowError):  # OverflowError: an endless one
            return f"{BUDGET:g}"

    def _menu(self) -> list[str]:
        chosen = self.get.getlist("menu")  # type: ignore[attr-defined]
        whole = not self.sent and not chosen
        return [m.id for m in shipped_measures() if whole or m.id in chosen]

    def _changes(self, menu: list[str]) -> list[dict[str, Any]]:
        """Measures whose cost or cap was set; a cost left as it stands keeps its range."""
        found = []
        for m in shipped_measures():
            change: dict[str, Any] = {}
            if self._text(f"cost-{m.id}"):
                cost = self._number(f"cost-{m.id}", gettext("The cost"))
                change |= {"cost": cost} if cost != m.cost.mode else {}
            if self._text(f"most-{m.id}"):
                change["most"] = self._money(f"most-{m.id}", gettext("The most for a measure"))
            if change and m.id in menu:
                found.append({"id": m.id} | change)
        return found

    def _lots(self, menu: list[str]) -> list[dict[str, Any]]:
        return [
            {"measure": name, "amount": self._money(f"lot-{name}", gettext("The lot"))}
            for name in menu if self._text(f"lot-{name}")
        ]  # fmt: skip

    def _earmark(self, i: int) -> dict[str, Any]:
        name, amount = self._text(f"e-name-{i}"), self._text(f"e-amount-{i}")
        if not (name or amount):
            return {}
        if not name or not amount:
            raise InputError(
                gettext("Earmark %(number)s is not complete.") % {"number": i + 1},
                next_step=gettext("Give its name and its amount, or empty both."),
                field=f"e-amount-{i}" if name else f"e-name-{i}",
            )  # fmt: skip
        row: dict[str, Any] = {"name": name, "amount": self._money(f"e-amount-{i}", gettext("The amount"))}
        if countries := self._countries(f"e-countries-{i}"):
            row["countries"] = countries
        if measure := self._text(f"e-measure-{i}"):
            row["measures"] = [measure]
        return row

    def _floor(self) -> dict[str, Any]:
        kind, countries = self._text("floor"), self._countries("floor-countries")
        if not kind and countries:
            raise InputError(
                gettext("Countries are named for the floor, but no floor is fixed."),
                next_step=gettext("Choose what each of them gets at least, or empty the field."), field="p-floor",
            )  # fmt: skip
        if not kind:
            return {}
        share = self._number("floor-share", gettext("The floor")) if self._text("floor-share") else FLOOR
        found = {"kind": kind, "share": share / 100.0}
        return found | ({"countries": countries} if countries else {})

    def _countries(self, name: str) -> list[str]:
        """Codes as they are typed, parted by anything that is no letter."""
        return re.findall(r"\w+", self._text(name).upper())

    def _measure(self, m: Any) -> dict[str, Any]:
        cost = [m.cost.low, m.cost.mode, m.cost.high]
        return {
            "id": m.id, "title": m.title, "unit": m.unit, "source": m.source,
            "chosen": m.id in self._menu(), "range": cost_words(cost, reader_language()),
            "cost": self._text(f"cost-{m.id}") or f"{m.cost.mode:g}", "most": self._text(f"most-{m.id}"),
            "lot": self._text(f"lot-{m.id}"),
        }  # fmt: skip


def _id(name: str) -> str:
    """The id of a field by its name."""
    return {"budget": "p-budget", "slider": "p-slider", "floor-share": "p-floor-share", "risk": "p-risk"}.get(
        name, name
    )
