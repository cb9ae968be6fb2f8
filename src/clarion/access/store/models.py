"""Accounts, one-time links, tokens and the log. Secrets are stored as hashes only."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from clarion.access import Actor


class User(AbstractUser):
    """An account. E-mail is optional: a desk may run where no mail is sent."""

    class Role(models.TextChoices):
        OPERATOR = "operator", _("Operator")
        ANALYST = "analyst", _("Analyst")
        OFFICER = "officer", _("Officer")
        VIEWER = "viewer", _("Viewer")
        KEYHOLDER = "keyholder", _("Keyholder")
        AUDITOR = "auditor", _("Auditor")

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.VIEWER)

    @property
    def actor(self) -> Actor:
        return Actor(str(self.pk), self.username, self.role)


class SignInLink(models.Model):
    """A link that signs its owner in once, before it expires."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """A key for the API, acting as its owner."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)


class LogEntry(models.Model):
    """Who did what to which thing. ``detail`` never holds personal data."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.CharField(max_length=40)
    action = models.CharField(max_length=80)
    object = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
