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
# Options: TARGETS <target>...   FILES <file>...   CHECKS <list>   LEVEL note|warning
#          FAIL_ON note|warning|never   FORMAT text|json|sarif|github|markdown|html   OUTPUT <file>
#          BASELINE <file>
#          ARGUMENTS <word>...   anything else for 'snug check'
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

function(snug_add_check name)
  cmake_parse_arguments(CHECK "" "CHECKS;LEVEL;FAIL_ON;FORMAT;OUTPUT;BASELINE"
                        "TARGETS;FILES;ARGUMENTS" ${ARGN})
  if(CHECK_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "snug_add_check: unknown words: ${CHECK_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT SNUG_PROGRAM)
    message(FATAL_ERROR "snug_add_check: the program snug is not in PATH; set SNUG_PROGRAM to it")
  endif()
  set(words -p "${CMAKE_BINARY_DIR}")
  foreach(target IN LISTS CHECK_TARGETS)
    _snug_sources_of(${target} sources)
    list(APPEND words ${sources})
  endforeach()
  foreach(file IN LISTS CHECK_FILES)
    get_filename_component(file "${file}" ABSOLUTE)
    list(APPEND words "${file}")
  endforeach()
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
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    USES_TERMINAL VERBATIM)
endfunction()
