#!/usr/bin/env python3
"""The labelled programs of all checks that advise: what is found before the repair and after it.

usage: advice.py SNUG [--folder NAME] [--least PERCENT] [--compiler CLANG] [CASE...]

Each file of advice/ (or of the folder NAME beside it) is a program of its own. Its first line says what is expected of one check:
"expect: warning of padding" (also "note": one, and no warning; "silent": no warning; "nothing": not
even a note), then flags for the compiler. "// count: N" asks for that many findings, "// header: H"
for a header of a library that lies in advice/, and lines that begin with "// config: " are its
.snug.toml. A line that ends in "// before" is left out once the
program is repaired, one that ends in "// after" belongs to the repaired program alone. The repaired
program must have no finding of the check at the level that was expected.

Prints one line for each wrong answer, then recall and precision over all checks and for each of
them. Status 1 if either is below 97 % (or PERCENT), or if a program cannot be analysed.
"""
import collections
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = re.compile(r"(?://|/\*) expect: (warning|note|silent|nothing) of ([\w-]+)(?: flags: (.*?))?(?: \*/)?\n")
Case = collections.namedtuple("Case", "name wanted check before after count error")


def side_of(text, left_out):
    """The program before ("after" is left out) or after its repair."""
    kept = [line for line in text.split("\n") if not re.search(r"// %s$" % left_out, line)]
    return re.sub(r" *// (before|after)$", "", "\n".join(kept), flags=re.MULTILINE)


def levels_of(snug, compiler, folder_of_case, name, text, check, flags):
    """Levels of the findings of the check, or an error text."""
    standard = "-std=c17" if name.endswith(".c") else "-std=c++20"
    with tempfile.TemporaryDirectory() as above:
        folder = os.path.join(above, "program")
        library = os.path.join(above, "library")
        os.mkdir(folder)
        os.mkdir(library)
        flags = [*flags, "-isystem", library]
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        for header in re.findall(r"^// header: (.*)$", text, re.MULTILINE):
            shutil.copy(os.path.join(folder_of_case, header), library)
        with open(os.path.join(folder, ".snug.toml"), "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in re.findall(r"^// config: (.*)$", text, re.MULTILINE)))
        if compiler:
            done = subprocess.run([compiler, "-fsyntax-only", "-w", "-x", "c" if name.endswith(".c") else "c++",
                                   standard, *flags, path],
                                  capture_output=True, text=True, timeout=300)
            if done.returncode:
                return done.stderr.strip()
        command = [snug, "check", "--checks", check, "--level", "note", "--prove", "0", "--fail-on", "never",
                   "--format", "json", "--root", folder, path, "--", standard, *flags]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode > 1 or not done.stdout:
            return done.stderr.strip() or "status %d" % done.returncode
        return [finding["level"] for finding in json.loads(done.stdout)["findings"]]


def judge(snug, compiler, folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        text = file.read()
    head = HEAD.match(text)
    if not head:
        return Case(name, None, None, [], [], None, "the first line does not say what is expected")
    wanted, check, flags = head.group(1), head.group(2), (head.group(3) or "").split()
    count = re.search(r"^// count: (\d+)$", text, re.MULTILINE)
    before = levels_of(snug, compiler, folder, name, side_of(text, "after"), check, flags)
    after = []
    if re.search(r"// (before|after)$", text, re.MULTILINE):
        after = levels_of(snug, compiler, folder, name, side_of(text, "before"), check, flags)
    error = next((answer for answer in (before, after) if isinstance(answer, str)), None)
    return Case(name, wanted, check, before, after, int(count.group(1)) if count else None, error)


def faults_of(case):
    """What is missed, and what is made up, in words."""
    missed, made_up = [], []
    if case.wanted in ("warning", "note") and case.wanted not in case.before:
        missed.append("missed" + (" (%s)" % case.before[0] if case.before else ""))
    if case.wanted in ("note", "silent", "nothing") and "warning" in case.before:
        made_up.append("a warning made up")
    if case.wanted == "nothing" and "note" in case.before:
        made_up.append("a note made up")
    if "warning" in case.after or (case.wanted == "note" and case.after):
        made_up.append("still reported after its repair")
    if case.count is not None and case.before and len(case.before) != case.count:
        made_up.append("%d findings, not %d" % (len(case.before), case.count))
    return missed, made_up


def figures(hits, misses, made_up):
    return 100.0 * hits / max(1, hits + misses), 100.0 * hits / max(1, hits + made_up)


def main():
    arguments = sys.argv[1:]
    if not arguments:
        sys.exit(__doc__)
    named = {"--compiler": "", "--folder": "advice", "--least": "97"}
    for option in named:
        if option in arguments:
            place = arguments.index(option)
            named[option] = arguments[place + 1]
            del arguments[place:place + 2]
    folder = os.path.join(HERE, named["--folder"])
    snug = os.path.abspath(arguments[0])
    names = arguments[1:] or sorted(n for n in os.listdir(folder) if n.endswith((".c", ".cpp")))
    tally = collections.defaultdict(lambda: [0, 0, 0])
    broken = False
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case in pool.map(lambda n: judge(snug, named["--compiler"], folder, n), names):
            if case.error:
                broken = True
                print("%s: could not be analysed: %s" % (case.name, case.error))
                continue
            missed, made_up = faults_of(case)
            for fault in missed + made_up:
                print("%s: %s" % (case.name, fault))
            sums = tally[case.check]
            sums[0] += case.wanted in ("warning", "note") and not missed
            sums[1] += len(missed)
            sums[2] += len(made_up)
    for check in sorted(tally):
        print("%-24s %3d found, %d missed, %d made up" % (check, *tally[check]))
    recall, precision = figures(*(sum(sums[i] for sums in tally.values()) for i in range(3)))
    print("%d programs: recall %.1f %%, precision %.1f %%" % (len(names), recall, precision))
    sys.exit(0 if min(recall, precision) >= float(named["--least"]) and not broken else 1)


main()
