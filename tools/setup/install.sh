#!/usr/bin/env bash
# Installs what dependencies.tsv names and this machine lacks. Safe to run again: does nothing then.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
    echo "setup: $*" >&2
    exit 1
}

# apt: only what is missing. A node or npm that came from elsewhere is as good as Debian's.
wanted=$(awk -F'\t' '$1 == "apt" || $1 == "apt-test" { print $2 }' tools/setup/dependencies.tsv)
for command in node npm; do
    if command -v "$command" >/dev/null; then
        wanted=$(grep -vx -e "${command/#node/nodejs}" <<<"$wanted")
    fi
done
installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' | awk '$2 == "installed" { print $1 }')
mapfile -t missing < <(grep -vxF -f <(echo "$installed") <<<"$wanted" || true)

if ((${#missing[@]} > 0)); then
    echo "setup: installing ${missing[*]}"
    as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "run as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120)
    "${apt[@]}" update </dev/null || fail "apt-get update failed: check the network and the package sources."
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null ||
        fail "apt-get could not install everything: read its last lines above. Tribune is made for Debian 12."
fi

node_major=$(node -p 'process.versions.node.split(".")[0]')
((node_major >= 18)) || fail "Node $node_major is too old: remove it and install Debian's own (apt-get install nodejs npm)."

# npm: again only when the lock file has changed.
if [[ -f package-lock.json ]]; then
    stamp=build/setup/npm.stamp
    lock=$(sha256sum <package-lock.json)
    if [[ ! -d node_modules || ! -f $stamp || $(<"$stamp") != "$lock" ]]; then
        npm ci --no-audit --no-fund --loglevel=error </dev/null || fail "npm ci failed: check the network."
        mkdir -p "${stamp%/*}"
        echo "$lock" >"$stamp"
    fi
fi
