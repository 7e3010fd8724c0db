#!/bin/sh
# Compile every lock file: all platforms and Pythons >= 3.11, with hashes, without download addresses.
#   usage: lock.sh "UV COMMAND"
set -eu
uv=$1

compile() { # compile OUT SOURCE...
    out=$1
    shift
    $uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --output-file "requirements/$out" "$@" >/dev/null
    echo "requirements/$out: $(grep -c '==' "requirements/$out") packages"
}

compile bootstrap.lock requirements/bootstrap.in
compile run.lock pyproject.toml requirements/build.in
compile dev.lock pyproject.toml requirements/build.in --extra dev --constraint requirements/run.lock
compile bench.lock pyproject.toml requirements/build.in --extra dev --extra bench --constraint requirements/dev.lock
