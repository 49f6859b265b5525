#!/usr/bin/env python3
"""Bytes that a terminal, a log or a page obeys never get out, whatever they come from."""
import json
import os
import re

import project
from project import Project

CODES = ([*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0x61C, 0xAD]
         + [*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
BAD = re.compile("[" + "".join(f"\\U{code:08x}" for code in CODES) + "]")
EVIL = "\x1b[31m\x1b]0;title\x07\x9b1m\x7f\u202eevil\u2066\u2069\u200e\u200f\u061c\u200b\u2028\u2029\x08\r"
BYTES = b"\xff\xfe\xc0\x80"
# What a file name can hold as well: a line of its own with a command to the runner.
NAME = EVIL.replace("/", "") + "\n::error::forged\n ::error::forged\n##[error]forged ##vso[forged]"


class HostileText(Project):
    def clean(self, done, what):
        for stream, data in (("stdout", done.stdout), ("stderr", done.stderr)):
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError as error:
                self.fail(f"{what}: {stream} is not UTF-8: {error} {data[max(0, error.start - 60):error.end + 20]}")
            found = BAD.search(text.replace("\r\n", "\n").replace("\t", ""))
            if found:
                at = found.start()
                self.fail(f"{what}: {stream} has U+{ord(found.group()):04X}: {text[max(0, at - 80):at + 40]!r}")
            self.assertNotRegex(text, r"(?m)^\s*::error::forged", what)
            self.assertNotRegex(text, r"##\w*\[", what)
            self.assertNotRegex(text, "\r(?!\n)", what)
        return done

    def hostile_project(self):
        evil = EVIL.encode() + BYTES
        folder = b"dir" + NAME.encode() + BYTES
        source = (b"// " + evil.replace(b"\r", b"") + b"\n/* do not move " + evil + b" */\n"
                  b"struct Waste { char a; // " + evil.replace(b"\r", b"") + b"\n double b; /* must be first "
                  + evil + b" */ char c; };\nWaste w[64];\n"
                  b"namespace n { auto lambda = [] { struct { char a; double b; char c; } x; return x; }; }\n"
                  b"struct HasLambda { decltype(n::lambda()) l; char c; double d; char e; }; HasLambda h[64];\n")
        path = self.write(folder + b"/a" + NAME.encode() + b".cpp", source)
        broken = self.write(folder + b"/broken.cpp", b"#error " + evil + b"\nint x = \"" + evil + b"\";\n")
        root = os.fsencode(self.folder)

        def quoted(raw):
            # As build systems write it: bytes as they are, what JSON needs escaped.
            text = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
            return b'"' + re.sub(rb"[\x00-\x1f]", lambda m: b"\\u%04x" % m.group()[0], text) + b'"'

        entries = []
        for file, flags in ((path, [b"-DNAME=" + EVIL.encode()]), (broken, [b"-fno-such-" + EVIL.encode()]),
                            (root + b"/missing" + NAME.encode() + BYTES, []), (path, [b"@rsp" + NAME.encode()])):
            words = b", ".join(quoted(word) for word in [b"c++", *flags, b"-c", file])
            entries.append(b'{"directory": %s, "file": %s, "arguments": [%s]}'
                           % (quoted(root), quoted(file), words))
        self.database(b"[" + b",\n".join(entries) + b", {\"file\": " + quoted(path) + b"}]")
        return path

    def test_every_command_in_every_format(self):
        path = os.fsdecode(self.hostile_project())
        base = ["-p", ".", "--root", ".", "--keep-going"]
        for form in ("text", "json", "sarif", "github", "markdown", "html"):
            for more in ([], ["--level", "note"], ["--color", "never"]):
                done = self.clean(self.snug("check", *base, "--format", form, *more), f"check {form}")
                self.assertTrue(done.stdout, form)
            self.clean(self.snug("check", *base, "--format", form, "-o", "out"), form)
            with open(self.path("out"), "rb") as out:
                done.stdout = out.read()
            self.clean(done, f"check -o {form}")
        for form in ("text", "json"):
            self.clean(self.snug("list", *base, "--format", form), "list " + form)
            self.clean(self.snug("show", "Waste", *base, "--format", form), "show " + form)
        self.clean(self.snug("fix", *base), "fix to nothing that can be written")
        self.clean(self.snug("check", *base, "--verbose"), "verbose")
        self.clean(self.snug("check", path, "--", "-DX"), "named file")
        self.clean(self.snug("check", "no" + EVIL + ".cpp"), "missing file")

    def test_html_strings_are_visible_in_the_page(self):
        self.hostile_project()
        page = self.snug("check", "-p", ".", "--root", ".", "--keep-going", "--format", "html").stdout.decode()
        data = json.loads(re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.S).group(1))

        def strings(value):
            if isinstance(value, str):
                yield value
            elif isinstance(value, list):
                for item in value:
                    yield from strings(item)
            elif isinstance(value, dict):
                for key, item in value.items():
                    yield key
                    yield from strings(item)

        for text in strings(data):
            self.assertIsNone(BAD.search(text.replace("\n", "")), repr(text))

    def test_words_of_the_command_line_and_settings(self):
        self.write("a.cpp", "struct A { char a; double b; char c; }; A a[64];")
        for words in (["check", "--checks", EVIL, "a.cpp"], ["explain", EVIL], ["show", EVIL, "a.cpp"],
                      ["check", "--" + EVIL], [EVIL], ["check", "--config", EVIL + ".toml", "a.cpp"],
                      ["check", "--option", EVIL + ".x=1", "a.cpp"], ["check", "a.cpp", "--", "-f" + EVIL],
                      ["check", "a.cpp", "--", "--target=" + EVIL], ["check", "-p", EVIL], ["diff", EVIL, EVIL],
                      ["check", "--baseline", EVIL, "a.cpp"], ["check", "--root", EVIL, "a.cpp"],
                      ["check", "--since", EVIL, "a.cpp"], ["check", "-o", EVIL + "/x/y", "a.cpp"],
                      ["check", "a.cpp", "--", EVIL + "g++"]):
            words = [word.replace("\x00", "") for word in words]
            self.clean(self.snug(*words), repr(words))
        for setting in (f'checks = "{{}}"', '["{}"]\nx = 1', '"{}" = 5', 'exclude = ["{}"]', '[[budget]]\ntype = "{}"'):
            text = setting.replace("{}", "".join(f"\\u{ord(c):04x}" for c in EVIL)).replace("{{}}", "x")
            self.write(".snug.toml", text)
            self.clean(self.snug("check", "a.cpp"), text)
        self.write(".snug.toml", b"checks = '" + EVIL.encode() + BYTES + b"'")
        self.clean(self.snug("check", "a.cpp"), "raw bytes in the settings")

    def test_reports_of_others(self):
        name = EVIL
        report = {"schema": "snug-report/1", "tool": {"name": "snug", "version": "0.1.0", "libclang": "22"},
                  "abi": {"target": "x86_64-" + name, "pointer_bytes": 8, "cache_line_bytes": 64},
                  "summary": {}, "units": [], "findings": [],
                  "records": [{"id": "c:@S@A", "name": "A" + name, "kind": "struct",
                               "location": {"file": name, "line": 1, "column": 1}, "size": 24, "align": 8,
                               "padding": {"holes": 7, "tail": 7}, "cache_lines": 1, "traits": [],
                               "template": "", "slots": []}]}
        self.write("old.json", json.dumps(report))
        report["records"][0]["size"] = 32
        self.write("new.json", json.dumps(report))
        for form in ("text", "json", "markdown"):
            self.clean(self.snug("diff", "old.json", "new.json", "--format", form), "diff " + form)

    def test_colours_stay(self):
        self.write("a.cpp", "struct A { char a; double b; char c; }; A a[64];")
        done = self.snug("check", "a.cpp", "--color", "always")
        self.assertIn(b"\x1b[1m", done.stdout)
        self.assertNotIn(b"\\u001b", done.stdout)


if __name__ == "__main__":
    project.main()
