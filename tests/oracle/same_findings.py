#!/usr/bin/env python3
"""Holds that no finding depends on how much is proven, on the workers or on the order of the units.

    same_findings.py SNUG SOURCE... [-- FLAGS...]     each source alone
    same_findings.py SNUG -p BUILD                    a project; its database is shuffled as well

Each run is reduced to its (check, record, place): alternatives of a finding may differ in bytes.
The exit status is 1 if two runs differ, or if the compiler contradicted a computed size.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

PROVE = ["0", "1", "2", "all"]


def run(snug, words):
    words = [snug, "check", "--format", "json", "--level", "note", "--keep-going"] + words
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        return None, done.stderr
    report = json.loads(done.stdout)
    found = sorted((finding["check"], finding["record"], str(finding["location"]))
                   for finding in report["findings"])
    proven = sum(1 for finding in report["findings"] for fix in finding["fixes"]
                 if fix["proof"] and fix["proof"]["verified"])
    wrong = report["summary"].get("left_out", {}).get("findings_contradicted", 0)
    return (found, proven, wrong), done.stderr


class Comparison:
    def __init__(self, snug):
        self.snug = snug
        self.status = 0
        self.findings = self.subjects = self.failed = 0
        self.proven = {prove: 0 for prove in PROVE}

    def compare(self, name, runs):
        """`runs`: what the run is called, and its words. The first one is what the others are held
        against."""
        first = None
        for title, words in runs:
            result, errors = run(self.snug, words)
            if result is None:
                self.failed += 1
                if first is not None:
                    self.fail(name, title, "it failed: " + errors.strip()[-300:])
                return
            found, proven, wrong = result
            self.proven[title.split()[-1]] = self.proven.get(title.split()[-1], 0) + proven
            if wrong:
                self.fail(name, title, "a size is contradicted: " + errors.strip()[-600:])
            if first is None:
                first = found
                self.subjects += 1
                self.findings += len(found)
            elif found != first:
                lost = [one for one in first if one not in found]
                new = [one for one in found if one not in first]
                self.fail(name, title, f"lost {lost}, new {new}")

    def fail(self, name, title, text):
        self.status = 1
        print(f"{name}: {title}: {text}")


def shuffled(build, folder, seed):
    """A copy of the database in another order."""
    with open(os.path.join(build, "compile_commands.json")) as file:
        entries = json.load(file)
    random.Random(seed).shuffle(entries)
    target = os.path.join(folder, f"order{seed}")
    os.mkdir(target)
    with open(os.path.join(target, "compile_commands.json"), "w") as file:
        json.dump(entries, file)
    return target


def main():
    words = sys.argv[1:]
    flags = []
    if "--" in words:
        at = words.index("--")
        words, flags = words[:at], words[at + 1:]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("snug")
    parser.add_argument("sources", nargs="*")
    parser.add_argument("-p", "--build")
    parser.add_argument("--root")
    options = parser.parse_args(words)
    comparison = Comparison(options.snug)
    if options.build:
        root = ["--root", options.root] if options.root else []
        with tempfile.TemporaryDirectory() as folder:
            runs = [(f"--prove {prove}", ["-p", options.build, "--prove", prove] + root)
                    for prove in PROVE]
            other = shuffled(options.build, folder, 1)
            runs.append(("shuffled --prove 1", ["-p", other, "--prove", "1", "-j", "1"] + root))
            comparison.compare(options.build, runs)
    for source in options.sources:
        standard = flags or (["-std=c11"] if source.endswith(".c") else ["-std=c++20"])
        comparison.compare(source, [(f"--prove {prove}", [source, "--prove", prove, "--"] + standard)
                                    for prove in PROVE])
    proven = ", ".join(f"{prove}: {count}" for prove, count in comparison.proven.items() if count)
    print(f"{comparison.subjects} compared, {comparison.failed} not read; "
          f"{comparison.findings} findings, proven with --prove {proven or 'none'}")
    sys.exit(comparison.status if comparison.subjects else 2)


if __name__ == "__main__":
    main()
