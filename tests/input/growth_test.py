#!/usr/bin/env python3
"""What a check costs grows with the size of its input, not faster.

Each kind of input is made in a size and in four times that size. Counted are instructions where the
machine offers them (perf stat), else the time of the processor. What the program costs on nearly
nothing is taken off first; four times the input may then cost six times as much, where something
quadratic costs up to sixteen.

    growth_test.py SNUG               the growth of each kind
    growth_test.py SNUG --full        large inputs, against clang -fsyntax-only (for release builds)
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

TYPES = ["char", "double", "short", "int", "void *", "float", "long", "bool"]
R = "struct R { char a; double b; char c; };\n"


def lines(count, text):
    return "".join(text.replace("{i}", str(i)).replace("{p}", str(i - 1)) for i in range(count))


def fields(n):
    return ("struct A {\n" + "".join(f" {TYPES[(i * 7 + i // 8) % 8]} f{i};\n" for i in range(n))
            + "};\nA a;\nint use() { return a.f0; }\n")


def bit_fields(n):
    rows = "".join(f" unsigned b{i} : {i % 13 + 1};\n" + (f" char c{i};\n" if i % 5 == 0 else "") for i in range(n))
    return "struct A {\n" + rows + "};\nA a;\n"


def constructor(n):
    inits = ", ".join(f"f{i}(x)" for i in range(n))
    return "struct A {\n A(int x) : " + inits + " {}\n" + "".join(
        f" {['char', 'double', 'short', 'int'][i % 4]} f{i};\n" for i in range(n)) + "};\nA a(1);\n"


def bases(n):
    return ("struct B0 { char a; double b; char c; };\n"
            + "".join(f"struct B{i} : B{i - 1} {{ char c{i}; }};\n" for i in range(1, n)) + f"B{n - 1} b;\n")


# Kind: (text of a size, a size for the growth, the size of --full).
KINDS = {
    "fields": (fields, 300, 5000),
    "bit-fields": (bit_fields, 200, 2000),
    "initialised members": (constructor, 150, 1000),
    "rows of a table": (lambda n: R + "R rows[] = {\n" + lines(n, " {{i} % 100, {i}.5, 'x'},\n") + "};\n", 2000, 100000),
    "rows without braces": (lambda n: R + "R rows[] = {\n" + lines(n, " {i} % 100, {i}.5, 'x',\n") + "};\n",
                            1000, 100000),
    "rows with designators": (lambda n: R + "R rows[] = {\n" + lines(n, " {.a = 1, .b = {i}.5, .c = 'x'},\n") + "};\n",
                              2000, 100000),
    "findings": (lambda n: lines(n, "struct S{i} { char a; double b; char c; };\nS{i} s{i};\n"
                                    "int u{i}(S{i} &x) { return x.a + x.c; }\n"), 150, 2000),
    "instantiations": (lambda n: "template <int N, class T> struct V { char a; T b; char c[N]; "
                                 "int get() const { return a; } };\n"
                                 + lines(n, "V<{i} + 1, double> v{i}; int g{i}() { return v{i}.get(); }\n"), 75, 300),
    "bases": (bases, 50, 200),
    "bytes of a name": (lambda n: "struct n" + "x" * n + " { char a; double b; char c; };\nn" + "x" * n + " v;\n",
                        10000, 100000),
    "functions": (lambda n: R + "int f0(R &, int);\n"
                  + lines(n, "int g{i}(R &r, int n) { r.a = (char)n; return r.c + f0(r, n - 1); }\n"), 300, 4000),
    "statements": (lambda n: R + "int f(R &s) { int r = 0;\n" + lines(n, " r += s.a + {i}; s.b = r;\n")
                   + " return r; }\n", 1000, 20000),
    "values by position": (lambda n: R + "void g(const R &);\nvoid f() {\n" + lines(n, " g(R{1, {i}.0, 2});\n") + "}\n",
                           500, 20000),
    "cases": (lambda n: R + "int f(R &s, int k) { switch (k) {\n" + lines(n, " case {i}: s.a = 1; break;\n")
              + " } return s.a; }\n", 500, 10000),
    "code that is not compiled": (lambda n: R + "R r;\n#if 0\n" + lines(n, "R x{i} = {1, 2, 3};\n") + "#endif\n",
                                  1000, 20000),
    "constants of offsets": (lambda n: "#include <cstddef>\n" + R
                             + lines(n, "static const std::size_t o{i} = offsetof(R, c);\n")
                             + "static char *at(R *r, std::size_t o) { return reinterpret_cast<char *>(r) + o; }\n"
                             + lines(n, "char u{i}(R *r) { return *at(r, o{i}); }\n"), 500, 4000),
    "a size handed on": (lambda n: R + "static int h0(unsigned long n) { return n == 16; }\n"
                         + "".join(f"static int h{i}(unsigned long n) {{ return h{i - 1}(n) + h{i - 1}(n + 1); }}\n"
                                   for i in range(1, n))
                         + f"int f() {{ return h{n - 1}(sizeof(R)); }}\nR r;\n", 100, 500),
    "addresses in a list": (lambda n: "#include <vector>\n" + R + "bool f(R *r) { std::vector<char *> l;\n"
                            + lines(n, " l.push_back(&r->c);\n") + " return l.size() > 3; }\nR r;\n", 200, 2000),
    "generated code": (lambda n: lines(
        n, "struct M{i} { int id; char kind; const char *name; short flags; };\n"
           "static M{i} m{i} = {{i}, 'k', \"m{i}\", 3};\nint step{i}(M{i} *p, int n) { int s = 0; for (int j = 0; j < n; ++j) "
           "{ if (p[j].kind == 'k') s += p[j].id * {i}; else p[j].flags = (short)(s & 7); } return s + m{i}.id; }\n"),
        75, 9500),
}


def counts_instructions():
    if not shutil.which("perf"):
        return False
    done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "true"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    return re.match(rb"\d+,", done.stdout) is not None


def run(words):
    """Seconds of the processor, peak in MiB and status of a command and its children."""
    with open(os.devnull, "wb") as null:
        before = os.times()
        started = subprocess.Popen(words, stdout=null, stderr=null)
        _, status, usage = os.wait4(started.pid, 0)
        after = os.times()
    started.returncode = os.waitstatus_to_exitcode(status)
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, usage.ru_maxrss / 1024, started.returncode


def cost(words, instructions):
    if not instructions:
        return min(run(words)[0] for _ in range(2))
    done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", *words], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False)
    return float(re.search(rb"(?m)^(\d+),[^\n]*instructions", done.stderr).group(1))


def check_words(snug, file):
    return [snug, "check", "-j1", "--level", "note", file, "--", "-std=c++20"]


def write(folder, kind, size):
    file = os.path.join(folder, re.sub(r"\W", "_", kind) + ".cpp")
    with open(file, "w", encoding="utf-8") as out:
        out.write(KINDS[kind][0](size))
    return file


def growth(snug, kinds, folder):
    instructions = counts_instructions()
    print("counted:", "instructions" if instructions else "time of the processor (perf offers no instructions here)")
    failed = 0
    for kind in kinds:
        size = KINDS[kind][1]
        nothing = cost(check_words(snug, write(folder, kind, 2)), instructions)
        small = cost(check_words(snug, write(folder, kind, size)), instructions) - nothing
        large = cost(check_words(snug, write(folder, kind, 4 * size)), instructions) - nothing
        # Where the small input costs next to nothing the noise is no growth.
        ratio = large / max(small, nothing / 4)
        verdict = "ok" if ratio <= 6 else "GROWS TOO FAST"
        failed += ratio > 6
        print(f"{kind:28} {size:6} {small:12.3g} {4 * size:6} {large:12.3g}  x{ratio:.1f} {verdict}", flush=True)
    return failed


def full(snug, kinds, folder):
    failed = 0
    for kind in kinds:
        file = write(folder, kind, KINDS[kind][2])
        clang = run(["clang++-22", "-std=c++20", "-fsyntax-only", "-w", file])
        own = run(check_words(snug, file))
        seconds, memory = own[0] / clang[0], own[1] / clang[1]
        bad = seconds > 3 or memory > 2 or own[2] not in (0, 1)
        failed += bad
        print(f"{kind:28} {KINDS[kind][2]:6}: {own[0]:6.2f} s, {seconds:5.1f} of clang; {own[1]:5.0f} MiB, {memory:4.1f} of "
              f"clang; status {own[2]}{'  TOO MUCH' if bad else ''}", flush=True)
    return failed


def main():
    words = [word for word in sys.argv[1:] if word != "--full"]
    snug = os.path.abspath(words[0])
    kinds = [kind for kind in KINDS if len(words) == 1 or kind in words[1:]]
    with tempfile.TemporaryDirectory(prefix="snug-growth-") as folder:
        failed = (full if "--full" in sys.argv else growth)(snug, kinds, folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
