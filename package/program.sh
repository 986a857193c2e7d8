# shellcheck shell=bash disable=SC2154,SC2034 # variables are build.sh's
# The program itself: jars, runtime, launcher, record. Sourced by build.sh.

# All files get the one time: archives are the same bytes again, and the JVM compares the times of jars with its record.
age() { find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

# The jars and the bill of their components, built from a copy of the sources: what older builds have left has no part in it.
build_program() {
    local commit='' module
    mkdir -p "$work/source"
    if [ -z "$(git -C "$root" status --porcelain 2>/dev/null || echo none)" ]; then
        commit=$(git -C "$root" rev-parse --short=12 HEAD)
    fi
    cp -r "$root/pom.xml" "$root/.mvn" "$work/source/"
    for module in mime smtp testkit service lab bench; do
        mkdir "$work/source/$module"
        cp -r "$root/$module/pom.xml" "$root/$module/src" "$work/source/$module/"
    done
    "$JAVA_HOME/bin/java" "$here/SameAgain.java" orders "$work/orders"
    (cd "$work/source" && MAVEN_OPTS="${MAVEN_OPTS:-} --patch-module java.base=$work/orders" \
        mvn -B -q -Dmaven.test.skip -Dlint=-parameters -Dspotless.check.skip ${commit:+-Dpostrider.commit="$commit"} \
        -pl service -am package org.cyclonedx:cyclonedx-maven-plugin:makeBom) >"$work/build.log" 2>&1 ||
        stop "the build failed; all of it is in target/package/build.log."
    app=$work/source/service/target/quarkus-app
    "$JAVA_HOME/bin/java" "$here/SameAgain.java" keys "$app/quarkus/generated-bytecode.jar"
    bill=$work/source/service/target/bom.json
}

# The runtime: the modules of package/modules, with line numbers, which reports of faults need, and without what only
# compilers use. Jars don't compress twice, so nothing in it is compressed: the archives do that.
link_runtime() {
    local modules listed found missing
    modules=$(sed -n 's/^\([a-z][a-z.]*\).*/\1/p' "$here/modules" | paste -sd,)
    listed=$(sed -n 's/^\(- \)\?\([a-z][a-z.]*\).*/\2/p' "$here/modules" | sort)
    found=$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps -q \
        --class-path "$(find "$app/lib" -name '*.jar' ! -name '*-postgres-binaries-*' | sort | paste -sd:)" \
        "$app"/app/*.jar "$app"/quarkus/*.jar | tr , '\n' | sort)
    missing=$(comm -23 <(printf '%s\n' "$found") <(printf '%s\n' "$listed"))
    [ -z "$missing" ] || stop "package/modules lacks what jdeps finds in the jars:" "$missing"
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --compress zip-0 \
        --dedup-legal-notices=error-if-not-same-content --output "$work/runtime"
}

# bin/, lib/, runtime/ as they will be wherever the package is unpacked.
lay_out() {
    mkdir -p "$stage/bin" "$stage/lib"
    cp "$here/bin/postrider" "$stage/bin/"
    cp -r "$app/." "$stage/lib/"
    cp -r "$work/runtime" "$stage/runtime"
    # a PostgreSQL for this platform; the others are for those who build from source
    find "$stage/lib" -name '*embedded-postgres-binaries-*.jar' ! -name "*-binaries-$postgres-[0-9]*.jar" -delete
    unseal
    repack_postgres
    rm -f "$stage/lib/quarkus-app-dependencies.txt" "$stage/lib"/*.aot*
    printf 'gc_options="%s"\njvm_options="%s"\n' "$GC_OPTIONS" "$JVM_OPTIONS" >"$stage/lib/jvm-options"
    cp "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$stage/"
    chmod -R u=rwX,go=rX "$stage"
}

# A sealed package is held against the place where it was recorded, and the JVM doesn't start when that is gone: no jar is
# sealed here. Nothing else of it changes.
unseal() {
    local jar
    find "$stage/lib" -name '*.jar' | sort | while read -r jar; do
        unzip -p "$jar" META-INF/MANIFEST.MF 2>/dev/null | grep -qi '^Sealed: *true' || continue
        rm -rf "$work/unsealed" && mkdir "$work/unsealed"
        unzip -q "$jar" META-INF/MANIFEST.MF -d "$work/unsealed"
        sed -i '/^Sealed: /Id' "$work/unsealed/META-INF/MANIFEST.MF"
        "$JAVA_HOME/bin/jar" --update --no-manifest --date="$released" --file "$jar" -C "$work/unsealed" META-INF/MANIFEST.MF
    done
}

# The archive of PostgreSQL as a .tgz: to unpack xz takes a program that has just started four seconds of processor time more. The
# archives of the package compress neither again.
repack_postgres() {
    local jar archive folder=$work/postgres
    jar=$(find "$stage/lib" -name "*embedded-postgres-binaries-$postgres-*.jar")
    rm -rf "$folder" && mkdir "$folder"
    unzip -q "$jar" -d "$folder"
    archive=$(cd "$folder" && echo postgres-*.txz)
    xz --decompress --stdout "$folder/$archive" | gzip -n9 >"$folder/${archive%.txz}.tgz"
    rm "$jar"
    "$JAVA_HOME/bin/jar" --create --no-compress --date="$released" --file "$jar" --manifest "$folder/META-INF/MANIFEST.MF" \
        -C "$folder" "${archive%.txz}.tgz"
}

# Makes the record of a start and of the real way of emails, with the runtime and the jars as they are packaged; or takes
# the one of an earlier build, with which the archives are the same bytes as its.
record_start() {
    local cache=$stage/lib/postrider.aot data
    if [ -n "$record" ]; then
        cp "$record" "$cache"
    else
        say "recording a start and half a minute's sending"
        data=$(mktemp -d)
        # shellcheck disable=SC2086 # options are words
        env -i PATH="$PATH" HOME="$data" LANG=C.UTF-8 \
            POSTRIDER_DATA_DIR="$data/data" POSTRIDER_POSTGRES=bundled POSTRIDER_HTTP_PORT=0 POSTRIDER_MANAGEMENT_PORT=0 \
            "$stage/runtime/bin/java" -XX:AOTCacheOutput="$cache" $GC_OPTIONS $JVM_OPTIONS $RECORD_OPTIONS \
            -jar "$stage/lib/quarkus-run.jar" demo --rehearse >"$work/record.log" 2>&1 ||
            stop "it couldn't be recorded; target/package/record.log says why."
        rm -rf "$data" "$cache".*
    fi
    chmod 644 "$cache"
    age "$stage/lib"
}
