#!/usr/bin/env python3
"""apply_fixes.py has to notice each way in which a fix can be wrong.

    apply_fixes_test.py COMPILER

A small project, and a program in the place of snug that prints what a test asks it to.
"""
import hashlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
import unittest

ORACLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "apply_fixes.py")
COMPILER = "c++"
HEADER = "struct Order {\n  char side;\n  double price;\n  char state;\n};\n"
SMALLER = "  double price;\n  char side;\n  char state;\n"
FAKE = """#!/usr/bin/env python3
import os, sys
folder = os.path.dirname(os.path.abspath(__file__))
name = "first.json" if "all" in sys.argv else "later.json"
print(open(os.path.join(folder, name)).read())
"""


def body():
    begin = HEADER.index("  char side")
    return {"file": "order.h", "sha256": hashlib.sha256(HEADER.encode()).hexdigest(), "begin": begin,
            "end": HEADER.index("}"), "text": SMALLER}


def finding(edits, after=16, knock_on=()):
    return {"check": "padding", "message": "'Order' wastes 14 of 24 bytes on padding", "record": "Order",
            "location": {"file": "order.h", "line": 1}, "fingerprint": "f1",
            "fixes": [{"title": "Reorder the fields of 'Order'", "safety": "safe", "edits": edits,
                       "proof": {"verified": True, "size_before": 24, "size_after": after,
                                 "knock_on": list(knock_on)}}]}


def report(findings, sizes):
    return {"summary": {"units_failed": 0}, "findings": findings,
            "records": [{"id": name, "name": name, "size": size} for name, size in sizes.items()]}


class ApplyFixes(unittest.TestCase):
    def run_oracle(self, first, later=None, uses="Order order;\n"):
        later = later or report([], {"Order": 16})
        with tempfile.TemporaryDirectory(prefix="snug-oracle-test-") as folder:
            project = os.path.join(folder, "project")
            os.makedirs(os.path.join(project, "build"))
            for name, text in (("order.h", HEADER), ("a.cpp", '#include "order.h"\n' + uses),
                               ("other.cpp", "int other;\n")):
                self.write(os.path.join(project, name), text)
            entries = [{"directory": os.path.join(project, "build"), "file": f"../{name}",
                        "command": f"{shlex.quote(COMPILER)} -std=c++17 -MD -MF x.d -o x.o -c ../{name}"}
                       for name in ("a.cpp", "other.cpp")]
            self.write(os.path.join(project, "build", "compile_commands.json"), json.dumps(entries))
            fake = os.path.join(folder, "snug")
            self.write(fake, FAKE)
            os.chmod(fake, 0o755)
            self.write(os.path.join(folder, "first.json"), json.dumps(first))
            self.write(os.path.join(folder, "later.json"), json.dumps(later))
            done = subprocess.run([sys.executable, ORACLE, "--snug", fake, "--root", project, "--build",
                                   os.path.join(project, "build")], text=True, check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            with open(os.path.join(project, "order.h"), encoding="utf-8") as header:
                self.assertEqual(header.read(), HEADER, "the project itself was written to")
            self.assertEqual(os.listdir(os.path.join(project, "build")), ["compile_commands.json"])
        return done.returncode, done.stdout

    @staticmethod
    def write(path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def assert_fails(self, expected, *arguments, **named):
        status, output = self.run_oracle(*arguments, **named)
        self.assertIn(expected, output)
        self.assertEqual(status, 1, output)

    def test_a_fix_that_holds(self):
        status, output = self.run_oracle(report([finding([body()])], {"Order": 24}))
        self.assertEqual(status, 0, output)
        self.assertIn("1 fixes tried, 1 ok, 0 failed; 0 refused; 1 sizes told by the compiler", output)

    def test_a_fix_that_does_not_compile(self):
        self.assert_fails("does not compile", report([finding([body()])], {"Order": 24}),
                          uses="static_assert(sizeof(Order) == 24);\n")

    def test_what_did_not_compile_before_does_not_count(self):
        status, output = self.run_oracle(report([finding([body()])], {"Order": 24}), uses="Order o = 1;\n")
        self.assertEqual(status, 0, output)

    def test_initialisers_that_fall_out_of_order(self):
        uses = "struct Trade { int a; int b; Trade() : a(1), b(2) {} };\n"
        text = '#include "order.h"\n' + uses
        swap = {"file": "a.cpp", "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "begin": text.index("int a"), "end": text.index(" Trade()"), "text": "int b; int a;"}
        self.assert_fails("does not compile", report([finding([swap])], {"Order": 24}), uses=uses)

    def test_a_size_that_the_compiler_does_not_give(self):
        self.assert_fails("the compiler does not give 'Order' 12 bytes",
                          report([finding([body()], after=12)], {"Order": 24}),
                          report([], {"Order": 12}))

    def test_a_size_that_snug_does_not_see_again(self):
        self.assert_fails("'Order' has [20] bytes, not 16", report([finding([body()])], {"Order": 24}),
                          report([], {"Order": 20}))

    def test_a_knock_on_size(self):
        change = {"record": "Book", "before": 48, "after": 32}
        self.assert_fails("'Book' has [40] bytes, not 32",
                          report([finding([body()], knock_on=[change])], {"Order": 24}),
                          report([], {"Order": 16, "Book": 40}))

    def test_a_finding_that_stays(self):
        self.assert_fails("the finding is still reported", report([finding([body()])], {"Order": 24}),
                          report([finding([])], {"Order": 16}))

    def test_a_file_that_is_another_one(self):
        edit = body()
        edit["sha256"] = "0" * 64
        self.assert_fails("SHA-256", report([finding([edit])], {"Order": 24}))

    def test_edits_that_overlap(self):
        self.assert_fails("overlap", report([finding([body(), body()])], {"Order": 24}))

    def test_a_fix_without_proof(self):
        unproven = finding([body()])
        unproven["fixes"][0]["proof"] = None
        self.assert_fails("it has no proof", report([unproven], {"Order": 24}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        COMPILER = sys.argv.pop(1)
    unittest.main()
