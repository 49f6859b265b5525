#!/usr/bin/env python3
"""Every comparison of snug with the compiler, in one table.

    tests/oracle/sweep.py --bin build/release --full [--project WORDS]...

Compared are size, alignment, dsize, nvsize, the offsets of fields, bit-fields, bases and the hidden
pointers, as the compiler dumps them (-fdump-record-layouts) for a unit that takes sizeof of every
record of the code. A record that the compiler has and snug lacks is a difference.

    --bin DIR         a build folder: compare_layouts, the test program and snug are taken from it
    --full            all rows; without it, samples, C++ library and foreign targets only
    --only REGEX      only the rows whose name matches
    --list            print the names of the rows
    --project WORDS   a project that is built already, as key=value words with commas between:
                        name=NAME          of its rows
                        root=DIR           its sources
                        build=DIR          where its compile_commands.json is (default: root/build)
                        namespaces=A+B     its own: the full scan must report 97 % of the records
                                           in them that its units make the compiler lay out
                        units=REGEX        only the units whose path matches
                        every=N            only every N-th of them
                        rows=layouts+coverage+fixes   which to make (default: all)
                      may be given several times
    --jobs N          processes at a time (default 1)
    --log DIR         keeps the output of each row there, NAME.txt
    --random N        random records for each target, four times (default 500)

The rows: the samples; units over the headers of the C++ library, LLVM, Boost, Qt 5 and Eigen
and over the Linux kernel's interface as C, each with the system's headers; random records and the
header-free cases of this folder for six targets; how well the trait abi-differs tells where g++
parts from clang; and for each project its layouts, its coverage and its fixes (apply_fixes.py). A
row whose package is not installed says so and makes no difference to the exit status, which is 0
for no differences, 1 for any, 2 if something could not be compared.
"""
import argparse
import os
import re
import sys
import tempfile
import time

from header_families import (boost_headers, eigen_headers, kernel_headers, library_headers,
                             llvm_headers, qt_headers)
from sweep_projects import Project
from sweep_rows import SOURCE, abi_differs, cases_row, header_row, random_row, samples
from sweep_runs import Absent, Row, Sweep

TARGETS = ["x86_64-linux-gnu", "i686-linux-gnu", "aarch64-linux-gnu", "armv7-linux-gnueabihf",
           "x86_64-pc-windows-msvc", "arm64-apple-macos"]


def all_rows(options):
    """Names and functions that fill a row."""
    rows = [("samples", samples),
            ("headers: C++ library", header_row("libstdc++-12-dev", library_headers, 1000))]
    if options.full:
        rows += [("headers: LLVM", header_row("llvm-22-dev", llvm_headers, 120)),
                 ("headers: Boost", header_row("libboost1.81-dev", boost_headers, 40)),
                 ("headers: Qt 5", header_row("qtbase5-dev", qt_headers, 200)),
                 ("headers: Eigen", header_row("libeigen3-dev", eigen_headers, 200)),
                 ("headers: Linux, as C", header_row("linux-libc-dev", kernel_headers, 200, is_c=True))]
    rows += [(f"random: {target}", random_row(target)) for target in TARGETS]
    rows += [(f"cases: {target}", cases_row(target)) for target in TARGETS]
    if options.full:
        rows.append(("abi-differs", abi_differs))
    for project in options.project:
        rows += project.all_rows()
    return [row for row in rows if re.search(options.only, row[0])]


def print_line(cells):
    what, units, compared, differences, excluded, seconds = cells
    print(f"{what:<32} {units:>6} {compared:>9} {differences:>11} {seconds:>8}  {excluded}", flush=True)


def sweep_all(options, scratch):
    sweep = Sweep(options, scratch)
    statuses, absent = {0}, []
    print_line(["what", "units", "compared", "differences", "left out; remarks", "seconds"])
    for name, fill in all_rows(options):
        sweep.row_name = re.sub(r"[^\w.-]+", "-", name)
        begin = time.monotonic()
        row = Row()
        try:
            fill(sweep, row)
        except Absent as reason:
            absent.append(name)
            print_line([name, "-", "-", "-", f"ABSENT: {reason}", "-"])
            continue
        print_line([name, *row.cells(), f"{time.monotonic() - begin:.0f}"])
        statuses.add(1 if row.differences else row.status)
    if options.full and not options.project:
        print("no --project was given: layouts, coverage and fixes of public code were not compared")
    status = 1 if 1 in statuses else max(statuses)
    verdict = ["no differences", "DIFFERENCES", "NOT ALL COULD BE COMPARED"][status]
    print(verdict + (f"; absent: {', '.join(absent)}" if absent else ""))
    if status and not options.log:
        print("run it again with --log DIR for what differs")
    return status


def main():
    parser = argparse.ArgumentParser(usage=__doc__.replace("%", "%%"))
    parser.add_argument("--bin", default=os.path.join(SOURCE, "build/release"), type=os.path.abspath)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--project", action="append", default=[], type=Project)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--log", type=os.path.abspath)
    parser.add_argument("--random", type=int, default=500)
    options = parser.parse_args()
    if options.list:
        print("\n".join(name for name, _ in all_rows(options)))
        return 0
    with tempfile.TemporaryDirectory(prefix="snug-sweep-") as scratch:
        return sweep_all(options, os.path.realpath(scratch))


if __name__ == "__main__":
    sys.exit(main())
