#!/usr/bin/env python3
"""Differential fuzzer of `snug fix --safety safe`, which must never change what a program does.

    fuzz_fixes.py --snug BIN [--count N] [--seed S] [--jobs J] [--only I] [--keep DIR] [options]

    --count N         programs (default 150)
    --seed S          of the whole run; program I of seed S is always the same (default 1)
    --only I          program I alone; what it did is printed
    --from I          the first program (default 0)
    --jobs J          programs at a time (default 1)
    --keep DIR        where programs that differ are kept (default: a new folder in /tmp)
    --areas LIST      of construction, text, memory: which uses are made (default: all)
    --thorough        both compilers and the sanitizers for each program that was changed, instead of
                      one compiler in turn and the sanitizers now and then
    --no-shrink       keep a program that differs as it is
    --share PERCENT   the least share of programs in which a fix is applied (default 35)

Each program has records of 3 to 9 fields and uses of them: every form of initialisation, structured
bindings, constructors, comparisons, copies, ranges and offsets, code that another configuration
compiles, in one unit or several that share a header, in C++20, C or both. For each program

 1. `snug fix --level note --safety safe` is run; its exit status is 0 or 1;
 2. if it changed a file, the program is compiled before and after, with g++ or clang++ (-DOTHER too
    where code depends on it). Both print the same, and the second has no more warnings;
 3. a second `snug fix` changes nothing.

A program that fails is made smaller by leaving out uses and records while it fails in the same way,
and is kept with its output before and after. The last line tells the share of programs in which
something was fixed: a tool that refuses everything fails as well. ctest runs 150 programs.

Exit status: 0 all is well, 1 some program differs, more than 2 % do not compile or the share is too small, 77 a compiler
is missing.
"""
import argparse
import collections
import concurrent.futures
import difflib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import hazards_uses  # noqa: F401 (registers uses)
import room_uses  # noqa: F401 (registers uses)
import wide_uses  # noqa: F401 (registers uses)
import records
import uses

WARNINGS = ["-Wall", "-Wextra"]
CLANG = next((v for v in ("-22", "-21", "-20", "-19", "") if shutil.which("clang++" + v)), "")
COMPILERS = {"gcc": ("g++", "gcc"), "clang": ("clang++" + CLANG, "clang" + CLANG)}
LIGHT = 'extern "C" int printf(const char*, ...);\n'
LIGHT_BOTH = ("#ifdef __cplusplus\nextern \"C\"\n#else\nextern\n#endif\nint printf(const char*, ...);\n")


class Program:
    """Program `index` of a seed: its records and, for each, the pieces that use it."""

    def __init__(self, seed, index, areas):
        rng = random.Random(f"{seed}:{index}")
        self.rng = rng
        self.kind = rng.choices(["one", "two", "c", "both"], [68, 14, 10, 8])[0]
        language = {"c": "c", "both": "both"}.get(self.kind, "c++")
        self.records, self.pieces = [], []
        number = 0
        for i in range(rng.choices([1, 2, 3], [3, 4, 3])[0]):
            record = records.Record(rng, f"R{i}", language)
            self.records.append(record)
            for _ in range(rng.choices([1, 2, 3, 4], [4, 4, 2, 1])[0]):
                number += 1
                piece = self.make(record, number, areas)
                if piece is not None:
                    self.pieces.append((len(self.records) - 1, number, rng.random() < 0.5, piece))

    def make(self, record, number, areas):
        kinds = {"c": ["c", "any"], "both": ["c", "any"]}.get(record.language) or \
            (["class", "any"] if record.is_class else ["aggregate", "any"])
        table = [row for row in uses.USES if row[2] in kinds and row[3] in areas]
        for _ in range(20):
            row = self.rng.choices(table, [r[1] for r in table])[0]
            piece = row[0](uses.Maker(self.rng, record, number))
            if piece is not None:
                piece.of = row[0].__name__
                if "tuple_like" in piece.headers and any(
                        "tuple_like" in p.headers for i, _, _, p in self.pieces
                        if self.records[i] is record):
                    continue
                return piece
        return None

    def render(self, pieces=None):
        """The files of the program with these pieces, by name; the units come first."""
        pieces = self.pieces if pieces is None else pieces
        used = sorted({row[0] for row in pieces})
        headers = {h for row in pieces for h in row[3].headers if h.startswith("<")}
        if any(self.records[i].compared == "<=>" for i in used):
            headers.add("<compare>")
        headers = sorted(headers)
        includes = "".join(f"#include {h}\n" for h in headers)
        common = includes
        if self.kind in ("c", "both"):
            common += LIGHT_BOTH + records.PRELUDE_BOTH
        else:
            common += LIGHT + records.PRELUDE_BOTH + records.PRELUDE_CXX
        types = "".join(self.records[i].definition() for i in used)
        more = {name: text for row in pieces for name, text in row[3].files.items()}
        if self.kind in ("one", "c"):
            name = "main.c" if self.kind == "c" else "main.cpp"
            return {name: common + types + self.code(pieces) + self.main(pieces), **more}
        other = "other.c" if self.kind == "both" else "other.cpp"
        first = [row for row in pieces if row[2]]
        second = [row for row in pieces if not row[2]]
        link = 'extern "C" ' if self.kind == "both" else ""
        main = f'#include "rec.h"\n{link}void other(void);\n' + self.code(first) + self.main(first, "  other();\n")
        rest = '#include "rec.h"\nvoid other(void);\n' + self.code(second)
        rest += "void other(void) {\n" + self.calls(second) + "}\n"
        return {"main.cpp": main, other: rest, "rec.h": "#pragma once\n" + common + types, **more}

    @staticmethod
    def code(pieces):
        out = []
        for _, number, _, piece in pieces:
            top = piece.top + "\n" if piece.top else ""
            out.append(f"\n{top}static void use{number}(int n) {{\n  (void)n;\n  {piece.body}\n}}\n")
        return "".join(out)

    @staticmethod
    def calls(pieces):
        return "".join(f'  printf("use{number}: ");\n  use{number}(3);\n' for _, number, _, _ in pieces)

    def main(self, pieces, more=""):
        return "\nint main(void) {\n" + self.calls(pieces) + more + "  return 0;\n}\n"


