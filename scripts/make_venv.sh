#!/bin/sh
# Make the virtual environment with the given Python, or say what is missing.  usage: make_venv.sh PYTHON VENV
set -eu
python=$1
venv=$2

if ! "$python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed; '$python' is $("$python" --version 2>&1 || echo missing)." >&2
    echo "Name another one:  make PYTHON=/path/to/python3.12 ..." >&2
    exit 1
fi
if "$python" -m venv "$venv" >/dev/null 2>&1; then
    exit 0
fi
# Debian and Ubuntu split venv off the interpreter
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing python3-venv ..."
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    "$python" -m venv "$venv"
    exit 0
fi
echo "'$python -m venv' does not work here. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
exit 1
