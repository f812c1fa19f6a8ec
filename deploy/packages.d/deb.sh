# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The packages themselves, and what lintian says of them.

make_packages() {
    local name
    rm -f "$OUT"/{borne,central,media-manifest}_*.deb "$OUT/SHA256SUMS"
    for name in "${PACKAGES[@]}"; do
        step "Paquet $name" "deb-$name" package "$name" || fail "le paquet $name n’a pas pu être fait."
    done
    (cd "$OUT" && sha256sum -- *.deb >SHA256SUMS)
}

package() {
    local maintainer=()
    [[ -z ${DEBEMAIL-} ]] || maintainer=(--maintainer "${DEBFULLNAME:-$DEBEMAIL} <$DEBEMAIL>")
    cd "$ROOT" && CARGO_TARGET_DIR=$WORK_DIR cargo deb --locked --offline --no-build --no-strip \
        --package "$1" --output "$OUT/" "${maintainer[@]}"
}

# Errors and warnings fail; what is meant stands in deploy/debian/rootfs/*/usr/share/lintian/overrides.
check_packages() {
    step "Contrôle par lintian" lintian lintian --fail-on error,warning --tag-display-limit 0 "$OUT"/*.deb ||
        fail "lintian a des objections."
}
