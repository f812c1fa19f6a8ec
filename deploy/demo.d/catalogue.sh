# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The videos, their keys and the signed repository: made once, then only what changed.

readonly MEDIA=$DEMO/media
readonly KEYS=$DEMO/keys
readonly REPOSITORY=$DEMO/repository
# The root of trust that a borne is delivered with.
readonly TRUST=$REPOSITORY/metadata/1.root.json

make_catalogue() {
    step "Vidéos de démonstration" media "$BIN/demo-media" --out "$MEDIA" \
        --source "$ROOT/deploy/demo-media" --fonts "$ROOT/ui/assets/fonts" \
        --classification "$ROOT/media-manifest/classification.toml" ||
        fail "les vidéos de démonstration n’ont pas pu être fabriquées."
    step "Clés de signature" keys "$BIN/media-manifest" keys new --keys "$KEYS" --partner demo ||
        fail "les clés n’ont pas pu être créées."
    step "Publication du catalogue signé" publish "$BIN/media-manifest" publish \
        --source "$MEDIA" --keys "$KEYS" --repository "$REPOSITORY" ||
        fail "le catalogue n’a pas pu être publié."
}
