#!/usr/bin/env bash
# In a bare Debian: the tar.gz, unpacked by somebody who isn't root.
set -euo pipefail
# shellcheck source=package/try/http.sh
. /try/http.sh

command -v java && fail "there is a Java already: this proves nothing"
useradd --create-home someone
as_someone() { setpriv --reuid someone --regid someone --clear-groups --no-new-privs env -i HOME=/home/someone PATH=/usr/bin:/bin "$@"; }
cd /home/someone
as_someone tar xzf /packages/postrider.tar.gz
home=$(echo /home/someone/postrider-*)
step "unpacked into ${home##*/}: $(du -sh "$home" | cut -f1)"

as_someone "$home/bin/postrider" version | tee /tmp/version | sed 's/^/    /'
grep -q "Postrider $VERSION" /tmp/version || fail "it doesn't tell its version"

# shellcheck source=/dev/null
. "$home/lib/jvm-options"
# shellcheck disable=SC2154 # gc_options is from there
# AOTMode=on: without the record, or with one that doesn't fit, the JVM refuses to start
as_someone POSTRIDER_JAVA_OPTIONS="$gc_options -XX:AOTMode=on" "$home/bin/postrider" demo --once >/tmp/demo.log 2>&1 ||
    fail "the demo: $(cat /tmp/demo.log)"
grep -q "It arrived" /tmp/demo.log || fail "the demo's email didn't arrive"
step "demo --once: its email arrived, with the record of a start in use"

touch "$home/lib/quarkus-run.jar"
as_someone POSTRIDER_JAVA_OPTIONS="$gc_options -XX:AOTMode=on" "$home/bin/postrider" version >/dev/null 2>&1 &&
    fail "a record that doesn't fit is taken: this proves nothing"
as_someone "$home/bin/postrider" version >/dev/null || fail "without a fitting record it doesn't start"
step "with a jar of another time the record is left aside, and it starts as well"
