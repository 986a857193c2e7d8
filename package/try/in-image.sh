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

field() { busybox sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
call() { wget -q -O - --header "Authorization: Bearer ${token:-}" "$@"; }
token=$(wget -q -O - --post-data 'grant_type=password&username=owner@example.com&password=a-password-for-trying' \
    http://127.0.0.1:8080/token | field access_token)
[ -n "$token" ] || fail "no login"
call --header 'Content-Type: application/json' --post-data '{"address":"owner@example.com","provider":"sandbox"}' \
    http://127.0.0.1:8080/mailboxes >/dev/null || fail "no mailbox"
call --header 'Content-Type: application/json' --post-data '{"to":"grace@example.com","subject":"Hi","message":"Hello"}' \
    http://127.0.0.1:8080/smtp/send-email | busybox grep -q 'sent successfully' || fail "no email"
wget -q -O - http://127.0.0.1:9000/health | busybox grep -q "\"$VERSION\"" || fail "/health doesn't tell the version"
echo "  an email was sent, as 10001 on a read-only root"

kill -TERM $program
status=0
wait $program || status=$?
[ $status = 143 ] || [ $status = 0 ] || fail "it ended with status $status"
echo "  stopped within its time"
