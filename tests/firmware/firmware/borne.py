"""The borne in a machine: its screens, its slots, its services."""

import json
import time

from .machine import Failed, Machine
from .report import expect

# Seconds until a machine has started; they hold on a machine that does other work too.
STARTED = 600
# Seconds until a system is good: its start, and the time it must hold.
GOOD = STARTED + 120

# Places on the screen, in parts of its width and height.
FIRST_VIDEO = (0.14, 0.58)
NOWHERE = (0.5, 0.425)
HOME = (0.11, 0.94)
LOGO = (0.11, 0.05)

# Our own units.
UNITS = ("borne-play", "borne-sync", "borne-good", "borne-storage", "borne-crash", "borne-update")


class Borne(Machine):
    """A machine that runs a test image."""

    def player(self):
        """What the screen says of itself."""
        return json.loads(self.shell("cat /data/borne/run/player.json"))

    def wait_player(self, holds, limit, what):
        """Waits until the screen says so; returns what it then says."""
        said = {}

        def fits():
            try:
                said.update(self.player())
            except (Failed, ValueError):
                return False
            return holds(said)
        self.wait(fits, limit, what)
        return said

    def wait_screen(self, name, limit=60):
        return self.wait_player(lambda player: player["screen"] == name, limit, f"screen «{name}»")

    def wait_ready(self, limit=STARTED):
        """Until the screen has drawn and answered its own touch; seconds since power-on."""
        self.wait_shell("systemctl is-active --quiet borne-play", limit, "borne-play is ready")
        return self.since_power_on()

    def wait_good(self, limit=GOOD):
        return self.wait_shell("systemctl is-active --quiet borne-good", limit, "the system is good")

    def slot(self):
        return self.shell("sed 's/.*rauc.slot=\\(.\\).*/\\1/' /proc/cmdline")

    def boot(self):
        return self.shell("cat /proc/sys/kernel/random/boot_id")

    def version(self):
        return self.shell("cat /etc/borne/version")

    def wait_slot(self, slot, not_boot, limit):
        """Until the machine runs a slot, in a boot that is not `not_boot`."""
        def holds():
            try:
                return self.boot() != not_boot and self.slot() == slot
            except Failed:
                return False
        return self.wait(holds, limit, f"slot {slot} runs")

    def mount_bundles(self):
        self.shell("mkdir -p /run/bundles; mountpoint -q /run/bundles || "
                   "mount -o ro /dev/disk/by-id/virtio-bundles /run/bundles")

    def install(self, bundle, limit=600):
        """Exit code and words of an installation."""
        return self.asks(f"rauc install /run/bundles/{bundle}", limit)

    def reboot(self):
        self.asks("systemctl reboot --no-block", 30)

    def play_first_video(self):
        """From wherever it is to the first video on Accueil."""
        if self.player()["screen"] in ("veille", "inactivite"):
            self.touch(*NOWHERE)
        self.wait_screen("accueil")
        before = self.picture("accueil")
        time.sleep(1)
        self.touch(*FIRST_VIDEO)
        playing = self.wait_player(
            lambda player: player["state"] == "playing" and player["frames_shown"] > 0, 120, "a video plays")
        return before, playing

    def see_video(self):
        """The video moves on the screen and sounds; returns what was found."""
        _, began = self.play_first_video()
        first = self.picture("video-1")
        later = self.wait_player(
            lambda player: player["position_ms"] > began["position_ms"] + 2000, 120, "the video goes on")
        second = self.picture("video-2")
        sound = self.shell("cat /proc/asound/card*/pcm*p/sub*/status")
        expect(first.read_bytes() != second.read_bytes(), "the picture stands still")
        expect("RUNNING" in sound, f"the sound device is not in use: {sound}")
        return {"video": later["video"], "decoder": later["decoder"], "frames": later["frames_shown"],
                "dropped": later["frames_dropped"], "renderer": later["renderer"]}
