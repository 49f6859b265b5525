#!/usr/bin/env python3
"""The labelled programs of the checks that weigh bytes: what is found, and at which level.

usage: value.py SNUG [CASE...]

Each file of value/ is a program of its own. Its first line says what is expected of one check:
"expect: warning of padding" (also "note": one, and no warning; "nothing": not even a note), then
flags for the compiler. Lines that end in "flip" are left out in a second run, in which a warning
must be gone and anything else must have become one.

Prints one line for each wrong answer. Status 1 if there is any.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "value")
HEAD = re.compile(r"(?://|/\*) expect: (warning|note|nothing) of ([a-z-]+)(?: flags: (.*?))?(?: \*/)?$")
FLIP = re.compile(r"// flip$|/\* flip \*/$")


def level_of(snug, path, check, flags):
    """"warning", "note" or "nothing"; an error text if the run failed."""
    standard = "-std=c17" if path.endswith(".c") else "-std=c++20"
    command = [snug, "check", "--checks", check, "--level", "note", "--format", "json", "-j1",
               "--root", os.path.dirname(path), path, "--", standard, *flags]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode > 1:
        return done.stderr.strip() or "status %d" % done.returncode
    levels = [finding["level"] for finding in json.loads(done.stdout)["findings"]]
    return "warning" if "warning" in levels else "note" if levels else "nothing"


def judge(snug, name):
    """A sentence for each wrong answer."""
    path = os.path.join(HERE, name)
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    head = HEAD.match(lines[0])
    if not head:
        return ["%s: the first line does not say what is expected" % name]
    wanted, check, flags = head.group(1), head.group(2), (head.group(3) or "").split()
    wrong = []
    found = level_of(snug, path, check, flags)
    if found != wanted:
        wrong.append("%s: expected %s of %s, found %s" % (name, wanted, check, found))
    kept = [line for line in lines if not FLIP.search(line)]
    if len(kept) != len(lines):
        with tempfile.TemporaryDirectory() as folder:
            other = os.path.join(folder, name)
            with open(other, "w", encoding="utf-8") as file:
                file.write("\n".join(kept))
            flipped = level_of(snug, other, check, flags)
        if (flipped == "warning") == (wanted == "warning") or flipped not in ("warning", "note", "nothing"):
            wrong.append("%s: does not flip: %s" % (name, flipped))
    return wrong


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    snug = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or sorted(n for n in os.listdir(HERE) if n.endswith((".c", ".cpp")))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: judge(snug, name), names))
    for sentence in [sentence for wrong in answers for sentence in wrong]:
        print(sentence)
    bad = sum(1 for wrong in answers if wrong)
    print("%d cases, %d wrong" % (len(names), bad))
    sys.exit(1 if bad or not names else 0)


main()
