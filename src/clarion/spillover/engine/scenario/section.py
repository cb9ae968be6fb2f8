"""Reading one table of a scenario: every key is asked for by name, and each complaint names its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from clarion.errors import ScenarioError, UnknownName
from clarion.spillover.engine.scenario.positions import Path
from clarion.spillover.engine.scenario.ranges import Range
from clarion.vocab import UNSEEN, Phrase, commodity, place, visible

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_NAME, MOST_WORDS, MOST_QUOTED = 300, 4000, 80
_NAMES = ("name", "title")
_ENDLESS = 1e300  # a whole number of more digits is no float


@dataclass(frozen=True, slots=True)
class Text:
    """The file that a scenario comes from: its name, and the line of each key (none for a form)."""

    where: str
    lines: Mapping[Path, int] = field(default_factory=dict)

    def error(self, what: str, path: Path, next_step: str, **details: Any) -> ScenarioError:
        """A ScenarioError that names file, line and key; the nearest table's line where the key is missing."""
        line = next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)
        key = spell(path)
        parts = (self.where, Phrase("line {line}", line=line) if line else "", key)
        where = Phrase.joined(tuple(p for p in parts if p), ", ")
        return ScenarioError(
            what, where=where, next_step=next_step, file=self.where, line=line, key=key,
            **details,
        )  # fmt: skip


