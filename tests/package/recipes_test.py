"""The recipes in samples/packages, as far as their tools are installed.

usage: recipes_test.py SOURCE_FOLDER

The library's recipes run the same steps of CMake as Conan and vcpkg do, in a copy that holds only what the
Conan recipe exports. What reads a recipe (bash, ruby, nix-instantiate) checks its form where it is
installed; each that is not is named.
"""
import ast
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

source = pathlib.Path(sys.argv[1]).resolve()
packages = source / "samples/packages"


def run(*words, cwd=None):
    result = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{words}: status {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


def library(folder):
    """Configures, installs and uses the library from what the recipe exports."""
    recipe = (packages / "conan/conanfile.py").read_text()
    ast.parse(recipe)
    patterns = re.search(r"for pattern in (\(.*?\)):", recipe, re.S).group(1)
    for pattern in ast.literal_eval(patterns):
        for path in source.glob(pattern if not pattern.endswith("/*") else pattern[:-1] + "**/*"):
            if path.is_file():
                target = folder / "export" / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
    run("cmake", "-S", folder / "export", "-B", folder / "build", f"-DCMAKE_INSTALL_PREFIX={folder}/prefix",
        "-DSNUG_BUILD_TOOL=OFF", "-DSNUG_BUILD_TESTS=OFF", "-DSNUG_INSTALL=ON")
    run("cmake", "--install", folder / "build")
    for path in ["include/snug/box.hpp", "lib/cmake/snug/snugConfig.cmake", "lib/pkgconfig/snug.pc"]:
        if not (folder / "prefix" / path).exists():
            sys.exit(f"the installed library has no {path}")
    used = folder / "use"
    used.mkdir()
    (used / "main.cpp").write_text("#include <snug/box.hpp>\nint main() { return 0; }\n")
    (used / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.22)\nproject(use CXX)\nfind_package(snug 0.1 REQUIRED)\n"
        "add_executable(use main.cpp)\ntarget_link_libraries(use PRIVATE snug::runtime)\n")
    run("cmake", "-S", used, "-B", used / "build", f"-DCMAKE_PREFIX_PATH={folder}/prefix")
    run("cmake", "--build", used / "build")


def forms():
    port = json.loads((packages / "vcpkg/vcpkg.json").read_text())
    cmake = (source / "CMakeLists.txt").read_text()
    version = re.search(r"project\(snug VERSION (\S+)", cmake).group(1)
    for name, text in {"vcpkg.json": port["version"], "conanfile.py": (packages / "conan/conanfile.py").read_text(),
                       "PKGBUILD": (packages / "aur/PKGBUILD").read_text(),
                       "default.nix": (packages / "nix/default.nix").read_text(),
                       "snug.rb": (packages / "homebrew/snug.rb").read_text()}.items():
        if version not in text:
            sys.exit(f"{name} is not for version {version}")
    run("bash", "-n", packages / "aur/PKGBUILD")
    for program, words in {"ruby": ["-c", packages / "homebrew/snug.rb"],
                           "nix-instantiate": ["--parse", packages / "nix/default.nix"]}.items():
        if shutil.which(program):
            run(program, *words)
        else:
            print(f"not tried: {program} is not installed")


with tempfile.TemporaryDirectory() as scratch:
    library(pathlib.Path(scratch))
    forms()
print("the recipes hold")
