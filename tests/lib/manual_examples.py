#!/usr/bin/env python3
"""Every check whose text names a type of the library has an example in its manual page, and all of them compile and run.

    manual_examples.py MAN_FOLDER SCRATCH -- COMPILER FLAGS...
"""
import glob
import os
import re
import subprocess
import sys

split = sys.argv.index("--")
man, scratch = sys.argv[1:split]
compiler = sys.argv[split + 1:]
os.makedirs(scratch, exist_ok=True)
UNESCAPED = {r"\-": "-", r"\e": "\\", r"\(ga": "`", r"\(aq": "'", r"\(dq": '"', r"\(ti": "~", r"\(ha": "^", r"\&": ""}


def plain(roff):
    return re.sub(r"\\\(..|\\.", lambda m: UNESCAPED[m.group()], roff)


done = 0
for page in sorted(glob.glob(os.path.join(man, "*.7"))):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    description = text.split(".SH DESCRIPTION", 1)[1].split("\n.SH ", 1)[0]
    blocks = re.findall(r"^\.EX\n(.*?)^\.EE$", text, re.M | re.S)
    named = re.search(r"snug::\w+", plain(description))
    if named and not blocks:
        sys.exit(f"{page}: names {named.group()}, a type of the library, and has no example")
    if not blocks:
        continue
    name = os.path.basename(page)[: -len(".7")]
    if len(blocks) != 2 or "snug::runtime" not in blocks[1]:
        sys.exit(f"{page}: an example is a program and the lines for CMake")
    source, program = os.path.join(scratch, name + ".cpp"), os.path.join(scratch, name)
    with open(source, "w", encoding="utf-8") as file:
        file.write(plain(blocks[0]))
    for command in ([*compiler, source, "-o", program], [program]):
        ran = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if ran.returncode != 0:
            sys.exit(f"{page}: the example fails: {' '.join(command)}\n{ran.stdout[:3000]}")
    done += 1
if done < 13:
    sys.exit(f"only {done} examples")
print(f"{done} examples")
