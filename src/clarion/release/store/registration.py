"""Enter a release in the register: once, certified, and proved with every release of its programme that left before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from clarion.access import Actor, require
from clarion.access.store.log import record
from clarion.errors import BusyError, UnknownName
from clarion.release.amounts.verdict import sums_of
from clarion.release.errors import ReleaseError
from clarion.release.folder import CERTIFICATE, Release
from clarion.release.learn import Learned, learned
from clarion.release.model import build_model
from clarion.release.review import REVIEW, review_of
from clarion.release.store import shelf
from clarion.release.store.models import PUBLIC, Programme, Registered
from clarion.release.store.names import DEFAULT, audience_name, programme_name
from clarion.release.verbs import by_certificate, keep_the_rules, released, requested
from clarion.vocab import Phrase

PUBLISH = "desk.publish"


@dataclass(frozen=True)
class Earlier:
    """One registered release: where its files lie, what they hold, its hash."""

    folder: Path
    release: Release
    sha256: str


def earlier(programme: str, entering: str = "") -> list[Earlier]:
    """All registered releases of a programme in the order in which they left, private and withdrawn ones too.

    Raises
    ------
    ReleaseError: the files of one are gone or were changed, or there are files of one (but the one that is being
    entered) that the register does not know; without it nothing can be proved.
    """
    rows = Registered.objects.filter(programme__name=programme_name(programme)).values_list("name", "sha256")
    found = []
    for name, sha256 in rows:
        folder = shelf.place(programme, name)
        found.append(Earlier(folder, shelf.whole(folder, sha256), sha256))
    known = {name for name, _ in rows} | {entering}
    for name in shelf.folders(programme):
        if name not in known:
            raise shelf.stray(programme, name)
    return found


def register(
    actor: Actor, folder: Path, *, programme: str = DEFAULT, audience: str = PUBLIC, permission: str = PUBLISH,
    seconds: float = 60.0, told: Learned | None = None,
) -> Registered:  # fmt: skip
    """Enter the release in ``folder``; its files are copied, and count for every later one of the programme.

    The certificate is checked by the second program first. ``permission`` is that of the room that publishes;
    ``audience`` is ``public`` or the opaque handle of the one who gets it; ``seconds`` bound what is worked for the
    page (``told``, if it is at hand already). The same files a second time are the same release.

    Raises
    ------
    NotAllowed: the actor lacks the permission.
    ReleaseError: it is not certified, another release has its id, it was not proved with all that left before, it
    breaks a rule of the house, or nobody has read the texts that a person must have read.
    BusyError: another release of the programme was registered meanwhile.
    """
    require(actor, permission)
    audience = audience_name(audience)
    programme = programme_name(programme)
    release, files = shelf.contents(folder)
    before = earlier(programme, entering=release.spec.id)
    certificate = shelf.sha256(files[CERTIFICATE])
    kept = Registered.objects.filter(programme__name=programme, name__iexact=release.spec.id).first()
    if kept:
        return _again(kept, release, certificate, audience)
    if release.spec.private and audience == PUBLIC:
        raise ReleaseError("This release is marked as private, so that it cannot go to everybody.",
                           where=release.spec.id, next_step="Say for whom it is: --audience HANDLE")  # fmt: skip
    places = _complete(files[CERTIFICATE], before, folder)
    gaps = keep_the_rules(release.spec, [r.spec for _, r in places])
    with shelf.staged(files, release.spec.id) as staged:
        review = _read(staged, release, folder)
        found = by_certificate(release.spec, staged, [place for place, _ in places])
        if found is None:
            raise ReleaseError(
                "The certificate does not show that everybody is safe.", where=str(folder),
                next_step="Build it anew with: clarion release build",
            )  # fmt: skip
        said = json.loads(files[CERTIFICATE])
        beside: dict[str, Any] = {"gaps": gaps, "review": review | {"sha256": shelf.sha256(files.get(REVIEW, b""))}}
        if release.spec.amounts:
            beside["amounts"] = _sums(release, [r for _, r in places], said, folder)
        if told is None:
            model = build_model(release, [r for _, r in places])
            told = learned(model, release, found["groups"], seconds)
        counts = {"requested": requested(release.spec), "released": released(release),
                  "databases": len(said["databases"]), "assumes": said["assumes"],
                  "does_not_cover": said["does_not_cover"]}  # fmt: skip
        with transaction.atomic():
            Programme.objects.get_or_create(name=programme)
            held = Programme.objects.select_for_update().get(name=programme)
            if set(Registered.objects.filter(programme=held).values_list("sha256", flat=True)) != {
                one.sha256 for one in before
            }:
                raise BusyError(
                    "Another release of this programme left meanwhile.", where=programme,
                    next_step="Build this one anew, so that it is proved with the other.",
                )  # fmt: skip
            shelf.lay_down(staged, programme, release.spec.id)
            row = Registered.objects.create(
                programme=held, name=release.spec.id, audience=audience, sha256=release.sha256, certificate=certificate,
                spec=release.spec.to_dict(), answer={**found, **counts, **beside}, learned=told,
                rests_on=[r.spec.id for _, r in places], registered_by=actor.id,
            )  # fmt: skip
            record(actor, "registered a release", f"{programme}/{row.name}")
    return row


def _again(kept: Registered, release: Release, certificate: str, audience: str) -> Registered:
    if (kept.name, kept.sha256, kept.certificate) != (release.spec.id, release.sha256, certificate):
        raise ReleaseError(
            Phrase("Another release of this programme is called {name!r}, and what left is never replaced.",
                   name=kept.name),
            where=release.spec.id, next_step="Build it under an id of its own, with the other among the earlier ones.",
        )  # fmt: skip
    if kept.audience != audience:
        raise ReleaseError(
            "This release is in the register already, for another audience.", where=release.spec.id,
            next_step="Build one with an id of its own for them.",
        )  # fmt: skip
    return kept


def _read(staged: Path, release: Release, folder: Path) -> dict[str, Any]:
    """The review, if the texts were read or need no reader."""
    found = review_of(staged, release.spec)
    if found["status"] not in ("read", "not needed"):
        raise ReleaseError(
            Phrase("A person must have read the texts: {why}.", why=found["why"]), where=str(folder),
            next_step="Read them with: clarion release review DIR --by HANDLE",
        )  # fmt: skip
    return {key: found[key] for key in ("status", "by", "at") if key in found}


def _sums(release: Release, before: list[Release], certificate: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The state of the sums, if they may leave; the second program has checked what can be told without the list."""
    found = sums_of(release, before, str(certificate.get("amounts", {}).get("commitment", "")), None, "")
    if found["status"] != "certified":
        raise ReleaseError("The certificate does not commit to the list behind the sums.", where=str(folder),
                           next_step="Build it anew with: clarion release build")  # fmt: skip
    return found


