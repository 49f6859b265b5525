#!/usr/bin/env python3
"""Odd commands and sources: where the compiler takes one, snug reads the same size; where it does not,
snug says so. Nothing crashes, hangs or is misread in silence."""
import os
import re
import shlex
import shutil
import subprocess

import project
from project import Project

A = "struct A { char a; double b; char c; int X_field[sizeof(int) * 2]; char d; };\n"
PROBE = ("#ifdef SNUG_PROBE\nextern char snug_probe[sizeof(struct A)]; extern char snug_probe[1];\n#endif\n")


def sized(body):
    """A record of which the size says what `body` saw."""
    return "struct A {\n char first;\n" + body + " char last;\n};\nstruct A value;\n" + PROBE


def when(name, size=64):
    return f"#ifdef {name}\n char seen_{name}[{size}];\n#endif\n"


VALUE = sized("#ifdef X\n char x[X];\n#endif\n")
ABI = sized(" long l; char c1; double d; char c2; long double ld; char c3; int b1 : 3; char b2 : 4; long long b3 : 40;\n"
            " enum E { e1, e2 } e; char c4; char sign[(char)-1 < 0 ? 3 : 5]; void *p; char c5; short s;\n")

# Name, text, words of the command ("{f}" is the file) and what else is there. The file is a.cpp unless told.
PLAIN = [
    ("a macro in quotes of a shell", VALUE, "g++ -c {f} '-DX=7'", {}),
    ("a macro in escaped quotes", sized(' char x[sizeof(X)];\n'), 'g++ -c {f} -DX=\\"three\\ words\\"', {}),
    ("a macro with a space", sized(' char x[sizeof X];\n'), "g++ -c {f} \"-DX=( long )\"", {}),
    ("a separate macro", VALUE, "g++ -D X=9 -c {f}", {}),
    ("an empty macro", sized(" char x[1 + 0 X];\n"), "g++ -DX= -c {f}", {}),
    ("a macro with parameters", sized(" char x[F(5)];\n"), "g++ '-DF(x)=x*x' -c {f}", {}),
    ("a macro that is taken back", VALUE, "g++ -DX=5 -UX -c {f}", {}),
    ("a macro that comes back", VALUE, "g++ -UX -DX=5 -c {f}", {}),
    ("the last of two macros", VALUE, "g++ -w -DX=5 -DX=6 -c {f}", {}),
    ("macros for the preprocessor", VALUE, "g++ -Wp,-DX=5 -c {f}", {}),
    ("a macro behind -Xpreprocessor", VALUE, "g++ -Xpreprocessor -DX=11 -c {f}", {}),
    ("tabs and blanks", VALUE, "  g++\t -DX=12   -c \t{f}  ", {}),
    ("an input in the middle", VALUE, "g++ {f} -DX=13 -c -o out.o", {}),
    ("two dashes before the file", VALUE, "clang++-22 -DX=14 -c -- {f}", {}),
    ("an output named like a source", VALUE, "g++ -DX=15 -c {f} -o b.cpp", {}),
    ("outputs of all kinds", VALUE, "g++ -MMD -MF x.d -MT x.o -MQ y -DX=16 -save-temps -c {f}", {}),
    ("-fsyntax-only", VALUE, "g++ -fsyntax-only -DX=17 {f}", {}),
    ("-S", VALUE, "g++ -S -DX=18 {f}", {}),
    ("C by -x", sized(" char x[sizeof('a')];\n"), "g++ -x c -c {f}", {}),
    ("C by a joined -x", sized(" char x[sizeof('a')];\n"), "g++ -xc -c {f}", {}),
    ("C++ by -x", sized(" char x[sizeof('a')];\n"), "gcc -x c++ -c {f}", {"file": "a.c"}),
    ("-x none", sized(" char x[sizeof('a')];\n"), "gcc -x c++ -x none -c {f}", {"file": "a.c"}),
    ("the C++ driver and a C file", sized(" char x[sizeof('a')];\n"), "g++ -c {f}", {"file": "a.c"}),
    ("the C driver and a C++ file", sized(" char x[sizeof('a')];\n"), "gcc -c {f}", {"file": "a.cc"}),
    ("a capital C", sized(" char x[sizeof('a')];\n"), "gcc -c {f}", {"file": "a.C"}),
    ("c++ as the ending", sized(" char x[sizeof('a')];\n"), "gcc -c {f}", {"file": "a.c++"}),
    ("an ending of no language", sized(" char x[sizeof('a')];\n"), "g++ -x c++ -c {f}", {"file": "a.ipp"}),
    ("a header that is compiled", sized(" char x[sizeof('a')];\n"), "g++ -x c++-header -c {f} -o a.gch", {"file": "a.h"}),
    ("a header as C", sized(" char x[sizeof('a')];\n"), "gcc -fsyntax-only {f}", {"file": "a.h"}),
    ("the last standard", sized(when("__cpp_concepts")), "g++ -std=c++11 -std=c++20 -c {f}", {}),
    ("an old standard last", sized(when("__cpp_concepts")), "g++ -std=c++20 -std=c++11 -c {f}", {}),
    ("strict C", sized(when("__STRICT_ANSI__") + when("linux", 32)), "gcc -std=c99 -c {f}", {"file": "a.c"}),
    ("-ansi", sized(when("__STRICT_ANSI__") + when("linux", 32)), "gcc -ansi -c {f}", {"file": "a.c"}),
    ("32 bits", ABI, "clang++-22 -m32 -c {f}", {}),
    ("the last width", ABI, "clang++-22 -m32 -m64 -c {f}", {}),
    ("packed", ABI, "g++ -fpack-struct=2 -c {f}", {}),
    ("short enums", ABI, "g++ -fshort-enums -c {f}", {}),
    ("unsigned char", ABI, "g++ -funsigned-char -c {f}", {}),
    ("bit-fields of Microsoft", ABI, "g++ -mms-bitfields -c {f}", {}),
    ("long double of 64 bits", ABI, "g++ -mlong-double-64 -c {f}", {}),
    ("another triple", ABI, "clang++-22 --target=armv7-unknown-linux-gnueabihf -c {f}", {}),
    ("a triple behind a blank", ABI, "clang++-22 -target i686-w64-windows-gnu -c {f}", {}),
    ("a triple of Apple", ABI, "clang++-22 --target=arm64-apple-macos13 -c {f}", {}),
    ("a big machine", ABI, "clang++-22 --target=s390x-linux-gnu -c {f}", {}),
    ("a small machine", ABI, "clang-22 --target=msp430 -c {f}", {"file": "a.c"}),
    ("optimisation", sized(when("__OPTIMIZE__") + when("NDEBUG", 8)), "g++ -O2 -DNDEBUG -c {f}", {}),
    ("no optimisation last", sized(when("__OPTIMIZE__")), "g++ -O2 -O0 -c {f}", {}),
    ("processor features", sized(when("__AVX2__") + when("__SSE4_2__", 8)), "g++ -mavx2 -mno-avx2 -c {f}", {}),
    ("threads", sized(when("_REENTRANT")), "g++ -pthread -c {f}", {}),
    ("position independence", sized(when("__PIC__") + when("__PIE__", 8)), "g++ -fPIC -c {f}", {}),
    ("no exceptions", sized(when("__EXCEPTIONS") + when("__GXX_RTTI", 8)), "g++ -fno-exceptions -fno-rtti -c {f}", {}),
    ("errors for warnings", sized(" int unused : 40;\n"), "g++ -Werror -Wall -c {f}", {}),
    ("pedantic errors", sized(" char x[0 + 1];\n struct { int anonymous; };\n"), "g++ -pedantic -c {f}", {}),
    ("unknown warnings", VALUE, "g++ -Wno-such-warning-at-all -DX=19 -c {f}", {}),
    ("a sanitizer", sized(when("__SANITIZE_ADDRESS__")), "g++ -fsanitize=address -c {f}", {}),
    ("a response file", VALUE, "g++ @r.rsp -c {f}", {"r.rsp": "-DX=20\n"}),
    ("nested response files", VALUE, "g++ @r.rsp -c {f}", {"r.rsp": "@s.rsp -O2", "s.rsp": "'-DX=21'\r\n"}),
    ("quotes in a response file", sized(" char x[sizeof(X)];\n"), "g++ @r.rsp -c {f}", {"r.rsp": '-DX=\\"a\\ b\\"\n'}),
    ("a response file with the input", VALUE, "g++ -c @r.rsp", {"r.rsp": "-DX=22\n{f}\n"}),
    ("a forced file", sized(when("FORCED")), "g++ -include f.h -c {f}", {"f.h": "#define FORCED\n"}),
    ("forced macros", sized(when("FORCED")), "g++ -imacros f.h -c {f}", {"f.h": "#define FORCED\nstruct Z {};\n"}),
    ("a forced file by its include folder", sized(when("FORCED")), "g++ -Iinc -include g.h -c {f}",
     {"inc/g.h": "#define FORCED\n"}),
    ("the first of two folders", '#include "n.h"\n' + VALUE, "g++ -Ione -Itwo -c {f}",
     {"one/n.h": "#define X 3\n", "two/n.h": "#define X 40\n"}),
    ("a quoted folder first", '#include "n.h"\n' + VALUE, "g++ -Ione -iquote two -c {f}",
     {"one/n.h": "#define X 3\n", "two/n.h": "#define X 40\n"}),
    ("system folders behind", "#include <n.h>\n" + VALUE, "g++ -isystem one -I two -c {f}",
     {"one/n.h": "#define X 3\n", "two/n.h": "#define X 40\n"}),
    ("a folder that is both", "#include <n.h>\n" + VALUE, "g++ -Ione -Itwo -isystem one -c {f}",
     {"one/n.h": "#define X 3\n", "two/n.h": "#define X 40\n"}),
    ("folders after all others", "#include <n.h>\n" + VALUE, "g++ -idirafter one -Itwo -c {f}",
     {"one/n.h": "#define X 3\n", "two/n.h": "#define X 40\n"}),
    ("the next header", "#include <n.h>\n" + VALUE, "g++ -Ione -Itwo -c {f}",
     {"one/n.h": "#include_next <n.h>\n", "two/n.h": "#define X 40\n"}),
    ("a prefix of folders", "#include <n.h>\n" + VALUE, "g++ -iprefix two/ -iwithprefix in -c {f}",
     {"two/in/n.h": "#define X 41\n"}),
    ("no standard headers", "#include <stddef.h>\n" + VALUE, "g++ -nostdinc -Ione -c {f}",
     {"one/stddef.h": "#define X 42\n"}),
    ("a sysroot", "#include <n.h>\n" + VALUE, "clang++-22 --sysroot=root -isystem =/inc -c {f}",
     {"root/inc/n.h": "#define X 43\n"}),
    ("an include by macro", "#define N <n.h>\n#include N\n" + VALUE, "g++ -Ione -c {f}", {"one/n.h": "#define X 44\n"}),
    ("a question for a header", "#if __has_include(<n.h>)\n#define X 45\n#endif\n" + VALUE, "g++ -Ione -c {f}",
     {"one/n.h": ""}),
    ("one header by two names", '#include "n.h"\n#include "one/../one/n.h"\n' + VALUE, "g++ -Ione -c {f}",
     {"one/n.h": "#pragma once\n#ifdef X\n#error twice\n#endif\n#define X 46\n"}),
    ("a folder of the command", VALUE.replace("X]", "X + 1]"), "g++ -DX=5 -c ../a.cpp", {"directory": "sub", "sub/z": ""}),
    ("a folder with dots", VALUE, "g++ -DX=5 -c {f}", {"directory": "sub/..", "sub/z": ""}),
    ("carriage returns", VALUE.replace("\n", "\r\n"), "g++ -DX=47 -c {f}", {}),
    ("a mark of byte order", "\ufeff" + VALUE, "g++ -DX=48 -c {f}", {}),
    ("no end of the last line", VALUE.rstrip("\n"), "g++ -DX=49 -c {f}", {}),
    ("spliced lines", VALUE.replace("char first", "ch\\\nar first"), "g++ -DX=50 -c {f}", {}),
    ("trigraphs", "??=define X 51\n" + VALUE, "g++ -trigraphs -c {f}", {}),
    ("digraphs", "%:define X 52\n" + VALUE, "g++ -c {f}", {}),
    ("bytes that are no text", (VALUE + "// \udcff\udcfe\n"), "g++ -DX=53 -c {f}", {}),
    ("a byte of zero", VALUE + "// \0\n", "g++ -w -DX=54 -c {f}", {}),
    ("a macro of a megabyte", "#define BIG " + "+ 1 " * 250000 + "\n" + VALUE, "g++ -DX=55 -c {f}", {}),
    ("deep includes", '#include "d0.h"\n' + VALUE, "g++ -c {f}",
     {**{f"d{i}.h": f'#include "d{i + 1}.h"\n' for i in range(150)}, "d150.h": "#define X 56\n"}),
    ("deep templates", "template <int N> struct D { D<N - 1> d; };\ntemplate <> struct D<0> { char c; };\n"
     + sized(" D<800> d;\n"), "g++ -ftemplate-depth=900 -c {f}", {}),
    ("much to compute", "constexpr int f(int n) { int s = 0; for (int i = 0; i < n; ++i) s += i % 3; return s; }\n"
     + sized(" char x[f(300000)];\n"), "clang++-22 -fconstexpr-steps=9000000 -std=c++17 -c {f}", {}),
    ("attributes", sized(" double d __attribute__((packed)); int i __attribute__((aligned(32)));\n"), "g++ -c {f}", {}),
    ("pragmas", "#pragma pack(push, 1)\n" + sized(" double d; int i;\n") + "#pragma pack(pop)\n", "g++ -c {f}", {}),
    ("names in another script", sized(" int \u00e9\u4e2d;\n"), "g++ -c {f}", {}),
    ("nested functions of GNU C", sized(" int x;\n") + "int f(int a) { return ({ int b = a; b; }); }\n", "gcc -c {f}",
     {"file": "a.c"}),
    ("old declarations of C", sized(" int x;\n") + "int f(a) int a; { return a; }\n", "gcc -std=c89 -w -c {f}",
     {"file": "a.c"}),
    ("extensions of Microsoft", "struct B { char b; };\n" + sized(" struct B; int z;\n"), "gcc -fms-extensions -c {f}",
     {"file": "a.c"}),
]


