"""Which source rows stand behind a country's figures."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from clarion.spillover.engine.exposure.study import Study
from clarion.vocab import Provenance

Trail = tuple[Provenance, ...]


class Trails:
    """The trails of a study's countries, by their position.

    ``own`` are a country's purchases and its harvest; ``through`` are these and what its suppliers bought from the
    origins, one step back. Longer chains are not cited: they are the whole table.
    """

    def __init__(self, worked: Study) -> None:
        self._tables, self._picture = worked.tables, worked.picture
        flows = worked.picture.direct
        from_origins = np.isin(np.array(flows.countries), worked.question.origins)[flows.exporter]
        self._bought_there: dict[int, list[int]] = {}
        for k in np.flatnonzero(from_origins):
            self._bought_there.setdefault(int(flows.importer[k]), []).extend(flows.rows[k])

    def own(self, i: int) -> Trail:
        """Purchases and harvest."""
        return self._cited(i, ())

    def through(self, i: int) -> Trail:
        """These, and what suppliers bought from the origins."""
        suppliers = (int(self._picture.direct.exporter[k]) for k in self._picture.direct.bought_by(i))
        return self._cited(i, (row for supplier in suppliers for row in self._bought_there.get(supplier, ())))

    def _cited(self, i: int, more: Iterable[int]) -> Trail:
        flows = self._picture.direct
        lines = {row for k in flows.bought_by(i) for row in flows.rows[k]} | set(more)
        sources = [self._tables.trade_flows.cite(tuple(sorted(lines)))] if lines else []
        if harvest := self._picture.production_rows[i]:
            sources.append(self._tables.production.cite(harvest))
        return tuple(sources)
