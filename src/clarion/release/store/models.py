"""What the register keeps. Publication cannot be undone: no row is ever removed, nor what it says of the files."""

from __future__ import annotations

import json
import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from clarion.errors import BusyError

PUBLIC = "public"


class InOrder(models.TextField):
    """JSON whose keys stay in the order in which they were written. A list of people and the rows of a table are read
    by the order of the dimensions, and PostgreSQL's own type for JSON sorts keys.
    """

    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def from_db_value(self, value: str, *_: Any) -> Any:
        return json.loads(value)


class Programme(models.Model):
    """Releases about the same people. Its row is locked while one of them is registered, so that none is missed."""

    name = models.CharField(max_length=40, unique=True)


def _never(*_args: Any, **_more: Any) -> NoReturn:
    raise BusyError(
        "A release that is out stays in the register: what was published cannot be made unknown.",
        where="release", next_step="Mark it as withdrawn; it goes on to count in every later check.",
    )  # fmt: skip


class Kept(models.QuerySet["Registered"]):
    """Rows that nobody deletes."""

    delete = _never


class Registered(models.Model):
    """One release that left. ``audience`` is ``public`` or the opaque handle of the one who got it.

    ``sha256`` is that of specification and tables, ``certificate`` that of the certificate's file; ``rests_on`` names
    the earlier releases that it was proved with; ``answer`` is that of the gate, ``learned`` what an attacker can say
    of each group.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    name = models.CharField(max_length=64)
    audience = models.CharField(max_length=64, default=PUBLIC)
    sha256 = models.CharField(max_length=64)
    certificate = models.CharField(max_length=64)
    spec = InOrder()
    answer = InOrder()
    learned = InOrder()
    rests_on = models.JSONField(default=list)
    registered_at = models.DateTimeField(auto_now_add=True)
    registered_by = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)

    objects = Kept.as_manager()
    delete = _never

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("programme", "name"), name="release_once"),)

    @property
    def public(self) -> bool:
        return self.audience == PUBLIC


class Work(models.Model):
    """A job of the gate that somebody waits for."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=40, db_index=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING, db_index=True)
    progress = models.FloatField(default=0.0)
    error = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def ended(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)


class Check(Work):
    """A release's certificate checked again by the second program."""

    release = models.ForeignKey(Registered, on_delete=models.PROTECT)
    certified = models.BooleanField(default=False)


class Trial(Work):
    """A release that somebody tries before it leaves: private to them, and removed after a day.

    The list of people is never kept here. ``answer`` and ``learned`` are those of the gate; ``texts`` the files, where
    it passed; ``plain`` what a plain rule would have told, which is as secret as the list.
    """

    programme = models.CharField(max_length=40)
    spec = InOrder()
    answer = InOrder(default=dict)
    learned = InOrder(default=list)
    texts = InOrder(default=dict)
    plain = InOrder(default=dict)
