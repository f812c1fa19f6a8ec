# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# One demonstration at a time, and the end of everything it started.

# How long a process may take to end in order, tenths of a second.
readonly GRACE=120

# Processes that were started, in the order they are ended.
STARTED=()
# The step under way.
WORK=

# Holds the lock as long as this script lives.
take_turn() {
    exec 9>>"$RUN/lock"
    if ! flock -n 9; then
        fail "une démonstration est déjà en marche dans $DEMO (processus $(cat "$RUN/demo.pid" 2>/dev/null || echo inconnu)). Arrêtez-la d’abord."
    fi
    echo $$ >"$RUN/demo.pid"
    # Marks every process that is started, so that a later start knows its own leftovers.
    export DEMO_RUN=$RUN
}

# start NAME COMMAND…: starts a process of its own group; its number is left in $PID.
start() {
    local name=$1
    shift
    setsid "$@" </dev/null >"$LOGS/$name.log" 2>&1 9>&- &
    PID=$!
    STARTED=("$PID" "${STARTED[@]}")
    echo "$PID" >"$RUN/$name.pid"
}

alive() {
    [[ -n ${1-} ]] && kill -0 "$1" 2>/dev/null
}

# Asks a process to end, then insists on its whole group.
end() {
    local pid=$1 waited=0
    kill -TERM "$pid" 2>/dev/null || true
    while alive "$pid" && ((waited++ < GRACE)); do
        sleep 0.1
    done
    kill -KILL -- "-$pid" 2>/dev/null || true
}

# A process and all that came from it.
tree() {
    local child
    echo "$1"
    for child in $(cat "/proc/$1"/task/*/children 2>/dev/null || true); do
        tree "$child"
    done
}

end_all() {
    local pid
    trap '' INT TERM HUP
    if alive "$WORK"; then
        for pid in $(tree "$WORK"); do
            kill -TERM "$pid" 2>/dev/null || true
        done
    fi
    for pid in "${STARTED[@]}"; do
        end "$pid"
    done
    rm -f "$RUN"/*.pid "$RUN/demo.json"
}

stop() {
    say ""
    say "Arrêt de la démonstration…"
    exit "$1"
}

# Whether a process belongs to this demonstration: by its mark, or, for nginx, which writes over its
# environment, by its command line.
ours() {
    grep -qzxF "DEMO_RUN=$RUN" "/proc/$1/environ" 2>/dev/null ||
        grep -qzaF " -p $RUN/nginx/ " "/proc/$1/cmdline" 2>/dev/null
}

# Ends what a demonstration that was killed left behind, and nothing else.
end_leftovers() {
    local file pid
    for file in "$RUN"/{borne,central,nginx,xvfb}.pid; do
        [[ -f $file ]] || continue
        pid=$(<"$file")
        if [[ $pid =~ ^[0-9]+$ ]] && ours "$pid"; then
            say "Un reste d’une démonstration interrompue est arrêté ($(basename "$file" .pid), processus $pid)."
            end "$pid"
        fi
        rm -f "$file"
    done
}
