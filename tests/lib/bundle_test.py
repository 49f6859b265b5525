#!/usr/bin/env python3
"""Every header in one file compiles without warnings, alone, with its example, and with all the others.

    bundle_test.py LIB_FOLDER SCRATCH -- COMPILER FLAGS...

The flags name no include folder of the library.
"""
import glob
import os
import shutil
import subprocess
import sys

split = sys.argv.index("--")
lib, scratch = sys.argv[1:split]
compiler = sys.argv[split + 1:]
here = os.path.dirname(os.path.abspath(__file__))
shutil.rmtree(scratch, ignore_errors=True)
os.makedirs(os.path.join(scratch, "one"))


def run(command):
    ran = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if ran.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}\n{ran.stdout[:4000]}")


headers = sorted(glob.glob(os.path.join(lib, "include", "snug", "*.hpp")))
if len(headers) < 15:
    sys.exit(f"{lib}: only {len(headers)} headers")
sources = []
for header in headers:
    name = os.path.basename(header)
    bundle = os.path.join(scratch, "one", name)
    run([sys.executable, os.path.join(lib, "bundle.py"), header, bundle])
    with open(bundle, encoding="utf-8") as file:
        if any(line.lstrip().startswith("#include <snug/") for line in file):
            sys.exit(f"{bundle}: still includes a header of the library")
    example = os.path.join(scratch, name + ".cpp")
    run([sys.executable, os.path.join(here, "extract_example.py"), header, example])
    with open(example, encoding="utf-8") as file:
        text = file.read().replace(f"#include <snug/{name}>", f'#include "one/{name}"')
    with open(example, "w", encoding="utf-8") as file:
        file.write(text)
    sources.append(example)
with open(os.path.join(scratch, "all.cpp"), "w", encoding="utf-8") as file:
    file.write("".join(f'#include "one/{os.path.basename(h)}"\n' for h in headers + headers[::-1]))
sources.append(os.path.join(scratch, "all.cpp"))
for source in sources:
    run([*compiler, f"-I{scratch}", "-fsyntax-only", source])
print(f"{len(headers)} bundles")
shutil.rmtree(scratch, ignore_errors=True)