def spell(path: Path) -> str:
    """A path as people write it: ``shocks[0].fraction``."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{visible(short(p))}" for p in path).lstrip(".")


def short(text: str) -> str:
    """``text`` as an error quotes it: cut where it is long."""
    return text if len(text) <= MOST_QUOTED else f"{text[: MOST_QUOTED - 1]}…"


def did_you_mean(word: str, known: tuple[str, ...]) -> Phrase:
    """ "Did you mean X?" for a near miss, and always the whole list."""
    near = get_close_matches(short(word).lower(), known, 1, 0.6)
    valid = Phrase("Valid here: {names}.", names=known)
    return Phrase.joined((Phrase("Did you mean {name}?", name=near[0]), valid), " ") if near else valid


class Section:
    """One table of the file; ``known`` are its valid keys, and any other is refused at once."""

    def __init__(self, data: Any, path: Path, text: Text, known: tuple[str, ...]) -> None:
        self.path, self.text = path, text
        if not isinstance(data, dict):
            what = Phrase("{key} must be a table of keys.", key=spell(path))
            raise self.error(what, next_step=Phrase("Valid here: {names}.", names=known))
        self.data: dict[str, Any] = data
        for key in data:
            self._legible(key, MOST_NAME, key)
            if key not in known:
                hint = did_you_mean(key, known)
                raise self.error(
                    Phrase("There is no key {key!r} here.", key=short(key)), key, next_step=hint, known=list(known)
                )

    def error(self, what: str, *key: str | int, next_step: str, **details: Any) -> ScenarioError:
        return self.text.error(what, (*self.path, *key), next_step, **details)

    def required(self, key: str, example: str) -> Any:
        if key not in self.data:
            step = Phrase("Add, for example: {line}", line=f"{key} = {example}")
            raise self.error(Phrase("The key {key!r} is missing.", key=key), key, next_step=step)
        return self.data[key]

    def string(self, key: str, example: str = "", *, needed: bool = True) -> str:
        """A text of letters that can be seen; with ``needed`` it must be there and not be blank."""
        value = self.required(key, f'"{example}"') if needed else self.data.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            step = Phrase("Write: {line}", line=f'{key} = "{example or "..."}"')
            raise self.error(Phrase("{key} must be a text.", key=key), key, next_step=step)
        self._legible(value, MOST_NAME if key in _NAMES else MOST_WORDS, key)
        return value.strip()

    def slug(self, key: str, example: str) -> str:
        """A short name of small letters, digits and hyphens, safe in addresses and file names."""
        value = self.string(key, example)
        if not _SLUG.fullmatch(value) or len(value) > 64:
            step = Phrase(
                "Use small letters, digits and single hyphens, at most 64, such as {example}.", example=example
            )
            what = Phrase("{key} is {value!r}, which is not a short name.", key=key, value=short(value))
            raise self.error(what, key, next_step=step)
        return value

    def strings(self, key: str) -> list[tuple[int, str]]:
        """A list of texts without repeats, each with its position; an absent key is an empty list."""
        values = self.data.get(key, [])
        if not isinstance(values, list):
            step = Phrase("Write: {line}", line=f'{key} = ["...", "..."]')
            raise self.error(Phrase("{key} must be a list.", key=key), key, next_step=step)
        seen: set[str] = set()
        for i, value in enumerate(values):
            if not isinstance(value, str):
                what = Phrase("{key} holds {value!r}, not a text.", key=key, value=short(str(value)))
                raise self.error(what, key, i, next_step=Phrase("Put it in quotation marks."))
            self._legible(value, MOST_NAME, key, i)
            if value in seen:
                what = Phrase("{key} names {value!r} twice.", key=key, value=short(value))
                raise self.error(what, key, i, next_step=Phrase("Remove one of the two."))
            seen.add(value)
        return list(enumerate(values))

    def country(self, key: str) -> str:
        return self._country(self.string(key, "UKR"), key)

    def countries(self, key: str) -> tuple[str, ...]:
        return tuple(self._country(code, key, i) for i, code in self.strings(key))

    def commodities(self, key: str) -> tuple[str, ...]:
        found = []
        for i, name in self.strings(key):
            try:
                found.append(commodity(short(name)).id)
            except UnknownName as error:
                hint = did_you_mean(name, tuple(error.details["known"]))
                raise self.error(error.what, key, i, next_step=hint, known=error.details["known"]) from None
        return tuple(found)

    def range(self, key: str, low: float, high: float, default: Range | None = None) -> Range:
        """A number from ``low`` to ``high``, or a list ``[lowest, most likely, highest]`` of such numbers."""
        if default is not None and key not in self.data:
            return default
        value = self.required(key, "0.5, or [0.3, 0.5, 0.8] for lowest, most likely, highest")
        numbers = value if isinstance(value, list) else [value]
        for i, number in enumerate(numbers):
            at = (key, i) if isinstance(value, list) else (key,)
            if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) < _ENDLESS:
                what = Phrase("{key} holds {value!r}, which is not a number.", key=key, value=short(str(number)))
                raise self.error(what, *at, next_step=Phrase("Write 0.5, say."))
            if not low <= number <= high:
                step = Phrase("Use a number from {low} to {high}.", low=f"{low:g}", high=f"{high:g}")
                if high == 1 and 1 < number <= 100:
                    written = {"percent": f"{number:g}", "fraction": f"{number / 100:g}"}
                    step = Phrase.joined((step, Phrase("For {percent} percent write {fraction}.", **written)), " ")
                bounds = {"low": f"{low:g}", "high": f"{high:g}"}
                what = Phrase("{key} is {value}, outside {low} to {high}.", key=key, value=f"{number:g}", **bounds)
                raise self.error(what, *at, next_step=step, value=number, low=low, high=high)
        if len(numbers) not in (1, 3):
            step = Phrase(
                "Write one number, or three (lowest, most likely, highest): {line}", line=f"{key} = [0.3, 0.5, 0.8]"
            )
            raise self.error(Phrase("{key} holds {count} numbers.", key=key, count=len(numbers)), key, next_step=step)
        first, middle, last = (float(n) for n in (numbers * 3 if len(numbers) == 1 else numbers))
        if not first <= middle <= last:
            step = Phrase("Put the smallest first: {line}", line=f"{key} = {sorted(numbers)}")
            raise self.error(Phrase("{key} is not in rising order.", key=key), key, next_step=step)
        return Range(first, middle, last)

    def _legible(self, value: str, most: int, *key: str | int) -> None:
        name = next(visible(short(part)) for part in reversed(key) if isinstance(part, str))
        if len(value) > most:
            step = Phrase("Keep it under {most:,.0f} letters.", most=most)
            raise self.error(Phrase("{key} is too long.", key=name), *key, next_step=step)
        if UNSEEN.search(value):
            step = Phrase("Type it anew: it has control characters, or marks that turn the order of letters around.")
            raise self.error(Phrase("{key} holds letters that cannot be seen.", key=name), *key, next_step=step)

    def _country(self, code: str, *key: str | int) -> str:
        code = short(code)
        try:
            found = place(code)
        except UnknownName as error:
            raise self.error(error.what, *key, next_step=error.next_step, code=code) from None
        if found.historic:
            step = Phrase("Use its successors: {codes}.", codes=found.successors)
            raise self.error(Phrase("{code} no longer exists.", code=code), *key, next_step=step, code=code)
        return found.iso3
