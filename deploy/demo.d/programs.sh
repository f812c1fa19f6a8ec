# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The programs, built once.

build_programs() {
    if [[ -n ${BORNE_BIN_DIR-} ]]; then
        BIN=$(realpath -m -- "$BORNE_BIN_DIR")
    else
        find_cargo
        local target=${CARGO_TARGET_DIR:-$ROOT/target}
        [[ $target == /* ]] || target=$ROOT/$target
        BIN=$target/release
        step "Construction des programmes" build build || fail "la construction a échoué."
    fi
    local program programs=(borne central demo-media media-manifest)
    [[ -z $TOUR ]] || programs+=(tour)
    for program in "${programs[@]}"; do
        [[ -x $BIN/$program ]] || fail "le programme $BIN/$program manque."
    done
}

build() {
    cd "$ROOT" && cargo build --release --locked || return
    [[ -z $TOUR ]] || cargo build --release --locked -p end-to-end --bins
}

# Rust is often installed for one person, out of reach of sudo.
find_cargo() {
    local home
    command -v cargo >/dev/null && return
    for home in "$HOME" "$(getent passwd "${SUDO_USER:-}" | cut -d: -f6 || true)"; do
        if [[ -n $home && -x $home/.cargo/bin/cargo ]]; then
            export PATH=$home/.cargo/bin:$PATH
            export RUSTUP_HOME=${RUSTUP_HOME:-$home/.rustup}
            return
        fi
    done
    fail "Rust n’est pas installé (la commande cargo manque). Voyez https://www.rust-lang.org/fr/tools/install"
}
