#!/usr/bin/env python3
"""Applies every fix that snug prints for a project and asks the compiler whether it holds.

    apply_fixes.py --snug BIN --root DIR --build DIR [options]

    --root DIR        the project; it is copied and never written to
    --build DIR       its build folder, with compile_commands.json
    --scratch DIR     where the copy goes (default: a temporary folder, removed at the end)
    --units REGEX     only the units whose path matches
    --compiler CXX    instead of the database's own compilers
    --report FILE     a report that `snug check --format json --level note` made of this very tree
                      with the same units, instead of running it
    --jobs N          compilers at a time (default 2)
    -v                tell each command that failed

The fixes are tried one after another, each on the tree as it was: fixes of one file may overlap, and
a fix has to hold without the others. For each fix that is not refused,

 1. its edits are applied; the SHA-256 of each file must be the one that the report gives;
 2. every unit that includes an edited file (as the compiler's -M tells) is compiled with
    -fsyntax-only, with members initialised out of order as an error. What failed before the edits in
    the same way does not count;
 3. the compiler itself is asked for the size of the record, by a static_assert behind the text of a
    unit, where the record can be named there (local and unnamed ones cannot);
 4. `snug check` of those units must give the record, and each record that the proof says changes
    with it, the size that the proof tells, and must not report the finding any more.

One line a fix, then the totals. Exit status: 0 all hold, 1 some fix does not hold, 2 nothing could
be tried.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

C_SUFFIXES = (".c", ".i", ".m")
SKIPPED_FILES = shutil.ignore_patterns(".git", "*.o", "*.obj", "*.a", "*.so", "*.so.*", "*.gch", "*.pch")
# Options of a compile command that write files; the ones in the first group are followed by a word.
# With -w, g++ would not even make the warnings that are errors.
WITH_WORD = {"-o", "-MF", "-MT", "-MQ", "-MJ", "--serialize-diagnostics"}
ALONE = {"-w", "-c", "-S", "-M", "-MM", "-MD", "-MMD", "-MP", "-MG"}


class Unusable(Exception):
    """The run cannot go on; the text says why."""


def run(words, folder):
    done = subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, errors="replace", check=False)
    return done.returncode, done.stdout, done.stderr


class Unit:
    """One entry of the database, as it is in the copy."""

    def __init__(self, entry, compiler):
        self.folder = entry["directory"]
        self.file = os.path.normpath(os.path.join(self.folder, entry["file"]))
        words = entry.get("arguments") or shlex.split(entry["command"])
        self.words = []
        self.place = None  # of the source among the words
        skip = False
        for word in words:
            if skip or word in ALONE:
                skip = False
            elif word in WITH_WORD:
                skip = True
            else:
                if not word.startswith("-") and self.words and \
                        os.path.normpath(os.path.join(self.folder, word)) == self.file:
                    self.place = len(self.words)
                self.words.append(word)
        if self.place is None:
            raise Unusable(f"the command of {self.file} does not name it")
        if compiler:
            self.words[0] = compiler
        self.is_c = self.file.endswith(C_SUFFIXES)
        self.includes = set()

    def command(self, extra, file=None):
        words = list(self.words)
        if file:
            words[self.place] = file
        return words + extra

    def compile(self, strict):
        """None, or the compiler's complaint."""
        warnings = ["-Wno-error", "-Wreorder", "-Werror=reorder"] if strict and not self.is_c else ["-w"]
        status, _, errors = run(self.command(["-fsyntax-only"] + warnings), self.folder)
        return None if status == 0 else errors

    def find_includes(self):
        status, rule, errors = run(self.command(["-M"]), self.folder)
        self.includes = {self.file}
        if status != 0:
            return errors
        for word in re.split(r"(?<!\\)\s+", rule.replace("\\\n", " ").partition(":")[2]):
            if word:
                path = word.replace("\\ ", " ").replace("$$", "$").replace("\\#", "#")
                self.includes.add(os.path.realpath(os.path.join(self.folder, path)))
        return None

    def has_size(self, name, size, scratch):
        """True if the compiler says that the record has this size behind the text of the unit."""
        suffix = os.path.splitext(self.file)[1]
        probe = os.path.join(scratch, "size_probe" + suffix)
        type_name = name.replace("(anonymous namespace)::", "")
        with open(probe, "w", encoding="utf-8") as out:
            out.write(f'#include "{self.file}"\n')
            if self.is_c:
                tag = type_name if type_name.startswith(("struct ", "union ")) else f"struct {type_name}"
                out.write(f'_Static_assert(sizeof({tag}) == {size}, "size");\n')
            else:
                out.write(f'static_assert(sizeof(::{type_name}) == {size}, "size");\n')
        access = [] if self.is_c else ["-fno-access-control"]
        return run(self.command(["-fsyntax-only", "-w"] + access, probe), self.folder)[0] == 0


