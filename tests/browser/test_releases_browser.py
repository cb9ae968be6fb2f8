"""A trial in a real browser, with the worker: from the list of people to the register, without script and with it."""

import pytest

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


def begin(page, desk, folder):
    page.goto(desk.address + "/releases/new/")
    page.set_input_files("#people", folder / "people.csv")
    page.fill("#spec", (folder / "spec.json").read_text())
    page.click("main form button")


def test_a_trial_with_script_is_followed_and_accessible(desk, cookies, registered, opened):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(storage_state=cookies, viewport=NARROW, color_scheme="dark")
    begin(page, desk, registered)
    page.wait_for_selector("progress, #groups")
    assert Axe().run(page).response["violations"] == []
    page.wait_for_selector("#groups", timeout=200_000)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.add_cookies([{"name": "django_language", "value": "ru", "url": desk.address}])
    page.reload()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.click("button[value=remove]")
    page.wait_for_url("**/releases/")
    assert [c for c in page.complaints if "404 (Not Found)" not in c] == []


def test_a_trial_without_script_is_published_and_checked_again(desk, cookies, registered, opened):
    page = opened(storage_state=cookies, java_script_enabled=False, accept_downloads=True)
    begin(page, desk, registered)
    page.wait_for_selector("#groups", timeout=200_000)  # by the page's own refresh
    assert "A plain rule would have given away" in page.inner_text("main")
    page.fill("#audience", "donor-7")
    page.click("button[value=publish]")
    page.wait_for_url("**/releases/main/2026-Q3/")
    assert "it went to donor-7 only" in page.inner_text("main")
    page.click("button[value=check]")
    page.wait_for_selector(".note:has-text('the certificate holds')", timeout=90_000)
    with page.expect_download() as download:
        page.click("a[href$='certificate.json']")
    assert "databases" in download.value.path().read_text()
    page.goto(desk.address + "/releases/")
    assert "3 releases have left" in page.inner_text("h1")
