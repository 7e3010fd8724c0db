#!/bin/sh
# Put the shipped releases into an empty data folder, so that ids and labels go on from them.
#   usage: first_data.sh SHIPPED_DATA DATA
# Does nothing where DATA has a release. May be killed at any moment, run again, and run twice at once.
set -eu
shipped=$1
data=$2

[ ! -e "$data/current.json" ] || exit 0
mkdir -p "$data/releases" "$data/inbox"
for release in "$shipped"/releases/*/; do
    label=$(basename "$release")
    [ ! -d "$data/releases/$label" ] || continue
    staged=$(mktemp -d "$data/releases/.staging-$label.XXXXXX")
    cp -R "$release." "$staged"
    chmod 755 "$staged"
    # another one may have been faster: then its copy stays
    mv -T "$staged" "$data/releases/$label" 2>/dev/null || rm -rf "$staged"
done
pointer=$(mktemp "$data/.current.json.XXXXXX.tmp")
cp "$shipped/current.json" "$pointer"
chmod 644 "$pointer"
sync
mv "$pointer" "$data/current.json" # the release counts from here on
echo "the shipped releases were copied to $data"
