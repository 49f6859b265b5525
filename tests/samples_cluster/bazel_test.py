#!/usr/bin/env python3
"""samples/cluster/bazel/snug.bzl with Bazel's sandbox and disk cache.

Usage: bazel_test.py SNUG SOURCE_DIR

The report from the parts has to be that of one run over the same sources. Exits with 77, and says why, where
Bazel is not installed or cannot configure a C++ toolchain without a network.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SNUG, SOURCE = sys.argv[1:3]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


if shutil.which("bazel") is None:
    skip("bazel is not installed (Debian: bazel-bootstrap)")


def write_workspace(folder):
    (folder / "WORKSPACE").write_text("")
    (folder / "snug.bzl").write_text(pathlib.Path(SOURCE, "samples/cluster/bazel/snug.bzl").read_text())
    (folder / "BUILD").write_text(
        'cc_library(name = "orders", srcs = ["orders.cc"], hdrs = ["orders.h"], defines = ["DEPTH=8"])\n'
        'cc_binary(name = "main", srcs = ["main.cc"], deps = [":orders"], copts = ["-std=c++17"])\n')
    (folder / "orders.h").write_text(
        "#pragma once\nstruct Order { bool live; double price; bool hidden; };\n"
        "struct Book { Order best[DEPTH]; };\nint count(const Book& book);\n")
    (folder / "orders.cc").write_text(
        '#include "orders.h"\nint count(const Book& book) { return book.best[0].live ? 1 : 0; }\n')
    (folder / "main.cc").write_text('#include "orders.h"\nint main() { static Book book; return count(book); }\n')


# What the toolchains of Bazel 4 load from repositories of the network; these stand for the rules that are
# built into it.
STUBS = {
    "rules_cc": ("cc", ["cc_binary", "cc_import", "cc_library", "cc_test", "cc_toolchain", "cc_toolchain_suite",
                        "objc_import", "objc_library"]),
    "rules_java": ("java", ["java_binary", "java_import", "java_library", "java_plugin", "java_runtime",
                            "java_test", "java_toolchain", "java_package_configuration"]),
    "rules_proto": ("proto", ["proto_library", "proto_lang_toolchain"]),
    "rules_python": ("python", ["py_binary", "py_library", "py_test", "py_runtime"]),
}


def write_stubs(folder):
    options = []
    for name, (package, rules) in STUBS.items():
        (folder / name / package).mkdir(parents=True)
        (folder / name / "WORKSPACE").write_text("")
        (folder / name / package / "BUILD").write_text("")
        (folder / name / package / "defs.bzl").write_text("".join(f"{rule} = native.{rule}\n" for rule in rules))
        options.append(f"--override_repository={name}={folder / name}")
    return options + ["--override_repository=platforms=/usr/share/bazel/platforms"]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        work = scratch / "work"
        work.mkdir()
        write_workspace(work)
        path = f"{pathlib.Path(SNUG).parent}:{os.environ['PATH']}"
        env = dict(os.environ, PATH=path, HOME=str(scratch), XDG_CACHE_HOME="/dev/null/none")
        bazel = ["bazel", "--batch", f"--output_user_root={scratch}/out", "build"]
        stubs = write_stubs(scratch / "stubs")
        scans = bazel + stubs + ["//:main", "--aspects=//:snug.bzl%snug_scan", "--output_groups=snug",
                         f"--disk_cache={scratch}/cache", f"--action_env=PATH={path}", "--jobs=2",
                         "--spawn_strategy=sandboxed,local", "--curses=no"]

        def build():
            return subprocess.run(scans, cwd=work, env=env, capture_output=True, text=True)

        first = build()
        if first.returncode != 0:
            offline = ["Unable to download", "UnknownHostException", "Error downloading", "no such package '@"]
            if any(word in first.stderr for word in offline):
                skip("Bazel wants to download its rules: " + first.stderr.strip()[-600:])
            sys.exit(f"bazel failed:\n{first.stdout}{first.stderr}")
        parts = sorted(work.glob("bazel-bin/*.snug"))
        if [part.name for part in parts] != ["main.main.cc.snug", "orders.orders.cc.snug"]:
            sys.exit(f"parts: {parts}")

        def check(*words):
            run = subprocess.run([SNUG, "check", "--level", "note", "--cache", "off", "--root", str(work), *words],
                                 cwd=work, env=env, capture_output=True, text=True)
            return run.stdout
        alone = check("orders.cc", "main.cc", "--", "-std=c++17", "-DDEPTH=8", "-I.")
        merged = check(*map(str, parts))
        if "'Order' wastes" not in merged or merged != alone:
            sys.exit(f"from the parts:\n{merged}\nalone:\n{alone}")
        # Nothing has changed: nothing is scanned. A clean tree takes the parts from the cache.
        subprocess.run(["bazel", "--batch", f"--output_user_root={scratch}/out", "clean"], cwd=work, env=env,
                       capture_output=True)
        again = build()
        if "disk cache hit" not in again.stderr:
            sys.exit(f"no hits in the disk cache:\n{again.stderr}")
        subprocess.run(["chmod", "-R", "u+w", scratch / "out"])
    print("the parts of Bazel's actions make the report of one run")


main()
