"""A small project in a folder of its own, and the program run in it."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

SNUG = ""
WASTE = "{ char a; double b; char c; };\n"


class Project(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="snug-input-")
        self.folder = os.path.realpath(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text):
        path = self.path(name) if isinstance(name, str) else os.path.join(os.fsencode(self.folder), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode())
        return path

    def database(self, entries, name="compile_commands.json"):
        text = entries if isinstance(entries, (str, bytes)) else json.dumps(entries)
        return self.write(name, text)

    def entry(self, file, *flags, driver="c++"):
        return {"directory": self.folder, "file": file, "arguments": [driver, *flags, "-c", file]}

    def snug(self, *words, folder="", timeout=300, env=None):
        done = subprocess.run([SNUG, *words], cwd=folder or self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=timeout, check=False,
                              env={**os.environ, "NO_COLOR": "1", **(env or {})})
        self.assertGreaterEqual(done.returncode, 0, "the program was ended by a signal")
        return done

    def report(self, *words, folder="", status=None):
        done = self.snug("list", "--format", "json", *words, folder=folder)
        if status is not None:
            self.assertEqual(done.returncode, status, done.stderr.decode(errors="replace"))
        self.assertTrue(done.stdout, done.stderr.decode(errors="replace"))
        return json.loads(done.stdout)

    def checked(self, *words):
        """The report of a check, which tells of the units too."""
        done = self.snug("check", "--format", "json", "--layout-only", "--checks", "odr-layout", "--fail-on", "never", *words)
        self.assertTrue(done.stdout, done.stderr.decode(errors="replace"))
        return json.loads(done.stdout)

    def records(self, *words, folder="", status=None):
        return {r["name"]: r["size"] for r in self.report(*words, folder=folder, status=status)["records"]}


def main():
    global SNUG
    SNUG = os.path.abspath(sys.argv.pop(1))
    unittest.main()
