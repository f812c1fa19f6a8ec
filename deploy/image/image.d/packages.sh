# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The layer of Debian packages: made once for a list of packages, then taken from the cache.

# Debian release of the image; docs/decisions/0080 says why this one.
readonly RELEASE=trixie
readonly CACHE=$WORK_DIR/cache

# Documentation and translations that nobody reads on a borne.
readonly LEFT_OUT=('/usr/share/doc/*' '/usr/share/man/*' '/usr/share/info/*' '/usr/share/locale/*'
    '/usr/share/lintian/*'
    '/usr/share/bash-completion/*' '/usr/share/zsh/*')

# The mirrors of this machine, with the release of the image.
sources() {
    local host
    host=$(. /etc/os-release && echo "$VERSION_CODENAME")
    # shellcheck disable=SC2016 # apt fills these in
    apt-get indextargets --format \
        'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) $(CODENAME) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' | grep -v -e '-backports' | sort -u | sed "s/ $host/ $RELEASE/"
}

wanted() {
    sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$IMAGE/packages" | sort
}

make_packages() {
    local key
    key=$({ wanted && printf '%s\n' "$RELEASE" "$PACKAGES_DATE" "${LEFT_OUT[@]}"; } | sha256sum | cut -c1-16)
    LAYER=$CACHE/packages-$key.tar
    FROM_CACHE=true
    [[ ! -s $LAYER ]] || return 0
    FROM_CACHE=false
    mkdir -p "$CACHE"
    step "Paquets Debian de l’image" packages bootstrap "$LAYER.new" ||
        fail "les paquets de l’image n’ont pas pu être pris."
    mv "$LAYER.new" "$LAYER"
}

# bootstrap FILE: a Debian system with the packages wanted, as a tar file.
bootstrap() {
    local left_out=() path include
    for path in "${LEFT_OUT[@]}"; do
        left_out+=(--dpkgopt="path-exclude=$path")
    done
    include=$(wanted | paste -sd,)
    sources | SOURCE_DATE_EPOCH=$PACKAGES_DATE TMPDIR=$(roomy) \
        mmdebstrap --mode=root --variant=minbase --format=tar --include="$include" \
        --aptopt='APT::Install-Recommends "false"' "${left_out[@]}" "$RELEASE" "$1"
}

# Memory is faster than a disk where it has room for a system, kilobytes.
roomy() {
    if (($(df --output=avail /dev/shm | tail -n 1) > 4000000)); then echo /dev/shm; else echo "$WORK_DIR"; fi
}
