// Catch2's own runner, for a main that prepares something first.
#pragma once

namespace tribune::test {

// What Catch2's main returns.
int run_tests(int argc, char** argv);

}  // namespace tribune::test
