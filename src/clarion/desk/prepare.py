"""Before the desk opens: database up to date, static files in place, somebody who can sign in."""

from __future__ import annotations

from clarion.config import Config
from clarion.desk.setup import django_ready


def prepare(config: Config) -> str:
    """Make the desk ready; returns the path of a one-time sign-in link on the first start, else nothing.

    The caller holds the data folder.
    """
    from clarion.desk.upgrade import apply

    django_ready()
    apply(config)
    from clarion.desk.sessions import forget_ended

    forget_ended()
    collect_static()
    return first_link()


def collect_static() -> None:
    """Put the static files where the server finds them; quick when nothing changed."""
    from django.core.management import call_command

    django_ready()
    call_command("collectstatic", interactive=False, verbosity=0)


def first_link() -> str:
    """Open the operator's account if nobody has one, and print a link until an operator has signed in once."""
    from django.urls import reverse

    from clarion.access import Actor
    from clarion.access.store.models import User
    from clarion.access.store.secrets import new_link
    from clarion.desk.people import add

    django_ready()
    if not User.objects.exists():
        add(Actor.console(), "operator", "operator")
    if User.objects.filter(role="operator", last_login__isnull=False).exists():
        return ""
    operator = User.objects.filter(role="operator", is_active=True).order_by("pk").first()
    return reverse("enter", args=[new_link(operator)]) if operator else ""
