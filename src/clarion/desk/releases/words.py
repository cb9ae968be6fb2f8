"""What the register's pages say, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from clarion.desk.templatetags.clarion import figure
from clarion.pictures.marked_grid import Kind
from clarion.release.spec import Spec


def sentence(answer: Mapping[str, Any]) -> str:
    """The answer in one sentence."""
    if answer["verdict"] == "certified":
        return ngettext(
            "%(released)s of %(requested)s numbers is published; nobody is singled out under the stated knowledge.",
            "%(released)s of %(requested)s numbers are published; nobody is singled out under the stated knowledge.",
            answer["released"],
        ) % {"released": figure(answer["released"]), "requested": figure(answer["requested"])}
    groups = answer["counts"]["groups"]
    bad, unsure = groups.get("disclosed", 0), groups.get("undecided", 0)
    if bad:
        return ngettext(
            "Nothing may leave: %(bad)s group would be given away.",
            "Nothing may leave: %(bad)s groups would be given away.", bad,
        ) % {"bad": figure(bad)}  # fmt: skip
    return ngettext(
        "Nothing may leave: of %(unsure)s group it cannot be shown that it is safe.",
        "Nothing may leave: of %(unsure)s groups it cannot be shown that they are safe.", unsure,
    ) % {"unsure": figure(unsure)}  # fmt: skip


def legend() -> dict[Kind, str]:
    """What the kinds of cells mean."""
    return {
        "good": gettext("certified: absent or large in enough of the databases that agree"),
        "empty": gettext("left empty: certified, its number is not given"),
        "bad": gettext("disclosed: proved to be a small group"),
        "unsure": gettext("undecided: not proved, but likely a small group"),
        "plain": gettext("not given away"),
    }


def status(kind: Kind) -> str:
    """One word for a cell of the table."""
    return {
        "good": gettext("certified"), "empty": gettext("left empty"), "bad": gettext("disclosed"),
        "unsure": gettext("undecided"), "plain": gettext("not given away"),
    }[kind]  # fmt: skip


def between(low: int | None, high: int | None, worked: bool) -> str:
    """An attacker's bounds in words."""
    if not worked or low is None:
        return gettext("not worked out")
    if high is None:
        return gettext("%(low)s and more") % {"low": figure(low)} if low else gettext("nothing")
    if low == high:
        return gettext("exactly %(low)s") % {"low": figure(low)}
    return gettext("%(low)s to %(high)s") % {"low": figure(low), "high": figure(high)}


def briefly(low: int | None, high: int | None, worked: bool) -> str:
    """The same in signs, for a cell of a picture."""
    if not worked or low is None:
        return "…"
    if high is None:
        return f"≥ {figure(low)}"
    return f"= {figure(low)}" if low == high else f"{figure(low)}–{figure(high)}"


def done(spec: Spec, learned: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the gate did to the tables that were asked for; ``learned``: the groups with what is printed of each."""
    empty = sum(row["printed"] == "" for row in learned)
    steps = [gettext("Numbers were rounded to fives in place of the rule that was asked for.")] * bool(spec.requested)
    if empty:
        steps.append(ngettext("%(empty)s number was left empty.", "%(empty)s numbers were left empty.", empty)
                     % {"empty": figure(empty)})  # fmt: skip
    for table, dimensions in spec.merged.items():
        steps.append(
            gettext("%(table)s shows groups of: %(names)s.") % {"table": table, "names": ", ".join(dimensions)}
        )
    steps += [
        gettext("%(table)s counts people outside Russia and the occupied territories only.") % {"table": table}
        for table in spec.outside
    ]
    for table in spec.held:
        steps.append(gettext("%(table)s waits for the next release.") % {"table": table})
    if spec.merged or spec.outside:
        steps.append(gettext("Numbers of such tables that belong to none of the groups here stand in the files alone."))
    return steps


def group_name(group: Mapping[str, str]) -> str:
    """A group as its dimensions and categories."""
    return ", ".join(f"{dimension}: {category}" for dimension, category in group.items()) or gettext("all people")
