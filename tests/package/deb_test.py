"""Makes the Debian package, looks into it, and runs it in a root that holds nothing else.

usage: deb_test.py BUILD_FOLDER VERSION

The root is made of the package and of what its dependencies, and theirs, have installed on this machine:
file by file as dpkg lists them, without the scripts that run at installation. What the package forgot to
depend on is missing there. Needs a finished build, dpkg, and root or user namespaces for chroot; ends with
status 77 where something of these is missing.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
build = pathlib.Path(sys.argv[1]).resolve()
version = sys.argv[2]
CHROOT = shutil.which("chroot", path="/usr/sbin:/sbin:/usr/bin:/bin")
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED:", what)


def output(*command, **more):
    result = subprocess.run([str(word) for word in command], text=True, capture_output=True, timeout=500, **more)
    if result.returncode != 0:
        raise RuntimeError(f"{command}: status {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


def make_package(folder):
    """The package, from a copy of cpack's configuration that writes elsewhere."""
    output("cpack", "--config", build / "CPackConfig.cmake", "-G", "DEB", "-B", folder, cwd=build)
    (package,) = folder.glob("*.deb")
    return package


def test_contents(package):
    check(re.fullmatch(rf"snug_{re.escape(version)}_\w+\.deb", package.name), f"file name: {package.name}")
    paths = {line.split(None, 5)[5] for line in output("dpkg-deb", "--contents", package).splitlines()}
    for path in ["usr/bin/snug", "usr/share/man/man1/snug.1.gz", "usr/share/man/man1/snug-check.1.gz",
                 "usr/share/man/man7/snug-padding.7.gz", "usr/share/man/man3/snug.3.gz",
                 "usr/share/bash-completion/completions/snug", "usr/share/zsh/vendor-completions/_snug",
                 "usr/share/fish/vendor_completions.d/snug.fish", "usr/share/snug/snug-report-1.schema.json",
                 "usr/share/snug/cmake/snug_add_check.cmake", "usr/share/doc/snug/copyright",
                 "usr/share/doc/snug/README.md", "usr/include/snug/box.hpp"]:
        check("./" + path in paths, f"holds {path}")
    outside = [path for path in paths if not path.startswith("./usr/") and path != "./"]
    check(not outside, f"nothing outside /usr: {outside}")
    check(not [path for path in paths if "CMakeFiles" in path or "_test" in path], "nothing of the build")
    owners = {line.split()[1] for line in output("dpkg-deb", "--contents", package).splitlines()}
    check(owners == {"root/root"}, f"owners: {owners}")


def test_maintainer(package):
    maintainer = output("dpkg-deb", "--field", package, "Maintainer").strip()
    check(maintainer and "localhost" not in maintainer and "example" not in maintainer,
          f"names no address that is nobody's: {maintainer}")


def depends_of(package):
    return [alternatives.split("|") for alternatives in
            output("dpkg-deb", "--field", package, "Depends").strip().split(",")]


def name_of(dependency):
    return dependency.strip().split()[0].split(":")[0]


def test_dependencies(package):
    names = {name_of(alternatives[0]) for alternatives in depends_of(package)}
    check(any(re.fullmatch(r"libclang1-\d+", name) for name in names), f"depends on libclang: {names}")
    check(any(re.fullmatch(r"libclang-common-\d+-dev", name) for name in names), f"depends on its headers: {names}")
    check("libc6" in names, f"depends on libc: {names}")
    check(not [name for name in names if name.startswith("libllvm") or name.endswith("-dev") and "common" not in name],
          f"depends on nothing that only a build needs: {names}")


def installed_with_dependencies(names):
    """The installed packages of these names and all that they depend on."""
    found, left = set(), list(names)
    while left:
        name = left.pop()
        if name in found:
            continue
        shown = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}\n${Depends},${Pre-Depends}", name],
                               text=True, capture_output=True)
        status, _, fields = shown.stdout.partition("\n")
        if shown.returncode != 0 or status != "installed":
            continue  # an alternative that is not the one chosen here, or a virtual package
        found.add(name)
        for alternatives in fields.split(","):
            left += [name_of(one) for one in alternatives.split("|") if one.strip()]
    return found


