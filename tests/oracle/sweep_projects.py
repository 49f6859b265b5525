"""The rows of sweep.py for a project that is given by its compile database."""
import json
import os
import re
import sys

from sweep_runs import Absent

HERE = os.path.dirname(os.path.abspath(__file__))
COVERAGE = re.compile(r"^(\d+) units, (\d+) not compared: (\d+) of (\d+) records reported", re.M)
FIXES = re.compile(r"^(\d+) fixes tried, (\d+) ok, (\d+) failed; (\d+) refused; (\d+) sizes told by "
                   r"the compiler; (\d+) units, (\d+) of them not analysed$", re.M)


class Project:
    """A --project of the command line."""

    def __init__(self, words):
        values = {}
        for word in words.split(","):
            key, equals, value = word.partition("=")
            if not equals or key not in ("name", "root", "build", "namespaces", "units", "every", "rows"):
                raise ValueError(f"'{word}' is not key=value with a known key")
            values[key] = value
        if "root" not in values:
            raise ValueError(f"--project {words} has no root=DIR")
        self.root = os.path.abspath(values["root"])
        self.name = values.get("name", os.path.basename(self.root))
        self.build = os.path.abspath(values.get("build", os.path.join(self.root, "build")))
        self.namespaces = [name for name in values.get("namespaces", "").split("+") if name]
        self.units = values.get("units", "")
        self.every = int(values.get("every", "1"))
        self.rows = values.get("rows", "layouts+coverage+fixes").split("+")

    def all_rows(self):
        """Names and functions that fill a row."""
        made = [("layouts", self.layouts), ("coverage", self.coverage), ("fixes", self.fixes)]
        return [(f"{what}: {self.name}", fill) for what, fill in made
                if what in self.rows and (what != "coverage" or self.namespaces)]

    def entries(self):
        path = os.path.join(self.build, "compile_commands.json")
        if not os.path.exists(path):
            raise Absent(f"'{path}' is not there")
        with open(path, encoding="utf-8") as database:
            found = [one for one in json.load(database)
                     if re.search(self.units, os.path.join(one["directory"], one["file"]))]
        return found[::self.every]

    def layouts(self, sweep, row):
        sweep.compare(self.entries(), row)

    def coverage(self, sweep, row):
        words = [sweep.program("tests/oracle/compare_layouts"), "--root", self.root]
        for name in self.namespaces:
            words += ["--coverage", name]
        status, text = sweep.run(words + ["-p", sweep.write_database(self.entries())])
        totals = COVERAGE.search(text)
        if not totals:
            row.raise_status(2)
            row.remark = "compare_layouts ended with: " + (text.splitlines() or ["no output"])[-1]
            return
        row.units, row.failed, reported, row.compared = map(int, totals.groups())
        row.raise_status(status)
        row.differences = 1 if status == 1 else 0
        share = 100 * reported / row.compared if row.compared else 100.0
        row.remark = f"{reported} of {row.compared} reported: {share:.1f} %"

    def fixes(self, sweep, row):
        status, text = sweep.run(
            [sys.executable, os.path.join(HERE, "apply_fixes.py"), "--snug", sweep.program("tool/snug"),
             "--root", self.root, "--build", self.build, "--units", self.units,
             "--jobs", str(sweep.options.jobs)])
        totals = FIXES.search(text)
        row.raise_status(status)
        if not totals:
            row.raise_status(2)
            row.remark = "apply_fixes ended with: " + (text.splitlines() or ["no output"])[-1]
            return
        tried, held, failed, refused, told, units, not_analysed = map(int, totals.groups())
        row.units, row.compared, row.differences, row.failed = units, tried, failed, not_analysed
        row.raise_status(2 if not_analysed else 0)
        row.exclude("refused", refused)
        row.remark = f"{held} fixes hold, {told} sizes told by the compiler itself"
