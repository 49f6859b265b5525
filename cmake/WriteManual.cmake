# Writes every manual page that SNUG prints into FOLDER and removes the ones of sections 1 and 7 that
# it does not know. The pages of section 3, about the runtime library, are written by hand.
cmake_minimum_required(VERSION 3.22)
execute_process(COMMAND ${SNUG} explain --list --man OUTPUT_VARIABLE pages COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" pages "${pages}")
file(GLOB old RELATIVE ${FOLDER} ${FOLDER}/*.1 ${FOLDER}/*.7)
foreach(page IN LISTS old)
  if(NOT page IN_LIST pages)
    file(REMOVE ${FOLDER}/${page})
  endif()
endforeach()
foreach(page IN LISTS pages)
  if(page)
    string(REGEX REPLACE "^snug-|\\.[0-9]$" "" topic "${page}")
    execute_process(COMMAND ${SNUG} explain ${topic} --man OUTPUT_FILE ${FOLDER}/${page}
                    COMMAND_ERROR_IS_FATAL ANY)
  endif()
endforeach()
