#!/usr/bin/env bash
# Writes requirements.lock anew from pyproject.toml; with --check only says whether it is current.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.boot/bin/uv
compile() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
        --python-version 3.11 --extra central --extra dev pyproject.toml --output-file "$1" "${@:2}"
}
if [ "${1:-}" = "--check" ]; then
    fresh=$(mktemp)
    trap 'rm -f "$fresh"' EXIT
    cp requirements.lock "$fresh"
    compile "$fresh"
    diff -u requirements.lock "$fresh" || { echo "requirements.lock is not current: run installer/lock.sh" >&2; exit 1; }
else
    compile requirements.lock "$@"
fi