class Commands(Project):
    def compiler_size(self, words, folder):
        text = subprocess.run([words[0], "-DSNUG_PROBE", *words[1:]], cwd=folder, stdout=subprocess.PIPE, timeout=60,
                              stderr=subprocess.STDOUT, check=False, env={**os.environ, "LC_ALL": "C"}).stdout
        sizes = {int(found) for found in re.findall(rb"char(?: snug_probe)? ?\[(\d+)\]", text)} - {1}
        return sizes.pop() if len(sizes) == 1 else None

    def make(self, number, case):
        """Writes the files of a case; its entry in the database, and the words of its command."""
        _, text, command, extra = case
        base, file = f"case{number}", extra.get("file", "a.cpp")
        text = text.replace("struct A", f"struct A{number}")
        self.write(f"{base}/{file}", text.encode("utf-8", "surrogateescape"))
        for other, content in extra.items():
            if other not in ("file", "directory"):
                self.write(f"{base}/{other}", content.replace("{f}", file))
        folder = os.path.join(self.path(base), extra.get("directory", ""))
        command = command.replace("{f}", file)
        words = shlex.split(command)
        source = os.path.normpath(os.path.join(self.path(base), file))
        how = {"command": command} if number % 2 == 0 else {"arguments": words}
        return {"directory": folder, "file": source if number % 3 else os.path.relpath(source, folder), **how}, words

    def test_what_the_compiler_takes(self):
        runs, sizes, wrong = {}, {}, []
        for number, case in enumerate(PLAIN):
            entry, words = self.make(number, case)
            if not shutil.which(words[0]):
                continue
            sizes[number] = self.compiler_size(words, entry["directory"])
            if sizes[number] is None:
                wrong.append((case[0], "the compiler does not take it"))
            # snug reports for one target at a time.
            other = tuple(word for word in words if word.startswith(("-m32", "--target", "-target")) and "-m64" not in words)
            runs.setdefault(other, []).append(entry)
        found, problems = {}, {}
        for entries in runs.values():
            self.database(entries)
            report = self.checked("--root", ".", "--keep-going")
            found.update({r["name"]: r["size"] for r in report["records"]})
            problems.update({re.search(r"case(\d+)/", unit["file"]).group(1): unit["problems"] for unit in report["units"]})
        for number, size in sizes.items():
            if found.get(f"A{number}") != size:
                wrong.append((PLAIN[number][0], "compiler:", size, "snug:", found.get(f"A{number}"),
                              problems.get(str(number), [])[:2]))
        self.assertGreater(len(sizes), 60)
        self.assertFalse(wrong, "\n" + "\n".join(map(str, wrong)))

    def test_what_no_compiler_takes_is_told(self):
        self.write("loop.rsp", "@loop.rsp -DX=1\n")
        self.write("self.h", '#include "self.h"\n')
        self.write("deep.cpp", "template <int N> struct D { D<N + 1> d; };\nD<0> d;\n" + A)
        self.write("self.cpp", '#include "self.h"\n' + A)
        self.write("open.cpp", "struct A { char a; double b;\n")
        self.write("good.cpp", A + "A a;\n")
        os.symlink("ring2", self.path("ring1"))
        os.symlink("ring1", self.path("ring2"))
        os.symlink("ring.cpp", self.path("ring.cpp"))
        for words in (["@loop.rsp", "good.cpp"], ["deep.cpp"], ["self.cpp"], ["open.cpp"], ["ring.cpp"],
                      ["-include", "none.h", "good.cpp"], ["-std=c++99", "good.cpp"], ["--target=", "good.cpp"],
                      ["--target=nothing-at-all", "good.cpp"], ["-x", "no-language", "good.cpp"],
                      ["-include", "ring1", "good.cpp"]):
            self.database([{"directory": self.folder, "file": words[-1], "arguments": ["clang++-22", "-c", *words]}])
            done = self.snug("check", "--root", ".", timeout=120)
            self.assertEqual(done.returncode, 2, (words, done.stdout, done.stderr))
            self.assertIn(os.fsencode(words[-1]), done.stderr, words)
        # Odd, but nothing is wrong with it.
        for words in (["-Iring1", "good.cpp"], ["-I", "none", "good.cpp"], ["-L/none", "-lnone", "good.cpp"],
                      ["-B/none", "good.cpp"], ["good.cpp", "good.cpp"]):
            self.database([{"directory": self.folder, "file": words[-1], "arguments": ["clang++-22", "-c", *words]}])
            self.assertIn("A", self.records("--root", ".", status=0), words)

    def test_languages_that_are_not_read_are_told_or_read(self):
        for name, text in (("a.m", "@interface I @end\nstruct A { char a; double b; char c; };\nstruct A a;\n"),
                           ("a.mm", "struct A { char a; double b; char c; };\nA a;\n"),
                           ("a.cu", "struct A { char a; double b; char c; };\n__global__ void k(A *a) { a->a = 1; }\n"),
                           ("a.s", ".globl a\n"), ("a.S", "#define X\n.globl a\n"), ("a.f90", "end\n"),
                           ("a.hip", "struct A {};\n"), ("a.cl", "struct A { char a; };\n"), ("a.ll", "; nothing\n"),
                           ("a.i", "struct A { char a; double b; };\n"), ("a.ii", "struct A { char a; double b; };\n"),
                           ("a.rs", "fn main() {}\n"), ("noending", "struct A {};\n")):
            self.write(name, text)
            self.database([{"directory": self.folder, "file": name, "arguments": ["clang++-22", "-c", name]}])
            done = self.snug("check", "--root", ".")
            self.assertIn(done.returncode, (0, 1, 2), name)
            read = b"A'" in done.stdout or b"1 record" in done.stderr
            self.assertTrue(read or name.encode() in done.stderr, (name, done.stdout, done.stderr))

    def test_one_file_with_several_flags(self):
        self.write("a.cpp", "struct A { char a; double b; char c;\n#ifdef X\n char x[100];\n#endif\n};\nA a;\n")
        self.database([self.entry("a.cpp"), self.entry("a.cpp", "-DX"), self.entry("a.cpp"), self.entry("a.cpp", "-m32")])
        done = self.snug("check", "--root", ".")
        self.assertIn(b"a.cpp", done.stderr)
        report = self.checked("--root", ".", "--keep-going")
        self.assertGreaterEqual(len(report["units"]), 3)

    def test_a_header_that_is_named(self):
        self.write("inc/h.hpp", "#pragma once\nstruct H { char a; double b; char c; };\n")
        self.write("inc/i.ipp", "struct I { char a; double b; char c; };\n")
        self.write("a.cpp", '#include "inc/h.hpp"\n#include "inc/i.ipp"\nH h; I i;\n')
        self.database([self.entry("a.cpp")])
        self.assertEqual(self.records("inc/h.hpp", status=0), {"H": 24})
        self.assertEqual(self.records("inc/i.ipp", status=0), {"I": 24})
        self.write("inc/lone.hpp", "struct L { char a; double b; char c; };\n")
        done = self.snug("list", "inc/lone.hpp")
        self.assertTrue(b"L" in done.stdout or b"lone.hpp" in done.stderr)


if __name__ == "__main__":
    project.main()
