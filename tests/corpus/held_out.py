#!/usr/bin/env python3
"""The held-out pairs: what false-sharing says of real faults and of their mends.

usage: held_out.py SNUG [--floor BEFORE,AFTER] [--compiler CLANG] [PAIR...]

Each pair in held_out/ rebuilds one commit of a public project that removed false sharing: NAME.before
has the fault, NAME.after the mend. They were written before the check was tuned and stay as they are,
so that there is a figure which nobody worked towards (held_out/README.md).

A pair's "before" is found if it has a warning, its "after" is silent if it has none; what is only a
note is counted beside. Prints a line for each pair, then both figures. Status 1 if a file cannot be
compiled or analysed, or if fewer than BEFORE are found or fewer than AFTER are silent.
"""
import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "held_out")


def flags_of(path):
    with open(path, encoding="utf-8") as file:
        named = re.search(r"^// flags: (.*)$", file.read(), re.MULTILINE)
    standard = "-std=gnu17" if path.endswith(".c") else "-std=c++20"
    return [standard, *(named.group(1).split() if named else [])]


def compile_errors(compiler, path):
    language = "c" if path.endswith(".c") else "c++"
    done = subprocess.run([compiler, "-fsyntax-only", *flags_of(path), "-x", language, path],
                          capture_output=True, text=True, timeout=300)
    return done.stderr.strip() if done.returncode else ""


def levels(snug, path):
    """The numbers of warnings and of notes of the check, or an error text."""
    command = [snug, "check", "--checks", "false-sharing", "--format", "json", "--level", "note",
               "--fail-on", "never", "--root", HERE, path, "--",
               *flags_of(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode > 1:
        return done.stderr.strip() or "status %d" % done.returncode
    found = [finding["level"] for finding in json.loads(done.stdout)["findings"]]
    return found.count("warning"), found.count("note")


def judge(snug, compiler, pair):
    answers = []
    for side in ("before", "after"):
        path = os.path.join(HERE, "%s.%s%s" % (pair[0], side, pair[1]))
        wrong = compile_errors(compiler, path) if compiler else ""
        answers.append(wrong or levels(snug, path))
    return answers


def word(answer):
    return "warning" if answer[0] else "note" if answer[1] else "silent"


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("snug", type=os.path.abspath)
    options.add_argument("--floor", default="0,0")
    options.add_argument("--compiler", default="")
    options.add_argument("pairs", nargs="*")
    chosen = options.parse_args()
    names = [re.match(r"(.*)\.before(\.\w+)$", name) for name in sorted(os.listdir(HERE))]
    pairs = [name.groups() for name in names
             if name and (not chosen.pairs or name.group(1) in chosen.pairs)]
    found = silent = notes_before = notes_after = broken = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda pair: judge(chosen.snug, chosen.compiler, pair), pairs)
        for pair, (before, after) in zip(pairs, answers):
            wrong = [answer for answer in (before, after) if isinstance(answer, str)]
            if wrong:
                broken += 1
                print("%-32s could not be judged: %s" % (pair[0], wrong[0]))
                continue
            print("%-32s before: %-8s after: %s" % (pair[0], word(before), word(after)))
            found += word(before) == "warning"
            notes_before += word(before) == "note"
            silent += word(after) != "warning"
            notes_after += word(after) == "note"
    print("%d pairs: %d befores found (and %d as a note only), %d afters silent (%d of them with a "
          "note)" % (len(pairs), found, notes_before, silent, notes_after))
    made_up = len(pairs) - broken - silent
    print("recall %.1f %%, precision %.1f %%" % (100.0 * found / max(1, len(pairs)),
                                               100.0 * found / max(1, found + made_up)))
    least_found, least_silent = (int(number) for number in chosen.floor.split(","))
    if found < least_found or silent < least_silent:
        print("below the floor: %d found and %d silent were reached before" %
              (least_found, least_silent))
    sys.exit(1 if broken or found < least_found or silent < least_silent else 0)


main()