class Failure(Exception):
    """A program that was changed by its fix; the kind, and the text that shows it."""

    def __init__(self, kind, text):
        super().__init__(kind)
        self.kind, self.text = kind, text


class Invalid(Exception):
    """The generator made something that no compiler takes."""


def run(words, folder, limit=300):
    done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, errors="replace", timeout=limit, check=False)
    return done.returncode, done.stdout, done.stderr


def write(folder, files):
    os.makedirs(folder, exist_ok=True)
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text)


def read(folder, files):
    result = {}
    for name in files:
        with open(os.path.join(folder, name), encoding="utf-8") as text:
            result[name] = text.read()
    return result


def units_of(files):
    return [name for name in files if name.endswith((".c", ".cpp"))]


def standard(unit):
    return "-std=gnu11" if unit.endswith(".c") else "-std=c++20"


class Runner:
    def __init__(self, snug, thorough):
        self.snug, self.thorough = snug, thorough

    def fix(self, folder, files):
        units = units_of(files)
        words = [self.snug, "fix", "--level", "note", "--safety", "safe", "-j", "1"]
        if len(units) == 1:
            words += [units[0], "--", standard(units[0])]
        else:
            database = [{"directory": folder, "file": unit,
                         "arguments": ["c++" if unit.endswith("pp") else "cc", standard(unit), "-c", unit]}
                        for unit in units]
            write(folder, {"compile_commands.json": json.dumps(database)})
            words += ["-p", folder]
        status, out, err = run(words, folder)
        if status == 2:
            raise Invalid(err or out)
        if status not in (0, 1):
            raise Failure("exit status", f"{status}\n{out}{err}")
        return out + err

    def configurations(self, index, files):
        turn = "clang" if index % 4 == 3 else "gcc"
        list_ = [(turn, ["-O1"] if index % 8 > 4 else ["-O0"])]
        if self.thorough:
            list_ = [("gcc", ["-O0"]), ("clang", ["-O1"])]
        if self.thorough or index % 16 == 5:
            list_.append(("gcc", ["-O0", "-fsanitize=address,undefined"]))
        if any("#ifdef OTHER" in text for text in files.values()):
            list_ += [(name, flags + ["-DOTHER"]) for name, flags in list_[:1]]
        return list_

    def build_and_run(self, folder, files, compiler, flags):
        """What the program prints, and how many warnings it has. Invalid if it does not compile."""
        units = units_of(files)
        cxx, cc = COMPILERS[compiler]
        warnings = 0
        program = os.path.join(folder, "program")
        words = []
        if all(unit.endswith(".c") for unit in units):
            words = [cc, standard(units[0]), *flags, *WARNINGS, *units, "-o", program]
        elif all(unit.endswith(".cpp") for unit in units):
            words = [cxx, standard(units[0]), *flags, *WARNINGS, *units, "-o", program]
        else:
            objects = []
            for unit in units[1:]:
                status, _, err = run([cc, standard(unit), *flags, *WARNINGS, "-c", unit, "-o", unit + ".o"], folder)
                warnings += err.count("warning:")
                if status != 0:
                    raise Invalid(err)
                objects.append(unit + ".o")
            words = [cxx, standard(units[0]), *flags, *WARNINGS, units[0], *objects, "-o", program]
        status, _, err = run(words, folder)
        if status != 0:
            raise Invalid(err)
        status, out, problems = run([program], folder, 60)
        return f"{out}{problems}\nexit status {status}\n", warnings + err.count("warning:")

    def check(self, program, index, pieces, scratch):
        """True if a fix was applied. Raises Failure or Invalid."""
        files = program.render(pieces)
        after, before = os.path.join(scratch, "after"), os.path.join(scratch, "before")
        for folder in (after, before):
            shutil.rmtree(folder, ignore_errors=True)
        write(after, files)
        said = self.fix(after, files)
        fixed = read(after, files)
        if fixed == files:
            return False
        write(before, files)
        for compiler, flags in self.configurations(index, files):
            old, old_warnings = self.build_and_run(before, files, compiler, flags)
            words = " ".join([compiler, *flags])
            try:
                new, new_warnings = self.build_and_run(after, files, compiler, flags)
            except Invalid as error:
                raise Failure("does not compile", f"{words}\n{error}") from None
            if "AddressSanitizer" in old:
                raise Invalid("the program has undefined behaviour before its fix\n" + old)
            if old != new:
                diff = "\n".join(difflib.unified_diff(old.split("\n"), new.split("\n"), "before", "after", lineterm=""))
                raise Failure("other output", f"{words}\n{diff}\n{said}")
            if new_warnings > old_warnings:
                raise Failure("more warnings", f"{words}: {old_warnings} before, {new_warnings} after")
        self.fix(after, files)
        if read(after, files) != fixed:
            raise Failure("second run", "the second run changed something again")
        return True


