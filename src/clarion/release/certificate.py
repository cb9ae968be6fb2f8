"""Certificates: the databases that show that a release singles nobody out, and what that rests on."""

from __future__ import annotations

import json
from typing import Any

from clarion.release.amounts.printed import write_sums
from clarion.release.checker import FORMAT
from clarion.release.folder import SPEC, Release, digest
from clarion.release.judge import Judgement
from clarion.release.model import Ints
from clarion.release.published import write_table
from clarion.release.targets import SHARE, SOME, WIDTH
from clarion.vocab import Phrase

ASSUMES = (
    Phrase(
        "The attacker has this release, all earlier ones that it names (private reports to donors too), the number of "
        "all recipients where 'population' is given, the facts under 'known', and the rules by which numbers are "
        "printed."
    ),
    Phrase("Nobody counted leaves a cumulative count again, and nobody changes category."),
    Phrase(
        "Before anything is published the size of a group of two categories has a Gamma-Poisson prior of shape one "
        "half."
    ),
)
DOES_NOT_COVER = (
    Phrase(
        "What an attacker knows beside that: a leaked bank file, a member's own record. Declare it under 'known' and "
        "check again."
    ),
    Phrase("Groups of three categories and more."),
    Phrase("How likely it is that few people of a group came over several releases; only that it is not proved."),
    Phrase("That everybody in a group shares a trait, where the group is large."),
    Phrase(
        "Which numbers were left empty: the choice follows from the printed numbers by a public rule, and an attacker "
        "who runs the rule backwards learns a little of what the empty numbers would have been."
    ),
)
OF_SUMS = Phrase(
    "That no contributor's amount can be told from the sums within p per cent: this rests on the list, which is not "
    "here. 'commitment' binds the publisher to it; whoever is shown the list and the opening can decide the sums again."
)


def release_texts(release: Release) -> dict[str, str]:
    """What is written to the folder, but for the certificate: file name to content."""
    spec = json.dumps(release.spec.to_dict(), ensure_ascii=False, indent=1) + "\n"
    texts = {SPEC: spec, **{name: write_table(release.spec, name, cells) for name, cells in release.tables.items()}}
    if release.spec.amounts:
        texts |= {name: write_sums(release.spec.amounts, name, sums) for name, sums in release.sums.items()}
    return texts


def certify(release: Release, earlier: list[Release], judgement: Judgement, commitment: str = "") -> str:
    """The text of ``certificate.json``; ``commitment`` to the list behind the sums, where there are any."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "release": release.spec.id,
        "sha256": digest({name: text.encode() for name, text in release_texts(release).items()}),
        "earlier": {r.spec.id: r.sha256 for r in earlier},
        "k": release.spec.k,
        "share": SHARE,
        "share_over_several_releases": SOME,
        "width": WIDTH,
        "exact_population": True,
        "assumes": ASSUMES,
        "does_not_cover": [*DOES_NOT_COVER, *([OF_SUMS] if release.sums else [])],
        "databases": [_encoded(database) for database in judgement.databases],
    }
    if release.sums:
        said["amounts"] = {"commitment": commitment}
    return json.dumps(said, ensure_ascii=False, indent=0) + "\n"


def _encoded(database: Ints) -> str:
    """Occupied cells as numbers slot * cells + cell, with "x2" where there are two people, and so on."""
    flat = database.reshape(-1)
    return " ".join(str(i) if flat[i] == 1 else f"{i}x{flat[i]}" for i in flat.nonzero()[0])
