"""A sensitive step asks again who is there: once for each purpose, with the second factor, for five minutes."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.mfa.totp.internal import auth
from django.urls import reverse

from clarion.access.store import secrets
from clarion.access.store.models import LogEntry
from clarion.desk.page import page, step_up

PASSWORD = "Xq9-long-secret"
LENS, TO_LENS = "/lighthouse/lens/", "/account/confirm/open/?next=/lighthouse/lens/"


@pytest.fixture
def keeper(account):
    user = account("operator", "keeper")
    user.set_password(PASSWORD)
    user.save()
    return user


def later(client, seconds):
    """As if that much time had passed since everything that the session remembers."""
    session = client.session
    session[RECORDS] = [entry | {"at": entry["at"] - seconds} for entry in session[RECORDS]]
    session["step_up_given"] = {k: at - seconds for k, at in session.get("step_up_given", {}).items()}
    if "step_up_asked" in session:
        session["step_up_asked"] = session["step_up_asked"] | {"at": session["step_up_asked"]["at"] - seconds}
    session.save()


def ask(client, where=LENS):
    """Knock, and follow to the page that asks."""
    led = client.get(where)
    assert led.status_code == 302
    return client.get(led.url)


def give_password(client, purpose="open", password=PASSWORD, where=LENS):
    back = f"/account/confirm/{purpose}/?next={where}"
    answer = client.post("/account/reauthenticate/", {"password": password, "next": back})
    return client.get(answer.url) if answer.status_code == 302 else answer


def test_a_sign_in_is_no_confirmation_and_the_password_is(client, keeper):
    client.force_login(keeper)
    first = client.cookies["sessionid"].value
    question = ask(client)
    assert question.url.startswith("/account/reauthenticate/")
    said = client.get(question.url).content
    assert b"Opening a sealed value" in said
    assert client.get(LENS).url.startswith("/account/confirm/open/")
    assert give_password(client).url == LENS
    assert client.get(LENS).content == b"The lens is open."
    assert client.cookies["sessionid"].value != first
    assert LogEntry.objects.get(action="confirmed who they are").object == "open"
    assert b"Opening a sealed value" not in client.get("/account/2fa/").content


def test_it_lasts_five_minutes(client, keeper):
    client.force_login(keeper)
    ask(client)
    give_password(client)
    later(client, 290)
    assert client.get(LENS).status_code == 200
    later(client, 15)
    assert client.get(LENS).status_code == 302
    later(client, -7200)  # the clock was set back: what was given "later" counts for nothing
    assert client.get(LENS).status_code == 302


def test_a_wrong_password_is_nothing(client, keeper):
    client.force_login(keeper)
    ask(client)
    assert give_password(client, password="wrong-wrong-12").status_code == 200
    assert client.get(LENS).status_code == 302


def test_one_answer_serves_one_purpose(client, keeper):
    client.force_login(keeper)
    ask(client)
    give_password(client)
    assert client.get("/people/").url.startswith("/account/confirm/people/")
    assert client.get("/account/confirm/people/").url.startswith("/account/reauthenticate/")
    # Both were asked for, and the answer came after: it is for the last question only.
    later(client, 400)
    ask(client)
    ask(client, "/people/")
    give_password(client, "people", where="/people/")
    assert client.get("/people/").status_code == 200
    assert client.get(LENS).status_code == 302


def test_an_answer_that_came_before_the_question_is_none(client, keeper):
    client.force_login(keeper)
    client.get("/account/2fa/totp/activate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert ask(client).url.startswith("/account/reauthenticate/")
    assert client.get(LENS).status_code == 302


def test_who_has_a_second_factor_is_asked_for_it(client, keeper):
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(keeper, secret)
    client.force_login(keeper)
    assert ask(client).url.startswith("/account/2fa/reauthenticate/")
    assert b'name="code"' in give_password(client).content  # led away: a password is no answer here
    assert client.get(LENS).status_code == 302
    right = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
    answer = client.post("/account/2fa/reauthenticate/", {"code": right, "next": TO_LENS})
    assert client.get(answer.url).url == LENS
    assert client.get(LENS).status_code == 200


def test_a_link_stands_for_the_answer_only_where_there_is_no_other(client, account, keeper):
    user = account("viewer")
    client.get(reverse("enter", args=[secrets.new_link(user)]))
    assert client.get(LENS).status_code == 200
    assert client.get(TO_LENS).url == LENS
    later(client, 301)
    refused = client.get(client.get(LENS).url)
    assert refused.status_code == 403
    assert b"fresh sign-in link" in refused.content
    client.logout()
    client.get(reverse("enter", args=[secrets.new_link(keeper)]))
    assert ask(client).url.startswith("/account/reauthenticate/")


def test_a_form_is_not_kept_and_leads_back_to_a_page_that_answers(client, keeper):
    user = keeper
    user.role = "officer"
    user.save()
    client.force_login(user)
    led = client.post("/sealed/decide/", {"handle": "x", "do": "erase"})
    assert led.url == "/account/confirm/erase/?next=%2Fsealed%2F"
    assert b"send it again" in client.get(led.url, follow=True).content
    back = give_password(client, "erase", where="/sealed/").url
    assert (back, client.get(back).status_code) == ("/sealed/", 200)


def test_whoever_has_links_alone_is_told_to_add_a_way_of_their_own(client, account, keeper):
    page = client.get(reverse("enter", args=[secrets.new_link(account("viewer"))]), follow=True).content
    assert b"Only links let you in so far" in page
    client.logout()
    page = client.get(reverse("enter", args=[secrets.new_link(keeper)]), follow=True).content
    assert b"Only links let you in so far" not in page


def test_the_beginning_of_the_account_pages_is_how_one_signs_in(client, keeper):
    assert client.get("/account/").url.startswith("/account/login/")
    client.force_login(keeper)
    assert client.get("/account/", follow=True).redirect_chain == [("/account/2fa/", 302)]
    assert client.get("/account/", headers={"accept-language": "ru"}, follow=True).content.count(b">English<") == 1


def test_it_leads_nowhere_else(client, keeper):
    client.force_login(keeper)
    ask(client)
    assert give_password(client, where="https://evil.example/").url == "/"
    assert client.get("/account/confirm/king/").status_code == 404
    assert client.post("/account/confirm/open/").status_code == 405


def test_what_a_form_sent_is_not_kept(client, keeper):
    client.force_login(keeper)
    led = client.post(LENS + "?a=1", {"name": "somebody"})
    assert led.url == f"/account/confirm/open/?next={LENS.replace('/', '%2F')}"
    client.get(led.url)
    assert "somebody" not in str(dict(client.session))


class TestApi:
    ROUTE = "/api/v1/lighthouse/lens"

    def test_a_token_alone_is_not_enough(self, client, keeper):
        token = secrets.new_token(keeper, "x")
        client.force_login(keeper)
        ask(client)
        give_password(client)
        asked = {"authorization": f"Bearer {token}"}
        alone = type(client)().get(self.ROUTE, headers=asked)
        assert alone.status_code == 403
        assert "token alone" in alone.json()["title"]
        assert "signed in" in alone.json()["detail"]
        assert client.get(self.ROUTE).status_code == 200

    def test_the_session_is_told_where_to_confirm(self, client, keeper):
        client.force_login(keeper)
        refused = client.get(self.ROUTE).json()
        assert refused["code"] == "not-allowed"
        assert refused["details"]["page"] == "/account/confirm/open/"
        client.get(refused["details"]["page"])
        give_password(client)
        assert client.get(self.ROUTE).json() == {"lens": "open"}


def test_a_purpose_that_nobody_declared_is_refused_when_the_room_is_loaded():
    with pytest.raises(ValueError, match="king"):
        page("lighthouse.view", step_up="king")
    with pytest.raises(ValueError, match="king"):
        step_up("king")
