include(${CMAKE_CURRENT_LIST_DIR}/sanitized.cmake)

# tribune_room(NAME USES room... LIBRARIES target... SOURCES file...)
# One static library per folder. USES are the only rooms it may include.
function(tribune_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LIBRARIES;SOURCES" ${ARGN})
  add_library(tribune_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(tribune_${name} PUBLIC ${PROJECT_SOURCE_DIR}/engine ${PROJECT_SOURCE_DIR})
  foreach(room IN LISTS ROOM_USES)
    target_link_libraries(tribune_${name} PUBLIC tribune_${room})
  endforeach()
  target_link_libraries(tribune_${name} PUBLIC ${ROOM_LIBRARIES})
endfunction()

# tribune_test(NAME ROOMS room... [GL] [LABELS label...] SOURCES file...): one Catch2 program, one ctest entry.
function(tribune_test name)
  cmake_parse_arguments(T "GL" "" "ROOMS;LABELS;SOURCES" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE tribune_catch)
  # Only what is tested needs to be fast, and free of what UBSan looks for: compiling the tests takes longer than
  # running them, and -Og is what compiles fastest.
  target_compile_options(${name} PRIVATE -Og -g1 $<$<STREQUAL:${TRIBUNE_SANITIZE},address>:-fno-sanitize=undefined>)
  foreach(room IN LISTS T_ROOMS)
    target_link_libraries(${name} PRIVATE tribune_${room})
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300 LABELS "${T_LABELS}")
  if(T_GL)
    # llvmpipe brings its own threads: several at once only fight. Mesa's own leaks are not ours.
    set_tests_properties(${name} PROPERTIES RESOURCE_LOCK gl ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
  else()
    tribune_sanitized(${name})
  endif()
endfunction()
