# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The update: the same system as in the disk image, signed.

make_bundle() {
    local folder=$WORK_DIR/bundle
    rm -rf "$folder" "$OUT/borne-$VERSION.raucb"
    mkdir -p "$folder"
    ln "$SLOT" "$folder/system.squashfs" 2>/dev/null || cp "$SLOT" "$folder/system.squashfs"
    cat >"$folder/manifest.raucm" <<MANIFEST
[update]
compatible=video-borne-amd64
version=$VERSION

[bundle]
format=verity

[image.rootfs]
filename=system.squashfs
MANIFEST
    step "Mise à jour signée" bundle rauc --cert "$KEYS/bundle.cert.pem" --key "$KEYS/bundle.key.pem" \
        --keyring "$KEYS/keyring.pem" bundle "$folder" "$OUT/borne-$VERSION.raucb" ||
        fail "la mise à jour n’a pas pu être signée."
}
