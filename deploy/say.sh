# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# What is said, and long steps with their elapsed time. In: LOGS, the folder of logs; COMMAND, the
# name under which the script is started.

# How often a step says that it goes on where nobody watches a terminal, seconds.
readonly STILL_EVERY=15
# How much of a log is repeated when a step fails, lines.
readonly TAIL_LINES=30

say() {
    printf '%s\n' "$*"
}

fail() {
    printf 'Erreur : %s\n' "$*" >&2
    exit 1
}

misused() {
    printf '%s. Voyez %s --help.\n' "$*" "$COMMAND" >&2
    exit 2
}

# step TITLE LOG COMMAND…: runs a command with its output in a log, and says how long it takes.
step() {
    local title=$1 log=$LOGS/$2.log status=0
    shift 2
    local since=$SECONDS
    "$@" </dev/null >"$log" 2>&1 9>&- &
    WORK=$!
    while kill -0 "$WORK" 2>/dev/null; do
        still "$title" $((SECONDS - since)) "$log"
        sleep 0.2
    done
    wait "$WORK" || status=$?
    WORK=
    [[ -t 1 ]] && printf '\r\033[K'
    if ((status == 0)); then
        say "✓ $title ($((SECONDS - since)) s)"
    else
        say "✗ $title ($((SECONDS - since)) s)"
        tail -n "$TAIL_LINES" "$log" >&2
        printf 'Tout ce qui a été dit : %s\n' "$log" >&2
    fi
    return "$status"
}

# One line that is written over on a terminal; elsewhere a line from time to time.
still() {
    local title=$1 elapsed=$2 last=
    if [[ -t 1 ]]; then
        last=$(tail -n 1 "$3" 2>/dev/null | tr -d '\r\033' || true)
        local width=$((${COLUMNS:-100} - ${#title} - 14))
        printf '\r\033[K… %s (%s s) %s' "$title" "$elapsed" "${last:0:$((width > 0 ? width : 0))}"
    elif ((elapsed > 0 && elapsed % STILL_EVERY == 0 && elapsed != SAID_AT)); then
        SAID_AT=$elapsed
        last=$(tail -n 1 "$3" 2>/dev/null || true)
        say "… $title ($elapsed s) $last"
    fi
}

SAID_AT=0
