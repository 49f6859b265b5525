#!/usr/bin/env python3
"""How long `snug lsp` takes, as an editor sees it: a table with the budgets of the design.

editor_latency.py SNUG ROOT FILE [--build FOLDER] [--typing SECONDS] [--requests N] [--syntax-only]

ROOT is the folder that an editor opens, FILE one of its units, FOLDER that of its compile database.
Times are wall time in milliseconds; CPU is that of the server and all that it has started. Nothing
is kept between runs. --syntax-only runs `clang++ -fsyntax-only` with the unit's flags to compare.
"""
import argparse
import json
import os
import queue
import shlex
import subprocess
import tempfile
import threading
import time

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {}},
                  "didChangeWatchedFiles": {"dynamicRegistration": True}},
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
                       "resolveSupport": {"properties": ["edit"]}},
        "publishDiagnostics": {"relatedInformation": True},
    },
}


class Client:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.last = 0
        self.came = queue.Queue()
        self.answers = {}
        self.seen = []
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while line := stream.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if length == 0:
                return self.came.put(None)
            self.came.put(json.loads(stream.read(length)))

    def write(self, message):
        body = json.dumps(dict(message, jsonrpc="2.0")).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def notify(self, method, params):
        self.write({"method": method, "params": params})

    def send(self, method, params):
        self.last += 1
        self.write({"id": self.last, "method": method, "params": params})
        return self.last

    def pump(self):
        message = self.came.get(timeout=600)
        if message is None:
            raise RuntimeError("the server is gone")
        if "method" not in message:
            self.answers[message["id"]] = message
        elif "id" in message:
            self.write({"id": message["id"], "result": None})
        else:
            self.seen.append(message)

    def wait(self, request):
        while request not in self.answers:
            self.pump()
        return self.answers.pop(request)

    def request(self, method, params):
        return self.wait(self.send(method, params))

    def wait_for(self, method, wanted):
        at = 0
        while True:
            while at >= len(self.seen):
                self.pump()
            message = self.seen[at]
            at += 1
            if message["method"] == method and wanted(message["params"]):
                return message["params"]


def descendants(process):
    found = [process]
    for one in found:
        try:
            with open(f"/proc/{one}/task/{one}/children") as file:
                found += [int(word) for word in file.read().split()]
        except OSError:
            pass
    return found


