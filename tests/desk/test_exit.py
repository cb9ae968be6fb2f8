"""Leaving at once: from every page that shows people, without script, signed out, and to nothing but a neutral page."""

import pytest
from django.test import Client

from clarion.config import Config
from clarion.errors import InputError

NEUTRAL = "https://www.wikipedia.org/"


@pytest.mark.parametrize("where", ["/people/", "/people/waiting/", "/log/", "/lighthouse/"])
def test_it_is_on_every_page_that_shows_people(signed_in, where):
    said = signed_in("operator").get(where).content.decode()
    assert 'action="/exit/"' in said
    assert f'data-to="{NEUTRAL}"' in said
    assert "exit.js" in said


def test_and_on_no_other(signed_in):
    assert b'action="/exit/"' not in signed_in("operator").get("/sources/").content


def test_it_signs_out_and_clears_what_the_browser_kept(signed_in):
    client = signed_in("operator")
    client.post("/language/", {"language": "ru"})
    client.cookies["device"] = "x"
    answer = client.post("/exit/")
    assert answer.status_code == 200
    assert f'content="0; url={NEUTRAL}"' in answer.content.decode()
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    for name in ("sessionid", "device", "django_language", "csrftoken"):
        assert answer.cookies[name].value == "", name
        assert not answer.cookies[name]["max-age"], name
    assert client.get("/people/").status_code == 302


def test_the_page_in_between_asks_for_nothing_and_tells_nothing(signed_in):
    said = signed_in("operator").post("/exit/").content.decode()
    assert "Clarion" not in said
    assert "src=" not in said


def test_a_link_signs_nobody_out(signed_in):
    client = signed_in("operator")
    assert client.get("/exit/").status_code == 405
    assert client.get("/people/").status_code == 200


def test_neither_does_a_form_of_another_site(account):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("operator"))
    assert strict.post("/exit/").status_code == 403
    assert strict.get("/people/").status_code == 200


@pytest.mark.parametrize("odd", ["javascript:alert(1)", "//evil.example", "https://a.example/;url=x", 'https://a"b'])
def test_where_it_leads_is_a_web_address(odd):
    with pytest.raises(InputError, match="not a web address"):
        Config.from_env({"CLARION_EXIT_URL": odd})
    assert Config.from_env({"CLARION_EXIT_URL": "https://weather.example/"}).exit_url == "https://weather.example/"
