# shellcheck shell=bash disable=SC2034,SC2153 # the parts share their variables
# Debian packages that the demonstration needs.

readonly PACKAGES=(
    # To build
    build-essential ca-certificates cmake pkg-config
    libfontconfig-dev libgbm-dev libgstreamer-plugins-base1.0-dev libgstreamer1.0-dev
    libinput-dev libudev-dev libxkbcommon-dev
    # To show and to sound
    gstreamer1.0-alsa gstreamer1.0-gl gstreamer1.0-libav gstreamer1.0-plugins-bad gstreamer1.0-plugins-base
    gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly gstreamer1.0-pulseaudio
    libegl1 libgl1 libgl1-mesa-dri libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0
    libxrandr2 xvfb
    # To read aloud: the speech service and the voice that is always there
    speech-dispatcher speech-dispatcher-espeak-ng
    # To make the videos and to serve them
    espeak-ng ffmpeg librsvg2-bin nginx-light
)

# The tour reads the screen and opens the staff page in a browser.
readonly TOUR_PACKAGES=(chromium chromium-driver tesseract-ocr tesseract-ocr-fra)

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || fail "il manque des paquets, et ce système n’a pas apt-get. Installez l’équivalent de : ${missing[*]}"
    local root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "il manque des paquets. Lancez en root : apt-get install ${missing[*]}"
        say "Il faut installer ${#missing[@]} paquets Debian : sudo peut demander votre mot de passe."
        sudo true || fail "sans root ni sudo, installez d’abord : ${missing[*]}"
        root=(sudo)
    fi
    local nginx_is_new=false
    [[ " ${missing[*]} " == *" nginx-light "* ]] && nginx_is_new=true
    apt "${missing[@]}"
    if $nginx_is_new && systemctl is-active --quiet nginx 2>/dev/null; then
        # The package starts a server for the whole machine; the demonstration has its own.
        "${root[@]}" systemctl disable --now nginx >/dev/null 2>&1 || true
    fi
}

# Names of packages that are not installed.
missing_packages() {
    local wanted=("${PACKAGES[@]}") name
    [[ -z $TOUR ]] || wanted+=("${TOUR_PACKAGES[@]}")
    for name in "${wanted[@]}"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true) == installed ]] || echo "$name"
    done
}

# Installs packages; a broken state is repaired once.
apt() {
    local get=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600)
    local install=("${get[@]}" install -y --no-install-recommends "$@")
    step "Liste des paquets Debian" apt-update "${get[@]}" update ||
        say "La liste des paquets n’a pas pu être mise à jour : essai avec celle qui est là."
    step "Installation de $# paquets Debian" apt-install "${install[@]}" && return
    step "Réparation des paquets" apt-repair "${get[@]}" -f install -y || true
    step "Installation de $# paquets Debian, second essai" apt-install "${install[@]}" ||
        fail "des paquets n’ont pas pu être installés : $*"
}
