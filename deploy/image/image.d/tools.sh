# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# What builds the image: tools of Debian, the borne itself, and the date that all files carry.

readonly TOOLS=(binutils mmdebstrap genimage rauc squashfs-tools mtools dosfstools e2fsprogs openssl zstd jq
    debian-archive-keyring)

# The same sources give the same image: files carry the date of the last change. Those of Debian's packages,
# which are kept from one image to the next, carry the date of the last change of their list.
date_of_sources() {
    SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(changed . Cargo.lock)}
    PACKAGES_DATE=$(changed deploy/image/packages)
    export SOURCE_DATE_EPOCH
}

# changed PATH [FILE]: when what is below a path was last changed, else when the file was, by itself the path.
changed() {
    local date
    date=$(git -C "$ROOT" log -1 --format=%ct -- "$1" 2>/dev/null || true)
    echo "${date:-$(stat -c %Y "$ROOT/${2:-$1}")}"
}

find_tools() {
    local missing=() name
    for name in "${TOOLS[@]}"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true) == installed ]] || missing+=("$name")
    done
    ((${#missing[@]})) || return 0
    step "Installation de ${#missing[@]} paquets Debian" tools env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}" ||
        fail "des outils n’ont pas pu être installés : ${missing[*]}"
}

find_borne() {
    local bin=${BORNE_BIN_DIR:-}
    if [[ -z $bin ]]; then
        bin=${CARGO_TARGET_DIR:-$ROOT/target}/release
        step "Construction de la borne" cargo build_borne || fail "la construction a échoué."
    fi
    BORNE=$bin/borne
    [[ -x $BORNE ]] || fail "le programme $BORNE manque."
}

build_borne() {
    cd "$ROOT" && cargo build --release --locked
}
