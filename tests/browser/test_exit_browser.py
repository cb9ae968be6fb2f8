"""Leaving at once in a real browser: by button, by keyboard, without script; and the pages about people on a phone."""

import json

import pytest

pytestmark = pytest.mark.browser
NEUTRAL = "https://www.wikipedia.org/"


@pytest.fixture
def people(desk, opened):
    """The page of people, signed in; the neutral page is answered here, so that nothing is asked over the network."""

    def make(**options):
        page = opened(locale="en", **options)
        page.context.route(
            NEUTRAL, lambda route: route.fulfill(body="<title>Neutral</title>", content_type="text/html")
        )
        page.goto(desk.link("operator"))
        page.goto(f"{desk.address}/people/")
        return page

    return make


def signed_out(page, desk):
    return "/account/login/" in page.request.get(f"{desk.address}/people/").url


def left(page, desk):
    page.wait_for_url(NEUTRAL)
    elsewhere = {url for url in page.asked if not url.startswith((desk.address, "data:"))}
    assert elsewhere == {NEUTRAL}
    for _ in range(50):
        if signed_out(page, desk):
            return True
        page.wait_for_timeout(100)
    return False


def test_by_the_button_and_back_leads_to_nothing(people, desk):
    page = people()
    page.get_by_role("button", name="Exit this page").click()
    assert left(page, desk)
    page.go_back()
    assert "/people/" not in page.url
    assert page.locator("form.exit").count() == 0


def test_by_three_presses_of_shift_and_not_by_capital_letters(people, desk):
    page = people()
    page.locator("#new-name").press_sequentially("ABC")
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    assert "2 more times" in page.locator("form.exit [role=status]").inner_text()
    page.keyboard.press("Shift")
    assert page.url.endswith("/people/")
    page.keyboard.press("Shift")
    assert left(page, desk)


def test_without_script(people, desk):
    page = people(java_script_enabled=False)
    page.get_by_role("button", name="Exit this page").click()
    assert left(page, desk)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_stays_in_sight_on_a_phone_and_hides_nothing_that_has_the_focus(people, desk, language):
    page = people(viewport={"width": 320, "height": 640})
    page.context.add_cookies([{"name": "django_language", "value": language, "url": desk.address}])
    for where in ("/people/", "/people/waiting/", "/account/sessions/", "/log/"):
        page.goto(desk.address + where)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, where
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        button = page.locator("form.exit button")
        if where != "/account/sessions/":
            box = button.bounding_box()
            assert 0 <= box["y"] <= 640 - box["height"], (where, json.dumps(box))
    assert not page.complaints
