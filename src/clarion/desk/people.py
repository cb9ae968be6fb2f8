"""Accounts: opened, given a role, closed; sign-in links printed. One set of use cases for page and command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clarion.access import ROLES, Actor, may, require
from clarion.access.store import four_eyes, secrets
from clarion.access.store.log import record
from clarion.access.store.models import User
from clarion.desk import devices, recovery
from clarion.desk.sessions import end_all
from clarion.errors import InputError, NotAllowed, UnknownName
from clarion.vocab import Phrase, drawn

Address = Callable[[str], str]


def add(actor: Actor, name: str, role: str) -> User:
    """Open an account without a password; its owner enters by a link. Where a second person has to confirm an operator
    it begins as a viewer, and waits.

    Raises
    ------
    InputError: the name is taken or not usable, or the role does not exist.
    """
    require(actor, "desk.people")
    _known_role(role)
    waits = role == "operator" and four_eyes.needed(actor, "give-operator")
    user = User(username=name, role="viewer" if waits else role)
    user.set_unusable_password()
    try:
        user.full_clean(exclude=["password"])
        with transaction.atomic():
            _tell_apart(user.username)
            user.save()
            record(actor, "opened an account", str(user.pk), role=user.role)
            if waits:
                four_eyes.ask(actor, "give-operator", user, role)
    except (ValidationError, IntegrityError) as error:
        raise InputError(
            Phrase("The name {name!r} is taken or has letters that cannot be used.", name=name),
            where="name",
            next_step="Use letters, digits and @ . + - _ only, and a name that nobody has.",
        ) from error
    return user


def _tell_apart(name: str) -> None:
    # Whoever signs in types the name in any case, and the log calls the command line by a name of its own. Operators
    # are held until the account is made: of two names that look alike, opened at once, the second sees the first.
    list(User.objects.select_for_update().filter(role="operator"))
    taken = {Actor.console().name, *User.objects.values_list("username", flat=True)}
    if {name.casefold(), drawn(name)} & {form for other in taken for form in (other.casefold(), drawn(other))}:
        raise ValidationError("taken")


def set_role(actor: Actor, name: str, role: str) -> bool:
    """Change a role, and tell whether it was; else it waits for a second person. The last operator keeps theirs."""
    require(actor, "desk.people")
    _known_role(role)
    with transaction.atomic():
        user = find(name)
        _keep_an_operator(user, still=role == "operator")
        kind = "give-operator" if role == "operator" else "end-operator"
        if "operator" in (role, user.role) and role != user.role and four_eyes.needed(actor, kind):
            four_eyes.ask(actor, kind, user, role)
            return False
        change_role(actor, user, role)
    return True


def change_role(actor: Actor, user: User, role: str) -> None:
    """The change itself, for whoever has seen to it that it may be made."""
    _keep_an_operator(user, still=role == "operator")
    user.role, user.role_since = role, timezone.now()
    user.save(update_fields=["role", "role_since"])
    if not may(user.actor, "desk.tokens"):  # they could not see, nor revoke, what they have
        user.apitoken_set.all().delete()
    record(actor, "changed a role", str(user.pk), role=role)


def close(actor: Actor, name: str) -> bool:
    """Close an account, and tell whether it was; else it waits for a second person. It can no longer sign in; what it
    did stays in the log.
    """
    require(actor, "desk.people")
    with transaction.atomic():
        user = find(name)
        _keep_an_operator(user, still=False)
        if user.role == "operator" and user.is_active and four_eyes.needed(actor, "close-operator"):
            four_eyes.ask(actor, "close-operator", user)
            return False
        end_account(actor, user)
    return True


def end_account(actor: Actor, user: User) -> None:
    """The closing itself, for whoever has seen to it that it may be done."""
    _keep_an_operator(user, still=False)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_access(user)
    record(actor, "closed an account", str(user.pk))


def sign_out(actor: Actor, name: str) -> None:
    """End somebody's sessions, API tokens and unused links, as after a lost device; they may sign in again."""
    require(actor, "desk.people")
    with transaction.atomic():
        user = find(name)
        end_access(user)
        record(actor, "signed somebody out everywhere", str(user.pk))


def end_access(user: User) -> None:
    """End sessions, tokens and unused links, and let no browser be known to the account."""
    end_all(user)
    devices.forget(user)
    user.apitoken_set.all().delete()
    user.signinlink_set.filter(used_at=None).delete()


def link(actor: Actor, name: str, address: Address) -> str:
    """A one-time sign-in link for an account."""
    require(actor, "desk.people")
    user = find(name)
    if not user.is_active:
        raise NotAllowed(Phrase("The account {name!r} is closed.", name=name), next_step="Open a new one for them.")
    if four_eyes.needed(actor, "recover") and get_reauthentication_flows(user):
        raise NotAllowed(
            Phrase("{name} has a way of their own to sign in, and a link would go past it.", name=name),
            next_step=Phrase("If they lost it, recover the account together with a second operator."),
        )
    with transaction.atomic():
        secret = secrets.new_link(user)
        record(actor, "printed a sign-in link", str(user.pk))
    return address(reverse("enter", args=[secret]))


def find(name: str) -> User:
    """An account by name.

    Raises
    ------
    UnknownName: nobody has it.
    """
    user = User.objects.filter(username=name).first()
    if user is None:
        raise UnknownName(
            Phrase("There is no account {name!r}.", name=name),
            where="name",
            next_step="See them with: clarion user list",
        )
    return user


def act(actor: Actor, form: Mapping[str, str], address: Address) -> str:
    """One step of the people page; a link to show, or nothing."""
    verb, name, role = form.get("do", ""), form.get("name", "").strip(), form.get("role", "")
    if verb == "add":
        add(actor, name, role)
        return link(actor, name, address)
    if verb == "link":
        return link(actor, name, address)
    if verb == "role":
        set_role(actor, name, role)
    elif verb == "close":
        close(actor, name)
    elif verb == "sign-out":
        sign_out(actor, name)
    elif verb == "recover":
        recovery.begin(actor, find(name), met=form.get("met") == "yes")
    return ""


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise InputError(
            Phrase("There is no role {role!r}.", role=role),
            where="role",
            next_step=Phrase("Choose one of: {names}.", names=ROLES),
        )


def _keep_an_operator(user: User, *, still: bool) -> None:
    # Held until the change is made: of two operators who demote each other at once, one is refused.
    operators = User.objects.select_for_update().filter(role="operator", is_active=True)
    others = any(operator.pk != user.pk for operator in operators)
    if user.role == "operator" and not still and not others:
        raise NotAllowed("This is the last operator.", next_step="Make somebody else an operator first.")
