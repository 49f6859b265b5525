#!/usr/bin/env python3
"""Threads as modern code starts them: programs before and after their repair.

usage: pairs.py SNUG [CASE...]

Each file of threads/ is a program of its own. Its first line says what is expected of it:
"expect: warning", "expect: note" or "expect: silent" (no warning), then flags for the compiler. The
repair stands beside it: in a second run each `text/*after: other*/` becomes `other`, and nothing may
be a warning any more.

Prints one line for each wrong answer, then recall and precision. Status 1 if either is below 95 %.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "threads")
AFTER = re.compile(r"(\w*)/\*after: ?(.*?)\*/")


def levels_of(snug, path, flags):
    """Levels of the findings, or an error text."""
    standard = "-std=c17" if path.endswith(".c") else "-std=c++20"
    command = [snug, "check", "--checks", "false-sharing", "--level", "note", "--prove", "0",
               "--format", "json", "--root", os.path.dirname(path), path, "--", standard, *flags]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode > 1 or not done.stdout:
        return done.stderr.strip() or "status %d" % done.returncode
    return [finding["level"] for finding in json.loads(done.stdout)["findings"]]


def judge(snug, name):
    path = os.path.join(HERE, name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    head = re.match(r"// expect: (warning|note|silent)(?: flags: (.*))?\n", text)
    if not head:
        return name, None, "the first line does not say what is expected", []
    flags = (head.group(2) or "").split()
    before = levels_of(snug, path, flags)
    after = []
    if AFTER.search(text):
        with tempfile.TemporaryDirectory() as folder:
            other = os.path.join(folder, name)
            with open(other, "w", encoding="utf-8") as file:
                file.write(AFTER.sub(lambda found: found.group(2), text))
            after = levels_of(snug, other, flags)
    return name, head.group(1), before, after


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    snug = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or sorted(n for n in os.listdir(HERE) if n.endswith((".c", ".cpp")))
    hits = misses = made_up = 0
    broken = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, wanted, before, after in pool.map(lambda n: judge(snug, n), names):
            if isinstance(before, str) or isinstance(after, str):
                broken.append(name)
                print("%s: could not be analysed: %s" %
                      (name, before if isinstance(before, str) else after))
                continue
            if wanted == "silent":
                if "warning" in before:
                    made_up += 1
                    print("%s: made up" % name)
            elif wanted in before:
                hits += 1
            else:
                misses += 1
                print("%s: missed" % name)
            if "warning" in after:
                made_up += 1
                print("%s: still a warning after its repair" % name)
    recall = 100.0 * hits / max(1, hits + misses)
    precision = 100.0 * hits / max(1, hits + made_up)
    print("%d programs: recall %.1f %%, precision %.1f %%" % (len(names), recall, precision))
    sys.exit(0 if recall >= 95 and precision >= 95 and not broken else 1)


main()
