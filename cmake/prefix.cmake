# What most files include from outside the house, read once instead of hundreds of times: half of the compiler's time.
# That each file still names what it uses is a rule of the house (tests/unit/house/rules.mjs).
set(TRIBUNE_PREFIX
  <algorithm> <array> <atomic> <charconv> <chrono> <cmath> <condition_variable> <deque> <filesystem> <fstream>
  <functional> <map> <memory> <mutex> <optional> <random> <set> <span> <sstream> <string> <string_view> <thread>
  <unordered_map> <utility> <variant> <vector> <fmt/format.h> <nlohmann/json.hpp>)

# tribune_prefix(NAME OPTIONS option...): the prefix as compiled with these options, which are its users' too.
function(tribune_prefix name)
  cmake_parse_arguments(P "" "" "OPTIONS" ${ARGN})
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${name}.cpp CONTENT "")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cpp)
  target_precompile_headers(${name} PRIVATE ${TRIBUNE_PREFIX})
  target_link_libraries(${name} PRIVATE fmt::fmt nlohmann_json::nlohmann_json)
  target_compile_options(${name} PRIVATE ${P_OPTIONS})
endfunction()

# Only what is tested needs to be fast, and free of what UBSan looks for: compiling the tests takes longer than running
# them.
set(TRIBUNE_TEST_OPTIONS -O0 -g1 $<$<STREQUAL:${TRIBUNE_SANITIZE},address>:-fno-sanitize=undefined>)
tribune_prefix(prefix_rooms)
tribune_prefix(prefix_tests OPTIONS ${TRIBUNE_TEST_OPTIONS})
