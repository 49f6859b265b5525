"""Units that include as many headers of a folder as can stand in one unit.

Which headers compile is the compiler's word: a header in which it finds an error is tried alone.
What compiles alone goes into a further unit (some headers exclude each other); what does not is
left out and listed with the first error.
"""
import json
import os
import re
import subprocess

BLAMED = re.compile(r"^(?:In file included from |\s+from )?(?P<file>[^:\n]+):(?P<line>\d+)")


class HeaderUnits:
    """Writes units to a folder. `excluded` maps a header to why it is in none of them."""

    def __init__(self, folder, compiler, flags, is_c=False):
        self.folder = folder
        self.compiler = compiler
        self.flags = flags
        self.suffix = ".c" if is_c else ".cpp"
        self.units = []
        self.excluded = {}
        os.makedirs(folder, exist_ok=True)

    def command(self, path):
        return [self.compiler, *self.flags, "-c", path]

    def complaint(self, path):
        """What the compiler says to a unit; empty if it accepts it."""
        done = subprocess.run(self.command(path) + ["-fsyntax-only", "-w", "-ferror-limit=0",
                                                    "-fno-caret-diagnostics"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                              errors="replace", check=False)
        if done.returncode == 0:
            return ""
        return done.stderr or f"the compiler ends with status {done.returncode}"

    def write(self, name, headers):
        path = os.path.join(self.folder, name + self.suffix)
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(f"#include <{header}>\n" for header in headers)
        return path

    def add(self, headers, batch):
        """Makes units of up to `batch` headers each."""
        deferred = []
        for begin in range(0, len(headers), batch):
            deferred += self.add_unit(headers[begin:begin + batch])
        alone = []
        for header in deferred:
            complaint = self.complaint(self.write("alone", [header]))
            if complaint:
                self.excluded[header] = first_error(complaint)
            else:
                alone.append(header)
        if alone:
            self.add(alone, batch)

    def add_unit(self, headers):
        """Returns the headers that could not be in it."""
        deferred = []
        path = self.write(f"unit{len(self.units)}", headers)
        while headers:
            complaint = self.complaint(path)
            if not complaint:
                self.units.append(path)
                break
            bad = blamed(complaint, path, len(headers)) or {len(headers)}
            deferred += [header for line, header in enumerate(headers, 1) if line in bad]
            headers = [header for line, header in enumerate(headers, 1) if line not in bad]
            self.write(f"unit{len(self.units)}", headers)
        return deferred

    def write_database(self, folder):
        """Makes the units' compile database. Returns its folder."""
        os.makedirs(folder, exist_ok=True)
        entries = [{"directory": self.folder, "file": path, "arguments": self.command(path)}
                   for path in self.units]
        with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
            json.dump(entries, out, indent=1)
        return folder


def first_error(complaint):
    for line in complaint.splitlines():
        if "error:" in line:
            return line
    return complaint.splitlines()[0]


def blamed(complaint, path, count):
    """The lines of the unit through which the compiler came to an error.

    The chain of includes is printed only where it differs from the one before.
    """
    lines, current = set(), None
    for line in complaint.splitlines():
        place = BLAMED.match(line)
        if place and place["file"] == path:
            current = int(place["line"])
        if "error:" in line and current is not None and current <= count:
            lines.add(current)
    return lines


def headers_below(root, folder=".", suffixes=(".h", ".hpp", ""), deep=True):
    """The headers in a folder below an include path, as they are written in an #include."""
    found = []
    for here, folders, files in os.walk(os.path.join(root, folder)):
        folders.sort()
        found += [os.path.relpath(os.path.join(here, name), root) for name in sorted(files)
                  if os.path.splitext(name)[1] in suffixes]
        if not deep:
            break
    return found
