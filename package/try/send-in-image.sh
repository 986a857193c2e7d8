#!/bin/sh
# In the image, with its own shell: sends an email with the subject $1 from a sandbox mailbox, which it connects if there is
# none, and looks whether those before, named behind it, are still there.
set -eu
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
field() { busybox sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
call() {
    path=$1
    shift
    wget -q -O - --header "Authorization: Bearer $token" --header 'Content-Type: application/json' "$@" "http://127.0.0.1:8080$path"
}

token=$(wget -q -O - --post-data 'grant_type=password&username=owner@example.com&password=a-password-for-trying' \
    http://127.0.0.1:8080/token | field access_token)
[ -n "$token" ] || fail "no login"
call /mailboxes | busybox grep -q '"address":"owner@example.com"' ||
    call /mailboxes --post-data '{"address":"owner@example.com","provider":"sandbox"}' >/dev/null || fail "no mailbox"
call /smtp/send-email --post-data "{\"to\":\"grace@example.com\",\"subject\":\"$1\",\"message\":\"Hello\"}" |
    busybox grep -q 'sent successfully' || fail "no email"
emails=$(call /emails)
for subject in "$@"; do
    echo "$emails" | busybox grep -q "\"subject\":\"$subject\"" || fail "the email \"$subject\" is gone"
done
wget -q -O - http://127.0.0.1:9000/health | busybox grep -q "\"$VERSION\"" || fail "/health doesn't tell the version"
