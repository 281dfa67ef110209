#!/usr/bin/env bash
# Everything that `make test` does, in stages, on a machine that may have nothing yet. A failed stage does not stop
# those that do not need it; the last lines say which failed.
set -uo pipefail
cd "$(dirname "$0")/.."

jobs=$(nproc)
passed=0
failed=0
summary=()

# stage NAME COMMAND…: runs it, remembers how it went and how long it took.
stage() {
    local name=$1 began=$SECONDS result
    shift
    printf '\n== %s\n' "$name"
    if "$@"; then
        result=ok
        ((++passed))
    else
        result=FAILED
        ((++failed))
    fi
    summary+=("$(printf '%-28s %-6s %4d s' "$name" "$result" $((SECONDS - began)))")
    [[ $result == ok ]]
}

finish() {
    printf '\n'
    printf '%s\n' "${summary[@]}"
    printf '%s %d s\n' "all stages:" $SECONDS
    printf '%d passed, %d failed\n' "$passed" "$failed"
    ((failed == 0))
    exit
}

build() {
    mkdir -p build
    cmake --preset "$1" >"build/$1.configure.log" 2>&1 || {
        cat "build/$1.configure.log"
        return 1
    }
    cmake --build --preset "$1" -j "$jobs"
}

# The sanitizers' builds take only what the tests leave of the processors; built NAME waits for one. The kernel shares by
# session first, so they have one of their own.
build_sanitizers() {
    rm -f build/asan.built build/tsan.built
    export -f build
    jobs=$jobs setsid bash -c '
        { echo 19 >/proc/self/autogroup; } 2>/dev/null
        renice -n 19 -p $$ >/dev/null
        for sanitizer in asan tsan; do
            build $sanitizer >build/$sanitizer.build.log 2>&1
            echo $? >build/$sanitizer.built
        done' &
    builder=$!
    trap 'kill -- -$builder 2>/dev/null' EXIT
}
built() {
    while [[ ! -s build/$1.built ]]; do sleep 1; done
    [[ $(<"build/$1.built") == 0 ]] || {
        cat "build/$1.build.log"
        return 1
    }
}

pages() { [[ ! -f package.json ]] || npm run --silent --if-present build; }
# A browser that hangs must not take the whole run with it.
page_tests() { timeout --kill-after=10 900 npm run --silent --if-present "$1"; }

# ThreadSanitizer of this age cannot start where the kernel spreads addresses widely; a fixed layout cures that.
sanitized_tests() {
    local fixed=()
    if setarch "$(uname -m)" -R true 2>/dev/null; then fixed=(setarch "$(uname -m)" -R); fi
    "${fixed[@]}" ctest --preset "$1" -j "$jobs"
}

stage "setup" tools/setup/install.sh || finish
stage "pages" pages
stage "build release" build release
released=$?
build_sanitizers
if ((released == 0)); then
    stage "tests" ctest --preset release -j "$jobs"
    if [[ -f package.json ]]; then
        stage "page tests" page_tests test:unit
        stage "browser tests" page_tests test:browser
    fi
fi
for sanitizer in asan tsan; do
    if stage "build $sanitizer" built $sanitizer; then stage "tests $sanitizer" sanitized_tests $sanitizer; fi
done
finish
