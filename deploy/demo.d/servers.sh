# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# nginx with the repository, and central: both on loopback, on free ports.

readonly STAFF=equipe
readonly BORNE_ID=demo-1
readonly SITE="Borne de démonstration"
# How many ports after the preferred one are tried.
readonly PORTS_TRIED=40
# How long a server may take to answer, tenths of a second.
readonly ANSWER=150

# Whether something listens on a loopback port.
listens() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# The first free port from a preferred one on.
free_port() {
    local port
    for ((port = $1; port < $1 + PORTS_TRIED; port++)); do
        if ! listens "$port"; then
            echo "$port"
            return
        fi
    done
    fail "aucun port libre de $1 à $((port - 1))."
}

# serve NAME TITLE PREFERRED CONFIGURE COMMAND…: starts a server on a free port, left in $PORT.
serve() {
    local name=$1 title=$2 preferred=$3 configure=$4 waited
    shift 4
    while PORT=$(free_port "$preferred"); do
        "$configure" "$PORT"
        start "$name" "$@"
        for ((waited = 0; waited < ANSWER; waited++)); do
            alive "$PID" || break
            listens "$PORT" && return
            sleep 0.1
        done
        # Another program may have taken the port between finding and using it.
        alive "$PID" || ! listens "$PORT" || { preferred=$((PORT + 1)) && continue; }
        tail -n "$TAIL_LINES" "$LOGS/$name.log" >&2
        fail "$title n’a pas démarré ; son journal : $LOGS/$name.log"
    done
    exit 1
}

serve_files() {
    mkdir -p "$RUN/nginx"
    serve nginx "nginx" "${DEMO_PORT:-8480}" configure_nginx \
        nginx -p "$RUN/nginx/" -c "$RUN/nginx.conf" -e "$LOGS/nginx-error.log"
    NGINX_PID=$PID
    REPOSITORY_URL=http://127.0.0.1:$PORT/
}

configure_nginx() {
    local user=
    # As root, nginx would change to a user who may not read this folder.
    ((EUID != 0)) || user="user root;"
    cat >"$RUN/nginx.conf" <<CONF
daemon off;
$user
worker_processes 1;
pid "$RUN/nginx/nginx.pid";
error_log "$LOGS/nginx-error.log";
events { worker_connections 128; }
http {
    types {
        video/mp4 mp4;
        video/webm webm;
        image/jpeg jpg;
        image/png png;
        text/vtt vtt;
        text/plain txt;
        application/json json;
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/vtt text/plain;
    sendfile on;
    server_tokens off;
    access_log "$LOGS/nginx-access.log";
    client_body_temp_path "$RUN/nginx/body";
    proxy_temp_path "$RUN/nginx/proxy";
    fastcgi_temp_path "$RUN/nginx/fastcgi";
    uwsgi_temp_path "$RUN/nginx/uwsgi";
    scgi_temp_path "$RUN/nginx/scgi";
    server {
        listen 127.0.0.1:$1;
        root "$REPOSITORY";
        location /metadata/ { add_header Cache-Control no-cache; }
        location /media/ { add_header Cache-Control "public, max-age=31536000, immutable"; }
    }
}
CONF
}

start_central() {
    CENTRAL=$DEMO/central
    if [[ -n $TOUR ]]; then
        CENTRAL=$DEMO/tour-central
        rm -rf "$CENTRAL"
    fi
    mkdir -p "$CENTRAL"
    configure_central "$(free_port "${DEMO_CENTRAL_PORT:-8490}")"
    step "Point central : compte et borne" central-enrol enrol || fail "le point central n’est pas prêt."
    serve central "le point central" "${DEMO_CENTRAL_PORT:-8490}" configure_central \
        "$BIN/central" serve --config "$CENTRAL/central.toml"
    CENTRAL_PID=$PID
    CENTRAL_URL=http://127.0.0.1:$PORT/
    PASSWORD=$(<"$RUN/staff-password")
}

configure_central() {
    cat >"$CENTRAL/central.toml" <<TOML
[server]
listen = "127.0.0.1:$1"

[storage]
data = '$CENTRAL'

[catalogue]
repository = '$REPOSITORY'
root = '$TRUST'

[site]
name = "Démonstration"
TOML
}

# A member of staff and an enrolled borne, once.
enrol() {
    local password=$RUN/staff-password config=(--config "$CENTRAL/central.toml") fresh=false users
    if [[ ! -s $password ]]; then
        fresh=true
        (umask 077 && od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$password") || return
    fi
    users=$("$BIN/central" user list --json "${config[@]}") || return
    if [[ $users != *"\"$STAFF\""* ]]; then
        "$BIN/central" user add "$STAFF" --role administration --password-stdin "${config[@]}" <"$password" || return
    elif $fresh; then
        "$BIN/central" user password "$STAFF" --password-stdin "${config[@]}" <"$password" || return
    fi
    [[ -s $CENTRAL/token ]] && return
    # A token that was lost is replaced.
    "$BIN/central" borne revoke "$BORNE_ID" "${config[@]}" >/dev/null 2>&1 || true
    "$BIN/central" borne add "$BORNE_ID" --site "$SITE" --token-file "$CENTRAL/token" "${config[@]}"
}
