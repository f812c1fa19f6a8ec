# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The system: packages, the files of rootfs/, the borne; then what can be prepared is prepared, what is
# not needed is taken out, and the whole becomes a squashfs.

readonly TREE=$WORK_DIR/tree
readonly SLOT=$WORK_DIR/slot.squashfs

make_system() {
    step "Système" system assemble || fail "le système n’a pas pu être assemblé."
}

assemble() {
    set -e
    rm -rf "$TREE"
    mkdir -p "$TREE"
    tar -xf "$LAYER" -C "$TREE" --exclude='./dev/*'
    keep_package_list
    add_files
    prepare
    slim
    settle
}

# The list of packages goes into the description of the image, not into the image.
keep_package_list() {
    cp "$TREE/var/lib/dpkg/status" "$WORK_DIR/packages.status"
}

add_files() {
    rm -rf "$TREE/etc/initramfs-tools/modules" "$TREE/etc/hostname" "$TREE/etc/resolv.conf" "$TREE/etc/localtime"
    cp -a --no-preserve=ownership "$ROOT/deploy/rootfs/." "$IMAGE/rootfs/." "$TREE/"
    if $TEST; then
        cp -a --no-preserve=ownership "$IMAGE/rootfs-test/." "$TREE/"
    fi
    install -m 0755 "$BORNE" "$TREE/usr/bin/borne"
    strip --strip-unneeded "$TREE/usr/bin/borne"
    install -m 0644 "$KEYS/keyring.pem" "$TREE/etc/rauc/keyring.pem"
    if [[ -s $KEYS/root.json ]]; then
        install -m 0644 "$KEYS/root.json" "$TREE/etc/borne/root.json"
    fi
    sed -i "s/@VERSION@/$VERSION/" "$TREE/etc/rauc/system.conf"
    printf '%s\n' "$VERSION" >"$TREE/etc/borne/version"
    printf 'IMAGE_ID=video-borne\nIMAGE_VERSION=%s\n' "$VERSION" >>"$TREE/usr/lib/os-release"
    chmod 0600 "$TREE/etc/usbguard/rules.conf" "$TREE/etc/usbguard/usbguard-daemon.conf"
}

# inside COMMAND…: runs a command of the image in the image.
inside() {
    chroot "$TREE" /usr/bin/env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 HOME=/tmp \
        SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" GST_REGISTRY=/usr/share/borne/gstreamer.registry "$@"
}

# All that would cost time at each start is done once.
prepare() {
    local kernel
    kernel=$(basename "$TREE"/usr/lib/modules/*)
    mkdir -p "$TREE/efi" "$TREE/data" "$TREE/usr/share/borne"
    inside systemd-sysusers
    drop_drivers "$TREE/usr/lib/modules/$kernel/kernel"
    inside depmod "$kernel"
    inside update-initramfs -c -k "$kernel" || inside update-initramfs -u -k "$kernel"
    mv "$TREE/boot/vmlinuz-$kernel" "$TREE/boot/vmlinuz"
    mv "$TREE/boot/initrd.img-$kernel" "$TREE/boot/initrd.img"
    make_loader
    drop_plugins
    know_plugins
    inside systemctl preset-all
    inside usermod --lock root
}

# Every account of the borne reads what GStreamer found: it writes its list for its own account alone. The
# drivers of graphics processors are out of its sight: of them it notes when they were put there, and no two
# images would be the same. The borne loads what decodes with them when it has such a processor.
know_plugins() {
    mv "$TREE/$LIBRARIES/dri" "$TREE/dri"
    inside gst-inspect-1.0 >/dev/null
    mv "$TREE/dri" "$TREE/$LIBRARIES/dri"
    chmod 0644 "$TREE/usr/share/borne/gstreamer.registry"
}

# GRUB of the image's own release, with what reads the disk; its settings lie on the boot partition.
make_loader() {
    mkdir -p "$WORK_DIR/esp/EFI/BOOT"
    inside grub-mkimage -O x86_64-efi -p /grub -o /boot/BOOTX64.EFI \
        part_gpt fat squash4 gzio normal configfile linux echo test regexp loadenv reboot sleep all_video efi_gop
    mv "$TREE/boot/BOOTX64.EFI" "$WORK_DIR/esp/EFI/BOOT/BOOTX64.EFI"
}

# What differs between two builds of the same sources is made the same.
settle() {
    rm -f "$TREE/etc/machine-id" "$TREE/etc/"*- "$TREE/etc/.pwd.lock" "$TREE/etc/ssh/"*key* 2>/dev/null || true
    : >"$TREE/etc/machine-id"
    touch -d "@$SOURCE_DATE_EPOCH" "$TREE/usr/lib/clock-epoch"
}

make_slot() {
    rm -f "$SLOT"
    # GRUB reads the kernel from it: gzip, which it knows.
    step "Compression du système" squashfs mksquashfs "$TREE" "$SLOT" -comp gzip -Xcompression-level 6 -b 256K -noappend -no-progress \
        -no-xattrs ||
        fail "le système n’a pas pu être compressé."
}
