"""A desk of the standard library alone that carries documents as the real one does, and may be told to lie."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal import roster as rosters
from clarion.seal.value import Sealed, envelope_digest, stub

TOKEN = "a-token-of-the-tests"
BASE = "/api/v1/seal"


class Desk:
    """``twist``, if set, may change an answer: it is called with the path and what would be sent."""

    def __init__(self):
        self.rosters, self.values, self.wraps, self.requests, self.replies = [], {}, {}, {}, {}
        self.outcomes, self.resealed, self.seen, self.twist, self.redirect = {}, 0, [], None, ""
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(None)

            def do_POST(self):
                self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def answer(self, body):
                there = urlsplit(self.path)
                desk.seen.append((self.command, self.path))
                if self.headers["Authorization"] != f"Bearer {TOKEN}":
                    status, found = 401, {"code": "not-allowed", "title": "no token", "detail": "Make one."}
                elif desk.redirect:
                    self.send_response(302)
                    self.send_header("Location", desk.redirect)
                    self.end_headers()
                    return
                else:
                    status, found = desk.answer(there.path.removeprefix(BASE), parse_qs(there.query), body)
                raw = found if isinstance(found, bytes) else json.dumps(found).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def roster(self):
        return rosters.parse(self.rosters[-1])

    def keep(self, sealed):
        self.values[sealed.envelope["record"]] = sealed.envelope
        self.wraps[sealed.digest] = sealed.wraps

    def erase(self, record):
        del self.wraps[envelope_digest(self.values[record])]

    def answer(self, path, query, body):
        parts = path.strip("/").split("/")
        try:
            found = self.route(parts, query, body)
        except KeyError:
            return 404, {"code": "unknown-name", "title": "There is no such thing.", "detail": "Look again."}
        if self.twist:
            found = self.twist(path, found)
        return (201 if body is not None else 200), found

    def route(self, parts, query, body):
        name, posted = parts[0], body is not None
        if parts == ["rosters"]:
            if not posted:
                return {"rosters": self.rosters}
            former = self.roster if self.rosters else None
            rosters.accept(rosters.parse(body), former)
            self.rosters.append(body)
            return {"serial": body["serial"]}
        if name == "lookup":
            return {"records": [self.row(record) for record in body["records"] if record in self.values]}
        if name == "values":
            there = sorted(r for r, e in self.values.items() if e["room"] == query["room"][0])
            after = query.get("after", [""])[0]
            return {"records": [self.row(r) for r in there if r > after][: int(query["count"][0])]}
        if name == "draw":
            there = [r for r, e in self.values.items() if e["room"] == query["room"][0]]
            return {"records": [self.row(record) for record in there[: int(query["count"][0])]]}
        if name == "stale":
            return {
                "records": [self.row(r) for r, e in self.values.items() if e["epoch"] < self.roster.document["epoch"]]
            }
        if parts == ["requests"] and posted:
            request = requests.parse(body)
            self.requests[request.id] = body
            self.replies[request.id] = []
            return {"id": request.id}
        if parts == ["requests"]:
            return {"requests": [self.listed(name) for name in self.requests]}
        return self.of_request(self.requests[parts[1]], parts[1], parts[2], query, body)

    def of_request(self, document, name, what, query, body):
        request = requests.parse(document)
        if what == "replies":
            self.replies[name].append(replies.parse(body, request, self.roster))
            return {"state": "answered"}
        if what == "bundle":
            records = [self.carried(record, query["keyholder"][0]) for record, _ in request.records]
            return {
                "request": document, "rosters": self.rosters, "replies": self.replies[name], "records": records,
                "keyholder": query["keyholder"][0],
            }  # fmt: skip
        if what == "answers":
            return {"request": document, "rosters": self.rosters, "replies": self.replies[name],
                    "envelopes": [self.values[record] for record, _ in request.records]}  # fmt: skip
        if what == "reseal":
            for one in body["sealed"]:
                self.keep(Sealed(one["envelope"], one["wraps"]))
            return {"kept": len(body["sealed"])}
        self.outcomes[name] = body["outcomes"]
        return {"kept": len(body["outcomes"])}

    def listed(self, name):
        document = self.requests[name]
        stopped = replies.stopped(self.replies[name])
        return {"id": name, "state": "stopped" if stopped else "open", "purpose": document["purpose"],
                "count": len(document["records"]), "until": document["until"]}  # fmt: skip

    def row(self, record):
        envelope = self.values[record]
        return {"record": record, "envelope": envelope_digest(envelope), "room": envelope["room"],
                "fields": envelope["fields"], "policy": envelope["policy"], "epoch": envelope["epoch"]}  # fmt: skip

    def carried(self, record, keyholder):
        envelope = self.values[record]
        wraps = self.wraps.get(envelope_digest(envelope), {})
        return {"record": record, "stub": stub(envelope), "wrap": wraps.get(keyholder)}
