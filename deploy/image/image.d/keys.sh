# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The keys that sign an update, and those that a borne trusts. No private key enters an image.

# Days for which a certificate of a test build holds.
readonly TEST_DAYS=3650

find_keys() {
    if [[ -z $KEYS ]]; then
        KEYS=$WORK_DIR/test-keys
        [[ -s $KEYS/keyring.pem ]] || make_test_keys "$KEYS" || fail "les clés d’essai n’ont pas pu être créées."
    fi
    # A test trusts the demonstration.
    if $TEST && [[ -n $DEMO && ! -s $KEYS/root.json ]]; then
        cp "$DEMO/metadata/1.root.json" "$KEYS/root.json"
    fi
    local name
    for name in bundle.cert.pem bundle.key.pem keyring.pem; do
        [[ -s $KEYS/$name ]] || fail "le fichier $KEYS/$name manque."
    done
    if ! $TEST; then
        [[ -s $KEYS/root.json ]] || fail "le fichier $KEYS/root.json manque : c’est la racine de confiance du catalogue."
    fi
}

# make_test_keys FOLDER: a certificate that signs itself.
make_test_keys() {
    mkdir -p "$1"
    (umask 077 && openssl req -x509 -newkey rsa:3072 -nodes -days "$TEST_DAYS" \
        -subj "/O=VIDEO borne/CN=essai" -keyout "$1/bundle.key.pem" -out "$1/bundle.cert.pem" 2>"$LOGS/keys.log")
    cp "$1/bundle.cert.pem" "$1/keyring.pem"
}
