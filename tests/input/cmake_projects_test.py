#!/usr/bin/env python3
"""Projects of CMake with precompiled headers, before and after they are built."""
import os
import shutil
import subprocess

import project
from project import Project

LISTS = """cmake_minimum_required(VERSION 3.20)
project(p CXX)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_library(l STATIC a.cpp b.cpp)
target_precompile_headers(l PRIVATE <vector> <string> mine.h)
set_target_properties(l PROPERTIES UNITY_BUILD ${UNITY})
"""


class CmakeProjects(Project):
    def check(self, compiler, unity, extra=()):
        if not shutil.which("cmake") or not shutil.which("ninja") or not shutil.which(compiler):
            self.skipTest("cmake, ninja or " + compiler + " is not there")
        self.write("CMakeLists.txt", LISTS)
        self.write("mine.h", "#pragma once\nstruct Mine { char a; double b; char c; };\n")
        self.write("a.cpp", "struct A { char a; std::string s; char c; }; static A g; std::vector<Mine> v;"
                            " int fa() { return (int)g.s.size(); }\n")
        self.write("b.cpp", "struct B { char a; double s; char c; }; static B h; int fb() { return (int)h.s; }\n")
        build = self.path("build")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
        subprocess.run(["cmake", "-G", "Ninja", "-S", self.folder, "-B", build, "-DCMAKE_CXX_COMPILER=" + compiler,
                        "-DUNITY=" + unity, *extra], **quiet)
        expected = {"Mine": 24, "A": 48, "B": 24}
        self.assertEqual(self.records("-p", "build", status=0), expected, "before the build")
        subprocess.run(["cmake", "--build", build, "-j2"], **quiet)
        self.assertTrue([f for _, _, files in os.walk(build) for f in files if f.endswith((".pch", ".gch"))])
        self.assertEqual(self.records("-p", "build", status=0), expected, "after the build")
        self.assertEqual(self.records("mine.h", status=0), {"Mine": 24})

    def test_clang(self):
        self.check("clang++-22", "OFF")

    def test_clang_unity(self):
        self.check("clang++-22", "ON")

    def test_gcc(self):
        self.check("g++", "OFF")

    def test_gcc_unity(self):
        self.check("g++", "ON")


if __name__ == "__main__":
    project.main()
