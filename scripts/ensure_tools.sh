#!/bin/sh
# Find systemd-analyze, with which the tests check the units of deploy/systemd, or install it.
set -eu

if command -v systemd-analyze >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing systemd from the system's packages (nothing of it is started) ..."
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends systemd >/dev/null
    if command -v systemd-analyze >/dev/null; then exit 0; fi
fi
echo "There is no systemd-analyze here and it could not be installed: it is part of systemd (Linux)." >&2
exit 1
