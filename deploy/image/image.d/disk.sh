# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The disk: a boot partition, two systems, the data.

readonly PARTS=$WORK_DIR/parts
# Size of the data partition in the image, megabytes; on the borne it grows with the disk.
readonly DATA_MB=512
# The same names at each build: the file systems of two images do not differ by chance.
readonly DATA_UUID=5f1a9c1e-7f0b-4c59-9c56-0d6e3b0b4e01

make_disk() {
    rm -rf "$PARTS"
    mkdir -p "$PARTS"
    step "Partition de démarrage" esp fill_esp || fail "la partition de démarrage n’a pas pu être faite."
    step "Partition de données" data fill_data || fail "la partition de données n’a pas pu être faite."
    step "Disque" disk lay_out || fail "l’image du disque n’a pas pu être faite."
    rm -f "$OUT/borne-$VERSION".img*
    # A test starts it at once, somebody else fetches it.
    if $TEST; then
        mv "$WORK_DIR/disk.img" "$OUT/borne-$VERSION.img"
        return
    fi
    step "Compression du disque" zstd zstd -q -T0 -10 --rm "$WORK_DIR/disk.img" -o "$OUT/borne-$VERSION.img.zst" ||
        fail "l’image du disque n’a pas pu être compressée."
}

# Settings that the borne would leave where they are, among all its others: found here, not on the site.
judge_settings() {
    local tried=$WORK_DIR/settings ended=0
    [[ -n $SETTINGS ]] || return 0
    rm -rf "$tried"
    mkdir -p "$tried"
    cp "$ROOT/deploy/rootfs/etc/borne/borne.toml" "$IMAGE/rootfs/etc/borne/image.toml" "$tried/"
    cp "$SETTINGS" "$tried/site.toml"
    "$BORNE" --config "$tried" sync --settled >"$LOGS/settings.log" 2>&1 || ended=$?
    # 1: they do not say who the borne is, and its screen asks for that.
    ((ended <= 1)) || fail "les réglages ne conviennent pas. $(sed "s|$tried/site.toml|$SETTINGS|g" "$LOGS/settings.log")"
}

fill_esp() {
    set -e
    mkdir -p "$WORK_DIR/esp/grub"
    cp "$IMAGE/esp/grub/grub.cfg" "$WORK_DIR/esp/grub/"
    rm -f "$WORK_DIR/esp/grub/grubenv" "$WORK_DIR/esp/borne.toml"
    environment_block >"$WORK_DIR/esp/grub/grubenv"
    if [[ -n $SETTINGS ]]; then
        cp "$SETTINGS" "$WORK_DIR/esp/borne.toml"
    fi
    find "$WORK_DIR/esp" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
}

# The state of the loader: system A is good, B is empty. The block is 1024 bytes.
environment_block() {
    { printf '# GRUB Environment Block\nORDER=A B\nA_OK=1\nA_TRY=0\nB_OK=0\nB_TRY=0\n' &&
        head -c 1024 /dev/zero | tr '\0' '#'; } | head -c 1024
}

fill_data() {
    set -e
    local data=$PARTS/data
    mkdir -p "$data"
    if [[ -n $DEMO ]]; then
        take_catalogue "$data/borne"
    fi
    E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mke2fs -q -t ext4 -L data -U "$DATA_UUID" \
        -E "hash_seed=$DATA_UUID,lazy_itable_init=0" -m 1 -d "$data" "$PARTS/data.ext4" "${DATA_MB}M"
}

# take_catalogue FOLDER: the borne itself takes the catalogue, verified as from a stick.
take_catalogue() {
    mkdir -p "$1"
    {
        printf '[borne]\nid = "image"\n[storage]\ndata = "%s"\nreserve_mb = 0\n' "$1"
        printf '[sync]\nurl = "https://example.invalid/"\nroot = "%s"\n[clock]\nsynced = "yes"\n' "$KEYS/root.json"
    } >"$PARTS/import.toml"
    "$BORNE" import "$DEMO" --config "$PARTS/import.toml"
    chown -R 952:950 "$1"
    chmod -R u+rwX,g+rwX,o-rwx "$1"
    find "$1" -type d -exec chmod g+s {} +
}

lay_out() {
    cp --reflink=auto "$SLOT" "$PARTS/system.squashfs"
    genimage --config "$IMAGE/genimage.cfg" --rootpath "$WORK_DIR/esp" --inputpath "$PARTS" \
        --outputpath "$WORK_DIR" --tmppath "$WORK_DIR/genimage.tmp" && rm -rf "$WORK_DIR/genimage.tmp"
}
