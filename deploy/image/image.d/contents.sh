# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# What is in the image: packages and crates as CycloneDX, fingerprints, checksums.

describe_contents() {
    local sbom=$OUT/borne-$VERSION.cdx.json
    components >"$sbom.new" || fail "la liste du contenu n’a pas pu être faite."
    mv "$sbom.new" "$sbom"
    fingerprints >"$OUT/borne-$VERSION.build.json"
    # An update alone has no disk.
    (cd "$OUT" && shopt -s nullglob && sha256sum -- *.img* *.raucb *.cdx.json >SHA256SUMS)
}

components() {
    { packages_of_debian && crates; } | jq -s --arg version "$VERSION" '{
        bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
        metadata: {component: {type: "firmware", name: "video-borne", version: $version}},
        components: .}'
}

packages_of_debian() {
    awk -v RS= '/\nStatus: install ok installed/ {
        name = version = ""
        count = split($0, lines, "\n")
        for (i = 1; i <= count; i++) {
            if (lines[i] ~ /^Package: /) name = substr(lines[i], 10)
            if (lines[i] ~ /^Version: /) version = substr(lines[i], 10)
        }
        print name "\t" version
    }' "$WORK_DIR/packages.status" | jq -R --arg release "$RELEASE" 'split("\t") | {
        type: "library", name: .[0], version: .[1],
        purl: ("pkg:deb/debian/" + .[0] + "@" + (.[1] | @uri) + "?arch=amd64&distro=" + $release)}'
}

# All that Cargo.lock names; some are for building and tests alone.
crates() {
    awk -v RS= '/^\[\[package\]\]/ && /source = / {
        match($0, /name = "[^"]*"/); name = substr($0, RSTART + 8, RLENGTH - 9)
        match($0, /version = "[^"]*"/); version = substr($0, RSTART + 11, RLENGTH - 12)
        print name "\t" version
    }' "$ROOT/Cargo.lock" | jq -R 'split("\t") | {
        type: "library", name: .[0], version: .[1], purl: ("pkg:cargo/" + .[0] + "@" + .[1])}'
}

# One fingerprint for the system: equal for equal inputs.
fingerprints() {
    jq -n --arg version "$VERSION" --arg slot "$(sha256sum <"$SLOT" | cut -d' ' -f1)" \
        --arg borne "$(sha256sum <"$BORNE" | cut -d' ' -f1)" --arg layer "$(basename "$LAYER")" \
        --argjson cached "$FROM_CACHE" --argjson test "$TEST" --argjson seconds "$SECONDS" \
        --argjson slot_bytes "$(stat -c %s "$SLOT")" \
        --argjson update "$(stat -c %s "$OUT/borne-$VERSION.raucb")" \
        --argjson epoch "$SOURCE_DATE_EPOCH" '{
            version: $version, test: $test, system_sha256: $slot, system_bytes: $slot_bytes,
            update_bytes: $update, borne_sha256: $borne, packages: $layer,
            packages_from_cache: $cached, source_date_epoch: $epoch, seconds: $seconds}'
}
