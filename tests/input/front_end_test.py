#!/usr/bin/env python3
"""Units that need more than flags: precompiled headers, modules, the compiler's own headers, odd drivers."""
import os
import shutil
import subprocess

import project
from project import WASTE, Project

CLANG = shutil.which("clang++-22") or shutil.which("clang++")


class FrontEnd(Project):
    def sizes(self, text, driver, *flags, file="a.cpp", status=0):
        self.write(file, text)
        self.database([self.entry(file, *flags, driver=driver)])
        return self.records("--root", ".", status=status)

    def test_precompiled_headers_are_read_as_text(self):
        self.write("pch.hxx", "#pragma once\nstruct FromHeader " + WASTE)
        text = "FromHeader f; struct A " + WASTE + "A a;"
        expected = {"FromHeader": 24, "A": 24}
        clang = ["-Xclang", "-include-pch", "-Xclang", self.path("pch.hxx.pch"), "-Xclang", "-include", "-Xclang",
                 self.path("pch.hxx")]
        for stale in (None, b"CPCH no precompiled header", b""):
            for ending in (".pch", ".gch"):
                if stale is not None:
                    self.write("pch.hxx" + ending, stale)
            self.assertEqual(self.sizes(text, "clang++-22", *clang), expected)
            self.assertEqual(self.sizes(text, "clang++-22", "-include-pch", "pch.hxx.pch"), expected)
            for driver in ("clang++-22", "g++"):
                self.assertEqual(self.sizes(text, driver, "-Winvalid-pch", "-include", self.path("pch.hxx")), expected)
                self.assertEqual(self.sizes(text, driver, "-include", "pch.hxx"), expected)
        self.sizes(text, "clang++-22", "-include-pch", "none.pch", status=2)

    def test_a_precompiled_header_comes_before_other_forced_files(self):
        self.write("pch.hxx", "#define FIRST 1\n")
        self.write("b.h", "#ifdef FIRST\nstruct Second " + WASTE + "#endif\n")
        self.assertEqual(self.sizes("Second s;", "clang++-22", "-include", "b.h", "-include-pch", "pch.hxx.pch"),
                         {"Second": 24})

    def test_private_headers_of_gcc_do_not_win(self):
        if not shutil.which("gcc"):
            self.skipTest("no gcc")
        text = """#include <omp.h>
#include <stdatomic.h>
struct pool { atomic_int ready; double d; atomic_int done; };
int step(struct pool *p) { atomic_fetch_add_explicit(&p->done, 1, memory_order_relaxed);
  return atomic_load(&p->ready) + omp_get_thread_num(); }
"""
        self.assertEqual(self.sizes(text, "gcc", "-fopenmp", "-std=gnu11", file="a.c"), {"pool": 24})
        for header in ("quadmath.h", "immintrin.h", "openacc.h", "unwind.h", "stdatomic.h", "float.h", "tgmath.h"):
            self.assertEqual(self.sizes(f"#include <{header}>\n#include <omp.h>\n#include <stdatomic.h>\n"
                                        "struct s { char a; long b; };", "gcc", file="a.c"), {"s": 16}, header)

    def test_exported_declarations(self):
        text = """module;
#include <cstddef>
export module x;
export struct Single { char a; double b; char c; };
export { struct Block { char a; double b; char c; }; namespace inner { struct Deep { char a; double b; char c; }; } }
export namespace outer { struct InNamespace { char a; double b; char c; }; }
export template <class T> struct Template { char a; T b; char c; };
export extern "C" { struct InC { char a; double b; char c; }; }
export Template<double> t; // export { }
export Single s;
struct Plain { char a; double b; char c; };
"""
        names = {"Single", "Block", "inner::Deep", "outer::InNamespace", "Template<double>", "InC", "Plain"}
        for file, flags in (("x.cppm", []), ("x.ixx", []), ("x.cpp", ["-x", "c++-module"])):
            found = self.sizes(text, "clang++-22", "-std=c++20", *flags, file=file)
            self.assertEqual(set(found), names, file)
            self.assertEqual(set(found.values()), {24})

    def test_a_fix_in_a_module_keeps_its_exports(self):
        text = "export module x;\nexport struct Good { char a; double b; char c; };\nexport Good g[64];\n"
        self.write("x.cppm", text)
        self.database([self.entry("x.cppm", "-std=c++20", driver="clang++-22")])
        self.snug("fix", "--safety", "abi", "--root", ".")
        with open(self.path("x.cppm"), encoding="utf-8") as file:
            after = file.read()
        self.assertEqual(after.count("export"), 3)
        self.assertEqual(self.records("--root", ".", status=0), {"Good": 16})

    def test_a_type_of_a_module_has_one_layout(self):
        self.write("m.cppm", """module;
struct InFragment { int a; };
export module m;
export struct T { char a; double b; char c; };
struct Hidden { char a; double b; };
extern "C++" struct Global { int a; };
export extern "C++" { struct Both { char x; }; }
export T t;
""")
        self.write("g.cpp", """struct InFragment { int a, b; } f;
struct T { int z; } t;
struct Hidden { int z; } h;
struct Global { int a, b; } g;
struct Both { char x; int y; } b;
""")
        self.database([self.entry(name, "-std=c++20", driver="clang++-22") for name in ("m.cppm", "g.cpp")])
        done = self.snug("check", "--root", ".", "-p", ".", "--checks", "odr-layout", "--fail-on", "never")
        told = {line.split(b"'")[1].decode() for line in done.stdout.splitlines() if b"has two layouts" in line}
        self.assertEqual(told, {"InFragment", "Global", "Both"})

    def test_modules_that_import_others(self):
        if not CLANG:
            self.skipTest("no clang")
        self.write("y.cppm", "export module y;\nexport struct Y { char a; double b; char c; };\n")
        done = subprocess.run([CLANG, "-std=c++20", "--precompile", "y.cppm", "-o", "y.pcm"], cwd=self.folder,
                              check=False)
        text = "export module x;\nimport y;\nexport struct X { Y y; char c; };\nexport X x;\n"
        driver = os.path.basename(CLANG)
        if done.returncode == 0:
            for flags in (["-fmodule-file=y=y.pcm"], ["-fprebuilt-module-path=."], ["@x.modmap"]):
                self.write("x.modmap", "-x c++-module\n-fmodule-output=x.pcm\n-fmodule-file=y=y.pcm\n")
                self.assertEqual(self.sizes(text, driver, "-std=c++20", *flags, file="x.cppm").get("X"), 32, flags)
            self.assertFalse(os.path.exists(self.path("x.pcm")))
        self.write("broken.pcm", "no module")
        for flags, word in (([], b"'y'"), (["-fmodule-file=y=none.pcm"], b"none.pcm"),
                            (["-fmodule-file=y=broken.pcm"], b"broken.pcm"), (["@none.modmap"], b"none.modmap")):
            self.write("x.cppm", text)
            self.database([self.entry("x.cppm", "-std=c++20", *flags, driver=driver)])
            done = self.snug("check", "--root", ".")
            self.assertEqual(done.returncode, 2)
            self.assertIn(word, done.stderr, flags)

    def test_targets_of_any_vendor(self):
        for driver, size in (("aarch64-none-linux-gnu-gcc", 24), ("arm-none-eabi-gcc", 24), ("arm-none-eabi-gcc-13.2", 24),
                             ("x86_64-pc-linux-gnu-gcc", 24), ("aarch64-poky-linux-gcc", 24), ("riscv32-unknown-elf-gcc", 24),
                             ("arm-buildroot-linux-uclibcgnueabihf-gcc", 24), ("x86_64-w64-mingw32-gcc-12", 24),
                             ("i686-w64-mingw32-gcc", 24), ("aarch64-linux-android30-clang", 24), ("avr-gcc", 6),
                             ("aarch64_be-none-linux-gnu-gcc", 24), ("powerpc64le-redhat-linux-gcc", 24),
                             ("x86_64-alpine-linux-musl-gcc", 24), ("mipsel-linux-gnu-gcc-10", 24), ("x86_64-elf-gcc", 24)):
            self.assertEqual(self.sizes("struct A { char a; double b; char c; };\nstruct A a;", driver, file="a.c"),
                             {"A": size}, driver)

    def test_commands_of_cl(self):
        text = "struct A { char a; double b; char c; };\n#ifdef X\nA a;\n#endif\n"
        self.write("forced.h", "struct Forced { char a; long b; };\n")
        self.write("inc/i.h", "struct I { char a; double b; };\n")
        self.write("args.rsp", "/DX=1 /nologo\n")
        include = '#include "i.h"\nI i;\n'
        for driver in ("clang-cl", "cl.exe"):
            for words, expected in ((["/nologo"], {"A": 24}), (["/DX=1"], {"A": 24}), (["/DX#1"], {"A": 24}),
                                    (["/D", "X", "/Zp16"], {"A": 24}), (["-DX=1", "-Zp8"], {"A": 24}),
                                    (["@args.rsp"], {"A": 24}), (["/FIforced.h"], {"A": 24, "Forced": 8}),
                                    (["/std:c++20", "/EHsc", "/W4", "/MD", "/TP"], {"A": 24})):
                self.assertEqual(self.sizes(text, driver, *words), expected, (driver, words))
            for words in (["/Iinc"], ["/I", "inc"], ["-Iinc"], ["/external:I", "inc"]):
                found = self.sizes(include + text, driver, *words)
                self.assertEqual(found["A"], 24, (driver, words))
            self.assertEqual(self.sizes("struct A " + WASTE + "struct A a;", driver, file="a.c"), {"A": 24})
            self.assertEqual(self.sizes("class A " + WASTE + "class A a;", driver, "/TP", file="a.c"), {"A": 24})
        # Packed records of Microsoft's ABI are not laid out yet, and that is told.
        self.write("a.cpp", "struct A { char a; double b; char c; };\nA a[64];\n")
        self.database([self.entry("a.cpp", "/Zp1", driver="clang-cl")])
        self.assertIn(b"1 record without a certain layout", self.snug("check", "--root", ".").stderr)
        self.database([self.entry("a.cpp", "/nologo", driver="clang-cl")])
        done = self.snug("fix", "--safety", "safe", "--root", ".")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.records("--root", ".", status=0), {"A": 16})

    def test_launchers(self):
        for words in (["ccache", "g++"], ["sccache", "g++"], ["distcc", "g++"], ["icecc", "g++"],
                      ["env", "A=b", "g++"], ["env", "-u", "X", "-i", "A=b", "g++"], ["nice", "g++"],
                      ["nice", "-n", "5", "g++"], ["nice", "-5", "g++"], ["/usr/bin/env", "ccache", "distcc", "g++"],
                      ["ccache", "compiler_check=content", "g++"], ["cmake", "-E", "env", "A=b", "--", "g++"],
                      ["time", "-p", "g++"], ["timeout", "60", "g++"], ["A=b", "g++"], ["ccache g++"]):
            self.write("a.c", "class A " + WASTE + "A a;")
            if words == ["ccache g++"]:
                self.database([{"directory": ".", "file": "a.c", "command": "ccache g++ -c a.c"}])
            else:
                self.database([{"directory": ".", "file": "a.c", "arguments": [*words, "-c", "a.c"]}])
            self.assertEqual(self.records("--root", ".", status=0), {"A": 24}, words)


if __name__ == "__main__":
    project.main()
