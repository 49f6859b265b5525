"""The headers of packages: the flags to compile them with, and how they are written in #include."""
import glob
import os
import shutil
import subprocess

from header_units import headers_below
from sweep_runs import compiler


def library_headers(folder):
    done = subprocess.run([compiler(), "-xc++", "-E", "-v", "/dev/null"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, check=False)
    roots = [line.strip() for line in done.stderr.splitlines()
             if line.startswith(" /") and os.path.exists(line.strip() + "/cstddef")]
    if not roots:
        return None
    found = ["bits/stdc++.h"]
    for part in (".", "experimental", "ext", "parallel", "tr1", "tr2", "decimal", "debug", "backward"):
        found += headers_below(roots[0], part, (".h", ".hpp", ""), deep=False)
    flags = ["-std=c++20", "-fopenmp"]
    if shutil.which("g++"):  # it has the omp.h that the parallel algorithms ask for
        own = subprocess.run(["g++", "-print-file-name=include"], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.strip()
        if os.path.exists(own + "/omp.h"):
            shutil.copy(own + "/omp.h", folder)
            flags.append("-I" + folder)
    return flags, found


def llvm_headers(_folder):
    for version in (22, 21, 20):
        root = f"/usr/lib/llvm-{version}/include"
        if os.path.isdir(root + "/llvm"):
            return ["-std=c++20", "-I" + root], [
                header for part in ("llvm", "llvm-c", "clang", "clang-c") if os.path.isdir(f"{root}/{part}")
                for header in headers_below(root, part, (".h",))]
    return None


def boost_headers(_folder):
    if not os.path.isdir("/usr/include/boost"):
        return None
    return ["-std=c++20"], headers_below("/usr/include", "boost", (".hpp",), deep=False)


def qt_headers(_folder):
    root = "/usr/include/x86_64-linux-gnu/qt5"
    if not os.path.isdir(root + "/QtCore"):
        return None
    modules = sorted(name for name in os.listdir(root) if name.startswith("Qt"))
    flags = ["-std=c++17", "-fPIC", "-I" + root] + [f"-I{root}/{module}" for module in modules]
    return flags, [header for module in modules
                   for header in headers_below(root, module, (".h",), deep=False)]


def eigen_headers(_folder):
    root = "/usr/include/eigen3"
    if not os.path.isdir(root):
        return None
    return ["-std=c++17", "-I" + root], [header for part in ("Eigen", "unsupported/Eigen")
                                         for header in headers_below(root, part, ("",), deep=False)]


def kernel_headers(_folder):
    parts = ["linux", "asm-generic", "drm", "rdma", "scsi", "sound", "mtd", "video", "misc", "xen"]
    found = [header for part in parts if os.path.isdir("/usr/include/" + part)
             for header in headers_below("/usr/include", part, (".h",))]
    for root in glob.glob("/usr/include/*-linux-gnu"):
        found += headers_below(root, "asm", (".h",))
    return ["-std=gnu17"], found