def cpu_of(process):
    """Seconds of the process and of what it has started, ended ones included."""
    ticks = 0
    for one in descendants(process):
        try:
            with open(f"/proc/{one}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
        except OSError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(process):
    """Megabytes of memory that are its own or its share of what several have."""
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def row(name, value, budget=""):
    print(f"| {name} | {value} | {budget} |", flush=True)


def percentiles(times):
    times = sorted(times)
    return f"p50 {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms"


def syntax_only(file, build):
    with open(os.path.join(build, "compile_commands.json")) as database:
        for entry in json.load(database):
            path = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
            if path != file:
                continue
            words = entry.get("arguments") or shlex.split(entry["command"])
            flags = [word for word in words[1:] if word != "-c"]
            if "-o" in flags:
                at = flags.index("-o")
                del flags[at:at + 2]
            before = os.times()
            compiler = "clang-22" if file.endswith(".c") else "clang++-22"
            subprocess.run([compiler, "-fsyntax-only", "-w", *flags], cwd=entry["directory"], check=False)
            after = os.times()
            return (after.children_user - before.children_user
                    + after.children_system - before.children_system)
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("snug", "root", "file"):
        parser.add_argument(name)
    parser.add_argument("--build", default="")
    parser.add_argument("--typing", type=float, default=60)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--syntax-only", action="store_true")
    options = parser.parse_args()
    file = os.path.realpath(os.path.join(options.root, options.file))
    uri = "file://" + file
    with open(file, encoding="utf-8", errors="replace", newline="") as opened:
        text = opened.read()
    document = {"textDocument": {"uri": uri}}
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 999999, "character": 0}}
    print(f"{options.file}: {text.count(chr(10))} lines\n\n| what | measured | budget |\n|---|---|---|")
    unit = 0
    if options.syntax_only:
        unit = syntax_only(file, options.build or options.root)
        row("clang -fsyntax-only of the unit", f"{unit:.2f} s CPU")

    def times(seconds):
        return f"{seconds:.2f} s CPU" + (f" ({seconds / unit:.2f}x)" if unit else "")

    with tempfile.TemporaryDirectory() as cache:
        begin = time.perf_counter()
        client = Client([options.snug, "lsp", "--cache", cache])
        server = client.process.pid
        client.request("initialize", {
            "rootUri": "file://" + os.path.realpath(options.root), "capabilities": CAPABILITIES,
            "initializationOptions": {"buildFolder": options.build, "codeLens": "all"}})
        row("initialize", f"{(time.perf_counter() - begin) * 1000:.0f} ms", "100 ms")
        client.notify("initialized", {})

        cpu, begin = cpu_of(server), time.perf_counter()
        client.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": "cpp", "version": 1, "text": text}})
        lenses = client.request("textDocument/codeLens", document)["result"]
        row("layouts after open", f"{time.perf_counter() - begin:.2f} s, {times(cpu_of(server) - cpu)}, "
            f"{len(lenses)} records", "0.6x")
        client.wait_for("textDocument/publishDiagnostics", lambda p: p["uri"] == uri and p.get("version") == 1)
        row("findings after open", f"{time.perf_counter() - begin:.2f} s, {times(cpu_of(server) - cpu)}")

        position = lenses[0]["range"]["start"] if lenses else {"line": 0, "character": 0}
        for name, method, params in (
                ("hover", "textDocument/hover", dict(document, position=position)),
                ("lens", "textDocument/codeLens", document),
                ("inlay hints", "textDocument/inlayHint", dict(document, range=whole))):
            taken = []
            for _ in range(options.requests):
                begin = time.perf_counter()
                client.request(method, params)
                taken.append((time.perf_counter() - begin) * 1000)
            row(f"{name}, warm, {options.requests} requests", percentiles(taken), "p95 50 ms")

        version = 1

        def edit(place):
            nonlocal version
            version += 1
            changed = f"//{version}\n" + text if place == "front" else text + f"\n//{version}\n"
            client.notify("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": changed}]})

        time.sleep(1)
        for place in ("end", "front"):
            taken, burnt = [], []
            for _ in range(7):
                cpu, begin = cpu_of(server), time.perf_counter()
                edit(place)
                client.request("textDocument/codeLens", document)
                taken.append((time.perf_counter() - begin) * 1000)
                burnt.append(cpu_of(server) - cpu)
            row(f"layouts after an edit at the {place}",
                f"{percentiles(taken)}, {times(sorted(burnt)[len(burnt) // 2])}", "0.6x")

        cancels = []
        for _ in range(20):
            edit("end")
            request = client.send("textDocument/codeLens", document)
            begin = time.perf_counter()
            client.notify("$/cancelRequest", {"id": request})
            client.wait(request)
            cancels.append((time.perf_counter() - begin) * 1000)
        row("a cancel while the unit is read", percentiles(cancels), "100 ms")

        most = edits = 0
        cpu, begin = cpu_of(server), time.perf_counter()
        while time.perf_counter() - begin < options.typing:
            edit("end")
            edits += 1
            with open(f"/proc/{server}/task/{server}/children") as children:
                most = max(most, len(children.read().split()))
            time.sleep(0.1)
        burnt, begin = cpu_of(server) - cpu, time.perf_counter()
        client.request("textDocument/codeLens", document)
        row(f"typing, {edits} edits in {options.typing:.0f} s",
            f"at most {most} worker(s), {burnt:.1f} s CPU, layouts {time.perf_counter() - begin:.2f} s "
            "after the last", "one parse")
        client.wait_for("textDocument/publishDiagnostics",
                        lambda p: p["uri"] == uri and p.get("version") == version)
        row("memory of the server", f"{memory_of(server):.0f} MB", "100 MB")
        workers = [memory_of(one) for one in descendants(server)[1:]]
        row("memory of its processes", " + ".join(f"{one:.0f}" for one in workers) + " MB", "250 MB")

        actions = client.request("textDocument/codeAction", dict(
            document, range=whole, context={"diagnostics": []}))["result"]
        fixes = [action for action in actions if "data" in action]
        cpu, taken = cpu_of(server), []
        for fix in fixes[:5]:
            begin = time.perf_counter()
            client.request("codeAction/resolve", fix)
            taken.append(f"{time.perf_counter() - begin:.1f}")
        if taken:
            row(f"proof of {len(taken)} fixes", f"{' '.join(taken)} s, {times((cpu_of(server) - cpu) / len(taken))} each",
                "1.2x a unit")
        client.request("shutdown", None)
        client.notify("exit", None)
        client.process.wait(30)


if __name__ == "__main__":
    main()