def _complete(certificate: bytes, before: list[Earlier], folder: Path) -> list[tuple[Path, Release]]:
    """The registered releases in the certificate's order, if it rests on exactly these."""
    try:
        said = json.loads(certificate)
        rests_on: dict[str, Any] = dict(said["earlier"])
        if not all(isinstance(text, str) for text in [*said["assumes"], *said["does_not_cover"]]):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReleaseError("The certificate is not in its form.", where=str(folder / CERTIFICATE),
                           next_step="Build the release anew.") from error  # fmt: skip
    known = {one.release.spec.id: one for one in before}
    lacking = [name for name, one in known.items() if rests_on.get(name) != one.sha256]
    if lacking:
        raise ReleaseError(
            Phrase("This release was not proved with what left before: {names}.", names=tuple(lacking)),
            where=str(folder), next_step="Build it anew with: clarion release build ... --programme NAME",
        )  # fmt: skip
    strange = [name for name in rests_on if name not in known]
    if strange:
        raise ReleaseError(
            Phrase("This release rests on some that are not in the register: {names}.", names=tuple(strange)),
            where=str(folder), next_step="Register these first, in the order in which they left.",
        )  # fmt: skip
    return [(known[name].folder, known[name].release) for name in rests_on]


def withdraw(actor: Actor, programme: str, name: str, *, permission: str = PUBLISH) -> Registered:
    """Mark a release as withdrawn: it is shown as such and no longer read, and goes on to count as known.

    Raises
    ------
    NotAllowed: the actor lacks the permission.
    UnknownName: there is no such release.
    """
    require(actor, permission)
    with transaction.atomic():
        row = Registered.objects.select_for_update().filter(programme__name=programme, name=name).first()
        if row is None:
            raise UnknownName("There is no such release.", where=f"{programme}/{name}"[:120],
                              next_step="See them all with: clarion release list")  # fmt: skip
        if row.withdrawn_at is None:
            row.withdrawn_at = timezone.now()
            row.save(update_fields=["withdrawn_at"])
            record(actor, "withdrew a release", f"{programme}/{name}")
    return row
