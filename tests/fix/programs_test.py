#!/usr/bin/env python3
"""Programs written by hand that have to print the same before and after `snug fix --safety safe`.

    programs_test.py --snug BIN [--only NAME] [--record] [--compilers g++,clang++-22]

Each file of programs/ holds programs: `=== NAME` begins one, `--- FILE` a further file of it; the
first file is main.cpp, or main.c if it includes <stdio.h>. Each shows one way in which a program
can notice the order or the size of its fields, or looks as if it did.

programs/outcomes tells what becomes of each: "left", or "fixed" with a digest of the files as the
fix leaves them. Programs that were fixed were compiled and run before and after when the digest was
recorded (--record), so the test needs no compiler as long as nothing changes. What comes out
otherwise is compiled and run; the same output is told as a change to record, another one fails.

Exit status: 0 all is well, 1 a program prints something else, does not compile any more or has
another outcome than recorded, 77 something has to be compiled and no compiler is there.
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")
OUTCOMES = os.path.join(HERE, "outcomes")


def programs():
    """Name and files of each program."""
    for theme in sorted(os.listdir(HERE)):
        if not theme.endswith(".txt"):
            continue
        with open(os.path.join(HERE, theme), encoding="utf-8") as text:
            for part in re.split(r"^=== ", text.read(), flags=re.M)[1:]:
                name, body = part.split("\n", 1)
                pieces = re.split(r"^--- (.*)\n", body, flags=re.M)
                main = "main.c" if "#include <stdio.h>" in pieces[0] else "main.cpp"
                files = {main: pieces[0]}
                files.update(zip(pieces[1::2], pieces[2::2]))
                yield name, files


def write(folder, files):
    os.makedirs(folder)
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text)


def is_unit(name):
    return name.endswith((".c", ".cpp"))


def fix(snug, folder, files):
    """The files as `snug fix` leaves them, and what it said."""
    write(folder, files)
    command = {".c": ["clang", "-std=gnu11"], "pp": ["clang++", "-std=c++20"]}
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump([{"directory": folder, "file": name, "arguments": command[name[-2:]] + ["-c", name]}
                   for name in files if is_unit(name)], out)
    run = subprocess.run([snug, "fix", "--level", "note", "--safety", "safe", "--root", ".", "-p", "."],
                         cwd=folder, capture_output=True, text=True, timeout=300, check=False,
                         env=dict(os.environ, XDG_CACHE_HOME="/dev/null/none"))
    after = {}
    for name in files:
        with open(os.path.join(folder, name), encoding="utf-8") as text:
            after[name] = text.read()
    return after, run.returncode, run.stdout + run.stderr


def outcome_of(before, after):
    if before == after:
        return "left"
    digest = hashlib.sha256()
    for name in sorted(after):
        digest.update(name.encode() + b"\0" + after[name].encode() + b"\0")
    return "fixed " + digest.hexdigest()[:16]


def compile_and_run(compiler, folder, files):
    """What the program prints with its exit status; None if it does not compile."""
    objects = []
    c_compiler = compiler.replace("clang++", "clang").replace("g++", "gcc")
    for name in files:
        if not is_unit(name):
            continue
        in_c = name.endswith(".c")
        build = subprocess.run([c_compiler if in_c else compiler, "-std=gnu11" if in_c else "-std=c++20",
                                "-w", "-pthread", "-c", name, "-o", name + ".o"],
                               cwd=folder, capture_output=True, check=False)
        if build.returncode != 0:
            return None
        objects.append(name + ".o")
    link = subprocess.run([compiler, "-pthread", *objects, "-o", "program"], cwd=folder,
                          capture_output=True, check=False)
    if link.returncode != 0:
        return None
    run = subprocess.run(["./program"], cwd=folder, capture_output=True, timeout=60, check=False)
    return run.stdout, run.returncode


def compare(compilers, before, after, folder):
    """None if the program prints the same, else what is wrong."""
    for compiler in compilers:
        outputs = []
        for name, files in (("before", before), ("after", after)):
            where = os.path.join(folder, name + "-" + compiler)
            write(where, files)
            outputs.append(compile_and_run(compiler, where, files))
        if outputs[0] is None:
            continue  # not every library has all that the programs use
        if outputs[1] is None:
            return compiler + " does not compile what the fix left"
        if outputs[0] != outputs[1]:
            return f"{compiler}: {outputs[0][0]!r} before, {outputs[1][0]!r} after"
    return None


def check(name, files, args, recorded, folder):
    """The outcome, and what is wrong with it or None."""
    after, status, said = fix(args.snug, os.path.join(folder, "fixed"), files)
    if status not in (0, 1):
        return "failed", f"snug ended with {status}:\n{said}"
    outcome = outcome_of(files, after)
    if outcome == recorded.get(name):
        return outcome, None
    wrong = None if outcome == "left" else compare(args.compilers, files, after, folder)
    if wrong is not None or args.record:
        return outcome, wrong
    return outcome, f"{recorded.get(name, 'nothing')} is recorded; run with --record\n{said}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snug", required=True)
    parser.add_argument("--only")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--compilers", default="g++,clang++-22")
    args = parser.parse_args()
    args.snug = os.path.abspath(args.snug)
    args.compilers = [one for one in args.compilers.split(",") if shutil.which(one)]
    if not args.compilers:
        print("skipped: no compiler of", args.compilers)
        return 77
    recorded = {}
    if os.path.exists(OUTCOMES):
        with open(OUTCOMES, encoding="utf-8") as text:
            recorded = dict(line.rstrip("\n").split(" ", 1) for line in text)
    outcomes, failed = {}, 0
    for name, files in programs():
        if args.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory(prefix="snug-programs-") as folder:
            outcomes[name], wrong = check(name, files, args, recorded, folder)
        if wrong is not None:
            failed += 1
            print(f"{name}: {outcomes[name]}: {wrong}")
    if args.record and failed == 0:
        recorded.update(outcomes)
        with open(OUTCOMES, "w", encoding="utf-8") as out:
            out.writelines(f"{name} {recorded[name]}\n" for name in sorted(recorded))
    fixed = sum(outcome.startswith("fixed") for outcome in outcomes.values())
    print(f"{len(outcomes)} programs: {fixed} fixed, {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
