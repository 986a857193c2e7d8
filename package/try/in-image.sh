#!/bin/sh
# In the image, with its own shell: starts it as its configuration says, asks its health check, sends an email.
set -eu
fail() {
    echo "FAILED: $*" >&2
    cat /tmp/serve.log >&2 2>/dev/null
    exit 1
}

[ "$(busybox id -u)" = 10001 ] || fail "it runs as $(busybox id -u)"
(busybox touch /usr/lib/postrider/x) 2>/dev/null && fail "the root can be written"

export POSTRIDER_ADMIN_EMAIL=owner@example.com POSTRIDER_ADMIN_PASSWORD=a-password-for-trying
"$@" >/tmp/serve.log 2>&1 &
program=$!
waited=0
until sh -c "$HEALTH" 2>/dev/null; do
    kill -0 $program 2>/dev/null || fail "the program has ended"
    [ $waited -lt 1500 ] || fail "not healthy in five minutes"
    waited=$((waited + 1))
    busybox sleep 0.2
done
echo "  healthy, by its own health check"

sh /tmp/try/send-in-image.sh Hi || fail "it doesn't send"
echo "  an email was sent, as 10001 on a read-only root"

kill -TERM $program
status=0
wait $program || status=$?
[ $status = 143 ] || [ $status = 0 ] || fail "it ended with status $status"
echo "  stopped within its time"
