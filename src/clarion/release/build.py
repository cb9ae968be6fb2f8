"""Make a release that singles nobody out, or say why there is none."""

from __future__ import annotations

from dataclasses import replace

from clarion.release.amounts.printed import Tables
from clarion.release.calendar import following, joined
from clarion.release.folder import Release
from clarion.release.merge import by_merging, can_merge, merge_all
from clarion.release.people import People, tabulate
from clarion.release.search import Built, Search
from clarion.release.spec import Spec

_TOO_EMPTY = 0.5  # of a table's numbers: then it is shown by groups, where there are any


def build(people: People, spec: Spec, earlier: list[Release], seed: int = 0, sums: Tables = None) -> Built:
    """Print the tables as asked; where they single somebody out, round to fives, merge categories up a hierarchy,
    leave numbers empty, keep tables for the next release: in this order. ``sums``: the tables of sums that go with it;
    if nothing else helps they wait too.

    The choice looks at the printed numbers only, never at the list. Raises as ``begin``.
    """
    spec = _with_population(people, spec)
    built = _try(people, spec, earlier, seed, sums)
    if built.release is None and spec.rule != "round5":
        again = _try(people, replace(spec, rule="round5", requested=spec.rule), earlier, seed, sums)
        built = replace(again, steps=[f"rounded to fives in place of {spec.rule}", *again.steps])
    if built.release is None and sums:  # a printed sum says that it has k contributors: that may be too much
        without = build(people, replace(spec, held=(*spec.held, *sums)), earlier, seed)
        built = replace(without, steps=["the sums wait for the next release", *without.steps])
    return built


def waiting(spec: Spec, earlier: list[Spec]) -> dict[str, str]:
    """What a release that is held becomes part of: ``join``, the wider period (counts within a period) or the next one
    (cumulative counts, which tell of these people too); nothing where there is no calendar."""
    if not spec.calendar:
        return {}
    return {"join": following(spec) if spec.counts == "cumulative" else joined(spec, earlier)}


def _with_population(people: People, spec: Spec) -> Spec:
    """A population above the number of recipients is a bound."""
    if spec.population is None:
        return spec
    return replace(spec, population_is="total" if people.total() == spec.population else "at most")


def _try(people: People, spec: Spec, earlier: list[Release], seed: int, sums: Tables) -> Built:
    """One rule. Only rounded tables are mended: an empty number among exact or suppressed ones would say too much."""
    steps: list[str] = []
    if spec.rule == "round5" and spec.hierarchy and (built := by_merging(people, spec, earlier, seed, sums)):
        return built
    while True:
        whole = tabulate(people, spec, sums)
        built = Search(whole, earlier, seed).run(spec.rule == "round5")
        if built.release is None and spec.rule != "round5":
            return built
        crowded = _too_empty(built.release or whole, spec, failed=built.release is None)
        if crowded is None:
            return replace(built, steps=steps + built.steps)
        coarser = next((d for d in spec.tables[crowded] if can_merge(spec, crowded, d)), None)
        if coarser:
            spec = merge_all(spec, crowded, coarser)
            steps.append(f"{crowded} shows groups of {coarser}")
        elif len(spec.held) + 1 < len(spec.tables):
            spec = replace(spec, held=(*spec.held, crowded))
            steps.append(f"{crowded} waits for the next release")
        else:
            return Built(None, built.judgement, [*steps, "no table could be published"])


def _too_empty(release: Release, spec: Spec, failed: bool) -> str | None:
    """The table with most empty numbers: if nothing passed, or if it can be shown by groups and half of it is empty."""
    share = {name: sum(c.text == "" for c in cells) / len(cells) for name, cells in release.tables.items()}
    grouped = {
        name: value
        for name, value in share.items()
        if value > _TOO_EMPTY and any(can_merge(spec, name, d) for d in spec.tables[name])
    }
    chosen = share if failed else grouped
    return max(chosen, key=lambda name: (chosen[name], len(release.tables[name])), default=None)
