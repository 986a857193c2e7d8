# shellcheck shell=bash disable=SC2154,SC2034 # variables are build.sh's
# The tar.gz, the Debian package, and the sums of all. Sourced by build.sh.

# archive FOLDER ENTRY…: a tar on standard output, the same bytes for the same files.
archive() {
    tar -C "$1" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -c "${@:2}"
}

write_tar() {
    archive "$work" "$name" | gzip -n >"$dist/$name.tar.gz"
}

write_deb() {
    local tree=$work/deb doc
    doc=$tree/usr/share/doc/postrider
    mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/etc/postrider" "$doc" \
        "$tree/usr/share/lintian/overrides"
    cp -r --preserve=timestamps "$stage" "$tree/usr/lib/postrider"
    rm "$tree/usr/lib/postrider"/{LICENSE,README.md,CHANGELOG.md,THIRD-PARTY-NOTICES.txt,sbom.cdx.json}
    cp "$here/debian/installed" "$tree/usr/lib/postrider/lib/"
    ln -s ../lib/postrider/bin/postrider "$tree/usr/bin/postrider"
    cp "$here/debian/postrider.service" "$tree/usr/lib/systemd/system/"
    write_settings >"$tree/etc/postrider/postrider.env"
    cp "$root/SECURITY.md" "$stage/README.md" "$stage/sbom.cdx.json" "$root/docs"/*.md "$doc/"
    cat "$here/debian/copyright" "$stage/THIRD-PARTY-NOTICES.txt" >"$doc/copyright"
    cp "$root/CHANGELOG.md" "$doc/"
    printf 'postrider (%s) stable; urgency=medium\n\n  * What has changed: CHANGELOG.md beside this file.\n\n -- %s  %s\n' \
        "$version" "$maintainer" "$(date -R -d "$released")" |
        gzip -9n >"$doc/changelog.gz"
    cp "$here/debian/lintian-overrides" "$tree/usr/share/lintian/overrides/postrider"
    write_control "$tree"
    chmod -R u=rwX,go=rX "$tree"
    age "$tree"
    dpkg-deb --root-owner-group -Zgzip -z6 --build "$tree" "$dist/postrider_${version}_$deb_arch.deb" >/dev/null
}

# The file of settings: what there is to set, from the program itself; where the data is, the unit says.
write_settings() {
    cat "$here/debian/settings-header"
    "$stage/runtime/bin/java" -jar "$stage/lib/quarkus-run.jar" settings --env |
        awk 'BEGIN { RS = ""; ORS = "\n\n" } NR > 1 && !/#POSTRIDER_DATA_DIR=/'
    printf '# options for the JVM, which replace those for its memory\n#POSTRIDER_JAVA_OPTIONS=%s\n' "$GC_OPTIONS"
}

write_control() {
    local tree=$1 script
    for script in postinst prerm postrm; do
        cp "$here/debian/$script" "$tree/DEBIAN/"
        chmod 755 "$tree/DEBIAN/$script"
    done
    echo /etc/postrider/postrider.env >"$tree/DEBIAN/conffiles"
    sed -e "s/@VERSION@/$version/" -e "s|@MAINTAINER@|$maintainer|" -e "s/@DEB_ARCH@/$deb_arch/" \
        -e "s/@SIZE@/$(du -sk --apparent-size "$tree" | cut -f1)/" "$here/debian/control.in" >"$tree/DEBIAN/control"
    (cd "$tree" && find etc usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
}

# What may be downloaded by its name alone.
write_sums() {
    cp "$stage/sbom.cdx.json" "$dist/$name.cdx.json"
    (cd "$dist" && sha256sum "$name.tar.gz" "postrider_${version}_$deb_arch.deb" "$name.oci.tar" "$name.cdx.json" \
        "$name.image.cdx.json" >SHA256SUMS)
}
