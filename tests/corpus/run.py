#!/usr/bin/env python3
"""The labelled set of false-sharing cases: what is found, what is missed, what is made up.

usage: run.py SNUG [CASE...]

Each file is a program of its own. Its first line says what is expected at level warning
("expect: warning" or "expect: silent", then flags for the compiler). Lines that end in "flip" are
left out in a second run, which must come out the other way round: a thread entry, a join or a lock
less changes the answer.

Prints one line for each wrong answer, then recall and precision. Status 1 if either is below 95 %
or a case does not flip.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run_snug(snug, path, flags):
    """Number of warnings of the check, or an error text."""
    standard = "-std=c17" if path.endswith(".c") else "-std=c++20"
    command = [snug, "check", "--checks", "false-sharing", "--format", "json",
               "--root", os.path.dirname(path), path, "--", standard, *flags]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode > 1:
        return done.stderr.strip() or "status %d" % done.returncode
    findings = json.loads(done.stdout)["findings"]
    return len([f for f in findings if f["level"] == "warning"])


def judge(snug, name):
    path = os.path.join(HERE, name)
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    head = re.match(r"(?://|/\*) expect: (warning|silent)(?: flags: (.*?))?(?: \*/)?$", lines[0])
    if not head:
        return name, None, "the first line does not say what is expected", None
    flags = (head.group(2) or "").split()
    found = run_snug(snug, path, flags)
    if isinstance(found, str):
        return name, head.group(1), found, None
    flipped = None
    if any(re.search(r"// flip$|/\* flip \*/$", line) for line in lines):
        kept = [line for line in lines if not re.search(r"// flip$|/\* flip \*/$", line)]
        with tempfile.TemporaryDirectory() as folder:
            other = os.path.join(folder, name)
            with open(other, "w", encoding="utf-8") as file:
                file.write("\n".join(kept))
            flipped = run_snug(snug, other, flags)
    return name, head.group(1), found, flipped


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    snug = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or sorted(n for n in os.listdir(HERE) if n.endswith((".c", ".cpp")))
    hits = misses = made_up = quiet = flips = stuck = 0
    broken = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, wanted, found, flipped in pool.map(lambda n: judge(snug, n), names):
            if isinstance(found, str) or isinstance(flipped, str):
                broken.append(name)
                print("%s: could not be analysed: %s" % (name, found if isinstance(found, str) else flipped))
                continue
            if wanted == "warning":
                hits += found > 0
                misses += found == 0
                if not found:
                    print("%s: missed" % name)
            else:
                made_up += found > 0
                quiet += found == 0
                if found:
                    print("%s: %d made up" % (name, found))
            if flipped is not None:
                flips += 1
                if (flipped > 0) == (wanted == "warning"):
                    stuck += 1
                    print("%s: does not flip" % name)
    recall = 100.0 * hits / max(1, hits + misses)
    precision = 100.0 * hits / max(1, hits + made_up)
    print("%d cases, %d of them silent: recall %.1f %%, precision %.1f %%; %d of %d flips hold" %
          (len(names), quiet + made_up, recall, precision, flips - stuck, flips))
    sys.exit(0 if recall >= 95 and precision >= 95 and not stuck and not broken else 1)


main()
