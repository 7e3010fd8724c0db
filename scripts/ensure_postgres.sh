#!/bin/sh
# Find PostgreSQL's server programs, or install Debian's, and print their folder.  usage: ensure_postgres.sh
# No server is started and no cluster made: the tests make their own in a temporary folder.
set -eu

find_programs() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -rV); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then echo "$folder"; return 0; fi
    done
    if command -v initdb >/dev/null && command -v postgres >/dev/null; then
        dirname "$(command -v initdb)"
        return 0
    fi
    return 1
}

if find_programs; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL from the system's packages ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq >/dev/null && apt-get install -y -qq postgresql-common >/dev/null; then
        # the package would make a cluster of its own and start it
        sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
        if apt-get install -y -qq postgresql >/dev/null && find_programs; then exit 0; fi
    fi
fi
echo "PostgreSQL's server could be neither found nor installed. The tests of the store need it: install the" >&2
echo "package 'postgresql' (Debian, Ubuntu) or 'postgresql-server' (Fedora)." >&2
exit 1
