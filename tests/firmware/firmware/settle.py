"""A borne that nobody has settled: what it asks, a stick that answers, a turned picture, and back to new."""

import shutil
import time

from .borne import CODE, Borne
from .images import SETTINGS
from .machine import run
from .report import expect

# Until a page of the PC's settings has been answered by a machine with much else to do, seconds.
ANSWERED = 10

# Where the boot partition begins in the image, as deploy/image/genimage.cfg has it.
BOOT = "1M"

# Places on the screen, in parts of its width and height.
FRENCH = (0.18, 0.43)
BACK = (0.24, 0.94)
TAKE_STICK = (0.87, 0.635)
OF_THE_PC = (0.823, 0.144)
RESET = (0.815, 0.65)
ERASE = (0.875, 0.79)
OF_THE_SCREEN = (0.5, 0.33)
QUARTER_TURN = (0.38, 0.47)
KEEP = (0.5, 0.525)

# The same on the upright picture, and the keys of its code.
UPRIGHT_LOGO = (0.073, 0.027)
UPRIGHT_OF_THE_PC = (0.736, 0.078)
UPRIGHT_OF_THE_SCREEN = (0.718, 0.19)
UPRIGHT_NOT_TURNED = (0.27, 0.266)
UPRIGHT_KEEP = (0.5, 0.514)
UPRIGHT_COLUMNS, UPRIGHT_LINES = (0.194, 0.498, 0.803), (0.548, 0.656, 0.761, 0.867)

# What the screen has set, and the note of a picture that nobody has kept yet.
TACTILE = "/data/etc/borne/tactile.toml"
NOTE = "/data/borne/run/turn.json"


