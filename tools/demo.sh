#!/usr/bin/env bash
# The whole show on this machine, with a simulated room. Ctrl-C ends all of it.
# TRIBUNE_PORT sets the pages' port, TRIBUNE_TABLES how many tables talk (0: none).
set -euo pipefail
cd "$(dirname "$0")/.."

tribune=build/release/tribune
data=build/demo-data
port=${TRIBUNE_PORT:-8080}
tables=${TRIBUNE_TABLES:-24}

options=(--data "$data" --port "$port")
if [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
    options+=(--headless)
fi

# Ours, by number. Background jobs of a script ignore Ctrl-C, so they are told.
children=()
stop() {
    trap - EXIT INT TERM
    if ((${#children[@]} > 0)); then
        kill -TERM "${children[@]}" 2>/dev/null || true
        wait "${children[@]}" 2>/dev/null || true
    fi
    # A show's processes outlive an engine that died: none is left behind.
    "$tribune" stop "$data" >/dev/null 2>&1 || true
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$tribune" run assets/shows/demo.toml "${options[@]}" &
show=$!
children+=("$show")

if ((tables > 0)); then
    # The keys are written before the port opens; both within seconds, or the show has ended with its reason.
    until [[ -f $data/keys.json ]] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$show" 2>/dev/null || { wait "$show"; exit; }
        sleep 0.1
    done
    TRIBUNE_KEY=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).rehearsal' "$data/keys.json") \
        "$tribune" rehearse "http://127.0.0.1:$port" --tables "$tables" --seconds 86400 >build/rehearse.log 2>&1 &
    children+=("$!")
fi
wait "$show"
