"""Addresses: the shell's own, then each room's under its name; the room that is home answers at the root."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path, re_path

from clarion.desk import leaving, own_account, second_person, views
from clarion.desk.api import api
from clarion.desk.log import page as log
from clarion.desk.rooms import rooms

urlpatterns: list[URLPattern | URLResolver] = [
    # Nobody signs up, and no e-mail address is kept: what allauth has for these stands first, and is not there.
    re_path(r"^account/(?:signup|email|confirm-email|password/reset|login/code)/", views.not_found),
    # allauth leads from here to the page of e-mail addresses, which is not there.
    path("account/", own_account.index),
    # allauth lets a session that is hours old set a first password, and then sign in anew with it.
    path("account/password/set/", login_required(reauthentication_required(password_set))),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/webauthn/login/", views.passkey),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/confirm/<str:purpose>/", own_account.confirm, name="step-up"),
    path("account/sessions/", own_account.sessions, name="sessions"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("enter/<str:secret>/", views.enter, name="enter"),
    path("exit/", leaving.leave, name="exit"),
    path("language/", views.language, name="language"),
    path("sources/", views.sources, name="sources"),
    path("releases/", include("clarion.desk.releases.urls")),
    path("people/", views.people, name="people"),
    path("log/", log.log, name="log"),
    path("log/download/", log.download, name="log-download"),
    path("people/waiting/", second_person.waiting_page, name="waiting"),
    path("sealed/", include("clarion.desk.sealed.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("api/v1/", api.urls),
]
for _room in rooms():
    if _room.web:
        urlpatterns.append(path("" if _room.home else f"{_room.name}/", include(_room.web)))

handler400, handler403, handler404 = views.bad_request, views.forbidden, views.not_found
handler500 = views.failed
