#!/usr/bin/env python3
"""Builds before.cpp and after.cpp of a sample, runs both and compares what they print:

    run.py SAMPLE_FOLDER SCRATCH -- COMPILER FLAGS...

Both must compile without a warning, end with status 0 and print the same text, which is not empty.
"""
import os
import subprocess
import sys


def output_of(source, program, command):
    built = subprocess.run([*command, source, "-o", program], text=True, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, check=False)
    if built.returncode != 0:
        sys.exit(f"{source} does not compile:\n{built.stdout}")
    ran = subprocess.run([program], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                         check=False)
    if ran.returncode != 0:
        sys.exit(f"{source} ends with status {ran.returncode}:\n{ran.stdout}")
    return ran.stdout


def main():
    folder, scratch = sys.argv[1:3]
    command = sys.argv[sys.argv.index("--") + 1:]
    os.makedirs(scratch, exist_ok=True)
    before, after = (output_of(os.path.join(folder, f"{which}.cpp"), os.path.join(scratch, which), command)
                     for which in ("before", "after"))
    if not before.strip():
        sys.exit(f"{folder}: prints nothing, so nothing is compared")
    if before != after:
        sys.exit(f"{folder}: before prints\n{before}but after prints\n{after}")


main()
