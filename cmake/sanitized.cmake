# Which rooms' unit tests run under a sanitizer. Left out: what draws with GL (the driver's own memory and threads
# drown ours), so gpu and whole processes; and from THREAD the rooms without threads.
set(TRIBUNE_ADDRESS_ROOMS base link voice show wall text sound print plan cpu store net capture encode displays app)
set(TRIBUNE_THREAD_ROOMS base link cpu store net capture displays app)

if(TRIBUNE_SANITIZE STREQUAL "address")
  set(TRIBUNE_SANITIZED_ROOMS ${TRIBUNE_ADDRESS_ROOMS})
elseif(TRIBUNE_SANITIZE STREQUAL "thread")
  set(TRIBUNE_SANITIZED_ROOMS ${TRIBUNE_THREAD_ROOMS})
endif()

# Builds all of them: cmake --build --preset asan (or tsan); run with ctest --preset asan.
if(TRIBUNE_SANITIZE)
  add_custom_target(sanitized_tests)
endif()

# tribune_sanitized(TEST): takes part in the sanitizer's run when its folder is tests/unit/ROOM of such a room.
function(tribune_sanitized test)
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/tests/unit OUTPUT_VARIABLE room)
  if(NOT TRIBUNE_SANITIZE OR NOT room IN_LIST TRIBUNE_SANITIZED_ROOMS)
    return()
  endif()
  add_dependencies(sanitized_tests ${test})
  set_property(TEST ${test} APPEND PROPERTY LABELS sanitized)
  set(options ${PROJECT_SOURCE_DIR}/tools/sanitizers)
  set_property(TEST ${test} APPEND PROPERTY ENVIRONMENT
    "LSAN_OPTIONS=suppressions=${options}/leaks.txt:print_suppressions=0"
    "TSAN_OPTIONS=suppressions=${options}/threads.txt:second_deadlock_stack=1"
    "UBSAN_OPTIONS=print_stacktrace=1")
endfunction()
