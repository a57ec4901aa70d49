#!/usr/bin/env bash
# Brings a machine to where the program starts: Debian packages by name, a pinned uv, the locked
# Python packages in .venv. Does only what is missing; a second run is quick.
# Usage: installer/setup.sh [LIST ...]   (lists of Debian packages beside this file)
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never

known() { apt-cache show "$1" >/dev/null 2>&1; }
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Prints the first alternative of a line that is installed, or else the first that apt knows.
choose() {
    local name
    for name in ${1//|/ }; do installed "$name" && { echo "$name"; return; }; done
    for name in ${1//|/ }; do known "$name" && { echo "$name"; return; }; done
    echo "${1%% *}"
}

missing_packages() {
    local line name
    for list in "$@"; do
        while IFS= read -r line; do
            line=${line%%#*}
            [ -n "${line// /}" ] || continue
            name=$(choose "$line")
            installed "$name" || echo "$name"
        done <"installer/$list.txt"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_debian_packages() {
    command -v dpkg-query >/dev/null || return 0
    [ -n "$(missing_packages "$@")" ] || return 0
    as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
    local missing
    mapfile -t missing < <(missing_packages "$@")
    echo "Installing Debian packages: ${missing[*]}" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "${missing[@]}" >/dev/null
}

install_python_packages() {
    local stamp=.venv/installed.sha256 wanted
    wanted=$(cat requirements.lock installer/boot.txt installer/setup.sh pyproject.toml | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    [ -x .boot/bin/python ] || python3 -m venv .boot
    .boot/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r installer/boot.txt
    [ -x .venv/bin/python ] || .boot/bin/uv venv --quiet --python .boot/bin/python .venv
    .boot/bin/uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock
    .boot/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
    echo "$wanted" >"$stamp"
}

install_debian_packages "$@"
install_python_packages
