#!/usr/bin/env python3
"""A cache that machines share: over HTTP and in Redis.

Usage: shared_cache_test.py SNUG http|redis

Starts the servers itself, on this machine. Whatever the server does, the report is that of a run that
keeps nothing, and the run ends. Exits with 77, and says why, where there is no redis-server.
"""
import http.server
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

SNUG, KIND = sys.argv[1:3]
# Long enough for a loaded machine, shorter than a server that never answers would hold a run.
LIMIT = 120


class Server(http.server.ThreadingHTTPServer):
    """GET and PUT of bytes by path, in one of many moods."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.stored, self.mood, self.asked, self.headers = {}, "well", 0, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # a client that leaves early is expected

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/ac"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", length=None, headers=()):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        server, mood = self.server, self.server.mood
        server.asked += 1
        server.headers.append(dict(self.headers))
        body = server.stored.get(self.path)
        if mood == "refuses":
            return self.answer(403)
        if mood == "fails":
            return self.answer(500, b"<html>it hurts</html>")
        if mood == "moves":
            return self.answer(302, headers=[("Location", self.path)])
        if mood == "hangs":
            time.sleep(LIMIT)
            return None
        if mood == "drips":
            self.send_response(200)
            self.end_headers()
            for _ in range(LIMIT * 5):
                self.wfile.write(b"x")
                time.sleep(0.2)
            return None
        if mood == "closes":
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        if mood == "babbles":
            self.close_connection = True
            return self.wfile.write(b"220 mail.example ESMTP\r\n")
        if mood == "anything":  # a portal that answers every page with one
            return self.answer(200, b"<html>Please sign in</html>")
        if body is None:
            return self.answer(404)
        if mood == "cuts":
            return self.answer(200, body[: len(body) // 2])
        if mood == "breaks":
            self.close_connection = True
            return self.answer(200, body[: len(body) // 2], len(body))
        if mood == "flips":
            middle = len(body) // 2
            return self.answer(200, body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :])
        if mood == "mixes":  # what was stored under another name
            return self.answer(200, next(b for p, b in server.stored.items() if p != self.path))
        return self.answer(200, body)

    def do_PUT(self):
        server, mood = self.server, self.server.mood
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.headers.append(dict(self.headers))
        if mood in ("full", "readonly"):
            return self.answer(507 if mood == "full" else 405)
        if mood in ("fails", "anything"):
            return self.answer(500 if mood == "fails" else 200)
        server.stored[self.path] = body
        return self.answer(201)


def project(folder, name):
    """Two units and a header; fixes to prove, so that both kinds of results are kept."""
    root = pathlib.Path(folder) / name
    (root / "src").mkdir(parents=True)
    (root / "src/order.hpp").write_text(
        "#pragma once\nstruct Order { bool live; double price; bool hidden; };\n")
    entries = []
    for unit in "ab":
        source = root / f"src/{unit}.cpp"
        source.write_text(f'#include "order.hpp"\nOrder {unit}[64];\n')
        entries.append({"directory": str(root), "file": str(source),
                        "arguments": ["c++", "-std=c++20", "-c", str(source)]})
    (root / "compile_commands.json").write_text(json.dumps(entries))
    time.sleep(0.2)  # what changed a moment before a parse may have changed during it
    return root


def check(root, *options, cache=None, env=None):
    around = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    around.update(XDG_CACHE_HOME=str(root.parent / "mine"), **(env or {}))
    words = [SNUG, "check", "-p", ".", "--format", "text", "--prove", "all", "--timings", "--verbose",
             "--cache", "off", *(["--cache", cache] if cache else []), *options]
    run = subprocess.run(words, cwd=root, env=around, capture_output=True, text=True, timeout=LIMIT)
    assert run.returncode == 1, run.stdout + run.stderr
    return run


def found(run):
    """Units and proofs of a run that came from the cache."""
    line = next(l for l in run.stderr.splitlines() if "proofs from the cache" in l)
    words = line.split()
    return int(words[1]), int(words[6]), int(words[3]), int(words[8])


def expect(condition, what, run=None):
    if not condition:
        sys.exit(f"failed: {what}" + (f"\n{run.stdout}\n{run.stderr}" if run else ""))


def shares(root, cache):
    """The first run stores, the second takes everything; --cache-read-only stores nothing."""
    plain = check(root)
    first = check(root, "--cache-read-only", cache=cache)
    expect(first.stdout == plain.stdout and ", 0 stored" in first.stderr, "reads only", first)
    first = check(root, cache=cache)
    expect(first.stdout == plain.stdout and found(first)[0] == 0, "starts with nothing", first)
    again = check(root, "--cache-read-only", cache=cache)
    units, proofs, all_units, all_proofs = found(again)
    expect(again.stdout == plain.stdout, "the same report", again)
    expect(units == all_units == 2 and proofs == all_proofs > 0, "everything is found", again)
    header = root / "src/order.hpp"
    text = header.read_text()
    header.write_text(text.replace("hidden", "closed"))
    time.sleep(0.2)
    changed = check(root, "--cache-read-only", cache=cache)
    expect(changed.stdout == check(root).stdout, "an edit is seen", changed)
    expect(found(changed)[0] == 0, "nothing old counts", changed)
    header.write_text(text)
    return plain


def secrets(root, cache):
    """Who does not know the secret stores nothing that counts."""
    mine, other = {"SNUG_CACHE_SECRET": "mine"}, {"SNUG_CACHE_SECRET": "other"}
    check(root, cache=cache, env=other)
    expect(found(check(root, "--cache-read-only", cache=cache, env=mine))[0] == 0, "another secret")
    expect(found(check(root, "--cache-read-only", cache=cache))[0] == 0, "no secret")
    expect(found(check(root, "--cache-read-only", cache=cache, env=other))[0] == 2, "the secret")


def test_http(folder):
    server = Server()
    root = project(folder, "one")
    plain = shares(root, server.url)
    expect(all(len(p) == len("/ac/") + 64 for p in server.stored), "names of 64 digits")
    whole = dict(server.stored)

    for mood in ("refuses", "fails", "moves", "closes", "babbles", "anything", "cuts", "breaks",
                 "flips", "mixes", "full", "readonly", "drips", "hangs"):
        server.mood, server.asked = mood, 0
        server.stored = {} if mood in ("full", "readonly") else dict(whole)
        start = time.monotonic()
        run = check(root, cache=server.url)
        expect(run.stdout == plain.stdout, f"the same report where the server {mood}", run)
        expect(found(run)[0] == 0, f"nothing is taken where it {mood}", run)
        told = "is not used from here on" in run.stderr
        expect(told == (mood in ("refuses", "fails", "moves", "closes", "babbles", "breaks", "drips",
                                 "hangs")), f"giving up is told where it {mood}", run)
        if mood in ("hangs", "drips"):
            expect(server.asked == 1, f"it is asked once where it {mood}", run)
        if mood in ("full", "readonly"):
            expect("nothing is stored in" in run.stderr, f"it is told that it is {mood}", run)
        print(f"a server that {mood}: {time.monotonic() - start:.1f} s")

    server.mood, server.headers = "well", []
    check(root, cache=server.url.replace("//", "//me:se%40cret@"))
    expect(any(h.get("Authorization") == "Basic bWU6c2VAY3JldA==" for h in server.headers), "a user")
    server.headers = []
    check(root, cache=server.url, env={"SNUG_CACHE_TOKEN": "abc"})
    expect(any(h.get("Authorization") == "Bearer abc" for h in server.headers), "a token")
    secrets(root, server.url)
    server.shutdown()
    server.server_close()
    gone = check(root, cache=server.url.replace("//", "//me:secret@"))
    expect(gone.stdout == plain.stdout, "a server that is not there", gone)
    expect("is not used from here on" in gone.stderr and "secret" not in gone.stderr,
           "it is told, without the password", gone)


def test_redis(folder):
    if shutil.which("redis-server") is None:
        print("skipped: redis-server is not installed")
        sys.exit(77)
    place = pathlib.Path(folder) / "redis.socket"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--unixsocket", str(place),
             "--save", "", "--dir", folder, "--requirepass", "open"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            if place.exists():
                break
            time.sleep(0.05)
        root = project(folder, "one")
        plain = shares(root, f"redis://:open@127.0.0.1:{port}/3")
        expect(found(check(root, cache=f"redis://default:open@127.0.0.1:{port}/3"))[0] == 2, "a user")
        expect(found(check(root, cache=f"redis://:open@127.0.0.1:{port}"))[0] == 0, "a database")
        secrets(root, f"redis://:open@127.0.0.1:{port}/4")
        locked = check(root, cache=f"unix://{place}")
        expect(locked.stdout == plain.stdout and "NOAUTH" in locked.stderr, "no password", locked)
        small = ["redis-cli", "-p", str(port), "-a", "open", "--no-auth-warning", "config", "set",
                 "maxmemory", "1"]
        if shutil.which("redis-cli"):
            subprocess.run(small, check=True, stdout=subprocess.DEVNULL)
            full = check(root, cache=f"redis://:open@127.0.0.1:{port}/5")
            expect(full.stdout == plain.stdout and "OOM" in full.stderr, "a full server", full)
    finally:
        server.terminate()
        server.wait()
    gone = check(root, cache=f"redis://127.0.0.1:{port}")
    expect(gone.stdout == plain.stdout and "not used from here on" in gone.stderr, "no server", gone)
    strange_redis(root, plain)


def strange_redis(root, plain):
    """What is no Redis: each answer goes to every command, or none does."""
    for name, answer in {"lists": b"*1000000000\r\n", "large": b"$99999999999\r\n" + b"x" * 1000,
                         "deep": b"*1\r\n" * 1000, "web": b"HTTP/1.1 400 Bad Request\r\n\r\n",
                         "other": b"$3\r\nabc\r\n", "number": b":7\r\n", "negative": b"$-7\r\n",
                         "silent": b""}.items():
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(LIMIT)

        def serve():
            while True:
                try:
                    client, _ = listener.accept()
                    while client.recv(1 << 20):
                        client.sendall(answer)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        start = time.monotonic()
        run = check(root, cache=f"redis://127.0.0.1:{listener.getsockname()[1]}")
        expect(run.stdout == plain.stdout and found(run)[0] == 0, f"answers that are {name}", run)
        print(f"answers that are {name}: {time.monotonic() - start:.1f} s")
        listener.close()


with tempfile.TemporaryDirectory() as scratch:
    {"http": test_http, "redis": test_redis}[KIND](scratch)
print("every report was that of a run that keeps nothing")
