"""Recipes of production: what each country's processes make of what, and where its surplus goes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clarion.errors import InputError, UnknownName
from clarion.vocab import Phrase

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Matrix: TypeAlias = Any
"""A scipy matrix of compressed sparse rows."""

_ROUNDING = 1e-6  # how far printed shares may add up to more than one


@dataclass(frozen=True, eq=False)
class Recipes:
    """The multilayer network of Laber et al. 2023, Nature Food 4, 508: c countries, i items, p processes.

    A state is a vector of c * i amounts (tonnes; animals in heads), country by country, item by item within one; a
    process has the place country * p + process. ``alpha`` (c * i, c * p) turns input into output, ``nu`` (c * p, c * i)
    shares what is used among processes, ``beta`` (c * i) is made from nothing that is modelled. ``used`` and
    ``exported`` (the paper's eta) are shares of the amount, ``trade`` (c * i, c * i) holds in each column who gets what
    an exporter sends. ``start`` and ``stock`` are the amounts of the first step and the stocks added in it.
    ``regions`` are empty for a country without one.

    Raises
    ------
    InputError: parts that do not fit each other, amounts or shares that are negative or no numbers, or shares that
        add up to more than one.
    """

    countries: tuple[str, ...]
    names: tuple[str, ...]
    regions: tuple[str, ...]
    items: tuple[str, ...]
    processes: tuple[str, ...]
    alpha: Matrix
    beta: Floats
    nu: Matrix
    used: Floats
    exported: Floats
    start: Floats
    stock: Floats
    trade: Matrix

    def __post_init__(self) -> None:
        rows, across = len(self.countries) * len(self.items), len(self.countries) * len(self.processes)
        shapes = {"alpha": (rows, across), "nu": (across, rows), "trade": (rows, rows)}
        vectors = ("beta", "used", "exported", "start", "stock")
        for name, shape in (shapes | dict.fromkeys(vectors, (rows,))).items():
            found = getattr(self, name)
            if found.shape != shape:
                _refuse(
                    Phrase("It is {found}; the indexes make it {wanted}.", found=str(found.shape), wanted=str(shape)),
                    name,
                )
            values = found.data if name in shapes else found
            if not (np.isfinite(values).all() and (values >= 0).all()):
                _refuse("It holds values that are negative or no numbers.", name)
        if len(values := self.used + self.exported) and values.max() > 1 + _ROUNDING:
            _refuse("What is used and what is exported add up to more than there is.", "used, exported")
        for name in ("trade", "nu"):
            sums = np.asarray(getattr(self, name).sum(axis=0)).ravel()
            if len(sums) and sums.max() > 1 + _ROUNDING:
                _refuse("The shares in a column add up to more than one.", name)

    @cached_property
    def per_input(self) -> Matrix:
        """What a unit of each amount adds to production: alpha nu, with the share that is used; zeros left out."""
        return _without_zeros(self.alpha @ self.nu @ sparse.diags_array(self.used))

    @cached_property
    def per_export(self) -> Matrix:
        """What a unit of each amount adds to what is received: trade, with the share that is exported."""
        return _without_zeros(self.trade @ sparse.diags_array(self.exported))

    @cached_property
    def leads(self) -> Matrix:
        """Which amount leads on to which, by a recipe or by trade: a column for each, in compressed columns."""
        return sparse.csc_array(self.per_input + self.per_export)

    @cached_property
    def producers(self) -> NDArray[np.bool_]:
        """Which amounts can be made at all (c * i)."""
        makes = np.asarray(self.alpha.sum(axis=1)).ravel() + self.beta
        return np.asarray(makes > 0, dtype=np.bool_)

    def country(self, iso3: str) -> int:
        """The place of a country.

        Raises
        ------
        UnknownName: it is not among these.
        """
        return _position(iso3.strip().upper(), self.countries, "country")

    def item(self, name: str) -> int:
        """The place of an item.

        Raises
        ------
        UnknownName: it is not among these.
        """
        return _position(name, self.items, "item")


def _without_zeros(matrix: Matrix) -> Matrix:
    found = sparse.csr_array(matrix)
    found.eliminate_zeros()
    found.sort_indices()
    return found


def _position(name: str, known: tuple[str, ...], where: str) -> int:
    if name in known:
        return known.index(name)
    from difflib import get_close_matches

    near = tuple(get_close_matches(name, known, 4, 0.3)) or known[:4]
    raise UnknownName(
        Phrase("The recipes have no {name!r}.", name=name), where=where,
        next_step=Phrase("Use a name of theirs, such as {names}.", names=near), known=list(known),
    )  # fmt: skip


def _refuse(what: str, where: str) -> None:
    raise InputError(what, where=where, next_step="Check that all files come from the same release.", part=where)
