#!/usr/bin/env python3
"""sweep.py has to notice a difference, a unit that was not compared and what is not there.

Programs in the place of the real ones print what a test asks them to; the headers are real.
"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from header_units import HeaderUnits, headers_below  # noqa: E402
from sweep_runs import compiler  # noqa: E402

SAME = ("2 units, 0 not compared, 30 records compared, 0 differences; not asked for by name: 4 without "
        "one, 5 local or not accepted; built in: 1; asked for in a second round: 0")


class Table(unittest.TestCase):
    def sweep(self, says, status, *words):
        with tempfile.TemporaryDirectory(prefix="snug-sweep-test-") as folder:
            os.makedirs(os.path.join(folder, "tests/oracle"))
            program = os.path.join(folder, "tests/oracle/compare_layouts")
            with open(program, "w", encoding="utf-8") as out:
                out.write(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
            os.chmod(program, 0o755)
            done = subprocess.run([sys.executable, os.path.join(HERE, "sweep.py"), "--bin", folder,
                                   *words], stdout=subprocess.PIPE, text=True, check=False)
            return done.returncode, done.stdout

    def test_no_differences(self):
        status, text = self.sweep(SAME, 0, "--only", "^samples$")
        self.assertEqual(status, 0)
        self.assertRegex(text, r"samples +2 +30 +0 +\d+  9 nameless or local .*, 1 built in\n")
        self.assertIn("no differences", text)

    def test_a_difference(self):
        status, text = self.sweep(SAME.replace("0 differences", "3 differences"), 1, "--only", "random")
        self.assertEqual(status, 1)
        self.assertRegex(text, r"random: i686-linux-gnu +8 +120 +12 ")
        self.assertIn("DIFFERENCES", text)

    def test_a_unit_that_was_not_compared(self):
        status, text = self.sweep(SAME.replace("0 not", "1 not"), 2, "--only", "^samples$")
        self.assertEqual(status, 2)
        self.assertIn("1 UNITS NOT COMPARED", text)

    def test_a_program_that_dies(self):
        status, text = self.sweep("what(): no", 134, "--only", "^samples$")
        self.assertNotEqual(status, 0)
        self.assertIn("what(): no", text)

    def test_a_project_that_is_not_built_is_absent(self):
        status, text = self.sweep(SAME, 0, "--only", "layouts", "--project", "root=/nowhere,name=n")
        self.assertEqual(status, 0)
        self.assertRegex(text, r"layouts: n +- .*ABSENT: .*/nowhere/build/compile_commands.json")

    def test_coverage_below_the_bar(self):
        with tempfile.TemporaryDirectory(prefix="snug-sweep-test-") as root:
            os.makedirs(root + "/build")
            with open(root + "/build/compile_commands.json", "w", encoding="utf-8") as out:
                out.write('[{"directory": "/", "file": "a.cpp", "command": "c++ a.cpp"}]')
            status, text = self.sweep("1 units, 0 not compared: 96 of 100 records reported (96.0 %)", 1,
                                      "--only", "coverage", "--project", f"root={root},namespaces=a+b")
        self.assertEqual(status, 1)
        self.assertIn("96 of 100 reported: 96.0 %", text)


class Headers(unittest.TestCase):
    def test_headers_that_do_not_compile_or_exclude_each_other(self):
        with tempfile.TemporaryDirectory(prefix="snug-sweep-test-") as folder:
            texts = {"a.h": "struct A {};", "b.hpp": "struct B { int a; };", "bad.h": "struct C { Gone a; };",
                     "missing.h": "#include <nowhere/to/be/found.h>", "other.h": "struct A { int a; };",
                     "in/last.h": "struct Last { struct A* a; };", "notes.txt": "?"}
            os.makedirs(folder + "/in")
            for name, text in texts.items():
                with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                    out.write(text + "\n")
            headers = [os.path.normpath(name) for name in headers_below(folder, suffixes=(".h", ".hpp"))]
            self.assertEqual(sorted(headers), sorted(set(texts) - {"notes.txt"}))
            units = HeaderUnits(folder + "/units", compiler(), ["-I" + folder])
            units.add(headers, 100)
            self.assertEqual(sorted(units.excluded), ["bad.h", "missing.h"])
            self.assertIn("Gone", units.excluded["bad.h"])
            included = [Path(path).read_text(encoding="utf-8") for path in units.units]
            self.assertEqual(len(included), 2)
            self.assertEqual(sum(text.count("#include") for text in included), 4)
            self.assertEqual(included[1], "#include <other.h>\n")


if __name__ == "__main__":
    unittest.main()
