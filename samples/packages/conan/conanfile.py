"""The runtime library snug::runtime (headers alone) for Conan 2: conan create samples/packages/conan."""
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeToolchain
from conan.tools.files import copy


class SnugRecipe(ConanFile):
    name = "snug"
    version = "0.1.0"
    description = "Containers and smart pointers that take less memory"
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..", "..")
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "lib/*"):
            copy(self, pattern, root, self.export_sources_folder)

    def validate(self):
        check_min_cppstd(self, 20)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables.update(
            {"SNUG_BUILD_TOOL": False, "SNUG_BUILD_TESTS": False, "SNUG_INSTALL": True})
        toolchain.generate()

    def package(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "snug")
        self.cpp_info.set_property("cmake_target_name", "snug::runtime")
        self.cpp_info.set_property("pkg_config_name", "snug")
