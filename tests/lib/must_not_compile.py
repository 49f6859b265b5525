#!/usr/bin/env python3
"""Compiles FILE twice: must_not_compile.py FILE -- COMPILER FLAGS...

With -DSNUG_EXPECT_OK it must compile; without, it must fail, and the message must contain the sentence
of each line `// error: SENTENCE` in FILE (`A|B` where compilers say different things). The first half shows that nothing but the misuse is wrong.
"""
import re
import subprocess
import sys


def compile_with(command, file, *flags):
    return subprocess.run([*command, *flags, "-fsyntax-only", file], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)


def main():
    file = sys.argv[1]
    command = sys.argv[sys.argv.index("--") + 1:]
    with open(file, encoding="utf-8") as text:
        sentences = re.findall(r"^// error: (.+)$", text.read(), re.MULTILINE)
    if not sentences:
        sys.exit(f"{file}: no line `// error: SENTENCE`")

    good = compile_with(command, file, "-DSNUG_EXPECT_OK")
    if good.returncode != 0:
        sys.exit(f"{file}: must compile with SNUG_EXPECT_OK, but:\n{good.stdout}")
    bad = compile_with(command, file)
    if bad.returncode == 0:
        sys.exit(f"{file}: compiles, but must not")
    # Compilers break long sentences nowhere, but quote and wrap differently: compare the words.
    said = " ".join(bad.stdout.split())
    for sentence in sentences:
        if not any(" ".join(one.split()) in said for one in sentence.split("|")):
            sys.exit(f"{file}: fails, but does not say \"{sentence}\":\n{bad.stdout}")


main()
