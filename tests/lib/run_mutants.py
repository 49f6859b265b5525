#!/usr/bin/env python3
"""Puts faults into a header, one at a time, and requires that its test program notices each.

    run_mutants.py --header H --test T --mutants M --scratch DIR [--link LIB]... -- COMPILER FLAGS...

The mutants file:

    # why this file has the mutants it has
    flags: -fsanitize=address          (optional, for the whole file)

    == the name of the fault
    - text to find in the header, exactly once (several `- ` lines are one text of several lines)
    + text to put there ("+" alone: nothing)
    @ detail/part.hpp                  (optional: the fault is in this file of the same folder)
    ~ reentrance_table_test.cpp        (optional: the test that notices, of the folder of the others)

Line breaks and indentation do not count in the text to find. A mutant is caught when the program fails (status, signal or time-out), or when a static_assert stops the
compiler. Any other compile error is an error of the mutant, and so is a text that is not found exactly
once. The unchanged header must pass first: a test that always fails catches nothing.

What a mutant costs is its compilation, so the frameworks are compiled once for all of them. Its
program ends at the first failure, and its properties take the same random numbers each time and do
not look for the smallest case that fails, which nobody would read.
"""
import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import time

RUN_SECONDS = 10  # of a processor; on a busy machine they may take WAIT_SECONDS
WAIT_SECONDS = 240
# A mutant that waits for ever takes no processor time: it is given this many times what the
# unchanged header took, and no less than LEAST_WAIT_SECONDS.
TIMES_AS_LONG = 30
LEAST_WAIT_SECONDS = 20
PROPERTIES = "seed=1 noshrink=1"


def parse_mutants(path):
    flags, mutants = [], []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file.read().splitlines(), 1):
            if line.startswith("== "):
                mutants.append({"name": line[3:], "find": [], "put": []})
            elif line.startswith("flags:") and not mutants:
                flags = line[len("flags:"):].split()
            elif line.startswith("- ") and mutants:
                mutants[-1]["find"].append(line[2:])
            elif line.startswith("@ ") and mutants:
                mutants[-1]["file"] = line[2:].strip()
            elif line.startswith("~ ") and mutants:
                mutants[-1]["test"] = line[2:].strip()
            elif line == "+" and mutants:
                mutants[-1]["put"].append("")
            elif line.startswith("+ ") and mutants:
                mutants[-1]["put"].append(line[2:])
            elif line and not line.startswith("#"):
                sys.exit(f"{path}:{number}: not understood: {line}")
    for mutant in mutants:
        if not mutant["find"] or not mutant["put"]:
            sys.exit(f"{path}: mutant \"{mutant['name']}\" needs `- ` and `+ ` lines")
    if len(mutants) < 5:
        sys.exit(f"{path}: {len(mutants)} mutants, at least 5 are wanted")
    return flags, mutants


def run(command, **options):
    return subprocess.run(command, text=True, errors="replace", stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **options)


