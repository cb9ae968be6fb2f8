"""Bodies and fields of odd shape: too deep, too many, twice, of the wrong kind, not what their header says."""

import gzip
import json

import pytest

from clarion.spillover.models import Plan, Run

RUNS = "api/v1/spillover/runs"
RUN = {"scenario": "kazakhstan-wheat-export-ban", "draws": 2, "rule": "pta"}


@pytest.fixture
def analyst(visitor):
    return visitor("analyst", "me")


def nested(depth, opening, closing):
    return opening * depth + "1" + closing * depth


@pytest.mark.parametrize("depth", [100, 900, 5_000, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_a_body_nested_without_end(analyst, depth, opening, closing):
    deep = nested(depth, opening, closing)
    for path, body in (
        (RUNS, deep), (RUNS, '{"scenario": ' + deep + "}"),
        ("api/v1/spillover/scenarios/check", '{"text": ' + deep + "}"),
        (f"{RUNS}/{analyst.own['run']}/plans", '{"question": {"budget": ' + deep + "}}"),
        (f"{RUNS}/{analyst.own['run']}/plans", '{"question": ' + deep + "}"),
    ):  # fmt: skip
        answer = analyst.send("POST", path, body=body)
        assert answer.status_code in (400, 404, 409, 413, 422), (path, answer.status_code)
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert Run.objects.count() == 1
    assert Plan.objects.count() == 1


def test_a_key_that_stands_twice_does_not_get_round_a_check(analyst):
    """The last one counts, for the check as for the use: there is one reading of the body."""
    body = '{"scenario": "kazakhstan-wheat-export-ban", "draws": 2, "draws": 999999, "rule": "pta"}'
    assert analyst.send("POST", RUNS, body=body).status_code == 422
    body = '{"scenario": "kazakhstan-wheat-export-ban", "draws": 999999, "draws": 2, "rule": "pta"}'
    made = analyst.send("POST", RUNS, body=body)
    assert (made.status_code, made.json()["draws"]) == (201, 2)


@pytest.mark.parametrize(
    "wrong",
    [{"draws": "2e3"}, {"draws": [2]}, {"draws": {"$gt": 1}}, {"draws": None}, {"draws": 2.5}, {"draws": 10**400},
     {"draws": -1}, {"seed": "1; drop table"}, {"seed": 1e300}, {"horizon": 37}, {"horizon": -1}, {"rule": ["monthly"]},
     {"rule": "monthly\x00"}, {"scenario": ["a"]}, {"scenario": "../../etc/passwd"}, {"scenario": "a" * 10_000},
     {"scenario": "\x00"}, {"text": 5}, {"trade": "RAW"}, {"trade": True}],
    ids=repr,
)  # fmt: skip
def test_a_value_of_another_kind(analyst, wrong):
    answer = analyst.send("POST", RUNS, body=json.dumps(RUN | wrong))
    assert answer.status_code in (400, 404, 422), answer.content
    assert Run.objects.count() == 1
    assert "passwd" not in answer.content.decode() or answer.status_code == 404


@pytest.mark.parametrize("body", [
    b"", b"null", b"[]", b"1", b'"x"', b"{", b"{}}", b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b'{"draws": NaN}',
    b'{"draws": Infinity}', b'{"scenario": "\\ud800"}', b"{'a': 1}", b'{"a": 1,}', b"a=1&b=2", b"<a/>",
    gzip.compress(b"{}"), b'{"seed": 1' + b"0" * 5000 + b"}", b'{"draws": 1e999}',
])  # fmt: skip
def test_a_body_that_is_no_object(analyst, body):
    for path in (RUNS, "api/v1/spillover/scenarios/check", f"{RUNS}/{analyst.own['run']}/plans",
                 "api/v1/call/commitments/00000000-0000-4000-8000-000000000000/decide"):  # fmt: skip
        for kind in ("application/json", "text/plain", "application/xml", "multipart/form-data", ""):
            answer = analyst.client.generic("POST", "/" + path, body, content_type=kind)
            assert 400 <= answer.status_code < 500, (path, kind, answer.status_code)
            assert answer.headers["Content-Type"] == "application/problem+json"
    assert Run.objects.count() == 1


def test_too_much_of_everything(analyst):
    """Fields, letters, files, pairs in a query: refused with a plain page, not worked through."""
    for form in (
        {f"x{i}": "1" for i in range(1100)}, {"text": "x" * 1_100_000, "mode": "text"}, {"items": ["wheat"] * 1100},
    ):  # fmt: skip
        answer = analyst.client.post("/spillover/scenarios/new/", form)
        assert answer.status_code in (400, 413)
        assert b"Traceback" not in answer.content
    many = "&".join(f"country={'A' * 3}" for _ in range(900))
    assert analyst.client.get(f"/api/v1/spillover/macro?{many}").status_code in (400, 404, 422)
    assert analyst.client.get("/spillover/?" + "&".join(f"a{i}=1" for i in range(1100))).status_code < 500
    assert analyst.client.get(f"/spillover/?item={'a' * 100_000}").status_code in (400, 404)
    lines = ",".join(str(n) for n in range(100_000))
    assert analyst.client.get(f"/spillover/rows/trade_flows/staple-trade/?lines={lines}").status_code in (200, 400, 404)


def test_files_are_taken_nowhere(analyst):
    """What is sent as a file where a text is asked for is never kept, and no field is read from it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    for name in ("text", "file", "../../etc/cron.d/x", "a\x00b", "name"):
        for where in ("/spillover/scenarios/new/", "/account/tokens/", "/language/"):
            sent = SimpleUploadedFile("..\\..//x.html", b"<script>alert(1)</script>" * 100, content_type="text/html")
            answer = analyst.client.post(where, {name: sent, "do": "save", "mode": "text"})
            assert answer.status_code in (200, 302, 400, 422)
            assert b"<script>alert" not in answer.content


def test_a_parameter_given_twice_is_read_once(analyst):
    """HTTP parameter pollution: the query does not stand in for the form, nor a cookie for either."""
    run = f"/spillover/runs/{analyst.own['run']}/"
    analyst.client.post(run + "?do=remove", {"do": "nothing"})
    analyst.client.post(run + "?do=publish&do=remove", {})
    analyst.client.cookies["do"] = "remove"
    analyst.client.post(run, {})
    found = Run.objects.get(pk=analyst.own["run"])
    assert not found.published


@pytest.mark.parametrize("text", [
    "' OR 1=1--", "1; DROP TABLE spillover_run;--", "\\'; --", "') UNION SELECT password FROM access_user--", "%",
    "_", "\x00", "{{7*7}}", "${7*7}", "#{7*7}", "$(id)", "`id`", "|id", ";id", "../../../etc/passwd",
    "..%2f..%2fetc/passwd", "....//....//etc/passwd", "C:\\Windows\\win.ini", "file:///etc/passwd",
    "http://127.0.0.1:22/",
    "\r\nSet-Cookie: x=1", "%0d%0aSet-Cookie:x=1", "*)(uid=*", "' or count(/*)>0 or 'a'='b",
    "__import__('os').system('id')", "%s%s%n%x",
    "{0.__class__}",
], ids=repr)  # fmt: skip
def test_injected_everywhere(analyst, text):
    """SQL, templates, commands, paths and header lines in every part of an address and every field: read as text."""
    from urllib.parse import quote

    part = quote(text, safe="")
    for path in (
        f"spillover/country/{part}/", f"spillover/country/KGZ/{part}/", f"spillover/country/KGZ/{part}.csv",
        f"spillover/country/KGZ/brief.{part}", f"spillover/rows/{part}/staple-trade/?lines=2",
        f"spillover/rows/trade_flows/{part}/?lines={part}", f"spillover/exposure.{part}", f"spillover/ranking.{part}",
        f"spillover/scenarios/shipped/{part}/", f"spillover/scenarios/new/?copy={part}&mode={part}",
        f"spillover/?item={part}", f"spillover/?source={part}", f"spillover/?period={part}&trade={part}",
        f"spillover/bans/?date={part}", f"spillover/macro/{part}/?growth={part}&rouble={part}",
        f"spillover/runs/{part}/", f"enter/{part}/", f"static/{part}", f"log/?before={part}",
        f"api/v1/spillover/rows/{part}/{part}?line=2", f"api/v1/spillover/countries/{part}?item={part}",
        f"api/v1/spillover/bans?date={part}&source={part}", f"api/v1/call/actions?language={part}",
        f"api/v1/spillover/macro?growth={part}&country={part}",
    ):  # fmt: skip
        answer = analyst.client.get("/" + path)
        assert answer.status_code < 500, path
        assert "x" not in answer.cookies
        assert "Set-Cookie: x" not in str(answer.headers)
        body = getattr(answer, "content", b"")
        assert b"root:x:" not in body
        assert b"uid=" not in body or b"uid=*" in body
        assert b">49<" not in body, path
        assert b"argon2" not in body
    for form in ("csv", "xlsx", "parquet"):
        answer = analyst.client.get(f"/spillover/exposure.{form}")
        assert "\n" not in answer.headers["Content-Disposition"]
