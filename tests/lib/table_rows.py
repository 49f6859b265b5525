#!/usr/bin/env python3
"""Every type of every header has a row in every table of tests, or a reason why not.

    table_rows.py LIB_FOLDER TESTS_FOLDER

The types of a header are those that the table in LIB_FOLDER/README.md names. A table is all files KIND*_table_test.cpp of
one KIND; the rows of a header are the text behind a line `// --- HEADER` in it, up to the next one. A type has a row if that
text names it. A reason is a line in a table's file:

    // no row: HEADER [TYPE, TYPE]: the reason          (without types: for all of the header)
"""
import collections
import glob
import os
import re
import sys

lib, tests = sys.argv[1:]
NOT_TYPES = {"line", "SNUG_ASSERT_LAYOUT"}  # a number, and a macro that leaves nothing in the program
headers = {os.path.basename(h) for h in glob.glob(os.path.join(lib, "include", "snug", "*.hpp"))}
if len(headers) < 15:
    sys.exit(f"{lib}: only {len(headers)} headers")
with open(os.path.join(lib, "README.md"), encoding="utf-8") as file:
    listed = re.findall(r"^\| `(\w+\.hpp)` \| ([^|]*) \|", file.read(), re.M)
types = {header: [n for n in re.findall(r"`(\w+)`", names) if n not in NOT_TYPES] for header, names in listed}
wrong = [f"lib/README.md: no types of {h}" for h in sorted(headers - set(types))]
wrong += [f"lib/README.md: {h} is no header" for h in sorted(set(types) - headers)]

kinds = collections.defaultdict(list)
for path in sorted(glob.glob(os.path.join(tests, "*_table_test.cpp"))):
    kind = os.path.basename(path).removesuffix("_table_test.cpp")
    kinds[re.sub(r"(_containers)?(_unchecked)?$", "", kind)].append(path)
if len(kinds) < 6:
    sys.exit(f"{tests}: only {len(kinds)} tables")

for kind, paths in sorted(kinds.items()):
    rows, reasons = collections.defaultdict(str), {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for header, names, reason in re.findall(r"^// no row: (\w+\.hpp)([^:]*): +(\S.+)$", text, re.M):
            reasons[header] = re.findall(r"\w+", names)
        parts = re.split(r"^// --- (.*)$", text, flags=re.M)
        for title, body in zip(parts[1::2], parts[2::2]):
            for header in re.findall(r"\w+\.hpp", title):
                rows[header] += body
    for header in sorted(headers):
        exempt = reasons.get(header)
        if exempt == []:
            if rows[header].count("TEST_CASE"):
                wrong.append(f"{kind}: {header} has rows and a reason for none")
            continue
        for name in types.get(header, []):
            if re.search(rf"\b(basic_)?{name}\b", rows[header]):
                if name in (exempt or []):
                    wrong.append(f"{kind}: {name} has a row and a reason for none")
            elif name not in (exempt or []):
                wrong.append(f"{kind}: no row for {name} of {header}, and no reason (`// no row: {header} {name}: ...`)")
if wrong:
    sys.exit("\n".join(wrong))
print(f"{sum(map(len, types.values()))} types in {len(kinds)} tables")
