"""What the rows of sweep.py share: the row itself, the programs, the scratch folder, the log."""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys

LAYOUTS = re.compile(r"^(\d+) units, (\d+) not compared, (\d+) records compared, (\d+) differences; "
                     r"not asked for by name: (\d+) without one, (\d+) local or not accepted; "
                     r"built in: (\d+); asked for in a second round: (\d+)$", re.M)


class Absent(Exception):
    """What a row needs is not on this machine."""


class Row:
    """One line of the table, and its exit status."""

    def __init__(self):
        self.units = self.compared = self.differences = self.failed = 0
        self.excluded = {}
        self.status = 0
        self.remark = ""

    def exclude(self, what, count):
        if count:
            self.excluded[what] = self.excluded.get(what, 0) + count

    def raise_status(self, status):
        self.status = max(self.status, status)

    def cells(self):
        left_out = [f"{count} {what}" for what, count in self.excluded.items()]
        if self.failed:
            left_out.insert(0, f"{self.failed} UNITS NOT COMPARED")
        notes = [text for text in (", ".join(left_out), self.remark) if text]
        return [str(self.units), str(self.compared), str(self.differences), "; ".join(notes)]


class Sweep:
    """The programs, the scratch folder and the log."""

    def __init__(self, options, scratch):
        self.options = options
        self.scratch = scratch
        self.log = options.log or os.path.join(scratch, "log")
        os.makedirs(self.log, exist_ok=True)
        self.row_name = ""

    def program(self, name):
        path = os.path.join(self.options.bin, name)
        if not os.access(path, os.X_OK):
            sys.exit(f"sweep: '{path}' is not there; build it, or name another folder with --bin")
        return path

    def run(self, words, folder=None):
        """The status and the output, which goes to the log of the row too."""
        done = subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", check=False)
        with open(os.path.join(self.log, self.row_name + ".txt"), "a", encoding="utf-8") as out:
            out.write(done.stdout)
        return done.returncode, done.stdout

    def folder(self, name):
        path = os.path.join(self.scratch, self.row_name, name)
        os.makedirs(path, exist_ok=True)
        return path

    def write_database(self, entries, name="database"):
        folder = self.folder(name)
        with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
            json.dump(entries, out, indent=1)
        return folder

    def compare(self, entries, row, more=()):
        """Layouts of the units of a database, in as many parts as there may be processes."""
        parts = [entries[i::self.options.jobs] for i in range(self.options.jobs)]
        folders = [self.write_database(part, f"part{i}") for i, part in enumerate(parts) if part]
        tool = self.program("tests/oracle/compare_layouts")
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            runs = [pool.submit(self.run, [tool, *more, "-p", folder]) for folder in folders]
            for one in runs:
                add_layouts(row, *one.result())


def add_layouts(row, status, text):
    """The totals of a run of compare_layouts."""
    totals = LAYOUTS.search(text)
    if not totals:
        row.raise_status(2)
        row.remark = "compare_layouts ended with: " + (text.splitlines() or ["no output"])[-1]
        return
    units, failed, compared, differences, unnamed, local, built_in, again = map(int, totals.groups())
    row.units += units
    row.failed += failed
    row.compared += compared
    row.differences += differences
    row.exclude("nameless or local records not asked for", unnamed + local)
    row.exclude("built in", built_in)
    row.exclude("laid out since a probe asked for others, then asked for too", again)
    row.raise_status(max(status, 2 if failed else 1 if differences else 0))


def compiler(is_c=False):
    for name in ("clang-22", "clang-21", "clang-20", "clang"):
        if shutil.which(name):
            return name if is_c else name.replace("clang", "clang++")
    raise Absent("needs clang 20 or newer")


def entry(file, flags, is_c=False):
    return {"directory": os.path.dirname(file), "file": file,
            "arguments": [compiler(is_c), *flags, "-c", file]}
