#!/usr/bin/env bash
# In a bare Debian: the package installed, started as its unit does, restarted, upgraded, removed, purged.
set -euo pipefail
# shellcheck source=package/try/http.sh
. /try/http.sh
# shellcheck source=package/try/client.sh
. /try/client.sh

unit=/usr/lib/systemd/system/postrider.service

# What systemd would start: the unit's command as its user, with its environment, without capabilities.
serve() {
    local command environment
    command=$(sed -n 's/^ExecStart=//p' "$unit")
    environment=$(sed -n 's/^Environment=//p' "$unit")
    cd /var/lib/postrider
    # shellcheck disable=SC2086,SC2046 # words of the unit and of the settings
    setpriv --reuid "$(sed -n 's/^User=//p' "$unit")" --regid "$(sed -n 's/^Group=//p' "$unit")" --init-groups --no-new-privs \
        --bounding-set=-all --inh-caps=-all env -i PATH=/usr/sbin:/usr/bin $environment \
        $(grep -v '^#' /etc/postrider/postrider.env | xargs) $command >/tmp/serve.log 2>&1 &
    program=$!
    cd /
    wait_ready $program
}

dpkg -i /packages/previous.deb >/tmp/dpkg.log 2>&1 || fail "dpkg -i: $(cat /tmp/dpkg.log)"
[ "$(stat -c %U:%a /var/lib/postrider)" = postrider:700 ] || fail "the data folder is open"
[ "$(stat -c %G:%a /etc/postrider/postrider.env)" = postrider:640 ] || fail "the settings are open"
step "installed: $(dpkg-query -W postrider)"

printf 'POSTRIDER_ADMIN_EMAIL=owner@example.com\nPOSTRIDER_ADMIN_PASSWORD=a-password-for-trying\n' >>/etc/postrider/postrider.env
serve
token=$(login)
answers_with 201 POST /mailboxes "$token" application/json '{"address":"owner@example.com","provider":"sandbox"}' >/dev/null
first=$(send "$token" "before the upgrade")
was_sent "$token" "$first"
step "started as the unit does, and sent an email"

end $program
serve
was_sent "$(login)" "$first"
step "restarted: the email is there"
end $program

dpkg -i /packages/postrider.deb >/tmp/dpkg.log 2>&1 </dev/null || fail "the upgrade: $(cat /tmp/dpkg.log)"
grep -q owner@example.com /etc/postrider/postrider.env || fail "the settings are lost"
[ "$(stat -c %G:%a /etc/postrider/postrider.env)" = postrider:640 ] || fail "the settings are open after the upgrade"
serve
token=$(login)
was_sent "$token" "$first"
was_sent "$token" "$(send "$token" "after the upgrade")"
PORT=9000 http GET /health | grep -q "\"version\": *\"$VERSION\"" || fail "/health doesn't tell the version"
step "upgraded to $(dpkg-query -W -f '${Version}' postrider): both emails are there, the settings kept, /health tells the version"

postrider keys rotate >/tmp/keys.log 2>&1 || fail "postrider keys rotate: $(cat /tmp/keys.log)"
postrider version | grep -q "Postrider $VERSION" || fail "postrider version"
step "postrider keys rotate, called by root beside it, worked as its user"
end $program

echo 'POSTRIDER_HTTP_PORT=none' >>/etc/postrider/postrider.env
status=0
setpriv --reuid postrider --regid postrider --clear-groups env -i PATH=/usr/bin POSTRIDER_DATA_DIR=/var/lib/postrider \
    POSTRIDER_HTTP_PORT=none /usr/lib/postrider/bin/postrider serve 2>/tmp/refused || status=$?
[ $status = 78 ] || fail "a bad setting should end with 78, not $status: $(cat /tmp/refused)"
step "a bad setting ends with status 78, which the unit doesn't restart: $(head -1 /tmp/refused)"

dpkg -r postrider >/tmp/dpkg.log 2>&1 || fail "dpkg -r: $(cat /tmp/dpkg.log)"
[ ! -e /usr/lib/postrider ] || fail "files are left: $(find /usr/lib/postrider)"
[ -f /etc/postrider/postrider.env ] || fail "the settings went with the package"
[ -d /var/lib/postrider/postgres ] || fail "the data went with the package"
dpkg -P postrider >/tmp/dpkg.log 2>&1 || fail "dpkg -P: $(cat /tmp/dpkg.log)"
[ ! -e /etc/postrider ] || fail "settings are left after a purge: $(find /etc/postrider)"
[ -f /var/lib/postrider/master-key.json ] || fail "the purge took the data"
grep -q "is kept" /tmp/dpkg.log || fail "the purge doesn't say that data is kept"
step "removed (settings and data stay), purged (settings go, data stays and is named)"
