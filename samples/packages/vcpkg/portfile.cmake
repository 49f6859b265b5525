# An overlay port of the runtime library: vcpkg install snug --overlay-ports=samples/packages/vcpkg. In a
# registry vcpkg_from_github() with the tag and its checksum takes the place of SOURCE_PATH.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS -DSNUG_BUILD_TOOL=OFF -DSNUG_BUILD_TESTS=OFF -DSNUG_INSTALL=ON)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME snug CONFIG_PATH lib/cmake/snug)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug" "${CURRENT_PACKAGES_DIR}/lib")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