class Bench:
    """Compiles the test program against one version of the header and runs it."""

    def __init__(self, args, flags):
        self.args = args
        self.command = [*args.compiler, "-O0", "-UNDEBUG", *flags]
        self.limit_memory = not any("sanitize" in flag for flag in flags)
        shutil.rmtree(args.scratch, ignore_errors=True)
        os.makedirs(args.scratch)
        self.changed = os.path.join(args.scratch, "snug")
        self.program = os.path.join(args.scratch, "program")
        self.wait_seconds = WAIT_SECONDS
        self.took = 0.0  # seconds, of the program that ran last
        # The frameworks, compiled once: most of the time of one mutant otherwise.
        self.frameworks = os.path.join(args.scratch, "frameworks.hpp")
        with open(self.frameworks, "w", encoding="utf-8") as file:
            file.write("#include <catch2/catch.hpp>\n#include <rapidcheck.h>\n")
        is_clang = "clang" in os.path.basename(self.command[0])
        suffix, once = (".pch", ["-fpch-instantiate-templates"]) if is_clang else (".gch", [])
        made = run([*self.command, *once, "-x", "c++-header", self.frameworks,
                    "-o", self.frameworks + suffix])
        if made.returncode != 0:
            sys.exit(made.stdout)

    def judge(self, part, text, test=None):
        """With `text` as the header `part` -> ("passed" | "failed" | "static_assert" | "broken", output)

        `test`: another test program than that of the header.
        """
        # How long another program takes is not known.
        wait_seconds = WAIT_SECONDS if test else self.wait_seconds
        test = os.path.join(os.path.dirname(self.args.test), test) if test else self.args.test
        shutil.rmtree(self.changed, ignore_errors=True)
        path = os.path.join(self.changed, part)
        os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        # The scratch folder comes first, so that <snug/NAME.hpp> is the changed header.
        compiler, *flags = self.command
        built = run([compiler, f"-I{self.args.scratch}", *flags, "-include", self.frameworks,
                     test, "-o", self.program, *self.args.link])
        if built.returncode != 0:
            asserted = "static assertion failed" in built.stdout or "static_assert" in built.stdout
            return ("static_assert" if asserted else "broken"), built.stdout

        def limit():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CPU, (RUN_SECONDS, RUN_SECONDS))
            if self.limit_memory:
                resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))

        begin = time.monotonic()
        try:
            ran = run([self.program, "--abort"], timeout=wait_seconds, preexec_fn=limit,
                      env={**os.environ, "RC_PARAMS": PROPERTIES})
        except subprocess.TimeoutExpired:
            return "failed", f"no end after {wait_seconds:.0f} s"
        self.took = time.monotonic() - begin
        return ("passed" if ran.returncode == 0 else "failed"), ran.stdout


def main():
    split = sys.argv.index("--")
    parser = argparse.ArgumentParser()
    for name in ("header", "test", "mutants", "scratch"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--link", action="append", default=[])
    parser.add_argument("--only", help="run only mutants whose name contains this")
    args = parser.parse_args(sys.argv[1:split])
    args.compiler = sys.argv[split + 1:]

    flags, mutants = parse_mutants(args.mutants)
    folder, name = os.path.split(args.header)
    bench = Bench(args, flags)
    with open(args.header, encoding="utf-8") as file:
        verdict, output = bench.judge(name, file.read())
    if verdict != "passed":
        sys.exit(f"the unchanged header must pass, but: {verdict}\n{output}")
    bench.wait_seconds = min(WAIT_SECONDS, max(LEAST_WAIT_SECONDS, TIMES_AS_LONG * bench.took))

    bad = 0
    passing = set()  # other test programs that pass with the unchanged headers
    for mutant in mutants:
        if args.only and args.only not in mutant["name"]:
            continue
        part = mutant.get("file", name)
        with open(os.path.join(folder, part), encoding="utf-8") as file:
            original = file.read()
        find, put = " ".join(mutant["find"]).split(), "\n".join(mutant["put"])
        places = list(re.finditer(r"\s+".join(map(re.escape, find)), original))
        if len(places) != 1:
            print(f"STALE   {mutant['name']}: its text occurs {len(places)} times in {part}", flush=True)
            bad += 1
            continue
        changed = original[:places[0].start()] + put + original[places[0].end():]
        test = mutant.get("test")
        if test and test not in passing:
            if bench.judge(part, original, test)[0] != "passed":
                sys.exit(f"the unchanged header must pass {test}")
            passing.add(test)
        verdict, output = bench.judge(part, changed, test)
        if verdict in ("failed", "static_assert"):
            print(f"caught  {mutant['name']} ({verdict})", flush=True)
        else:
            print(f"{'ALIVE' if verdict == 'passed' else 'BROKEN'}   {mutant['name']}", flush=True)
            if verdict == "broken":
                print(output, flush=True)
            bad += 1
    if bad:
        sys.exit(f"{bad} of {len(mutants)} mutants were not caught")
    shutil.rmtree(args.scratch, ignore_errors=True)


main()