class Settle:
    """A machine whose image brings no settings."""

    def __init__(self, folder, images):
        self.folder = folder
        image = folder / "bare.img"
        shutil.copyfile(images.disk, image)
        run("mdel", "-i", f"{image}@@{BOOT}", "::borne.toml")
        self.machine = Borne(folder / "settle", image=image).start()

    def asks(self):
        """Who it is, on its screen; nothing is fetched meanwhile."""
        machine = self.machine
        ready = machine.wait_ready()
        machine.wait_screen("installation", 120)
        time.sleep(2)
        machine.picture("langue")
        machine.touch(*FRENCH)
        time.sleep(6)
        machine.picture("reseau")
        code, _ = machine.asks("systemctl is-active --quiet borne-sync")
        expect(code != 0, "synchronisation runs without settings")
        self.writes_only_its_own()
        served = machine.shell("journalctl -o cat -u borne-host | tail -n 3")
        failed = machine.shell("systemctl --failed --no-legend --plain")
        expect(not failed, f"failed units: {failed}")
        machine.touch(*BACK)
        return {"ready_s": round(ready, 1), "said": served[-200:]}

    def writes_only_its_own(self):
        """The screen, on a machine that has never synchronised, as its own account in its own view of the disk."""
        machine = self.machine
        pid = machine.shell("systemctl show --value -p MainPID borne-play")
        inside = f"nsenter -t {pid} -m setpriv --reuid borne-play --regid borne --clear-groups"
        machine.shell(f"{inside} sh -c 'touch /data/borne/play/.x && rm /data/borne/play/.x'")
        for name in ("store", "catalogue", "trust", "firmware"):
            code, said = machine.asks(f"{inside} touch /data/borne/{name}/.x")
            expect(code != 0 and "Read-only" in said, f"the screen writes to {name}: {said[-200:]}")

    def takes_a_stick(self):
        machine = self.machine
        settings = self.folder / "borne.toml"
        kept = [part for part in SETTINGS.split("\n\n") if not part.startswith("[storage]")]
        settings.write_text("\n\n".join(kept), encoding="utf-8")
        machine.plug("reglages", settings)
        time.sleep(10)
        machine.picture("stick")
        machine.touch(*TAKE_STICK)
        machine.wait_shell("grep -q essai-1 /data/etc/borne/*.toml", 60, "the settings are taken")
        machine.wait_player(lambda player: player["screen"] in ("veille", "demarrage"), 240, "the borne is in service")
        machine.wait_shell("systemctl is-active --quiet borne-sync", 120, "synchronisation runs")
        machine.picture("in-service")
        machine.unplug("reglages")
        return {"screen": machine.player()["screen"]}

    def turns(self):
        """A quarter to the right and back, each kept by a finger where «Garder» is drawn."""
        machine = self.machine
        machine.go_home()
        machine.open_maintenance()
        for place, name in ((OF_THE_PC, "pc-lying"), (OF_THE_SCREEN, "turn"), (QUARTER_TURN, "turning")):
            machine.touch(*place)
            time.sleep(ANSWERED)
            machine.picture(name)
        upright = self.keeps(90, on_panel(UPRIGHT_KEEP), "upright")
        self.turns_back()
        lying = self.keeps(0, KEEP, "lying")
        return {"upright_s": upright, "lying_s": lying}

    def keeps(self, degrees, place, name):
        """Keeps the turned picture once the screen asks; returns the seconds until it was kept."""
        machine, began = self.machine, time.monotonic()
        machine.wait_screen("garder", 240)
        machine.picture(f"keep-{name}")
        machine.touch(*place)
        machine.wait_player(lambda player: player["screen"] != "garder", 60, f"the {name} picture is left")
        # One that turns back by itself leaves that screen too.
        said = machine.shell(f"cat {TACTILE}; ls {NOTE} 2>/dev/null || true")
        expect(f"turned = {degrees}\n" in f"{said}\n", f"the {name} picture is not kept: {said}")
        expect(NOTE not in said, "the note of the turned picture stays")
        machine.picture(f"kept-{name}")
        return round(time.monotonic() - began, 1)

    def turns_back(self):
        """From the attract loop of the upright picture, all places looked up on the panel."""
        machine = self.machine
        self.touch_upright(0.5, 0.5)
        machine.wait_screen("accueil")
        for _ in range(5):
            self.touch_upright(*UPRIGHT_LOGO)
            time.sleep(0.2)
        machine.wait_screen("code")
        for digit in CODE:
            self.touch_upright(*upright_key(digit))
            time.sleep(0.5)
        machine.picture("code-upright")
        self.touch_upright(UPRIGHT_COLUMNS[2], UPRIGHT_LINES[3])
        machine.wait_screen("maintenance")
        for place, name in ((UPRIGHT_OF_THE_PC, "pc-upright"), (UPRIGHT_OF_THE_SCREEN, "turn-upright"),
                            (UPRIGHT_NOT_TURNED, "turning-back")):
            self.touch_upright(*place)
            time.sleep(ANSWERED)
            machine.picture(name)

    def touch_upright(self, x, y):
        self.machine.touch(*on_panel((x, y)))

    def begins_anew(self):
        """By Maintenance, with its code twice."""
        machine = self.machine
        before, began = machine.boot(), time.monotonic()
        machine.go_home()
        machine.open_maintenance()
        for place, name in ((OF_THE_PC, "pc"), (RESET, "reset"), (ERASE, "code-again")):
            machine.touch(*place)
            time.sleep(ANSWERED)
            machine.picture(name)
        machine.type_code(CODE)
        machine.wait_slot("A", before, 900)
        machine.wait_ready()
        machine.wait_screen("installation", 120)
        machine.picture("as-new")
        left = machine.shell("ls -A /data/borne/store /data/borne/catalogue 2>/dev/null; cat /data/etc/borne/*.toml")
        expect("essai-1" not in left and ".mp4" not in left, f"something is left: {left[-300:]}")
        return {"back_s": round(time.monotonic() - began, 1)}


def on_panel(place):
    """Where a place of a picture that is turned by a quarter to the right is on the panel."""
    x, y = place
    return 1 - y, x


def upright_key(digit):
    """Where a digit is, as on a telephone."""
    number = int(digit) - 1
    column, line = (number % 3, number // 3) if number >= 0 else (1, 3)
    return UPRIGHT_COLUMNS[column], UPRIGHT_LINES[line]
