"""The borne in a machine: its screens, its slots, its services."""

import json
import time

from .machine import Failed, Machine, run
from .report import expect

# Seconds until a machine has started; they hold on a machine that does other work too.
STARTED = 600
# Seconds until a system is good: its start, and the time it must hold.
GOOD = STARTED + 120

# What a kernel that starts says once on the serial line.
STARTS = "EFI stub: Loaded initrd"

# Places on the screen, in parts of its width and height.
FIRST_VIDEO = (0.14, 0.58)
NOWHERE = (0.5, 0.425)
HOME = (0.11, 0.94)
LEAVE = (0.065, 0.922)
LOGO = (0.11, 0.05)

# Pictures after the first that show a video moves: its clock goes on with a still picture, too.
FRAMES = 2

# The most touches of a video until it plays.
TOUCHES = 4

# The code of Maintenance, and where its keys are: three columns and four rows, digits as on a telephone.
CODE = "2580"
COLUMNS, LINES = (0.63, 0.766, 0.90), (0.20, 0.38, 0.57, 0.75)

# Our own units.
UNITS = ("borne-play", "borne-sync", "borne-good", "borne-storage", "borne-crash", "borne-update", "borne-host",
         "borne-reset")


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

    def plug(self, name, *files, megabytes=32):
        """A stick with these files and folders on it, plugged in and read by the borne."""
        stick = self.folder / f"{name}.img"
        stick.unlink(missing_ok=True)
        run("truncate", "-s", f"{megabytes}M", stick)
        run("mkfs.vfat", "-n", name.upper(), stick)
        run("mcopy", "-s", "-i", stick, *files, "::")
        self.qmp("blockdev-add", driver="raw", **{"node-name": name, "read-only": True},
                 file={"driver": "file", "filename": str(stick)})
        self.qmp("device_add", driver="usb-storage", bus="usb.0", drive=name, id=name)
        self.wait_shell("mountpoint -q /run/borne/usb", 60, "the stick is mounted")

    def unplug(self, name):
        self.qmp("device_del", id=name)
        self.wait_shell("! mountpoint -q /run/borne/usb", 60, "the stick is gone")

    def status(self):
        """What `borne status` says, whatever it finds."""
        _, text = self.asks("borne status --json", 60)
        return json.loads(text[text.index("{"):])

    def mount_bundles(self):
        self.shell("mkdir -p /run/bundles; mountpoint -q /run/bundles || "
                   "mount -o ro /dev/disk/by-id/virtio-bundles /run/bundles")

    def install(self, bundle, limit=600):
        """Exit code and words of an installation."""
        return self.asks(f"rauc install /run/bundles/{bundle}", limit)

    def reboot(self):
        self.asks("systemctl reboot --no-block", 30)

    def go_home(self):
        """To Accueil, from wherever it is."""
        ways = {"veille": NOWHERE, "inactivite": NOWHERE, "lecteur": LEAVE}

        def home():
            screen = self.player()["screen"]
            if screen != "accueil":
                self.touch(*ways.get(screen, HOME))
                time.sleep(2)
            return screen == "accueil"
        self.wait(home, 120, "Accueil")

    def play_first_video(self):
        """From wherever it is to the first video on Accueil; returns how often that took a touch, and what the
        screen then says. A machine with much else to do may be too slow for a picture within four seconds: the
        borne then says that the video cannot be shown, and a visitor touches again."""
        for touches in range(1, TOUCHES + 1):
            self.go_home()
            time.sleep(1)
            self.touch(*FIRST_VIDEO)
            try:
                return touches, self.wait_player(
                    lambda player: player["screen"] == "lecteur" and player["state"] == "playing"
                    and player["frames_shown"] > 0, 30, "a video plays")
            except Failed as slow:
                missed = slow
        raise missed

    def open_maintenance(self):
        """From Accueil, by the hidden way."""
        for _ in range(5):
            self.touch(*LOGO)
            time.sleep(0.2)
        self.wait_screen("code")
        self.type_code(CODE)
        self.wait_screen("maintenance")

    def type_code(self, code):
        for digit in code:
            number = int(digit) - 1
            self.touch(*((COLUMNS[number % 3], LINES[number // 3]) if number >= 0 else (COLUMNS[1], LINES[3])))
            time.sleep(0.5)
        self.picture("code")
        self.touch(COLUMNS[2], LINES[3])

    def see_video(self):
        """The video moves on the screen and sounds; returns what was found."""
        touches, began = self.play_first_video()
        first = self.picture("video-1")
        later = self.wait_player(
            lambda player: player["screen"] == "lecteur" and player["video"] == began["video"]
            and player["position_ms"] > began["position_ms"] + 2000
            and player["frames_shown"] > began["frames_shown"] + FRAMES, 120, "the video goes on")
        second = self.picture("video-2")
        sound = self.shell("cat /proc/asound/card*/pcm*p/sub*/status")
        expect(first.read_bytes() != second.read_bytes(), "the picture stands still")
        expect("RUNNING" in sound, f"the sound device is not in use: {sound}")
        return {"video": later["video"], "touches": touches, "frames": later["frames_shown"],
                "dropped": later["frames_dropped"], "renderer": later["renderer"]}
