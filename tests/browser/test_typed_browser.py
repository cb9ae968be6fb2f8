"""An answer that comes while it is typed is never read as that to another name."""

from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.browser

WAITS, FAILS, CLEAR = "Being screened ...", "No answer came", "Clear: nobody"


@contextmanager
def answered(page, *answers):
    """Let the server give these to what is typed, one after the other: text of a page, a status, or None for none."""
    waiting = list(answers)

    def give(route):
        answer = waiting.pop(0)
        if answer is None:
            route.abort()
        else:
            status, text = answer if isinstance(answer, tuple) else (200, answer)
            route.fulfill(status=status, content_type="text/html", body=text)

    page.route("**/screening/answer/", give)
    yield
    page.unroute("**/screening/answer/")
    assert waiting == []


@pytest.fixture
def page(desk, cookies, opened):
    found = opened(storage_state=cookies)
    found.goto(f"{desk.address}/screening/")
    return found


def told(page, text):
    page.wait_for_function("text => document.querySelector('#answer').textContent.includes(text)", arg=text)


def test_an_answer_goes_as_soon_as_another_name_is_typed(page):
    with answered(page, f"<h2>{CLEAR}</h2>", f"<h2>{CLEAR} else</h2>"):
        page.fill("#p-name", "Nikanor Novikov")
        told(page, CLEAR)
        page.press("#p-name", "a")
        assert page.inner_text("#answer") == WAITS
        told(page, CLEAR + " else")
    page.select_option("#p-kind", "organisation")
    assert page.inner_text("#answer") == WAITS
    told(page, "Not screened: no sanctions list is loaded.")
    assert page.complaints == []


@pytest.mark.parametrize("failure", [None, (500, "<h2>Clear: an error</h2>"), (403, "")])
def test_where_no_answer_comes_it_is_said(page, failure):
    with answered(page, f"<h2>{CLEAR}</h2>", failure, f"<h2>{CLEAR}</h2>"):
        page.fill("#p-name", "Nikanor Novikov")
        told(page, CLEAR)
        page.press("#p-name", "a")
        told(page, FAILS)
        assert "Clear" not in page.inner_text("#answer")
        page.press("#p-name", "b")
        told(page, CLEAR)


def test_an_answer_that_comes_late_is_not_shown(page):
    held = []
    page.route("**/screening/answer/", lambda route: held.append(route))
    page.fill("#p-name", "Nikanor Novikov")
    page.wait_for_timeout(600)
    page.press("#p-name", "a")
    held[0].fulfill(status=200, content_type="text/html", body=f"<h2>{CLEAR}</h2>")
    page.wait_for_timeout(150)  # less than htmx waits before it asks again
    assert page.inner_text("#answer") == WAITS
    page.wait_for_timeout(600)
    held[1].fulfill(status=200, content_type="text/html", body="<h2>Review</h2>")
    told(page, "Review")
