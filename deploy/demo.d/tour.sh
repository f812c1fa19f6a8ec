# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# Hands the running demonstration over to the tour.

# A text as JSON.
json() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

describe() {
    cat <<JSON
{
  "borne_config": $(json "$CONFIG"),
  "data": $(json "$DATA"),
  "repository": $(json "$REPOSITORY"),
  "repository_url": $(json "$REPOSITORY_URL"),
  "central_url": $(json "$CENTRAL_URL"),
  "staff_login": $(json "$STAFF"),
  "staff_password": $(json "$PASSWORD"),
  "display": $(json "$DISPLAY"),
  "width": $WIDTH,
  "height": $HEIGHT,
  "nginx_pid": $NGINX_PID,
  "central_pid": $CENTRAL_PID,
  "borne_pid": $BORNE_PID,
  "borne_binary": $(json "$BIN/borne"),
  "media_manifest_binary": $(json "$BIN/media-manifest"),
  "source": $(json "$MEDIA"),
  "keys": $(json "$KEYS")
}
JSON
}

# Exits with the tour's own code.
take_tour() {
    local status=0
    (umask 077 && describe >"$RUN/demo.json")
    say "La visite commence ; ses images vont dans $TOUR."
    "$BIN/tour" --demo "$RUN/demo.json" --out "$TOUR" </dev/null 9>&- &
    WORK=$!
    wait "$WORK" || status=$?
    WORK=
    exit "$status"
}
