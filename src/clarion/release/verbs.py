"""The two verbs: build a release, check one."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

from clarion.release.amounts.verdict import Sums, sums_of
from clarion.release.answer import Target, answer, certified, with_rules
from clarion.release.build import build, waiting
from clarion.release.calendar import keep
from clarion.release.certificate import certify, release_texts
from clarion.release.checker import Unusable, totals_agree
from clarion.release.checker import check as check_certificate
from clarion.release.errors import ReleaseError
from clarion.release.folder import CERTIFICATE, Release, earlier_folders, read_release, read_text, write_release
from clarion.release.judge import Judgement, begin, explain, judge
from clarion.release.people import read_people
from clarion.release.place import keeps, protect
from clarion.release.review import review_of
from clarion.release.spec import Spec, read_known, read_spec


def build_release(people: Path, spec: Path, out: Path, earlier: list[Path], *, seconds: float = 60.0) -> dict[str, Any]:
    """Make a release from a list of people and write it to ``out``, if it singles nobody out.

    The answer is that of ``check_release``, with ``steps`` (what was done to the tables), ``requested`` and
    ``released`` (numbers), ``gaps`` (periods of the calendar without a release), ``join`` (the period that a release
    which cannot be written becomes part of) and the ``opening`` of the sums' commitment, which is nobody else's.
    Raises ReleaseError for input that cannot be used; then nothing is written.
    """
    if out.exists():
        write_release(out, {})  # refuses
    asked = read_spec(read_text(spec), str(spec))
    before = earlier_folders(asked, earlier, out.absolute().parent)
    releases = [release for _, release in before]
    asked = replace(asked, earlier=tuple(dict.fromkeys([*asked.earlier, *(r.spec.id for r in releases)])))
    gaps = keep(asked, [r.spec for r in releases])
    asked, steps = protect(asked)
    counted = read_people(people, asked)
    sums = Sums.decide(people, asked, releases)
    built = build(counted, asked, releases, sums=sums.tables)
    if built.release is None:
        explain(built.judgement, seconds)
    else:
        texts = release_texts(built.release)
        said = certify(built.release, releases, built.judgement, sums.commitment)
        write_release(out, texts | {CERTIFICATE: said})
    found = answer(asked.id, asked.k, _targets(built.judgement), "databases drawn while it was built")
    requested = sum(math.prod(len(asked.dimensions[d]) for d in of) for of in asked.tables.values())
    found |= {"written": str(out) if built.release else None, "steps": steps + sums.steps + built.steps,
              "requested": requested, "released": _released(built.release) if built.release else 0,
              "gaps": gaps}  # fmt: skip
    if built.release is None:
        found |= waiting(asked, [r.spec for r in releases])
        if "join" in found:
            found["steps"].append(f"{asked.period} is held: its people are told of with {found['join']}")
        return found
    found["review"] = review_of(out, built.release.spec)
    return found | sums.told(built.release)


def _released(release: Release) -> int:
    """Numbers that are given as they were asked for: not empty, and of categories that are not merged."""
    given = 0
    for name, cells in release.tables.items():
        of = [release.spec.categories(name, d) for d in release.spec.tables[name]]
        for cell in cells:
            given += cell.text != "" and all(rows[label] == (label,) for rows, label in zip(of, cell.row, strict=True))
    return given


def check_release(
    folder: Path, earlier: list[Path], *, seconds: float = 60.0, known: Path | None = None,
    people: Path | None = None, opening: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Say for every group of up to two categories whether it is certified, disclosed or undecided, and why.

    With a certificate its databases are checked by the second program; without one, or with further facts in the file
    ``known``, the release is attacked. ``people`` and ``opening``: the list behind the certificate's sums, to decide
    them again. ``review`` and ``amounts`` say what is not about counts; either can leave the verdict undecided.

    Raises
    ------
    ReleaseError: a file is missing or not in its form, the certificate is not of these files, or the release breaks a
    rule of the house: its calendar, or support inside Russia below country or year.
    """
    release = read_release(folder)
    before = earlier_folders(release.spec, earlier, folder.absolute().parent)
    releases = [r for _, r in before]
    gaps = keep(release.spec, [r.spec for r in releases])
    keeps(release.spec)
    certificate = _certificate(folder, release.spec, [str(place) for place, _ in before])
    if known is not None:
        facts = read_known(read_text(known), str(known), release.spec)
        release = replace(release, spec=replace(release.spec, known=release.spec.known + facts))
        found = attack_release(release, releases, seconds)
        found["how"] = f"attacked anew with {len(facts)} further facts"
    elif certificate and all(share >= bar for *_, share, bar in certificate["targets"]):
        targets = [certified(group, since, at, share) for group, since, at, share, _ in certificate["targets"]]
        found = answer(release.spec.id, release.spec.k, targets, f"certificate of {certificate['databases']} databases")
    else:
        found = attack_release(release, releases, seconds)
    found |= {"gaps": gaps, "review": review_of(folder, release.spec)}
    if release.spec.amounts:
        found["amounts"] = sums_of(release, releases, (certificate or {}).get("commitment", ""), people, opening)
    return with_rules(found)


def _certificate(folder: Path, spec: Spec, earlier: list[str]) -> dict[str, Any] | None:
    """What the second program finds; None where there is no certificate: then only whether the sums agree."""
    try:
        if not (folder / CERTIFICATE).is_file():
            totals_agree(str(folder), spec.to_dict())
            return None
        return check_certificate(str(folder), earlier)
    except Unusable as fault:
        if not (folder / CERTIFICATE).is_file():
            raise ReleaseError(f"The printed sums contradict each other: {fault}.", where=str(folder),
                               next_step="Correct the tables.") from fault  # fmt: skip
        raise ReleaseError(
            f"The certificate does not hold: {fault}.", where=str(folder / CERTIFICATE),
            next_step="Restore the files that were certified; or remove the certificate: the tables are attacked.",
        ) from fault  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        raise ReleaseError("The certificate is not in its form.", where=str(folder / CERTIFICATE),
                           next_step="Build the release anew.") from fault  # fmt: skip


def attack_release(release: Release, earlier: list[Release], seconds: float) -> dict[str, Any]:
    """Draw databases, then attack every target below the bar."""
    model, walks = begin(release, earlier)
    judgement = judge(model, walks)
    explain(judgement, seconds)
    return answer(release.spec.id, release.spec.k, _targets(judgement), "attacked anew")


def _targets(judgement: Judgement) -> list[Target]:
    model, found = judgement.model, judgement.targets
    slots = model.slots
    told = []
    for s, (first, last) in enumerate(found.spans):
        since = slots[first - 1] if first and model.cumulative else None
        for g, group in enumerate(found.groups):
            share, attacked = float(judgement.share[s, g]), judgement.found.get((s, g))
            if attacked is None:
                told.append(certified(dict(group), since, slots[last], share))
            else:
                told.append(Target(dict(group), since, slots[last], attacked.status, attacked.why, share, attacked.low,
                                   attacked.high))  # fmt: skip
    return told
