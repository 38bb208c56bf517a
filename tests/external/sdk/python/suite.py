"""What a client of one SDK is given, and its lines: `ok|not ok|sdk NAME METHOD ENDPOINT DETAIL`."""

import json
import os
import ssl
import threading
import time
import traceback
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GIVEN = json.loads(os.environ["WXSIM_SUITE"])
MERCHANT = GIVEN["merchant"]
FOLDER = GIVEN["folder"]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da63fcff1f0003030200efa2"
    "a75b0000000049454e44ae426082"
)


class World:
    """A server with its world: where it is, its two apps, and what can be done to it."""

    def __init__(self, name):
        self.facts = GIVEN["worlds"][name]
        self.url = self.facts["url"]
        self.mini, self.account = self.facts["apps"]

    def openid(self, name="mei", app=None):
        user = next(it for it in self.facts["users"] if it["name"] == name)
        return user["openid"][(app or self.mini)["appid"]]

    def control(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Authorization": f"Bearer {self.facts['control_token']}"}
        request = urllib.request.Request(f"{self.url}/_wxsim/{path}", data, headers, method=method)
        trust = ssl.create_default_context(cafile=self.facts["ca"]) if self.facts["ca"] else None
        with urllib.request.urlopen(request, context=trust) as answer:
            return json.load(answer)

    def code(self, user="mei"):
        return self.control("POST", "login", {"user": user})["code"]


class Report:
    def __init__(self, name):
        self.name = name

    def line(self, word, method, endpoint, detail):
        detail = " ".join(str(detail if detail is not None else "").split())[:160]
        print(f"{word} {self.name} {method} {endpoint} {detail}".rstrip(), flush=True)

    def ok(self, method, endpoint, call, check=lambda result: ""):
        """The call succeeds, and `check` finds in its result what has to be there."""
        try:
            result = call()
            self.line("ok", method, endpoint, check(result))
            return result
        except Exception:
            self.line("not ok", method, endpoint, "".join(traceback.format_exc().splitlines()[-4:]))
            return None

    def fails(self, method, endpoint, expected, kind, code, call):
        """The call raises the SDK's own `kind`, in which `code` finds the number or name."""
        try:
            result = call()
            self.line("not ok", method, endpoint, f"expected {expected}, got {result}")
        except kind as error:
            got = code(error)
            word = "ok" if got == expected else "not ok"
            self.line(
                word,
                method,
                endpoint,
                f"{expected} {error}" if got == expected else f"expected {expected}, got {got}: {error}",
            )
        except Exception:
            self.line("not ok", method, endpoint, "".join(traceback.format_exc().splitlines()[-4:]))


def same(one, other):
    assert one == other, f"{one!r} is not {other!r}"
    return one


def picture(data):
    """Whether bytes begin as a picture does."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    assert data[:4] == b"\x89PNG", data[:200]
    return "PNG"


class Receiver:
    """A server of the developer's: `read(path, query, headers, body)` gives what came and (status, answer)."""

    def __init__(self, read):
        self.told = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.do_POST()

            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                try:
                    message, (status, answer) = read(self.command, self.path, self.headers, body)
                except Exception:
                    message, (status, answer) = {"error": traceback.format_exc()}, (500, "")
                receiver.told.append(message)
                data = answer.encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/told"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, fits):
        """Waits until something fits, ten seconds at most."""
        for _ in range(100):
            for message in list(self.told):
                if message is not None and "error" not in message and fits(message):
                    return message
            time.sleep(0.1)
        raise AssertionError(f"it was not told: {self.told}")