class Copy:
    """The project in the scratch folder."""

    def __init__(self, options, scratch):
        root = os.path.realpath(options.root)
        build = os.path.realpath(options.build)
        self.scratch = scratch
        self.root = os.path.join(scratch, "project")
        shutil.copytree(root, self.root, symlinks=True, ignore=SKIPPED_FILES)
        moved = [(root, self.root)]
        if build == root or build.startswith(root + os.sep):
            self.build = self.root + build[len(root):]
        else:
            self.build = os.path.join(scratch, "build")
            shutil.copytree(build, self.build, symlinks=True, ignore=SKIPPED_FILES)
            moved.insert(0, (build, self.build))
        self.units = self.read_database(options, moved)
        self.kept = {}  # path to the bytes before the edits

    def read_database(self, options, moved):
        path = os.path.join(self.build, "compile_commands.json")
        with open(path, encoding="utf-8") as database:
            text = database.read()
        for old, new in moved:
            text = re.sub(re.escape(old) + r"(?![\w.-])", lambda _, new=new: new, text)
        entries = [entry for entry in json.loads(text)
                   if re.search(options.units, os.path.join(entry["directory"], entry["file"]))]
        if not entries:
            raise Unusable(f"no unit of {options.build} matches '{options.units}'")
        with open(path, "w", encoding="utf-8") as database:
            json.dump(entries, database, indent=1)
        return [Unit(entry, options.compiler) for entry in entries]

    def apply(self, edits):
        by_file = {}
        for edit in edits:
            by_file.setdefault(os.path.realpath(os.path.join(self.root, edit["file"])), []).append(edit)
        for path, own in by_file.items():
            if not path.startswith(os.path.realpath(self.root) + os.sep):
                raise ValueError(f"edits {path}, which is not in the project")
            with open(path, "rb") as file:
                text = file.read()
            for edit in own:
                if hashlib.sha256(text).hexdigest() != edit["sha256"]:
                    raise ValueError(f"the SHA-256 of {edit['file']} is another one")
            self.kept[path] = text
            own.sort(key=lambda edit: (edit["begin"], edit["end"]))
            pieces, at = [], 0
            for edit in own:
                if not at <= edit["begin"] <= edit["end"] <= len(text):
                    raise ValueError(f"edits of {edit['file']} overlap or lie outside")
                pieces += [text[at:edit["begin"]], edit["text"].encode()]
                at = edit["end"]
            with open(path, "wb") as file:
                file.write(b"".join(pieces) + text[at:])
        return set(by_file)

    def restore(self):
        for path, text in self.kept.items():
            with open(path, "wb") as file:
                file.write(text)
        self.kept = {}


