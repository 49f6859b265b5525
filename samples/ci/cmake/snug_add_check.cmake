# snug as a target of a build.
#
#   include(snug_add_check)
#   snug_add_check(snug-check)                                 every unit of the project
#   snug_add_check(snug-core TARGETS core CHECKS padding)      the sources of some targets, some checks
#   snug_add_check(snug-page FORMAT html OUTPUT snug.html FAIL_ON never)
#
# and then: cmake --build build --target snug-check. The program is looked for in PATH; SNUG_PROGRAM names
# another one. The build needs a compile database, which this file asks the generator for.
#
# With BASELINE there is a second target, snug-check-baseline: it writes the file, which is to be committed, and
# from then on the check fails on new findings alone. While the file does not exist, all of them fail.
#
# With TARGETS or FILES each unit is a rule of the build: it is scanned again when the source, a header that it
# reads or the compile database has changed, several at a time, and 'snug check' reads the scans. Their root is
# ROOT, by default the folder of the project.
#
# Options: TARGETS <target>...   FILES <file>...   CHECKS <list>   LEVEL note|warning
#          FAIL_ON note|warning|never   FORMAT text|json|sarif|github|markdown|html   OUTPUT <file>
#          BASELINE <file>   ROOT <folder>
#          ARGUMENTS <word>...        anything else for 'snug check'
#          SCAN_ARGUMENTS <word>...   anything else for 'snug scan', which reads the units of TARGETS and FILES
include_guard(GLOBAL)

find_program(SNUG_PROGRAM snug DOC "The program snug")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# The C and C++ sources of a target as absolute paths.
function(_snug_sources_of target result)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "snug_add_check: there is no target '${target}'")
  endif()
  get_target_property(folder ${target} SOURCE_DIR)
  get_target_property(sources ${target} SOURCES)
  set(found "")
  foreach(source IN LISTS sources)
    if(source MATCHES "\\.(c|cc|cpp|cxx|c\\+\\+|C)$" AND NOT source MATCHES "\\$<")
      get_filename_component(source "${source}" ABSOLUTE BASE_DIR "${folder}")
      list(APPEND found "${source}")
    endif()
  endforeach()
  if(NOT found)
    message(FATAL_ERROR "snug_add_check: the target '${target}' has no C or C++ sources")
  endif()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# One scan of each source, as a rule with a depfile; merges of so many that no command line is too long. Without
# rules for depfiles (CMake before 3.21) there are no parts, and the check reads the sources itself.
function(_snug_parts_of name root sources arguments result)
  set(${result} "" PARENT_SCOPE)
  if(CMAKE_VERSION VERSION_LESS 3.21)
    return()
  endif()
  cmake_policy(SET CMP0116 NEW)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/snug-parts/${name}")
  file(MAKE_DIRECTORY "${folder}")
  set(parts "")
  foreach(source IN LISTS sources)
    string(SHA256 digest "${source}")
    string(SUBSTRING "${digest}" 0 8 digest)
    get_filename_component(file "${source}" NAME)
    set(part "${folder}/${file}-${digest}.snug")
    add_custom_command(OUTPUT "${part}"
      COMMAND "${SNUG_PROGRAM}" scan -p "${CMAKE_BINARY_DIR}" --root "${root}" -j 1 ${arguments}
              --depfile "${part}.d" -o "${part}" "${source}"
      DEPENDS "${source}" "${CMAKE_BINARY_DIR}/compile_commands.json" "${SNUG_PROGRAM}"
      DEPFILE "${part}.d"
      COMMENT "Scanning ${file} for ${name}" VERBATIM)
    list(APPEND parts "${part}")
  endforeach()
  set(level 0)
  list(LENGTH parts count)
  while(count GREATER 100)
    math(EXPR level "${level} + 1")
    set(merged "")
    set(first 0)
    while(first LESS count)
      list(SUBLIST parts ${first} 100 some)
      set(one "${folder}/merged-${level}-${first}.snug")
      add_custom_command(OUTPUT "${one}" COMMAND "${SNUG_PROGRAM}" merge ${some} -o "${one}"
        DEPENDS ${some} COMMENT "Merging scans for ${name}" VERBATIM)
      list(APPEND merged "${one}")
      math(EXPR first "${first} + 100")
    endwhile()
    set(parts "${merged}")
    list(LENGTH parts count)
  endwhile()
  set(${result} "${parts}" PARENT_SCOPE)
endfunction()

function(snug_add_check name)
  cmake_parse_arguments(CHECK "" "CHECKS;LEVEL;FAIL_ON;FORMAT;OUTPUT;BASELINE;ROOT"
                        "TARGETS;FILES;ARGUMENTS;SCAN_ARGUMENTS" ${ARGN})
  if(CHECK_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "snug_add_check: unknown words: ${CHECK_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT SNUG_PROGRAM)
    message(FATAL_ERROR "snug_add_check: the program snug is not in PATH; set SNUG_PROGRAM to it")
  endif()
  set(units "")
  foreach(target IN LISTS CHECK_TARGETS)
    _snug_sources_of(${target} sources)
    list(APPEND units ${sources})
  endforeach()
  foreach(file IN LISTS CHECK_FILES)
    get_filename_component(file "${file}" ABSOLUTE)
    list(APPEND units "${file}")
  endforeach()
  list(REMOVE_DUPLICATES units)
  set(root "${CMAKE_SOURCE_DIR}")
  if(DEFINED CHECK_ROOT)
    get_filename_component(root "${CHECK_ROOT}" ABSOLUTE)
  endif()
  set(parts "")
  if(units)
    _snug_parts_of(${name} "${root}" "${units}" "${CHECK_SCAN_ARGUMENTS}" parts)
  endif()
  if(parts)
    set(words ${parts})
  else()
    set(words -p "${CMAKE_BINARY_DIR}" ${units})
    if(DEFINED CHECK_ROOT)
      list(APPEND words --root "${root}")
    endif()
  endif()
  foreach(option IN ITEMS CHECKS LEVEL)
    if(DEFINED CHECK_${option})
      string(TOLOWER "--${option}" flag)
      list(APPEND words "${flag}" "${CHECK_${option}}")
    endif()
  endforeach()
  if(DEFINED CHECK_BASELINE)
    get_filename_component(baseline "${CHECK_BASELINE}" ABSOLUTE)
    add_custom_target(${name}-baseline
      COMMAND "${SNUG_PROGRAM}" check ${words} ${CHECK_ARGUMENTS} --write-baseline "${baseline}"
      DEPENDS ${parts}
      WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
      USES_TERMINAL VERBATIM)
    # Looked at again in every build, so that a file that appears is heeded without a new configuration.
    file(GLOB known CONFIGURE_DEPENDS "${baseline}")
    if(known)
      list(APPEND words --baseline "${baseline}")
    endif()
  endif()
  foreach(option IN ITEMS FAIL_ON FORMAT OUTPUT)
    if(DEFINED CHECK_${option})
      string(TOLOWER "--${option}" flag)
      string(REPLACE "_" "-" flag "${flag}")
      list(APPEND words "${flag}" "${CHECK_${option}}")
    endif()
  endforeach()
  add_custom_target(${name}
    COMMAND "${SNUG_PROGRAM}" check ${words} ${CHECK_ARGUMENTS}
    DEPENDS ${parts}
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    USES_TERMINAL VERBATIM)
endfunction()
