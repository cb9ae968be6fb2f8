"""What the room keeps: decisions and their steps, cleared namesakes, batches. Whom they are about is locked with a key
that the database does not hold (``service.keys``)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """A file of payees that is screened. Its rows lie locked in the data folder until it is done; ``columns`` says
    which of the file's columns is what, by number: its headings are not kept."""

    class Status(models.TextChoices):
        CHOOSING = "choosing", _("Columns to be chosen")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=40, db_index=True)
    use = models.CharField(max_length=40)
    rows = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CHOOSING, db_index=True)
    progress = models.FloatField(default=0.0)
    error = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    keep_until = models.DateField(db_index=True)

    class Meta:
        ordering = ("-made_at",)

    @property
    def ended(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)


class Decision(models.Model):
    """One screening that was kept. ``payee`` is the mark of whom it was about, ``body`` holds payee and answer, locked.

    ``answer`` is the SHA-256 of the answer, ``screened_by`` names the versions of the lists that it was last screened
    by; ``proposed`` is what one person decided that waits for a second, ``part`` that of its batch.
    """

    class State(models.TextChoices):
        MADE = "made", _("Nothing to decide")
        WAITING = "waiting", _("To be decided")
        SECOND = "second", _("Waits for a second person")
        SAME = "same", _("The listed one")
        OTHER = "other", _("Somebody else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payee = models.CharField(max_length=43, db_index=True)
    body = models.BinaryField()
    answer = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12, db_index=True)
    use = models.CharField(max_length=40)
    screened_by = models.CharField(max_length=64, db_index=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True)
    part = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MADE, db_index=True)
    proposed = models.CharField(max_length=8, blank=True, default="")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    keep_until = models.DateField(db_index=True)

    class Meta:
        ordering = ("-made_at",)


class Step(models.Model):
    """What somebody did with a decision, in order; ``told`` is why, locked."""

    class Kind(models.TextChoices):
        DECIDED = "decided"
        CONFIRMED = "confirmed"
        SENT_BACK = "sent-back"
        APPEALED = "appealed"
        CHANGED = "changed"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    verdict = models.CharField(max_length=12, blank=True, default="")
    told = models.BinaryField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)


class Cleared(models.Model):
    """A payee who is not the listed one, so that nobody has to prove it twice. ``pair`` is the mark of payee and listed
    entry together; ``body`` says which entry in which state, why and who decided, locked."""

    pair = models.CharField(max_length=43, db_index=True)
    body = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True)
