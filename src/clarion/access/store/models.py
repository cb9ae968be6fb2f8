"""Accounts, one-time links, tokens and the log. Secrets are stored as hashes only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
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
    role_since = models.DateTimeField(default=timezone.now)
    recovery_at = models.DateTimeField(null=True, blank=True)  # when two colleagues may let somebody in as this account

    @property
    def actor(self) -> Actor:
        return Actor(str(self.pk), self.username, self.role)


class SignInLink(models.Model):
    """A link that signs its owner in once, before it expires."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    recovers = models.BooleanField(default=False)  # its use takes away every other way in


class ApiToken(models.Model):
    """A key for the API, acting as its owner."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)


class Session(AbstractBaseSession):
    """A session; whose it is stands beside it, so that somebody's can be listed and ended. The key is kept as a hash:
    who copies the database has nothing that a browser could send.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE)
    seen_at = models.DateTimeField()


class Device(models.Model):
    """A browser that signed in as ``user``. One browser may be known to several accounts, by the same secret."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint("token_hash", "user", name="one_row_for_device_and_user"),)


class SecondPerson(models.Model):
    """An act that waits for a second person, or did. What has to stay as it was is written as it was."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        VOID = "void"
        DONE = "done"  # of a recovery: its link was handed out

    kind = models.CharField(max_length=20)
    subject = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject_was = models.CharField(max_length=80)
    role = models.CharField(max_length=16, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asker_was = models.CharField(max_length=80)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    decided_at = models.DateTimeField(null=True)


class Tally(models.Model):
    """What is counted for some minutes, such as wrong passwords. ``key`` is a keyed hash: no name, no address."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)


class Member(models.Func):
    """A member of a line of JSON, as a column to search by; the line itself stays as it is."""

    template = "JSON_EXTRACT(%(expressions)s, '$.%(member)s')"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        arrow = "->" if isinstance(self.output_field, models.JSONField) else "->>"
        return self.as_sql(compiler, connection, template=f"(%(expressions)s::jsonb {arrow} '%(member)s')", **more)


def _member(name: str, kind: models.Field[Any, Any]) -> models.GeneratedField:
    return models.GeneratedField(expression=Member("line", member=name, output_field=kind), output_field=kind,
                                 db_persist=True)  # fmt: skip


class LogEntry(models.Model):
    """Who did what to which thing: a link of the chain (``clarion.seal.log``). Its line is all that it says."""

    seq = models.BigIntegerField(unique=True)
    line = models.TextField()
    hash = models.CharField(max_length=64)
    sig = models.CharField(max_length=128)
    actor = _member("actor", models.CharField(max_length=40))
    action = _member("action", models.CharField(max_length=80))
    object = _member("object", models.CharField(max_length=120))
    detail = _member("detail", models.JSONField())

    class Meta:
        ordering = ("-seq",)


class LogHead(models.Model):
    """The signed head of the log: one row. It names the last act, so that none can be cut off without the key."""

    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    sig = models.CharField(max_length=128)
