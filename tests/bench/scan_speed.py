#!/usr/bin/env python3
"""CPU time and memory of snug against `clang++ -fsyntax-only` over the units of a compile database.

    tests/bench/scan_speed.py SNUG BUILD_DIR [--rounds 7] [--units N] [--clang clang++-22]

Every round runs each mode once over the same units, one process at a time: clang, the scan of
layouts alone, the full scan, and the whole of `snug check` (which also proves its fixes). The
rounds are interleaved, so that a machine that changes its pace changes it for all. Printed are the
medians of the CPU time (user and system, children included), their ratio to clang's, and the
largest resident set of a single process.
"""

import argparse
import json
import os
import shlex
import statistics
import sys
import tempfile


def cost(argv, folder):
    """CPU seconds and peak KiB of a command and everything that it starts."""
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
    kept, skip = [clang], False
    for word in words[1:]:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        elif word not in ("-c", "-MD", "-MMD", "-Werror") and not word.startswith("-W"):
            kept.append(word)
    return kept + ["-w", "-fsyntax-only"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("snug")
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--units", type=int, default=0, help="evenly spaced; 0: all")
    parser.add_argument("--clang", default="clang++-22")
    options = parser.parse_args()

    with open(os.path.join(options.build, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    if options.units and options.units < len(entries):
        step = len(entries) / options.units
        entries = [entries[int(i * step)] for i in range(options.units)]
    database = tempfile.mkdtemp(prefix="snug-bench-")
    with open(os.path.join(database, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(entries, file)

    snug = [os.path.abspath(options.snug)]
    common = ["-p", database, "-j1", "--progress", "never"]
    part = os.path.join(database, "part.snug")
    modes = {
        "snug scan --layout-only": snug + ["scan", "-o", part, "--layout-only"] + common,
        "snug scan": snug + ["scan", "-o", part] + common,
        "snug check (with proofs)": snug + ["check", "--fail-on", "never"] + common,
    }
    seconds = {name: [] for name in ["clang++ -fsyntax-only", *modes]}
    peak = dict.fromkeys(seconds, 0)
    for _ in range(options.rounds):
        total = 0.0
        for entry in entries:
            spent, memory, code = cost(clang_command(entry, options.clang), entry["directory"])
            if code != 0:
                print(f"clang rejects {entry['file']}", file=sys.stderr)
            total += spent
            peak["clang++ -fsyntax-only"] = max(peak["clang++ -fsyntax-only"], memory)
        seconds["clang++ -fsyntax-only"].append(total)
        for name, argv in modes.items():
            spent, memory, code = cost(argv, options.build)
            if code != 0:
                print(f"'{name}' ended with status {code}", file=sys.stderr)
            seconds[name].append(spent)
            peak[name] = max(peak[name], memory)

    base = statistics.median(seconds["clang++ -fsyntax-only"])
    print(f"{len(entries)} units, {options.rounds} rounds, CPU seconds")
    for name, times in seconds.items():
        ratios = [t / c for t, c in zip(times, seconds["clang++ -fsyntax-only"])]
        print(f"{name:28} median {statistics.median(times):7.2f}  min {min(times):7.2f}  "
              f"max {max(times):7.2f}  ratio {statistics.median(times) / base:5.2f} "
              f"(rounds {min(ratios):.2f}-{max(ratios):.2f})  peak {peak[name] / 1024:6.0f} MiB "
              f"({peak[name] / max(1, peak['clang++ -fsyntax-only']):.2f})")


if __name__ == "__main__":
    main()
