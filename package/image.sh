# shellcheck shell=bash disable=SC2154,SC2034 # variables are build.sh's
# The OCI image as a tar, made of Debian's packages and the program without a container engine. Sourced by build.sh.
# The tar is an OCI layout, and has Docker's older manifest.json beside it: docker load and podman load take it. Its manifest is
# Docker's (image manifest, version 2, schema 2) and not OCI's, which knows no health check: podman would drop it.

write_image() {
    local layout=$work/oci base=$work/image-base program=$work/image-program
    mkdir -p "$layout/blobs/sha256" "$base" "$program/usr/lib"
    base_system "$base"
    cp -r --preserve=timestamps "$stage" "$program/usr/lib/postrider"
    image_bill "$program/usr/lib/postrider/sbom.cdx.json"
    age "$program"
    layers=() diff_ids=()
    add_layer "$base" .
    # what changes seldom, the runtime, in a layer of its own
    add_layer "$program" usr/lib/postrider/runtime
    add_layer "$program" --exclude=usr/lib/postrider/runtime usr
    write_manifests
    tar -C "$layout" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
        -cf "$dist/$name.oci.tar" oci-layout index.json manifest.json blobs
}

# Unpacks Debian's packages: libraries, a shell, and who is who. No package's script runs.
base_system() {
    local tree=$1 each
    mkdir -p "$work/debs" "$tree"/{etc,tmp,proc,sys,dev,usr/bin,usr/sbin,usr/lib,usr/lib64,var/lib/postrider,run}
    for each in bin sbin lib lib64; do ln -s "usr/$each" "$tree/$each"; done
    (cd "$work/debs" && grep -v '^#' "$here/oci/packages" | xargs apt-get download -q -o APT::Sandbox::User=root) \
        >"$work/download.log" 2>&1 || stop "Debian's packages can't be downloaded; target/package/download.log says why."
    for each in "$work/debs"/*.deb; do
        dpkg-deb --fsys-tarfile "$each" | tar -C "$tree" -x --keep-directory-symlink
    done
    find "$tree/usr/share" -mindepth 1 -maxdepth 1 ! -name doc -exec rm -rf {} +
    find "$tree/usr/share/doc" -type f ! -name copyright -delete
    rm -rf "$tree"/usr/lib/*/gconv "$tree"/usr/share/gdb "$tree"/etc/{update-motd.d,profile.d,init.d,network}
    rm -f "$tree/usr/bin/tini-static"
    ln -sf busybox "$tree/usr/bin/sh"
    ln -sf busybox "$tree/usr/bin/wget"
    printf 'root:x:0:0:root:/:/bin/sh\npostrider:x:10001:10001:Postrider:/var/lib/postrider:/bin/sh\n' >"$tree/etc/passwd"
    printf 'root:x:0:\npostrider:x:10001:\n' >"$tree/etc/group"
    echo 'hosts: files dns' >"$tree/etc/nsswitch.conf"
    find "$tree" -type d -exec chmod 755 {} +
    chmod 1777 "$tree/tmp"
    chmod 700 "$tree/var/lib/postrider"
    age "$tree"
}

# add_layer FOLDER ENTRY…: a layer, named by what it holds.
add_layer() {
    local tar=$work/layer.tar digest
    archive "$1" "${@:2}" --transform='s,^\./,,' >"$tar"
    if [ "$2" = . ]; then # the volume is the program's, and so is all that is copied from it
        tar --delete -f "$tar" var/lib/postrider/
        tar -C "$1" --format=gnu --owner=10001 --group=10001 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
            -rf "$tar" var/lib/postrider
    fi
    diff_ids+=("sha256:$(sha256sum <"$tar" | cut -d' ' -f1)")
    gzip -n <"$tar" >"$tar.gz"
    digest=$(sha256sum <"$tar.gz" | cut -d' ' -f1)
    layers+=("$digest:$(stat -c %s "$tar.gz")")
    mv "$tar.gz" "$layout/blobs/sha256/$digest"
    rm "$tar"
}

# blob: keeps standard input by its digest, and prints digest and size.
blob() {
    local digest
    cat >"$work/blob"
    digest=$(sha256sum <"$work/blob" | cut -d' ' -f1)
    printf '%s:%s\n' "$digest" "$(stat -c %s "$work/blob")"
    mv "$work/blob" "$layout/blobs/sha256/$digest"
}

write_manifests() {
    local config manifest media=application/vnd.docker
    config=$(jq -n --arg version "$version" --arg arch "$oci_arch" --arg created "$released" \
        '$ARGS.positional as $diffs | {architecture: $arch, os: "linux", created: $created,
          rootfs: {type: "layers", diff_ids: $diffs}, config: (input
            | .Labels["org.opencontainers.image.version"] = $version)}' --args "${diff_ids[@]}" <"$here/oci/config.json" | blob)
    manifest=$(printf '%s\n' "${layers[@]}" | jq -nR --arg config "$config" --arg media "$media" \
        'def descriptor(type): split(":") | {mediaType: type, digest: ("sha256:" + .[0]), size: (.[1] | tonumber)};
         {schemaVersion: 2, mediaType: ($media + ".distribution.manifest.v2+json"),
          config: ($config | descriptor($media + ".container.image.v1+json")),
          layers: [inputs | descriptor($media + ".image.rootfs.diff.tar.gzip")]}' | blob)
    jq -n --arg manifest "$manifest" --arg media "$media" --arg name "postrider:$version" --arg version "$version" \
        --arg arch "$oci_arch" \
        '{schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [($manifest | split(":")
          | {mediaType: ($media + ".distribution.manifest.v2+json"), digest: ("sha256:" + .[0]), size: (.[1] | tonumber),
             platform: {architecture: $arch, os: "linux"},
             annotations: {"io.containerd.image.name": ("docker.io/library/" + $name),
               "org.opencontainers.image.ref.name": $version}})]}' >"$layout/index.json"
    printf '%s\n' "${layers[@]}" | jq -nR --arg config "$config" --arg name "postrider:$version" \
        '[{Config: ("blobs/sha256/" + ($config | split(":")[0])), RepoTags: [$name],
           Layers: [inputs | "blobs/sha256/" + split(":")[0]]}]' >"$layout/manifest.json"
    echo '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
}