def make_root(package, root):
    names = [name_of(one) for alternatives in depends_of(package) for one in alternatives]
    packages = installed_with_dependencies(names)
    check("libc6" in packages, f"dependencies are installed here: {sorted(packages)}")
    for top in ["bin", "lib", "lib64", "sbin"]:
        (root / "usr" / top).mkdir(parents=True)
        (root / top).symlink_to("usr/" + top)
    for name in sorted(packages):
        for line in output("dpkg-query", "-L", name).splitlines():
            source, target = pathlib.Path(line), root / line.lstrip("/")
            if not line.startswith("/") or "/share/" in line or source.is_dir() and not source.is_symlink():
                continue
            if os.path.lexists(source) and not os.path.lexists(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target, follow_symlinks=False)
    output("dpkg-deb", "--extract", package, root)
    for folder in ["proc", "tmp", "dev"]:
        (root / folder).mkdir(exist_ok=True)
    (root / "dev" / "null").touch()
    return packages


def in_root(root, *command):
    start = [CHROOT] if os.geteuid() == 0 else [shutil.which("unshare"), "--map-root-user", CHROOT]
    return subprocess.run([*start, str(root), *command], text=True, capture_output=True, timeout=120,
                          env={"PATH": "/usr/bin", "HOME": "/"})


def test_run(root):
    told = in_root(root, "/usr/bin/snug", "--version")
    check(told.returncode == 0, f"runs: {told.stderr}")
    check(re.search(rf"snug {re.escape(version)} \(libclang \d+\.\d+", told.stdout), f"version: {told.stdout}")
    (root / "src").mkdir()
    (root / "src" / "order.cpp").write_text(
        "#include <stddef.h>\n#include <stdint.h>\n#include <immintrin.h>\n"
        "struct Order { bool live; double price; bool hidden; size_t id; };\nOrder orders[64];\n")
    # stdint.h of the front end asks for the one of the C library, which a clean root need not have.
    result = in_root(root, "/usr/bin/snug", "check", "/src/order.cpp", "--", "-std=c++20", "-ffreestanding")
    check(result.returncode == 1 and "/src/order.cpp:4:8: warning: 'Order' wastes" in result.stdout
          or "order.cpp:4:8: warning: 'Order' wastes" in result.stdout,
          f"checks a file with the front end's headers: {result.returncode}\n{result.stdout}{result.stderr}")
    check("verified in the only unit" in result.stdout, "proves a fix")
    shown = in_root(root, "/usr/bin/snug", "explain", "padding")
    check(shown.returncode == 0 and shown.stdout.startswith("padding: "), "explains a check")


def test_missing_headers(root):
    """Without the package of the headers, the message names it."""
    for folder in (root / "usr" / "lib").glob("llvm-*/lib/clang"):
        folder.rename(folder.with_name("hidden"))
    result = in_root(root, "/usr/bin/snug", "check", "/src/order.cpp", "--")
    check(result.returncode == 2 and re.search(r"libclang-common-\d+-dev", result.stderr),
          f"tells the package that is missing: {result.stderr}")


def main():
    for program in ["cpack", "dpkg-deb", "dpkg-shlibdeps", "dpkg-query", "unshare"]:
        if shutil.which(program) is None or CHROOT is None:
            print(f"skipped: {program} or chroot is not installed")
            return SKIPPED
    if not (build / "tool" / "snug").exists():
        print("skipped: the tool is not built")
        return SKIPPED
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        package = make_package(scratch / "package")
        test_contents(package)
        test_maintainer(package)
        test_dependencies(package)
        root = scratch / "root"
        packages = make_root(package, root)
        if in_root(root, "/usr/bin/snug", "--version").returncode in (125, 126) and os.geteuid() != 0:
            print("the package is as it should be; not run: chroot is not allowed here")
        else:
            test_run(root)
            test_missing_headers(root)
        print(f"{package.name}: {package.stat().st_size} bytes; root of {len(packages)} packages")
    print(f"{len(failures)} failures" if failures else "all checks passed")
    return 1 if failures else 0


sys.exit(main())
