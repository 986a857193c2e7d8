#!/usr/bin/env bash
# Builds the packages into dist/. Called by ./postrider package, which gives JAVA_HOME and the options of the JVM; what is in
# which file and how it is reproduced: docs/packages.md.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$root/package
work=$root/target/package
dist=$root/dist
record=
# whom a user of the Debian package asks: who has built it for others says so; the project itself has no address of mail
maintainer=${POSTRIDER_MAINTAINER:-Authors of Postrider <nobody@postrider.invalid>}

say() { printf 'postrider: %s\n' "$*" >&2; }
stop() {
    say "$@"
    exit 1
}

version=$(sed -n 's/.*<revision>\(.*\)<\/revision>.*/\1/p' "$root/pom.xml")
released=$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<\/project.build.outputTimestamp>.*/\1/p' "$root/pom.xml")
SOURCE_DATE_EPOCH=$(date -d "$released" +%s)
export SOURCE_DATE_EPOCH

case $(uname -m) in
    x86_64) platform=linux-x64 deb_arch=amd64 oci_arch=amd64 postgres=linux-amd64 ;;
    aarch64) platform=linux-arm64 deb_arch=arm64 oci_arch=arm64 postgres=linux-arm64v8 ;;
    *) stop "packages are built on x86_64 and aarch64, not on $(uname -m)." ;;
esac
name=postrider-$version-$platform
stage=$work/$name

# shellcheck source=package/program.sh
. "$here/program.sh"
# shellcheck source=package/bill.sh
. "$here/bill.sh"
# shellcheck source=package/archives.sh
. "$here/archives.sh"
# shellcheck source=package/image.sh
. "$here/image.sh"

while [ $# -gt 0 ]; do
    case $1 in
        --record)
            record=$(readlink -f "${2:?--record needs a file}")
            shift
            ;;
        *) stop "\"$1\" is not understood: ./postrider package [--record FILE] [--try]" ;;
    esac
    shift
done

rm -rf "$work" && mkdir -p "$work" "$dist"
say "building Postrider $version for $platform"
build_program
link_runtime
lay_out
write_bill
age "$stage"
record_start
say "writing the archives"
write_tar
write_deb
write_image
write_sums
say "done: $dist"
