"""A year without a shock, from one draw's yearly figures. Compiled; import only where draws are run."""

from __future__ import annotations

from clarion.compute.kernel import kernel


@kernel()
def baseline(m, start, world, flows, grown, carry, keep, year, path):  # type: ignore[no-untyped-def]
    """Item ``m``: fills ``year`` = (harvest, exports, imports, use, held back) (5, N), tonnes a year, and ``path``
    (13, N), the stock before the first month and at the end of each of the year's twelve.

    Working stock is the least that keeps the path from falling under ``carry``, the stock at the year's lowest. Where
    figures have more leave than there is, the harvest is topped up to a use of zero, as the yearly cascade does.
    """
    first, exporter, importer, season, pace = world
    harvest, exports, imports, use, held = year
    n = len(carry)
    for i in range(n):
        exports[i] = 0.0
        imports[i] = 0.0
        held[i] = 0.0
        for s in range(13):
            path[s, i] = 0.0
    for k in range(first[m], first[m + 1]):
        exports[exporter[k]] += flows[k]
        imports[importer[k]] += flows[k]
        held[exporter[k]] += flows[k] * (1.0 - keep[k])
        for s in range(12):  # arrivals follow the pace of each seller
            path[s + 1, importer[k]] += flows[k] * pace[m, exporter[k], (start + s) % 12]
    for i in range(n):
        harvest[i] = max(grown[i], exports[i] - imports[i])
        use[i] = max(harvest[i] + imports[i] - exports[i], 0.0)
        lowest = 0.0
        for s in range(12):
            month = (start + s) % 12
            step = path[s + 1, i] + harvest[i] * season[m, i, month] - exports[i] * pace[m, i, month] - use[i] / 12.0
            path[s + 1, i] = path[s, i] + step
            lowest = min(lowest, path[s + 1, i])
        path[12, i] = 0.0  # a year's flows cancel; what rounding leaves must not pile up over years
        for s in range(13):
            path[s, i] += carry[i] - lowest
