# The Debian package: cpack -G DEB in the build folder (after a build).
#
# What the program is linked with becomes a dependency by dpkg-shlibdeps. libclang also reads the headers
# that belong to it (stddef.h, intrinsics) at run time, which no linker knows of: they are named here.
find_package(LibClang REQUIRED QUIET)  # for its version
string(REGEX MATCH "^[0-9]+" libclang_major "${LibClang_VERSION}")

set(CPACK_PACKAGE_NAME snug)
set(CPACK_PACKAGE_VENDOR "The snug authors")
# Nobody's address: who hands the package out puts theirs here.
set(SNUG_PACKAGE_CONTACT "The snug authors" CACHE STRING
    "Who maintains the Debian package: Name <address>")
set(CPACK_PACKAGE_CONTACT "${SNUG_PACKAGE_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "find the memory that C++ types waste, and prove the fix")
set(CPACK_PACKAGE_DESCRIPTION "snug reads C and C++ code as the compiler does and knows the layout of every
record in it. It finds padding that another order of the fields removes, fields
that lie badly on cache lines and more, and compiles every fix that it suggests.
The header-only runtime library snug::runtime comes with it.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang-common-${libclang_major}-dev")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "g++ | clang, libcurl4")  # libcurl: caches at http://
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "cmake")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/DebianFiles.cmake")
include(CPack)
