#!/usr/bin/env python3
"""Compares snug's padding findings of C code with those of clang's own checker.

    padding_checker.py SNUG CLANG -p BUILD [--allowed-pad 8] [--root DIR]

clang's optin.performance.Padding reports a struct whose excess padding is above AllowedPad; it knows C
only in part (it leaves out bit-fields, bases and what is reached through no function). Everything that
it reports and snug does not is printed with what snug's layout says. The exit status is 1 if there is
something.
"""
import argparse
import json
import os
import re
import shlex
import subprocess
import sys

REPORT = re.compile(r"Excessive padding in '(?:struct )?([^']+)' \((\d+) padding bytes, where (\d+) is "
                    r"optimal\)")


def clang_findings(clang, build, allowed):
    """Name to (padding, optimal, place) of every struct that the checker reports."""
    with open(os.path.join(build, "compile_commands.json")) as file:
        entries = json.load(file)
    found = {}
    for entry in entries:
        words = entry.get("arguments") or shlex.split(entry["command"])
        flags = []
        skip = False
        for word in words[1:]:
            if skip or word in ("-c", entry["file"]):
                skip = False
                continue
            if word in ("-o", "-MF", "-MT", "-MQ"):
                skip = True
                continue
            flags.append(word)
        command = [clang, "--analyze", "--analyzer-no-default-checks", "-Xclang",
                   "-analyzer-checker=optin.performance.Padding",
                   "-Xclang", "-analyzer-config", "-Xclang",
                   f"optin.performance.Padding:AllowedPad={allowed}", "-Xclang",
                   "-analyzer-output=text", "-w", "-o", os.devnull] + flags + [entry["file"]]
        done = subprocess.run(command, capture_output=True, text=True, cwd=entry["directory"])
        for line in done.stderr.splitlines():
            match = REPORT.search(line)
            if match:
                place = line.split(" ")[0].rstrip(":")
                found[match.group(1)] = (int(match.group(2)), int(match.group(3)), place)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("snug")
    parser.add_argument("clang")
    parser.add_argument("-p", "--build", required=True)
    parser.add_argument("--allowed-pad", type=int, default=7)
    parser.add_argument("--root")
    options = parser.parse_args()
    root = ["--root", options.root] if options.root else []
    done = subprocess.run([options.snug, "check", "--format", "json", "--level", "note", "--checks",
                           "padding", "--keep-going", "-p", options.build,
                           "--option", f"padding.min-bytes={options.allowed_pad + 1}"] + root,
                          capture_output=True, text=True)
    report = json.loads(done.stdout)
    names = {record["id"]: record["name"] for record in report["records"]}
    ours = {names.get(finding["record"], "?") for finding in report["findings"]}
    theirs = clang_findings(options.clang, options.build, options.allowed_pad)
    missing = sorted(name for name in theirs if name not in ours)
    for name in missing:
        padding, optimal, place = theirs[name]
        print(f"only clang: {name}: {padding} bytes of padding, {optimal} optimal, at {place}")
    print(f"clang reports {len(theirs)}, snug {len(ours)}, {len(missing)} only clang, "
          f"{len(ours - set(theirs))} only snug")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
