#!/usr/bin/env bash
# In a bare Debian whose process 1 is systemd: the unit itself, with all that it forbids, through the package's whole life.
# A unit of the try runs it, and powers the system off behind it.
set -euo pipefail
# shellcheck source=package/try/http.sh
. /try/http.sh
# shellcheck source=package/try/client.sh
. /try/client.sh

unit=postrider.service
edits=/etc/systemd/system/$unit.d
settings=/etc/postrider/postrider.env

says() { systemctl show --property "$1" --value $unit; }
journal() { journalctl --unit $unit --output cat --no-pager; }

is_up() {
    [ "$(says ActiveState)" = active ] || fail "the unit isn't active: $(systemctl status $unit --no-pager; journal | tail -20)"
    wait_ready "$(says MainPID)"
}

# wait_for SECONDS COMMAND…
wait_for() {
    local tries=$(($1 * 5))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.2
    done
}

change_unit() {
    mkdir -p $edits
    cat >"$edits/$1.conf"
    systemctl daemon-reload
}

dpkg -i /packages/previous.deb >/tmp/dpkg.log 2>&1 || fail "dpkg -i: $(cat /tmp/dpkg.log)"
systemctl is-enabled --quiet $unit || fail "the package doesn't enable its unit"
is_up
journal | grep -q 'shown this once' || fail "the first password isn't in the journal: $(journal)"
step "installed: the package has started $unit, and the first password is in its journal"

# The command reads the file of settings as systemd does.
cat >/tmp/settings <<'ENV'
TRIED_PLAIN=a $HOME `b` #c
TRIED_SPACES=   a b  
TRIED_BACKSLASH=a\b\\c\"d
TRIED_DOUBLE="a \"b\" \\ \c \$d"
TRIED_SINGLE='a \b "c" $d'
TRIED_EMPTY=
  TRIED_INDENTED=a
#TRIED_COMMENT=a
ENV
systemd-run --quiet --pipe --wait --property=EnvironmentFile=/tmp/settings env | grep ^TRIED_ | sort >/tmp/by-systemd
(
    sed -n '/^read_settings/,/^}/p' /usr/lib/postrider/lib/installed
    echo 'settings=/tmp/settings; read_settings; env | grep ^TRIED_ | sort'
) | env -i PATH="$PATH" sh >/tmp/by-command
[ "$(wc -l </tmp/by-systemd)" = 7 ] || fail "systemd has read: $(cat /tmp/by-systemd)"
diff /tmp/by-systemd /tmp/by-command >&2 || fail "the command reads settings otherwise than systemd"
step "the command postrider reads the file of settings as systemd does"

# Each process of it, PostgreSQL's too: a filter for system calls beside those of this container, no new privileges, no capability.
filters() { sed -n 's/^Seccomp_filters:\t//p' "/proc/$1/status"; }
for process in $(cat "/sys/fs/cgroup/systemd$(says ControlGroup)/cgroup.procs" 2>/dev/null ||
    cat "/sys/fs/cgroup$(says ControlGroup)/cgroup.procs"); do
    [ "$(filters "$process")" -gt "$(filters 1)" ] || fail "it has no filter of its own: $(cat "/proc/$process/status")"
    for line in 'NoNewPrivs:	1' 'CapEff:	0000000000000000' 'CapBnd:	0000000000000000'; do
        grep -q "^$line" "/proc/$process/status" || fail "not '$line': $(cat "/proc/$process/status")"
    done
    guarded=$((${guarded:-0} + 1))
done
[ "${guarded:-0}" -gt 2 ] || fail "there is no PostgreSQL among the unit's processes"
step "its $guarded processes have a filter for system calls, no new privileges and no capability"

# What the unit forbids is forbidden: this start succeeds only if each of these fails, and the last doesn't.
{ unshare --user true && ls /root >/dev/null; } ||
    fail "it isn't possible without the unit either: this proves nothing"
change_unit forbidden <<'UNIT'
[Service]
ExecStartPre=/bin/sh -c 'chroot / true; test $? = 159 && ! unshare --user true && ! ls /root && grep -Eq "^[0-9]+ [0-9]+ [^ ]+ [^ ]+ / ro" /proc/self/mountinfo \
    && touch /var/lib/postrider/x && rm /var/lib/postrider/x'
