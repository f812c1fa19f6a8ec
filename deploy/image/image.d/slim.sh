# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# What leaves the system: drivers for hardware that no borne has, plugins for formats that no catalogue
# has, tools that build. An image is replaced, never changed.

readonly NO_DRIVERS=(drivers/infiniband drivers/media drivers/iio drivers/isdn
    drivers/bluetooth drivers/scsi/lpfc drivers/scsi/qla2xxx drivers/scsi/bfa drivers/gpu/drm/nouveau
    drivers/staging drivers/atm drivers/target drivers/comedi net/bluetooth net/sctp net/openvswitch net/ceph
    fs/ocfs2 fs/btrfs fs/xfs fs/ceph fs/gfs2 fs/smb fs/nfs fs/nfsd fs/f2fs fs/jfs fs/reiserfs)

readonly NOT_NEEDED=(usr/lib/grub usr/share/grub usr/lib/apt usr/share/perl5 usr/share/initramfs-tools
    usr/lib/dracut usr/share/common-licenses usr/share/iso-codes usr/share/bug usr/share/mime
    usr/share/icons usr/share/sounds usr/share/gtk-3.0 usr/share/glib-2.0/schemas
    usr/lib/speech-dispatcher-modules/sd_espeak-ng-mbrola usr/lib/speech-dispatcher-modules/sd_generic
    usr/bin/apt usr/bin/apt-get usr/bin/apt-cache usr/bin/apt-config usr/bin/apt-mark usr/bin/dpkg usr/bin/dpkg-deb
    etc/apt etc/dpkg etc/cron.daily etc/initramfs-tools initrd.img initrd.img.old vmlinuz vmlinuz.old)

readonly LIBRARIES=usr/lib/x86_64-linux-gnu

# drop_drivers FOLDER
drop_drivers() {
    local driver
    for driver in "${NO_DRIVERS[@]}"; do
        rm -rf "${1:?}/$driver"
    done
}

# Plugins that are not listed, helpers that are loaded by nothing that stays, and what only they used.
drop_plugins() {
    local leaving=$WORK_DIR/leaving
    comm -23 <(cd "$TREE/$LIBRARIES/gstreamer-1.0" && printf '%s\n' libgst*.so | sort) \
        <(sed -e '/^#/d' -e 's/.*/libgst&.so/' "$IMAGE/gstreamer" | sort) |
        sed "s|^|$TREE/$LIBRARIES/gstreamer-1.0/|" >"$leaving"
    printf '%s\n' "$TREE/$LIBRARIES"/libonnxruntime_providers* >>"$leaving"
    find "$TREE/$LIBRARIES/gtk-3.0" "$TREE/$LIBRARIES/libgtk-3-0t64" -type f >>"$leaving"
    find "$TREE/usr" -type f \( -name '*.so*' -o -perm /111 \) ! -path '*/modules/*' -print0 |
        xargs -0 objdump -p 2>/dev/null |
        awk -v leaving="$leaving" -f "$IMAGE/image.d/orphans.awk" >"$leaving.libraries"
    xargs -d '\n' rm -f <"$leaving"
    xargs -d '\n' rm -f <"$leaving.libraries"
    find "$TREE/$LIBRARIES" -maxdepth 1 -xtype l -delete
    inside ldconfig
}

slim() {
    local path
    for path in "${NOT_NEEDED[@]}"; do
        rm -rf "${TREE:?}/$path"
    done
    find "$TREE/boot" -type f ! -name vmlinuz ! -name initrd.img ! -name '*.cfg' -delete
    rm -rf "${TREE:?}/var" "${TREE:?}/tmp" "${TREE:?}/run"
    mkdir -p "$TREE/var" "$TREE/tmp" "$TREE/run"
}
