#!/bin/sh
# Find a Chromium for the browser tests, or install one.  usage: ensure_chromium.sh PYTHON
set -eu
python=$1

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if "$python" -c '
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())' 2>/dev/null; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium from the system's packages ..."
    if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; then
        exit 0
    fi
fi
echo "Installing Playwright's own Chromium ..."
if "$python" -m playwright install chromium; then exit 0; fi

echo "No Chromium could be found or installed. The browser tests need one: install the package" >&2
echo "'chromium' (Debian, Ubuntu, Fedora), or run 'playwright install chromium' with internet access." >&2
exit 1
