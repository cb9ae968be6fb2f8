"""Try a release before it leaves: what would be published, and what an attacker would learn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clarion.access import Actor, require
from clarion.access.store.log import record
from clarion.errors import BusyError, InputError, UnknownName
from clarion.release.folder import SPEC
from clarion.release.people import count_people
from clarion.release.review import listed, record_review
from clarion.release.spec import read_spec
from clarion.release.store import lists, shelf
from clarion.release.store.gate import resting_on
from clarion.release.store.models import PUBLIC, Registered, Trial
from clarion.release.store.names import programme_name
from clarion.release.store.registration import PUBLISH, earlier, register
from clarion.release.texts import need_a_reader

MOST_BYTES = 400_000
"""Of a list that is sent to the desk: below what the web server would put on the disk."""
MOST_WAITING = 2
LIFE = timedelta(days=1)


def start(actor: Actor, people: bytes, spec: bytes, programme: str) -> Trial:
    """Count a list (a CSV file, one row a recipient), forget it, and put the trial in the queue.

    Raises
    ------
    NotAllowed: the actor may not publish.
    InputError, ReleaseError: a file is too large, no UTF-8, or not in its form.
    BusyError: the actor has trials waiting already.
    """
    from clarion.release.store.jobs import try_out

    require(actor, PUBLISH)
    forget_old()
    asked = resting_on(read_spec(_text(spec, "spec.json"), "spec.json"), earlier(programme_name(programme)))
    counted = count_people(_text(people, "people.csv"), asked, "people.csv")
    with transaction.atomic():
        unfinished = Trial.objects.filter(owner=actor.id, status__in=(Trial.Status.WAITING, Trial.Status.RUNNING))
        if unfinished.count() >= MOST_WAITING:
            raise BusyError("You have trials waiting.", where="trial", next_step="Wait for one to end, or remove one.")
        trial = Trial.objects.create(owner=actor.id, programme=programme, spec=asked.to_dict())
        lists.leave(trial.pk, counted)
        record(actor, "tried a release", programme)
    try_out.enqueue(str(trial.pk))
    return trial


def _text(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        raise InputError("The file is too large for the desk.", where=name,
                         next_step="Use the command line for large lists: clarion release build")  # fmt: skip
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("The file is not UTF-8.", where=name, next_step="Save it as UTF-8.") from error


def mine(actor: Actor) -> list[Trial]:
    """The actor's own trials, newest first."""
    require(actor, PUBLISH)
    forget_old()
    return list(Trial.objects.filter(owner=actor.id).order_by("-created_at"))


def get(actor: Actor, pk: UUID) -> Trial:
    """A trial of the actor's own.

    Raises
    ------
    UnknownName: it is somebody else's, was removed, or never was.
    """
    require(actor, PUBLISH)
    forget_old()
    found = Trial.objects.filter(pk=pk, owner=actor.id).first()
    if found is None:
        raise UnknownName("There is no such trial; each is removed after a day.", next_step="Send the list again.")
    return found


def remove(actor: Actor, pk: UUID) -> None:
    """Remove a trial and its list. One that is being worked ends on its own and leaves nothing."""
    found = get(actor, pk)
    lists.drop(found.pk)
    found.delete()


def publish(actor: Actor, pk: UUID, audience: str = PUBLIC, *, read: bool = False) -> Registered:
    """Register what a trial made, and remove the trial. ``read``: the actor has read every text of it (``unread``).

    Raises
    ------
    InputError: nothing that may leave was made, or a person must read its texts first.
    BusyError, ReleaseError: as ``register``, such as where another release left meanwhile.
    """
    found = get(actor, pk)
    if not found.texts:
        raise InputError("This trial made nothing that may leave.", where="trial",
                         next_step="Ask for fewer tables or for coarser categories.")  # fmt: skip
    if unread(found) and not read:
        raise InputError("A person must read the texts of this release before it leaves.", where="trial",
                         next_step="Read them on the trial's page, and say so there.")  # fmt: skip
    name = found.spec["id"]
    with shelf.staged({file: text.encode() for file, text in found.texts.items()}, name) as folder:
        if unread(found):
            record_review(folder, f"account-{actor.id}")
        row = register(actor, folder, programme=found.programme, audience=audience, told=found.learned)
    remove(actor, pk)
    return row


def unread(trial: Trial) -> list[dict[str, Any]]:
    """The texts of what a trial made, each with its place and the hints at what may name somebody, where a person must
    read them."""
    spec = read_spec(trial.texts[SPEC], SPEC)
    return listed(spec) if need_a_reader(spec) else []


def forget_old() -> None:
    """Remove trials that are older than a day, with their lists."""
    for pk in Trial.objects.filter(created_at__lt=timezone.now() - LIFE).values_list("pk", flat=True):
        lists.drop(pk)
        Trial.objects.filter(pk=pk).delete()
