#!/usr/bin/env bash
# Tries the packages of dist/ on Debian with nothing but what Debian itself installs: no JDK, no Maven, no network; the image
# without an engine and in one, podman.
# Called by ./postrider package --try; as root, for debootstrap. The bare systems are kept in target/try for the next time.
set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$root/package/try
work=$root/target/try
version=$(sed -n 's/.*<revision>\(.*\)<\/revision>.*/\1/p' "$root/pom.xml")
case $(uname -m) in
    x86_64) platform=linux-x64 deb_arch=amd64 ;;
    aarch64) platform=linux-arm64 deb_arch=arm64 ;;
esac
name=postrider-$version-$platform
releases=${POSTRIDER_TRY_ON:-bookworm trixie}

say() { printf 'postrider: %s\n' "$*" >&2; }
stop() {
    say "$@"
    exit 1
}

# bare RELEASE [INIT]: a bare system, once fetched, and a fresh copy of it for each try; with an init if it is to be booted.
bare() {
    local kept=$work/debian-$1${2:+-$2}
    if [ ! -e "$kept/.complete" ]; then
        say "fetching a bare Debian ($1${2:+ with $2})"
        rm -rf "$kept"
        mkdir -p "$work"
        debootstrap --variant=minbase ${2:+--include="$2-sysv,dbus,procps"} "$1" "$kept" \
            ${POSTRIDER_TRY_MIRROR:+"$POSTRIDER_TRY_MIRROR"} >"$work/debootstrap.log" ||
            stop "debootstrap failed; target/try/debootstrap.log says why."
        touch "$kept/.complete"
    fi
    rm -rf "$work/system"
    cp -a "$kept" "$work/system"
}

# enter SCRIPT: runs it as root in the copy, with processes and a loopback of its own, and the packages beside it.
enter() {
    bwrap --bind "$work/system" / --dev /dev --proc /proc --tmpfs /run --perms 1777 --tmpfs /tmp --ro-bind "$work/packages" /packages \
        --ro-bind "$here" /try --unshare-pid --unshare-ipc --unshare-uts --unshare-net --hostname bare --die-with-parent \
        --cap-add ALL --clearenv --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --setenv LC_ALL C.UTF-8 \
        --setenv VERSION "$version" --chdir / bash "/try/$1"
}

# boot SCRIPT: boots the copy with systemd as its process 1, without a network, and has it run the script and power off.
boot() {
    local result=$work/booted
    rm -rf "$result" && mkdir "$result"
    cat >"$work/system/etc/systemd/system/try.service" <<UNIT
[Unit]
After=multi-user.target
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
Environment=LC_ALL=C.UTF-8 VERSION=$version
ExecStart=/bin/bash /try/$1
ExecStopPost=/bin/sh -c 'echo "\$SERVICE_RESULT" >/result/result'
StandardOutput=file:/result/steps
StandardError=file:/result/errors
UNIT
    ln -s ../try.service "$work/system/etc/systemd/system/multi-user.target.wants/"
    # a machine without systemd has nobody who makes a scope for the container
    local scope=()
    [ -d /run/systemd/system ] || scope=(--keep-unit)
    timeout --kill-after=10 600 systemd-nspawn --quiet --directory "$work/system" --boot --register=no \
        ${scope[@]+"${scope[@]}"} --private-network --hostname bare --console=read-only \
        --bind-ro "$work/packages:/packages" --bind-ro "$here:/try" --bind "$result:/result" >"$work/boot.log" 2>&1 </dev/null || true
    cat "$result/steps"
    [ "$(cat "$result/result" 2>/dev/null)" = success ] ||
        stop "it failed under systemd: $(cat "$result/errors" 2>/dev/null || tail "$work/boot.log")"
}

# The package again under an older version, for an upgrade; or the one that POSTRIDER_TRY_PREVIOUS names.
previous_deb() {
    if [ -n "${POSTRIDER_TRY_PREVIOUS:-}" ]; then
        cp "$POSTRIDER_TRY_PREVIOUS" "$work/packages/previous.deb"
        return
    fi
    rm -rf "$work/previous"
    dpkg-deb -R "$work/packages/postrider.deb" "$work/previous"
    sed -i 's/^Version: .*/Version: 0.0.1/' "$work/previous/DEBIAN/control"
    dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/previous" "$work/packages/previous.deb" >/dev/null
    rm -rf "$work/previous"
}

