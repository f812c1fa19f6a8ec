# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The files of each package, as they will lie on the machine. `cargo deb` takes them from here as if they
# had been built: target/release of the three Cargo.toml files is this folder.

readonly RELEASE=$WORK_DIR/release
readonly DEBIAN=$ROOT/deploy/debian

lay_out() {
    rm -rf "$RELEASE"
    mkdir -p "$RELEASE/tree"
    step "Fichiers des paquets" tree trees || fail "les fichiers des paquets n’ont pas pu être préparés."
}

trees() {
    set -e
    local name
    for name in "${PACKAGES[@]}"; do
        program "$name"
        manual "$name" "$RELEASE/tree/$name/usr"
        cp -r "$DEBIAN/rootfs/$name/." "$RELEASE/tree/$name/"
        document "$name" "$RELEASE/tree/$name/usr/share/doc/$name"
    done
    settings_of_borne "$RELEASE/tree/borne"
}

# Without what only a debugger reads, as dh_strip leaves a program.
program() {
    strip --remove-section=.comment --remove-section=.note -o "$RELEASE/$1" "$BIN/$1"
    chmod 0755 "$RELEASE/$1"
}

# manual PROGRAM USR: its pages, French, found in every language, and its completions.
manual() {
    local pages=$2/share/man page
    "$BIN/$1" manual "$2" "$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)"
    gzip -9n "$pages"/fr/man1/*.1
    mkdir -p "$pages/man1"
    for page in "$pages"/fr/man1/*.1.gz; do
        ln -s "../fr/man1/${page##*/}" "$pages/man1/"
    done
}

document() {
    mkdir -p "$2"
    gzip -9nc "$ROOT/CHANGELOG.md" >"$2/changelog.gz"
}

# The very files of the borne's own system; only the data lie where Debian keeps them.
settings_of_borne() {
    local file
    cp -r "$ROOT/deploy/rootfs/." "$1/"
    while IFS= read -r file; do
        sed -i -e 's# -/data/rauc##' -e 's#/data\b#/var/lib#g' "$file"
    done < <(cd "$ROOT/deploy/rootfs" && find . -type f -printf "$1/%P\n")
}
