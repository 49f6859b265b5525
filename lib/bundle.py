#!/usr/bin/env python3
"""Makes one file of one header of the library, for projects that copy headers.

    bundle.py HEADER [OUTPUT]      lib/bundle.py slot_map slot_map.hpp

HEADER is a name (slot_map) or a path. The file needs nothing but the standard library. Bundles of several
headers may be included together: each part of the library is in a guard of its own.
"""
import os
import re
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "include")
INCLUDE = re.compile(r"\s*#\s*include\s*<(snug/[^>]+)>")


def expand(name, seen, out):
    """Appends the lines of the header `name`, with those that it includes in the places of the includes."""
    if name in seen:
        return
    seen.add(name)
    guard = "SNUG_BUNDLED_" + re.sub(r"\W", "_", name[len("snug/"):]).upper()
    out += [f"// ---- {name}", f"#ifndef {guard}", f"#define {guard}"]
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        for line in file.read().splitlines():
            included = INCLUDE.match(line)
            if included:
                expand(included.group(1), seen, out)
            elif line.strip() != "#pragma once":
                out.append(line)
    out.append("#endif")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    name = "snug/" + os.path.basename(sys.argv[1]).removesuffix(".hpp") + ".hpp"
    if not os.path.exists(os.path.join(FOLDER, name)):
        sys.exit(f"bundle.py: there is no header {name} in {FOLDER}")
    with open(os.path.join(FOLDER, "..", "CMakeLists.txt"), encoding="utf-8") as file:
        version = re.search(r"project\(snug_runtime VERSION (\S+)", file.read()).group(1)
    out = [f"// {name} of snug::runtime {version} in one file, made by lib/bundle.py. Do not edit.", "#pragma once"]
    expand(name, set(), out)
    text = "\n".join(out) + "\n"
    if len(sys.argv) == 2:
        sys.stdout.write(text)
    else:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(text)


main()
