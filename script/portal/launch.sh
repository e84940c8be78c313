# Sourced by script/*: finds a Python and hands over to script/portal.

usable() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

complete() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# launch COMMAND [ARGUMENT...]: never returns.
launch() {
    incomplete=
    for python in python3.13 python3.12 python3.11 python3; do
        usable "$python" || continue
        if complete "$python"; then
            exec "$python" "$(dirname "$0")/portal" "$@"
        fi
        incomplete=$python
    done
    if [ -n "$incomplete" ]; then
        echo "$incomplete has no venv module: install it (Debian, Ubuntu: apt install python3-venv)." >&2
    else
        echo "Python 3.11 or newer is needed and was not found: install it, then start again." >&2
    fi
    exit 1
}
