# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# The screen and the borne on it.

# How long the borne may take to show itself, tenths of a second.
readonly SHOWN=600

open_screen() {
    WIDTH=1920 HEIGHT=1080
    if $PORTRAIT; then
        WIDTH=1080 HEIGHT=1920
    fi
    FILL=$FULLSCREEN
    [[ -n ${DISPLAY-} && -z $TOUR ]] && return
    FILL=true
    rm -f "$RUN/display"
    # The server says its number in the file once it is ready.
    # shellcheck disable=SC2016
    start xvfb bash -c 'exec Xvfb -displayfd 3 -screen 0 "$1" -nolisten tcp -noreset 3>"$2"' \
        xvfb "${WIDTH}x${HEIGHT}x24" "$RUN/display"
    local waited
    for ((waited = 0; waited < ANSWER; waited++)); do
        [[ -s $RUN/display ]] && break
        alive "$PID" || break
        sleep 0.1
    done
    [[ -s $RUN/display ]] || fail "l’écran virtuel n’a pas démarré ; son journal : $LOGS/xvfb.log"
    DISPLAY=:$(<"$RUN/display")
    export DISPLAY
    say "Écran virtuel $DISPLAY de $WIDTH × $HEIGHT points (Xvfb)."
}

configure_borne() {
    local width_mm=476 height_mm=268 orientation=landscape
    if $PORTRAIT; then
        width_mm=268 height_mm=476 orientation=portrait
    fi
    cat >"$CONFIG" <<TOML
# Réglages de la borne de démonstration, réécrits à chaque démarrage.
languages = ["fr"]

[borne]
id = "$BORNE_ID"
site = "$SITE"

[storage]
data = '$DATA'
reserve_mb = 200

[sync]
url = "$REPOSITORY_URL"
root = '$TRUST'
interval_s = 15

[central]
url = "$CENTRAL_URL"
token_file = '$CENTRAL/token'
interval_s = 5

[clock]
synced = "yes"

[screen]
width_mm = $width_mm
height_mm = $height_mm
fullscreen = $FILL
orientation = "$orientation"
TOML
    # A tour waits for nobody for as long as a visitor is given.
    if [[ -n $TOUR ]]; then printf '\n[idle]\nask_after_s = 8\ncountdown_s = 6\n' >>"$CONFIG"; fi
}

start_borne() {
    CONFIG=$DEMO/borne.toml DATA=$DEMO/data
    if [[ -n $TOUR ]]; then
        DATA=$DEMO/tour-data
        rm -rf "$DATA"
    fi
    mkdir -p "$DATA"
    configure_borne
    if [[ ! -e $DATA/catalogue/current ]]; then
        step "Première synchronisation de la borne" sync "$BIN/borne" sync --once --config "$CONFIG" ||
            fail "la borne n’a pas pu prendre le catalogue."
    fi
    rm -f "$DATA/run/player.json"
    start borne "$BIN/borne" run --config "$CONFIG"
    BORNE_PID=$PID
    local waited
    for ((waited = 0; waited < SHOWN; waited++)); do
        [[ -s $DATA/run/player.json ]] && return
        alive "$BORNE_PID" || break
        sleep 0.1
    done
    tail -n "$TAIL_LINES" "$LOGS/borne.log" >&2
    fail "la borne ne s’est pas affichée ; son journal : $LOGS/borne.log"
}

announce() {
    cat <<TEXT

La borne est en marche. Touchez-la, ou cliquez : la première touche l’éveille.

  Vidéos (dépôt signé)   $REPOSITORY_URL
  Point central          $CENTRAL_URL
    nom                  $STAFF
    mot de passe         $PASSWORD
  Écran                  $DISPLAY
  Réglages de la borne   $CONFIG
  Vidéos à modifier      $MEDIA/manifest.toml
  Journaux               $LOGS

Publier après un changement :
  $BIN/media-manifest publish --source $MEDIA --keys $KEYS --repository $REPOSITORY

Ctrl-C arrête tout.
TEXT
}

wait_for_borne() {
    local status=0
    wait "$BORNE_PID" || status=$?
    ((status == 0)) || fail "la borne s’est arrêtée (code $status) ; son journal : $LOGS/borne.log"
    say "La borne est fermée."
}