def shrink(runner, program, index, failure, scratch):
    """The pieces that are needed for the same kind of failure."""
    pieces = list(program.pieces)
    at = 0
    while at < len(pieces) and len(pieces) > 1:
        fewer = pieces[:at] + pieces[at + 1:]
        try:
            runner.check(program, index, fewer, scratch)
            same = False
        except Failure as other:
            same = other.kind == failure.kind
            failure = other if same else failure
        except (Invalid, subprocess.TimeoutExpired):
            same = False
        if same:
            pieces = fewer
        else:
            at += 1
    return pieces, failure


def keep(folder, program, pieces, index, failure, after):
    place = os.path.join(folder, f"{index:05}-{failure.kind.replace(' ', '-')}")
    shutil.rmtree(place, ignore_errors=True)
    files = program.render(pieces)
    write(os.path.join(place, "before"), files)
    if os.path.isdir(after):
        shutil.copytree(after, os.path.join(place, "after"), dirs_exist_ok=True)
    write(place, {"what.txt": f"{failure.kind}\n{failure.text}\n"})
    return place


def one(job):
    """(index, "none" | "fixed" | "invalid" | kind of failure, text)."""
    options, index = job
    runner = Runner(options.snug, options.thorough)
    program = Program(options.seed, index, options.areas)
    with tempfile.TemporaryDirectory(prefix="snug-fuzz-") as scratch:
        try:
            applied = runner.check(program, index, program.pieces, scratch)
            return index, "fixed" if applied else "none", ""
        except Invalid as error:
            return index, "invalid", str(error)
        except subprocess.TimeoutExpired as error:
            return index, "invalid", f"{error.cmd[0]} took too long"
        except Failure as error:
            failure, pieces = error, program.pieces
            if not options.no_shrink:
                pieces, failure = shrink(runner, program, index, failure, scratch)
                try:
                    runner.check(program, index, pieces, scratch)
                except (Failure, Invalid):
                    pass
            place = keep(options.keep, program, pieces, index, failure, os.path.join(scratch, "after"))
            uses_ = ", ".join(row[3].of for row in pieces)
            return index, failure.kind, f"{uses_}; kept in {place}"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snug", required=True)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep")
    parser.add_argument("--areas", default="construction,text,memory")
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--share", type=float, default=35)
    options = parser.parse_args()
    options.areas = options.areas.split(",")
    options.snug = os.path.abspath(options.snug)
    options.keep = options.keep or tempfile.mkdtemp(prefix="snug-fuzz-kept-")
    return options


def main():
    options = arguments()
    if not os.access(options.snug, os.X_OK) or not shutil.which("g++") or not shutil.which(COMPILERS["clang"][0]):
        print("needs snug, g++ and clang++", file=sys.stderr)
        return 77
    first, count = (options.only, 1) if options.only is not None else (options.first, options.count)
    counts = collections.Counter()
    jobs = [(options, index) for index in range(first, first + count)]
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for index, kind, text in pool.map(one, jobs):
            counts[kind] += 1
            if kind not in ("none", "fixed"):
                print(f"seed {options.seed}, program {index}: {kind}: {text}", flush=True)
            elif options.only is not None:
                print(f"program {index}: {kind}")
    tried = sum(counts.values())
    differ = tried - counts["none"] - counts["fixed"] - counts["invalid"]
    share = 100 * (counts["fixed"] + differ) / tried if tried else 0
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{tried} programs, {share:.0f} % with a fix applied, {differ} differ, {counts['invalid']} invalid, "
          f"{(spent.ru_utime + spent.ru_stime) / max(tried, 1):.2f} s CPU each")
    small = options.only is None and tried >= 50 and share < options.share
    if small:
        print(f"fewer than {options.share:g} % of the programs had a fix applied")
    # A few programs that no compiler takes are the generator's; many of them would hide what it seeks.
    return 1 if differ or small or counts["invalid"] > 0.02 * tried else 0


if __name__ == "__main__":
    sys.exit(main())
