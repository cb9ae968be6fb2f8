"""Texts that would run as scripts (XSS), in every field that is shown anywhere, in Chromium with the policy on.

Each text would set ``window.hit`` or make Chromium complain of a script that the policy stopped: neither happens, so
that what keeps them harmless is the escaping, and the policy is the second door.
"""

import re
import shutil
from urllib.parse import quote

import pytest

pytestmark = [
    pytest.mark.browser, pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
]  # fmt: skip

PAYLOADS = [
    "<script>window.hit=1</script>", "\"><img src=x onerror=window.hit=1>", "' onfocus='window.hit=1' autofocus='",
    "<svg/onload=window.hit=1>", "javascript:window.hit=1", "</title><script>window.hit=1</script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>", "{{constructor.constructor('window.hit=1')()}}",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>",
    "--><script>window.hit=1</script>",
    "<a href=\"jav&#x09;ascript:window.hit=1\">x</a>", "<b hx-on:load='window.hit=1' hx-get='/log/' hx-trigger=load>",
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/'>",
    "\u003cscript\u003ewindow.hit=1",
    "]]><script>window.hit=1</script>", "<form action=//evil.example><button>x",
]  # fmt: skip


def toml(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scenario(text, name):
    return (
        f'name = "{name}"\ntitle = {toml(text[:190])}\nsummary = {toml(text)}\nitems = ["wheat"]\n'
        'period = "2019-2021"\n'
        f'[[shocks]]\nkind = "export_ban"\nexporter = "KAZ"\nsource = {toml(text)}\n'
    )


@pytest.fixture(scope="module")
def signed_in(desk, browser):
    context = browser.new_context()
    context.new_page().goto(desk.link("operator"))
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def operator(desk, opened, signed_in):
    page = opened(storage_state=signed_in)
    page.goto(desk.address)
    page.dialogs = []
    page.on("dialog", lambda d: (page.dialogs.append(d.message), d.dismiss()))
    return page


def harmless(page, desk, where):
    hit = page.evaluate("window.hit")
    assert hit is None, where
    assert page.dialogs == [], where
    stopped = [c for c in page.complaints if "Content Security Policy" in c or "Refused to" in c]
    assert stopped == [], (where, stopped)
    elsewhere = [url for url in page.asked if not url.startswith((desk.address, "data:", "blob:"))]
    assert elsewhere == [], where
    assert page.url.startswith(desk.address), where


def test_what_is_kept_and_shown_again(desk, operator):
    """Titles, summaries and sources of scenarios and runs, names of tokens, notes on commitments, pages of errors."""
    page, ends = operator, []
    text = " ".join(PAYLOADS)
    for at, said in enumerate((text, PAYLOADS[1], PAYLOADS[5])):
        page.goto(f"{desk.address}/spillover/scenarios/new/?mode=text")
        page.fill("textarea[name=text]", scenario(said, f"hostile-{at}"))
        page.click("button[value=save]")
        page.wait_for_url("**/own/**")
        ends.append(page.url)
        harmless(page, desk, "save")
        page.click("button[value=run]")
        ends.append(page.url)
        harmless(page, desk, "run")
    page.goto(f"{desk.address}/account/tokens/")
    page.fill("input[name=name]", text[:80])
    page.click("main form button")
    harmless(page, desk, "token")
    own = [*ends, *(e + "?mode=text" for e in ends if "/own/" in e)]
    for where in (*own, *(desk.address + p for p in ("/spillover/scenarios/", "/spillover/runs/", "/account/tokens/",
    "/log/",
                                                     "/", "/people/"))):  # fmt: skip
        page.goto(where)
        harmless(page, desk, where)


@pytest.mark.parametrize("payload", [" ".join(PAYLOADS), PAYLOADS[1], PAYLOADS[5]], ids=["all", "attribute", "title"])
def test_what_an_address_says_back(desk, operator, payload):
    """Reflected: each part of an address and each field of a query that a page repeats, errors included."""
    page, part = operator, quote(payload, safe="")
    for path in (
        f"/{part}/", f"/spillover/?item={part}", f"/spillover/?period={part}&trade={part}&source={part}&minimum={part}",
        f"/spillover/country/{part}/", f"/spillover/rows/{part}/x/?lines={part}", f"/spillover/macro/?growth={part}",
        f"/spillover/macro/{part}/", f"/spillover/bans/?date={part}", f"/spillover/scenarios/shipped/{part}/",
        f"/spillover/scenarios/new/?copy={part}", f"/spillover/scenarios/new/?mode={part}", f"/enter/{part}/",
        f"/account/login/?next={part}", f"/log/?before={part}", f"/account/2fa/webauthn/add/?next={part}",
        f"/api/v1/call/actions?language={part}", f"/api/v1/spillover/countries/{part}",
        f"/spillover/ranking/?item={part}",
    ):  # fmt: skip
        page.goto(desk.address + path)
        harmless(page, desk, path)


def test_a_name_that_a_form_repeats(desk, operator):
    page = operator
    for payload in PAYLOADS[:6]:
        page.goto(f"{desk.address}/people/")
        page.fill("form.stack input[name=name]", payload)
        page.click("form.stack button")
        harmless(page, desk, "people")
        page.goto(f"{desk.address}/spillover/scenarios/new/")
        page.fill("input[name=title]", payload)
        page.fill("input[name=name]", payload)
        page.click("button[value=save]")
        harmless(page, desk, "form")
        assert re.search("422|Next step|name", page.content())


def test_the_second_door_holds_too(desk, operator):
    """Were a text let through unescaped, the policy would stop it: tried by putting one into the page."""
    page = operator
    page.evaluate(
        """() => { const d = document.createElement('div'); d.innerHTML = '<img src="/nothing" onerror="window.hit=1">'
        + '<a id=j href="javascript:window.hit=1">x</a>'; document.body.append(d);
        const s = document.createElement('script'); s.textContent = 'window.hit=1'; document.body.append(s);
        document.getElementById('j').click() }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in c for c in page.complaints)
    framed = page.context.new_page()
    framed.set_content(f"<iframe src='{desk.address}/account/login/'></iframe>")
    framed.wait_for_timeout(300)
    assert "Sign in" not in (framed.frames[-1].content() if len(framed.frames) > 1 else "")