class Oracle:
    def __init__(self, options, copy):
        self.options = options
        self.copy = copy
        self.pool = concurrent.futures.ThreadPoolExecutor(options.jobs)
        self.before = {}  # (unit file, strict): whether it compiled before the edits
        self.sizes_by_compiler = 0
        for unit, problem in zip(copy.units, self.pool.map(Unit.find_includes, copy.units)):
            if problem:
                print(f"note: what {unit.file} includes cannot be told: {problem.splitlines()[0]}")

    def snug(self, *words):
        command = [self.options.snug, *words, "--format", "json", "--root", self.copy.root,
                   "-p", self.copy.build, "--jobs", str(self.options.jobs)]
        _, text, errors = run(command, self.copy.root)
        try:
            return json.loads(text)
        except ValueError as error:
            raise Unusable(f"'{shlex.join(command)}' gives no report: {errors.strip()}") from error

    def report(self):
        if self.options.report:
            with open(self.options.report, encoding="utf-8") as file:
                return json.load(file)
        return self.snug("check", "--level", "note", "--prove", "all")

    def complaints(self, units, edits):
        """What the units say to the edits and did not say before. Leaves the edits in place."""
        found = []
        for strict in (True, False):
            failed = [(unit, text) for unit, text in
                      zip(units, self.pool.map(lambda unit: unit.compile(strict), units)) if text]
            ask = [unit for unit, _ in failed if (unit, strict) not in self.before]
            if ask:
                self.copy.restore()
                for unit, text in zip(ask, self.pool.map(lambda unit: unit.compile(strict), ask)):
                    self.before[unit, strict] = text is None
                self.copy.apply(edits)
            found += [(unit, text) for unit, text in failed if self.before[unit, strict]]
            units = [unit for unit, _ in failed if not self.before[unit, strict]]
        return found

    def wrong_size(self, units, edits, name, proof):
        """The size in the first unit where the compiler can name the record."""
        if re.search(r"[()](?!anonymous)", name.replace("(anonymous namespace)", "")):
            return None  # local, or unnamed
        for unit in units:
            if unit.has_size(name, proof["size_after"], self.copy.scratch):
                self.sizes_by_compiler += 1
                return None
            self.copy.restore()
            nameable = unit.has_size(name, proof["size_before"], self.copy.scratch)
            self.copy.apply(edits)
            if nameable:
                return f"in {unit.file} the compiler does not give '{name}' {proof['size_after']} bytes"
        return None

    def problems(self, finding, fix, name):
        proof = fix["proof"]
        if not proof or not proof["verified"]:
            return ["it has no proof"]
        edited = self.copy.apply(fix["edits"])
        units = [unit for unit in self.copy.units if edited & unit.includes]
        if not units:
            return ["no unit includes the edited files"]
        found = self.complaints(units, fix["edits"])
        if found:
            for unit, text in found:
                if self.options.verbose:
                    print(f"{shlex.join(unit.words)}\n{text}")
            lines = [next((line for line in text.splitlines() if "error:" in line), "failed")
                     for _, text in found]
            return [f"does not compile in {unit.file}: {line}" for (unit, _), line in zip(found, lines)]
        wrong = self.wrong_size(units, fix["edits"], name, proof)
        result = [wrong] if wrong else []
        files = sorted({unit.file for unit in units})
        sizes = {}
        again = self.snug("check", "--level", "note", "--checks", finding["check"], *files)
        for record in again["records"]:
            sizes.setdefault(record["name"], set()).add(record["size"])
        told = [{"record": name, "after": proof["size_after"]}] + proof["knock_on"]
        for change in told:
            seen = sizes.get(change["record"])
            if seen is None and change["record"] == name:
                result.append(f"snug does not see '{name}'")
            elif seen is not None and change["after"] not in seen:
                result.append(f"'{change['record']}' has {sorted(seen)} bytes, not {change['after']}")
        if any(other["fingerprint"] == finding["fingerprint"] for other in again["findings"]):
            result.append("the finding is still reported")
        return result

    def try_fix(self, finding, fix, name):
        try:
            return self.problems(finding, fix, name)
        except ValueError as error:
            return [str(error)]
        finally:
            self.copy.restore()


def subject(finding):
    """The record's name: what the message quotes, for checks that begin with it."""
    quoted = re.search(r"of '([^']*)' \(", finding["message"]) or re.search(r"'([^']*)'", finding["message"])
    return quoted.group(1)


def try_all(options, scratch):
    oracle = Oracle(options, Copy(options, scratch))
    report = oracle.report()
    names = {record["id"]: record["name"] for record in report["records"]}
    tried, failed, refused = 0, 0, 0
    for finding in report["findings"]:
        name = names.get(finding["record"]) or subject(finding)
        for fix in finding["fixes"]:
            if fix["safety"] == "refused":
                refused += 1
                continue
            tried += 1
            problems = oracle.try_fix(finding, fix, name)
            failed += bool(problems)
            place = f"{finding['location']['file']}:{finding['location']['line']}"
            proof = fix["proof"] or {"size_before": 0, "size_after": 0}
            print(f"{'FAILED' if problems else 'ok'}: {place}: {fix['title']} [{finding['check']}, "
                  f"{fix['safety']}] {proof['size_before']} -> {proof['size_after']}", flush=True)
            for problem in problems:
                print(f"    {problem}", flush=True)
    failed_units = report["summary"]["units_failed"]
    print(f"{tried} fixes tried, {tried - failed} ok, {failed} failed; {refused} refused; "
          f"{oracle.sizes_by_compiler} sizes told by the compiler; {len(oracle.copy.units)} units, "
          f"{failed_units} of them not analysed")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=True)
    parser.add_argument("--snug", required=True, type=os.path.abspath)
    parser.add_argument("--root", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--scratch")
    parser.add_argument("--units", default="")
    parser.add_argument("--compiler")
    parser.add_argument("--report")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    try:
        if options.scratch:
            os.makedirs(options.scratch)
            return try_all(options, os.path.realpath(options.scratch))
        with tempfile.TemporaryDirectory(prefix="snug-fixes-") as scratch:
            return try_all(options, os.path.realpath(scratch))
    except (Unusable, OSError) as error:
        print(f"apply_fixes: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
