#!/usr/bin/env python3
"""What snug costs beside `clang -fsyntax-only` over the same units, as one table.

    tests/bench/scan_speed.py SNUG BUILD_DIR[:UNITS] ... [--rounds 5] [--header FILE] [--exact]

Each BUILD_DIR holds a compile_commands.json; with :UNITS so many evenly spaced units of it are
taken. Rows are what a run costs, columns are the projects, numbers are CPU time (user and system,
of all processes that a command starts) over that of clang:

    layouts       snug scan --layout-only
    full scan     snug scan
    check         snug check with proofs, nothing kept from other runs
    checks alone  snug check of a part, without proofs: reading the part, all checks, the report
    again         snug check once more, nothing has changed
    header        snug check after a comment was added to the file of --header (and taken away again)

How it is measured: one process at a time (-j1), warm file cache, no clocks. In each round clang
runs first and last and every row once in between, so that a machine that changes its pace changes it
for all. A round in which the two runs of clang differ by more than 5 % is thrown away; as many are
added, up to three times as many as asked for. Printed are medians of the rounds' ratios.

With --exact the reports are compared too: the JSON of a run that keeps results, of the run after it
and of one that keeps nothing have to be the same, byte for byte. Status 1 if they are not.
"""

import argparse
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

ROWS = ["layouts", "full scan", "check", "checks alone", "again", "header"]


def cost(argv, folder):
    """CPU seconds and peak KiB of a command and everything that it starts, and its status."""
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            os.execvp(argv[0], argv)
        except OSError:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, code


def clang_command(entry, clang):
    words = entry.get("arguments") or shlex.split(entry["command"])
    if clang is None:
        clang = "clang-22" if entry["file"].endswith(".c") else "clang++-22"
    kept, skip = [clang], False
    for word in words[1:]:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        elif word not in ("-c", "-MD", "-MMD", "-Werror") and not word.startswith("-W"):
            kept.append(word)
    return kept + ["-w", "-fsyntax-only"]


