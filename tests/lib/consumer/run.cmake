# Installs the library to a scratch prefix, then builds and runs the consumer in its three ways.
cmake_minimum_required(VERSION 3.22)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT status EQUAL 0)
    string(REPLACE ";" " " command "${ARGN}")
    message(FATAL_ERROR "failed: ${command}\n${out}")
  endif()
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BINARY} --component runtime --prefix ${SCRATCH}/prefix)
# A moved tree must still work: nothing in it may name the prefix it was installed to.
file(RENAME ${SCRATCH}/prefix ${SCRATCH}/moved)
file(GLOB_RECURSE pc ${SCRATCH}/moved/snug.pc)
get_filename_component(pc_dir "${pc}" DIRECTORY)
set(ENV{PKG_CONFIG_PATH} ${pc_dir})

foreach(way package subdirectory pkg-config)
  set(headers ${SCRATCH}/moved/include)
  if(way STREQUAL "subdirectory")
    set(headers ${SOURCE}/lib/include)
  endif()
  set(build ${SCRATCH}/${way})
  run(${CMAKE_COMMAND} -S ${SOURCE}/tests/lib/consumer -B ${build} -DWAY=${way} -DHEADERS=${headers}
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${SCRATCH}/moved -DSNUG_SOURCE=${SOURCE})
  run(${CMAKE_COMMAND} --build ${build})
  run(${build}/consumer)
  message(STATUS "${way}: ok")
endforeach()
