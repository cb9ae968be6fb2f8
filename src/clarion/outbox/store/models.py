"""One row a proposal."""

from __future__ import annotations

from django.db import models


class Proposal(models.Model):
    topic = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    body = models.JSONField(default=dict)
    proposed_at = models.DateTimeField(auto_now_add=True)
    consumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("topic", "key"), name="outbox_once"),)
        indexes = (models.Index(fields=("topic", "consumed_at"), name="outbox_waiting"),)