# The image's layers one upon the other, run as its configuration says: its user, a root that is read-only, no capability.
try_image() {
    local layout=$work/image system=$work/image-system config layer
    rm -rf "$layout" "$system" "$work/volume"
    mkdir -p "$layout" "$system" "$work/volume"
    tar -C "$layout" -xf "$root/dist/$name.oci.tar"
    check_digests "$layout"
    for layer in $(jq -r '.[0].Layers[]' "$layout/manifest.json"); do
        tar -C "$system" -xzf "$layout/$layer" --same-owner --numeric-owner
    done
    config=$layout/$(jq -r '.[0].Config' "$layout/manifest.json")
    [ "$(jq -r .config.User "$config")" = 10001:10001 ] || stop "the image's user isn't 10001:10001"
    chown 10001:10001 "$work/volume"
    chmod 700 "$work/volume"
    local environment=() each
    while read -r each; do environment+=(--setenv "${each%%=*}" "${each#*=}"); done < <(jq -r '.config.Env[]' "$config")
    mapfile -t entry < <(jq -r '.config | (.Entrypoint + .Cmd)[]' "$config")
    # shellcheck disable=SC2016 # for the image's shell
    setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
        bwrap --unshare-all --ro-bind "$system" / --bind "$work/volume" /var/lib/postrider --tmpfs /tmp --dev /dev --proc /proc \
        --ro-bind "$here" /tmp/try --die-with-parent --new-session --cap-drop ALL --clearenv "${environment[@]}" \
        --setenv HEALTH "$(jq -r '.config.Healthcheck.Test[1]' "$config")" --setenv VERSION "$version" \
        --chdir "$(jq -r .config.WorkingDir "$config")" /bin/sh /tmp/try/in-image.sh "${entry[@]}"
}

check_digests() {
    local blob
    for blob in "$1"/blobs/sha256/*; do
        [ "$(sha256sum <"$blob" | cut -d' ' -f1)" = "${blob##*/}" ] || stop "a blob of the image isn't what it is called: $blob"
    done
}

# shellcheck source=package/try/engine.sh
. "$here/engine.sh"

[ "$(id -u)" = 0 ] || stop "to try the packages takes root, for debootstrap and dpkg."
mkdir -p "$work/packages"
(cd "$root/dist" && sha256sum --quiet -c SHA256SUMS) || stop "dist/ isn't what its SHA256SUMS say."
cp "$root/dist/$name.tar.gz" "$work/packages/postrider.tar.gz"
cp "$root/dist/postrider_${version}_$deb_arch.deb" "$work/packages/postrider.deb"
previous_deb
for release in $releases; do
    bare "$release"
    say "Debian $release: the tar.gz"
    enter tar.sh
    say "Debian $release: the Debian package"
    enter deb.sh
    bare "$release" systemd
    say "Debian $release: its unit, with systemd as process 1"
    boot systemd.sh
    rm -rf "$work/system" "$work/booted"
done
say "the image"
try_image
say "the image, in an engine"
try_engine
say "the unit"
mkdir -p "$work/unit"
dpkg-deb --fsys-tarfile "$work/packages/postrider.deb" | tar -C "$work/unit" -x
if command -v systemd-analyze >/dev/null; then
    # its status is of no use: there is but this unit, and others are missed
    { systemd-analyze --root="$work/unit" verify --man=no /usr/lib/systemd/system/postrider.service 2>&1 || true; } |
        { grep -i postrider | grep -v 'sysinit.target not found' || true; } >"$work/unit.txt"
    [ ! -s "$work/unit.txt" ] || stop "systemd-analyze verify says: $(cat "$work/unit.txt")"
    systemd-analyze security --offline=true --threshold=25 "$work/unit/usr/lib/systemd/system/postrider.service" | tail -1 >&2
fi
if command -v lintian >/dev/null; then
    lintian --allow-root --fail-on error,warning "$work/packages/postrider.deb" || stop "lintian isn't silent."
fi
rm -rf "$work/image" "$work/image-system" "$work/unit" "$work/packages" "$work/volume"
say "all is well: the tar.gz and the Debian package on $releases, the image as its user on a read-only root, and in an engine"
