# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# What builds the packages: tools, the programs, and the date that all files carry.

readonly TOOLS=(binutils dpkg-dev gzip lintian)
readonly PACKAGES=(borne central media-manifest)

# The same sources give the same packages: files carry the date of the last change.
date_of_sources() {
    SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || stat -c %Y "$ROOT/Cargo.lock")}
    export SOURCE_DATE_EPOCH
}

find_tools() {
    local missing=() name root=()
    for name in "${TOOLS[@]}"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true) == installed ]] || missing+=("$name")
    done
    if ((${#missing[@]})); then
        ((EUID == 0)) || root=(sudo)
        step "Installation de ${#missing[@]} paquets Debian" tools "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}" ||
            fail "des outils n’ont pas pu être installés : ${missing[*]}"
    fi
    PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    command -v cargo >/dev/null || fail "Rust n’est pas installé (la commande cargo manque). Voyez https://www.rust-lang.org/fr/tools/install"
    cargo deb --version >/dev/null 2>&1 ||
        step "Installation de cargo-deb" cargo-deb cargo install --locked cargo-deb ||
        fail "cargo-deb n’a pas pu être installé."
}

find_programs() {
    local name target=${CARGO_TARGET_DIR:-$ROOT/target}
    [[ $target == /* ]] || target=$ROOT/$target
    BIN=${BORNE_BIN_DIR:-}
    if [[ -z $BIN ]]; then
        BIN=$target/release
        step "Construction des programmes" build build || fail "la construction a échoué."
    fi
    BIN=$(realpath -m -- "$BIN")
    for name in "${PACKAGES[@]}"; do
        [[ -x $BIN/$name ]] || fail "le programme $BIN/$name manque."
    done
}

build() {
    cd "$ROOT" && cargo build --release --locked
}
