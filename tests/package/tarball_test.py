"""Makes the tarball and runs it in a root that holds glibc alone.

usage: tarball_test.py BUILD_FOLDER SOURCE_FOLDER

Needs a finished build with a shared libclang, patchelf, and root for chroot; ends with status 77 where one
of these is missing.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
build, source = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
CHROOT = shutil.which("chroot", path="/usr/sbin:/sbin:/usr/bin:/bin")


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def main():
    for program in ["patchelf", "strip", "tar", "gzip", "unshare"]:
        if shutil.which(program) is None:
            skip(f"{program} is not installed")
    if CHROOT is None or os.geteuid() != 0:
        skip("only root can change the root")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        made = scratch / "snug.tar.gz"
        run = subprocess.run(["bash", source / "cmake/tarball.sh", build, made], capture_output=True, text=True)
        if run.returncode == 2 and "shared libclang" in run.stderr:
            skip(run.stderr.strip())
        if run.returncode != 0:
            sys.exit(f"tarball.sh failed:\n{run.stdout}{run.stderr}")
        root = scratch / "root"
        where = root / "srv/some place"
        where.mkdir(parents=True)
        subprocess.run(["tar", "xf", made, "-C", where], check=True)
        (folder,) = where.iterdir()
        if not re.fullmatch(r"snug-[0-9.]+-linux-\w+", folder.name):
            sys.exit(f"the folder is named {folder.name}")
        # glibc and its loader, from this machine; nothing else.
        listed = subprocess.run(["ldd", folder / "bin/snug"], capture_output=True, text=True, check=True).stdout
        outside = [path for path in re.findall(r"(?:=> |^\s+)(/\S+) \(0x", listed, re.M)
                   if not path.startswith(str(scratch))]
        for path in outside:
            if not re.match(r"(ld-linux|lib(c|m|dl|rt|pthread)\.so)", pathlib.Path(path).name):
                sys.exit(f"the program needs {path} of the machine:\n{listed}")
            target = root / path.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(os.path.realpath(path), target)
        (root / "tmp").mkdir()
        (root / "dev").mkdir()
        (root / "dev/null").write_text("")
        (root / "proj").mkdir()
        (root / "proj/order.c").write_text(
            "#include <stddef.h>\nstruct order { char live; double price; char hidden; };\n"
            "struct order orders[64];\nsize_t count;\n")
        program = "/" + str(folder.relative_to(root)) + "/bin/snug"
        # No compiler is there: the unit is read with libclang's own headers.
        # The loader finds the folder of the program by /proc.
        (root / "proc").mkdir()
        inside = ["unshare", "-m", "sh", "-c", 'mount --bind /proc "$0/proc" && exec "$@"', root, CHROOT, root]
        run = subprocess.run([*inside, program, "check", "/proj/order.c", "--cache", "off", "--", "-std=c11"],
                             capture_output=True, text=True, env={"PATH": "/nowhere", "HOME": "/tmp"}, timeout=120)
        if run.returncode != 1 or "'order' wastes 14 of 24 bytes" not in run.stdout:
            sys.exit(f"status {run.returncode} in the bare root:\n{run.stdout}{run.stderr}")
        print(f"{made.stat().st_size >> 20} MiB, runs where glibc alone is installed")


main()