class Project:
    def __init__(self, where, options, scratch):
        build, _, units = where.partition(":")
        self.options = options
        self.build = os.path.abspath(build)
        self.name = os.path.basename(os.path.dirname(self.build)) or build
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            entries = json.load(file)
        if units and int(units) < len(entries):
            step = len(entries) / int(units)
            entries = [entries[int(i * step)] for i in range(int(units))]
        self.entries = [entry for entry in entries if self.is_accepted(entry)]
        if not self.entries:
            sys.exit(f"{build}: clang accepts no unit")
        entries = self.entries
        self.database = os.path.join(scratch, str(len(os.listdir(scratch))))
        os.mkdir(self.database)
        with open(os.path.join(self.database, "compile_commands.json"), "w",
                  encoding="utf-8") as file:
            json.dump(entries, file)
        self.cache = os.path.join(self.database, "kept")
        self.part = os.path.join(self.database, "part.snug")
        self.ratios = {row: [] for row in ROWS}
        self.peak = {row: 0 for row in ["clang", *ROWS]}
        self.thrown = 0

    def is_accepted(self, entry):
        """True if clang compiles the unit: of one that it rejects nothing can be compared."""
        accepted = cost(clang_command(entry, self.options.clang), entry["directory"])[2] == 0
        if not accepted:
            print(f"{self.name}: clang rejects {entry['file']}, which is left out", file=sys.stderr)
        return accepted

    def snug(self, *words, cache="off"):
        return [self.options.snug, *words, "--cache", cache, "--progress", "never"]

    def read(self, *words, cache="off"):
        return self.snug(*words, "-p", self.database, "-j1", cache=cache)

    def clang(self):
        total = 0.0
        for entry in self.entries:
            argv = clang_command(entry, self.options.clang)
            spent, memory, code = cost(argv, entry["directory"])
            if code != 0:
                sys.exit(f"clang rejects {entry['file']}")
            total += spent
            self.peak["clang"] = max(self.peak["clang"], memory)
        return total

    def run(self, row, argv):
        spent, memory, code = cost(argv, self.build)
        if code != 0:
            print(f"{self.name}: '{' '.join(argv[1:3])}' ended with status {code}", file=sys.stderr)
        self.peak[row] = max(self.peak[row], memory)
        return spent

    def check(self, row):
        return self.run(row, self.read("check", "--fail-on", "never", cache=self.cache))

    def edited(self):
        """CPU seconds after a comment was added to a header."""
        path = self.options.header
        with open(path, "rb") as file:
            text = file.read()
        try:
            with open(path, "ab") as file:
                file.write(b"// edited\n")
            return self.check("header")
        finally:
            with open(path, "wb") as file:
                file.write(text)

    def round(self):
        first = self.clang()
        spent = {"layouts": self.run("layouts", self.read("scan", "--layout-only", "-o", self.part)),
                 "full scan": self.run("full scan", self.read("scan", "-o", self.part)),
                 "checks alone": self.run("checks alone", self.snug(
                     "check", self.part, "--prove", "0", "--fail-on", "never"))}
        shutil.rmtree(self.cache, ignore_errors=True)
        spent["check"] = self.check("check")
        spent["again"] = self.check("again")
        if self.options.header:
            spent["header"] = self.edited()
        last = self.clang()
        if not 0.95 <= last / first <= 1.05:
            self.thrown += 1
            return False
        for row, seconds in spent.items():
            self.ratios[row].append(seconds / ((first + last) / 2))
        return True

    def measure(self):
        good = 0
        for _ in range(3 * self.options.rounds):
            good += self.round()
            if good == self.options.rounds:
                break

    def cell(self, row):
        ratios = self.ratios[row]
        if not ratios:
            return "-"
        return f"{statistics.median(ratios):.3f} ({min(ratios):.3f}-{max(ratios):.3f})"

    def is_exact(self):
        """True if the reports are the same whatever is kept."""
        words = ("check", "--fail-on", "never", "--format", "json", "--level", "note")
        shutil.rmtree(self.cache, ignore_errors=True)
        reports = [subprocess.run(self.read(*words, cache=cache), cwd=self.build, check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
                   for cache in ("off", self.cache, self.cache)]
        same = reports[0] == reports[1] == reports[2] and reports[0]
        print(f"{self.name}: reports {'are the same' if same else 'DIFFER'}, "
              f"{len(reports[0])} bytes")
        return bool(same)


def print_table(projects):
    print("| CPU time over clang's | " +
          " | ".join(f"{p.name} ({len(p.entries)})" for p in projects) + " |")
    print("|---|" + "---|" * len(projects))
    for row in ROWS:
        cells = [p.cell(row) for p in projects]
        if any(cell != "-" for cell in cells):
            print(f"| {row} | " + " | ".join(cells) + " |")
    print("| largest process, MiB (clang's) | " + " | ".join(
        f"{max(p.peak[row] for row in ROWS) / 1024:.0f} ({p.peak['clang'] / 1024:.0f})"
        for p in projects) + " |")
    print("| rounds thrown away | " + " | ".join(str(p.thrown) for p in projects) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("snug", type=os.path.abspath)
    parser.add_argument("builds", nargs="+", metavar="BUILD_DIR[:UNITS]")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--header", type=os.path.abspath, help="a header of the only project")
    parser.add_argument("--exact", action="store_true", help="compare the reports as well")
    parser.add_argument("--clang", help="default: clang-22 for C, clang++-22 for the others")
    options = parser.parse_args()
    if options.header and len(options.builds) > 1:
        sys.exit("--header belongs to one project; measure one at a time")
    with tempfile.TemporaryDirectory(prefix="snug-bench-") as scratch:
        projects = [Project(where, options, scratch) for where in options.builds]
        for project in projects:
            project.measure()
        print_table(projects)
        exact = [project.is_exact() for project in projects] if options.exact else [True]
    if not all(project.ratios["full scan"] for project in projects):
        sys.exit("the machine is not quiet enough: clang differs from itself in every round")
    if not all(exact):
        sys.exit(1)


if __name__ == "__main__":
    main()
