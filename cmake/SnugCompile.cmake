# How the project's own code is compiled: C++20, all warnings, warnings as errors, sanitizers on demand.
if(SNUG_IS_TOP_LEVEL)
  set(CMAKE_CXX_STANDARD 20)
  set(CMAKE_CXX_STANDARD_REQUIRED ON)
  set(CMAKE_CXX_EXTENSIONS OFF)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
  endif()
endif()

# A first look is no place for a warning of a compiler that nobody here has tried.
option(SNUG_WARNINGS_ARE_ERRORS "Stop at warnings in the project's own code" ON)

# Warnings and sanitizers for a target of ours.
function(snug_compile_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
  if(SNUG_WARNINGS_ARE_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Wrong for `"text" + string` and the like (GCC bug 105651), for empty strings in braced lists
    # and for small copies of text (GCC bugs 105562 and 105329). clang and the sanitizers look for
    # the real ones.
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-maybe-uninitialized
                                             -Wno-array-bounds -Wno-stringop-overflow
                                             -Wno-stringop-overread)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Catch2 counts test cases with __COUNTER__; libstdc++ 12 sorts stably with a function that it
    # declares deprecated.
    target_compile_options(${target} PRIVATE -Wno-unknown-warning-option -Wno-c2y-extensions
                                             -Wno-deprecated-declarations)
  endif()
  if(SNUG_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${SNUG_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=${SNUG_SANITIZE})
  endif()
endfunction()

# Builds of everything at once are a third faster with it. Off elsewhere: a file that lacks an
# #include has to be noticed.
option(SNUG_PRECOMPILE "Precompile the headers that most files include" OFF)

# Precompiles the standard headers, and those named, for a target of ours.
function(snug_precompile target)
  if(SNUG_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
      <string_view> <unordered_map> <unordered_set> <utility> <vector> ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
      # So that compiler caches know it again.
      target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    endif()
  endif()
endfunction()

# A first build spends most of its time on headers that every file includes. In batches it reads them
# once for several files. Off for development, where one file changes at a time and has to be complete
# by itself.
option(SNUG_UNITY "Compile the files of each room and test program in batches" OFF)

# Compiles a target of ours in batches of `size` files; names in unnamed namespaces have to differ
# within a target.
function(snug_unity target size)
  if(SNUG_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${size})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # g++ takes the files of a batch for headers, in which unnamed namespaces would be mistakes.
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
endfunction()
