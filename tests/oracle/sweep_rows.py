"""The rows of sweep.py that need nothing but this project and installed packages."""
import os
import re
import shutil

from header_units import HeaderUnits
from sweep_runs import Absent, add_layouts, compiler, entry

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
ABI = re.compile(r"abi-differs: (\d+) of (\d+) records differ, recall ([\d.]+) %, precision ([\d.]+) %")


def source_files(folder):
    for here, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.endswith((".cpp", ".c")):
                yield os.path.join(here, name)


def samples(sweep, row):
    root = os.path.join(SOURCE, "samples")
    entries = []
    for file in source_files(root):
        flags = ["-std=c17" if file.endswith(".c") else "-std=c++20",
                 "-I" + os.path.join(SOURCE, "lib/include")]
        folder = os.path.dirname(file)
        while folder != root:
            flags.append("-I" + folder)
            folder = os.path.dirname(folder)
        entries.append(entry(file, flags, file.endswith(".c")))
    sweep.compare(entries, row)


def header_row(package, find, batch, is_c=False):
    """A row of units over headers. `find` returns the flags and the headers, or nothing;
    the folder that it is given is its own."""

    def fill(sweep, row):
        found = find(sweep.folder("headers"))
        if not found or not found[1]:
            raise Absent(f"not installed (Debian: {package})")
        flags, headers = found
        units = HeaderUnits(sweep.folder("units"), compiler(is_c), flags, is_c)
        units.add(headers, batch)
        with open(os.path.join(sweep.log, sweep.row_name + ".excluded.txt"), "w",
                  encoding="utf-8") as out:
            out.writelines(f"{header}: {why}\n" for header, why in sorted(units.excluded.items()))
        row.exclude(f"of {len(headers)} headers that do not compile alone", len(units.excluded))
        sweep.compare([entry(unit, flags, is_c) for unit in units.units], row)

    return fill


def random_row(target):
    def fill(sweep, row):
        for seed in (1, 2, 3, 4):
            status, text = sweep.run([sweep.program("tests/oracle/compare_layouts"), "--target", target,
                                      "--random", str(sweep.options.random), "--seed", str(seed)])
            add_layouts(row, status, text)

    return fill


def cases_row(target):
    def fill(sweep, row):
        flags = {".c": ["-std=c17", "-nostdinc"], ".cpp": ["-std=c++20", "-nostdinc", "-faligned-allocation"]}
        entries = [entry(file, flags[os.path.splitext(file)[1]], file.endswith(".c"))
                   for file in source_files(os.path.join(HERE, "cases"))]
        sweep.compare(entries, row, ["--target", target])

    return fill


def abi_differs(sweep, row):
    if not shutil.which("g++"):
        raise Absent("needs g++")
    status, text = sweep.run([sweep.program("tests/oracle/snug_oracle_tests"),
                              "the trait abi-differs tells where g++ lays a record out otherwise"])
    totals = ABI.search(text)
    row.raise_status(1 if status else 0)
    if not totals:
        row.raise_status(2)
        row.remark = "the test tells no figures"
        return
    row.units, row.compared = 5, int(totals[2])
    row.remark = f"{totals[1]} differ in g++: recall {totals[3]} %, precision {totals[4]} %"
    row.differences = 1 if status else 0
