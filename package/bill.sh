# shellcheck shell=bash disable=SC2154,SC2034 # variables are build.sh's
# The bill of materials (CycloneDX) and the notices of others' licences. Sourced by build.sh.
# Maven's plugin lists the jars; here are added the runtime and the bundled PostgreSQL with the libraries in it, and for the
# image Debian's packages. What isn't in the package isn't in the bill, and the other way round.

write_bill() {
    jars_as_packaged >"$work/jars.json"
    { cat "$work/jars.json" && runtime_component && postgres_components; } |
        jq -s --slurpfile bill "$bill" --arg version "$version" \
            'add as $components | $bill[0] | .metadata.component |= (.name = "postrider" | .type = "application")
             | del(.dependencies) | .components = ($components | sort_by(."bom-ref"))' >"$stage/sbom.cdx.json"
    write_notices >"$stage/THIRD-PARTY-NOTICES.txt"
}

# The components whose jars are here; a jar that the bill lacks stops the build. Of one that Quarkus takes in another version
# than Maven would, the version counts that is here.
jars_as_packaged() {
    find "$stage/lib/lib" -name '*.jar' -printf '%f\n' | sed 's/\.jar$//' | sort | jq -nR --slurpfile bill "$bill" '
        def name: "\(.group).\(.name)-";
        $bill[0].components as $all
        | [inputs as $jar
          | first($all[] | select($jar == name + .version)) //
            first($all[] | (name + .version + "-") as $start | select($jar | startswith($start))) //
            first($all[] | name as $start | select($jar | startswith($start))
              | ($jar[($start | length):]) as $version | select($version | test("^[0-9]"))
              | .version as $old | .purl |= sub("@" + $old; "@" + $version) | .version = $version | ."bom-ref" = .purl
              | del(.hashes)) //
            error("the bill has no component for " + $jar)]'
}

runtime_component() {
    local release
    release=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")
    jq -nc --arg version "${release%-LTS}" --arg vendor "$(sed -n 's/^IMPLEMENTOR="\(.*\)"/\1/p' "$JAVA_HOME/release")" \
        --arg modules "$(sed -n 's/^MODULES="\(.*\)"/\1/p' "$work/runtime/release")" \
        '[{type: "platform", "bom-ref": "runtime", name: "openjdk", version: $version, supplier: {name: $vendor},
           description: ("linked by jlink of " + $modules), purl: ("pkg:generic/openjdk@" + ($version | @uri)),
           cpe: ("cpe:2.3:a:oracle:openjdk:" + ($version | split("+")[0]) + ":*:*:*:*:*:*:*"),
           licenses: [{expression: "GPL-2.0-only WITH Classpath-exception-2.0"}]}]'
}

postgres_components() {
    jq -c --arg version "$(sed -n 's/.*<embedded-postgres-binaries.version>\(.*\)\.0<.*/\1/p' "$root/service/pom.xml")" \
        '[{type: "application", "bom-ref": "pkg:generic/postgresql@\($version)", name: "postgresql", version: $version,
           purl: "pkg:generic/postgresql@\($version)", cpe: "cpe:2.3:a:postgresql:postgresql:\($version):*:*:*:*:*:*:*",
           licenses: [{license: {id: "PostgreSQL"}}]}] + .' "$here/postgresql-libraries.json"
}

# image_bill FILE: adds Debian's packages.
image_bill() {
    local each
    for each in "$work/debs"/*.deb; do
        # shellcheck disable=SC2016 # dpkg-deb's variables
        dpkg-deb --show --showformat='${Package}\t${Version}\t${Architecture}\n' "$each"
    done | jq -nR --slurpfile bill "$stage/sbom.cdx.json" --arg debian "$(. /etc/os-release && echo "${VERSION_ID:-}")" \
        '$bill[0] | .components += [inputs | split("\t")
          | "pkg:deb/debian/\(.[0] | @uri)@\(.[1] | @uri)?arch=\(.[2])&distro=debian-\($debian)" as $purl
          | {type: "library", "bom-ref": $purl, name: .[0], version: .[1], purl: $purl}]' >"$1"
    cp "$1" "$dist/$name.image.cdx.json"
}

# Each component with its licences and the texts that its jar has; a text that several have stands once, at the end.
write_notices() {
    local jar entry digest texts=$work/texts
    mkdir -p "$texts"
    cat <<'TEXT'
Postrider brings the components listed here. Of each: its name, its licences, and the numbers of the texts at the end that
its makers have put into it. The Java runtime's are in the folder runtime/legal.

TEXT
    jq -r '.[] | "\(.group).\(.name)-\(.version)\t\(.group):\(.name) \(.version)\t\(
        [.licenses[]? | .expression // .license.id // .license.name] | join(", "))"' "$work/jars.json" | sort |
        while IFS=$'\t' read -r file title licences; do
            printf '%s\n    %s\n' "$title" "${licences:-no licence named; see its texts}"
            jar=$(find "$stage/lib/lib" -name "$file*.jar" | sort | head -1)
            unzip -Z1 "$jar" | { grep -iE '^(META-INF/)?(.*/)?(LICENSE|LICENCE|NOTICE|COPYING)[^/]*$' || true; } |
                { grep -v '\.class$' || true; } | sort | while read -r entry; do
                unzip -p "$jar" "$entry" >"$work/text"
                [ -s "$work/text" ] || continue
                digest=$(sha256sum <"$work/text" | cut -c 1-12)
                mv "$work/text" "$texts/$digest"
                printf '    text %s (%s)\n' "$digest" "$entry"
            done
        done
    printf '\nPostgreSQL\n==========\n\n'
    cat "$here/postgresql-notices.txt"
    for entry in "$texts"/*; do
        printf '\n==== text %s ====\n\n' "${entry##*/}"
        tr -d '\r' <"$entry"
    done
}
