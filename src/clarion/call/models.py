"""What the board keeps: commitments that other rooms proposed, and what became of each."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Commitment(models.Model):
    """A proposal that came through the outbox under ``key``; ``body`` is the whole of it as it came."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        COMMITTED = "committed", _("Committed")
        UNDER_WAY = "under-way", _("Under way")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    action = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200)
    body = models.JSONField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PROPOSED)
    reason = models.TextField(blank=True, default="")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=150, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-proposed_at",)
