#!/usr/bin/env python3
"""How many instructions a scan takes for each one of `clang -fsyntax-only`: a gate without noise.

    tests/bench/instructions.py SNUG [--valgrind valgrind] [--clang clang++-22]

Three small units are made: records, bodies, and a header of the library. Instructions of all
processes of a command are counted by valgrind, less those of an empty unit, so that starting a
program counts for nothing. Status 1 if a unit takes more of them than its limit says; 77 (skipped)
where valgrind or clang is missing. The limits are those of an optimised build.
"""

import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Instructions over clang's: a tenth above what clang 22.1.8 and g++ 12 -O3 gave.
LIMITS = {"records": 9.0, "bodies": 2.45, "library": 1.12}


def records():
    return "".join(
        f"struct R{i} {{ char a; double b; short c; void* d; int e{i}[3]; "
        f"{f'R{i - 1} before;' if i % 7 else ''} }};\n"
        for i in range(200))


def bodies():
    text = "struct P { int x; double y; P* next; char kind; };\n"
    for i in range(150):
        text += (f"double f{i}(P* p, int n) {{\n  double sum = 0;\n"
                 f"  for (int k = 0; k < n; ++k) {{ if (p->kind == {i % 9}) sum += p->y * k; "
                 f"p->x += k; p = p->next; }}\n  return sum + {i};\n}}\n")
    return text


def library():
    return ("#include <vector>\n"
            "struct Order { bool live; double price; bool hidden; };\n"
            "double total(const std::vector<std::vector<Order>>& all) {\n"
            "  double sum = 0;\n  for (const auto& orders : all)\n"
            "    for (const auto& order : orders) sum += order.price;\n  return sum;\n}\n")


def instructions(valgrind, argv, folder):
    """Instructions of a command and of the processes that it forks."""
    for old in glob.glob(os.path.join(folder, "count.*")):
        os.unlink(old)
    run = subprocess.run(
        [valgrind, "--tool=cachegrind", "--quiet", "--cache-sim=no", "--trace-children=yes",
         f"--cachegrind-out-file={folder}/count.%p", *argv],
        cwd=folder, env=dict(os.environ, XDG_CACHE_HOME="/dev/null/none"), check=False,
        capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{' '.join(argv)} ended with status {run.returncode}:\n{run.stderr}")
    total = 0
    for name in glob.glob(os.path.join(folder, "count.*")):
        with open(name, encoding="utf-8", errors="replace") as file:
            total += sum(int(found.group(1)) for line in file
                         if (found := re.match(r"summary: (\d+)", line)))
    if total == 0:
        sys.exit(f"{valgrind} counted nothing")
    return total


def count(options, folder, name, text):
    """Instructions of snug and of clang for a unit."""
    path = os.path.join(folder, name + ".cpp")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump([{"directory": folder, "file": path,
                    "arguments": [options.clang, "-std=c++20", "-c", path]}], file)
    snug = instructions(options.valgrind,
                        [options.snug, "scan", "-p", folder, "-o", "part.snug", "-j1", "--cache",
                         "off", "--progress", "never", "--root", folder], folder)
    clang = instructions(options.valgrind,
                         [options.clang, "-std=c++20", "-w", "-fsyntax-only", path], folder)
    return snug, clang


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("snug", type=os.path.abspath)
    parser.add_argument("--valgrind", default="valgrind")
    parser.add_argument("--clang", default="clang++-22")
    options = parser.parse_args()
    for program in (options.valgrind, options.clang):
        if shutil.which(program) is None:
            print(f"{program} is not there")
            sys.exit(77)

    failed = False
    with tempfile.TemporaryDirectory(prefix="snug-count-") as folder:
        empty = count(options, folder, "empty", "")
        print(f"{'unit':10} {'snug':>15} {'clang':>15}  ratio  limit")
        print(f"{'(empty)':10} {empty[0]:15,} {empty[1]:15,}  {empty[0] / empty[1]:5.3f}", flush=True)
        for name, text in {"records": records(), "bodies": bodies(), "library": library()}.items():
            snug, clang = (all - nothing
                           for all, nothing in zip(count(options, folder, name, text), empty))
            ratio = snug / clang
            failed = failed or ratio > LIMITS[name]
            print(f"{name:10} {snug:15,} {clang:15,}  {ratio:5.3f}  {LIMITS[name]:5.3f}"
                  f"{'  TOO MANY' if ratio > LIMITS[name] else ''}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
