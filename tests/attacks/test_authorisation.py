"""Who may do what: every address, every method, everybody. ``routes.toml`` says what is expected."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from addresses import declared, written

import clarion
from clarion.access import ROLES, permissions
from clarion.desk.api import api

ROUTES = tomllib.loads(Path(__file__).with_name("routes.toml").read_text(encoding="utf-8"))
OPEN = ("anybody", "nobody", "signed in")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "GETS")
OUTSIDE = ("stranger", "closed")
FORMS = {
    "name": "newcomer", "role": "viewer", "mode": "text", "text": 'name = "x"', "draws": "2", "rule": "pta",
    "trade": "corrected", "horizon": "0", "seed": "1",
}  # fmt: skip
BODIES = {
    "decide": '{"status": "committed", "verdict": "other", "reason": "x"}',
    "runs": '{"scenario": "kazakhstan-wheat-export-ban", "draws": 2, "rule": "pta"}',
    "match/default": '{"queries": {}}', "screening/seal": '{"name": "Nobody"}',
"lookup": '{"records": []}', "reseal": '{"sealed": []}', "outcomes": '{"outcomes": []}',
    "check": '{"scenario": "kazakhstan-wheat-export-ban", "name": "Nobody"}',
    "plans": '{"question": {"budget": 1000000}}',
}  # fmt: skip


def holders(permission):
    if permission in OPEN:
        return set(ROLES) if permission != "nobody" else set()
    return set(permissions(permission.partition(".")[0]).get(permission, ()))


def asks():
    """Each line of the table as (path, method, form, permission)."""
    for path, said in ROUTES.items():
        for how, permission in said.items():
            method, _, field = how.partition(" ")
            yield path, method, dict([field.split("=")]) if field else {}, permission


def send(visitor, path, method, form):
    query = (
        {"line": "2"}
        if "rows/" in path and method == "GET"
        else {"room": "x"}
        if path.endswith(("/draw", "/values"))
        else {}
    )
    where = written(path, visitor.own) + "".join(f"?{name}={value}" for name, value in query.items())
    body = next((body for name, body in BODIES.items() if where.endswith("/" + name)), "{}")
    return visitor.send(method, where, FORMS | form, **({"body": body} if path.startswith("api/") else {}))


def test_every_address_says_who_may_use_it():
    found = declared()
    assert set(found) ^ set(ROUTES) == set()
    assert {p for path in ROUTES for p in ROUTES[path].values() if p not in OPEN and not holders(p)} == set()


def test_no_address_is_wider_than_its_page():
    for path, view in declared().items():
        page = getattr(view, "permission", "")
        for how, permission in ROUTES[path].items():
            if page:
                assert permission not in OPEN, path
                assert holders(permission) <= holders(page), (path, how)
            elif not path.startswith("api/"):
                assert permission in OPEN, f"{path} has no @page and {how} asks {permission}"


def test_every_operation_of_the_api_is_in_the_table():
    told = {
        re.sub(r"\{(\w+)\}", r"<\1>", path.lstrip("/")): {method.upper() for method in operations}
        for path, operations in api.get_openapi_schema()["paths"].items()
    }
    assert {path: set(ROUTES[path]) for path in told} == told
    for operations in api.get_openapi_schema()["paths"].values():
        assert all(operation["security"] for operation in operations.values())


def test_every_button_is_in_the_table():
    """A form's further step is a further thing that somebody may do."""
    told = {form["do"] for _, _, form, _ in asks() if "do" in form}
    pages = Path(clarion.__file__).parent.rglob("templates/**/*.html")
    buttons = {do for page in pages for do in re.findall(r'name="do" value="([\w-]+)"', page.read_text("utf-8"))}
    assert buttons - told <= {"add-shortage", "check"}  # they show the same form again
    assert len(buttons) >= 10


@pytest.mark.parametrize("path", sorted({path for path, *_ in asks()}))
def test_everybody_at(path, everybody, commitment, monkeypatch):
    """Whoever the table names comes in, nobody else does; the table's permission is what the code asks for."""
    rules = import_module("clarion.access.permissions")
    kept, asked = commitment(), []
    may = rules.may
    monkeypatch.setattr(rules, "may", lambda actor, name: asked.append(name) or may(actor, name))
    for visitor in everybody:
        visitor.own["commitment"] = str(kept.pk)
    for method, form, permission in [how[1:] for how in asks() if how[0] == path]:
        for visitor in everybody:
            asked.clear()
            answer = send(visitor, path, method, form)
            said = (method, form, visitor.role, answer.status_code)
            assert answer.status_code < 500, said
            if permission == "nobody":
                assert answer.status_code == 404, said
            elif permission == "anybody":
                assert answer.status_code not in (401, 405), said
            elif visitor.role in OUTSIDE:
                assert led_away(answer), said
            elif visitor.role in holders(permission):
                assert answer.status_code not in (401, 403, 405), said
                assert not (answer.status_code == 302 and answer.url.startswith("/account/login")), said
                assert permission == "signed in" or permission in asked, (said, asked)
            else:
                assert answer.status_code == 403, said


@pytest.mark.parametrize("path", sorted(ROUTES))
def test_no_other_method_opens_it(path, visitor, commitment):
    """What is not in the table is refused; POST to a page that takes no form shows the page to whoever may see it."""
    kept = commitment()
    read = ROUTES[path].get("GET", "nobody")
    named = {how.partition(" ")[0] for how in ROUTES[path]}
    for role in ("stranger", "viewer"):
        comes = visitor(role)
        comes.own["commitment"] = str(kept.pk)
        for method in set(METHODS) - named:
            as_get = method in ("HEAD", "POST") and not path.startswith("api/")
            as_get |= path == "api/v1/openapi.json"  # the schema, open to anybody, is shown for any method
            if as_get and (role in holders(read) or read == "anybody"):
                continue  # who may read it reads it; nothing is changed (test_forgery.py)
            answer = send(comes, path, method, {})
            shut = answer.status_code in (403, 404, 405) or led_away(answer)
            assert shut, (method, role, answer.status_code)
            assert method != "HEAD" or not answer.content


def led_away(answer):
    return answer.status_code == 401 or (answer.status_code == 302 and answer.url.startswith("/account/"))
