#!/usr/bin/env python3
"""Whether gdb shows the values of a program as its source says, by the printers of the library, and
whether the fields that the visualizer of Visual Studio reads are there.

    printers.py --gdb GDB --printers snug_gdb.py --source values.cpp --program PROGRAM
                --natvis snug.natvis --headers lib/include/snug
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import xml.dom.minidom

parser = argparse.ArgumentParser()
for name in ("gdb", "printers", "source", "program", "natvis", "headers"):
    parser.add_argument("--" + name, required=True)
args = parser.parse_args()

with open(args.source, encoding="utf-8") as file:
    wanted = re.findall(r"^ *// (\w+) = (.*)$", file.read(), re.M)
if len(wanted) < 15:
    sys.exit(f"{args.source}: {len(wanted)} values, at least 15 are wanted")

# Only MSVC can run a natvis file; here its fields and types are looked up.
visualizer = xml.dom.minidom.parse(args.natvis).toxml()
headers = ""
for header in glob.glob(os.path.join(args.headers, "**", "*.hpp"), recursive=True):
    with open(header, encoding="utf-8") as file:
        headers += file.read()
for field in set(re.findall(r"\b([a-z]+_)\b", visualizer)):
    if not re.search(r"[\w>*&] " + field + r"\b", headers):
        sys.exit(f"{args.natvis}: no header has a field {field}")
for name in set(re.findall(r"snug::(?:detail::)?(\w+)&lt;", visualizer)):
    if not re.search(r"\bclass (?:alignas\(.*\) )?" + name + r"\b", headers):
        sys.exit(f"{args.natvis}: no header has a class {name}")

commands = ["set confirm off", "set width 0", "set print pretty off", f"source {args.printers}",
            "break stop", "run", "up"]
for name, _ in wanted:
    commands += [f"echo @{name}@", f"print {name}"]
command = [args.gdb, "-nx", "-batch"]
for one in commands:
    command += ["-ex", one]
ran = subprocess.run([*command, args.program], text=True, stdout=subprocess.PIPE,
                     stderr=subprocess.STDOUT, timeout=120, check=False)
shown = dict(re.findall(r"@(\w+)@\$\d+ = (.*)", ran.stdout))
wrong = 0
for name, text in wanted:
    if shown.get(name) != text:
        print(f"{name}: wanted: {text}\n{' ' * len(name)}  shown:  {shown.get(name)}")
        wrong += 1
if "Python Exception" in ran.stdout:
    wrong += 1
if wrong:
    print(ran.stdout)
    sys.exit(1)
print(f"{len(wanted)} values are shown as wanted")