# who calls what the filter keeps from it is killed until the upgrade (128 + SIGSYS), instead of told: nobody is to try
SystemCallErrorNumber=kill
UNIT
printf 'POSTRIDER_ADMIN_EMAIL=owner@example.com\nPOSTRIDER_ADMIN_PASSWORD=a-password-for-trying\n' >>$settings
systemctl stop $unit
[ "$(says Result)" = success ] || fail "a stop isn't a success: $(systemctl status $unit --no-pager)"
rm -rf /var/lib/postrider/* # for a first user whose password is known
systemctl start $unit || fail "what the unit should forbid is possible, or what it should allow isn't: $(journal | tail -20)"
is_up
step "started: nothing but its data can be written, no namespace made, no home looked into"

token=$(login)
answers_with 201 POST /mailboxes "$token" application/json '{"address":"owner@example.com","provider":"sandbox"}' >/dev/null
first=$(send "$token" "before the upgrade")
was_sent "$token" "$first"
postrider backup /var/lib/postrider/backup >/tmp/backup.log 2>&1 || fail "postrider backup: $(cat /tmp/backup.log)"
postrider keys rotate >/tmp/keys.log 2>&1 || fail "postrider keys rotate: $(cat /tmp/keys.log)"
step "sent an email; postrider backup and postrider keys rotate worked beside it"

systemctl restart $unit
is_up
was_sent "$(login)" "$first"
killed=$(says MainPID)
kill -KILL "$killed"
started_again() { [ "$(says MainPID)" != "$killed" ] && [ "$(says SubState)" = running ]; }
wait_for 60 started_again || fail "killed, it isn't started again: $(systemctl status $unit --no-pager)"
is_up
was_sent "$(login)" "$first"
step "restarted, and killed and started again by systemd: the email is there"

# By the command that docs/packages.md names, which wants a terminal and calls an editor: one that puts
# the lines where the file says that they belong.
cat >/tmp/edit <<'EDIT'
#!/bin/sh
for file; do :; done # newer ones name the line before the file
exec sed -i '/^### Anything between/r /tmp/lines' "$file"
EDIT
chmod +x /tmp/edit
cat >/tmp/lines <<'UNIT'
[Service]
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
PrivateUsers=no
UNIT
SYSTEMD_EDITOR=/tmp/edit script --quiet --return --command "systemctl edit postrider" /dev/null >/tmp/edit.log 2>&1 </dev/null ||
    fail "systemctl edit: $(cat /tmp/edit.log)"
grep -q '^AmbientCapabilities=' $edits/override.conf || fail "systemctl edit has written: $(cat $edits/override.conf)"
sed -i '/^POSTRIDER_HTTP_PORT=/d' $settings
echo 'POSTRIDER_HTTP_PORT=443' >>$settings
systemctl restart $unit
is_up
PORT=443 answers_with 200 GET /openapi >/dev/null
rm $edits/override.conf
sed -i '/^POSTRIDER_HTTP_PORT=/d' $settings
systemctl daemon-reload
systemctl restart $unit
is_up
step "with the lines of docs/packages.md, by systemctl edit, it listens on port 443"

rm $edits/forbidden.conf
dpkg -i /packages/postrider.deb >/tmp/dpkg.log 2>&1 </dev/null || fail "the upgrade: $(cat /tmp/dpkg.log)"
is_up
PORT=9000 http GET /health | grep -q "\"version\": *\"$VERSION\"" || fail "/health doesn't tell the version"
token=$(login)
was_sent "$token" "$first"
was_sent "$token" "$(send "$token" "after the upgrade")"
step "upgraded to $(dpkg-query -W -f '${Version}' postrider) under way: it runs, and the emails are there"

printf 'POSTRIDER_DATABASE_URL=postgresql://a:b@127.0.0.1:1/c\nPOSTRIDER_MASTER_KEY_FILE=/var/lib/postrider/master-key.json\n' >>$settings
systemctl restart $unit || true
tries_again() { [ "$(says NRestarts)" -gt 1 ]; }
wait_for 60 tries_again || fail "without its database it isn't started again: $(systemctl status $unit --no-pager)"
journal | grep -q '^postrider: No PostgreSQL answers at 127.0.0.1:1/c' || fail "it doesn't say so: $(journal | tail -5)"
sed -i '/^POSTRIDER_DATABASE_URL=/d; /^POSTRIDER_MASTER_KEY_FILE=/d' $settings
step "a database that is away ends it with status 75, and it is started again"

systemctl stop $unit
echo 'POSTRIDER_HTTP_PORT=none' >>$settings
systemctl restart $unit || true
has_failed() { [ "$(says ActiveState)" = failed ]; }
wait_for 60 has_failed || fail "with a bad setting it isn't failed: $(systemctl status $unit --no-pager)"
[ "$(says ExecMainStatus)" = 78 ] || fail "a bad setting should end with 78, not $(says ExecMainStatus)"
[ "$(says NRestarts)" = 0 ] || fail "status 78 was started again $(says NRestarts) times"
step "a bad setting ends with status 78, and isn't started again"
sed -i '/^POSTRIDER_HTTP_PORT=/d' $settings
systemctl reset-failed $unit
systemctl start $unit
is_up

dpkg -r postrider >/tmp/dpkg.log 2>&1 || fail "dpkg -r: $(cat /tmp/dpkg.log)"
pgrep --uid postrider && fail "processes are left after the removal"
systemctl is-active --quiet $unit && fail "the unit is active after the removal"
dpkg -P postrider >/tmp/dpkg.log 2>&1 || fail "dpkg -P: $(cat /tmp/dpkg.log)"
[ -f /var/lib/postrider/master-key.json ] || fail "the purge took the data"
[ -z "$(find /etc/systemd /var/lib/systemd -name "*postrider*" ! -path "$edits*" ! -name 'try.*')" ] ||
    fail "the purge left something of the unit"
step "removed and purged: stopped, nothing runs, the data is kept"
