#!/usr/bin/env python3
"""What is reported does not hang on how a path is spelled, nor on a .git folder."""
import os

import project
from project import WASTE, Project


class Roots(Project):
    def tree(self, at=""):
        self.write(at + "src/a.cpp", '#include "rec.h"\nstruct InSource ' + WASTE + "InSource s; Rec r;")
        self.write(at + "inc/rec.h", "#pragma once\nstruct Rec " + WASTE)
        self.database([{"directory": self.path(at, "build"), "file": self.path(at, "src/a.cpp"),
                        "arguments": ["c++", "-I" + self.path(at, "inc"), "-c", self.path(at, "src/a.cpp")]}],
                      at + "build/compile_commands.json")

    def test_a_tree_without_git(self):
        self.tree("p/")
        both = {"InSource": 24, "Rec": 24}
        self.assertEqual(self.records("-p", "p/build", status=0), both)
        self.assertEqual(self.records("p/inc/rec.h", status=0), {"Rec": 24})
        self.assertEqual(self.records(folder=self.path("p/src"), status=0), both)

    def test_include_folders_of_others_do_not_widen_the_root(self):
        self.tree("home/p/")
        self.write("deps/dep.h", "#pragma once\nstruct Dep " + WASTE)
        self.write("home/p/src/a.cpp", '#include "dep.h"\n#include "rec.h"\nDep d; Rec r;')
        self.database([{"directory": self.path("home/p/build"), "file": self.path("home/p/src/a.cpp"),
                        "arguments": ["c++", "-I", self.path("deps"), "-I../inc", "-c", "../src/a.cpp"]}],
                      "home/p/build/compile_commands.json")
        self.assertEqual(self.records("-p", "home/p/build", status=0), {"Rec": 24})
        # But one that is named is reported.
        self.assertEqual(self.records("deps/dep.h", "-p", "home/p/build", status=0), {"Dep": 24})

    def test_links(self):
        self.tree("p/")
        os.symlink(self.path("p"), self.path("link"))
        os.symlink(self.path("p/build"), self.path("build-link"))
        os.symlink(self.path("p/inc/rec.h"), self.path("header-link.h"))
        both = {"InSource": 24, "Rec": 24}
        for words in (["-p", "p/build", "--root", "link"], ["-p", "link/build"], ["-p", "build-link"],
                      ["-p", "link/build", "--root", "p"], ["-p", "p/build", "link/src/a.cpp"]):
            self.assertEqual(self.records(*words, status=0), both, words)
        self.assertEqual(self.records("-p", "p/build", "link/inc/rec.h", status=0), {"Rec": 24})
        self.assertEqual(self.records("-p", "p/build", "header-link.h", status=0), {"Rec": 24})

    def test_a_database_that_speaks_through_a_link(self):
        self.tree("p/")
        os.symlink(self.path("p"), self.path("link"))
        self.database([{"directory": self.path("link/build"), "file": self.path("link/src/a.cpp"),
                        "arguments": ["c++", "-I" + self.path("link/inc"), "-c", "../src/a.cpp"]}],
                      "p/build/compile_commands.json")
        both = {"InSource": 24, "Rec": 24}
        for words in (["--root", "p"], ["--root", "link"], []):
            self.assertEqual(self.records("-p", "p/build", *words, status=0), both, words)

    def test_several_source_trees(self):
        self.write("one/a.cpp", "struct A " + WASTE + "A a;")
        self.write("two/b.cpp", "struct B " + WASTE + "B b;")
        self.database([self.entry("one/a.cpp"), self.entry("two/b.cpp")])
        self.assertEqual(self.records(status=0), {"A": 24, "B": 24})
        outside = self.write("three/c.cpp", "struct C " + WASTE + "C c;")
        self.write("one/.git/HEAD", "x")
        self.database([self.entry("one/a.cpp"), self.entry(outside)])
        done = self.snug("list", "--root", "one")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.records(outside, "--root", "one", status=0), {"C": 24})

    def test_a_named_file_is_reported_wherever_it_lies(self):
        self.tree("p/")
        self.write("p/inc/rec.h", "#pragma GCC system_header\nstruct Rec " + WASTE)
        self.assertEqual(self.records("-p", "p/build", "p/inc/rec.h", status=0), {"Rec": 24})
        self.assertEqual(self.records("-p", "p/build", "p/src/a.cpp", "--root", "p/inc", status=0)
                         .get("InSource"), 24)

    def test_generated_headers_of_the_build_folder(self):
        self.tree("p/")
        self.write("p/build/gen.h", "#pragma once\nstruct Generated " + WASTE)
        self.write("p/src/a.cpp", '#include "gen.h"\nGenerated g;')
        self.database([{"directory": self.path("p/build"), "file": self.path("p/src/a.cpp"),
                        "arguments": ["c++", "-I.", "-c", "../src/a.cpp"]}], "p/build/compile_commands.json")
        self.assertEqual(self.records("-p", "p/build", status=0), {"Generated": 24})


if __name__ == "__main__":
    project.main()
