# shellcheck shell=bash disable=SC2154 # variables are try.sh's
# The image in a container engine, podman, as docs/packages.md runs it. Sourced by try.sh. Images, containers and volumes are
# in a folder of their own; nobody outside reaches the container, and it reaches nobody.

# It says at each start that without systemd it can't ask the health check by itself.
engine() { podman --log-level=fatal --root "$work/engine" --runroot "$work/engine-run" "$@"; }

try_engine() {
    rm_engine
    engine load --quiet --input "$root/dist/$name.oci.tar" >/dev/null
    engine run --detach --name postrider --network none --read-only --tmpfs /tmp --volume postrider:/var/lib/postrider \
        --stop-timeout 60 --cap-drop ALL --security-opt no-new-privileges --volume "$here:/try:ro" --env VERSION="$version" \
        --env POSTRIDER_ADMIN_EMAIL=owner@example.com --env POSTRIDER_ADMIN_PASSWORD=a-password-for-trying \
        "postrider:$version" >/dev/null
    send_in_container one
    echo "  loaded, healthy by the image's own health check, an email was sent"
    engine stop postrider >/dev/null
    in_container_ended
    engine start postrider >/dev/null
    send_in_container two one
    echo "  stopped within its time, started again with its data"
    engine kill --signal KILL postrider >/dev/null
    engine wait postrider >/dev/null
    engine start postrider >/dev/null
    send_in_container three one two
    echo "  killed, and started again with its data"
    kill_database
    send_in_container four one two three
    ! engine exec postrider busybox ps | grep -F '[postgres]' || stop "processes of the killed database are left behind"
    echo "  its database killed, which is there again, and nobody is left behind"
    engine exec postrider /usr/lib/postrider/bin/postrider keys rotate >/dev/null
    local status=0
    engine run --rm --network none --read-only --tmpfs /tmp --env POSTRIDER_LEASE=soon "postrider:$version" \
        >"$work/engine.log" 2>&1 || status=$?
    [ "$status" = 78 ] || stop "a setting that can't be read ended it with $status, not 78: $(cat "$work/engine.log")"
    echo "  commands work in it, and status 78 comes through"
    engine rm --force --time 0 postrider >/dev/null
    with_secrets
    rm_engine
}

# The files that deploy/compose makes, mounted as compose mounts them: the program's user reads them, and refuses none.
with_secrets() {
    local compose=$work/compose
    rm -rf "$compose" && mkdir "$compose"
    cp "$root/deploy/compose/make-secrets" "$compose"
    printf '#!/bin/sh\nexec podman --log-level=fatal --root "%s" --runroot "%s" "$@"\n' "$work/engine" "$work/engine-run" >"$compose/docker"
    chmod +x "$compose/docker"
    DOCKER=$compose/docker "$compose/make-secrets" >/dev/null
    printf 'a-password-for-trying' >"$compose/password"
    engine run --detach --name postrider --network none --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
        --volume "$here:/try:ro" --volume "$compose/secrets/master-key.json:/run/secrets/master-key:ro" \
        --volume "$compose/password:/run/secrets/admin-password:ro" --env VERSION="$version" \
        --env POSTRIDER_MASTER_KEY_FILE=/run/secrets/master-key --env POSTRIDER_ADMIN_EMAIL=owner@example.com \
        --env POSTRIDER_ADMIN_PASSWORD_FILE=/run/secrets/admin-password "postrider:$version" >/dev/null
    send_in_container five
    rm -rf "$compose"
    echo "  it reads the secrets that deploy/compose/make-secrets makes"
}

rm_engine() {
    [ ! -e "$work/engine" ] || engine rm --force --time 0 --all >/dev/null 2>&1 || true
    [ ! -e "$work/engine" ] || engine volume rm --force --all >/dev/null 2>&1 || true
    rm -rf "$work/engine" "$work/engine-run"
}

# send_in_container SUBJECT [EARLIER…]: when it is healthy.
send_in_container() {
    local waited=0
    until engine healthcheck run postrider >/dev/null 2>&1; do
        [ "$(engine inspect --format '{{.State.Running}}' postrider)" = true ] ||
            stop "the container has ended: $(engine logs postrider 2>&1 | tail -5)"
        [ $waited -lt 600 ] || stop "not healthy in five minutes: $(engine healthcheck run postrider 2>&1)"
        waited=$((waited + 1))
        sleep 0.5
    done
    engine exec postrider sh /try/send-in-image.sh "$@" || stop "it failed in the container: $(engine logs postrider 2>&1 | tail)"
}

in_container_ended() {
    local status
    status=$(engine inspect --format '{{.State.ExitCode}}' postrider)
    [ "$status" = 143 ] || [ "$status" = 0 ] || stop "the container has ended with status $status"
}

# database_process: its number in the container.
database_process() { engine exec postrider busybox head -1 /var/lib/postrider/postgres/postmaster.pid 2>/dev/null; }

kill_database() {
    local before waited=0
    before=$(database_process)
    engine exec postrider busybox kill -9 "$before"
    while [ "$(database_process)" = "$before" ]; do
        [ $waited -lt 240 ] || stop "the database wasn't started again"
        waited=$((waited + 1))
        sleep 0.5
    done
}
