#!/usr/bin/env python3
"""Bad entries of a compile database cost those entries alone, and everything bad is named in one run."""
import os

import project
from project import WASTE, Project


class Databases(Project):
    BAD = ['{"file": "a.cpp", "command": "c++ a.cpp"}', "null", "7", "[]", '"text"', "{}",
           '{"directory": ".", "file": "b.cpp"}', '{"directory": ".", "file": "b.cpp", "command": ""}',
           '{"directory": ".", "file": "b.cpp", "command": null}',
           '{"directory": ".", "file": "b.cpp", "command": "c++ \'open"}',
           '{"directory": ".", "file": "b.cpp", "arguments": []}',
           '{"directory": ".", "file": "b.cpp", "arguments": [1, 2]}',
           '{"directory": ".", "file": "b.cpp", "arguments": [""]}',
           '{"directory": 5, "file": "b.cpp", "command": "c++ b.cpp"}',
           '{"directory": ".", "file": 5, "command": "c++ b.cpp"}',
           '{"directory": ".", "file": "", "command": "c++ b.cpp"}',
           '{"directory": ".", "file": "a\\u0000b", "command": "c++ b.cpp"}',
           '{"directory": null, "file": null, "command": null, "x": 1e999999}']

    def test_each_bad_entry_is_named_and_the_others_are_read(self):
        self.write("good.cpp", "struct Good " + WASTE + "Good g[64];")
        good = '{"directory": ".", "file": "good.cpp", "command": "c++ -c good.cpp"}'
        missing = '{"directory": ".", "file": "none.cpp", "command": "c++ -c none.cpp"}'
        self.database("[" + ",\n".join(self.BAD[:9] + [good, good, missing] + self.BAD[9:]) + "]")
        done = self.snug("check", "--root", ".", "-p", ".")
        text = done.stderr.decode()
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"'Good' wastes", done.stdout)
        self.assertIn("none.cpp", text)
        numbers = [*range(1, 10), *range(13, 13 + len(self.BAD) - 9)]
        for number in numbers:
            self.assertIn(f"entry {number} of ", text)
        self.assertIn(f"{len(numbers) + 1} ", text)
        self.assertEqual(self.snug("check", "-p", ".", "--root", ".", "--keep-going", "--fail-on", "never")
                         .returncode, 0)

    def test_a_command_that_compiles_another_file_is_told(self):
        for name in ("a.cpp", "b.cpp"):
            self.write(name, "struct A " + WASTE + "A a[64];")
        self.write("h.hpp", "struct H " + WASTE + "inline H* h[64];")
        os.symlink("b.cpp", self.path("link.cpp"))
        for command, told in (("c++ -c a.cpp", True), ("c++ -c -- a.cpp", True), ("clang-cl /c a.cpp", True),
                              ("c++ -c b.cpp", False), ("c++ -c link.cpp", False), ("c++ -c a.cpp b.cpp", False),
                              ("c++ -c -include h.hpp ./b.cpp", False), ("c++ -DX", False)):
            self.database([{"directory": ".", "file": "b.cpp", "command": command}])
            done = self.snug("check", "--root", ".", "-p", ".", "--fail-on", "never")
            self.assertEqual(done.returncode, 0, command)
            self.assertEqual(b"a command that compiles" in done.stderr, told, (command, done.stderr))
        self.database([{"directory": ".", "file": "h.hpp", "command": "c++ -c a.cpp"}])
        self.assertNotIn(b"a command that compiles", self.snug("check", "--root", ".", "-p", ".").stderr)

    def test_only_bad_entries(self):
        for bad in self.BAD:
            self.database("[" + bad + "]")
            done = self.snug("check", "-p", ".", "--keep-going")
            self.assertEqual(done.returncode, 2, bad)
            self.assertIn(b"entry 1 of ", done.stderr, bad)

    def test_files_that_are_no_regular_ones_do_not_hang(self):
        os.mkfifo(self.path("fifo"))
        os.mkfifo(self.path("fifo.cpp"))
        os.mkdir(self.path("folder.cpp"))
        os.symlink("/dev/zero", self.path("zero.rsp"))
        self.write("a.cpp", "struct A " + WASTE + "A a[64];")
        self.database([self.entry("a.cpp", "@fifo"), self.entry("fifo.cpp"), self.entry("folder.cpp"),
                       self.entry("a.cpp", "-DX", "@zero.rsp"), self.entry("a.cpp", "-DY", "@."),
                       self.entry("a.cpp", "-DZ")])
        done = self.snug("check", "-p", ".", "--root", ".")
        text = done.stderr.decode()
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"'A' wastes", done.stdout)
        self.assertEqual(text.count("not a regular file"), 5, text)
        for name in ("fifo", "fifo.cpp", "folder.cpp", "zero.rsp"):
            self.assertIn(name, text)
        for words in (["fifo.cpp"], ["a.cpp", "--", "@fifo"], ["folder.cpp", "--", "-DX"]):
            self.assertEqual(self.snug("check", *words).returncode, 2)

    def test_every_missing_file_of_the_command_line_is_named(self):
        self.write("a.cpp", "struct A " + WASTE + "A a[64];")
        done = self.snug("check", "x.cpp", "a.cpp", "y.cpp", "--", "-DX")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"x.cpp", done.stderr)
        self.assertIn(b"y.cpp", done.stderr)
        self.database([self.entry("a.cpp")])
        done = self.snug("check", "x.cpp", "a.cpp", "y.h")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"x.cpp", done.stderr)
        self.assertIn(b"y.h", done.stderr)

    def test_relative_entries_of_a_database_behind_a_link(self):
        self.write("real/src/a.cpp", "struct A " + WASTE + "A a[64];")
        self.database([{"directory": ".", "file": "../src/a.cpp", "command": "c++ -c ../src/a.cpp"}],
                      "real/build/compile_commands.json")
        os.makedirs(self.path("other"))
        os.symlink(self.path("real/build"), self.path("other/link"))
        self.assertIn("A", self.records("-p", "other/link", status=0))


if __name__ == "__main__":
    project.main()
